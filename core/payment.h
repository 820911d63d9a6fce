/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Payments: what whom pays says it sent, and whom it pays says it received. Both know one by its
 * trace. Its key is contract, direction and trace; a later version of it names the entry it
 * replaces.
 */
#ifndef ACCORD_CORE_PAYMENT_H
#define ACCORD_CORE_PAYMENT_H

#include "core/bytes.h"
#include "core/date.h"
#include "core/ident.h"

enum payment_direction { PAYMENT_SENT = 1, PAYMENT_RECEIVED = 2 };

/* What a payment is for. */
struct payment_part {
        uint64_t run;                   /* whose statement it pays */
        int64_t cents;                  /* > 0 */
};

struct payment {
        enum payment_direction direction;
        struct item trace;              /* never empty */
        date day;
        int64_t cents;                  /* >= 0; 0 withdraws what was said before */
        const struct payment_part *parts;
        uint32_t part_count;
        struct item method;             /* empty: not said */
        bool has_supersedes;
        uint64_t supersedes;
};

#endif
