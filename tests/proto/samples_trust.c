/* SPDX-License-Identifier: Apache-2.0 */
/* What lets others check the hub: asked, answered, recorded, ordered. */
#include "tests/proto/samples.h"

#define ABC CONTRACT_OF("a", "b", "c")
#define NODE_OF(party, node) { { party }, { node } }

/* ---- from nodes */

static const struct place_at indices[] = { { 0 }, { UINT64_MAX } }, sizes[] = { { 1 }, { 40 } };

#define ASKS(...) { .kind = CLIENT_QUERY, .query = { __VA_ARGS__ } }
static const struct client_frame frames[] = {
        ASKS(.id = 31, .kind = QUERY_PROOF),
        ASKS(.id = 32, .kind = QUERY_PROOF, .include = indices, .include_count = 2, .grow = sizes,
             .grow_count = 2, .has_size = true, .size = 41),
        ASKS(.id = 33, .kind = QUERY_ENTRIES, .include = indices, .include_count = 2),
        ASKS(.id = 34, .kind = QUERY_LEAVES, .from = 7),
        ASKS(.id = 35, .kind = QUERY_LEAVES, .from = 8, .most = 9),
        ASKS(.id = 36, .kind = QUERY_READS, .after = SPAN_OF("cursor"), .most = 10),
        ASKS(.id = 37, .kind = QUERY_KEYS),
        ASKS(.id = 38, .kind = QUERY_NODES, .contract = ABC),
        ASKS(.id = 39, .kind = QUERY_WITNESSES, .after = SPAN_OF("cursor")),
        { .kind = CLIENT_COSIGN, .cosign = { SPAN_OF("hub.example\n3\n") } },
        ASKS(.id = 40, .kind = QUERY_NODES, .contract = ABC, .after = SPAN_OF("cursor"),
             .most = 10),
};

static const struct event events[] = {
        { .kind = EVENT_KEY_ROTATION,
          .key_rotation = { { O32(0x0a) }, { O32(0x0b) }, { O32(0x0c) },
                            { O32(0x0d), O32(0x0d) } } },
        { .kind = EVENT_SUCCESSION_OBJECTION, .succession_objection = { 77 } },
};
static const struct submission of_keys = {
        .format = 1, .hub = { { O16(0x11) } }, .sender = NODE_OF("a", "b"),
        .stream = { { O16(0x22) } }, .sequence = 1, .made_at = 2, .events = events,
        .event_count = 2,
};

/* ---- from the hub */

static const struct sha256 digests[] = { { { O32(0x91) } }, { { O32(0x92) } } };
static const struct path include[] = {
        { 5, true, { { O32(0x90) } }, digests, 2 }, { 0, true, { { O32(0x90) } }, NULL, 0 },
};
static const struct path grow[] = { { 4, false, { { 0 } }, digests + 1, 1 } };
static const struct proof_answer proof = {
        42, SPAN_OF("hub.example\n42\n"), include, grow, 2, 1,
};
static const struct proof_answer bare_proof = { .size = 41 };
static const struct entry_row entries[] = {
        { 5, 1700000000000001, ENTRY_RUN, SPAN_OF("bytes"), { { O32(0x90) } } },
        { 6, 0, 0, { NULL, 0 }, { { O32(0x93) } } },
};
static const struct leaves leaves = { 7, { digests, 64 } };
static const struct read_row reads[] = {
        { 70, 1700000000000002,
          { 1000, STAFF_AUDITOR, ABC, { "" }, 1, 2, 3, { "a complaint" } } },
        { 71, 1700000000000003,
          { 1001, STAFF_OPERATOR, { { "" }, { "" }, { "" } }, { "a" }, 4, 5, 6, { "asked to" } } },
};
static const struct record_entry records_of_keys[] = {
        { 0, 1700000000000000, SPAN_OF("genesis") }, { 9, 1700000000000004, SPAN_OF("a key") },
};
static const struct place_at keys[] = { { 3 }, { 30 } };
static const struct node_keys nodes[] = {
        { NODE_OF("a", "one"), keys, 2, true, 31 }, { NODE_OF("b", "two"), keys, 1, false, 0 },
};
static const struct cosignature cosignatures[] = {
        { NODE_OF("a", "w"), 42, 1700000000000000, SPAN_OF("hub.example\n42\n") },
        { NODE_OF("b", "w"), 41, 1600000000000000, SPAN_OF("note") },
};
static const struct tip tip = {
        42, { { O32(0x88) } }, 1700000000000005, SPAN_OF("hub.example/2\n42\n"), 2,
};
static const struct statement_row statements[] = {
        { 71, 72, 1700000000000006, ABC, { 1, 2 }, RUN_FINAL, 1, STATEMENT_CALCULATED, -8, 8,
          false, 0, LIFE_NONE, 0, 0, false, 0, WITNESSING_WITHOUT, 1 },
};

