/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A row: contract, year, index, place in the entry -> number of the key's slot, and the box. So
 * what is erased together lies together, and what a settlement reads does too.
 */
#include "store/blocks.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/check.h"
#include "core/own.h"
#include "core/octets.h"
#include "store/cursor.h"
#include "store/folder.h"
#include "store/keyring.h"
#include "store/mdb.h"
#include "store/stat.h"

#define KEY_SIZE 20u            /* contract, year, index, event */
#define PREFIX_SIZE 8u          /* contract, year */
#define HEADER_SIZE 4u          /* number of the slot */

struct block_store {
        struct store_env *env;
        struct keyring *ring;
        struct store_txn *txn;          /* of the batch; NULL: it has no block */
        bool read_only;
};

struct block_reader {
        const struct keyring *ring;
        struct store_txn *txn;
        bool of_batch;                  /* the transaction is the batch's */
        size_t most;
        uint32_t slot;                  /* whose key this is; 0: none yet */
        uint32_t contract_no, year;
        struct vault_key key;
        uint8_t columns[];
};

static struct bytes key_of(const struct block_id *id, uint8_t ret[KEY_SIZE])
{
        put_octets(ret, id->contract_no, 4);
        put_octets(ret + 4, id->year, 4);
        put_octets(ret + 8, id->index, 8);
        put_octets(ret + 16, id->event, 4);
        return (struct bytes) { ret, KEY_SIZE };
}

/* What a box is about: a row moved to another place, or of other columns, does not open. */
static struct bytes about_of(const struct block_id *id, uint8_t ret[KEY_SIZE + 32])
{
        key_of(id, ret);
        memcpy(ret + KEY_SIZE, id->sha256, 32);
        return (struct bytes) { ret, KEY_SIZE + 32 };
}

/* ---- opening */

