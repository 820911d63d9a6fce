/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/figure.h"
#include "tests/clients/run.h"

static const struct {
        const char *text;
        bool good;
        int64_t cents;
} moneys[] = {
        { "1234.56", true, 123456 },
        { "0", true, 0 },
        { "-0.05", true, -5 },
        { "7", true, 700 },
        { "7.5", true, 750 },
        { "7.500", true, 750 },
        { "10000000000000.00", true, MONEY_MAX },
        { "-10000000000000", true, -MONEY_MAX },
        { "10000000000000.01", false, 0 },
        { "99999999999999999999999", false, 0 },
        { "1.234", false, 0 },
        { "1,234.56", false, 0 },
        { "$5", false, 0 },
        { "+5", false, 0 },
        { " 5", false, 0 },
        { "5 ", false, 0 },
        { "5.", false, 0 },
        { ".5", false, 0 },
        { "", false, 0 },
        { "-", false, 0 },
        { "1e3", false, 0 },
        { "1.2.3", false, 0 },
        { "0x10", false, 0 },
        { "NaN", false, 0 },
        { "--5", false, 0 },
};

START_TEST(money_is_exact)
{
        int64_t cents;
        const char *fault = money_parse(text_of(moneys[_i].text), &cents);

        ck_assert_msg(!fault == moneys[_i].good, "%s: %s", moneys[_i].text,
                      fault ? fault : "taken");
        ck_assert_int_eq(cents, moneys[_i].cents);
}
END_TEST

static const struct {
        const char *text;
        bool good;
        int64_t num, den;
        const char *printed;
} rates[] = {
        { "0.025", true, 1, 40, "0.025" },
        { "2.5%", true, 1, 40, "0.025" },
        { "1/3", true, 1, 3, "1/3" },
        { "2/6", true, 1, 3, "1/3" },
        { "100%", true, 1, 1, "1" },
        { "0", true, 0, 1, "0" },
        { "-0.5", true, -1, 2, "-0.5" },
        { "0.9217", true, 9217, 10000, "0.9217" },
        { "92.1700000000000000%", true, 9217, 10000, "0.9217" },
        { "0.123456789", true, 123456789, 1000000000, "0.123456789" },
        { "0.000000001", true, 1, 1000000000, "0.000000001" },
        { "87416.25", true, 349665, 4, "87416.25" },
        { "0.1234567891", false, 0, 1, NULL },
        { "12.123456789", false, 0, 1, NULL },
        { "1/0", false, 0, 1, NULL },
        { "1/-3", false, 0, 1, NULL },
        { "1/3/5", false, 0, 1, NULL },
        { "1.5/3", false, 0, 1, NULL },
        { "/", false, 0, 1, NULL },
        { "%", false, 0, 1, NULL },
        { "1/3%", false, 0, 1, NULL },
        { "1e-3", false, 0, 1, NULL },
        { "inf", false, 0, 1, NULL },
};

START_TEST(rates_are_exact)
{
        char printed[FIGURE_TEXT_MAX];
        struct rate rate;
        const char *fault = rate_parse(text_of(rates[_i].text), &rate);

        ck_assert_msg(!fault == rates[_i].good, "%s: %s", rates[_i].text, fault ? fault : "taken");
        ck_assert_int_eq(rate.num, rates[_i].num);
        ck_assert_int_eq(rate.den, rates[_i].den);
        if (rates[_i].printed)
                ck_assert_str_eq(rate_print(rate, printed), rates[_i].printed);
}
END_TEST

START_TEST(shares_print_as_percentages)
{
        char printed[FIGURE_TEXT_MAX];

        ck_assert_str_eq(share_print(0, printed), "0%");
        ck_assert_str_eq(share_print(250000000, printed), "25%");
        ck_assert_str_eq(share_print(1, printed), "0.0000001%");
        ck_assert_str_eq(share_print(INT64_C(100000000000), printed), "10000%");
}
END_TEST

