/* SPDX-License-Identifier: Apache-2.0 */
/* An amount of another contract's statement: how it is named, which line it is, who states it. */
#include <string.h>

#include "core/admit.h"
#include "core/lines.h"
#include "core/upstream.h"
#include "tests/core/run.h"

static const struct {
        const char *item;
        uint64_t run;           /* 0: is none */
        const char *line;
} items[] = {
        { "1234:payable", 1234, "payable" },
        { "1:a", 1, "a" },
        { "18446744073709551615:earned", UINT64_MAX, "earned" },
        { "18446744073709551616:earned", 0, "" },
        { "99999999999999999999:earned", 0, "" },
        { "5:with:colons", 5, "with:colons" },
        { "", 0, "" },
        { "payable", 0, "" },
        { "1234", 0, "" },
        { "1234:", 0, "" },
        { ":payable", 0, "" },
        { "0:payable", 0, "" },
        { "01:payable", 0, "" },
        { "12x:payable", 0, "" },
        { "-1:payable", 0, "" },
        { "1234/payable", 0, "" },
};

START_TEST(an_item_names_a_run_and_a_line)
{
        struct upstream upstream;
        struct item item = { "" };

        memcpy(item.text, items[_i].item, strlen(items[_i].item));
        ck_assert_msg(upstream_parse(&item, &upstream) == (items[_i].run != 0), "%s",
                      items[_i].item);
        if (!items[_i].run)
                return;
        ck_assert_uint_eq(upstream.run, items[_i].run);
        ck_assert_str_eq(upstream.line, items[_i].line);
}
END_TEST

static struct statement statement;

static void add(enum line_code code, wide num, wide den, uint16_t item)
{
        statement.lines[statement.line_count++] = (struct line) {
                .code = (uint16_t)code, .unit = line_info(code)->unit, .num = num, .den = den,
                .item = item,
        };
}

static const struct {
        const char *line;
        bool is;
        int64_t cents;
} lines[] = {
        { "payable", true, -12345 },
        { "earned", true, 100 },                /* the last of two, and 99.5 is rounded away */
        { "shared", true, -100 },               /* -99.5 */
        { "fee", false, 0 },                    /* only of a category */
        { "sharing_rate", false, 0 },           /* no money */
        { "unpaid", true, MONEY_MAX },
        { "deficit_left", false, 0 },           /* more than money can be */
        { "savings", false, 0 },                /* not there */
        { "no-such-line", false, 0 },
        { "", false, 0 },
};

START_TEST(a_line_is_the_last_of_its_name_to_the_cent)
{
        int64_t cents = 0;

        statement.line_count = 0;
        add(LINE_EARNED, 7, 1, 0);
        add(LINE_SHARED, -199, 2, 0);
        add(LINE_EARNED, 199, 2, 0);
        add(LINE_EARNED, 5, 1, 1);
        add(LINE_PAYABLE, -12345, 1, 0);
        add(LINE_FEE, 5, 1, 1);
        add(LINE_SHARE_RATE, 1, 2, 0);
        add(LINE_UNPAID, MONEY_MAX, 1, 0);
        add(LINE_DEFICIT_LEFT, (wide)MONEY_MAX * 2 + 1, 2, 0);
        ck_assert_msg(upstream_cents(&statement, lines[_i].line, &cents) == lines[_i].is, "%s",
                      lines[_i].line);
        if (lines[_i].is)
                ck_assert_int_eq(cents, lines[_i].cents);
}
END_TEST

#define THEIRS .is_theirs = true, .is_calculated = true, .has_line = true, .cents = 500

static const struct {
        const char *says;
        const char *item;
        int64_t cents;
        struct view_upstream seen;
        enum refusal code;              /* 0: it is taken */
        const char *field, *words;
} statements[] = {
        { "the amount of a line of theirs", "7:payable", 500, { THEIRS }, 0, "", "" },
        { "no item at all", "", 500, { THEIRS }, REFUSAL_BAD_VALUE, "fact.item", "RUN:LINE" },
        { "an item that is none", "payable", 500, { THEIRS }, REFUSAL_BAD_VALUE, "fact.item",
          "RUN:LINE" },
        { "nothing that they may see", "7:payable", 500, { .cents = 500 }, REFUSAL_NO_SUCH_THING,
          "fact.item", "not yours to see" },
        { "nothing, said with another amount", "7:payable", 1, { .is_calculated = true },
          REFUSAL_NO_SUCH_THING, "fact.item", "not yours to see" },
        { "this very contract's", "7:payable", 500, { THEIRS, .is_own = true }, REFUSAL_BAD_VALUE,
          "fact.item", "this very contract" },
        { "not calculable", "7:payable", 500, { .is_theirs = true, .has_line = true, .cents = 500 },
          REFUSAL_BAD_VALUE, "fact.item", "not calculable" },
        { "a forecast", "7:payable", 500, { THEIRS, .is_relayed = true }, REFUSAL_BAD_VALUE,
          "fact.item", "forecast" },
        { "no such line", "7:payable", 500,
          { .is_theirs = true, .is_calculated = true, .cents = 500 }, REFUSAL_BAD_VALUE,
          "fact.item", "no line of that name" },
        { "a cent more", "7:payable", 501, { THEIRS }, REFUSAL_BAD_VALUE, "fact.value",
          "rounded to the cent" },
        { "the other sign", "7:payable", -500, { THEIRS }, REFUSAL_BAD_VALUE, "fact.value",
          "rounded to the cent" },
        { "of too many statements", "7:payable", 500, { .too_many = true }, REFUSAL_BAD_VALUE,
          "fact.item", "in parts" },
};

START_TEST(an_amount_is_taken_from_who_may_know_it)
{
        static struct faults faults;
        static struct view view;
        struct event event = {
                .kind = EVENT_FACT,
                .fact = {
                        .key = {
                                .scope = SCOPE_CONTRACT, .kind = FACT_UPSTREAM_AMOUNT,
                                .period = { 100, 200 }, .paid_through = DATE_NONE,
                        },
                        .value = { UNIT_CENTS, statements[_i].cents, 1 },
                },
        };
        const struct submission submission = {
                .contract = { { "a" }, { "b" }, { "c" } }, .events = &event, .event_count = 1,
        };
        const struct view_event seen = { .upstream = statements[_i].seen };

        memcpy(event.fact.key.item.text, statements[_i].item, strlen(statements[_i].item));
        view.contract = (struct view_contract) {
                .known = true, .state = CONTRACT_IN_FORCE, .ends = DATE_NONE,
                .in_force = { .agreement = { 100, 200 } },
        };
        faults_reset(&faults);
        admit_fact(&(struct judgement) { &view, &submission, &faults }, 0, &event, &seen);
        ck_assert_msg(faults.first == statements[_i].code, "%s: %d", statements[_i].says,
                      (int)faults.first);
        ck_assert_uint_eq(faults.count, statements[_i].code != 0);
        if (!statements[_i].code)
                return;
        ck_assert_str_eq(faults.list[0].field, statements[_i].field);
        ck_assert_msg(strstr(faults.list[0].says, statements[_i].words) != NULL, "%s: %s",
                      statements[_i].says, faults.list[0].says);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("upstream");

        tcase_add_loop_test(tests, an_item_names_a_run_and_a_line, 0, COUNT_OF(items));
        tcase_add_loop_test(tests, a_line_is_the_last_of_its_name_to_the_cent, 0, COUNT_OF(lines));
        tcase_add_loop_test(tests, an_amount_is_taken_from_who_may_know_it, 0,
                            COUNT_OF(statements));
        return run_case(tests, "core-upstream");
}
