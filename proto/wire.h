/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes <-> core values, both ways: the only place that knows protobuf.
 *
 * Reading: first a strict scan of the bytes (known fields only, no repeats of singular fields, one
 * member of a oneof, minimal varints in range, valid UTF-8 without NUL, limits, whole buffer used),
 * before anything is allocated; then decoding into the caller's arena. In what the hub says unknown
 * fields are skipped, so that an older client understands a newer hub; all else stays strict.
 * What is returned points into the given bytes and into the arena, never to protobuf-c's memory.
 *
 * Readers return 0; REFUSAL_OVERSIZE, REFUSAL_MALFORMED or REFUSAL_WRONG_FORMAT with *ret_fault set
 * to the place (static text, never NULL, the field as "fact.rate.den"); -ENOMEM when the arena is
 * too small (our mistake for the sizes of proto/limits.h).
 * Values are shaped but not judged: domains, rights and state are looked at later (core/admit.h).
 *
 * Writers append to a sink and return 0; -ENOBUFS when it has no room; -EMSGSIZE when a text, a
 * byte string or a list is longer than a reader would take; the sink then holds what it held.
 */
#ifndef ACCORD_PROTO_WIRE_H
#define ACCORD_PROTO_WIRE_H

#include "core/message.h"
#include "proto/arena.h"
#include "proto/limits.h"

/* ---- node -> hub */

enum client_frame_kind { CLIENT_HELLO = 1, CLIENT_SUBMISSION, CLIENT_QUERY, CLIENT_COSIGN };

struct client_frame {
        enum client_frame_kind kind;
        union {
                struct hello hello;
                struct submission submission;
                struct query query;
                struct cosign cosign;
        };
};

int wire_read_client_frame(struct bytes frame, struct arena *arena, struct client_frame *ret,
                           struct fault *ret_fault);
/*
 * Where a ClientFrame with a submission has the signed body and the signature, for a look at them
 * before the frame is read. Judges nothing; false when it is no such frame.
 */
bool wire_find_signature(struct bytes frame, struct bytes *ret_body, struct bytes *ret_signature);
/* The same of a SignedSubmission. */
bool wire_find_signed(struct bytes signed_submission, struct bytes *ret_body,
                      struct bytes *ret_signature);
/*
 * What of a SignedSubmission the log keeps, and receipts and refusals are about: all before its
 * blocks. Judges nothing: what cannot be read is given back whole.
 */
struct bytes wire_without_blocks(struct bytes signed_submission);
/* How many events it has, without reading them. 0 also for what is no submission. */
uint32_t wire_count_events(struct bytes signed_submission);
/*
 * A SignedSubmission by itself: from a file, from the log. The frame that is set is what the log
 * keeps: without blocks. Those that came along are in the columns of their events; either all of
 * them come, of the right size, or none.
 */
int wire_read_submission(struct bytes signed_submission, struct arena *arena,
                         struct submission *ret, struct fault *ret_fault);
/* @ret is some 100 KiB and written whole. */
int wire_read_terms(struct bytes terms, struct terms *ret, struct fault *ret_fault);

int wire_write_hello(struct sink *sink, const struct hello *hello);             /* as ClientFrame */
int wire_write_query(struct sink *sink, const struct query *query);             /* as ClientFrame */
int wire_write_cosign(struct sink *sink, const struct cosign *cosign);          /* as ClientFrame */
/* The body to be signed; body, signature and frame of @submission are not looked at. */
int wire_write_submission_body(struct sink *sink, const struct submission *submission);
int wire_write_signed_submission(struct sink *sink, struct bytes body, struct bytes signature);
/*
 * The rows of blocks, written right behind the submission whose events say them, in their order;
 * none for an event without rows. Part of the same SignedSubmission from then on.
 */
int wire_write_blocks(struct sink *sink, const struct bytes *blocks, uint32_t count);
/* Wraps SignedSubmission bytes, as they are, into a ClientFrame. */
int wire_write_submission_frame(struct sink *sink, struct bytes signed_submission);
int wire_write_terms(struct sink *sink, const struct terms *terms);
/* What a resolution or determination carries; spans and lists lie in @decisions and @arena. */
int wire_read_decisions(struct bytes decisions, struct arena *arena, struct decisions *ret,
                        struct fault *ret_fault);
int wire_write_decisions(struct sink *sink, const struct decisions *decisions);

/* @ret is some 100 KiB and written whole. */
int wire_read_charter(struct bytes charter, struct charter *ret, struct fault *ret_fault);
int wire_write_charter(struct sink *sink, const struct charter *charter);

/* The size a body would have with one more event: what the packer of the outbox asks. */
size_t wire_event_size(const struct event *event);
/* And with the columns of a block. */
size_t wire_block_size(const struct block_event *block);

/* ---- hub -> node */

enum hub_frame_kind {
        HUB_WELCOME = 1,
        HUB_RECEIPT,
        HUB_REFUSAL,
        HUB_BUSY,
        HUB_ANSWER,
        HUB_COSIGNED,
};

struct hub_frame {
        enum hub_frame_kind kind;
        union {
                struct welcome welcome;
                struct receipt receipt;
                struct refusal_answer refusal;
                struct busy busy;
                struct answer answer;
                struct cosigned cosigned;
        };
};

int wire_read_hub_frame(struct bytes frame, struct arena *arena, struct hub_frame *ret,
                        struct fault *ret_fault);
int wire_write_hub_frame(struct sink *sink, const struct hub_frame *frame);

/* ---- hub records. Reading a STATEMENT takes its struct statement from the arena. */

int wire_read_record(struct bytes signed_record, struct arena *arena, struct record *ret,
                     struct fault *ret_fault);
/* The body to be signed. For a statement record->statement is read. */
int wire_write_record_body(struct sink *sink, const struct record *record);
/*
 * A Statement as a plan has it, with cut and number 0: what a RunRequest's plan_sha256 is of, by
 * who reviewed a preview of that kind and payment day, and by the hub. @statement is as it was.
 */
int wire_write_plan(struct sink *sink, struct statement *statement);
int wire_write_signed_record(struct sink *sink, struct bytes body, struct bytes signature);

/* ---- signals on the bus (unsealed) */

int wire_read_signal_frame(struct bytes frame, struct arena *arena, struct signal_frame *ret,
                           struct fault *ret_fault);
int wire_write_signal_frame(struct sink *sink, const struct signal_frame *frame);

/* ---- the control socket */

int wire_read_control_request(struct bytes frame, struct arena *arena, struct control_request *ret,
                              struct fault *ret_fault);
int wire_write_control_request(struct sink *sink, const struct control_request *request);
int wire_read_control_answer(struct bytes frame, struct arena *arena, struct control_answer *ret,
                             struct fault *ret_fault);
int wire_write_control_answer(struct sink *sink, const struct control_answer *answer);

#endif
