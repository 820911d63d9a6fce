/* SPDX-License-Identifier: Apache-2.0 */
/* What the running daemon counts: since start, and of the last minute. No clock of its own. */
#ifndef ACCORD_DAEMON_FIGURES_H
#define ACCORD_DAEMON_FIGURES_H

#include <stdint.h>

#define FIGURES_SECONDS 60
#define FIGURES_BUCKETS 96      /* four to an octave, from 1 us to 16 s */
#define FIGURES_CODES 64        /* refusal codes counted each by itself */

struct figures_second {
        int64_t second;
        uint64_t commits, taken, largest;
        uint32_t took[FIGURES_BUCKETS];
};

struct figures {
        uint64_t welcomes, receipts, refusals, busies, answers, signals;
        uint64_t refused_for[FIGURES_CODES];
        uint64_t commits;
        struct figures_second seconds[FIGURES_SECONDS];
};

/* One commit of @taken things that took @us, at @steady us. */
void figures_commit(struct figures *figures, int64_t steady, uint64_t us, uint64_t taken);

/* Of the minute before @steady. Durations in us, exact to a quarter of an octave, upper bounds. */
struct figures_minute {
        uint64_t commits, taken, largest, p50, p99;
};

struct figures_minute figures_minute(const struct figures *figures, int64_t steady);

#endif
