/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files that judge terms; everybody else calls terms_check(). */
#ifndef ACCORD_CORE_TERMS_CHECK_H
#define ACCORD_CORE_TERMS_CHECK_H

#include "core/steps.h"

struct checking {
        const struct terms *terms;
        uint32_t event;
        struct faults *faults;
};

/* Kinds, parameters, order, and how long figures can get. */
void check_steps(struct checking *c);

/* One step's own parameters; false when something is wrong with them. */
bool check_params(struct checking *c, size_t place, const struct step_info *info);

/*
 * What steps say of categories, taken together; false when something is wrong with it. Steps and
 * their parameters are sound.
 */
bool check_categories(struct checking *c);

/*
 * NULL, or what is wrong with the step at @place beside the others of the benchmark: base years
 * doubled, alternatives that nothing chooses. A static sentence; core/steps/benchmark_sense.c.
 */
const char *benchmark_fault(const struct terms *terms, size_t place);

/* Is there room in a statement for the facts and items that the steps read? */
void check_reads(struct checking *c);

/* "terms.steps[12]" */
const char *step_field(size_t place);

#endif
