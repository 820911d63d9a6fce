/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two clocks, and what to make of them when they disagree.
 *
 * Entries are stamped by the wall clock and their times never go back, so a clock that once stood
 * years ahead would leave its mark for years. While accordd runs, the other clock (CLOCK_BOOTTIME:
 * it counts on while the machine sleeps, which CLOCK_MONOTONIC does not) says how much time can
 * have passed since the daemon started. A wall clock more than an hour ahead of that, and of the
 * last entry, is not believed. It is believed again when it comes back to within the hour, or when
 * the operator, having looked at it, restarts the daemon: time that passed while nobody ran is
 * normal.
 */
#ifndef ACCORD_DAEMON_CLOCK_H
#define ACCORD_DAEMON_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#define CLOCK_AHEAD_MAX_US INT64_C(3600000000)

struct clock {
        int64_t wall_start, steady_start;       /* us, read together at start */
};

int64_t clock_wall(void);       /* us since 1970 */
int64_t clock_steady(void);     /* us since boot; never set */

void clock_start(struct clock *ret);

/* How far the wall clock is ahead of where it should be, in us; below 0: behind. */
int64_t clock_ahead(const struct clock *clock, int64_t wall, int64_t steady);

/*
 * False when nothing may be stamped with @wall. @last_entry: the time of the ledger's last entry.
 */
bool clock_believed(const struct clock *clock, int64_t wall, int64_t steady, int64_t last_entry);

#endif
