/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The incentive signal of a party as of a cut: a function of the log up to it. It speaks of the
 * contracts that the party earns under, and of those of a network that it says it participates in,
 * by a relation in force, and that attributes members to it in that contract's facts: both have
 * acted, and without both nothing of the contract shows.
 *
 * On any thread, by a read transaction of its own, or by the open batch's.
 */
#ifndef ACCORD_DAEMON_INCENTIVES_H
#define ACCORD_DAEMON_INCENTIVES_H

#include "daemon/reward.h"
#include "daemon/state_relation.h"

/*
 * Memory to make signals in, some MiB, for one thread at a time. One that keeps holds what each
 * contract rewards from signal to signal, for as long as nobody says that it changed.
 */
struct incentive_desk;

int incentive_desk_new(bool keeps, struct incentive_desk **ret);
void incentive_desk_free(struct incentive_desk *desk);

/* What it keeps of that contract, of all, no longer holds. */
void incentive_desk_forget(struct incentive_desk *desk, uint32_t contract_no);
void incentive_desk_forget_all(struct incentive_desk *desk);
/* Rewards made anew since the desk is there: what making signals costs. */
uint64_t incentive_desk_made(const struct incentive_desk *desk);

/*
 * incentives_signal() - all that the party's contracts reward
 * @cut:  the last entry that is read, below the transaction's size
 * @past: it is not the newest that the desk knows of: what it keeps is no use, and stays
 * @ret:  its lists lie in the desk until the next; digest is not set
 *
 * Returns: 0; -ENOENT: there is no such party; -errno.
 */
int incentives_signal(struct incentive_desk *desk, const struct reading *by, uint32_t party_no,
                      uint64_t cut, bool past, struct incentive_signal *ret);

/*
 * incentives_affected() - whose signals speak of a contract, or may
 *
 * The earner, and who participates in it. Returns 0; -errno; what @visit answers other than 0.
 */
int incentives_affected(struct store_txn *txn, uint32_t contract_no, const struct relation_at *at,
                        int (*visit)(void *with, uint32_t party_no), void *with);

/*
 * @cents times @share, to the cent, halves away from zero: so that what the parts of a contract
 * come to is the sum of the parts.
 */
int64_t incentives_part(int64_t cents, struct rate share);

#endif
