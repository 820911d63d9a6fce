/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/lib/signals.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "clients/lib/clock.h"
#include "clients/lib/fail.h"
#include "clients/lib/incentive.h"
#include "clients/lib/session-inside.h"
#include "clients/lib/state.h"
#include "core/own.h"
#include "core/signal_sum.h"
#include "proof/seal.h"

#define READY_MAX 64            /* signals that wait to be given out */
#define QUIET_MS 30000          /* three heartbeats missing: ask, in case nobody sends to us */
#define PATIENCE_MS 1000        /* a question open for longer is an unreachable hub */
#define FRAME_MAX (1024 * 1024) /* a sealed signal: an incentive signal with all its rows */

struct ready {
        struct accord_signal signal;
        uint8_t *record;        /* signal.record points here */
};

struct accord_signals {
        struct accord_session *session;
        struct link *link;
        char topic[2 * NAME_MAX_LENGTH + 16];
        struct seal_key key;
        struct state state;
        uint8_t *plain;         /* FRAME_MAX */

        struct ready ready[READY_MAX];  /* in order, without a hole, after last */
        size_t first, count;
        struct ready given;
        uint64_t last, newest;
        uint64_t last_index;    /* of the last one made ready: indices rise with the numbers */

        bool ask;               /* something is or may be missing */
        struct query asked;     /* id 0: nothing is being asked */
        int64_t asked_ms;       /* since when it is not answered; 0: nothing is open */
        uint64_t times_ready;   /* of the link, when we last asked */
        int64_t heard_ms;
        struct accord_signals_stat stat;

        accord_incentive_heard *heard;  /* NULL: nobody wants to know */
        void *heard_with;
        struct accord_incentive *incentive;     /* the newest that was not given yet; or NULL */
        uint64_t incentive_as_of;       /* of the newest there was; 0: none */
};

/* ---- one signal */

int signal_prove(struct accord_session *session, const struct record_entry *entry,
                 struct accord_signal *ret, struct accord_error *error)
{
        struct record record;
        int r;

        arena_reset(&session->records);
        r = hub_proof_record(&session->proof, entry->index, entry->record, &session->records,
                             &record, error);
        if (r)
                return r;
        if (record.kind != ENTRY_SIGNAL || !record.signal.number ||
            !name_equal(&record.signal.party, &session->node.party))
                return fail_with(error, ACCORD_INTEGRITY, "a signal is not for %s",
                                 session->node.party.text);
        *ret = (struct accord_signal) { entry->index, entry->time, record.signal, entry->record };
        return 0;
}

static void ready_free(struct ready *ready)
{
        free(ready->record);
        *ready = (struct ready) { 0 };
}

static uint64_t last_ready(const struct accord_signals *signals)
{
        return signals->last + signals->count;
}

static int make_ready(struct accord_signals *signals, const struct accord_signal *signal)
{
        struct ready *ready = &signals->ready[(signals->first + signals->count) % READY_MAX];
        uint8_t *record = malloc(signal->record.size);

        if (!record)
                return -ENOMEM;
        memcpy(record, signal->record.data, signal->record.size);
        ready->signal = *signal;
        ready->signal.record.data = record;
        ready->record = record;
        signals->count++;
        signals->last_index = signal->index;
        return 0;
}

static const struct accord_signal *give_out(struct accord_signals *signals)
{
        struct ready *ready = &signals->ready[signals->first];

        if (!signals->count)
                return NULL;
        ready_free(&signals->given);
        signals->given = *ready;
        *ready = (struct ready) { 0 };
        signals->first = (signals->first + 1) % READY_MAX;
        signals->count--;
        signals->last++;
        return &signals->given.signal;
}

/* ---- what is sent to us */

static void note_newest(struct accord_signals *signals, uint64_t number)
{
        if (number > signals->newest)
                signals->newest = number;
        if (signals->newest > last_ready(signals) && !signals->ask) {
                signals->ask = true;
                signals->stat.gaps++;
        }
}

/* The next in order is made ready; any other is news of what is missing, or was seen. */
static int take_entry(struct accord_signals *signals, const struct record_entry *entry,
                      struct accord_error *error)
{
        struct accord_signal signal;
        int r = signal_prove(signals->session, entry, &signal, error);

        if (r) {
                signals->stat.dropped++;
                return 0;
        }
        if (signal.signal.number == last_ready(signals) + 1 && signals->count < READY_MAX &&
            !signals->ask) {
                r = make_ready(signals, &signal);
                if (r)
                        return fail_errno(error, r, "cannot keep a signal");
        }
        note_newest(signals, signal.signal.number);
        return 0;
}

/* The newest wins, and what was marked stays marked until it is given. */
static int take_incentive(struct accord_signals *signals, struct incentive_signal *signal,
                          struct accord_error *error)
{
        int r;

        if (!name_equal(&signal->party, &signals->session->node.party) ||
            incentive_signal_fault(signal)) {
                signals->stat.dropped++;
                return 0;
        }
        if (!signals->heard || signal->as_of <= signals->incentive_as_of)
                return 0;
        signals->incentive_as_of = signal->as_of;
        if (signals->incentive && signals->incentive->signal.digest)
                signal->digest = true;
        accord_incentive_free(signals->incentive);
        signals->incentive = NULL;
        r = accord_incentive_copy(&signals->incentive, signal);
        return r ? fail_errno(error, r, "cannot keep a signal") : 0;
}

