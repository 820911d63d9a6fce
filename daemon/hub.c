/* SPDX-License-Identifier: Apache-2.0 */
/* A hub's life: made, opened, one batch after the other, closed. */
#include "daemon/hub.h"

#include <errno.h>
#include <stdlib.h>

#include "core/check.h"
#include "daemon/blocks.h"
#include "daemon/checkpoint.h"
#include "daemon/condemn.h"
#include "daemon/hub_private.h"
#include "daemon/incentives.h"
#include "daemon/malice.h"
#include "daemon/refold.h"
#include "daemon/ring.h"

#define MAP_SIZE_DEFAULT ((size_t)1 << 40)
#define WINDOW_DEFAULT 256
#define BATCH_BYTES_MAX (4u * 1024u * 1024u)
#define BATCH_EFFECTS_MAX (32u * 1024u * 1024u)

struct hub_id hub_id_of(const uint8_t signing_key[32])
{
        static const char domain[] = "accord/hub/v1";
        const struct bytes spans[] = { { domain, sizeof(domain) }, { signing_key, 32 } };
        struct hub_id id = { { 0 } };
        struct hasher *hasher;
        struct digest digest;

        if (hasher_new(&hasher))
                return id;
        hash_spans(hasher, spans, 2, &digest);
        memcpy(id.octets, digest.octets, sizeof(id.octets));
        hasher_free(hasher);
        return id;
}

struct hub_id hub_id(const struct hub *hub)
{
        return hub->id;
}

const char *hub_name(const struct hub *hub)
{
        return hub->name.text;
}

void hub_close(struct hub *hub)
{
        if (!hub)
                return;
        hub_abort(hub);
        block_store_close(hub->blocks);
        log_free(hub->log);
        store_close(hub->env);
        directory_free(hub->directory);
        effects_free(&hub->effects);
        receipts_free(&hub->receipts);
        touched_free(&hub->touched);
        incentive_desk_free(hub->desk);
        hasher_free(hub->hasher);
        arena_free(&hub->arena);
        sink_free(&hub->body);
        sink_free(&hub->record);
        free(hub->scratch.data);
        free(hub->faults);
        free(hub->terms);
        free(hub->statement);
        free(hub);
}

void hub_cleanup(struct hub **hub)
{
        hub_close(*hub);
}

/* All memory a batch works in, made once. */
static int hub_new(struct hub **ret, const struct hub_options *options)
{
        own(hub) struct hub *hub = calloc(1, sizeof(*hub));
        int r;

        if (!hub)
                return -ENOMEM;
        hub->options = *options;
        if (!hub->options.map_size)
                hub->options.map_size = MAP_SIZE_DEFAULT;
        if (!hub->options.window)
                hub->options.window = WINDOW_DEFAULT;
        hub->scratch.size = sign_room(DOMAIN_SUBMISSION, WIRE_RECORD_MAX);
        hub->scratch.data = malloc(hub->scratch.size);
        hub->faults = calloc(1, sizeof(*hub->faults));
        hub->terms = calloc(1, sizeof(*hub->terms));
        hub->statement = calloc(1, sizeof(*hub->statement));
        if (!hub->scratch.data || !hub->faults || !hub->terms || !hub->statement)
                return -ENOMEM;
        r = directory_new(&hub->directory);
        if (!r)
                r = effects_new(&hub->effects);
        if (!r)
                r = hasher_new(&hub->hasher);
        if (!r)
                r = arena_new(&hub->arena, WIRE_ARENA_SIZE);
        if (!r)
                r = sink_new(&hub->body, 65536, WIRE_RECORD_MAX);
        if (!r)
                r = sink_new(&hub->record, 65536, WIRE_RECORD_MAX);
        if (!r)
                *ret = give(hub);
        return r;
}

static int store_of(struct hub *hub, bool create)
{
        const struct store_options options = {
                .directory = hub->options.directory,
                .map_size = hub->options.map_size,
                .quota = hub->options.quota,
                .read_only = hub->options.read_only,
                .create = create,
        };
        own(store_txn) struct store_txn *txn = NULL;
        int r = store_open(&options, &hub->env);

        if (!r && !options.read_only)
                r = log_upgrade(hub->env);
        if (!r)
                r = store_begin_read(hub->env, &txn);
        return r ? r : log_load(txn, LOG_TAIL, &hub->log);
}

