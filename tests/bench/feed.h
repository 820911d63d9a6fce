/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A node of a world that says facts without end, every key new, straight into libhub. Its
 * signatures are made and not checked again: what is measured begins behind that.
 */
#ifndef ACCORD_TESTS_BENCH_FEED_H
#define ACCORD_TESTS_BENCH_FEED_H

#include "proto/wire.h"
#include "tests/bench/world.h"

#define FEED_PER_MOST 256u

struct feed {
        struct hub *hub;
        const struct keys *keys;
        struct stream_id stream;
        uint64_t sequence, facts;       /* so far */
        struct event events[FEED_PER_MOST];
        struct sink body, signed_one, frame;
        struct scratch scratch;
};

/* Opens the world's ledger. */
struct feed *feed_new(struct world *world);
/* Closes it, and brings its guard up. */
void feed_free(struct feed *feed, struct world *world);

/* Signs one submission of so many facts, into feed->frame. */
void feed_make(struct feed *feed, unsigned int count);
/* Within a batch: the hub takes what was made. */
void feed_take(struct feed *feed);
/* Begins a batch at the next moment of the log, and commits it; it must have been taken. */
void feed_begin(struct feed *feed);
void feed_commit(struct feed *feed);

#endif
