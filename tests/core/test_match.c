/* SPDX-License-Identifier: Apache-2.0 */
/* Both sides' facts, held side by side: by the edges of every rule. */
#include <stdio.h>
#include <string.h>

#include "core/match.h"
#include "tests/core/run.h"

#define DAY 19904               /* 2024-06-30 */

static struct terms terms;

static void rule_is(enum fact_kind kind, struct fact_rule rule)
{
        rule.kind = kind;
        if (!rule.of_record)
                rule.of_record = SIDE_BEARER;
        if (!rule.other)
                rule.other = REPORT_MUST;
        if (!rule.tolerance_share.den)
                rule.tolerance_share.den = 1;
        terms.rules[terms.rule_count++] = rule;
}

static void no_rules(void)
{
        terms.rule_count = 0;
}

static struct fact fact(enum side side, enum fact_kind kind, int64_t num, int64_t den,
                        uint64_t index)
{
        return (struct fact) {
                .key = { .scope = SCOPE_CONTRACT,
                         .kind = kind,
                         .period = { date_of(2024, 1, 1), date_of(2025, 1, 1) },
                         .paid_through = DATE_NONE },
                .value = { fact_kind_info(kind)->unit, num, den },
                .index = index,
                .side = side,
        };
}

static struct fact decided(enum fact_kind kind, int64_t num, uint64_t index)
{
        struct fact ret = fact(SIDE_NEITHER, kind, num, 1, index);

        ret.decided = true;
        return ret;
}

/* ---- how far apart: one row is one pair */

struct edge {
        const char *says;
        enum fact_kind kind;
        struct fact_rule rule;
        int64_t bearer, bearer_den, earner, earner_den;
        enum match_result result;
};

#define ABSOLUTE(n) { .tolerance = (n) }
#define SHARE(n, d) { .tolerance_share = { n, d } }
#define RECORD(s, n, d) { .of_record = SIDE_##s, .tolerance_share = { n, d } }

