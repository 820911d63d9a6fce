/* SPDX-License-Identifier: Apache-2.0 */
/* From a provider's signal to payers and rows; what is known of revenue; credibility; drift. */
#include <string.h>

#include "core/align_drift.h"
#include "core/align_signal.h"
#include "tests/core/run.h"

static struct align_signal s;
static struct incentive_contract contracts[4];
static struct incentive_row rows[8];
static struct incentive_signal signal;

static const struct period year = { 20454, 20819 };     /* 2026 */

static struct incentive_contract contract(const char *bearer, const char *label, int64_t revenue,
                                          enum lan_category category)
{
        struct incentive_contract ret = { .period = year, .has_revenue = revenue >= 0,
                                          .revenue = revenue, .category = category,
                                          .has_members = true, .members = 600,
                                          .share = { 1, 1 } };

        strcpy(ret.contract.bearer.text, bearer);
        strcpy(ret.contract.earner.text, "clinic");
        strcpy(ret.contract.label.text, label);
        return ret;
}

static struct incentive_row row(uint32_t of, enum incentive_of what, const char *concept,
                                int64_t point, int64_t stake)
{
        struct incentive_row ret = { .contract = of, .is = { .of = what, .stake = stake } };

        strcpy(ret.is.key.concept.text, concept);
        ret.is.key.direction = what == INCENTIVE_TOTAL_COST ? DIRECTION_LESS : DIRECTION_MORE;
        for (int i = 0; i < 3; i++)
                ret.is.point[i] = point + i;
        return ret;
}

/* Medicare leaves 40 cents of a dollar, the plan nothing, Medicaid is relayed and leaves half. */
static void setup(void)
{
        contracts[0] = contract("medicare", "aco", 40000, LAN_3B);
        contracts[1] = contract("plan", "p4p", 25000, LAN_2C);
        contracts[2] = contract("plan", "fee", 20000, LAN_2A);
        contracts[3] = contract("medicaid", "aco", 35000, LAN_3A);
        contracts[3].relayed = true;
        rows[0] = row(0, INCENTIVE_TOTAL_COST, CONCEPT_TOTAL_COST, 600 * 40 - 1, 900);
        rows[1] = row(0, INCENTIVE_MEASURE, "cbp", 7, 500);
        rows[2] = row(1, INCENTIVE_MEASURE, "cbp", 11, 300);
        rows[3] = row(2, INCENTIVE_MEASURE, "cbp", 0, 100);
        rows[4] = row(3, INCENTIVE_TOTAL_COST, CONCEPT_TOTAL_COST, 600 * 50 - 1, 700);
        signal = (struct incentive_signal) { .contracts = contracts, .contract_count = 4,
                                             .rows = rows, .row_count = 5, .has_revenue = true,
                                             .all_source_revenue = 125000 };
}

static void made(const struct align_owner *owners, size_t count)
{
        const char *wrong = align_of_signal(&signal, owners, count, align_tolerance, &s);

        ck_assert_msg(!wrong, "%s", wrong);
}

START_TEST(contracts_of_a_bearer_are_one_payer)
{
        setup();
        made(NULL, 0);
        ck_assert_uint_eq(s.align.payer_count, 3);
        ck_assert_str_eq(s.payers[0].name.text, "medicaid");
        ck_assert_str_eq(s.payers[1].name.text, "medicare");
        ck_assert_str_eq(s.payers[2].name.text, "plan");
        ck_assert_int_eq(s.payers[2].revenue, 25000);
        ck_assert_uint_eq(s.payer_of[1], 2);
        ck_assert_uint_eq(s.payer_of[2], 2);
        ck_assert_int_eq(s.people[2], 600);
}
END_TEST

START_TEST(bearers_of_one_owner_are_one_payer)
{
        static const struct align_owner owners[] = { { { "medicare" }, { "cms" } },
                                                     { { "medicaid" }, { "cms" } } };

        setup();
        made(owners, 2);
        ck_assert_uint_eq(s.align.payer_count, 2);
        ck_assert_str_eq(s.payers[0].name.text, "cms");
        ck_assert_int_eq(s.payers[0].revenue, 75000);
        ck_assert(!exact_cmp(s.payers[0].keep, exact_ratio(40 + 50, 200)));
}
END_TEST

START_TEST(what_is_left_of_a_dollar_saved)
{
        struct align_index keep;

        setup();
        made(NULL, 0);
        ck_assert(!exact_cmp(s.payers[1].keep, exact_ratio(2, 5)));
        ck_assert(s.payers[2].has_keep);
        ck_assert_int_eq(exact_sign(s.payers[2].keep), 0);
        keep = align_keep(&s.align);
        ck_assert_int_eq(align_ppm(&keep), 335000);
        contracts[0].has_members = false;
        made(NULL, 0);
        ck_assert(!s.payers[1].has_keep);
        keep = align_keep(&s.align);
        ck_assert(!keep.calculable);
        contracts[0].has_members = true;
        strcpy(contracts[0].reason.text, "the benchmark is missing");
        made(NULL, 0);
        ck_assert(!s.payers[1].has_keep);
        ck_assert_uint_eq(s.coverage.not_calculable, 1);
}
END_TEST

