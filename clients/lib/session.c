/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/lib/session-inside.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "clients/lib/clock.h"
#include "clients/lib/fail.h"
#include "core/own.h"
#include "proof/keyfile.h"

/* ---- opening and closing */

static int copy_text(char **ret, const char *text)
{
        *ret = text ? strdup(text) : NULL;
        return text && !*ret ? -ENOMEM : 0;
}

static int copy_profile(struct accord_session *session, const struct accord_profile *profile,
                        struct accord_error *error)
{
        int r;

        session->node = profile->node;
        memcpy(session->hub_transport_key, profile->hub_transport_key, 32);
        memcpy(session->hub_sealing_key, profile->hub_sealing_key, 32);
        r = copy_text(&session->signals_endpoint, profile->signals);
        if (!r)
                r = copy_text(&session->directory, profile->directory);
        if (!r)
                r = copy_text(&session->program, profile->program);
        if (r)
                return fail_errno(error, r, "cannot open a session");

        session->keys = profile->keys;
        if (session->keys)
                return 0;
        if (!profile->key_file)
                return fail_with(error, ACCORD_USAGE, "the profile names no key file");
        r = keyfile_load(profile->key_file, &session->own_keys);
        if (r)
                return fail_errno(error, r, "cannot read the keys in %s", profile->key_file);
        session->keys = &session->own_keys;
        return 0;
}

static int make_memory(struct accord_session *session)
{
        int r = arena_new(&session->arena, WIRE_ARENA_SIZE);

        if (!r)
                r = arena_new(&session->records, WIRE_ARENA_SIZE);
        if (!r)
                r = sink_new(&session->out, 4096, WIRE_CLIENT_FRAME_MAX);
        return r;
}

static int open_link(struct accord_session *session, const char *endpoint,
                     struct accord_error *error)
{
        struct link_options options = {
                .kind = LINK_ASK, .endpoint = endpoint, .hub_key = session->hub_transport_key,
                .public_key = session->keys->public.transport,
                .secret_key = session->keys->secret.transport, .frame_most = WIRE_HUB_FRAME_MAX,
        };
        struct epoll_event event = { .events = EPOLLIN };
        int r = link_open(&session->link, &options);

        if (r == -EINVAL || r == -EPROTONOSUPPORT)
                return fail_with(error, ACCORD_USAGE, "%s is no endpoint: write tcp://HOST:PORT",
                                 endpoint);
        if (r)
                return fail_errno(error, r, "cannot open a socket");
        session->watched = epoll_create1(EPOLL_CLOEXEC);
        if (session->watched < 0 || epoll_ctl(session->watched, EPOLL_CTL_ADD,
                                              link_fd(session->link), &event))
                return fail_errno(error, -errno, "cannot watch a socket");
        return 0;
}

int accord_session_open(struct accord_session **ret, const struct accord_profile *profile,
                        struct accord_error *error)
{
        own(accord_session) struct accord_session *session = calloc(1, sizeof(*session));
        int r;

        if (!session)
                return fail_with(error, ACCORD_FAILED, "out of memory");
        session->watched = -1;
        session->ask_timeout = 5000;
        if (!profile->intake)
                return fail_with(error, ACCORD_USAGE, "the profile names no hub");

        r = hub_proof_init(&session->proof, profile->hub_signing_key, error);
        if (!r)
                r = copy_profile(session, profile, error);
        if (r)
                return r;
        r = make_memory(session);
        if (r)
                return fail_errno(error, r, "cannot open a session");
        r = open_link(session, profile->intake, error);
        if (r)
                return r;
        *ret = give(session);
        return 0;
}

void accord_session_close(struct accord_session *session)
{
        if (!session)
                return;
        link_close(session->link);
        if (session->watched >= 0)
                close(session->watched);
        hub_proof_free(&session->proof);
        keys_wipe(&session->own_keys);
        arena_free(&session->arena);
        arena_free(&session->records);
        sink_free(&session->out);
        free(session->signals_endpoint);
        free(session->directory);
        free(session->program);
        free(session);
}

void accord_session_cleanup(struct accord_session **session)
{
        accord_session_close(*session);
}

/* ---- hello */

