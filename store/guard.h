/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The guard: how far the log had come, kept in a small file of its own outside the ledger's
 * directory, so that no restored directory can take it back as well. It is written after each
 * commit and before anything signed leaves; a ledger that does not reach it, or has another root
 * there, has lost what the hub has already said.
 *
 *      FILE    two sectors of 4096 octets, made whole when the file is made:
 *              magic, number, genesis, epoch, size, root, time, condemned, its sentence, zeros,
 *              SHA-256 over all before it
 *
 * The newer good sector counts; the older one is written next, whole, with O_DSYNC: a write that is
 * cut short leaves the one before it, and then the ledger is ahead, which is normal.
 *
 * One process at a time (flock on the file, whatever path leads to it), one thread at a time. No
 * clock: times are the caller's, those of the log's entries.
 */
#ifndef ACCORD_STORE_GUARD_H
#define ACCORD_STORE_GUARD_H

#include <stdbool.h>
#include <stdint.h>

#include "proof/hash.h"

#define GUARD_SECTOR_SIZE 4096
#define GUARD_SIZE (2 * GUARD_SECTOR_SIZE)
#define GUARD_SAYS_MAX 199      /* octets */

struct guard;

/* How far the log had come. */
struct guard_mark {
        uint64_t number;                /* of writings, the guard's own count */
        struct digest genesis;          /* leaf of entry 0: which ledger it is about */
        uint32_t epoch;                 /* 1: that of the genesis */
        uint64_t size;                  /* entries */
        struct digest root;             /* over them */
        int64_t time;                   /* us, UTC: of the last of them */
        bool condemned;                 /* damage was found: nothing may be signed */
        char says[GUARD_SAYS_MAX + 1];  /* what was found; "" */
};

/* ---- judging: pure */

/* What a ledger has to show. @root: over its first mark->size entries; not looked at if fewer. */
struct guard_ledger {
        struct digest genesis;
        uint32_t epoch;
        uint64_t size;
        struct digest root;
};

enum guard_verdict {
        GUARD_FITS,             /* it is where the mark is, or ahead of it */
        GUARD_BEHIND,           /* it ends before the mark */
        GUARD_FORKED,           /* it has another root there, or is of an older epoch */
        GUARD_OTHER,            /* it has another genesis */
        GUARD_CONDEMNED,        /* damage was found in it */
        GUARD_LOST,             /* there is no mark to hold it against */
};

/*
 * guard_judge() - may the hub go on from this ledger?
 * @mark: NULL when there is none
 *
 * The first that holds of LOST, OTHER, CONDEMNED, BEHIND, FORKED; else FITS.
 */
enum guard_verdict guard_judge(const struct guard_mark *mark, const struct guard_ledger *ledger);

/* "behind": a word for each. */
const char *guard_word(enum guard_verdict verdict);

/* A mark as a sector, and back: false when it does not prove. For tests and tools. */
void guard_print(struct hasher *hasher, const struct guard_mark *mark,
                 uint8_t ret[GUARD_SECTOR_SIZE]);
bool guard_parse(struct hasher *hasher, const uint8_t sector[GUARD_SECTOR_SIZE],
                 struct guard_mark *ret);

/* ---- the file */

/*
 * guard_create() - make the file, whole or not at all; never over one that is there
 * @first: number is not looked at
 *
 * Its directory is made (0700) when that alone is missing. On the disk when it returns.
 * Returns: 0; -EEXIST; -errno.
 */
int guard_create(const char *path, const struct guard_mark *first);

/*
 * guard_replace() - a new file in the place of the old, which is kept beside it as @kept
 * @kept: a path that nobody has yet; NULL: nothing is kept
 *
 * Also where there is no old one. At no moment is there none. Not on an open guard: open it anew.
 * Returns: 0; -EEXIST when there is a file @kept; -errno.
 */
int guard_replace(const char *path, const char *kept, const struct guard_mark *first);

/*
 * guard_open() - lock the file, make sure that the disk holds what we are shown, and read it
 * @ret: the caller's, to be closed
 *
 * Also when no sector proves: guard_last() is NULL then.
 * Returns: 0; -ENOENT; -EWOULDBLOCK when another has it, this process included; -EIO when it could
 * not be synced: do not go on; -errno.
 */
int guard_open(const char *path, struct guard **ret);
void guard_close(struct guard *guard);  /* NULL is fine */

static inline void guard_cleanup(struct guard **guard)
{
        guard_close(*guard);
}

/* The newer good sector, as read or last written; NULL when none is good. */
const struct guard_mark *guard_last(const struct guard *guard);
/* Sectors that did not prove when it was opened: 0, 1 or 2. */
unsigned int guard_damaged(const struct guard *guard);

/*
 * guard_write() - the log has come this far
 * @mark: of the same ledger, not before the last; number, condemned and says are not looked at
 *
 * About 0.1 ms. On the disk when it returns 0; else nobody knows: as store_commit(), say nothing to
 * anybody and leave the process. Returns: 0; -EPERM when condemned; -errno.
 */
int guard_write(struct guard *guard, const struct guard_mark *mark);

/*
 * guard_condemn() - damage was found: whoever opens it reads so, until guard_lift()
 *
 * Into both sectors. A condemned one keeps its first sentence. Returns: 0; -EIO without a mark;
 * -errno.
 */
int guard_condemn(struct guard *guard, const char *says);

/* The ledger was restored, or proved whole: the mark stands, the sentence goes. As above. */
int guard_lift(struct guard *guard);

#endif
