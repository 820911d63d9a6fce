/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every table there is. A new one is a new row here; its rows are spelled by whoever fills it.
 *
 * keys   BYTES   octets, at most STORE_KEY_MAX, in the order of memcmp(3)
 *        NUMBER  one uint64_t as the processor has it, in the order of numbers
 * grows  APPEND  only past its last key, which is checked and makes pages dense
 *        ANY     anywhere
 * kind   RECORD  the log and what belongs to it: true by itself
 *        STATE   a fold of the log: thrown away and made again, compared when verifying
 * home   LEDGER  in the ledger's own directory
 *        BLOCKS  in the directory of what can be erased (store/blocks.h)
 */
#ifndef ACCORD_STORE_TABLE_H
#define ACCORD_STORE_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/bytes.h"

#define STORE_KEY_MAX 511       /* octets */

/*        name           keys    grows   kind    home                                          */
#define STORE_TABLES(X)                                                                        \
        X(LOG,            NUMBER, APPEND, RECORD, LEDGER) /* index -> header and bytes */      \
        X(LEAF,           NUMBER, APPEND, RECORD, LEDGER) /* index -> leaf digest */           \
        X(TREE,           NUMBER, APPEND, RECORD, LEDGER) /* inner nodes: store/tree.h */      \
        X(META,           BYTES,  ANY,    RECORD, LEDGER) /* "tip" is the log's own */         \
        X(PARTY,          BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(PARTY_NO,       BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(ADMISSION,      BYTES,  ANY,    STATE,  LEDGER) /* party, index */                   \
        X(PARTY_CONTRACT, BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(NODE,           BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(NODE_KEY,       BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(NODE_KEYS,      BYTES,  ANY,    STATE,  LEDGER) /* node, index: where they stand */  \
        X(SUCCESSION,     BYTES,  ANY,    STATE,  LEDGER) /* party -> what is announced */     \
        X(STAFF_READ,     BYTES,  ANY,    STATE,  LEDGER) /* party, index: who looked */       \
        X(HUB_RECORD,     BYTES,  ANY,    STATE,  LEDGER) /* index: hub keys, epochs */        \
        X(STREAM,         BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(SEQ,            BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(CONTRACT,       BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(CONTRACT_NO,    BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(TERMS,          BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(FACT,           BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(DECIDED,        BYTES,  ANY,    STATE,  LEDGER) /* both agreed or an arbiter said */ \
        X(WINDOW,         BYTES,  ANY,    STATE,  LEDGER) /* to answer a fact of record */     \
        X(PROPOSAL,       BYTES,  ANY,    STATE,  LEDGER) /* resolutions, determinations */    \
        X(RELATION,       BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(DELEGATION,     BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(DUE,            BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(RUN,            BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(RUN_OF,         BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(PENDING,        BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(JOURNAL,        BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(LIFE,           BYTES,  ANY,    STATE,  LEDGER) /* run, index -> its life */         \
        X(DISPUTE,        BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(DISPUTE_OF,     BYTES,  ANY,    STATE,  LEDGER) /* contract, index */                \
        X(RUNOUT,         BYTES,  ANY,    STATE,  LEDGER) /* contract, period */               \
        X(BALANCE,        BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(PAYMENT,        BYTES,  ANY,    STATE,  LEDGER) /* what both sides say of each */    \
        X(PAYMENT_ENTRY,  BYTES,  ANY,    STATE,  LEDGER) /* payment, entry of the books */    \
        X(OVERDUE,        BYTES,  ANY,    STATE,  LEDGER) /* run -> when it will be */         \
        X(FIGURE,         BYTES,  ANY,    STATE,  LEDGER) /* sides' own settlements */         \
        X(SIGNAL,         BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(COUNTER,        BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(STATEMENT,      BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(WITNESSING,     BYTES,  ANY,    STATE,  LEDGER) /* run -> who has seen it */         \
        X(AWAITED,        BYTES,  ANY,    STATE,  LEDGER) /* statement -> run */               \
        X(CHARTER,        BYTES,  ANY,    STATE,  LEDGER) /* version -> who proposed it */     \
        X(BALLOT,         BYTES,  ANY,    STATE,  LEDGER) /* proposal -> how it stands */      \
        X(VOTE,           BYTES,  ANY,    STATE,  LEDGER) /* ballot, party -> the last one */  \
        X(RELEASE,        BYTES,  ANY,    STATE,  LEDGER) /* number -> due, said */            \
        X(CONFLICT,       BYTES,  ANY,    STATE,  LEDGER) /* provider, both contracts, which */ \
        X(PUBLICATION,    BYTES,  ANY,    STATE,  LEDGER) /* contract, index */                \
        X(BENEFIT,        BYTES,  ANY,    STATE,  LEDGER) /* payer, provider, service, index */ \
        X(BENEFIT_OF,     BYTES,  ANY,    STATE,  LEDGER) /* provider, payer */                \
        X(CAPABILITY,     BYTES,  ANY,    STATE,  LEDGER) /* party, kind, index */             \
        X(DEPARTURE,      BYTES,  ANY,    STATE,  LEDGER) /* party, index */                   \
        X(RELATION_OF,    BYTES,  ANY,    STATE,  LEDGER) /* other party, kind, party */       \
        X(EVIDENCE,       BYTES,  ANY,    STATE,  LEDGER)                                      \
        X(BLOCK,          BYTES,  ANY,    STATE,  LEDGER) /* what is said of blocks */         \
        X(BLOCK_ERASED,   BYTES,  ANY,    STATE,  LEDGER) /* contract, year, index */          \
        X(COSIGNED,       BYTES,  ANY,    RECORD, LEDGER) /* as witnesses signed it */         \
        X(BLOCK_ROWS,     BYTES,  ANY,    RECORD, BLOCKS) /* the blocks, closed */

enum table {
#define X(name, keys, grows, kind, home) TABLE_##name,
        STORE_TABLES(X)
#undef X
        TABLE_COUNT
};

/* Its name in the file, and for people: "PARTY". */
const char *table_name(enum table table);

bool table_is_state(enum table table);
bool table_by_number(enum table table);
bool table_only_appends(enum table table);

enum store_home { STORE_LEDGER, STORE_BLOCKS };

enum store_home table_home(enum table table);

/* A number as the key of a NUMBER table; the variable must live as long as the span. */
static inline struct bytes number_key(const uint64_t *number)
{
        return (struct bytes) { number, sizeof(*number) };
}

#endif
