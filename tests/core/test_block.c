/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a block: cut into columns, and judged by what their event says. */
#include <string.h>

#include "core/block.h"
#include "tests/core/run.h"

#define JANUARY ((2025 - 1970) * 12)
#define ROWS 3u

struct row {
        uint8_t member[2];              /* the first octets of it, the rest are 0 */
        int month, category;
        uint32_t risk;
        int64_t cents;
};

static const struct row good_rows[ROWS] = {
        { { 1, 0 }, JANUARY, 0, RISK_ONE, 100 },
        { { 1, 0 }, JANUARY + 11, 1, 0, -40 },
        { { 1, 1 }, JANUARY, 1, ROW_RISK_MAX, ROW_CENTS_MAX },
};
static const struct item categories[] = { { "aged" }, { "esrd" } };

static struct row rows[BLOCK_ROWS_MAX];
static uint8_t octets[BLOCK_ROWS_MAX * MEMBER_ROW_SIZE];

static void put(uint8_t *to, uint64_t value, unsigned int size)
{
        for (unsigned int i = 0; i < size; i++)
                to[i] = (uint8_t)(value >> (8 * i));
}

static struct bytes columns_of(const struct row *list, uint32_t count)
{
        uint8_t *month = octets + (size_t)count * PSEUDONYM_SIZE, *category = month + 2 * count;
        uint8_t *risk = category + count, *cents = risk + (size_t)4 * count;

        memset(octets, 0, (size_t)count * PSEUDONYM_SIZE);
        for (uint32_t i = 0; i < count; i++) {
                memcpy(octets + (size_t)i * PSEUDONYM_SIZE, list[i].member, 2);
                put(month + 2 * i, (uint64_t)list[i].month, 2);
                category[i] = (uint8_t)list[i].category;
                put(risk + (size_t)4 * i, list[i].risk, 4);
                put(cents + (size_t)8 * i, (uint64_t)list[i].cents, 8);
        }
        return (struct bytes) { octets, (size_t)count * MEMBER_ROW_SIZE };
}

static struct block_event event_of(const struct row *list, uint32_t count)
{
        struct block_event event = {
                .period = { date_of(2025, 1, 1), date_of(2026, 1, 1) }, .number = 1, .rows = count,
                .generation = 1, .category_count = 2, .categories = categories,
                .columns = columns_of(list, count),
        };

        for (uint32_t i = 0; i < count; i++)
                event.cents += list[i].cents;
        return event;
}

static void good(void)
{
        memcpy(rows, good_rows, sizeof(good_rows));
}

static const char *fault_of(const struct block_event *event, uint32_t *ret_row)
{
        struct member_rows cut;

        ck_assert(block_cut(event->columns, event->rows, &cut));
        return block_rows_fault(event, &cut, ret_row);
}

START_TEST(columns_are_read_as_they_were_written)
{
        struct member_rows cut;

        good();
        ck_assert(block_cut(columns_of(rows, ROWS), ROWS, &cut));
        ck_assert_uint_eq(cut.count, ROWS);
        for (uint32_t i = 0; i < ROWS; i++) {
                ck_assert_mem_eq(row_member(&cut, i), rows[i].member, 2);
                ck_assert_int_eq(row_month(&cut, i), rows[i].month);
                ck_assert_int_eq(row_category(&cut, i), rows[i].category);
                ck_assert_uint_eq(row_risk(&cut, i), rows[i].risk);
                ck_assert_int_eq(row_cents(&cut, i), rows[i].cents);
        }
}
END_TEST

START_TEST(only_the_size_of_whole_rows_is_cut)
{
        struct member_rows cut;
        struct bytes columns = columns_of(good_rows, ROWS);

        for (size_t size = 0; size <= columns.size + 1; size++)
                ck_assert_int_eq(block_cut((struct bytes) { columns.data, size }, ROWS, &cut),
                                 size == columns.size);
        ck_assert(block_cut((struct bytes) { NULL, 0 }, 0, &cut));
        ck_assert_uint_eq(cut.count, 0);
        ck_assert(block_cut((struct bytes) { octets, BLOCK_SIZE_MAX }, BLOCK_ROWS_MAX, &cut));
        ck_assert(!block_cut((struct bytes) { octets, BLOCK_SIZE_MAX + MEMBER_ROW_SIZE },
                             BLOCK_ROWS_MAX + 1, &cut));
        /* So many rows that 32 bits do not hold their size. */
        ck_assert(!block_cut((struct bytes) { octets, 27 }, 138547333, &cut));
}
END_TEST

