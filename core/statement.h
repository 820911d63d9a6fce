/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A statement: what a settlement run came to, line by line, so that each side can follow every
 * number. A pure function of the terms, the facts up to the run's cut, and the run's own
 * particulars.
 */
#ifndef ACCORD_CORE_STATEMENT_H
#define ACCORD_CORE_STATEMENT_H

#include "core/exact.h"
#include "core/fact.h"
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

struct line {
        uint16_t step;          /* place in the terms, from 0 */
        uint16_t code;          /* enum line_code: name, unit, clause and meaning by core/lines.h */
        enum unit unit;
        wide num, den;          /* the exact figure, den > 0; UNIT_CENTS counts cents */
};

struct used_fact {
        uint64_t index;         /* log entry */
        uint32_t event;         /* place in it */
        enum fact_kind kind;
        enum side side;
        bool relayed;
        struct item item;
        struct value value;
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
        uint16_t line_count, fact_count;
        struct line lines[LINES_PER_STATEMENT_MAX];
        struct used_fact facts[FACTS_PER_STATEMENT_MAX];
};

/*
 * settle() - carry out the terms
 * @terms:  passed terms_check()
 * @run:    which period, and the planned payment date
 * @facts:  the current facts of this contract as of the cut, both sides, any order
 * @ret:    every field is written, but terms_index and terms_digest, which are the caller's
 *
 * Total: it cannot fail. What cannot be calculated is a statement that says why.
 */
void settle(const struct terms *terms, const struct run *run, const struct fact *facts,
            size_t fact_count, struct statement *ret);

#endif
