/* SPDX-License-Identifier: Apache-2.0 */
/* What the hub says itself: the kinds of log entries, a struct for each, and signals. */
#ifndef ACCORD_CORE_RECORD_H
#define ACCORD_CORE_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "core/answer.h"
#include "core/block.h"
#include "core/books.h"
#include "core/bytes.h"
#include "core/community.h"
#include "core/council.h"
#include "core/incentive_signal.h"
#include "core/moment.h"
#include "core/participant.h"
#include "core/release.h"
#include "core/statement.h"
#include "core/trust.h"

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
        X(DUE,             12, "due")                                      \
        X(BLOCK_ERASURE,   13, "block-erasure")                            \
        X(JOURNAL_CHANGE,  14, "journal-change")                           \
        X(HUB_KEY,         15, "hub-key")                                  \
        X(EPOCH,           16, "epoch")                                    \
        X(STAFF_READ,      17, "staff-read")                               \
        X(WITNESSED,       18, "witnessed")                                \
        X(SUCCESSION,      19, "succession")                               \
        X(BALLOT_RESULT,   20, "ballot-result")                            \
        X(RELEASE,         21, "release")                                  \
        X(CONFLICT,        22, "conflict")

enum entry_kind {
#define X(name, number, word) ENTRY_##name = (number),
        ENTRY_KINDS(X)
#undef X
        ENTRY_KIND_LAST = ENTRY_CONFLICT,
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

struct run_record {
        struct run run;                 /* cut is not on the wire: it is the run's own index */
        uint64_t cause;
};

enum signal_kind {
        SIGNAL_CONTRACT_OFFERED = 1,
        SIGNAL_CONTRACT_ACCEPTED = 2,
        SIGNAL_CONTRACT_LAPSED = 3,
        SIGNAL_CONTRACT_TERMINATED = 4,
        SIGNAL_RUN_ORDERED = 5,
        SIGNAL_STATEMENT_ISSUED = 6,
        SIGNAL_BLOCKS_ERASED = 7,
        SIGNAL_FACT_DISPUTED = 8,
        SIGNAL_FACT_AGREED = 9,
        SIGNAL_STATEMENT_ACCEPTED = 10,
        SIGNAL_STATEMENT_DISPUTED = 11,
        SIGNAL_DISPUTE_ENDED = 12,
        SIGNAL_RESOLUTION_PROPOSED = 13,
        SIGNAL_DECIDED = 14,
        SIGNAL_DEADLINE_PASSED = 15,
        SIGNAL_FIGURE_DIFFERS = 16,
        SIGNAL_PAYMENT_MATCHED = 17,
        SIGNAL_PAYMENT_DIFFERS = 18,
        SIGNAL_PAYMENT_OVERDUE = 19,
        SIGNAL_BOOKS_CHANGED = 20,
        SIGNAL_SUCCESSION_ANNOUNCED = 21,
        SIGNAL_SUCCESSION_ENDED = 22,
        SIGNAL_KEY_ROTATED = 23,
        SIGNAL_STATEMENT_WITNESSED = 24,
        SIGNAL_CONTENT_READ = 25,
        SIGNAL_BALLOT_OPENED = 26,
        SIGNAL_BALLOT_DECIDED = 27,
        SIGNAL_CHARTER_CHANGED = 28,
        SIGNAL_RELEASED = 29,
        SIGNAL_CONFLICT_FOUND = 30,
        SIGNAL_CONFLICT_ENDED = 31,
        SIGNAL_BENEFIT_CONTRADICTS = 32,
        SIGNAL_PARTY_LEAVES = 33,
        SIGNAL_COMMON_SET_DIFFERS = 34,
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
        DUE_RUNOUT_ENDS = 4,
        DUE_FACT_WINDOW_ENDS = 5,
        DUE_DISPUTE_WINDOW_ENDS = 6,
        DUE_PAYMENT_OVERDUE = 7,
        DUE_SUCCESSION = 8,
        DUE_WITNESS_WINDOW_ENDS = 9,
        DUE_BALLOT_CLOSES = 10,
        DUE_CHARTER_BEGINS = 11,
        DUE_RELEASE = 12,
        DUE_DEPARTURE = 13,
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
                struct block_erasure block_erasure;
                struct journal_change journal_change;
                struct hub_key hub_key;
                struct epoch epoch;
                struct staff_read staff_read;
                struct witnessed witnessed;
                struct succession succession;
                struct ballot_result ballot_result;
                struct release release;
                struct conflict conflict;
        };
};

/* A record where it stands in the log: how queries and the bus carry it. */
struct record_entry {
        uint64_t index;
        instant time;
        struct bytes record;            /* a SignedRecord */
};

#endif
