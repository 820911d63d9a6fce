/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Terms as a file that people edit: schema "accord.terms.v1". docs/RULES.md lists steps and
 * parameters.
 */
#ifndef ACCORD_CLIENTS_TERMS_JSON_H
#define ACCORD_CLIENTS_TERMS_JSON_H

#include "clients/json.h"
#include "core/terms.h"

#define TERMS_SCHEMA "accord.terms.v1"

/*
 * terms_from_json() - read and check terms
 * @ret:  passed terms_check() when the answer is 0
 *
 * Returns: 0; REFUSAL_MALFORMED or REFUSAL_BAD_VALUE or REFUSAL_BAD_TERMS with everything that is
 * wrong in @to; -ENOMEM.
 */
int terms_from_json(struct bytes text, struct terms *ret, struct complaints *to);
/* The same from a document already read. */
int terms_from_document(struct json_object *document, struct terms *ret, struct complaints *to);

/* The document that reads back to the same terms. 0 or -ENOMEM. */
int terms_to_json(const struct terms *terms, struct json_object **ret);

#endif