static const struct hub_frame answers[] = {
        { .kind = HUB_ANSWER,
          .answer = { .id = 1, .as_of = 42, .tip = &tip, .statements = statements,
                      .statement_count = 1, .proof = &proof, .entries = entries, .entry_count = 2,
                      .leaves = &leaves, .reads = reads, .read_count = 2,
                      .records = records_of_keys, .record_count = 2, .nodes = nodes,
                      .node_count = 2, .witnesses = cosignatures, .witness_count = 2 } },
        { .kind = HUB_ANSWER, .answer = { .id = 2, .as_of = 42, .proof = &bare_proof } },
        { .kind = HUB_COSIGNED, .cosigned = { .size = 42 } },
        { .kind = HUB_COSIGNED,
          .cosigned = { 41, true,
                        { .code = 30, .event = REFUSAL_WHOLE, .says = SPAN_OF("not ours") } } },
};

/* ---- in the log */

#define RECORD(number, ...) \
        { .kind = (number), .format = 1, .hub = { { O16(0x33) } }, __VA_ARGS__ }
#define SUCCESSION \
        { { NODE_OF("a", "new"), { O32(0x0a) }, { O32(0x0b) }, { O32(0x0c) }, 31, 1000 }, \
          { { O32(0xd0) } }, { "a deed" }, 1700000000000009 }
static const struct record records[] = {
        RECORD(ENTRY_HUB_KEY, .hub_key = { { O32(0x0b) }, { O32(0x0d), O32(0x0d) },
                { "a year has passed" }, 1000 }),
        RECORD(ENTRY_EPOCH, .epoch = { 2, SPAN_OF("hub.example/2"), 42, { { O32(0x88) } },
                { "the disk was lost" }, 1000 }),
        RECORD(ENTRY_STAFF_READ, .staff_read = { 1000, STAFF_AUDITOR, ABC, { "" }, 1, 2, 3,
                { "a complaint" } }),
        RECORD(ENTRY_STAFF_READ, .staff_read = { .operator_uid = 1001, .right = STAFF_OPERATOR,
                .party = { "a" } }),
        RECORD(ENTRY_WITNESSED, .witnessed = { 71, ABC, 3, cosignatures, 2 }),
        RECORD(ENTRY_WITNESSED, .witnessed = { 72, ABC, 0, NULL, 0 }),
        RECORD(ENTRY_SUCCESSION, .succession = SUCCESSION),
        RECORD(ENTRY_DUE, .due = { DUE_SUCCESSION, 1700000000000010, SPAN_OF("key") }),
        RECORD(ENTRY_DUE, .due = { DUE_WITNESS_WINDOW_ENDS, 1700000000000011, SPAN_OF("key") }),
        RECORD(ENTRY_SIGNAL, .signal = { .party = { "a" }, .number = 7,
                .kind = SIGNAL_SUCCESSION_ANNOUNCED, .cause = 91 }),
        RECORD(ENTRY_SIGNAL, .signal = { .party = { "a" }, .number = 8,
                .kind = SIGNAL_CONTENT_READ, .cause = 92 }),
};

/* ---- on the hub's own machine */

static const struct control_request requests[] = {
        { .kind = CONTROL_BACKUP },
        { .kind = CONTROL_READ, .read = { ABC, { "" }, 5, 6, { "a complaint" } } },
        { .kind = CONTROL_READ,
          .read = { { { "" }, { "" }, { "" } }, { "a" }, 0, 0, { "asked to" } } },
        { .kind = CONTROL_LEAVES, .leaves = { .from = 7, .most = 8 } },
        { .kind = CONTROL_SUCCESSION, .succession = SUCCESSION },
        { .kind = CONTROL_SCRUB },
        { .kind = CONTROL_CHECKPOINT },
};
static const struct control_answer control = {
        .entries = entries, .entry_count = 2, .leaves = &leaves,
        .checkpoint = SPAN_OF("hub.example\n42\n"), .path = SPAN_OF("/var/backups/ledger"),
        .has_next = true, .next = 0,
};

