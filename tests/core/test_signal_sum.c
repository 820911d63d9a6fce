/* SPDX-License-Identifier: Apache-2.0 */
/* A signal added up: what may be, and that nothing else is. */
#include "core/community.h"
#include "tests/core/run.h"
#include "tests/core/signalling.h"
#include "tests/draw.h"
#include "tests/rounds.h"

#define DRAWN ROUNDS_OF(500)

static struct laid_signal laid, other;
static struct signal_sum sum, again;

static void add_up(void)
{
        const char *fault = incentive_signal_fault(&laid.signal);

        ck_assert_msg(!fault, "%s", fault);
        signal_sum(&laid.signal, signal_tolerance, &sum);
}

static const struct signal_concept *concept(const char *name)
{
        for (uint16_t i = 0; i < sum.concept_count; i++)
                if (strcmp(sum.concepts[i].concept.text, name) == 0)
                        return &sum.concepts[i];
        ck_abort_msg("no concept %s", name);
}

static void is_exactly(struct exact a, int64_t num, int64_t den)
{
        struct exact b = exact_ratio(num, den);

        ck_assert_msg(a.num == b.num && a.den == b.den, "%lld/%lld instead of %lld/%lld",
                      (long long)a.num, (long long)a.den, (long long)b.num, (long long)b.den);
}

START_TEST(the_clinic_of_three_payers)
{
        const struct signal_concept *cbp;

        lay_clinic(&laid);
        add_up();
        cbp = concept("cbp");
        ck_assert_uint_eq(sum.payer_count, 4);
        ck_assert_uint_eq(cbp->cover.payers, 3);
        ck_assert_uint_eq(cbp->cover.relayed, 1);
        ck_assert_int_eq(cbp->cover.here_cents, 320000000);
        ck_assert_int_eq(cbp->cover.relayed_cents, 300000000);
        is_exactly(signal_share(&sum, cbp->cover.here_cents + cbp->cover.relayed_cents), 62, 100);
        is_exactly(signal_unknown(&sum), 20, 100);
        ck_assert_int_eq(cbp->point[0].cents[FORECAST_LOW], 0);
        ck_assert_int_eq(cbp->point[0].cents[FORECAST_CENTRAL], 1140000);
        ck_assert_int_eq(cbp->point[0].cents[FORECAST_HIGH], 1500000);
        is_exactly(cbp->point[0].people, 41, 1);
        ck_assert_uint_eq(cbp->point[1].contracts, 0);
        ck_assert_uint_eq(cbp->differs, DIFFERS_TARGET | DIFFERS_EXCLUDED);
        ck_assert_int_eq(cbp->targets, TARGETS_APART);
        is_exactly(cbp->reachable, 2100 * 4 / 10 + 480 + 320, 1);
        ck_assert_uint_eq(cbp->days_left, 31 + 30 + 31 + 30 + 1);
        ck_assert_int_eq(sum.paid_through, date_of(2026, 8, 31));
        ck_assert_int_eq(sum.earned[FORECAST_CENTRAL], 1200000);
}
END_TEST

START_TEST(the_ranked_list_has_total_cost_last_and_looks_behind_a_gate)
{
        lay_clinic(&laid);
        add_up();
        ck_assert_uint_eq(sum.concept_count, 3);
        ck_assert_str_eq(sum.concepts[sum.ranked[0]].concept.text, "cbp");
        ck_assert_str_eq(sum.concepts[sum.ranked[1]].concept.text, "bcs");
        ck_assert_int_eq(sum.concepts[sum.ranked[1]].next, 75000);
        ck_assert(sum.concepts[sum.ranked[2]].total_cost);
        ck_assert_uint_ne(sum.concepts[sum.ranked[1]].edge_row, SIGNAL_NO_ROW);
        is_exactly(sum.concepts[sum.ranked[2]].point[1].people, 1000, 1);
}
END_TEST

START_TEST(what_is_worth_the_same_is_ranked_by_stake_and_then_by_name)
{
        static const char *const order[] = { "pcr", "bcs", "cbp", "hbd" };

        lay_signal(&laid);
        lay_contract(&laid, "a/cascade/one");
        lay_row(&laid, "hbd", 100, 1000);
        lay_row(&laid, "cbp", 100, 1000);
        lay_row(&laid, "bcs", 100, 2000);
        lay_row(&laid, "pcr", 200, 1);
        add_up();
        for (uint16_t i = 0; i < 4; i++)
                ck_assert_str_eq(sum.concepts[sum.ranked[i]].concept.text, order[i]);
}
END_TEST

