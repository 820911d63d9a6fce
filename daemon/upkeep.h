/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the operator asks that is done beside the batches and takes its time: a pass of the scrub, a
 * copy of the ledger.
 */
#ifndef ACCORD_DAEMON_UPKEEP_H
#define ACCORD_DAEMON_UPKEEP_H

#include <stdbool.h>

struct backup_result;
struct daemon;
struct operator_act;

/*
 * upkeep_ask() - begin it
 *
 * True: it is answered when it is done. False: @act has the answer, as for all other requests.
 */
bool upkeep_ask(struct daemon *daemon, struct operator_act *act);

/* A copy was made, or not; whoever asked is answered. */
void upkeep_backed_up(void *daemon, const struct backup_result *result);

#endif
