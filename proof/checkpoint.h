/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checkpoints of C2SP (c2sp.org/tlog-checkpoint): the hub's signed tree head, a note that says
 *
 *   ORIGIN
 *   size, decimal
 *   base64(root)
 *
 * The origin is the name of the key that signs. Accord writes no extension lines and, as the
 * format asks, passes over those of others, which the signature covers all the same.
 */
#ifndef ACCORD_PROOF_CHECKPOINT_H
#define ACCORD_PROOF_CHECKPOINT_H

#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"
#include "proof/hash.h"
#include "proof/note.h"

struct checkpoint {
        uint64_t size;                  /* entries */
        struct digest root;
};

#define CHECKPOINT_TEXT_MAX (NOTE_NAME_MAX + 1 + 20 + 1 + 44 + 1)
/* With a second signature, as the hub adds one that it signed by before. */
#define CHECKPOINT_MAX (CHECKPOINT_TEXT_MAX + 1 + 2 * NOTE_SIGNATURE_LINE_MAX)

/*
 * checkpoint_sign() - write the signed note
 *
 * Does not allocate; about 25 us. A hub must never sign two trees neither of which continues the
 * other: that is the caller's to see to. Returns: the size of the note; no NUL follows it.
 */
size_t checkpoint_sign(const struct checkpoint *checkpoint, const struct note_key *key,
                       const uint8_t secret[SIGNING_SECRET_SIZE], char ret_note[CHECKPOINT_MAX]);

/*
 * checkpoint_open() - check a note against the hub's key and read it
 *
 * Returns: 0; -EBADMSG when it is no checkpoint, or of another origin than the key's; -ENOKEY,
 * -EKEYREJECTED as note_open() has them.
 */
int checkpoint_open(struct bytes note, const struct note_key *key, struct checkpoint *ret);

/* The three lines without signature, both ways; for witnesses. */
size_t checkpoint_print(const struct checkpoint *checkpoint, const char *origin,
                        char ret_text[CHECKPOINT_TEXT_MAX + 1]);
int checkpoint_parse(struct bytes text, const char *origin, struct checkpoint *ret);

#endif
