/* SPDX-License-Identifier: Apache-2.0 */
/* What a node may ask, and the answer: rows of one kind, with a cursor where there are more. */
#ifndef ACCORD_CORE_QUERY_H
#define ACCORD_CORE_QUERY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/answer.h"
#include "core/bytes.h"
#include "core/query_rows.h"
#include "core/recon.h"
#include "core/trust.h"

enum query_kind {
        QUERY_TIP = 1,
        QUERY_CONTRACTS,
        QUERY_TERMS,
        QUERY_FACTS,
        QUERY_STATEMENTS,
        QUERY_STATEMENT,
        QUERY_PREVIEW,
        QUERY_SIGNALS,
        QUERY_BLOCKS,
        QUERY_MATCHES,
        QUERY_RECON,
        QUERY_JOURNAL,
        QUERY_BALANCES,
        QUERY_PAYMENTS,
        QUERY_DISPUTES,
        QUERY_COMPARE,
        QUERY_ROSTER,
        QUERY_PROOF,
        QUERY_ENTRIES,
        QUERY_LEAVES,
        QUERY_READS,
        QUERY_KEYS,
        QUERY_NODES,
        QUERY_WITNESSES,
        QUERY_INCENTIVE,
        QUERY_CHARTER,
        QUERY_BALLOTS,
        QUERY_RELEASES,
        QUERY_CONFLICTS,
        QUERY_PUBLICATIONS,
        QUERY_BENEFITS,
        QUERY_CAPABILITIES,
        QUERY_KIND_COUNT,
};

struct query {
        uint64_t id;
        enum query_kind kind;
        struct contract_id contract;    /* empty: not given */
        uint32_t version;               /* 0: the newest; of a charter: the one in force */
        bool history;                   /* facts, blocks: what was replaced, too */
        struct bytes after;             /* cursor, or last contract had; empty: from the start */
        uint32_t most;                  /* rows or signals wanted; 0: as many as the hub gives */
        uint64_t run;
        struct period period;
        date payment;
        uint64_t since;
        enum run_kind run_kind;         /* of a preview: as a run of that kind; 0: a preview */
        uint32_t side;                  /* whose figure is compared */
        struct name segment;
        bool has_period;                /* matches: of that period only */
        bool has_as_of;                 /* the log up to and including @as_of */
        uint64_t as_of;
        instant as_of_time;             /* 0: not asked; else the last entry at or before it */
        const struct place_at *include; /* proof, entries: indices */
        uint32_t include_count;
        const struct place_at *grow;    /* proof: sizes that the newest tree is to continue */
        uint32_t grow_count;
        bool has_size;                  /* proof: against the tree of @size, without checkpoint */
        uint64_t size, from;            /* leaves: the first */
};

struct answer {
        uint64_t id, as_of;
        bool refused;
        struct wire_fault fault;
        struct bytes next;              /* empty: that is all */
        const struct tip *tip;
        const struct contract_row *contracts;
        uint32_t contract_count;
        const struct terms_row *terms;
        const struct fact_row *facts;
        uint32_t fact_count;
        const struct statement_row *statements;
        uint32_t statement_count;
        const struct statement *preview;
        const struct record_entry *statement;
        const struct record_entry *signals;
        uint32_t signal_count;
        const struct block_row *blocks;
        uint32_t block_count;
        const struct match_row *matches;
        uint32_t match_count;
        const struct recon_row *recons;
        uint32_t recon_count;
        const struct journal_row *journal;
        uint32_t journal_count;
        const struct balance_row *balances;
        uint32_t balance_count;
        const struct payment_row *payments;
        uint32_t payment_count;
        const struct dispute_row *disputes;
        uint32_t dispute_count;
        const struct comparison *comparison;
        const struct roster_match *roster;
        const struct proof_answer *proof;
        const struct entry_row *entries;
        uint32_t entry_count;
        const struct leaves *leaves;
        const struct read_row *reads;
        uint32_t read_count;
        const struct record_entry *records;
        uint32_t record_count;
        const struct node_keys *nodes;
        uint32_t node_count;
        const struct cosignature *witnesses;
        uint32_t witness_count;
        const struct incentive_signal *incentive;
        const struct charter_row *charter;
        const struct ballot_row *ballots;
        uint32_t ballot_count;
        const struct record_entry *releases;
        uint32_t release_count;
        const struct conflict_row *conflicts;
        uint32_t conflict_count;
        const struct publication_row *publications;
        uint32_t publication_count;
        const struct benefit_row *benefits;
        uint32_t benefit_count;
        const struct capability_row *capabilities;
        uint32_t capability_count;
        bool has_last_signal;
        uint64_t last_signal;
};

#endif
