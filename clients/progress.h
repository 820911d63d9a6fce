/* SPDX-License-Identifier: Apache-2.0 */
/* A bar on standard error while something takes long; nothing when that is no terminal. */
#ifndef ACCORD_CLIENTS_PROGRESS_H
#define ACCORD_CLIENTS_PROGRESS_H

#include "clients/cli.h"

#include <stdint.h>

struct progress {
        const struct cli *cli;
        const char *what;       /* "entries" */
        int64_t shown_at;       /* us; 0: never yet */
        int64_t begun_at;
};

/* As often as wanted: it is drawn ten times a second. */
void progress_show(struct progress *progress, uint64_t done, uint64_t of);
/* Takes the bar away. */
void progress_end(struct progress *progress);

#endif
