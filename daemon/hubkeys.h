/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The hub's key files: FILE, which it signs with; FILE.next, while it is being replaced;
 * FILE.until-MOMENT, what it was until then. Which of them it is, the ledger says: a rotation is an
 * entry, and the files follow it. Whatever cuts that short, the file that fits is found at the next
 * start and put in its place.
 */
#ifndef ACCORD_DAEMON_HUBKEYS_H
#define ACCORD_DAEMON_HUBKEYS_H

struct daemon;
struct hub_options;

/*
 * FILE, and [keys] previous where it is set: a step of the start.
 * 0; -EKEYREJECTED when it is a node's; -EKEYREVOKED when the previous one cannot be read, or is a
 * node's; as keyfile_load() has it.
 */
int hubkeys_load(struct daemon *daemon);

/*
 * hub_open() by the file that fits. @options->keys must be &daemon->keys.
 * As hub_open(); -EKEYREJECTED when none of them fits.
 */
int hubkeys_open(struct daemon *daemon, const struct hub_options *options);

/*
 * accordd --rotate-key, while the hub is down: makes FILE.next, says it in the ledger, puts it in
 * the place of FILE. What was cut short is finished when it is run again.
 *
 * Returns: the exit status; what is wrong is logged, what was done is printed.
 */
int hubkeys_rotate(struct daemon *daemon, const char *because);

#endif
