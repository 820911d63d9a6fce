/* SPDX-License-Identifier: Apache-2.0 */
/* What the hub answers about reconciling: rows of queries, as they are on the wire. */
#ifndef ACCORD_CORE_RECON_H
#define ACCORD_CORE_RECON_H

#include "core/dispute.h"
#include "core/match.h"
#include "core/payment.h"
#include "core/record.h"
#include "core/roster.h"

/* What has become of a statement that could post. Numbers are wire format. */
enum life {
        LIFE_NONE = 0,                  /* it posts nothing and needs no answer */
        LIFE_ISSUED = 1,
        LIFE_DISPUTED = 2,
        LIFE_ACCEPTED = 3,              /* by both */
        LIFE_LAPSED = 4,                /* accepted by silence */
        LIFE_REPLACED = 5,              /* by a later one */
};

#define SIDE_BIT(side) (1u << ((side) - 1))     /* bearer 1, earner 2, neither (arbiter) 4 */

struct match_side {
        uint64_t index;
        uint32_t event;
        instant time;
        int64_t num, den;
        date paid_through;              /* DATE_NONE: not said */
        bool relayed;
};

struct match_row {
        enum fact_kind kind;
        struct name segment;
        struct item item;
        struct period period;
        enum match_result result;
        enum side of_record;
        enum report_duty other;
        bool has_bearer, has_earner, has_decided;
        struct match_side bearer, earner, decided;
        instant answer_until;           /* 0: no window, or it is over */
        bool window_over;
        bool held;                      /* a run would be made with both versions */
};

/* Where the terms ask for witnesses. */
enum witnessing {
        WITNESSING_NONE = 0,
        WITNESSING_AWAITED = 1,
        WITNESSING_SEEN = 2,
        WITNESSING_WITHOUT = 3,         /* final without the witnesses of some side */
};

struct recon_row {
        struct contract_id contract;
        struct period period;
        enum standing standing;
        uint32_t agreed, missing_bearer, missing_earner, one_sided, disputed;
        uint64_t run;                   /* whose statement counts; 0: none */
        enum run_kind run_kind;
        enum life life;
        bool has_result;                /* payable, held, open are set */
        int64_t payable, held, open;
        enum due_kind due;              /* 0: nothing */
        instant due_at;
        uint32_t due_for;               /* SIDE_BIT()s */
        uint32_t stale;
        enum witnessing witness;
        uint32_t witness_sides;         /* SIDE_BIT()s whose witnesses have seen it */
};

struct journal_row {
        uint64_t index;
        instant time;
        struct journal_entry entry;
        enum journal_state state;
        uint64_t changed;               /* 0: not */
        instant changed_at;
        struct text changed_says;
};

struct balance_row {
        struct contract_id contract;
        struct name party;
        enum account account;
        int64_t debits_pending, credits_pending, debits_posted, credits_posted;
        int64_t debits_voided, credits_voided;
};

enum payment_state {
        PAYMENT_MATCHED = 1,
        PAYMENT_PARTIAL = 2,            /* the sides agree, and it is less than what is owed */
        PAYMENT_UNMATCHED = 3,          /* one side only */
        PAYMENT_NEEDS_REVIEW = 4,       /* they differ, or it is more than what is owed */
};

struct payment_said {
        uint64_t index;
        instant time;
        struct payment payment;
};

struct payment_row {
        struct item trace;
        enum side payer;
        enum payment_state state;
        bool has_sent, has_received;
        struct payment_said sent, received;
        uint64_t entry;                 /* of the books; 0: none */
        struct text says;
};

enum dispute_what { DISPUTE_OF_STATEMENT = 1, DISPUTE_RESOLUTION = 2, DISPUTE_DETERMINATION = 3 };
enum dispute_state { DISPUTE_OPEN = 1, DISPUTE_IN_FORCE = 2, DISPUTE_ENDED = 3 };

struct dispute_row {
        enum dispute_what what;
        uint64_t index;
        instant time;
        struct node_path by;
        enum side side;
        enum dispute_state state;
        bool has_dispute, has_decisions;
        struct dispute dispute;
        struct decisions decisions;
        struct bytes says;
        uint64_t ended;                 /* 0: not */
};

/* Why a line of the hub's run and a side's own differ. Numbers are wire format. */
enum differs_by {
        DIFFERS_BY_INPUT = 1,
        DIFFERS_BY_TERMS = 2,
        DIFFERS_BY_ORDER = 3,
        DIFFERS_BY_ROUNDING = 4,
        DIFFERS_BY_ARITHMETIC = 5,
        DIFFERS_BY_LINE_ABOVE = 6,
        DIFFERS_BY_SILENCE = 7,         /* made of lines the figure does not say */
};

struct figure_difference {
        enum differs_by cause;
        uint32_t line;                  /* place in the statement, from 0 */
        struct exact hub, theirs;
        struct text says;
};

struct comparison {
        uint64_t figure;
        int64_t earned, payable;        /* by the figure */
        const struct statement *statement;
        uint32_t lines_agreed;
        const struct figure_difference *differences;
        uint32_t difference_count;
};

#endif
