/* SPDX-License-Identifier: Apache-2.0 */
/* What the hub says back to a submission, and to a hello. */
#ifndef ACCORD_CORE_ANSWER_H
#define ACCORD_CORE_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/bytes.h"
#include "core/ident.h"
#include "core/moment.h"
#include "core/participant.h"

struct receipt {
        struct stream_id stream;
        uint64_t sequence, index;
        instant time;
        uint32_t entry_format, entry_kind;
        struct sha256 leaf;
        bool has_proof;
        uint64_t tree_size;
        const struct sha256 *proof;
        uint32_t proof_count;
        struct bytes checkpoint;
};

struct wire_fault {
        uint32_t code;
        uint32_t event;                 /* REFUSAL_WHOLE: not about one event */
        struct bytes field, says;
};

struct refusal_answer {
        bool has_stream;
        struct stream_id stream;
        uint64_t sequence;
        struct sha256 submission_sha256;
        const struct wire_fault *faults;
        uint32_t fault_count, more;
        bool logged;                    /* the number is used up; index, time and record are set */
        uint64_t index;
        instant time;
        struct bytes record;
};

struct busy {
        bool has_stream;
        struct stream_id stream;
        uint64_t sequence;
        struct bytes says;
        uint32_t again_after_ms;
};

/* A witness's word that a checkpoint continues all it saw, and the answer to it. */
struct cosign {
        struct bytes note;
};

struct cosigned {
        uint64_t size;                  /* of the newest the hub has of this witness; 0: none */
        bool refused;
        struct wire_fault fault;
};

struct hello {
        uint32_t format;
        bool has_stream;
        struct stream_id stream;
        struct bytes client;
};

struct welcome {
        struct hub_id hub;
        uint32_t format_least, format_most;
        instant hub_time;
        bool has_next_sequence;
        uint64_t next_sequence, last_signal;
        uint32_t window, submission_bytes, submission_events;
        uint64_t log_size;
        struct bytes hub_name;
        struct node_path node;
};

#endif
