/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Payments as people and banks write them. A trace is the number that both sides know a payment by;
 * banks print the same one in capitals or in small letters, with spaces or without: it is kept in
 * small letters, and what cannot be in a name becomes '-'.
 *
 * A file of payments is CSV:
 *
 *      direction   sent or received
 *      trace       the number both sides know it by
 *      day         2026-07-01
 *      amount      money: 1234.56; 0 takes back what was said before
 *      for         what it pays: RUN, or RUN=AMOUNT for each, with ';' between
 *      method      ach, chk, fwt, non; may be missing
 *      supersedes  the entry with the version it replaces; may be missing
 *      contract    BEARER/EARNER/LABEL, the same in every row; may be missing where it is given
 */
#ifndef ACCORD_CLIENTS_PAYMENT_TEXT_H
#define ACCORD_CLIENTS_PAYMENT_TEXT_H

#include "clients/complaint.h"
#include "clients/exit.h"
#include "core/bytes.h"
#include "core/limits.h"
#include "core/payment.h"

/* Blanks around it do not count. False when it is empty or longer than 47 characters. */
bool trace_make(struct bytes text, struct item *ret);

/* The parts of one payment; the last without an amount gets what the others leave. */
struct payment_parts {
        uint32_t count;
        bool rest;                      /* one of them has no amount yet: @rest_at */
        uint32_t rest_at;
        struct payment_part list[PAYMENT_PARTS_MAX];
};

/* "123" or "123=50.00". Each answers NULL, or what is wrong as a static sentence. */
const char *payment_part_add(struct bytes text, struct payment_parts *to);
const char *payment_parts_end(struct payment_parts *parts, int64_t cents);

/* A file's payments: own(payment_file) struct payment_file file = { 0 }. */
struct payment_file {
        struct contract_id contract;    /* empty: no row names one */
        struct payment_line {
                struct payment payment; /* points into @parts */
                struct payment_parts parts;
                size_t line;
        } *lines;
        size_t count, room, rejected;
};

void payment_file_cleanup(struct payment_file *file);

/*
 * Bad rows are complained of and counted in @rejected. 0; REFUSAL_MALFORMED when it is no such
 * file; -ENOMEM.
 */
int payment_file_read(struct bytes text, struct payment_file *ret, struct complaints *to);

#endif
