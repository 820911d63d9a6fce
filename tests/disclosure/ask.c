/* SPDX-License-Identifier: Apache-2.0 */
/* Every question there is, about everything in the region and about what is not in it. */
#include <stdlib.h>

#include "tests/disclosure/region.h"

static void ask(struct region *region, size_t party, const struct query *query)
{
        stage_ask(&region->stage, &region->members[party].player, query, party + 1);
}

/* As it is now, and as it was. */
static void ask_twice(struct region *region, size_t party, struct query query)
{
        ask(region, party, &query);
        query.has_as_of = true;
        query.as_of = stage_entries(&region->stage) / 2;
        ask(region, party, &query);
}

static bool is_of_contract(enum query_kind kind)
{
        switch (kind) {
        case QUERY_TIP:
        case QUERY_CONTRACTS:
        case QUERY_SIGNALS:
        case QUERY_PROOF:
        case QUERY_ENTRIES:
        case QUERY_LEAVES:
        case QUERY_READS:
        case QUERY_WITNESSES:
        case QUERY_CHARTER:
        case QUERY_BALLOTS:
        case QUERY_RELEASES:
                return false;
        default:
                return true;
        }
}

static struct query question(enum query_kind kind)
{
        return (struct query) {
                .id = 7, .kind = kind, .side = SIDE_EARNER, .history = true,
                .period = { date_of(2024, 1, 1), date_of(2025, 1, 1) },
                .payment = date_of(2026, 10, 15),
        };
}

/* Entries as they stand in the log: as many at once as the hub gives. */
static void ask_entries(struct region *region, size_t party)
{
        static struct place_at places[32];
        uint64_t entries = stage_entries(&region->stage);
        struct query query = question(QUERY_ENTRIES);

        for (uint64_t first = 0; first < entries; first += query.include_count) {
                query.include = places;
                query.include_count = 0;
                while (query.include_count < 32 && first + query.include_count < entries) {
                        places[query.include_count].at = first + query.include_count;
                        query.include_count++;
                }
                ask(region, party, &query);
        }
}

void region_ask_all(struct region *region, size_t party)
{
        region_begin(region);
        for (int kind = QUERY_TIP; kind < QUERY_KIND_COUNT; kind++) {
                struct query query = question((enum query_kind)kind);

                ask_twice(region, party, query);
                if (!is_of_contract(query.kind))
                        continue;
                /* Of its own, and of some of the others'. */
                for (size_t i = party % 5; i < region->deal_count; i += 5) {
                        query.contract = region->deals[i].contract;
                        ask(region, party, &query);
                }
        }
        region_commit(region);
        region_begin(region);
        ask_entries(region, party);
        region_commit(region);
}
