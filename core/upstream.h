/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An amount of another contract's statement, stated as a fact of this one: FACT_UPSTREAM_AMOUNT,
 * whose item is "RUN:LINE", the log index of the run and the name of a line in cents. Who states it
 * is party to that contract; the terms of it are nobody else's business and are not looked at.
 */
#ifndef ACCORD_CORE_UPSTREAM_H
#define ACCORD_CORE_UPSTREAM_H

#include "core/statement.h"

struct upstream {
        uint64_t run;
        char line[ITEM_MAX_LENGTH + 1];
};

/* "1234:payable"; false for what is none: no leading zeros, nothing empty. */
bool upstream_parse(const struct item *item, struct upstream *ret);

/*
 * The last line of that name, of the whole and not of a category, to the cent: halves away from
 * zero. False when there is none in cents, or it is more than money can be.
 */
bool upstream_cents(const struct statement *statement, const char *line, int64_t *ret);

#endif