START_TEST(money_prints_and_reads_back)
{
        static const int64_t amounts[] = { 0,    1,      -1,        99,         100,
                                           -100, 123456, MONEY_MAX, -MONEY_MAX, INT64_MAX };
        char printed[FIGURE_TEXT_MAX];
        int64_t cents;

        for (int i = 0; i < COUNT_OF(amounts) - 1; i++) {
                ck_assert_ptr_null(money_parse(text_of(money_print(amounts[i], printed)), &cents));
                ck_assert_int_eq(cents, amounts[i]);
        }
        ck_assert_str_eq(money_print(INT64_MIN, printed), "-92233720368547758.08");
        ck_assert_str_eq(money_print(-5, printed), "-0.05");
}
END_TEST

START_TEST(figures_are_cut_not_rounded)
{
        char printed[FIGURE_TEXT_MAX];
        const wide long_number = (wide)1 << 126;

        ck_assert_str_eq(exact_print(exact_ratio(490147, 100), UNIT_CENTS, 6, printed), "49.0147");
        ck_assert_str_eq(exact_print(exact_of(4901), UNIT_CENTS, 6, printed), "49.01");
        ck_assert_str_eq(exact_print(exact_ratio(-2, 3), UNIT_CENTS, 4, printed), "-0.0066...");
        ck_assert_str_eq(exact_print(exact_ratio(2, 3), UNIT_RATE, 3, printed), "0.666...");
        ck_assert_str_eq(exact_print(exact_ratio(1, 4), UNIT_RATE, 6, printed), "0.25");
        ck_assert_str_eq(exact_print(exact_of(1), UNIT_FLAG, 6, printed), "yes");
        ck_assert_str_eq(exact_print(exact_of(0), UNIT_DATE, 6, printed), "1970-01-01");
        ck_assert_str_eq(exact_print(exact_of(10274), UNIT_COUNT, 6, printed), "10274");
        exact_print(exact_ratio(long_number - 1, long_number - 3), UNIT_RATE, 30, printed);
        ck_assert_str_eq(printed, "1.000000000000000000000000000000...");
        exact_print((struct exact) { -(long_number - 1), 1 }, UNIT_CENTS, 2, printed);
        ck_assert_str_eq(printed, "-850705917302346158658436518579420528.63");
}
END_TEST

START_TEST(values_are_read_by_their_kind)
{
        struct value value;

        ck_assert_ptr_null(value_parse(FACT_EXPENDITURE, text_of("-12.34"), &value));
        ck_assert_int_eq(value.num, -1234);
        ck_assert_ptr_null(value_parse(FACT_QUALITY_SCORE, text_of("92.17%"), &value));
        ck_assert_int_eq(value.den, 10000);
        ck_assert_ptr_null(value_parse(FACT_QUALITY_STANDARD_MET, text_of("yes"), &value));
        ck_assert_int_eq(value.num, 1);
        ck_assert_ptr_nonnull(value_parse(FACT_QUALITY_STANDARD_MET, text_of("YES"), &value));
        ck_assert_ptr_nonnull(value_parse(FACT_QUALITY_SCORE, text_of("101%"), &value));
        ck_assert_ptr_nonnull(value_parse(FACT_HEAD_COUNT, text_of("10.0"), &value));
        ck_assert_ptr_nonnull(value_parse(FACT_HEAD_COUNT, text_of("-1"), &value));
        ck_assert_ptr_nonnull(value_parse(FACT_HEAD_COUNT, text_of(""), &value));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("figure");

        tcase_add_loop_test(tests, money_is_exact, 0, COUNT_OF(moneys));
        tcase_add_loop_test(tests, rates_are_exact, 0, COUNT_OF(rates));
        tcase_add_test(tests, shares_print_as_percentages);
        tcase_add_test(tests, money_prints_and_reads_back);
        tcase_add_test(tests, figures_are_cut_not_rounded);
        tcase_add_test(tests, values_are_read_by_their_kind);
        return run_case(tests, "figure");
}
