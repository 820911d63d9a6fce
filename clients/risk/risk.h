/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a contract may come to, played through before anyone signs: its own steps, settled again and
 * again over a forecast that chance moves. The size of the panel moves what its care costs, the
 * benchmark errs, and people do or do not meet a measure. Contracts played together are drawn
 * independently of each other: their members are different people.
 */
#ifndef ACCORD_CLIENTS_RISK_RISK_H
#define ACCORD_CLIENTS_RISK_RISK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/statement.h"

#define RISK_TRIALS_MAX 1000000

struct risk_model {
        uint64_t seed;
        uint32_t trials;
        double cv;                      /* of a member's yearly cost, before truncation */
        double truncation;              /* the quantile it is truncated at; 1: not */
        double benchmark_error;         /* standard deviation, as a share of the benchmark */
};

/* One contract over one period. */
struct risk_case {
        const struct terms *terms;
        struct run run;
        const struct fact *facts;       /* the forecast: what is expected */
        size_t fact_count;
        int64_t panel;                  /* members whose cost varies */
        bool has_saving;
        double saving;                  /* true saving, of the benchmark; else as forecast */
};

/* What the forecast itself comes to, before chance. */
struct risk_base {
        bool has_benchmark;             /* else no cost is compared, and none is drawn */
        double benchmark, expenditure;  /* cents, as settled */
        int64_t payment;                /* cents */
};

/* An estimate and its standard error, from the trials' own spread. */
struct estimate {
        double figure, error;
};

struct risk_result {
        struct estimate gains, owes;            /* probabilities */
        struct estimate mean, spread;           /* cents */
        struct estimate low;                    /* 5th percentile */
        struct estimate tail;                   /* mean of the worst 5 % */
        int64_t least, most;                    /* of the trials */
};

/*
 * risk_base() - settle the forecast
 * @ret_reason: when not calculable, what is missing: TEXT_MAX_LENGTH + 1
 * Returns 0; -EDOM when it is not calculable; -ENOMEM.
 */
int risk_base(const struct risk_case *c, struct risk_base *ret, char *ret_reason);

/*
 * The payment of every trial, in cents, > 0 when the bearer pays; @ret has model->trials places.
 * @shown is called now and then with how many are done. Codes as risk_base().
 */
typedef void risk_shown(void *with, uint32_t done, uint32_t of);
int risk_play(const struct risk_model *model, const struct risk_case *c, uint64_t which,
              int64_t *ret, char *ret_reason, risk_shown *shown, void *with);

/* Sorts the payments. @count at least 100. */
void risk_sum_up(int64_t *payments, size_t count, struct risk_result *ret);

/*
 * The most the earner can come to owe: settled at ever higher cost and at no quality, until it
 * grows no more. False when it goes on growing: nothing limits it. Cents, 0 or more.
 */
bool risk_worst(const struct risk_case *c, int64_t *ret_cents);

#endif
