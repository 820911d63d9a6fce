/* SPDX-License-Identifier: Apache-2.0 */
/* What the hub says in the log. */
#include "tests/proto/samples.h"

static const struct wire_fault faults[] = {
        { .code = 30, .event = 0, .field = SPAN_OF("fact.cents"), .says = SPAN_OF("too large") },
        { .code = 2, .event = REFUSAL_WHOLE, .says = SPAN_OF("does not parse") },
};

#define WIDE_MOST ((wide)(~(unsigned __int128)0 >> 1))

__extension__ static struct statement calculated = {
        .run = { CONTRACT_OF("payer", "aco", "shared-2025"), { 20089, 20454 }, RUN_RESTATED, 3,
                 20600, 812 },
        .terms_version = 2, .terms_index = 17, .terms_digest = { O32(0x7e) },
        .standing = STANDING_ADVISORY, .relayed = true, .status = STATEMENT_CALCULATED,
        .earned = -123456, .payable = 0, .has_members = true, .member_rows = 12000,
        .members_digest = { O32(0x5d) }, .has_versions = true, .by_bearer = -123456,
        .by_earner = 0, .basis = SIDE_EARNER, .disputed_count = 2, .disputed_more = 3,
        .disputed = { { FACT_EXPENDITURE, { "ma-hmo" }, { "inpatient" }, { 20089, 20454 },
                        { 5, 0, { UNIT_CENTS, -9, 1 } }, { 8, 4, { UNIT_CENTS, 0, 1 } } },
                      { FACT_QUALITY_SCORE, { "" }, { "" }, { 1, 2 },
                        { 6, 1, { UNIT_RATE, 9, 10 } }, { 9, 0, { UNIT_RATE, -1, 3 } } } },
        .line_count = 5, .fact_count = 3, .item_count = 2, .carried_count = 2,
        .lines = { { .step = 0, .code = 1, .unit = UNIT_CENTS, .num = 123, .den = 1, .item = 2,
                     .fact = 0, .facts = 3 },
                   { .step = 1, .code = 2, .unit = UNIT_RATE, .num = -5, .den = 7, .item = 1,
                     .form = 3, .fact = 2, .facts = 1 },
                   { .step = 1, .code = 2, .unit = UNIT_COUNT, .num = 9, .den = 1, .item = 2,
                     .carried = 2, .members = true },
                   { .step = 63, .code = 65535, .unit = UNIT_RATE, .num = -WIDE_MOST - 1,
                     .den = WIDE_MOST },
                   { .step = 2, .code = 3, .unit = UNIT_FLAG, .num = 0, .den = 1 } },
        .facts = { { .index = 5, .event = 0, .kind = FACT_EXPENDITURE, .side = SIDE_BEARER,
                     .item = { "total" }, .period = { 20089, 20454 },
                     .value = { UNIT_CENTS, -9, 1 } },
                   { .index = 6, .event = 1, .kind = FACT_QUALITY_SCORE, .side = SIDE_EARNER,
                     .relayed = true, .period = { 19724, 20454 },
                     .value = { UNIT_RATE, 9, 10 } },
                   { .index = 7, .event = 2, .kind = FACT_LOW_REVENUE, .side = SIDE_NEITHER,
                     .decided = true, .period = { 20089, 20454 },
                     .value = { UNIT_FLAG, 1, 1 } } },
        .items = { { "aged/dual" }, { "esrd" } },
        .carried = { { .what = CARRY_DEFICIT, .figure = { -5, 7 }, .run = 311 },
                     { .what = CARRY_MEASURE_RATE, .item = { "a1c" }, .figure = { 3, 1 },
                       .run = 312 } },
};
static struct statement not_calculable = {
        .run = { CONTRACT_OF("a", "b", "c"), { 1, 2 }, RUN_FINAL, 1, 3, 4 },
        .terms_version = 1, .terms_index = 5, .standing = STANDING_BINDING,
        .status = STATEMENT_NOT_CALCULABLE, .reason = { "no benchmark; the bearer can supply it" },
};

#define RECORD(number, ...) \
        { .kind = (number), .format = 1, .hub = { { O16(0x33) } }, __VA_ARGS__ }
#define NODE_OF(party, node) { { party }, { node } }

