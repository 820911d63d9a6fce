/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Figures that nothing is left out of: as a person reads them, and where that had to be rounded
 * with the exact fraction behind: "≈ 10.9091 % (exact 6/55)". What an explanation prints can be
 * read back to the very figure.
 */
#ifndef ACCORD_CLIENTS_SAID_H
#define ACCORD_CLIENTS_SAID_H

#include "core/exact.h"
#include "core/fact.h"
#include "core/lines.h"
#include "core/statement.h"

#define SAID_MAX 256

/* How a figure looks: rates are shares, in percent, or numbers such as 1.0432 or 9,876.5. */
enum look_as { LOOK_MONEY = 1, LOOK_COUNT, LOOK_PERCENT, LOOK_NUMBER, LOOK_FLAG, LOOK_DAY };

enum look_as look_of_fact(enum fact_kind kind);
enum look_as look_of_line(const struct statement *statement, size_t place);
enum look_as look_of_unit(enum unit unit);
enum look_as look_of_carry(enum carry what);

/* Each writes into @ret and returns it. in_short() leaves the fraction out. */
char *in_full(struct exact figure, enum look_as as, char ret[SAID_MAX]);
char *in_short(struct exact figure, enum look_as as, char ret[SAID_MAX]);

#endif
