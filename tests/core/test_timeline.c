/* SPDX-License-Identifier: Apache-2.0 */
/* Into which parts the time of a contract falls, by all terms that both signed. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/timeline.h"
#include "tests/core/run.h"
#include "tests/draw.h"

#define DAY(year, month, day) date_of(year, month, day)
#define YEAR(year) { year, 1, 1, year + 1, 1, 1 }

enum { NEXT = APPLIES_NEXT_PERIOD, WHOLE = APPLIES_WHOLE_PERIOD, CUT = APPLIES_CUT_MONTH };

struct version {
        int applies, effective[3];
        int periods[3][6];              /* year, month, day, from and until */
};

/* 2024 and 2025, a year each; or one of them; or the fiscal year from July 2024. */
#define BOTH { { 2024, 1, 1, 2025, 1, 1 }, { 2025, 1, 1, 2026, 1, 1 } }
#define FIRST { { 2024, 1, 1, 2025, 1, 1 } }
#define SECOND { { 2025, 1, 1, 2026, 1, 1 } }
#define FISCAL { { 2024, 7, 1, 2025, 7, 1 } }
#define APART { { 2024, 1, 1, 2025, 1, 1 }, { 2026, 1, 1, 2027, 1, 1 } }
#define INNER { { 2024, 4, 1, 2024, 7, 1 } }

