/* SPDX-License-Identifier: Apache-2.0 */
/* Why counts of people differ, and the scores that are averages over them. */
#include "core/causing.h"

static bool is_of_people(enum fact_kind kind)
{
        return kind == FACT_HEAD_COUNT || kind == FACT_MEMBER_MONTHS || kind == FACT_PERSON_YEARS;
}

/*
 * People of the match's category or of all; and of the other categories alone where the totals
 * agree: then people were moved between them, as it may be as many in as out.
 */
static uint32_t people_beside(const struct causing *c, const struct match *match)
{
        const struct fact_key *key = &match_fact(match)->key;
        uint32_t here = 0, elsewhere = 0;
        bool moved = true;

        for (size_t i = 0; i < c->in->match_count; i++) {
                const struct fact_key *of = &match_fact(&c->in->matches[i])->key;

                if (!is_of_people(of->kind) || !name_equal(&of->segment, &key->segment) ||
                    !period_equal(of->period, key->period))
                        continue;
                if (!key->item.text[0] || !of->item.text[0] || item_equal(&of->item, &key->item))
                        here |= c->bits[i];
                else
                        elsewhere |= c->bits[i];
                moved &= of->item.text[0] || !c->bits[i];
        }
        return here || !moved ? here : elsewhere;
}

/* As many moved in as out: nothing shows it but the parts' money, which comes to the same. */
static bool money_moved(const struct causing *c, const struct match *match)
{
        static const struct item total;
        const struct match *spent = causing_match(c, FACT_EXPENDITURE, match, &total);
        struct exact sum = exact_of(0);
        int differ = 0;

        if (!match_fact(match)->key.item.text[0] || !spent || spent->result != MATCH_AGREED)
                return false;
        for (size_t i = 0; i < c->in->match_count; i++) {
                const struct match *part = &c->in->matches[i];

                if (!is_part_of(part, spent))
                        continue;
                sum = exact_add(sum, match_delta(part));
                differ += part->result == MATCH_DISPUTED;
        }
        return differ > 1 && exact_sign(sum) == 0;
}

uint32_t cause_of_panel(const struct causing *c, const struct match *match)
{
        const uint32_t people = CAUSE_BIT(CAUSE_ROSTER) | CAUSE_BIT(CAUSE_CARVE_OUT);
        struct roster_cell cell;
        uint32_t bits;

        if (rows_cell(c, match, &cell))
                return rows_panel(c, match);
        bits = people_beside(c, match) & people;
        return !bits && money_moved(c, match) ? CAUSE_BIT(CAUSE_ROSTER) : bits;
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

uint32_t cause_unexplained(const struct causing *c)
{
        return CAUSE_BIT(other_terms(c) ? CAUSE_TERMS : CAUSE_OTHER);
}

/* Whole years may be a chance: not when the months differ too. */
static bool years_are_rounded(const struct causing *c, const struct match *match)
{
        const struct match *months =
                causing_match(c, FACT_MEMBER_MONTHS, match, &match_fact(match)->key.item);

        return match_is_rounding(match) && !(months && months->result == MATCH_DISPUTED);
}

/* A person may be in two categories in a year, but in one in a month: months tell. */
static uint32_t people_without_rows(const struct causing *c, const struct match *match)
{
        static const enum fact_kind kinds[] = { FACT_MEMBER_MONTHS, FACT_PERSON_YEARS };
        uint32_t bits = cause_parts_left_out(c, match);

        for (size_t i = 0; !bits && i < sizeof(kinds) / sizeof(*kinds); i++) {
                const struct match *months =
                        causing_match(c, kinds[i], match, &match_fact(match)->key.item);

                if (months)
                        bits = cause_parts_left_out(c, months);
        }
        if (bits)
                return bits;
        return CAUSE_BIT(years_are_rounded(c, match) ? CAUSE_ROUNDING : CAUSE_ROSTER);
}

uint32_t cause_of_people(const struct causing *c, const struct match *match)
{
        uint32_t bits = cause_of_parts(c, match);
        struct roster_cell cell;
        struct exact by;

        if (bits)
                return bits;
        if (!rows_cell(c, match, &cell))
                return people_without_rows(c, match);
        bits = rows_panel(c, match);
        if (people_by_rows(c, match, &by))
                return exact_cmp(by, match_delta(match)) == 0 ? bits : bits | cause_unexplained(c);
        if (bits)
                return bits;
        return match_is_rounding(match) ? CAUSE_BIT(CAUSE_ROUNDING) : cause_unexplained(c);
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

uint32_t cause_of_risk(const struct causing *c, const struct match *match)
{
        struct roster_cell cell;
        uint32_t bits = cause_of_panel(c, match);

        if (!rows_cell(c, match, &cell)) {
                if (bits)
                        return bits;
                return CAUSE_BIT(match_is_rounding(match) ? CAUSE_ROUNDING : CAUSE_RISK);
        }
        if (cell.risk)
                bits |= CAUSE_BIT(CAUSE_RISK);
        if (bits && risk_by_rows(c, match))
                return bits;
        if (match_is_rounding(match))
                return bits | CAUSE_BIT(CAUSE_ROUNDING);
        return bits | CAUSE_BIT(CAUSE_RISK);
}
