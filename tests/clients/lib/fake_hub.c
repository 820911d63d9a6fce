/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/clients/lib/fake_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zmq.h>

#include "clients/lib/hubid.h"
#include "proof/seal.h"
#include "tests/clients/lib/history.h"
#include "tests/clients/lib/run.h"

/* ---- signals */

static void send_plain(struct fake_hub *hub, struct bytes plain, const uint8_t *from)
{
        static uint8_t wire[FRAME_MAX];
        const struct node_path *node = &hub->stage->profile.node;
        struct seal_key key;
        int topic = snprintf((char *)wire, sizeof(wire), "party/%s/%s/", node->party.text,
                             node->node.text);

        ck_assert_int_eq(seal_key_prepare(hub->stage->node.public.sealing, from, &key), 0);
        seal(&key, plain, wire + topic);
        zmq_send(hub->signals, wire, (size_t)topic + plain.size + SEAL_OVERHEAD, 0);
}

static void send_sealed(struct fake_hub *hub, const struct signal_frame *frame, const uint8_t *from)
{
        sink_reset(&hub->out);
        ck_assert_int_eq(wire_write_signal_frame(&hub->out, frame), 0);
        send_plain(hub, sink_bytes(&hub->out), from);
}

static void make_signal(struct fake_hub *hub, bool send)
{
        struct record record = { .kind = ENTRY_SIGNAL };
        struct signal_frame frame = { .kind = FRAME_ENTRY };

        ck_assert_uint_lt(hub->signal_count, SIGNALS_MAX);
        record.signal = (struct signal) { .party = hub->stage->profile.node.party,
                                          .number = hub->signal_count + 1,
                                          .kind = SIGNAL_CONTRACT_OFFERED,
                                          .contract = stage_about.contract, .version = 1 };
        hub->records[hub->signal_count] =
                fake_keep(fake_sign(hub, &record, hub->stage->hub.secret.signing));
        hub->signal_count++;
        frame.entry = (struct record_entry) { hub->signal_count, 1000,
                                              hub->records[hub->signal_count - 1] };
        if (send)
                send_sealed(hub, &frame, hub->stage->hub.secret.sealing);
}

static void make_rubbish(struct fake_hub *hub)
{
        struct record record = { .kind = ENTRY_SIGNAL };
        struct signal_frame frame = { .kind = FRAME_HEARTBEAT };

        /* Sealed by somebody else; then by the hub, with a record that somebody else signed. */
        send_sealed(hub, &frame, hub->stage->node.secret.sealing);
        record.signal = (struct signal) { .party = hub->stage->profile.node.party,
                                          .number = hub->signal_count + 1,
                                          .kind = SIGNAL_CONTRACT_OFFERED };
        frame.kind = FRAME_ENTRY;
        frame.entry = (struct record_entry) { 1, 1, fake_sign(hub, &record,
                                                                hub->stage->node.secret.signing) };
        send_sealed(hub, &frame, hub->stage->hub.secret.sealing);
}

static void carry_out(struct fake_hub *hub, enum command command, struct bytes sent)
{
        struct signal_frame beat = { .kind = FRAME_HEARTBEAT };

        beat.heartbeat = (struct heartbeat) { hub->signal_count, 1000, hub->log_size };
        switch (command) {
        case COMMAND_SIGNAL:
        case COMMAND_SILENT_SIGNAL:
                make_signal(hub, command == COMMAND_SIGNAL);
                break;
        case COMMAND_HEARTBEAT:
                send_sealed(hub, &beat, hub->stage->hub.secret.sealing);
                break;
        case COMMAND_RUBBISH:
                make_rubbish(hub);
                break;
        case COMMAND_FORK:
                history_change(hub->history, 1, 9);
                break;
        case COMMAND_LOSE:
                fake_lose(hub);
                break;
        case COMMAND_SEND:
        case COMMAND_SEND_FORGED:
                send_plain(hub, sent, command == COMMAND_SEND ? hub->stage->hub.secret.sealing :
                                                                hub->stage->node.secret.sealing);
                break;
        case COMMAND_SHORTEN:
                free((void *)(uintptr_t)hub->entries[--hub->entry_count].answer.data);
                hub->log_size--;
                break;
        }
}

