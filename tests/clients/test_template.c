/* SPDX-License-Identifier: Apache-2.0 */
/* Templates, held against worked and published results. Amounts are cents. */
#include "clients/template.h"
#include "core/community.h"
#include "core/lines.h"
#include "core/statement.h"
#include "tests/clients/run.h"

static struct terms terms;
static struct complaints to;
static struct statement statement;
static struct fact facts[32];
static size_t fact_count;

#define SETTINGS_MAX 6

static void use(const char *name, int year, const struct template_setting *more)
{
        struct template_setting settings[SETTINGS_MAX + 2] = { { "bearer", "cms" },
                                                               { "earner", "aco" } };
        size_t count = 2;

        for (; more && more->key; more++)
                settings[count++] = *more;
        memset(&to, 0, sizeof(to));
        ck_assert_msg(template_terms(name, year, settings, count, &terms, &to) == 0, "%s: %s",
                      to.list[0].where, to.list[0].says);
        fact_count = 0;
}

static void fact_is(enum fact_kind kind, int64_t num, int64_t den)
{
        const struct fact_kind_info *info = fact_kind_info((unsigned int)kind);

        facts[fact_count] = (struct fact) {
                .key = { .scope = SCOPE_CONTRACT,
                         .kind = kind,
                         .period = terms.periods[0],
                         .paid_through = DATE_NONE },
                .value = { info->unit, num, den },
                .event = (uint32_t)fact_count,
                .side = terms_of_record(&terms, kind),
        };
        fact_count++;
}

static int64_t earned(date payment)
{
        const struct run run = {
                .period = terms.periods[0], .kind = RUN_PREVIEW, .number = 1, .payment = payment
        };

        settle(&terms, &run,
               &(struct settle_inputs) { .facts = facts, .fact_count = fact_count },
               &statement);
        return statement.earned;
}

/* clang-format off: a case is two lines */
static const struct {
        const char *says, *name;
        int year;
        struct template_setting settings[SETTINGS_MAX];
        int64_t benchmark, savings, people, quality; /* of 10000 */
        bool met, alternative;
        int64_t revenue, relief, earned;
} cases[] = {
        { "a near miss of 2021, which the printed rate would let pass", "mssp-basic-b", 2021,
          { { 0 } }, 9840885700, 293518800, 10274, 10000, true, false, 0, 0, 0 },
        { "ENHANCED of 2021, in cents", "mssp-enhanced", 2021, { { 0 } }, 11524224500, 545171600,
          8434, 10000, true, false, 0, 0, 400701126 },
        { "and in the dollars that are published", "mssp-enhanced", 2021, { { "unit",
          "dollar" } }, 11524224500, 545171600, 8434, 10000, true, false, 0, 0, 400701100 },
        { "Track 1 of 2018 at its limit, which comes after sequestration", "mssp-track-1", 2018,
          { { 0 } }, 12118222500, 3768108100, 12000, 9082, true, false, 0, 0, 1211822250 },
        { "Track 3 of 2019: floor of the loss rate, then relief", "mssp-track-3", 2019, { { "msr",
          "2%" } }, 49142003600, -2187113700, 42228, 9217, true, false, 0, 2234000, -872611480 },
        { "Track 3 of 2018, quality failed", "mssp-track-3", 2018, { { "msr", "2%" } },
          10000000000, -282805400, 60000, 8000, false, false, 0, 279700, -211824350 },
        { "level E of 2024, limited by revenue", "mssp-basic-e", 2024, { { "msr", "2%" } },
          19525425831, -923303331, 15000, 9000, true, false, 2100000000, 0, -168000000 },
        { "level C has a fourth of that limit", "mssp-basic-c", 2024, { { "msr", "2%" } },
          19525425831, -923303331, 15000, 9000, true, false, 2100000000, 0, -42000000 },
        { "level D a half", "mssp-basic-d", 2024, { { "msr", "2%" } }, 19525425831, -923303331,
          15000, 9000, true, false, 2100000000, 0, -84000000 },
        { "level B of 2024", "mssp-basic-b", 2024, { { 0 } }, 19525425831, 923303331, 15000,
          10000, true, false, 0, 0, 361934906 },
        { "level E of 2024", "mssp-basic-e", 2024, { { 0 } }, 19525425831, 923303331, 15000,
          10000, true, false, 0, 0, 452418632 },
        { "ENHANCED of 2024", "mssp-enhanced", 2024, { { 0 } }, 19525425831, 923303331, 15000,
          10000, true, false, 0, 0, 678627948 },
        { "the alternative standard, from 2023 on", "mssp-enhanced", 2023, { { 0 } }, 19525425831,
          923303331, 15000, 6231, false, true, 0, 0, 422853075 },
        { "did not exist in 2022", "mssp-enhanced", 2022, { { 0 } }, 19525425831, 923303331,
          15000, 6231, false, true, 0, 0, 0 },
        { "quality scales the rate to 2020", "mssp-track-1", 2020, { { 0 } }, 19525425831,
          923303331, 15000, 9000, true, false, 0, 0, 407176769 },
        { "and only opens the gate from 2021 on", "mssp-track-1", 2021, { { 0 } }, 19525425831,
          923303331, 15000, 9000, true, false, 0, 0, 452418632 },
        { "half the rate below the minimum, for agreements from 2024 on", "mssp-basic-a", 2024,
          { { 0 } }, 11000000000, 313500000, 10166, 10000, true, false, 0, 0, 61446000 },
        { "not for older ones", "mssp-basic-a", 2024, { { "agreement_start", "2023" } },
          11000000000, 313500000, 10166, 10000, true, false, 0, 0, 0 },
        { "Track 2 in its first year owes 5% at most", "mssp-track-2", 2018, { { "agreement_year",
          "1" } }, 10000000000, -3000000000, 15000, 9000, true, false, 0, 0, -500000000 },
        { "in its second 7.5%", "mssp-track-2", 2018, { { "agreement_year", "2" } }, 10000000000,
          -3000000000, 15000, 9000, true, false, 0, 0, -750000000 },
        { "a chosen rate gives way to the size of a small panel", "mssp-enhanced", 2024,
          { { "msr", "0" } }, 10000000000, 390000000 - 1, 4999, 9000, true, false, 0, 0, 0 },
        { "but not above it", "mssp-enhanced", 2024, { { "msr", "0" } }, 10000000000, 100, 5000,
          9000, true, false, 0, 0, 74 },
};
/* clang-format on */

