/* SPDX-License-Identifier: Apache-2.0 */
/* What parties say of themselves and in the council, and what the hub says came of it. */
#include "tests/proto/samples.h"

/* ---- charters */

static const struct charter full = {
        .version = 3, .title = { "A charter for the valley" }, .notice_days = 14,
        .approval = { 2, 3 }, .class_count = 2, .seat_count = 3, .specification_count = 2,
        .public_count = 2,
        .classes = { { ROLE_PAYER, { 1, 2 } }, { ROLE_PROVIDER, { 2, 3 } } },
        .seats = { { { "payer" }, ROLE_PAYER }, { { "aco" }, ROLE_PROVIDER },
                   { { "clinic" }, ROLE_PROVIDER } },
        .specifications = {
                { { "bp" }, { "payer" }, { { "cmit.167" }, { "2025" }, { "18-85" },
                  DIRECTION_MORE }, true, { "Blood pressure under control" } },
                { { "a1c" }, { "" }, { { "cmit.204" }, { "" }, { "" }, DIRECTION_LESS }, false,
                  { "" } },
        },
        .public_parties = { { "medicare" }, { "medicaid" } },
        .disclosure = { 5, { 1, 4 }, 2, { 85, 100 }, { 1, 5 }, 11, 90, 3, 100000, 1000 },
        .calendar = { 3, 15 },
        .thresholds = { true, { 3, 5 }, { 7, 10 }, { 1, 2 }, { 1, 10 } },
        .pooled = { true, { "The law of the state" }, true, { "state" } },
};
static const struct charter least = {
        .version = 1, .title = { "The least" }, .approval = { 1, 2 },
        .disclosure = { .most_share = { 1, 1 }, .dominant_share = { 1, 1 }, .estimate = { 0, 1 } },
        .calendar = { 12, 1 },
};
static const struct charter unsupervised = {
        .version = 1, .title = { "Pooled" }, .approval = { 1, 2 },
        .disclosure = { .most_share = { 1, 1 }, .dominant_share = { 1, 1 }, .estimate = { 0, 1 },
                        .round_cents = -1 },
        .calendar = { 12, 1 }, .pooled = { true, { "A law" }, false, { "" } },
};

/* ---- from nodes */

static const struct event events[] = {
        { .kind = EVENT_PROPOSAL,
          .proposal = { { octets_of_terms, sizeof(octets_of_terms) }, 1700000000000001, 20600,
                        SPAN_OF("So that\nwe agree.") } },
        { .kind = EVENT_VOTE, .vote = { 81, CHOICE_ABSTAINS, { { O32(0xc7) } } } },
        { .kind = EVENT_PUBLICATION, .publication = { true, false } },
        { .kind = EVENT_BENEFIT,
          .benefit = { { "clinic" }, { "primary-care" }, 2, 3, true, 0, true, { 1, 5 }, 20089,
                       20454 } },
        { .kind = EVENT_BENEFIT,
          .benefit = { .provider = { "clinic" }, .tier = 1, .tiers = 1, .from = -1,
                       .until = DATE_NONE } },
        { .kind = EVENT_CAPABILITY,
          .capability = { CAPABILITY_CARE_MANAGERS, true, true, 0, 20089, 20454,
                          SPAN_OF("two nurses,\none of them since May") } },
        { .kind = EVENT_CAPABILITY,
          .capability = { .kind = CAPABILITY_DATA_EXCHANGE, .from = 1, .until = DATE_NONE } },
        { .kind = EVENT_DEPARTURE, .departure = { 20700, { "valley" }, SPAN_OF("merged") } },
        { .kind = EVENT_DEPARTURE, .departure = { .effective = 20701 } },
};
static const struct submission said = {
        .format = 1, .hub = { { O16(0x11) } }, .sender = { { "a" }, { "b" } },
        .stream = { { O16(0x22) } }, .sequence = 1, .made_at = 1, .events = events,
        .event_count = sizeof(events) / sizeof(events[0]),
};

static const struct terms presuming = {
        .contract = CONTRACT_OF("a", "b", "c"), .version = 1, .applies = APPLIES_NEXT_PERIOD,
        .standing = STANDING_SHADOW, .presupposed_count = 2,
        .presupposes = { { CAPABILITY_CARE_MANAGERS, true, 0 },
                         { .kind = CAPABILITY_AFTER_HOURS } },
};

/* ---- in the log */