static void carry_out_all(struct fake_hub *hub)
{
        pthread_mutex_lock(&hub->lock);
        for (size_t i = 0; i < hub->command_count; i++) {
                carry_out(hub, hub->commands[i], hub->sent[i]);
                free((void *)(uintptr_t)hub->sent[i].data);
        }
        hub->command_count = 0;
        pthread_mutex_unlock(&hub->lock);
}

static void command_with(struct fake_hub *hub, enum command command, struct bytes sent)
{
        pthread_mutex_lock(&hub->lock);
        ck_assert_uint_lt(hub->command_count, COMMANDS_MAX);
        hub->sent[hub->command_count] = sent;
        hub->commands[hub->command_count++] = command;
        pthread_mutex_unlock(&hub->lock);
}

static void command(struct fake_hub *hub, enum command command)
{
        command_with(hub, command, (struct bytes) { NULL, 0 });
}

void fake_hub_signal(struct fake_hub *hub, bool send)
{
        command(hub, send ? COMMAND_SIGNAL : COMMAND_SILENT_SIGNAL);
}

void fake_hub_heartbeat(struct fake_hub *hub)
{
        command(hub, COMMAND_HEARTBEAT);
}

void fake_hub_rubbish(struct fake_hub *hub)
{
        command(hub, COMMAND_RUBBISH);
}

uint64_t fake_hub_asked(const struct fake_hub *hub)
{
        return hub->asked;
}

/* ---- incentive signals */

void fake_hub_reward(struct fake_hub *hub, const struct incentive_signal *signal)
{
        accord_incentive_free(hub->incentive);
        ck_assert_int_eq(accord_incentive_copy(&hub->incentive, signal), 0);
}

void fake_hub_send(struct fake_hub *hub, const struct signal_frame *frame, bool forged)
{
        struct sink sink;

        ck_assert_int_eq(sink_new(&sink, 4096, FRAME_MAX), 0);
        ck_assert_int_eq(wire_write_signal_frame(&sink, frame), 0);
        command_with(hub, forged ? COMMAND_SEND_FORGED : COMMAND_SEND,
                     fake_keep(sink_bytes(&sink)));
        sink_free(&sink);
}

void fake_hub_send_long(struct fake_hub *hub, size_t size)
{
        uint8_t *octets = calloc(1, size);

        ck_assert_ptr_nonnull(octets);
        command_with(hub, COMMAND_SEND, (struct bytes) { octets, size });
}

struct bytes fake_hub_heard(const struct fake_hub *hub)
{
        ck_assert(hub->joined);
        return (struct bytes) { hub->heard, hub->heard_size };
}

/* ---- sockets and the thread */

/* Version, id, domain, address, identity, mechanism, key: one node is known. */
static void answer_zap(struct fake_hub *hub)
{
        char parts[7][256];
        int sizes[7], more = 1;
        size_t size = sizeof(more);
        bool known;

        memset(sizes, 0, sizeof(sizes));
        for (int i = 0; i < 7 && more; i++) {
                sizes[i] = zmq_recv(hub->zap, parts[i], sizeof(parts[i]), 0);
                zmq_getsockopt(hub->zap, ZMQ_RCVMORE, &more, &size);
        }
        known = sizes[6] == 32 && !hub->nobody &&
                !memcmp(parts[6], hub->stage->node.public.transport, 32);
        zmq_send(hub->zap, "1.0", 3, ZMQ_SNDMORE);
        zmq_send(hub->zap, parts[1], (size_t)sizes[1], ZMQ_SNDMORE);
        zmq_send(hub->zap, known ? "200" : "400", 3, ZMQ_SNDMORE);
        zmq_send(hub->zap, "", 0, ZMQ_SNDMORE);
        zmq_send(hub->zap, "node", 4, ZMQ_SNDMORE);
        zmq_send(hub->zap, "", 0, 0);
}

