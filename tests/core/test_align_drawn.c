/* SPDX-License-Identifier: Apache-2.0 */
/* Alignment over drawn payers: what must hold whatever the figures are. */
#include <stdlib.h>
#include <string.h>

#include "core/align.h"
#include "core/exact_long.h"
#include "tests/core/aligning.h"
#include "tests/core/run.h"
#include "tests/rounds.h"

#define ROUNDS ROUNDS_OF(300)

static struct align_row rows[2 * ALIGNING_ROWS_MAX], copy[2 * ALIGNING_ROWS_MAX];

/* Few large, many small: what is rounded and what is not. */
static struct align drawn(uint64_t *seed)
{
        static const int64_t most[] = { 5, 1000, 100000000, MONEY_MAX };
        struct align a = aligning_drawn(seed, rows, (uint32_t)aligning_draw(seed, 9),
                                        1 + (uint32_t)aligning_draw(seed, 12),
                                        most[aligning_draw(seed, 4)]);

        ck_assert_ptr_null(align_prepare(&a));
        return a;
}

static void in_range(struct align_index index)
{
        ck_assert(index.calculable == !index.reason);
        ck_assert(exact_sign(index.value) >= 0);
        ck_assert(exact_cmp(index.value, exact_of(1)) <= 0);
        ck_assert(index.calculable || !exact_sign(index.value));
}

/* All that is said of payers and measures together. */
struct all { struct align_index of[9]; };

static struct all all_of(const struct align *a)
{
        uint32_t largest;

        return (struct all) { {
                align_alignment(a, ALIGN_KEY), align_alignment(a, ALIGN_CONCEPT),
                align_concentration_of_payers(a), align_largest_payer(a, &largest),
                align_concentration(a), align_shared(a), align_conflict_share(a),
                align_dominant_dollars(a, (struct rate) { 2, 3 }), align_keep(a) } };
}

static void same(const struct all *a, const struct all *b, const char *why)
{
        for (size_t i = 0; i < sizeof(a->of) / sizeof(*a->of); i++)
                ck_assert_msg(a->of[i].calculable == b->of[i].calculable &&
                              a->of[i].rounded == b->of[i].rounded &&
                              !exact_cmp(a->of[i].value, b->of[i].value), "%s: figure %zu", why, i);
}

START_TEST(every_index_is_in_its_range)
{
        uint64_t seed = 1;

        for (int round = 0; round < ROUNDS; round++) {
                struct align a = drawn(&seed);
                struct all all = all_of(&a);
                struct align_run run = { 0, 0 };
                struct align_measure m;

                for (size_t i = 0; i < sizeof(all.of) / sizeof(*all.of); i++)
                        in_range(all.of[i]);
                while (align_next(&a, ALIGN_EITHER_WAY, &run)) {
                        align_measure(&a, run, &m);
                        in_range(m.share);
                        in_range(m.dominant);
                        ck_assert_uint_le(m.paying, m.payers);
                        ck_assert_int_le(m.group.dollars, m.dollars);
                        ck_assert(!m.dollars || m.group.dollars);
                }
        }
}
END_TEST

START_TEST(pairs_are_symmetric_and_nobody_differs_from_himself)
{
        uint64_t seed = 2;

        for (int round = 0; round < ROUNDS; round++) {
                struct align a = drawn(&seed);

                for (uint32_t p = 0; p < a.payer_count; p++)
                        for (uint32_t q = 0; q < a.payer_count; q++) {
                                struct align_index there = align_weighted(&a, ALIGN_KEY, p, q);
                                struct align_index back = align_weighted(&a, ALIGN_KEY, q, p);
                                struct align_index f1 = align_jaccard(&a, ALIGN_KEY, p, q);
                                struct align_index b1 = align_jaccard(&a, ALIGN_KEY, q, p);

                                in_range(there);
                                in_range(f1);
                                ck_assert(!exact_cmp(there.value, back.value));
                                ck_assert(!exact_cmp(f1.value, b1.value));
                                ck_assert(p != q || !there.calculable ||
                                          !exact_cmp(there.value, exact_of(1)));
                                ck_assert(p != q || !f1.calculable ||
                                          !exact_cmp(f1.value, exact_of(1)));
                        }
        }
}
END_TEST

