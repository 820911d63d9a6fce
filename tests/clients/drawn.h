/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Terms and facts drawn from a seed, over all kinds of steps there are: from the tables of core, so
 * that a new step is drawn without a word here. What comes out passed terms_check().
 */
#ifndef ACCORD_TESTS_CLIENTS_DRAWN_H
#define ACCORD_TESTS_CLIENTS_DRAWN_H

#include <stdio.h>

#include "core/fact.h"
#include "core/statement.h"
#include "core/terms.h"

void drawn_seed(uint64_t seed);
uint64_t drawn_below(uint64_t below);

/* Of at most @steps steps, the last a post. */
void drawn_terms(struct terms *ret, size_t steps);
/* With a historical benchmark: base years, adjustments, the choice among them, the update. */
void drawn_history(struct terms *ret);
/*
 * Some step of that kind behind those there are, with these parameters: "year=2021 weight=1/3".
 * Whether the terms must then pass: not at all, but for what is to come, or as they are.
 */
enum drawn_check { DRAWN_UNCHECKED, DRAWN_SO_FAR, DRAWN_WHOLE };
bool drawn_step(struct terms *terms, const char *kind, const char *with, enum drawn_check check);
/* Terms without steps. */
void drawn_begin(struct terms *terms);

#define DRAWN_FACTS_MAX 2048

#define DRAWN_CARRIED_MAX 16
#define DRAWN_FIGURES_MAX 3

struct drawn {
        bool plain;     /* what files can say: no member rows, and @carried as it is */
        struct fact facts[DRAWN_FACTS_MAX];
        size_t count;
        struct carried carried[DRAWN_CARRIED_MAX];      /* of the period before */
        size_t carried_count;
        struct members members;                         /* of member rows */
        struct member_figures figures[DRAWN_FIGURES_MAX];
};

/*
 * drawn_statement() - settle with facts as the terms ask for them
 *
 * Begins with what terms_inputs() lists, exceptions included by the toss of a coin, and adds what
 * the statement says is missing until nothing is. False when it stays not calculable.
 */
bool drawn_statement(const struct terms *terms, const struct run *run, struct drawn *facts,
                    struct statement *ret);

/* The facts as rows of a report in CSV. */
void drawn_print(const struct terms *terms, const struct drawn *facts, FILE *to);

#endif