int session_greet(struct accord_session *session, const struct stream_id *stream,
                  uint64_t first_open, struct accord_error *error)
{
        struct hello hello = { .format = FORMAT_MOST, .has_stream = stream != NULL };
        int64_t now = clock_ms();
        int r;

        if (now < session->hello_not_before ||
            (session->hellos && now - session->hello_ms < HELLO_AGAIN_MS))
                return 0;
        if (stream)
                hello.stream = *stream;
        if (session->program)
                hello.client = (struct bytes) { session->program, strlen(session->program) };

        sink_reset(&session->out);
        r = wire_write_hello(&session->out, &hello);
        if (!r)
                r = link_send(session->link, sink_bytes(&session->out));
        if (r == -EAGAIN)
                return 0;
        if (r)
                return fail_errno(error, r, "cannot say hello to the hub");

        /* A welcome to the first of several must not be held to what was answered since. */
        if (session->hellos++ == 0)
                session->hello_sequence = first_open;
        session->greeted_stream = stream != NULL;
        session->stream = hello.stream;
        session->hello_ms = now;
        session->hello_at = clock_now();
        return 0;
}

static int check_welcome(const struct accord_session *session, const struct welcome *welcome,
                         struct accord_error *error)
{
        if (memcmp(welcome->hub.octets, session->proof.id.octets, sizeof(welcome->hub.octets)))
                return fail_with(error, ACCORD_INTEGRITY, "the hub that answers is not the one of "
                                 "the profile's signing key");
        if (welcome->format_least > FORMAT_MOST || welcome->format_most < FORMAT_LEAST)
                return fail_with(error, ACCORD_FAILED, "the hub speaks formats %u to %u, this "
                                 "program %u to %u: get a newer one", welcome->format_least,
                                 welcome->format_most, FORMAT_LEAST, FORMAT_MOST);
        if (!name_equal(&welcome->node.party, &session->node.party) ||
            !name_equal(&welcome->node.node, &session->node.node))
                return fail_with(error, ACCORD_NOT_PERMITTED, "the hub knows these keys as %s/%s, "
                                 "the profile says %s/%s", welcome->node.party.text,
                                 welcome->node.node.text, session->node.party.text,
                                 session->node.node.text);
        return 0;
}

static void keep_welcome(struct accord_session *session, const struct welcome *welcome)
{
        struct accord_hub *hub = &session->hub;
        size_t length = welcome->hub_name.size;
        instant now = clock_now();

        if (length > sizeof(hub->name) - 1)
                length = sizeof(hub->name) - 1;
        hub->welcome = *welcome;
        if (length)
                memcpy(hub->name, welcome->hub_name.data, length);
        hub->name[length] = '\0';
        hub->welcome.hub_name = (struct bytes) { hub->name, length };
        hub->round_trip = now - session->hello_at;
        hub->clock_skew = welcome->hub_time - (session->hello_at + hub->round_trip / 2);
}

static int take_welcome(struct accord_session *session, struct accord_outbox *outbox,
                        const struct welcome *welcome, struct accord_error *error)
{
        int r;

        if (!session->hellos)
                return 0;
        session->hellos--;
        r = check_welcome(session, welcome, error);
        if (r)
                return r;
        keep_welcome(session, welcome);
        /* What the hub wants next is judged once it has said whether an epoch began. */
        session->unjudged = outbox && session->greeted_stream &&
                            !prove_is_ringed(session, outbox);
        if (outbox && session->greeted_stream && !session->unjudged) {
                r = flush_welcome(session, outbox, welcome, error);
                if (r)
                        return r;
        }
        session->greeted = true;
        return 0;
}

/* ---- a turn */

/* Busy about nothing of the outbox: about the hello, or what was asked. */
static void take_busy(struct accord_session *session, struct accord_outbox *outbox,
                      const struct busy *busy)
{
        int64_t wait = busy->again_after_ms > BUSY_MOST_MS ? BUSY_MOST_MS : busy->again_after_ms;

        if (busy->has_stream) {
                if (outbox)
                        flush_busy(session, outbox, busy);
                return;
        }
        if (session->hellos)
                session->hellos--;
        session->hello_not_before = clock_ms() + wait;
        session->ask_not_before = clock_ms() + wait;
}

static int take_frame(struct accord_session *session, struct accord_outbox *outbox,
                      const struct accord_watch *watch, struct bytes bytes,
                      struct accord_error *error)
{
        struct hub_frame frame;
        struct fault fault;
        int r;

