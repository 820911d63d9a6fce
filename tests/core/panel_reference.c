/* SPDX-License-Identifier: Apache-2.0 */
/* What a panel comes to, written from the rule alone: nothing here is the fold's. */
#include <check.h>
#include <stdlib.h>

#include "tests/core/panel.h"

/* ---- fractions of 128 bits, by Euclid */

struct fraction {
        wide top, bottom;
};

static wide divisor(wide a, wide b)
{
        while (b) {
                wide rest = a % b;

                a = b;
                b = rest;
        }
        return a < 0 ? -a : a;
}

static struct fraction over(wide top, wide bottom)
{
        wide by = divisor(top, bottom);

        return (struct fraction) { top / by, bottom / by };
}

/* Not an assertion of its own each time: they take longer than the sums. */
static void fits(bool fitted)
{
        if (!fitted)
                ck_abort_msg("a fraction of the reference is beyond 128 bits");
}

static struct fraction plus(struct fraction a, struct fraction b)
{
        wide by = divisor(a.bottom, b.bottom), left, right, sum, bottom;

        fits(!__builtin_mul_overflow(a.top, b.bottom / by, &left));
        fits(!__builtin_mul_overflow(b.top, a.bottom / by, &right));
        fits(!__builtin_add_overflow(left, right, &sum));
        fits(!__builtin_mul_overflow(a.bottom / by, b.bottom, &bottom));
        return over(sum, bottom);
}

static struct fraction times(struct fraction a, struct fraction b)
{
        struct fraction one = over(a.top, b.bottom), other = over(b.top, a.bottom);
        wide top, bottom;

        fits(!__builtin_mul_overflow(one.top, other.top, &top));
        fits(!__builtin_mul_overflow(one.bottom, other.bottom, &bottom));
        return over(top, bottom);
}

static struct fraction minus(struct fraction a, struct fraction b)
{
        return plus(a, (struct fraction) { -b.top, b.bottom });
}

static bool less(struct fraction a, struct fraction b)
{
        return minus(a, b).top < 0;
}

static struct fraction least(struct fraction a, struct fraction b)
{
        return less(a, b) ? a : b;
}

static struct fraction most(struct fraction a, struct fraction b)
{
        return less(a, b) ? b : a;
}

static struct fraction whole(int64_t a)
{
        return (struct fraction) { a, 1 };
}

/* ---- one member among all rows */

struct one {
        uint32_t member;
        int64_t months, rows;
        wide risk;
        struct fraction completed, a_year;
};

static int64_t months_of(const struct panel *panel, uint32_t member, uint8_t category)
{
        bool seen[MEMBERS_MONTHS_MAX] = { false };
        int64_t count = 0;

        for (uint32_t i = 0; i < panel->count; i++) {
                const struct panel_row *row = &panel->rows[i];

                if (row->member != member || (category && row->category != category))
                        continue;
                count += !seen[row->month];
                seen[row->month] = true;
        }
        return count;
}

static struct one one_of(const struct panel *panel, const struct members_rule *rule,
                         uint32_t member, uint8_t category)
{
        struct one one = { .member = member, .months = months_of(panel, member, category) };
        int64_t paid = 0;

        for (uint32_t i = 0; i < panel->count; i++) {
                const struct panel_row *row = &panel->rows[i];

                if (row->member != member || (category && row->category != category))
                        continue;
                paid += row->cents;
                one.risk += row->risk;
                one.rows++;
        }
        one.completed = times(whole(paid), over(rule->completion.num, rule->completion.den));
        one.a_year = one.completed;
        if (rule->annualise)
                one.a_year = times(one.completed, over(12, one.months));
        return one;
}

static bool among(const struct one *ones, size_t count, uint32_t member)
{
        for (size_t i = 0; i < count; i++)
                if (ones[i].member == member)
                        return true;
        return false;
}

static size_t members_of(const struct panel *panel, const struct members_rule *rule,
                         uint8_t category, struct one *ret)
{
        size_t count = 0;

        for (uint32_t i = 0; i < panel->count; i++) {
                const struct panel_row *row = &panel->rows[i];

                if ((category && row->category != category) || among(ret, count, row->member))
                        continue;
                if (months_of(panel, row->member, 0) >= rule->least_months)
                        ret[count++] = one_of(panel, rule, row->member, category);
        }
        return count;
}

/* ---- the rule */

/* The smallest amount that at least the percentile's part of the members do not exceed. */
static struct fraction percentile(const struct one *ones, size_t count, struct rate part)
{
        struct fraction found = whole(0);
        bool any = false;

        for (size_t i = 0; i < count; i++) {
                int64_t within = 0;

                for (size_t j = 0; j < count; j++)
                        within += !less(ones[i].a_year, ones[j].a_year);
                if ((wide)within * part.den < (wide)part.num * (wide)count)
                        continue;
                if (!any || less(ones[i].a_year, found))
                        found = ones[i].a_year;
                any = true;
        }
        return found;
}

static struct fraction counted_for(const struct members_rule *rule, const struct one *one,
                                   struct fraction at)
{
        struct fraction amount = one->a_year;

        if (rule->at_percentile)
                amount = least(amount, at);
        if (rule->at_amount)
                amount = least(amount, whole(rule->truncate));
        return rule->annualise ? times(amount, over(one->months, 12)) : amount;
}

static struct fraction payout(const struct members_rule *rule, struct fraction amount)
{
        struct fraction sum = whole(0), attach = whole(rule->attach);

        if (!rule->stoploss)
                return sum;
        if (!rule->band_count)
                return times(most(minus(amount, attach), sum),
                             over(rule->share.num, rule->share.den));
        for (size_t i = 0; i < rule->band_count; i++) {
                const struct band *band = &rule->bands[i];
                struct fraction from = most(whole(band->from), attach);
                struct fraction part = minus(least(amount, whole(band->to)), from);

                if (part.top > 0)
                        sum = plus(sum, times(part, over(band->at_from.num, band->at_from.den)));
        }
        return sum;
}

static struct exact as_exact(struct fraction a)
{
        return (struct exact) { a.top, a.bottom };
}

void panel_reference(const struct panel *panel, const struct members_rule *rule, uint8_t category,
                     struct member_figures *ret)
{
        struct one *ones = calloc(panel->count + 1u, sizeof(*ones));
        size_t count = members_of(panel, rule, category, ones);
        struct fraction at = percentile(ones, count, rule->percentile), cost = whole(0);
        struct fraction off = whole(0), paid = whole(0), risk = whole(0);
        int64_t rows = 0;

        ret->head_count = (int64_t)count;
        ret->member_months = 0;
        for (size_t i = 0; i < count; i++) {
                struct fraction amount = counted_for(rule, &ones[i], at);

                ret->member_months += ones[i].months;
                cost = plus(cost, amount);
                off = plus(off, minus(ones[i].completed, amount));
                paid = plus(paid, payout(rule, amount));
                risk = plus(risk, over(ones[i].risk, 1000000));
                rows += ones[i].rows;
        }
        ret->expenditure = as_exact(cost);
        ret->truncated = as_exact(off);
        ret->stoploss = as_exact(paid);
        ret->risk = as_exact(rows ? times(risk, over(1, rows)) : risk);
        free(ones);
}
