/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of a statement as JSON: of accord.statement.v1, and of accord.trace.v1, which says more
 * of each line. clients/statement_json.h reads both.
 */
#ifndef ACCORD_CLIENTS_STATEMENT_JSON_WRITE_H
#define ACCORD_CLIENTS_STATEMENT_JSON_WRITE_H

#include <json-c/json.h>

#include "clients/statement-page.h"

/*
 * All but lines and schema; with the terms as a document where @terms is given. The caller adds
 * members and puts it. @origins: NULL: the log.
 */
struct json_object *statement_object(const struct accord_statement *statement,
                                     const struct terms *terms, const struct origins *origins);

/* Line @place of it, from 0: figure, unit, clause, what it came from. */
struct json_object *statement_line_object(const struct statement *statement, size_t place);

/* "money", "count", "rate", "flag", "day"; NULL for a unit not known. */
const char *unit_word(enum unit unit);

/* Unit, value and exact fraction of a figure into @to. */
void put_figure(struct json_object *to, struct exact figure, enum unit unit);
/* A text, or null. */
void put_text(struct json_object *to, const char *key, const char *text);

#endif
