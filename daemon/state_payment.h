/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the sides say of payments and of their own settlements, version by version, and which
 * entries of the books a payment has made. Readers and writers as in daemon/state.h.
 */
#ifndef ACCORD_DAEMON_STATE_PAYMENT_H
#define ACCORD_DAEMON_STATE_PAYMENT_H

#include "core/payment.h"
#include "daemon/state.h"

/* ---- payments: (contract, who pays, trace, direction, index) -> as stated */

/* What both sides know one by; the same trace may be of two payments, one either way. */
struct payment_key {
        uint32_t contract_no;
        enum side payer;
        struct item trace;
};

/* Who pays, as @side states it. */
static inline enum side payment_payer(enum side side, enum payment_direction direction)
{
        if (direction == PAYMENT_SENT)
                return side;
        return side == SIDE_BEARER ? SIDE_EARNER : SIDE_BEARER;
}

/* The parts are kept inside: payment.parts points to @parts once read. */
struct payment_version {
        struct payment_key key;
        uint64_t index;                 /* of the entry that says it */
        instant time;
        struct payment payment;
        struct payment_part parts[PAYMENT_PARTS_MAX];
};

int state_payment_put(struct store_txn *txn, const struct payment_key *key, uint64_t index,
                      instant time, const struct payment *payment);
/* What that direction says of it at @cut: -ENOENT when nothing was said of it yet. */
int state_payment(struct store_txn *txn, const struct payment_key *key,
                  enum payment_direction direction, uint64_t cut, struct payment_version *ret);
/*
 * The contract's first payment behind @after (a key with an empty trace: from the start), in order
 * of who pays and trace, shorter ones first: -ENOENT: no more.
 */
int state_payment_next(struct store_txn *txn, const struct payment_key *after,
                       struct payment_key *ret);

/* ---- entries of the books that payments made: (payment, index of the entry) -> part, fate */

struct payment_entry {
        uint64_t index;                 /* of the entry of the books */
        uint64_t run;
        int64_t cents;
        uint64_t reversed;              /* by that entry; 0: not */
};

int state_payment_entry_put(struct store_txn *txn, const struct payment_key *key,
                            const struct payment_entry *entry);
int state_payment_entry(struct store_txn *txn, const struct payment_key *key, uint64_t index,
                        struct payment_entry *ret);
/* The payment's first entry above @after; -ENOENT: no more. */
int state_payment_entry_next(struct store_txn *txn, const struct payment_key *key, uint64_t after,
                             struct payment_entry *ret);

/* ---- moments set at which runs are overdue: run -> when; at most one for each */

int state_overdue(struct store_txn *txn, uint64_t run, instant *ret);
int state_overdue_put(struct store_txn *txn, uint64_t run, instant at);
int state_overdue_del(struct store_txn *txn, uint64_t run);

/* ---- figures: (contract, side, period, index) -> place in the entry */

struct figure_key {
        uint32_t contract_no;
        enum side side;
        struct period period;
};

int state_figure_put(struct store_txn *txn, const struct figure_key *key, uint64_t index,
                     uint32_t event);
/* The version in force at @cut: -ENOENT when there is none. */
int state_figure(struct store_txn *txn, const struct figure_key *key, uint64_t cut,
                 uint64_t *ret_index, uint32_t *ret_event);

#endif
