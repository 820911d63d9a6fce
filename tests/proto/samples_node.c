/* SPDX-License-Identifier: Apache-2.0 */
/* What nodes send. */
#include "tests/proto/samples.h"

static const struct client_frame hello = {
        .kind = CLIENT_HELLO,
        .hello = { .format = 1, .has_stream = true, .stream = { { O16(0xa1) } },
                   .client = SPAN_OF("accord 0.1 caf\xc3\xa9") },
};
static const struct client_frame bare_hello = { .kind = CLIENT_HELLO, .hello = { .format = 2 } };

#define RELAYED                                                                           \
        { .is = true, .party = { "medicare" }, .document_sha256 = { { O32(0xd0) } },      \
          .document = SPAN_OF("letter of 3 May") }

static const struct event all_kinds[] = {
        { .kind = EVENT_OFFER,
          .offer = { .terms = { octets_of_terms, sizeof(octets_of_terms) },
                     .open_until = 1700000000000001, .relayed = RELAYED } },
        { .kind = EVENT_OFFER, .offer = { .terms = SPAN_OF("t") } },
        { .kind = EVENT_ACCEPTANCE,
          .acceptance = { .version = 3, .terms_sha256 = { { O32(0xc3) } } } },
        { .kind = EVENT_TERMINATION,
          .termination = { .effective = 20454, .reason = SPAN_OF("merged") } },
        { .kind = EVENT_RUN_REQUEST,
          .run_request = { .period = { 20089, 20454 }, .kind = RUN_FINAL, .payment = 20600 } },
        { .kind = EVENT_RELATION,
          .relation = { .kind = RELATION_BILLS_FOR, .other = { "valley" }, .from = -10,
                        .until = 20000, .npi = SPAN_OF("1234567893"), .tin = SPAN_OF("987654321"),
                        .ccn = SPAN_OF("05T123") } },
        { .kind = EVENT_RELATION,
          .relation = { .kind = RELATION_OWNS, .other = { "hill" }, .from = 1,
                        .until = DATE_NONE } },
        { .kind = EVENT_DELEGATION,
          .delegation = { .to = { "tpa" }, .rights = 17, .from = -5, .until = INT64_MAX } },
        { .kind = EVENT_DELEGATION_END, .delegation_end = { { "tpa" } } },
        { .kind = EVENT_STREAM_CLOSE, .stream_close = { { { O16(0xee) } } } },
};
static const struct submission everything = {
        .format = 1, .hub = { { O16(0x11) } }, .sender = { { "payer" }, { "one" } },
        .on_behalf_of = { "other" }, .contract = CONTRACT_OF("payer", "aco", "shared-2025"),
        .stream = { { O16(0x22) } }, .sequence = UINT64_MAX, .made_at = INT64_MIN,
        .events = all_kinds, .event_count = sizeof(all_kinds) / sizeof(all_kinds[0]),
};

#define PERIOD { 20089, 20454 }
static const struct event facts[] = {
        { .kind = EVENT_FACT,
          .fact = { .key = { SCOPE_CONTRACT, FACT_EXPENDITURE, { "ma-hmo" }, { "inpatient" },
                             PERIOD, 20500 },
                    .value = { UNIT_CENTS, -MONEY_MAX, 1 }, .has_supersedes = true,
                    .supersedes = 77, .relayed = RELAYED } },
        { .kind = EVENT_FACT,
          .fact = { .key = { SCOPE_CONTRACT, FACT_MEMBER_MONTHS, { "" }, { "" }, PERIOD,
                             DATE_NONE },
                    .value = { UNIT_COUNT, 12000, 1 } } },
        { .kind = EVENT_FACT,
          .fact = { .key = { SCOPE_COMMUNITY, FACT_REFERENCE_RATE, { "" }, { "trend" }, PERIOD,
                             DATE_NONE },
                    .value = { UNIT_RATE, -3, 1000 } } },
        { .kind = EVENT_FACT,
          .fact = { .key = { SCOPE_PARTY, FACT_LOW_REVENUE, { "" }, { "" }, PERIOD, DATE_NONE },
                    .value = { UNIT_FLAG, 0, 1 }, .has_supersedes = true, .supersedes = 0 } },
        { .kind = EVENT_FACT,
          .fact = { .key = { SCOPE_PARTY, FACT_LOW_REVENUE, { "" }, { "" }, PERIOD, DATE_NONE },
                    .value = { UNIT_FLAG, 1, 1 } } },
};
static const struct submission stating = {
        .format = 1, .hub = { { O16(0x11) } }, .sender = { { "a" }, { "b" } },
        .stream = { { O16(0x22) } }, .sequence = 1, .made_at = 1700000000000000,
        .events = facts, .event_count = sizeof(facts) / sizeof(facts[0]),
};

