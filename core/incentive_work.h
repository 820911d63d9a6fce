/* SPDX-License-Identifier: Apache-2.0 */
/* What incentives_of() works in: the caller makes it once and uses it again and again. */
#ifndef ACCORD_CORE_INCENTIVE_WORK_H
#define ACCORD_CORE_INCENTIVE_WORK_H

#include "core/forecast.h"
#include "core/inputs.h"

/* A figure of record: one fact, or one of each segment. Places in struct forecast_facts. */
struct recorded {
        uint16_t count;
        uint16_t at[SEGMENTS_MAX];
};

/* What care costs: a figure reported, or what member rows came to. */
struct cost_part {
        bool of_members;
        uint16_t place;                 /* of its member figures */
        enum fact_kind kind;
        struct recorded figure;
        struct exact dollar;            /* cents that one dollar for each person is */
};

#define COST_PARTS_MAX 256

/* How one row moves: the figures that change when its measure does better. */
struct mover {
        struct recorded met;              /* numerator, score, points, or peers that did worse */
        struct recorded eligible;         /* denominator, or peers */
        struct recorded equal;            /* peers that did the same */
        struct recorded standard;         /* a quality standard that is reported to be met */
        struct exact lowest, highest;   /* of a score or points */
        bool less;                      /* fewer are better */
        bool whole;                     /* people are paid for one by one: no parts of them */
};

struct changed_fact {
        struct fact *fact;
        struct value value;             /* as it was */
};

#define CHANGES_MAX FORECAST_FACTS_MAX

struct incentive_work {
        struct statement statement;
        struct forecast_facts facts[FORECAST_COUNT];
        struct input inputs[INPUTS_MAX];
        struct mover movers[INCENTIVES_MAX];
        struct cost_part costs[COST_PARTS_MAX];
        size_t cost_count;
        struct changed_fact changes[CHANGES_MAX];
        size_t change_count;
        struct member_figures figures[MEMBER_FIGURES_MAX];      /* as they were */
        bool figures_changed;
};

#endif
