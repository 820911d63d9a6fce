/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files that evaluate formulas, and nobody else's. */
#ifndef ACCORD_CORE_FORMULA_INSIDE_H
#define ACCORD_CORE_FORMULA_INSIDE_H

#include "core/formula.h"

#define TOO_LONG "a figure is longer than 128 bits"

/* Is it of that name, or does it feed the quantity of that name? */
bool line_answers_to(const struct line *line, struct bytes name);
/* The step that the line is of; NULL when the terms have none there. */
const struct step *formula_step(const struct formula_at *at);

/* Each as formula_value(), for one kind of node. @a: the first argument's value. */
const char *formula_table(const struct formula *formula, int16_t node, const struct formula_at *at,
                          uint16_t item, struct exact a, struct exact *ret);
const char *formula_rounded(const struct formula *formula, int16_t node,
                            const struct formula_at *at, struct exact a, struct exact *ret);
/* Does it round? Then this is what it comes to by formula->otherwise. */
bool formula_rounds(enum formula_op op);
const char *formula_round_otherwise(const struct formula *formula, int16_t node,
                                    const struct formula_at *at, struct exact a,
                                    struct exact *ret);
const char *formula_sum(const struct formula *formula, int16_t node, const struct formula_at *at,
                        struct exact *ret);
const char *formula_portion(const struct formula *formula, int16_t node,
                            const struct formula_at *at, uint16_t item, struct exact *ret);

#endif
