/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts in dispute: what a statement says of them in sentences, what is held, and that it reads
 * back from its file.
 */
#include <json-c/json.h>
#include <stdlib.h>

#include "clients/disputed.h"
#include "clients/statement-json.h"
#include "clients/statement_json.h"
#include "tests/clients/run.h"

static struct statement statement, again;

static const struct disputed_fact expenditure = {
        .kind = FACT_EXPENDITURE, .segment = { "hmo" }, .item = { "aged" },
        .period = { 19723, 20089 },
        .bearer = { 14, 0, { UNIT_CENTS, 9800000000, 1 } },
        .earner = { 17, 3, { UNIT_CENTS, 9740000000, 1 } },
};

static void build(int64_t by_bearer, int64_t by_earner, int64_t payable, enum side basis)
{
        memset(&statement, 0, sizeof(statement));
        statement.run = (struct run) { .contract = { { "plan" }, { "clinic" }, { "c" } },
                                       .period = { 19723, 20089 }, .kind = RUN_FINAL,
                                       .number = 1, .payment = 20376, .cut = 900 };
        statement.standing = STANDING_BINDING;
        statement.status = STATEMENT_CALCULATED;
        statement.terms_version = 1;
        statement.has_versions = true;
        statement.by_bearer = by_bearer;
        statement.by_earner = by_earner;
        statement.payable = payable;
        statement.earned = basis == SIDE_BEARER ? by_bearer : by_earner;
        statement.basis = basis;
        statement.disputed_count = 1;
        statement.disputed[0] = expenditure;
}

static const struct {
        const char *of;
        int64_t by_bearer, by_earner, payable;
        enum side basis;
        int64_t bearer_pays, earner_pays;       /* held */
        const char *says[3], *never;
} cases[] = {
        { "both say the bearer pays, the earner more", 500000, 800000, 500000, SIDE_BEARER,
          300000, 0,
          { "By the figures of plan, plan would pay clinic $ 5,000.00; by those of clinic, plan "
            "would pay clinic $ 8,000.00.",
            "Both agree on $ 5,000.00 at least: that much is payable. The lines follow the figures "
            "of plan.",
            "The other $ 3,000.00, which plan would pay if it is decided so, is held until then." },
          "nobody" },
        { "both say the earner owes", -800000, -500000, -500000, SIDE_EARNER, 0, 300000,
          { "plan, clinic would pay plan $ 8,000.00", "Both agree on $ 5,000.00 at least",
            "The other $ 3,000.00, which clinic would pay if it is decided so" }, "nobody" },
        { "they do not agree who pays", -200000, 400000, 0, SIDE_BEARER, 400000, 200000,
          { "There is no amount that both agree on: nothing is payable yet.",
            "Held until it is decided: $ 4,000.00 that plan would pay, and $ 2,000.00 that clinic "
            "would pay; one of them at most will be.", "clinic would pay plan $ 2,000.00" },
          "at least" },
        { "one of them says nobody pays", 0, 400000, 0, SIDE_BEARER, 400000, 0,
          { "By the figures of plan, nobody would pay anything",
            "There is no amount that both agree on", "The other $ 4,000.00" }, "at most" },
        { "too little to hold anything for", 500000, 599999, 500000, SIDE_NEITHER, 0, 0,
          { "The two are so near to each other that the terms hold nothing for it: the figures of "
            "record count.", "plan would pay", "log entry" }, "held until" },
        { "it comes to the same", 500000, 500000, 500000, SIDE_EARNER, 0, 0,
          { "It comes to the same by both: nothing is held. The lines follow the figures of "
            "clinic.", "plan would pay", "log entry" }, "held until" },
};

struct heard {
        char text[4096];
};

static void hear(void *with, const char *sentence)
{
        struct heard *heard = with;

        strncat(heard->text, sentence, sizeof(heard->text) - strlen(heard->text) - 2);
        strcat(heard->text, "\n");
}

START_TEST(what_is_in_dispute_is_said_in_sentences)
{
        struct heard heard = { "" };
        struct held held;

        build(cases[_i].by_bearer, cases[_i].by_earner, cases[_i].payable, cases[_i].basis);
        held = disputed_held(&statement);
        ck_assert_msg(held.bearer_pays == cases[_i].bearer_pays &&
                      held.earner_pays == cases[_i].earner_pays, "%s", cases[_i].of);
        disputed_says(&statement, NULL, hear, &heard);
        ck_assert_msg(strstr(heard.text, "expenditure[aged] of hmo of 2024: plan says "
                             "$ 98,000,000.00 (log entry 14), clinic says $ 97,400,000.00 (log "
                             "entry 17).\n") == heard.text, "%s: %s", cases[_i].of, heard.text);
        for (size_t i = 0; i < 3; i++)
                ck_assert_msg(strstr(heard.text, cases[_i].says[i]), "%s: no \"%s\" in %s",
                              cases[_i].of, cases[_i].says[i], heard.text);
        ck_assert_msg(!strstr(heard.text, cases[_i].never), "%s: \"%s\" in %s", cases[_i].of,
                      cases[_i].never, heard.text);
}
END_TEST

