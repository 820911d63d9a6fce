/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Releases of a community in which everybody brings about as much: what is shown of it, what is
 * kept back when something changes, and that all of it comes out of the log again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/disclose.h"
#include "core/release.h"
#include "tests/disclosure/region.h"
#include "tests/proof/run.h"

#define SIDE 6
#define DAY (INT64_C(86400) * SECOND)
#define BEGINS date_of(2025, 1, 2)

static struct region *region;
static struct charter *charter;
static struct release said;

/* ---- the community */

static void make_charter(uint32_t months)
{
        *charter = (struct charter) {
                .version = 1, .title = { "all alike" }, .notice_days = 1, .approval = { 1, 2 },
                .class_count = 2, .seat_count = 4,
                .classes = { { ROLE_PAYER, { 1, 2 } }, { ROLE_PROVIDER, { 1, 2 } } },
                .seats = {
                        { { "payer-1" }, ROLE_PAYER }, { { "clinic-1" }, ROLE_PROVIDER },
                        { { "payer-2" }, ROLE_PAYER }, { { "clinic-2" }, ROLE_PROVIDER },
                },
                .disclosure = disclosure_default, .calendar = { months, 15 },
                .thresholds = { true, { 6, 10 }, { 67, 100 }, { 80, 100 }, { 5, 100 } },
                .specification_count = 1,
                .specifications = {
                        { .key = { "cbp" }, .common = true,
                          .is = { .concept = { "cbp" }, .direction = DIRECTION_MORE } },
                },
        };
}

/* Voted by all of its seats, in force some days later. */
static void put_in_force(date effective)
{
        struct event event = { .kind = EVENT_PROPOSAL };
        struct sha256 digest;
        uint64_t ballot;
        struct sink sink;

        must(sink_new(&sink, 4096, 1 << 20), "sink_new");
        must(wire_write_charter(&sink, charter), "wire_write_charter");
        event.proposal = (struct proposal) {
                .charter = sink_bytes(&sink), .closes = region->stage.now + 2 * DAY,
                .effective = effective, .says = { "ours", 4 },
        };
        digest = sha256_of(event.proposal.charter);
        ballot = region_said(region, region_party(region, "payer-1"), NULL, &event);
        event = (struct event) { .kind = EVENT_VOTE, .vote = { ballot, CHOICE_FOR, digest } };
        for (uint32_t i = 0; i < charter->seat_count; i++)
                region_said(region, region_party(region, charter->seats[i].party.text), NULL,
                            &event);
        region_until(region, effective + 1);
        sink_free(&sink);
}

static void agree(size_t payer, size_t provider)
{
        struct deal deal = {
                .payer = payer, .provider = SIDE + provider, .kind = DEAL_QUALITY,
                .measures = { "cbp", "hbd" }, .pool = 20000000, .best = { 8, 10 },
                .title = "as all", .contract = { .label = region_name("year") },
        };

        deal.contract.bearer = region->members[deal.payer].player.path.party;
        deal.contract.earner = region->members[deal.provider].player.path.party;
        region_deal(region, &deal);
}

/* All figures of 2024, about alike. */
static void report_all(void)
{
        for (size_t i = 0; i < region->deal_count; i++)
                region_report(region, i, date_of(2024, 12, 31),
                              100000000 + (int64_t)(i * 7919 % 100) * 10000,
                              650 + (uint32_t)i % 20);
}

static void set_up(void)
{
        char name[32];

        region = calloc(1, sizeof(*region));
        charter = calloc(1, sizeof(*charter));
        ck_assert(region && charter);
        region_set_up(region, BEGINS * DAY);
        for (int i = 1; i <= 2 * SIDE; i++) {
                snprintf(name, sizeof(name), i <= SIDE ? "payer-%d" : "clinic-%d",
                         i <= SIDE ? i : i - SIDE);
                region_admit(region, name, i <= SIDE ? ROLE_PAYER : ROLE_PROVIDER, true);
        }
        for (size_t i = 0; i < SIDE; i++)
                for (size_t j = 0; j < SIDE; j++)
                        agree(i, j);
        report_all();
        for (size_t i = 0; i < SIDE; i++)
                region_state_revenue(region, SIDE + i, 2024, 800000000);
}

static void tear_down(void)
{
        const char *finding = stage_finding(&region->stage);

        ck_assert_msg(!finding, "%s", finding);
        region_tear_down(region);
        free(region);
        free(charter);
}

static void begin(uint32_t months)
{
        make_charter(months);
        put_in_force(BEGINS + 5);
}

/* ---- what was said */

