/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/exact_read.h"

/* Digits only, below 2^126: room for a sign and for a step of the greatest common divisor. */
static bool digits_read(const char *c, const char *end, uwide *ret)
{
        uwide most = (uwide)1 << 126;

        *ret = 0;
        if (c == end)
                return false;
        for (; c < end; c++) {
                if (*c < '0' || *c > '9' || *ret > (most - 9) / 10)
                        return false;
                *ret = *ret * 10 + (uwide)(unsigned char)(*c - '0');
        }
        return true;
}

bool exact_read(struct bytes text, struct exact *ret)
{
        const char *c = text.data, *end = c + text.size, *slash;
        bool negative = text.size && *c == '-';
        uwide num, den = 1;

        *ret = exact_of(0);
        c += negative;
        slash = text.size ? memchr(c, '/', (size_t)(end - c)) : NULL;
        if (!digits_read(c, slash ? slash : end, &num))
                return false;
        if (slash && (!digits_read(slash + 1, end, &den) || den == 0))
                return false;
        *ret = exact_ratio(negative ? -(wide)num : (wide)num, (wide)den);
        return true;
}

bool id_parse(struct bytes text, uint64_t *ret)
{
        uwide number;

        *ret = 0;
        if (!digits_read(text.data, (const char *)text.data + text.size, &number) ||
            number > UINT64_MAX)
                return false;
        *ret = (uint64_t)number;
        return true;
}

static int digit(char c)
{
        if (c >= '0' && c <= '9')
                return c - '0';
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool sha256_read(struct bytes text, uint8_t ret[32])
{
        const char *c = text.data;

        if (text.size != 64)
                return false;
        for (size_t i = 0; i < 32; i++) {
                int high = digit(c[2 * i]), low = digit(c[2 * i + 1]);

                if (high < 0 || low < 0)
                        return false;
                ret[i] = (uint8_t)(16 * high + low);
        }
        return true;
}

enum carry carry_by_name(struct bytes name)
{
        static const struct {
                const char *name;
                enum carry what;
        } carries[] = {
#define X(code, word, line, number, says) { (word), CARRY_##code },
                CARRIES(X)
#undef X
        };

        for (size_t i = 0; i < sizeof(carries) / sizeof(carries[0]); i++)
                if (bytes_equal(name,
                                (struct bytes) { carries[i].name, strlen(carries[i].name) }))
                        return carries[i].what;
        return 0;
}
