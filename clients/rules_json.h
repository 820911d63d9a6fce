/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of terms that say how the sides' figures are held against each other: who says what,
 * and how what they do not agree on comes to an end.
 *
 *   "rules": [{"kind": "expenditure", "of_record": "bearer", "other": "must",
 *              "tolerance": "100.00", "tolerance_share": "0.5%", "tolerance_rows": 10,
 *              "window_days": 30, "materiality": "1000.00"}],
 *   "reconciling": {"dispute_days": 60, "payment_days": 30, "decides": "arbiter",
 *                   "arbiter": "state-board", "historical_until": "2024-01-01",
 *                   "witness_days": 7}
 *
 * Readers answer 0 or REFUSAL_BAD_VALUE, having complained; writers 0 or -ENOMEM.
 */
#ifndef ACCORD_CLIENTS_RULES_JSON_H
#define ACCORD_CLIENTS_RULES_JSON_H

#include "clients/json.h"
#include "core/terms.h"

int rules_from_json(const struct json_place *root, struct terms *terms, struct complaints *to);
int rules_to_json(struct json_object *to, const struct terms *terms);

/* Nothing is written for terms that have no such part. */
int reconciling_from_json(const struct json_place *root, struct terms *terms,
                          struct complaints *to);
int reconciling_to_json(struct json_object *to, const struct terms *terms);

#endif
