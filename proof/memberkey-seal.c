/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "proof/hex.h"
#include "proof/memberkey.h"
#include "proof/seal.h"

#define HEAD "accord-sealed-member-key v1\n"
#define BOX "sealed "

int member_key_seal(const struct member_key *key, const struct keys *from,
                    const struct public_keys *to, char ret[MEMBER_KEY_SEALED_MAX],
                    size_t *ret_size)
{
        char plain[MEMBER_KEY_TEXT_MAX], names[KEYS_TEXT_MAX];
        uint8_t box[MEMBER_KEY_TEXT_MAX + SEAL_OVERHEAD];
        char hex[2 * sizeof(box) + 1];
        size_t size = member_key_print(key, plain);
        struct seal_key shared;
        int r = seal_key_prepare(to->sealing, from->secret.sealing, &shared);

        if (!r) {
                seal(&shared, (struct bytes) { plain, size }, box);
                hex_print((struct bytes) { box, size + SEAL_OVERHEAD }, hex);
                public_keys_print(&from->public, names);
                *ret_size = (size_t)snprintf(ret, MEMBER_KEY_SEALED_MAX, HEAD "%s" BOX "%s\n",
                                             names, hex);
        }
        seal_key_wipe(&shared);
        sodium_memzero(plain, sizeof(plain));
        return r;
}

/* The text's three parts: who sealed it, and the box. */
static bool cut(struct bytes text, struct public_keys *ret_from, struct bytes *ret_hex)
{
        const size_t head = strlen(HEAD), word = strlen(BOX);
        const char *at = text.data, *end = at + text.size, *box;

        if (text.size < head || memcmp(at, HEAD, head) != 0)
                return false;
        at += head;
        box = memmem(at, (size_t)(end - at), "\n" BOX, word + 1);
        if (!box || public_keys_parse((struct bytes) { at, (size_t)(box - at) + 1 }, ret_from))
                return false;
        at = box + 1 + word;
        while (end > at && (end[-1] == '\n' || end[-1] == '\r'))
                end--;
        *ret_hex = (struct bytes) { at, (size_t)(end - at) };
        return true;
}

int member_key_unseal(struct bytes text, const struct keys *to, struct public_keys *ret_from,
                      struct member_key *ret)
{
        uint8_t box[MEMBER_KEY_TEXT_MAX + SEAL_OVERHEAD], plain[MEMBER_KEY_TEXT_MAX];
        struct seal_key shared;
        struct bytes hex;
        size_t size = 0;
        int r;

        if (!cut(text, ret_from, &hex) || hex.size % 2 || hex.size / 2 > sizeof(box) ||
            !hex_parse(hex, box, hex.size / 2))
                return -EBADMSG;
        r = seal_key_prepare(ret_from->sealing, to->secret.sealing, &shared);
        if (!r && unseal(&shared, (struct bytes) { box, hex.size / 2 }, plain, &size))
                r = -EKEYREJECTED;
        if (!r)
                r = member_key_parse((struct bytes) { plain, size }, ret);
        seal_key_wipe(&shared);
        sodium_memzero(plain, sizeof(plain));
        return r;
}
