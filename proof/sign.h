/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ed25519 over DOMAIN NUL body. The domain says what kind of statement the bytes are, so that a
 * signature made for one kind is worth nothing for another. One library and one rule for all of
 * accord: libsodium, which refuses a non-canonical S and keys of small order.
 *
 * The algorithm reads the whole message twice, so it must lie in one piece: prefix and spans are
 * put together in scratch memory that the caller brings and uses again.
 */
#ifndef ACCORD_PROOF_SIGN_H
#define ACCORD_PROOF_SIGN_H

#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"

#define SIGNATURE_SIZE 64
#define SIGNING_PUBLIC_SIZE 32
#define SIGNING_SECRET_SIZE 64          /* seed and public key, as libsodium keeps it */
#define SIGNING_SEED_SIZE 32

#define DOMAIN_SUBMISSION "accord/submission/v1"        /* the body of a submission, by its node */
#define DOMAIN_HUB "accord/hub/v1"                      /* a hub record, by the hub */

struct signature {
        uint8_t octets[SIGNATURE_SIZE];
};

/* Memory to work in; its content means nothing between calls. */
struct scratch {
        void *data;
        size_t size;
};

/* The scratch that a body of @body_size under @domain takes; saturates at SIZE_MAX. */
size_t sign_room(const char *domain, size_t body_size);

/* A new pair from the kernel's randomness. */
void sign_keypair(uint8_t ret_public[SIGNING_PUBLIC_SIZE], uint8_t ret_secret[SIGNING_SECRET_SIZE]);

/* The pair that a seed stands for: tests, and reading key files. */
void sign_keypair_from_seed(const uint8_t seed[SIGNING_SEED_SIZE],
                            uint8_t ret_public[SIGNING_PUBLIC_SIZE],
                            uint8_t ret_secret[SIGNING_SECRET_SIZE]);

/*
 * sign_spans() - sign the spans, one after the other as if they were one, under @domain
 *
 * Does not allocate. Returns: 0; -ENOBUFS when the scratch is smaller than sign_room().
 */
int sign_spans(const char *domain, const struct bytes *spans, size_t count,
               const uint8_t secret[SIGNING_SECRET_SIZE], struct scratch scratch,
               struct signature *ret);

/*
 * sign_verify() - is this the signature of the spans under @domain by the holder of @public_key?
 *
 * Does not allocate. Returns: 0 when it is; -EKEYREJECTED when it is not; -ENOBUFS as above.
 */
int sign_verify(const char *domain, const struct bytes *spans, size_t count,
                const uint8_t public_key[SIGNING_PUBLIC_SIZE], const struct signature *signature,
                struct scratch scratch);

/* The same over bare bytes without a domain: for formats of others, such as checkpoints. */
void sign_bare(struct bytes message, const uint8_t secret[SIGNING_SECRET_SIZE],
               struct signature *ret);
int sign_verify_bare(struct bytes message, const uint8_t public_key[SIGNING_PUBLIC_SIZE],
                     const struct signature *signature);

#endif
