/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The header of a log entry, 24 octets, big-endian:
 *
 *   u8 format = 1 | u8 kind | u16 zero | u32 length | u64 index | i64 time
 *
 * The leaf of an entry is over this header and the bytes that follow it, so whoever was given
 * index, kind and time for its own bytes can make the leaf again.
 */
#ifndef ACCORD_PROOF_ENTRY_H
#define ACCORD_PROOF_ENTRY_H

#include <stdint.h>

#include "core/bytes.h"
#include "proof/hash.h"

#define ENTRY_FORMAT 1
#define ENTRY_HEADER_SIZE 24
#define ENTRY_LENGTH_MAX (UINT32_C(16) << 20)   /* octets after the header */

struct entry_header {
        uint8_t kind;
        uint32_t length;        /* octets after the header */
        uint64_t index;
        int64_t time;           /* microseconds since the epoch, UTC; grows with every entry */
};

void entry_header_write(const struct entry_header *header, uint8_t ret[ENTRY_HEADER_SIZE]);

/*
 * entry_header_read() - read the header that @entry begins with
 *
 * Returns: 0; -EPROTONOSUPPORT when it is of a format we do not know; -EILSEQ when it is no
 * header, or does not fit the length of @entry.
 */
int entry_header_read(struct bytes entry, struct entry_header *ret);

/* The leaf of the entry that these would make. Asserts that length is @bytes.size. */
void entry_leaf(struct hasher *hasher, const struct entry_header *header, struct bytes bytes,
                struct digest *ret);

#endif