static int open_keys(const struct block_store_options *options, struct block_store *store)
{
        own(fd) int folder = open(options->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

        if (folder < 0)
                return -errno;
        return keyring_open(folder, "keys", options->read_only, &store->ring);
}

int block_store_open(const struct block_store_options *options, struct block_store **ret)
{
        own(block_store) struct block_store *store = calloc(1, sizeof(*store));
        const struct store_options env = {
                .directory = options->directory, .home = STORE_BLOCKS,
                .map_size = options->map_size, .quota = options->quota,
                .create = !options->read_only, .read_only = options->read_only,
        };
        int r;

        if (!store)
                return -ENOMEM;
        store->read_only = options->read_only;
        r = store_open(&env, &store->env);
        if (!r)
                r = open_keys(options, store);
        if (!r)
                *ret = give(store);
        return r;
}

void block_store_close(struct block_store *store)
{
        if (!store)
                return;
        block_store_abort(store);
        keyring_close(store->ring);
        store_close(store->env);
        free(store);
}

int block_store_room(struct block_store *store, uint64_t octets, bool *ret)
{
        return store_room(store->env, octets, ret);
}

int block_store_used(const struct block_store *store, uint64_t *ret)
{
        return store_used(store->env, ret);
}

/* ---- a batch */

int block_store_put(struct block_store *store, const struct block_id *id, uint64_t since,
                    struct bytes columns)
{
        own(vault_key) struct vault_key key = { { 0 } };
        uint8_t octets[KEY_SIZE], about[KEY_SIZE + 32];
        uint32_t slot = 0;
        uint8_t *room;
        void *at = NULL;
        int r = 0;

        assert(!store->read_only);
        if (!store->txn)
                r = store_begin_write(store->env, &store->txn);
        if (!r)
                r = keyring_find(store->ring, id->contract_no, id->year, since, id->index, &slot,
                                 &key);
        if (!r)
                r = store_reserve(store->txn, TABLE_BLOCK_ROWS, key_of(id, octets),
                                  HEADER_SIZE + columns.size + VAULT_OVERHEAD, &at);
        if (r)
                return r;
        room = at;
        put_octets(room, slot, HEADER_SIZE);
        vault_close(&key, about_of(id, about), columns, room + HEADER_SIZE);
        return 0;
}

int block_store_commit(struct block_store *store)
{
        return store->txn ? store_commit(give(store->txn)) : 0;
}

void block_store_abort(struct block_store *store)
{
        store_abort(give(store->txn));
}

/* ---- erasing and sweeping: rows go one by one; what they were is in their keys */

static struct block_id id_of(struct bytes key)
{
        const uint8_t *at = key.data;

        return (struct block_id) {
                .contract_no = (uint32_t)get_octets(at, 4), .year = (uint32_t)get_octets(at + 4, 4),
                .index = get_octets(at + 8, 8), .event = (uint32_t)get_octets(at + 16, 4),
        };
}

/* The first row behind @seek, as it is called. -ENOENT; -EILSEQ for a key of another shape. */
static int next_row(struct store_txn *txn, struct bytes seek, struct block_id *ret)
{
        struct bytes key, value;
        int r = store_after(txn, TABLE_BLOCK_ROWS, seek, &key, &value);

        if (!r && key.size != KEY_SIZE)
                r = -EILSEQ;
        if (!r)
                *ret = id_of(key);
        return r;
}

/* What the contract and year had before entry @below. */
static int drop_rows(struct store_txn *txn, uint32_t contract_no, uint32_t year, uint64_t below)
{
        uint8_t at[KEY_SIZE] = { 0 };
        struct bytes seek = { at, PREFIX_SIZE };
        struct block_id id;
        int r;

        put_octets(at, contract_no, 4);
        put_octets(at + 4, year, 4);
        while (!(r = next_row(txn, seek, &id))) {
                if (id.contract_no != contract_no || id.year != year || id.index >= below)
                        return 0;
                seek = key_of(&id, at);
                r = store_del(txn, TABLE_BLOCK_ROWS, seek);
                if (r)
                        return r;
        }
        return r == -ENOENT ? 0 : r;
}

int block_store_erase(struct block_store *store, uint32_t contract_no, uint32_t year,
                      uint64_t below)
{
        own(store_txn) struct store_txn *txn = NULL;
        uint32_t destroyed;
        int r;

        assert(!store->txn);
        r = keyring_destroy(store->ring, contract_no, year, below, &destroyed);
        if (!r)
                r = store_begin_write(store->env, &txn);
        if (r)
                return r;
        r = drop_rows(txn, contract_no, year, below);
        return r ? r : store_commit(give(txn));
}

struct sweep {
        block_erased_fn *erased;
        void *with;
        uint64_t size;
        bool known;                     /* of the contract and year looked up last: */
        uint32_t contract_no, year;
        uint64_t below;
};

static int look_up(struct sweep *sweep, uint32_t contract_no, uint32_t year)
{
        if (sweep->known && sweep->contract_no == contract_no && sweep->year == year)
                return 0;
        sweep->known = true;
        sweep->contract_no = contract_no;
        sweep->year = year;
        return sweep->erased(sweep->with, contract_no, year, &sweep->below);
}

static int sweep_keys(struct block_store *store, struct sweep *sweep)
{
        struct keyring_slot slot;
        uint32_t destroyed;
        int r = 0;

        for (uint32_t i = 0; !r && keyring_at(store->ring, i, &slot); i++) {
                if (!slot.number || !slot.alive)
                        continue;
                r = look_up(sweep, slot.contract_no, slot.year);
                if (!r && slot.born < sweep->below)
                        r = keyring_destroy(store->ring, slot.contract_no, slot.year, sweep->below,
                                            &destroyed);
        }
        return r;
}

/*
 * Of each contract and year what lies between what was erased and the end of the log is passed over
 * in one step: a start does not look at every block there is.
 */
static int sweep_rows(struct store_txn *txn, struct sweep *sweep, uint64_t *dropped)
{
        uint8_t at[KEY_SIZE];
        struct bytes seek = { at, 0 };
        struct block_id id;
        int r;

        while (!(r = next_row(txn, seek, &id))) {
                bool stays;

                r = look_up(sweep, id.contract_no, id.year);
                if (r)
                        return r;
                stays = id.index >= sweep->below && id.index < sweep->size;
                if (stays) {
                        id.index = sweep->size - 1;
                        id.event = UINT32_MAX;
                }
                seek = key_of(&id, at);
                if (stays)
                        continue;
                r = store_del(txn, TABLE_BLOCK_ROWS, seek);
                if (r)
                        return r;
                (*dropped)++;
        }
        return r == -ENOENT ? 0 : r;
}

int block_store_sweep(struct block_store *store, uint64_t size, block_erased_fn *erased, void *with,
                      uint64_t *ret_dropped)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct sweep sweep = { .erased = erased, .with = with, .size = size };
        int r;

        *ret_dropped = 0;
        assert(!store->read_only);
        r = sweep_keys(store, &sweep);
        if (!r)
                r = store_begin_write(store->env, &txn);
        if (!r)
                r = sweep_rows(txn, &sweep, ret_dropped);
        if (r || !*ret_dropped)
                return r;
        return store_commit(give(txn));
}