static const struct {
        const char *says;
        struct version versions[4];
        int ends[3];
        const char *parts;              /* from..until version of-the-whole-from */
} timelines[] = {
        { "no terms, no parts", { { 0, { 0 }, { { 0 } } } }, { 0 }, "" },
        { "one version", { { NEXT, { 2024, 1, 1 }, BOTH } }, { 0 },
          "2024-01-01 2025-01-01 v1; 2025-01-01 2026-01-01 v1; " },
        { "periods that do not touch", { { NEXT, { 2024, 1, 1 }, APART } }, { 0 },
          "2024-01-01 2025-01-01 v1; 2026-01-01 2027-01-01 v1; " },

        /* next_period */
        { "the next period begins on the very day",
          { { NEXT, { 2024, 1, 1 }, BOTH }, { NEXT, { 2025, 1, 1 }, BOTH } }, { 0 },
          "2024-01-01 2025-01-01 v1; 2025-01-01 2026-01-01 v2; " },
        { "a day after the beginning is too late for it",
          { { NEXT, { 2024, 1, 1 }, BOTH }, { NEXT, { 2024, 1, 2 }, BOTH } }, { 0 },
          "2024-01-01 2025-01-01 v1; 2025-01-01 2026-01-01 v2; " },
        { "the first terms of all hold from the next period on, too",
          { { NEXT, { 2024, 1, 2 }, BOTH } }, { 0 }, "2025-01-01 2026-01-01 v1; " },
        { "and where no period follows they hold for nothing",
          { { NEXT, { 2024, 1, 2 }, FIRST } }, { 0 }, "" },

        /* whole_period */
        { "the whole period, from its last day on",
          { { NEXT, { 2024, 1, 1 }, BOTH }, { WHOLE, { 2024, 12, 31 }, BOTH } }, { 0 },
          "2024-01-01 2025-01-01 v2; 2025-01-01 2026-01-01 v2; " },
        { "not the period that had ended",
          { { NEXT, { 2024, 1, 1 }, BOTH }, { WHOLE, { 2025, 1, 1 }, BOTH } }, { 0 },
          "2024-01-01 2025-01-01 v1; 2025-01-01 2026-01-01 v2; " },

        /* cut_month */
        { "cut at the first day of the month",
          { { NEXT, { 2024, 1, 1 }, BOTH }, { CUT, { 2024, 4, 10 }, BOTH } }, { 0 },
          "2024-01-01 2024-04-01 v1; 2024-04-01 2025-01-01 v2; 2025-01-01 2026-01-01 v2; " },
        { "on the last day of the month at its first, too",
          { { NEXT, { 2024, 1, 1 }, BOTH }, { CUT, { 2024, 2, 29 }, BOTH } }, { 0 },
          "2024-01-01 2024-02-01 v1; 2024-02-01 2025-01-01 v2; 2025-01-01 2026-01-01 v2; " },
        { "in the first month: nothing is left for the older terms",
          { { NEXT, { 2024, 1, 1 }, BOTH }, { CUT, { 2024, 1, 31 }, BOTH } }, { 0 },
          "2024-01-01 2025-01-01 v2; 2025-01-01 2026-01-01 v2; " },
        { "the first terms of all: a short first period",
          { { CUT, { 2024, 4, 10 }, FIRST } }, { 0 }, "2024-04-01 2025-01-01 v1; " },
        { "the month in which a period begins that begins within a month",
          { { CUT, { 2024, 7, 20 }, { { 2024, 7, 15, 2025, 7, 15 } } } }, { 0 },
          "2024-07-15 2025-07-15 v1; " },
        { "twice in a year",
          { { NEXT, { 2024, 1, 1 }, FIRST }, { CUT, { 2024, 4, 10 }, FIRST },
            { CUT, { 2024, 9, 2 }, FIRST } }, { 0 },
          "2024-01-01 2024-04-01 v1; 2024-04-01 2024-09-01 v2; 2024-09-01 2025-01-01 v3; " },
        { "newer terms from an earlier day leave nothing of the ones between",
          { { NEXT, { 2024, 1, 1 }, FIRST }, { CUT, { 2024, 9, 2 }, FIRST },
            { CUT, { 2024, 4, 10 }, FIRST } }, { 0 },
          "2024-01-01 2024-04-01 v1; 2024-04-01 2025-01-01 v3; " },
        { "the whole again by newer terms still",
          { { NEXT, { 2024, 1, 1 }, FIRST }, { CUT, { 2024, 4, 10 }, FIRST },
            { WHOLE, { 2024, 6, 1 }, FIRST } }, { 0 }, "2024-01-01 2025-01-01 v3; " },

        /* periods that only some versions have */
        { "newer terms for a later year alone",
          { { NEXT, { 2024, 1, 1 }, FIRST }, { NEXT, { 2025, 1, 1 }, SECOND } }, { 0 },
          "2024-01-01 2025-01-01 v1; 2025-01-01 2026-01-01 v2; " },
        { "newer terms for an earlier year alone leave the later to the older",
          { { NEXT, { 2024, 1, 1 }, BOTH }, { WHOLE, { 2024, 1, 1 }, FIRST } }, { 0 },
          "2024-01-01 2025-01-01 v2; 2025-01-01 2026-01-01 v1; " },
        { "other years: no day is settled twice",
          { { NEXT, { 2024, 1, 1 }, BOTH }, { NEXT, { 2024, 7, 1 }, FISCAL } }, { 0 },
          "2024-01-01 2024-07-01 v1; 2024-07-01 2025-07-01 v2; 2025-07-01 2026-01-01 v1; " },
        { "newer terms in the middle of a period",
          { { NEXT, { 2024, 1, 1 }, FIRST }, { NEXT, { 2024, 4, 1 }, INNER } }, { 0 },
          "2024-01-01 2024-04-01 v1; 2024-04-01 2024-07-01 v2; 2024-07-01 2025-01-01 v1; " },

        /* the contract's end */
        { "ended at a period's end", { { NEXT, { 2024, 1, 1 }, BOTH } }, { 2025, 1, 1 },
          "2024-01-01 2025-01-01 v1; " },
        { "ended within a period", { { NEXT, { 2024, 1, 1 }, BOTH } }, { 2025, 7, 15 },
          "2024-01-01 2025-01-01 v1; 2025-01-01 2025-07-15 v1; " },
        { "ended before it began", { { NEXT, { 2024, 1, 1 }, BOTH } }, { 2023, 7, 1 }, "" },
        { "ended before the newer terms",
          { { NEXT, { 2024, 1, 1 }, BOTH }, { CUT, { 2024, 9, 2 }, BOTH } }, { 2024, 7, 1 },
          "2024-01-01 2024-07-01 v1; " },
};

static date day_of(const int day[3])
{
        return day[0] ? DAY(day[0], day[1], day[2]) : DATE_NONE;
}

static struct period period_of(const int days[6])
{
        return (struct period) { day_of(days), day_of(days + 3) };
}

static struct timeline make(int row, struct dated_terms terms[4])
{
        struct timeline timeline = { .terms = terms, .ends = day_of(timelines[row].ends) };

