/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes that can be erased: kept only under a key, and gone when the key is. XChaCha20-Poly1305,
 * a fresh nonce each, which stands before the box.
 */
#ifndef ACCORD_PROOF_VAULT_H
#define ACCORD_PROOF_VAULT_H

#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"

#define VAULT_KEY_SIZE 32
#define VAULT_OVERHEAD 40       /* nonce and tag */

/* A value: own(vault_key) struct vault_key key = { { 0 } }; wiped on every way out. */
struct vault_key {
        uint8_t octets[VAULT_KEY_SIZE];
};

void vault_key_new(struct vault_key *ret);
void vault_key_wipe(struct vault_key *key);

static inline void vault_key_cleanup(struct vault_key *key)
{
        vault_key_wipe(key);
}

/*
 * vault_close() - @plain.size + VAULT_OVERHEAD octets into @ret
 * @about: what they are, not kept; vault_open() must be given the same
 */
void vault_close(const struct vault_key *key, struct bytes about, struct bytes plain, uint8_t *ret);

/*
 * vault_open() - @closed.size - VAULT_OVERHEAD octets into @ret
 * Returns: 0; -EBADMSG when it was not closed with this key about this, or was altered.
 */
int vault_open(const struct vault_key *key, struct bytes about, struct bytes closed, uint8_t *ret);

#endif
