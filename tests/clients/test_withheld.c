/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kidney Care Choices as published, where the results are at hand: in $ACCORD_SHARED/data/kcc, or
 * beside the source tree. The withhold, what quality earned back of it, and the benchmark after it
 * come to what was published, within the dollar that it was rounded to.
 */
#include <stdio.h>

#include "clients/csv_rows.h"
#include "clients/figure.h"
#include "tests/clients/run.h"
#include "tests/core/settling.h"

#define SKIPPED 77
#define TEXT_SIZE (1u << 20)

static char *path;
static struct complaints to;
static size_t rows;

static int64_t money(const struct csv_row *row, const char *column)
{
        struct bytes text = csv_field(row, column);
        int64_t cents = 0;

        if (text.size)
                ck_assert_msg(!money_parse(text, &cents), "line %zu: %s", row->line, column);
        return cents;
}

/* 5 %, but half of it on level 2 of the graduated option. */
static struct rate withheld_rate(const struct csv_row *row)
{
        return bytes_equal(csv_field(row, "option"), (struct bytes) { "Graduated Level 2", 17 })
                       ? (struct rate) { 1, 40 }
                       : (struct rate) { 1, 20 };
}

/* Of a hundred. */
static struct rate score_of(const struct csv_row *row)
{
        struct rate rate;

        ck_assert_ptr_null(rate_parse(csv_field(row, "quality_score_pct"), &rate));
        return rate;
}

static void settle_row(const struct csv_row *row)
{
        struct rate rate = withheld_rate(row), score = score_of(row);

        begin();
        with_step(&terms, "target");
        with_step(&terms, "composite");
        with_rate(with_step(&terms, "withhold"), "rate", rate.num, rate.den);
        with_step(&terms, "expenditure");
        with_step(&terms, "savings");
        end();
        fact_is(&facts, FACT_BENCHMARK, money(row, "unadjusted_benchmark"), 1);
        fact_is(&facts, FACT_QUALITY_SCORE, score.num, score.den * 100);
        fact_is(&facts, FACT_EXPENDITURE, money(row, "expenditure"), 1);
}

static void near(const struct csv_row *row, const char *column, struct exact have)
{
        struct exact off = exact_sub(have, exact_of(money(row, column)));

        ck_assert_msg(exact_cmp(exact_max(off, exact_neg(off)), exact_of(100)) <= 0,
                      "line %zu: %s is %lld, published %lld", row->line, column,
                      (long long)have.num, (long long)money(row, column));
}

static int check_row(const struct csv_row *row, void *data)
{
        const struct statement *statement;
        struct exact discount;

        (void)data;
        if (!row->header || !csv_field(row, "quality_withhold").size)
                return 0;
        settle_row(row);
        statement = came();
        discount = exact_of(money(row, "esrd_discount"));
        near(row, "quality_withhold", line_of(statement, LINE_WITHHELD));
        near(row, "earned_withhold", line_of(statement, LINE_EARNED_BACK));
        near(row, "adjusted_benchmark",
             exact_sub(line_of(statement, LINE_AFTER_WITHHOLD), discount));
        near(row, "gross", exact_sub(line_of(statement, LINE_SAVINGS), discount));
        rows++;
        return 0;
}

START_TEST(every_published_withhold)
{
        static char text[TEXT_SIZE];
        FILE *file = fopen(path, "rb");
        size_t size;

        ck_assert_msg(file != NULL, "%s", path);
        size = fread(text, 1, sizeof(text), file);
        fclose(file);
        ck_assert_int_eq(csv_rows((struct bytes) { text, size }, check_row, NULL, &to), 0);
        printf("%zu rows with a withhold\n", rows);
        ck_assert_uint_gt(rows, 0);
}
END_TEST

int main(int argc, char **argv)
{
        const char *shared = getenv("ACCORD_SHARED");
        TCase *tests = tcase_create("withheld");
        FILE *there;

        if (asprintf(&path, "%s/data/kcc/py2023.csv",
                     shared     ? shared
                     : argc > 1 ? argv[1]
                                : "../shared") < 0)
                return EXIT_FAILURE;
        there = fopen(path, "rb");
        if (!there) {
                printf("skipped: no published results in %s; set ACCORD_SHARED\n", path);
                return SKIPPED;
        }
        fclose(there);
        tcase_add_test(tests, every_published_withhold);
        return run_case(tests, "withheld");
}