static const struct edge edges[] = {
        { "the same", FACT_EXPENDITURE, ABSOLUTE(0), 100, 1, 100, 1, MATCH_AGREED },
        { "a cent apart", FACT_EXPENDITURE, ABSOLUTE(0), 100, 1, 101, 1, MATCH_DISPUTED },
        { "at the tolerance", FACT_EXPENDITURE, ABSOLUTE(5), 100, 1, 105, 1, MATCH_WITHIN },
        { "below it", FACT_EXPENDITURE, ABSOLUTE(5), 100, 1, 95, 1, MATCH_WITHIN },
        { "a cent past it", FACT_EXPENDITURE, ABSOLUTE(5), 100, 1, 106, 1, MATCH_DISPUTED },
        { "a cent past it below", FACT_EXPENDITURE, ABSOLUTE(5), 100, 1, 94, 1, MATCH_DISPUTED },
        { "signs differ", FACT_EXPENDITURE, ABSOLUTE(5), -2, 1, 3, 1, MATCH_WITHIN },
        { "signs differ too far", FACT_EXPENDITURE, ABSOLUTE(5), -3, 1, 3, 1, MATCH_DISPUTED },
        { "both negative", FACT_EXPENDITURE, ABSOLUTE(5), -100, 1, -105, 1, MATCH_WITHIN },
        { "a share, at it", FACT_EXPENDITURE, SHARE(1, 100), 1000, 1, 1010, 1, MATCH_WITHIN },
        { "a share, past it", FACT_EXPENDITURE, SHARE(1, 100), 1000, 1, 1011, 1, MATCH_DISPUTED },
        { "a share is of the value of record, the lower", FACT_EXPENDITURE, RECORD(BEARER, 1, 10),
          100, 1, 111, 1, MATCH_DISPUTED },
        { "a share is of the value of record, the higher", FACT_EXPENDITURE, RECORD(EARNER, 1, 10),
          100, 1, 111, 1, MATCH_WITHIN },
        { "a share of a negative amount", FACT_EXPENDITURE, SHARE(1, 100), -1000, 1, -1010, 1,
          MATCH_WITHIN },
        { "a share of a negative amount, past it", FACT_EXPENDITURE, SHARE(1, 100), -1000, 1, -989,
          1, MATCH_DISPUTED },
        { "a share of zero is nothing", FACT_EXPENDITURE, SHARE(1, 1), 0, 1, 1, 1,
          MATCH_DISPUTED },
        { "of zero the tolerance still counts", FACT_EXPENDITURE,
          { .tolerance = 1, .tolerance_share = { 1, 1 } }, 0, 1, 1, 1, MATCH_WITHIN },
        { "the greater of both: the share", FACT_EXPENDITURE,
          { .tolerance = 5, .tolerance_share = { 1, 100 } }, 1000, 1, 1010, 1, MATCH_WITHIN },
        { "the greater of both: the tolerance", FACT_EXPENDITURE,
          { .tolerance = 11, .tolerance_share = { 1, 100 } }, 1000, 1, 1011, 1, MATCH_WITHIN },
        { "the most money there is, either way", FACT_EXPENDITURE, ABSOLUTE(MONEY_MAX), MONEY_MAX,
          1, -MONEY_MAX, 1, MATCH_DISPUTED },
        { "the most money there is, by half", FACT_EXPENDITURE, ABSOLUTE(MONEY_MAX), MONEY_MAX, 1,
          0, 1, MATCH_WITHIN },
        { "a count", FACT_HEAD_COUNT, ABSOLUTE(2), 10, 1, 12, 1, MATCH_WITHIN },
        { "a count past it", FACT_HEAD_COUNT, ABSOLUTE(2), 10, 1, 13, 1, MATCH_DISPUTED },
        { "a rate written in another way", FACT_RISK_SCORE, ABSOLUTE(0), 1, 2, 50, 100,
          MATCH_AGREED },
        { "thirds have no decimals", FACT_RISK_SCORE, ABSOLUTE(0), 1, 3, 333333333, 1000000000,
          MATCH_DISPUTED },
        { "a third is within a billionth", FACT_RISK_SCORE, ABSOLUTE(1), 1, 3, 333333333,
          1000000000, MATCH_WITHIN },
        { "a billionth, at it", FACT_RISK_SCORE, ABSOLUTE(1), 0, 1, 1, 1000000000, MATCH_WITHIN },
        { "two billionths", FACT_RISK_SCORE, ABSOLUTE(1), 0, 1, 2, 1000000000, MATCH_DISPUTED },
        { "a thousandth of a rate", FACT_RISK_SCORE, ABSOLUTE(1000000), 1, 1, 1001, 1000,
          MATCH_WITHIN },
        { "past a thousandth of a rate", FACT_RISK_SCORE, ABSOLUTE(999999), 1, 1, 1001, 1000,
          MATCH_DISPUTED },
        { "a rate's share, at it", FACT_RISK_SCORE, SHARE(1, 100), 3, 2, 303, 200, MATCH_WITHIN },
        { "a rate's share, past it", FACT_RISK_SCORE, SHARE(1, 100), 3, 2, 1516, 1000,
          MATCH_DISPUTED },
        { "the longest rates", FACT_RISK_SCORE, SHARE(999999999, 1000000000), 999999999, 999999998,
          1000000000, 999999999, MATCH_WITHIN },
        { "negative rates", FACT_QUALITY_ADJUSTMENT, SHARE(1, 10), -1, 2, -11, 20, MATCH_WITHIN },
        { "a flag", FACT_LOW_REVENUE, ABSOLUTE(0), 1, 1, 1, 1, MATCH_AGREED },
        { "a flag has no tolerance", FACT_LOW_REVENUE, ABSOLUTE(1), 1, 1, 0, 1, MATCH_DISPUTED },
        { "a flag has no share", FACT_LOW_REVENUE, SHARE(1, 1), 1, 1, 0, 1, MATCH_DISPUTED },
};