START_TEST(of_edges_worth_the_same_the_nearer_is_told)
{
        const int64_t steps[] = { 3, 2, 4 };

        lay_signal(&laid);
        for (int i = 0; i < 3; i++) {
                struct incentive *is;

                lay_contract(&laid, i == 0 ? "a/x/y" : i == 1 ? "b/x/y" : "c/x/y");
                is = lay_row(&laid, "cbp", 1, 1);
                is->edge = EDGE_GATE;
                is->edge_steps = steps[i];
                is->edge_worth = 1000;
        }
        add_up();
        ck_assert_uint_eq(concept("cbp")->edge_row, 1);
}
END_TEST

START_TEST(a_capability_said_both_ways_is_not_said)
{
        lay_signal(&laid);
        lay_contract(&laid, "a/x/one");
        lay_need(&laid, 2, true, CAPABILITY_HAS);
        lay_need(&laid, 2, true, CAPABILITY_HAS_NOT);
        add_up();
        ck_assert_int_eq(sum.needs[0].has, CAPABILITY_NOT_SAID);
}
END_TEST

START_TEST(a_patient_is_a_mean_by_panels_and_never_a_sum)
{
        struct incentive *is;

        lay_signal(&laid);
        lay_contract(&laid, "a/cascade/one");
        is = lay_row(&laid, "cbp", 100, 1000);
        is->has_patient = true;
        is->patient = 1000;
        is->denominator = 300;
        lay_contract(&laid, "b/cascade/one")->share = (struct rate) { 1, 2 };
        is = lay_row(&laid, "cbp", 100, 1000);
        is->has_patient = true;
        is->patient = 4000;
        is->denominator = 200;
        lay_contract(&laid, "c/cascade/one");
        lay_row(&laid, "cbp", 100, 1000);
        add_up();
        ck_assert(concept("cbp")->has_patient);
        is_exactly(concept("cbp")->patient, 300 * 1000 + 100 * 4000, 400);
}
END_TEST

START_TEST(a_payer_in_two_contracts_is_one_payer_with_one_revenue)
{
        lay_signal(&laid);
        laid.signal.has_revenue = true;
        laid.signal.all_source_revenue = 1000;
        laid.signal.revenue_period = (struct period) { date_of(2025, 1, 1), date_of(2026, 1, 1) };
        for (int i = 0; i < 2; i++) {
                struct incentive_contract *c = lay_contract(&laid, i ? "a/cascade/two" :
                                                                       "a/cascade/one");

                c->relayed = i == 0;
                c->has_revenue = true;
                c->revenue = 400 + i;
                lay_row(&laid, "cbp", 100, 1000);
        }
        add_up();
        ck_assert_uint_eq(sum.payer_count, 1);
        ck_assert_uint_eq(sum.payers[0].contracts, 2);
        ck_assert_uint_eq(concept("cbp")->cover.payers, 1);
        ck_assert_uint_eq(concept("cbp")->cover.relayed, 0);
        ck_assert_int_eq(concept("cbp")->cover.here_cents, 401);
        ck_assert_int_eq(concept("cbp")->point[0].cents[FORECAST_CENTRAL], 200);
        ck_assert_uint_eq(concept("cbp")->point[0].contracts, 2);
}
END_TEST

static const struct {
        const char *says;
        int64_t all, revenue;
        bool stated, has;
} revenues[] = {
        { "all is stated", 1000, 600, true, true },
        { "one payer pays all", 600, 600, true, true },
        { "payers pay more than all there is", 599, 600, true, false },
        { "nothing is all there is", 0, 0, true, false },
        { "nobody stated it", 0, 600, false, false },
};

