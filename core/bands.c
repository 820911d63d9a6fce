/* SPDX-License-Identifier: Apache-2.0 */
#include "core/bands.h"

#include "core/check.h"

/* A table's bands, and what their ends are counted in. */
struct table {
        const struct band *bands;
        size_t count;
        enum band_axis axis;
};

static struct table table_of(const struct terms *terms, const struct step *step, const char *name)
{
        const struct param *param = step_param(step, name);
        const struct step_info *info = step_info(&step->kind, step->version);
        const struct param_info *known = info ? param_info(info->code, name) : NULL;

        assert(known);
        assert(known->type == PARAM_BANDS);
        if (!param)
                return (struct table) { NULL, 0, known->axis };
        return (struct table) { &terms->bands[param->bands.first], param->bands.count,
                                known->axis };
}

static bool whole(enum band_axis axis)
{
        return axis == AXIS_COUNT || axis == AXIS_DATE;
}

static struct exact end_of(enum band_axis axis, int64_t end)
{
        return axis == AXIS_SHARE ? exact_ratio(end, SHARE_ONE) : exact_of(end);
}

static struct exact slope_of(enum band_axis axis, const struct band *band)
{
        return exact_div(exact_sub(exact_of_rate(band->at_to), exact_of_rate(band->at_from)),
                         exact_sub(end_of(axis, band->to), end_of(axis, band->from)));
}

static struct exact on_the_line(enum band_axis axis, const struct band *band, struct exact at)
{
        struct exact from = exact_of_rate(band->at_from);

        if (band_flat(band))
                return from;
        return exact_add(from, exact_mul(slope_of(axis, band),
                                         exact_sub(at, end_of(axis, band->from))));
}

/* Half open between bands, unless they count whole things. */
static bool holds(struct table table, size_t i, struct exact at)
{
        const struct band *band = &table.bands[i];
        int end;

        if (exact_cmp(at, end_of(table.axis, band->from)) < 0)
                return false;
        end = exact_cmp(at, end_of(table.axis, band->to));
        return end < 0 || (end == 0 && (whole(table.axis) || i + 1 == table.count));
}

bool bands_rate(const struct terms *terms, const struct step *step, const char *name,
                struct exact at, struct exact *ret)
{
        const struct table table = table_of(terms, step, name);

        for (size_t i = 0; i < table.count; i++)
                if (holds(table, i, at)) {
                        *ret = on_the_line(table.axis, &table.bands[i], at);
                        return true;
                }
        return false;
}

bool bands_at(const struct terms *terms, const struct step *step, const char *name, int64_t at,
              struct exact *ret)
{
        return bands_rate(terms, step, name, exact_of(at), ret);
}

struct exact bands_sum(const struct terms *terms, const struct step *step, const char *name,
                       struct exact a, struct exact b)
{
        const struct table table = table_of(terms, step, name);
        struct exact size = exact_sign(a) < 0 ? exact_neg(a) : a;
        struct exact full = exact_of(0), rate = exact_of(0), sum;

        assert(exact_sign(b) > 0);
        /* The bands that are full are a share of @b; only the one it ends in needs @a itself. */
        for (size_t i = 0; i < table.count; i++) {
                const struct band *band = &table.bands[i];
                struct exact from = end_of(table.axis, band->from);
                struct exact to = end_of(table.axis, band->to);

                if (exact_cmp(size, exact_mul(from, b)) <= 0)
                        break;
                rate = exact_of_rate(band->at_from);
                if (exact_cmp(size, exact_mul(to, b)) < 0) {
                        full = exact_sub(full, exact_mul(rate, from));
                        break;
                }
                full = exact_add(full, exact_mul(rate, exact_sub(to, from)));
                rate = exact_of(0);
        }
        sum = exact_add(exact_mul(rate, size), exact_mul(full, b));
        return exact_sign(a) < 0 ? exact_neg(sum) : sum;
}

/* ---- lengths */

/* No more than so many times a bound on its size. */
static struct width held_down(struct width a, struct exact most)
{
        struct exact above = exact_of(exact_round(most, 1, ROUND_TOWARD_ZERO) + 1);
        int num = width_of_exact(above).num + a.den;

        return (struct width) { num < a.num ? num : a.num, a.den };
}

