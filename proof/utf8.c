/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>

#include "proof/utf8.h"

/* The well-formed sequences by their first octet; the second alone may be narrower than 80..BF. */
static const struct {
        uint8_t first_least, first_most;
        uint8_t second_least, second_most;
        uint8_t size;
} forms[] = {
        { 0x00, 0x7f, 0x80, 0xbf, 1 },
        { 0xc2, 0xdf, 0x80, 0xbf, 2 },
        { 0xe0, 0xe0, 0xa0, 0xbf, 3 },  /* below: overlong */
        { 0xe1, 0xec, 0x80, 0xbf, 3 },
        { 0xed, 0xed, 0x80, 0x9f, 3 },  /* above: surrogates */
        { 0xee, 0xef, 0x80, 0xbf, 3 },
        { 0xf0, 0xf0, 0x90, 0xbf, 4 },  /* below: overlong */
        { 0xf1, 0xf3, 0x80, 0xbf, 4 },
        { 0xf4, 0xf4, 0x80, 0x8f, 4 },  /* above: past U+10FFFF */
};

/* The size of the character at @at, 0 when there is none. */
static size_t character(const uint8_t *at, size_t left)
{
        for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
                if (at[0] < forms[i].first_least || at[0] > forms[i].first_most)
                        continue;
                if (forms[i].size > left)
                        return 0;
                if (forms[i].size > 1 &&
                    (at[1] < forms[i].second_least || at[1] > forms[i].second_most))
                        return 0;
                for (size_t k = 2; k < forms[i].size; k++) {
                        if ((at[k] & 0xc0) != 0x80)
                                return 0;
                }
                return forms[i].size;
        }
        return 0;
}

bool utf8_valid(struct bytes text)
{
        const uint8_t *at = text.data;
        size_t left = text.size, size;

        for (; left > 0; at += size, left -= size) {
                size = character(at, left);
                if (size == 0)
                        return false;
        }
        return true;
}
