/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The hub and its guard (store/guard.h): judged once, before anything is signed or taken; moved up
 * after each commit that adds entries, before anything of it is said.
 */
#ifndef ACCORD_DAEMON_GUARDED_H
#define ACCORD_DAEMON_GUARDED_H

#include "store/guard.h"

struct daemon;

/*
 * guarded_judge() - open the guard and hold the ledger, which is open, against it
 * @ret: the verdict; GUARD_LOST, with daemon->guard NULL, where there is no file
 *
 * Returns: 0; -EWOULDBLOCK when another daemon has it; -EIO when it could not be synced; -EXDEV
 * when it lies within the ledger's directory; -EILSEQ when the tree that is kept is damaged;
 * -errno.
 */
int guarded_judge(struct daemon *daemon, enum guard_verdict *ret);

/* What was found, in one sentence with sizes and since when. */
void guarded_say(const struct daemon *daemon, enum guard_verdict verdict, char *ret_text,
                 size_t size);

/* A step of the start. 0; an exit status when it was said why not; -errno as guarded_judge(). */
int guarded_start(struct daemon *daemon);

/* After a commit: 0 when the guard is where the log is; -errno: say nothing and leave. */
int guarded_commit(struct daemon *daemon);

#endif
