/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lives of statements within the hub: core/life.h decides, this carries it out.
 *
 * Folds change lives (they are a function of the entry alone); what the books must say because of
 * it follows as hub records of its own, which life_settle() appends and whose folds tell the life.
 */
#ifndef ACCORD_DAEMON_LIFE_H
#define ACCORD_DAEMON_LIFE_H

#include "daemon/hub_private.h"
#include "daemon/state_life.h"

/* ---- folds: for use within a fold */

/* The statement of @run is issued by @entry; it takes the place of what stands for its days. */
int life_issue(struct hub *hub, struct run_state *run, const struct statement *statement,
               const struct entry *entry);

/* As of @entry; its window begins or ends with it. */
int life_put(struct hub *hub, struct life_state *life, const struct entry *entry);

/*
 * life_close_dispute() - a decision, in force by @by, ends a dispute
 *
 * 0 also when it has ended already; -ENOENT when there is none of that index. Whoever calls this in
 * a fold calls life_settle() when following.
 */
int life_close_dispute(struct hub *hub, uint64_t dispute_index, const struct entry *by);

/* The periods that are to run out, as the contract's terms stand after @entry. */
int life_set_runout(struct hub *hub, uint32_t contract_no, const struct entry *entry);

/* ---- following: appends */

/*
 * life_settle() - the books of a contract brought to what its statements' lives say
 * @cause: entry that it follows from
 *
 * Both sides are told once, BOOKS_CHANGED, unless nothing had to change or @cause is a statement,
 * of which they hear anyway.
 */
int life_settle(struct hub *hub, uint32_t contract_no, uint64_t cause);

/* An entry of the books. It must belong to a run whose statement posts; else -EINVAL. */
int journal_post(struct hub *hub, const struct journal_entry *entry, struct entry *ret);

#endif