static const struct match *match_of(const struct match_inputs *in, size_t expected)
{
        static struct match matches[64];

        ck_assert_uint_le(in->fact_count, 64);
        ck_assert_uint_eq(match_all(&terms, in, matches), expected);
        return matches;
}

static const struct match *match_two(const struct fact *two)
{
        return match_of(&(struct match_inputs) { .facts = two, .fact_count = 2 }, 1);
}

START_TEST(how_far_apart_is_by_the_rule)
{
        const struct edge *e = &edges[_i];
        const struct fact two[] = {
                fact(SIDE_EARNER, e->kind, e->earner, e->earner_den, 7),
                fact(SIDE_BEARER, e->kind, e->bearer, e->bearer_den, 9),
        };
        const struct match *match;

        no_rules();
        rule_is(e->kind, e->rule);
        match = match_two(two);
        ck_assert_msg(match->result == e->result, "%s: %d, not %d", e->says, match->result,
                      e->result);
        ck_assert_ptr_eq(match->bearer, &two[1]);
        ck_assert_ptr_eq(match->earner, &two[0]);
        ck_assert_ptr_eq(match->rule, &terms.rules[0]);
        ck_assert(match_holds(match) == (e->result == MATCH_DISPUTED));
}
END_TEST

/* ---- paid through which day */

static const struct {
        const char *says;
        date bearer, earner;
        int64_t earner_cents;
        enum match_result result;
} days[] = {
        { "the same day", DAY, DAY, 100, MATCH_AGREED },
        { "only one says a day", DAY, DATE_NONE, 100, MATCH_AGREED },
        { "only the other says a day", DATE_NONE, DAY, 100, MATCH_AGREED },
        { "another day, the same amount", DAY, DAY + 1, 100, MATCH_WITHIN },
        { "another day, another amount", DAY, DAY + 1, 101, MATCH_DISPUTED },
        { "the same day, another amount", DAY, DAY, 101, MATCH_DISPUTED },
};

START_TEST(paid_through_another_day_is_not_agreed)
{
        struct fact two[] = {
                fact(SIDE_BEARER, FACT_EXPENDITURE, 100, 1, 1),
                fact(SIDE_EARNER, FACT_EXPENDITURE, days[_i].earner_cents, 1, 2),
        };

        two[0].key.paid_through = days[_i].bearer;
        two[1].key.paid_through = days[_i].earner;
        for (int ruled = 0; ruled < 2; ruled++) {
                no_rules();
                if (ruled)
                        rule_is(FACT_EXPENDITURE, (struct fact_rule) { .tolerance = 0 });
                ck_assert_msg(match_two(two)->result == days[_i].result, "%s", days[_i].says);
        }
}
END_TEST

START_TEST(of_one_sides_the_latest_paid_through_counts_then_the_latest_said)
{
        struct fact facts[] = {
                fact(SIDE_BEARER, FACT_EXPENDITURE, 1, 1, 50),
                fact(SIDE_BEARER, FACT_EXPENDITURE, 2, 1, 10),
                fact(SIDE_BEARER, FACT_EXPENDITURE, 3, 1, 60),
                fact(SIDE_EARNER, FACT_EXPENDITURE, 4, 1, 20),
                fact(SIDE_EARNER, FACT_EXPENDITURE, 5, 1, 20),
                fact(SIDE_EARNER, FACT_EXPENDITURE, 6, 1, 19),
        };
        const struct match *match;

        facts[0].key.paid_through = DAY;
        facts[1].key.paid_through = DAY + 90;
        facts[4].event = 1;
        no_rules();
        match = match_of(&(struct match_inputs) { .facts = facts, .fact_count = 6 }, 1);
        ck_assert_int_eq(match->bearer->value.num, 2);
        ck_assert_int_eq(match->earner->value.num, 5);
}
END_TEST

