/* SPDX-License-Identifier: Apache-2.0 */
/* What a clinician is told of a signal: each sentence, word for word. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clients/json.h"
#include "clients/signal-view.h"
#include "core/community.h"
#include "tests/clients/run.h"
#include "tests/core/signalling.h"

static struct laid_signal laid;
static struct signal_sum sum;
static struct signal_view view;
static char *text;
static size_t size;

static void add_up(void)
{
        const char *fault = incentive_signal_fault(&laid.signal);

        ck_assert_msg(!fault, "%s", fault);
        signal_sum(&laid.signal, signal_tolerance, &sum);
        view.signal = &laid.signal;
        view.sum = &sum;
}

static const struct signal_concept *concept(const char *name)
{
        for (uint16_t i = 0; i < sum.concept_count; i++)
                if (strcmp(sum.concepts[i].concept.text, name) == 0)
                        return &sum.concepts[i];
        ck_abort_msg("no concept %s", name);
}

static const char *said_of(const char *name)
{
        FILE *to = open_memstream(&text, &size);

        add_up();
        signal_say_concept(to, &view, concept(name));
        fclose(to);
        return text;
}

static void begin(void)
{
        view = (struct signal_view) { .titles = NULL };
        lay_signal(&laid);
}

static void end(void)
{
        free(text);
        text = NULL;
}

static void has(const char *words)
{
        ck_assert_msg(strstr(text, words), "not \"%s\" in: %s", words, text);
}

static void has_not(const char *words)
{
        ck_assert_msg(!strstr(text, words), "\"%s\" in: %s", words, text);
}

START_TEST(the_sentence_of_the_clinic)
{
        lay_clinic(&laid);
        ck_assert_str_eq(said_of("cbp"),
                "Blood pressure: 3 of 4 payers pay for it, medicare, northstar and state-medicaid "
                "(62 % of your revenue; 20 % comes from payers that are not here). medicare is not "
                "here: what is known of it was relayed. One point on all three panels, about 41 "
                "patients, is worth $ 11,400 at today's forecast ($ 0 to $ 15,000), paid to "
                "cascade-aco and you about October 2027. They do not ask for "
                "the same target: medicare 70 %, northstar 71 %, state-medicaid 62 %. "
                "state-medicaid excludes dialysis patients. About 1,640 patients can still be "
                "reached: the period ends on 31 December 2026, in 123 days. Claims paid to 31 "
                "August 2026.");
}
END_TEST

START_TEST(behind_a_gate_nothing_changes_and_the_gate_is_told)
{
        lay_clinic(&laid);
        said_of("bcs");
        has("Breast cancer screening: 1 of 4 payers pays for it, northstar (20 % of your revenue; "
            "20 % comes from payers that are not here). ");
        has(" One point on its panel, about 10 patients, brings no payment change at today's "
            "forecast. ");
        has_not("($");
        has_not("paid to you");
        has(" Two points more with northstar reach a gate, which is worth $ 1,500 in all.");
}
END_TEST

START_TEST(total_cost_goes_by_dollars)
{
        lay_clinic(&laid);
        said_of(CONCEPT_TOTAL_COST);
        has("Total cost of care: 1 of 4 payers pays for it, medicare ");
        has(" One dollar less for each member and year, about 1,000 members, is worth $ 400 at "
            "today's forecast, paid to cascade-aco about October 2027.");
}
END_TEST

START_TEST(what_was_is_not_called_today)
{
        lay_clinic(&laid);
        view.past = true;
        said_of("cbp");
        has("at the forecast of 31 August 2026 ($ 0 to $ 15,000)");
}
END_TEST

/* ---- one payer, and each figure of it */

static struct incentive_contract *one_payer(int64_t low, int64_t point, int64_t high)
{
        struct incentive_contract *c = lay_contract(&laid, "northstar/cascade/vbc");
        struct incentive *is = lay_row(&laid, "cbp", point, 100000);

        is->point[FORECAST_LOW] = low;
        is->point[FORECAST_HIGH] = high;
        return c;
}

