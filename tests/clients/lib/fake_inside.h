/* SPDX-License-Identifier: Apache-2.0 */
/* The fake hub's own memory, and what its two files call of each other. */
#ifndef ACCORD_TESTS_CLIENTS_LIB_FAKE_INSIDE_H
#define ACCORD_TESTS_CLIENTS_LIB_FAKE_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>

#include "proof/hash.h"
#include "proof/sign.h"
#include "proto/wire.h"
#include "tests/clients/lib/fake_hub.h"

#define ENTRIES_MAX 65536
#define NUMBERS_MAX 262144
#define SIGNALS_MAX 1024
#define COMMANDS_MAX 256
#define FRAME_MAX (2 * 1024 * 1024)
#define HEARD_MAX (4 * 1024 * 1024)

struct entry {
        struct stream_id stream;
        uint64_t sequence;
        struct digest digest;
        struct bytes answer;            /* the HubFrame, for the same bytes again */
};

enum command { COMMAND_SIGNAL = 1, COMMAND_SILENT_SIGNAL, COMMAND_HEARTBEAT, COMMAND_RUBBISH,
               COMMAND_SHORTEN, COMMAND_FORK, COMMAND_LOSE, COMMAND_SEND, COMMAND_SEND_FORGED };

struct fake_hub {
        struct stage *stage;
        enum mishap (*mishap)(void *with, uint64_t n);
        void *with;
        struct hub_id id;
        uint32_t window;
        atomic_bool nobody;

        void *context, *zap, *intake, *signals;
        char intake_endpoint[128], signals_endpoint[128];
        pthread_t thread;
        atomic_bool stop;
        bool joined;

        pthread_mutex_t lock;           /* of the commands */
        enum command commands[COMMANDS_MAX];
        struct bytes sent[COMMANDS_MAX];        /* what COMMAND_SEND sends; owned */
        size_t command_count;
        struct accord_incentive *incentive;     /* NULL: there is no such thing */
        uint8_t *heard;                         /* HEARD_MAX: all that clients sent */
        size_t heard_size;

        struct entry *entries;
        uint64_t entry_count, log_size;
        uint64_t *numbers;
        uint64_t number_count;
        struct fake_taken figures;
        atomic_uint_fast64_t asked;
        struct bytes records[SIGNALS_MAX];
        uint64_t signal_count;

        struct history *history;        /* NULL: no proofs */
        atomic_bool mute;
        uint64_t kept;                  /* of the epoch that is; 0: the first */
        struct record_entry ring[2];
        uint8_t ring_room[2][4096];

        struct bytes late;              /* an answer held back */
        uint8_t peer[64];
        size_t peer_size;
        struct hasher *hasher;
        struct scratch scratch;
        struct arena arena;
        struct sink body, record, out;
};

/* ---- fake_rules.c */

struct bytes fake_keep(struct bytes bytes);             /* a copy, to be freed */
struct bytes fake_sign(struct fake_hub *hub, struct record *record, const uint8_t *secret);
/* One frame from the intake. */
void fake_take_frame(struct fake_hub *hub);

/* ---- fake_proofs.c */

/* The receipt's leaf takes its place in the tree; proof and checkpoint are the fake hub's. */
void fake_add_proof(struct fake_hub *hub, struct receipt *receipt);
/* False: it is no question for proofs or keys, or none is answered. */
bool fake_answer_proof(struct fake_hub *hub, const struct query *query, struct answer *answer);
void fake_lose(struct fake_hub *hub);

/* ---- fake_hub.c */

void fake_open_intake(struct fake_hub *hub);

#endif
