/* SPDX-License-Identifier: Apache-2.0 */
#include "proof/memberkey.h"

#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "proof/hex.h"
#include "proof/keyfile.h"

_Static_assert(crypto_auth_hmacsha256_KEYBYTES == 32, "a key is libsodium's");

void member_key_new(const struct contract_id *contract, uint32_t generation,
                    struct member_key *ret)
{
        *ret = (struct member_key) { .contract = *contract, .generation = generation };
        crypto_auth_hmacsha256_keygen(ret->octets);
}

void member_key_wipe(struct member_key *key)
{
        sodium_memzero(key, sizeof(*key));
}

void pseudonym_make(const struct member_key *key, struct bytes number, uint8_t ret[PSEUDONYM_SIZE])
{
        uint8_t whole[crypto_auth_hmacsha256_BYTES];

        crypto_auth_hmacsha256(whole, number.data, number.size, key->octets);
        memcpy(ret, whole, PSEUDONYM_SIZE);
}

size_t member_key_print(const struct member_key *key, char ret[MEMBER_KEY_TEXT_MAX])
{
        char contract[CONTRACT_ID_MAX + 1], hex[2 * sizeof(key->octets) + 1];
        int size;

        contract_id_print(&key->contract, contract);
        hex_print(BYTES_OF(key->octets), hex);
        size = snprintf(ret, MEMBER_KEY_TEXT_MAX,
                        "accord-member-key v1\ncontract %s\ngeneration %" PRIu32 "\nsecret %s\n",
                        contract, key->generation, hex);
        sodium_memzero(hex, sizeof(hex));
        return (size_t)size;
}

int member_key_write(const char *path, const struct member_key *key)
{
        char text[MEMBER_KEY_TEXT_MAX];
        size_t size = member_key_print(key, text);
        int r = keyfile_write_secret(path, (struct bytes) { text, size });

        sodium_memzero(text, sizeof(text));
        return r;
}

/* ---- reading */

/* The next line, without its end; false when there is none. */
static bool next_line(struct bytes *text, struct bytes *ret)
{
        const char *at = text->data, *end;

        if (!text->size)
                return false;
        end = memchr(at, '\n', text->size);
        *ret = (struct bytes) { at, end ? (size_t)(end - at) : text->size };
        text->data = at + ret->size + (end != NULL);
        text->size -= ret->size + (end != NULL);
        if (ret->size && at[ret->size - 1] == '\r')
                ret->size--;
        return true;
}

/* What stands behind the word and a space in the next line. */
static bool take(struct bytes *text, const char *word, struct bytes *ret)
{
        size_t size = strlen(word);
        struct bytes line;

        if (!next_line(text, &line) || line.size < size + 1 ||
            memcmp(line.data, word, size) != 0 || ((const char *)line.data)[size] != ' ')
                return false;
        *ret = (struct bytes) { (const char *)line.data + size + 1, line.size - size - 1 };
        return true;
}

/* One spelling for each: no sign, no leading zero. */
static bool take_generation(struct bytes digits, uint32_t *ret)
{
        const char *at = digits.data;
        uint32_t value = 0;

        if (digits.size == 0 || digits.size > 9 || *at == '0')
                return false;
        for (size_t i = 0; i < digits.size; i++) {
                if (at[i] < '0' || at[i] > '9')
                        return false;
                value = value * 10 + (uint32_t)(at[i] - '0');
        }
        *ret = value;
        return true;
}

int member_key_parse(struct bytes text, struct member_key *ret)
{
        struct bytes version, contract, generation, secret;
        bool good = take(&text, "accord-member-key", &version) &&
                    bytes_equal(version, (struct bytes) { "v1", 2 }) &&
                    take(&text, "contract", &contract) &&
                    contract_id_parse(contract, &ret->contract) &&
                    take(&text, "generation", &generation) &&
                    take_generation(generation, &ret->generation) &&
                    take(&text, "secret", &secret) &&
                    hex_parse(secret, ret->octets, sizeof(ret->octets)) && text.size == 0;

        if (good)
                return 0;
        member_key_wipe(ret);
        return -EBADMSG;
}

int member_key_load(const char *path, struct member_key *ret)
{
        char text[MEMBER_KEY_TEXT_MAX];
        size_t size = 0;
        int r = keyfile_load_secret(path, text, sizeof(text), &size);

        if (r)
                member_key_wipe(ret);
        else
                r = member_key_parse((struct bytes) { text, size }, ret);
        sodium_memzero(text, sizeof(text));
        return r;
}