/* One thing wrong in each, of the rows that are right. */
static const struct {
        const char *says;
        uint32_t at;
        struct row row;
        const char *fault;
} spoilt[] = {
        { "a member before the one above", 2, { { 0, 255 }, JANUARY, 0, 0, 0 }, "comes before" },
        { "a month before the one above", 1, { { 1, 0 }, JANUARY - 1, 0, 0, 0 }, "comes before" },
        { "the same member and month", 1, { { 1, 0 }, JANUARY, 0, RISK_ONE, 100 }, "same member" },
        { "the same in another category", 1, { { 1, 0 }, JANUARY, 1, 0, 0 }, "same member" },
        { "the month before the period", 0, { { 1, 0 }, JANUARY - 1, 0, 0, 0 }, "month" },
        { "the month after it", 2, { { 1, 1 }, JANUARY + 12, 0, 0, 0 }, "month" },
        { "a month of long ago", 0, { { 1, 0 }, 0, 0, 0, 0 }, "month" },
        { "a category too many", 1, { { 1, 0 }, JANUARY + 1, 2, 0, 0 }, "category" },
        { "the last category there can be", 2, { { 1, 1 }, JANUARY, 255, 0, 0 }, "category" },
        { "too high a risk", 0, { { 1, 0 }, JANUARY, 0, ROW_RISK_MAX + 1, 0 }, "risk" },
        { "the highest of all", 0, { { 1, 0 }, JANUARY, 0, UINT32_MAX, 0 }, "risk" },
        { "too large an amount", 1, { { 1, 0 }, JANUARY + 1, 0, 0, ROW_CENTS_MAX + 1 }, "amount" },
        { "too low an amount", 1, { { 1, 0 }, JANUARY + 1, 0, 0, -ROW_CENTS_MAX - 1 }, "amount" },
        { "the least there is", 1, { { 1, 0 }, JANUARY + 1, 0, 0, INT64_MIN }, "amount" },
};

START_TEST(each_row_has_its_place_and_its_bounds)
{
        struct block_event event;
        const char *says;
        uint32_t row;

        good();
        rows[spoilt[_i].at] = spoilt[_i].row;
        event = event_of(rows, ROWS);
        says = fault_of(&event, &row);
        ck_assert_msg(says && strstr(says, spoilt[_i].fault), "%s: %s", spoilt[_i].says, says);
        ck_assert_uint_eq(row, spoilt[_i].at);
}
END_TEST

START_TEST(what_is_right_is_taken)
{
        struct block_event event;
        uint32_t row;

        good();
        event = event_of(rows, ROWS);
        ck_assert_ptr_null(fault_of(&event, &row));
        ck_assert_uint_eq(row, ROWS);
        event = event_of(rows, 0);
        ck_assert_ptr_null(fault_of(&event, &row));
}
END_TEST

START_TEST(amounts_add_up_to_what_is_said)
{
        struct block_event event;
        uint32_t row;

        good();
        for (int off = -1; off <= 1; off += 2) {
                event = event_of(rows, ROWS);
                event.cents += off;
                ck_assert_ptr_nonnull(strstr(fault_of(&event, &row), "add up"));
                ck_assert_uint_eq(row, ROWS);
        }
        event = event_of(rows, 0);
        event.cents = 1;
        ck_assert_ptr_nonnull(fault_of(&event, &row));
}
END_TEST

START_TEST(without_categories_a_row_has_the_first)
{
        struct block_event event;
        uint32_t row;

        good();
        event = event_of(rows, ROWS);
        event.category_count = 0;
        ck_assert_ptr_nonnull(fault_of(&event, &row));
        ck_assert_uint_eq(row, 1);
        event = event_of(rows, 1);
        event.category_count = 0;
        ck_assert_ptr_null(fault_of(&event, &row));
}
END_TEST

/* The largest amounts that there can be do not wrap. */
START_TEST(the_largest_block_adds_up)
{
        struct block_event event;
        uint32_t row;

        for (uint32_t i = 0; i < BLOCK_ROWS_MAX; i++)
                rows[i] = (struct row) { { (uint8_t)(i >> 8), (uint8_t)i }, JANUARY, 0, 0,
                                         -ROW_CENTS_MAX };
        event = event_of(rows, BLOCK_ROWS_MAX);
        ck_assert_int_eq(event.cents, -ROW_CENTS_MAX * BLOCK_ROWS_MAX);
        ck_assert_ptr_null(fault_of(&event, &row));
}
END_TEST

