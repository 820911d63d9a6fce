/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every table of the ledger. A new one is a new row here; its rows are spelled by whoever fills it.
 *
 * keys   BYTES   octets, at most STORE_KEY_MAX, in the order of memcmp(3)
 *        NUMBER  one uint64_t as the processor has it, in the order of numbers
 * grows  APPEND  only past its last key, which is checked and makes pages dense
 *        ANY     anywhere
 * kind   RECORD  the log and what belongs to it: true by itself
 *        STATE   a fold of the log: thrown away and made again, compared when verifying
 */
#ifndef ACCORD_STORE_TABLE_H
#define ACCORD_STORE_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/bytes.h"

#define STORE_KEY_MAX 511       /* octets */

/*        name           keys    grows   kind                                                 */
#define STORE_TABLES(X)                                                                       \
        X(LOG,            NUMBER, APPEND, RECORD)       /* index -> header and bytes        */ \
        X(LEAF,           NUMBER, APPEND, RECORD)       /* index -> leaf digest             */ \
        X(META,           BYTES,  ANY,    RECORD)       /* "tip" is the log's own           */ \
        X(PARTY,          BYTES,  ANY,    STATE)                                              \
        X(PARTY_NO,       BYTES,  ANY,    STATE)                                              \
        X(PARTY_CONTRACT, BYTES,  ANY,    STATE)                                              \
        X(NODE,           BYTES,  ANY,    STATE)                                              \
        X(NODE_KEY,       BYTES,  ANY,    STATE)                                              \
        X(STREAM,         BYTES,  ANY,    STATE)                                              \
        X(SEQ,            BYTES,  ANY,    STATE)                                              \
        X(CONTRACT,       BYTES,  ANY,    STATE)                                              \
        X(CONTRACT_NO,    BYTES,  ANY,    STATE)                                              \
        X(TERMS,          BYTES,  ANY,    STATE)                                              \
        X(FACT,           BYTES,  ANY,    STATE)                                              \
        X(RELATION,       BYTES,  ANY,    STATE)                                              \
        X(DELEGATION,     BYTES,  ANY,    STATE)                                              \
        X(DUE,            BYTES,  ANY,    STATE)                                              \
        X(RUN,            BYTES,  ANY,    STATE)                                              \
        X(RUN_OF,         BYTES,  ANY,    STATE)                                              \
        X(PENDING,        BYTES,  ANY,    STATE)                                              \
        X(JOURNAL,        BYTES,  ANY,    STATE)                                              \
        X(BALANCE,        BYTES,  ANY,    STATE)                                              \
        X(SIGNAL,         BYTES,  ANY,    STATE)                                              \
        X(COUNTER,        BYTES,  ANY,    STATE)                                              \
        X(STATEMENT,      BYTES,  ANY,    STATE)                                              \
        X(EVIDENCE,       BYTES,  ANY,    STATE)

enum table {
#define X(name, keys, grows, kind) TABLE_##name,
        STORE_TABLES(X)
#undef X
        TABLE_COUNT
};

/* Its name in the file, and for people: "PARTY". */
const char *table_name(enum table table);

bool table_is_state(enum table table);
bool table_by_number(enum table table);
bool table_only_appends(enum table table);

/* A number as the key of a NUMBER table; the variable must live as long as the span. */
static inline struct bytes number_key(const uint64_t *number)
{
        return (struct bytes) { number, sizeof(*number) };
}

#endif