static const uint8_t two_rows[2 * MEMBER_ROW_SIZE] = { 1 }, one_row[MEMBER_ROW_SIZE] = { 2 };
static const struct item categories[] = { { "esrd" }, { "aged/dual" } };
static const struct event blocks[] = {
        { .kind = EVENT_BLOCK,
          .block = { .segment = { "ma-hmo" }, .period = PERIOD, .paid_through = 20500,
                     .number = 4096, .rows = 2, .cents = -3, .sha256 = { { O32(0xb1) } },
                     .generation = 7, .category_count = 2, .categories = categories,
                     .has_supersedes = true, .supersedes = 0 } },
        { .kind = EVENT_BLOCK,
          .block = { .period = PERIOD, .paid_through = DATE_NONE, .number = 1, .rows = 0,
                     .sha256 = { { O32(0xb2) } }, .generation = 1, .has_supersedes = true,
                     .supersedes = 78 } },
        { .kind = EVENT_BLOCK,
          .block = { .period = PERIOD, .paid_through = DATE_NONE, .number = 2, .rows = 1,
                     .cents = 1, .sha256 = { { O32(0xb3) } }, .generation = 1 } },
};
static const struct bytes columns[] = {
        { two_rows, sizeof(two_rows) }, { one_row, sizeof(one_row) },
};
static const struct submission of_blocks = {
        .format = 1, .hub = { { O16(0x11) } }, .sender = { { "a" }, { "b" } },
        .contract = CONTRACT_OF("a", "b", "c"), .stream = { { O16(0x22) } }, .sequence = 1,
        .made_at = 1, .events = blocks, .event_count = sizeof(blocks) / sizeof(blocks[0]),
        .blocks = columns, .block_count = 2,
};
static const struct client_frame submitting_blocks = {
        .kind = CLIENT_SUBMISSION,
        .submission = {
                .format = 1, .hub = { { O16(0x11) } }, .sender = { { "a" }, { "b" } },
                .stream = { { O16(0x22) } }, .sequence = 1, .made_at = 1,
                .events = blocks + 2, .event_count = 1, .blocks = columns + 1, .block_count = 1,
        },
};

#define ASKS(...) { .kind = CLIENT_QUERY, .query = { __VA_ARGS__ } }
static const struct client_frame queries[] = {
        ASKS(.id = 1, .kind = QUERY_TIP),
        ASKS(.id = 2, .kind = QUERY_CONTRACTS),
        ASKS(.id = 3, .kind = QUERY_CONTRACTS, .after = SPAN_OF("a/b/c"), .most = 10),
        ASKS(.id = 4, .kind = QUERY_TERMS, .contract = CONTRACT_OF("a", "b", "c"), .version = 5),
        ASKS(.id = 5, .kind = QUERY_FACTS, .contract = CONTRACT_OF("a", "b", "c"), .history = true,
             .after = SPAN_OF("cursor"), .most = 6),
        ASKS(.id = 6, .kind = QUERY_STATEMENTS),
        ASKS(.id = 7, .kind = QUERY_STATEMENTS, .contract = CONTRACT_OF("a", "b", "c"),
             .after = SPAN_OF("cursor"), .most = 7),
        ASKS(.id = 8, .kind = QUERY_STATEMENT, .run = 99),
        ASKS(.id = 9, .kind = QUERY_PREVIEW, .contract = CONTRACT_OF("a", "b", "c"),
             .period = { 1, 2 }, .payment = 3),
        ASKS(.id = 10, .kind = QUERY_SIGNALS, .since = 41, .most = 100),
        ASKS(.id = 11, .kind = QUERY_BLOCKS, .contract = CONTRACT_OF("a", "b", "c"),
             .history = true, .after = SPAN_OF("cursor"), .most = 6),
};

static const struct client_frame submitting = {
        .kind = CLIENT_SUBMISSION,
        .submission = {
                .format = 1, .hub = { { O16(0x11) } }, .sender = { { "payer" }, { "one" } },
                .stream = { { O16(0x22) } }, .sequence = 300, .made_at = 9,
                .events = all_kinds + 2, .event_count = 1,
        },
};

