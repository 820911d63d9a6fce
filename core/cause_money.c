/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why expenditures and benchmarks differ. Amounts that are known are tried first, alone and
 * together: what of the difference they come to exactly is their doing. Only what is left is put
 * down to something whose amount nobody can know.
 */
#include "core/causing.h"

#define KNOWN_MAX 12
#define DOLLAR 100

/* An amount by which the bearer's figure would be above the earner's, and what that would be. */
struct known {
        size_t count;
        struct { wide cents; uint32_t bits; } list[KNOWN_MAX];
};

static void know(struct known *to, wide cents, uint32_t bits)
{
        if (cents == 0 || !bits || to->count == KNOWN_MAX)
                return;
        to->list[to->count].cents = cents;
        to->list[to->count].bits = bits;
        to->count++;
}

/* Folded figures are long: each is rounded before anything is done with it. */
static wide whole(struct exact cents)
{
        return exact_round(cents, 1, ROUND_HALF_AWAY);
}

static bool other_days(const struct match *match)
{
        const date bearer = match->bearer->key.paid_through;
        const date earner = match->earner->key.paid_through;

        return bearer != DATE_NONE && earner != DATE_NONE && bearer != earner;
}

/* ---- amounts that are known */

static void know_parts(const struct causing *c, const struct match *match, struct known *to)
{
        for (size_t i = 0; i < c->in->match_count; i++) {
                const struct match *part = &c->in->matches[i];
                bool negative = match_fact(part)->value.num < 0;

                if (is_part_of(part, match) && !match_is_two_sided(part))
                        know(to, whole(match_delta(part)),
                             CAUSE_BIT(negative ? CAUSE_REBATE : CAUSE_CARVE_OUT));
        }
}

static bool same_period(const struct match *a, const struct match *b)
{
        return name_equal(&match_fact(a)->key.segment, &match_fact(b)->key.segment) &&
               period_equal(match_fact(a)->key.period, match_fact(b)->key.period);
}

/* A negative amount of another kind, which one side has taken off its expenditure and one not. */
static void know_rebates(const struct causing *c, const struct match *match, struct known *to)
{
        for (size_t i = 0; i < c->in->match_count; i++) {
                const struct match *other = &c->in->matches[i];
                const struct fact *fact = match_fact(other);

                if (fact->key.kind == match_fact(match)->key.kind || match_is_two_sided(other) ||
                    fact->value.unit != UNIT_CENTS || fact->value.num >= 0 ||
                    !same_period(other, match))
                        continue;
                /* Whoever states it apart has not taken it off. */
                know(to, -whole(match_delta(other)), CAUSE_BIT(CAUSE_REBATE));
        }
}

/* What of the members' costs lies above where stop-loss begins. */
static wide above_attach(const struct causing *c, const struct match *match)
{
        wide above = 0;

        for (size_t i = 0; c->in->attach > 0 && i < c->in->match_count; i++) {
                const struct match *claim = &c->in->matches[i];
                const struct fact *fact = match_fact(claim);

                if (fact->key.kind == FACT_STOPLOSS_CLAIM && match_is_two_sided(claim) &&
                    same_period(claim, match) && fact->value.num > c->in->attach)
                        above += fact->value.num - c->in->attach;
        }
        return above;
}

/* A side that has not cut off what the terms cut off, or of two sides one that has. */
static void know_truncation(const struct causing *c, const struct match *match, struct known *to)
{
        const wide above = match_fact(match)->key.item.text[0] ? 0 : above_attach(c, match);

        for (int side = 0; side < 2; side++) {
                const struct member_figures *figures = rows_figures(c, match, side);
                const wide sign = side == 0 ? 1 : -1;

                if (figures)
                        know(to, sign * whole(figures->truncated), CAUSE_BIT(CAUSE_TRUNCATION));
                know(to, sign * above, CAUSE_BIT(CAUSE_TRUNCATION));
        }
}

/* ---- which of them it is */

