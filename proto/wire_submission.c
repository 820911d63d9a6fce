/* SPDX-License-Identifier: Apache-2.0 */
/* What a node sends: submissions and their events, and the frame around them. */
#include "proto/wire.h"

#include "proto/fill.h"
#include "proto/pack.h"
#include "proto/rows.h"
#include "proto/scan.h"

/* ---- events */

static const struct place offer_places[] = {
        [1] = { SPAN(offer, terms, WIRE_TERMS_MAX) },
        [2] = { I64(offer, open_until), IF_SET },
        [3] = { INSIDE(offer, relayed, layout_relayed), IF_FLAG(offer, relayed.is) },
};
static const struct layout layout_offer = { LAYOUT(offer, offer, offer_places) };

static const struct place acceptance_places[] = {
        [1] = { U32(acceptance, version) },
        [2] = { FIXED(acceptance, terms_sha256) },
};
static const struct layout layout_acceptance = {
        LAYOUT(acceptance, acceptance, acceptance_places),
};

static const struct place termination_places[] = {
        [1] = { DAY(termination, effective) },
        [2] = { SPAN(termination, reason, TEXT_MAX_LENGTH), IF_SET },
};
static const struct layout layout_termination = {
        LAYOUT(termination, termination, termination_places),
};

static const struct place run_request_places[] = {
        [1] = { DAY(run_request, period.from) },
        [2] = { DAY(run_request, period.until) },
        [3] = { U32(run_request, kind) },
        [4] = { DAY(run_request, payment) },
        [5] = { FIXED(run_request, plan_sha256), IF_FLAG(run_request, has_plan) },
};
const struct layout layout_run_request = {
        LAYOUT(run_request, run_request, run_request_places),
};

static const struct place relation_places[] = {
        [1] = { U32(relation, kind) },
        [2] = { NAME(relation, other) },
        [3] = { DAY(relation, from) },
        [4] = { DAY(relation, until), IF_DAY },
        [5] = { SPAN(relation, npi, WIRE_NUMBER_MAX), IF_SET },
        [6] = { SPAN(relation, tin, WIRE_NUMBER_MAX), IF_SET },
        [7] = { SPAN(relation, ccn, WIRE_NUMBER_MAX), IF_SET },
};
static const struct layout layout_relation = {
        LAYOUT(relation, relation, relation_places), .not_zero = BIT(4),
};

static const struct place delegation_places[] = {
        [1] = { NAME(delegation, to) },
        [2] = { U32(delegation, rights) },
        [3] = { I64(delegation, from) },
        [4] = { I64(delegation, until) },
};
static const struct layout layout_delegation = {
        LAYOUT(delegation, delegation, delegation_places),
};

static const struct place delegation_end_places[] = {
        [1] = { NAME(event, delegation_end.to) },
};
static const struct layout layout_delegation_end = {
        LAYOUT(delegation_end, event, delegation_end_places),
};

static const struct place stream_close_places[] = {
        [1] = { FIXED(event, stream_close.stream) },
};
static const struct layout layout_stream_close = {
        LAYOUT(stream_close, event, stream_close_places),
};

static const struct place block_places[] = {
        [1] = { NAME(block_event, segment), IF_SET },
        [2] = { DAY(block_event, period.from) },
        [3] = { DAY(block_event, period.until) },
        [4] = { DAY(block_event, paid_through), IF_DAY },
        [5] = { U32(block_event, number) },
        [6] = { U32(block_event, rows) },
        [7] = { S64(block_event, cents) },
        [8] = { FIXED(block_event, sha256) },
        [9] = { U32(block_event, generation) },
        [10] = { ITEM_LIST(block_event, categories, category_count, CATEGORIES_MAX) },
        [11] = { U64(block_event, supersedes), IF_FLAG(block_event, has_supersedes) },
};
const struct layout layout_block = {
        LAYOUT(block, block_event, block_places), .not_zero = BIT(4),
};

