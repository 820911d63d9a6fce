/* SPDX-License-Identifier: Apache-2.0 */
/* Tables with totals: what an attacker can work out is what is calculated, and it is wide. */
#include <string.h>

#include "core/disclose_table.h"
#include "tests/core/run.h"
#include "tests/draw.h"
#include "tests/rounds.h"

#define SIDE 4

static struct disclosed_cell cells[SIDE * SIDE];
static struct disclosed_table table;

static void make(uint16_t rows, uint16_t columns, const int64_t *values)
{
        memset(cells, 0, sizeof(cells));
        table = (struct disclosed_table) { .rows = rows, .columns = columns, .cells = cells };
        for (size_t i = 0; i < (size_t)rows * columns; i++)
                cells[i].value = values[i];
        for (size_t i = 0; i < (size_t)rows + columns; i++)
                table.total[i] = true;
}

/* One line whose total is shown, as shares of a whole are. */
static void make_line(const int64_t *values, uint16_t count)
{
        make(1, count, values);
        for (size_t i = 1; i <= count; i++)
                table.total[i] = false;
}

/* ---- one line */

static const struct {
        const char *says;
        int64_t values[SIDE];
        const char *hidden, *then;      /* 'x' hidden, '.' shown */
        bool total;
} lines[] = {
        { "nothing hidden stays so", { 10, 20, 30, 40 }, "....", "....", true },
        { "the smallest other one goes with it", { 10, 20, 30, 40 }, "..x.", "x.x.", true },
        { "which is never nothing", { 0, 20, 30, 40 }, "..x.", ".xx.", true },
        { "two that hide each other stay so", { 10, 20, 30, 40 }, "x.x.", "x.x.", true },
        { "one too small to hide the other takes a third", { 1, 80, 300, 90 }, "x.x.", "xxx.",
          true },
        { "where all others are nothing the total goes", { 0, 0, 30, 0 }, "..x.", "..x.", false },
};

START_TEST(a_line_has_no_cell_that_follows)
{
        make_line(lines[_i].values, SIDE);
        for (size_t i = 0; i < SIDE; i++)
                cells[i].hidden = lines[_i].hidden[i] == 'x';
        disclose_table(NULL, &table);
        for (size_t i = 0; i < SIDE; i++)
                ck_assert_msg(cells[i].hidden == (lines[_i].then[i] == 'x'), "%s: place %zu",
                              lines[_i].says, i);
        ck_assert_msg(table.total[0] == lines[_i].total, "%s", lines[_i].says);
}
END_TEST

/* ---- rows and columns */

static const int64_t square[] = { 20, 50, 10, 19, 22, 17, 41, 10, 33 };

START_TEST(a_cell_of_a_square_takes_three_more)
{
        make(3, 3, square);
        cells[2].hidden = true;
        ck_assert_uint_ge(disclose_table(NULL, &table), 3);
        for (size_t i = 0; i < 9; i++) {
                struct disclosed_range range;

                if (!cells[i].hidden)
                        continue;
                range = disclose_range(&table, i);
                ck_assert(disclose_range_wide(NULL, &range, cells[i].value));
        }
}
END_TEST

/*
 * Two and more in every line, and one follows all the same: two rows less two columns leave it
 * alone, though no line does.
 */
START_TEST(a_cell_that_follows_from_several_lines_together_is_found)
{
        static const size_t hidden[] = { 0, 1, 4, 5, 6, 10, 11, 14, 15 };
        struct disclosed_range range;

        make(4, 4, (const int64_t[]) { 5, 7, 9, 9, 6, 8, 3, 9, 9, 9, 4, 4, 9, 9, 4, 4 });
        for (int i = 0; i < COUNT_OF(hidden); i++)
                cells[hidden[i]].hidden = true;
        range = disclose_range(&table, 6);
        ck_assert_int_eq(range.least, 3);
        ck_assert_int_eq(range.most, 3);
        ck_assert(!disclose_range_wide(NULL, &range, 3));
        ck_assert_uint_ge(disclose_table(NULL, &table), 1);
        range = disclose_range(&table, 6);
        ck_assert(disclose_range_wide(NULL, &range, 3));
}
END_TEST

START_TEST(without_totals_nothing_follows)
{
        make(3, 3, square);
        memset(table.total, 0, sizeof(table.total));
        cells[4].hidden = true;
        ck_assert_uint_eq(disclose_table(NULL, &table), 0);
        ck_assert(!disclose_range(&table, 4).bounded);
        ck_assert_int_eq(disclose_range(&table, 4).least, 0);
}
END_TEST

/* ---- against all tables there could be */

struct found {
        int64_t least[SIDE * SIDE], most[SIDE * SIDE];
};

static bool agrees(const int64_t *tried)
{
        for (size_t line = 0; line < (size_t)table.rows + table.columns; line++) {
                int64_t is = 0, could = 0;

                if (!table.total[line])
                        continue;
                for (size_t place = 0; place < (size_t)table.rows * table.columns; place++)
                        if (place / table.columns == line ||
                            table.rows + place % table.columns == line) {
                                is += cells[place].value;
                                could += tried[place];
                        }
                if (is != could)
                        return false;
        }
        return true;
}