static const struct {
        const char *says;
        int64_t low, point, high;
        const char *words;
} worths[] = {
        { "a sum", 100000, 100000, 100000, " is worth $ 1,000 at today's forecast, paid to you" },
        { "a range", 0, 150000, 200000,
          " is worth $ 1,500 at today's forecast ($ 0 to $ 2,000), paid to you" },
        { "the low forecast pays more", 300000, 150000, 200000, "($ 1,500 to $ 3,000)" },
        { "nothing", 0, 0, 0, " brings no payment change at today's forecast. " },
        { "nothing now", 0, 0, 20000,
          " brings no payment change at today's forecast ($ 0 to $ 200), paid to you" },
        { "less", -30000, -30000, 0,
          " lowers what is paid by $ 300 at today's forecast (-$ 300 to $ 0), paid to you" },
        { "cents", 40, 40, 40, " is worth $ 0.40 at today's forecast" },
        { "a hundred dollars without cents", 10050, 10050, 10050, " is worth $ 101 at" },
        { "just below", 9950, 9950, 9950, " is worth $ 99.50 at" },
        { "whole dollars", 5000, 5000, 5000, " is worth $ 50 at" },
};

START_TEST(what_a_point_is_worth)
{
        one_payer(worths[_i].low, worths[_i].point, worths[_i].high);
        said_of("cbp");
        ck_assert_msg(strstr(text, worths[_i].words), "%s: not \"%s\" in: %s", worths[_i].says,
                      worths[_i].words, text);
}
END_TEST

static const struct {
        const char *says;
        uint64_t denominator;
        struct rate share;
        bool counted;
        const char *words;
} panels[] = {
        { "many", 4130, { 1, 1 }, true, "One point on its panel, about 41 patients, is" },
        { "one", 100, { 1, 1 }, true, ", about one patient, is" },
        { "hardly one", 30, { 1, 1 }, true, ", less than one patient, is" },
        { "none", 0, { 1, 1 }, true, ", no patients, is" },
        { "a part", 4130, { 1, 2 }, true, ", about 21 patients, is" },
        { "no part", 4130, { 0, 0 }, true, ", no patients, is" },
        { "nobody counted", 0, { 1, 1 }, false, "One point on its panel is" },
};

START_TEST(how_many_people_a_point_is)
{
        one_payer(100, 100, 100)->share = panels[_i].share;
        laid.rows[0].is.denominator = panels[_i].denominator;
        laid.rows[0].is.has_counts = panels[_i].counted;
        said_of("cbp");
        ck_assert_msg(strstr(text, panels[_i].words), "%s: not \"%s\" in: %s", panels[_i].says,
                      panels[_i].words, text);
}
END_TEST

static const struct {
        const char *says;
        int64_t all, revenue;   /* < 0: not stated */
        const char *words;
} revenues[] = {
        { "all of it", 1000, 1000, "1 payer pays for it, northstar (100 % of your revenue)." },
        { "a part", 1000, 615,
          "northstar (61.5 % of your revenue; 38.5 % comes from payers that are not here)." },
        { "hardly any", 1000000, 1, "(less than 0.1 % of your revenue; more than 99.9 % comes" },
        { "all is not stated", -1, 615, "(its part of your revenue is not known)." },
        { "its own is not stated", 1000, -1, "(its part of your revenue is not known)." },
        { "more than all", 1000, 1001, "(its part of your revenue is not known)." },
};

START_TEST(which_part_of_the_revenue_it_is)
{
        struct incentive_contract *c = one_payer(100, 100, 100);

        laid.signal.has_revenue = revenues[_i].all >= 0;
        laid.signal.all_source_revenue = revenues[_i].all >= 0 ? revenues[_i].all : 0;
        laid.signal.revenue_period = c->period;
        c->has_revenue = revenues[_i].revenue >= 0;
        c->revenue = c->has_revenue ? revenues[_i].revenue : 0;
        said_of("cbp");
        ck_assert_msg(strstr(text, revenues[_i].words), "%s: not \"%s\" in: %s",
                      revenues[_i].says, revenues[_i].words, text);
}
END_TEST