static wide sum_of(const struct known *known, unsigned int subset, uint32_t *ret_bits)
{
        wide sum = 0;

        *ret_bits = 0;
        for (size_t i = 0; i < known->count; i++)
                if (subset & 1u << i) {
                        sum += known->list[i].cents;
                        *ret_bits |= known->list[i].bits;
                }
        return sum;
}

static int members_of(unsigned int subset)
{
        int count = 0;

        for (; subset; subset &= subset - 1)
                count++;
        return count;
}

/* The fewest of them that come to @cents; 0: none do. */
static uint32_t subset_of(const struct known *known, wide cents)
{
        uint32_t best = 0, bits;
        int fewest = KNOWN_MAX + 1;

        for (unsigned int subset = 1; subset < 1u << known->count; subset++)
                if (sum_of(known, subset, &bits) == cents &&
                    members_of(subset) < fewest) {
                        fewest = members_of(subset);
                        best = bits;
                }
        return best;
}

/* As above, of what is left when one side has rounded the rest to whole dollars. */
static uint32_t subset_rounded(const struct known *known, const struct match *match, wide cents)
{
        const bool dollars = match->bearer->value.num % DOLLAR == 0 ||
                             match->earner->value.num % DOLLAR == 0;
        const wide least = dollars ? DOLLAR : 2;
        uint32_t best = 0, bits;
        int fewest = KNOWN_MAX + 1;

        for (unsigned int subset = 0; subset < 1u << known->count; subset++) {
                wide left = cents - sum_of(known, subset, &bits);

                if (left > -least && left < least && members_of(subset) < fewest) {
                        fewest = members_of(subset);
                        best = bits | CAUSE_BIT(CAUSE_ROUNDING);
                }
        }
        return best;
}

static uint32_t cause_of_known(const struct causing *c, const struct match *match, wide cents)
{
        struct known known = { .count = 0 };
        uint32_t bits;

        if (!match_fact(match)->key.item.text[0]) {
                know_parts(c, match, &known);
                know_rebates(c, match, &known);
        }
        know_truncation(c, match, &known);
        bits = subset_of(&known, cents);
        return bits ? bits : subset_rounded(&known, match, cents);
}

/* ---- expenditure */

/*
 * What the rows account for: by the terms where they are folded, or as they are, where both sides
 * state them so. False: there are none of both sides.
 */
static bool by_rows(const struct causing *c, const struct match *match, wide *ret)
{
        const struct member_figures *bearer = rows_figures(c, match, 0);
        const struct member_figures *earner = rows_figures(c, match, 1);
        struct roster_cell cell;

        *ret = 0;
        if (!rows_cell(c, match, &cell))
                return false;
        *ret = (wide)cell.cents[0] - cell.cents[1];
        if ((bearer || earner) && *ret != whole(match_delta(match)))
                *ret = (bearer ? whole(bearer->expenditure) : 0) -
                       (earner ? whole(earner->expenditure) : 0);
        return true;
}

/* What is left when all that is known is taken off. */
static uint32_t cause_of_rest(const struct causing *c, const struct match *match, bool rows)
{
        uint32_t bits = cause_parts_left_out(c, match);

        if (other_days(match))
                bits |= CAUSE_BIT(CAUSE_PAID_THROUGH);
        if (!rows)
                bits |= cause_of_panel(c, match);
        if (bits)
                return bits;
        return cause_unexplained(c);
}

static uint32_t cause_of_whole(const struct causing *c, const struct match *match)
{
        uint32_t bits = 0, known;
        wide accounted, left;
        bool rows;

        rows = by_rows(c, match, &accounted);
        left = whole(match_delta(match)) - accounted;
        if (rows && accounted != 0)
                bits = rows_panel(c, match) | rows_amounts(c, match);
        if (left == 0)
                return bits;
        known = cause_of_known(c, match, left);
        return bits | (known ? known : cause_of_rest(c, match, rows));
}

