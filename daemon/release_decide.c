/* SPDX-License-Identifier: Apache-2.0 */
/* Each figure of a release through core/disclose. */
#include <errno.h>
#include <stdlib.h>

#include "core/disclose_table.h"
#include "core/own.h"
#include "daemon/release_desk.h"

/* ---- one figure */

static bool is_same(const struct remembered *before, const struct drawn_figure *figure)
{
        return before->figure == figure->figure && item_equal(&before->item, &figure->item);
}

/* All earlier releases in which it was shown, by one of its sets. */
static size_t find_before(const struct release_desk *desk, const struct drawn_figure *figure,
                          size_t set, struct disclosed_before *ret)
{
        size_t count = 0;

        for (size_t i = 0; i < desk->count; i++)
                if (is_same(&desk->memory[i], figure))
                        ret[count++] = (struct disclosed_before) {
                                desk->memory[i].sets[set].rows, desk->memory[i].sets[set].count,
                        };
        return count;
}

static int decide_set(const struct deciding *d, const struct drawn_figure *figure, size_t set,
                      struct disclosed_before *before, enum disclosure_rule *ret)
{
        struct disclosed what = {
                .rows = figure->sets[set].rows, .count = figure->sets[set].count,
                .has_part = figure->sets[set].has_part, .is_of_figures = true,
                .has_people = figure->has_people && set == 0, .people = figure->people,
                .of_people = figure->of_people, .until = d->at->period.until,
                .today = d->at->day, .before = before,
                .before_count = find_before(d->desk, figure, set, before),
        };
        struct respondent *room = calloc(disclose_room(&what) + 1, sizeof(*room));

        if (!room)
                return -ENOMEM;
        *ret = disclose(&d->at->charter->disclosure, &what, room);
        free(room);
        return 0;
}

static bool has_rows(const struct drawn_figure *figure)
{
        bool has = false;

        for (size_t set = 0; set < FIGURE_SETS; set++)
                for (size_t i = 0; i < figure->sets[set].count; i++)
                        has |= figure->sets[set].rows[i].whole > 0;
        return has;
}

/* That there is nobody is not told either: it looks as if there were too few. */
static int decide_one(const struct deciding *d, const struct drawn_figure *figure,
                      struct disclosed_before *before, enum disclosure_rule *ret)
{
        int r = 0;

        *ret = figure->is_open || has_rows(figure) ? DISCLOSURE_PASSES : DISCLOSURE_CONTRIBUTORS;
        for (size_t set = 0; !r && *ret == DISCLOSURE_PASSES && set < FIGURE_SETS; set++)
                r = decide_set(d, figure, set, before, ret);
        return r;
}

/* ---- what the last release said */

static const struct release_figure *said_last(const struct deciding *d,
                                              const struct drawn_figure *figure)
{
        const struct release_draft *last = d->desk->last;

        if (!last || last->release.period.until <= d->at->period.from)
                return NULL;
        for (uint32_t i = 0; i < last->release.figure_count; i++)
                if (last->figures[i].figure == figure->figure &&
                    item_equal(&last->figures[i].item, &figure->item))
                        return last->figures[i].decision == SHOWN ? &last->figures[i] : NULL;
        return NULL;
}

static bool is_table(const struct drawn_figure *figure)
{
        return figure->figure == FIGURE_CATEGORY_SHARE;
}

/* A table is kept as a whole, or not at all: its parts belong together. */
static bool table_breaks(const struct deciding *d, enum disclosure_rule rule)
{
        for (size_t i = 0; i < d->drawn->count; i++)
                if (is_table(&d->drawn->figures[i]) && d->rules[i] == rule)
                        return true;
        return false;
}

static bool table_was_said(const struct deciding *d)
{
        for (size_t i = 0; i < d->drawn->count; i++)
                if (is_table(&d->drawn->figures[i]) && said_last(d, &d->drawn->figures[i]))
                        return true;
        return false;
}

