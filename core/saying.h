/* SPDX-License-Identifier: Apache-2.0 */
/* Between core/say.c and core/take.c: how a line comes to stand in a statement. */
#ifndef ACCORD_CORE_SAYING_H
#define ACCORD_CORE_SAYING_H

#include "core/working.h"

/* The item's place in the statement, from 1, added where it is new; 0 for none. */
uint16_t item_place(struct statement *to, const struct item *item);

/* The line added; what it feeds is handed on. */
struct line *line_add(struct working *w, enum line_code code, const struct item *item,
                      struct exact figure);

/* Not calculable for want of this fact, its period given. */
void say_missing(struct working *w, struct wanted wanted);

#endif
