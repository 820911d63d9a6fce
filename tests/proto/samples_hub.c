/* SPDX-License-Identifier: Apache-2.0 */
/* What the hub answers, and what it sends on the bus. */
#include "tests/proto/samples.h"

static const struct hub_frame welcome = {
        .kind = HUB_WELCOME,
        .welcome = { { { O16(0x33) } }, 1, 2, 1700000000000000, true, 12, 34, 64, 1048576, 4096, 99,
                     SPAN_OF("Valley hub"), { { "payer" }, { "one" } } },
};
static const struct hub_frame bare_welcome = {
        .kind = HUB_WELCOME,
        .welcome = { .hub = { { O16(0x33) } }, .node = { { "a" }, { "b" } } },
};

static const struct sha256 proof[] = { { { O32(0x91) } }, { { O32(0x92) } } };
static const struct hub_frame receipt = {
        .kind = HUB_RECEIPT,
        .receipt = { { { O16(0x22) } }, 5, 41, 1700000000000003, 1, ENTRY_SUBMISSION,
                     { { O32(0x90) } }, true, 42, proof, 2, SPAN_OF("hub.example\n42\n") },
};
static const struct hub_frame bare_receipt = {
        .kind = HUB_RECEIPT,
        .receipt = { .stream = { { O16(0x22) } }, .sequence = 1, .leaf = { { O32(0x90) } } },
};

static const struct wire_fault faults[] = {
        { .code = 30, .event = 7, .field = SPAN_OF("fact.rate.den"), .says = SPAN_OF("is 0") },
        { .code = 11, .event = REFUSAL_WHOLE, .says = SPAN_OF("send 5 first") },
};
static const struct hub_frame refusal = {
        .kind = HUB_REFUSAL,
        .refusal = { true, { { O16(0x22) } }, 6, { { O32(0x66) } }, faults, 2, 3, true, 43,
                     1700000000000004, SPAN_OF("record") },
};
static const struct hub_frame bare_refusal = {
        .kind = HUB_REFUSAL, .refusal = { .faults = faults + 1, .fault_count = 1 },
};
static const struct hub_frame busy = {
        .kind = HUB_BUSY, .busy = { true, { { O16(0x22) } }, 0, SPAN_OF("window"), 250 },
};
static const struct hub_frame bare_busy = { .kind = HUB_BUSY, .busy = { .says = SPAN_OF("stop") } };

/* ---- answers */