/* ---- several payers */

static struct incentive *payers(int count, bool relayed)
{
        static const char *const names[] = { "a/cascade/x", "b/cascade/x", "c/cascade/x",
                                             "d/cascade/x", "e/cascade/x", "f/cascade/x",
                                             "g/cascade/x", "h/cascade/x", "i/cascade/x",
                                             "j/cascade/x", "k/cascade/x" };
        struct incentive *is = NULL;

        for (int i = 0; i < count; i++) {
                lay_contract(&laid, names[i])->relayed = relayed;
                is = lay_row(&laid, "cbp", 100, 1000);
        }
        return is;
}

START_TEST(what_some_do_not_state_is_a_bound)
{
        payers(2, false);
        laid.signal.has_revenue = true;
        laid.signal.all_source_revenue = 1000;
        laid.signal.revenue_period = laid.contracts[0].period;
        laid.contracts[0].has_revenue = true;
        laid.contracts[0].revenue = 615;
        said_of("cbp");
        has("(at least 61.5 % of your revenue; at most 38.5 % comes from payers that are not "
            "here)");
}
END_TEST

static const struct {
        const char *says;
        int count;
        bool relayed;
        const char *payers, *panels, *relay;
} crowds[] = {
        { "one", 1, false, "1 payer pays for it, a (", "on its panel,", NULL },
        { "two", 2, false, "2 payers pay for it, a and b (", "on both panels,", NULL },
        { "eleven", 11, false, "11 payers pay for it, a, b, c, d, e and 6 others (",
          "on all 11 panels,", NULL },
        { "one, relayed", 1, true, "1 payer", "on its panel,",
          " a is not here: what is known of it was relayed." },
        { "all relayed", 3, true, "3 payers", "on all three panels,",
          " None of them is here: what is known of them was relayed." },
};

START_TEST(how_many_payers_there_are)
{
        payers(crowds[_i].count, crowds[_i].relayed);
        said_of("cbp");
        has(crowds[_i].payers);
        has(crowds[_i].panels);
        if (crowds[_i].relay)
                has(crowds[_i].relay);
        else
                has_not("relayed");
}
END_TEST

START_TEST(some_relayed_are_named)
{
        payers(3, true);
        laid.contracts[0].relayed = false;
        said_of("cbp");
        has(" b and c are not here: what is known of them was relayed.");
}
END_TEST

START_TEST(opposite_directions_are_said_and_not_added)
{
        payers(3, false)->key.direction = DIRECTION_LESS;
        said_of("cbp");
        has(" One point more on the panels of a and b, about 20 patients, is worth $ 2 at");
        has(" One point less on the panel of c, about 10 patients, is worth $ 1 at");
        has(" They pull in opposite directions: a and b reward more of it, c less.");
}
END_TEST

START_TEST(each_difference_is_said)
{
        struct incentive *is = payers(2, false);

        is->key.version = name_of("2025");
        is->key.population = name_of("adults");
        is->excludes = name_of("hospice-patients");
        laid.contracts[1].period.until = date_of(2026, 7, 1);
        said_of("cbp");
        has(" They measure it by different specifications: a does not say, b 2025.");
        has(" They count different people: a does not say, b adults.");
        has(" b excludes hospice patients.");
        has(" Their periods differ: a 2026, b 2026-01-01..2026-06-30.");
        has(" The last period ends on 31 December 2026, in 123 days.");
}
END_TEST

static const struct {
        int64_t a, b;
        bool detail;
        const char *words;      /* NULL: nothing of targets */
} targets[] = {
        { 70, 70, false, NULL },
        { 70, 70, true, " They ask for the same target, 70 %." },
        { 70, 71, false, NULL },
        { 70, 71, true, " Their targets are near each other: a 70 %, b 71 %." },
        { 70, 75, false, " They do not ask for the same target: a 70 %, b 75 %." },
};

