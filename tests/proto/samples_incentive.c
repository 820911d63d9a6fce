/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of incentives and of the community, and the answers. */
#include "tests/proto/samples.h"

#define ABC CONTRACT_OF("a", "b", "c")
#define ASKS(...) { .kind = CLIENT_QUERY, .query = { __VA_ARGS__ } }
#define PAGE .after = SPAN_OF("cursor"), .most = 6
static const struct client_frame queries[] = {
        ASKS(.id = 41, .kind = QUERY_INCENTIVE, .has_as_of = true, .as_of = 7),
        ASKS(.id = 42, .kind = QUERY_CHARTER),
        ASKS(.id = 43, .kind = QUERY_CHARTER, .version = 3),
        ASKS(.id = 44, .kind = QUERY_BALLOTS, PAGE),
        ASKS(.id = 45, .kind = QUERY_RELEASES, PAGE),
        ASKS(.id = 46, .kind = QUERY_CONFLICTS, PAGE),
        ASKS(.id = 47, .kind = QUERY_PUBLICATIONS, PAGE),
        ASKS(.id = 48, .kind = QUERY_BENEFITS, PAGE),
        ASKS(.id = 49, .kind = QUERY_CAPABILITIES, PAGE),
        ASKS(.id = 50, .kind = QUERY_CAPABILITIES),
};

/* ---- incentives */

static const struct incentive_contract contracts[] = {
        { ABC, 2, STANDING_BINDING, true, true, { 41, 100 }, { 20089, 20454 }, 20300, 20700, true,
          -5, 7, -1, 0, 1, -2, 3, { "" }, true, 0 },
        { .contract = CONTRACT_OF("d", "b", "e"), .version = 1, .standing = STANDING_SHADOW,
          .share = { 0, 1 }, .period = { 1, 2 }, .paid_through = DATE_NONE, .payment = DATE_NONE,
          .reason = { "no benchmark" } },
};
static const struct incentive_row rows[] = {
        { 0, { INCENTIVE_MEASURE,
               { { "cmit.167" }, { "2025" }, { "18-85" }, DIRECTION_MORE }, { "dialysis" },
               { "bp" }, true, 62, 100, true, { 3, 4 }, { -1, 0, 1 }, true, 0, 11400, true, 0,
               EDGE_GATE, 3, 900, true } },
        { 1, { .of = INCENTIVE_TOTAL_COST,
               .key = { { CONCEPT_TOTAL_COST }, { "" }, { "" }, DIRECTION_LESS } } },
};
static const struct capability_need needs[] = {
        { 0, CAPABILITY_CARE_MANAGERS, true, CAPABILITY_NOT_SAID },
        { 1, CAPABILITY_REGISTRY, false, CAPABILITY_HAS },
};
static const struct incentive_signal incentive = {
        { "clinic" }, 99, 1700000000000001, contracts, 2, rows, 2, true, 0, { 20089, 20454 },
        needs, 2, true, 4,
};
static const struct incentive_signal nothing = { .party = { "clinic" }, .as_of = 98, .time = -1 };
static const struct signal_frame live = { .kind = FRAME_INCENTIVE, .incentive = incentive };

/* ---- answers */

static const struct charter_row charter = { SPAN_OF("charter"), { { O32(0xc7) } }, 81, 0 };
static const struct vote_row votes[] = {
        { { "aco" }, CHOICE_FOR, 83 }, { { "payer" }, CHOICE_AGAINST, 84 },
};
static const struct ballot_result result = {
        .ballot = 81, .charter_sha256 = { { O32(0xc7) } }, .version = 3,
        .outcome = BALLOT_REJECTED, .class_count = 1,
        .classes = { { ROLE_PAYER, 1, 0, 0, 1, 0, true } }, .effective = 20600,
        .says = { "rejected" },
};
static const struct ballot_row ballots[] = {
        { 81, 1700000000000002, { "aco" }, 3, SPAN_OF("charter"), { { O32(0xc7) } },
          1700000000000003, 20600, SPAN_OF("why"), { "notice" }, votes, 2, &result },
        { .ballot = 82, .by = { "payer" }, .charter = SPAN_OF("c"), .says = SPAN_OF("w") },
};
static const struct record_entry releases[] = {
        { 90, 1700000000000004, SPAN_OF("release") },
};
static const struct conflict_row conflicts[] = {
        { 91, 1700000000000005,
          { { "clinic" }, CONFLICT_PERIOD, CONTRACT_OF("a", "clinic", "c"),
            CONTRACT_OF("b", "clinic", "c"), { "cmit.167" }, 77, false } },
};
static const struct public_measure measures[] = {
        { { { "cmit.167" }, { "2025" }, { "18-85" }, DIRECTION_MORE }, true },
        { { { "a1c" }, { "" }, { "" }, DIRECTION_LESS }, false },
};
static const struct publication_row publications[] = {
        { ABC, false, measures, 2, true, 0 },
        { .contract = CONTRACT_OF("medicare", "b", "e"), .relayed = true },
};
static const struct benefit_row benefits[] = {
        { { "payer" }, { { "clinic" }, { "" }, 2, 3, true, 2500, false, { 0, 0 }, 20089,
          DATE_NONE }, 92, true, { "it pays for savings there" } },
        { { "payer" }, { { "clinic" }, { "visits" }, 1, 3, false, 0, true, { 1, 5 }, 1, 2 }, 70,
          false, { "" } },
};
static const struct capability_row capabilities[] = {
        { { CAPABILITY_REGISTRY, true, false, 0, 20089, DATE_NONE, { NULL, 0 } }, 93, true },
};
static const struct hub_frame answers[] = {
        { .kind = HUB_ANSWER,
          .answer = { .id = 41, .as_of = 99, .incentive = &incentive, .charter = &charter,
                      .ballots = ballots, .ballot_count = 2, .releases = releases,
                      .release_count = 1, .conflicts = conflicts, .conflict_count = 1,
                      .publications = publications, .publication_count = 2,
                      .benefits = benefits, .benefit_count = 2, .capabilities = capabilities,
                      .capability_count = 1 } },
        { .kind = HUB_ANSWER, .answer = { .id = 42, .as_of = 99, .incentive = &nothing } },
};

