/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One step of terms as JSON: {"step": "share@1", "up": "50%"}. Parameters are read by core's table
 * of them.
 */
#ifndef ACCORD_CLIENTS_STEP_JSON_H
#define ACCORD_CLIENTS_STEP_JSON_H

#include "clients/json.h"
#include "core/terms.h"

/* Bands go behind those the terms have already. 0, or a refusal, having complained. */
int step_from_json(const struct json_place *place, struct terms *terms, struct step *ret,
                   struct complaints *to);
/* NULL when there is no memory. */
struct json_object *step_to_json(const struct terms *terms, const struct step *step);

int step_json_rate(const struct json_place *place, bool required, struct rate *ret,
                   struct complaints *to);
struct json_object *json_of_rate(struct rate rate);

#endif
