/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "core/own.h"
#include "proof/seal.h"
#include "proto/wire.h"
#include "tests/system/year.h"
#include "tests/world/must.h"
#include "tests/world/raw.h"

#define FRAME_MAX 65536
#define LEAST_FRAMES YEAR_SIGNALS

struct ear {
        void *socket;
        struct seal_key key;
        char topic[2 * NAME_MAX_LENGTH + 16];
        uint64_t heard;         /* bits: numbers of signals */
};

struct year_ears {
        const struct year *year;
        void *context;
        struct ear *ears;
        struct arena arena;
        struct year_heard heard;
        uint8_t frame[FRAME_MAX], plain[FRAME_MAX];
};

static void open_ear(struct year_ears *ears, unsigned int number)
{
        const struct node *node = &ears->year->providers[number];
        const struct node *neighbour = &ears->year->providers[(number + 1) % ears->year->count];
        struct ear *ear = &ears->ears[number];
        char other[sizeof(ear->topic)];

        raw_topic(&node->path, ear->topic, sizeof(ear->topic));
        raw_topic(&neighbour->path, other, sizeof(other));
        must(seal_key_prepare(ears->year->accordd.keys.public.sealing, node->keys.secret.sealing,
                              &ear->key), "sealing key");
        ear->socket = raw_connect(ears->context, ZMQ_SUB, ears->year->accordd.signals,
                                  ears->year->accordd.keys.public.transport, &node->keys);
        zmq_setsockopt(ear->socket, ZMQ_SUBSCRIBE, ear->topic, strlen(ear->topic));
        zmq_setsockopt(ear->socket, ZMQ_SUBSCRIBE, other, strlen(other));
        zmq_setsockopt(ear->socket, ZMQ_SUBSCRIBE, "party/", 6);
        zmq_setsockopt(ear->socket, ZMQ_SUBSCRIBE, "", 0);
}

struct year_ears *year_ears_open(const struct year *year)
{
        struct year_ears *ears = calloc(1, sizeof(*ears));

        must_be(ears != NULL, "memory");
        ears->year = year;
        ears->context = raw_context();
        ears->ears = calloc(year->count, sizeof(*ears->ears));
        must_be(ears->context && ears->ears, "memory");
        must(arena_new(&ears->arena, WIRE_ARENA_SIZE), "memory");
        for (unsigned int i = 0; i < year->count; i++)
                open_ear(ears, i);
        return ears;
}

static void take_signal(struct year_ears *ears, struct ear *ear, unsigned int number, size_t size)
{
        struct signal_frame frame;
        struct record record;
        struct fault fault;

        arena_reset(&ears->arena);
        must(wire_read_signal_frame((struct bytes) { ears->plain, size }, &ears->arena, &frame,
                                    &fault), "a signal");
        if (frame.kind != FRAME_ENTRY)
                return;
        must(wire_read_record(frame.entry.record, &ears->arena, &record, &fault), "a record");
        must_be(record.kind == ENTRY_SIGNAL &&
                name_equal(&record.signal.party, &ears->year->providers[number].path.party) &&
                contract_id_equal(&record.signal.contract, &ears->year->cases[number].contract),
                "a signal is sealed to another party than it is for");
        must_be(record.signal.number >= 1 && record.signal.number <= YEAR_SIGNALS,
                "a signal too many");
        ear->heard |= UINT64_C(1) << record.signal.number;
}

/* Opens with the key of whose topic it is under, and with no other's. */
static void take_frame(struct year_ears *ears, unsigned int number, size_t frame_size)
{
        struct ear *ear = &ears->ears[number];
        struct ear *next = &ears->ears[(number + 1) % ears->year->count];
        size_t topic = strlen(ear->topic), size;
        const struct bytes sealed = { ears->frame + topic, frame_size - topic };

        ears->heard.frames++;
        if (frame_size < topic || memcmp(ears->frame, ear->topic, topic) != 0) {
                ears->heard.strays++;
                for (size_t at = 0; at < frame_size; at++)
                        must_be(unseal(&ear->key, (struct bytes) { ears->frame + at,
                                                                   frame_size - at },
                                       ears->plain, &size) != 0,
                                "a stranger's frame opens with a node's own key");
                return;
        }
        must(unseal(&ear->key, sealed, ears->plain, &size), "a frame that its node cannot open");
        if (next != ear)
                must_be(unseal(&next->key, sealed, ears->plain + size, &size) != 0,
                        "a frame that another node can open");
        must(unseal(&ear->key, sealed, ears->plain, &size), "a frame");
        take_signal(ears, ear, number, size);
}

void year_ears_look(struct year_ears *ears)
{
        int size;

        for (unsigned int i = 0; i < ears->year->count; i++)
                while ((size = zmq_recv(ears->ears[i].socket, ears->frame, FRAME_MAX / 2,
                                        ZMQ_DONTWAIT)) >= 0)
                        take_frame(ears, i, (size_t)size);
}

struct year_heard year_ears_close(struct year_ears *ears)
{
        const uint64_t all = ((UINT64_C(1) << YEAR_SIGNALS) - 1) << 1;
        struct year_heard heard;

        year_ears_look(ears);
        for (unsigned int i = 0; i < ears->year->count; i++) {
                must_be(ears->ears[i].heard == all, "a node's ear missed a signal of its own");
                zmq_close(ears->ears[i].socket);
        }
        zmq_ctx_term(ears->context);
        heard = ears->heard;
        arena_free(&ears->arena);
        free(ears->ears);
        free(ears);
        return heard;
}
