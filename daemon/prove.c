/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/prove.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/blocks.h"
#include "daemon/books_check.h"
#include "daemon/checkpoint.h"
#include "daemon/state_block.h"
#include "store/damage.h"
#include "store/tree.h"
#include "store/verify.h"

static int say_found(struct replay_report *report, const struct finding *finding, int r)
{
        if (r == -EILSEQ || r == -EPROTONOSUPPORT)
                snprintf(report->finding, sizeof(report->finding), "%s",
                         *finding->says ? finding->says : "it is damaged");
        return r;
}

/* ---- all of a log */

struct watch {
        struct store_txn *txn;
        replay_progress *progress;
        void *with;
        struct replay_report *report;
};

/* Entries that were just proved, which are still in the cache. */
static void count_events(void *with, uint64_t done, uint64_t of)
{
        struct watch *watch = with;
        struct replay_report *report = watch->report;
        struct log_entry entry;

        for (; report->entries < done; report->entries++)
                if (log_read(watch->txn, report->entries, &entry) == 0 &&
                    entry.header.kind == ENTRY_SUBMISSION)
                        report->events += wire_count_events(entry.bytes);
        if (watch->progress)
                watch->progress(watch->with, done, of);
}

static int open_unproved(const char *directory, struct store_env **ret_env,
                         struct store_txn **ret_txn)
{
        const struct store_options options = { .directory = directory, .read_only = true };
        int r = store_open(&options, ret_env);

        if (r == -EBADF)
                return -EILSEQ; /* an empty file, which LMDB would begin to write */
        return r ? r : store_begin_read(*ret_env, ret_txn);
}

void prove_on_damage(void (*leave)(const char *says))
{
        store_on_damage(leave);
}

int prove_open(const char *directory)
{
        own(store_env) struct store_env *env = NULL;
        own(store_txn) struct store_txn *txn = NULL;

        return open_unproved(directory, &env, &txn);
}

int prove_log(const char *directory, replay_progress *progress, void *with,
              struct replay_report *report)
{
        own(store_env) struct store_env *env = NULL;
        own(store_txn) struct store_txn *txn = NULL;
        struct finding finding = { .says = "" };
        int r = open_unproved(directory, &env, &txn);
        struct watch watch = { txn, progress, with, report };

        return r ? r : say_found(report, &finding, log_verify(txn, count_events, &watch, &finding));
}

int prove_tree(const char *directory, replay_progress *progress, void *with,
               struct replay_report *report)
{
        own(store_env) struct store_env *env = NULL;
        own(store_txn) struct store_txn *txn = NULL;
        struct finding finding = { .says = "" };
        int r = open_unproved(directory, &env, &txn);

        if (!r)
                r = tree_verify(txn, progress, with, &finding);
        if (!r)
                r = store_count(txn, TABLE_LEAF, &report->entries);
        if (!r)
                r = store_count(txn, TABLE_TREE, &report->state_rows);
        return say_found(report, &finding, r);
}

/* ---- of a hub that is open */

int prove_checkpoint(struct hub *hub, struct replay_report *report)
{
        own(store_txn) struct store_txn *txn = NULL;
        int r = store_begin_read(hub->env, &txn);

        report->entries = hub_size(hub);
        if (!r)
                r = checkpoint_check(hub, txn);
        if (r == -EILSEQ)
                snprintf(report->finding, sizeof(report->finding),
                         "META: the checkpoint is not one that the hub has signed of this log");
        return r;
}

int prove_books(struct hub *hub, replay_progress *progress, void *with,
                struct replay_report *report)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct books_found found = { .entries = 0 };
        int r = store_begin_read(hub->env, &txn);

        if (!r)
                r = books_check_all(txn, &hub->arena, progress, with, &found);
        report->entries = found.entries;
        report->state_rows = found.accounts;
        return say_found(report, &found.finding, r);
}

struct blocks_walk {
        struct hub *hub;
        struct store_txn *txn;
        struct block_reader *reader;    /* NULL: there is no directory of blocks */
        struct replay_report *report;
};

