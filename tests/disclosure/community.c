/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/disclosure/community.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/draw.h"

#define DAY (INT64_C(86400) * SECOND)

const struct community community_small = {
        .payers = 12, .providers = 8, .seed = 5, .months = 3,
        .rules = {
                .contributors = 5, .most_share = { 1, 4 }, .dominant = 2,
                .dominant_share = { 85, 100 }, .estimate = { 20, 100 }, .least_cell = 11,
                .lag_days = 28, .least_change = 5, .round_cents = 100000, .round_ppm = 1000,
        },
        .joins = true, .owners = true, .publishes = true,
};

static const char *const measures[] = { "cbp", "hbd", "bcs" };

/* ---- the charter */

static void write_charter(struct charter *charter, const struct community *community)
{
        *charter = (struct charter) {
                .version = 1, .title = { "the community of the stage" }, .notice_days = 2,
                .approval = { 2, 3 }, .class_count = 2, .seat_count = 6,
                .classes = { { ROLE_PAYER, { 1, 2 } }, { ROLE_PROVIDER, { 1, 2 } } },
                .disclosure = community->rules,
                .calendar = { community->months, 15 },
                .thresholds = { true, { 6, 10 }, { 67, 100 }, { 80, 100 }, { 5, 100 } },
        };
        for (int i = 0; i < 6; i++) {
                charter->seats[i].role = i % 2 ? ROLE_PROVIDER : ROLE_PAYER;
                snprintf(charter->seats[i].party.text, sizeof(charter->seats[i].party.text),
                         i % 2 ? "clinic-%d" : "payer-%d", 1 + i / 2);
        }
        for (int i = 0; i < 3; i++)
                charter->specifications[charter->specification_count++] = (struct specification) {
                        .key = region_name(measures[i]),
                        .is = { .concept = region_name(measures[i]), .direction = DIRECTION_MORE },
                        .common = i < 2,
                };
}

static void found(struct region *region, const struct community *community)
{
        struct charter *charter = calloc(1, sizeof(*charter));
        struct event event = { .kind = EVENT_PROPOSAL };
        struct sha256 digest;
        uint64_t ballot;
        struct sink sink;

        must(charter ? 0 : -1, "calloc");
        write_charter(charter, community);
        must(sink_new(&sink, 4096, 1 << 20), "sink_new");
        must(wire_write_charter(&sink, charter), "wire_write_charter");
        event.proposal.charter = sink_bytes(&sink);
        event.proposal.closes = region->stage.now + 3 * DAY;
        event.proposal.effective = COMMUNITY_BEGINS + 4;
        event.proposal.says = (struct bytes) { "a beginning", 11 };
        digest = sha256_of(event.proposal.charter);
        ballot = region_said(region, region_party(region, "payer-1"), NULL, &event);
        event = (struct event) {
                .kind = EVENT_VOTE, .vote = { ballot, CHOICE_FOR, digest },
        };
        for (uint32_t i = 0; i < charter->seat_count; i++)
                region_said(region, region_party(region, charter->seats[i].party.text), NULL,
                            &event);
        region_until(region, COMMUNITY_BEGINS + 6);
        sink_free(&sink);
        free(charter);
}

/* ---- contracts */

static void agree(struct region *region, const struct community *community, size_t payer,
                  size_t provider, uint64_t drawn)
{
        struct deal deal = {
                .payer = payer, .provider = community->payers + provider,
                .kind = community->even ? (enum deal_kind)((payer + provider) % 3)
                                        : (enum deal_kind)(drawn % 3),
                .pool = 20000000 + (int64_t)(drawn >> 8) % 10000000,
                .best = { 7 + (int64_t)(drawn >> 4) % 3, 10 }, .title = "as agreed",
        };

        if (deal.kind == DEAL_FEE)
                deal.pool = 2500;
        deal.measures[0] = measures[(drawn >> 16) % 3];
        deal.measures[1] = deal.kind == DEAL_QUALITY ? measures[((drawn >> 16) + 1) % 3] : NULL;
        if (deal.kind == DEAL_FEE)
                deal.measures[0] = NULL;
        deal.contract.bearer = region->members[deal.payer].player.path.party;
        deal.contract.earner = region->members[deal.provider].player.path.party;
        deal.contract.label = region_name("year");
        region_deal(region, &deal);
}

