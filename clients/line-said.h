/* SPDX-License-Identifier: Apache-2.0 */
/* What a person says of one line of a settlement, or of one fact, on the command line. */
#ifndef ACCORD_CLIENTS_LINE_SAID_H
#define ACCORD_CLIENTS_LINE_SAID_H

#include "clients/verb.h"
#include "core/dispute.h"
#include "core/lines.h"
#include "core/statement.h"

/* "NAME[/ITEM]=VALUE", of --line: VALUE by the unit of the line: 123.45, 10274, 2.5%, 1/3, yes. */
enum exit_code take_line(const struct call *call, const char *text, struct figure_line *ret);

/* A figure by its unit; NULL, or what is wrong, as a static sentence. */
const char *line_value(enum unit unit, struct bytes text, struct exact *ret);
/* NULL: there is none of that name. */
const struct line_info *line_named(struct bytes name);

/* The last line of that code and item; EXIT_ABSENT having said that there is none. */
enum exit_code line_place(const struct statement *statement, const struct figure_line *line,
                          uint32_t *ret);

/* "KIND[/ITEM][@SEGMENT] PERIOD=VALUE", of --fact; a colon will do for the blank. */
enum exit_code take_decision(const struct call *call, const char *text, struct decision *ret);

#endif
