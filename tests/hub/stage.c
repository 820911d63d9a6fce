/* SPDX-License-Identifier: Apache-2.0 */
/* The hub's side of the stage: its ledger, its batches, and whether all of it holds. */
#include "tests/hub/stage.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/check.h"
#include "daemon/hub_private.h"
#include "daemon/prove.h"
#include "daemon/replay.h"
#include "proof/setup.h"
#include "store/cursor.h"

#define MAP_SIZE ((size_t)1 << 30)

void must(int r, const char *what)
{
        if (!r)
                return;
        fprintf(stderr, "stage: %s: %s\n", what,
                r < 0 ? strerror(-r) : refusal_name((unsigned int)r));
        abort();
}

static void empty_directory(const char *path)
{
        DIR *directory = opendir(path);
        char name[STAGE_PATH_MAX + 300];
        struct dirent *entry;

        if (!directory)
                return;
        while ((entry = readdir(directory))) {
                snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
                if (entry->d_name[0] != '.')
                        unlink(name);
        }
        closedir(directory);
        rmdir(path);
}

/* In memory where there is such a place: what the disk does is looked at in tests/crash. */
static void make_directory(struct stage *stage)
{
        const char *parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";

        snprintf(stage->directory, sizeof(stage->directory), "%s/accord-stage.XXXXXX", parent);
        must(mkdtemp(stage->directory) ? 0 : -errno, "mkdtemp");
        snprintf(stage->ledger, sizeof(stage->ledger), "%s/ledger", stage->directory);
        snprintf(stage->blocks, sizeof(stage->blocks), "%s/ledger.blocks", stage->directory);
        snprintf(stage->scratch, sizeof(stage->scratch), "%s/scratch", stage->directory);
}

void stage_set_up(struct stage *stage, void (*set)(struct hub_options *options))
{
        struct player hub;

        memset(stage, 0, sizeof(*stage));
        must(proof_setup(), "proof_setup");
        make_directory(stage);
        player_make(&hub, "hub", "hub");
        stage->keys = hub.keys;
        stage->keys.kind = KEY_KIND_HUB;
        stage->now = STAGE_BEGINS;
        stage->options = (struct hub_options) {
                .directory = stage->ledger, .keys = &stage->keys, .map_size = MAP_SIZE,
        };
        if (set)
                set(&stage->options);
        must(arena_new(&stage->arena, WIRE_ARENA_SIZE), "arena_new");
        must(sink_new(&stage->sink, 65536, 2 * WIRE_SUBMISSION_MAX), "sink_new");
        must(sink_new(&stage->frame, 65536, 2 * WIRE_SUBMISSION_MAX), "sink_new");
        must(hub_create(&stage->options, "a hub on a stage", "accord.example/stage", stage->now),
             "hub_create");
        must(hub_open(&stage->hub, &stage->options), "hub_open");
}

void stage_tear_down(struct stage *stage)
{
        release_desk_free(stage->desk);
        hub_close(stage->hub);
        arena_free(&stage->arena);
        sink_free(&stage->sink);
        sink_free(&stage->frame);
        empty_directory(stage->scratch);
        empty_directory(stage->ledger);
        empty_directory(stage->blocks);
        rmdir(stage->directory);
}

void stage_reopen(struct stage *stage)
{
        release_desk_free(stage->desk);
        stage->desk = NULL;
        hub_close(stage->hub);
        stage->hub = NULL;
        must(hub_open(&stage->hub, &stage->options), "hub_open");
}

void stage_begin(struct stage *stage)
{
        must(hub_begin(stage->hub, stage->now), "hub_begin");
        stage->now += SECOND / 1000;
}

void stage_commit(struct stage *stage)
{
        must(hub_commit(stage->hub), "hub_commit");
}

static bool work_on_release(struct stage *stage)
{
        const struct release_draft *draft;
        uint32_t number;
        int r = hub_next_release(stage->hub, 0, &number);

        if (r == -ENOENT)
                return false;
        must(r, "hub_next_release");
        if (!stage->desk)
                must(release_desk_new(&stage->desk), "release_desk_new");
        must(hub_compute_release(stage->hub, stage->desk, number, &draft), "hub_compute_release");
        stage_begin(stage);
        must(hub_post_release(stage->hub, draft), "hub_post_release");
        stage_commit(stage);
        return true;
}

