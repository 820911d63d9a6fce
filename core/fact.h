/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts: what performance events assert. A fact has a key and a value; both sides of a contract may
 * assert the same key. A later version of a key names the entry it supersedes; nothing is ever
 * overwritten.
 */
#ifndef ACCORD_CORE_FACT_H
#define ACCORD_CORE_FACT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/date.h"
#include "core/fact_kinds.h"
#include "core/ident.h"
#include "core/limits.h"

/* Units. A value is num/den; den is 1 except for RATE. */
enum unit {
        UNIT_CENTS = 1,         /* int64 cents; what a sign means is said by the kind */
        UNIT_COUNT = 2,         /* whole things */
        UNIT_RATE = 3,          /* exact fraction num/den, den > 0 */
        UNIT_FLAG = 4,          /* 0 or 1 */
        UNIT_DATE = 5,          /* civil day; lines of a statement only */
};

struct value {
        enum unit unit;
        int64_t num;
        int64_t den;
};

enum scope {
        SCOPE_CONTRACT = 1,     /* about one contract */
        SCOPE_PARTY = 2,        /* about the asserting party as a whole */
        SCOPE_COMMUNITY = 3,    /* trends, percentiles, disasters */
};

enum side {
        SIDE_BEARER = 1,
        SIDE_EARNER = 2,
        SIDE_NEITHER = 3,       /* party and community scope */
};

#define SCOPE_BIT(scope) (1u << (scope))

enum fact_kind {
#define X(code, name, number, unit, least, most, scopes, side, says) FACT_##code = (number),
        FACT_KINDS(X)
#undef X
};

struct fact_kind_info {
        enum fact_kind kind;
        const char *name;       /* "head_count": as in JSON and CSV */
        const char *says;
        enum unit unit;
        int64_t least, most;
        unsigned int scopes;    /* SCOPE_BIT()s */
        enum side customary;    /* the party of record where terms name none */
};

/*
 * NULL when there is no such kind.
 * The table is in order of number; fact_kind_at() walks it to NULL.
 */
const struct fact_kind_info *fact_kind_info(unsigned int number);
const struct fact_kind_info *fact_kind_by_name(struct bytes name);
const struct fact_kind_info *fact_kind_at(size_t place);
/* May figures of segments be added up to that of the contract? */
bool fact_kind_adds_up(enum fact_kind kind);

struct fact_key {
        enum scope scope;
        enum fact_kind kind;
        struct name segment;    /* empty: the contract as a whole */
        struct item item;       /* category or measure; empty: the total */
        struct period period;   /* service period */
        date paid_through;      /* claims paid through this day; DATE_NONE where it means nothing */
};

struct fact {
        struct fact_key key;
        struct value value;
        uint64_t index;         /* the log entry that says so */
        uint32_t event;         /* its place in that entry */
        enum side side;         /* who says so */
        bool relayed;           /* said for an absent party, from a document */
        bool decided;           /* agreed by both or determined: stands for either side */
};

bool fact_key_equal(const struct fact_key *a, const struct fact_key *b);

/* NULL when the value fits the kind's unit and domain, else what is wrong, as a static sentence. */
const char *fact_value_fault(enum fact_kind kind, const struct value *value);

#endif
