/* SPDX-License-Identifier: Apache-2.0 */
/* A struct becomes bytes: fields in order of number, each number in its one spelling. */
#ifndef ACCORD_PROTO_PACK_H
#define ACCORD_PROTO_PACK_H

#include "proto/arena.h"
#include "proto/layout.h"

/*
 * layout_pack() - append a message to a sink
 *
 * Measures first, so that a sink without room holds what it held before.
 *
 * Returns 0; -ENOBUFS; -EMSGSIZE when a text, a byte string or a list is longer than a reader
 * would take.
 */
int layout_pack(const struct layout *layout, const void *message, struct sink *sink);

/* What it would take; for a message without pools. */
size_t packed_size(const struct layout *layout, const void *message);

/* Octets of a number as a varint. */
size_t number_size(uint64_t value);

#endif