        arena_reset(&session->arena);
        r = wire_read_hub_frame(bytes, &session->arena, &frame, &fault);
        if (r < 0)
                return fail_errno(error, r, "cannot read what the hub says");
        if (r > 0)
                return fail_with(error, ACCORD_INTEGRITY, "what the hub says does not parse: %s",
                                 fault.says);
        switch (frame.kind) {
        case HUB_WELCOME:
                return take_welcome(session, outbox, &frame.welcome, error);
        case HUB_RECEIPT:
                return flush_receipt(session, outbox, watch, &frame.receipt, bytes, error);
        case HUB_REFUSAL:
                return flush_refusal(session, outbox, watch, &frame.refusal, bytes, error);
        case HUB_BUSY:
                take_busy(session, outbox, &frame.busy);
                return 0;
        case HUB_ANSWER:
                if (prove_answers(session, &frame.answer))
                        return prove_take(session, outbox, watch, &frame.answer, error);
                session->answered = session->asking && frame.answer.id == session->asked_id;
                session->answer = frame.answer;
                return 0;
        case HUB_COSIGNED:
                session->answered = session->cosigning;
                session->cosigned = frame.cosigned;
                return 0;
        }
        return 0;
}

/* What was said on a connection that is gone was perhaps not heard. */
static void look_at_link(struct accord_session *session)
{
        link_look(session->link, clock_ms());
        if (session->connection == link_times_ready(session->link) &&
            link_state(session->link) == LINK_READY)
                return;
        session->connection = link_times_ready(session->link);
        session->greeted = false;
        session->hellos = 0;
        session->ask_not_before = 0;
        prove_forget(session);
}

int session_turn(struct accord_session *session, struct accord_outbox *outbox,
                 const struct accord_watch *watch, struct accord_error *error)
{
        struct bytes frame;
        int r = 0;

        session->answered = false;
        look_at_link(session);
        for (int i = 0; i < TURN_FRAMES && !session->answered; i++) {
                r = link_receive(session->link, &frame);
                if (r)
                        break;
                r = take_frame(session, outbox, watch, frame, error);
                if (r)
                        return r;
        }
        if (r && r != -EAGAIN)
                return fail_errno(error, r, "cannot hear the hub");
        if (link_state(session->link) == LINK_STRANGER)
                return fail_with(error, ACCORD_NOT_PERMITTED, "the hub does not know the transport "
                                 "key of %s/%s: its operator admits nodes",
                                 session->node.party.text, session->node.node.text);
        return outbox ? flush_send(session, outbox, error) : 0;
}

int session_timed_out(const struct accord_session *session, bool sent, struct accord_error *error)
{
        const char *why = "the hub does not answer";

        if (link_state(session->link) == LINK_NOBODY)
                why = "nobody answers at the hub's address";
        else if (link_state(session->link) == LINK_OTHER ||
                 link_state(session->link) == LINK_SHAKING)
                why = "the handshake fails: the hub has another transport key, or it is none";
        else if (session->hold_ms)
                why = "the hub is busy";
        return sent ? fail_with(error, ACCORD_IN_DOUBT, "%s; it was sent, and will be sent again, "
                                "the same bytes, at the next try", why) :
                      fail_with(error, ACCORD_UNREACHABLE, "%s", why);
}

/* ---- waiting */

int accord_fd(const struct accord_session *session)
{
        return session->watched;
}

int accord_wait_ms(const struct accord_session *session)
{
        bool waiting = session->hellos || session->asking || session->hold_ms ||
                       session->keys_asked.id || session->growth_asked.id ||
                       (session->flushing && !session->idle) || link_retry_at(session->link) >= 0;

        if (link_pending(session->link))
                return 0;
        return waiting ? LOOK_MS : -1;
}

void session_wait(struct accord_session *session, int64_t until)
{
        struct pollfd look = { .fd = session->watched, .events = POLLIN };
        int left = clock_left(until);

        if (left < 0 || left > LOOK_MS)
                left = LOOK_MS;
        if (link_pending(session->link))
                return;
        if (session->hold_ms && clock_left(session->hold_ms) < left)
                left = clock_left(session->hold_ms);
        (void)poll(&look, 1, left);
}

int accord_hello(struct accord_session *session, int timeout_ms, struct accord_hub *ret,
                 struct accord_error *error)
{
        int64_t until = clock_until(timeout_ms);
        int r;

        session->greeted = false;
        for (;;) {
                r = session_turn(session, NULL, NULL, error);
                if (!r && !session->greeted)
                        r = session_greet(session, NULL, 0, error);
                if (r)
                        return r;
                if (session->greeted)
                        break;
                if (clock_left(until) == 0)
                        return session_timed_out(session, false, error);
                session_wait(session, until);
        }
        if (ret)
                *ret = session->hub;
        return 0;
}