START_TEST(points_of_all_panels_are_added)
{
        struct align_run run = { 0, 0 };
        struct align_measure m;

        setup();
        made(NULL, 0);
        ck_assert(align_next(&s.align, ALIGN_KEY, &run));
        align_measure(&s.align, run, &m);
        ck_assert_int_eq(m.dollars, 900);
        ck_assert_uint_eq(m.payers, 2);
        ck_assert_int_eq(m.point[0], 18);
        ck_assert_int_eq(m.point[1], 21);
        ck_assert_int_eq(m.point[2], 24);
}
END_TEST

static void is(struct align_index index, int64_t num, int64_t den)
{
        ck_assert_msg(index.calculable, "%s", index.reason);
        ck_assert(!exact_cmp(index.value, exact_ratio(num, den)));
}

START_TEST(coverage_is_of_the_revenue_from_all_sources)
{
        setup();
        made(NULL, 0);
        is(align_covered(&s.coverage, s.coverage.present), 65, 125);
        is(align_covered(&s.coverage, s.coverage.relayed), 35, 125);
        is(align_unknown(&s.coverage), 25, 125);
        is(align_covered(&s.coverage, s.category[LAN_3B]), 40, 125);
        is(align_covered(&s.coverage, s.category[LAN_2C]), 25, 125);
        is(align_covered(&s.coverage, s.category[LAN_2A]), 0, 125);
        is(align_covered(&s.coverage, s.category[LAN_4A]), 0, 125);
        contracts[0].has_revenue = false;
        made(NULL, 0);
        ck_assert_uint_eq(s.coverage.without_revenue, 1);
        is(align_unknown(&s.coverage), 65, 125);
        ck_assert(!s.payers[1].has_revenue);
        signal.all_source_revenue = 50000;
        made(NULL, 0);
        ck_assert_str_eq(align_unknown(&s.coverage).reason,
                         "contracts bring more than the revenue from all sources");
        signal.has_revenue = false;
        made(NULL, 0);
        ck_assert_str_eq(align_unknown(&s.coverage).reason,
                         "the revenue from all sources is not stated");
        ck_assert(!align_covered(&s.coverage, 1).calculable);
}
END_TEST

START_TEST(an_empty_signal_is_an_answer)
{
        signal = (struct incentive_signal) { .party = { "clinic" } };
        made(NULL, 0);
        ck_assert_uint_eq(s.align.payer_count, 0);
        ck_assert(!align_alignment(&s.align, ALIGN_KEY).calculable);
        ck_assert(!align_keep(&s.align).calculable);
}
END_TEST

/* What a hub that lies could send. */
START_TEST(figures_that_cannot_be_are_said)
{
        for (int i = 0; i < 7; i++) {
                setup();
                switch (i) {
                case 0: rows[1].contract = 4; break;
                case 1: rows[1].is.stake = -1; break;
                case 2: contracts[1].revenue = -5; contracts[1].has_revenue = true; break;
                case 3: contracts[1].category = LAN_COUNT; break;
                case 4: contracts[1].members = UINT64_MAX; break;
                case 5: signal.all_source_revenue = -1; break;
                case 6: rows[0].is.point[1] = INT64_MIN; break;
                }
                ck_assert_msg(align_of_signal(&signal, NULL, 0, align_tolerance, &s), "case %d", i);
        }
}
END_TEST

/* ---- F11: TV-32 */

START_TEST(credibility_of_one_panel_and_of_all)
{
        static const struct { uint64_t people; int64_t ppm; } cases[] = {
                { 600, 443170 }, { 3000, 990959 }, { 150, 221585 }, { 3054, 999837 },
                { 3055, 1000000 }, { 0, 0 }, { UINT64_MAX / 4, 1000000 },
        };

        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
                ck_assert_int_eq(align_credibility(cases[i].people, (struct rate) { 305499, 100 }),
                                 cases[i].ppm);
}
END_TEST

START_TEST(parts_of_a_whole_and_distances)
{
        struct align_index index = align_part(3, 5);
        struct align_distance d;

        is(index, 3, 5);
        d = align_distance(&index, (struct rate) { 3, 5 }, true);
        ck_assert(d.calculable && d.reached && !exact_sign(d.by));
        d = align_distance(&index, (struct rate) { 3, 5 }, false);
        ck_assert(d.reached);
        d = align_distance(&index, (struct rate) { 2, 3 }, true);
        ck_assert(!d.reached && !exact_cmp(d.by, exact_ratio(-1, 15)));
        d = align_distance(&index, (struct rate) { 1, 20 }, false);
        ck_assert(!d.reached && !exact_cmp(d.by, exact_ratio(11, 20)));
        index = align_part(1, 0);
        d = align_distance(&index, (struct rate) { 0, 1 }, true);
        ck_assert(!d.calculable && !d.reached);
        ck_assert(!align_part(6, 5).calculable);
        is(align_part(0, 5), 0, 1);
}
END_TEST

