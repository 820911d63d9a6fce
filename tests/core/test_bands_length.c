/* SPDX-License-Identifier: Apache-2.0 */
/* How long rates and sums over bands can get: never longer than foreseen, and no shorter by far. */
#include <string.h>

#include "core/bands.h"
#include "tests/core/run.h"
#include "tests/core/settling.h"
#include "tests/draw.h"

#define PERCENT (SHARE_ONE / 100)

static struct step *step;

static void table(void)
{
        begin();
        step = with_step(&terms, "measure");
}

static void band(int64_t from, int64_t to, int64_t first, int64_t last)
{
        with_band(&terms, step, "bands",
                  (struct band) { from, to, { first, 100 }, { last, 100 } });
}

static void reach_corridor(void)
{
        table();
        band(0, 25 * PERCENT, 100, 100);
        band(25 * PERCENT, 35 * PERCENT, 50, 50);
        band(35 * PERCENT, 50 * PERCENT, 25, 25);
        band(50 * PERCENT, SHARE_MOST, 10, 10);
}

static int bits_of(wide a)
{
        int n = 0;

        for (uwide size = a < 0 ? -(uwide)a : (uwide)a; size; size >>= 1)
                n++;
        return n;
}

static void no_longer(struct exact a, struct width width)
{
        ck_assert_int_le(bits_of(a.num), width.num + 1);
        ck_assert_int_le(bits_of(a.den), width.den + 1);
}

static uint64_t state = 88172645463325252u;

static int64_t any(int64_t below)
{
        return (int64_t)(xorshift(&state) % (uint64_t)below);
}

static struct rate any_rate(int digits)
{
        int64_t most = 1;

        while (digits--)
                most *= 10;
        most = 1 + any(most);
        return (struct rate) { any(most + 1), most };
}

static void draw(bool flat)
{
        const int digits = (int)any(10);
        const int64_t grain = any(2) ? PERCENT / 10 : 1;
        int64_t from = 0;

        table();
        for (int i = 0, count = 1 + (int)any(5); i < count; i++) {
                struct band one = { .from = from, .at_from = any_rate(digits) };

                one.at_to = flat ? one.at_from : any_rate(digits);
                from += (1 + any(1 + SHARE_ONE / 3 / grain)) * grain;
                one.to = from;
                with_band(&terms, step, "bands", one);
        }
}

START_TEST(no_rate_is_longer_than_foreseen)
{
        const struct width at = { 34, 34 };
        int fit = 0;

        for (int round = 0; round < 20000; round++) {
                const struct exact figure = exact_ratio(any((int64_t)1 << 34),
                                                        1 + any((int64_t)1 << 34));
                struct widths ws;
                struct width width;
                struct exact rate;

                draw(any(3) == 0);
                widths_begin(&ws, &terms);
                width = width_bands_rate(&ws, step, "bands", at);
                if (ws.too_long || !bands_rate(&terms, step, "bands", figure, &rate))
                        continue;
                no_longer(rate, width);
                fit++;
        }
        ck_assert_int_gt(fit, 3000);
}
END_TEST

START_TEST(no_sum_is_longer_than_foreseen)
{
        int fit = 0;

        for (int round = 0; round < 20000; round++) {
                const struct exact b = exact_of(1 + any((int64_t)1 << 53));
                const struct exact a = exact_of(any((int64_t)1 << 53) - ((int64_t)1 << 52));
                struct widths ws;
                struct width width;

                draw(true);
                widths_begin(&ws, &terms);
                width = width_bands_sum(&ws, step, "bands", WIDTH_MONEY, WIDTH_MONEY);
                if (ws.too_long)
                        continue;
                no_longer(bands_sum(&terms, step, "bands", a, b), width);
                fit++;
        }
        ck_assert_int_gt(fit, 3000);
}
END_TEST

START_TEST(sane_tables_are_not_too_long)
{
        struct widths ws;
        struct width width;

        reach_corridor();
        widths_begin(&ws, &terms);
        width = width_bands_sum(&ws, step, "bands", WIDTH_MONEY, WIDTH_MONEY);
        ck_assert(!ws.too_long);
        ck_assert_int_le(width.num, 70);
        /* Nine decimals everywhere, once each. */
        table();
        for (int64_t i = 0; i < 8; i++)
                with_band(&terms, step, "bands",
                          (struct band) { i * 123456789, (i + 1) * 123456789,
                                          { 999999999 - i, SHARE_ONE },
                                          { 999999999 - i, SHARE_ONE } });
        widths_begin(&ws, &terms);
        width_bands_sum(&ws, step, "bands", WIDTH_MONEY, (struct width) { 30, 0 });
        ck_assert(!ws.too_long);
        /* A slope of whole percents, looked up at a rate of counts. */
        table();
        band(0, 70 * PERCENT, 0, 185);
        band(70 * PERCENT, SHARE_ONE, 185, 1000);
        widths_begin(&ws, &terms);
        width = width_bands_rate(&ws, step, "bands", (struct width) { 34, 34 });
        ck_assert(!ws.too_long);
        ck_assert_int_le(width.den, 54);
        ck_assert_int_le(width.num, width.den + 4);
}
END_TEST

START_TEST(what_would_be_too_long_is_found)
{
        static const int64_t dens[] = { 999999937, 999999929, 999999893, 999999883, 999999797 };
        struct widths ws;

        table();
        for (int64_t i = 0; i < COUNT_OF(dens); i++)
                with_band(&terms, step, "bands",
                          (struct band) { i * 1000003, (i + 1) * 1000003,
                                          { 999999000, dens[i] }, { 999999000, dens[i] } });
        widths_begin(&ws, &terms);
        width_bands_sum(&ws, step, "bands", WIDTH_MONEY, WIDTH_MONEY);
        ck_assert(ws.too_long);
        table();
        with_band(&terms, step, "bands",
                  (struct band) { 1, 999999999, { 1, dens[0] }, { 1, dens[1] } });
        widths_begin(&ws, &terms);
        width_bands_rate(&ws, step, "bands", (struct width) { 34, 34 });
        ck_assert(ws.too_long);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("bands_length");

        tcase_set_timeout(tests, 60);
        tcase_add_test(tests, no_rate_is_longer_than_foreseen);
        tcase_add_test(tests, no_sum_is_longer_than_foreseen);
        tcase_add_test(tests, sane_tables_are_not_too_long);
        tcase_add_test(tests, what_would_be_too_long_is_found);
        return run_case(tests, "bands_length");
}
