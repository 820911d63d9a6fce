/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The file of accounts that a payer keeps: who is paid and where, a section for each party. It
 * stays on this machine, readable by nobody else, and none of it goes to the hub.
 *
 *      [acme]                          the party's name at the hub; its own section too
 *      name = Acme Health Plan
 *      iban = ...      bic = ...       or
 *      routing = ...   account = ...   type = checking, savings
 *      tin = 12-3456789
 *      company-id = 1123456789         who pays, as its bank knows it, for NACHA
 *      destination = First Bank        name of its bank, for NACHA
 */
#ifndef ACCORD_CLIENTS_REMIT_ACCOUNTS_H
#define ACCORD_CLIENTS_REMIT_ACCOUNTS_H

#include "clients/exit.h"
#include "clients/remit.h"

/* own(remit_accounts) struct remit_accounts accounts = { 0 }; wiped on every way out. */
struct remit_accounts {
        struct remit_account *list;
        size_t count, room;
};

void remit_accounts_cleanup(struct remit_accounts *accounts);

/* Else says everything that is wrong with the file; never what stands in it. */
enum exit_code remit_accounts_read(const char *path, struct remit_accounts *ret);
/* NULL when there is none. */
const struct remit_account *remit_account_of(const struct remit_accounts *accounts,
                                             const struct name *party);
/* "*****6789": all but the last four. Returns @ret. */
char *remit_mask(const char *text, char ret[48]);

#endif
