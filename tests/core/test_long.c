/* SPDX-License-Identifier: Apache-2.0 */
/* Products longer than 128 bits that are rounded, roots, and amounts divided to the cent. */
#include <string.h>

#include "core/portion.h"
#include "tests/core/run.h"

#define BIG ((wide)1 << 100)

/* ---- rounded products */

static const struct {
        const char *says;
        struct exact a, b;
        int decimals;
        bool fits;
        struct exact product;
} products[] = {
        { "a third of three", { 1, 3 }, { 3, 1 }, 0, true, { 1, 1 } },
        { "two thirds to four decimals", { 2, 3 }, { 1, 1 }, 4, true, { 6667, 10000 } },
        { "halves go away from zero", { 1, 2 }, { 1, 1 }, 0, true, { 1, 1 } },
        { "below zero too", { -1, 2 }, { 1, 1 }, 0, true, { -1, 1 } },
        { "less than a half does not", { 49, 100 }, { 1, 1 }, 0, true, { 0, 1 } },
        { "two signs cancel", { -5, 2 }, { -1, 1 }, 0, true, { 3, 1 } },
        { "nothing", { 0, 1 }, { BIG, 3 }, 9, true, { 0, 1 } },
        { "long above and below", { BIG - 1, BIG + 1 }, { BIG + 1, BIG - 1 }, 9, true, { 1, 1 } },
        { "long, and of a size that fits", { BIG, 7 }, { 7, BIG }, 4, true, { 1, 1 } },
        { "a long result", { BIG, 1 }, { 1 << 20, 1 }, 0, true, { BIG << 20, 1 } },
        { "one that is too long", { BIG, 1 }, { BIG, 1 }, 0, false, { 0, 1 } },
        { "too long by its decimals", { BIG, 1 }, { 1 << 20, 1 }, 9, false, { 0, 1 } },
        { "too long before it is divided", { BIG << 20, 1 }, { BIG << 20, BIG - 1 }, 9, false,
          { 0, 1 } },
        { "and its low half would fit", { BIG << 26, BIG - 1 }, { BIG << 26, BIG - 3 }, 9, false,
          { 0, 1 } },
};

START_TEST(a_long_product_is_rounded)
{
        struct exact have = exact_of(0);

        ck_assert_msg(exact_mul_decimals(products[_i].a, products[_i].b, products[_i].decimals,
                                         &have) == products[_i].fits,
                      "%s", products[_i].says);
        if (products[_i].fits)
                ck_assert_msg(exact_cmp(have, products[_i].product) == 0, "%s: %lld / %lld",
                              products[_i].says, (long long)have.num, (long long)have.den);
}
END_TEST

/* Where the product does fit, it is the one of exact_mul(). */
START_TEST(a_short_product_is_the_same)
{
        for (int64_t i = 1; i < 2000; i++) {
                struct exact a = exact_ratio(i * 7919 - 1000000, i % 89 + 1);
                struct exact b = exact_ratio(i * 104729 % 99991, i % 97 + 3), have;

                ck_assert(exact_mul_decimals(a, b, (int)(i % 10), &have));
                ck_assert(exact_cmp(have, exact_round_decimals(exact_mul(a, b), (int)(i % 10),
                                                               ROUND_HALF_AWAY)) == 0);
        }
}
END_TEST

START_TEST(a_root_is_rounded_down)
{
        for (wide root = 1; root < (wide)1 << 62; root = root * 3 + 1) {
                ck_assert(exact_isqrt(exact_of(root * root)) == root);
                ck_assert(exact_isqrt(exact_of(root * root - 1)) == root - 1);
                ck_assert(exact_isqrt(exact_of(root * root + 2 * root)) == root);
                ck_assert(exact_isqrt(exact_ratio(root * root * 2 + 1, 2)) == root);
        }
        ck_assert(exact_isqrt(exact_of(0)) == 0);
        ck_assert(exact_isqrt(exact_ratio(1, 2)) == 0);
        ck_assert(exact_isqrt(exact_of(((wide)1 << 126) - 1)) == ((wide)1 << 63) - 1);
        ck_assert(exact_isqrt(exact_of((wide)1 << 126)) == (wide)1 << 63);
}
END_TEST