static void *server(struct fake_hub *hub, int type, const char *endpoint)
{
        void *socket = zmq_socket(hub->context, type);
        int on = 1, off = 0, r = -1;

        ck_assert_ptr_nonnull(socket);

        zmq_setsockopt(socket, ZMQ_LINGER, &off, sizeof(off));
        zmq_setsockopt(socket, ZMQ_CURVE_SERVER, &on, sizeof(on));
        zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, hub->stage->hub.secret.transport, 32);
        zmq_setsockopt(socket, ZMQ_ZAP_DOMAIN, "accord", 6);
        /* One that was closed keeps the port while somebody in it waits for the key check. */
        for (int i = 0; i < 400 && r; i++) {
                zmq_pollitem_t zap = { hub->zap, 0, ZMQ_POLLIN, 0 };

                r = zmq_bind(socket, endpoint);
                if (r && zmq_poll(&zap, 1, 5) > 0)
                        answer_zap(hub);
        }
        ck_assert_msg(r == 0, "cannot bind %s: %s", endpoint, zmq_strerror(zmq_errno()));
        return socket;
}

void fake_open_intake(struct fake_hub *hub)
{
        size_t size = sizeof(hub->intake_endpoint);

        hub->intake = server(hub, ZMQ_ROUTER, hub->intake_endpoint);
        zmq_getsockopt(hub->intake, ZMQ_LAST_ENDPOINT, hub->intake_endpoint, &size);
        free((void *)(uintptr_t)hub->late.data);
        hub->late = (struct bytes) { 0 };
}

/*
 * A port below those the kernel gives to clients: one that connects again and again to a port of
 * its own range while nobody listens meets itself there in the end, and keeps it.
 */
static void find_port(struct fake_hub *hub)
{
        void *socket = zmq_socket(hub->context, ZMQ_ROUTER);
        int r = -1;

        for (int i = 0; i < 200 && r; i++) {
                snprintf(hub->intake_endpoint, sizeof(hub->intake_endpoint), "tcp://127.0.0.1:%d",
                         20000 + (int)((unsigned int)getpid() * 31 + (unsigned int)i * 7) % 10000);
                r = zmq_bind(socket, hub->intake_endpoint);
        }
        ck_assert_int_eq(r, 0);
        zmq_close(socket);
}

static void *run(void *hub_)
{
        struct fake_hub *hub = hub_;

        while (!hub->stop) {
                zmq_pollitem_t items[] = { { hub->zap, 0, ZMQ_POLLIN, 0 },
                                           { hub->intake, 0, ZMQ_POLLIN, 0 } };

                carry_out_all(hub);
                if (zmq_poll(items, 2, 2) <= 0)
                        continue;
                if (items[0].revents)
                        answer_zap(hub);
                if (items[1].revents)
                        fake_take_frame(hub);
        }
        return NULL;
}

static void make_memory(struct fake_hub *hub)
{
        hub->entries = calloc(ENTRIES_MAX, sizeof(*hub->entries));
        hub->numbers = calloc(NUMBERS_MAX, sizeof(*hub->numbers));
        hub->scratch.size = sign_room(DOMAIN_SUBMISSION, WIRE_RECORD_MAX);
        hub->scratch.data = malloc(hub->scratch.size);
        hub->heard = malloc(HEARD_MAX);
        ck_assert(hub->entries && hub->numbers && hub->scratch.data && hub->heard);
        ck_assert_int_eq(arena_new(&hub->arena, WIRE_ARENA_SIZE), 0);
        ck_assert_int_eq(sink_new(&hub->body, 4096, WIRE_RECORD_MAX), 0);
        ck_assert_int_eq(sink_new(&hub->record, 4096, WIRE_RECORD_MAX), 0);
        ck_assert_int_eq(sink_new(&hub->out, 4096, WIRE_HUB_FRAME_MAX), 0);
        ck_assert_int_eq(hasher_new(&hub->hasher), 0);
}

