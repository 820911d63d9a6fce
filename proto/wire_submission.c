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
};
const struct layout layout_signed_submission = {
        LAYOUT(signed_submission, submission, signed_submission_places),
        KEEPS_ITSELF(submission, frame),
};

static int read_body(struct arena *arena, struct submission *ret, struct fault *ret_fault)
{
        int r = scan_format(ret->body, ret_fault);

        return r ? r : fill_checked(&layout_submission_body, ret->body, WIRE_SUBMISSION_MAX,
                                    UNKNOWN_REFUSED, arena, ret, ret_fault);
}

int wire_read_submission(struct bytes signed_submission, struct arena *arena,
                         struct submission *ret, struct fault *ret_fault)
{
        int r;

        *ret = (struct submission) { 0 };
        r = fill_checked(&layout_signed_submission, signed_submission, WIRE_SUBMISSION_MAX,
                         UNKNOWN_REFUSED, arena, ret, ret_fault);
        return r ? r : read_body(arena, ret, ret_fault);
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
        int r;

        *ret = (struct client_frame) { 0 };
        r = fill_checked(&layout_client_frame, frame, WIRE_CLIENT_FRAME_MAX, UNKNOWN_REFUSED,
                         arena, ret, ret_fault);
        if (r || ret->kind != CLIENT_SUBMISSION)
                return r;
        return read_body(arena, &ret->submission, ret_fault);
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

int wire_write_submission_frame(struct sink *sink, struct bytes signed_submission)
{
        const struct submission submission = { .frame = signed_submission };

        return layout_pack(&layout_envelope, &submission, sink);
}
