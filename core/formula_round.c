/* SPDX-License-Identifier: Apache-2.0 */
/* What a formula comes to when it is rounded otherwise than it says. */
#include "core/formula_inside.h"

#include "core/exact_try.h"

bool formula_rounds(enum formula_op op)
{
        return op == FORMULA_CENTS || op == FORMULA_DOLLARS || op == FORMULA_DECIMALS ||
               op == FORMULA_ROUNDED || op == FORMULA_FLOOR;
}

static bool to_decimals(struct exact a, wide decimals, enum rounding mode, struct exact *ret)
{
        wide scale = 1;

        if (decimals < 0 || decimals > 9)
                return false;
        while (decimals--)
                scale *= 10;
        return try_mul(a, exact_of(scale), ret) && try_round(*ret, 1, mode, ret) &&
               try_div(*ret, exact_of(scale), ret);
}

/* The unit of money that a rounding has: a cent, or a dollar. */
static wide unit_of(const struct formula *f, int16_t node, const struct formula_at *at)
{
        const struct formula_node *it = &f->nodes[node];
        const struct param *unit;
        struct param room;

        if (it->op == FORMULA_DOLLARS)
                return 100;
        if (it->op != FORMULA_ROUNDED)
                return 1;
        unit = formula_param(at, formula_text(f, f->nodes[it->first].next), &room);
        return unit && unit->type == PARAM_WORD && strcmp(unit->word.text, "dollar") == 0 ? 100 : 1;
}

static bool by_mode(const struct formula *f, int16_t node, const struct formula_at *at,
                    struct exact a, struct exact *ret)
{
        const struct formula_node *it = &f->nodes[node];
        struct exact decimals;

        if (it->op != FORMULA_DECIMALS)
                return try_round(a, unit_of(f, node, at), f->otherwise->mode, ret);
        if (formula_value(f, f->nodes[it->first].next, at, 0, &decimals) || decimals.den != 1)
                return false;
        return to_decimals(a, decimals.num, f->otherwise->mode, ret);
}

const char *formula_round_otherwise(const struct formula *f, int16_t node,
                                    const struct formula_at *at, struct exact a, struct exact *ret)
{
        const bool is_rate = f->nodes[node].op == FORMULA_DECIMALS;
        bool fits = true;

        *ret = a;
        switch (f->otherwise->how) {
        case FORMULA_NOT_ROUNDED:
                break;
        case FORMULA_BY_MODE:
                fits = by_mode(f, node, at, a, ret);
                break;
        case FORMULA_TO_CENTS:
                fits = is_rate || try_round(a, 1, ROUND_HALF_AWAY, ret);
                break;
        case FORMULA_TO_DOLLARS:
                fits = is_rate || try_round(a, 100, ROUND_HALF_AWAY, ret);
                break;
        case FORMULA_TO_DECIMALS:
                fits = !is_rate || to_decimals(a, f->otherwise->decimals, ROUND_HALF_AWAY, ret);
                break;
        }
        return fits ? NULL : TOO_LONG;
}
