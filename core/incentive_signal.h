/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the hub tells a provider of all its contracts: rows, which core/signal_sum.h adds up at
 * whoever reads them. Derived from the log up to an index and never logged; the newest wins.
 * Amounts are the party's own part of each contract, in cents.
 */
#ifndef ACCORD_CORE_INCENTIVE_SIGNAL_H
#define ACCORD_CORE_INCENTIVE_SIGNAL_H

#include "core/incentive.h"
#include "core/moment.h"

struct incentive_contract {
        struct contract_id contract;
        uint32_t version;
        enum standing standing;
        bool relayed, through;
        struct rate share;              /* 0: none, the amounts are 0 */
        struct period period;
        date paid_through, payment;     /* DATE_NONE: not known */
        bool has_revenue;
        int64_t revenue;
        uint32_t category;              /* enum lan_category */
        int64_t low, central, high, least, most;
        struct text reason;             /* empty: it is calculable */
        bool has_members;
        uint64_t members;
};

struct incentive_row {
        uint32_t contract;              /* place in contracts */
        struct incentive is;
};

enum capability_said { CAPABILITY_HAS = 1, CAPABILITY_HAS_NOT = 2, CAPABILITY_NOT_SAID = 3 };

struct capability_need {
        uint32_t contract;              /* place in contracts */
        uint32_t kind;                  /* enum capability_kind */
        bool paid;
        enum capability_said has;
};

struct incentive_signal {
        struct name party;
        uint64_t as_of;
        instant time;
        const struct incentive_contract *contracts;
        uint32_t contract_count;
        const struct incentive_row *rows;       /* in the order of contracts */
        uint32_t row_count;
        bool has_revenue;
        int64_t all_source_revenue;
        struct period revenue_period;
        const struct capability_need *needs;
        uint32_t need_count;
        bool digest;
        uint32_t more;                  /* contracts that did not fit */
};

#endif
