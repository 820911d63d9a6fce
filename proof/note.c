/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "core/check.h"
#include "proof/base64.h"
#include "proof/hex.h"
#include "proof/note.h"
#include "proof/utf8.h"

#define DASH "\xe2\x80\x94 "            /* U+2014 and a blank begin a signature line */
#define DASH_SIZE (sizeof(DASH) - 1)
#define BLOB_SIZE (4 + SIGNATURE_SIZE)
#define BLOB_MAX 4096                   /* signatures of other types may be long */

/* ---- keys */

static bool name_fits(struct bytes name)
{
        const uint8_t *at = name.data;

        if (name.size == 0 || name.size > NOTE_NAME_MAX || !utf8_valid(name))
                return false;
        for (size_t i = 0; i < name.size; i++) {
                if (at[i] <= ' ' || at[i] == 0x7f || at[i] == '+')
                        return false;
        }
        return true;
}

/* SHA-256(name || 0x0A || type || key), the first four octets. */
static void derive_id(struct note_key *key, uint8_t type)
{
        crypto_hash_sha256_state state;
        uint8_t hash[crypto_hash_sha256_BYTES];

        crypto_hash_sha256_init(&state);
        crypto_hash_sha256_update(&state, (const uint8_t *)key->name, strlen(key->name));
        crypto_hash_sha256_update(&state, (const uint8_t[]) { '\n', type }, 2);
        crypto_hash_sha256_update(&state, key->public_key, SIGNING_PUBLIC_SIZE);
        crypto_hash_sha256_final(&state, hash);
        memcpy(key->id, hash, sizeof(key->id));
}

int note_key_make(struct bytes name, const uint8_t public_key[SIGNING_PUBLIC_SIZE],
                  struct note_key *ret)
{
        return note_key_make_of(NOTE_TYPE_ED25519, name, public_key, ret);
}

int note_key_make_of(uint8_t type, struct bytes name,
                     const uint8_t public_key[SIGNING_PUBLIC_SIZE], struct note_key *ret)
{
        memset(ret, 0, sizeof(*ret));
        if (!name_fits(name))
                return -EINVAL;

        memcpy(ret->name, name.data, name.size);
        memcpy(ret->public_key, public_key, SIGNING_PUBLIC_SIZE);
        derive_id(ret, type);
        return 0;
}

size_t note_key_print(const struct note_key *key, char ret_text[NOTE_KEY_TEXT_MAX + 1])
{
        uint8_t blob[1 + SIGNING_PUBLIC_SIZE];
        size_t used = strlen(key->name);

        memcpy(ret_text, key->name, used);
        ret_text[used++] = '+';
        hex_print(BYTES_OF(key->id), ret_text + used);
        used += 2 * sizeof(key->id);
        ret_text[used++] = '+';

        blob[0] = NOTE_TYPE_ED25519;
        memcpy(blob + 1, key->public_key, SIGNING_PUBLIC_SIZE);
        return used + base64_print(BYTES_OF(blob), ret_text + used);
}

/* Cut @text at the first @mark: what is before it is returned, @text goes on after it. */
static bool cut(struct bytes *text, char mark, struct bytes *ret)
{
        const char *data = text->data;
        const char *at = text->size ? memchr(data, mark, text->size) : NULL;

        if (!at)
                return false;
        *ret = (struct bytes) { data, (size_t)(at - data) };
        text->size -= ret->size + 1;
        text->data = at + 1;
        return true;
}

int note_key_parse(struct bytes text, struct note_key *ret)
{
        uint8_t blob[1 + SIGNING_PUBLIC_SIZE], id[4];
        struct bytes name, digits;

        memset(ret, 0, sizeof(*ret));
        if (!cut(&text, '+', &name) || !cut(&text, '+', &digits) ||
            !hex_parse(digits, id, sizeof(id)) || !base64_parse_exactly(text, blob, sizeof(blob)) ||
            blob[0] != NOTE_TYPE_ED25519)
                return -EBADMSG;

        if (note_key_make(name, blob + 1, ret) || memcmp(ret->id, id, sizeof(id)) != 0) {
                memset(ret, 0, sizeof(*ret));
                return -EBADMSG;
        }
        return 0;
}

/* ---- notes */

bool note_text_fits(struct bytes text)
{
        const uint8_t *at = text.data;

        if (text.size == 0 || at[text.size - 1] != '\n' || !utf8_valid(text))
                return false;
        for (size_t i = 0; i < text.size; i++) {
                if (at[i] < ' ' && at[i] != '\n')
                        return false;
        }
        return true;
}

