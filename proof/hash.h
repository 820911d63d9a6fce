/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SHA-256, by libcrypto: four to six times as fast as libsodium's where the processor helps.
 */
#ifndef ACCORD_PROOF_HASH_H
#define ACCORD_PROOF_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"

#define DIGEST_SIZE 32

struct digest {
        uint8_t octets[DIGEST_SIZE];
};

/* One per thread; never shared between two at once. */
struct hasher;

/*
 * hasher_new() - the only call here that can fail
 * @ret: the hasher; the caller's, to be freed
 *
 * Returns: 0; -ENOMEM; -ENOSYS when libcrypto's SHA-256 gives a wrong answer.
 */
int hasher_new(struct hasher **ret);

/* NULL is fine. */
void hasher_free(struct hasher *hasher);

static inline void hasher_cleanup(struct hasher **hasher)
{
        hasher_free(*hasher);
}

/*
 * hash_spans() - SHA-256 over the spans, one after the other as if they were one
 *
 * Cannot fail and does not allocate: what it needs, hasher_new() has made.
 */
void hash_spans(struct hasher *hasher, const struct bytes *spans, size_t count,
                struct digest *ret);

/* RFC 6962 section 2.1: SHA-256(0x00 || spans). An entry's spans are its header and its bytes. */
void leaf_hash(struct hasher *hasher, const struct bytes *spans, size_t count, struct digest *ret);

/* RFC 6962 section 2.1: SHA-256(0x01 || left || right). @ret may be @left or @right. */
void node_hash(struct hasher *hasher, const struct digest *left, const struct digest *right,
               struct digest *ret);

bool digest_equal(const struct digest *a, const struct digest *b);

#define DIGEST_TEXT_MAX 64

/* Lower-case hex, NUL-terminated. */
void digest_print(const struct digest *digest, char ret_text[DIGEST_TEXT_MAX + 1]);

/* False, leaving *ret zeroed, when the text is not 64 hex digits. */
bool digest_parse(struct bytes text, struct digest *ret);

#endif
