/* SPDX-License-Identifier: Apache-2.0 */
/* Charters and ballots. */
#include "daemon/query.h"

int ask_charter(struct asked *asked)
{
        (void)asked;
        return 0;
}

int ask_ballots(struct asked *asked)
{
        (void)asked;
        return 0;
}
