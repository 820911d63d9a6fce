/* SPDX-License-Identifier: Apache-2.0 */
/*
 * However member rows arrive, they come to the same: some thousand drawn panels, in order and
 * shuffled, cut into blocks anywhere, against the slow reference; and in what memory.
 */
#include "tests/core/panel.h"
#include "tests/core/run.h"
#include "tests/draw.h"

static struct panel panel;
static struct folded in_order, any_order;

static struct members_rule plain(void)
{
        return (struct members_rule) {
                .first_month = PANEL_FIRST_MONTH,
                .months = 12,
                .completion = { 1, 1 },
                .share = { 0, 1 },
        };
}

static uint64_t state;

static uint64_t draw(uint64_t below)
{
        return xorshift(&state) % below;
}

static int64_t draw_cents(void)
{
        switch (draw(6)) {
        case 0:
                return -(int64_t)draw(500);
        case 1:
                return 0;
        case 2:
                return (int64_t)draw(100000000);
        default:
                return (int64_t)draw(8) * 300; /* ties */
        }
}

static bool there_is(const struct panel_row *row)
{
        for (uint32_t i = 0; i < panel.count; i++)
                if (panel.rows[i].member == row->member && panel.rows[i].month == row->month &&
                    panel.rows[i].category == row->category)
                        return true;
        return false;
}

static void draw_panel(unsigned int months)
{
        unsigned int rows = (unsigned int)draw(70), members = 1 + (unsigned int)draw(16);
        unsigned int categories = 1 + (unsigned int)draw(4);

        panel.count = 0;
        for (unsigned int i = 0; i < rows; i++) {
                struct panel_row row = {
                        .member = (uint32_t)draw(members) * 77,
                        .month = (uint16_t)draw(months),
                        .category = (uint8_t)draw(categories),
                        .risk = (uint32_t)draw(3 * RISK_ONE),
                        .cents = draw_cents(),
                };

                if (!there_is(&row))
                        panel.rows[panel.count++] = row;
        }
}

static const struct band drawn_bands[] = {
        { 0, 900, { 1, 3 }, { 1, 3 } },
        { 1000, 20000, { 4, 5 }, { 4, 5 } },
        { 20000, 30000000, { 9, 10 }, { 9, 10 } },
};

static void draw_stoploss(struct members_rule *rule)
{
        rule->stoploss = true;
        rule->attach = (int64_t)draw(3) * 600;
        rule->share = (struct rate) { (int64_t)draw(8), 7 };
        if (draw(2)) {
                rule->bands = drawn_bands;
                rule->band_count = COUNT_OF(drawn_bands);
        }
}

static struct members_rule draw_rule(void)
{
        struct members_rule rule = plain();

        rule.months = draw(4) ? 12 : (uint16_t)(1 + draw(MEMBERS_MONTHS_MAX));
        rule.least_months = draw(2) ? 0 : (uint32_t)draw(5);
        if (draw(2))
                rule.completion = (struct rate) { 1000 + (int64_t)draw(50), 1000 };
        rule.annualise = draw(2);
        rule.at_amount = !draw(3);
        rule.truncate = (int64_t)draw(4) * 1000 + 1;
        rule.at_percentile = draw(2);
        rule.percentile = (struct rate) { (int64_t)draw(21), 20 };
        if (draw(2))
                draw_stoploss(&rule);
        return rule;
}

/* By member; the rows of one stay as they were drawn. */
static void sort_by_member(void)
{
        for (uint32_t i = 1; i < panel.count; i++)
                for (uint32_t j = i; j && panel.rows[j - 1].member > panel.rows[j].member; j--) {
                        struct panel_row kept = panel.rows[j];

                        panel.rows[j] = panel.rows[j - 1];
                        panel.rows[j - 1] = kept;
                }
}

static void shuffle(void)
{
        for (uint32_t i = panel.count; i > 1; i--) {
                uint32_t other = (uint32_t)draw(i);
                struct panel_row kept = panel.rows[i - 1];

                panel.rows[i - 1] = panel.rows[other];
                panel.rows[other] = kept;
        }
}

static void same_as_the_reference(const struct members_rule *rule, const struct folded *folded)
{
        ck_assert_int_eq(folded->answer, MEMBERS_OK);
        for (uint8_t category = 0; category < 4; category++) {
                const struct member_figures *figures = folded_category(folded, category);
                struct member_figures expected = { 0 };

                panel_reference(&panel, rule, category, &expected);
                if (!figures) {
                        ck_assert_int_eq(expected.head_count, 0);
                        continue;
                }
                expected.item = figures->item;
                ck_assert_msg(figures_equal(figures, &expected), "category %u", category);
        }
}