/* How many there are; the @back-th newest is in @said. */
static uint32_t ask(size_t party, uint32_t back)
{
        const struct query query = { .id = 7, .kind = QUERY_RELEASES, .most = 16 };
        struct hub_frame frame;
        struct record record;
        struct fault fault;

        stage_begin(&region->stage);
        stage_ask(&region->stage, &region->members[party].player, &query, 1);
        stage_commit(&region->stage);
        stage_answer(&region->stage, 1, &frame);
        ck_assert(frame.kind == HUB_ANSWER && !frame.answer.refused);
        if (frame.answer.release_count <= back)
                return frame.answer.release_count;
        must(wire_read_record(frame.answer.releases[back].record, &region->stage.arena, &record,
                              &fault), fault.says);
        said = record.release;
        return frame.answer.release_count;
}

static const struct release_figure *figure(enum figure_code code, const char *item)
{
        for (uint32_t i = 0; i < said.figure_count; i++)
                if (said.figures[i].figure == code &&
                    strcmp(said.figures[i].item.text, item) == 0)
                        return &said.figures[i];
        ck_abort_msg("figure %d %s is not in the release", (int)code, item);
        return NULL;
}

static const struct release_group *group(enum figure_code code, const char *item)
{
        for (uint32_t i = 0; i < said.group_count; i++)
                if (said.groups[i].figure == code && strcmp(said.groups[i].item.text, item) == 0)
                        return &said.groups[i];
        return NULL;
}

static void is(enum figure_code code, const char *item, int64_t num)
{
        const struct release_figure *one = figure(code, item);

        ck_assert_int_eq(one->decision, SHOWN);
        ck_assert_int_eq(one->num, num);
}

static void is_not_shown(enum figure_code code, const char *item)
{
        const struct release_figure *one = figure(code, item);

        ck_assert_msg(one->decision == SHOWN_NOT && !one->has_value && one->coverage.num == 0,
                      "figure %d %s", (int)code, item);
}

/* ---- shown */

START_TEST(without_a_charter_nothing_is_released)
{
        region_until(region, date_of(2025, 9, 1));
        ck_assert_uint_eq(ask(0, 0), 0);
}
END_TEST

START_TEST(what_all_bring_alike_is_shown_to_all)
{
        begin(3);
        region_until(region, date_of(2025, 4, 16));
        ck_assert_uint_eq(ask(0, 0), 2);
        ck_assert_int_eq(said.period.until, date_of(2025, 1, 1));
        ck_assert_int_eq(said.period.from, date_of(2024, 1, 1));
        is(FIGURE_ALIGNMENT, "", 950000);       /* or more: all or nothing is never said */
        is(FIGURE_SHARED, "", 950000);
        is(FIGURE_CONFLICT, "", 50000);
        is(FIGURE_DOMINANT, "cbp", 950000);
        is(FIGURE_CATEGORY_SHARE, "2c", 754000);
        is(FIGURE_CATEGORY_SHARE, "4b", 0);
        is(FIGURE_CATEGORY_SHARE, "", 754000);
        is(FIGURE_CONCENTRATION, "", 150000);
        ck_assert_int_eq(figure(FIGURE_ALIGNMENT, "")->coverage.num, 754000);
        is(FIGURE_MEASURE_PAYERS, "cbp", 0);
        is_not_shown(FIGURE_DAYS_TO_FINAL, "");
        is_not_shown(FIGURE_DISPUTED_SHARE, "");
}
END_TEST

/* Before the period's end is three months old there is a release, and it is of the year before. */
START_TEST(nothing_young_is_shown)
{
        begin(1);
        region_until(region, date_of(2025, 3, 16));
        ck_assert_uint_eq(ask(0, 0), 3);
        ck_assert_int_eq(said.period.until, date_of(2024, 12, 1));
        is_not_shown(FIGURE_ALIGNMENT, "");
        is_not_shown(FIGURE_CATEGORY_SHARE, "2c");
        region_until(region, date_of(2025, 4, 16));
        ck_assert_uint_eq(ask(0, 0), 4);
        is(FIGURE_ALIGNMENT, "", 950000);
}
END_TEST

