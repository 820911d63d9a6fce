/* SPDX-License-Identifier: Apache-2.0 */
/* What a formula says about tables and roundings that the terms give. */
#include "core/formula_inside.h"

#include "core/exact_try.h"
#include "core/steps.h"

struct table {
        const struct band *bands;
        size_t count;
        enum band_axis axis;
};

static const char *table_of(const struct formula *f, int16_t node, const struct formula_at *at,
                            struct table *ret)
{
        const struct step *step = formula_step(at);
        struct param room;
        const struct param *param = formula_param(at, formula_text(f, node), &room);
        const struct param_info *info;

        if (!param || param->type != PARAM_BANDS)
                return "a table in it is not given";
        info = param_info(step_info(&step->kind, step->version)->code, param->name.text);
        *ret = (struct table) { &at->terms->bands[param->bands.first], param->bands.count,
                                info->axis };
        return NULL;
}

static bool holds(const struct table *table, size_t place, struct exact a)
{
        const struct band *band = &table->bands[place];
        int above = exact_cmp(a, exact_of(band->to));

        if (exact_cmp(a, exact_of(band->from)) < 0 || above > 0)
                return false;
        return above < 0 || table->axis == AXIS_COUNT || table->axis == AXIS_DATE ||
               place + 1 == table->count;
}

static const char *on_the_line(const struct band *band, struct exact a, struct exact *ret)
{
        struct exact from = exact_of_rate(band->at_from), part;

        *ret = from;
        if (band_flat(band))
                return NULL;
        if (!try_sub(a, exact_of(band->from), &part) ||
            !try_div(part, exact_of(band->to - band->from), &part) ||
            !try_sub(exact_of_rate(band->at_to), from, ret) || !try_mul(*ret, part, ret) ||
            !try_add(*ret, from, ret))
                return TOO_LONG;
        return NULL;
}

static const char *table_value(const struct table *table, struct exact a, struct exact *ret)
{
        if (table->axis == AXIS_SHARE && !try_mul(a, exact_of(SHARE_ONE), &a))
                return TOO_LONG;
        for (size_t i = 0; i < table->count; i++)
                if (holds(table, i, a))
                        return on_the_line(&table->bands[i], a, ret);
        return "a table in it says nothing for this figure";
}

/* The end of a band as a figure of the kind that is divided. */
static bool end_of(const struct table *table, int64_t end, struct exact base, struct exact *ret)
{
        *ret = table->axis == AXIS_SHARE ? exact_ratio(end, SHARE_ONE) : exact_of(end);
        return try_mul(*ret, base, ret);
}

/* What of the size of @a lies in a band; zero where nothing does. */
static bool inside_of(const struct table *table, const struct band *band, struct exact a,
                      struct exact base, struct exact *ret)
{
        struct exact size = a.num < 0 ? exact_neg(a) : a, from, to;

        if (!end_of(table, band->from, base, &from) || !end_of(table, band->to, base, &to))
                return false;
        to = exact_min(to, size);
        *ret = exact_of(0);
        return exact_cmp(to, from) <= 0 || try_sub(to, from, ret);
}

/* What of it lies in each band, at its rate. */
static const char *bands_value(const struct table *table, struct exact a, struct exact base,
                               struct exact *ret)
{
        struct exact part;

        *ret = exact_of(0);
        for (size_t i = 0; i < table->count; i++) {
                const struct band *band = &table->bands[i];

                if (!inside_of(table, band, a, base, &part))
                        return TOO_LONG;
                if (part.num && !band_flat(band))
                        return "a table in it has a band without one rate";
                if (!try_mul(part, exact_of_rate(band->at_from), &part) ||
                    !try_add(*ret, part, ret))
                        return TOO_LONG;
        }
        if (a.num < 0)
                *ret = exact_neg(*ret);
        return NULL;
}

const char *formula_rounded(const struct formula *f, int16_t node,
                            const struct formula_at *at, struct exact a, struct exact *ret)
{
        static const struct {
                const char *word;
                enum rounding mode;
        } modes[] = { { "half_away", ROUND_HALF_AWAY },
                      { "half_up", ROUND_HALF_UP },
                      { "half_even", ROUND_HALF_EVEN },
                      { "toward_zero", ROUND_TOWARD_ZERO } };
        int16_t second = f->nodes[f->nodes[node].first].next, third = f->nodes[second].next;
        struct param rooms[2];
        const struct param *unit = formula_param(at, formula_text(f, second), &rooms[0]);
        const struct param *mode = formula_param(at, formula_text(f, third), &rooms[1]);

        if (!unit || unit->type != PARAM_WORD || !mode || mode->type != PARAM_WORD)
                return "a rounding in it is not given";
        for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
                if (strcmp(mode->word.text, modes[i].word) == 0)
                        return try_round(a, strcmp(unit->word.text, "dollar") == 0 ? 100 : 1,
                                         modes[i].mode, ret)
                                       ? NULL
                                       : TOO_LONG;
        return "a rounding in it is not known here";
}

/* The table that a node names last, and what its ends are shares of: the second of three. */
static const char *table_and_base(const struct formula *f, int16_t node,
                                  const struct formula_at *at, uint16_t item, struct table *table,
                                  struct exact *base)
{
        int16_t named = f->nodes[f->nodes[node].first].next;
        const char *fault = NULL;

        *base = exact_of(1);
        if (f->nodes[named].next >= 0) {
                fault = formula_value(f, named, at, item, base);
                named = f->nodes[named].next;
        }
        return fault ? fault : table_of(f, named, at, table);
}

const char *formula_table(const struct formula *f, int16_t node, const struct formula_at *at,
                          uint16_t item, struct exact a, struct exact *ret)
{
        struct exact base;
        struct table table;
        const char *fault = table_and_base(f, node, at, item, &table, &base);

        if (fault)
                return fault;
        return f->nodes[node].op == FORMULA_TABLE ? table_value(&table, a, ret)
                                                  : bands_value(&table, a, base, ret);
}

bool formula_band_at(const struct formula *f, int16_t node, const struct formula_at *at,
                     uint16_t item, size_t place, struct formula_band *ret)
{
        bool one = f->nodes[node].op == FORMULA_TABLE;
        struct exact a, base;
        struct table table;

        if (formula_value(f, f->nodes[node].first, at, item, &a) ||
            table_and_base(f, node, at, item, &table, &base))
                return false;
        ret->inside = a;
        if (one && table.axis == AXIS_SHARE && !try_mul(a, exact_of(SHARE_ONE), &a))
                return false;
        for (size_t i = 0; i < table.count; i++) {
                bool has = one ? holds(&table, i, a)
                               : inside_of(&table, &table.bands[i], a, base, &ret->inside) &&
                                         ret->inside.num;

                if (!has || place--)
                        continue;
                ret->band = &table.bands[i];
                ret->axis = table.axis;
                ret->last = i + 1 == table.count;
                return true;
        }
        return false;
}