START_TEST(drawn_panels_come_to_the_same_however_they_arrive)
{
        state = UINT64_C(88172645463325252) + (uint64_t)_i;
        for (int i = 0; i < 1000; i++) {
                struct folding how = { .seed = draw(UINT64_MAX), .memory = draw(3) * 100 };
                struct members_rule rule = draw_rule();

                draw_panel(rule.months);
                sort_by_member();
                how.order = MEMBERS_IN_ORDER;
                how.block = 1 + (uint32_t)draw(20);
                panel_fold(&panel, &rule, how, &in_order);
                same_as_the_reference(&rule, &in_order);
                shuffle();
                how.order = MEMBERS_IN_ANY_ORDER;
                how.block = 1 + (uint32_t)draw(20);
                panel_fold(&panel, &rule, how, &any_order);
                same_as_the_reference(&rule, &any_order);
        }
}
END_TEST

/* ---- memory */

/* Two thousand members: so that most rows are of a member that was there long before. */
static void many(unsigned int months)
{
        panel.count = 0;
        for (unsigned int month = 0; month < months; month++)
                for (uint32_t i = 0; i < 2000; i++)
                        panel_member(&panel, (i * 1237) % 2000, (uint8_t)(1 + i % 3), month, 1,
                                     (int64_t)i);
}

START_TEST(memory_is_by_members_and_not_by_rows)
{
        const struct members_rule rule = plain();
        struct folding how = { .order = MEMBERS_IN_ANY_ORDER, .block = 100, .seed = 5 };

        how.memory = MEMBERS_TABLE_SIZE(2000);
        for (unsigned int months = 1; months <= 2; months++) {
                many(months);
                panel_fold(&panel, &rule, how, &any_order);
                ck_assert_int_eq(any_order.answer, MEMBERS_OK);
                ck_assert_uint_eq(any_order.memory, how.memory);
                ck_assert_int_eq(any_order.figures[0].head_count, 2000);
        }
        how.memory = MEMBERS_TABLE_SIZE(1990);
        panel_fold(&panel, &rule, how, &any_order);
        ck_assert_uint_gt(any_order.memory, how.memory);
        ck_assert_int_eq(any_order.figures[0].head_count, 2000);
        ck_assert_uint_lt(MEMBERS_TABLE_SIZE(1000000), 62000000);
}
END_TEST

START_TEST(in_order_takes_memory_for_a_percentile_alone)
{
        struct members_rule rule = plain();
        struct folding how = { .order = MEMBERS_IN_ORDER, .block = 100 };

        many(2);
        sort_by_member();
        panel_fold(&panel, &rule, how, &in_order);
        ck_assert_int_eq(in_order.answer, MEMBERS_OK);
        ck_assert_uint_eq(in_order.memory, 0);
        rule.at_percentile = true;
        rule.percentile = (struct rate) { 99, 100 };
        how.memory = 2000 * 2 * 8;
        panel_fold(&panel, &rule, how, &in_order);
        ck_assert_int_eq(in_order.answer, MEMBERS_OK);
        ck_assert_uint_eq(in_order.memory, how.memory);
        how.memory -= 8;
        panel_fold(&panel, &rule, how, &in_order);
        ck_assert_uint_gt(in_order.memory, how.memory);
}
END_TEST

/* Rows that are not there: nothing is read of a block with more than can be counted. */
START_TEST(there_are_only_so_many_rows)
{
        const struct members_rule rule = plain();
        const struct member_rows rows = { .count = COUNT_MAX + 1 };
        static struct members_fold fold;
        uint32_t row = 0;

        members_fold_begin(&fold, &rule, MEMBERS_IN_ORDER, NULL, 0, NULL);
        ck_assert_int_eq(members_fold_add(&fold, &rows, NULL, 0, &row), MEMBERS_TOO_MUCH);
        ck_assert_uint_eq(row, COUNT_MAX);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("members arrive");

        tcase_set_timeout(tests, 300);
        tcase_add_loop_test(tests, drawn_panels_come_to_the_same_however_they_arrive, 0, 5);
        tcase_add_test(tests, memory_is_by_members_and_not_by_rows);
        tcase_add_test(tests, in_order_takes_memory_for_a_percentile_alone);
        tcase_add_test(tests, there_are_only_so_many_rows);
        return run_case(tests, "members_arrive");
}
