/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A real accordd as a process of its own, on loopback, with everything in a directory of its own.
 * It may be killed and started again: keys, ledger and ports stay.
 */
#ifndef ACCORD_TESTS_WORLD_ACCORDD_H
#define ACCORD_TESTS_WORLD_ACCORDD_H

#include <stdbool.h>
#include <sys/types.h>

#include "core/participant.h"
#include "daemon/hub.h"
#include "proof/keys.h"

struct accordd {
        const char *program;
        char directory[160];            /* all is below it */
        char ledger[192], control[192];
        char intake[64], signals[64];   /* endpoints, the same over all its lives */
        struct keys keys;               /* the hub's own, secret halves too */
        pid_t pid;                      /* 0: does not run */
};

/*
 * Makes directory, configuration, keys and ledger; starts nothing. @settings: sections of the
 * configuration to add, or "".
 */
void accordd_make(struct accordd *accordd, const char *program, const char *settings);
/* Removes the directory with all that is in it. */
void accordd_remove(struct accordd *accordd);

/* @failpoint: ACCORD_FAILPOINT for it, or NULL. Waits for nothing. */
void accordd_spawn(struct accordd *accordd, const char *failpoint);
/* Until it serves: true; false when it does not run any more, or not yet after @ms. */
bool accordd_serves(struct accordd *accordd, int ms);
/* Both; ends the test when it does not serve. */
void accordd_start(struct accordd *accordd, const char *failpoint);
/* SIGKILL. */
void accordd_kill(struct accordd *accordd);
/* SIGTERM; it must end with 0. */
void accordd_stop(struct accordd *accordd);
/* The exit status of one that ends by itself, 256 + a signal's number; -1: runs on after @ms. */
int accordd_ended(struct accordd *accordd, int ms);

/* ---- over its control socket, as the operator; each must be done */

void accordd_admit_party(struct accordd *accordd, const struct name *party, enum role_kind role);
struct node;
void accordd_admit_node(struct accordd *accordd, const struct node *node, uint32_t rights);
void accordd_revoke_node(struct accordd *accordd, const struct node *node);
/* The number of the party's newest signal. */
uint64_t accordd_last_signal(struct accordd *accordd, const struct name *party);
/* A figure of its statistics, by its name in the JSON (the first of that name). */
uint64_t accordd_figure(struct accordd *accordd, const char *name);
/* Until that figure is at least @least; ends the test after @ms. */
void accordd_await_figure(struct accordd *accordd, const char *name, uint64_t least, int ms);

/* ---- while it does not run */

/* The ledger as it lies there. hub_close() is the caller's. */
struct hub *accordd_ledger(const struct accordd *accordd, bool read_only);
/* The log proves, folds to the same tables and recomputes to the same statements. */
void accordd_prove(const struct accordd *accordd, bool say);

#endif