/* ---- who says something at all */

static const struct {
        const char *says;
        bool bearer, earner, bearer_relayed, earner_relayed;
        int64_t earner_says;
        enum match_result result;
} voices[] = {
        { "only the bearer", true, false, false, false, 0, MATCH_BEARER_ONLY },
        { "only the earner", false, true, false, false, 1, MATCH_EARNER_ONLY },
        { "both", true, true, false, false, 1, MATCH_AGREED },
        { "relayed for the bearer, the same", true, true, true, false, 1, MATCH_EARNER_ONLY },
        { "relayed for the bearer, another", true, true, true, false, 2, MATCH_EARNER_ONLY },
        { "relayed for the earner, the same", true, true, false, true, 1, MATCH_BEARER_ONLY },
        { "relayed for the earner, another", true, true, false, true, 2, MATCH_BEARER_ONLY },
        { "relayed and nothing beside it", true, false, true, false, 0, MATCH_BEARER_ONLY },
};

START_TEST(one_side_alone_and_what_was_relayed)
{
        struct fact facts[2];
        struct match_inputs in = { .facts = facts };
        const struct match *match;

        if (voices[_i].bearer) {
                facts[in.fact_count] = fact(SIDE_BEARER, FACT_EXPENDITURE, 1, 1, 1);
                facts[in.fact_count++].relayed = voices[_i].bearer_relayed;
        }
        if (voices[_i].earner) {
                facts[in.fact_count] =
                        fact(SIDE_EARNER, FACT_EXPENDITURE, voices[_i].earner_says, 1, 2);
                facts[in.fact_count++].relayed = voices[_i].earner_relayed;
        }
        no_rules();
        rule_is(FACT_EXPENDITURE, (struct fact_rule) { .tolerance = 0 });
        match = match_of(&in, 1);
        ck_assert_msg(match->result == voices[_i].result, "%s", voices[_i].says);
        ck_assert(!match_holds(match));
        ck_assert((match->bearer != NULL) == voices[_i].bearer);
        ck_assert((match->earner != NULL) == voices[_i].earner);
        ck_assert(!match->bearer || match->bearer->relayed == voices[_i].bearer_relayed);
}
END_TEST

START_TEST(another_segment_item_or_period_is_another_thing)
{
        struct fact facts[10];
        const struct match *matches;

        for (int i = 0; i < 10; i++)
                facts[i] = fact(i % 2 ? SIDE_EARNER : SIDE_BEARER, FACT_EXPENDITURE, 1, 1,
                                (uint64_t)i);
        for (int i = 0; i < 2; i++) {
                strcpy(facts[i].key.segment.text, "hmo");
                strcpy(facts[2 + i].key.item.text, "esrd");
                facts[4 + i].key.period.from++;
                facts[6 + i].key.period.until++;
        }
        no_rules();
        matches = match_of(&(struct match_inputs) { .facts = facts, .fact_count = 10 }, 5);
        for (int i = 0; i < 5; i++)
                ck_assert_int_eq(matches[i].result, MATCH_AGREED);
        ck_assert_ptr_eq(matches[0].bearer, &facts[8]);         /* the first by its key */
        ck_assert_ptr_eq(matches[1].bearer, &facts[6]);
        ck_assert_ptr_eq(matches[2].bearer, &facts[4]);
        ck_assert_ptr_eq(matches[3].bearer, &facts[2]);
        ck_assert_ptr_eq(matches[4].bearer, &facts[0]);
}
END_TEST

/* ---- what holds */

static const struct {
        const char *says;
        enum report_duty other; /* 0: no rule */
        bool holds;
} duties[] = {
        { "no rule", 0, false },
        { "the other side reports nothing that counts", REPORT_NONE, false },
        { "it may", REPORT_MAY, true },
        { "it must", REPORT_MUST, true },
};

