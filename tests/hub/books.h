/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The books of a ledger, kept again from its log alone, with none of the hub's own code: what every
 * entry and change of the journal comes to, and whether it may be so. The hub's balances are held
 * against them.
 */
#ifndef ACCORD_TESTS_HUB_BOOKS_H
#define ACCORD_TESTS_HUB_BOOKS_H

#include "core/books.h"
#include "tests/hub/stage.h"

#define BOOKS_CONTRACTS_MAX 1024

struct book_entry {
        uint64_t index, run, reverses, changed;
        unsigned int contract;          /* of contracts[] */
        enum purpose purpose;
        enum journal_state first, state;
        uint32_t leg_count;
        struct leg legs[LEGS_MAX];
        bool reversed;
};

/* A statement that was issued, as far as the books care. */
struct book_statement {
        uint64_t run;
        unsigned int contract;
        struct period period;
        enum run_kind kind;
        bool calculated, relayed;
        enum standing standing;
        int64_t payable;
        bool holds;                     /* by either side's version of facts in dispute: */
        int64_t by_bearer, by_earner;
        uint64_t pending;               /* its settlement entry that is pending; 0: none */
};

/* Each side's accounts: 0 bearer, 1 earner; by enum account. */
struct book_accounts {
        struct balance_state of[2][ACCOUNT_LAST + 1];
};

struct books {
        struct contract_id contracts[BOOKS_CONTRACTS_MAX];
        struct book_accounts accounts[BOOKS_CONTRACTS_MAX];
        int64_t sums[BOOKS_CONTRACTS_MAX][PURPOSE_REVERSAL];    /* not voided; less reversals */
        unsigned int contract_count;
        struct book_entry *entries;     /* in order of index */
        size_t entry_count, entry_room;
        struct book_statement *statements;
        size_t statement_count, statement_room;
        uint64_t next;                  /* entry of the log to be read next */
        char finding[256];
};

void books_free(struct books *books);

/*
 * books_read() - on to the end of the log
 *
 * Every entry sums to nothing over two parties of its contract; those for a settlement come after
 * their statement; only what is pending is changed, once; only what is posted is reversed, once; a
 * run has one pending settlement at most.
 *
 * Returns: NULL, or what does not hold.
 */
const char *books_read(struct books *books, struct stage *stage);

/*
 * books_hold() - the hub's balances are those of the log, sum to nothing, and no counter is below 0
 */
const char *books_hold(struct books *books, struct stage *stage);
/* The same of one contract, for who looks after every step. */
const char *books_hold_contract(struct books *books, struct stage *stage, unsigned int contract);

/* What the bearer pays by entries of that purpose in that state; 0: any but voided. */
int64_t books_sum(const struct books *books, const struct contract_id *contract,
                  enum purpose purpose, enum journal_state state);
/* Debits less credits of an account by entries in that state; 0: any but voided. */
int64_t books_balance(const struct books *books, const struct contract_id *contract,
                      const struct name *party, enum account account, enum journal_state state);
/* NULL: there is none of that index. */
const struct book_entry *books_entry(const struct books *books, uint64_t index);
/* Above 0: the bearer pays. Of a reversal that of what it takes back, the other way round. */
int64_t book_cents(const struct books *books, const struct book_entry *entry);

#endif
