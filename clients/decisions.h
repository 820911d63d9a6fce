/* SPDX-License-Identifier: Apache-2.0 */
/* What both sides agree on, or whoever decides says: from options to the wire, and for people. */
#ifndef ACCORD_CLIENTS_DECISIONS_H
#define ACCORD_CLIENTS_DECISIONS_H

#include "core/dispute.h"
#include "core/limits.h"
#include "proto/arena.h"
#include "clients/verb.h"

#define DECISIONS_OPTIONS                                                                          \
        { "fact", "KIND[/ITEM][@SEGMENT] PERIOD=VALUE",                                            \
          "a figure that holds from then on, in quotes: 'expenditure 2024=98000000.00'",           \
          OPTION_MANY },                                                                           \
        { "dispute", "INDEX", "a dispute that is closed by it", OPTION_MANY },                     \
        { "because", "TEXT", "why, for both sides", OPTION_NEEDED }

struct deciding {
        struct decision facts[DECISIONS_MAX];
        struct dispute_end disputes[DECISIONS_MAX];
        struct decisions decisions;             /* its lists are those above */
};

/* From --fact and --dispute; at least one of them. */
enum exit_code take_decisions(const struct call *call, const struct contract_id *contract,
                              struct deciding *ret);

/* The bytes to be signed; @ret is the caller's to sink_cleanup(). */
enum exit_code decisions_encode(const struct decisions *decisions, struct sink *ret);

/* A sentence each: "expenditure of 2024 is $ 98,000,000.00". */
typedef void decisions_tell(void *with, const char *sentence);
void decisions_says(const struct decisions *decisions, decisions_tell *tell, void *with);

#endif
