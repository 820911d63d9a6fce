/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What answers to queries share. Each kind of question has a function that fills in the answer; all
 * of them read the state as of one cut of the log, and no contract that is not the asking party's.
 *
 * Rows and spans of an answer lie in the hub's arena, or where the log has them, until it is sent.
 */
#ifndef ACCORD_DAEMON_QUERY_H
#define ACCORD_DAEMON_QUERY_H

#include "daemon/asof.h"
#include "daemon/compute.h"

#define ROWS_MAX 256u                   /* of one answer */
#define SIGNALS_MAX 128u
#define BLOCKS_MAX 64u                  /* each with its categories */
#define DISPUTES_MAX 32u                /* each with its lines or decisions */

struct asked {
        struct hub *hub;
        const struct directory_node *node;
        const struct query *query;
        struct answer *answer;
        uint64_t cut;                   /* CUT_NONE: the log as it is */
        struct contract_state_row contract;     /* of the query, when it names one; as of the cut */
        uint8_t cursor[WIRE_CURSOR_MAX];
};

/* 0; -ENOENT: there is no such thing, or it is not theirs; -errno. */
typedef int ask_fn(struct asked *asked);

ask_fn ask_tip, ask_signals;
ask_fn ask_contracts, ask_terms;
ask_fn ask_facts, ask_blocks;
ask_fn ask_statements, ask_statement, ask_preview;
ask_fn ask_matches, ask_recon, ask_roster;
ask_fn ask_proof, ask_entries, ask_leaves, ask_reads, ask_keys, ask_nodes, ask_witnesses;
ask_fn ask_incentive, ask_charter, ask_ballots, ask_releases;
ask_fn ask_conflicts, ask_publications, ask_benefits, ask_capabilities;
ask_fn ask_journal, ask_balances, ask_payments, ask_disputes, ask_compare;

/* ---- for them */

/* The last entry that is read. */
uint64_t asked_last(const struct asked *asked);
uint32_t rows_wanted(const struct asked *asked, uint32_t most);
/* NULL: no room. */
void *rows_new(struct asked *asked, uint32_t count, size_t size);
/* The answer says why there is nothing else in it. @field, @says: static text. Returns 0. */
int refuse_query(struct asked *asked, enum refusal code, const char *field, const char *says);
/* There is more behind @key, which is copied. */
void go_on_after(struct asked *asked, struct bytes key);

/* What is computed for an answer holds up all that waits: within bounds. */
struct reading reading_of(const struct asked *asked);

/* The asking party is a side of it. */
bool is_own(const struct asked *asked, const struct contract_id *id);
/*
 * 0: the asking party is a side of it, or, where an arbiter may ask, the arbiter whom its terms in
 * force at the cut name. Else -ENOENT.
 */
int may_read(const struct asked *asked, const struct contract_id *id);
/* The contract that the query names, into asked->contract. Whose it is is asked first. */
int find_contract(struct asked *asked);
/* The party's first contract numbered above @after that was there at the cut. */
int next_contract(const struct asked *asked, uint32_t after, struct contract_state_row *ret);

/*
 * The terms' bytes as they stand in the log, inside their offer.
 * Spans last as long as the transaction.
 */
int offered_bytes(struct hub *hub, const struct view_terms *terms, struct bytes *ret);

#endif
