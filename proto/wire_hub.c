/* SPDX-License-Identifier: Apache-2.0 */
/* What the hub sends: answers on the intake, and frames of the signal bus. */
#include "proto/wire.h"

#include "proto/fill.h"
#include "proto/pack.h"
#include "proto/rows.h"
#include "proto/scan.h"

static const struct place welcome_places[] = {
        [1] = { FIXED(welcome, hub) },
        [2] = { U32(welcome, format_least) },
        [3] = { U32(welcome, format_most) },
        [4] = { I64(welcome, hub_time) },
        [5] = { U64(welcome, next_sequence), IF_FLAG(welcome, has_next_sequence) },
        [6] = { U64(welcome, last_signal) },
        [7] = { U32(welcome, window) },
        [8] = { U32(welcome, submission_bytes) },
        [9] = { U32(welcome, submission_events) },
        [10] = { U64(welcome, log_size) },
        [11] = { SPAN(welcome, hub_name, TEXT_MAX_LENGTH), IF_SET },
        [12] = { NODE(welcome, node) },
};
static const struct layout layout_welcome = { LAYOUT(welcome, welcome, welcome_places) };

static const struct place receipt_places[] = {
        [1] = { FIXED(receipt, stream) },
        [2] = { U64(receipt, sequence) },
        [3] = { U64(receipt, index) },
        [4] = { I64(receipt, time) },
        [5] = { U32(receipt, entry_format) },
        [6] = { U32(receipt, entry_kind) },
        [7] = { FIXED(receipt, leaf) },
        [8] = { U64(receipt, tree_size), IF_FLAG(receipt, has_proof) },
        [9] = { FIXED_LIST(receipt, proof, proof_count, WIRE_PROOF_MAX) },
        [10] = { SPAN(receipt, checkpoint, WIRE_NOTE_MAX), IF_FLAG(receipt, has_proof) },
};
static const struct layout layout_receipt = {
        LAYOUT(receipt, receipt, receipt_places), .together = { BIT(8) | BIT(10) },
};

static const struct place fault_places[] = {
        [1] = { U32(wire_fault, code) },
        [2] = { U32(wire_fault, event), IF_EVENT },
        [3] = { SPAN(wire_fault, field, WIRE_SAYS_MAX), IF_SET },
        [4] = { SPAN(wire_fault, says, WIRE_SAYS_MAX) },
};
const struct layout layout_fault = {
        LAYOUT(fault, wire_fault, fault_places), .not_zero = BIT(2),
};

static const struct place refusal_places[] = {
        [1] = { FIXED(refusal_answer, stream), IF_FLAG(refusal_answer, has_stream) },
        [2] = { U64(refusal_answer, sequence), IF_FLAG(refusal_answer, has_stream) },
        [3] = { FIXED(refusal_answer, submission_sha256), IF_SET },
        [4] = { LIST(refusal_answer, faults, fault_count, REFUSALS_PER_ANSWER_MAX, layout_fault) },
        [5] = { U32(refusal_answer, more), IF_SET },
        [6] = { U64(refusal_answer, index), IF_FLAG(refusal_answer, logged) },
        [7] = { I64(refusal_answer, time), IF_FLAG(refusal_answer, logged) },
        [8] = { SPAN(refusal_answer, record, WIRE_RECORD_MAX), IF_FLAG(refusal_answer, logged) },
};
static const struct layout layout_refusal = {
        LAYOUT(refusal, refusal_answer, refusal_places),
        .together = { BIT(1) | BIT(2), BIT(6) | BIT(7) | BIT(8) },
};

static const struct place busy_places[] = {
        [1] = { FIXED(busy, stream), IF_FLAG(busy, has_stream) },
        [2] = { U64(busy, sequence), IF_FLAG(busy, has_stream) },
        [3] = { SPAN(busy, says, WIRE_SAYS_MAX) },
        [4] = { U32(busy, again_after_ms) },
};
static const struct layout layout_busy = {
        LAYOUT(busy, busy, busy_places), .together = { BIT(1) | BIT(2) },
};

static const struct place hub_frame_places[] = {
        [1] = { INSIDE(hub_frame, welcome, layout_welcome), TAG(HUB_WELCOME) },
        [2] = { INSIDE(hub_frame, receipt, layout_receipt), TAG(HUB_RECEIPT) },
        [3] = { INSIDE(hub_frame, refusal, layout_refusal), TAG(HUB_REFUSAL) },
        [4] = { INSIDE(hub_frame, busy, layout_busy), TAG(HUB_BUSY) },
        [5] = { INSIDE(hub_frame, answer, layout_answer), TAG(HUB_ANSWER) },
        [6] = { INSIDE(hub_frame, cosigned, layout_cosigned), TAG(HUB_COSIGNED) },
};
const struct layout layout_hub_frame = {
        LAYOUT(hub_frame, hub_frame, hub_frame_places), TAGGED(hub_frame, kind),
};

/* All of it lies in the reader's own arena; it is const for those who come after it. */
static int answer_finish(struct answer *answer, struct fault *ret_fault)
{
        struct fact_row *facts = (struct fact_row *)answer->facts;
        int r = 0;

        for (uint32_t i = 0; i < answer->fact_count; i++)
                facts[i].by.is = facts[i].fact.relayed;
        if (answer->preview)
                r = statement_finish((struct statement *)answer->preview, ret_fault);
        if (!r && answer->comparison)
                r = statement_finish((struct statement *)answer->comparison->statement, ret_fault);
        return r;
}

int wire_read_hub_frame(struct bytes frame, struct arena *arena, struct hub_frame *ret,
                        struct fault *ret_fault)
{
        const size_t used = arena->used;
        int r;

        *ret = (struct hub_frame) { 0 };
        r = fill_checked(&layout_hub_frame, frame, WIRE_HUB_FRAME_MAX, UNKNOWN_SKIPPED, arena, ret,
                         ret_fault);
        if (!r && ret->kind == HUB_ANSWER)
                r = answer_finish(&ret->answer, ret_fault);
        if (r > 0)
                arena->used = used;
        return r;
}

int wire_write_hub_frame(struct sink *sink, const struct hub_frame *frame)
{
        return layout_pack(&layout_hub_frame, frame, sink);
}

/* ---- the signal bus */

static const struct place heartbeat_places[] = {
        [1] = { U64(heartbeat, last_signal) },
        [2] = { I64(heartbeat, hub_time) },
        [3] = { U64(heartbeat, log_size) },
};
static const struct layout layout_heartbeat = { LAYOUT(heartbeat, heartbeat, heartbeat_places) };

static const struct place signal_frame_places[] = {
        [1] = { INSIDE(signal_frame, entry, layout_signal_entry), TAG(FRAME_ENTRY) },
        [2] = { INSIDE(signal_frame, heartbeat, layout_heartbeat), TAG(FRAME_HEARTBEAT) },
        [3] = { INSIDE(signal_frame, incentive, layout_incentive_signal), TAG(FRAME_INCENTIVE) },
};
const struct layout layout_signal_frame = {
        LAYOUT(signal_frame, signal_frame, signal_frame_places),
        TAGGED(signal_frame, kind),
};

int wire_read_signal_frame(struct bytes frame, struct arena *arena, struct signal_frame *ret,
                           struct fault *ret_fault)
{
        *ret = (struct signal_frame) { 0 };
        return fill_checked(&layout_signal_frame, frame, WIRE_RECORD_MAX + 64, UNKNOWN_SKIPPED,
                            arena, ret, ret_fault);
}

int wire_write_signal_frame(struct sink *sink, const struct signal_frame *frame)
{
        return layout_pack(&layout_signal_frame, frame, sink);
}
