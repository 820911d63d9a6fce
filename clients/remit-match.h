/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What came, by a remittance advice or a bank's file, held against what is owed. A payment is found
 * by its trace, by the number of a run that it or one of its adjustments names, and last by its
 * amount alone. What is not certain is for people: nothing beyond the tolerance is ever taken for
 * what was meant.
 *
 *   matched        all of what is open, or what the payer stated as sent, within the tolerance
 *   partial        known by its number, and less than is open
 *   unmatched      nothing that is open fits
 *   needs review   more than is open, or several things fit, or the file does not add up
 */
#ifndef ACCORD_CLIENTS_REMIT_MATCH_H
#define ACCORD_CLIENTS_REMIT_MATCH_H

#include "core/recon.h"

/* One payment of the file. */
struct remit_received {
        struct bytes trace;             /* as the bank has it; empty: none */
        struct bytes memo;              /* other words that may name a run */
        date day;                       /* DATE_NONE: not said */
        int64_t cents;
        struct bytes method;            /* may be empty */
        const char *fault;              /* it is not to be trusted, and why; NULL: it is */
        /* What it says it is for, of an advice that names runs; else @cents is all for one. */
        const struct payment_part *named;
        uint32_t named_count;
        bool rest;                      /* and it holds other money: @cents alone says nothing */
};

/* What is owed to us by one statement. */
struct remit_owed {
        uint64_t run;
        int64_t cents;                  /* above 0; grows less as payments are found for it */
};

/* What the hub has of one payment. */
struct remit_known {
        struct item trace;
        bool has_sent, has_received;
        int64_t sent, received;
        uint32_t part_count;            /* of what was sent */
        struct payment_part parts[PAYMENT_PARTS_MAX];
};

struct remit_result {
        enum payment_state state;
        bool stated;                    /* the hub has it already: there is nothing to say */
        struct item trace;              /* under which it can be stated; empty: none */
        int64_t cents;
        uint32_t part_count;            /* 0: for nothing that is known */
        struct payment_part parts[PAYMENT_PARTS_MAX];
        int64_t open;                   /* what was open of those */
        struct text says;
};

/*
 * remit_match() - what has become of one payment
 * @owed:      what a payment that matches or is a part takes up is less for the next one
 * @tolerance: cents, 0 or more
 */
void remit_match(const struct remit_received *received, struct remit_owed *owed, size_t owed_count,
                 const struct remit_known *known, size_t known_count, int64_t tolerance,
                 struct remit_result *ret);

#endif
