/* SPDX-License-Identifier: Apache-2.0 */
/* What the operator may ask over the control socket, and the answer. */
#ifndef ACCORD_CORE_CONTROL_H
#define ACCORD_CORE_CONTROL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/block.h"
#include "core/bytes.h"
#include "core/participant.h"
#include "core/query.h"
#include "core/record.h"
#include "core/submission.h"

enum control_kind {
        CONTROL_ADMIT_PARTY = 1,
        CONTROL_ADMIT_NODE,
        CONTROL_REVOKE_NODE,
        CONTROL_INGEST,
        CONTROL_PARTICIPANTS,
        CONTROL_RUN,
        CONTROL_STAT,
        CONTROL_ERASE_BLOCKS,
        CONTROL_BACKUP,
        CONTROL_READ,
        CONTROL_LEAVES,
        CONTROL_SUCCESSION,
        CONTROL_SCRUB,
        CONTROL_CHECKPOINT,
        CONTROL_KIND_COUNT,
};

struct control_read {
        struct contract_id contract;    /* empty: of a party's own affairs */
        struct name party;              /* empty: of a contract */
        uint64_t from;
        uint32_t most;                  /* 0: as many as there is room for */
        struct text reason;
};

struct control_request {
        enum control_kind kind;
        union {
                struct party_admission admit_party;
                struct node_admission admit_node;
                struct node_revocation revoke_node;
                struct bytes ingest;    /* a SignedSubmission */
                struct { struct contract_id contract; struct run_request request; } run;
                struct block_erasure erase_blocks;
                struct control_read read;
                struct query leaves;    /* from, most */
                struct succession succession;
        };
};

struct party_row {
        struct party_admission admission;
        uint64_t index, last_signal;
};

struct node_row {
        struct node_admission admission;
        uint64_t index;
        bool is_revoked;
        uint64_t revoked;
};

struct control_answer {
        uint32_t code;                  /* 0: done */
        struct bytes says;
        bool has_index;
        uint64_t index;
        struct bytes reply;             /* a HubFrame */
        const struct party_row *parties;
        uint32_t party_count;
        const struct node_row *nodes;
        uint32_t node_count;
        struct bytes stat;
        const struct entry_row *entries;
        uint32_t entry_count;
        const struct leaves *leaves;
        struct bytes checkpoint, path;
        bool has_next;
        uint64_t next;
};

#endif
