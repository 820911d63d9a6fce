/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What no table says: parameters of one step that must fit each other. A step kind that has such
 * rules has a function beside its code, and a line in core/steps/sense.c.
 */
#ifndef ACCORD_CORE_STEPS_SENSE_H
#define ACCORD_CORE_STEPS_SENSE_H

#include "core/exact.h"
#include "core/steps.h"

/*
 * NULL, or what is wrong, as a static sentence. Every parameter is known and within what it may be,
 * and what the tables ask for is given.
 */
typedef const char *sense_fn(const struct terms *terms, const struct step *step);

/* The rule of the step's kind. */
const char *step_sense(const struct terms *terms, enum step_code code, const struct step *step);

/* The rate of a parameter, or what stands for it. */
struct exact rate_or(const struct step *step, const char *name, int64_t otherwise);

sense_fn sense_attribute, sense_expenditure, sense_stop_loss;
sense_fn sense_target, sense_discount;
sense_fn sense_credibility, sense_corridor_gate, sense_share, sense_limit, sense_fee;
sense_fn sense_measure, sense_composite, sense_gate, sense_quality_adjust;

#endif