START_TEST(shares_are_told_only_of_what_is_known)
{
        struct incentive_contract *c;

        lay_signal(&laid);
        laid.signal.has_revenue = revenues[_i].stated;
        laid.signal.all_source_revenue = revenues[_i].all;
        laid.signal.revenue_period = (struct period) { date_of(2025, 1, 1), date_of(2026, 1, 1) };
        c = lay_contract(&laid, "a/cascade/one");
        c->has_revenue = true;
        c->revenue = revenues[_i].revenue;
        lay_contract(&laid, "b/cascade/one");
        add_up();
        ck_assert_msg(sum.has_revenue == revenues[_i].has, "%s", revenues[_i].says);
        ck_assert_uint_eq(sum.cover.unstated, 1);
        ck_assert_uint_eq(sum.cover.payers, 2);
}
END_TEST

START_TEST(opposite_directions_are_not_added)
{
        lay_signal(&laid);
        lay_contract(&laid, "a/cascade/one");
        lay_row(&laid, "visits", 500, 1000);
        lay_contract(&laid, "b/cascade/one");
        lay_row(&laid, "visits", 300, 1000)->key.direction = DIRECTION_LESS;
        add_up();
        ck_assert_uint_eq(concept("visits")->differs, DIFFERS_DIRECTION);
        ck_assert_int_eq(signal_point_of(concept("visits"), DIRECTION_MORE)->cents[0], 500);
        ck_assert_int_eq(signal_point_of(concept("visits"), DIRECTION_LESS)->cents[0], 300);
        ck_assert_int_eq(concept("visits")->next, 500);
        ck_assert_int_eq(concept("visits")->stake, 2000);
}
END_TEST

START_TEST(a_measure_that_is_called_total_cost_is_no_total_cost)
{
        lay_signal(&laid);
        lay_contract(&laid, "a/cascade/one");
        lay_cost(&laid, 500, 1000);
        lay_contract(&laid, "b/cascade/one");
        lay_row(&laid, CONCEPT_TOTAL_COST, 300, 1000);
        add_up();
        ck_assert_uint_eq(sum.concept_count, 2);
        ck_assert(!sum.concepts[sum.ranked[0]].total_cost);
        ck_assert_int_eq(sum.concepts[sum.ranked[0]].next, 300);
        ck_assert_int_eq(sum.concepts[sum.ranked[1]].next, 500);
}
END_TEST

static const struct {
        const char *says;
        int64_t a, b;           /* percent; 0: none */
        enum signal_targets targets;
        uint16_t untargeted;
} targets[] = {
        { "nobody has one", 0, 0, TARGETS_NONE, 0 },
        { "one has one", 70, 0, TARGETS_NONE, 1 },
        { "the same", 70, 70, TARGETS_SAME, 0 },
        { "within the tolerance", 70, 71, TARGETS_NEAR, 0 },
        { "the tolerance itself is within it", 70, 72, TARGETS_NEAR, 0 },
        { "apart", 70, 73, TARGETS_APART, 0 },
        { "apart the other way", 73, 70, TARGETS_APART, 0 },
};

START_TEST(targets_are_compared)
{
        const int64_t percent[] = { targets[_i].a, targets[_i].b };

        lay_signal(&laid);
        for (int i = 0; i < 2; i++) {
                struct incentive *is;

                lay_contract(&laid, i ? "b/cascade/one" : "a/cascade/one");
                is = lay_row(&laid, "cbp", 1, 1);
                is->has_target = percent[i] != 0;
                is->target = (struct rate) { percent[i], 100 };
        }
        add_up();
        ck_assert_msg(concept("cbp")->targets == targets[_i].targets, "%s", targets[_i].says);
        ck_assert_uint_eq(concept("cbp")->untargeted, targets[_i].untargeted);
        ck_assert_uint_eq(concept("cbp")->differs,
                          targets[_i].targets == TARGETS_APART ? DIFFERS_TARGET : 0);
}
END_TEST

static const struct {
        const char *says;
        uint32_t bit;
} kinds_of_difference[] = {
        { "nothing", 0 },                   { "version", DIFFERS_VERSION },
        { "population", DIFFERS_POPULATION }, { "exclusion", DIFFERS_EXCLUDED },
        { "period", DIFFERS_PERIOD },
};

