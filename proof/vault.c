/* SPDX-License-Identifier: Apache-2.0 */
#include "proof/vault.h"

#include <errno.h>
#include <sodium.h>

#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES

_Static_assert(VAULT_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
               "a key is libsodium's");
_Static_assert(VAULT_OVERHEAD == NONCE_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES,
               "so are nonce and tag");

void vault_key_new(struct vault_key *ret)
{
        crypto_aead_xchacha20poly1305_ietf_keygen(ret->octets);
}

void vault_key_wipe(struct vault_key *key)
{
        sodium_memzero(key, sizeof(*key));
}

void vault_close(const struct vault_key *key, struct bytes about, struct bytes plain, uint8_t *ret)
{
        randombytes_buf(ret, NONCE_SIZE);
        crypto_aead_xchacha20poly1305_ietf_encrypt(ret + NONCE_SIZE, NULL, plain.data, plain.size,
                                                   about.data, about.size, NULL, ret, key->octets);
}

int vault_open(const struct vault_key *key, struct bytes about, struct bytes closed, uint8_t *ret)
{
        const uint8_t *at = closed.data;

        if (closed.size < VAULT_OVERHEAD)
                return -EBADMSG;
        if (crypto_aead_xchacha20poly1305_ietf_decrypt(ret, NULL, NULL, at + NONCE_SIZE,
                                                       closed.size - NONCE_SIZE, about.data,
                                                       about.size, at, key->octets))
                return -EBADMSG;
        return 0;
}