static const struct release_figure figures[] = {
        { FIGURE_ALIGNMENT, { "" }, true, 3, 4, SHOWN, true, { 9, 10 } },
        { FIGURE_PROVIDER_ALIGNMENT, { "clinic" }, false, 0, 0, SHOWN_NOT, false, { 0, 1 } },
        { FIGURE_DAYS_TO_FINAL, { "" }, true, -1, 1, SHOWN, false, { 0, 1 } },
};
static const struct release_group groups[] = {
        { FIGURE_ALIGNMENT, { "" }, { { O32(0x61) } }, 0 },
        { FIGURE_MEASURE_PAYERS, { "cmit.167" }, { { O32(0x62) } }, 3 },
};

#define RECORD(number, ...) \
        { .kind = (number), .format = 1, .hub = { { O16(0x33) } }, __VA_ARGS__ }
static const struct record records[] = {
        RECORD(ENTRY_BALLOT_RESULT, .ballot_result = { 81, { { O32(0xc7) } }, 3, BALLOT_PASSED, 2,
                { { ROLE_PAYER, 4, 1, 2, 0, 1, true }, { ROLE_PROVIDER, 3, 0, 2, 1, 0, true } },
                20600, { "notice: 14 days, not 30" }, { "passed" } }),
        RECORD(ENTRY_BALLOT_RESULT, .ballot_result = { .ballot = 82,
                .outcome = BALLOT_NO_QUORUM, .effective = -1, .says = { "no quorum" } }),
        RECORD(ENTRY_RELEASE, .release = { 2, 900, { 20089, 20454 }, 3, figures, 3, groups, 2 }),
        RECORD(ENTRY_RELEASE, .release = { .number = 3, .cut = 901, .period = { 1, 2 } }),
        RECORD(ENTRY_CONFLICT, .conflict = { { "clinic" }, CONFLICT_TARGET,
                CONTRACT_OF("a", "clinic", "c"), CONTRACT_OF("b", "clinic", "c"), { "cmit.167" },
                77, false }),
        RECORD(ENTRY_CONFLICT, .conflict = { { "clinic" }, CONFLICT_VOLUME,
                CONTRACT_OF("a", "clinic", "c"), CONTRACT_OF("b", "clinic", "c"), { "" }, 78,
                true }),
        RECORD(ENTRY_DUE, .due = { DUE_BALLOT_CLOSES, 1700000000000002, SPAN_OF("key") }),
        RECORD(ENTRY_DUE, .due = { DUE_RELEASE, 1700000000000003, SPAN_OF("key") }),
        RECORD(ENTRY_SIGNAL, .signal = { .party = { "a" }, .number = 7,
                .kind = SIGNAL_COMMON_SET_DIFFERS, .cause = 91,
                .contract = CONTRACT_OF("a", "b", "c") }),
};

#define SAID(says, number, wire) \
        { says, MESSAGE_RECORD, &records[number], "format=1 hub_id=16*33 " wire }
