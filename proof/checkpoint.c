/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/check.h"
#include "proof/base64.h"
#include "proof/checkpoint.h"
#include "proof/merkle.h"

size_t checkpoint_print(const struct checkpoint *checkpoint, const char *origin,
                        char ret_text[CHECKPOINT_TEXT_MAX + 1])
{
        char root[BASE64_SIZE(DIGEST_SIZE) + 1];
        int n;

        base64_print(BYTES_OF(checkpoint->root.octets), root);
        n = snprintf(ret_text, CHECKPOINT_TEXT_MAX + 1, "%s\n%" PRIu64 "\n%s\n", origin,
                     checkpoint->size, root);
        assert(n > 0);
        assert(n <= CHECKPOINT_TEXT_MAX);
        return (size_t)n;
}

size_t checkpoint_sign(const struct checkpoint *checkpoint, const struct note_key *key,
                       const uint8_t secret[SIGNING_SECRET_SIZE], char ret_note[CHECKPOINT_MAX])
{
        size_t size = checkpoint_print(checkpoint, key->name, ret_note);

        return note_sign((struct bytes) { ret_note, size }, key, secret, ret_note);
}

static bool take_line(struct bytes *text, struct bytes *ret)
{
        const char *data = text->data;
        const char *end = text->size ? memchr(data, '\n', text->size) : NULL;

        if (!end)
                return false;
        *ret = (struct bytes) { data, (size_t)(end - data) };
        *text = (struct bytes) { end + 1, text->size - ret->size - 1 };
        return true;
}

/* Decimal as it is printed: no sign, no leading zero, no more than a tree can hold. */
static bool read_size(struct bytes line, uint64_t *ret)
{
        const char *digits = line.data;
        uint64_t size = 0;

        if (line.size == 0 || line.size > 19 || (digits[0] == '0' && line.size > 1))
                return false;
        for (size_t i = 0; i < line.size; i++) {
                if (digits[i] < '0' || digits[i] > '9')
                        return false;
                size = size * 10 + (uint64_t)(digits[i] - '0');
        }
        *ret = size;
        return size <= MERKLE_SIZE_MAX;
}

int checkpoint_parse(struct bytes text, const char *origin, struct checkpoint *ret)
{
        struct bytes line;

        if (!take_line(&text, &line) ||
            !bytes_equal(line, (struct bytes) { origin, strlen(origin) }) ||
            !take_line(&text, &line) || !read_size(line, &ret->size) ||
            !take_line(&text, &line) ||
            !base64_parse_exactly(line, ret->root.octets, DIGEST_SIZE))
                return -EBADMSG;

        while (text.size > 0) {
                if (!take_line(&text, &line) || line.size == 0)
                        return -EBADMSG;
        }
        return 0;
}

int checkpoint_open(struct bytes note, const struct note_key *key, struct checkpoint *ret)
{
        struct bytes text;
        int r;

        r = note_open(note, key, &text);
        if (r)
                return r;
        return checkpoint_parse(text, key->name, ret);
}
