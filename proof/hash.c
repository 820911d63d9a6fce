/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The calls below are "deprecated" in OpenSSL 3.0, in favour of EVP, which frees and allocates
 * its state at every start: an allocation for each hash, and one that may fail where an entry
 * has been promised already. These take none, cannot fail, use the same code for the processor's
 * SHA instructions, and take 0.7 of the time for an entry and 0.55 for a node.
 */
#define OPENSSL_SUPPRESS_DEPRECATED

#include <errno.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "proof/hash.h"
#include "proof/hex.h"

struct hasher {
        SHA256_CTX state;
};

static const uint8_t prefix_leaf = 0x00;
static const uint8_t prefix_node = 0x01;

static void start(struct hasher *hasher)
{
        SHA256_Init(&hasher->state);
}

static void add(struct hasher *hasher, const void *data, size_t size)
{
        SHA256_Update(&hasher->state, data, size);
}

static void finish(struct hasher *hasher, struct digest *ret)
{
        SHA256_Final(ret->octets, &hasher->state);
}

/* The example of FIPS 180-4: what a wrong hash signs cannot be taken back. */
static bool works(struct hasher *hasher)
{
        static const uint8_t expected[DIGEST_SIZE] = {
                0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
                0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
                0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad,
        };
        struct digest got;

        hash_spans(hasher, &(struct bytes) { "abc", 3 }, 1, &got);
        return memcmp(got.octets, expected, DIGEST_SIZE) == 0;
}

int hasher_new(struct hasher **ret)
{
        own(hasher) struct hasher *hasher = NULL;

        hasher = calloc(1, sizeof(*hasher));
        if (!hasher)
                return -ENOMEM;
        if (!works(hasher))
                return -ENOSYS;

        *ret = give(hasher);
        return 0;
}

void hasher_free(struct hasher *hasher)
{
        free(hasher);
}

void hash_spans(struct hasher *hasher, const struct bytes *spans, size_t count,
                struct digest *ret)
{
        start(hasher);
        for (size_t i = 0; i < count; i++)
                add(hasher, spans[i].data, spans[i].size);
        finish(hasher, ret);
}

void leaf_hash(struct hasher *hasher, const struct bytes *spans, size_t count, struct digest *ret)
{
        start(hasher);
        add(hasher, &prefix_leaf, 1);
        for (size_t i = 0; i < count; i++)
                add(hasher, spans[i].data, spans[i].size);
        finish(hasher, ret);
}

void node_hash(struct hasher *hasher, const struct digest *left, const struct digest *right,
               struct digest *ret)
{
        uint8_t node[1 + 2 * DIGEST_SIZE];

        /* One update of 65 bytes is faster than three. */
        node[0] = prefix_node;
        memcpy(node + 1, left->octets, DIGEST_SIZE);
        memcpy(node + 1 + DIGEST_SIZE, right->octets, DIGEST_SIZE);

        start(hasher);
        add(hasher, node, sizeof(node));
        finish(hasher, ret);
}

bool digest_equal(const struct digest *a, const struct digest *b)
{
        return memcmp(a->octets, b->octets, DIGEST_SIZE) == 0;
}

void digest_print(const struct digest *digest, char ret_text[DIGEST_TEXT_MAX + 1])
{
        hex_print(BYTES_OF(digest->octets), ret_text);
}

bool digest_parse(struct bytes text, struct digest *ret)
{
        return hex_parse(text, ret->octets, DIGEST_SIZE);
}
