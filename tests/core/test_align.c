/* SPDX-License-Identifier: Apache-2.0 */
/* Alignment: the worked figures of the reference, section 8, and what cannot be calculated. */
#include <string.h>

#include "core/align.h"
#include "core/align_conflict.h"
#include "core/arrangement.h"
#include "tests/core/aligning.h"
#include "tests/core/run.h"

static struct align a;
static struct align_row rows[ALIGNING_ROWS_MAX];

/* A, B and C of section 8.3: shares .40, .25, .35. */
static void as_worked(void)
{
        a = aligning_worked(rows);
        ck_assert_ptr_null(align_prepare(&a));
}

static void is(struct align_index index, int64_t num, int64_t den)
{
        struct exact expected = exact_ratio(num, den);

        ck_assert_msg(index.calculable, "not calculable: %s", index.reason);
        ck_assert(!index.rounded);
        ck_assert_msg(!exact_cmp(index.value, expected), "%lld / %lld, not %lld / %lld",
                      (long long)index.value.num, (long long)index.value.den, (long long)num,
                      (long long)den);
}

static void is_not(struct align_index index, const char *reason)
{
        ck_assert(!index.calculable);
        ck_assert_str_eq(index.reason, reason);
        ck_assert_int_eq(exact_sign(index.value), 0);
}

enum { A, B, C };

START_TEST(pairs_by_key_as_worked)
{
        as_worked();
        is(align_jaccard(&a, ALIGN_KEY, A, B), 1, 2);
        is(align_jaccard(&a, ALIGN_KEY, A, C), 1, 5);
        is(align_jaccard(&a, ALIGN_KEY, B, C), 1, 2);
        is(align_weighted(&a, ALIGN_KEY, A, B), 3, 7);
        is(align_weighted(&a, ALIGN_KEY, A, C), 1, 4);
        is(align_weighted(&a, ALIGN_KEY, B, C), 1, 3);
}
END_TEST

START_TEST(pairs_by_concept_show_the_friction)
{
        as_worked();
        is(align_jaccard(&a, ALIGN_CONCEPT, A, B), 1, 2);
        is(align_jaccard(&a, ALIGN_CONCEPT, A, C), 1, 2);
        is(align_jaccard(&a, ALIGN_CONCEPT, B, C), 1, 2);
}
END_TEST

START_TEST(the_alignment_index_as_worked)
{
        struct align_index index;

        as_worked();
        index = align_alignment(&a, ALIGN_KEY);
        is(index, 899, 2751);
        ck_assert_int_eq(align_ppm(&index), 326790);
}
END_TEST

START_TEST(payers_as_worked)
{
        struct align_index index;
        struct exact effective;
        uint32_t largest;

        as_worked();
        is(align_concentration_of_payers(&a), 3450, 10000);
        effective = align_effective_payers(&a);
        ck_assert_int_eq((int)exact_round(exact_mul(effective, exact_of(10000)), 1,
                                          ROUND_HALF_AWAY), 28986);
        is(align_largest_payer(&a, &largest), 2, 5);
        ck_assert_uint_eq(largest, A);
        is(align_keep(&a), 335, 1000);
        index = align_keep(&a);
        ck_assert_int_eq(align_ppm(&index), 335000);
}
END_TEST

static struct align_measure measure(const char *concept, const char *version)
{
        struct align_run run = { 0, 0 };
        struct align_measure ret;

        while (align_next(&a, ALIGN_KEY, &run))
                if (!strcmp(a.rows[run.from].key.concept.text, concept) &&
                    !strcmp(a.rows[run.from].key.version.text, version)) {
                        align_measure(&a, run, &ret);
                        return ret;
                }
        ck_abort_msg("no measure %s", concept);
}

START_TEST(measures_as_worked)
{
        static const struct { const char *concept, *version; int64_t dollars; uint32_t payers; }
                expected[] = {
                        { "cbp", "", 13000000, 3 }, { "hbd", "", 7000000, 2 },
                        { "bcs", "", 6000000, 2 }, { "pcr", "1", 5000000, 1 },
                        { "pcr", "2", 2000000, 1 },
                };
        struct align_run run = { 0, 0 };
        uint32_t count = 0;

        as_worked();
        for (size_t i = 0; i < sizeof(expected) / sizeof(*expected); i++) {
                struct align_measure m = measure(expected[i].concept, expected[i].version);

                ck_assert_int_eq(m.dollars, expected[i].dollars);
                ck_assert_uint_eq(m.payers, expected[i].payers);
                ck_assert_uint_eq(m.paying, expected[i].payers);
                is(m.share, expected[i].dollars, 33000000);
        }
        while (align_next(&a, ALIGN_KEY, &run))
                count++;
        ck_assert_uint_eq(count, 5);
        is(align_concentration(&a), 130 * 130 + 70 * 70 + 60 * 60 + 50 * 50 + 20 * 20, 330 * 330);
        is(align_shared(&a), 260, 330);
}
END_TEST