static int say_genesis(struct hub *hub, const char *name, const char *origin)
{
        const struct public_keys *keys = &hub->options.keys->public;
        struct record record = {
                .kind = ENTRY_GENESIS,
                .genesis = {
                        .hub_name = { name, strlen(name) }, .origin = { origin, strlen(origin) },
                        .made_at = hub->now,
                },
        };
        struct entry entry;

        memcpy(record.genesis.signing_key, keys->signing, 32);
        memcpy(record.genesis.sealing_key, keys->sealing, 32);
        memcpy(record.genesis.transport_key, keys->transport, 32);
        return hub_say(hub, &record, &entry, NULL);
}

int hub_create(const struct hub_options *options, const char *name, const char *origin, instant now)
{
        own(hub) struct hub *hub = NULL;
        int r = hub_new(&hub, options);

        if (!r)
                r = store_of(hub, true);
        if (!r && log_tip(hub->log).size > 0)
                r = -EEXIST;
        if (r)
                return r;
        hub->id = hub_id_of(options->keys->public.signing);
        if (ring_begin(hub, (struct bytes) { origin, strlen(origin) },
                       options->keys->public.signing))
                return -EINVAL;
        r = hub_begin(hub, now);
        if (!r)
                r = say_genesis(hub, name, origin);
        if (!r)
                r = refold_note_format(hub);
        return r ? r : hub_commit(hub);
}

/* Whose ledger is it? The genesis says, and the keys given must be those that were named last. */
static int read_genesis(struct hub *hub, struct store_txn *txn)
{
        struct log_entry entry;
        struct record record;
        struct fault fault;
        int r = log_read(txn, 0, &entry);

        if (!r)
                r = log_leaf(txn, 0, &hub->genesis);
        if (!r)
                r = wire_read_record(entry.bytes, &hub->arena, &record, &fault);
        if (r)
                return r < 0 ? r : -EILSEQ;
        if (record.kind != ENTRY_GENESIS)
                return -EILSEQ;
        memcpy(hub->name.text, record.genesis.hub_name.data,
               record.genesis.hub_name.size < TEXT_MAX_LENGTH ? record.genesis.hub_name.size
                                                              : TEXT_MAX_LENGTH);
        hub->id = hub_id_of(record.genesis.signing_key);
        r = ring_begin(hub, record.genesis.origin, record.genesis.signing_key);
        if (!r)
                r = ring_take_up(hub, txn);
        return r ? r : ring_check_keys(hub);
}

static int read_directory(struct hub *hub, struct store_txn *txn)
{
        struct node_state node;
        int r;

        for (uint32_t no = 1; !(r = state_node(txn, no, &node)); no++) {
                r = directory_put(hub->directory, &node,
                                  hub->options.keys ? hub->options.keys->secret.sealing : NULL);
                if (r)
                        return r;
        }
        return r == -ENOENT ? 0 : r;
}

int hub_open(struct hub **ret, const struct hub_options *options)
{
        own(hub) struct hub *hub = NULL;
        own(store_txn) struct store_txn *txn = NULL;
        int r = hub_new(&hub, options);

        if (!r)
                r = store_of(hub, false);
        if (!r && log_tip(hub->log).size == 0)
                r = -ENOENT;
        if (!r)
                r = store_begin_read(hub->env, &txn);
        if (!r)
                r = read_genesis(hub, txn);
        if (!r)
                r = checkpoint_take_up(hub, txn);
        store_abort(give(txn));
        if (!r)
                r = refold_if_older(hub);
        if (!r)
                r = store_begin_read(hub->env, &txn);
        if (!r)
                r = read_directory(hub, txn);
        store_abort(give(txn));
        if (!r)
                r = blocks_open(hub);
        if (!r && !options->unjudged)
                r = hub_go_on(hub);
        if (!r)
                *ret = give(hub);
        return r;
}

int hub_go_on(struct hub *hub)
{
        checkpoint_make_up(hub);
        return hub->options.read_only ? 0 : blocks_sweep(hub);
}

int hub_scratch(struct hub **ret, const struct hub_options *options, const struct hub *of)
{
        own(hub) struct hub *hub = NULL;
        int r = hub_new(&hub, options);

        if (!r)
                r = store_of(hub, true);
        if (r)
                return r;
        hub->id = of->id;
        ring_begin_as(hub, of);
        *ret = give(hub);
        return 0;
}

