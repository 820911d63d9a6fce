/* SPDX-License-Identifier: Apache-2.0 */
/* What lets a party check the hub: paths of the tree, entries, leaves, who read, whose keys. */
#include "proto/wire.h"

#include "proto/rows.h"

static const struct place path_places[] = {
        [1] = { U64(path, at) },
        [2] = { FIXED(path, leaf), IF_FLAG(path, has_leaf) },
        [3] = { FIXED_LIST(path, proof, proof_count, WIRE_PROOF_MAX) },
};
static const struct layout layout_path = { LAYOUT(path, path, path_places) };

static const struct place proof_places[] = {
        [1] = { U64(proof_answer, size) },
        [2] = { SPAN(proof_answer, checkpoint, WIRE_NOTE_MAX), IF_SET },
        [3] = { LIST(proof_answer, include, include_count, WIRE_PROOFS_MAX, layout_path) },
        [4] = { LIST(proof_answer, grow, grow_count, WIRE_PROOFS_MAX, layout_path) },
};
const struct layout layout_proof = { LAYOUT(proof, proof_answer, proof_places) };

static const struct place entry_row_places[] = {
        [1] = { U64(entry_row, index) },
        [2] = { I64(entry_row, time) },
        [3] = { U32(entry_row, kind) },
        [4] = { SPAN(entry_row, bytes, WIRE_RECORD_MAX), IF_SET },
        [5] = { FIXED(entry_row, leaf) },
};
const struct layout layout_entry_row = { LAYOUT(entry_row, entry_row, entry_row_places) };

static const struct place leaves_places[] = {
        [1] = { U64(leaves, from) },
        [2] = { SPAN(leaves, leaves, 32 * WIRE_LEAVES_MAX) },
};
const struct layout layout_leaves = { LAYOUT(leaves, leaves, leaves_places) };

static const struct place read_row_places[] = {
        [1] = { U64(read_row, index) },
        [2] = { I64(read_row, time) },
        [3] = { INSIDE(read_row, read, layout_staff_read) },
};
const struct layout layout_read_row = { LAYOUT(read_row, read_row, read_row_places) };

static const struct place place_at_places[] = {
        [1] = { U64(place_at, at) },
};
const struct layout layout_place_at = { LAYOUT(place, place_at, place_at_places) };

static const struct place node_keys_places[] = {
        [1] = { NODE(node_keys, node) },
        [2] = { LIST(node_keys, keys, key_count, WIRE_ROTATIONS_MAX, layout_place_at) },
        [3] = { U64(node_keys, revoked), IF_FLAG(node_keys, is_revoked) },
};
const struct layout layout_node_keys = { LAYOUT(node_keys, node_keys, node_keys_places) };

static const struct place cosign_places[] = {
        [1] = { SPAN(cosign, note, WIRE_NOTE_MAX) },
};
const struct layout layout_cosign = { LAYOUT(cosign, cosign, cosign_places) };

static const struct place cosigned_places[] = {
        [1] = { U64(cosigned, size) },
        [2] = { INSIDE(cosigned, fault, layout_fault), IF_FLAG(cosigned, refused) },
};
const struct layout layout_cosigned = { LAYOUT(cosigned, cosigned, cosigned_places) };
