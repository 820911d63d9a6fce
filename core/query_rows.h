/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of answers about contracts: terms, facts, statements, blocks. */
#ifndef ACCORD_CORE_QUERY_ROWS_H
#define ACCORD_CORE_QUERY_ROWS_H

#include "core/contract.h"
#include "core/recon.h"
#include "core/record.h"
#include "core/submission.h"

struct contract_row {
        struct contract_id contract;
        enum contract_state state;
        struct text title;
        uint32_t version_in_force, version_offered;
        enum standing standing;
        date ends;                      /* DATE_NONE: no end said */
        uint32_t awaited;               /* bits: 1 bearer, 2 earner */
};

struct terms_row {
        uint32_t version;
        enum terms_state state;
        uint64_t index;
        struct bytes terms;
        struct sha256 terms_sha256;
        uint32_t accepted_count;
        struct node_path accepted_by[ACCEPTANCES_MAX];
};

struct fact_row {
        struct fact fact;               /* key, value, index, event, side, relayed */
        bool has_supersedes;
        uint64_t supersedes;
        struct relayed by;              /* when fact.relayed */
        bool current;
};

/* Why a statement is not what a run would say now: bits. */
enum stale_by {
        STALE_FACTS = 1,
        STALE_TERMS = 2,
        STALE_CARRY = 4,
        STALE_UPSTREAM = 8,
};

struct statement_row {
        uint64_t run, index;
        instant time;
        struct contract_id contract;
        struct period period;
        enum run_kind kind;
        uint32_t number;
        enum statement_status status;
        int64_t earned, payable;
        bool relayed;
        uint32_t stale;                 /* STALE_ bits; 0: a run now would say the same */
        enum life life;
        uint32_t accepted_by;           /* SIDE_BIT()s */
        instant answer_until;           /* 0: its dispute window has no end, or is over */
        bool has_held;
        int64_t held;                   /* cents in dispute */
        enum witnessing witness;
        uint32_t witness_sides;         /* SIDE_BIT()s whose witnesses have seen it */
};

enum block_keeping {
        BLOCK_KEPT = 1,
        BLOCK_ERASED = 2,
        BLOCK_MISSING = 3,              /* lost by the hub: send the same submission again */
};

struct block_row {
        struct block_event block;       /* without rows */
        uint64_t index;
        uint32_t event;
        enum side side;
        bool current;
        uint32_t year;                  /* of the agreement: what is erased together */
        enum block_keeping keeping;
};

#endif
