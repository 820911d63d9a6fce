/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_CLIENTS_LEDGER_OPEN_H
#define ACCORD_CLIENTS_LEDGER_OPEN_H

#include "clients/verb.h"
#include "daemon/hub.h"

/* Opens the ledger to be read, which works only while no daemon has it; else says why not. */
enum exit_code ledger_open(const struct cli *cli, struct hub **ret);

/* Says why a ledger could not be opened, by what the attempt answered. */
enum exit_code ledger_refused(const char *directory, int r);

/*
 * Size and root of a checkpoint as it says them, whoever signed it: for showing what was made or
 * proved elsewhere. False when it is none.
 */
bool checkpoint_look(struct bytes note, struct checkpoint *ret);

/* From now on a file that leads LMDB astray ends the process, as what does not hold. */
void ledger_expect_damage(void);
/* It then takes this directory of ours away, too: backup_discard(). "": none. */
void ledger_leaves_behind(const char *directory);

#endif