START_TEST(worked_results)
{
        use(cases[_i].name, cases[_i].year, cases[_i].settings);
        fact_is(FACT_BENCHMARK, cases[_i].benchmark, 1);
        fact_is(FACT_EXPENDITURE, cases[_i].benchmark - cases[_i].savings, 1);
        fact_is(FACT_HEAD_COUNT, cases[_i].people, 1);
        fact_is(FACT_QUALITY_SCORE, cases[_i].quality, 10000);
        fact_is(FACT_QUALITY_STANDARD_MET, cases[_i].met, 1);
        fact_is(FACT_ALTERNATIVE_STANDARD_MET, cases[_i].alternative, 1);
        fact_is(FACT_LOW_REVENUE, 1, 1);
        if (cases[_i].revenue)
                fact_is(FACT_PARTICIPANT_REVENUE, cases[_i].revenue, 1);
        fact_is(FACT_DISASTER_RELIEF, cases[_i].relief, 1);
        earned(date_of(2025, 10, 15));
        ck_assert_msg(statement.status == STATEMENT_CALCULATED, "%s: %s", cases[_i].says,
                      statement.reason.text);
        ck_assert_msg(statement.earned == cases[_i].earned, "%s: %lld", cases[_i].says,
                      (long long)statement.earned);
}
END_TEST

/* Paid in the autumn of the next year: what sequestration did to each performance year. */
START_TEST(sequestration_of_each_year)
{
        for (int year = 2013; year <= 2021; year++) {
                use("mssp-track-1", year, NULL);
                fact_is(FACT_BENCHMARK, 100000000, 1);
                fact_is(FACT_EXPENDITURE, 96000000, 1);
                fact_is(FACT_HEAD_COUNT, 60000, 1);
                fact_is(FACT_QUALITY_SCORE, 1, 1);
                fact_is(FACT_QUALITY_STANDARD_MET, 1, 1);
                ck_assert_msg(earned(date_of(year + 1, 10, 15)) ==
                                      (year == 2019 || year == 2020 ? 2000000 : 1960000),
                              "%d: %lld", year, (long long)statement.earned);
        }
}
END_TEST