const struct sample samples_of_nodes[] = {
        { "a hello with everything", MESSAGE_CLIENT_FRAME, &hello,
          "hello{format=1 stream=16*a1 client=\"accord 0.1 café\"}" },
        { "a hello with the least", MESSAGE_CLIENT_FRAME, &bare_hello,
          "hello{format=2}" },
        { "a submission in its frame", MESSAGE_CLIENT_FRAME, &submitting,
          "submission{body=08011210111111111111111111111111111111111a0970617965722f6f6e653210222"
          "2222222222222222222222222222238ac0240094a26122408031220c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3"
          "c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3 signature=64*00}" },
        { "a submission with every event but a fact", MESSAGE_SUBMISSION, &everything,
          "format=1 hub_id=16*11 sender=\"payer/one\" on_behalf_of=\"other\" "
          "contract=\"payer/aco/shared-2025\" stream=16*22 sequence=18446744073709551615 "
          "made_at=-9223372036854775808 events{offer{terms=300*00 open_until=1700000000000001 "
          "relayed{party=\"medicare\" document_sha256=32*d0 document=\"letter of 3 May\"}}} "
          "events{offer{terms=\"t\"}} events{acceptance{version=3 terms_sha256=32*c3}} "
          "events{termination{effective=20454 reason=\"merged\"}} "
          "events{run_request{period_from=20089 period_until=20454 kind=RUN_FINAL "
          "payment=20600}} events{relation{kind=BILLS_FOR other=\"valley\" from=-10 until=20000 "
          "npi=\"1234567893\" tin=\"987654321\" ccn=\"05T123\"}} events{relation{kind=OWNS "
          "other=\"hill\" from=1}} events{delegation{to=\"tpa\" rights=17 from=-5 "
          "until=9223372036854775807}} events{delegation_end{to=\"tpa\"}} "
          "events{stream_close{stream=16*ee}}" },
        { "a submission with facts of every unit", MESSAGE_SUBMISSION, &stating,
          "format=1 hub_id=16*11 sender=\"a/b\" stream=16*22 sequence=1 "
          "made_at=1700000000000000 events{fact{scope=SCOPE_CONTRACT kind=4 segment=\"ma-hmo\" "
          "item=\"inpatient\" period_from=20089 period_until=20454 paid_through=20500 "
          "cents=-1000000000000000 supersedes=77 relayed{party=\"medicare\" "
          "document_sha256=32*d0 document=\"letter of 3 May\"}}} "
          "events{fact{scope=SCOPE_CONTRACT kind=3 period_from=20089 period_until=20454 "
          "count=12000}} events{fact{scope=SCOPE_COMMUNITY kind=26 item=\"trend\" "
          "period_from=20089 period_until=20454 rate{num=-3 den=1000}}} "
          "events{fact{scope=SCOPE_PARTY kind=16 period_from=20089 period_until=20454 "
          "flag=false supersedes=0}} events{fact{scope=SCOPE_PARTY kind=16 period_from=20089 "
          "period_until=20454 flag=true}}" },
        { "a submission with blocks, of which one has no rows", MESSAGE_SUBMISSION, &of_blocks,
          "format=1 hub_id=16*11 sender=\"a/b\" contract=\"a/b/c\" stream=16*22 sequence=1 "
          "made_at=1 events{block{segment=\"ma-hmo\" period_from=20089 period_until=20454 "
          "paid_through=20500 number=4096 rows=2 cents=-3 sha256=32*b1 generation=7 "
          "categories=\"esrd\" categories=\"aged/dual\" supersedes=0}} "
          "events{block{period_from=20089 period_until=20454 number=1 rows=0 cents=0 "
          "sha256=32*b2 generation=1 supersedes=78}} events{block{period_from=20089 "
          "period_until=20454 number=2 rows=1 cents=1 sha256=32*b3 generation=1}}" },
        { "a submission with a block in its frame", MESSAGE_CLIENT_FRAME, &submitting_blocks,
          "submission{body=08011210111111111111111111111111111111111a03612f62321022222222222222"
          "222222222222222222380140014a34523210f2b90218ccbf022802300138024220b3b3b3b3b3b3b3b3b3"
          "b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b34801 signature=64*00 blocks=02"
          "000000000000000000000000000000000000000000000000000000000000}" },
        { "query tip", MESSAGE_CLIENT_FRAME, &queries[0],
          "query{id=1 tip{}}" },
        { "query contracts, the least", MESSAGE_CLIENT_FRAME, &queries[1],
          "query{id=2 contracts{}}" },
        { "query contracts", MESSAGE_CLIENT_FRAME, &queries[2],
          "query{id=3 contracts{after=\"a/b/c\" most=10}}" },
        { "query terms", MESSAGE_CLIENT_FRAME, &queries[3],
          "query{id=4 terms{contract=\"a/b/c\" version=5}}" },
        { "query facts", MESSAGE_CLIENT_FRAME, &queries[4],
          "query{id=5 facts{contract=\"a/b/c\" history=true after=\"cursor\" most=6}}" },
        { "query statements, the least", MESSAGE_CLIENT_FRAME, &queries[5],
          "query{id=6 statements{}}" },
        { "query statements", MESSAGE_CLIENT_FRAME, &queries[6],
          "query{id=7 statements{contract=\"a/b/c\" after=\"cursor\" most=7}}" },
        { "query statement", MESSAGE_CLIENT_FRAME, &queries[7],
          "query{id=8 statement{run=99}}" },
        { "query preview", MESSAGE_CLIENT_FRAME, &queries[8],
          "query{id=9 preview{contract=\"a/b/c\" period_from=1 period_until=2 payment=3}}" },
        { "query signals", MESSAGE_CLIENT_FRAME, &queries[9],
          "query{id=10 signals{since=41 credit=100}}" },
        { "query blocks", MESSAGE_CLIENT_FRAME, &queries[10],
          "query{id=11 blocks{contract=\"a/b/c\" history=true after=\"cursor\" most=6}}" },
        { 0 },
};
