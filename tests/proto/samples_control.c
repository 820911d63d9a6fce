/* SPDX-License-Identifier: Apache-2.0 */
/* The control socket. */
#include "tests/proto/samples.h"

static const struct control_request requests[] = {
        { .kind = CONTROL_ADMIT_PARTY,
          .admit_party = { { "payer" }, { "The Payer" }, 1, { { ROLE_PAYER, 1, 2 } }, false, 0,
                           0 } },
        { .kind = CONTROL_ADMIT_NODE,
          .admit_node = { { { "payer" }, { "one" } }, { O32(0x0a) }, { O32(0x0b) }, { O32(0x0c) },
                          16, 0 } },
        { .kind = CONTROL_REVOKE_NODE,
          .revoke_node = { { { "payer" }, { "one" } }, { "left" }, 7 } },
        { .kind = CONTROL_INGEST, .ingest = SPAN_OF("submission") },
        { .kind = CONTROL_PARTICIPANTS },
        { .kind = CONTROL_RUN,
          .run = { CONTRACT_OF("a", "b", "c"), { { 1, 2 }, RUN_INTERIM, 3 } } },
        { .kind = CONTROL_STAT },
        { .kind = CONTROL_ERASE_BLOCKS,
          .erase_blocks = { CONTRACT_OF("a", "b", "c"), 2026, { "agreed" }, 0 } },
};

static const struct party_row parties[] = {
        { { { "payer" }, { "The Payer" }, 0, { { 0 } }, true, 2, 1000 }, 3, 4 },
        { { { "aco" }, { "" }, 1, { { ROLE_NETWORK, 5, DATE_NONE } }, true, 0, 1000 }, 6, 0 },
};
static const struct node_row nodes[] = {
        { { { { "a" }, { "one" } }, { O32(0x0a) }, { O32(0x0b) }, { O32(0x0c) }, 1, 2 },
          7, true, 9 },
        { { { { "a" }, { "two" } }, { O32(0x0d) }, { O32(0x0e) }, { O32(0x0f) }, 3, 4 },
          8, false, 0 },
};
static const struct control_answer answer = {
        .code = 20, .says = SPAN_OF("there is none"), .has_index = true, .index = 0,
        .reply = SPAN_OF("frame"), .parties = parties, .party_count = 2, .nodes = nodes,
        .node_count = 2, .stat = SPAN_OF("{\n\t\"entries\": 3\n}"),
};
static const struct control_answer done = { .says = SPAN_OF("done") };

#define REQUEST(says, number, wire) { says, MESSAGE_CONTROL_REQUEST, &requests[number], wire }
const struct sample samples_of_control[] = {
        REQUEST("admit a party", 0,
          "admit_party{party=\"payer\" title=\"The Payer\" roles{kind=1 from=1 until=2} "
          "present=false two_nodes_for=0 operator=0}"),
        REQUEST("admit a node", 1,
          "admit_node{node=\"payer/one\" transport_key=32*0a signing_key=32*0b "
          "sealing_key=32*0c rights=16 operator=0}"),
        REQUEST("revoke a node", 2,
          "revoke_node{node=\"payer/one\" reason=\"left\" operator=7}"),
        REQUEST("ingest", 3,
          "ingest=\"submission\""),
        REQUEST("participants", 4,
          "participants{}"),
        REQUEST("run", 5,
          "run{contract=\"a/b/c\" request{period_from=1 period_until=2 kind=RUN_INTERIM "
          "payment=3}}"),
        REQUEST("stat", 6,
          "stat{}"),
        REQUEST("erase blocks", 7,
          "erase_blocks{contract=\"a/b/c\" year=2026 reason=\"agreed\" operator=0}"),
        { "a control answer with everything", MESSAGE_CONTROL_ANSWER, &answer,
          "code=20 says=\"there is none\" index=0 reply=\"frame\" "
          "parties{admission{party=\"payer\" title=\"The Payer\" present=true two_nodes_for=2 "
          "operator=1000} index=3 last_signal=4} parties{admission{party=\"aco\" title=\"\" "
          "roles{kind=5 from=5} present=true two_nodes_for=0 operator=1000} index=6 "
          "last_signal=0} nodes{admission{node=\"a/one\" transport_key=32*0a signing_key=32*0b "
          "sealing_key=32*0c rights=1 operator=2} index=7 revoked=9} "
          "nodes{admission{node=\"a/two\" transport_key=32*0d signing_key=32*0e "
          "sealing_key=32*0f rights=3 operator=4} index=8} stat=\"{\n\t\"entries\": 3\n}\"" },
        { "a control answer with the least", MESSAGE_CONTROL_ANSWER, &done,
          "says=\"done\"" },
        { 0 },
};
