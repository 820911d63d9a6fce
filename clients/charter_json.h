/* SPDX-License-Identifier: Apache-2.0 */
/* A charter as a file that people edit: schema "accord.charter.v1". */
#ifndef ACCORD_CLIENTS_CHARTER_JSON_H
#define ACCORD_CLIENTS_CHARTER_JSON_H

#include "clients/json.h"
#include "core/charter.h"

#define CHARTER_SCHEMA "accord.charter.v1"

/*
 * charter_from_json() - read and check a charter; what is left out is as disclosure_default says
 * @ret: some 100 KiB; passed charter_check() when the answer is 0
 *
 * Returns: 0; REFUSAL_MALFORMED or REFUSAL_BAD_VALUE with everything that is wrong in @to; -ENOMEM.
 */
int charter_from_json(struct bytes text, struct charter *ret, struct complaints *to);

/* The document that reads back to the same charter. 0 or -ENOMEM. */
int charter_to_json(const struct charter *charter, struct json_object **ret);

/* A charter to begin with: every part once, with names to be put in place of the parties'. */
void charter_example(struct charter *ret);

/* "community-organisation"; NULL: there is no such role. */
const char *charter_role(unsigned int role);

#endif
