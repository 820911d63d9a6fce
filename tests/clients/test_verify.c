/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A statement held against what the parties signed, as its bundle has it: made again line by line;
 * and each way in which a hub could say something else is named. That entries are in the hub's tree
 * and signed is for the command line's test, where there is a hub.
 */
#include <inttypes.h>
#include <stdio.h>

#include "clients/lib/accord.h"
#include "clients/terms_json.h"
#include "clients/verify.h"
#include "core/own.h"
#include "proto/wire.h"
#include "tests/clients/run.h"

static const char terms_text[] =
        "{\"schema\":\"accord.terms.v1\",\"contract\":\"acme/clinic/tcoc\",\"title\":\"Halves\","
        "\"version\":1,\"effective\":\"2024-01-01\",\"signed_on\":\"2024-01-01\","
        "\"agreement\":{\"from\":\"2024-01-01\",\"through\":\"2024-12-31\"},"
        "\"periods\":[{\"from\":\"2024-01-01\",\"through\":\"2024-12-31\"}],"
        "\"applies\":\"next_period\",\"standing\":\"binding\",\"lookback_months\":36,"
        "\"runout_months\":3,"
        "\"segments\":[{\"name\":\"all\",\"business\":\"commercial\",\"insured\":true}],"
        "\"rules\":[{\"kind\":\"expenditure\",\"of_record\":\"bearer\",\"other\":\"must\"},"
        "{\"kind\":\"benchmark\",\"of_record\":\"bearer\",\"other\":\"none\"},"
        "{\"kind\":\"head_count\",\"of_record\":\"bearer\",\"other\":\"none\"}],"
        "\"steps\":[{\"step\":\"attribute@1\"},{\"step\":\"expenditure@1\",\"unit\":\"total\"},"
        "{\"step\":\"target@1\",\"unit\":\"total\"},{\"step\":\"savings@1\"},"
        "{\"step\":\"corridor-gate@1\",\"minimum\":\"none\"},{\"step\":\"share@1\",\"up\":\"50%\"},"
        "{\"step\":\"post@1\",\"unit\":\"cent\",\"rounding\":\"half_away\"}]}";

#define CUT 20

static struct terms terms;
static struct statement statement;
static struct bundle bundle;
static struct stated stated;
static struct verify verify;
static struct reach reach;
static struct cli cli;
static struct call call;
static char *said;
static size_t said_size;
static FILE *stream;

/* ---- what the parties said, as entries */

static struct event figure(enum fact_kind kind, int64_t num)
{
        struct event event = { .kind = EVENT_FACT };

        event.fact.key = (struct fact_key) { .scope = SCOPE_CONTRACT, .kind = kind,
                                             .period = terms.periods[0],
                                             .paid_through = DATE_NONE };
        event.fact.value = (struct value) { fact_kind_info(kind)->unit, num, 1 };
        return event;
}

/* An entry at @index with these figures, by @party. */
static void enter(uint64_t index, const char *party, const struct event *events, uint32_t count)
{
        static uint8_t body[65536], whole[65536];
        struct sink to = sink_on(body, sizeof(body)), all = sink_on(whole, sizeof(whole));
        struct submission submission = { .format = 1, .contract = terms.contract, .sequence = 1,
                                         .events = events, .event_count = count };
        struct kept_entry entry = { .index = index, .kind = ENTRY_SUBMISSION };
        char signature[64] = { 0 };

        snprintf(submission.sender.party.text, sizeof(submission.sender.party.text), "%s", party);
        snprintf(submission.sender.node.text, sizeof(submission.sender.node.text), "main");
        ck_assert_int_eq(wire_write_submission_body(&to, &submission), 0);
        ck_assert_int_eq(wire_write_signed_submission(&all, sink_bytes(&to),
                                                      (struct bytes) { signature, 64 }), 0);
        entry.bytes = sink_bytes(&all);
        ck_assert_int_eq(bundle_add(&bundle, &entry), 0);
}