static const struct tip tip = { 100, { { O32(0x88) } }, 1700000000000005, { NULL, 0 }, 0 };
static const struct contract_row contracts[] = {
        { CONTRACT_OF("a", "b", "c"), CONTRACT_IN_FORCE, { "A title" }, 2, 3, STANDING_BINDING,
          20819, 3 },
        { CONTRACT_OF("a", "b", "d"), CONTRACT_LAPSED, { "" }, 0, 0, STANDING_SHADOW, DATE_NONE,
          0 },
};
static const struct terms_row terms = {
        2, TERMS_ACCEPTED, 31, SPAN_OF("terms"), { { O32(0x7e) } }, 2,
        { { { "a" }, { "one" } }, { { "b" }, { "two" } } },
};
static const struct fact_row facts[] = {
        { { { SCOPE_CONTRACT, FACT_RISK_SCORE, { "s" }, { "i" }, { 1, 2 }, 3 },
            { UNIT_RATE, 11, 10 }, 55, 4, SIDE_EARNER, true, false }, true, 50,
          { true, { "medicare" }, { { O32(0xd0) } }, SPAN_OF("letter") }, true },
        { { { SCOPE_CONTRACT, FACT_HEAD_COUNT, { "" }, { "" }, { 1, 2 }, DATE_NONE },
            { UNIT_COUNT, 5000, 1 }, 56, 0, SIDE_BEARER, false, false }, false, 0, { 0 }, false },
};
static const struct statement_row statements[] = {
        { 71, 72, 1700000000000006, CONTRACT_OF("a", "b", "c"), { 1, 2 }, RUN_FINAL, 1,
          STATEMENT_CALCULATED, -8, 8, true, STALE_FACTS | STALE_CARRY, LIFE_NONE, 0, 0, false,
          0, WITNESSING_NONE, 0 },
};
static const struct statement preview = {
        .run = { CONTRACT_OF("a", "b", "c"), { 1, 2 }, RUN_PREVIEW, 0, 3, 99 },
        .terms_version = 1, .standing = STANDING_SHADOW, .status = STATEMENT_CALCULATED,
        .earned = 0, .payable = 5, .line_count = 1,
        .lines = { { .code = 9, .unit = UNIT_CENTS, .num = 1, .den = 2, .item = 1 } },
        .item_count = 1, .items = { { "dual" } },
};
static const struct record_entry entries[] = {
        { 71, 1700000000000007, SPAN_OF("one record") }, { 72, -1, SPAN_OF("another") },
};
static const struct block_row blocks[] = {
        { { .segment = { "s" }, .period = { 1, 2 }, .paid_through = 3, .number = 4, .rows = 8192,
            .cents = -6, .sha256 = { { O32(0xb1) } }, .generation = 1, .has_supersedes = true,
            .supersedes = 50 }, 57, 2, SIDE_BEARER, false, 2025, BLOCK_ERASED },
        { { .period = { 1, 2 }, .paid_through = DATE_NONE, .number = 1, .rows = 1,
            .sha256 = { { O32(0xb2) } }, .generation = 1 }, 58, 0, SIDE_EARNER, true, 2025,
          BLOCK_KEPT },
};
static const struct hub_frame answer = {
        .kind = HUB_ANSWER,
        .answer = { .id = 8, .as_of = 100, .next = SPAN_OF("cursor"), .tip = &tip,
                    .contracts = contracts, .contract_count = 2, .terms = &terms, .facts = facts,
                    .fact_count = 2, .statements = statements, .statement_count = 1,
                    .preview = &preview, .statement = &entries[1], .signals = entries,
                    .signal_count = 2, .has_last_signal = true, .last_signal = 0,
                    .blocks = blocks, .block_count = 2 },
};
static const struct hub_frame no_answer = {
        .kind = HUB_ANSWER,
        .answer = { .id = 9, .as_of = 101, .refused = true,
                    .fault = { .code = 20, .event = REFUSAL_WHOLE, .says = SPAN_OF("none") } },
};

/* ---- the bus */

static const struct signal_frame entry = {
        .kind = FRAME_ENTRY, .entry = { 73, 1700000000000008, SPAN_OF("record") },
};
static const struct signal_frame heartbeat = {
        .kind = FRAME_HEARTBEAT, .heartbeat = { 6, 1700000000000009, 102 },
};