START_TEST(one_too_few_and_nobody_at_all_look_alike)
{
        begin(3);
        for (size_t i = 0; i < 2; i++) {        /* two owners of three payers each */
                struct event event = {
                        .kind = EVENT_RELATION,
                        .relation = { .kind = RELATION_OWNS, .other = region_name("payer-3"),
                                      .from = BEGINS, .until = DATE_NONE },
                };

                if (i)
                        event.relation.other = region_name("payer-4");
                region_said(region, i, NULL, &event);
        }
        region_until(region, date_of(2025, 4, 16));
        ask(0, 0);
        is_not_shown(FIGURE_ALIGNMENT, "");
        is_not_shown(FIGURE_STAKE_SHARE, "");
        is_not_shown(FIGURE_DAYS_TO_FINAL, "");
        ck_assert_uint_eq(said.group_count, 0);
}
END_TEST

/* ---- from release to release */

static int64_t shown_revenue_of(uint32_t back)
{
        ask(0, back);
        return figure(FIGURE_STAKE_SHARE, "")->num;
}

START_TEST(a_figure_that_one_has_changed_stays_as_it_was)
{
        struct sha256 before;
        int64_t first;

        begin(1);
        region_until(region, date_of(2025, 4, 16));
        first = shown_revenue_of(0);
        before = group(FIGURE_STAKE_SHARE, "")->members_sha256;
        ck_assert_uint_gt(group(FIGURE_STAKE_SHARE, "")->changed, 0);
        region_report(region, 3, date_of(2024, 12, 31), 300000000, 660);
        region_until(region, date_of(2025, 5, 16));
        ck_assert_int_eq(shown_revenue_of(0), first);
        ck_assert_uint_eq(group(FIGURE_STAKE_SHARE, "")->changed, 0);
        ck_assert_mem_eq(&group(FIGURE_STAKE_SHARE, "")->members_sha256, &before, 32);
        ck_assert_int_eq(figure(FIGURE_CATEGORY_SHARE, "2c")->num, 754000);
}
END_TEST

START_TEST(a_figure_that_all_have_changed_is_shown_anew)
{
        int64_t first;

        begin(1);
        region_until(region, date_of(2025, 4, 16));
        first = shown_revenue_of(0);
        for (size_t i = 0; i < region->deal_count; i++)
                region_report(region, i, date_of(2024, 12, 31), 130000000, 640);
        region_until(region, date_of(2025, 5, 16));
        ck_assert_int_ne(shown_revenue_of(0), first);
        ck_assert_int_eq(figure(FIGURE_STAKE_SHARE, "")->decision, SHOWN);
}
END_TEST

/* Not against the last one alone: by way of a third release one's change would show as well. */
START_TEST(an_older_release_counts_as_well_as_the_last)
{
        int64_t second;

        begin(1);
        region_until(region, date_of(2025, 4, 16));
        for (size_t i = 0; i < region->deal_count; i++)
                region_report(region, i, date_of(2024, 12, 31), 130000000, 640);
        region_until(region, date_of(2025, 5, 16));
        second = shown_revenue_of(0);
        report_all();
        region_report(region, 3, date_of(2024, 12, 31), 140000000, 650 + 3);
        region_until(region, date_of(2025, 6, 16));
        ck_assert_int_eq(shown_revenue_of(0), second);
}
END_TEST

/* Who is owned alike changes; what they bring does not, so it hides nobody else's change. */
START_TEST(new_owners_change_nothing_of_what_was_shown)
{
        int64_t first;

        begin(1);
        region_until(region, date_of(2025, 4, 16));
        first = shown_revenue_of(0);
        for (int i = 0; i < 2; i++) {
                const struct event event = {
                        .kind = EVENT_RELATION,
                        .relation = { .kind = RELATION_OWNS,
                                      .other = region_name(i ? "payer-4" : "clinic-4"),
                                      .from = BEGINS, .until = DATE_NONE },
                };

                region_said(region, region_party(region, i ? "payer-3" : "clinic-3"), NULL,
                            &event);
        }
        region_report(region, 3, date_of(2024, 12, 31), 300000000, 660);
        region_until(region, date_of(2025, 5, 16));
        ask(0, 0);
        ck_assert(figure(FIGURE_STAKE_SHARE, "")->decision != SHOWN ||
                  figure(FIGURE_STAKE_SHARE, "")->num == first);
}
END_TEST

START_TEST(a_hub_that_stops_between_the_day_and_the_release_says_the_same)
{
        struct sha256 before, after;

        begin(3);
        region_until(region, date_of(2025, 4, 13));
        region->stage.now = date_of(2025, 4, 15) * DAY + 1;
        region_begin(region);
        must(hub_pass_time(region->stage.hub), "hub_pass_time");
        region_commit(region);
        ck_assert_uint_eq(ask(0, 0), 1);
        stage_reopen(&region->stage);
        while (stage_work(&region->stage))
                ;
        ck_assert_uint_eq(ask(0, 0), 2);
        before = group(FIGURE_ALIGNMENT, "")->members_sha256;
        region_until(region, date_of(2025, 7, 13));
        stage_reopen(&region->stage);   /* what the second is held against is derived again */
        region_until(region, date_of(2025, 7, 16));
        ck_assert_uint_eq(ask(0, 0), 3);
        after = group(FIGURE_ALIGNMENT, "")->members_sha256;
        ck_assert_mem_eq(&before, &after, sizeof(before));
}
END_TEST

