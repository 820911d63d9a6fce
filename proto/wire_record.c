/* SPDX-License-Identifier: Apache-2.0 */
/* Hub records: what the hub says, in the log beside what the nodes say. */
#include "proto/wire.h"

#include "proto/fill.h"
#include "proto/pack.h"
#include "proto/rows.h"
#include "proto/scan.h"

static const struct place genesis_places[] = {
        [1] = { SPAN(genesis, hub_name, TEXT_MAX_LENGTH) },
        [2] = { SPAN(genesis, origin, TEXT_MAX_LENGTH) },
        [3] = { FIXED(genesis, signing_key) },
        [4] = { FIXED(genesis, sealing_key) },
        [5] = { FIXED(genesis, transport_key) },
        [6] = { I64(genesis, made_at) },
        [7] = { FIXED(genesis, charter_sha256), IF_FLAG(genesis, has_charter) },
};
static const struct layout layout_genesis = { LAYOUT(genesis, genesis, genesis_places) };

static const struct place refusal_record_places[] = {
        [1] = { NODE(refusal_record, node) },
        [2] = { FIXED(refusal_record, stream) },
        [3] = { U64(refusal_record, sequence) },
        [4] = { FIXED(refusal_record, submission_sha256) },
        [5] = { LIST(refusal_record, faults, fault_count, REFUSALS_PER_ANSWER_MAX, layout_fault) },
        [6] = { U32(refusal_record, more), IF_SET },
};
static const struct layout layout_refusal_record = {
        LAYOUT(refusal_record, refusal_record, refusal_record_places),
};

static const struct place equivocation_places[] = {
        [1] = { NODE(equivocation, node) },
        [2] = { FIXED(equivocation, stream) },
        [3] = { U64(equivocation, sequence) },
        [4] = { U64(equivocation, first_index) },
        [5] = { SPAN(equivocation, second, WIRE_SUBMISSION_MAX) },
};
static const struct layout layout_equivocation = {
        LAYOUT(equivocation, equivocation, equivocation_places),
};

/* ---- who takes part */

static const struct place role_places[] = {
        [1] = { U32(role, kind) },
        [2] = { DAY(role, from) },
        [3] = { DAY(role, until), IF_DAY },
};
static const struct layout layout_role = {
        LAYOUT(role, role, role_places), .not_zero = BIT(3),
};

static const struct place party_admission_places[] = {
        [1] = { NAME(party_admission, party) },
        [2] = { TEXT(party_admission, title) },
        [3] = { ARRAY(party_admission, roles, role_count, layout_role) },
        [4] = { BOOL(party_admission, present) },
        [5] = { U32(party_admission, two_nodes_for) },
        [6] = { U32(party_admission, operator_uid) },
};
const struct layout layout_party_admission = {
        LAYOUT(party_admission, party_admission, party_admission_places),
};

static const struct place node_admission_places[] = {
        [1] = { NODE(node_admission, node) },
        [2] = { FIXED(node_admission, transport_key) },
        [3] = { FIXED(node_admission, signing_key) },
        [4] = { FIXED(node_admission, sealing_key) },
        [5] = { U32(node_admission, rights) },
        [6] = { U32(node_admission, operator_uid) },
};
const struct layout layout_node_admission = {
        LAYOUT(node_admission, node_admission, node_admission_places),
};

static const struct place node_revocation_places[] = {
        [1] = { NODE(node_revocation, node) },
        [2] = { TEXT(node_revocation, reason) },
        [3] = { U32(node_revocation, operator_uid) },
};
const struct layout layout_node_revocation = {
        LAYOUT(node_revocation, node_revocation, node_revocation_places),
};

/* ---- runs and what follows */

static const struct place run_places[] = {
        [1] = { CONTRACT(run_record, run.contract) },
        [2] = { DAY(run_record, run.period.from) },
        [3] = { DAY(run_record, run.period.until) },
        [4] = { U32(run_record, run.kind) },
        [5] = { U32(run_record, run.number) },
        [6] = { DAY(run_record, run.payment) },
        [7] = { U64(run_record, cause) },
};
static const struct layout layout_run = { LAYOUT(run, run_record, run_places) };

static const struct place leg_places[] = {
        [1] = { NAME(leg, party) },
        [2] = { U32(leg, account) },
        [3] = { S64(leg, cents) },
};
static const struct layout layout_leg = { LAYOUT(leg, leg, leg_places) };

static const struct place journal_entry_places[] = {
        [1] = { U64(journal_entry, run) },
        [2] = { CONTRACT(journal_entry, contract) },
        [3] = { U32(journal_entry, state) },
        [4] = { ARRAY(journal_entry, legs, leg_count, layout_leg) },
        [5] = { TEXT(journal_entry, says) },
        [6] = { U32(journal_entry, purpose), IF_SET },
        [7] = { U64(journal_entry, cause), IF_SET },
        [8] = { U64(journal_entry, reverses), IF_SET },
        [9] = { ITEM(journal_entry, trace), IF_SET },
};
const struct layout layout_journal_entry = {
        LAYOUT(journal_entry, journal_entry, journal_entry_places),
};