        for (; timeline.count < 4; timeline.count++) {
                const struct version *from = &timelines[row].versions[timeline.count];
                struct dated_terms *to = &terms[timeline.count];

                if (!from->applies)
                        break;
                *to = (struct dated_terms) {
                        .version = (uint32_t)timeline.count + 1,
                        .applies = (enum applies)from->applies,
                        .effective = day_of(from->effective),
                };
                for (int i = 0; i < 3 && from->periods[i][0]; i++)
                        to->periods[to->period_count++] = period_of(from->periods[i]);
        }
        return timeline;
}

static void print(const struct timeline *timeline, char *ret, size_t size)
{
        struct part part;
        char from[11], until[11];
        size_t used = 0;

        *ret = '\0';
        for (date day = DATE_FIRST; timeline_from(timeline, day, &part); day = part.period.until) {
                date_print(part.period.from, from);
                date_print(part.period.until, until);
                used += (size_t)snprintf(ret + used, size - used, "%s %s v%" PRIu32 "; ", from,
                                         until, part.version);
                ck_assert_uint_lt(used, size);
        }
}

START_TEST(the_parts_are_these)
{
        struct dated_terms terms[4];
        struct timeline timeline = make(_i, terms);
        char parts[512];

        print(&timeline, parts, sizeof(parts));
        ck_assert_msg(strcmp(parts, timelines[_i].parts) == 0, "%s: %s", timelines[_i].says, parts);
}
END_TEST

static const struct {
        const char *says;
        const char *timeline;
        int period[6];
        const char *refusal;
} refusals[] = {
        { "a period that was cut names its parts", "cut at the first day of the month", YEAR(2024),
          "the same terms do not hold for all of it: "
          "run 2024-01-01 to 2024-03-31, 2024-04-01 to 2024-12-31" },
        { "so does one that the contract's end cuts", "ended within a period", YEAR(2025),
          "the same terms do not hold for all of it: run 2025-01-01 to 2025-07-14" },
        { "a part of a whole names the whole", "one version", { 2024, 1, 1, 2024, 7, 1 },
          "it is not one of the terms' performance periods: run 2024-01-01 to 2024-12-31" },
        { "two periods at once are none", "one version", { 2024, 1, 1, 2026, 1, 1 },
          "it is not one of the terms' performance periods: "
          "run 2024-01-01 to 2024-12-31, 2025-01-01 to 2025-12-31" },
        { "nothing near it is named", "one version", YEAR(2023),
          "it is not one of the terms' performance periods" },
        { "nor what lies in a gap", "periods that do not touch", YEAR(2025),
          "it is not one of the terms' performance periods" },
};

START_TEST(what_is_no_run_says_what_is)
{
        struct dated_terms terms[4];
        struct timeline timeline = { 0 };
        struct part part;
        struct text text;

        for (int i = 0; i < COUNT_OF(timelines); i++)
                if (strcmp(timelines[i].says, refusals[_i].timeline) == 0)
                        timeline = make(i, terms);
        ck_assert(timeline.count > 0);
        ck_assert(!timeline_part(&timeline, period_of(refusals[_i].period), &part));
        timeline_refuse(&timeline, period_of(refusals[_i].period), &text);
        ck_assert_msg(strcmp(text.text, refusals[_i].refusal) == 0, "%s: %s", refusals[_i].says,
                      text.text);
}
END_TEST

/* Twelve months, each by terms of its own: only the first are named. */
START_TEST(a_long_list_is_cut_short)
{
        struct dated_terms terms[12];
        struct timeline timeline = { terms, 12, DATE_NONE };
        const struct period year = { DAY(2024, 1, 1), DAY(2025, 1, 1) };
        struct text text;

        for (int i = 0; i < 12; i++)
                terms[i] = (struct dated_terms) {
                        .version = (uint32_t)i + 1, .applies = APPLIES_CUT_MONTH,
                        .effective = DAY(2024, i + 1, 15), .period_count = 1, .periods = { year },
                };
        timeline_refuse(&timeline, year, &text);
        ck_assert_str_eq(text.text, "the same terms do not hold for all of it: "
                         "run 2024-01-01 to 2024-01-31, 2024-02-01 to 2024-02-29, "
                         "2024-03-01 to 2024-03-31, 2024-04-01 to 2024-04-30, "
                         "2024-05-01 to 2024-05-31 ...");
}
END_TEST

/* ---- against days: who holds each, by the definition alone */

#define SEED UINT64_C(20260102)
#define FIRST_DAY DAY(2024, 1, 1)
#define DAYS 1100

