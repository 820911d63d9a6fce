/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The published results themselves, where they are at hand: in $ACCORD_SHARED/data/mssp, or beside
 * the source tree. Every row must come to what an independent calculation of the same row came to.
 */
#include <dirent.h>
#include <stdio.h>

#include "clients/csv_rows.h"
#include "clients/replay.h"
#include "tests/clients/run.h"

#define SKIPPED 77
#define ROWS_MAX 10000

static char *directory;
static struct complaints to;

struct expectation {
        char case_id[64];
        int64_t earned;
};

static struct expectation expected[ROWS_MAX];
static size_t expected_count, seen;

static char *read_all(const char *path, size_t *ret_size)
{
        FILE *file = fopen(path, "rb");
        char *text = malloc(16u << 20);

        ck_assert_msg(file != NULL, "%s", path);
        *ret_size = fread(text, 1, 16u << 20, file);
        fclose(file);
        return text;
}

static int expect_row(const struct csv_row *row, void *data)
{
        struct expectation *one = &expected[expected_count];
        struct bytes id, amount;
        char number[32];

        (void)data;
        if (!row->header)
                return 0;
        ck_assert_uint_lt(expected_count, ROWS_MAX);
        id = csv_field(row, "case_id");
        amount = csv_field(row, "computed_earned");
        snprintf(one->case_id, sizeof(one->case_id), "%.*s", (int)id.size, (const char *)id.data);
        snprintf(number, sizeof(number), "%.*s", (int)amount.size, (const char *)amount.data);
        one->earned = 100 * strtoll(number, NULL, 10);
        expected_count++;
        return 0;
}

static int check_row(const struct replay_row *row, void *data)
{
        (void)data;
        ck_assert_uint_lt(seen, expected_count);
        ck_assert_str_eq(row->case_id, expected[seen].case_id);
        ck_assert_msg(row->has_amount, "%s: %s", row->case_id, row->statement->reason.text);
        ck_assert_msg(row->computed == expected[seen].earned, "%s: %lld, not %lld", row->case_id,
                      (long long)row->computed, (long long)expected[seen].earned);
        ck_assert_msg(row->status != REPLAY_DIFFERENT, "%s: published %lld", row->case_id,
                      (long long)row->published);
        if (row->statement->status == STATEMENT_NOT_CALCULABLE)
                ck_assert_ptr_nonnull(strstr(row->statement->reason.text, "participant_revenue"));
        seen++;
        return 0;
}

static void check_file(const char *name)
{
        struct replay_summary summary;
        char path[4096];
        char *text;
        size_t size;

        snprintf(path, sizeof(path), "%s/%s", directory, name);
        text = read_all(path, &size);
        expected_count = seen = 0;
        ck_assert_int_eq(csv_rows((struct bytes) { text, size }, expect_row, NULL, &to), 0);
        ck_assert_int_eq(replay_mssp((struct bytes) { text, size }, check_row, NULL, &summary, &to),
                         0);
        ck_assert_uint_eq(summary.rejected, 0);
        ck_assert_uint_eq(summary.rows, expected_count);
        ck_assert_uint_eq(seen, expected_count);
        printf("%s: %zu rows", name, summary.rows);
        for (int i = 0; i < REPLAY_STATUS_COUNT; i++)
                printf(", %zu %s", summary.counts[i], replay_status_word((enum replay_status)i));
        putchar('\n');
        free(text);
}

START_TEST(every_published_row)
{
        DIR *files = opendir(directory);
        struct dirent *entry;
        int count = 0;

        while ((entry = readdir(files)))
                if (strlen(entry->d_name) > 4 &&
                    strcmp(entry->d_name + strlen(entry->d_name) - 4, ".csv") == 0) {
                        check_file(entry->d_name);
                        count++;
                }
        closedir(files);
        ck_assert_int_gt(count, 0);
}
END_TEST

int main(int argc, char **argv)
{
        const char *shared = getenv("ACCORD_SHARED");
        TCase *tests = tcase_create("replay");
        DIR *there;

        if (asprintf(&directory, "%s/data/mssp",
                     shared     ? shared
                     : argc > 1 ? argv[1]
                                : "../shared") < 0)
                return EXIT_FAILURE;
        there = opendir(directory);
        if (!there) {
                printf("skipped: no published results in %s; set ACCORD_SHARED\n", directory);
                return SKIPPED;
        }
        closedir(there);
        tcase_set_timeout(tests, 120);
        tcase_add_test(tests, every_published_row);
        return run_case(tests, "replay");
}
