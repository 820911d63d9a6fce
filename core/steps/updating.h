/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of the risk-update step. */
#ifndef ACCORD_CORE_STEPS_UPDATING_H
#define ACCORD_CORE_STEPS_UPDATING_H

#include "core/working.h"

/*
 * Growth of the risk, capped, of each of the step's parts. False: the settlement is stopped.
 *
 * A category beside others is held to caps of its own, or, with scope aggregate, all are held to
 * one where all together, by what they weigh in the period, exceed it.
 */
bool take_risks(const struct step *step, struct working *w, struct exact ret[CATEGORIES_MAX]);

/* The year whose risk the baseline has. */
struct period reference_year(const struct step *step, const struct working *w);

#endif