static void agree_all(struct region *region, const struct community *community, size_t payer)
{
        uint64_t state = community->seed * 100 + payer;

        for (size_t i = 0; i < community->providers; i++) {
                uint64_t drawn = splitmix(&state);

                if (community->even || drawn % 4 || (drawn >> 40) % 2)
                        agree(region, community, payer, i, drawn >> 2);
        }
}

static void publish(struct region *region, size_t place)
{
        const struct event event = {
                .kind = EVENT_PUBLICATION, .publication = { .measures = true, .methods = true },
        };

        region_said(region, region->deals[place].payer, &region->deals[place].contract, &event);
}

static void own(struct region *region)
{
        struct event event = {
                .kind = EVENT_RELATION,
                .relation = {
                        .kind = RELATION_OWNS, .other = region_name("payer-2"),
                        .from = COMMUNITY_BEGINS, .until = DATE_NONE,
                },
        };

        region_said(region, region_party(region, "payer-1"), NULL, &event);
}

void community_begin(struct region *region, const struct community *community)
{
        char name[32];

        region_set_up(region, COMMUNITY_BEGINS * DAY);
        for (size_t i = 0; i < community->payers; i++) {
                snprintf(name, sizeof(name), "payer-%zu", i + 1);
                region_admit(region, name, ROLE_PAYER, true);
        }
        for (size_t i = 0; i < community->providers; i++) {
                snprintf(name, sizeof(name), "clinic-%zu", i + 1);
                region_admit(region, name, ROLE_PROVIDER, true);
        }
        found(region, community);
        if (community->owners)
                own(region);
        for (size_t i = 0; i + community->joins < community->payers; i++)
                agree_all(region, community, i);
        for (size_t i = 0; i < region->deal_count && community->publishes; i++)
                if (region->deals[i].payer)
                        publish(region, i);
}

/* ---- the year */

/* Thousandths. One of the first two, together with any other one, knows the other nearly. */
static int64_t weight_of(const struct community *community, size_t payer)
{
        static const int64_t skewed[] = { 1000, 900, 60, 55 };

        return community->skewed ? skewed[payer % 4] : 1000;
}

/* Everybody's figures by that day, or those of one payer; some of them other than a quarter ago. */
static void report(struct region *region, const struct community *community, date through,
                   uint64_t quarter, size_t only)
{
        for (size_t i = 0; i < region->deal_count; i++) {
                uint64_t drawn = splitmix_of(community->seed * 1000 + i);
                uint64_t now = splitmix_of(drawn + quarter);
                int64_t year = 80000000 + (community->even ? 0 : (int64_t)(drawn % 40000000));

                if (only < community->payers && region->deals[i].payer != only)
                        continue;
                year = year / 1000 * weight_of(community, region->deals[i].payer);
                region_report(region, i, through,
                              year + (int64_t)(now % ((uint64_t)year / 100)),
                              550 + (uint32_t)(now % 200));
        }
}

static void state_revenues(struct region *region, const struct community *community)
{
        for (size_t i = 0; i < community->providers; i++) {
                uint64_t drawn = splitmix_of(community->seed * 77 + i);

                region_state_revenue(region, community->payers + i, 2024,
                                     1600000000 + (int64_t)(drawn % 300000000));
        }
}

void community_year(struct region *region, const struct community *community)
{
        size_t all = community->payers;

        report(region, community, date_of(2025, 3, 31), 1, all);
        state_revenues(region, community);
        region_until(region, date_of(2025, 5, 20));
        report(region, community, date_of(2025, 3, 31), 2, 0);  /* restated by one */
        region_until(region, date_of(2025, 7, 10));
        if (community->joins)
                agree_all(region, community, community->payers - 1);
        report(region, community, date_of(2025, 6, 30), 3, all);
        region_until(region, date_of(2025, 10, 10));
        report(region, community, date_of(2025, 9, 30), 4, all);
        region_until(region, date_of(2026, 1, 31));
}