static const struct place key_rotation_places[] = {
        [1] = { FIXED(key_rotation, transport_key) },
        [2] = { FIXED(key_rotation, signing_key) },
        [3] = { FIXED(key_rotation, sealing_key) },
        [4] = { FIXED(key_rotation, possession) },
};
static const struct layout layout_key_rotation = {
        LAYOUT(key_rotation, key_rotation, key_rotation_places),
};

static const struct place succession_objection_places[] = {
        [1] = { U64(event, succession_objection.succession) },
};
static const struct layout layout_succession_objection = {
        LAYOUT(succession_objection, event, succession_objection_places),
};

static const struct place event_places[] = {
        [1] = { INSIDE(event, offer, layout_offer), TAG(EVENT_OFFER) },
        [2] = { INSIDE(event, acceptance, layout_acceptance), TAG(EVENT_ACCEPTANCE) },
        [3] = { INSIDE(event, termination, layout_termination), TAG(EVENT_TERMINATION) },
        [4] = { INSIDE(event, fact, layout_fact), TAG(EVENT_FACT) },
        [5] = { INSIDE(event, run_request, layout_run_request), TAG(EVENT_RUN_REQUEST) },
        [6] = { INSIDE(event, relation, layout_relation), TAG(EVENT_RELATION) },
        [7] = { INSIDE(event, delegation, layout_delegation), TAG(EVENT_DELEGATION) },
        [8] = { SAME_STRUCT(layout_delegation_end), TAG(EVENT_DELEGATION_END) },
        [9] = { SAME_STRUCT(layout_stream_close), TAG(EVENT_STREAM_CLOSE) },
        [10] = { INSIDE(event, block, layout_block), TAG(EVENT_BLOCK) },
        [11] = { INSIDE(event, statement_acceptance, layout_statement_acceptance),
                 TAG(EVENT_STATEMENT_ACCEPTANCE) },
        [12] = { INSIDE(event, dispute, layout_dispute), TAG(EVENT_DISPUTE) },
        [13] = { INSIDE(event, dispute_end, layout_dispute_end), TAG(EVENT_DISPUTE_END) },
        [14] = { INSIDE(event, resolution, layout_resolution), TAG(EVENT_RESOLUTION) },
        [15] = { INSIDE(event, resolution_acceptance, layout_resolution_acceptance),
                 TAG(EVENT_RESOLUTION_ACCEPTANCE) },
        [16] = { INSIDE(event, determination, layout_determination), TAG(EVENT_DETERMINATION) },
        [17] = { INSIDE(event, figure, layout_figure), TAG(EVENT_FIGURE) },
        [18] = { INSIDE(event, payment, layout_payment), TAG(EVENT_PAYMENT) },
        [19] = { INSIDE(event, key_rotation, layout_key_rotation), TAG(EVENT_KEY_ROTATION) },
        [20] = { SAME_STRUCT(layout_succession_objection), TAG(EVENT_SUCCESSION_OBJECTION) },
        [21] = { INSIDE(event, proposal, layout_proposal), TAG(EVENT_PROPOSAL) },
        [22] = { INSIDE(event, vote, layout_vote), TAG(EVENT_VOTE) },
        [23] = { INSIDE(event, publication, layout_publication), TAG(EVENT_PUBLICATION) },
        [24] = { INSIDE(event, benefit, layout_benefit), TAG(EVENT_BENEFIT) },
        [25] = { INSIDE(event, capability, layout_capability), TAG(EVENT_CAPABILITY) },
        [26] = { INSIDE(event, departure, layout_departure), TAG(EVENT_DEPARTURE) },
};
static const struct layout layout_event = {
        LAYOUT(event, event, event_places), TAGGED(event, kind),
};

/* ---- submissions */

static const struct place submission_body_places[] = {
        [1] = { U32(submission, format) },
        [2] = { FIXED(submission, hub) },
        [3] = { NODE(submission, sender) },
        [4] = { NAME(submission, on_behalf_of), IF_SET },
        [5] = { CONTRACT(submission, contract), IF_SET },
        [6] = { FIXED(submission, stream) },
        [7] = { U64(submission, sequence) },
        [8] = { I64(submission, made_at) },
        [9] = { LIST(submission, events, event_count, EVENTS_PER_SUBMISSION_MAX, layout_event),
                .is_event = true },
};
const struct layout layout_submission_body = {
        LAYOUT(submission_body, submission, submission_body_places), .never_empty = BIT(9),
};

