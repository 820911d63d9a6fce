/* SPDX-License-Identifier: Apache-2.0 */
/* What files of statements say in texts: fractions beyond 64 bits, numbers of entries, digests. */
#ifndef ACCORD_CLIENTS_EXACT_READ_H
#define ACCORD_CLIENTS_EXACT_READ_H

#include "core/bytes.h"
#include "core/carry.h"
#include "core/exact.h"

/* Each answers false when the text is none. */
bool exact_read(struct bytes text, struct exact *ret);  /* "-123/7", "5"; comes out reduced */
bool id_parse(struct bytes text, uint64_t *ret);        /* digits */
bool sha256_read(struct bytes text, uint8_t ret[32]);  /* 64 hexadecimal digits */

/* 0 when nothing of that name is carried. */
enum carry carry_by_name(struct bytes name);

#endif