START_TEST(advances_are_a_setting)
{
        use("mssp-basic-a", 2024,
            (struct template_setting[]) { { "advance", "yes" }, { NULL, NULL } });
        fact_is(FACT_BENCHMARK, 1000000000, 1);
        fact_is(FACT_EXPENDITURE, 900000000, 1);
        fact_is(FACT_HEAD_COUNT, 60000, 1);
        fact_is(FACT_QUALITY_STANDARD_MET, 1, 1);
        earned(date_of(2025, 10, 15));
        ck_assert_str_eq(
                statement.reason.text,
                "no advance_balance for 2024-01-01 to 2024-12-31: the bearer has to report it");
        fact_is(FACT_ADVANCE_BALANCE, 9200000, 1);
        ck_assert_int_eq(earned(date_of(2025, 10, 15)), 39200000);
        ck_assert_int_eq(statement.payable, 30000000);
}
END_TEST

START_TEST(half_a_year_is_a_period)
{
        use("mssp-track-1", 2019,
            (struct template_setting[]) { { "half", "first" }, { NULL, NULL } });
        ck_assert_int_eq(terms.periods[0].until, date_of(2019, 7, 1));
        use("mssp-basic-e", 2019,
            (struct template_setting[]) { { "half", "second" }, { NULL, NULL } });
        ck_assert_int_eq(terms.periods[0].from, date_of(2019, 7, 1));
        use("mssp-basic-e", 2022,
            (struct template_setting[]) {
                    { "agreement_start", "2020" }, { "through", "2024" }, { NULL, NULL } });
        ck_assert_uint_eq(terms.period_count, 3);
        ck_assert_int_eq(terms.agreement.from, date_of(2020, 1, 1));
        ck_assert_int_eq(terms.agreement.until, date_of(2025, 1, 1));
}
END_TEST

/*
 * Savings of 1,000,000.00, behind measures that score .845, beside a fee half of which they earn.
 */
/* By the first step that pays for it, wherever that comes to stand; with none, nothing is said. */
START_TEST(what_a_fee_takes_for_granted)
{
        static const struct template_setting none[1];

        use("pcmh", 2024, none);
        ck_assert_uint_eq(terms.presupposed_count, 1);
        ck_assert_uint_eq(terms.presupposes[0].kind, CAPABILITY_CARE_MANAGERS);
        ck_assert(terms.presupposes[0].has_step);
        ck_assert_uint_eq(terms.presupposes[0].step, 1);
        ck_assert_str_eq(terms.steps[1].kind.text, "fee");
        use("care-management-fee", 2024, none);
        ck_assert_uint_eq(terms.presupposed_count, 1);
        ck_assert_str_eq(terms.steps[terms.presupposes[0].step].kind.text, "fee");
        use("pay-for-performance", 2024, none);
        ck_assert_uint_eq(terms.presupposed_count, 0);
        use("pcf", 2024, none);
        ck_assert_uint_eq(terms.presupposed_count, 0);
}
END_TEST

START_TEST(a_commercial_contract)
{
        static const struct {
                const char *key;
                int64_t met, eligible;
        } measures[] = {
                { "cbp", 280, 385 }, { "bcs", 190, 250 }, { "hbd", 3, 18 }, { "col", 324, 480 }
        };

        use("commercial-shared-savings", 2025,
            (struct template_setting[]) {
                    { "care_fee", "3.00" }, { "care_fee_at_risk", "50%" }, { NULL, NULL } });
        fact_is(FACT_HEAD_COUNT, 9000, 1);
        fact_is(FACT_MEMBER_MONTHS, 100000, 1);
        fact_is(FACT_BENCHMARK, 2000000000, 1);
        fact_is(FACT_EXPENDITURE, 1900000000, 1);
        for (int i = 0; i < COUNT_OF(measures); i++) {
                fact_is(FACT_MEASURE_NUMERATOR, measures[i].met, 1);
                memcpy(facts[fact_count - 1].key.item.text, measures[i].key, 3);
                fact_is(FACT_MEASURE_DENOMINATOR, measures[i].eligible, 1);
                memcpy(facts[fact_count - 1].key.item.text, measures[i].key, 3);
        }
        ck_assert_int_eq(earned(DATE_NONE), 42250000 + 27675000);
        facts[fact_count - 8].value.num = 231;
        facts[fact_count - 2].value.num = 288;
        ck_assert_int_eq(earned(DATE_NONE), 15000000 + 1800000);
}
END_TEST

