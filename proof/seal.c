/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <sodium.h>

#include "proof/seal.h"

_Static_assert(SEAL_KEY_SIZE == crypto_box_PUBLICKEYBYTES, "a public key is libsodium's");
_Static_assert(SEAL_KEY_SIZE == crypto_box_SECRETKEYBYTES, "so is a secret key");
_Static_assert(SEAL_KEY_SIZE == crypto_box_BEFORENMBYTES, "so is the key they share");
_Static_assert(SEAL_NONCE_SIZE == crypto_box_NONCEBYTES, "so is the nonce");
_Static_assert(SEAL_OVERHEAD == crypto_box_NONCEBYTES + crypto_box_MACBYTES, "and the rest");

void seal_keypair(uint8_t ret_public[SEAL_KEY_SIZE], uint8_t ret_secret[SEAL_KEY_SIZE])
{
        crypto_box_keypair(ret_public, ret_secret);
}

int seal_key_prepare(const uint8_t their_public[SEAL_KEY_SIZE],
                     const uint8_t our_secret[SEAL_KEY_SIZE], struct seal_key *ret)
{
        int r = crypto_box_beforenm(ret->octets, their_public, our_secret);

        if (r) {
                seal_key_wipe(ret);
                return -EKEYREJECTED;
        }
        return 0;
}

void seal_key_wipe(struct seal_key *key)
{
        sodium_memzero(key, sizeof(*key));
}

void seal(const struct seal_key *key, struct bytes plain, uint8_t *ret)
{
        randombytes_buf(ret, SEAL_NONCE_SIZE);
        crypto_box_easy_afternm(ret + SEAL_NONCE_SIZE, plain.data, plain.size, ret, key->octets);
}

int unseal(const struct seal_key *key, struct bytes sealed, uint8_t *ret_plain, size_t *ret_size)
{
        const uint8_t *nonce = sealed.data;

        if (sealed.size < SEAL_OVERHEAD)
                return -EBADMSG;
        if (crypto_box_open_easy_afternm(ret_plain, nonce + SEAL_NONCE_SIZE,
                                         sealed.size - SEAL_NONCE_SIZE, nonce, key->octets))
                return -EBADMSG;

        *ret_size = sealed.size - SEAL_OVERHEAD;
        return 0;
}
