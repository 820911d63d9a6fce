/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A hub on a stage: libhub with a ledger of its own in memory, and nodes whose keys follow from
 * their names, so that the same play gives the same log, bit by bit. What goes wrong with the stage
 * itself ends the program; what the hub answers is looked at by whoever plays.
 */
#ifndef ACCORD_TESTS_HUB_STAGE_H
#define ACCORD_TESTS_HUB_STAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "daemon/hub.h"
#include "proof/hash.h"
#include "proto/wire.h"
#include "store/table.h"

#define STAGE_PATH_MAX 128
#define STAGE_BEGINS INT64_C(1735689600000000)          /* 2025-01-01T00:00:00Z */
#define SECOND INT64_C(1000000)

struct stage {
        char directory[STAGE_PATH_MAX]; /* holds ledger/ and scratch/ */
        char ledger[STAGE_PATH_MAX + 16], scratch[STAGE_PATH_MAX + 16];
        char blocks[STAGE_PATH_MAX + 16];       /* beside the ledger, as the hub puts it */
        struct hub_options options;
        struct keys keys;
        struct hub *hub;
        instant now;                    /* of the next batch; a batch takes a millisecond */
        struct arena arena;             /* of answers read */
        struct sink sink, frame;        /* of messages being written */
        struct release_desk *desk;      /* what releases are made on, since the hub was opened */
};

/* A node that plays. */
struct player {
        struct node_path path;
        struct keys keys;
};

/* Ends the program with what failed when @r is not 0. */
void must(int r, const char *what);

/* What is signed of terms, statements and decisions. */
struct sha256 sha256_of(struct bytes bytes);

/* An empty ledger, opened. @set may change options before, and may be NULL. */
void stage_set_up(struct stage *stage, void (*set)(struct hub_options *options));
void stage_tear_down(struct stage *stage);
/* Closes the hub, whatever it was doing, and opens the ledger again. */
void stage_reopen(struct stage *stage);

void stage_begin(struct stage *stage);
void stage_commit(struct stage *stage);

/* Keys that follow from the name. */
void player_make(struct player *ret, const char *party, const char *node);

/* As the operator: 0 or the refusal. In the batch that is open. */
int stage_admit_party(struct stage *stage, const char *party, enum role_kind role, bool present,
                      uint32_t two_nodes_for);
int stage_admit_node(struct stage *stage, const struct player *player, uint32_t rights);

/* Half of all savings of 2024, binding. */
void stage_terms(struct terms *terms, const struct contract_id *contract, uint32_t version);

/*
 * Signed by @player, for this hub unless @submission says another. The bytes, a SignedSubmission,
 * are the caller's to free().
 */
struct bytes stage_sign(struct stage *stage, const struct player *player,
                        const struct submission *submission);
/* Hands the hub what it takes for a frame from @player. In the batch that is open. */
void stage_take(struct stage *stage, const struct player *player, struct bytes frame,
                uint64_t session);
void stage_take_submission(struct stage *stage, const struct player *player,
                           struct bytes signed_submission, uint64_t session);
void stage_ask(struct stage *stage, const struct player *player, const struct query *query,
               uint64_t session);

/* The one answer of the last batch to @session; valid until the next is read. */
void stage_answer(struct stage *stage, uint64_t session, struct hub_frame *ret);
/*
 * The signals of the last batch that went to @player, unsealed: true while there is a next one.
 * *at is 0 at first.
 */
bool stage_heard(struct stage *stage, const struct player *player, size_t *at,
                 struct signal_frame *ret, struct record *ret_record);

/*
 * Computes the first run without a statement, else the first release that is due, and appends what
 * it comes to; false: there is none.
 */
bool stage_work(struct stage *stage);

/* What is in each table, as a digest; rows counted too. */
struct stage_tables {
        uint64_t rows[TABLE_COUNT];
        struct digest content[TABLE_COUNT];
};
void stage_tables(struct stage *stage, struct stage_tables *ret);
/* The first table that differs and is not in @but (which TABLE_COUNT ends); else TABLE_COUNT. */
enum table stage_changed(const struct stage_tables *before, const struct stage_tables *after,
                         const enum table *but);

/* NULL when the whole log proves, rebuilds to the same state and recomputes; else what does not. */
const char *stage_finding(struct stage *stage);

uint64_t stage_entries(const struct stage *stage);

#endif