START_TEST(only_a_rule_by_which_the_other_side_reports_makes_a_dispute_hold)
{
        const struct fact two[] = {
                fact(SIDE_BEARER, FACT_EXPENDITURE, 1, 1, 1),
                fact(SIDE_EARNER, FACT_EXPENDITURE, 2, 1, 2),
        };
        const struct match *match;

        no_rules();
        if (duties[_i].other)
                rule_is(FACT_EXPENDITURE, (struct fact_rule) { .other = duties[_i].other });
        match = match_two(two);
        ck_assert_int_eq(match->result, MATCH_DISPUTED);
        ck_assert_int_eq(match->of_record, SIDE_BEARER);
        ck_assert_msg(match_holds(match) == duties[_i].holds, "%s", duties[_i].says);
}
END_TEST

/* ---- windows: the figure of record is at (10, 3) */

static const struct {
        const char *says;
        uint64_t other;         /* index of the other side's figure; 0: none */
        int64_t value;          /* that of record is 1 */
        struct window_over over;
        enum match_result result;
        bool window_over, late, holds;
} windows[] = {
        { "silent, the window is open", 0, 0, { 0, 0, false, 0 }, MATCH_BEARER_ONLY, false, false,
          false },
        { "silent, the window is over", 0, 0, { 10, 3, false, 20 }, MATCH_BEARER_ONLY, true, false,
          false },
        { "late and other", 21, 2, { 10, 3, false, 20 }, MATCH_DISPUTED, true, true, false },
        { "late and the same", 21, 1, { 10, 3, false, 20 }, MATCH_AGREED, true, true, false },
        { "in time", 19, 2, { 10, 3, false, 20 }, MATCH_DISPUTED, false, false, true },
        { "in time, restated after it", 21, 2, { 10, 3, true, 20 }, MATCH_DISPUTED, false, false,
          true },
        { "before the figure of record", 5, 2, { 10, 3, false, 20 }, MATCH_DISPUTED, false, false,
          true },
        { "the window of a figure that was restated", 21, 2, { 9, 3, false, 20 }, MATCH_DISPUTED,
          false, false, true },
        { "the window of another event", 21, 2, { 10, 2, false, 20 }, MATCH_DISPUTED, false, false,
          true },
};

START_TEST(a_late_answer_lets_the_value_of_record_stand)
{
        struct fact facts[2] = { fact(SIDE_BEARER, FACT_EXPENDITURE, 1, 1, 10) };
        const struct window_over over[] = { /* those of other figures around it */
                { 8, 9, false, 1 }, { 9, 0, false, 1 }, windows[_i].over, { 12, 0, false, 1 },
                { 12, 3, false, 1 },
        };
        const struct match_inputs in = { .facts = facts,
                                         .fact_count = windows[_i].other ? 2 : 1,
                                         .over = over,
                                         .over_count = COUNT_OF(over) };
        struct fact chosen[2];
        const struct match *match;

        facts[0].event = 3;
        facts[1] = fact(SIDE_EARNER, FACT_EXPENDITURE, windows[_i].value, 1, windows[_i].other);
        no_rules();
        rule_is(FACT_EXPENDITURE, (struct fact_rule) { .window_days = 30 });
        match = match_of(&in, 1);
        ck_assert_msg(match->result == windows[_i].result, "%s", windows[_i].says);
        ck_assert_msg(match->window_over == windows[_i].window_over, "%s", windows[_i].says);
        ck_assert_msg(match->late == windows[_i].late, "%s", windows[_i].says);
        ck_assert_msg(match_holds(match) == windows[_i].holds, "%s", windows[_i].says);
        ck_assert_uint_eq(match_choose(&terms, &in, match, 1, SIDE_EARNER, chosen), 1);
        ck_assert_int_eq(chosen[0].value.num, windows[_i].holds ? windows[_i].value : 1);
}
END_TEST