const struct sample samples_of_hub[] = {
        { "a welcome", MESSAGE_HUB_FRAME, &welcome,
          "welcome{hub_id=16*33 format_least=1 format_most=2 hub_time=1700000000000000 "
          "next_sequence=12 last_signal=34 window=64 submission_bytes=1048576 "
          "submission_events=4096 log_size=99 hub_name=\"Valley hub\" node=\"payer/one\"}" },
        { "a welcome with the least", MESSAGE_HUB_FRAME, &bare_welcome,
          "welcome{hub_id=16*33 format_least=0 format_most=0 hub_time=0 last_signal=0 window=0 "
          "submission_bytes=0 submission_events=0 log_size=0 node=\"a/b\"}" },
        { "a receipt with its proof", MESSAGE_HUB_FRAME, &receipt,
          "receipt{stream=16*22 sequence=5 index=41 time=1700000000000003 entry_format=1 "
          "entry_kind=2 leaf_sha256=32*90 tree_size=42 proof=32*91 proof=32*92 "
          "checkpoint=6875622e6578616d706c650a34320a}" },
        { "a receipt without proof", MESSAGE_HUB_FRAME, &bare_receipt,
          "receipt{stream=16*22 sequence=1 index=0 time=0 entry_format=0 entry_kind=0 "
          "leaf_sha256=32*90}" },
        { "a refusal that is logged", MESSAGE_HUB_FRAME, &refusal,
          "refusal{stream=16*22 sequence=6 submission_sha256=32*66 faults{code=30 event=7 "
          "field=\"fact.rate.den\" says=\"is 0\"} faults{code=11 says=\"send 5 first\"} more=3 "
          "index=43 time=1700000000000004 record=\"record\"}" },
        { "a refusal of what did not parse", MESSAGE_HUB_FRAME, &bare_refusal,
          "refusal{faults{code=11 says=\"send 5 first\"}}" },
        { "busy", MESSAGE_HUB_FRAME, &busy,
          "busy{stream=16*22 sequence=0 says=\"window\" again_after_ms=250}" },
        { "busy with the least", MESSAGE_HUB_FRAME, &bare_busy,
          "busy{says=\"stop\" again_after_ms=0}" },
        { "an answer with everything at once", MESSAGE_HUB_FRAME, &answer,
          "answer{id=8 as_of=100 next=\"cursor\" tip{size=100 root=32*88 time=1700000000000005} "
          "contracts{contract=\"a/b/c\" state=2 title=\"A title\" version_in_force=2 "
          "version_offered=3 standing=3 ends=20819 awaited=3} contracts{contract=\"a/b/d\" "
          "state=5 title=\"\" version_in_force=0 version_offered=0 standing=1 awaited=0} "
          "terms{version=2 state=2 index=31 terms=\"terms\" terms_sha256=32*7e "
          "accepted_by=\"a/one\" accepted_by=\"b/two\"} facts{fact{scope=SCOPE_CONTRACT kind=9 "
          "segment=\"s\" item=\"i\" period_from=1 period_until=2 paid_through=3 rate{num=11 "
          "den=10} supersedes=50 relayed{party=\"medicare\" document_sha256=32*d0 "
          "document=\"letter\"}} index=55 event=4 side=2 current=true} "
          "facts{fact{scope=SCOPE_CONTRACT kind=1 period_from=1 period_until=2 count=5000} "
          "index=56 event=0 side=1 current=false} statements{run=71 index=72 "
          "time=1700000000000006 contract=\"a/b/c\" period_from=1 period_until=2 kind=RUN_FINAL "
          "number=1 status=CALCULATED earned=-8 payable=8 relayed=true stale=5} preview{run=99 "
          "contract=\"a/b/c\" period_from=1 period_until=2 kind=RUN_PREVIEW number=0 payment=3 "
          "terms_version=1 terms_index=0 terms_sha256=32*00 standing=1 relayed=false "
          "status=CALCULATED earned=0 payable=5 lines{step=0 code=9 unit=1 exact=\"1/2\" "
          "item=\"dual\"}} "
          "statement{index=72 time=-1 record=\"another\"} signals{index=71 "
          "time=1700000000000007 record=\"one record\"} signals{index=72 time=-1 "
          "record=\"another\"} last_signal=0 blocks{block{segment=\"s\" period_from=1 "
          "period_until=2 paid_through=3 number=4 rows=8192 cents=-6 sha256=32*b1 generation=1 "
          "supersedes=50} index=57 event=2 side=1 current=false year=2025 keeping=2} "
          "blocks{block{period_from=1 period_until=2 number=1 rows=1 cents=0 sha256=32*b2 "
          "generation=1} index=58 event=0 side=2 current=true year=2025 keeping=1}}" },
        { "a refused query", MESSAGE_HUB_FRAME, &no_answer,
          "answer{id=9 as_of=101 fault{code=20 says=\"none\"}}" },
        { "a durable signal", MESSAGE_SIGNAL_FRAME, &entry,
          "entry{index=73 time=1700000000000008 record=\"record\"}" },
        { "a heartbeat", MESSAGE_SIGNAL_FRAME, &heartbeat,
          "heartbeat{last_signal=6 hub_time=1700000000000009 log_size=102}" },
        { 0 },
};
