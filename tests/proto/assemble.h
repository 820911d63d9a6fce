/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes of a message written out by hand, right or wrong:
 *
 *         1:7             field 1, a varint
 *         1:-7            the same in zigzag: as sint32 and sint64 have it
 *         2"text"         field 2, a string; \xHH an octet in it
 *         3*16=ab         field 3, 16 octets of 0xab
 *         4{ ... }        field 4, what is in braces, with its length before it
 *         5/1             field 5 with wire type 1 (8 octets), 5 (4 octets), 3 or 4 (groups)
 *         #80 81 00;      octets as they are
 */
#ifndef ACCORD_TESTS_PROTO_ASSEMBLE_H
#define ACCORD_TESTS_PROTO_ASSEMBLE_H

#include "proto/arena.h"

void assemble(const char *source, struct sink *sink);

#endif
