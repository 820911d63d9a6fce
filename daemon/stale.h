/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a statement still says what a run would say now. Nothing is marked when something
 * changes: it follows from the log each time it is asked, as of a cut.
 *
 * A statement is stale when a run of its period would read now what came after its cut:
 *   facts      a fact, or rows of members; other facts are in dispute, or what was is decided
 *   terms      other terms hold for its period, or the period has parts now
 *   carry      another statement of the period before
 *   upstream   a fact that it read is the figure of a statement that was restated since; said only
 *              to who is party to the contract of that statement
 */
#ifndef ACCORD_DAEMON_STALE_H
#define ACCORD_DAEMON_STALE_H

#include "daemon/past.h"

struct reading;
struct stale;

/*
 * For the questions of one party, as of @cut. Of rows, where they are more than @by takes, only
 * their age.
 */
int stale_new(struct stale **ret, const struct reading *by, const struct name *party,
              uint64_t cut);
void stale_free(struct stale *stale);
void stale_cleanup(struct stale **stale);

/*
 * stale_of() - STALE_ bits of the statement of @run
 *
 * Quick where nothing came that it could read. Else the run is made again: only so many times, and
 * then the answer is 1: ask for the rest by another question.
 */
int stale_of(struct stale *stale, const struct run_state *run, uint32_t *ret);

#endif