/* ---- drift */

struct lean {
        const char *says;
        enum fact_kind kind;
        enum side of_record;
        int64_t bearer, earner;         /* counts, cents; rates in hundredths */
        int64_t net;
        int leans;                      /* 1: to the bearer, 2: to the earner, 0: to nobody */
};

static const struct lean leans[] = {
        { "cost of record is higher", FACT_EXPENDITURE, SIDE_BEARER, 103, 100, -3, 1 },
        { "cost of record is lower", FACT_EXPENDITURE, SIDE_BEARER, 98, 100, 2, 2 },
        { "cost of record is the earner's", FACT_EXPENDITURE, SIDE_EARNER, 103, 100, 3, 2 },
        { "the benchmark of record is higher", FACT_BENCHMARK, SIDE_BEARER, 103, 100, 3, 2 },
        { "they are the same", FACT_BENCHMARK, SIDE_BEARER, 100, 100, 0, 0 },
        { "a figure for each member is counted only", FACT_EXPENDITURE_PMPM, SIDE_BEARER, 103, 100,
          0, 1 },
        { "a rate is counted only", FACT_RISK_SCORE, SIDE_BEARER, 103, 100, 0, 2 },
        { "numbers of people lean to nobody", FACT_MEMBER_MONTHS, SIDE_BEARER, 103, 100, 0, 0 },
        { "a measure leans to nobody", FACT_MEASURE_NUMERATOR, SIDE_EARNER, 103, 100, 0, 0 },
        { "the most there is", FACT_EXPENDITURE, SIDE_BEARER, -MONEY_MAX, MONEY_MAX,
          2 * MONEY_MAX, 2 },
};

static struct drift_pair pair_of(const struct lean *l)
{
        enum unit unit = fact_kind_info(l->kind)->unit;
        int64_t den = unit == UNIT_RATE ? 100 : 1;

        return (struct drift_pair) { l->kind, l->of_record, { unit, l->bearer, den },
                                     { unit, l->earner, den } };
}

START_TEST(in_whose_favour)
{
        const struct lean *l = &leans[_i];
        struct drift_pair pair = pair_of(l);
        struct drift drift = { 0 };

        drift_add(&drift, &pair);
        ck_assert_msg(drift_net(&drift) == l->net, "%s: %lld", l->says,
                      (long long)drift_net(&drift));
        ck_assert_msg((int)drift.to_bearer + 2 * (int)drift.to_earner == l->leans, "%s", l->says);
        ck_assert_uint_eq(drift.pairs, 1);
}
END_TEST

START_TEST(small_differences_add_up)
{
        struct drift drift = { 0 };

        for (size_t i = 0; i < sizeof(leans) / sizeof(*leans) - 1; i++) {
                struct drift_pair pair = pair_of(&leans[i]);

                drift_add(&drift, &pair);
        }
        ck_assert_int_eq(drift_net(&drift), 5);
        ck_assert_int_eq(drift.bearer_cents, 3);
        ck_assert_int_eq(drift.earner_cents, 8);
        ck_assert_uint_eq(drift.pairs, 9);
        ck_assert_uint_eq(drift.amounts, 4);
        ck_assert_uint_eq(drift.to_bearer, 2);
        ck_assert_uint_eq(drift.to_earner, 4);
        ck_assert(!drift.overflown);
        for (int i = 0; i < 2000; i++) {
                struct drift_pair pair = pair_of(&leans[9]);

                drift_add(&drift, &pair);
        }
        ck_assert(drift.overflown);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("align_signal");

        tcase_add_test(tests, contracts_of_a_bearer_are_one_payer);
        tcase_add_test(tests, bearers_of_one_owner_are_one_payer);
        tcase_add_test(tests, what_is_left_of_a_dollar_saved);
        tcase_add_test(tests, points_of_all_panels_are_added);
        tcase_add_test(tests, coverage_is_of_the_revenue_from_all_sources);
        tcase_add_test(tests, an_empty_signal_is_an_answer);
        tcase_add_test(tests, figures_that_cannot_be_are_said);
        tcase_add_test(tests, credibility_of_one_panel_and_of_all);
        tcase_add_test(tests, parts_of_a_whole_and_distances);
        tcase_add_loop_test(tests, in_whose_favour, 0, COUNT_OF(leans));
        tcase_add_test(tests, small_differences_add_up);
        return run_case(tests, "align_signal");
}
