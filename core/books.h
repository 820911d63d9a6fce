/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The books: what an entry of the journal is, and the accounts. An entry's legs sum to nothing over
 * the two parties, and it is never changed: a pending one is posted or voided by a change, once; a
 * posted one is taken back by another entry.
 *
 * A leg above 0 is a debit, below 0 a credit. @cents above 0 in what follows: the bearer pays.
 *
 *   settlement   who pays credits SETTLEMENT_PAYABLE, who is paid debits SETTLEMENT_RECEIVABLE
 *   hold         the same with HELD_: in dispute, so nobody's yet
 *   withhold     the same with WITHHELD_: earned, and kept back by the terms
 *   advance      who gives it debits ADVANCE_RECEIVABLE, who gets it credits ADVANCE_PAYABLE
 *   recoupment   an advance's legs the other way round
 *   payment      a settlement's legs the other way round
 *   reversal     the legs of the entry it reverses, the other way round
 */
#ifndef ACCORD_CORE_BOOKS_H
#define ACCORD_CORE_BOOKS_H

#include "core/ident.h"
#include "core/terms.h"

/* code, number, name, what it holds */
#define ACCOUNTS(X)                                                                                \
        X(SETTLEMENT_PAYABLE,    1, "payable",             "owed from settlements")                \
        X(SETTLEMENT_RECEIVABLE, 2, "receivable",          "to be had from settlements")           \
        X(HELD_PAYABLE,          3, "held-payable",        "owed if the dispute is decided so")    \
        X(HELD_RECEIVABLE,       4, "held-receivable",     "to be had if it is decided so")        \
        X(WITHHELD_PAYABLE,      5, "withheld-payable",    "kept back by the terms")               \
        X(WITHHELD_RECEIVABLE,   6, "withheld-receivable", "earned, and kept back")                \
        X(ADVANCE_PAYABLE,       7, "advance-payable",     "received, and still to be earned")     \
        X(ADVANCE_RECEIVABLE,    8, "advance-receivable",  "paid ahead, and still to be recouped")

enum account {
#define X(code, number, name, says) ACCOUNT_##code = (number),
        ACCOUNTS(X)
#undef X
        ACCOUNT_LAST = ACCOUNT_ADVANCE_RECEIVABLE,
};

struct leg {
        struct name party;
        enum account account;
        int64_t cents;
};

#define LEGS_MAX 8

enum journal_state { JOURNAL_PENDING = 1, JOURNAL_POSTED = 2, JOURNAL_VOIDED = 3 };

/* number, name in exports and tables */
#define PURPOSES(X)                                                                                \
        X(SETTLEMENT, 1, "settlement")                                                             \
        X(HOLD,       2, "hold")                                                                   \
        X(WITHHOLD,   3, "withhold")                                                               \
        X(ADVANCE,    4, "advance")                                                                \
        X(RECOUPMENT, 5, "recoupment")                                                             \
        X(PAYMENT,    6, "payment")                                                                \
        X(REVERSAL,   7, "reversal")

enum purpose {
#define X(code, number, name) PURPOSE_##code = (number),
        PURPOSES(X)
#undef X
};

struct journal_entry {
        uint64_t run;                   /* it follows from; 0: from none */
        struct contract_id contract;
        enum journal_state state;       /* pending, or posted at once */
        uint32_t leg_count;
        struct leg legs[LEGS_MAX];
        struct text says;
        enum purpose purpose;
        uint64_t cause;                 /* entry that made it; 0: the run's statement */
        uint64_t reverses;              /* entry that it takes back; 0: none */
        struct item trace;              /* of the payment that it books; empty: of none */
};

struct journal_change {
        uint64_t entry;
        struct contract_id contract;
        enum journal_state state;       /* posted or voided */
        uint64_t cause;
        struct text says;
};

/*
 * What an account has come to, in cents that only grow. An entry posted at once has been pending
 * for no time, so it counts as both; open, for debits and for credits: pending - posted - voided.
 */
struct balance_state {
        int64_t debits_pending, credits_pending, debits_posted, credits_posted;
        int64_t debits_voided, credits_voided;
};

/* A leg of @cents of a new entry that is pending, or posted at once. */
void balance_enter(struct balance_state *balance, enum journal_state state, int64_t cents);
/* A leg of @cents of a pending entry that is posted or voided now. */
void balance_change(struct balance_state *balance, enum journal_state state, int64_t cents);

/* The legs of @cents for @purpose; a reversal's are made from what it reverses. */
void journal_legs(struct journal_entry *entry, enum purpose purpose, int64_t cents);
/* What journal_legs() was given: above 0 the bearer pays. Not for a reversal. */
int64_t journal_cents(const struct journal_entry *entry);

const char *account_name(enum account account);         /* NULL: no such account */
const char *account_says(enum account account);
const char *purpose_name(enum purpose purpose);

#endif