#define FRAME(says, number, wire) { says, MESSAGE_CLIENT_FRAME, &queries[number], wire }
#define INCENTIVE \
          "incentive{party=\"clinic\" as_of=99 time=1700000000000001 contracts{" \
          "contract=\"a/b/c\" version=2 standing=3 relayed=true through=true share{num=41 " \
          "den=100} period_from=20089 period_until=20454 paid_through=20300 payment=20700 " \
          "revenue=-5 category=7 low=-1 central=0 high=1 least=-2 most=3 members=0} " \
          "contracts{contract=\"d/b/e\" version=1 standing=1 relayed=false through=false " \
          "period_from=1 period_until=2 category=0 low=0 central=0 high=0 least=0 most=0 " \
          "reason=\"no benchmark\"} rows{contract=0 of=1 concept=\"cmit.167\" " \
          "version=\"2025\" population=\"18-85\" direction=1 excludes=\"dialysis\" " \
          "item=\"bp\" numerator=62 denominator=100 target{num=3 den=4} point_low=-1 point=0 " \
          "point_high=1 patient=0 stake=11400 reachable=0 edge_steps=3 edge_worth=900 edge=1 " \
          "gate=true} rows{contract=1 of=3 concept=\"total-cost\" direction=2 point_low=0 " \
          "point=0 point_high=0 stake=0 gate=false} all_source_revenue=0 revenue_from=20089 " \
          "revenue_until=20454 needs{contract=0 kind=1 paid=true has=3} needs{contract=1 " \
          "kind=2 paid=false has=1} digest=true more=4}"
const struct sample samples_of_incentives[] = {
        FRAME("query what its contracts reward, as of then", 0,
          "query{id=41 incentive{} as_of=7}"),
        FRAME("query the charter", 1,
          "query{id=42 charter{}}"),
        FRAME("query a charter of before", 2,
          "query{id=43 charter{version=3}}"),
        FRAME("query ballots", 3,
          "query{id=44 ballots{after=\"cursor\" most=6}}"),
        FRAME("query releases", 4,
          "query{id=45 releases{after=\"cursor\" most=6}}"),
        FRAME("query conflicts", 5,
          "query{id=46 conflicts{after=\"cursor\" most=6}}"),
        FRAME("query publications", 6,
          "query{id=47 publications{after=\"cursor\" most=6}}"),
        FRAME("query benefits", 7,
          "query{id=48 benefits{after=\"cursor\" most=6}}"),
        FRAME("query capabilities", 8,
          "query{id=49 capabilities{after=\"cursor\" most=6}}"),
        FRAME("query capabilities, the least", 9,
          "query{id=50 capabilities{}}"),
        { "what contracts reward, live", MESSAGE_SIGNAL_FRAME, &live, INCENTIVE },
        { "an answer with all of the community", MESSAGE_HUB_FRAME, &answers[0],
          "answer{id=41 as_of=99 " INCENTIVE " charter{charter=\"charter\" charter_sha256=32*c7 "
          "ballot=81 since=0} ballots{ballot=81 time=1700000000000002 by=\"aco\" version=3 "
          "charter=\"charter\" charter_sha256=32*c7 closes=1700000000000003 effective=20600 "
          "says=\"why\" lowered=\"notice\" votes{party=\"aco\" choice=1 index=83} "
          "votes{party=\"payer\" choice=2 index=84} result{ballot=81 charter_sha256=32*c7 "
          "version=3 outcome=3 classes{role=1 seats=1 vacant=0 votes_for=0 votes_against=1 "
          "abstained=0 quorum=true} effective=20600 says=\"rejected\"}} ballots{ballot=82 time=0 "
          "by=\"payer\" version=0 charter=\"c\" charter_sha256=32*00 closes=0 effective=0 "
          "says=\"w\"} releases{index=90 time=1700000000000004 record=\"release\"} "
          "conflicts{index=91 time=1700000000000005 conflict{party=\"clinic\" type=4 "
          "contract=\"a/clinic/c\" against=\"b/clinic/c\" concept=\"cmit.167\" cause=77 "
          "ended=false}} publications{contract=\"a/b/c\" relayed=false "
          "measures{concept=\"cmit.167\" version=\"2025\" population=\"18-85\" direction=1 "
          "common=true} measures{concept=\"a1c\" direction=2 common=false} category=0} "
          "publications{contract=\"medicare/b/e\" relayed=true} benefits{payer=\"payer\" "
          "benefit{provider=\"clinic\" tier=2 tiers=3 copayment=2500 from=20089} index=92 "
          "current=true contradicts=\"it pays for savings there\"} benefits{payer=\"payer\" "
          "benefit{provider=\"clinic\" service=\"visits\" tier=1 tiers=3 coinsurance{num=1 "
          "den=5} from=1 until=2} index=70 current=false} capabilities{capability{kind=2 "
          "has=true from=20089} index=93 current=true}}" },
        { "an answer of nothing that rewards", MESSAGE_HUB_FRAME, &answers[1],
          "answer{id=42 as_of=99 incentive{party=\"clinic\" as_of=98 time=-1 digest=false}}" },
        { 0 },
};
