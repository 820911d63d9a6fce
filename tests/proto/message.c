/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/proto/message.h"

#include "core/check.h"
#include "core/own.h"
#include "proto/accord.pb-c.h"

static const uint8_t some_signature[64] = { 0 };

int message_read(enum message_kind kind, struct bytes from, struct arena *arena, union message *ret,
                 struct fault *ret_fault)
{
        switch (kind) {
        case MESSAGE_CLIENT_FRAME:
                return wire_read_client_frame(from, arena, &ret->client_frame, ret_fault);
        case MESSAGE_SUBMISSION:
                return wire_read_submission(from, arena, &ret->submission, ret_fault);
        case MESSAGE_TERMS:
                return wire_read_terms(from, &ret->terms, ret_fault);
        case MESSAGE_RECORD:
                return wire_read_record(from, arena, &ret->record, ret_fault);
        case MESSAGE_HUB_FRAME:
                return wire_read_hub_frame(from, arena, &ret->hub_frame, ret_fault);
        case MESSAGE_SIGNAL_FRAME:
                return wire_read_signal_frame(from, arena, &ret->signal_frame, ret_fault);
        case MESSAGE_CONTROL_REQUEST:
                return wire_read_control_request(from, arena, &ret->control_request, ret_fault);
        case MESSAGE_CONTROL_ANSWER:
                return wire_read_control_answer(from, arena, &ret->control_answer, ret_fault);
        case MESSAGE_CHARTER:
                return wire_read_charter(from, &ret->charter, ret_fault);
        default:
                return wire_read_decisions(from, arena, &ret->decisions, ret_fault);
        }
}

static struct bytes signature_of(struct bytes signature)
{
        return signature.size ? signature : BYTES_OF(some_signature);
}

/* All of it or nothing, so that a sink that is too small stays as it was. */
static int write_submission(const struct submission *submission, struct sink *sink)
{
        own(sink) struct sink body = { 0 };
        own(sink) struct sink whole = { 0 };
        int r = sink_new(&body, 256, WIRE_SUBMISSION_MAX);

        if (!r)
                r = sink_new(&whole, 256, WIRE_SUBMISSION_MAX);
        if (!r)
                r = wire_write_submission_body(&body, submission);
        if (!r)
                r = wire_write_signed_submission(&whole, sink_bytes(&body),
                                                 signature_of(submission->signature));
        if (!r)
                r = wire_write_blocks(&whole, submission->blocks, submission->block_count);
        return r ? r : sink_put(sink, sink_bytes(&whole));
}

static int write_client_frame(const struct client_frame *frame, struct sink *sink)
{
        own(sink) struct sink submission = { 0 };
        int r;

        if (frame->kind == CLIENT_HELLO)
                return wire_write_hello(sink, &frame->hello);
        if (frame->kind == CLIENT_QUERY)
                return wire_write_query(sink, &frame->query);
        if (frame->kind == CLIENT_COSIGN)
                return wire_write_cosign(sink, &frame->cosign);
        r = sink_new(&submission, 256, WIRE_SUBMISSION_MAX);
        if (!r)
                r = write_submission(&frame->submission, &submission);
        return r ? r : wire_write_submission_frame(sink, sink_bytes(&submission));
}

static int write_record(const struct record *record, struct sink *sink)
{
        own(sink) struct sink body = { 0 };
        int r = sink_new(&body, 256, WIRE_RECORD_MAX);

        if (!r)
                r = wire_write_record_body(&body, record);
        if (!r)
                r = wire_write_signed_record(sink, sink_bytes(&body),
                                             signature_of(record->signature));
        return r;
}

int message_write(enum message_kind kind, const void *message, struct sink *sink)
{
        switch (kind) {
        case MESSAGE_CLIENT_FRAME:
                return write_client_frame(message, sink);
        case MESSAGE_SUBMISSION:
                return write_submission(message, sink);
        case MESSAGE_TERMS:
                return wire_write_terms(sink, message);
        case MESSAGE_RECORD:
                return write_record(message, sink);
        case MESSAGE_HUB_FRAME:
                return wire_write_hub_frame(sink, message);
        case MESSAGE_SIGNAL_FRAME:
                return wire_write_signal_frame(sink, message);
        case MESSAGE_CONTROL_REQUEST:
                return wire_write_control_request(sink, message);
        case MESSAGE_CONTROL_ANSWER:
                return wire_write_control_answer(sink, message);
        case MESSAGE_CHARTER:
                return wire_write_charter(sink, message);
        default:
                return wire_write_decisions(sink, message);
        }
}

struct bytes message_inner(enum message_kind kind, const union message *message,
                           struct bytes whole)
{
        if (kind == MESSAGE_SUBMISSION)
                return message->submission.body;
        if (kind == MESSAGE_RECORD)
                return message->record.body;
        return whole;
}

const ProtobufCMessageDescriptor *message_schema(enum message_kind kind)
{
        static const ProtobufCMessageDescriptor *const schemas[] = {
                [MESSAGE_CLIENT_FRAME] = &accord__v1__client_frame__descriptor,
                [MESSAGE_SUBMISSION] = &accord__v1__submission_body__descriptor,
                [MESSAGE_TERMS] = &accord__v1__terms__descriptor,
                [MESSAGE_RECORD] = &accord__v1__record_body__descriptor,
                [MESSAGE_HUB_FRAME] = &accord__v1__hub_frame__descriptor,
                [MESSAGE_SIGNAL_FRAME] = &accord__v1__signal_frame__descriptor,
                [MESSAGE_CONTROL_REQUEST] = &accord__v1__control_request__descriptor,
                [MESSAGE_CONTROL_ANSWER] = &accord__v1__control_answer__descriptor,
                [MESSAGE_CHARTER] = &accord__v1__charter__descriptor,
                [MESSAGE_DECISIONS] = &accord__v1__decisions__descriptor,
        };

        assert(kind < MESSAGE_KIND_COUNT);
        return schemas[kind];
}