/* By concept no two payers are less alike than by key, as far as what they have is concerned. */
START_TEST(the_gap_between_concept_and_key_is_friction)
{
        uint64_t seed = 3;

        for (int round = 0; round < ROUNDS; round++) {
                struct align a = drawn(&seed);

                for (uint32_t p = 1; p < a.payer_count; p++) {
                        struct align_index key = align_weighted(&a, ALIGN_KEY, 0, p);
                        struct align_index concept = align_weighted(&a, ALIGN_CONCEPT, 0, p);

                        ck_assert(exact_cmp(key.value, concept.value) <= 0);
                }
        }
}
END_TEST

/* Payers and rows the other way round: payer p becomes the last but p. */
static struct align turned(const struct align *a, struct align_payer *payers)
{
        struct align ret = *a;

        for (uint32_t p = 0; p < a->payer_count; p++)
                payers[a->payer_count - 1 - p] = a->payers[p];
        for (uint32_t i = 0; i < a->row_count; i++) {
                copy[i] = a->rows[a->row_count - 1 - i];
                copy[i].payer = a->payer_count - 1 - copy[i].payer;
        }
        ret.payers = payers;
        ret.rows = copy;
        ck_assert_ptr_null(align_prepare(&ret));
        return ret;
}

START_TEST(the_order_changes_nothing)
{
        struct align_payer payers[ALIGNING_PAYERS_MAX];
        uint64_t seed = 4;
        int rounded = 0;

        for (int round = 0; round < ROUNDS; round++) {
                struct align a = drawn(&seed), other;
                struct all before = all_of(&a), after;

                rounded += before.of[0].rounded;
                other = turned(&a, payers);
                after = all_of(&other);
                same(&before, &after, "turned round");
        }
        ck_assert_int_gt(rounded, 0);
        ck_assert_int_lt(rounded, ROUNDS / 2);
}
END_TEST

START_TEST(the_unit_of_money_changes_nothing)
{
        struct align_payer payers[ALIGNING_PAYERS_MAX];
        uint64_t seed = 5;

        for (int round = 0; round < ROUNDS; round++) {
                struct align a = aligning_drawn(&seed, rows, 4, 6, 10000);
                struct all before, after;

                ck_assert_ptr_null(align_prepare(&a));
                before = all_of(&a);
                for (uint32_t p = 0; p < a.payer_count; p++) {
                        payers[p] = a.payers[p];
                        payers[p].revenue *= 100;
                }
                for (uint32_t i = 0; i < a.row_count; i++)
                        rows[i].dollars *= 37;
                a.payers = payers;
                after = all_of(&a);
                same(&before, &after, "scaled");
        }
}
END_TEST

/* Contracts of one payer: what it puts on a measure may come in any parts. */
START_TEST(several_contracts_of_a_payer_are_one)
{
        uint64_t seed = 6;

        for (int round = 0; round < ROUNDS; round++) {
                struct align a = drawn(&seed);
                struct all before = all_of(&a), after;
                uint32_t count = a.row_count;

                for (uint32_t i = 0; i < count; i++) {
                        int64_t part = (int64_t)aligning_draw(&seed, (uint64_t)rows[i].dollars + 1);

                        rows[a.row_count] = rows[i];
                        rows[a.row_count].contract += 100;
                        rows[a.row_count++].dollars -= part;
                        rows[i].dollars = part;
                }
                ck_assert_ptr_null(align_prepare(&a));
                after = all_of(&a);
                same(&before, &after, "in two contracts");
        }
}
END_TEST

