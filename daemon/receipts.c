/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/receipts.h"

#include <errno.h>
#include <stdlib.h>

#include "daemon/checkpoint.h"
#include "store/tree.h"

void receipts_free(struct receipts *receipts)
{
        free(receipts->rows);
}

void receipts_reset(struct receipts *receipts)
{
        receipts->count = 0;
}

static int make_room(struct receipts *receipts)
{
        size_t room = receipts->room ? receipts->room * 2 : 1024;
        struct receipt_due *rows;

        if (receipts->count < receipts->room)
                return 0;
        rows = reallocarray(receipts->rows, room, sizeof(*rows));
        if (!rows)
                return -ENOMEM;
        receipts->rows = rows;
        receipts->room = room;
        return 0;
}

int receipts_add(struct hub *hub, const struct receipt *receipt, uint64_t session)
{
        struct receipts *receipts = &hub->receipts;
        int r = make_room(receipts);

        if (!r)
                r = effects_begin(&hub->effects, EFFECT_REPLY, session);
        if (r)
                return r;
        receipts->rows[receipts->count++] = (struct receipt_due) {
                .effect = hub->effects.count - 1, .receipt = *receipt,
        };
        return 0;
}

/*
 * A node that was damaged since would make a proof that convicts the hub. What stood before the
 * batch is in the paths of old entries and of the first new one; its own nodes it has just made.
 */
static bool leads_to_root(struct hub *hub, const struct hub_checkpoint *checkpoint,
                          const struct receipt *receipt, const struct digest *path, size_t count)
{
        struct digest leaf;

        if (receipt->index > log_tip(hub->log).size)
                return true;
        memcpy(leaf.octets, receipt->leaf.octets, sizeof(leaf.octets));
        return merkle_includes(hub->hasher, &checkpoint->tree.root, checkpoint->tree.size, &leaf,
                               receipt->index, path, count);
}

static int prove(struct hub *hub, const struct hub_checkpoint *checkpoint, struct receipt *receipt,
                 struct sha256 ret_path[MERKLE_PROOF_MAX])
{
        const struct merkle_nodes nodes = tree_source(hub->txn);
        struct digest path[MERKLE_PROOF_MAX];
        size_t count;
        int r = merkle_inclusion(&nodes, hub->hasher, receipt->index, checkpoint->tree.size, path,
                                 &count);

        if (!r && !leads_to_root(hub, checkpoint, receipt, path, count))
                r = -EILSEQ;
        if (r)
                return r;
        for (size_t i = 0; i < count; i++)
                memcpy(ret_path[i].octets, path[i].octets, DIGEST_SIZE);
        receipt->has_proof = true;
        receipt->tree_size = checkpoint->tree.size;
        receipt->proof = ret_path;
        receipt->proof_count = (uint32_t)count;
        receipt->checkpoint = checkpoint_note(checkpoint);
        return 0;
}

int receipts_write(struct hub *hub)
{
        const struct hub_checkpoint *checkpoint = checkpoint_now(hub);
        struct sha256 path[MERKLE_PROOF_MAX];
        struct hub_frame frame = { .kind = HUB_RECEIPT };
        int r = 0;

        for (size_t i = 0; !r && i < hub->receipts.count; i++) {
                const struct receipt_due *due = &hub->receipts.rows[i];

                frame.receipt = due->receipt;
                if (checkpoint->note_size)
                        r = prove(hub, checkpoint, &frame.receipt, path);
                effects_begin_at(&hub->effects, due->effect);
                if (!r)
                        r = wire_write_hub_frame(&hub->effects.bytes, &frame);
                effects_end_at(&hub->effects, due->effect);
        }
        receipts_reset(&hub->receipts);
        if (r == -EILSEQ) {
                hub_condemn(hub, "the tree does not prove what a receipt would say");
                return -ECANCELED;
        }
        return r;
}
