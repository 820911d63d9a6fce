/* SPDX-License-Identifier: Apache-2.0 */
#include <sodium.h>
#include <string.h>

#include "proof/hex.h"

void hex_print(struct bytes data, char *ret_text)
{
        sodium_bin2hex(ret_text, 2 * data.size + 1, data.data, data.size);
}

bool hex_parse(struct bytes text, void *ret, size_t size)
{
        size_t got = 0;

        if (text.size == 2 * size &&
            sodium_hex2bin(ret, size, text.data, text.size, NULL, &got, NULL) == 0 && got == size)
                return true;

        memset(ret, 0, size);
        return false;
}
