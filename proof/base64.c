/* SPDX-License-Identifier: Apache-2.0 */
#include <sodium.h>

#include "proof/base64.h"

#define VARIANT sodium_base64_VARIANT_ORIGINAL

size_t base64_print(struct bytes data, char *ret_text)
{
        sodium_bin2base64(ret_text, BASE64_SIZE(data.size) + 1, data.data, data.size, VARIANT);
        return BASE64_SIZE(data.size);
}

/* libsodium 1.0.18 takes some octets from 0x80 on for characters of the alphabet. */
static bool ascii(struct bytes text)
{
        const unsigned char *at = text.data;

        for (size_t i = 0; i < text.size; i++) {
                if (at[i] >= 0x80)
                        return false;
        }
        return true;
}

bool base64_parse(struct bytes text, void *ret, size_t room, size_t *ret_size)
{
        return ascii(text) && sodium_base642bin(ret, room, text.data, text.size, NULL, ret_size,
                                                NULL, VARIANT) == 0;
}

bool base64_parse_exactly(struct bytes text, void *ret, size_t size)
{
        size_t got = 0;

        return base64_parse(text, ret, size, &got) && got == size;
}
