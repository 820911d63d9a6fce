/* SPDX-License-Identifier: Apache-2.0 */
/* Of a contract with canaries in it, nobody but its two sides receives one. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "tests/disclosure/canary.h"
#include "tests/disclosure/community.h"
#include "tests/proof/run.h"

/* Primes, so that no ratio is written in lower terms. */
static const struct canary canaries[] = {
        { "the pool", NULL, INT64_C(81234567891) },
        { "the revenue", NULL, INT64_C(97531246813) },
        { "the title", "quetzalcoatlus", 0 },
        { "a measure", "xylorimba", 0 },
        { "the label", "vexillology", 0 },
        { "a reason", "brobdingnagian", 0 },
};

static struct region *region;
static size_t payer, provider;
static uint32_t first_batch, last_batch;        /* in which all that happened was about it */

/* The contract between payer-1 and clinic-1, beside those that a community has. */
static void plant(void)
{
        struct deal deal = {
                .payer = payer, .provider = provider, .kind = DEAL_QUALITY,
                .contract = { region_name("payer-1"), region_name("clinic-1"),
                              region_name("vexillology") },
                .measures = { "xylorimba" }, .pool = canaries[0].number,
                .best = { 7, 9 }, .title = "quetzalcoatlus",
        };
        struct event event = { .kind = EVENT_TERMINATION };
        size_t place = region_deal(region, &deal);

        region_report(region, place, date_of(2025, 2, 28), canaries[1].number, 612);
        event.termination.effective = date_of(2026, 12, 1);
        event.termination.reason = (struct bytes) { "brobdingnagian", 14 };
        region_said(region, payer, &deal.contract, &event);
}

static void set_up(void)
{
        region = calloc(1, sizeof(*region));
        ck_assert_ptr_nonnull(region);
        community_begin(region, &community_small);
        payer = region_party(region, "payer-1");
        provider = region_party(region, "clinic-1");
        first_batch = region->batch + 1;
        plant();
        last_batch = region->batch;
        community_year(region, &community_small);
        for (size_t i = 0; i < region->member_count; i++)
                region_ask_all(region, i);
}

static void tear_down(void)
{
        ck_assert_ptr_null(stage_finding(&region->stage));
        region_tear_down(region);
        free(region);
}

static void ck_none(struct bytes bytes, const char *who, unsigned int as)
{
        for (int i = 0; i < COUNT_OF(canaries); i++) {
                const char *how = canary_in(&canaries[i], bytes);

                ck_assert_msg(!how, "%s received %s as %s (%u, %zu octets)", who,
                              canaries[i].what, how, as, bytes.size);
        }
}

static void nobody_else_receives_one(void)
{
        for (size_t i = 0; i < region->heard_count; i++) {
                const struct heard *heard = &region->heard[i];

                if (heard->party == payer || heard->party == provider)
                        continue;
                ck_assert_msg(heard->batch < first_batch || heard->batch > last_batch,
                              "somebody heard something when there was nothing else");
                ck_none(heard->bytes,
                        heard->party == REGION_EVERYBODY
                                ? "everybody"
                                : region->members[heard->party].player.path.party.text,
                        heard->as);
        }
}

static bool party_received(size_t party, const struct canary *canary)
{
        for (size_t i = 0; i < region->heard_count; i++)
                if (region->heard[i].party == party &&
                    canary_in(canary, region->heard[i].bytes))
                        return true;
        return false;
}

/* Else the search would find nothing anywhere. */
static void the_two_sides_receive_all(void)
{
        for (int i = 0; i < COUNT_OF(canaries); i++) {
                ck_assert_msg(party_received(payer, &canaries[i]), "%s", canaries[i].what);
                ck_assert_msg(party_received(provider, &canaries[i]), "%s", canaries[i].what);
        }
}

START_TEST(a_canary_is_heard_by_its_two_sides_alone)
{
        the_two_sides_receive_all();
        nobody_else_receives_one();
}
END_TEST

static const struct canary written[] = { { "n", NULL, INT64_C(81234567891) } };

START_TEST(a_number_is_found_however_it_is_written)
{
        static const struct { const char *how; const char *bytes; size_t size; } ways[] = {
                { "decimal", "x81234567891y", 13 },
                { "dollars", " 812345678.91", 13 },
                { "dollars with commas", "$812,345,678.91", 15 },
                { "little-endian", "\x01\xd3\x22\xf5\xe9\x12\0\0\0", 9 },
                { "big-endian", "\0\0\0\x12\xe9\xf5\x22\xd3", 8 },
                { "varint", "\x08\xd3\xc5\xd4\xcf\xae\x02", 7 },
                { "zigzag", "\x08\xa6\x8b\xa9\x9f\xdd\x04", 7 },
        };

        for (int i = 0; i < COUNT_OF(ways); i++) {
                const char *how = canary_in(&written[0],
                                            (struct bytes) { ways[i].bytes, ways[i].size });

                ck_assert_msg(how && strcmp(how, ways[i].how) == 0, "%s: %s", ways[i].how,
                              how ? how : "not found");
        }
        ck_assert_ptr_null(canary_in(&written[0], (struct bytes) { "81234567890", 11 }));
}
END_TEST

int main(void)
{
        TCase *search = tcase_create("search"), *tests = tcase_create("canary");

        tcase_add_test(search, a_number_is_found_however_it_is_written);
        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_set_timeout(tests, 60);
        tcase_add_test(tests, a_canary_is_heard_by_its_two_sides_alone);
        return run_case(search, "canary search") + run_case(tests, "canary");
}