static int give_incentive(struct accord_signals *signals)
{
        own(accord_incentive) struct accord_incentive *incentive = signals->incentive;

        signals->incentive = NULL;
        return incentive ? signals->heard(signals->heard_with, &incentive->signal) : 0;
}

static int take_frame(struct accord_signals *signals, struct bytes bytes,
                      struct accord_error *error)
{
        struct accord_session *session = signals->session;
        size_t topic = strlen(signals->topic), size;
        struct signal_frame frame;
        struct fault fault;

        if (bytes.size <= topic || bytes.size - topic > FRAME_MAX ||
            memcmp(bytes.data, signals->topic, topic) ||
            unseal(&signals->key, (struct bytes) { (const uint8_t *)bytes.data + topic,
                                                   bytes.size - topic }, signals->plain, &size)) {
                signals->stat.dropped++;
                return 0;
        }
        arena_reset(&session->arena);
        if (wire_read_signal_frame((struct bytes) { signals->plain, size }, &session->arena, &frame,
                                   &fault)) {
                signals->stat.dropped++;
                return 0;
        }
        signals->heard_ms = clock_ms();
        signals->stat.heard_at = clock_now();
        if (frame.kind == FRAME_ENTRY)
                return take_entry(signals, &frame.entry, error);
        if (frame.kind == FRAME_INCENTIVE)
                return take_incentive(signals, &frame.incentive, error);
        if (frame.kind != FRAME_HEARTBEAT)
                return 0;
        note_newest(signals, frame.heartbeat.last_signal);
        return 0;
}

static int hear(struct accord_signals *signals, struct accord_error *error)
{
        int64_t now = clock_ms();
        struct bytes bytes;
        int r = 0;

        link_look(signals->link, now);
        if (signals->times_ready != link_times_ready(signals->link) ||
            now - signals->heard_ms > QUIET_MS) {
                signals->times_ready = link_times_ready(signals->link);
                signals->heard_ms = now;
                signals->ask = true;
        }
        for (int i = 0; i < TURN_FRAMES && signals->count < READY_MAX; i++) {
                r = link_receive(signals->link, &bytes);
                if (r)
                        break;
                r = take_frame(signals, bytes, error);
                if (r)
                        return r;
        }
        return r && r != -EAGAIN ? fail_errno(error, r, "cannot hear the hub's signals") : 0;
}

/* ---- asking for what is missing */

static int take_answer(struct accord_signals *signals, const struct answer *answer,
                       struct accord_error *error)
{
        struct accord_signal signal;
        int r;

        for (uint32_t i = 0; i < answer->signal_count && signals->count < READY_MAX; i++) {
                r = signal_prove(signals->session, &answer->signals[i], &signal, error);
                if (r)
                        return r;
                if (signal.signal.number != last_ready(signals) + 1 ||
                    (signals->last_index && signal.index <= signals->last_index))
                        return fail_with(error, ACCORD_INTEGRITY, "after signal %" PRIu64 " the "
                                         "hub gives number %" PRIu64, last_ready(signals),
                                         signal.signal.number);
                r = make_ready(signals, &signal);
                if (r)
                        return fail_errno(error, r, "cannot keep a signal");
        }
        if (answer->has_last_signal && answer->last_signal < last_ready(signals))
                return fail_with(error, ACCORD_INTEGRITY, "the hub's last signal is number "
                                 "%" PRIu64 ", and it gave number %" PRIu64 " before",
                                 answer->last_signal, last_ready(signals));
        return 0;
}

/* Goes on asking, without waiting. Somebody else's question in between drops ours: again. */
static int ask(struct accord_signals *signals, struct accord_error *error)
{
        struct accord_session *session = signals->session;
        struct query *asked = &signals->asked;
        const struct answer *answer = &session->answer;
        bool answered;
        int r;

        if (!signals->asked_ms)
                signals->asked_ms = clock_ms();
        if (!asked->id || asked->id != session->asked_id) {
                *asked = (struct query) { .kind = QUERY_SIGNALS, .since = last_ready(signals),
                                          .most = READY_MAX };
                ask_begin(session, asked);
        }
        r = ask_turn(session, asked, &answered, error);
        if (r || answered)
                asked->id = 0;
        if (r || !answered)
                return r;
        signals->asked_ms = 0;
        r = take_answer(signals, answer, error);
        if (r)
                return r;
        if (answer->has_last_signal && answer->last_signal > signals->newest)
                signals->newest = answer->last_signal;
        signals->ask = signals->newest > last_ready(signals) && answer->signal_count;
        return 0;
}

/* ---- the calls */

