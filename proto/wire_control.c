/* SPDX-License-Identifier: Apache-2.0 */
/* The control socket on the hub's own machine. */
#include "proto/wire.h"

#include "proto/fill.h"
#include "proto/pack.h"
#include "proto/rows.h"
#include "proto/scan.h"

static const struct layout layout_participants = {
        LAYOUT(control_participants, control_request, no_places),
};
static const struct layout layout_stat = { LAYOUT(control_stat, control_request, no_places) };

static const struct place run_order_places[] = {
        [1] = { CONTRACT(control_request, run.contract) },
        [2] = { INSIDE(control_request, run.request, layout_run_request) },
};
static const struct layout layout_run_order = {
        LAYOUT(run_order, control_request, run_order_places),
};

static const struct layout layout_backup = { LAYOUT(control_backup, control_request, no_places) };
static const struct layout layout_scrub = { LAYOUT(control_scrub, control_request, no_places) };
static const struct layout layout_control_checkpoint = {
        LAYOUT(control_checkpoint, control_request, no_places),
};

static const struct place control_read_places[] = {
        [1] = { CONTRACT(control_read, contract), IF_SET },
        [2] = { NAME(control_read, party), IF_SET },
        [3] = { U64(control_read, from) },
        [4] = { U32(control_read, most), IF_SET },
        [5] = { TEXT(control_read, reason) },
};
static const struct layout layout_control_read = {
        LAYOUT(control_read, control_read, control_read_places),
};

static const struct place control_request_places[] = {
        [1] = { INSIDE(control_request, admit_party, layout_party_admission),
                TAG(CONTROL_ADMIT_PARTY) },
        [2] = { INSIDE(control_request, admit_node, layout_node_admission),
                TAG(CONTROL_ADMIT_NODE) },
        [3] = { INSIDE(control_request, revoke_node, layout_node_revocation),
                TAG(CONTROL_REVOKE_NODE) },
        [4] = { SPAN(control_request, ingest, WIRE_SUBMISSION_MAX), TAG(CONTROL_INGEST) },
        [5] = { SAME_STRUCT(layout_participants), TAG(CONTROL_PARTICIPANTS) },
        [6] = { SAME_STRUCT(layout_run_order), TAG(CONTROL_RUN) },
        [7] = { SAME_STRUCT(layout_stat), TAG(CONTROL_STAT) },
        [8] = { INSIDE(control_request, erase_blocks, layout_block_erasure),
                TAG(CONTROL_ERASE_BLOCKS) },
        [9] = { SAME_STRUCT(layout_backup), TAG(CONTROL_BACKUP) },
        [10] = { INSIDE(control_request, read, layout_control_read), TAG(CONTROL_READ) },
        [11] = { INSIDE(control_request, leaves, layout_query_leaves), TAG(CONTROL_LEAVES) },
        [12] = { INSIDE(control_request, succession, layout_succession),
                 TAG(CONTROL_SUCCESSION) },
        [13] = { SAME_STRUCT(layout_scrub), TAG(CONTROL_SCRUB) },
        [14] = { SAME_STRUCT(layout_control_checkpoint), TAG(CONTROL_CHECKPOINT) },
};
const struct layout layout_control_request = {
        LAYOUT(control_request, control_request, control_request_places),
        TAGGED(control_request, kind),
};

int wire_read_control_request(struct bytes frame, struct arena *arena,
                              struct control_request *ret, struct fault *ret_fault)
{
        *ret = (struct control_request) { 0 };
        return fill_checked(&layout_control_request, frame, WIRE_CONTROL_MAX, UNKNOWN_REFUSED,
                            arena, ret, ret_fault);
}

int wire_write_control_request(struct sink *sink, const struct control_request *request)
{
        return layout_pack(&layout_control_request, request, sink);
}

/* ---- answers */

static const struct place party_row_places[] = {
        [1] = { INSIDE(party_row, admission, layout_party_admission) },
        [2] = { U64(party_row, index) },
        [3] = { U64(party_row, last_signal) },
};
static const struct layout layout_party_row = { LAYOUT(party_row, party_row, party_row_places) };

static const struct place node_row_places[] = {
        [1] = { INSIDE(node_row, admission, layout_node_admission) },
        [2] = { U64(node_row, index) },
        [3] = { U64(node_row, revoked), IF_FLAG(node_row, is_revoked) },
};
static const struct layout layout_node_row = { LAYOUT(node_row, node_row, node_row_places) };

static const struct place control_answer_places[] = {
        [1] = { U32(control_answer, code), IF_SET },
        [2] = { SPAN(control_answer, says, WIRE_SAYS_MAX), IF_SET },
        [3] = { U64(control_answer, index), IF_FLAG(control_answer, has_index) },
        [4] = { SPAN(control_answer, reply, WIRE_CONTROL_MAX), IF_SET },
        [5] = { LIST(control_answer, parties, party_count, WIRE_ROWS_MAX, layout_party_row) },
        [6] = { LIST(control_answer, nodes, node_count, WIRE_ROWS_MAX, layout_node_row) },
        [7] = { LINES(control_answer, stat, WIRE_CONTROL_MAX), IF_SET },
        [8] = { LIST(control_answer, entries, entry_count, WIRE_ROWS_MAX, layout_entry_row) },
        [9] = { POINTER(control_answer, leaves, layout_leaves), IF_SET },
        [10] = { SPAN(control_answer, checkpoint, WIRE_NOTE_MAX), IF_SET },
        [11] = { SPAN(control_answer, path, WIRE_SAYS_MAX), IF_SET },
        [12] = { U64(control_answer, next), IF_FLAG(control_answer, has_next) },
};
const struct layout layout_control_answer = {
        LAYOUT(control_answer, control_answer, control_answer_places),
};

int wire_read_control_answer(struct bytes frame, struct arena *arena, struct control_answer *ret,
                             struct fault *ret_fault)
{
        *ret = (struct control_answer) { 0 };
        return fill_checked(&layout_control_answer, frame, WIRE_CONTROL_MAX, UNKNOWN_SKIPPED,
                            arena, ret, ret_fault);
}

int wire_write_control_answer(struct sink *sink, const struct control_answer *answer)
{
        return layout_pack(&layout_control_answer, answer, sink);
}
