/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What member-level rows come to. Rows (member, month, category, risk, allowed cents) lie in blocks
 * beside the log, sorted by member; a settlement never sees a member, only these figures of a
 * category, computed from the rows with the terms' own parameters (core/members_fold.h).
 */
#ifndef ACCORD_CORE_MEMBERS_H
#define ACCORD_CORE_MEMBERS_H

#include "core/exact.h"
#include "core/ident.h"

/* What is counted of a category; @item empty: of all categories together. */
struct member_figures {
        struct item item;
        int64_t head_count;             /* members with at least the least months */
        int64_t member_months;
        struct exact expenditure;       /* cents: completed, annualised, truncated */
        struct exact truncated;         /* cents that truncation took off */
        struct exact stoploss;          /* cents that stop-loss pays */
        struct exact risk;              /* mean risk score, by member-month */
};

/* All figures of a contract's period, and what they came from. */
struct members {
        const struct member_figures *figures;
        size_t count;
        uint64_t first, last;           /* log entries of the blocks they were computed from */
        uint64_t rows;
        uint8_t digest[32];             /* SHA-256 over the blocks' digests, in order of index */
};

#endif
