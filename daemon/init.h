/* SPDX-License-Identifier: Apache-2.0 */
/* accordd --init: a hub's keys and its ledger, made once. */
#ifndef ACCORD_DAEMON_INIT_H
#define ACCORD_DAEMON_INIT_H

struct daemon;

/*
 * init_run() - make the key file if there is none, the ledger with its first entry, its guard
 *
 * What participants need is printed. Run by root, the ledger belongs to the user whose
 * directory it is put into, so that the service can open it.
 *
 * Returns: the exit status.
 */
int init_run(struct daemon *daemon, const char *name, const char *origin);

/* Root goes on as the owner of the directory that the ledger lies in. 0; -errno. */
int become_owner(const char *ledger);

#endif
