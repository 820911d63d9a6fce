/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signed notes of C2SP (c2sp.org/signed-note), Ed25519 only: a text that ends in a newline, an
 * empty line, and lines "— NAME base64(key id || signature)". It is the envelope of checkpoints
 * and of what witnesses sign, readable by other tools.
 */
#ifndef ACCORD_PROOF_NOTE_H
#define ACCORD_PROOF_NOTE_H

#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"
#include "proof/sign.h"

#define NOTE_NAME_MAX 255
#define NOTE_TYPE_ED25519 0x01

/* "— NAME BASE64\n" */
#define NOTE_SIGNATURE_LINE_MAX (3 + 1 + NOTE_NAME_MAX + 1 + 92 + 1)
#define NOTE_BLOB_MAX (4 + 8 + SIGNATURE_SIZE)  /* key id, a time, a signature */
#define NOTE_SIGNATURES_MAX 64          /* lines looked at; more make a note malformed */

/* A name with a public key: what notes call a verifier key. */
struct note_key {
        char name[NOTE_NAME_MAX + 1];
        uint8_t id[4];                  /* derived from the name and the key */
        uint8_t public_key[SIGNING_PUBLIC_SIZE];
};

/*
 * note_key_make() - @name: UTF-8 without blanks, control characters or '+', such as
 *                   "accord.example.org/region"
 *
 * Returns: 0; -EINVAL when the name is not such a name.
 */
int note_key_make(struct bytes name, const uint8_t public_key[SIGNING_PUBLIC_SIZE],
                  struct note_key *ret);

/* The same for signatures of another type, whose ids differ. */
int note_key_make_of(uint8_t type, struct bytes name,
                     const uint8_t public_key[SIGNING_PUBLIC_SIZE], struct note_key *ret);

#define NOTE_KEY_TEXT_MAX (NOTE_NAME_MAX + 1 + 8 + 1 + 44)

/* NAME+hex(id)+base64(type || key), as other tools take it. Returns: the length. */
size_t note_key_print(const struct note_key *key, char ret_text[NOTE_KEY_TEXT_MAX + 1]);

/* Returns: 0; -EBADMSG when it is no such text, or its id is not that of its name and key. */
int note_key_parse(struct bytes text, struct note_key *ret);

/* Is it what a note may say: UTF-8 without control characters, ending in a newline? */
bool note_text_fits(struct bytes text);

/*
 * note_sign() - write @text, the empty line and one signature
 * @ret_note: room for text.size + 1 + NOTE_SIGNATURE_LINE_MAX; may begin with @text itself
 *
 * Asserts note_text_fits(). Does not allocate. Returns: the size of the note.
 */
size_t note_sign(struct bytes text, const struct note_key *key,
                 const uint8_t secret[SIGNING_SECRET_SIZE], char *ret_note);

/*
 * note_add() - a signature more, by another key, under a note
 * @note: of @size octets, with room for NOTE_SIGNATURE_LINE_MAX more
 *
 * Asserts that it is a note: a text, an empty line, signatures. Returns: its size from then on.
 */
size_t note_add(char *note, size_t size, const struct note_key *key,
                const uint8_t secret[SIGNING_SECRET_SIZE]);

/*
 * note_add_line() - the same for a signature that was made elsewhere, of whatever type
 * @blob: key id and signature, at most NOTE_BLOB_MAX octets; then the line is longer by 12
 */
size_t note_add_line(char *note, size_t size, const char *name, struct bytes blob);

/* The text of a note, its last newline included. False when it is none; signatures: unseen. */
bool note_text(struct bytes note, struct bytes *ret_text);

/*
 * note_open() - check a note against one key
 * @ret_text: the span of @note that is signed, its last newline included
 *
 * Signatures of keys other than @key are looked at for their form only.
 *
 * Returns: 0; -EBADMSG when it is no note; -ENOKEY when @key has not signed it; -EKEYREJECTED
 * when a signature under the name and id of @key is not one.
 */
int note_open(struct bytes note, const struct note_key *key, struct bytes *ret_text);

/* The same where what is signed is not the bare text: @bare is what stands behind the key's id. */
typedef int note_verify_fn(void *with, struct bytes text, const struct note_key *key,
                           struct bytes bare);
int note_open_by(struct bytes note, const struct note_key *key, note_verify_fn *verify, void *with,
                 struct bytes *ret_text);

#endif
