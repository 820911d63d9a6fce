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

/* ---- the kinds */

enum sort {
        SORT_PEOPLE = 1,        /* who is counted */
        SORT_RISK,
        SORT_SPENT,
        SORT_CLAIM,             /* what costly members cost */
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
        case FACT_EXPENDITURE:
                return SORT_SPENT;
        case FACT_STOPLOSS_CLAIM:
                return SORT_CLAIM;
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

static uint32_t cause_of_each(const struct causing *c, const struct match *match)
{
        const struct match *all =
                causing_match(c, FACT_EXPENDITURE, match, &match_fact(match)->key.item);
        uint32_t bits = (all ? causing_bits(c, all) : 0) | cause_of_panel(c, match);

        if (match_is_rounding(match))
                return CAUSE_BIT(CAUSE_ROUNDING);
        if (!bits && match->bearer->key.paid_through != match->earner->key.paid_through)
                return CAUSE_BIT(CAUSE_PAID_THROUGH);
        return bits ? bits : cause_unexplained(c);
}

/* A costly member costs more for the reasons for which all do; else by what is cut off. */
static uint32_t cause_of_claim(const struct causing *c, const struct match *match)
{
        static const struct item total;
        const struct match *spent = causing_match(c, FACT_EXPENDITURE, match, &total);
        uint32_t bits = spent ? causing_bits(c, spent) & ~CAUSE_BIT(CAUSE_ROUNDING) : 0;

        if (!bits)
                bits = cause_of_panel(c, match) | rows_amounts(c, spent ? spent : match);
        if (bits)
                return bits;
        return CAUSE_BIT(match_is_rounding(match) ? CAUSE_ROUNDING : CAUSE_TRUNCATION);
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
        return cause_unexplained(c);
}

static uint32_t cause_of_two(const struct causing *c, const struct match *match, enum sort sort)
{
        switch (sort) {
        case SORT_PEOPLE:
                return cause_of_people(c, match);
        case SORT_RISK:
                return cause_of_risk(c, match);
        case SORT_CLAIM:
                return cause_of_claim(c, match);
        case SORT_SPENT:
                return cause_of_spending(c, match);
        case SORT_SPENT_EACH:
                return cause_of_each(c, match);
        case SORT_PRICE:
        case SORT_SCALED:
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
                return cause_breaks_down(c, match) ? cause_of_claim(c, match) : 0;
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

/*
 * Of a part nobody may know what it differs by, as where costly members are stated of the whole
 * contract, while of the total it is known: then it is that.
 */
static void tell_parts(struct causing *c)
{
        static const struct item total;
        const uint32_t unknown = CAUSE_BIT(CAUSE_TERMS) | CAUSE_BIT(CAUSE_OTHER);

        for (size_t i = 0; i < c->in->match_count; i++) {
                const struct match *part = &c->in->matches[i];
                const struct match *whole =
                        causing_match(c, match_fact(part)->key.kind, part, &total);

                if (match_fact(part)->key.kind == FACT_EXPENDITURE && (c->bits[i] & unknown) &&
                    whole && causing_bits(c, whole) && !(causing_bits(c, whole) & unknown))
                        c->bits[i] = (c->bits[i] & ~unknown) | causing_bits(c, whole);
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
        tell_parts(&c);
        return list(&c, ret);
}
