/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The published results themselves, where they are at hand: in $ACCORD_SHARED/data/mssp, or beside
 * the source tree. Every row must come to what an independent calculation of the same row came to.
 */
#include <dirent.h>
#include <stdio.h>

#include "clients/csv_rows.h"
#include "clients/replay.h"
#include "core/lines.h"
#include "tests/clients/run.h"

#define SKIPPED 77
#define ROWS_MAX 10000

static char *directory;
static struct complaints to;

struct expectation {
        char case_id[64];
        int64_t earned;
        bool has_recoup;
        int64_t recouped;       /* cents, cut: published with up to six decimals */
};

static struct expectation expected[ROWS_MAX];
static size_t expected_count, seen, recoupments;

static char *read_all(const char *path, size_t *ret_size)
{
        FILE *file = fopen(path, "rb");
        char *text = malloc(16u << 20);

        ck_assert_msg(file != NULL, "%s", path);
        *ret_size = fread(text, 1, 16u << 20, file);
        fclose(file);
        return text;
}

/* Whole cents of a number of dollars with any decimals. */
static bool dollars_of(struct bytes text, int64_t *ret)
{
        char copy[32];
        long long dollars;
        unsigned int cents = 0;

        *ret = 0;
        snprintf(copy, sizeof(copy), "%.*s", (int)text.size, (const char *)text.data);
        if (sscanf(copy, "%lld.%2u", &dollars, &cents) < 1)
                return false;
        *ret = 100 * dollars + (int64_t)cents;
        return true;
}

static int expect_row(const struct csv_row *row, void *data)
{
        struct expectation *one = &expected[expected_count];
        struct bytes id;

        (void)data;
        if (!row->header)
                return 0;
        ck_assert_uint_lt(expected_count, ROWS_MAX);
        id = csv_field(row, "case_id");
        snprintf(one->case_id, sizeof(one->case_id), "%.*s", (int)id.size, (const char *)id.data);
        ck_assert(dollars_of(csv_field(row, "computed_earned"), &one->earned));
        one->has_recoup = dollars_of(csv_field(row, "aip_recoup"), &one->recouped);
        expected_count++;
        return 0;
}

/* What is recouped is exact; the published amount, of whole-dollar inputs, lies within a dollar. */
static void check_recoupment(const struct replay_row *row, const struct expectation *one)
{
        for (size_t i = 0; i < row->statement->line_count; i++) {
                const struct line *line = &row->statement->lines[i];
                struct exact off;

                if (line->code != LINE_RECOUPED)
                        continue;
                off = exact_sub((struct exact) { line->num, line->den }, exact_of(one->recouped));
                ck_assert_msg(exact_cmp(exact_max(off, exact_neg(off)), exact_of(100)) <= 0,
                              "%s: recouped", row->case_id);
                recoupments++;
                return;
        }
        ck_abort_msg("%s: nothing said of its advance", row->case_id);
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
        if (expected[seen].has_recoup)
                check_recoupment(row, &expected[seen]);
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
        expected_count = seen = recoupments = 0;
        ck_assert_int_eq(csv_rows((struct bytes) { text, size }, expect_row, NULL, &to), 0);
        ck_assert_int_eq(replay_mssp((struct bytes) { text, size }, check_row, NULL, &summary, &to),
                         0);
        ck_assert_uint_eq(summary.rejected, 0);
        ck_assert_uint_eq(summary.rows, expected_count);
        ck_assert_uint_eq(seen, expected_count);
        printf("%s: %zu rows", name, summary.rows);
        for (int i = 0; i < REPLAY_STATUS_COUNT; i++)
                printf(", %zu %s", summary.counts[i], replay_status_word((enum replay_status)i));
        printf("; %zu recoupments\n", recoupments);
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
