/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A hub that is killed again and again while publishers with outboxes on the disk go on, and are
 * killed too. Afterwards their outboxes and the log must tell the same story, each thing once.
 */
#ifndef ACCORD_TESTS_CRASH_CRASH_H
#define ACCORD_TESTS_CRASH_CRASH_H

#include "tests/world/node.h"

#define PUBLISHERS 4            /* nodes of one payer, each a process */
#define CONTRACTS_EACH 3        /* that only this one speaks about */

/* An event's tag: its number within its publisher, and what it is. */
enum tag_kind { TAG_FACT, TAG_MONTHS, TAG_RUN, TAG_KINDS };

static inline uint64_t tag_of(uint64_t number, enum tag_kind kind)
{
        return number * TAG_KINDS + kind;
}

/* In memory that all processes share. */
struct crash_shared {
        int stop;
        uint64_t received[PUBLISHERS], refused[PUBLISHERS];
};

struct crash {
        struct accordd accordd;
        struct node publishers[PUBLISHERS], provider;
        pid_t pids[PUBLISHERS];
        struct crash_shared *shared;
        uint64_t seed;
};

struct contract_id crash_contract(unsigned int publisher, unsigned int number);

/* ---- publisher.c: a process of its own; ends when told to stop and all is said */
_Noreturn void publisher_be(struct crash *crash, unsigned int number, uint64_t seed);

/* ---- outboxes.c: what the outboxes say in the end */

struct said {
        unsigned int publisher;
        struct stream_id stream;
        uint64_t sequence, index;       /* index: of the entry, or of the refusal's */
        struct sha256 leaf;             /* RECEIVED */
        bool refused;
        uint8_t *bytes;                 /* REFUSED: the SignedSubmission */
        size_t size;
        unsigned int seen;              /* times it stands in the log */
};

struct outboxes {
        struct said *list;              /* in order of publisher, stream, sequence */
        size_t count, room, received, refused;
        uint64_t last[PUBLISHERS];      /* number of the last event sealed */
        uint8_t *taken[PUBLISHERS];     /* by number: 1 where a received submission holds it */
        size_t taken_room[PUBLISHERS];
};

/* Everything must be answered. */
void outboxes_read(struct outboxes *outboxes, const struct crash *crash);
void outboxes_free(struct outboxes *outboxes);
/* NULL when none of them has it. */
struct said *outboxes_find(struct outboxes *outboxes, unsigned int publisher,
                           const struct stream_id *stream, uint64_t sequence);
/* PUBLISHERS when it is none of them. */
unsigned int publisher_of(const struct crash *crash, const struct node_path *path);

/* ---- story.c, kept.c, again.c: the log against them, and against itself */

/* Each thing in the log is in an outbox and the other way round, once. */
void story_check(const struct crash *crash, struct outboxes *outboxes);
/* Whatever the hub signed, as the publishers keep it, is of this log; every receipt is kept. */
void kept_check(const struct crash *crash, const struct outboxes *outboxes);
/* The same causes, given to a hub that nothing disturbs, make the same log, byte for byte. */
void again_check(const struct crash *crash, struct outboxes *outboxes);

#endif
