/* SPDX-License-Identifier: Apache-2.0 */
/* Everything in the store, from its bytes, in the order in which it came. */
#include "clients/lib/proofs-inside.h"

#include <errno.h>

/* What is known of a checkpoint now, beside what was written of it then. */
static int visit_seen(struct accord_proofs *proofs, struct bytes content,
                      const struct accord_proofs_visitor *visitor)
{
        const struct known_tree *known;
        struct accord_seen seen;

        if (!visitor->seen)
                return 0;
        if (!get_proof_seen(content, &seen))
                return -EPROTO;
        known = known_find(proofs, (struct accord_tree) { seen.epoch, seen.size });
        seen.joined = known && known->joined;
        seen.is_void = known && tree_is_void(proofs, known->tree);
        return visitor->seen(visitor->with, &seen);
}

static int visit_receipt(struct accord_proofs *proofs, struct bytes content,
                         const struct accord_proofs_visitor *visitor)
{
        struct accord_kept_receipt kept;

        if (!visitor->receipt)
                return 0;
        if (!get_proof_receipt(content, &kept))
                return -EPROTO;
        kept.is_void = leaf_is_void(proofs, kept.tree.epoch, kept.receipt.index);
        return visitor->receipt(visitor->with, &kept);
}

static int visit_record(struct accord_proofs *proofs, const struct record_at *record,
                        const struct accord_proofs_visitor *visitor)
{
        struct accord_contradiction contradiction;
        struct accord_kept_path path;
        struct record_entry entry;

        switch (record->type & ~PROOF_AFTER_SYNC) {
        case PROOF_SEEN:
                return visit_seen(proofs, record->content, visitor);
        case PROOF_RECEIPT:
                return visit_receipt(proofs, record->content, visitor);
        case PROOF_PATH:
                if (!visitor->path)
                        return 0;
                return get_proof_path(record->content, &path) ?
                       visitor->path(visitor->with, &path) : -EPROTO;
        case PROOF_RING:
                if (!visitor->ring)
                        return 0;
                return get_proof_ring(record->content, &entry) ?
                       visitor->ring(visitor->with, &entry) : -EPROTO;
        case PROOF_CONTRADICTION:
                if (!visitor->contradiction)
                        return 0;
                return get_proof_contradiction(record->content, &contradiction) ?
                       visitor->contradiction(visitor->with, &contradiction) : -EPROTO;
        default:
                return 0;
        }
}

int accord_proofs_visit(struct accord_proofs *proofs, const struct accord_proofs_visitor *visitor,
                        struct accord_error *error)
{
        struct record_at record = { .next = proofs->visit_from };
        int r;

        for (;;) {
                r = recfile_read(proofs->file, record.next, &proofs->buffer, &record);
                if (r == -ENODATA || (r == -EBADMSG && proofs->read_only))
                        return 0;
                if (!r)
                        r = visit_record(proofs, &record, visitor);
                if (r)
                        return r < 0 ? proofs_failed(proofs, r, "cannot read", error) : r;
        }
}