static int load_state(struct accord_signals *signals, uint64_t since, struct accord_error *error)
{
        const struct accord_session *session = signals->session;
        int r = 0;

        signals->state.hub = session->proof.id;
        signals->state.node = session->node;
        if (session->directory)
                r = state_load(session->directory, &signals->state);
        if (r == -EBADMSG)
                return fail_with(error, ACCORD_FAILED, "%s/state is no state file",
                                 session->directory);
        if (r == -EKEYREJECTED)
                return fail_with(error, ACCORD_FAILED, "%s/state is of another node or hub",
                                 session->directory);
        if (r)
                return fail_errno(error, r, "cannot read %s/state", session->directory);
        signals->last = since == ACCORD_SIGNALS_KEPT ? signals->state.last_signal : since;
        return 0;
}

static int open_link(struct accord_signals *signals, struct accord_error *error)
{
        struct accord_session *session = signals->session;
        struct link_options options = {
                .kind = LINK_LISTEN, .endpoint = session->signals_endpoint,
                .hub_key = session->hub_transport_key, .topic = signals->topic,
                .public_key = session->keys->public.transport,
                /* More than we take: libzmq hangs up on what is longer, and for good. */
                .secret_key = session->keys->secret.transport, .frame_most = WIRE_HUB_FRAME_MAX,
        };
        struct epoll_event event = { .events = EPOLLIN };
        int r;

        snprintf(signals->topic, sizeof(signals->topic), "party/%s/%s/", session->node.party.text,
                 session->node.node.text);
        r = link_open(&signals->link, &options);
        if (r == -EINVAL || r == -EPROTONOSUPPORT)
                return fail_with(error, ACCORD_USAGE, "%s is no endpoint: write tcp://HOST:PORT",
                                 session->signals_endpoint);
        if (!r && epoll_ctl(session->watched, EPOLL_CTL_ADD, link_fd(signals->link), &event))
                r = -errno;
        return r ? fail_errno(error, r, "cannot open a socket") : 0;
}

int accord_signals_open(struct accord_signals **ret, struct accord_session *session, uint64_t since,
                        struct accord_error *error)
{
        own(accord_signals) struct accord_signals *signals = calloc(1, sizeof(*signals));
        int r;

        if (!signals)
                return fail_with(error, ACCORD_FAILED, "out of memory");
        signals->session = session;
        signals->ask = true;
        signals->heard_ms = clock_ms();
        signals->plain = malloc(FRAME_MAX);
        if (!signals->plain)
                return fail_with(error, ACCORD_FAILED, "out of memory");
        if (!session->signals_endpoint)
                return fail_with(error, ACCORD_USAGE, "the profile names no signals endpoint");
        if (seal_key_prepare(session->hub_sealing_key, session->keys->secret.sealing,
                             &signals->key))
                return fail_with(error, ACCORD_USAGE, "the hub's sealing key in the profile is "
                                 "none");
        r = load_state(signals, since, error);
        if (!r)
                r = open_link(signals, error);
        if (r)
                return r;
        *ret = give(signals);
        return 0;
}

void accord_signals_close(struct accord_signals *signals)
{
        if (!signals)
                return;
        if (signals->asked.id && signals->asked.id == signals->session->asked_id)
                signals->session->asking = false;
        link_close(signals->link);
        seal_key_wipe(&signals->key);
        for (size_t i = 0; i < READY_MAX; i++)
                ready_free(&signals->ready[i]);
        ready_free(&signals->given);
        accord_incentive_free(signals->incentive);
        free(signals->plain);
        free(signals);
}

void accord_signals_cleanup(struct accord_signals **signals)
{
        accord_signals_close(*signals);
}

/* For so long that it is worth saying: a short wait that ends is nothing. */
static bool unanswered(const struct accord_signals *signals, int timeout_ms)
{
        int64_t open = clock_ms() - signals->asked_ms;

        return signals->asked_ms && open >= timeout_ms && open >= PATIENCE_MS;
}

int accord_signals_next(struct accord_signals *signals, int timeout_ms,
                        const struct accord_signal **ret, struct accord_error *error)
{
        int64_t until = clock_until(timeout_ms);
        int r;

        for (;;) {
                r = hear(signals, error);
                if (!r)
                        r = give_incentive(signals);
                if (!r && signals->ask && !signals->count)
                        r = ask(signals, error);
                if (r)
                        return r;
                *ret = give_out(signals);
                if (*ret)
                        return 0;
                if (clock_left(until) == 0)
                        return unanswered(signals, timeout_ms) ?
                               session_timed_out(signals->session, false, error) : 0;
                session_wait(signals->session, until);
        }
}

int accord_signals_done(struct accord_signals *signals, uint64_t number, struct accord_error *error)
{
        int r;

        if (number <= signals->state.last_signal || !signals->session->directory)
                return 0;
        signals->state.last_signal = number;
        r = state_keep(signals->session->directory, &signals->state);
        return r ? fail_errno(error, r, "cannot write %s/state", signals->session->directory) : 0;
}

void accord_signals_stat(const struct accord_signals *signals, struct accord_signals_stat *ret)
{
        *ret = signals->stat;
        ret->last = signals->last;
        ret->newest = signals->newest;
}

void accord_signals_incentives(struct accord_signals *signals, accord_incentive_heard *heard,
                               void *with)
{
        signals->heard = heard;
        signals->heard_with = with;
}