START_TEST(what_is_relayed_is_no_answer)
{
        const struct window_over over = { 10, 0, false, 20 };
        const struct fact bearers = fact(SIDE_BEARER, FACT_EXPENDITURE, 1, 1, 10);
        struct fact two[] = { bearers, fact(SIDE_EARNER, FACT_EXPENDITURE, 2, 1, 19) };
        const struct match_inputs in = { .facts = two,
                                         .fact_count = 2,
                                         .over = &over,
                                         .over_count = 1 };

        two[1].relayed = true;
        no_rules();
        for (int late = 0; late < 2; late++) {
                two[1].index = late ? 21 : 19;
                ck_assert(match_of(&in, 1)->window_over);
                ck_assert(!match_of(&in, 1)->late);
        }
}
END_TEST

START_TEST(each_figure_of_record_has_its_own_window)
{
        static struct window_over over[40];
        struct fact facts[60];
        const struct match_inputs in = { .facts = facts,
                                         .fact_count = 60,
                                         .over = over,
                                         .over_count = 40 };
        const struct match *matches;

        for (uint32_t i = 0; i < 60; i++) {
                facts[i] = fact(SIDE_BEARER, FACT_EXPENDITURE, 1, 1, 10 + i / 6);
                facts[i].event = i % 6;
                snprintf(facts[i].key.item.text, sizeof(facts[i].key.item.text), "c%02u", i);
        }
        for (uint32_t i = 0; i < 40; i++)       /* of every third none, of the rest theirs */
                over[i] = (struct window_over) { 10 + (3 * i / 2) / 6, (3 * i / 2) % 6, false, 99 };
        no_rules();
        matches = match_of(&in, 60);
        for (int i = 0; i < 60; i++)
                ck_assert(matches[i].window_over == (i % 3 != 2));
}
END_TEST

/* ---- decided: by the entry at 10 */

static const struct {
        const char *says;
        uint64_t bearer_at, earner_at;
        int64_t bearer, earner;
        enum match_result result;
} decisions[] = {
        { "neither spoke after it", 1, 2, 100, 90, MATCH_DECIDED },
        { "neither spoke after it, and they agreed before", 1, 2, 100, 100, MATCH_DECIDED },
        { "one spoke after it", 11, 2, 97, 90, MATCH_DECIDED },
        { "the bearer took over the earner's of before", 11, 2, 90, 90, MATCH_DECIDED },
        { "the earner took over the bearer's of before", 2, 11, 90, 90, MATCH_DECIDED },
        { "both spoke and differ", 11, 12, 97, 90, MATCH_DECIDED },
        { "both said what was decided", 11, 12, 95, 95, MATCH_AGREED },
        { "both said something else, the same", 12, 11, 80, 80, MATCH_AGREED },
        { "only the bearer was there", 1, 0, 100, 0, MATCH_DECIDED },
        { "only the earner was there", 0, 2, 0, 90, MATCH_DECIDED },
};

START_TEST(what_was_decided_holds_until_both_have_said_the_same_after_it)
{
        const struct fact by = decided(FACT_EXPENDITURE, 95, 10);
        struct fact facts[2], chosen[3];
        struct match_inputs in = { .facts = facts, .decided = &by, .decided_count = 1 };
        bool holds = decisions[_i].result == MATCH_DECIDED;
        const struct match *match;

        if (decisions[_i].bearer_at)
                facts[in.fact_count++] = fact(SIDE_BEARER, FACT_EXPENDITURE, decisions[_i].bearer,
                                              1, decisions[_i].bearer_at);
        if (decisions[_i].earner_at)
                facts[in.fact_count++] = fact(SIDE_EARNER, FACT_EXPENDITURE, decisions[_i].earner,
                                              1, decisions[_i].earner_at);
        no_rules();
        rule_is(FACT_EXPENDITURE, (struct fact_rule) { .tolerance = 0 });
        match = match_of(&in, 1);
        ck_assert_msg(match->result == decisions[_i].result, "%s", decisions[_i].says);
        ck_assert(match->decided == (holds ? &by : NULL));
        ck_assert(!match_holds(match));
        for (enum side side = SIDE_BEARER; side <= SIDE_NEITHER; side++) {
                ck_assert_uint_eq(match_choose(&terms, &in, match, 1, side, chosen), 1);
                ck_assert_int_eq(chosen[0].value.num, holds ? 95 : decisions[_i].bearer);
                ck_assert_int_eq(chosen[0].side, SIDE_BEARER);
                ck_assert(chosen[0].decided == holds);
        }
}
END_TEST

