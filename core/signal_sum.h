/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An incentive signal added up by what is measured, for who reads it: how many payers pay for the
 * same and which part of the revenue they are, what one point on all of their panels is worth
 * together, where they ask for different things under one name.
 *
 * What may be added: a point on every payer's own panel, dollars at stake, revenue of payers. What
 * may not: a patient, who has one payer (only a mean is offered, weighted by panels), and points of
 * payers that reward opposite directions, which therefore stand apart.
 *
 * A payer counts once, however many contracts it has. Its revenue is stated with each of them and
 * is all that it pays the party, so the largest statement counts, never the sum.
 */
#ifndef ACCORD_CORE_SIGNAL_SUM_H
#define ACCORD_CORE_SIGNAL_SUM_H

#include "core/exact.h"
#include "core/incentive_signal.h"

/* No amount of a signal is larger: so sums of all its rows are cents in 64 bits. */
#define SIGNAL_CENTS_MAX (INT64_MAX / (2 * SIGNAL_ROWS_MAX))

/* Targets no further apart than this are one: reference formulas 8.3, worked example. */
extern const struct rate signal_tolerance;

/* Payers, and what of the party's revenue they are. Cents. */
struct signal_cover {
        uint16_t payers;                /* bearers, each once */
        uint16_t relayed;               /* of them: all that is known of them was relayed */
        uint16_t unstated;              /* of them: nobody stated their revenue */
        int64_t here_cents, relayed_cents;
};

struct signal_payer {
        struct name bearer;
        bool relayed;
        bool has_revenue;
        int64_t revenue;
        uint16_t contracts;
};

/* One step in one direction, on the panels of all that reward that direction. */
struct signal_point {
        uint16_t contracts;             /* 0: nobody rewards it */
        uint16_t uncounted;             /* of them: how many people it is, is not known */
        int64_t cents[FORECAST_COUNT];
        struct exact people;            /* to the millionth; of total cost: all members */
};

/* What payers ask differently under the same concept: bits. */
enum signal_differs {
        DIFFERS_DIRECTION = 1,
        DIFFERS_TARGET = 2,             /* by more than the tolerance */
        DIFFERS_VERSION = 4,
        DIFFERS_POPULATION = 8,
        DIFFERS_EXCLUDED = 16,
        DIFFERS_PERIOD = 32,
};

enum signal_targets {
        TARGETS_NONE,                   /* fewer than two say one */
        TARGETS_SAME,
        TARGETS_NEAR,                   /* within the tolerance */
        TARGETS_APART,
};

#define SIGNAL_NO_ROW UINT16_MAX

struct signal_concept {
        struct name concept;
        bool total_cost;                /* a step is a dollar less for each member */
        uint16_t first, count;          /* signal_sum.rows[first .. first + count) */
        struct signal_cover cover;
        int64_t stake;
        struct signal_point point[2];   /* signal_point_of() */
        int64_t next;                   /* see below */
        uint32_t differs;
        enum signal_targets targets;
        uint16_t untargeted;            /* rows without a target, where others have one */
        bool has_patient;
        struct exact patient;           /* cents: mean over payers, weighted by their panels */
        bool has_reachable;
        struct exact reachable;         /* people, to the millionth */
        date ends_first, ends_last;     /* the last days of the periods */
        uint32_t days_left;             /* until the last of them is over, today included */
        bool gate;                      /* a gate of some contract rests on it */
        uint16_t edge_row;              /* place in the signal's rows of the edge that is worth
                                           most and can be reached; SIGNAL_NO_ROW: there is none */
};

/* One kind of capability, over the contracts. */
struct signal_need {
        uint32_t kind;                  /* enum capability_kind */
        enum capability_said has;
        uint16_t presuppose, pay;       /* payers, each once */
};

#define SIGNAL_NEED_KINDS_MAX 64

/* Some 500 KiB: allocate it, do not put it on a stack. */
struct signal_sum {
        date day;                       /* of the entry that the signal is as of */
        date paid_through;              /* the earliest; DATE_NONE: of no contract */
        uint16_t payer_count;
        struct signal_payer payers[SIGNAL_CONTRACTS_MAX];       /* in order of name */
        uint16_t payer_of[SIGNAL_CONTRACTS_MAX];        /* place in payers, by contract */
        struct signal_cover cover;      /* of all of them */
        bool has_revenue;               /* shares can be told: all revenue is stated, and it is */
        int64_t all_source_revenue;     /* not less than what these payers pay */
        uint16_t incalculable;          /* contracts with a reason instead of amounts */
        int64_t earned[FORECAST_COUNT], least, most;    /* over the contracts */
        uint16_t concept_count;
        struct signal_concept concepts[SIGNAL_ROWS_MAX];        /* in order of name */
        uint16_t rows[SIGNAL_ROWS_MAX]; /* places in the signal's rows, concept by concept */
        /*
         * Places in concepts: worth most next. By signal_concept.next: for each contract what a
         * point is worth at the central forecast, or on the way to its next edge where that is
         * more and can be reached; then by dollars at stake, then by name. Total cost, whose steps
         * are dollars and no points, comes last.
         */
        uint16_t ranked[SIGNAL_ROWS_MAX];
        uint16_t need_count;
        struct signal_need needs[SIGNAL_NEED_KINDS_MAX];        /* in order of number */
};

/*
 * What is wrong with the shape of a signal that came from elsewhere, as a static sentence; NULL:
 * nothing, and it can be added up. Places, amounts within SIGNAL_CENTS_MAX, parts of one, words.
 */
const char *incentive_signal_fault(const struct incentive_signal *signal);

/* @signal has no fault; @ret is written whole. Any order of contracts gives the same sums. */
void signal_sum(const struct incentive_signal *signal, struct rate tolerance,
                struct signal_sum *ret);

static inline const struct signal_point *signal_point_of(const struct signal_concept *concept,
                                                         enum direction direction)
{
        return &concept->point[direction == DIRECTION_LESS];
}

/* Row @at of a concept, from 0, and its contract. */
static inline const struct incentive_row *
signal_row(const struct signal_sum *sum, const struct incentive_signal *signal,
           const struct signal_concept *concept, size_t at)
{
        return &signal->rows[sum->rows[concept->first + at]];
}

/* Part of all revenue; @sum->has_revenue. */
struct exact signal_share(const struct signal_sum *sum, int64_t cents);
/* What comes from payers of which the signal knows nothing; @sum->has_revenue. */
struct exact signal_unknown(const struct signal_sum *sum);

/* Can the edge of this row still be reached: in time, and with the patients there are? */
bool signal_edge_in_reach(const struct incentive_signal *signal, const struct incentive_row *row);

/* The day of a moment. */
date signal_day(instant time);

#endif
