/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every message after decoding, as plain values. Field by field the meaning and unit are those of
 * proto/accord.proto. A struct bytes here is a span into the frame the message was decoded from,
 * and arrays lie in the decoder's arena: both must outlive the message. Nothing here owns anything.
 */
#ifndef ACCORD_CORE_MESSAGE_H
#define ACCORD_CORE_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/bytes.h"
#include "core/date.h"
#include "core/fact.h"
#include "core/ident.h"
#include "core/outcome.h"
#include "core/statement.h"
#include "core/terms.h"

#define FORMAT_LEAST 1u
#define FORMAT_MOST 1u

struct sha256 {
        uint8_t octets[32];
};

/* Microseconds since 1970-01-01T00:00:00Z. */
typedef int64_t instant;

/* Rights of a node; bits, wire format. */
#define RIGHTS(X)                                                                                \
        X(FACTS,       1, "facts",      "state facts")                                           \
        X(TERMS,       2, "terms",      "offer, accept and end contracts; relations, delegation") \
        X(SETTLEMENT,  4, "settlement", "ask for runs, accept and dispute statements")           \
        X(VOTE,        8, "vote",       "vote in the community")                                 \
        X(READ,       16, "read",       "read what the party may read")

enum right {
#define X(name, bit, word, says) RIGHT_##name = (bit),
        RIGHTS(X)
#undef X
        RIGHTS_ALL = 31,
};

/* Roles of a party; numbers are wire format. */
#define ROLES(X)                                                  \
        X(PAYER,                   1, "payer")                    \
        X(PURCHASER,               2, "purchaser")                \
        X(ADMINISTRATOR,           3, "administrator")            \
        X(PROVIDER,                4, "provider")                 \
        X(NETWORK,                 5, "network")                  \
        X(CONVENER,                6, "convener")                 \
        X(COMMUNITY_ORGANISATION,  7, "community-organisation")   \
        X(FUNDER,                  8, "funder")                   \
        X(SUPERVISOR,              9, "supervisor")               \
        X(OBSERVER,               10, "observer")

enum role_kind {
#define X(name, number, word) ROLE_##name = (number),
        ROLES(X)
#undef X
};

/* ---- the node's path: PARTY/NODE */

struct node_path {
        struct name party, node;
};

/* ---- submissions */

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
        };
};

struct submission {
        struct bytes frame;             /* the SignedSubmission as received: what the log keeps */
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
};

/* ---- answers to a submission */

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

/* ---- hub records */

/* Kinds of log entries; numbers are the ledger's format. */
#define ENTRY_KINDS(X)                                                     \
        X(GENESIS,          1, "genesis")                                  \
        X(SUBMISSION,       2, "submission")                               \
        X(REFUSAL,          3, "refusal")                                  \
        X(EQUIVOCATION,     4, "equivocation")                             \
        X(PARTY_ADMISSION,  5, "party-admission")                          \
        X(NODE_ADMISSION,   6, "node-admission")                           \
        X(NODE_REVOCATION,  7, "node-revocation")                          \
        X(RUN,              8, "run")                                      \
        X(STATEMENT,        9, "statement")                                \
        X(JOURNAL_ENTRY,   10, "journal-entry")                            \
        X(SIGNAL,          11, "signal")                                   \
        X(DUE,             12, "due")

enum entry_kind {
#define X(name, number, word) ENTRY_##name = (number),
        ENTRY_KINDS(X)
#undef X
        ENTRY_KIND_LAST = ENTRY_DUE,
};

struct genesis {
        struct bytes hub_name, origin;
        uint8_t signing_key[32], sealing_key[32], transport_key[32];
        instant made_at;
        bool has_charter;
        struct sha256 charter_sha256;
};

struct refusal_record {
        struct node_path node;
        struct stream_id stream;
        uint64_t sequence;
        struct sha256 submission_sha256;
        const struct wire_fault *faults;
        uint32_t fault_count, more;
};

struct equivocation {
        struct node_path node;
        struct stream_id stream;
        uint64_t sequence, first_index;
        struct bytes second;
};

struct role {
        enum role_kind kind;
        date from, until;               /* until: DATE_NONE = no end yet */
};

struct party_admission {
        struct name party;
        struct text title;
        uint32_t role_count;
        struct role roles[ROLES_PER_PARTY_MAX];
        bool present;
        uint32_t two_nodes_for;         /* rights */
        uint32_t operator_uid;
};

struct node_admission {
        struct node_path node;
        uint8_t transport_key[32], signing_key[32], sealing_key[32];
        uint32_t rights;
        uint32_t operator_uid;
};

struct node_revocation {
        struct node_path node;
        struct text reason;
        uint32_t operator_uid;
};

struct run_record {
        struct run run;                 /* cut is not on the wire: it is the run's own index */
        uint64_t cause;
};

enum account {
        ACCOUNT_SETTLEMENT_PAYABLE = 1,         /* what the party owes from settlements */
        ACCOUNT_SETTLEMENT_RECEIVABLE = 2,      /* what it is owed */
};

struct leg {
        struct name party;
        enum account account;
        int64_t cents;
};

#define LEGS_MAX 8

enum journal_state { JOURNAL_PENDING = 1 };

struct journal_entry {
        uint64_t run;
        struct contract_id contract;
        enum journal_state state;
        uint32_t leg_count;
        struct leg legs[LEGS_MAX];
        struct text says;
};

enum signal_kind {
        SIGNAL_CONTRACT_OFFERED = 1,
        SIGNAL_CONTRACT_ACCEPTED = 2,
        SIGNAL_CONTRACT_LAPSED = 3,
        SIGNAL_CONTRACT_TERMINATED = 4,
        SIGNAL_RUN_ORDERED = 5,
        SIGNAL_STATEMENT_ISSUED = 6,
};