static const struct place signed_submission_places[] = {
        [1] = { SPAN(submission, body, WIRE_SUBMISSION_MAX) },
        [2] = { FIXED_SPAN(submission, signature, 64) },
        [3] = { SPAN_LIST(submission, blocks, block_count, BLOCKS_PER_SUBMISSION_MAX,
                          BLOCK_SIZE_MAX) },
};
const struct layout layout_signed_submission = {
        LAYOUT(signed_submission, submission, signed_submission_places),
        KEEPS_ITSELF(submission, frame),
};

/* ---- blocks: beside what is signed */

static int wrong_blocks(struct fault *ret_fault, uint32_t event, const char *says)
{
        *ret_fault = (struct fault) {
                .code = REFUSAL_MALFORMED, .event = event, .field = "blocks", .says = says,
        };
        return REFUSAL_MALFORMED;
}

static const uint8_t *end_of(struct bytes span)
{
        return (const uint8_t *)span.data + span.size;
}

/* What the log keeps ends where the first block begins; so nothing signed may come behind it. */
static int cut_blocks(struct submission *submission, struct fault *ret_fault)
{
        const uint8_t *start = submission->frame.data, *first;

        if (!submission->block_count)
                return 0;
        first = submission->blocks[0].data;
        first -= 1 + number_size(submission->blocks[0].size);   /* the tag takes one octet */
        if (end_of(submission->body) > first || end_of(submission->signature) > first)
                return wrong_blocks(ret_fault, REFUSAL_WHOLE,
                                    "stand before the body or its signature");
        submission->frame.size = (size_t)(first - start);
        return 0;
}

/* Each to its event. When none came along, that is for others to judge. */
static int pair_blocks(struct submission *submission, struct fault *ret_fault)
{
        struct event *events = (struct event *)submission->events;
        uint32_t next = 0;

        if (!submission->block_count)
                return 0;
        for (uint32_t i = 0; i < submission->event_count; i++) {
                struct block_event *block = &events[i].block;

                if (events[i].kind != EVENT_BLOCK || !block->rows)
                        continue;
                if (next == submission->block_count)
                        return wrong_blocks(ret_fault, i, "this one is missing");
                block->columns = submission->blocks[next++];
                if (block->columns.size != (uint64_t)block->rows * MEMBER_ROW_SIZE)
                        return wrong_blocks(ret_fault, i,
                                            "has not the size of so many rows of 31 bytes");
        }
        if (next < submission->block_count)
                return wrong_blocks(ret_fault, REFUSAL_WHOLE, "there are more than events say");
        return 0;
}

/* @used: of the arena before the message; what is refused leaves nothing in it. */
static int read_body(struct arena *arena, size_t used, struct submission *ret,
                     struct fault *ret_fault)
{
        int r = scan_format(ret->body, ret_fault);

        if (!r)
                r = fill_checked(&layout_submission_body, ret->body, WIRE_SUBMISSION_MAX,
                                 UNKNOWN_REFUSED, arena, ret, ret_fault);
        if (!r)
                r = cut_blocks(ret, ret_fault);
        if (!r)
                r = pair_blocks(ret, ret_fault);
        if (r > 0)
                arena->used = used;
        return r;
}

int wire_read_submission(struct bytes signed_submission, struct arena *arena,
                         struct submission *ret, struct fault *ret_fault)
{
        size_t used = arena->used;
        int r;

        *ret = (struct submission) { 0 };
        r = fill_checked(&layout_signed_submission, signed_submission, WIRE_SUBMISSION_MAX,
                         UNKNOWN_REFUSED, arena, ret, ret_fault);
        return r ? r : read_body(arena, used, ret, ret_fault);
}

int wire_write_submission_body(struct sink *sink, const struct submission *submission)
{
        return layout_pack(&layout_submission_body, submission, sink);
}

