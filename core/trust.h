/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What lets others check the hub: proofs, entries and leaves as they are asked for, and what it
 * says of its keys, its epochs, its witnesses, its staff and who follows a party whose people left.
 */
#ifndef ACCORD_CORE_TRUST_H
#define ACCORD_CORE_TRUST_H

#include <stdbool.h>
#include <stdint.h>

#include "core/bytes.h"
#include "core/ident.h"
#include "core/moment.h"
#include "core/participant.h"

/* ---- hub records */

/* Signs what comes behind it. */
struct hub_key {
        uint8_t signing_key[32], possession[64];
        struct text reason;
        uint32_t operator_uid;
};

/* The log goes on where it lost its end: entries from its own index up to @end_size are void. */
struct epoch {
        uint32_t number;
        struct bytes origin;
        uint64_t end_size;
        struct sha256 end_root;
        struct text reason;
        uint32_t operator_uid;
};

/* As what somebody at the hub read; numbers are wire format. */
enum staff_right { STAFF_OPERATOR = 1, STAFF_AUDITOR = 2 };

struct staff_read {
        uint32_t operator_uid;
        enum staff_right right;
        struct contract_id contract;    /* empty: of a party's own affairs */
        struct name party;              /* empty: of a contract */
        uint64_t first, last;
        uint32_t entries;               /* shown */
        struct text reason;
};

struct cosignature {
        struct node_path node;
        uint64_t size;
        instant time;                   /* by the witness's clock, whole seconds */
        struct bytes note;              /* checkpoint with the hub's line and the cosignature */
};

struct witnessed {
        uint64_t run;
        struct contract_id contract;
        uint32_t sides;                 /* SIDE_BIT()s */
        const struct cosignature *cosignatures;
        uint32_t cosignature_count;
};

struct succession {
        struct node_admission node;
        struct sha256 document_sha256;
        struct text document;
        instant effective;
};

/* ---- answers */

/* An index of the log, or a size of it. */
struct place_at {
        uint64_t at;
};

struct tip {
        uint64_t size;
        struct sha256 root;
        instant time;
        struct bytes checkpoint;        /* empty: none, for who has no keys to sign it */
        uint32_t epoch;                 /* 0: the first */
};

struct path {
        uint64_t at;                    /* index, or size of the first tree */
        bool has_leaf;
        struct sha256 leaf;             /* of that index */
        const struct sha256 *proof;
        uint32_t proof_count;
};

struct proof_answer {
        uint64_t size;
        struct bytes checkpoint;        /* empty: a size was asked for */
        const struct path *include, *grow;
        uint32_t include_count, grow_count;
};

struct entry_row {
        uint64_t index;
        instant time;
        uint32_t kind;                  /* enum entry_kind; 0: not to be seen, no bytes */
        struct bytes bytes;
        struct sha256 leaf;
};

struct leaves {
        uint64_t from;
        struct bytes leaves;            /* 32 octets each */
};

struct read_row {
        uint64_t index;
        instant time;
        struct staff_read read;
};

struct node_keys {
        struct node_path node;
        const struct place_at *keys;    /* its admission and each rotation, in order */
        uint32_t key_count;
        bool is_revoked;
        uint64_t revoked;
};

#endif
