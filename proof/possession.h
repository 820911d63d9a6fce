/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who names a key has it: signatures by a key over a statement of what it is to be. One statement,
 * built here, for who makes it and who checks it.
 */
#ifndef ACCORD_PROOF_POSSESSION_H
#define ACCORD_PROOF_POSSESSION_H

#include "core/submission.h"
#include "core/trust.h"
#include "proof/keys.h"

#define DOMAIN_ROTATION "accord/rotation/v1"    /* hub id, PARTY/NODE NUL, the three keys */
#define DOMAIN_HUB_KEY "accord/hub-key/v1"      /* hub id, the key */

/* @ret: the keys' public halves, and the signature by the signing one. */
void possession_of_node(const struct hub_id *hub, const struct node_path *node,
                        const struct keys *keys, struct key_rotation *ret);
bool possesses_node(const struct hub_id *hub, const struct node_path *node,
                    const struct key_rotation *rotation);

/* The same of the hub's key; of @ret only key and signature are written. */
void possession_of_hub(const struct hub_id *hub, const struct keys *keys, struct hub_key *ret);
bool possesses_hub(const struct hub_id *hub, const struct hub_key *named);

#endif