/* Hidden cells from 0 to @most, all combinations. */
static void try_all(int64_t *tried, size_t place, int64_t most, struct found *found)
{
        size_t count = (size_t)table.rows * table.columns;

        if (place == count) {
                if (!agrees(tried))
                        return;
                for (size_t i = 0; i < count; i++) {
                        if (tried[i] < found->least[i])
                                found->least[i] = tried[i];
                        if (tried[i] > found->most[i])
                                found->most[i] = tried[i];
                }
                return;
        }
        tried[place] = cells[place].value;
        if (!cells[place].hidden) {
                try_all(tried, place + 1, most, found);
                return;
        }
        for (int64_t value = 0; value <= most; value++) {
                tried[place] = value;
                try_all(tried, place + 1, most, found);
        }
}

static void draw_table(uint64_t *state, size_t hidden_most)
{
        uint16_t rows = 1 + (uint16_t)xorshift_below(state, 3);
        uint16_t columns = 2 + (uint16_t)xorshift_below(state, 2);
        int64_t values[9];
        size_t hidden = 0;

        for (size_t i = 0; i < (size_t)rows * columns; i++)
                values[i] = (int64_t)xorshift_below(state, 4);
        make(rows, columns, values);
        for (size_t line = 0; line < (size_t)rows + columns; line++)
                table.total[line] = xorshift_below(state, 5) > 0;
        for (size_t i = 0; i < (size_t)rows * columns && hidden < hidden_most; i++) {
                cells[i].hidden = xorshift_below(state, 2) == 0;
                hidden += cells[i].hidden;
        }
}

START_TEST(ranges_are_those_of_all_tables_that_there_could_be)
{
        const int64_t most = 7;         /* above what a bounded one can be: two cells of 3 */
        uint64_t state = xorshift_seeded((uint64_t)_i + 1);
        int64_t tried[SIDE * SIDE];
        struct found found;

        draw_table(&state, 5);
        memset(found.most, 0, sizeof(found.most));
        for (size_t i = 0; i < SIDE * SIDE; i++)
                found.least[i] = INT64_MAX;
        try_all(tried, 0, most, &found);
        for (size_t i = 0; i < (size_t)table.rows * table.columns; i++) {
                struct disclosed_range range;

                if (!cells[i].hidden)
                        continue;
                range = disclose_range(&table, i);
                ck_assert_int_eq(range.least, found.least[i]);
                if (range.bounded && range.most <= most)
                        ck_assert_int_eq(range.most, found.most[i]);
                else
                        ck_assert_int_eq(found.most[i], most);
        }
}
END_TEST

START_TEST(what_is_hidden_in_drawn_tables_stays_wide)
{
        uint64_t state = xorshift_seeded((uint64_t)_i + 1000);

        draw_table(&state, 9);
        for (size_t i = 0; i < (size_t)table.rows * table.columns; i++)
                cells[i].value *= 10 + (int64_t)xorshift_below(&state, 1000);
        disclose_table(NULL, &table);
        for (size_t i = 0; i < (size_t)table.rows * table.columns; i++) {
                struct disclosed_range range;

                if (!cells[i].hidden)
                        continue;
                range = disclose_range(&table, i);
                ck_assert(disclose_range_wide(NULL, &range, cells[i].value));
        }
        ck_assert_uint_eq(disclose_table(NULL, &table), 0);
}
END_TEST

START_TEST(a_table_of_the_largest_size_is_decided)
{
        static struct disclosed_cell many[32 * 32];
        uint64_t state = xorshift_seeded(5);

        table = (struct disclosed_table) { .rows = 32, .columns = 32, .cells = many };
        for (size_t i = 0; i < 32 * 32; i++)
                many[i] = (struct disclosed_cell) {
                        .value = (int64_t)xorshift_below(&state, 1000),
                        .hidden = xorshift_below(&state, 200) == 0,
                };
        for (size_t i = 0; i < 64; i++)
                table.total[i] = true;
        disclose_table(NULL, &table);
        ck_assert_uint_eq(disclose_table(NULL, &table), 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("disclose table");

        tcase_set_timeout(tests, 60);
        tcase_add_loop_test(tests, a_line_has_no_cell_that_follows, 0, COUNT_OF(lines));
        tcase_add_test(tests, a_cell_of_a_square_takes_three_more);
        tcase_add_test(tests, a_cell_that_follows_from_several_lines_together_is_found);
        tcase_add_test(tests, without_totals_nothing_follows);
        tcase_add_loop_test(tests, ranges_are_those_of_all_tables_that_there_could_be, 0,
                            ROUNDS_OF(300));
        tcase_add_loop_test(tests, what_is_hidden_in_drawn_tables_stays_wide, 0, ROUNDS_OF(300));
        tcase_add_test(tests, a_table_of_the_largest_size_is_decided);
        return run_case(tests, "disclose table");
}
