/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Payment instructions: what is owed, made a file that a bank or a treasury system takes. Nothing
 * here moves money. The number of the settlement's run is in each payment's trace, so that it is
 * found again in a remittance advice or a bank's file.
 *
 *      csv, json   a list for people and programs
 *      pain.001    ISO 20022 customer credit transfer initiation, pain.001.001.09
 *      nacha       ACH file of CCD entries, each with one addendum of type 05 (CCD+)
 */
#ifndef ACCORD_CLIENTS_REMIT_H
#define ACCORD_CLIENTS_REMIT_H

#include <stdbool.h>
#include <stdio.h>

#include "core/date.h"
#include "core/ident.h"
#include "core/moment.h"

/* Who pays or is paid, as its bank knows it. Empty texts: not given. */
struct remit_account {
        struct name party;
        char name[141];                 /* UTF-8, no control characters */
        char iban[35], bic[12];         /* IBAN: its check digits are right */
        char routing[10];               /* ABA: nine digits, the check digit is right */
        char number[35];                /* of the account, where it is no IBAN */
        bool savings;
        char tin[10];                   /* nine digits */
        char company_id[11];            /* of who pays, at its bank: ten characters */
        char destination[24];           /* name of who pays' bank */
};

struct remit_payment {
        char trace[48];                 /* "accord-123": item of core/ident.h */
        struct contract_id contract;
        struct period period;
        uint64_t run;
        int64_t cents;                  /* above 0 */
        const struct remit_account *payee;
};

#define REMIT_DESCRIPTION_MAX 10        /* of a batch of ACH entries */

struct remit {
        char id[36];                    /* of the file: the same payments have the same */
        instant made;
        date day;                       /* on which it is to be carried out */
        const char *description;        /* 1 to 10 characters */
        const struct remit_account *payer;
        const struct remit_payment *list;
        size_t count;
        int64_t total;
};

/*
 * Each writes the whole file to @to and answers NULL, or says why it cannot: @ret_at the payment
 * that it is about, @count for who pays.
 */
const char *remit_write_csv(FILE *to, const struct remit *remit, size_t *ret_at);
const char *remit_write_json(FILE *to, const struct remit *remit, size_t *ret_at);
const char *remit_write_pain(FILE *to, const struct remit *remit, size_t *ret_at);
const char *remit_write_nacha(FILE *to, const struct remit *remit, size_t *ret_at);

/* "accord-123", "accord-123.2": the @nth payment for a run, from 1; and back, from any text. */
#define REMIT_TRACE "accord-"
char *remit_trace(uint64_t run, unsigned int nth, char ret[48]);
bool remit_trace_find(struct bytes text, uint64_t *ret_run, struct bytes *ret_trace);

/* Check digits. */
bool routing_valid(const char *text);   /* nine digits of an ABA number */
bool iban_valid(const char *text);      /* without blanks, capitals */

#endif
