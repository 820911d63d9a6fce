/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Remittance advice, X12 835 (005010X221A1), as far as it says that money came: how much, when,
 * under which number, and whether its parts add up. Of claims and people nothing is kept but sums.
 *
 * Amounts of provider adjustments (PLB) have the standard's sign: above 0 lowers the payment. What
 * the claims were paid less all adjustments is what is paid: sum of CLP04 - sum of PLB = BPR02.
 */
#ifndef ACCORD_CLIENTS_ERA_H
#define ACCORD_CLIENTS_ERA_H

#include "clients/complaint.h"
#include "core/bytes.h"
#include "core/date.h"

#define ERA_TEXT_MAX 60
#define ERA_PAYMENTS_MAX 65536
#define ERA_ADJUSTMENTS_MAX 1000000

struct era_adjustment {
        char code[3];                   /* PLB03-1: "LS" */
        char reference[ERA_TEXT_MAX + 1];       /* PLB03-2 */
        int64_t cents;                  /* above 0 lowers the payment */
};

/* One transaction: one payment. */
struct era_payment {
        size_t segment;                 /* where it begins, from 1 */
        int64_t cents;                  /* BPR02; below 0 where BPR03 is a debit */
        date day;                       /* BPR16; DATE_NONE: not said */
        char method[4];                 /* BPR04: ACH, CHK, FWT, NON */
        char trace[ERA_TEXT_MAX + 1];   /* TRN02 */
        char originator[ERA_TEXT_MAX + 1];      /* TRN03 */
        char payer[ERA_TEXT_MAX + 1], payee[ERA_TEXT_MAX + 1];  /* N102 of PR and PE */
        uint64_t claims;
        int64_t claims_paid;            /* sum of CLP04 */
        int64_t adjusted;               /* sum of PLB */
        size_t first, count;            /* its adjustments, in the advice's list */
        bool balances;                  /* see above */
};

/* own(era) struct era era = { 0 }; */
struct era {
        struct era_payment *payments;
        size_t count, room;
        struct era_adjustment *adjustments;
        size_t adjustment_count, adjustment_room;
};

void era_cleanup(struct era *era);

/* 0; REFUSAL_MALFORMED having complained, by the number of the segment as its line; -ENOMEM. */
int era_read(struct bytes text, struct era *ret, struct complaints *to);

/* What a code of an adjustment means; NULL for one that is not known here. */
const char *era_code_says(const char *code);

#endif
