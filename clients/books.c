/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/books.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"

void books_cleanup(struct books *books)
{
        free(books->entries);
        free(books->balances);
}

int books_add_entry(struct books *books, const struct journal_row *row)
{
        struct journal_row *more = reallocarray(books->entries, books->entry_count + 1,
                                                sizeof(*more));

        if (!more)
                return -ENOMEM;
        books->entries = more;
        more[books->entry_count++] = *row;
        return 0;
}

static int add_balance(struct books *books, const struct balance_row *row)
{
        struct balance_row *more = reallocarray(books->balances, books->balance_count + 1,
                                                sizeof(*more));

        if (!more)
                return -ENOMEM;
        books->balances = more;
        more[books->balance_count++] = *row;
        return 0;
}

int64_t balance_posted(const struct balance_row *row)
{
        return row->debits_posted - row->credits_posted;
}

int64_t balance_open(const struct balance_row *row)
{
        return (row->debits_pending - row->debits_posted - row->debits_voided) -
               (row->credits_pending - row->credits_posted - row->credits_voided);
}

/* ---- of the hub */

static int keep_entry(void *with, const struct journal_row *row)
{
        return books_add_entry(with, row);
}

static int keep_balance(void *with, const struct balance_row *row)
{
        return add_balance(with, row);
}

static enum exit_code failed(int r, const struct accord_error *error)
{
        if (r < 0)
                return say_failure(r, "the books");
        return r ? reach_failed(error) : EXIT_DONE;
}

/* ---- added up */

static struct balance_row *find(struct books *books, const struct contract_id *contract,
                                const struct leg *leg)
{
        struct balance_row row = { .contract = *contract, .party = leg->party,
                                   .account = leg->account };

        for (size_t i = 0; i < books->balance_count; i++) {
                struct balance_row *there = &books->balances[i];

                if (there->account == leg->account && name_equal(&there->party, &leg->party) &&
                    contract_id_equal(&there->contract, contract))
                        return there;
        }
        return add_balance(books, &row) ? NULL : &books->balances[books->balance_count - 1];
}

static void enter(struct balance_row *row, const struct journal_row *entry, int64_t cents)
{
        struct balance_state sum = { row->debits_pending, row->credits_pending,
                                     row->debits_posted, row->credits_posted,
                                     row->debits_voided, row->credits_voided };

        balance_enter(&sum, entry->entry.state, cents);
        if (entry->changed)
                balance_change(&sum, entry->state, cents);
        row->debits_pending = sum.debits_pending;
        row->credits_pending = sum.credits_pending;
        row->debits_posted = sum.debits_posted;
        row->credits_posted = sum.credits_posted;
        row->debits_voided = sum.debits_voided;
        row->credits_voided = sum.credits_voided;
}

/* The bearer first. */
static int by_account(const void *a, const void *b)
{
        const struct balance_row *x = a, *y = b;
        int r = memcmp(&x->contract, &y->contract, sizeof(x->contract));

        if (!r)
                r = (int)name_equal(&y->party, &y->contract.bearer) -
                    (int)name_equal(&x->party, &x->contract.bearer);
        return r ? r : (int)x->account - (int)y->account;
}

static void order(struct books *books)
{
        if (books->balance_count)
                qsort(books->balances, books->balance_count, sizeof(*books->balances), by_account);
}

static int add_up(struct books *books)
{
        for (size_t i = 0; i < books->entry_count; i++) {
                const struct journal_row *entry = &books->entries[i];

                for (uint32_t j = 0; j < entry->entry.leg_count; j++) {
                        const struct leg *leg = &entry->entry.legs[j];
                        struct balance_row *row = find(books, &entry->entry.contract, leg);

                        if (!row)
                                return -ENOMEM;
                        enter(row, entry, leg->cents);
                }
        }
        order(books);
        return 0;
}

/* ---- either */

static void look_at(const struct reach *reach, const struct books *books)
{
        const struct accord_as_of as_of = { .has_index = true, .index = books->as_of - 1 };

        accord_query_as_of(reach->session, &as_of);
}

/* Entries and balances are of one log, however much is said in between. */
static enum exit_code pin(const struct call *call, const struct reach *reach, struct books *ret)
{
        struct accord_error error = { 0 };
        struct tip tip;

        if (call_has(call, "as-of"))
                return EXIT_DONE;
        if (accord_query_tip(reach->session, &tip, &error))
                return reach_failed(&error);
        ret->as_of = tip.size;
        look_at(reach, ret);
        return EXIT_DONE;
}

enum exit_code books_read_entries(struct call *call, const struct contract_id *contract,
                                  struct books *ret)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };
        enum exit_code code;

        if (call_has(call, "offline"))
                return books_of_ledger(call, contract, ret);
        code = reach_asking(call, &reach);
        if (!code)
                code = pin(call, &reach, ret);
        if (code)
                return code;
        return failed(accord_query_journal(reach.session, contract, keep_entry, ret, &error),
                      &error);
}

enum exit_code books_read_balances(struct call *call, const struct contract_id *contract,
                                   struct books *ret)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };
        enum exit_code code;

        if (call_has(call, "offline")) {
                code = ret->entry_count ? EXIT_DONE : books_of_ledger(call, contract, ret);
                return code ? code : failed(add_up(ret), &error);
        }
        code = reach_asking(call, &reach);
        if (code)
                return code;
        if (ret->as_of)
                look_at(&reach, ret);
        code = failed(accord_query_balances(reach.session, contract, keep_balance, ret, &error),
                      &error);
        order(ret);
        return code;
}
