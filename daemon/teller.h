/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The thread that makes incentive signals anew: at lower priority, beside the batches, of whatever
 * they touched. It hands what is to be said to the ingest thread, which alone seals and sends.
 */
#ifndef ACCORD_DAEMON_TELLER_H
#define ACCORD_DAEMON_TELLER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"

struct hub;
struct hub_touched;
struct teller;

struct teller_figures {
        uint64_t made, told;            /* signals made anew; of them those that said something */
        uint64_t pending;               /* parties that wait */
        uint64_t behind;                /* us since the oldest change that was not told */
        uint64_t failed;
        int failed_status;              /* -errno, of the last that did */
};

int teller_start(struct teller **ret, struct hub *hub, int nice);
/* Waits for the signal that is being made. Harmless on NULL. */
void teller_stop(struct teller *teller);

/* Readable while there is something to say. */
int teller_fd(const struct teller *teller);

/* After each commit, in order. */
void teller_mark(struct teller *teller, const struct hub_touched *touched);

/* A SignalFrame for a party. */
struct told_frame {
        uint32_t party_no;
        struct bytes bytes;
};

/* The @i-th that waits to be said, the oldest first; false: none. It stays the teller's. */
bool teller_next(struct teller *teller, size_t i, struct told_frame *ret);
/* The oldest @count were said. */
void teller_done(struct teller *teller, size_t count);

struct teller_figures teller_figures(struct teller *teller);

#endif
