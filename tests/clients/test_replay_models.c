/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The published results of ACO REACH and Kidney Care Choices, where they are at hand: in
 * $ACCORD_SHARED/data, or beside the source tree. REACH: every row comes to the cent to what an
 * independent calculation came to. Kidney Care Choices: every gross within a dollar.
 */
#include <stdio.h>

#include "clients/csv_rows.h"
#include "clients/figure.h"
#include "clients/replay.h"
#include "core/lines.h"
#include "tests/clients/run.h"

#define SKIPPED 77
#define ROWS_MAX 1000
#define TEXT_MAX (4u << 20)

static char *directory;
static struct complaints to;
static int64_t expected[ROWS_MAX];
static size_t expected_count, seen;
static const char *column;

static struct bytes read_all(const char *name, char text[TEXT_MAX])
{
        char path[4096];
        FILE *file;
        size_t size;

        snprintf(path, sizeof(path), "%s/%s", directory, name);
        file = fopen(path, "rb");
        ck_assert_msg(file != NULL, "%s", path);
        size = fread(text, 1, TEXT_MAX, file);
        fclose(file);
        return (struct bytes) { text, size };
}

static int expect_row(const struct csv_row *row, void *data)
{
        (void)data;
        if (!row->header)
                return 0;
        ck_assert_uint_lt(expected_count, ROWS_MAX);
        expected[expected_count] = 0;   /* nothing was withheld: nothing stands there */
        if (csv_field(row, column).size)
                ck_assert_ptr_null(money_parse(csv_field(row, column), &expected[expected_count]));
        expected_count++;
        return 0;
}

static int exactly(const struct replay_row *row, void *data)
{
        (void)data;
        ck_assert_msg(row->has_amount, "%s: %s", row->case_id, row->statement->reason.text);
        ck_assert_msg(row->computed == expected[seen], "%s: %lld, not %lld", row->case_id,
                      (long long)row->computed, (long long)expected[seen]);
        seen++;
        return 0;
}

static bool line_of(const struct statement *s, enum line_code code, int64_t *ret)
{
        for (size_t i = 0; i < s->line_count; i++)
                if (s->lines[i].code == code) {
                        *ret = (int64_t)s->lines[i].num;
                        return true;
                }
        return false;
}

/* What is earned back is published in whole dollars. */
static int within_a_dollar(const struct replay_row *row, void *data)
{
        int64_t back = 0;

        (void)data;
        ck_assert_msg(row->status == REPLAY_EXACT || row->status == REPLAY_WITHIN_1, "%s: %lld",
                      row->case_id, (long long)row->computed);
        line_of(row->statement, LINE_EARNED_BACK, &back);
        ck_assert_msg(llabs(back - expected[seen]) <= 100, "%s: %lld earned back, not %lld",
                      row->case_id, (long long)back, (long long)expected[seen]);
        seen++;
        return 0;
}

static void check(const char *name, const char *of, replay_fn *replay, replay_row_fn *row)
{
        char *text = malloc(TEXT_MAX);
        struct replay_summary summary;
        struct bytes bytes;

        ck_assert_ptr_nonnull(text);
        column = of;
        expected_count = seen = 0;
        bytes = read_all(name, text);
        ck_assert_int_eq(csv_rows(bytes, expect_row, NULL, &to), 0);
        ck_assert_int_eq(replay(bytes, row, NULL, &summary, &to), 0);
        ck_assert_uint_eq(summary.rejected, 0);
        ck_assert_uint_eq(summary.counts[REPLAY_DIFFERENT], 0);
        ck_assert_uint_eq(seen, expected_count);
        ck_assert_uint_gt(seen, 0);
        printf("%s: %zu rows, %zu exact, %zu within-1\n", name, summary.rows,
               summary.counts[REPLAY_EXACT], summary.counts[REPLAY_WITHIN_1]);
        free(text);
}

START_TEST(every_row_of_reach_comes_to_the_cent)
{
        check("reach/py2023.csv", "computed_net", replay_reach, exactly);
}
END_TEST

START_TEST(every_withhold_of_kidney_care_is_earned_back_as_published)
{
        check("kcc/py2023.csv", "earned_withhold", replay_kcc, within_a_dollar);
}
END_TEST

START_TEST(a_row_that_cannot_be_read_is_complained_of_with_its_column)
{
        static const char text[] = "case_id,risk_arrangement,final_benchmark,total_cost,"
                                   "quality_score_pct,net_savings\n"
                                   "A,Sideways,100.00,90.00,80,9.80\n"
                                   "B,Global,100.00,ninety,80,9.80\n"
                                   "C,Global,100.00,90.00,80,9.80\n";
        struct replay_summary summary;

        expected_count = 1;
        seen = 0;
        expected[0] = 980;
        memset(&to, 0, sizeof(to));
        ck_assert_int_eq(replay_reach(text_of(text), exactly, NULL, &summary, &to), 0);
        ck_assert_uint_eq(summary.rejected, 2);
        ck_assert_uint_eq(to.count, 2);
        ck_assert_str_eq(to.list[0].where, "risk_arrangement");
        ck_assert_uint_eq(to.list[1].line, 3);
        ck_assert_str_eq(to.list[1].where, "total_cost");
}
END_TEST

int main(int argc, char **argv)
{
        const char *shared = getenv("ACCORD_SHARED");
        TCase *tests = tcase_create("replay-models");
        char *path = NULL;
        FILE *there;

        tcase_add_test(tests, a_row_that_cannot_be_read_is_complained_of_with_its_column);
        if (!shared)
                shared = argc > 1 ? argv[1] : "../shared";
        if (asprintf(&directory, "%s/data", shared) < 0 ||
            asprintf(&path, "%s/reach/py2023.csv", directory) < 0)
                return EXIT_FAILURE;
        there = fopen(path, "rb");
        free(path);
        if (!there) {
                int failed = run_case(tests, "replay-models");

                printf("skipped: no published results in %s; set ACCORD_SHARED\n", directory);
                return failed ? failed : SKIPPED;
        }
        fclose(there);
        tcase_add_test(tests, every_row_of_reach_comes_to_the_cent);
        tcase_add_test(tests, every_withhold_of_kidney_care_is_earned_back_as_published);
        return run_case(tests, "replay-models");
}