START_TEST(of_several_decisions_the_last_counts)
{
        const struct fact facts[] = { fact(SIDE_BEARER, FACT_EXPENDITURE, 100, 1, 1),
                                      fact(SIDE_EARNER, FACT_EXPENDITURE, 90, 1, 2) };
        struct fact by[] = { decided(FACT_EXPENDITURE, 91, 10), decided(FACT_EXPENDITURE, 93, 30),
                             decided(FACT_EXPENDITURE, 92, 20), decided(FACT_EXPENDITURE, 94, 30) };
        const struct match_inputs in = { .facts = facts,
                                         .fact_count = 2,
                                         .decided = by,
                                         .decided_count = 4 };

        by[1].event = 1;
        no_rules();
        ck_assert_int_eq(match_of(&in, 1)->decided->value.num, 93);
}
END_TEST

/* ---- what a settlement takes */

static const struct {
        const char *says;
        enum side of_record;
        bool bearer, earner;
        enum side version;
        int64_t takes;          /* 0: nothing; the bearer says 1, the earner 2 */
} choices[] = {
        { "of record, the bearer's", SIDE_BEARER, true, true, SIDE_NEITHER, 1 },
        { "of record, the earner's", SIDE_EARNER, true, true, SIDE_NEITHER, 2 },
        { "the bearer's version of the bearer's", SIDE_BEARER, true, true, SIDE_BEARER, 1 },
        { "the earner's version of the bearer's", SIDE_BEARER, true, true, SIDE_EARNER, 2 },
        { "the bearer's version of the earner's", SIDE_EARNER, true, true, SIDE_BEARER, 1 },
        { "the earner's version of the earner's", SIDE_EARNER, true, true, SIDE_EARNER, 2 },
        { "nobody's of record: what was said last", SIDE_NEITHER, true, true, SIDE_NEITHER, 2 },
        { "the other side alone is not taken", SIDE_BEARER, false, true, SIDE_NEITHER, 0 },
        { "nor in its own version", SIDE_BEARER, false, true, SIDE_EARNER, 0 },
        { "the side of record alone is", SIDE_BEARER, true, false, SIDE_EARNER, 1 },
        { "nobody's of record: who is there", SIDE_NEITHER, false, true, SIDE_BEARER, 2 },
};

START_TEST(a_settlement_takes_what_is_of_record_and_in_dispute_each_sides)
{
        struct fact facts[2], chosen[2];
        struct match_inputs in = { .facts = facts };
        const struct match *match;

        if (choices[_i].bearer)
                facts[in.fact_count++] = fact(SIDE_BEARER, FACT_EXPENDITURE, 1, 1, 1);
        if (choices[_i].earner)
                facts[in.fact_count++] = fact(SIDE_EARNER, FACT_EXPENDITURE, 2, 1, 2);
        no_rules();
        rule_is(FACT_EXPENDITURE, (struct fact_rule) { .of_record = choices[_i].of_record });
        match = match_of(&in, 1);
        ck_assert_msg(match_choose(&terms, &in, match, 1, choices[_i].version, chosen) ==
                              (choices[_i].takes ? 1 : 0),
                      "%s", choices[_i].says);
        if (!choices[_i].takes)
                return;
        ck_assert_msg(chosen[0].value.num == choices[_i].takes, "%s", choices[_i].says);
        if (choices[_i].of_record != SIDE_NEITHER)
                ck_assert_int_eq(chosen[0].side, choices[_i].of_record);
}
END_TEST

