/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cosignatures of C2SP (c2sp.org/tlog-cosignature), Ed25519: a witness's line under a hub's
 * checkpoint, which says at what time the tree was consistent with all that the witness had seen.
 *
 *   signed     "cosignature/v1" LF "time" SP seconds LF and the text of the checkpoint
 *   line       "— NAME base64(key id || u64 big-endian seconds || signature)", key id of type 0x04
 *   NAME       ORIGIN/witness/PARTY/NODE, ORIGIN that of the hub's genesis in all its epochs
 *
 * The node signs with the key it signs submissions with: the fixed first line keeps the two apart,
 * for what stands under a submission begins with a domain and a NUL.
 */
#ifndef ACCORD_PROOF_COSIGNATURE_H
#define ACCORD_PROOF_COSIGNATURE_H

#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"
#include "core/participant.h"
#include "proof/note.h"

#define NOTE_TYPE_COSIGNATURE 0x04
#define COSIGNATURE_LINE_MAX (NOTE_SIGNATURE_LINE_MAX + 12)
#define COSIGNATURE_TIME_MAX INT64_C(253402300799)      /* s: the last of the year 9999 */

/*
 * cosigner_make() - the name and id under which a node cosigns
 *
 * Returns: 0; -EINVAL when it comes to no name of a key: the origin is too long, or none itself.
 */
int cosigner_make(struct bytes origin, const struct node_path *node,
                  const uint8_t public_key[SIGNING_PUBLIC_SIZE], struct note_key *ret);

/*
 * cosignature_add() - a witness's line more under a checkpoint
 * @note:    of @size octets, with room for COSIGNATURE_LINE_MAX more
 * @seconds: since 1970, 0 to COSIGNATURE_TIME_MAX
 *
 * Asserts that it is a note with a text no longer than a checkpoint's. Whoever calls it has seen
 * that the tree continues every one it cosigned, and has it on the disk that it will cosign this
 * one. Does not allocate. Returns: the note's size from then on.
 */
size_t cosignature_add(char *note, size_t size, int64_t seconds, const struct note_key *cosigner,
                       const uint8_t secret[SIGNING_SECRET_SIZE]);

/*
 * cosignature_open() - has this witness cosigned the note, and when?
 * @ret_seconds: the latest time, where it stands there more than once
 *
 * Other lines are looked at for their form only: the hub's own is for checkpoint_open().
 *
 * Returns: 0; -EBADMSG when it is no note; -ENOKEY when it has not; -EKEYREJECTED when a line under
 * its name and id is no cosignature of it.
 */
int cosignature_open(struct bytes note, const struct note_key *cosigner, int64_t *ret_seconds);

#endif