/* The statement that an honest hub makes of facts, all by the bearer but those of @other. */
static void settle_honestly(const struct fact *facts, size_t count)
{
        const struct settle_inputs inputs = { .facts = facts, .fact_count = count };
        const struct run run = { .contract = terms.contract, .period = terms.periods[0],
                                 .kind = RUN_FINAL, .number = 1,
                                 .payment = terms.periods[0].until + 90, .cut = CUT };

        settle(&terms, &run, &inputs, &statement);
        statement.terms_version = 1;
        ck_assert_int_eq(statement.status, STATEMENT_CALCULATED);
}

static struct fact fact_of(const struct event *event, uint64_t index, uint32_t place)
{
        return (struct fact) { .key = event->fact.key, .value = event->fact.value, .index = index,
                               .event = place, .side = SIDE_BEARER };
}

/* Entry 10 has the payer's three figures; what was made of them is the statement. */
static void begin(void)
{
        struct complaints to = { 0 };
        struct event events[3];
        struct fact facts[3];

        ck_assert_int_eq(terms_from_json(text_of(terms_text), &terms, &to), 0);
        events[0] = figure(FACT_BENCHMARK, 100000000);
        events[1] = figure(FACT_EXPENDITURE, 90000000);
        events[2] = figure(FACT_HEAD_COUNT, 1000);
        bundle = (struct bundle) { .run = CUT };
        enter(10, "acme", events, 3);
        for (uint32_t i = 0; i < 3; i++)
                facts[i] = fact_of(&events[i], 10, i);
        settle_honestly(facts, 3);

        stated = (struct stated) { .bundle = &bundle, .what = "statement 20",
                                   .statement = &statement, .terms = &terms };
        ck_assert_int_eq(arena_new(&stated.work, WIRE_ARENA_SIZE), 0);
        stream = open_memstream(&said, &said_size);
        cli = (struct cli) { .format = FORMAT_CSV };
        snprintf(reach.profile.node.party.text, sizeof(reach.profile.node.party.text), "acme");
        call = (struct call) { .cli = &cli };
        ck_assert_int_eq(out_new(&call.out, &cli, stream), 0);
        verify = (struct verify) { .call = &call, .reach = &reach };
}

static void end(void)
{
        out_cleanup(&call.out);
        fclose(stream);
        free(said);
        free(stated.facts);
        arena_free(&stated.work);
        bundle_cleanup(&bundle);
}

static const char *verify_it(void)
{
        static const struct column columns[] = {
                COLUMN("what", "WHAT"), COLUMN("holds", "HOLDS"), COLUMN("how_many", "HOW MANY"),
                COLUMN("says", "SAYS"), COLUMNS_END,
        };

        out_begin(call.out, "check", columns);
        ck_assert_int_eq(verify_facts(&verify, &stated), EXIT_DONE);
        if (!stated.failed)
                ck_assert_int_eq(verify_settle(&verify, &stated), EXIT_DONE);
        if (!stated.failed)
                ck_assert_int_eq(verify_own(&verify, &stated), EXIT_DONE);
        out_end(call.out);
        fflush(stream);
        return said;
}

/* ---- what a hub could do */

static void nothing(void)
{
}

static void payable_more(void)
{
        statement.payable += 100;
}

static void earned_more(void)
{
        statement.earned += 1;
}

static void a_line_otherwise(void)
{
        statement.lines[1].num += 1;
}

static void a_line_less(void)
{
        statement.line_count--;
}

static void an_amount_altered(void)
{
        for (uint16_t i = 0; i < statement.fact_count; i++)
                if (statement.facts[i].kind == FACT_EXPENDITURE)
                        statement.facts[i].value.num -= 1;
}

static void of_the_other_side(void)
{
        for (uint16_t i = 0; i < statement.fact_count; i++)
                if (statement.facts[i].kind == FACT_EXPENDITURE)
                        statement.facts[i].side = SIDE_EARNER;
}

static void of_another_entry(void)
{
        struct event event = figure(FACT_HEAD_COUNT, 90000000);

        enter(11, "acme", &event, 1);
        for (uint16_t i = 0; i < statement.fact_count; i++)
                if (statement.facts[i].kind == FACT_EXPENDITURE) {
                        statement.facts[i].index = 11;
                        statement.facts[i].event = 0;
                }
}

/* The payer corrected its figure before the run, and the hub went on with the old one. */
static void a_correction_left_out(void)
{
        struct event event = figure(FACT_EXPENDITURE, 95000000);

        enter(15, "acme", &event, 1);
}