/* What lies in a band is no further from its first end than its last is. */
static struct width width_on_the_line(struct widths *ws, enum band_axis axis,
                                      const struct band *band, struct width at)
{
        struct exact first = end_of(axis, band->from), last = end_of(axis, band->to);
        struct exact from = exact_of_rate(band->at_from), to = exact_of_rate(band->at_to);
        struct width inside, rate;

        if (band_flat(band))
                return width_of_exact(from);
        inside = held_down(width_add(ws, at, width_of_exact(first)), exact_sub(last, first));
        rate = width_add(ws, width_of_exact(from),
                         width_mul(ws, width_of_exact(slope_of(axis, band)), inside));
        return held_down(rate, exact_max(exact_max(from, exact_neg(from)),
                                         exact_max(to, exact_neg(to))));
}

struct width width_bands_rate(struct widths *ws, const struct step *step, const char *name,
                              struct width at)
{
        const struct table table = table_of(ws->terms, step, name);
        struct width widest = { 0, 0 };

        for (size_t i = 0; i < table.count; i++)
                widest = width_either(widest, width_on_the_line(ws, table.axis, &table.bands[i],
                                                                at));
        return widest;
}

/* No figure of whole numbers or days is longer than an end of a band. */
struct width width_bands(struct widths *ws, const struct step *step, const char *name)
{
        return width_bands_rate(ws, step, name, WIDTH_COUNT);
}

/* Of p * a + q * b, over the common denominator of p and q, which the terms fix. */
static struct width width_both(struct widths *ws, struct exact p, struct width a, struct exact q,
                               struct width b)
{
        struct exact dens = exact_ratio(p.den, q.den);  /* what each lacks of the other */
        struct width lacks = width_of_exact(dens), one = width_of_exact(p);
        struct width other = width_of_exact(q), sum;

        sum = width_add(ws, (struct width) { one.num + lacks.den + a.num + b.den, 0 },
                        (struct width) { other.num + lacks.num + b.num + a.den, 0 });
        return width_mul(ws, sum, (struct width) { 0, lacks.num + other.den + a.den + b.den });
}

/* Added, unless that could be too long for the fractions as they are. */
static struct exact guarded_add(struct widths *ws, struct exact a, struct exact b)
{
        const struct width one = { 0, 0 };

        width_both(ws, a, one, b, one);
        return ws->too_long ? exact_of(0) : exact_add(a, b);
}

struct width width_bands_sum(struct widths *ws, const struct step *step, const char *name,
                             struct width a, struct width b)
{
        const struct table table = table_of(ws->terms, step, name);
        struct exact full = exact_of(0);
        struct width widest = { 0, 0 };

        for (size_t i = 0; i < table.count && !ws->too_long; i++) {
                const struct band *band = &table.bands[i];
                struct exact rate = exact_of_rate(band->at_from);
                struct exact from = end_of(table.axis, band->from);
                struct exact to = end_of(table.axis, band->to);
                struct exact rest = guarded_add(ws, full, exact_neg(exact_mul(rate, from)));

                width_mul(ws, width_either(width_of_exact(from), width_of_exact(to)), b);
                widest = width_either(widest, width_both(ws, rate, a, rest, b));
                full = guarded_add(ws, full, exact_mul(rate, exact_sub(to, from)));
                widest = width_either(widest, width_mul(ws, width_of_exact(full), b));
        }
        return widest;
}

/* ---- what a table is like */

bool bands_flat(const struct terms *terms, const struct param *param)
{
        for (size_t i = 0; i < param->bands.count; i++)
                if (!band_flat(&terms->bands[param->bands.first + i]))
                        return false;
        return true;
}

bool bands_cover(const struct terms *terms, const struct param *param, enum band_axis axis,
                 int64_t from, int64_t to)
{
        const struct band *bands = &terms->bands[param->bands.first];
        size_t count = param->bands.count;

        if (!count || bands[0].from > from || bands[count - 1].to < to)
                return false;
        for (size_t i = 1; i < count; i++)
                if (bands[i].from != bands[i - 1].to + whole(axis))
                        return false;
        return true;
}

bool bands_within(const struct terms *terms, const struct param *param, struct exact least,
                  struct exact most)
{
        for (size_t i = 0; i < param->bands.count; i++) {
                const struct band *band = &terms->bands[param->bands.first + i];
                struct exact from = exact_of_rate(band->at_from), to = exact_of_rate(band->at_to);

                if (exact_cmp(exact_min(from, to), least) < 0 ||
                    exact_cmp(exact_max(from, to), most) > 0)
                        return false;
        }
        return true;
}
