/* SPDX-License-Identifier: Apache-2.0 */
/* From the words of a call to contracts that can be played through: clients/risk/. */
#ifndef ACCORD_CLIENTS_RISK_CASE_H
#define ACCORD_CLIENTS_RISK_CASE_H

#include "clients/risk/assume.h"
#include "clients/risk/risk.h"
#include "clients/verb.h"

/* One contract with all it stands on. own(played) struct played played = { 0 }; */
struct played {
        struct terms *terms;            /* owned */
        struct fact *facts;             /* owned: the forecast */
        size_t fact_count;
        size_t assumed;                 /* of them: nobody reported these */
        struct risk_case c;
        int64_t *payments;              /* owned: of every trial */
};

void played_cleanup(struct played *played);

#define RISK_OPTIONS                                                                               \
        { "trials", "NUMBER", "how often it is played; 20000 unless given", 0 },                   \
        { "seed", "NUMBER", "where chance begins; the same seed, the same figures; 42", 0 },       \
        { "cv", "RATE", "spread of a member's yearly cost, in means; 2.3 unless given", 0 },       \
        { "truncation", "RATE", "share of members below the truncation point; 0.99", 0 },          \
        { "benchmark-error", "RATE", "standard deviation of the benchmark; 0.01", 0 }

enum exit_code risk_take_model(const struct call *call, struct risk_model *ret);
enum exit_code risk_take_rate(const struct call *call, const char *option, struct rate *ret);
enum exit_code risk_take_money(const struct call *call, const char *option, int64_t *ret);

/* The period given, else the first of the terms; payment a year after its end. */
enum exit_code risk_take_run(const struct call *call, const struct terms *terms, struct run *ret);

/* The forecast: reported figures of a file, each taken as said by who is of record. */
enum exit_code risk_read_facts(const char *path, struct played *to);
/*
 * What the forecast lacks is assumed, as clients/risk/assume.h has it; to->assumed says how many
 * figures that were.
 */
enum exit_code risk_complete(const struct assumptions *with, struct played *to);
/* The people it is about: what the forecast counts, else @otherwise. */
int64_t risk_panel(const struct played *played, int64_t otherwise);

/* All trials, with progress; says what is missing when it is not calculable. */
enum exit_code risk_play_out(const struct call *call, const struct risk_model *model,
                             struct played *played, uint64_t which);

#endif
