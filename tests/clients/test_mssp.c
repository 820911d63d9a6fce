/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of the published layout, good and bad. */
#include <stdio.h>

#include "clients/replay.h"
#include "tests/clients/run.h"

#define HEADER                                                                                   \
        "case_id,performance_year,track,months,start_date,revenue_category,assigned_"            \
        "beneficiaries,"                                                                         \
        "msr_pct,benchmark_total,benchmark_minus_expenditure,quality_score_pct,met_qps,met_alt_" \
        "qps,"                                                                                   \
        "disaster_adjustment,guardrail_flag,aip_balance,earned\n"

static const struct {
        const char *says, *row;
        bool read;
        int64_t dollars;
        enum replay_status status;
} rows[] = {
        { "a published payment",
          "a,2021,ENHANCED,12,7/1/2019,,8434,3.16,115242245,5451716,100,1,,,,,4007011", true,
          4007011, REPLAY_EXACT },
        { "a dollar from it",
          "a,2021,ENHANCED,12,7/1/2019,,8434,3.16,115242245,5451716,100,1,,,,,4007012", true,
          4007011, REPLAY_WITHIN_1 },
        { "another amount",
          "a,2021,ENHANCED,12,7/1/2019,,8434,3.16,115242245,5451716,100,1,,,,,4007013", true,
          4007011, REPLAY_DIFFERENT },
        { "within what the score's digits allow",
          "a,2018,TRACK_1,12,1/1/2016,,12000,,121182225,10000000,90.81,1,,,,,4449900", true,
          4449690, REPLAY_WITHIN_ROUNDING },
        { "beyond them",
          "a,2018,TRACK_1,12,1/1/2016,,12000,,121182225,10000000,90.81,1,,,,,4450000", true,
          4449690, REPLAY_DIFFERENT },
        { "an elected rate of nothing",
          "a,2021,ENHANCED,12,7/1/2019,,8434,0,115242245,1000,100,1,,,,,735", true, 735,
          REPLAY_EXACT },
        { "a year that paid for reporting",
          "a,2014,TRACK_1,12,1/1/2013,,12000,2.88,121182225,10000000,P4R,1,,,,,4900000", true,
          4900000, REPLAY_EXACT },
        { "that did not report",
          "a,2014,TRACK_1,12,1/1/2013,,12000,2.88,121182225,10000000,P4R,0,,,,,0", true, 0,
          REPLAY_EXACT },
        { "half a year of relief for a year",
          "a,2019,TRACK_3,6,1/1/2017,,42228,2.00,491420036,-21871137,92.17,1,,-22340,,,-8737285",
          true, -8737285, REPLAY_EXACT },
        { "a loss whose limit nobody published, which did not bind",
          "a,2024,BASIC_E,12,7/1/2019,Low Revenue,13446,1.5,121182225,-3000000,90,1,,,,,-900000",
          true, -900000, REPLAY_EXACT },
        { "and which did",
          "a,2024,BASIC_E,12,7/1/2019,Low Revenue,13446,1.5,121182225,-3000000,90,1,,,,,-800000",
          true, -900000, REPLAY_UNVERIFIABLE },
        { "low revenue below the minimum",
          "a,2024,BASIC_A,12,1/1/2024,Low Revenue,10166,2.99,110000000,3135000,90,1,,,,,614460",
          true, 614460, REPLAY_EXACT },
        { "the guardrail",
          "a,2024,BASIC_A,12,1/1/2024,Low Revenue,10166,2.99,110000000,9135000,90,1,,,1,,0", true,
          0, REPLAY_EXACT },
        { "no published amount",
          "a,2021,ENHANCED,12,7/1/2019,,8434,3.16,115242245,5451716,100,1,,,,,", true, 4007011,
          REPLAY_UNVERIFIABLE },
        { "no score where it matters",
          "a,2018,TRACK_1,12,1/1/2016,,12000,,121182225,10000000,,1,,,,,4449900", true, 0,
          REPLAY_UNVERIFIABLE },
        { "another amount, and no score to be rounded",
          "a,2021,ENHANCED,12,7/1/2019,,8434,3.16,115242245,5451716,,1,,,,,4007013", true, 4007011,
          REPLAY_DIFFERENT },
        { "an unknown track", "a,2021,TRACK_9,12,7/1/2019,,8434,3.16,115242245,5451716,100,1,,,,,1",
          false, 0, 0 },
        { "a track before its time",
          "a,2017,ENHANCED,12,7/1/2017,,8434,3.16,115242245,5451716,100,1,,,,,1", false, 0, 0 },
        { "an odd year", "a,2o21,ENHANCED,12,7/1/2019,,8434,3.16,115242245,5451716,100,1,,,,,1",
          false, 0, 0 },
        { "seven months", "a,2021,ENHANCED,7,7/1/2019,,8434,3.16,115242245,5451716,100,1,,,,,1",
          false, 0, 0 },
        { "no people", "a,2021,ENHANCED,12,7/1/2019,,,3.16,115242245,5451716,100,1,,,,,1", false, 0,
          0 },
        { "no benchmark", "a,2021,ENHANCED,12,7/1/2019,,8434,3.16,,5451716,100,1,,,,,1", false, 0,
          0 },
        { "a benchmark with separators",
          "a,2021,ENHANCED,12,7/1/2019,,8434,3.16,\"115,242,245\",5451716,100,1,,,,,1", false, 0,
          0 },
        { "a score beyond all",
          "a,2021,ENHANCED,12,7/1/2019,,8434,3.16,115242245,5451716,101,1,,,,,1", false, 0, 0 },
        { "no name", ",2021,ENHANCED,12,7/1/2019,,8434,3.16,115242245,5451716,100,1,,,,,1", false,
          0, 0 },
};