/* Only behind the cut. */
static void a_correction_too_late(void)
{
        struct event event = figure(FACT_EXPENDITURE, 95000000);

        enter(25, "acme", &event, 1);
}

static void what_the_terms_do_not_read(void)
{
        struct event event = figure(FACT_PERSON_YEARS, 950);

        enter(15, "acme", &event, 1);
}

static void from_behind_the_cut(void)
{
        statement.run.cut = 5;
}

static void an_entry_of_others(void)
{
        bundle.entries[0].bytes.size = 0;
}

static const struct {
        const char *of;
        void (*does)(void);
        bool holds, open;
        const char *says;
} cases[] = {
        { "honest", nothing, true, false, "made again from terms and figures, line by line" },
        { "more payable", payable_more, false, false, "what is payable" },
        { "more earned", earned_more, false, false, "what is earned" },
        { "another figure in a line", a_line_otherwise, false, false, "something else: " },
        { "a line less", a_line_less, false, false, "the number of its lines" },
        { "an amount altered", an_amount_altered, false, false,
          "expenditure of entry 10 is not what its party signed" },
        { "as if the other side had said it", of_the_other_side, false, false,
          "expenditure of entry 10 is not what" },
        { "as if another entry said it", of_another_entry, false, false,
          "expenditure of entry 11 is not what" },
        { "a correction left out", a_correction_left_out, false, false,
          "expenditure of entry 15, this party's own, is left out" },
        { "a correction behind the cut", a_correction_too_late, true, false, "figures are in it" },
        { "a figure that its terms do not read", what_the_terms_do_not_read, true, false,
          "figures are in it" },
        { "a figure from behind the cut", from_behind_the_cut, false, false, "of entry 10" },
        { "entries that are not ours to read", an_entry_of_others, true, true,
          "not this party's to read" },
};

START_TEST(what_a_statement_says_is_held_against_what_was_signed)
{
        const char *text;

        cases[_i].does();
        text = verify_it();
        ck_assert_msg(verify.failed == !cases[_i].holds && stated.failed == !cases[_i].holds &&
                      stated.open == cases[_i].open, "%s: %s", cases[_i].of, text);
        ck_assert_msg(strstr(text, cases[_i].says), "%s: %s", cases[_i].of, text);
}
END_TEST

/* Both sides said something of the cost, and the statement follows one and holds the rest. */
static void dispute(void)
{
        struct event theirs = figure(FACT_EXPENDITURE, 80000000);
        struct disputed_fact *disputed = &statement.disputed[0];

        enter(12, "clinic", &theirs, 1);
        statement.has_versions = true;
        statement.by_bearer = statement.payable;
        statement.by_earner = statement.payable + 5000000;
        statement.basis = SIDE_BEARER;
        statement.disputed_count = 1;
        *disputed = (struct disputed_fact) { .kind = FACT_EXPENDITURE,
                                             .period = terms.periods[0],
                                             .bearer = { 10, 1, { UNIT_CENTS, 90000000, 1 } },
                                             .earner = { 12, 0, { UNIT_CENTS, 80000000, 1 } } };
}

START_TEST(both_versions_of_what_is_in_dispute_are_made_again)
{
        const char *text;

        dispute();
        statement.by_earner += _i;
        text = verify_it();
        ck_assert_msg(verify.failed == (_i == 1), "%s", text);
        if (_i == 1)
                ck_assert_ptr_nonnull(strstr(text, "either side's version"));
}
END_TEST

START_TEST(a_disputed_figure_is_what_its_side_signed)
{
        dispute();
        statement.disputed[0].earner.value.num -= 1;
        ck_assert_ptr_nonnull(strstr(verify_it(), "expenditure of entry 12 is not what"));
        ck_assert(verify.failed);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("verify");

        tcase_add_checked_fixture(tests, begin, end);
        tcase_add_loop_test(tests, what_a_statement_says_is_held_against_what_was_signed, 0,
                            COUNT_OF(cases));
        tcase_add_loop_test(tests, both_versions_of_what_is_in_dispute_are_made_again, 0, 2);
        tcase_add_test(tests, a_disputed_figure_is_what_its_side_signed);
        return run_case(tests, "verify");
}
