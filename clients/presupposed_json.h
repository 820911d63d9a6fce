/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the earner is taken to have, as files of terms have it:
 *
 *   "presupposes": [{"capability": "care-managers", "step": 1}, {"capability": "registry"}]
 *
 * "step" is the place, from 0, of the step that pays for it. Readers answer 0 or
 * REFUSAL_BAD_VALUE, having complained; writers 0 or -ENOMEM. Nothing is written where there is
 * nothing.
 */
#ifndef ACCORD_CLIENTS_PRESUPPOSED_JSON_H
#define ACCORD_CLIENTS_PRESUPPOSED_JSON_H

#include "clients/json.h"
#include "core/terms.h"

int presupposed_from_json(const struct json_place *root, struct terms *terms,
                          struct complaints *to);
int presupposed_to_json(struct json_object *to, const struct terms *terms);

#endif