START_TEST(each_difference_is_told_apart)
{
        uint32_t bit = kinds_of_difference[_i].bit;
        struct incentive_contract *c;
        struct incentive *is;

        lay_signal(&laid);
        for (int i = 0; i < 3; i++) {
                c = lay_contract(&laid, i == 0 ? "a/x/y" : i == 1 ? "b/x/y" : "c/x/y");
                is = lay_row(&laid, "cbp", 1, 1);
                if (i < 2)
                        continue;
                if (bit == DIFFERS_VERSION)
                        is->key.version = name_of("2025");
                if (bit == DIFFERS_POPULATION)
                        is->key.population = name_of("adults");
                if (bit == DIFFERS_EXCLUDED)
                        is->excludes = name_of("dialysis");
                if (bit == DIFFERS_PERIOD)
                        c->period.from++;
        }
        add_up();
        ck_assert_msg(concept("cbp")->differs == bit, "%s", kinds_of_difference[_i].says);
}
END_TEST

static const struct {
        const char *says;
        enum edge edge;
        int64_t steps, worth, point;
        uint64_t reachable;
        bool over, in_reach;
        int64_t next;
} edges[] = {
        { "none", EDGE_NONE, 0, 0, 7, 600, false, false, 7 },
        { "a gate two points away", EDGE_GATE, 2, 1000, 0, 600, false, true, 500 },
        { "a step to it is worth less than a point", EDGE_CAP, 10, 100, 50, 600, false, true, 50 },
        { "just enough patients", EDGE_MINIMUM, 60, 6000, 0, 600, false, true, 100 },
        { "a patient too few", EDGE_MINIMUM, 60, 6000, 0, 599, false, false, 0 },
        { "its period is over", EDGE_GATE, 2, 1000, 0, 600, true, false, 0 },
        { "to reach it costs", EDGE_GATE, 2, -1000, 0, 600, false, true, 0 },
};

START_TEST(the_next_edge_counts_where_it_can_be_reached)
{
        struct incentive_contract *c;
        struct incentive *is;

        lay_signal(&laid);
        c = lay_contract(&laid, "a/x/y");
        is = lay_row(&laid, "cbp", edges[_i].point, 1);
        is->edge = edges[_i].edge;
        is->edge_steps = edges[_i].steps;
        is->edge_worth = edges[_i].worth;
        is->has_reachable = true;
        is->reachable = edges[_i].reachable;
        if (edges[_i].over)
                c->period = (struct period) { date_of(2025, 1, 1), date_of(2026, 8, 31) };
        add_up();
        ck_assert_msg(signal_edge_in_reach(&laid.signal, &laid.rows[0]) == edges[_i].in_reach,
                      "%s", edges[_i].says);
        ck_assert_int_eq(concept("cbp")->next, edges[_i].next);
        ck_assert_uint_eq(concept("cbp")->edge_row,
                          edges[_i].in_reach && edges[_i].worth > 0 ? 0 : SIGNAL_NO_ROW);
        ck_assert_uint_eq(concept("cbp")->days_left, edges[_i].over ? 0 : 123);
        ck_assert(concept("cbp")->has_reachable == !edges[_i].over);
}
END_TEST

START_TEST(capabilities_are_counted_by_payer)
{
        lay_signal(&laid);
        lay_contract(&laid, "a/x/one");
        lay_need(&laid, 2, true, CAPABILITY_HAS_NOT);
        lay_need(&laid, 1, false, CAPABILITY_HAS);
        lay_contract(&laid, "a/x/two");
        lay_need(&laid, 2, false, CAPABILITY_HAS_NOT);
        lay_contract(&laid, "b/x/one");
        lay_need(&laid, 2, false, CAPABILITY_HAS_NOT);
        add_up();
        ck_assert_uint_eq(sum.need_count, 2);
        ck_assert_uint_eq(sum.needs[0].kind, 1);
        ck_assert_uint_eq(sum.needs[1].presuppose, 2);
        ck_assert_uint_eq(sum.needs[1].pay, 1);
        ck_assert_int_eq(sum.needs[1].has, CAPABILITY_HAS_NOT);
}
END_TEST

START_TEST(an_empty_signal_adds_up_to_nothing)
{
        lay_signal(&laid);
        add_up();
        ck_assert_uint_eq(sum.concept_count, 0);
        ck_assert_uint_eq(sum.payer_count, 0);
        ck_assert_int_eq(sum.paid_through, DATE_NONE);
        ck_assert(!sum.has_revenue);
}
END_TEST

