/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lies, for tests of those who must notice: ACCORD_MALICE=NAME in the environment of the program
 * accordd-malicious, which is built for tests only where meson's option malice says so, and never
 * installed. In accordd none of this is compiled.
 *
 * What rewrites the past needs no lies in the daemon: tests/malice/forge.c alters the ledger, with
 * the hub's key, and an honest daemon serves it.
 */
#ifndef ACCORD_DAEMON_MALICE_H
#define ACCORD_DAEMON_MALICE_H

#include <stdbool.h>
#include <stddef.h>

struct hub;
struct hub_checkpoint;
struct statement;

#define MALICES(X)                                                                                \
        X(ALTER_STATEMENT, "alter-statement")   /* 1.00 more is payable than was computed */      \
        X(REPLAY_CHECKPOINT, "replay-checkpoint") /* answers tell of the first one for ever */    \
        X(RECEIPT_WITHOUT_COMMIT, "receipt-without-commit") /* the first batch is not kept */     \
        X(TWO_CHECKPOINTS, "two-checkpoints")   /* answers have another root than receipts */

enum malice {
#define X(name, word) MALICE_##name,
        MALICES(X)
#undef X
        MALICE_COUNT,
};

#ifdef ACCORD_MALICE

/* @word: which of them, or NULL; kept. */
void malice_begin(const char *word);
bool malice(enum malice which);
/* The checkpoint to tell of instead; NULL: the true one. */
const struct hub_checkpoint *malice_checkpoint(const struct hub *hub);
void malice_alter(struct statement *statement);
/* Once: true when the batch is to be forgotten. */
bool malice_forgets(const struct hub *hub);

#else

static inline void malice_begin(const char *word)
{
        (void)word;
}

static inline bool malice(enum malice which)
{
        (void)which;
        return false;
}

static inline const struct hub_checkpoint *malice_checkpoint(const struct hub *hub)
{
        (void)hub;
        return NULL;
}

static inline void malice_alter(struct statement *statement)
{
        (void)statement;
}

static inline bool malice_forgets(const struct hub *hub)
{
        (void)hub;
        return false;
}

#endif
#endif