/* ---- reading */

int block_reader_open(struct block_store *store, size_t most, bool of_batch,
                      struct block_reader **ret)
{
        own(block_reader) struct block_reader *reader = calloc(1, sizeof(*reader) + most);
        int r;

        if (!reader)
                return -ENOMEM;
        reader->ring = store->ring;
        reader->most = most;
        reader->of_batch = of_batch && store->txn;
        if (reader->of_batch)
                reader->txn = store->txn;
        r = reader->of_batch ? 0 : store_begin_read(store->env, &reader->txn);
        if (!r)
                *ret = give(reader);
        return r;
}

void block_reader_close(struct block_reader *reader)
{
        if (!reader)
                return;
        if (!reader->of_batch)
                store_abort(reader->txn);
        vault_key_wipe(&reader->key);
        free(reader);
}

static int take_key(struct block_reader *reader, const struct block_id *id, struct bytes row)
{
        uint32_t slot = (uint32_t)get_octets(row.data, HEADER_SIZE);
        int r;

        if (reader->slot == slot && reader->contract_no == id->contract_no &&
            reader->year == id->year)
                return 0;
        reader->slot = 0;
        r = keyring_key(reader->ring, slot, id->contract_no, id->year, &reader->key);
        if (r)
                return r == -ENOKEY ? -ENOENT : r;
        reader->slot = slot;
        reader->contract_no = id->contract_no;
        reader->year = id->year;
        return 0;
}

static int find(struct block_reader *reader, const struct block_id *id, struct bytes *ret_row)
{
        uint8_t octets[KEY_SIZE];
        int r = store_get(reader->txn, TABLE_BLOCK_ROWS, key_of(id, octets), ret_row);

        if (r)
                return r;
        if (ret_row->size < HEADER_SIZE + VAULT_OVERHEAD)
                return -EILSEQ;
        return take_key(reader, id, *ret_row);
}

int block_reader_has(struct block_reader *reader, const struct block_id *id)
{
        struct bytes row;

        return find(reader, id, &row);
}

int block_reader_get(struct block_reader *reader, const struct block_id *id, struct bytes *ret)
{
        uint8_t about[KEY_SIZE + 32];
        struct bytes row, closed;
        int r = find(reader, id, &row);

        if (r)
                return r;
        closed = (struct bytes) { (const uint8_t *)row.data + HEADER_SIZE, row.size - HEADER_SIZE };
        if (closed.size - VAULT_OVERHEAD > reader->most)
                return -EILSEQ;
        r = vault_open(&reader->key, about_of(id, about), closed, reader->columns);
        if (r)
                return -EILSEQ;
        *ret = (struct bytes) { reader->columns, closed.size - VAULT_OVERHEAD };
        return 0;
}