START_TEST(the_dominant_signal_as_worked)
{
        struct align_measure m;

        as_worked();
        m = measure("cbp", "");
        is(m.dominant, 80, 130);
        ck_assert_int_eq(align_ppm(&m.dominant), 615385);
        ck_assert_uint_eq(m.group.rows, 2);
        ck_assert_int_eq(m.group.dollars, 8000000);
        ck_assert_int_eq(exact_cmp(exact_of_rate(m.group.from), exact_ratio(7, 10)), 0);
        is(align_conflict_share(&a), 5, 33);
}
END_TEST

START_TEST(what_is_published_in_millionths)
{
        struct align_index shared, conflict;

        as_worked();
        shared = align_shared(&a);
        conflict = align_conflict_share(&a);
        ck_assert_int_eq(align_ppm(&shared), 787879);
        ck_assert_int_eq(align_ppm(&conflict), 151515);
}
END_TEST

/* ---- what cannot be calculated */

START_TEST(one_payer_has_no_alignment)
{
        as_worked();
        a.payer_count = 1;
        a.row_count = 0;
        is_not(align_alignment(&a, ALIGN_KEY), "there is one payer only");
        a.payer_count = 0;
        is_not(align_alignment(&a, ALIGN_KEY), "there is one payer only");
}
END_TEST

START_TEST(no_dollars_have_no_alignment)
{
        as_worked();
        for (uint32_t i = 0; i < a.row_count; i++)
                rows[i].dollars = 0;
        is_not(align_weighted(&a, ALIGN_KEY, A, B), "no dollars are at stake");
        is_not(align_alignment(&a, ALIGN_KEY), "no dollars are at stake");
        is_not(align_shared(&a), "no dollars are at stake");
        is_not(align_conflict_share(&a), "no dollars are at stake");
        is_not(align_concentration(&a), "no dollars are at stake");
        is_not(measure("cbp", "").dominant, "no dollars are at stake");
        is_not(measure("cbp", "").share, "no dollars are at stake");
        is(align_jaccard(&a, ALIGN_KEY, A, B), 1, 2);
}
END_TEST

START_TEST(one_side_without_dollars_is_nothing_alike)
{
        as_worked();
        for (uint32_t i = 0; i < a.row_count; i++)
                if (rows[i].payer == B)
                        rows[i].dollars = 0;
        is(align_weighted(&a, ALIGN_KEY, A, B), 0, 1);
        is(align_alignment(&a, ALIGN_KEY), 14, 131);
        ck_assert_uint_eq(measure("cbp", "").payers, 3);
        ck_assert_uint_eq(measure("cbp", "").paying, 2);
}
END_TEST

START_TEST(revenue_that_nobody_stated_is_left_out)
{
        struct align_payer payers[3];

        as_worked();
        memcpy(payers, a.payers, sizeof(payers));
        a.payers = payers;
        payers[C].has_revenue = false;
        is(align_alignment(&a, ALIGN_KEY), 3, 7);
        is(align_concentration_of_payers(&a), 40 * 40 + 25 * 25, 65 * 65);
        is(align_keep(&a), 16, 65);
        ck_assert_uint_eq(align_known_payers(&a), 2);
        payers[B].has_revenue = false;
        is_not(align_alignment(&a, ALIGN_KEY), "the revenue of fewer than two payers is known");
        is(align_concentration_of_payers(&a), 1, 1);
        payers[A].has_revenue = false;
        is_not(align_concentration_of_payers(&a), "no revenue is known");
        is_not(align_keep(&a), "no revenue is known");
        ck_assert_int_eq(exact_sign(align_effective_payers(&a)), 0);
}
END_TEST

/* ---- F7: who asks for the same */

struct asks {
        int target;                     /* in hundredths; 0: none */
        int64_t dollars;
        bool less, later;
};

#define MORE(target, dollars) { target, dollars, false, false }
#define LESS(target, dollars) { target, dollars, true, false }
#define LATER(target, dollars) { target, dollars, false, true }

static const struct {
        const char *says;
        struct asks rows[4];            /* of one measure, each another payer's; no dollars: end */
        int64_t group;
        int from, to;                   /* targets of the group; 0: it has none */
        int64_t outside;                /* F8: the conflict share's dollars */
} groups[] = {
        { "exactly the tolerance apart", { MORE(70, 5), MORE(72, 3) }, 8, 70, 72, 0 },
        { "further apart", { MORE(70, 5), MORE(73, 3) }, 5, 70, 70, 3 },
        { "the window that holds most, not the largest row",
          { MORE(60, 6), MORE(70, 4), MORE(71, 4) }, 8, 70, 71, 6 },
        { "being the same goes not from one to the next",
          { MORE(70, 4), MORE(72, 4), MORE(74, 5) }, 9, 72, 74, 4 },
        { "of equal windows that with the lower edge", { MORE(80, 4), MORE(70, 4) }, 4, 70, 70, 4 },
        { "of equal windows that with the lower edge, whichever comes first",
          { MORE(70, 4), MORE(80, 4) }, 4, 70, 70, 4 },
        { "opposite directions are two groups of one measure",
          { MORE(70, 5), LESS(70, 4) }, 5, 70, 70, 4 },
        { "other days are another group", { MORE(70, 5), LATER(70, 4) }, 5, 70, 70, 4 },
        { "no target is a group of its own", { MORE(0, 5), MORE(0, 2), MORE(70, 4) }, 7, 0, 0, 4 },
        { "of equal ones that which has a target", { MORE(0, 4), MORE(70, 4) }, 4, 70, 70, 4 },
        { "one alone", { MORE(70, 4) }, 4, 70, 70, 0 },
};

