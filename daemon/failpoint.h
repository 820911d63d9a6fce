/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Places where a test can make the daemon die or dawdle: ACCORD_FAILPOINT=NAME[:NUMBER] in the
 * environment. A place to die at is passed NUMBER times (1) and then left by _exit(70); slow-
 * commit sleeps NUMBER ms each time; lose-edge skips NUMBER looks at the intake. Not compiled in
 * where meson's option failpoints says so.
 */
#ifndef ACCORD_DAEMON_FAILPOINT_H
#define ACCORD_DAEMON_FAILPOINT_H

#include <stdbool.h>

#define FAILPOINT_STATUS 70

#define FAILPOINTS(X)                                                             \
        X(BEFORE_READY,  "before-ready")        /* all is open, READY is not said */ \
        X(BEFORE_COMMIT, "before-commit")       /* a batch is decided */          \
        X(AFTER_COMMIT,  "after-commit")        /* and durable, and not answered */ \
        X(BEFORE_SEND,   "before-send")         /* before each single answer or signal */ \
        X(AFTER_SEND,    "after-send")          /* the batch is answered */       \
        X(BEFORE_POST,   "before-post")         /* a statement is computed, not handed over */ \
        X(GUARD_BEFORE,  "guard-before")        /* durable, the guard is not written */ \
        X(GUARD_AFTER,   "guard-after")         /* it is, and nothing is said */  \
        X(RECEIPT_SEND,  "receipt-send")        /* after each single answer to a node */ \
        X(COMMIT_FAILS,  "commit-fails")        /* as if hub_commit() had answered -EIO */ \
        X(GUARD_FAILS,   "guard-fails")         /* as if guard_write() had */     \
        X(SLOW_COMMIT,   "slow-commit")                                           \
        X(LOSE_EDGE,     "lose-edge")

enum failpoint {
#define X(name, word) FAILPOINT_##name,
        FAILPOINTS(X)
#undef X
        FAILPOINT_COUNT,
};

#ifdef ACCORD_FAILPOINTS

/* 0; -EINVAL when the environment names no failpoint. Its words in @ret_set, or NULL. */
int failpoint_setup(const char **ret_set);
void failpoint(enum failpoint place);           /* dies, sleeps or returns */
bool failpoint_hits(enum failpoint place); /* true while the place should misbehave by itself */

#else

static inline int failpoint_setup(const char **ret_set)
{
        *ret_set = 0;
        return 0;
}

static inline void failpoint(enum failpoint place)
{
        (void)place;
}

static inline bool failpoint_hits(enum failpoint place)
{
        (void)place;
        return false;
}

#endif
#endif
