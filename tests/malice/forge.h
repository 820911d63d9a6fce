/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A forger: alters the past in a ledger that no daemon has open, with the hub's own key, so well
 * that the ledger proves and an honest daemon serves it. Leaves, tree, tip and checkpoint are made
 * anew; the tables stay as they are. What the hub has said to others before is all that is left to
 * convict it by.
 */
#ifndef ACCORD_TESTS_MALICE_FORGE_H
#define ACCORD_TESTS_MALICE_FORGE_H

#include "tests/world/accordd.h"

enum forgery {
        FORGE_DROP,             /* the last submission of a node is gone, all behind it moves up */
        FORGE_REORDER,          /* the two last submissions have changed places */
        FORGE_AMOUNT,           /* the last figure in cents is one cent more */
        FORGE_STATEMENT,        /* the last statement says 1.00 more, signed by the hub */
};

void forge(const struct accordd *accordd, enum forgery what);
/* The guard is made to fit the ledger, whatever that is. */
void forge_guard(const struct accordd *accordd);

#endif
