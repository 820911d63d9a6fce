/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The books as a verb reads them: of the hub, or, while it is down, of its ledger on this machine.
 */
#ifndef ACCORD_CLIENTS_BOOKS_H
#define ACCORD_CLIENTS_BOOKS_H

#include "clients/asking.h"
#include "core/query.h"

#define BOOKS_OPTIONS                                                                              \
        { "offline", NULL, "of this machine's ledger, while the hub is down", 0 }, AS_OF_OPTION

/* own(books) struct books books = { 0 }; rows in order of the log. */
struct books {
        struct journal_row *entries;            /* owned */
        struct balance_row *balances;           /* owned; by contract, party, account */
        size_t entry_count, balance_count;
        uint64_t as_of;                         /* entries of the log that were read; 0: any */
};

void books_cleanup(struct books *books);

/*
 * books_read() - entries of one contract, or the balances of one or all
 * @contract: NULL: all the party's, or, offline, all there are
 *
 * Entries are only had of a contract; offline the balances are added up from them.
 */
enum exit_code books_read_entries(struct call *call, const struct contract_id *contract,
                                  struct books *ret);
enum exit_code books_read_balances(struct call *call, const struct contract_id *contract,
                                   struct books *ret);

/* Cents, debits above 0: what is posted, and what is pending still. */
int64_t balance_posted(const struct balance_row *row);
int64_t balance_open(const struct balance_row *row);

/* ---- ledger-books.c: entries out of the log. 0 or -errno of the visitor. */
enum exit_code books_of_ledger(const struct call *call, const struct contract_id *contract,
                               struct books *ret);
int books_add_entry(struct books *books, const struct journal_row *row);

#endif