int wire_write_signed_submission(struct sink *sink, struct bytes body, struct bytes signature)
{
        const struct submission submission = { .body = body, .signature = signature };

        return layout_pack(&layout_signed_submission, &submission, sink);
}

/* For writing only: what comes behind a signed submission. */
static const struct place blocks_places[] = {
        [3] = { SPAN_LIST(submission, blocks, block_count, BLOCKS_PER_SUBMISSION_MAX,
                          BLOCK_SIZE_MAX) },
};
static const struct layout layout_blocks = {
        LAYOUT(signed_submission, submission, blocks_places),
};

int wire_write_blocks(struct sink *sink, const struct bytes *blocks, uint32_t count)
{
        const struct submission submission = { .blocks = blocks, .block_count = count };

        return layout_pack(&layout_blocks, &submission, sink);
}

size_t wire_block_size(const struct block_event *block)
{
        size_t size = block->columns.size;

        return size ? 1 + number_size(size) + size : 0;
}

size_t wire_event_size(const struct event *event)
{
        size_t size = packed_size(&layout_event, event);

        return 1 + number_size(size) + size;    /* the tag of field 9 takes one octet */
}

/* ---- frames */

static const struct place hello_places[] = {
        [1] = { U32(hello, format) },
        [2] = { FIXED(hello, stream), IF_FLAG(hello, has_stream) },
        [3] = { SPAN(hello, client, TEXT_MAX_LENGTH), IF_SET },
};
static const struct layout layout_hello = { LAYOUT(hello, hello, hello_places) };

static const struct place client_frame_places[] = {
        [1] = { INSIDE(client_frame, hello, layout_hello), TAG(CLIENT_HELLO) },
        [2] = { INSIDE(client_frame, submission, layout_signed_submission),
                TAG(CLIENT_SUBMISSION), .most = WIRE_SUBMISSION_MAX },
        [3] = { INSIDE(client_frame, query, layout_query), TAG(CLIENT_QUERY) },
        [4] = { INSIDE(client_frame, cosign, layout_cosign), TAG(CLIENT_COSIGN) },
};
const struct layout layout_client_frame = {
        LAYOUT(client_frame, client_frame, client_frame_places), TAGGED(client_frame, kind),
};

/* For writing only: a submission that is bytes already goes in as it is. */
static const struct place envelope_places[] = {
        [2] = { SPAN(submission, frame, WIRE_SUBMISSION_MAX) },
};
static const struct layout layout_envelope = {
        LAYOUT(client_frame, submission, envelope_places),
};

int wire_read_client_frame(struct bytes frame, struct arena *arena, struct client_frame *ret,
                           struct fault *ret_fault)
{
        size_t used = arena->used;
        int r;

        *ret = (struct client_frame) { 0 };
        r = fill_checked(&layout_client_frame, frame, WIRE_CLIENT_FRAME_MAX, UNKNOWN_REFUSED,
                         arena, ret, ret_fault);
        if (r || ret->kind != CLIENT_SUBMISSION)
                return r;
        return read_body(arena, used, &ret->submission, ret_fault);
}

int wire_write_hello(struct sink *sink, const struct hello *hello)
{
        const struct client_frame frame = { .kind = CLIENT_HELLO, .hello = *hello };

        return layout_pack(&layout_client_frame, &frame, sink);
}

int wire_write_query(struct sink *sink, const struct query *query)
{
        const struct client_frame frame = { .kind = CLIENT_QUERY, .query = *query };

        return layout_pack(&layout_client_frame, &frame, sink);
}

int wire_write_cosign(struct sink *sink, const struct cosign *cosign)
{
        const struct client_frame frame = { .kind = CLIENT_COSIGN, .cosign = *cosign };

        return layout_pack(&layout_client_frame, &frame, sink);
}

int wire_write_submission_frame(struct sink *sink, struct bytes signed_submission)
{
        const struct submission submission = { .frame = signed_submission };

        return layout_pack(&layout_envelope, &submission, sink);
}