struct signal {
        struct name party;
        uint64_t number;
        enum signal_kind kind;
        uint64_t cause;
        struct contract_id contract;    /* empty: none */
        uint32_t version;               /* 0: not about terms */
        bool has_run;                   /* period, run_kind, run, payment are set */
        struct period period;
        enum run_kind run_kind;
        uint64_t run;
        date payment;
        bool has_result;                /* status, earned, payable are set */
        enum statement_status status;
        int64_t earned, payable;
        struct text says;
};

enum due_kind {
        DUE_OFFER_LAPSES = 1,
        DUE_DELEGATION_BEGINS = 2,
        DUE_DELEGATION_ENDS = 3,
};

struct due {
        enum due_kind kind;
        instant at;
        struct bytes key;
};

/* One hub record, whichever it is; @kind says which member holds. */
struct record {
        enum entry_kind kind;
        uint32_t format;
        struct hub_id hub;
        struct bytes body, signature;   /* set by the decoder */
        union {
                struct genesis genesis;
                struct refusal_record refusal;
                struct equivocation equivocation;
                struct party_admission party_admission;
                struct node_admission node_admission;
                struct node_revocation node_revocation;
                struct run_record run;
                struct statement *statement;    /* caller's memory, both ways: it is large */
                struct journal_entry journal_entry;
                struct signal signal;
                struct due due;
        };
};

/* ---- queries */

enum query_kind {
        QUERY_TIP = 1,
        QUERY_CONTRACTS,
        QUERY_TERMS,
        QUERY_FACTS,
        QUERY_STATEMENTS,
        QUERY_STATEMENT,
        QUERY_PREVIEW,
        QUERY_SIGNALS,
        QUERY_KIND_COUNT,
};

struct query {
        uint64_t id;
        enum query_kind kind;
        struct contract_id contract;    /* empty: not given */
        uint32_t version;               /* 0: the newest */
        bool history;
        struct bytes after;             /* cursor, or contract to go on after; empty: from the start */
        uint32_t most;                  /* rows or signals wanted; 0: as many as the hub gives */
        uint64_t run;
        struct period period;
        date payment;
        uint64_t since;
};

struct tip {
        uint64_t size;
        struct sha256 root;
        instant time;
};

enum contract_state {
        CONTRACT_OFFERED = 1,
        CONTRACT_IN_FORCE = 2,
        CONTRACT_TERMINATED = 3,
        CONTRACT_RELAYED = 4,
        CONTRACT_LAPSED = 5,
};

struct contract_row {
        struct contract_id contract;
        enum contract_state state;
        struct text title;
        uint32_t version_in_force, version_offered;
        enum standing standing;
        date ends;                      /* DATE_NONE: no end said */
        uint32_t awaited;               /* bits: 1 bearer, 2 earner */
};

enum terms_state {
        TERMS_ON_OFFER = 1,
        TERMS_ACCEPTED = 2,
        TERMS_REPLACED = 3,
        TERMS_LAPSED = 4,
        TERMS_RELAYED = 5,
};

#define ACCEPTANCES_MAX 8

struct terms_row {
        uint32_t version;
        enum terms_state state;
        uint64_t index;
        struct bytes terms;
        struct sha256 terms_sha256;
        uint32_t accepted_count;
        struct node_path accepted_by[ACCEPTANCES_MAX];
};

struct fact_row {
        struct fact fact;               /* key, value, index, event, side, relayed */
        bool has_supersedes;
        uint64_t supersedes;
        struct relayed by;              /* when fact.relayed */
        bool current;
};

struct statement_row {
        uint64_t run, index;
        instant time;
        struct contract_id contract;
        struct period period;
        enum run_kind kind;
        uint32_t number;
        enum statement_status status;
        int64_t earned, payable;
        bool relayed;
};

struct record_entry {
        uint64_t index;
        instant time;
        struct bytes record;            /* a SignedRecord */
};

struct answer {
        uint64_t id, as_of;
        bool refused;
        struct wire_fault fault;
        struct bytes next;              /* empty: that is all */
        const struct tip *tip;
        const struct contract_row *contracts;
        uint32_t contract_count;
        const struct terms_row *terms;
        const struct fact_row *facts;
        uint32_t fact_count;
        const struct statement_row *statements;
        uint32_t statement_count;
        const struct statement *preview;
        const struct record_entry *statement;
        const struct record_entry *signals;
        uint32_t signal_count;
        bool has_last_signal;
        uint64_t last_signal;
};

/* ---- signals on the bus, after unsealing */

struct heartbeat {
        uint64_t last_signal;
        instant hub_time;
        uint64_t log_size;
};

struct signal_frame {
        bool is_heartbeat;
        struct record_entry entry;
        struct heartbeat heartbeat;
};

/* ---- the control socket */

enum control_kind {
        CONTROL_ADMIT_PARTY = 1,
        CONTROL_ADMIT_NODE,
        CONTROL_REVOKE_NODE,
        CONTROL_INGEST,
        CONTROL_PARTICIPANTS,
        CONTROL_RUN,
        CONTROL_STAT,
        CONTROL_KIND_COUNT,
};

struct control_request {
        enum control_kind kind;
        union {
                struct party_admission admit_party;
                struct node_admission admit_node;
                struct node_revocation revoke_node;
                struct bytes ingest;    /* a SignedSubmission */
                struct { struct contract_id contract; struct run_request request; } run;
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
};

#endif
