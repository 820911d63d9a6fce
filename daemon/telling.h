/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which parties are to hear what their contracts reward now, and the words for it: made anew from a
 * snapshot when a batch has changed something, and only what differs from what was said before. One
 * mark for each party, however often it is touched; the newest wins. What was said is remembered in
 * memory: after a start nothing is told until it changes, and who connects asks.
 *
 * No thread and no clock: for one thread beside the batches (daemon/teller.h).
 */
#ifndef ACCORD_DAEMON_TELLING_H
#define ACCORD_DAEMON_TELLING_H

#include "daemon/hub_tell.h"
#include "proto/arena.h"

struct telling;

int telling_new(struct telling **ret, const struct hub *hub);
void telling_free(struct telling *telling);
static inline void telling_cleanup(struct telling **telling)
{
        telling_free(*telling);
}

/*
 * telling_mark() - a batch that was committed has touched this
 *
 * Batches come in order, each of them: signals are as of the end of the last that was marked.
 * Returns: 0; -errno, and the batch is to be marked again.
 */
int telling_mark(struct telling *telling, const struct hub_touched *touched);

/* Parties whose signals are to be made anew. */
size_t telling_pending(const struct telling *telling);
/* Signals made so far, whether or not they said anything new. */
uint64_t telling_made(const struct telling *telling);

/*
 * telling_next() - the signal of the party that waits longest
 * @ret_frame: a SignalFrame for it, until the next; empty: nothing but the moment has changed
 *
 * Returns: 0; -ENOENT when nobody waits; -errno: the party waits again, behind all others.
 */
int telling_next(struct telling *telling, uint32_t *ret_party, struct bytes *ret_frame);

#endif
