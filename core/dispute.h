/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the sides say of statements and of facts they do not agree on: acceptance, disputes,
 * what both could agree on, what an arbiter decides. Events, as they come off the wire: spans and
 * lists lie in the message they came from.
 */
#ifndef ACCORD_CORE_DISPUTE_H
#define ACCORD_CORE_DISPUTE_H

#include "core/bytes.h"
#include "core/exact.h"
#include "core/fact.h"
#include "core/moment.h"

struct statement_acceptance {
        uint64_t run;
        struct sha256 statement_sha256;         /* of the SignedRecord with the statement */
};

/* One line of a statement, and what it should be. */
struct disputed_line {
        uint32_t line;                          /* place in the statement, from 0 */
        struct exact exact;
};

struct dispute {
        uint64_t run;
        int64_t claims;                         /* cents: payable, as whom disputes has it */
        const struct disputed_line *lines;      /* none: all of it */
        uint32_t line_count;
        struct bytes says;
        bool has_evidence;
        struct sha256 evidence_sha256;
        struct bytes evidence;
};

struct dispute_end {
        uint64_t dispute;                       /* index of its entry */
};

/*
 * A figure that holds for a key of facts from then on, whatever either side says of it later by
 * itself: until both have said the same, or it is decided anew.
 */
struct decision {
        enum fact_kind kind;
        struct name segment;
        struct item item;
        struct period period;
        struct value value;
};

struct decisions {
        struct contract_id contract;
        const struct decision *facts;
        uint32_t fact_count;
        const struct dispute_end *disputes;     /* closed by it */
        uint32_t dispute_count;
};

struct resolution {
        struct bytes decisions;                 /* wire_read_decisions() decodes it */
        struct bytes says;
};

struct resolution_acceptance {
        uint64_t resolution;                    /* index of its entry */
        struct sha256 decisions_sha256;
};

struct determination {
        struct bytes decisions;
        struct bytes says;
};

/* A line of a side's own settlement. */
struct figure_line {
        uint16_t code;                          /* enum line_code */
        struct item item;
        struct exact exact;
};

/* What a side's own settlement of a period came to: held against the hub's run, never posted. */
struct figure {
        struct period period;
        int64_t earned;
        bool has_payable;
        int64_t payable;
        uint32_t terms_version;                 /* 0: not said */
        const struct figure_line *lines;        /* in its own order */
        uint32_t line_count;
        bool has_supersedes;
        uint64_t supersedes;
};

#endif
