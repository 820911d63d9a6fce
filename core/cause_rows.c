/* SPDX-License-Identifier: Apache-2.0 */
/* What the member rows of both sides say of a difference. */
#include "core/causing.h"

static bool rows_are_of(const struct causing *c, const struct match *match)
{
        const struct fact_key *key = &match_fact(match)->key;

        return c->in->roster && name_equal(&key->segment, &c->in->segment) &&
               period_equal(key->period, c->in->period);
}

/* Rows of one side only have nothing to be held against. */
static bool both_have_rows(const struct causing *c)
{
        const struct roster_match *match = c->in->roster ? &c->in->roster->match : NULL;

        return match && match->both + match->differ + match->bearer_only > 0 &&
               match->both + match->differ + match->earner_only > 0;
}

static void add_cell(struct roster_cell *to, const struct roster_cell *cell)
{
        for (int side = 0; side < 2; side++) {
                to->rows[side] += cell->rows[side];
                to->only[side] += cell->only[side];
                to->cents[side] += cell->cents[side];
        }
        to->category += cell->category;
        to->risk += cell->risk;
        to->amounts += cell->amounts;
        to->reversals += cell->reversals;
}

/* Is the place in the list of categories of the match's item? */
static bool is_of(const struct causing *c, const struct match *match, size_t called)
{
        const struct item *item = &match_fact(match)->key.item;

        if (!item->text[0])
                return true;
        return called < c->in->category_count && called != ROSTER_NO_CATEGORY &&
               item_equal(item, &c->in->categories[called]);
}

bool rows_cell(const struct causing *c, const struct match *match, struct roster_cell *ret)
{
        bool any = false;

        *ret = (struct roster_cell) { .category = 0 };
        if (!both_have_rows(c) || !rows_are_of(c, match))
                return false;
        for (size_t i = 0; i < ROSTER_CATEGORIES_MAX; i++)
                if (is_of(c, match, i)) {
                        add_cell(ret, &c->in->roster->cells[i]);
                        any = true;
                }
        return any;
}

/* All its rows are of one side: it is left out by the other. Unnamed, it is just people. */
static bool is_carved_out(const struct roster_cell *cell, size_t called)
{
        return called != ROSTER_NO_CATEGORY && (cell->rows[0] == 0) != (cell->rows[1] == 0);
}

static uint32_t panel_of(const struct roster_cell *cell, size_t called)
{
        uint32_t bits = 0;

        if (cell->only[0] || cell->only[1])
                bits |= CAUSE_BIT(is_carved_out(cell, called) ? CAUSE_CARVE_OUT : CAUSE_ROSTER);
        return cell->category ? bits | CAUSE_BIT(CAUSE_ROSTER) : bits;
}

uint32_t rows_panel(const struct causing *c, const struct match *match)
{
        struct roster_cell all;
        uint32_t bits = 0;

        if (!rows_cell(c, match, &all))
                return 0;
        for (size_t i = 0; i < ROSTER_CATEGORIES_MAX; i++)
                if (is_of(c, match, i))
                        bits |= panel_of(&c->in->roster->cells[i], i);
        return bits;
}

static bool other_days(const struct causing *c, const struct match *match)
{
        const date *day = c->in->rows_paid_through;

        if (match && match_is_two_sided(match)) {
                date bearer = match->bearer->key.paid_through;
                date earner = match->earner->key.paid_through;

                if (bearer != DATE_NONE && earner != DATE_NONE && bearer != earner)
                        return true;
        }
        return day[0] != DATE_NONE && day[1] != DATE_NONE && day[0] != day[1];
}

/* Claims paid until a later day also take back more: reversals say something else only else. */
static uint32_t amounts_of(const struct causing *c, const struct match *match,
                           const struct roster_cell *cell)
{
        uint32_t bits = 0;

        if ((cell->amounts || cell->reversals) && other_days(c, match))
                return CAUSE_BIT(CAUSE_PAID_THROUGH);
        if (cell->amounts)
                bits |= CAUSE_BIT(CAUSE_OTHER);
        return cell->reversals ? bits | CAUSE_BIT(CAUSE_REBATE) : bits;
}

uint32_t rows_amounts(const struct causing *c, const struct match *match)
{
        struct roster_cell cell;

        return rows_cell(c, match, &cell) ? amounts_of(c, match, &cell) : 0;
}

/* A figure of money that says its days, in total: what the rows' amounts are paid through. */
static const struct match *spending(const struct causing *c)
{
        for (size_t i = 0; i < c->in->match_count; i++) {
                const struct match *match = &c->in->matches[i];

                if (match_fact(match)->key.kind == FACT_EXPENDITURE && rows_are_of(c, match) &&
                    match_is_two_sided(match))
                        return match;
        }
        return NULL;
}

uint32_t rows_causes(const struct causing *c)
{
        uint32_t bits = 0;

        if (!both_have_rows(c))
                return 0;
        for (size_t i = 0; i < ROSTER_CATEGORIES_MAX; i++) {
                const struct roster_cell *cell = &c->in->roster->cells[i];

                bits |= panel_of(cell, i) | amounts_of(c, spending(c), cell);
                if (cell->risk)
                        bits |= CAUSE_BIT(CAUSE_RISK);
        }
        return bits;
}

const struct member_figures *rows_figures(const struct causing *c, const struct match *match,
                                          int side)
{
        const struct members *members = c->in->members[side];

        if (!members || !rows_are_of(c, match) || !both_have_rows(c))
                return NULL;
        for (size_t i = 0; i < members->count; i++)
                if (item_equal(&members->figures[i].item, &match_fact(match)->key.item))
                        return &members->figures[i];
        return NULL;
}
