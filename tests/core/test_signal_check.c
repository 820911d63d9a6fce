/* SPDX-License-Identifier: Apache-2.0 */
/* What cannot be added up is found out before it is: whatever can be wrong, one at a time. */
#include <stdio.h>

#include "tests/core/run.h"
#include "tests/core/signalling.h"

static struct laid_signal laid;
static struct signal_sum sum;

#define C (&laid.contracts[1])
#define R (&laid.rows[1].is)

static void nothing(void) {}
static void no_party(void) { laid.signal.party.text[0] = '\0'; }
static void no_day(void) { laid.signal.time = INT64_MAX; }
static void many_contracts(void) { laid.signal.contract_count = SIGNAL_CONTRACTS_MAX + 1; }
static void many_rows(void) { laid.signal.row_count = SIGNAL_ROWS_MAX + 1; }
static void many_needs(void) { laid.signal.need_count = SIGNAL_NEEDS_MAX + 1; }
static void no_revenue_period(void) { laid.signal.revenue_period.until = 0; }
static void negative_revenue(void) { laid.signal.all_source_revenue = -1; }
static void huge_revenue(void) { laid.signal.all_source_revenue = SIGNAL_CENTS_MAX + 1; }
static void no_contract(void) { memset(&C->contract, 0, sizeof(C->contract)); }
static void no_period(void) { C->period.until = C->period.from; }
static void no_such_day(void) { C->payment = DATE_LAST + 1; }
static void no_standing(void) { C->standing = 0; }
static void other_standing(void) { C->standing = 4; }
static void more_than_all(void) { C->share = (struct rate) { 3, 2 }; }
static void negative_share(void) { C->share = (struct rate) { -1, 2 }; }
static void negative_den(void) { C->share = (struct rate) { -1, -2 }; }
static void no_den(void) { C->share = (struct rate) { 1, 0 }; }
static void huge_low(void) { C->low = SIGNAL_CENTS_MAX + 1; }
static void huge_most(void) { C->most = -SIGNAL_CENTS_MAX - 1; }
static void negative_pay(void) { C->revenue = -1; }
static void many_members(void) { C->members = COUNT_MAX + UINT64_C(1); }
static void twice(void) { laid.contracts[2].contract = laid.contracts[1].contract; }
static void no_kind(void) { R->of = 0; }
static void other_kind(void) { R->of = 4; }
static void no_concept(void) { R->key.concept.text[0] = '\0'; }
static void no_direction(void) { R->key.direction = 0; }
static void huge_point(void) { R->point[FORECAST_HIGH] = INT64_MIN; }
static void huge_stake(void) { R->stake = INT64_MAX; }
static void huge_worth(void) { R->edge_worth = INT64_MAX; }
static void huge_patient(void) { R->has_patient = true, R->patient = INT64_MAX; }
static void many_met(void) { R->has_counts = true, R->numerator = UINT64_MAX; }
static void many_people(void) { R->has_counts = true, R->denominator = UINT64_MAX; }
static void many_left(void) { R->has_reachable = true, R->reachable = UINT64_MAX; }
static void no_target(void) { R->has_target = true, R->target = (struct rate) { 1, 0 }; }
static void long_target(void) { R->has_target = true, R->target = (struct rate) { 1, INT64_MAX }; }
static void no_edge(void) { R->edge = 5, R->edge_steps = 1; }
static void at_the_edge(void) { R->edge = EDGE_GATE, R->edge_steps = 0; }
static void far_edge(void) { R->edge = EDGE_GATE, R->edge_steps = INT64_MAX; }
static void out_of_place(void) { laid.rows[4].contract = 4; }
static void out_of_order(void) { laid.rows[0].contract = 2; }
static void need_of_none(void) { laid.needs[2].contract = 4; }
static void need_not_said(void) { laid.needs[2].has = 0; }
static void need_said_else(void) { laid.needs[2].has = 4; }

