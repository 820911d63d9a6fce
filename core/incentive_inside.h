/* SPDX-License-Identifier: Apache-2.0 */
/* Between the core/incentive*.c: settling with changed facts, and putting them back. */
#ifndef ACCORD_CORE_INCENTIVE_INSIDE_H
#define ACCORD_CORE_INCENTIVE_INSIDE_H

#include "core/incentive.h"

/* What came of a change. */
struct came {
        bool is;
        int64_t earned;
        uint32_t standards;     /* of gates, that are met */
        bool full;              /* the measure's own score is all there is */
};

struct probing {
        const struct terms *terms;
        const struct run *run;
        struct settle_inputs with[FORECAST_COUNT];      /* of @work's facts */
        struct incentive_work *work;
        struct incentives *to;
        bool whole;                     /* nothing is forecast: low, central and high are one */
        struct came here;               /* of the central forecast */
};

/* ---- core/incentive.c: forecasts, what comes of them, and rows; false: not calculable */

bool probing_begin(struct probing *x, const struct settle_inputs *inputs,
                   const struct charter *charter);

/* ---- core/incentive_probe.c */

/* What comes of the facts as they are; false: not calculable. The statement stays in @work. */
bool probe(struct probing *x, enum forecast at, int64_t *ret_earned);

/* The figure of record that settle() would read; false: nobody said it. */
bool figure_find(const struct probing *x, enum fact_kind kind, const struct item *item,
                 struct recorded *ret);
struct exact figure_total(const struct probing *x, enum forecast at, const struct recorded *figure);

/*
 * A change, until put_back(): of one fact, or of a figure's total, which is kept within what the
 * kind can be. Money and people become whole, but where @parts says that parts of them may stand.
 */
void change_figure(struct probing *x, enum forecast at, const struct recorded *figure,
                   struct exact total, bool parts);
void change_members(struct probing *x, enum forecast at, size_t place, struct exact cents);
/* Of member figures as they are: to be called before any of them is changed. */
void keep_members(struct probing *x, enum forecast at);
void put_back(struct probing *x, enum forecast at);

/* ---- core/incentive_rows.c: what the terms pay for, into @to and @work */

void rows_find(struct probing *x, const struct charter *charter);

/* ---- core/incentive_move.c: a row's figures, so many steps better (below zero: worse) */

#define WORST INT64_MIN
#define BEST INT64_MAX

bool row_moves(const struct probing *x, size_t row);
/* A step is a point, or of total cost a dollar for each member. As far as there is. */
void row_move(struct probing *x, enum forecast at, size_t row, int64_t steps);
/* How many steps there are up; of a measure the last may be a part of one. */
int64_t row_steps(const struct probing *x, enum forecast at, size_t row);
/* One person more; false: there is nobody left, or no count. */
bool row_move_patient(struct probing *x, enum forecast at, size_t row);

/* ---- core/incentive_edge.c */

/* Of the central forecast as its facts are; they are put back. */
struct came come(struct probing *x, size_t row);
/* What the lines say; @row NULL: of no measure's own score. */
void came_read(const struct statement *statement, const struct incentive *row, struct came *came);

/* @point: what came one step up, @best: of the row's best, for these runs were made already. */
void edge_find(struct probing *x, size_t row, const struct came *point, const struct came *best);

#endif
