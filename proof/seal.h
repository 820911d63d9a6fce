/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sealing a message to one node: crypto_box (X25519, XSalsa20-Poly1305) from the hub's sealing
 * key to the node's. The key that both share is computed once for a peer and kept by the caller.
 *
 * A sealed message is nonce (24) || box (plain + 16); each gets a fresh random nonce. It says
 * that one of the two made it, to nobody else.
 */
#ifndef ACCORD_PROOF_SEAL_H
#define ACCORD_PROOF_SEAL_H

#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"

#define SEAL_KEY_SIZE 32
#define SEAL_NONCE_SIZE 24
#define SEAL_OVERHEAD (SEAL_NONCE_SIZE + 16)

/* Secret: wipe it with seal_key_wipe() when the peer goes. */
struct seal_key {
        uint8_t octets[SEAL_KEY_SIZE];
};

/* A new pair of X25519 keys; a CURVE transport pair of ZeroMQ is one too. */
void seal_keypair(uint8_t ret_public[SEAL_KEY_SIZE], uint8_t ret_secret[SEAL_KEY_SIZE]);

/*
 * seal_key_prepare() - the key shared between our secret and their public key; about 50 us
 *
 * Returns: 0; -EKEYREJECTED when their key is of small order, which no honest key is.
 */
int seal_key_prepare(const uint8_t their_public[SEAL_KEY_SIZE],
                     const uint8_t our_secret[SEAL_KEY_SIZE], struct seal_key *ret);
void seal_key_wipe(struct seal_key *key);

/* @ret has room for plain.size + SEAL_OVERHEAD and does not overlap @plain. About 1 us. */
void seal(const struct seal_key *key, struct bytes plain, uint8_t *ret);

/*
 * unseal() - @ret_plain has room for sealed.size - SEAL_OVERHEAD and does not overlap @sealed
 *
 * Returns: 0; -EBADMSG when it was sealed under another key, was changed, or is too short.
 */
int unseal(const struct seal_key *key, struct bytes sealed, uint8_t *ret_plain, size_t *ret_size);

#endif
