/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "core/check.h"
#include "proof/hex.h"
#include "proof/keys.h"

#define HEAD_PUBLIC "accord-public v1"
#define HEAD_KEYS "accord-key v1"

static const char *const kind_names[] = {
        [KEY_KIND_NODE] = "kind node",
        [KEY_KIND_HUB] = "kind hub",
};

void keys_generate(enum key_kind kind, struct keys *ret)
{
        ret->kind = kind;
        seal_keypair(ret->public.transport, ret->secret.transport);
        sign_keypair(ret->public.signing, ret->secret.signing);
        seal_keypair(ret->public.sealing, ret->secret.sealing);
}

void secret_wipe(void *secret, size_t size)
{
        sodium_memzero(secret, size);
}

void keys_wipe(struct keys *keys)
{
        secret_wipe(keys, sizeof(*keys));
}

/* ---- printing */

static size_t put_text(char *text, size_t used, const char *add)
{
        size_t size = strlen(add);

        assert(used + size < KEYS_TEXT_MAX);
        memcpy(text + used, add, size + 1);
        return used + size;
}

static size_t put_key(char *text, size_t used, const char *label, const uint8_t key[32])
{
        char digits[2 * 32 + 1];

        hex_print((struct bytes) { key, 32 }, digits);
        used = put_text(text, used, label);
        used = put_text(text, used, digits);
        secret_wipe(digits, sizeof(digits));
        return put_text(text, used, "\n");
}

static size_t put_public(const struct public_keys *keys, char *text, size_t used)
{
        used = put_key(text, used, "public transport ", keys->transport);
        used = put_key(text, used, "public signing ", keys->signing);
        return put_key(text, used, "public sealing ", keys->sealing);
}

size_t public_keys_print(const struct public_keys *keys, char ret_text[KEYS_TEXT_MAX])
{
        size_t used = put_text(ret_text, 0, HEAD_PUBLIC "\n");

        return put_public(keys, ret_text, used);
}

size_t keys_print(const struct keys *keys, char ret_text[KEYS_TEXT_MAX])
{
        size_t used = put_text(ret_text, 0, HEAD_KEYS "\n");

        assert(keys->kind == KEY_KIND_NODE || keys->kind == KEY_KIND_HUB);

        used = put_text(ret_text, used, kind_names[keys->kind]);
        used = put_text(ret_text, used, "\n");
        used = put_public(&keys->public, ret_text, used);
        used = put_key(ret_text, used, "secret transport ", keys->secret.transport);
        /* The first half of libsodium's secret key is the seed that all of it comes from. */
        used = put_key(ret_text, used, "secret signing ", keys->secret.signing);
        return put_key(ret_text, used, "secret sealing ", keys->secret.sealing);
}

/* ---- parsing */

/* The next line without its end; false at the end of the text. */
static bool take_line(struct bytes *text, struct bytes *ret)
{
        const char *data = text->data;
        const char *end;
        size_t size;

        if (text->size == 0)
                return false;
        end = memchr(data, '\n', text->size);
        size = end ? (size_t)(end - data) : text->size;
        *ret = (struct bytes) { data, size };
        if (size > 0 && data[size - 1] == '\r')
                ret->size--;

        size += end ? 1 : 0;
        *text = (struct bytes) { data + size, text->size - size };
        return true;
}

static bool take_exact(struct bytes *text, const char *expected)
{
        struct bytes line;

        return take_line(text, &line) &&
               bytes_equal(line, (struct bytes) { expected, strlen(expected) });
}

static bool take_key(struct bytes *text, const char *label, uint8_t ret[32])
{
        size_t label_size = strlen(label);
        struct bytes line;

        if (!take_line(text, &line) || line.size < label_size ||
            memcmp(line.data, label, label_size) != 0)
                return false;

        line.data = (const char *)line.data + label_size;
        line.size -= label_size;
        return hex_parse(line, ret, 32);
}

