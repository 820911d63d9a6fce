/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_CLIENTS_LEDGER_OPEN_H
#define ACCORD_CLIENTS_LEDGER_OPEN_H

#include "clients/verb.h"
#include "daemon/hub.h"

/* Opens the ledger to be read, which works only while no daemon has it; else says why not. */
enum exit_code ledger_open(const struct cli *cli, struct hub **ret);

#endif