struct fake_hub *fake_hub_start(struct stage *stage,
                                enum mishap (*mishap)(void *with, uint64_t n), void *with)
{
        struct fake_hub *hub = calloc(1, sizeof(*hub));
        size_t size = sizeof(hub->signals_endpoint);

        ck_assert_ptr_nonnull(hub);
        *hub = (struct fake_hub) { .stage = stage, .mishap = mishap, .with = with, .window = 16,
                                   .log_size = 1 };
        make_memory(hub);
        hub->id = hub_id_derive(hub->hasher, stage->hub.public.signing);
        pthread_mutex_init(&hub->lock, NULL);

        hub->context = zmq_ctx_new();
        hub->zap = zmq_socket(hub->context, ZMQ_REP);
        ck_assert_int_eq(zmq_bind(hub->zap, "inproc://zeromq.zap.01"), 0);
        find_port(hub);
        fake_open_intake(hub);
        hub->signals = server(hub, ZMQ_PUB, "tcp://127.0.0.1:*");
        zmq_getsockopt(hub->signals, ZMQ_LAST_ENDPOINT, hub->signals_endpoint, &size);
        stage->profile.intake = hub->intake_endpoint;
        stage->profile.signals = hub->signals_endpoint;
        ck_assert_int_eq(pthread_create(&hub->thread, NULL, run, hub), 0);
        return hub;
}

void fake_hub_stop(struct fake_hub *hub)
{
        if (hub->joined)
                return;
        hub->stop = true;
        pthread_join(hub->thread, NULL);
        hub->joined = true;
}

void fake_hub_free(struct fake_hub *hub)
{
        fake_hub_stop(hub);
        zmq_close(hub->intake);
        zmq_close(hub->signals);
        zmq_close(hub->zap);
        zmq_ctx_term(hub->context);
        for (uint64_t i = 0; i < hub->entry_count; i++)
                free((void *)(uintptr_t)hub->entries[i].answer.data);
        for (uint64_t i = 0; i < hub->signal_count; i++)
                free((void *)(uintptr_t)hub->records[i].data);
        free((void *)(uintptr_t)hub->late.data);
        for (size_t i = 0; i < hub->command_count; i++)
                free((void *)(uintptr_t)hub->sent[i].data);
        accord_incentive_free(hub->incentive);
        free(hub->heard);
        free(hub->entries);
        free(hub->numbers);
        free(hub->scratch.data);
        arena_free(&hub->arena);
        sink_free(&hub->body);
        sink_free(&hub->record);
        sink_free(&hub->out);
        hasher_free(hub->hasher);
        pthread_mutex_destroy(&hub->lock);
        free(hub);
}

void fake_hub_window(struct fake_hub *hub, uint32_t window)
{
        hub->window = window;
}

void fake_hub_knows_nobody(struct fake_hub *hub, bool nobody)
{
        hub->nobody = nobody;
}

void fake_hub_shorten(struct fake_hub *hub)
{
        command(hub, COMMAND_SHORTEN);
}

void fake_hub_prove(struct fake_hub *hub, struct history *history)
{
        hub->history = history;
}

void fake_hub_mute(struct fake_hub *hub, bool mute)
{
        hub->mute = mute;
}

void fake_hub_fork(struct fake_hub *hub)
{
        command(hub, COMMAND_FORK);
}

void fake_hub_lose(struct fake_hub *hub, uint64_t kept)
{
        hub->kept = kept;
        command(hub, COMMAND_LOSE);
}

struct fake_taken fake_hub_taken(const struct fake_hub *hub)
{
        struct fake_taken taken = hub->figures;

        ck_assert(hub->joined);
        taken.numbers = hub->numbers;
        taken.count = hub->number_count;
        taken.entries = hub->entry_count;
        return taken;
}
