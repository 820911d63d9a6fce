/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Does a ledger hold? Each check by itself, over all of it; and all that a live hub can look
 * through beside its batches, in steps.
 */
#ifndef ACCORD_DAEMON_PROVE_H
#define ACCORD_DAEMON_PROVE_H

#include "daemon/hub.h"
#include "daemon/replay.h"
#include "proof/merkle.h"

/*
 * ---- a ledger that nobody has open to write. These open it themselves, and without proving
 * anything: so they can name what hub_open() only refuses.
 *
 * Returns: 0; -EILSEQ, -EPROTONOSUPPORT with the finding; as store_open(); -errno.
 */

/* A file that leads LMDB astray: @leave says so and ends the process (store/damage.h). */
void prove_on_damage(void (*leave)(const char *says));
/* Can it be opened at all? */
int prove_open(const char *directory);
/* Entries, their leaves, the tip. */
int prove_log(const char *directory, replay_progress *progress, void *with,
              struct replay_report *report);
/* Inner nodes from the leaves, the tip from both. */
int prove_tree(const char *directory, replay_progress *progress, void *with,
               struct replay_report *report);

/* ---- a hub that is open. Returns: 0; -EILSEQ with the finding; -errno. */

/* The checkpoint that is kept is signed by the hub's key, and is of the tip. */
int prove_checkpoint(struct hub *hub, struct replay_report *report);
/* The books from their entries: daemon/books_check.h. state_rows: accounts. */
int prove_books(struct hub *hub, replay_progress *progress, void *with,
                struct replay_report *report);
/* Every row of the state tables is as it was written. state_rows: looked at. */
int prove_state(struct hub *hub, struct replay_report *report);
/*
 * Every block that was not erased against its digest. entries: blocks that are there; one that is
 * not is counted as missing, which is no failure: its sender can send it again.
 */
int prove_blocks(struct hub *hub, replay_progress *progress, void *with,
                 struct replay_report *report);

/*
 * What leads from an entry to the root of the tip, or from the tree of the first @size entries to
 * it; held against the root before it is given. -ENOENT: there is no such entry, no such tree.
 */
int prove_entry(struct hub *hub, uint64_t index, struct digest ret_path[MERKLE_PROOF_MAX],
                size_t *ret_count);
int prove_growth(struct hub *hub, uint64_t size, struct digest ret_path[MERKLE_PROOF_MAX],
                 size_t *ret_count);

/* ---- a live hub, in a thread beside its batches */

enum proving_stage { PROVING_LOG, PROVING_STATE, PROVING_BOOKS, PROVING_TIP, PROVING_DONE };

/* How far a pass is; zeroed: at its beginning. */
struct proving {
        enum proving_stage stage;
        uint64_t at, size;              /* entries: looked at; of the log when the pass began */
        uint32_t contract;              /* whose books were looked at last */
};

struct prover;

int prover_new(struct prover **ret, const struct hub *hub);
void prover_free(struct prover *prover);                /* NULL is fine */

/*
 * prover_step() - look at @most entries or rows more, or at one contract's books, in one short
 *                 snapshot
 * @ret_says: what does not hold; valid until the next call
 *
 * Entries, leaves, the nodes they complete; then the rows of the state; then the books; then the
 * tip. @proving is at
 * PROVING_DONE after the last. Returns: 0; -EILSEQ with a sentence; -errno.
 */
int prover_step(struct prover *prover, struct proving *proving, uint32_t most,
                const char **ret_says);

#endif
