/* SPDX-License-Identifier: Apache-2.0 */
/* What is computed beside the batches, statements and releases: a part of daemon/hub.h. */
#ifndef ACCORD_DAEMON_HUB_WORK_H
#define ACCORD_DAEMON_HUB_WORK_H

#include <stdint.h>

#include "core/statement.h"

struct hub;
struct release_draft;

/* ---- the worker: may run in another thread beside a batch; each call reads one snapshot */

/* The first run after @after that has no statement: 0, or -ENOENT. */
int hub_next_run(const struct hub *hub, uint64_t after, uint64_t *ret_run);

/*
 * A pure function of the log up to the run. @ret is large: allocate it once.
 * Returns: 0; -ENOKEY when rows it rests on were erased since; -ENODATA when the hub has lost a
 * block of them, which its sender can send again; -errno.
 */
int hub_compute(const struct hub *hub, uint64_t run, struct statement *ret);

/* The first release numbered above @after that is due and not said: 0, or -ENOENT. */
int hub_next_release(const struct hub *hub, uint32_t after, uint32_t *ret_number);

/*
 * hub_compute_release() - a pure function of the log up to the release's cut
 * @desk: what earlier ones rested on is kept there; for one thread and one hub
 * @ret:  the desk's, until it is asked again
 */
struct release_desk;
int release_desk_new(struct release_desk **ret);
void release_desk_free(struct release_desk *desk);      /* harmless on NULL */
int hub_compute_release(const struct hub *hub, struct release_desk *desk, uint32_t number,
                        const struct release_draft **ret);

/* ---- the ingest thread: what was computed enters the open batch */

/*
 * The worker's result: statement, journal entry, signals, all or none;
 * a no-op when the run has its statement.
 */
int hub_post_statement(struct hub *hub, const struct statement *statement);

/* Likewise of a release, with word of it to all; a no-op when it has been said. */
int hub_post_release(struct hub *hub, const struct release_draft *draft);
/* For the hub's own journal alone: how many figures are shown, and how many each rule kept back. */
#define RELEASE_SAYS_MAX 320
void hub_release_says(const struct release_draft *draft, char ret[RELEASE_SAYS_MAX]);

#endif