bool hub_knows(const struct hub *hub, const uint8_t transport_key[32], struct node_path *ret_node)
{
        const struct directory_node *node = directory_by_key(hub->directory, transport_key);

        if (!node || node->state.revoked)
                return false;
        if (ret_node)
                *ret_node = node->state.path;
        return true;
}

int hub_begin(struct hub *hub, instant now)
{
        bool room, block_room = true;
        int r;

        assert(!hub->txn);
        assert(!hub->options.read_only);
        effects_reset(&hub->effects);
        receipts_reset(&hub->receipts);
        hub->has_staged_checkpoint = false;
        hub->now = now;
        hub->batch++;
        hub->batch_bytes = 0;
        hub->batch_legs = 0;
        hub->directory_changed = hub->ring_changed = false;
        hub->erasure_count = 0;
        touched_reset(&hub->touched);
        if (hub_condemned(hub))
                return looking_begin(hub);
        r = store_room(hub->env, BATCH_BYTES_MAX + WIRE_CONTROL_MAX, &room);
        if (!r && hub->blocks)
                r = block_store_room(hub->blocks, BATCH_BYTES_MAX + WIRE_SUBMISSION_MAX,
                                     &block_room);
        if (!r)
                r = store_begin_write(hub->env, &hub->txn);
        if (r)
                return r;
        hub->no_room = !room;
        hub->no_block_room = !block_room;
        return log_begin(hub->log, hub->txn);
}

uint64_t hub_size(const struct hub *hub)
{
        return log_tip(hub->log).size + (hub->txn ? log_staged(hub->log) : 0);
}

bool hub_batch_full(const struct hub *hub)
{
        return hub->batch_bytes >= BATCH_BYTES_MAX ||
               hub->effects.bytes.size + hub->receipts.count * RECEIPT_SIZE >= BATCH_EFFECTS_MAX;
}

/* As if it were, for who asks. */
static int pretend_commit(struct hub *hub)
{
        store_abort(give(hub->txn));
        if (hub->blocks)
                block_store_abort(hub->blocks);
        log_aborted(hub->log);
        hub->has_staged_checkpoint = false;
        return 0;
}

/*
 * Every book in the ledger balances, or nothing is written. Blocks first: what has an entry has its
 * rows. Keys are destroyed last: only what the log says is erased is erased.
 */
int hub_commit(struct hub *hub)
{
        bool forgets = malice_forgets(hub);
        struct log_tip tip;
        int r;

        assert(hub->txn);
        assert(hub->batch_legs == 0);
        if (hub->looking) {
                looking_end(hub);
                return 0;
        }
        if (hub_condemned(hub))
                return -ECANCELED;
        r = log_prepare_commit(hub->log, hub->txn, &tip);
        if (!r)
                r = checkpoint_stage(hub, &tip);
        if (!r)
                r = receipts_write(hub);
        if (!r && forgets)
                return pretend_commit(hub);
        if (!r && hub->blocks)
                r = block_store_commit(hub->blocks);
        if (!r)
                r = store_commit(give(hub->txn));
        if (r)
                log_aborted(hub->log);
        else
                log_committed(hub->log);
        if (!r)
                checkpoint_committed(hub);
        if (!r)
                r = blocks_committed(hub);
        if (r)
                effects_reset(&hub->effects);
        return r;
}

/* As the last commit left it. When it cannot be read, nobody is known: that fails closed. */
static void restore_directory(struct hub *hub)
{
        own(store_txn) struct store_txn *txn = NULL;

        int r;

        directory_free(give(hub->directory));
        r = directory_new(&hub->directory);
        assert(r == 0);
        if (store_begin_read(hub->env, &txn) == 0)
                read_directory(hub, txn);
        hub->directory_changed = false;
}

void hub_abort(struct hub *hub)
{
        if (!hub->txn)
                return;
        store_abort(give(hub->txn));
        hub->looking = false;
        if (hub->blocks)
                block_store_abort(hub->blocks);
        log_aborted(hub->log);
        effects_reset(&hub->effects);
        receipts_reset(&hub->receipts);
        touched_reset(&hub->touched);
        if (hub->desk)                  /* it may have seen what never was */
                incentive_desk_forget_all(hub->desk);
        if (hub->directory_changed)
                restore_directory(hub);
        if (hub->ring_changed)
                ring_restore(hub);
}

bool hub_effect(const struct hub *hub, size_t i, struct effect *ret)
{
        assert(!hub->txn);
        return effects_at(&hub->effects, i, ret);
}
