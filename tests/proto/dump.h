/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What protobuf-c itself reads in a message, as one line of text: names from the schema, values as
 * they are. It knows nothing of our tables, so what it says of what we wrote is a second opinion.
 *
 *         format=1 hub_id=16*a1 sender="payer/one" events{fact{scope=SCOPE_CONTRACT kind=4 ...}}
 */
#ifndef ACCORD_TESTS_PROTO_DUMP_H
#define ACCORD_TESTS_PROTO_DUMP_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/bytes.h"

enum dump_style {
        DUMP_ALL,
        DUMP_MEANING,   /* without what means the same as its absence */
};

/* false when protobuf-c does not take the bytes. */
bool dump(const ProtobufCMessageDescriptor *schema, struct bytes from, enum dump_style style,
          char *ret, size_t size);

/* false when it does not, or when what it writes of what it read are other bytes. */
bool dump_agrees(const ProtobufCMessageDescriptor *schema, struct bytes from);

#endif