const struct sample samples_of_the_community[] = {
        { "a charter with everything", MESSAGE_CHARTER, &full,
          "format=1 version=3 title=\"A charter for the valley\" notice_days=14 approval{num=2 "
          "den=3} classes{role=1 quorum{num=1 den=2}} classes{role=4 quorum{num=2 den=3}} "
          "seats{party=\"payer\" role=1} seats{party=\"aco\" role=4} seats{party=\"clinic\" "
          "role=4} specifications{key=\"bp\" bearer=\"payer\" concept=\"cmit.167\" "
          "version=\"2025\" population=\"18-85\" direction=1 common=true title=\"Blood pressure "
          "under control\"} specifications{key=\"a1c\" concept=\"cmit.204\" direction=2 "
          "common=false} disclosure{contributors=5 most_share{num=1 den=4} dominant=2 "
          "dominant_share{num=85 den=100} estimate{num=1 den=5} least_cell=11 lag_days=90 "
          "least_change=3 round_cents=100000 round_ppm=1000} calendar{months=3 day=15} "
          "thresholds{alignment{num=3 den=5} dominant{num=7 den=10} dominant_dollars{num=1 "
          "den=2} conflict{num=1 den=10}} public_parties{party=\"medicare\"} "
          "public_parties{party=\"medicaid\"} pooled{says=\"The law of the state\" "
          "state_action=true supervisor=\"state\"}" },
        { "a charter with the least", MESSAGE_CHARTER, &least,
          "format=1 version=1 title=\"The least\" notice_days=0 approval{num=1 den=2} "
          "disclosure{contributors=0 most_share{num=1 den=1} dominant=0 dominant_share{num=1 "
          "den=1} estimate{num=0 den=1} least_cell=0 lag_days=0 least_change=0 round_cents=0 "
          "round_ppm=0} calendar{months=12 day=1}" },
        { "a charter with a law and no supervisor", MESSAGE_CHARTER, &unsupervised,
          "format=1 version=1 title=\"Pooled\" notice_days=0 approval{num=1 den=2} "
          "disclosure{contributors=0 most_share{num=1 den=1} dominant=0 dominant_share{num=1 "
          "den=1} estimate{num=0 den=1} least_cell=0 lag_days=0 least_change=0 round_cents=-1 "
          "round_ppm=0} calendar{months=12 day=1} pooled{says=\"A law\" state_action=false}" },
        { "terms that presuppose", MESSAGE_TERMS, &presuming,
          "format=1 contract=\"a/b/c\" version=1 title=\"\" signed_on=0 effective=0 applies=1 "
          "standing=1 lookback_months=0 runout_months=0 agreement_from=0 agreement_until=0 "
          "presupposes{kind=1 step=0} presupposes{kind=3}" },
        { "a submission about parties and the council", MESSAGE_SUBMISSION, &said,
          "format=1 hub_id=16*11 sender=\"a/b\" stream=16*22 sequence=1 made_at=1 "
          "events{proposal{charter=300*00 closes=1700000000000001 effective=20600 "
          "says=\"So that\nwe agree.\"}} events{vote{ballot=81 choice=3 charter_sha256=32*c7}} "
          "events{publication{measures=true methods=false}} events{benefit{provider=\"clinic\" "
          "service=\"primary-care\" tier=2 tiers=3 copayment=0 coinsurance{num=1 den=5} "
          "from=20089 until=20454}} events{benefit{provider=\"clinic\" tier=1 tiers=1 from=-1}} "
          "events{capability{kind=1 has=true count=0 from=20089 until=20454 says=\"two "
          "nurses,\none of them since May\"}} events{capability{kind=10 has=false from=1}} "
          "events{departure{effective=20700 into=\"valley\" reason=\"merged\"}} "
          "events{departure{effective=20701}}" },
        SAID("what a ballot came to", 0,
          "ballot_result{ballot=81 charter_sha256=32*c7 version=3 outcome=1 classes{role=1 "
          "seats=4 vacant=1 votes_for=2 votes_against=0 abstained=1 quorum=true} classes{role=4 "
          "seats=3 vacant=0 votes_for=2 votes_against=1 abstained=0 quorum=true} "
          "effective=20600 lowered=\"notice: 14 days, not 30\" says=\"passed\"}"),
        SAID("what one without a quorum came to", 1,
          "ballot_result{ballot=82 charter_sha256=32*00 version=0 outcome=2 effective=-1 "
          "says=\"no quorum\"}"),
        SAID("a release", 2,
          "release{number=2 cut=900 period_from=20089 period_until=20454 charter=3 "
          "figures{figure=1 num=3 den=4 decision=1 coverage{num=9 den=10}} figures{figure=10 "
          "item=\"clinic\" decision=2} figures{figure=12 num=-1 den=1 decision=1} "
          "groups{figure=1 members_sha256=32*61 changed=0} groups{figure=7 item=\"cmit.167\" "
          "members_sha256=32*62 changed=3}}"),
        SAID("a release of nothing", 3,
          "release{number=3 cut=901 period_from=1 period_until=2 charter=0}"),
        SAID("a conflict", 4,
          "conflict{party=\"clinic\" type=2 contract=\"a/clinic/c\" against=\"b/clinic/c\" "
          "concept=\"cmit.167\" cause=77 ended=false}"),
        SAID("the end of one about total cost", 5,
          "conflict{party=\"clinic\" type=6 contract=\"a/clinic/c\" against=\"b/clinic/c\" "
          "cause=78 ended=true}"),
        SAID("a ballot closes", 6,
          "due{kind=DUE_BALLOT_CLOSES at=1700000000000002 key=\"key\"}"),
        SAID("a day of release", 7,
          "due{kind=DUE_RELEASE at=1700000000000003 key=\"key\"}"),
        SAID("a signal of a contract that differs", 8,
          "signal{party=\"a\" number=7 kind=COMMON_SET_DIFFERS cause=91 contract=\"a/b/c\"}"),
        { 0 },
};