/* A period that begins and ends within months: all of both months are of it. */
START_TEST(months_are_whole)
{
        struct block_event event;
        uint32_t row;

        good();
        event = event_of(rows, ROWS);
        event.period = (struct period) { date_of(2025, 1, 31), date_of(2025, 12, 2) };
        ck_assert_ptr_null(fault_of(&event, &row));
        event.period.until = date_of(2025, 12, 1);
        ck_assert_ptr_nonnull(fault_of(&event, &row));
        ck_assert_uint_eq(row, 1);
        event.period = (struct period) { date_of(2025, 2, 1), date_of(2026, 1, 1) };
        ck_assert_ptr_nonnull(fault_of(&event, &row));
        ck_assert_uint_eq(row, 0);
}
END_TEST

static const struct {
        int from[3], day[3];
        int year;
} years[] = {
        { { 2025, 1, 1 }, { 2025, 1, 1 }, 2025 },   { { 2025, 1, 1 }, { 2025, 12, 31 }, 2025 },
        { { 2025, 1, 1 }, { 2026, 1, 1 }, 2026 },   { { 2025, 1, 1 }, { 2024, 12, 31 }, 2024 },
        { { 2025, 1, 1 }, { 2022, 1, 1 }, 2022 },   { { 2025, 1, 1 }, { 2021, 12, 31 }, 2021 },
        { { 2025, 7, 1 }, { 2026, 1, 1 }, 2025 },   { { 2025, 7, 1 }, { 2026, 6, 30 }, 2025 },
        { { 2025, 7, 1 }, { 2026, 7, 1 }, 2026 },   { { 2025, 7, 1 }, { 2025, 6, 30 }, 2024 },
        { { 2025, 7, 1 }, { 2024, 7, 1 }, 2024 },   { { 2025, 7, 1 }, { 2024, 6, 30 }, 2023 },
        { { 2025, 7, 15 }, { 2026, 7, 14 }, 2025 }, { { 2025, 7, 15 }, { 2026, 7, 15 }, 2026 },
        { { 2025, 7, 15 }, { 2025, 7, 14 }, 2024 }, { { 2025, 7, 15 }, { 2024, 7, 15 }, 2024 },
        { { 2024, 2, 29 }, { 2025, 2, 28 }, 2024 }, { { 2024, 2, 29 }, { 2025, 3, 1 }, 2025 },
};

START_TEST(a_year_of_the_agreement_is_named_by_where_it_begins)
{
        const struct period agreement = {
                date_of(years[_i].from[0], years[_i].from[1], years[_i].from[2]), DATE_LAST,
        };
        date day = date_of(years[_i].day[0], years[_i].day[1], years[_i].day[2]);

        ck_assert_int_eq(block_year(agreement, day), years[_i].year);
}
END_TEST

static void name_category(struct terms *terms, const char *kind, const char *category)
{
        struct step *step = &terms->steps[terms->step_count++];

        memcpy(step->kind.text, kind, strlen(kind));
        step->version = 1;
        if (!category)
                return;
        step->params[step->param_count].type = PARAM_WORD;
        memcpy(step->params[step->param_count].name.text, "category", 8);
        memcpy(step->params[step->param_count++].word.text, category, strlen(category));
}

START_TEST(categories_are_those_the_steps_name)
{
        static struct terms terms;

        ck_assert(terms_have_members_of(&terms, &categories[0]));
        name_category(&terms, "expenditure", NULL);
        ck_assert(terms_have_members_of(&terms, &categories[0]));
        name_category(&terms, "attribute", "aged");
        ck_assert(terms_have_members_of(&terms, &categories[0]));
        ck_assert(!terms_have_members_of(&terms, &categories[1]));
        name_category(&terms, "attribute", "esrd");
        ck_assert(terms_have_members_of(&terms, &categories[1]));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("block");

        tcase_add_test(tests, columns_are_read_as_they_were_written);
        tcase_add_test(tests, only_the_size_of_whole_rows_is_cut);
        tcase_add_loop_test(tests, each_row_has_its_place_and_its_bounds, 0, COUNT_OF(spoilt));
        tcase_add_test(tests, what_is_right_is_taken);
        tcase_add_test(tests, amounts_add_up_to_what_is_said);
        tcase_add_test(tests, without_categories_a_row_has_the_first);
        tcase_add_test(tests, the_largest_block_adds_up);
        tcase_add_test(tests, months_are_whole);
        tcase_add_loop_test(tests, a_year_of_the_agreement_is_named_by_where_it_begins, 0,
                            COUNT_OF(years));
        tcase_add_test(tests, categories_are_those_the_steps_name);
        return run_case(tests, "block");
}