static const struct {
        void (*wrong)(void);
        const char *says;       /* NULL: nothing is wrong */
} cases[] = {
        { nothing, NULL },
        { no_party, "whose" },                  { no_day, "of which day" },
        { many_contracts, "longer" },           { many_rows, "longer" },
        { many_needs, "longer" },               { no_revenue_period, "all sources" },
        { negative_revenue, "all sources" },    { huge_revenue, "all sources" },
        { no_contract, "no name or no days" },  { no_period, "no name or no days" },
        { no_such_day, "no name or no days" },  { no_standing, "standing" },
        { other_standing, "standing" },         { more_than_all, "share" },
        { negative_share, "share" },            { negative_den, "share" },
        { no_den, "share" },                    { huge_low, "amount of a contract" },
        { huge_most, "amount of a contract" },  { negative_pay, "amount of a contract" },
        { many_members, "more members" },       { twice, "twice" },
        { no_kind, "what it is of" },           { other_kind, "what it is of" },
        { no_concept, "what it is of" },        { no_direction, "no direction" },
        { huge_point, "amount of a row" },      { huge_stake, "amount of a row" },
        { huge_worth, "amount of a row" },      { huge_patient, "amount of a row" },
        { many_met, "more people" },            { many_people, "more people" },
        { many_left, "more people" },           { no_target, "no rate" },
        { long_target, "no rate" },             { no_edge, "edge" },
        { at_the_edge, "edge" },                { far_edge, "edge" },
        { out_of_place, "order of contracts" }, { out_of_order, "order of contracts" },
        { need_of_none, "need" },               { need_not_said, "need" },
        { need_said_else, "need" },
};

START_TEST(each_fault_is_found)
{
        const char *says;

        lay_clinic(&laid);
        cases[_i].wrong();
        says = incentive_signal_fault(&laid.signal);
        if (!cases[_i].says)
                ck_assert_msg(!says, "%s", says);
        else
                ck_assert_msg(says && strstr(says, cases[_i].says), "case %d: \"%s\" instead of "
                              "\"%s\"", _i, says ? says : "nothing", cases[_i].says);
}
END_TEST

/* As large as it may be, everywhere: nothing overflows. */
START_TEST(the_largest_there_is_adds_up)
{
        lay_signal(&laid);
        laid.signal.has_revenue = true;
        laid.signal.all_source_revenue = SIGNAL_CENTS_MAX;
        laid.signal.revenue_period = (struct period) { 0, 1 };
        for (int i = 0; i < SIGNAL_CONTRACTS_MAX; i++) {
                struct incentive_contract *c;
                char text[64];

                snprintf(text, sizeof(text), "payer%d/cascade/x", i);
                c = lay_contract(&laid, text);
                c->share = (struct rate) { INT64_MAX - 1, INT64_MAX };
                c->low = c->central = c->high = c->least = c->most = SIGNAL_CENTS_MAX;
                c->has_revenue = true;
                c->revenue = SIGNAL_CENTS_MAX;
                for (int row = 0; row < SIGNAL_ROWS_MAX / SIGNAL_CONTRACTS_MAX; row++) {
                        struct incentive *is = lay_row(&laid, "cbp", SIGNAL_CENTS_MAX,
                                                       SIGNAL_CENTS_MAX);

                        is->denominator = is->reachable = COUNT_MAX;
                        is->has_reachable = is->has_patient = is->has_target = true;
                        is->patient = -SIGNAL_CENTS_MAX;
                        is->target = (struct rate) { RATE_PART_MAX, RATE_PART_MAX - row };
                        is->edge = EDGE_GATE;
                        is->edge_steps = 1;
                        is->edge_worth = SIGNAL_CENTS_MAX;
                }
        }
        ck_assert_ptr_null(incentive_signal_fault(&laid.signal));
        signal_sum(&laid.signal, signal_tolerance, &sum);
        ck_assert_uint_eq(sum.concept_count, 1);
        ck_assert_int_eq(sum.concepts[0].stake, SIGNAL_ROWS_MAX * SIGNAL_CENTS_MAX);
        ck_assert(sum.concepts[0].patient.num == -SIGNAL_CENTS_MAX);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("signal_check");

        tcase_add_loop_test(tests, each_fault_is_found, 0, COUNT_OF(cases));
        tcase_add_test(tests, the_largest_there_is_adds_up);
        return run_case(tests, "signal_check");
}
