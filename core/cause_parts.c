/* SPDX-License-Identifier: Apache-2.0 */
/* What a figure and its parts are, and what follows from them by themselves. */
#include "core/causing.h"

const struct fact *match_fact(const struct match *match)
{
        return match->bearer ? match->bearer : match->earner;
}

bool match_is_two_sided(const struct match *match)
{
        return match->bearer && match->earner && !match->bearer->relayed && !match->earner->relayed;
}

static struct exact value_of(const struct fact *fact)
{
        return fact ? exact_of_value(&fact->value) : exact_of(0);
}

struct exact match_delta(const struct match *match)
{
        return exact_sub(value_of(match->bearer), value_of(match->earner));
}

bool match_is_open(const struct match *match)
{
        return match->result == MATCH_DISPUTED || match->result == MATCH_BEARER_ONLY ||
               match->result == MATCH_EARNER_ONLY;
}

const struct match *causing_match(const struct causing *c, enum fact_kind kind,
                                  const struct match *beside, const struct item *item)
{
        const struct fact_key *key = &match_fact(beside)->key;

        for (size_t i = 0; i < c->in->match_count; i++) {
                const struct fact_key *of = &match_fact(&c->in->matches[i])->key;

                if (of->kind == kind && name_equal(&of->segment, &key->segment) &&
                    period_equal(of->period, key->period) && item_equal(&of->item, item))
                        return &c->in->matches[i];
        }
        return NULL;
}

uint32_t causing_bits(const struct causing *c, const struct match *match)
{
        return c->bits[match - c->in->matches];
}

/* ---- rounding */

static wide power_of_ten(int decimals)
{
        wide ret = 1;

        while (decimals-- > 0)
                ret *= 10;
        return ret;
}

static bool on_grid(struct exact a, int decimals)
{
        return power_of_ten(decimals) % a.den == 0;
}

/* Nearer than one unit of so many decimals, of which one of them has no more and one has. */
static bool rounded_to(struct exact a, struct exact b, int decimals)
{
        const struct exact by = exact_sub(a, b), unit = exact_ratio(1, power_of_ten(decimals));

        return on_grid(a, decimals) != on_grid(b, decimals) && exact_cmp(by, unit) < 0 &&
               exact_cmp(exact_neg(by), unit) < 0;
}

/* To the cent, or to whole dollars. */
static bool rounded_cents(struct exact a, struct exact b)
{
        const struct exact by = exact_sub(a, b);

        if (by.num >= -1 && by.num <= 1)
                return true;
        return by.num > -100 && by.num < 100 && (a.num % 100 == 0 || b.num % 100 == 0);
}

bool cause_is_rounding(enum fact_kind kind, struct exact bearer, struct exact earner)
{
        /* Person-years are rounded to whole ones; a rate to no less than three decimals. */
        int decimals = kind == FACT_PERSON_YEARS ? 0 : 3;

        switch (fact_kind_info(kind)->unit) {
        case UNIT_CENTS:
                return rounded_cents(bearer, earner);
        case UNIT_RATE:
                for (; decimals < 9; decimals++)
                        if (rounded_to(bearer, earner, decimals))
                                return true;
                return false;
        default:
                return false;
        }
}

/* ---- parts */

/* A side's own figure; NULL: none. */
static const struct fact *said_by(const struct match *match, enum side side)
{
        return side == SIDE_BEARER ? match->bearer : match->earner;
}

static bool same_thing(const struct fact_key *a, const struct fact_key *b)
{
        return a->kind == b->kind && name_equal(&a->segment, &b->segment) &&
               period_equal(a->period, b->period);
}

/* Does the side that is silent on the part state others of the kind, and how many cents of them? */
static bool has_parts(const struct causing *c, const struct match *part, enum side side, wide *ret)
{
        bool any = false;

        *ret = 0;
        for (size_t i = 0; i < c->in->match_count; i++) {
                const struct match *other = &c->in->matches[i];
                const struct fact *fact = said_by(other, side);

                if (!fact || !fact->key.item.text[0] ||
                    !same_thing(&fact->key, &match_fact(part)->key))
                        continue;
                any = true;
                *ret += exact_round(exact_of_value(&fact->value), 1, ROUND_HALF_AWAY);
        }
        return any;
}

/*
 * Does the silent side break down its total, so that what it has no part for it has not? Its parts
 * then come to about as much: people may be in two of them, and cutting off makes them less.
 */
bool cause_breaks_down(const struct causing *c, const struct match *part)
{
        static const struct item total;
        const enum side side = part->bearer ? SIDE_EARNER : SIDE_BEARER;
        const struct match *whole = causing_match(c, match_fact(part)->key.kind, part, &total);
        const struct fact *all = whole ? said_by(whole, side) : NULL;
        wide sum, off, of;

        if (!has_parts(c, part, side, &sum))
                return false;
        if (!all)
                return true;
        of = exact_round(exact_of_value(&all->value), 1, ROUND_HALF_AWAY);
        off = sum - of;
        return 10 * (off < 0 ? -off : off) <= (of < 0 ? -of : of);
}

/* Kinds whose items are categories of people or of care, and whose parts add up. */
static bool is_by_category(enum fact_kind kind)
{
        switch (kind) {
        case FACT_HEAD_COUNT:
        case FACT_MEMBER_MONTHS:
        case FACT_PERSON_YEARS:
        case FACT_EXPENDITURE:
        case FACT_BENCHMARK:
        case FACT_PREMIUM_REVENUE:
        case FACT_EPISODES:
                return true;
        default:
                return false;
        }
}

uint32_t cause_left_out(const struct causing *c, const struct match *part)
{
        static const struct item total;
        const struct fact *fact = match_fact(part);
        const struct match *whole = causing_match(c, fact->key.kind, part, &total);

        if (match_is_two_sided(part) || (part->bearer && part->earner) || !fact->key.item.text[0])
                return 0;
        if (!is_by_category(fact->key.kind))
                return 0;
        if (whole && match_is_two_sided(whole) && whole->result != MATCH_DISPUTED)
                return 0;
        if (!cause_breaks_down(c, part) && !(whole && match_is_two_sided(whole) &&
                                       exact_cmp(match_delta(whole), match_delta(part)) == 0))
                return 0;
        return CAUSE_BIT(fact->value.num < 0 ? CAUSE_REBATE : CAUSE_CARVE_OUT);
}

uint32_t cause_parts_left_out(const struct causing *c, const struct match *whole)
{
        uint32_t bits = 0;

        for (size_t i = 0; i < c->in->match_count; i++)
                if (is_part_of(&c->in->matches[i], whole))
                        bits |= cause_left_out(c, &c->in->matches[i]);
        return bits;
}

/* In billionths: fractions of any denominators would get too long in a sum. */
static wide billionths(const struct match *match)
{
        return exact_round(exact_mul(match_delta(match), exact_of(1000000000)), 1, ROUND_HALF_AWAY);
}

uint32_t cause_of_parts(const struct causing *c, const struct match *whole)
{
        wide off = billionths(whole), slack = 0;
        uint32_t bits = 0;

        for (size_t i = 0; i < c->in->match_count; i++)
                if (is_part_of(&c->in->matches[i], whole)) {
                        off -= billionths(&c->in->matches[i]);
                        bits |= c->bits[i];
                        slack++;
                }
        return off <= slack && -off <= slack ? bits : 0;
}