static const struct place journal_change_places[] = {
        [1] = { U64(journal_change, entry) },
        [2] = { CONTRACT(journal_change, contract) },
        [3] = { U32(journal_change, state) },
        [4] = { U64(journal_change, cause) },
        [5] = { TEXT(journal_change, says) },
};
static const struct layout layout_journal_change = {
        LAYOUT(journal_change, journal_change, journal_change_places),
};

static const struct place signal_places[] = {
        [1] = { NAME(signal, party) },
        [2] = { U64(signal, number) },
        [3] = { U32(signal, kind) },
        [4] = { U64(signal, cause) },
        [5] = { CONTRACT(signal, contract), IF_SET },
        [6] = { U32(signal, version), IF_SET },
        [7] = { DAY(signal, period.from), IF_FLAG(signal, has_run) },
        [8] = { DAY(signal, period.until), IF_FLAG(signal, has_run) },
        [9] = { U32(signal, run_kind), IF_FLAG(signal, has_run) },
        [10] = { U64(signal, run), IF_FLAG(signal, has_run) },
        [11] = { U32(signal, status), IF_FLAG(signal, has_result) },
        [12] = { S64(signal, earned), IF_FLAG(signal, has_result) },
        [13] = { S64(signal, payable), IF_FLAG(signal, has_result) },
        [14] = { DAY(signal, payment), IF_FLAG(signal, has_run) },
        [15] = { TEXT(signal, says), IF_SET },
};
static const struct layout layout_signal = {
        LAYOUT(signal, signal, signal_places),
        .together = { BIT(7) | BIT(8) | BIT(9) | BIT(10) | BIT(14), BIT(11) | BIT(12) | BIT(13) },
};

static const struct place due_places[] = {
        [1] = { U32(due, kind) },
        [2] = { I64(due, at) },
        [3] = { SPAN(due, key, WIRE_CURSOR_MAX) },
};
static const struct layout layout_due = { LAYOUT(due, due, due_places) };

/* ---- the hub's own keys and epochs; who read, who witnessed, who follows */

static const struct place hub_key_places[] = {
        [1] = { FIXED(hub_key, signing_key) },
        [2] = { FIXED(hub_key, possession) },
        [3] = { TEXT(hub_key, reason) },
        [4] = { U32(hub_key, operator_uid) },
};
static const struct layout layout_hub_key = { LAYOUT(hub_key, hub_key, hub_key_places) };

static const struct place epoch_places[] = {
        [1] = { U32(epoch, number) },
        [2] = { SPAN(epoch, origin, TEXT_MAX_LENGTH) },
        [3] = { U64(epoch, end_size) },
        [4] = { FIXED(epoch, end_root) },
        [5] = { TEXT(epoch, reason) },
        [6] = { U32(epoch, operator_uid) },
};
static const struct layout layout_epoch = { LAYOUT(epoch, epoch, epoch_places) };

static const struct place staff_read_places[] = {
        [1] = { U32(staff_read, operator_uid) },
        [2] = { U32(staff_read, right) },
        [3] = { CONTRACT(staff_read, contract), IF_SET },
        [4] = { NAME(staff_read, party), IF_SET },
        [5] = { U64(staff_read, first) },
        [6] = { U64(staff_read, last) },
        [7] = { U32(staff_read, entries) },
        [8] = { TEXT(staff_read, reason) },
};
const struct layout layout_staff_read = { LAYOUT(staff_read, staff_read, staff_read_places) };

static const struct place cosignature_places[] = {
        [1] = { NODE(cosignature, node) },
        [2] = { U64(cosignature, size) },
        [3] = { I64(cosignature, time) },
        [4] = { SPAN(cosignature, note, WIRE_NOTE_MAX) },
};
const struct layout layout_cosignature = { LAYOUT(cosignature, cosignature, cosignature_places) };

static const struct place witnessed_places[] = {
        [1] = { U64(witnessed, run) },
        [2] = { CONTRACT(witnessed, contract) },
        [3] = { U32(witnessed, sides) },
        [4] = { LIST(witnessed, cosignatures, cosignature_count, WIRE_WITNESSES_MAX,
                     layout_cosignature) },
};
static const struct layout layout_witnessed = { LAYOUT(witnessed, witnessed, witnessed_places) };

static const struct place succession_places[] = {
        [1] = { INSIDE(succession, node, layout_node_admission) },
        [2] = { FIXED(succession, document_sha256) },
        [3] = { TEXT(succession, document) },
        [4] = { I64(succession, effective) },
};
const struct layout layout_succession = { LAYOUT(succession, succession, succession_places) };