/* The same payer counted as two: more alike, less concentrated; dollars by measure stay. */
START_TEST(a_payer_split_in_two_is_more_alike)
{
        struct align_payer payers[ALIGNING_PAYERS_MAX + 1];
        uint64_t seed = 7;
        int calculable = 0;

        for (int round = 0; round < ROUNDS; round++) {
                struct align a = aligning_drawn(&seed, rows, 3, 5, 100000);
                struct all before, after;
                uint32_t count = a.row_count;

                for (uint32_t i = 0; i < count; i++)
                        rows[i].dollars *= 2;
                ck_assert_ptr_null(align_prepare(&a));
                memcpy(payers, a.payers, 3 * sizeof(*payers));
                payers[0].revenue *= 2;
                a.payers = payers;
                before = all_of(&a);
                payers[0].revenue /= 2;
                payers[a.payer_count] = payers[0];
                for (uint32_t i = 0; i < count; i++) {
                        if (rows[i].payer)
                                continue;
                        rows[i].dollars /= 2;
                        rows[a.row_count] = rows[i];
                        rows[a.row_count++].payer = a.payer_count;
                }
                a.payer_count++;
                ck_assert_ptr_null(align_prepare(&a));
                after = all_of(&a);
                for (size_t i = 0; i < 2; i++)
                        ck_assert(!before.of[i].calculable ||
                                  exact_cmp(before.of[i].value, after.of[i].value) <= 0);
                ck_assert(exact_cmp(before.of[2].value, after.of[2].value) >= 0);
                ck_assert(!exact_cmp(before.of[4].value, after.of[4].value));
                ck_assert(exact_cmp(before.of[5].value, after.of[5].value) <= 0);
                ck_assert(!exact_cmp(before.of[6].value, after.of[6].value));
                ck_assert(!exact_cmp(before.of[7].value, after.of[7].value));
                ck_assert(!exact_cmp(before.of[8].value, after.of[8].value));
                calculable += before.of[0].calculable;
        }
        ck_assert_int_gt(calculable, ROUNDS / 2);
}
END_TEST

/* ---- large */

/* The same mean in whole numbers of 10^-12, its weights with what is small cut off. */
static void near_to_a_second_way(const struct align *a, const struct align_index *index)
{
        wide sum = 0, weights = 0, scale = (wide)1000000000000, apart;

        for (uint32_t p = 0; p < a->payer_count; p++)
                for (uint32_t q = p + 1; q < a->payer_count; q++) {
                        struct align_index jw = align_weighted(a, ALIGN_KEY, p, q);
                        wide weight = (wide)a->payers[p].revenue * a->payers[q].revenue >> 60;
                        wide figure;

                        if (!a->payers[p].has_revenue || !a->payers[q].has_revenue)
                                continue;
                        ck_assert(jw.calculable);
                        ck_assert(long_divide(long_product((uwide)jw.value.num, (uwide)scale),
                                              (struct product) { 0, (uwide)jw.value.den },
                                              &figure));
                        sum += weight * figure;
                        weights += weight;
                }
        apart = exact_round(exact_mul(index->value, exact_of(scale)), 1, ROUND_HALF_AWAY) -
                sum / weights;
        ck_assert(apart >= -2 && apart <= 2);
}

START_TEST(twenty_payers_of_ten_trillion_dollars)
{
        uint64_t seed = 8;

        for (int round = 0; round < ROUNDS_OF(6); round++) {
                struct align a = aligning_drawn(&seed, rows, 20, 64, MONEY_MAX);
                struct all all;

                ck_assert_ptr_null(align_prepare(&a));
                all = all_of(&a);
                for (size_t i = 0; i < sizeof(all.of) / sizeof(*all.of); i++)
                        in_range(all.of[i]);
                ck_assert(all.of[0].calculable);
                ck_assert(all.of[0].rounded);
                near_to_a_second_way(&a, &all.of[0]);
        }
}
END_TEST

