/* SPDX-License-Identifier: Apache-2.0 */
/* Conflicts, publications, benefits, capabilities. */
#include "daemon/query.h"

int ask_conflicts(struct asked *asked)
{
        (void)asked;
        return 0;
}

int ask_publications(struct asked *asked)
{
        (void)asked;
        return 0;
}

int ask_benefits(struct asked *asked)
{
        (void)asked;
        return 0;
}

int ask_capabilities(struct asked *asked)
{
        (void)asked;
        return 0;
}