static const struct place block_erasure_places[] = {
        [1] = { CONTRACT(block_erasure, contract) },
        [2] = { U32(block_erasure, year) },
        [3] = { TEXT(block_erasure, reason) },
        [4] = { U32(block_erasure, operator_uid) },
};
const struct layout layout_block_erasure = {
        LAYOUT(block_erasure, block_erasure, block_erasure_places),
};

/* ---- records */

static const struct place record_body_places[] = {
        [1] = { U32(record, format) },
        [2] = { FIXED(record, hub) },
        [3] = { INSIDE(record, genesis, layout_genesis), TAG(ENTRY_GENESIS) },
        [4] = { INSIDE(record, refusal, layout_refusal_record), TAG(ENTRY_REFUSAL) },
        [5] = { INSIDE(record, equivocation, layout_equivocation), TAG(ENTRY_EQUIVOCATION) },
        [6] = { INSIDE(record, party_admission, layout_party_admission),
                TAG(ENTRY_PARTY_ADMISSION) },
        [7] = { INSIDE(record, node_admission, layout_node_admission), TAG(ENTRY_NODE_ADMISSION) },
        [8] = { INSIDE(record, node_revocation, layout_node_revocation),
                TAG(ENTRY_NODE_REVOCATION) },
        [9] = { INSIDE(record, run, layout_run), TAG(ENTRY_RUN) },
        [10] = { POINTER(record, statement, layout_statement), TAG(ENTRY_STATEMENT) },
        [11] = { INSIDE(record, journal_entry, layout_journal_entry), TAG(ENTRY_JOURNAL_ENTRY) },
        [12] = { INSIDE(record, signal, layout_signal), TAG(ENTRY_SIGNAL) },
        [13] = { INSIDE(record, due, layout_due), TAG(ENTRY_DUE) },
        [14] = { INSIDE(record, block_erasure, layout_block_erasure), TAG(ENTRY_BLOCK_ERASURE) },
        [15] = { INSIDE(record, journal_change, layout_journal_change),
                 TAG(ENTRY_JOURNAL_CHANGE) },
        [16] = { INSIDE(record, hub_key, layout_hub_key), TAG(ENTRY_HUB_KEY) },
        [17] = { INSIDE(record, epoch, layout_epoch), TAG(ENTRY_EPOCH) },
        [18] = { INSIDE(record, staff_read, layout_staff_read), TAG(ENTRY_STAFF_READ) },
        [19] = { INSIDE(record, witnessed, layout_witnessed), TAG(ENTRY_WITNESSED) },
        [20] = { INSIDE(record, succession, layout_succession), TAG(ENTRY_SUCCESSION) },
        [21] = { INSIDE(record, ballot_result, layout_ballot_result), TAG(ENTRY_BALLOT_RESULT) },
        [22] = { INSIDE(record, release, layout_release), TAG(ENTRY_RELEASE) },
        [23] = { INSIDE(record, conflict, layout_conflict), TAG(ENTRY_CONFLICT) },
};
const struct layout layout_record_body = {
        LAYOUT(record_body, record, record_body_places), TAGGED(record, kind),
};

static const struct place signed_record_places[] = {
        [1] = { SPAN(record, body, WIRE_RECORD_MAX) },
        [2] = { FIXED_SPAN(record, signature, 64) },
};
const struct layout layout_signed_record = {
        LAYOUT(signed_record, record, signed_record_places),
};

static int read_body(struct arena *arena, struct record *ret, struct fault *ret_fault)
{
        const size_t used = arena->used;
        int r = scan_format(ret->body, ret_fault);

        if (!r)
                r = fill_checked(&layout_record_body, ret->body, WIRE_RECORD_MAX, UNKNOWN_SKIPPED,
                                 arena, ret, ret_fault);
        if (!r && ret->kind == ENTRY_STATEMENT)
                r = statement_finish(ret->statement, ret_fault);
        if (r > 0)
                arena->used = used;
        return r;
}

int wire_read_record(struct bytes signed_record, struct arena *arena, struct record *ret,
                     struct fault *ret_fault)
{
        int r;

        *ret = (struct record) { 0 };
        r = fill_checked(&layout_signed_record, signed_record, WIRE_RECORD_MAX, UNKNOWN_SKIPPED,
                         arena, ret, ret_fault);
        return r ? r : read_body(arena, ret, ret_fault);
}

int wire_write_record_body(struct sink *sink, const struct record *record)
{
        return layout_pack(&layout_record_body, record, sink);
}

int wire_write_plan(struct sink *sink, struct statement *statement)
{
        const struct run run = statement->run;
        int r;

        statement->run.cut = 0;
        statement->run.number = 0;
        r = layout_pack(&layout_statement, statement, sink);
        statement->run = run;
        return r;
}

int wire_write_signed_record(struct sink *sink, struct bytes body, struct bytes signature)
{
        const struct record record = { .body = body, .signature = signature };

        return layout_pack(&layout_signed_record, &record, sink);
}
