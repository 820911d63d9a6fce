/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a settlement by given terms reads, and who reports it:
 * for report templates, due lists and lessons.
 */
#ifndef ACCORD_CORE_INPUTS_H
#define ACCORD_CORE_INPUTS_H

#include "core/terms.h"

enum read_need {
        READ_ALWAYS = 1,          /* nothing is calculable without it */
        READ_WHEN_IT_MATTERS = 2, /* only where the result depends on it: a limit on losses */
        READ_IF_SO = 3,           /* an exception: not said means it does not hold */
};

struct input {
        enum fact_kind kind;
        struct item item;       /* category, measure or name; empty: none */
        bool many;              /* under any items: all that are reported are read */
        int year;               /* of this calendar year, a base year; 0: of the run's period */
        enum read_need need;
        enum side of_record;    /* who reports it */
        enum report_duty other; /* what the other side may or must do */
        uint16_t step;          /* the first step that reads it, place from 0 */
};

#define INPUTS_MAX 1024         /* as many as facts that a statement names */

/*
 * Each kind, item and year once, in the order of the steps. Returns how many there are; no more
 * than INPUTS_MAX are written, and terms_check() refuses terms that have more.
 */
size_t terms_inputs(const struct terms *terms, struct input ret[INPUTS_MAX]);

/* From its first of January until the next. */
struct period calendar_year(int year);

/* The latest base year of the terms; 0: they have none. */
int last_base_year(const struct terms *terms);

#endif
