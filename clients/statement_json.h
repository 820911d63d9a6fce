/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A statement as a file, back again: what `accord settle show`, `explain` and `preview` write with
 * -o json, schemas accord.statement.v1 and accord.trace.v1. What such a file says besides (units,
 * clauses, formulas, pictures) is not read: it follows from the rest.
 */
#ifndef ACCORD_CLIENTS_STATEMENT_JSON_H
#define ACCORD_CLIENTS_STATEMENT_JSON_H

#include "clients/json.h"
#include "core/statement.h"

#define STATEMENT_SCHEMA "accord.statement.v1"
#define TRACE_SCHEMA "accord.trace.v1"

/*
 * statement_from_json() - read a statement
 * @ret:       every field set, and none of them beyond its domain
 * @ret_terms: the terms that the file has with it, a document of accord.terms.v1 within
 *             *ret_document; NULL when it has none
 *
 * Returns: 0; REFUSAL_MALFORMED or REFUSAL_BAD_VALUE with everything that is wrong in @to; -ENOMEM.
 */
int statement_from_json(struct bytes text, struct statement *ret,
                        struct json_object **ret_document, struct json_object **ret_terms,
                        struct complaints *to);

#endif