START_TEST(targets_are_said_where_it_matters)
{
        payers(2, false);
        view.detail = targets[_i].detail;
        for (int i = 0; i < 2; i++) {
                laid.rows[i].is.has_target = true;
                laid.rows[i].is.target = (struct rate) { i ? targets[_i].b : targets[_i].a, 100 };
        }
        said_of("cbp");
        if (targets[_i].words)
                has(targets[_i].words);
        else
                has_not("target");
}
END_TEST

START_TEST(a_patient_is_said_by_payer)
{
        payers(2, false);
        for (int i = 0; i < 2; i++) {
                laid.rows[i].is.has_patient = true;
                laid.rows[i].is.patient = 1000 + 2000 * i;
        }
        said_of("cbp");
        has_not("who has one payer");
        free(text);
        view.detail = true;
        said_of("cbp");
        has(" One patient more, who has one payer, is worth $ 10 with a, $ 30 with b; $ 20 in the "
            "mean over the panels.");
        has(" From its worst to its best $ 20 is at stake.");
}
END_TEST

static const struct {
        const char *says;
        date a, b;
        const char *words;
} payments[] = {
        { "together", 20000, 20001, ", paid to you about October 2024." },
        { "apart", 20000, 20040,
          ", paid to you about October 2024 and to you about November 2024." },
        { "not known", DATE_NONE, DATE_NONE, ", paid to you at a time not known yet." },
};

START_TEST(who_is_paid_and_when)
{
        payers(2, false);
        laid.contracts[0].payment = payments[_i].a;
        laid.contracts[1].payment = payments[_i].b;
        said_of("cbp");
        ck_assert_msg(strstr(text, payments[_i].words), "%s: %s", payments[_i].says, text);
}
END_TEST

START_TEST(many_payments_are_said_as_a_span)
{
        payers(5, false);
        for (int i = 0; i < 5; i++)
                laid.contracts[i].payment = date_of(2027, 3 + i, 1);
        said_of("cbp");
        has(", paid to you from March 2027 to July 2027.");
}
END_TEST

START_TEST(a_period_that_is_over_is_said)
{
        one_payer(100, 100, 100)->period = (struct period) { date_of(2025, 1, 1),
                                                             date_of(2026, 1, 1) };
        laid.rows[0].is.has_reachable = true;
        laid.rows[0].is.reachable = 100;
        said_of("cbp");
        has(" Its period ended on 31 December 2025: what is done now does not count for it.");
        has_not("can still be reached");
}
END_TEST

START_TEST(the_last_day_is_a_day)
{
        one_payer(100, 100, 100)->period.until = date_of(2026, 9, 1);
        said_of("cbp");
        has(" The period ends on 31 August 2026, in a day.");
}
END_TEST

START_TEST(a_score_has_no_panel)
{
        payers(2, false);
        for (int i = 0; i < 2; i++) {
                laid.rows[i].is.of = INCENTIVE_SCORE;
                laid.rows[i].is.has_counts = false;
        }
        said_of("cbp");
        has(" One point on both scores is worth $ 2 at today's forecast");
}
END_TEST

START_TEST(others_words_do_not_drive_the_terminal)
{
        struct charter *charter = calloc(1, sizeof(*charter));
        struct signal_titles titles = { charter };

        charter->specification_count = 1;
        charter->specifications[0].is.concept = name_of("cbp");
        strcpy(charter->specifications[0].title.text, "Pressure\033[2J");
        view.titles = &titles;
        one_payer(1, 1, 1);
        said_of("cbp");
        has("Pressure?[2J: ");
        free(charter);
}
END_TEST

/* ---- the whole, and what is presupposed */

static void say_whole(void)
{
        FILE *to = open_memstream(&text, &size);

        add_up();
        signal_say_whole(to, &view);
        fclose(to);
}

START_TEST(the_whole_is_said)
{
        lay_clinic(&laid);
        laid.signal.more = 1;
        say_whole();
        ck_assert_str_eq(text,
                "4 payers have contracts that pay you or a network of yours (80 % of your revenue; "
                "20 % comes from payers that are not here). 1 of them is not here: what "
                "is known of it was relayed. At today's forecast your part of the contracts comes "
                "to $ 12,000 ($ 0 to $ 31,000); between all at its worst and all at its best it is "
                "$ 0 to $ 0. 1 more contract did not fit, and is not in these figures.");
}
END_TEST