START_TEST(another_charter_sets_another_day)
{
        begin(3);
        charter->version = 2;
        charter->calendar = (struct release_calendar) { 12, 1 };
        put_in_force(date_of(2025, 2, 1));
        region_until(region, date_of(2025, 12, 20));
        ck_assert_uint_eq(ask(0, 0), 1);        /* of January, by the first */
        region_until(region, date_of(2026, 1, 2));
        ck_assert_uint_eq(ask(0, 0), 2);
        ck_assert_uint_eq(said.charter, 2);
}
END_TEST

/* ---- who is told */

/* Up to the day's release, whose signals are those of the last batch. */
static void release_on(date day)
{
        region_until(region, day - 2);
        region->stage.now = day * DAY + 1;
        region_begin(region);
        must(hub_pass_time(region->stage.hub), "hub_pass_time");
        region_commit(region);
        ck_assert(stage_work(&region->stage));
}

static uint32_t signals_of(size_t party, enum signal_kind kind)
{
        struct signal_frame frame;
        struct record record;
        uint32_t count = 0;
        size_t at = 0;

        while (stage_heard(&region->stage, &region->members[party].player, &at, &frame, &record))
                count += frame.kind == FRAME_ENTRY && record.kind == ENTRY_SIGNAL &&
                         record.signal.kind == kind;
        return count;
}

/* The order of a release's day is nobody's: it hides who is in a group. */
START_TEST(the_entry_that_orders_a_release_is_given_to_nobody)
{
        struct place_at place;
        const struct query query = {
                .id = 7, .kind = QUERY_ENTRIES, .include = &place, .include_count = 1,
        };
        struct hub_frame frame;

        begin(3);
        region_until(region, date_of(2025, 4, 16));
        ask(0, 0);
        place = (struct place_at) { said.cut };
        for (size_t party = 0; party < region->member_count; party++) {
                stage_begin(&region->stage);
                stage_ask(&region->stage, &region->members[party].player, &query, 1);
                stage_commit(&region->stage);
                stage_answer(&region->stage, 1, &frame);
                ck_assert_uint_eq(frame.answer.entry_count, 1);
                ck_assert_uint_eq(frame.answer.entries[0].kind, 0);
                ck_assert_uint_eq(frame.answer.entries[0].bytes.size, 0);
        }
}
END_TEST

START_TEST(all_are_told_and_only_payers_of_what_is_not_common)
{
        begin(3);
        release_on(date_of(2025, 4, 15));
        for (size_t party = 0; party < region->member_count; party++)
                ck_assert_uint_eq(signals_of(party, SIGNAL_RELEASED), 1);
        for (size_t party = 0; party < SIDE; party++)
                ck_assert_uint_eq(signals_of(party, SIGNAL_COMMON_SET_DIFFERS), SIDE);
        for (size_t party = SIDE; party < region->member_count; party++)
                ck_assert_uint_eq(signals_of(party, SIGNAL_COMMON_SET_DIFFERS), 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("release");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_set_timeout(tests, 60);
        tcase_add_test(tests, without_a_charter_nothing_is_released);
        tcase_add_test(tests, what_all_bring_alike_is_shown_to_all);
        tcase_add_test(tests, nothing_young_is_shown);
        tcase_add_test(tests, one_too_few_and_nobody_at_all_look_alike);
        tcase_add_test(tests, a_figure_that_one_has_changed_stays_as_it_was);
        tcase_add_test(tests, a_figure_that_all_have_changed_is_shown_anew);
        tcase_add_test(tests, an_older_release_counts_as_well_as_the_last);
        tcase_add_test(tests, new_owners_change_nothing_of_what_was_shown);
        tcase_add_test(tests, a_hub_that_stops_between_the_day_and_the_release_says_the_same);
        tcase_add_test(tests, another_charter_sets_another_day);
        tcase_add_test(tests, the_entry_that_orders_a_release_is_given_to_nobody);
        tcase_add_test(tests, all_are_told_and_only_payers_of_what_is_not_common);
        return run_case(tests, "release");
}
