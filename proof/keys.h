/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The three pairs of keys of a node or of the hub, and their text forms.
 *
 *   transport   Curve25519, for CURVE on the bus (the raw 32 bytes that libzmq takes)
 *   signing     Ed25519, for submissions, hub records and checkpoints
 *   sealing     X25519, for private signals
 *
 * The public form goes to the operator, by mail or on paper:
 *
 *   accord-public v1
 *   public transport 64 hex digits
 *   public signing 64 hex digits
 *   public sealing 64 hex digits
 *
 * The key file is the same, headed "accord-key v1" and "kind node" or "kind hub", followed by
 * three lines "secret ..." in the same order; the secret of the signing pair is its seed.
 */
#ifndef ACCORD_PROOF_KEYS_H
#define ACCORD_PROOF_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"
#include "proof/seal.h"
#include "proof/sign.h"

enum key_kind {
        KEY_KIND_NODE = 1,
        KEY_KIND_HUB,
};

struct public_keys {
        uint8_t transport[32];
        uint8_t signing[SIGNING_PUBLIC_SIZE];
        uint8_t sealing[SEAL_KEY_SIZE];
};

struct secret_keys {
        uint8_t transport[32];
        uint8_t signing[SIGNING_SECRET_SIZE];
        uint8_t sealing[SEAL_KEY_SIZE];
};

/* A value: own(keys) struct keys keys = { 0 }; and its secrets are wiped on every way out. */
struct keys {
        enum key_kind kind;
        struct public_keys public;
        struct secret_keys secret;
};

void keys_generate(enum key_kind kind, struct keys *ret);
void keys_wipe(struct keys *keys);

static inline void keys_cleanup(struct keys *keys)
{
        keys_wipe(keys);
}

#define KEYS_TEXT_MAX 640

/* Returns: the length of the NUL-terminated text. That of keys_print() is secret: wipe it. */
size_t public_keys_print(const struct public_keys *keys, char ret_text[KEYS_TEXT_MAX]);
size_t keys_print(const struct keys *keys, char ret_text[KEYS_TEXT_MAX]);

/*
 * public_keys_parse(), keys_parse() - read the text forms
 *
 * Lines may end in CR LF and the last needs no end, as mail and editors do; otherwise the form is
 * exact. keys_parse() also checks that each secret belongs to its public key. On failure *ret is
 * wiped.
 *
 * Returns: 0; -EBADMSG when it is not that form, or a key in it cannot be one.
 */
int public_keys_parse(struct bytes text, struct public_keys *ret);
int keys_parse(struct bytes text, struct keys *ret);

/* A secret text that was read or printed; works for any memory. */
void secret_wipe(void *secret, size_t size);

#define FINGERPRINT_TEXT_MAX 24

/*
 * fingerprint_print() - five groups of four hex digits, to compare over the telephone
 *
 * The first 80 bits of SHA-256 over the three public keys under a domain of their own.
 */
void fingerprint_print(const struct public_keys *keys, char ret_text[FINGERPRINT_TEXT_MAX + 1]);

#endif
