/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Releases: what is shown to all, by the charter's calendar. A release day that has passed is a DUE
 * entry, and that entry is the cut: what the release says is a function of the log up to it. The
 * settlement thread computes it (daemon/release_desk.h), the ingest thread says it.
 */
#ifndef ACCORD_DAEMON_RELEASE_H
#define ACCORD_DAEMON_RELEASE_H

#include "core/disclose.h"
#include "core/release.h"
#include "daemon/hub_private.h"
#include "daemon/state_release.h"

/*
 * release_schedule() - sets the first release day behind @entry by the charter's calendar, in place
 *                      of the one that was set
 * To be called when a fold puts a charter in force. Returns: 0; -errno.
 */
int release_schedule(struct hub *hub, const struct charter *charter, const struct entry *entry);

/* What of a payer's own contract is not of the common set: for it alone, on release day. */
struct release_differs {
        struct contract_id contract;
        uint32_t version;
        struct text says;
};

/* What a release comes to. Its lists are its own; free with release_draft_free(). */
struct release_draft {
        struct release release;
        struct release_figure *figures;
        struct release_group *groups;
        struct release_differs *differs;
        uint32_t differs_count;
        bool rows_gone;                 /* what it rests on is not all here now */
        /* By enum disclosure_rule, how many figures each kept back; PASSES: shown. */
        uint32_t decided[DISCLOSURE_COUNT];
        uint32_t not_calculable;
};

void release_draft_free(struct release_draft *draft);
void release_draft_cleanup(struct release_draft **draft);

#endif