static int check_columns(struct blocks_walk *walk, const struct block_state *block)
{
        const struct block_id id = block_id_of(block);
        struct bytes columns;
        struct digest made;
        int r = block_reader_get(walk->reader, &id, &columns);

        if (r && r != -EILSEQ)
                return r;
        if (!r)
                hash_spans(walk->hub->hasher, &columns, 1, &made);
        if (!r && memcmp(made.octets, id.sha256, sizeof(id.sha256)) == 0)
                return 0;
        snprintf(walk->report->finding, sizeof(walk->report->finding),
                 "the block of entry %llu, event %u: its rows are not those that were kept",
                 (unsigned long long)block->index, block->event);
        return -EILSEQ;
}

static int check_block(void *with, const struct block_state *block, struct bytes key)
{
        struct blocks_walk *walk = with;
        uint64_t erased;
        int r = state_block_erased(walk->txn, block->contract_no, block->year, UINT64_MAX, &erased);

        (void)key;
        if (r || block->block.rows == 0)
                return r;
        if (erased > block->index) {
                walk->report->erased++;
                return 0;
        }
        r = walk->reader ? check_columns(walk, block) : -ENOENT;
        walk->report->entries += !r;
        walk->report->missing += r == -ENOENT;
        return r == -ENOENT ? 0 : r;
}

int prove_blocks(struct hub *hub, replay_progress *progress, void *with,
                 struct replay_report *report)
{
        own(store_txn) struct store_txn *txn = NULL;
        own(block_reader) struct block_reader *reader = NULL;
        struct blocks_walk walk = { .hub = hub, .report = report };
        uint64_t contracts = 0;
        int r = store_begin_read(hub->env, &txn);

        if (!r)
                r = store_count(txn, TABLE_CONTRACT, &contracts);
        if (!r && hub->blocks)
                r = block_reader_open(hub->blocks, BLOCK_SIZE_MAX, false, &reader);
        walk.txn = txn;
        walk.reader = reader;
        for (uint32_t no = 1; !r && no <= contracts; no++) {
                r = state_blocks(txn, no, (struct bytes) { NULL, 0 }, check_block, &walk);
                if (progress)
                        progress(with, no, contracts);
        }
        return r;
}

int prove_state(struct hub *hub, struct replay_report *report)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct state_place place = { .key_size = 0 };
        struct finding finding = { .says = "" };
        uint64_t rows;
        int r = store_begin_read(hub->env, &txn);

        while (!r) {
                r = state_verify_step(txn, &place, UINT32_MAX, &rows, &finding);
                report->state_rows += rows;
        }
        snprintf(report->finding, sizeof(report->finding), "%s", finding.says);
        return r == -ENOENT ? 0 : r;
}

/* ---- for others */

int prove_entry(struct hub *hub, uint64_t index, struct digest ret_path[MERKLE_PROOF_MAX],
                size_t *ret_count)
{
        own(store_txn) struct store_txn *txn = NULL;
        const struct log_tip tip = log_tip(hub->log);
        struct merkle_nodes nodes;
        struct log_entry entry;
        struct digest leaf;
        int r = index < tip.size ? store_begin_read(hub->env, &txn) : -ENOENT;

        if (!r)
                r = log_read_proved(txn, hub->hasher, index, &entry);
        if (!r)
                r = log_leaf(txn, index, &leaf);
        if (r)
                return r;
        nodes = tree_source(txn);
        r = merkle_inclusion(&nodes, hub->hasher, index, tip.size, ret_path, ret_count);
        if (r)
                return r;
        return merkle_includes(hub->hasher, &tip.root, tip.size, &leaf, index, ret_path,
                               *ret_count) ? 0 : -EILSEQ;
}

int prove_growth(struct hub *hub, uint64_t size, struct digest ret_path[MERKLE_PROOF_MAX],
                 size_t *ret_count)
{
        own(store_txn) struct store_txn *txn = NULL;
        const struct log_tip tip = log_tip(hub->log);
        struct merkle_nodes nodes;
        struct digest root;
        int r = size > 0 && size <= tip.size ? store_begin_read(hub->env, &txn) : -ENOENT;

        if (!r)
                r = tree_root(txn, hub->hasher, size, &root);
        if (r)
                return r;
        nodes = tree_source(txn);
        r = merkle_consistency(&nodes, hub->hasher, size, tip.size, ret_path, ret_count);
        if (r)
                return r;
        return merkle_continues(hub->hasher, &root, size, &tip.root, tip.size, ret_path,
                                *ret_count) ? 0 : -EILSEQ;
}

