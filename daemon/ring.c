/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/ring.h"

#include <errno.h>

#include "core/check.h"
#include "daemon/row.h"
#include "proof/possession.h"

/* ---- rows */

static int next_index(struct store_txn *txn, enum table table, struct row *prefix, uint64_t after,
                      uint64_t *ret_index)
{
        struct bytes key, value;
        struct row_reader reader;
        size_t size = prefix->size;
        int r;

        row_u64(prefix, after);
        r = store_after(txn, table, row_span(prefix), &key, &value);
        if (r)
                return r;
        if (key.size != size + 8 || (size && memcmp(key.data, prefix->data, size) != 0))
                return key.size != size + 8 ? -EILSEQ : -ENOENT;
        reader = row_read((struct bytes) { (const uint8_t *)key.data + size, 8 });
        *ret_index = read_u64(&reader);
        return row_done(&reader);
}

int state_hub_record_next(struct store_txn *txn, uint64_t after, uint64_t *ret_index)
{
        ROW(prefix);

        return next_index(txn, TABLE_HUB_RECORD, &prefix, after, ret_index);
}

static int hub_record_put(struct store_txn *txn, uint64_t index, enum entry_kind kind)
{
        ROW(key);
        ROW(value);

        row_u64(&key, index);
        row_u8(&value, (unsigned int)kind);
        return store_put(txn, TABLE_HUB_RECORD, row_span(&key), row_span(&value));
}

int state_node_keys_put(struct store_txn *txn, uint32_t node_no, uint64_t index)
{
        ROW(key);

        row_u32(&key, node_no);
        row_u64(&key, index);
        return store_put(txn, TABLE_NODE_KEYS, row_span(&key), (struct bytes) { "", 0 });
}

int state_node_keys_next(struct store_txn *txn, uint32_t node_no, uint64_t after,
                         uint64_t *ret_index)
{
        ROW(prefix);

        row_u32(&prefix, node_no);
        return next_index(txn, TABLE_NODE_KEYS, &prefix, after, ret_index);
}

/* ---- the ring */

/* Under what name what signs: the origin of the epoch that is. */
int ring_name_keys(struct hub *hub)
{
        const struct keys *keys = hub->options.keys, *previous = hub->options.previous;
        char origin[NOTE_NAME_MAX + 1];
        struct bytes name = { origin, 0 };
        int r;

        hub->epoch = hub_ring_number(&hub->ring);
        hub_ring_origin(&hub->ring, hub->epoch, origin);
        name.size = strlen(origin);
        r = note_key_make(name, keys ? keys->public.signing : ring_signer(hub, UINT64_MAX),
                          &hub->note_key);
        if (!r && previous)
                r = note_key_make(name, previous->public.signing, &hub->previous_key);
        return r ? -EILSEQ : 0;
}

int ring_begin(struct hub *hub, struct bytes origin, const uint8_t signing_key[32])
{
        return hub_ring_begin(&hub->ring, origin, signing_key) ? -EILSEQ : ring_name_keys(hub);
}

void ring_begin_as(struct hub *hub, const struct hub *of)
{
        struct hub_ring ring = of->ring;
        int r = ring_begin(hub, (struct bytes) { ring.origin, strlen(ring.origin) },
                           ring.keys[0].public_key);

        assert(r == 0);         /* the other one has it */
}

const uint8_t *ring_signer(const struct hub *hub, uint64_t index)
{
        return hub_ring_signer(&hub->ring, index);
}

static int add(struct hub *hub, const struct record *record, uint64_t index)
{
        const struct epoch *epoch = &record->epoch;
        struct digest root;
        int r;

        if (record->kind == ENTRY_HUB_KEY) {
                if (!possesses_hub(&hub->id, &record->hub_key))
                        return -EILSEQ;
                r = hub_ring_key(&hub->ring, index, record->hub_key.signing_key);
        } else if (record->kind == ENTRY_EPOCH) {
                memcpy(root.octets, epoch->end_root.octets, sizeof(root.octets));
                r = hub_ring_epoch(&hub->ring, index, epoch->number, epoch->origin,
                                   epoch->end_size, &root);
        } else {
                r = -EBADMSG;
        }
        return r ? -EILSEQ : ring_name_keys(hub);
}

int ring_fold(struct hub *hub, const struct record *record, const struct entry *entry)
{
        int r = add(hub, record, entry->index);

        if (r)
                return r;
        hub->ring_changed = true;
        return hub_record_put(hub->txn, entry->index, record->kind);
}

int ring_take_up(struct hub *hub, struct store_txn *txn)
{
        struct log_entry entry;
        struct record record;
        struct fault fault;
        uint64_t index = 0;
        int r;

        while (!(r = state_hub_record_next(txn, index, &index))) {
                r = log_read(txn, index, &entry);
                if (!r)
                        r = wire_read_record(entry.bytes, &hub->arena, &record, &fault);
                if (!r)
                        r = add(hub, &record, index);
                if (r)
                        return r < 0 && r != -ENOENT ? r : -EILSEQ;
                arena_reset(&hub->arena);
        }
        return r == -ENOENT ? 0 : r;
}

/* When it cannot be read again only the genesis' key is left: nothing by another is believed. */
void ring_restore(struct hub *hub)
{
        own(store_txn) struct store_txn *txn = NULL;

        hub->ring_changed = false;
        ring_begin_as(hub, hub);
        if (store_begin_read(hub->env, &txn) == 0)
                ring_take_up(hub, txn);
}

static bool is_former(const struct hub *hub, const uint8_t key[32])
{
        for (uint32_t i = 0; i < hub->ring.key_count; i++)
                if (memcmp(hub->ring.keys[i].public_key, key, 32) == 0)
                        return memcmp(key, ring_signer(hub, UINT64_MAX), 32) != 0;
        return false;
}

int ring_check_keys(const struct hub *hub)
{
        const struct keys *keys = hub->options.keys, *previous = hub->options.previous;

        if (keys && memcmp(keys->public.signing, ring_signer(hub, UINT64_MAX), 32) != 0)
                return -EKEYREJECTED;
        return previous && !is_former(hub, previous->public.signing) ? -EKEYREVOKED : 0;
}
