/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "proof/sign.h"

_Static_assert(SIGNATURE_SIZE == crypto_sign_BYTES, "a signature is libsodium's");
_Static_assert(SIGNING_PUBLIC_SIZE == crypto_sign_PUBLICKEYBYTES, "so is a public key");
_Static_assert(SIGNING_SECRET_SIZE == crypto_sign_SECRETKEYBYTES, "so is a secret key");
_Static_assert(SIGNING_SEED_SIZE == crypto_sign_SEEDBYTES, "and the seed it comes from");

size_t sign_room(const char *domain, size_t body_size)
{
        size_t prefix = strlen(domain) + 1;

        return body_size > SIZE_MAX - prefix ? SIZE_MAX : prefix + body_size;
}

void sign_keypair(uint8_t ret_public[SIGNING_PUBLIC_SIZE], uint8_t ret_secret[SIGNING_SECRET_SIZE])
{
        crypto_sign_keypair(ret_public, ret_secret);
}

void sign_keypair_from_seed(const uint8_t seed[SIGNING_SEED_SIZE],
                            uint8_t ret_public[SIGNING_PUBLIC_SIZE],
                            uint8_t ret_secret[SIGNING_SECRET_SIZE])
{
        crypto_sign_seed_keypair(ret_public, ret_secret, seed);
}

/* DOMAIN NUL spans, in one piece. */
static int assemble(const char *domain, const struct bytes *spans, size_t count,
                    struct scratch scratch, struct bytes *ret)
{
        uint8_t *out = scratch.data;
        size_t used = strlen(domain) + 1;

        if (used > scratch.size)
                return -ENOBUFS;
        memcpy(out, domain, used);

        for (size_t i = 0; i < count; i++) {
                if (spans[i].size > scratch.size - used)
                        return -ENOBUFS;
                if (spans[i].size)
                        memcpy(out + used, spans[i].data, spans[i].size);
                used += spans[i].size;
        }

        *ret = (struct bytes) { out, used };
        return 0;
}

int sign_spans(const char *domain, const struct bytes *spans, size_t count,
               const uint8_t secret[SIGNING_SECRET_SIZE], struct scratch scratch,
               struct signature *ret)
{
        struct bytes message;
        int r;

        r = assemble(domain, spans, count, scratch, &message);
        if (r)
                return r;

        sign_bare(message, secret, ret);
        return 0;
}

int sign_verify(const char *domain, const struct bytes *spans, size_t count,
                const uint8_t public_key[SIGNING_PUBLIC_SIZE], const struct signature *signature,
                struct scratch scratch)
{
        struct bytes message;
        int r;

        r = assemble(domain, spans, count, scratch, &message);
        if (r)
                return r;

        return sign_verify_bare(message, public_key, signature);
}

void sign_bare(struct bytes message, const uint8_t secret[SIGNING_SECRET_SIZE],
               struct signature *ret)
{
        crypto_sign_detached(ret->octets, NULL, message.data, message.size, secret);
}

int sign_verify_bare(struct bytes message, const uint8_t public_key[SIGNING_PUBLIC_SIZE],
                     const struct signature *signature)
{
        int r = crypto_sign_verify_detached(signature->octets, message.data, message.size,
                                            public_key);

        return r ? -EKEYREJECTED : 0;
}