/* ---- a live hub */

struct prover {
        const struct hub *hub;
        struct hasher *hasher;
        struct arena arena;
        struct books_found books;
        struct state_place place;       /* of the stage of the state; from its start when new */
        struct finding finding;
};

void prover_free(struct prover *prover)
{
        if (!prover)
                return;
        hasher_free(prover->hasher);
        arena_free(&prover->arena);
        free(prover);
}

int prover_new(struct prover **ret, const struct hub *hub)
{
        struct prover *prover = calloc(1, sizeof(*prover));
        int r = prover ? hasher_new(&prover->hasher) : -ENOMEM;

        if (!r)
                r = arena_new(&prover->arena, WIRE_ARENA_SIZE);
        if (r) {
                prover_free(prover);
                return r;
        }
        prover->hub = hub;
        *ret = prover;
        return 0;
}

static int step_log(struct prover *prover, struct store_txn *txn, struct proving *proving,
                    uint32_t most)
{
        uint64_t end = proving->size - proving->at > most ? proving->at + most : proving->size;
        int r = log_verify_range(txn, prover->hasher, proving->at, end, &prover->finding);

        if (r)
                return r;
        proving->at = end;
        if (end == proving->size)
                proving->stage = PROVING_STATE;
        return 0;
}

/* Rows come and go between two steps: what is behind the place is looked at. */
static int step_state(struct prover *prover, struct store_txn *txn, struct proving *proving,
                      uint32_t most)
{
        uint64_t rows;
        int r = state_verify_step(txn, &prover->place, most, &rows, &prover->finding);

        if (r != -ENOENT)
                return r;
        prover->place = (struct state_place) { .key_size = 0 };
        proving->stage = PROVING_BOOKS;
        return 0;
}

static int step_books(struct prover *prover, struct store_txn *txn, struct proving *proving)
{
        int r;

        prover->books = (struct books_found) { .entries = 0 };
        r = books_check_contract(txn, &prover->arena, proving->contract + 1, &prover->books);
        if (r == -ENOENT)
                proving->stage = PROVING_TIP;
        else
                proving->contract++;
        prover->finding = prover->books.finding;
        return r == -ENOENT ? 0 : r;
}

static int step_tip(struct prover *prover, struct store_txn *txn, struct proving *proving)
{
        struct log_tip tip;
        int r = tip_verify(txn, prover->hasher, &tip, &prover->finding);

        proving->stage = PROVING_DONE;
        return r;
}

/*
 * What came after the beginning is for the next pass. One that was of a longer log, before another
 * was put in its place, begins anew.
 */
static int take_size(struct store_txn *txn, struct proving *proving)
{
        uint64_t size;
        int r = store_count(txn, TABLE_LEAF, &size);

        if (!r && (proving->at == 0 || proving->size > size))
                *proving = (struct proving) { .size = size };
        return r;
}

int prover_step(struct prover *prover, struct proving *proving, uint32_t most,
                const char **ret_says)
{
        own(store_txn) struct store_txn *txn = NULL;
        int r = store_begin_read(prover->hub->env, &txn);

        prover->finding = (struct finding) { .says = "" };
        *ret_says = prover->finding.says;
        if (!r && proving->stage == PROVING_LOG)
                r = take_size(txn, proving);
        if (r)
                return r;
        switch (proving->stage) {
        case PROVING_LOG:
                r = step_log(prover, txn, proving, most);
                break;
        case PROVING_STATE:
                r = step_state(prover, txn, proving, most);
                break;
        case PROVING_BOOKS:
                r = step_books(prover, txn, proving);
                break;
        case PROVING_TIP:
                r = step_tip(prover, txn, proving);
                break;
        case PROVING_DONE:
                break;
        }
        if (r == -EILSEQ && !*prover->finding.says)
                snprintf(prover->finding.says, sizeof(prover->finding.says),
                         "a page of the file cannot be read");
        return r;
}