static uint64_t state;

static uint32_t noise(uint32_t below)
{
        return xorshift_star_below(&state, below);
}

static void make_noise(struct timeline *timeline, struct dated_terms *terms)
{
        timeline->terms = terms;
        timeline->count = noise(5);
        timeline->ends = noise(3) ? DATE_NONE : FIRST_DAY + (date)noise(DAYS);
        for (size_t i = 0; i < timeline->count; i++) {
                date at = FIRST_DAY + (date)noise(300);

                terms[i] = (struct dated_terms) {
                        .version = (uint32_t)i + 1, .applies = (enum applies)(1 + noise(3)),
                        .effective = FIRST_DAY + (date)noise(700),
                        .period_count = (uint16_t)(1 + noise(3)),
                };
                for (unsigned int j = 0; j < terms[i].period_count; j++) {
                        at += (date)(noise(2) * noise(60));
                        terms[i].periods[j].from = at;
                        terms[i].periods[j].until = at += 1 + (date)noise(250);
                }
        }
}

/* The version and the period's place that hold @day; -1: none. */
static int holder(const struct timeline *timeline, date day)
{
        for (size_t i = timeline->count; i-- > 0;) {
                const struct dated_terms *terms = &timeline->terms[i];
                int year, month, of_month;

                date_split(terms->effective, &year, &month, &of_month);
                for (int j = 0; j < terms->period_count; j++) {
                        struct period p = terms->periods[j];

                        if (day < p.from || day >= p.until ||
                            (timeline->ends != DATE_NONE && day >= timeline->ends))
                                continue;
                        if ((terms->applies == APPLIES_NEXT_PERIOD && p.from >= terms->effective) ||
                            (terms->applies == APPLIES_WHOLE_PERIOD &&
                             terms->effective < p.until) ||
                            (terms->applies == APPLIES_CUT_MONTH && day >= DAY(year, month, 1)))
                                return (int)i * PERIODS_MAX + j;
                }
        }
        return -1;
}

static void check_part(const struct timeline *timeline, struct period period,
                       const struct part *before)
{
        struct part part, found;
        int who = holder(timeline, period.from);

        ck_assert(timeline_part(timeline, period, &part));
        ck_assert_uint_eq(part.version, (uint32_t)(who / PERIODS_MAX) + 1);
        ck_assert(period_equal(part.whole,
                               timeline->terms[who / PERIODS_MAX].periods[who % PERIODS_MAX]));
        ck_assert(timeline_from(timeline, period.until - 1, &found));
        ck_assert(period_equal(found.period, period));
        ck_assert(timeline_before(timeline, period.from, &found) == (before->version != 0));
        if (before->version)
                ck_assert(period_equal(found.period, before->period));
        if (period.until - period.from > 1)
                ck_assert(!timeline_before(timeline, period.from + 1, &found));
        period.until--;
        ck_assert(!timeline_part(timeline, period, &found));
}

START_TEST(each_day_lies_in_the_part_of_who_holds_it)
{
        struct dated_terms terms[4];
        struct timeline timeline;
        const char *seed = getenv("ACCORD_SEED");
        unsigned int parts = 0;

        state = seed ? strtoull(seed, NULL, 0) | 1 : SEED;
        for (int round = 0; round < 5000; round++) {
                struct part before = { .version = 0 };
                date from = FIRST_DAY - 1;
                int who = -1;

                make_noise(&timeline, terms);
                for (date day = from; day < FIRST_DAY + 2 * DAYS; day++) {
                        int now = holder(&timeline, day);

                        if (now == who)
                                continue;
                        if (who >= 0) {
                                check_part(&timeline, (struct period) { from, day }, &before);
                                before = (struct part) { .period = { from, day }, .version = 1 };
                                parts++;
                        }
                        who = now;
                        from = day;
                }
        }
        ck_assert_uint_gt(parts, 5000);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("timeline");

        tcase_set_timeout(tests, 60);
        tcase_add_loop_test(tests, the_parts_are_these, 0, COUNT_OF(timelines));
        tcase_add_loop_test(tests, what_is_no_run_says_what_is, 0, COUNT_OF(refusals));
        tcase_add_test(tests, a_long_list_is_cut_short);
        tcase_add_test(tests, each_day_lies_in_the_part_of_who_holds_it);
        return run_case(tests, "core-timeline");
}