static void take(const struct asks *asks)
{
        static const struct align_payer payers[4];      /* without names or revenue */

        a = (struct align) { .payers = payers, .payer_count = 4, .rows = rows,
                             .tolerance = align_tolerance };
        for (uint32_t i = 0; i < 4 && asks[i].dollars; i++) {
                rows[i] = aligning_row(i, "cbp", "", asks[i].dollars, asks[i].target);
                rows[i].key.direction = asks[i].less ? DIRECTION_LESS : DIRECTION_MORE;
                rows[i].period.until += asks[i].later;
                a.row_count++;
        }
        ck_assert_ptr_null(align_prepare(&a));
}

START_TEST(the_group_that_holds_most_dollars)
{
        struct align_run run = { 0, 0 };
        struct align_measure m;

        take(groups[_i].rows);
        ck_assert(align_next(&a, ALIGN_EITHER_WAY, &run));
        align_measure(&a, run, &m);
        ck_assert_msg(m.group.dollars == groups[_i].group, "%s: %lld", groups[_i].says,
                      (long long)m.group.dollars);
        ck_assert_msg(m.group.has_target == (groups[_i].from > 0), "%s", groups[_i].says);
        if (m.group.has_target) {
                ck_assert_msg(m.group.from.num == groups[_i].from, "%s", groups[_i].says);
                ck_assert_msg(m.group.to.num == groups[_i].to, "%s", groups[_i].says);
        }
        is(m.dominant, groups[_i].group, m.dollars);
        is(align_conflict_share(&a), groups[_i].outside, m.dollars);
        ck_assert(!align_next(&a, ALIGN_EITHER_WAY, &run));
}
END_TEST

/* Two payers with one measure, of whom one puts nothing on it, share nothing. */
START_TEST(what_one_pays_for_and_another_only_has_is_not_shared)
{
        take((const struct asks[4]) { MORE(70, 5), MORE(70, 1) });
        is(align_shared(&a), 1, 1);
        rows[1].dollars = 0;
        is(align_shared(&a), 0, 1);
}
END_TEST

START_TEST(who_pulls_the_other_way_pays_for_something_else)
{
        take((const struct asks[4]) { MORE(70, 5), LESS(70, 4) });
        is(align_jaccard(&a, ALIGN_KEY, 0, 1), 0, 1);
        is(align_jaccard(&a, ALIGN_EITHER_WAY, 0, 1), 1, 1);
        is(align_weighted(&a, ALIGN_KEY, 0, 1), 0, 1);
        is(align_shared(&a), 0, 1);
}
END_TEST

START_TEST(rows_are_in_order_of_key_and_payer)
{
        as_worked();
        for (uint32_t i = 0; i < a.row_count / 2; i++) {
                struct align_row kept = rows[i];

                rows[i] = rows[a.row_count - 1 - i];
                rows[a.row_count - 1 - i] = kept;
        }
        for (uint32_t i = 0; i < a.row_count; i++)
                rows[i].contract = 9 - rows[i].payer;
        ck_assert_ptr_null(align_prepare(&a));
        for (uint32_t i = 1; i < a.row_count; i++) {
                int order = strcmp(rows[i - 1].key.concept.text, rows[i].key.concept.text);

                ck_assert_int_le(order, 0);
                ck_assert(order || strcmp(rows[i - 1].key.version.text,
                                          rows[i].key.version.text) < 0 ||
                          rows[i - 1].payer < rows[i].payer);
        }
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("align");

        tcase_add_test(tests, pairs_by_key_as_worked);
        tcase_add_test(tests, pairs_by_concept_show_the_friction);
        tcase_add_test(tests, the_alignment_index_as_worked);
        tcase_add_test(tests, payers_as_worked);
        tcase_add_test(tests, measures_as_worked);
        tcase_add_test(tests, the_dominant_signal_as_worked);
        tcase_add_test(tests, what_is_published_in_millionths);
        tcase_add_test(tests, one_payer_has_no_alignment);
        tcase_add_test(tests, no_dollars_have_no_alignment);
        tcase_add_test(tests, one_side_without_dollars_is_nothing_alike);
        tcase_add_test(tests, revenue_that_nobody_stated_is_left_out);
        tcase_add_loop_test(tests, the_group_that_holds_most_dollars, 0, COUNT_OF(groups));
        tcase_add_test(tests, what_one_pays_for_and_another_only_has_is_not_shared);
        tcase_add_test(tests, who_pulls_the_other_way_pays_for_something_else);
        tcase_add_test(tests, rows_are_in_order_of_key_and_payer);
        return run_case(tests, "align");
}