static const struct record records[] = {
        RECORD(ENTRY_GENESIS, .genesis = { SPAN_OF("Valley hub"), SPAN_OF("hub.example/valley"),
                { O32(0x01) }, { O32(0x02) }, { O32(0x03) }, 1700000000000000, true,
                { { O32(0x04) } } }),
        RECORD(ENTRY_GENESIS, .genesis = { SPAN_OF("x"), SPAN_OF("y"), { O32(0x01) },
                { O32(0x02) }, { O32(0x03) }, -1, false, { { 0 } } }),
        RECORD(ENTRY_REFUSAL, .refusal = { NODE_OF("payer", "one"), { { O16(0x22) } }, 9,
                { { O32(0x66) } }, faults, 2, 5 }),
        RECORD(ENTRY_EQUIVOCATION, .equivocation = { NODE_OF("payer", "one"), { { O16(0x22) } }, 9,
                44, { octets_of_terms, sizeof(octets_of_terms) } }),
        RECORD(ENTRY_PARTY_ADMISSION, .party_admission = { { "payer" }, { "The Payer, Inc." }, 2,
                { { ROLE_PAYER, 20000, DATE_NONE }, { ROLE_FUNDER, 20001, 20002 } }, true, 6,
                1000 }),
        RECORD(ENTRY_NODE_ADMISSION, .node_admission = { NODE_OF("payer", "one"), { O32(0x0a) },
                { O32(0x0b) }, { O32(0x0c) }, 31, 1000 }),
        RECORD(ENTRY_NODE_REVOCATION, .node_revocation = { NODE_OF("payer", "one"),
                { "key lost" }, 0 }),
        RECORD(ENTRY_RUN, .run = { { CONTRACT_OF("a", "b", "c"), { 20089, 20454 }, RUN_INTERIM, 2,
                20500, 0 }, 71 }),
        RECORD(ENTRY_STATEMENT, .statement = &calculated),
        RECORD(ENTRY_STATEMENT, .statement = &not_calculable),
        RECORD(ENTRY_JOURNAL_ENTRY, .journal_entry = { 71, CONTRACT_OF("a", "b", "c"),
                JOURNAL_PENDING, 2, { { { "a" }, ACCOUNT_SETTLEMENT_PAYABLE, -500 },
                { { "b" }, ACCOUNT_SETTLEMENT_RECEIVABLE, 500 } }, { "final run 1" } }),
        RECORD(ENTRY_SIGNAL, .signal = { { "payer" }, 6, SIGNAL_STATEMENT_ISSUED, 90,
                CONTRACT_OF("a", "b", "c"), 4, true, { 20089, 20454 }, RUN_FINAL, 71, 20600, true,
                STATEMENT_CALCULATED, -1, 0, { "A statement was issued." } }),
        RECORD(ENTRY_SIGNAL, .signal = { .party = { "payer" }, .number = 7,
                .kind = SIGNAL_CONTRACT_LAPSED, .cause = 91 }),
        RECORD(ENTRY_DUE, .due = { DUE_DELEGATION_ENDS, 1700000000000002, SPAN_OF("key") }),
        RECORD(ENTRY_BLOCK_ERASURE, .block_erasure = { CONTRACT_OF("a", "b", "c"), 2025,
                { "the agreement has ended" }, 1000 }),
        RECORD(ENTRY_JOURNAL_ENTRY, .journal_entry = { 0, CONTRACT_OF("a", "b", "c"),
                JOURNAL_POSTED, 2, { { { "a" }, ACCOUNT_SETTLEMENT_PAYABLE, 500 },
                { { "b" }, ACCOUNT_SETTLEMENT_RECEIVABLE, -500 } }, { "taken back" },
                PURPOSE_REVERSAL, 95, 70, { "ach-1" } }),
        RECORD(ENTRY_JOURNAL_CHANGE, .journal_change = { 73, CONTRACT_OF("a", "b", "c"),
                JOURNAL_VOIDED, 90, { "replaced" } }),
};

