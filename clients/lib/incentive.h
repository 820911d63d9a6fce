/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Incentive signals: what the party's contracts reward now. They are derived from the log and no
 * entries of it, so they have no number and none is missed: the newest holds. What the hub gives
 * is shown to be for this party and of a shape that core/signal_sum.h can add up; the figures
 * themselves are made again from the contracts, as any statement is.
 */
#ifndef ACCORD_CLIENTS_LIB_INCENTIVE_H
#define ACCORD_CLIENTS_LIB_INCENTIVE_H

#include "clients/lib/error.h"
#include "core/incentive_signal.h"

struct accord_session;
struct accord_signals;

/* A copy of its own, which outlives the session. */
struct accord_incentive {
        struct incentive_signal signal; /* its lists are within the same memory */
};

/* 0 or -ENOMEM. */
int accord_incentive_copy(struct accord_incentive **ret, const struct incentive_signal *signal);
void accord_incentive_free(struct accord_incentive *incentive);         /* NULL is fine */
void accord_incentive_cleanup(struct accord_incentive **incentive);

/*
 * The signal as it is, or as it was by accord_query_as_of(). *ret is the caller's. Returns: as
 * query.h; INTEGRITY also for one of another party or that cannot be added up.
 */
int accord_query_incentive(struct accord_session *session, struct accord_incentive **ret,
                           struct accord_error *error);

/*
 * accord_signals_incentives() - hear of them as they change, in accord_signals_next()
 * @heard: called with the newest of those that came, valid during the call; may not use the
 *         session. Other than 0 ends accord_signals_next(), which answers it.
 *
 * Of several that came at once the newest is given, and it is marked digest if any of them was.
 * None older than one that was given before is given.
 */
typedef int accord_incentive_heard(void *with, const struct incentive_signal *signal);
void accord_signals_incentives(struct accord_signals *signals, accord_incentive_heard *heard,
                               void *with);

#endif