static int on_row(const struct replay_row *row, void *data)
{
        struct replay_row *kept = data;

        *kept = *row;
        return 0;
}

START_TEST(a_row_becomes_a_result)
{
        static struct complaints to;
        struct replay_row row = { 0 };
        struct replay_summary summary;
        char text[1024];

        memset(&to, 0, sizeof(to));
        snprintf(text, sizeof(text), HEADER "%s\n", rows[_i].row);
        ck_assert_int_eq(replay_mssp(text_of(text), on_row, &row, &summary, &to), 0);
        ck_assert_msg(summary.rejected == !rows[_i].read, "%s: %s", rows[_i].says, to.list[0].says);
        if (!rows[_i].read) {
                ck_assert_uint_gt(to.count, 0);
                return;
        }
        ck_assert_msg(row.status == rows[_i].status, "%s: %s", rows[_i].says,
                      replay_status_word(row.status));
        ck_assert_msg(row.computed == 100 * rows[_i].dollars, "%s: %lld", rows[_i].says,
                      (long long)row.computed);
}
END_TEST

static int stop_there(const struct replay_row *row, void *data)
{
        (void)row;
        (void)data;
        return -7;
}

START_TEST(what_is_no_file_is_refused)
{
        static struct complaints to;
        struct replay_summary summary;
        char text[1024];

        ck_assert_int_eq(replay_mssp(text_of("a,\"b\"c\n"), on_row, NULL, &summary, &to),
                         REFUSAL_MALFORMED);
        snprintf(text, sizeof(text), HEADER "%s\n", rows[0].row);
        ck_assert_int_eq(replay_mssp(text_of(text), stop_there, NULL, &summary, &to), -7);
        ck_assert_int_eq(replay_mssp(text_of(""), on_row, NULL, &summary, &to),
                         REFUSAL_MALFORMED);
        ck_assert_uint_eq(summary.rows, 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("mssp");

        tcase_add_loop_test(tests, a_row_becomes_a_result, 0, COUNT_OF(rows));
        tcase_add_test(tests, what_is_no_file_is_refused);
        return run_case(tests, "mssp");
}
