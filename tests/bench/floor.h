/* SPDX-License-Identifier: Apache-2.0 */
/* What the machine itself can do, in the same run: figures are only worth their ratio to these. */
#ifndef ACCORD_TESTS_BENCH_FLOOR_H
#define ACCORD_TESTS_BENCH_FLOOR_H

#include <stdint.h>

/* Median of appending 4 KiB and fdatasync(2), in milliseconds. */
double floor_fdatasync_ms(const char *parent);

/* Ed25519 verifications of a small submission a second, one core. */
double floor_verifications(double seconds);

/*
 * LMDB alone, default sync: log, leaf, sequence, stream, tip and fact rows of the sizes the hub
 * writes, so many submissions a transaction. Answers events (fact rows) a second.
 */
double floor_lmdb(const char *parent, unsigned int submissions, unsigned int events,
                  double seconds);

#endif