bool stage_work(struct stage *stage)
{
        struct statement *statement;
        uint64_t run;
        int r = hub_next_run(stage->hub, 0, &run);

        if (r == -ENOENT)
                return work_on_release(stage);
        must(r, "hub_next_run");
        statement = calloc(1, sizeof(*statement));
        must(statement ? 0 : -ENOMEM, "calloc");
        must(hub_compute(stage->hub, run, statement), "hub_compute");
        stage_begin(stage);
        must(hub_post_statement(stage->hub, statement), "hub_post_statement");
        stage_commit(stage);
        free(statement);
        return true;
}

static void table_digest(struct store_txn *txn, struct hasher *hasher, enum table table,
                         struct digest *ret)
{
        own(store_cursor) struct store_cursor *cursor = NULL;
        struct bytes key, value;
        uint64_t sizes[2];
        int r = cursor_open(txn, table, (struct bytes) { "", 0 }, &cursor);

        memset(ret, 0, sizeof(*ret));
        while (!r && !(r = cursor_next(cursor, &key, &value))) {
                const struct bytes spans[] = {
                        BYTES_OF(ret->octets), { sizes, sizeof(sizes) }, key, value,
                };

                sizes[0] = key.size;
                sizes[1] = value.size;
                hash_spans(hasher, spans, 4, ret);
        }
        must(r == -ENOENT ? 0 : r, "cursor_next");
}

struct sha256 sha256_of(struct bytes bytes)
{
        struct hasher *hasher;
        struct digest digest;
        struct sha256 ret;

        must(hasher_new(&hasher), "hasher_new");
        hash_spans(hasher, &bytes, 1, &digest);
        hasher_free(hasher);
        memcpy(ret.octets, digest.octets, sizeof(ret.octets));
        return ret;
}

void stage_tables(struct stage *stage, struct stage_tables *ret)
{
        own(store_txn) struct store_txn *txn = NULL;
        own(hasher) struct hasher *hasher = NULL;

        must(hasher_new(&hasher), "hasher_new");
        must(store_begin_read(stage->hub->env, &txn), "store_begin_read");
        for (unsigned int i = 0; i < TABLE_COUNT; i++) {
                must(store_count(txn, (enum table)i, &ret->rows[i]), "store_count");
                table_digest(txn, hasher, (enum table)i, &ret->content[i]);
        }
}

static bool among(enum table table, const enum table *list)
{
        for (; *list != TABLE_COUNT; list++)
                if (*list == table)
                        return true;
        return false;
}

enum table stage_changed(const struct stage_tables *before, const struct stage_tables *after,
                         const enum table *but)
{
        for (unsigned int i = 0; i < TABLE_COUNT; i++)
                if (!among((enum table)i, but) &&
                    !digest_equal(&before->content[i], &after->content[i]))
                        return (enum table)i;
        return TABLE_COUNT;
}

const char *stage_finding(struct stage *stage)
{
        static char finding[400];
        struct replay_report report = { 0 };
        const char *what = "verify";
        int r = replay_verify(stage->hub, NULL, NULL, &report);

        if (!r) {
                what = "checkpoint, books, blocks";
                r = prove_checkpoint(stage->hub, &report);
        }
        if (!r)
                r = prove_books(stage->hub, NULL, NULL, &report);
        if (!r)
                r = prove_blocks(stage->hub, NULL, NULL, &report);
        if (!r) {
                what = "rebuild";
                empty_directory(stage->scratch);
                r = replay_rebuild(stage->hub, stage->scratch, NULL, NULL, &report);
                empty_directory(stage->scratch);
        }
        if (!r) {
                what = "recompute";
                r = replay_recompute(stage->hub, NULL, NULL, &report);
        }
        if (!r)
                return NULL;
        snprintf(finding, sizeof(finding), "%s: %s: %s", what, strerror(-r), report.finding);
        return finding;
}

uint64_t stage_entries(const struct stage *stage)
{
        struct hub_stat stat;

        must(hub_read_stat(stage->hub, &stat), "hub_read_stat");
        return stat.entries;
}