static void keep(struct deciding *d)
{
        bool table = table_breaks(d, DISCLOSURE_CHANGE) && table_was_said(d);

        for (size_t i = 0; i < d->drawn->count; i++) {
                const struct drawn_figure *figure = &d->drawn->figures[i];

                if (is_table(figure))
                        d->kept[i] = table;
                else
                        d->kept[i] = d->rules[i] == DISCLOSURE_CHANGE && said_last(d, figure);
        }
}

/* ---- the table of categories: they and what is not known make up the whole */

#define CATEGORY_CELLS_MAX (DISCLOSE_LINES_MAX - 1)

static size_t put_cells(const struct deciding *d, size_t *places, struct disclosed_cell *cells)
{
        size_t count = 0;

        for (size_t i = 0; i < d->drawn->count && count < CATEGORY_CELLS_MAX; i++) {
                const struct drawn_figure *figure = &d->drawn->figures[i];
                bool is_all = figure->item.text[0] == '\0';

                if (!is_table(figure) || !figure->calculable || d->kept[i])
                        continue;
                places[count] = i;
                cells[count++] = (struct disclosed_cell) {
                        is_all ? figure->whole - figure->cell : figure->cell,
                        d->rules[i] != DISCLOSURE_PASSES,
                };
        }
        return count;
}

/* What is hidden of a contribution: all categories of a table have the same ones, in one order. */
static int64_t hidden_part(const struct deciding *d, const struct disclosed_table *table,
                           const size_t *places, size_t row)
{
        int64_t sum = 0;

        for (size_t i = 0; i < table->columns; i++) {
                const struct drawn_figure *figure = &d->drawn->figures[places[i]];
                const struct contribution *one = &figure->sets[0].rows[row];

                if (table->cells[i].hidden)
                        sum += figure->item.text[0] ? one->part : one->whole - one->part;
        }
        return sum;
}

/*
 * What all hidden cells come to together follows from what is shown. So it is a figure too: of two
 * cells with one contributor each either has the other's.
 */
static int hidden_passes(const struct deciding *d, const struct disclosed_table *table,
                         const size_t *places, bool *ret)
{
        const struct contributions *set = &d->drawn->figures[places[0]].sets[0];
        struct contribution *rows = calloc(set->count + 1, sizeof(*rows));
        struct respondent *room = calloc(set->count + 1, sizeof(*room));

        *ret = true;
        for (size_t i = 0; rows && i < set->count; i++) {
                rows[i] = set->rows[i];
                rows[i].part = hidden_part(d, table, places, i);
        }
        for (int by = BY_PAYER; rows && room && by <= BY_PROVIDER_OF_ALL; by++)
                *ret &= !disclose_dominance(&d->at->charter->disclosure, room,
                                            disclose_respondents(rows, set->count,
                                                                 (enum respondents)by,
                                                                 DISCLOSED_PART, room));
        free(room);
        free(rows);
        return rows && room ? 0 : -ENOMEM;
}

static bool shows_any(const struct disclosed_table *table)
{
        bool any = false;

        for (size_t i = 0; i < table->columns; i++)
                any |= !table->cells[i].hidden;
        return any;
}

/* False: there is none. */
static bool hide_smallest(struct disclosed_table *table)
{
        struct disclosed_cell *smallest = NULL;

        for (size_t i = 0; i < table->columns; i++) {
                struct disclosed_cell *cell = &table->cells[i];

                if (!cell->hidden && cell->value > 0 &&
                    (!smallest || cell->value < smallest->value))
                        smallest = cell;
        }
        if (smallest)
                smallest->hidden = true;
        return smallest != NULL;
}

static void hide_all(struct disclosed_table *table)
{
        for (size_t i = 0; i < table->columns; i++)
                table->cells[i].hidden = true;
}