START_TEST(the_largest_figures_there_are)
{
        static struct align_payer payers[ALIGNING_PAYERS_MAX];
        struct align a = { .payers = payers, .payer_count = 20, .rows = rows,
                           .tolerance = align_tolerance };
        struct align_index index;
        struct align_run run = { 0, 0 };
        struct align_measure m;

        for (uint32_t p = 0; p < 20; p++) {
                payers[p] = (struct align_payer) { .has_revenue = true, .revenue = MONEY_MAX,
                                                   .has_keep = true, .keep = exact_of(1) };
                for (uint32_t i = 0; i < 64; i++) {
                        const char concept[] = { 'm', (char)('0' + i / 10), (char)('0' + i % 10),
                                                 '\0' };

                        rows[a.row_count++] = aligning_row(p, concept, "", MONEY_MAX, 70);
                }
        }
        ck_assert_ptr_null(align_prepare(&a));
        index = align_alignment(&a, ALIGN_KEY);
        ck_assert(!index.rounded && !exact_cmp(index.value, exact_of(1)));
        index = align_concentration_of_payers(&a);
        ck_assert(!exact_cmp(index.value, exact_ratio(1, 20)));
        ck_assert(!exact_cmp(align_effective_payers(&a), exact_of(20)));
        index = align_concentration(&a);
        ck_assert(!exact_cmp(index.value, exact_ratio(1, 64)));
        ck_assert_int_eq(align_ppm(&index), 15625);
        index = align_conflict_share(&a);
        ck_assert(!exact_sign(index.value));
        while (align_next(&a, ALIGN_KEY, &run)) {
                align_measure(&a, run, &m);
                ck_assert_int_eq(m.dollars, 20 * MONEY_MAX);
                ck_assert_uint_eq(m.payers, 20);
        }
}
END_TEST

START_TEST(what_is_too_much_is_said)
{
        struct align_row one = aligning_row(0, "cbp", "", ALIGN_TOTAL_MAX, 70);
        struct align_payer payers[2] = { { .has_revenue = true, .revenue = ALIGN_TOTAL_MAX },
                                         { .has_revenue = true } };
        struct align a = { .payers = payers, .payer_count = 2, .rows = rows, .row_count = 1,
                           .tolerance = align_tolerance };

        rows[0] = one;
        ck_assert_ptr_null(align_prepare(&a));
        payers[1].revenue = 1;
        ck_assert_ptr_nonnull(align_prepare(&a));
        payers[1].revenue = -1;
        ck_assert_ptr_nonnull(align_prepare(&a));
        payers[1].revenue = 0;
        rows[0].dollars = -1;
        ck_assert_ptr_nonnull(align_prepare(&a));
        rows[0].dollars = 0;
        rows[0].target.den = 0;
        ck_assert_ptr_nonnull(align_prepare(&a));
        rows[0].target = (struct rate) { INT64_MIN, 1 };
        ck_assert_ptr_nonnull(align_prepare(&a));
        rows[0].has_target = false;
        ck_assert_ptr_null(align_prepare(&a));
        rows[0].point[1] = INT64_MAX;
        ck_assert_ptr_nonnull(align_prepare(&a));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("align_drawn");

        tcase_set_timeout(tests, 60);
        tcase_add_test(tests, every_index_is_in_its_range);
        tcase_add_test(tests, pairs_are_symmetric_and_nobody_differs_from_himself);
        tcase_add_test(tests, the_gap_between_concept_and_key_is_friction);
        tcase_add_test(tests, the_order_changes_nothing);
        tcase_add_test(tests, the_unit_of_money_changes_nothing);
        tcase_add_test(tests, several_contracts_of_a_payer_are_one);
        tcase_add_test(tests, a_payer_split_in_two_is_more_alike);
        tcase_add_test(tests, twenty_payers_of_ten_trillion_dollars);
        tcase_add_test(tests, the_largest_figures_there_are);
        tcase_add_test(tests, what_is_too_much_is_said);
        return run_case(tests, "align_drawn");
}
