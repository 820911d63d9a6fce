/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_CLIENTS_LIB_HUBID_H
#define ACCORD_CLIENTS_LIB_HUBID_H

#include "core/ident.h"
#include "proof/hash.h"

/*
 * The identifier of the hub that signs with this key: the first 16 bytes of SHA-256 over
 * "accord/hub/v1" NUL key. So a profile that holds the key holds the hub's name too.
 */
struct hub_id hub_id_derive(struct hasher *hasher, const uint8_t signing_key[32]);

#endif
