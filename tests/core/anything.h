/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Terms over all kinds of steps, from the tables of core, so that a new step, parameter or word is
 * drawn without a word here; and facts, carried figures and member rows for them, up to the ends of
 * their domains. Everything follows from the seed.
 */
#ifndef ACCORD_TESTS_CORE_ANYTHING_H
#define ACCORD_TESTS_CORE_ANYTHING_H

#include "core/inputs.h"
#include "core/statement.h"
#include "core/terms.h"

void anything_seed(uint64_t seed);
uint64_t anything_below(uint64_t below);

/* How long numbers are. MODEST: money leaves room for being multiplied by ten. */
enum how { MODEST, MIXED, EXTREME };

/* Step after step, so that they pass terms_check(); false where they do not in the end. */
bool anything_terms(struct terms *ret, enum how how);
/* Any steps in any order: few of them pass. */
void anything_unordered(struct terms *ret, enum how how);
/* Other values for a few parameters that are there: others that may pass or not. */
void anything_varied(struct terms *terms, enum how how);

#define ANYTHING_FACTS_MAX 20480
#define ANYTHING_CARRIED_MAX 16
#define ANYTHING_FIGURES_MAX 3

struct anything {
        struct run run;
        struct fact facts[ANYTHING_FACTS_MAX];
        size_t count;
        struct carried carried[ANYTHING_CARRIED_MAX];   /* of the period before */
        size_t carried_count;
        struct member_figures figures[ANYTHING_FIGURES_MAX];
        struct members members;                         /* count 0: there are none */
};

/* What the terms read, some of it now and then missing, some said in several versions. */
void anything_facts(const struct terms *terms, enum how how, struct anything *ret);
struct settle_inputs anything_inputs(const struct anything *of);

#endif
