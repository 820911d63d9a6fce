/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of state tables end in a checksum of key and value, for LMDB has none: a bit that turned in
 * a figure would be settled and signed. It finds damage, not intent: who alters a row on purpose is
 * found out by making the state again from the log. What the tree covers needs none, nor what is
 * signed or closed.
 *
 *      value | u64 XXH3 of the value, seeded with that of the key, as the processor has it
 */
#ifndef ACCORD_STORE_SUMMED_H
#define ACCORD_STORE_SUMMED_H

#include "core/bytes.h"
#include "store/mdb.h"

#define SUM_SIZE 8

/* Writes value and sum to where the row will lie. @row: room for value.size + SUM_SIZE. */
void summed_write(struct bytes key, struct bytes value, void *row);

/* The value of a row. Returns: 0; -EILSEQ when it is not as it was written. */
int summed_read(struct bytes key, struct bytes row, struct bytes *ret_value);

/* The same for a table of any kind: a row of others is its value. */
static inline int row_value(enum table table, MDB_val key, MDB_val row, struct bytes *ret_value)
{
        if (table_is_state(table))
                return summed_read(from_val(key), from_val(row), ret_value);
        *ret_value = from_val(row);
        return 0;
}

#endif
