/* SPDX-License-Identifier: Apache-2.0 */
#include "proof/cosignature.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/check.h"
#include "proof/checkpoint.h"

#define HEAD "cosignature/v1\ntime "
#define MESSAGE_MAX (sizeof(HEAD) + 20 + 1 + CHECKPOINT_TEXT_MAX)

struct stamped {
        uint8_t seconds[8], signature[SIGNATURE_SIZE];
};

int cosigner_make(struct bytes origin, const struct node_path *node,
                  const uint8_t public_key[SIGNING_PUBLIC_SIZE], struct note_key *ret)
{
        char name[NOTE_NAME_MAX + 1];
        int n = -1;

        if (origin.size <= NOTE_NAME_MAX)
                n = snprintf(name, sizeof(name), "%.*s/witness/%s/%s", (int)origin.size,
                             (const char *)origin.data, node->party.text, node->node.text);
        if (n < 0 || (size_t)n >= sizeof(name) || origin.size == 0)
                return -EINVAL;
        return note_key_make_of(NOTE_TYPE_COSIGNATURE, (struct bytes) { name, (size_t)n },
                                public_key, ret);
}

/* Of a checkpoint only: a text that is longer is none. 0: it does not fit. */
static size_t message_of(struct bytes text, int64_t seconds, char ret[MESSAGE_MAX])
{
        int n;

        if (text.size > CHECKPOINT_TEXT_MAX)
                return 0;
        n = snprintf(ret, MESSAGE_MAX, HEAD "%" PRId64 "\n", seconds);
        assert(n > 0);
        memcpy(ret + n, text.data, text.size);
        return (size_t)n + text.size;
}

size_t cosignature_add(char *note, size_t size, int64_t seconds, const struct note_key *cosigner,
                       const uint8_t secret[SIGNING_SECRET_SIZE])
{
        uint8_t blob[sizeof(cosigner->id) + sizeof(struct stamped)];
        char message[MESSAGE_MAX];
        struct signature signature;
        struct bytes text = { NULL, 0 };
        bool is_note = note_text((struct bytes) { note, size }, &text);
        size_t length = is_note ? message_of(text, seconds, message) : 0;

        assert(seconds >= 0);
        assert(seconds <= COSIGNATURE_TIME_MAX);
        assert(length > 0);
        sign_bare((struct bytes) { message, length }, secret, &signature);
        memcpy(blob, cosigner->id, sizeof(cosigner->id));
        for (unsigned int i = 0; i < 8; i++)
                blob[sizeof(cosigner->id) + i] = (uint8_t)((uint64_t)seconds >> (56 - 8 * i));
        memcpy(blob + sizeof(cosigner->id) + 8, signature.octets, SIGNATURE_SIZE);
        return note_add_line(note, size, cosigner->name, BYTES_OF(blob));
}

static int verify(void *with, struct bytes text, const struct note_key *cosigner,
                  struct bytes bare)
{
        int64_t *latest = with;
        char message[MESSAGE_MAX];
        struct signature signature;
        struct stamped stamped;
        uint64_t seconds = 0;
        size_t length;
        int r;

        if (bare.size != sizeof(stamped))
                return -EKEYREJECTED;
        memcpy(&stamped, bare.data, sizeof(stamped));
        for (int i = 0; i < 8; i++)
                seconds = seconds << 8 | stamped.seconds[i];
        if (seconds > (uint64_t)COSIGNATURE_TIME_MAX)
                return -EKEYREJECTED;
        length = message_of(text, (int64_t)seconds, message);
        if (!length)
                return -EKEYREJECTED;
        memcpy(signature.octets, stamped.signature, SIGNATURE_SIZE);
        r = sign_verify_bare((struct bytes) { message, length }, cosigner->public_key, &signature);
        if (!r && (int64_t)seconds > *latest)
                *latest = (int64_t)seconds;
        return r;
}

int cosignature_open(struct bytes note, const struct note_key *cosigner, int64_t *ret_seconds)
{
        struct bytes text;
        int64_t latest = -1;
        int r = note_open_by(note, cosigner, verify, &latest, &text);

        if (!r)
                *ret_seconds = latest;
        return r;
}
