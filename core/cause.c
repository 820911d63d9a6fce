/* SPDX-License-Identifier: Apache-2.0 */
#include "core/cause.h"

#include <string.h>

#include "core/causing.h"
#include "core/check.h"

static const struct cause_info causes[] = {
        { CAUSE_ROSTER, "roster",
          "the sides count other people, other months, or the same people in other categories",
          "compare the rosters member by member: enrolment and attribution dates, and who was "
          "added or dropped after the fact" },
        { CAUSE_TERMS, "terms",
          "the sides calculate by different versions of the terms",
          "compare the versions: which one was in force for the period, and whether a later one "
          "reaches back to it" },
        { CAUSE_RISK, "risk",
          "the sides have other risk scores for the same people",
          "compare the model's version, the normalisation factor, the coding factor and the run's "
          "date" },
        { CAUSE_CARVE_OUT, "carve-out",
          "one side leaves out a category that the other counts",
          "read the terms' list of what is carved out, and ask the side that leaves it out" },
        { CAUSE_TRUNCATION, "truncation",
          "one side cuts the cost of costly members off, or takes stop-loss into account",
          "compare the threshold, whether it is by the year, and the members above it" },
        { CAUSE_REBATE, "rebate",
          "one side leaves out a negative amount: a rebate, a recovery or a reversal",
          "ask whether the terms count it, and whether it was taken off before or after" },
        { CAUSE_PAID_THROUGH, "paid-through",
          "the sides' claims are paid through different days",
          "state both for the same day, or wait until the run-out is over" },
        { CAUSE_ROUNDING, "rounding",
          "it is the same figure, which one side has rounded",
          "state the figure with all its decimals, or agree on a tolerance" },
        { CAUSE_OTHER, "other",
          "the values differ, and nothing that is known explains it",
          "ask both sides for what the figure was made from" },
};

const struct cause_info *cause_info(unsigned int number)
{
        if (number < CAUSE_ROSTER || number > CAUSE_LAST)
                return NULL;
        assert(causes[number - 1].cause == number);
        return &causes[number - 1];
}

/* ---- looking up */

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

