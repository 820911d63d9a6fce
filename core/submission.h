/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a node says: one signed body with a stream, a number and events, all about one contract or
 * about none. The unit of signing, of acknowledgement and of the log.
 */
#ifndef ACCORD_CORE_SUBMISSION_H
#define ACCORD_CORE_SUBMISSION_H

#include <stdbool.h>
#include <stdint.h>

#include "core/block.h"
#include "core/bytes.h"
#include "core/community.h"
#include "core/council.h"
#include "core/dispute.h"
#include "core/fact.h"
#include "core/moment.h"
#include "core/participant.h"
#include "core/payment.h"
#include "core/statement.h"

enum event_kind {
        EVENT_OFFER = 1,
        EVENT_ACCEPTANCE,
        EVENT_TERMINATION,
        EVENT_FACT,
        EVENT_RUN_REQUEST,
        EVENT_RELATION,
        EVENT_DELEGATION,
        EVENT_DELEGATION_END,
        EVENT_STREAM_CLOSE,
        EVENT_BLOCK,
        EVENT_STATEMENT_ACCEPTANCE,
        EVENT_DISPUTE,
        EVENT_DISPUTE_END,
        EVENT_RESOLUTION,
        EVENT_RESOLUTION_ACCEPTANCE,
        EVENT_DETERMINATION,
        EVENT_FIGURE,
        EVENT_PAYMENT,
        EVENT_KEY_ROTATION,
        EVENT_SUCCESSION_OBJECTION,
        EVENT_PROPOSAL,
        EVENT_VOTE,
        EVENT_PUBLICATION,
        EVENT_BENEFIT,
        EVENT_CAPABILITY,
        EVENT_DEPARTURE,
        EVENT_KIND_COUNT,       /* one past the last */
};

struct relayed {
        bool is;
        struct name party;
        struct sha256 document_sha256;
        struct bytes document;
};

struct offer {
        struct bytes terms;             /* wire_read_terms() decodes it */
        instant open_until;             /* 0: stays open */
        struct relayed relayed;
};

struct acceptance {
        uint32_t version;
        struct sha256 terms_sha256;
};

struct termination {
        date effective;
        struct bytes reason;
};

struct fact_event {
        struct fact_key key;
        struct value value;
        bool has_supersedes;
        uint64_t supersedes;
        struct relayed relayed;
};

struct run_request {
        struct period period;
        enum run_kind kind;
        date payment;
        bool has_plan;
        struct sha256 plan_sha256;      /* of the statement reviewed: wire_write_plan() */
};

enum relation_kind {
        RELATION_PARTICIPATES_IN = 1,
        RELATION_BILLS_FOR = 2,
        RELATION_OWNS = 3,
        RELATION_ADMINISTERS_FOR = 4,
};

struct relation {
        enum relation_kind kind;
        struct name other;
        date from, until;               /* until: DATE_NONE = no end yet */
        struct bytes npi, tin, ccn;     /* empty: not given */
};

struct delegation {
        struct name to;
        uint32_t rights;
        instant from, until;
};

/* New keys of the sending node; @possession is a signature by the new signing key. */
struct key_rotation {
        uint8_t transport_key[32], signing_key[32], sealing_key[32], possession[64];
};

struct event {
        enum event_kind kind;
        union {
                struct offer offer;
                struct acceptance acceptance;
                struct termination termination;
                struct fact_event fact;
                struct run_request run_request;
                struct relation relation;
                struct delegation delegation;
                struct { struct name to; } delegation_end;
                struct { struct stream_id stream; } stream_close;
                struct block_event block;
                struct statement_acceptance statement_acceptance;
                struct dispute dispute;
                struct dispute_end dispute_end;
                struct resolution resolution;
                struct resolution_acceptance resolution_acceptance;
                struct determination determination;
                struct figure figure;
                struct payment payment;
                struct key_rotation key_rotation;
                struct { uint64_t succession; } succession_objection;
                struct proposal proposal;
                struct vote vote;
                struct publication publication;
                struct benefit benefit;
                struct capability capability;
                struct departure departure;
        };
};

struct submission {
        struct bytes frame;             /* as received, without blocks: what the log keeps */
        struct bytes body, signature;   /* signature: 64 bytes */
        uint32_t format;
        struct hub_id hub;
        struct node_path sender;
        struct name on_behalf_of;       /* empty: the sender's own party */
        struct contract_id contract;    /* empty: about no contract */
        struct stream_id stream;
        uint64_t sequence;
        instant made_at;
        const struct event *events;
        uint32_t event_count;
        const struct bytes *blocks;     /* columns, in the order of the events that have rows */
        uint32_t block_count;           /* 0: they did not come along */
};

#endif
