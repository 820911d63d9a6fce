/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The incentives of one contract: what its own settlement would come to with a little more. There
 * is no second formula: settle() is run again with changed facts and the exact difference taken, so
 * gates, corridors, caps and scales are all in it. Source: reference formulas F9, F10; DESIGN of
 * dollars at stake: the range of one measure from its worst to its best, the others at forecast,
 * scaled by largest remainder so that the measures of a contract sum to the contract's range.
 *
 * Amounts are of struct statement.earned: what an advance takes of it is owed all the same.
 *
 * From worst to best: of a measure from nobody to everybody (the other way where less is better),
 * of a score from the lowest to the highest there is, of a standard that is reported from not met
 * to met, of total cost from a quarter above the forecast to a quarter below: no further do the
 * costs of a panel of 300 go in 99 years of 100. Where no row moves anything alone, for gates hold
 * each other shut, all weigh the same. A change that makes it not calculable changes nothing.
 *
 * What is changed are the facts of record: a point of a panel of 385 is 3.85 people, exactly; of
 * more than ten million people, and where a fee is paid for each, it is whole people. A hundredth
 * of a score that would be longer than a rate can be is to nine decimals. A dollar for each member
 * off a reported total is in whole cents, off an amount by member and month 25/3 cents.
 */
#ifndef ACCORD_CORE_INCENTIVE_H
#define ACCORD_CORE_INCENTIVE_H

#include "core/forecast.h"
#include "core/incentive_work.h"
#include "core/measure_key.h"
#include "core/statement.h"

enum incentive_of {
        INCENTIVE_MEASURE = 1,          /* a measure with numerator and denominator */
        INCENTIVE_SCORE = 2,            /* a score that is reported: of a measure, or of quality */
        INCENTIVE_TOTAL_COST = 3,
};

/*
 * What is met next on the way up: a gate step's standard that is not met yet and pays once it is;
 * from where a step is paid for at all, or nothing is owed any more; where a cap takes all that is
 * more; where the scale gives all there is. Of total cost also nothing, where no end is in reach.
 */
enum edge { EDGE_NONE = 0, EDGE_GATE = 1, EDGE_MINIMUM = 2, EDGE_CAP = 3, EDGE_BEST = 4 };

struct incentive {
        enum incentive_of of;
        struct measure_key key;
        struct name excludes;           /* empty: nobody in particular */
        struct item item;               /* as the terms and facts name it; empty: the whole */
        bool has_counts;
        uint64_t numerator, denominator;
        bool has_target;
        struct rate target;
        /*
         * By enum forecast. One point more on the contract's own panel: a hundredth of its
         * denominator more of its numerator, less where less is better; of a score a hundredth.
         * Total cost: one dollar less for each member (person-year).
         */
        int64_t point[FORECAST_COUNT];
        bool has_patient;
        int64_t patient;                /* one more, at the central forecast; never summed */
        int64_t stake;
        bool has_reachable;
        uint64_t reachable;             /* people the measure has not reached yet */
        enum edge edge;
        int64_t edge_steps;             /* points, or dollars a member, to it; at least 1 */
        int64_t edge_worth;             /* cents that being there is worth */
        bool gate;                      /* a gate step rests on how well it is done; one that
                                           counts measures scored rests on none of them */
};

struct incentives {
        enum statement_status status;   /* not calculable: the reason, and all else is 0 */
        struct text reason;
        int64_t earned[FORECAST_COUNT];
        int64_t least, most;            /* all at their worst, at their best; least <= most */
        uint64_t members;               /* that one dollar a member was taken of; 0: not known */
        uint16_t count;
        struct incentive rows[INCENTIVES_MAX];
};

/*
 * incentives_of() - all that the contract pays for
 * @terms:   passed terms_check()
 * @run:     the period; its payment date decides dated rates
 * @inputs:  facts of record and all else as of the cut, for settle()
 * @charter: the crosswalk; may be NULL
 *
 * Total, as settle(): what cannot be calculated says why. No allocation.
 */
struct charter;
void incentives_of(const struct terms *terms, const struct run *run,
                   const struct settle_inputs *inputs, const struct charter *charter,
                   struct incentive_work *work, struct incentives *ret);

/*
 * What the contract would pay for what nobody should be paid for, at the central forecast, in
 * cents: shown to both parties before they sign, in no signal.
 *
 * A member is one who was there for the whole period, of the largest category where there are
 * categories. With it go its months and its cost, and of a reported total benchmark and premium as
 * much as an average member has; what is reported per person is then an average over the others,
 * to the cent. Where only episodes are counted a member is an episode.
 */
enum gaming {
        GAMING_REMOVE_MEMBER,           /* one of average cost is no longer of the panel */
        GAMING_REMOVE_COSTLY,           /* one of five times the average cost */
        GAMING_EXCLUDE_PATIENT,         /* one who does not meet it is excluded from a measure */
        GAMING_CODE_HIGHER,             /* the risk score is higher by a hundredth of itself */
        GAMING_COUNT,
};

struct gaming_exposure {
        enum gaming what;
        struct item item;               /* the measure; empty: the whole */
        bool calculable;
        int64_t cents;                  /* to the earner */
};

/* Returns how many, at most INCENTIVES_MAX; 0: it is not calculable as things are. */
size_t gaming_exposures(const struct terms *terms, const struct run *run,
                        const struct settle_inputs *inputs, struct incentive_work *work,
                        struct gaming_exposure ret[INCENTIVES_MAX]);
const char *gaming_says(enum gaming what);

#endif