/* Has the side that is silent on the part another part of the same? */
static bool breaks_down(const struct causing *c, const struct match *part)
{
        const struct fact_key *key = &match_fact(part)->key;

        for (size_t i = 0; i < c->in->match_count; i++) {
                const struct match *other = &c->in->matches[i];
                const struct fact_key *of = &match_fact(other)->key;

                if (other != part && of->kind == key->kind && of->item.text[0] &&
                    name_equal(&of->segment, &key->segment) &&
                    period_equal(of->period, key->period) &&
                    (part->bearer ? other->earner : other->bearer))
                        return true;
        }
        return false;
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
        if (!breaks_down(c, part) && !(whole && match_is_two_sided(whole) &&
                                       exact_cmp(match_delta(whole), match_delta(part)) == 0))
                return 0;
        return CAUSE_BIT(fact->value.num < 0 ? CAUSE_REBATE : CAUSE_CARVE_OUT);
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

/* ---- the kinds */

enum sort {
        SORT_PEOPLE = 1,        /* who is counted */
        SORT_RISK,
        SORT_CLAIM,
        SORT_SPENT,
        SORT_SPENT_EACH,        /* expenditure by the person-year or month */
        SORT_PRICE,             /* benchmarks and what they are made from, by the person-year */
        SORT_SCALED,            /* benchmarks in total */
        SORT_SEEN,              /* all else: what was seen or set */
        SORT_LAST = SORT_SEEN,
};

static enum sort sort_of(enum fact_kind kind)
{
        switch (kind) {
        case FACT_HEAD_COUNT:
        case FACT_MEMBER_MONTHS:
        case FACT_PERSON_YEARS:
                return SORT_PEOPLE;
        case FACT_RISK_SCORE:
        case FACT_DEMOGRAPHIC_RISK_SCORE:
                return SORT_RISK;
        case FACT_STOPLOSS_CLAIM:
                return SORT_CLAIM;
        case FACT_EXPENDITURE:
                return SORT_SPENT;
        case FACT_EXPENDITURE_PER_CAPITA:
        case FACT_EXPENDITURE_PMPM:
                return SORT_SPENT_EACH;
        case FACT_BENCHMARK_PER_CAPITA:
        case FACT_BENCHMARK_PMPM:
        case FACT_BASELINE_PER_CAPITA:
        case FACT_REGIONAL_PER_CAPITA:
                return SORT_PRICE;
        case FACT_BENCHMARK:
        case FACT_PREMIUM_REVENUE:
                return SORT_SCALED;
        default:
                return SORT_SEEN;
        }
}

/* ---- a figure's causes */

uint32_t cause_of_panel(const struct causing *c, const struct match *match)
{
        const struct fact_key *key = &match_fact(match)->key;
        uint32_t bits = rows_panel(c, match);

        for (size_t i = 0; i < c->in->match_count; i++) {
                const struct fact_key *of = &match_fact(&c->in->matches[i])->key;

                if (sort_of(of->kind) == SORT_PEOPLE && name_equal(&of->segment, &key->segment) &&
                    period_equal(of->period, key->period) &&
                    (!key->item.text[0] || !of->item.text[0] || item_equal(&of->item, &key->item)))
                        bits |= c->bits[i];
        }
        return bits & (CAUSE_BIT(CAUSE_ROSTER) | CAUSE_BIT(CAUSE_CARVE_OUT));
}

/* What the rows say the sides' counts differ by; false where they do not say. */
static bool people_by_rows(const struct causing *c, const struct match *match, struct exact *ret)
{
        const struct member_figures *bearer = rows_figures(c, match, 0);
        const struct member_figures *earner = rows_figures(c, match, 1);
        struct roster_cell cell;

        switch (match_fact(match)->key.kind) {
        case FACT_MEMBER_MONTHS:
                if (!rows_cell(c, match, &cell))
                        return false;
                *ret = exact_of((wide)cell.rows[0] - (wide)cell.rows[1]);
                return true;
        case FACT_HEAD_COUNT:
                if (!bearer || !earner)
                        return false;
                *ret = exact_of((wide)bearer->head_count - earner->head_count);
                return true;
        default:
                return false;
        }
}

static uint32_t unexplained(const struct causing *c)
{
        return CAUSE_BIT(other_terms(c) ? CAUSE_TERMS : CAUSE_OTHER);
}

static uint32_t cause_of_people(const struct causing *c, const struct match *match)
{
        uint32_t bits = cause_of_parts(c, match);
        struct roster_cell cell;
        struct exact by;

        if (bits)
                return bits;
        if (!rows_cell(c, match, &cell))
                return match_is_rounding(match) ? CAUSE_BIT(CAUSE_ROUNDING) :
                                                  CAUSE_BIT(CAUSE_ROSTER);
        bits = rows_panel(c, match);
        if (people_by_rows(c, match, &by))
                return exact_cmp(by, match_delta(match)) == 0 ? bits : bits | unexplained(c);
        if (bits)
                return bits;
        return match_is_rounding(match) ? CAUSE_BIT(CAUSE_ROUNDING) : unexplained(c);
}

/* Do the rows' own averages differ as the scores do, to a thousandth that each was rounded by? */
static bool risk_by_rows(const struct causing *c, const struct match *match)
{
        const struct member_figures *bearer = rows_figures(c, match, 0);
        const struct member_figures *earner = rows_figures(c, match, 1);
        struct exact by;

        if (!bearer || !earner)
                return true;
        by = exact_sub(exact_round_decimals(bearer->risk, 6, ROUND_HALF_AWAY),
                       exact_round_decimals(earner->risk, 6, ROUND_HALF_AWAY));
        by = exact_sub(match_delta(match), by);
        if (exact_sign(by) < 0)
                by = exact_neg(by);
        return exact_cmp(by, exact_ratio(1, 1000)) <= 0;
}

static uint32_t cause_of_risk(const struct causing *c, const struct match *match)
{
        struct roster_cell cell;
        uint32_t bits = cause_of_panel(c, match);

        if (!rows_cell(c, match, &cell)) {
                if (match_is_rounding(match))
                        return CAUSE_BIT(CAUSE_ROUNDING);
                return bits ? bits : CAUSE_BIT(CAUSE_RISK);
        }
        if (cell.risk)
                bits |= CAUSE_BIT(CAUSE_RISK);
        if (bits && risk_by_rows(c, match))
                return bits;
        if (match_is_rounding(match))
                return bits | CAUSE_BIT(CAUSE_ROUNDING);
        return bits | CAUSE_BIT(CAUSE_RISK);
}

static uint32_t cause_of_each(const struct causing *c, const struct match *match)
{
        const struct match *all =
                causing_match(c, FACT_EXPENDITURE, match, &match_fact(match)->key.item);
        uint32_t bits = (all ? causing_bits(c, all) : 0) | cause_of_panel(c, match);

        if (match_is_rounding(match))
                return CAUSE_BIT(CAUSE_ROUNDING);
        if (!bits && match->bearer->key.paid_through != match->earner->key.paid_through)
                return CAUSE_BIT(CAUSE_PAID_THROUGH);
        return bits ? bits : unexplained(c);
}

/* What was counted, seen or received is the same by any terms; what is calculated is not. */
static uint32_t cause_of_all_else(const struct causing *c, const struct match *match)
{
        const struct fact *fact = match_fact(match);

        if (match_is_rounding(match))
                return CAUSE_BIT(CAUSE_ROUNDING);
        if (fact->value.unit == UNIT_COUNT || fact->value.unit == UNIT_FLAG ||
            fact->key.kind == FACT_PARTICIPANT_REVENUE)
                return CAUSE_BIT(CAUSE_OTHER);
        return unexplained(c);
}

static uint32_t cause_of_two(const struct causing *c, const struct match *match, enum sort sort)
{
        switch (sort) {
        case SORT_PEOPLE:
                return cause_of_people(c, match);
        case SORT_RISK:
                return cause_of_risk(c, match);
        case SORT_CLAIM:
                return CAUSE_BIT(match_is_rounding(match) ? CAUSE_ROUNDING : CAUSE_TRUNCATION);
        case SORT_SPENT:
                return cause_of_spending(c, match);
        case SORT_SPENT_EACH:
                return cause_of_each(c, match);
        case SORT_PRICE:
        case SORT_SCALED:
                if (match_is_rounding(match))
                        return CAUSE_BIT(CAUSE_ROUNDING);
                return cause_of_scaled(c, match, sort == SORT_SCALED);
        default:
                return cause_of_all_else(c, match);
        }
}

/* A negative amount that stands apart, when an expenditure beside it is off by that. */
static uint32_t cause_of_rebate(const struct causing *c, const struct match *match)
{
        static const struct item total;
        const struct match *spent = causing_match(c, FACT_EXPENDITURE, match, &total);

        if (match_fact(match)->value.unit != UNIT_CENTS || match_fact(match)->value.num >= 0)
                return 0;
        return spent ? causing_bits(c, spent) & CAUSE_BIT(CAUSE_REBATE) : 0;
}

static uint32_t cause_of_one(const struct causing *c, const struct match *match, enum sort sort)
{
        if (match->bearer && match->earner)
                return 0;               /* one was relayed: nobody there said it */
        if (sort == SORT_CLAIM)
                return breaks_down(c, match) ? CAUSE_BIT(CAUSE_TRUNCATION) : 0;
        if (sort == SORT_SEEN)
                return cause_left_out(c, match) | cause_of_rebate(c, match);
        return cause_left_out(c, match);
}

/* ---- all of them */

static void pass(struct causing *c, enum sort sort, bool parts)
{
        for (size_t i = 0; i < c->in->match_count; i++) {
                const struct match *match = &c->in->matches[i];
                const struct fact_key *key = &match_fact(match)->key;

                if (sort_of(key->kind) != sort || (key->item.text[0] != '\0') != parts ||
                    !match_is_open(match))
                        continue;
                c->bits[i] = match->result == MATCH_DISPUTED ? cause_of_two(c, match, sort) :
                                                               cause_of_one(c, match, sort);
        }
}

static size_t list(const struct causing *c, struct cause_found *ret)
{
        const uint32_t rows = rows_causes(c);
        const bool counts = c->in->roster && c->in->roster->match.result == MATCH_DISPUTED;
        size_t count = 0;

        for (unsigned int cause = CAUSE_ROSTER; cause <= CAUSE_LAST; cause++) {
                struct cause_found found = { .cause = (enum cause)cause };

                found.in_rows = (rows & CAUSE_BIT(cause)) != 0;
                for (size_t i = 0; i < c->in->match_count; i++)
                        found.matches += (c->bits[i] & CAUSE_BIT(cause)) != 0;
                if (found.matches || (found.in_rows && counts))
                        ret[count++] = found;
        }
        return count;
}

size_t cause_find(const struct cause_inputs *inputs, uint32_t *ret_bits, struct cause_found *ret)
{
        struct causing c = { inputs, ret_bits };

        memset(ret_bits, 0, inputs->match_count * sizeof(*ret_bits));
        for (unsigned int sort = SORT_PEOPLE; sort <= SORT_LAST; sort++) {
                pass(&c, (enum sort)sort, true);
                pass(&c, (enum sort)sort, false);
        }
        return list(&c, ret);
}