#define SAMPLE(says, number, wire) { says, MESSAGE_RECORD, &records[number], wire }
const struct sample samples_of_records[] = {
        SAMPLE("a genesis", 0,
          "format=1 hub_id=16*33 genesis{hub_name=\"Valley hub\" origin=\"hub.example/valley\" "
          "signing_key=32*01 sealing_key=32*02 transport_key=32*03 made_at=1700000000000000 "
          "charter_sha256=32*04}"),
        SAMPLE("a genesis without a charter", 1,
          "format=1 hub_id=16*33 genesis{hub_name=\"x\" origin=\"y\" signing_key=32*01 "
          "sealing_key=32*02 transport_key=32*03 made_at=-1}"),
        SAMPLE("a refusal", 2,
          "format=1 hub_id=16*33 refusal{node=\"payer/one\" stream=16*22 sequence=9 "
          "submission_sha256=32*66 faults{code=30 event=0 field=\"fact.cents\" says=\"too "
          "large\"} faults{code=2 says=\"does not parse\"} more=5}"),
        SAMPLE("an equivocation", 3,
          "format=1 hub_id=16*33 equivocation{node=\"payer/one\" stream=16*22 sequence=9 "
          "first_index=44 second=300*00}"),
        SAMPLE("a party", 4,
          "format=1 hub_id=16*33 party_admission{party=\"payer\" title=\"The Payer, Inc.\" "
          "roles{kind=1 from=20000} roles{kind=8 from=20001 until=20002} present=true "
          "two_nodes_for=6 operator=1000}"),
        SAMPLE("a node", 5,
          "format=1 hub_id=16*33 node_admission{node=\"payer/one\" transport_key=32*0a "
          "signing_key=32*0b sealing_key=32*0c rights=31 operator=1000}"),
        SAMPLE("the end of a node", 6,
          "format=1 hub_id=16*33 node_revocation{node=\"payer/one\" reason=\"key lost\" "
          "operator=0}"),
        SAMPLE("a run", 7,
          "format=1 hub_id=16*33 run{contract=\"a/b/c\" period_from=20089 period_until=20454 "
          "kind=RUN_INTERIM number=2 payment=20500 cause=71}"),
        SAMPLE("a statement", 8,
          "format=1 hub_id=16*33 statement{run=812 contract=\"payer/aco/shared-2025\" "
          "period_from=20089 period_until=20454 kind=RUN_RESTATED number=3 payment=20600 "
          "terms_version=2 terms_index=17 terms_sha256=32*7e standing=2 relayed=true "
          "status=CALCULATED earned=-123456 payable=0 lines{step=0 code=1 unit=1 exact=\"123\" "
          "item=\"esrd\" facts=3} lines{step=1 code=2 unit=3 exact=\"-5/7\" item=\"aged/dual\" "
          "form=3 fact=2 facts=1} lines{step=1 code=2 unit=2 exact=\"9\" item=\"esrd\" carried=2 "
          "members=true} lines{step=63 code=65535 unit=3 "
          "exact=\"-170141183460469231731687303715884105728/170141183460469231731687303715884105"
          "727\"} lines{step=2 code=3 unit=4 exact=\"0\"} facts{index=5 event=0 kind=4 side=1 "
          "relayed=false item=\"total\" num=-9 den=1} facts{index=6 event=1 kind=10 side=2 "
          "relayed=true num=9 den=10 period_from=19724 period_until=20454} facts{index=7 event=2 "
          "kind=16 side=3 relayed=false num=1 den=1 decided=true} carried{what=2 "
          "exact=\"-5/7\" run=311} carried{what=6 item=\"a1c\" exact=\"3\" run=312} "
          "member_rows=12000 members_sha256=32*5d by_bearer=-123456 by_earner=0 basis=2 "
          "disputed{kind=4 segment=\"ma-hmo\" item=\"inpatient\" period_from=20089 "
          "period_until=20454 bearer_index=5 bearer_event=0 bearer_num=-9 bearer_den=1 "
          "earner_index=8 earner_event=4 earner_num=0 earner_den=1} disputed{kind=10 period_from=1 "
          "period_until=2 bearer_index=6 bearer_event=1 bearer_num=9 bearer_den=10 "
          "earner_index=9 earner_event=0 earner_num=-1 earner_den=3} disputed_more=3}"),
        SAMPLE("a statement that could not be calculated", 9,
          "format=1 hub_id=16*33 statement{run=4 contract=\"a/b/c\" period_from=1 "
          "period_until=2 kind=RUN_FINAL number=1 payment=3 terms_version=1 terms_index=5 "
          "terms_sha256=32*00 standing=3 relayed=false status=NOT_CALCULABLE reason=\"no "
          "benchmark; the bearer can supply it\"}"),
        SAMPLE("a journal entry", 10,
          "format=1 hub_id=16*33 journal_entry{run=71 contract=\"a/b/c\" state=1 "
          "legs{party=\"a\" account=1 cents=-500} legs{party=\"b\" account=2 cents=500} "
          "says=\"final run 1\"}"),
        SAMPLE("a signal of a statement", 11,
          "format=1 hub_id=16*33 signal{party=\"payer\" number=6 kind=STATEMENT_ISSUED cause=90 "
          "contract=\"a/b/c\" version=4 period_from=20089 period_until=20454 run_kind=RUN_FINAL "
          "run=71 status=CALCULATED earned=-1 payable=0 payment=20600 says=\"A statement was "
          "issued.\"}"),
        SAMPLE("a signal with the least", 12,
          "format=1 hub_id=16*33 signal{party=\"payer\" number=7 kind=CONTRACT_LAPSED cause=91}"),
        SAMPLE("a due moment", 13,
          "format=1 hub_id=16*33 due{kind=DUE_DELEGATION_ENDS at=1700000000000002 key=\"key\"}"),
        SAMPLE("an erasure of blocks", 14,
          "format=1 hub_id=16*33 block_erasure{contract=\"a/b/c\" year=2025 reason=\"the "
          "agreement has ended\" operator=1000}"),
        SAMPLE("a reversal", 15,
          "format=1 hub_id=16*33 journal_entry{run=0 contract=\"a/b/c\" state=2 "
          "legs{party=\"a\" account=1 cents=500} legs{party=\"b\" account=2 cents=-500} "
          "says=\"taken back\" purpose=7 cause=95 reverses=70 trace=\"ach-1\"}"),
        SAMPLE("a change of the books", 16,
          "format=1 hub_id=16*33 journal_change{entry=73 contract=\"a/b/c\" state=3 cause=90 "
          "says=\"replaced\"}"),
        { 0 },
};