static const struct {
        const char *name;
        int year;
        struct template_setting settings[4];
        size_t count;
        int answer;
        const char *where, *says;
} mistakes[] = {
        { "mssp-basic-f",
          2024,
          { { "bearer", "cms" }, { "earner", "aco" } },
          2,
          REFUSAL_NO_SUCH_THING,
          "",
          "no template" },
        { "mssp-basic-e",
          2018,
          { { "bearer", "cms" }, { "earner", "aco" } },
          2,
          REFUSAL_BAD_VALUE,
          "year",
          "2019 to 2026" },
        { "mssp-basic-e",
          2024,
          { { "bearer", "cms" } },
          1,
          REFUSAL_BAD_VALUE,
          "earner",
          "must be set" },
        { "mssp-basic-e",
          2024,
          { { "bearer", "cms" }, { "earner", "aco" }, { "colour", "red" } },
          3,
          REFUSAL_BAD_VALUE,
          "colour",
          "no setting" },
        { "mssp-basic-e",
          2024,
          { { "bearer", "CMS" }, { "earner", "aco" } },
          2,
          REFUSAL_BAD_VALUE,
          "/contract",
          "three words" },
        { "mssp-basic-e",
          2024,
          { { "bearer", "cms" }, { "earner", "aco" }, { "msr", "two" } },
          3,
          REFUSAL_BAD_VALUE,
          "/steps/4/rate",
          "no plain decimal" },
        { "mssp-basic-e",
          2024,
          { { "bearer", "cms" }, { "earner", "aco" }, { "advance", "maybe" } },
          3,
          REFUSAL_BAD_VALUE,
          "advance",
          "neither yes nor no" },
        { "mssp-basic-e",
          2024,
          { { "bearer", "cms" }, { "earner", "aco" }, { "unit", "euro" } },
          3,
          REFUSAL_BAD_VALUE,
          "/steps/12/unit",
          "cent|dollar" },
        { "mssp-basic-e",
          2024,
          { { "bearer", "cms" }, { "earner", "aco" }, { "agreement_start", "long ago" } },
          3,
          REFUSAL_BAD_VALUE,
          "agreement_start",
          "must be a year" },
        { "mssp-basic-e",
          2024,
          { { "bearer", "cms" }, { "earner", "aco" }, { "version", "0" } },
          3,
          REFUSAL_BAD_VALUE,
          "version",
          "from 1" },
};

START_TEST(mistakes_in_settings_are_named)
{
        memset(&to, 0, sizeof(to));
        ck_assert_int_eq(template_terms(mistakes[_i].name, mistakes[_i].year, mistakes[_i].settings,
                                        mistakes[_i].count, &terms, &to),
                         mistakes[_i].answer);
        ck_assert_msg(complained(&to, mistakes[_i].where, mistakes[_i].says), "have %s: %s",
                      to.list[0].where, to.list[0].says);
}
END_TEST

START_TEST(the_library_can_be_walked)
{
        const struct template_info *info;
        struct template_option option;
        size_t options = 0;

        for (size_t i = 0; (info = template_at(i)); i++) {
                ck_assert_ptr_eq(template_find(info->name), info);
                ck_assert_int_le(info->first_year, info->last_year);
                ck_assert_ptr_nonnull(info->known);
        }
        ck_assert_ptr_null(template_find("x"));
        info = template_find("mssp-basic-e");
        while (template_option_at(info, options, &option))
                options++;
        ck_assert_uint_gt(options, 15);
        ck_assert(!template_option_at(info, options, &option));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("template");

        tcase_add_loop_test(tests, worked_results, 0, COUNT_OF(cases));
        tcase_add_test(tests, sequestration_of_each_year);
        tcase_add_test(tests, advances_are_a_setting);
        tcase_add_test(tests, half_a_year_is_a_period);
        tcase_add_test(tests, what_a_fee_takes_for_granted);
        tcase_add_test(tests, a_commercial_contract);
        tcase_add_loop_test(tests, mistakes_in_settings_are_named, 0, COUNT_OF(mistakes));
        tcase_add_test(tests, the_library_can_be_walked);
        return run_case(tests, "template");
}