#define FRAME(says, number, wire) { says, MESSAGE_CLIENT_FRAME, &frames[number], wire }
#define ANSWER(says, number, wire) { says, MESSAGE_HUB_FRAME, &answers[number], wire }
#define SAID(says, number, wire) \
        { says, MESSAGE_RECORD, &records[number], "format=1 hub_id=16*33 " wire }
#define REQUEST(says, number, wire) { says, MESSAGE_CONTROL_REQUEST, &requests[number], wire }
const struct sample samples_of_trust[] = {
        FRAME("query the newest checkpoint", 0,
          "query{id=31 proof{}}"),
        FRAME("query proofs in a tree", 1,
          "query{id=32 proof{include{at=0} include{at=18446744073709551615} grow{at=1} "
          "grow{at=40} size=41}}"),
        FRAME("query entries", 2,
          "query{id=33 entries{entries{at=0} entries{at=18446744073709551615}}}"),
        FRAME("query leaves, as many as there is room for", 3,
          "query{id=34 leaves{from=7}}"),
        FRAME("query leaves", 4,
          "query{id=35 leaves{from=8 most=9}}"),
        FRAME("query reads by staff", 5,
          "query{id=36 reads{after=\"cursor\" most=10}}"),
        FRAME("query the hub's keys", 6,
          "query{id=37 keys{}}"),
        FRAME("query nodes", 7,
          "query{id=38 nodes{contract=\"a/b/c\"}}"),
        FRAME("query witnesses", 8,
          "query{id=39 witnesses{after=\"cursor\"}}"),
        FRAME("a cosignature", 9,
          "cosign{note=6875622e6578616d706c650a330a}"),
        FRAME("query nodes, from there on", 10,
          "query{id=40 nodes{contract=\"a/b/c\" after=\"cursor\" most=10}}"),
        { "a submission about keys", MESSAGE_SUBMISSION, &of_keys,
          "format=1 hub_id=16*11 sender=\"a/b\" stream=16*22 sequence=1 made_at=2 "
          "events{key_rotation{transport_key=32*0a signing_key=32*0b sealing_key=32*0c "
          "possession=64*0d}} events{succession_objection{succession=77}}" },
        ANSWER("an answer with all that is checked by", 0,
          "answer{id=1 as_of=42 tip{size=42 root=32*88 time=1700000000000005 "
          "checkpoint=6875622e6578616d706c652f320a34320a epoch=2} statements{run=71 index=72 "
          "time=1700000000000006 contract=\"a/b/c\" period_from=1 period_until=2 "
          "kind=RUN_FINAL number=1 status=CALCULATED earned=-8 payable=8 relayed=false "
          "witness=3 witness_sides=1} proof{size=42 checkpoint=6875622e6578616d706c650a34320a "
          "include{at=5 leaf_sha256=32*90 proof=32*91 proof=32*92} include{at=0 "
          "leaf_sha256=32*90} grow{at=4 proof=32*92}} entries{index=5 time=1700000000000001 "
          "kind=8 bytes=\"bytes\" leaf_sha256=32*90} entries{index=6 time=0 kind=0 "
          "leaf_sha256=32*93} leaves{from=7 leaves=9191919191919191919191919191919191919191"
          "91919191919191919191919192929292929292929292929292929292929292929292929292929292"
          "92929292} reads{index=70 time=1700000000000002 read{operator=1000 right=2 "
          "contract=\"a/b/c\" first=1 last=2 entries=3 reason=\"a complaint\"}} reads{index=71 "
          "time=1700000000000003 read{operator=1001 right=1 party=\"a\" first=4 last=5 "
          "entries=6 reason=\"asked to\"}} records{index=0 time=1700000000000000 "
          "record=\"genesis\"} records{index=9 time=1700000000000004 record=\"a key\"} "
          "nodes{node=\"a/one\" keys{at=3} keys{at=30} revoked=31} nodes{node=\"b/two\" "
          "keys{at=3}} witnesses{node=\"a/w\" size=42 time=1700000000000000 "
          "note=6875622e6578616d706c650a34320a} witnesses{node=\"b/w\" size=41 "
          "time=1600000000000000 note=\"note\"}}"),
        ANSWER("a proof in a tree without a checkpoint", 1,
          "answer{id=2 as_of=42 proof{size=41}}"),
        ANSWER("a cosignature that was taken", 2,
          "cosigned{size=42}"),
        ANSWER("a cosignature that was not", 3,
          "cosigned{size=41 fault{code=30 says=\"not ours\"}}"),
        SAID("a new key of the hub", 0,
          "hub_key{signing_key=32*0b possession=64*0d reason=\"a year has passed\" "
          "operator=1000}"),
        SAID("an epoch", 1,
          "epoch{number=2 origin=\"hub.example/2\" end_size=42 end_root=32*88 reason=\"the disk "
          "was lost\" operator=1000}"),
        SAID("a contract's entries were read", 2,
          "staff_read{operator=1000 right=2 contract=\"a/b/c\" first=1 last=2 entries=3 "
          "reason=\"a complaint\"}"),
        SAID("a party's own were read", 3,
          "staff_read{operator=1001 right=1 party=\"a\" first=0 last=0 entries=0 reason=\"\"}"),
        SAID("a statement was witnessed", 4,
          "witnessed{run=71 contract=\"a/b/c\" sides=3 cosignatures{node=\"a/w\" size=42 "
          "time=1700000000000000 note=6875622e6578616d706c650a34320a} "
          "cosignatures{node=\"b/w\" size=41 time=1600000000000000 note=\"note\"}}"),
        SAID("a statement that nobody witnessed", 5,
          "witnessed{run=72 contract=\"a/b/c\" sides=0}"),
        SAID("a succession", 6,
          "succession{node{node=\"a/new\" transport_key=32*0a signing_key=32*0b "
          "sealing_key=32*0c rights=31 operator=1000} document_sha256=32*d0 document=\"a deed\" "
          "effective=1700000000000009}"),
        SAID("a succession takes effect", 7,
          "due{kind=DUE_SUCCESSION at=1700000000000010 key=\"key\"}"),
        SAID("witnesses had their time", 8,
          "due{kind=DUE_WITNESS_WINDOW_ENDS at=1700000000000011 key=\"key\"}"),
        SAID("a signal of a succession", 9,
          "signal{party=\"a\" number=7 kind=SUCCESSION_ANNOUNCED cause=91}"),
        SAID("a signal of a read", 10,
          "signal{party=\"a\" number=8 kind=CONTENT_READ cause=92}"),
        REQUEST("make a backup", 0,
          "backup{}"),
        REQUEST("read a contract's entries", 1,
          "read{contract=\"a/b/c\" from=5 most=6 reason=\"a complaint\"}"),
        REQUEST("read a party's own", 2,
          "read{party=\"a\" from=0 reason=\"asked to\"}"),
        REQUEST("give leaves", 3,
          "leaves{from=7 most=8}"),
        REQUEST("announce a succession", 4,
          "succession{node{node=\"a/new\" transport_key=32*0a signing_key=32*0b "
          "sealing_key=32*0c rights=31 operator=1000} document_sha256=32*d0 document=\"a deed\" "
          "effective=1700000000000009}"),
        REQUEST("look the ledger through", 5,
          "scrub{}"),
        REQUEST("give the checkpoint", 6,
          "checkpoint{}"),
        { "a control answer with entries, leaves and a copy", MESSAGE_CONTROL_ANSWER, &control,
          "entries{index=5 time=1700000000000001 kind=8 bytes=\"bytes\" leaf_sha256=32*90} "
          "entries{index=6 time=0 kind=0 leaf_sha256=32*93} leaves{from=7 "
          "leaves=9191919191919191919191919191919191919191919191919191919191919191929292929"
          "2929292929292929292929292929292929292929292929292929292} "
          "checkpoint=6875622e6578616d706c650a34320a path=\"/var/backups/ledger\" next=0" },
        { 0 },
};