static bool take_kind(struct bytes *text, enum key_kind *ret)
{
        struct bytes line;

        if (!take_line(text, &line))
                return false;
        for (enum key_kind kind = KEY_KIND_NODE; kind <= KEY_KIND_HUB; kind++) {
                *ret = kind;
                if (bytes_equal(line, (struct bytes) { kind_names[kind],
                                                       strlen(kind_names[kind]) }))
                        return true;
        }
        return false;
}

/* A key that no honest generator makes would make every signature or seal under it worthless. */
static bool usable(const struct public_keys *keys)
{
        return !sodium_is_zero(keys->transport, sizeof(keys->transport)) &&
               !sodium_is_zero(keys->sealing, sizeof(keys->sealing)) &&
               crypto_core_ed25519_is_valid_point(keys->signing) == 1;
}

static bool take_public(struct bytes *text, struct public_keys *ret)
{
        return take_key(text, "public transport ", ret->transport) &&
               take_key(text, "public signing ", ret->signing) &&
               take_key(text, "public sealing ", ret->sealing) && usable(ret);
}

int public_keys_parse(struct bytes text, struct public_keys *ret)
{
        if (take_exact(&text, HEAD_PUBLIC) && take_public(&text, ret) && text.size == 0)
                return 0;

        secret_wipe(ret, sizeof(*ret));
        return -EBADMSG;
}

static bool take_secret(struct bytes *text, struct secret_keys *ret)
{
        uint8_t seed[SIGNING_SEED_SIZE], unused[SIGNING_PUBLIC_SIZE];
        bool ok;

        ok = take_key(text, "secret transport ", ret->transport) &&
             take_key(text, "secret signing ", seed) &&
             take_key(text, "secret sealing ", ret->sealing);
        if (ok)
                sign_keypair_from_seed(seed, unused, ret->signing);

        secret_wipe(seed, sizeof(seed));
        return ok;
}

static bool curve_pair(const uint8_t public_key[32], const uint8_t secret[32])
{
        uint8_t derived[32];

        return crypto_scalarmult_base(derived, secret) == 0 &&
               sodium_memcmp(derived, public_key, sizeof(derived)) == 0;
}

static bool belong_together(const struct keys *keys)
{
        const uint8_t *signing_public = keys->secret.signing + SIGNING_SEED_SIZE;

        return curve_pair(keys->public.transport, keys->secret.transport) &&
               curve_pair(keys->public.sealing, keys->secret.sealing) &&
               sodium_memcmp(signing_public, keys->public.signing, SIGNING_PUBLIC_SIZE) == 0;
}

int keys_parse(struct bytes text, struct keys *ret)
{
        if (take_exact(&text, HEAD_KEYS) && take_kind(&text, &ret->kind) &&
            take_public(&text, &ret->public) && take_secret(&text, &ret->secret) &&
            text.size == 0 && belong_together(ret))
                return 0;

        keys_wipe(ret);
        return -EBADMSG;
}

void fingerprint_print(const struct public_keys *keys, char ret_text[FINGERPRINT_TEXT_MAX + 1])
{
        static const char domain[] = "accord/fingerprint/v1";
        uint8_t input[sizeof(domain) + 96], hash[crypto_hash_sha256_BYTES];
        char digits[2 * 10 + 1];

        memcpy(input, domain, sizeof(domain));
        memcpy(input + sizeof(domain), keys->transport, 32);
        memcpy(input + sizeof(domain) + 32, keys->signing, 32);
        memcpy(input + sizeof(domain) + 64, keys->sealing, 32);
        crypto_hash_sha256(hash, input, sizeof(input));

        hex_print((struct bytes) { hash, 10 }, digits);
        for (size_t i = 0; i < 5; i++) {
                memcpy(ret_text + 5 * i, digits + 4 * i, 4);
                ret_text[5 * i + 4] = '-';
        }
        ret_text[FINGERPRINT_TEXT_MAX] = '\0';
}
