/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What kind of payment terms are: the category of the HCP-LAN Alternative Payment Model framework
 * (2017 refresh; code system hcplan-framework, 2A to 4N, and 1 for fee-for-service without a link)
 * and the payment streams of the HL7 Da Vinci Value-Based Performance Reporting guide (code system
 * payment-stream). Derived from the steps, never typed in.
 *
 * A contract can hold several streams, as a care management fee beside shared savings; it is in the
 * most advanced category of its streams.
 */
#ifndef ACCORD_CORE_ARRANGEMENT_H
#define ACCORD_CORE_ARRANGEMENT_H

#include "core/terms.h"

/* code, as written, what it is; from the least to the most advanced, those without quality below */
#define LAN_CATEGORIES(X)                                                                          \
        X(1, "1", "fee-for-service, no link to quality and value")                                 \
        X(2A, "2A", "foundational payments for infrastructure and operations")                     \
        X(2B, "2B", "pay for reporting")                                                           \
        X(2C, "2C", "pay for performance")                                                         \
        X(3N, "3N", "risk-based payment not linked to quality")                                    \
        X(3A, "3A", "shared savings, upside only")                                                 \
        X(3B, "3B", "shared savings and downside risk")                                            \
        X(4N, "4N", "capitated payment not linked to quality")                                     \
        X(4A, "4A", "condition-specific population-based payment")                                 \
        X(4B, "4B", "comprehensive population-based payment")                                      \
        X(4C, "4C", "integrated finance and delivery system")

enum lan_category {
#define X(code, word, says) LAN_##code,
        LAN_CATEGORIES(X)
#undef X
        LAN_COUNT,
};

struct stream {
        enum lan_category category;
        const char *code;       /* payment-stream: "ssl"; NULL: the guide has none for it */
        uint16_t step;          /* the step it follows from, place from 0 */
};

#define STREAMS_MAX 8

struct arrangement {
        enum lan_category category;
        struct stream streams[STREAMS_MAX];
        size_t stream_count;    /* each category and code once */
};

/* @same_owner: bearer and earner are owned alike, which terms cannot say: relations do. */
void arrangement_of(const struct terms *terms, bool same_owner, struct arrangement *ret);

const char *lan_category_word(enum lan_category category);      /* "3B" */
const char *lan_category_says(enum lan_category category);

#endif