START_TEST(a_day_is_that_of_its_moment)
{
        ck_assert_int_eq(signal_day(0), 0);
        ck_assert_int_eq(signal_day(-1), -1);
        ck_assert_int_eq(signal_day(INT64_C(86400000000) - 1), 0);
        ck_assert_int_eq(signal_day(INT64_MAX), DATE_NONE);
        ck_assert_int_eq(signal_day(INT64_MIN), DATE_NONE);
}
END_TEST

/* ---- drawn */

static void rows_are_all_there(void)
{
        uint32_t seen[SIGNAL_ROWS_MAX] = { 0 }, rows = 0;
        wide point = 0, stake = 0, points = 0, stakes = 0;

        for (uint16_t i = 0; i < sum.concept_count; i++) {
                const struct signal_concept *c = &sum.concepts[i];

                for (uint16_t at = 0; at < c->count; at++)
                        seen[sum.rows[c->first + at]]++;
                rows += c->count;
                for (int way = 0; way < 2; way++)
                        points += c->point[way].cents[FORECAST_LOW];
                stakes += c->stake;
                ck_assert_uint_le(c->cover.payers, sum.payer_count);
                ck_assert_uint_eq(c->point[0].contracts + c->point[1].contracts, c->count);
        }
        ck_assert_uint_eq(rows, laid.signal.row_count);
        for (uint32_t i = 0; i < laid.signal.row_count; i++) {
                ck_assert_uint_eq(seen[i], 1);
                point += laid.rows[i].is.point[FORECAST_LOW];
                stake += laid.rows[i].is.stake;
        }
        ck_assert(point == points && stake == stakes);
}

static void the_list_is_ranked(void)
{
        bool seen[SIGNAL_ROWS_MAX] = { false };

        for (uint16_t i = 0; i < sum.concept_count; i++) {
                const struct signal_concept *c = &sum.concepts[sum.ranked[i]];
                const struct signal_concept *before = i ? &sum.concepts[sum.ranked[i - 1]] : NULL;

                ck_assert(!seen[sum.ranked[i]]);
                seen[sum.ranked[i]] = true;
                if (!before || before->total_cost != c->total_cost) {
                        ck_assert(!before || c->total_cost);
                        continue;
                }
                ck_assert(before->next > c->next ||
                          (before->next == c->next &&
                           (before->stake > c->stake || (before->stake == c->stake &&
                                                         sum.ranked[i - 1] < sum.ranked[i]))));
        }
}

static void shares_are_parts_of_one(void)
{
        if (!sum.has_revenue)
                return;
        ck_assert_int_ge(exact_sign(signal_unknown(&sum)), 0);
        for (uint16_t i = 0; i < sum.concept_count; i++) {
                const struct signal_cover *cover = &sum.concepts[i].cover;
                struct exact share = signal_share(&sum, cover->here_cents + cover->relayed_cents);

                ck_assert_int_ge(exact_sign(share), 0);
                ck_assert_int_le(exact_cmp(exact_add(share, signal_unknown(&sum)), exact_of(1)), 0);
        }
}

START_TEST(sums_of_anything_are_those_of_its_rows)
{
        uint64_t state = xorshift_seeded(61);

        for (int round = 0; round < DRAWN; round++) {
                draw_signal(&laid, &state);
                add_up();
                rows_are_all_there();
                the_list_is_ranked();
                shares_are_parts_of_one();
        }
}
END_TEST

static void same_row(uint16_t a, uint16_t b)
{
        if (a == SIGNAL_NO_ROW || b == SIGNAL_NO_ROW) {
                ck_assert_uint_eq(a, b);
                return;
        }
        ck_assert_int_eq(laid.rows[a].is.edge_worth, other.rows[b].is.edge_worth);
        ck_assert_int_eq(laid.rows[a].is.edge_steps, other.rows[b].is.edge_steps);
}

static bool same_exact(struct exact a, struct exact b)
{
        return a.num == b.num && a.den == b.den;
}