/* By its parts, unless nobody knows of those and does of the whole. */
uint32_t cause_of_spending(const struct causing *c, const struct match *match)
{
        const uint32_t unknown = CAUSE_BIT(CAUSE_TERMS) | CAUSE_BIT(CAUSE_OTHER);
        const uint32_t parts = cause_of_parts(c, match);
        uint32_t bits = parts && !(parts & unknown) ? parts : cause_of_whole(c, match);

        return parts && (bits & unknown) ? parts : bits;
}

/* ---- benchmarks: so much a person-year, at the risk of the people */

static const struct match *beside(const struct causing *c, const struct match *match,
                                  const enum fact_kind *kinds, size_t count)
{
        static const struct item total;

        for (size_t i = 0; i < count; i++) {
                const struct match *of_item =
                        causing_match(c, kinds[i], match, &match_fact(match)->key.item);
                const struct match *of_all = causing_match(c, kinds[i], match, &total);

                if (of_item && match_is_two_sided(of_item))
                        return of_item;
                if (of_all && match_is_two_sided(of_all))
                        return of_all;
        }
        return NULL;
}

static const struct match *volume_beside(const struct causing *c, const struct match *match)
{
        static const enum fact_kind kinds[] = { FACT_PERSON_YEARS, FACT_MEMBER_MONTHS,
                                                FACT_HEAD_COUNT };

        return beside(c, match, kinds, sizeof(kinds) / sizeof(*kinds));
}

static const struct match *risk_beside(const struct causing *c, const struct match *match)
{
        static const enum fact_kind kinds[] = { FACT_RISK_SCORE };

        return beside(c, match, kinds, 1);
}

/* @amount by what drives it, from the bearer's to the earner's; false: by nothing. */
static bool moved(wide *amount, const struct match *driver)
{
        const struct exact from = exact_of_value(&driver->bearer->value);
        const struct exact to = exact_of_value(&driver->earner->value);

        if (exact_sign(from) <= 0 || *amount > 10 * MONEY_MAX || *amount < -10 * MONEY_MAX)
                return false;
        *amount = whole(exact_div(exact_mul(exact_of(*amount), to), from));
        return true;
}

/*
 * Would the bearer's amount with the earner's drivers be the earner's? To the cent that each
 * person-year was rounded by; risk scores are stated rounded too, in the fourth digit at the least.
 */
static bool goes_with(const struct match *match, const struct match *volume,
                      const struct match *risk)
{
        wide amount = match->bearer->value.num, slack = DOLLAR, off;

        if ((volume && !moved(&amount, volume)) || (risk && !moved(&amount, risk)))
                return false;
        off = amount - match->earner->value.num;
        if (volume)
                slack += whole(exact_of_value(&volume->earner->value));
        if (risk)
                slack += (amount < 0 ? -amount : amount) / 2000;
        return off <= slack && -off <= slack;
}

uint32_t cause_of_scaled(const struct causing *c, const struct match *match, bool by_volume)
{
        const struct match *volume = by_volume ? volume_beside(c, match) : NULL;
        const struct match *risk = risk_beside(c, match);
        const uint32_t people = volume ? causing_bits(c, volume) : 0;
        const uint32_t scores = risk ? causing_bits(c, risk) : 0;
        uint32_t bits = cause_of_parts(c, match);

        if (bits)
                return bits;
        if (people && goes_with(match, volume, NULL))
                return people;
        /* Other people's benchmark at other scores alone would be a chance. */
        if (scores && !people && goes_with(match, NULL, risk))
                return scores;
        if (people && scores && goes_with(match, volume, risk))
                return people | scores;
        if (match_is_rounding(match))
                return CAUSE_BIT(CAUSE_ROUNDING);
        if (by_volume && !volume)
                bits = cause_of_panel(c, match);
        if (other_terms(c))
                return bits | people | CAUSE_BIT(CAUSE_TERMS);
        return bits ? bits : people | CAUSE_BIT(CAUSE_OTHER);
}