/* The whole is 1, which cannot be hidden: where cells alone do not suffice none is shown. */
static int complete_table(struct deciding *d)
{
        struct disclosed_cell cells[CATEGORY_CELLS_MAX];
        size_t places[CATEGORY_CELLS_MAX];
        struct disclosed_table table = { .rows = 1, .cells = cells, .total = { true } };
        bool passes = true;
        int r;

        table.columns = (uint16_t)put_cells(d, places, cells);
        if (table.columns == 0)
                return 0;
        do {
                if (!passes && !hide_smallest(&table))
                        hide_all(&table);
                disclose_table(&d->at->charter->disclosure, &table);
                if (!table.total[0])
                        hide_all(&table);
                r = hidden_passes(d, &table, places, &passes);
        } while (!r && !passes && shows_any(&table));
        for (size_t i = 0; i < table.columns; i++)
                if (cells[i].hidden && d->rules[places[i]] == DISCLOSURE_PASSES)
                        d->rules[places[i]] = DISCLOSURE_COMPLEMENT;
        return r;
}

/* ---- as it is said */

static struct rate rounded(const struct deciding *d, const struct drawn_figure *figure)
{
        const struct disclosure_rules *rules = &d->at->charter->disclosure;

        switch (figure->figure) {
        case FIGURE_ALIGNMENT:
        case FIGURE_SHARED:
        case FIGURE_DOMINANT:
        case FIGURE_CONFLICT:
        case FIGURE_ALIGNED_DOLLARS:
                return disclose_round_terms(rules, figure->value);
        case FIGURE_CONCENTRATION:
                return disclose_round_squares(rules, figure->value);
        case FIGURE_MEASURE_PAYERS:
        case FIGURE_DAYS_TO_FINAL:
                return (struct rate) { (int64_t)figure->value.num, 1 };
        default:
                return disclose_round_rate(rules, figure->value);
        }
}

/* How much of all payments is known is a figure too: said elsewhere only where that is shown. */
static bool may_say_coverage(const struct deciding *d, const struct drawn_figure *figure)
{
        for (size_t i = 0; figure->has_coverage && i < d->drawn->count; i++) {
                const struct drawn_figure *all = &d->drawn->figures[i];

                if (is_table(all) && !all->item.text[0])
                        return d->rules[i] == DISCLOSURE_PASSES && !d->kept[i] &&
                               all->calculable && exact_cmp(all->value, figure->coverage) == 0;
        }
        return false;
}

static void say(struct deciding *d, size_t place)
{
        const struct drawn_figure *figure = &d->drawn->figures[place];
        const struct release_figure *last = d->kept[place] ? said_last(d, figure) : NULL;
        struct release_figure *to = &d->draft->figures[place];
        struct rate value;

        *to = (struct release_figure) { .figure = figure->figure, .item = figure->item,
                                        .decision = SHOWN_NOT };
        d->draft->decided[d->rules[place]]++;
        if (last)
                *to = *last;
        if (d->kept[place] || d->rules[place] != DISCLOSURE_PASSES)
                return;
        to->decision = figure->calculable ? SHOWN : SHOWN_NOT_CALCULABLE;
        d->draft->not_calculable += !figure->calculable;
        if (!figure->calculable)
                return;
        value = rounded(d, figure);
        to->has_value = true;
        to->num = value.num;
        to->den = value.den;
        to->has_coverage = may_say_coverage(d, figure);
        if (to->has_coverage)
                to->coverage = disclose_round_rate(&d->at->charter->disclosure, figure->coverage);
}

int release_decide(struct deciding *d)
{
        struct disclosed_before *before = calloc(d->desk->count + 1, sizeof(*before));
        int r = before ? 0 : -ENOMEM;

        for (size_t i = 0; !r && i < d->drawn->count; i++)
                r = decide_one(d, &d->drawn->figures[i], before, &d->rules[i]);
        free(before);
        if (r)
                return r;
        keep(d);
        r = complete_table(d);
        for (size_t i = 0; !r && i < d->drawn->count; i++)
                say(d, i);
        return r;
}
