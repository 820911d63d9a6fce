/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one contract rewards, as of a cut: the incentives of its running period, and of every care
 * unit that its facts name what the earner attributes to it. A function of the log up to the cut
 * alone, and of no party: whose part of it is how large, daemon/incentives.h says.
 */
#ifndef ACCORD_DAEMON_REWARD_H
#define ACCORD_DAEMON_REWARD_H

#include "core/charter.h"
#include "core/incentive_signal.h"
#include "daemon/compute.h"

/* Of what moment: all of one snapshot. */
struct reward_at {
        uint64_t cut;                   /* the last entry that is read */
        instant time;                   /* of that entry */
        date day;
        const struct charter *charter;  /* in force at the cut; NULL: none */
};

/* What is said of a care unit, for the period. */
struct unit_figures {
        struct item unit;               /* a party's name */
        bool has_months, has_revenue;
        int64_t months, revenue;
};

/* Owns its rows; free with reward_free(). */
struct reward {
        uint32_t contract_no, earner_no;
        bool is;                        /* it is in a signal at all; else nothing else is set */
        struct contract_id contract;
        uint32_t version;
        enum standing standing;
        bool relayed;
        struct period period;
        date paid_through, payment;
        bool has_revenue;
        int64_t revenue;                /* of the earner: cents */
        uint32_t category;
        struct text reason;             /* empty: it is calculable */
        int64_t low, central, high, least, most;
        uint64_t members;
        bool has_months;
        int64_t months;                 /* of all members */
        struct unit_figures *units;
        size_t unit_count;
        struct presupposed presupposes[PRESUPPOSED_MAX];
        size_t presupposed_count;
        const struct incentive *rows;
        size_t row_count;
};

/* Memory to work in: made once, some MiB. */
struct reward_work;

int reward_work_new(struct reward_work **ret);
void reward_work_free(struct reward_work *work);

/*
 * reward_of() - made anew
 * @by: its rows_most bounds what is folded for one contract
 *
 * A contract is in signals while it is in force or relayed, on the day of @at, and has a
 * performance period that has begun and is not settled for good; of several the last counts.
 * Returns: 0, with *ret to be freed; -errno.
 */
int reward_of(struct reward_work *work, const struct reading *by, uint32_t contract_no,
              const struct reward_at *at, struct reward **ret);
void reward_free(struct reward *reward);

/* NULL: its facts say nothing of that unit. */
const struct unit_figures *reward_unit(const struct reward *reward, const struct name *party);

#endif
