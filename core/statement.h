/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A statement: what a settlement run came to, line by line, so that each side can follow every
 * number. A pure function of the terms, the facts up to the run's cut, and the run's own
 * particulars.
 */
#ifndef ACCORD_CORE_STATEMENT_H
#define ACCORD_CORE_STATEMENT_H

#include "core/carry.h"
#include "core/exact.h"
#include "core/fact.h"
#include "core/members.h"
#include "core/terms.h"

enum run_kind {
        RUN_PREVIEW = 1,        /* asked for, never logged */
        RUN_INTERIM = 2,
        RUN_FINAL = 3,
        RUN_RESTATED = 4,
};

struct run {
        struct contract_id contract;
        struct period period;
        enum run_kind kind;
        uint32_t number;        /* 1, 2, ... within contract and period */
        date payment;           /* planned payment date: decides dated rates */
        uint64_t cut;           /* the log up to and including this index is what it reads */
};

enum statement_status {
        STATEMENT_CALCULATED = 1,
        STATEMENT_NOT_CALCULABLE = 2,   /* with the reason; nothing posts */
};

/*
 * A line says what it came from: the facts read for it, a carried figure, member rows, or, with
 * none of these, the lines above it by the formula of its code.
 */
struct line {
        uint16_t step;          /* place in the terms, from 0 */
        uint16_t code;          /* enum line_code: name, unit, clause and meaning by core/lines.h */
        uint16_t item;          /* category, measure or member: items[item - 1]; 0: none */
        uint16_t form;          /* which of its code's formulas, from 0 */
        uint16_t fact, facts;   /* facts[fact .. fact + facts) */
        uint16_t carried;       /* carried[carried - 1]; 0: none */
        bool members;           /* from member rows */
        enum unit unit;
        wide num, den;          /* the exact figure, den > 0; UNIT_CENTS counts cents */
};

struct used_fact {
        uint64_t index;         /* log entry */
        uint32_t event;         /* place in it */
        enum fact_kind kind;
        enum side side;
        bool relayed;
        bool decided;           /* both agreed or it was determined: @index is of the entry by
                                   which it is in force, @event its place among what was decided */
        struct item item;
        struct period period;   /* the run's, or a base year */
        struct value value;
};

/* A fact that both sides stated and do not agree on: what each says. */
struct disputed_fact {
        enum fact_kind kind;
        struct name segment;
        struct item item;
        struct period period;
        struct said_value {
                uint64_t index;
                uint32_t event;
                struct value value;
        } bearer, earner;
};

struct statement {
        struct run run;
        uint32_t terms_version;
        uint64_t terms_index;           /* the entry that offered the terms */
        uint8_t terms_digest[32];       /* SHA-256 of the offered terms' bytes */
        enum standing standing;
        bool relayed;                   /* terms or any fact were relayed: never posted */
        enum statement_status status;
        struct text reason;             /* when not calculable: what is missing, and whose it is */
        int64_t earned;                 /* cents; > 0 the bearer pays, < 0 the earner owes */
        int64_t payable;                /* cents; after recoupment of advances: what posts */
        bool has_members;               /* rows and digest are set: it rests on member rows */
        uint64_t member_rows;
        uint8_t members_digest[32];
        bool has_versions;              /* facts are in dispute: the next three are set */
        int64_t by_bearer, by_earner;   /* payable by either side's version */
        enum side basis;                /* whose version the lines follow; neither: that of record,
                                           for they differ by too little to hold anything */
        uint16_t disputed_count;
        uint32_t disputed_more;
        uint16_t line_count, fact_count, item_count, carried_count;
        struct line lines[LINES_PER_STATEMENT_MAX];
        struct used_fact facts[FACTS_PER_STATEMENT_MAX];
        struct item items[ITEMS_PER_STATEMENT_MAX];
        struct carried carried[CARRIED_PER_STATEMENT_MAX];
        struct disputed_fact disputed[DISPUTED_PER_STATEMENT_MAX];
};

/* What a settlement takes besides terms and run: all as of the cut, the caller's memory. */
struct settle_inputs {
        const struct fact *facts;       /* current ones of this contract, both sides, any order */
        size_t fact_count;
        const struct carried *carried;  /* of the period before */
        size_t carried_count;
        const struct members *members;  /* NULL: no member rows */
};

/*
 * settle() - carry out the terms
 * @terms:  passed terms_check()
 * @run:    which period, and the planned payment date
 * @inputs: what it reads
 * @ret:    every field is written, but terms_index and terms_digest, which are the caller's
 *
 * Total: it cannot fail. What cannot be calculated is a statement that says why.
 */
void settle(const struct terms *terms, const struct run *run, const struct settle_inputs *inputs,
            struct statement *ret);

/*
 * The fact of record of the whole contract and in total, as settle() would take it; NULL: none. For
 * who folds member rows, which a fact may complete.
 */
const struct fact *settle_fact(const struct terms *terms, const struct settle_inputs *inputs,
                               enum fact_kind kind, struct period period);

/* The same of a category, measure or care unit. */
const struct fact *settle_fact_of(const struct terms *terms, const struct settle_inputs *inputs,
                                  enum fact_kind kind, const struct item *item,
                                  struct period period);

/* The item of a line, or NULL. */
static inline const struct item *line_item(const struct statement *statement,
                                           const struct line *line)
{
        return line->item ? &statement->items[line->item - 1] : NULL;
}

#endif
