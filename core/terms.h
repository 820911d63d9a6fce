/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Terms: one dated, immutable version of what a bearer and an earner agree. The arrangement is
 * a list of steps, carried out in the order given; a step has a kind ("share@1") and named
 * parameters. Every constant of a programme is a parameter here, never in code.
 *
 * A struct terms is some 100 KiB: allocate it, do not put it on a stack.
 */
#ifndef ACCORD_CORE_TERMS_H
#define ACCORD_CORE_TERMS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/date.h"
#include "core/fact.h"
#include "core/ident.h"
#include "core/limits.h"
#include "core/outcome.h"

enum applies {
        APPLIES_NEXT_PERIOD = 1,
        APPLIES_WHOLE_PERIOD = 2,
        APPLIES_CUT_MONTH = 3,          /* two runs, each with its own gate */
};

enum standing {
        STANDING_SHADOW = 1,            /* runs, compares, never posts */
        STANDING_ADVISORY = 2,
        STANDING_BINDING = 3,           /* the only one that posts */
};

enum rounding {
        ROUND_HALF_AWAY = 1,            /* half away from zero: the default */
        ROUND_HALF_UP = 2,              /* half towards plus infinity */
        ROUND_HALF_EVEN = 3,
        ROUND_TOWARD_ZERO = 4,
};

struct rate {
        int64_t num;
        int64_t den;    /* > 0 */
};

/*
 * One row of a table parameter: from @from to @to, by enum band_axis of core/steps.h, the rate runs
 * in a straight line from @at_from to @at_to with the divisor @to - @from; equal ends = flat.
 */
struct band {
        int64_t from, to;
        struct rate at_from, at_to;
};

enum param_type {
        PARAM_CENTS = 1,
        PARAM_COUNT = 2,
        PARAM_RATE = 3,
        PARAM_FLAG = 4,
        PARAM_WORD = 5,         /* one of the words the step's table lists */
        PARAM_BANDS = 6,        /* rows of struct terms.bands */
};

struct param {
        struct name name;
        enum param_type type;
        union {
                int64_t cents;
                int64_t count;
                struct rate rate;
                bool flag;
                struct name word;
                struct { uint16_t first, count; } bands;
        };
};

struct step {
        struct name kind;       /* "share" */
        uint32_t version;       /* 1: as in "share@1" */
        uint8_t param_count;
        struct param params[PARAMS_PER_STEP_MAX];
};

enum line_of_business {
        BUSINESS_MEDICARE = 1, BUSINESS_MEDICAID = 2, BUSINESS_COMMERCIAL = 3,
        BUSINESS_MEDICARE_ADVANTAGE = 4, BUSINESS_SELF_INSURED = 5, BUSINESS_OTHER = 6,
};

struct segment {
        struct name name;
        enum line_of_business business;
        bool insured;           /* false: self-insured, the employer bears the cost */
};

/*
 * Who says what: which side's fact a settlement takes, and what the other side may or must report.
 */
enum report_duty { REPORT_NONE = 1, REPORT_MAY = 2, REPORT_MUST = 3 };

struct fact_rule {
        enum fact_kind kind;
        enum side of_record;
        enum report_duty other;
        int64_t tolerance;              /* absolute: cents, a count, billionths of a rate */
        struct rate tolerance_share;    /* relative, of the value of record */
        uint32_t tolerance_rows;        /* of member rows: so many may differ */
        uint32_t window_days;           /* for the other side to answer; 0: no end */
        int64_t materiality;            /* cents: a dispute that moves less holds nothing */
};

/* Who decides what the sides do not agree on. */
enum decider { DECIDER_NOBODY = 0, DECIDER_ARBITER = 1, DECIDER_OF_RECORD = 2 };

/* How disputes come to an end. All zero: nothing ends by itself, nobody decides. */
struct reconciling {
        bool is;                        /* the terms have such a part */
        uint32_t dispute_days;          /* after a statement; 0: no end */
        uint32_t payment_days;          /* after the planned day of payment, before it is overdue */
        enum decider decides;
        struct name arbiter;
        date historical_until;          /* periods that end by then never post; DATE_NONE: none */
        uint32_t witness_days;          /* a final statement waits for witnesses; 0: for none */
};

struct text {
        char text[TEXT_MAX_LENGTH + 1];
};

/* What the earner is taken to have: core/community.h. */
struct presupposed {
        uint32_t kind;                  /* enum capability_kind */
        bool has_step;
        uint32_t step;                  /* place of the step that pays for it */
};

struct terms {
        struct contract_id contract;
        uint32_t version;               /* 1, 2, ... of this contract's terms */
        struct text title;
        struct name template_id;        /* where the steps came from; empty: written by hand */
        struct name bearer_administrator, earner_administrator;         /* empty: acts itself */
        date signed_on, effective;
        enum applies applies;
        enum standing standing;
        uint32_t lookback_months;       /* how far back a fact may reach */
        uint32_t runout_months;         /* claims paid this long after the period still count */
        struct period agreement;
        uint16_t period_count, segment_count, rule_count, step_count, band_count;
        struct period periods[PERIODS_MAX];     /* performance periods, ascending, apart */
        struct segment segments[SEGMENTS_MAX];
        struct fact_rule rules[FACT_RULES_MAX];
        struct step steps[STEPS_MAX];
        struct band bands[BANDS_PER_TERMS_MAX];
        struct reconciling reconciling;
        uint16_t presupposed_count;
        struct presupposed presupposes[PRESUPPOSED_MAX];
};

/*
 * terms_check() - can these terms be carried out?
 *
 * Reports everything that is wrong to @faults as REFUSAL_BAD_TERMS or REFUSAL_BAD_VALUE of event
 * @event: dates and periods, names, unknown step kinds, missing, unknown, doubled or out-of-domain
 * parameters, an order of steps that makes no sense, and products that would not fit 128 bits.
 * After it found nothing, settle() cannot fail.
 */
void terms_check(const struct terms *terms, uint32_t event, struct faults *faults);

/*
 * The side whose fact of this kind a settlement takes: the rule's, else the kind's customary one.
 */
enum side terms_of_record(const struct terms *terms, enum fact_kind kind);

/* The terms' performance period that contains @inner, or NULL. */
const struct period *terms_period(const struct terms *terms, struct period inner);
bool terms_has_segment(const struct terms *terms, const struct name *segment);
const struct param *step_param(const struct step *step, const char *name);

#endif