size_t note_add_line(char *note, size_t size, const char *name, struct bytes blob)
{
        size_t name_size = strlen(name);

        assert(blob.size <= NOTE_BLOB_MAX);
        memcpy(note + size, DASH, DASH_SIZE);
        size += DASH_SIZE;
        memcpy(note + size, name, name_size);
        size += name_size;
        note[size++] = ' ';
        /* The NUL that comes with it lies where the newline goes. */
        size += base64_print(blob, note + size);
        note[size++] = '\n';
        return size;
}

static size_t add_signature(char *note, size_t size, struct bytes text, const struct note_key *key,
                            const uint8_t secret[SIGNING_SECRET_SIZE])
{
        struct signature signature;
        uint8_t blob[BLOB_SIZE];

        sign_bare(text, secret, &signature);
        memcpy(blob, key->id, sizeof(key->id));
        memcpy(blob + sizeof(key->id), signature.octets, SIGNATURE_SIZE);
        return note_add_line(note, size, key->name, BYTES_OF(blob));
}

size_t note_sign(struct bytes text, const struct note_key *key,
                 const uint8_t secret[SIGNING_SECRET_SIZE], char *ret_note)
{
        size_t size = text.size;

        assert(note_text_fits(text));
        memmove(ret_note, text.data, size);
        ret_note[size++] = '\n';
        return add_signature(ret_note, size, (struct bytes) { ret_note, text.size }, key, secret);
}

/* The text ends with the newline before the last empty line: signatures hold none. */
static bool part(struct bytes note, struct bytes *ret_text, struct bytes *ret_signatures)
{
        const char *data = note.data;

        for (size_t i = note.size; i-- > 1;) {
                if (data[i] != '\n' || data[i - 1] != '\n')
                        continue;
                *ret_text = (struct bytes) { data, i };
                *ret_signatures = (struct bytes) { data + i + 1, note.size - i - 1 };
                return ret_signatures->size > 0;
        }
        return false;
}

bool note_text(struct bytes note, struct bytes *ret_text)
{
        struct bytes signatures;

        return part(note, ret_text, &signatures) && note_text_fits(*ret_text);
}

size_t note_add(char *note, size_t size, const struct note_key *key,
                const uint8_t secret[SIGNING_SECRET_SIZE])
{
        struct bytes text;
        bool is_note = note_text((struct bytes) { note, size }, &text);

        assert(is_note);
        return add_signature(note, size, text, key, secret);
}

/* One signature line: -EBADMSG, -ENOKEY when it is somebody else's, or what the signature is. */
static int try_line(struct bytes line, struct bytes text, const struct note_key *key,
                    note_verify_fn *verify, void *with)
{
        struct bytes name, own_name = { key->name, strlen(key->name) };
        uint8_t blob[BLOB_MAX];
        size_t size = 0;

        if (line.size < DASH_SIZE || memcmp(line.data, DASH, DASH_SIZE) != 0)
                return -EBADMSG;
        line = (struct bytes) { (const char *)line.data + DASH_SIZE, line.size - DASH_SIZE };
        if (!cut(&line, ' ', &name) || !name_fits(name) ||
            !base64_parse(line, blob, sizeof(blob), &size) || size <= sizeof(key->id))
                return -EBADMSG;

        if (!bytes_equal(name, own_name) || memcmp(blob, key->id, sizeof(key->id)) != 0)
                return -ENOKEY;
        return verify(with, text, key,
                      (struct bytes) { blob + sizeof(key->id), size - sizeof(key->id) });
}

static int verify_ed25519(void *with, struct bytes text, const struct note_key *key,
                          struct bytes bare)
{
        struct signature signature;

        (void)with;
        if (bare.size != sizeof(signature.octets))
                return -EKEYREJECTED;
        memcpy(signature.octets, bare.data, sizeof(signature.octets));
        return sign_verify_bare(text, key->public_key, &signature);
}

int note_open(struct bytes note, const struct note_key *key, struct bytes *ret_text)
{
        return note_open_by(note, key, verify_ed25519, NULL, ret_text);
}

int note_open_by(struct bytes note, const struct note_key *key, note_verify_fn *verify, void *with,
                 struct bytes *ret_text)
{
        struct bytes text, signatures, line;
        int r, answer = -ENOKEY;

        if (!part(note, &text, &signatures) || !note_text_fits(text))
                return -EBADMSG;

        for (unsigned int lines = 0; signatures.size > 0; lines++) {
                if (lines == NOTE_SIGNATURES_MAX || !cut(&signatures, '\n', &line))
                        return -EBADMSG;
                r = try_line(line, text, key, verify, with);
                if (r == -EBADMSG || r == -EKEYREJECTED)
                        return r;
                if (r == 0)
                        answer = 0;
        }

        if (answer == 0)
                *ret_text = text;
        return answer;
}
