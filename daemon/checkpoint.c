/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/checkpoint.h"

#include <errno.h>

#include "daemon/malice.h"
#include "store/tree.h"

static const struct bytes row_key = { "checkpoint", 10 };

static void sign(struct hub *hub, const struct log_tip *tip, struct hub_checkpoint *ret)
{
        ret->tree = (struct checkpoint) { tip->size, tip->root };
        ret->note_size = checkpoint_sign(&ret->tree, &hub->note_key,
                                         hub->options.keys->secret.signing, ret->note);
        if (hub->options.previous)
                ret->note_size = note_add(ret->note, ret->note_size, &hub->previous_key,
                                          hub->options.previous->secret.signing);
}

int checkpoint_take_up(struct hub *hub, struct store_txn *txn)
{
        const struct log_tip tip = log_tip(hub->log);
        struct hub_checkpoint *last = &hub->checkpoint;
        struct bytes row;
        int r = store_get(txn, TABLE_META, row_key, &row);

        if (!r && row.size <= sizeof(last->note) &&
            checkpoint_open(row, &hub->note_key, &last->tree) == 0 &&
            last->tree.size == tip.size && digest_equal(&last->tree.root, &tip.root)) {
                memcpy(last->note, row.data, row.size);
                last->note_size = row.size;
        }
        return r == -ENOENT ? 0 : r;
}

void checkpoint_make_up(struct hub *hub)
{
        const struct log_tip tip = log_tip(hub->log);

        if (hub->checkpoint.note_size == 0 && hub->options.keys)
                sign(hub, &tip, &hub->checkpoint);
}

int checkpoint_check(const struct hub *hub, struct store_txn *txn)
{
        const struct log_tip tip = log_tip(hub->log);
        struct checkpoint tree;
        struct bytes row;
        uint32_t epoch;
        int r = store_get(txn, TABLE_META, row_key, &row);

        if (r)
                return r == -ENOENT ? 0 : r;
        r = hub_ring_open(&hub->ring, row, &tree, &epoch);
        return r || tree.size != tip.size || !digest_equal(&tree.root, &tip.root) ? -EILSEQ : 0;
}

int checkpoint_stage(struct hub *hub, const struct log_tip *tip)
{
        hub->has_staged_checkpoint = hub->options.keys && log_staged(hub->log) > 0;
        if (!hub->has_staged_checkpoint)
                return 0;
        sign(hub, tip, &hub->staged_checkpoint);
        return store_put(hub->txn, TABLE_META, row_key, checkpoint_note(&hub->staged_checkpoint));
}

void checkpoint_committed(struct hub *hub)
{
        if (hub->has_staged_checkpoint)
                hub->checkpoint = hub->staged_checkpoint;
        hub->has_staged_checkpoint = false;
}

const struct hub_checkpoint *checkpoint_now(const struct hub *hub)
{
        return hub->has_staged_checkpoint ? &hub->staged_checkpoint : &hub->checkpoint;
}

const struct hub_checkpoint *checkpoint_told(const struct hub *hub)
{
        const struct hub_checkpoint *other = malice_checkpoint(hub);

        return other ? other : &hub->checkpoint;
}

struct bytes hub_checkpoint(const struct hub *hub, struct checkpoint *ret_tree)
{
        if (ret_tree)
                *ret_tree = hub->checkpoint.tree;
        return checkpoint_note(&hub->checkpoint);
}

void hub_mark(const struct hub *hub, struct guard_mark *ret)
{
        const struct log_tip tip = log_tip(hub->log);

        *ret = (struct guard_mark) {
                .genesis = hub->genesis, .epoch = hub->epoch, .size = tip.size, .root = tip.root,
                .time = tip.time,
        };
}

int hub_root_at(const struct hub *hub, uint64_t size, struct digest *ret)
{
        own(store_txn) struct store_txn *txn = NULL;
        own(hasher) struct hasher *hasher = NULL;
        int r = size <= log_tip(hub->log).size ? 0 : -ENOENT;

        if (!r)
                r = hasher_new(&hasher);
        if (!r)
                r = store_begin_read(hub->env, &txn);
        return r ? r : tree_root(txn, hasher, size, ret);
}