START_TEST(figures_of_files_are_said_to_be_in_them)
{
        const struct origins origins = { .facts = { [13] = "payer.json" } };
        struct heard heard = { "" };

        build(500000, 800000, 500000, SIDE_BEARER);
        disputed_says(&statement, &origins, hear, &heard);
        ck_assert_ptr_nonnull(strstr(heard.text, "(payer.json, row 0), clinic"));
        ck_assert_ptr_nonnull(strstr(heard.text, "(log entry 17)."));
}
END_TEST

START_TEST(more_facts_than_fit_are_told_of)
{
        struct heard heard = { "" };

        build(500000, 800000, 500000, SIDE_BEARER);
        statement.disputed_more = 12;
        disputed_says(&statement, NULL, hear, &heard);
        ck_assert_ptr_nonnull(strstr(heard.text, "And 12 more facts"));
        memset(&heard, 0, sizeof(heard));
        statement.has_versions = false;
        disputed_says(&statement, NULL, hear, &heard);
        ck_assert_ptr_nonnull(strstr(heard.text, "It cannot be settled by both sides' figures"));
}
END_TEST

/* Recoupment and dispute are told apart: what lines come to, and what of it is payable. */
START_TEST(the_result_tells_what_is_payable_of_what_was_earned)
{
        char text[RESULT_MAX];

        build(-200000, 400000, 0, SIDE_BEARER);
        statement_result(&statement, text);
        ck_assert_ptr_nonnull(strstr(text, "Neither side pays anything. Facts are in dispute: by "
                                           "the figures that these lines follow it would be "
                                           "-$ 2,000.00."));
        ck_assert_ptr_null(strstr(text, "advances"));
        build(500000, 800000, 500000, SIDE_BEARER);
        statement.earned = 600000;
        statement_result(&statement, text);
        ck_assert_ptr_nonnull(strstr(text, "Earned: $ 6,000.00; the difference recoups advances."));
}
END_TEST

static void write_and_read(void)
{
        const struct accord_statement around = { .statement = &statement, .index = 950 };
        struct json_object *object = statement_object(&around, NULL, NULL), *document = NULL;
        static struct complaints to;
        struct json_object *with = NULL;
        const char *text;

        json_object_object_add(object, "schema", json_object_new_string(STATEMENT_SCHEMA));
        json_object_object_add(object, "lines", json_object_new_array());
        text = json_object_to_json_string(object);
        memset(&to, 0, sizeof(to));
        ck_assert_msg(statement_from_json(text_of(text), &again, &document, &with, &to) == 0,
                      "%s: %s in %s", to.list[0].where, to.list[0].says, text);
        json_object_put(document);
        json_object_put(object);
}

START_TEST(what_is_in_dispute_reads_back)
{
        build(-200000, 400000, 0, SIDE_EARNER);
        statement.disputed_more = 3;
        statement.disputed_count = 2;
        statement.disputed[1] = (struct disputed_fact) {
                .kind = FACT_QUALITY_SCORE, .period = { 19723, 20089 },
                .bearer = { 20, 1, { UNIT_RATE, 9, 10 } }, .earner = { 21, 2, { UNIT_RATE, 1, 3 } },
        };
        statement.fact_count = 1;
        statement.facts[0] = (struct used_fact) {
                .index = 30, .kind = FACT_HEAD_COUNT, .side = SIDE_BEARER, .decided = true,
                .period = { 19723, 20089 }, .value = { UNIT_COUNT, 1000, 1 } };
        write_and_read();
        ck_assert(again.has_versions && again.by_bearer == -200000 && again.by_earner == 400000);
        ck_assert_int_eq(again.basis, SIDE_EARNER);
        ck_assert_uint_eq(again.disputed_count, 2);
        ck_assert_uint_eq(again.disputed_more, 3);
        ck_assert_int_eq(memcmp(again.disputed, statement.disputed, 2 * sizeof(again.disputed[0])),
                         0);
        ck_assert(again.facts[0].decided);
        build(1, 1, 1, SIDE_BEARER);
        statement.has_versions = false;
        statement.disputed_count = 0;
        write_and_read();
        ck_assert(!again.has_versions && !again.disputed_count);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("disputed");

        tcase_add_loop_test(tests, what_is_in_dispute_is_said_in_sentences, 0, COUNT_OF(cases));
        tcase_add_test(tests, figures_of_files_are_said_to_be_in_them);
        tcase_add_test(tests, more_facts_than_fit_are_told_of);
        tcase_add_test(tests, the_result_tells_what_is_payable_of_what_was_earned);
        tcase_add_test(tests, what_is_in_dispute_reads_back);
        return run_case(tests, "disputed");
}