START_TEST(no_contract_is_said)
{
        say_whole();
        has("No contract that pays this party is in force");
}
END_TEST

static const struct {
        bool paid_a, paid_b;
        enum capability_said has;
        const char *words;
} needs[] = {
        { true, true, CAPABILITY_HAS,
          "a registry of patients by condition: a and b presuppose this and pay for it; you say "
          "that you have this." },
        { true, false, CAPABILITY_HAS_NOT,
          "a registry of patients by condition: a presupposes this and pays for it, b presupposes "
          "this without paying for it; you say that you do not have this." },
        { false, false, CAPABILITY_NOT_SAID,
          "a registry of patients by condition: a and b presuppose this without paying for it; you "
          "have not said whether you have this." },
};

START_TEST(capabilities_are_said)
{
        FILE *to;

        lay_contract(&laid, "a/cascade/x");
        lay_need(&laid, CAPABILITY_REGISTRY, needs[_i].paid_a, needs[_i].has);
        lay_contract(&laid, "b/cascade/x");
        lay_need(&laid, CAPABILITY_REGISTRY, needs[_i].paid_b, needs[_i].has);
        add_up();
        to = open_memstream(&text, &size);
        signal_say_need(to, &view, &sum.needs[0]);
        fclose(to);
        ck_assert_str_eq(text, needs[_i].words);
}
END_TEST

/* ---- whatever it is, it can be said */

START_TEST(anything_can_be_said)
{
        uint64_t state = 77;

        for (int round = 0; round < 200; round++) {
                FILE *to = open_memstream(&text, &size);

                draw_signal(&laid, &state);
                add_up();
                view.detail = round % 2;
                signal_page(to, &view, NULL);
                signal_svg(to, &view);
                signal_say_shortly(to, &view);
                json_object_put(signal_object(&view));
                fclose(to);
                has("as of entry 1,234");
                has("</svg>");
                free(text);
                text = NULL;
        }
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("signal_say");

        tcase_add_checked_fixture(tests, begin, end);
        tcase_add_test(tests, the_sentence_of_the_clinic);
        tcase_add_test(tests, behind_a_gate_nothing_changes_and_the_gate_is_told);
        tcase_add_test(tests, total_cost_goes_by_dollars);
        tcase_add_test(tests, what_was_is_not_called_today);
        tcase_add_loop_test(tests, what_a_point_is_worth, 0, COUNT_OF(worths));
        tcase_add_loop_test(tests, how_many_people_a_point_is, 0, COUNT_OF(panels));
        tcase_add_loop_test(tests, which_part_of_the_revenue_it_is, 0, COUNT_OF(revenues));
        tcase_add_test(tests, what_some_do_not_state_is_a_bound);
        tcase_add_loop_test(tests, how_many_payers_there_are, 0, COUNT_OF(crowds));
        tcase_add_test(tests, some_relayed_are_named);
        tcase_add_test(tests, opposite_directions_are_said_and_not_added);
        tcase_add_test(tests, each_difference_is_said);
        tcase_add_loop_test(tests, targets_are_said_where_it_matters, 0, COUNT_OF(targets));
        tcase_add_test(tests, a_patient_is_said_by_payer);
        tcase_add_loop_test(tests, who_is_paid_and_when, 0, COUNT_OF(payments));
        tcase_add_test(tests, many_payments_are_said_as_a_span);
        tcase_add_test(tests, a_period_that_is_over_is_said);
        tcase_add_test(tests, the_last_day_is_a_day);
        tcase_add_test(tests, a_score_has_no_panel);
        tcase_add_test(tests, others_words_do_not_drive_the_terminal);
        tcase_add_test(tests, the_whole_is_said);
        tcase_add_test(tests, no_contract_is_said);
        tcase_add_loop_test(tests, capabilities_are_said, 0, COUNT_OF(needs));
        tcase_add_test(tests, anything_can_be_said);
        return run_case(tests, "signal_say");
}
