/* SPDX-License-Identifier: Apache-2.0 */
/* Any message that wire reads and writes, so that a test can go through all of them. */
#ifndef ACCORD_TESTS_PROTO_MESSAGE_H
#define ACCORD_TESTS_PROTO_MESSAGE_H

#include <protobuf-c/protobuf-c.h>

#include "proto/wire.h"

enum message_kind {
        MESSAGE_CLIENT_FRAME,
        MESSAGE_SUBMISSION,
        MESSAGE_TERMS,
        MESSAGE_RECORD,
        MESSAGE_HUB_FRAME,
        MESSAGE_SIGNAL_FRAME,
        MESSAGE_CONTROL_REQUEST,
        MESSAGE_CONTROL_ANSWER,
        MESSAGE_CHARTER,
        MESSAGE_DECISIONS,
        MESSAGE_KIND_COUNT,
};

union message {
        struct client_frame client_frame;
        struct submission submission;
        struct terms terms;
        struct record record;
        struct hub_frame hub_frame;
        struct signal_frame signal_frame;
        struct control_request control_request;
        struct control_answer control_answer;
        struct charter charter;
        struct decisions decisions;
};

int message_read(enum message_kind kind, struct bytes from, struct arena *arena, union message *ret,
                 struct fault *ret_fault);
/* @message: the kind's struct. What is signed gets the signature it has, or 64 octets of 0. */
int message_write(enum message_kind kind, const void *message, struct sink *sink);

/* What protobuf-c is to look at: the body of what is signed, else all of it. */
struct bytes message_inner(enum message_kind kind, const union message *message,
                           struct bytes whole);
const ProtobufCMessageDescriptor *message_schema(enum message_kind kind);

#endif