START_TEST(what_does_not_hold_is_of_record_in_either_version)
{
        const struct fact two[] = { fact(SIDE_BEARER, FACT_EXPENDITURE, 1000, 1, 1),
                                    fact(SIDE_EARNER, FACT_EXPENDITURE, 1001, 1, 2) };
        const struct match_inputs in = { .facts = two, .fact_count = 2 };
        struct fact chosen[2];

        no_rules();
        rule_is(FACT_EXPENDITURE, (struct fact_rule) { .tolerance = 1 });
        ck_assert_uint_eq(match_choose(&terms, &in, match_of(&in, 1), 1, SIDE_EARNER, chosen), 1);
        ck_assert_int_eq(chosen[0].value.num, 1000);
}
END_TEST

START_TEST(facts_of_no_side_are_passed_on_and_decisions_alone_are_taken)
{
        struct fact facts[] = { fact(SIDE_NEITHER, FACT_REFERENCE_RATE, 3, 1, 1),
                                fact(SIDE_EARNER, FACT_ALL_SOURCE_REVENUE, 4, 1, 2),
                                fact(SIDE_BEARER, FACT_EXPENDITURE, 5, 1, 3) };
        const struct fact by[] = { decided(FACT_HEAD_COUNT, 6, 9), decided(FACT_HEAD_COUNT, 7, 8) };
        const struct match_inputs in = { .facts = facts,
                                         .fact_count = 3,
                                         .decided = by,
                                         .decided_count = 2 };
        struct fact chosen[5];

        facts[0].key.scope = SCOPE_COMMUNITY;
        facts[1].key.scope = SCOPE_PARTY;
        no_rules();
        rule_is(FACT_HEAD_COUNT, (struct fact_rule) { .of_record = SIDE_EARNER });
        ck_assert_uint_eq(match_choose(&terms, &in, match_of(&in, 1), 1, SIDE_NEITHER, chosen), 4);
        ck_assert_int_eq(chosen[0].value.num, 5);
        ck_assert_int_eq(chosen[1].value.num, 6);
        ck_assert_int_eq(chosen[1].side, SIDE_EARNER);
        ck_assert_int_eq(chosen[2].value.num, 3);
        ck_assert_int_eq(chosen[3].value.num, 4);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("match");

        tcase_add_loop_test(tests, how_far_apart_is_by_the_rule, 0, COUNT_OF(edges));
        tcase_add_loop_test(tests, paid_through_another_day_is_not_agreed, 0, COUNT_OF(days));
        tcase_add_test(tests, of_one_sides_the_latest_paid_through_counts_then_the_latest_said);
        tcase_add_loop_test(tests, one_side_alone_and_what_was_relayed, 0, COUNT_OF(voices));
        tcase_add_test(tests, another_segment_item_or_period_is_another_thing);
        tcase_add_loop_test(tests, only_a_rule_by_which_the_other_side_reports_makes_a_dispute_hold,
                            0, COUNT_OF(duties));
        tcase_add_loop_test(tests, a_late_answer_lets_the_value_of_record_stand, 0,
                            COUNT_OF(windows));
        tcase_add_test(tests, what_is_relayed_is_no_answer);
        tcase_add_test(tests, each_figure_of_record_has_its_own_window);
        tcase_add_loop_test(tests, what_was_decided_holds_until_both_have_said_the_same_after_it, 0,
                            COUNT_OF(decisions));
        tcase_add_test(tests, of_several_decisions_the_last_counts);
        tcase_add_loop_test(tests, a_settlement_takes_what_is_of_record_and_in_dispute_each_sides,
                            0, COUNT_OF(choices));
        tcase_add_test(tests, what_does_not_hold_is_of_record_in_either_version);
        tcase_add_test(tests, facts_of_no_side_are_passed_on_and_decisions_alone_are_taken);
        return run_case(tests, "match");
}