static void same_concept(const struct signal_concept *a, const struct signal_concept *b)
{
        ck_assert_str_eq(a->concept.text, b->concept.text);
        ck_assert(memcmp(&a->cover, &b->cover, sizeof(a->cover)) == 0);
        ck_assert(a->stake == b->stake && a->next == b->next && a->differs == b->differs);
        ck_assert(a->targets == b->targets && a->untargeted == b->untargeted);
        ck_assert(same_exact(a->patient, b->patient) && same_exact(a->reachable, b->reachable));
        ck_assert(a->ends_first == b->ends_first && a->ends_last == b->ends_last);
        ck_assert(a->days_left == b->days_left && a->gate == b->gate);
        for (int way = 0; way < 2; way++) {
                ck_assert_uint_eq(a->point[way].contracts, b->point[way].contracts);
                ck_assert_uint_eq(a->point[way].uncounted, b->point[way].uncounted);
                ck_assert(same_exact(a->point[way].people, b->point[way].people));
                for (int i = 0; i < FORECAST_COUNT; i++)
                        ck_assert_int_eq(a->point[way].cents[i], b->point[way].cents[i]);
        }
        same_row(a->edge_row, b->edge_row);
}

START_TEST(the_order_of_contracts_changes_nothing)
{
        uint64_t state = xorshift_seeded(62);

        for (int round = 0; round < DRAWN; round++) {
                draw_signal(&laid, &state);
                shuffle_signal(&laid, &other, &state);
                add_up();
                signal_sum(&other.signal, signal_tolerance, &again);
                ck_assert_uint_eq(sum.concept_count, again.concept_count);
                for (uint16_t i = 0; i < sum.concept_count; i++) {
                        same_concept(&sum.concepts[i], &again.concepts[i]);
                        ck_assert_uint_eq(sum.ranked[i], again.ranked[i]);
                }
                ck_assert(memcmp(&sum.cover, &again.cover, sizeof(sum.cover)) == 0);
                ck_assert(memcmp(sum.payers, again.payers, sizeof(sum.payers)) == 0);
                ck_assert(memcmp(sum.needs, again.needs, sizeof(sum.needs)) == 0);
        }
}
END_TEST

/* A contract cut in two with half the amounts each says the same of the payer. */
START_TEST(a_split_payer_says_the_same)
{
        uint64_t state = xorshift_seeded(63);

        for (int round = 0; round < DRAWN; round++) {
                uint16_t payers;
                struct incentive_contract *c;

                draw_signal(&laid, &state);
                if (!laid.signal.contract_count)
                        continue;
                add_up();
                payers = sum.payer_count;
                again = sum;
                c = lay_contract(&laid, "x/x/x");
                *c = laid.contracts[0];
                strcpy(c->contract.label.text, "split");
                add_up();
                ck_assert_uint_eq(sum.payer_count, payers);
                ck_assert(memcmp(&sum.cover, &again.cover, sizeof(sum.cover)) == 0);
        }
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("signal_sum");

        tcase_add_test(tests, the_clinic_of_three_payers);
        tcase_add_test(tests, the_ranked_list_has_total_cost_last_and_looks_behind_a_gate);
        tcase_add_test(tests, what_is_worth_the_same_is_ranked_by_stake_and_then_by_name);
        tcase_add_test(tests, of_edges_worth_the_same_the_nearer_is_told);
        tcase_add_test(tests, a_capability_said_both_ways_is_not_said);
        tcase_add_test(tests, a_patient_is_a_mean_by_panels_and_never_a_sum);
        tcase_add_test(tests, a_payer_in_two_contracts_is_one_payer_with_one_revenue);
        tcase_add_loop_test(tests, shares_are_told_only_of_what_is_known, 0, COUNT_OF(revenues));
        tcase_add_test(tests, opposite_directions_are_not_added);
        tcase_add_test(tests, a_measure_that_is_called_total_cost_is_no_total_cost);
        tcase_add_loop_test(tests, targets_are_compared, 0, COUNT_OF(targets));
        tcase_add_loop_test(tests, each_difference_is_told_apart, 0,
                            COUNT_OF(kinds_of_difference));
        tcase_add_loop_test(tests, the_next_edge_counts_where_it_can_be_reached, 0,
                            COUNT_OF(edges));
        tcase_add_test(tests, capabilities_are_counted_by_payer);
        tcase_add_test(tests, an_empty_signal_adds_up_to_nothing);
        tcase_add_test(tests, a_day_is_that_of_its_moment);
        tcase_add_test(tests, sums_of_anything_are_those_of_its_rows);
        tcase_add_test(tests, the_order_of_contracts_changes_nothing);
        tcase_add_test(tests, a_split_payer_says_the_same);
        tcase_set_timeout(tests, 60);
        return run_case(tests, "signal_sum");
}
