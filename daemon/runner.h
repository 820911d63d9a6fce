/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The settlement thread: computes the statements of runs that have none, and the releases that are
 * due, at lower priority, and hands them to the ingest thread, which alone writes. It starts with
 * what a crash left undone.
 */
#ifndef ACCORD_DAEMON_RUNNER_H
#define ACCORD_DAEMON_RUNNER_H

#include <stddef.h>
#include <stdint.h>

struct hub;
struct runner;
struct release_draft;
struct statement;

struct runner_figures {
        uint64_t computed, failed;
        uint64_t failed_run;            /* the last that did */
        int failed_status;              /* -errno */
};

int runner_start(struct runner **ret, struct hub *hub, int nice);
/* Waits for the run that is being computed. Harmless on NULL. */
void runner_stop(struct runner *runner);

/* Readable while something waits. */
int runner_fd(const struct runner *runner);

/* After a commit: there may be new runs. */
void runner_wake(struct runner *runner);

/* The @i-th statement that waits, the oldest first, or NULL. It stays the runner's. */
const struct statement *runner_next(struct runner *runner, size_t i);
/* The oldest @count are in the ledger. */
void runner_done(struct runner *runner, size_t count);

/* The release that waits, or NULL. It stays the runner's. */
const struct release_draft *runner_release(struct runner *runner);
/* It is in the ledger. */
void runner_release_done(struct runner *runner);

struct runner_figures runner_figures(struct runner *runner);

#endif
