/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looking through the ledger beside the work, in a thread of its own that stands back for all
 * others: entry by entry, so many a second, each step in a snapshot of its own. So what lies still
 * is read before it is needed. What does not hold condemns the hub.
 *
 * Where a pass is, and when the last one ended, stands in the file "scrub" of the ledger's
 * directory and survives a restart. It is no part of the ledger: without it a pass begins anew.
 */
#ifndef ACCORD_DAEMON_SCRUB_H
#define ACCORD_DAEMON_SCRUB_H

#include <stdbool.h>
#include <stdint.h>

struct hub;
struct scrub;

struct scrub_options {
        const char *directory;          /* of the ledger */
        uint64_t rate;                  /* entries a second; 0: only when asked */
        uint64_t every;                 /* us from the beginning of a pass to that of the next */
};

struct scrub_figures {
        bool running;                   /* a pass is under way */
        uint64_t at, size;              /* entries looked at, of how many, in the last pass */
        uint64_t passes;                /* that came to their end, since the start */
        int64_t last_time;              /* us: when the last of all ended well; 0: none has */
        uint64_t last_size;             /* entries it had looked at */
};

/* @options: copied, with its directory. 0; -errno. */
int scrub_start(struct scrub **ret, struct hub *hub, const struct scrub_options *options);
void scrub_stop(struct scrub *scrub);   /* NULL is fine */

/* A pass begins at once, as fast as it goes; false: one is under way, which now hurries. */
bool scrub_now(struct scrub *scrub);

struct scrub_figures scrub_figures(struct scrub *scrub);

#endif