/* ---- largest remainder */

static struct item names[8];
static struct portion list[8];

static void weights(const int64_t *weight, size_t count)
{
        for (size_t i = 0; i < count; i++) {
                names[i] = (struct item) { { 'p', (char)('1' + i) } };
                list[i] = (struct portion) { .who = &names[i], .weight = weight[i] };
        }
}

static const struct {
        const char *says;
        int64_t total, weight[4], part[4];
} divided[] = {
        { "one cent is left over", 100001, { 500, 300, 150, 50 }, { 50001, 30000, 15000, 5000 } },
        { "and owed likewise", -100001, { 500, 300, 150, 50 }, { -50001, -30000, -15000, -5000 } },
        { "nothing is left over", 100000, { 500, 300, 150, 50 }, { 50000, 30000, 15000, 5000 } },
        { "ties go to the first", 10, { 1, 1, 1, 1 }, { 3, 3, 2, 2 } },
        { "one cent for four", 1, { 1, 1, 1, 1 }, { 1, 0, 0, 0 } },
        { "the larger rest before the earlier name", 10, { 1, 1, 1, 2 }, { 2, 2, 2, 4 } },
        { "a small one may have the largest rest", 5, { 40, 40, 15, 5 }, { 2, 2, 1, 0 } },
        { "no weight, no part", 7, { 0, 1, 0, 1 }, { 0, 4, 0, 3 } },
        { "nothing to divide", 0, { 0, 0, 0, 0 }, { 0, 0, 0, 0 } },
        { "all of it", MONEY_MAX, { 0, 0, 0, 9 }, { 0, 0, 0, MONEY_MAX } },
};

START_TEST(parts_add_up)
{
        weights(divided[_i].weight, 4);
        portions_divide(divided[_i].total, list, 4);
        for (int i = 0; i < 4; i++)
                ck_assert_msg(list[i].part == divided[_i].part[i], "%s: %d: %lld",
                              divided[_i].says, i, (long long)list[i].part);
}
END_TEST

static int64_t part_of(const char *name)
{
        for (size_t i = 0; i < 8; i++)
                if (strcmp(list[i].who->text, name) == 0)
                        return (int64_t)list[i].part;
        ck_abort_msg("there is no %s", name);
        return 0;
}

/* However they are listed, the same one has the cent that is left over. */
START_TEST(the_order_of_the_list_changes_nothing)
{
        const int64_t weight[8] = { 7, 3, 3, 7, 1, 0, 5, 5 };
        int64_t parts[8], sum;

        for (int64_t total = -40; total < 40; total++) {
                weights(weight, 8);
                portions_divide(total, list, 8);
                sum = 0;
                for (int i = 0; i < 8; i++)
                        sum += parts[i] = (int64_t)list[i].part;
                ck_assert_int_eq(sum, total);
                weights(weight, 8);
                for (int i = 0; i < 4; i++) {
                        struct portion kept = list[i];

                        list[i] = list[7 - i];
                        list[7 - i] = kept;
                }
                portions_divide(total, list, 8);
                for (int i = 0; i < 8; i++)
                        ck_assert_int_eq(part_of(names[i].text), parts[i]);
        }
}
END_TEST

START_TEST(the_largest_total_and_weights)
{
        int64_t weight[8];
        wide sum = 0;

        for (int i = 0; i < 8; i++)
                weight[i] = (int64_t)PORTION_WEIGHT_MAX - i;
        weights(weight, 8);
        portions_divide(PORTION_TOTAL_MAX, list, 8);
        for (int i = 0; i < 8; i++)
                sum += list[i].part;
        ck_assert(sum == PORTION_TOTAL_MAX);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("long");

        tcase_add_loop_test(tests, a_long_product_is_rounded, 0, COUNT_OF(products));
        tcase_add_test(tests, a_short_product_is_the_same);
        tcase_add_test(tests, a_root_is_rounded_down);
        tcase_add_loop_test(tests, parts_add_up, 0, COUNT_OF(divided));
        tcase_add_test(tests, the_order_of_the_list_changes_nothing);
        tcase_add_test(tests, the_largest_total_and_weights);
        return run_case(tests, "long");
}
