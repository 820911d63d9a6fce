/* SPDX-License-Identifier: Apache-2.0 */
/* Matches of drawn facts, in whatever order they came to hand, held against the slow way. */
#include <stdio.h>
#include <string.h>

#include "core/match.h"
#include "tests/core/run.h"

#define MANY 400

static const struct fact_rule rules[] = {
        { .kind = FACT_EXPENDITURE,
          .of_record = SIDE_EARNER,
          .other = REPORT_MUST,
          .tolerance_share = { 0, 1 } },
        { .kind = FACT_HEAD_COUNT,
          .of_record = SIDE_BEARER,
          .other = REPORT_MAY,
          .tolerance = 1,
          .tolerance_share = { 0, 1 } },
};

static struct terms terms;
static uint64_t state;

static uint64_t below(uint64_t limit)
{
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        return (state >> 33) % limit;
}

static void draw(struct fact *facts)
{
        static const enum fact_kind kinds[] = { FACT_EXPENDITURE, FACT_HEAD_COUNT,
                                                FACT_RISK_SCORE };

        for (int i = 0; i < MANY; i++) {
                const enum fact_kind kind = kinds[below(3)];

                facts[i] = (struct fact) {
                        .key = { .scope = SCOPE_CONTRACT,
                                 .kind = kind,
                                 .period = { 19723 + (date)below(3), 20089 },
                                 .paid_through = below(3) ? DATE_NONE : 20000 + (date)below(2) },
                        .value = { fact_kind_info(kind)->unit, (int64_t)below(3), 1 },
                        .index = 1 + below(MANY),
                        .event = (uint32_t)i,
                        .side = below(2) ? SIDE_BEARER : SIDE_EARNER,
                        .relayed = below(20) == 0,
                };
                snprintf(facts[i].key.item.text, sizeof(facts[i].key.item.text), "c%d",
                         (int)below(8));
                snprintf(facts[i].key.segment.text, sizeof(facts[i].key.segment.text), "s%d",
                         (int)below(2));
        }
}

static void shuffle(struct fact *facts)
{
        for (size_t i = MANY; i-- > 1;) {
                size_t j = (size_t)below(i + 1);
                const struct fact one = facts[i];

                facts[i] = facts[j];
                facts[j] = one;
        }
}

/* Events of facts are apart, so they name them. */
static int named(const struct fact *fact)
{
        return fact ? (int)fact->event : -1;
}

static void same(const struct match *a, const struct match *b)
{
        ck_assert_int_eq(named(a->bearer), named(b->bearer));
        ck_assert_int_eq(named(a->earner), named(b->earner));
        ck_assert_int_eq(named(a->decided), named(b->decided));
        ck_assert_int_eq(a->result, b->result);
        ck_assert_int_eq(a->late, b->late);
        ck_assert_int_eq(a->window_over, b->window_over);
}

/* The slow way: for each pair of facts whether they are of one thing, and which one counts. */
static void counts_as_asked_one_by_one(const struct fact *facts, const struct match *match)
{
        const struct fact *of = match->bearer ? match->bearer : match->earner;

        for (int i = 0; i < MANY; i++) {
                const struct fact *f = &facts[i];
                const struct fact *mine = f->side == SIDE_BEARER ? match->bearer : match->earner;

                if (f->key.kind != of->key.kind || !period_equal(f->key.period, of->key.period) ||
                    !item_equal(&f->key.item, &of->key.item) ||
                    !name_equal(&f->key.segment, &of->key.segment))
                        continue;
                ck_assert_ptr_nonnull(mine);
                ck_assert(mine->key.paid_through > f->key.paid_through ||
                          (mine->key.paid_through == f->key.paid_through &&
                           (mine->index > f->index ||
                            (mine->index == f->index && mine->event >= f->event))));
        }
}

START_TEST(the_order_in_which_facts_came_to_hand_changes_nothing)
{
        static struct fact facts[MANY], other[MANY], chosen[2][2 * MANY];
        static struct match first[MANY], second[MANY];
        struct match_inputs in = { .facts = facts, .fact_count = MANY };
        size_t count, taken;

        memcpy(terms.rules, rules, sizeof(rules));
        terms.rule_count = COUNT_OF(rules);
        state = (uint64_t)_i + 1;
        draw(facts);
        count = match_all(&terms, &in, first);
        taken = match_choose(&terms, &in, first, count, SIDE_BEARER, chosen[0]);
        memcpy(other, facts, sizeof(other));
        shuffle(other);
        in.facts = other;
        ck_assert_uint_eq(match_all(&terms, &in, second), count);
        ck_assert_uint_eq(match_choose(&terms, &in, second, count, SIDE_BEARER, chosen[1]), taken);
        for (size_t i = 0; i < count; i++) {
                same(&first[i], &second[i]);
                counts_as_asked_one_by_one(facts, &first[i]);
        }
        for (size_t i = 0; i < taken; i++)
                ck_assert_int_eq(named(&chosen[0][i]), named(&chosen[1][i]));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("match order");

        tcase_add_loop_test(tests, the_order_in_which_facts_came_to_hand_changes_nothing, 0, 30);
        return run_case(tests, "match order");
}
