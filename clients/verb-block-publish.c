/* SPDX-License-Identifier: Apache-2.0 */
/* Member-level rows: from a file to the hub, and into our own keeping. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/block-file.h"
#include "clients/publish.h"
#include "clients/verbs.h"

/* ---- over what stands already */

struct replacing {
        struct cut *cut;
        enum side side;
        struct event *events;           /* one for each block; then for those that are too many */
        bool *same;                     /* stands already, word for word */
        size_t count, room;
        struct sha256 of_nothing;
};

static bool says_the_same(const struct block_event *a, const struct block_event *b)
{
        if (a->rows != b->rows || a->cents != b->cents || a->generation != b->generation ||
            a->paid_through != b->paid_through || a->category_count != b->category_count ||
            memcmp(a->sha256.octets, b->sha256.octets, sizeof(a->sha256.octets)) != 0)
                return false;
        for (uint32_t i = 0; i < a->category_count; i++)
                if (!item_equal(&a->categories[i], &b->categories[i]))
                        return false;
        return true;
}

/* A number that the new blocks do not come to is to hold nothing. */
static int empty_out(struct replacing *replacing, const struct block_row *row)
{
        struct event *event;

        if (row->block.rows == 0)
                return 0;
        if (replacing->count == replacing->room)
                return -E2BIG;
        event = &replacing->events[replacing->count++];
        *event = (struct event) { .kind = EVENT_BLOCK, .block = row->block };
        event->block.rows = 0;
        event->block.cents = 0;
        event->block.category_count = 0;
        event->block.categories = NULL;
        event->block.columns = (struct bytes) { NULL, 0 };
        event->block.sha256 = replacing->of_nothing;
        event->block.generation = replacing->cut->kept.generation;
        event->block.has_supersedes = true;
        event->block.supersedes = row->index;
        return 0;
}

static int compare(void *with, const struct block_row *row)
{
        struct replacing *replacing = with;
        const struct kept_blocks *kept = &replacing->cut->kept;
        const struct block_event *there = &row->block;
        struct block_event *block;

        if (row->side != replacing->side || !row->current ||
            !period_equal(there->period, kept->period) ||
            !name_equal(&there->segment, &kept->segment))
                return 0;
        if (there->number > kept->count)
                return empty_out(replacing, row);
        block = &replacing->events[there->number - 1].block;
        replacing->same[there->number - 1] = row->keeping == BLOCK_KEPT &&
                                             says_the_same(block, there);
        block->has_supersedes = true;
        block->supersedes = row->index;
        return 0;
}

static size_t take_out(struct replacing *replacing)
{
        size_t kept = 0, same;

        for (size_t i = 0; i < replacing->count; i++)
                if (i >= replacing->cut->kept.count || !replacing->same[i])
                        replacing->events[kept++] = replacing->events[i];
        same = replacing->count - kept;
        replacing->count = kept;
        return same;
}

static int hash_nothing(struct sha256 *ret)
{
        own(hasher) struct hasher *hasher = NULL;
        struct digest digest;
        int r = hasher_new(&hasher);

        if (r)
                return r;
        hash_spans(hasher, NULL, 0, &digest);
        memcpy(ret->octets, digest.octets, sizeof(digest.octets));
        return 0;
}

static enum exit_code replace(struct call *call, struct reach *reach, struct replacing *replacing)
{
        struct contract_id *contract = &replacing->cut->contract;
        struct accord_error error = { 0 };
        struct accord_about about;
        size_t same;
        enum exit_code code = publish_about(call, contract, &about);
        int r;

        if (!code)
                code = reach_hub(call->cli, reach);
        if (code)
                return code;
        replacing->side = name_equal(reach_party(reach, &about), &contract->bearer) ? SIDE_BEARER
                                                                                    : SIDE_EARNER;
        r = hash_nothing(&replacing->of_nothing);
        if (!r)
                r = accord_query_blocks(reach->session, contract, false, compare, replacing,
                                        &error);
        if (r)
                return r < 0 ? say_failure(r, "the blocks") : reach_failed(&error);
        same = take_out(replacing);
        if (same)
                say_note(call->cli, "%zu block%s already as said and left out", same,
                         same == 1 ? " stands" : "s stand");
        return EXIT_DONE;
}

/* ---- publish */

static enum exit_code send_blocks(struct call *call, struct reach *reach,
                                  const struct replacing *replacing)
{
        struct accord_about about;
        enum exit_code code;

        if (replacing->count == 0)
                return publish_nothing(call);
        code = publish_about(call, &replacing->cut->contract, &about);
        return code ? code : publish(call, reach, &about, replacing->events, replacing->count, NULL,
                                     NULL, NULL);
}

/* What waits in the outbox is said as well: it only has not arrived. */
static bool is_said(enum exit_code code)
{
        return code == EXIT_DONE || code == EXIT_UNREACHED || code == EXIT_IN_DOUBT;
}

/*
 * Our copies are there before anything is said, so that there is never less here than at the hub;
 * that they are the current ones is written when it is.
 */
static enum exit_code say(struct call *call, struct reach *reach, struct replacing *replacing)
{
        bool keeps = !call_has(call, "no-keep") && !call_has(call, "dry-run");
        struct cut *cut = replacing->cut;
        enum exit_code code = EXIT_DONE, kept = EXIT_DONE;

        for (uint32_t i = 0; i < cut->kept.count; i++)
                replacing->events[i] = (struct event) { .kind = EVENT_BLOCK,
                                                        .block = cut->blocks[i] };
        replacing->count = cut->kept.count;
        if (call_has(call, "replace"))
                code = replace(call, reach, replacing);
        if (!code && keeps)
                code = cut_keep(cut);
        if (code)
                return code;
        code = send_blocks(call, reach, replacing);
        if (keeps && is_said(code)) {
                kept = cut_keep_list(cut);
                if (!kept)
                        say_note(call->cli, "our copies are in %s", cut->kept.folder);
        }
        return kept ? kept : code;
}

static enum exit_code publish_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        own(cut) struct cut cut = { 0 };
        struct replacing replacing = { .cut = &cut };
        enum exit_code code = cut_file(call, &reach, &cut);

        if (code)
                return code;
        replacing.room = BLOCK_NUMBER_MAX;
        replacing.events = calloc(replacing.room, sizeof(*replacing.events));
        replacing.same = calloc(cut.kept.count, sizeof(*replacing.same));
        code = replacing.events && replacing.same ? say(call, &reach, &replacing)
                                                  : say_failure(-ENOMEM, "the blocks");
        free(replacing.events);
        free(replacing.same);
        return code;
}

const struct verb verb_block_publish = {
        .noun = "block",
        .name = "publish",
        .usage = BLOCK_FILE_USAGE,
        .says = "state member-level rows: a CSV file, cut into blocks, members under pseudonyms",
        .more = "Columns: member, month (2025-03), allowed (money); category and risk where the "
                "terms go by them. A member has one row a month. The file is the whole of its "
                "service period and segment: --replace takes back what it no longer has.",
        .words_least = 2,
        .words_most = 2,
        .prints = true,
        .writes = true,
        .options = {
                BLOCK_FILE_OPTIONS,
                { "replace", NULL, "replace the blocks stated before, where they differ", 0 },
                { "no-keep", NULL, "keep no copies of our own", 0 },
                PUBLISH_OPTIONS,
        },
        .run = publish_run,
};

/* ---- keep */

static enum exit_code keep_run(struct call *call)
{
        static const struct column columns[] = {
                COLUMN("folder", "folder"),     COLUMN("blocks", "blocks"),
                COLUMN("rows", "rows"),         COLUMN("allowed", "allowed"),
                COLUMNS_END
        };
        own(reach) struct reach reach = { 0 };
        own(cut) struct cut cut = { 0 };
        enum exit_code code = cut_file(call, &reach, &cut);
        int64_t rows = 0, cents = 0;

        if (!code)
                code = cut_keep(&cut);
        if (!code)
                code = cut_keep_list(&cut);
        if (code)
                return code;
        for (uint32_t i = 0; i < cut.kept.count; i++) {
                rows += cut.kept.list[i].rows;
                cents += cut.kept.list[i].cents;
        }
        out_record(call->out, "kept-blocks", columns, (struct cell[]) {
                cell_text(cut.kept.folder), cell_count(cut.kept.count), cell_count(rows),
                cell_money(cents) });
        return EXIT_DONE;
}

const struct verb verb_block_keep = {
        .noun = "block",
        .name = "keep",
        .usage = BLOCK_FILE_USAGE,
        .says = "cut a file as block publish does, and only keep the blocks",
        .more = "For the rows that the other party gave: the same rows and key make the same "
                "blocks, digest for digest, which accord block list has.",
        .words_least = 2,
        .words_most = 2,
        .prints = true,
        .options = { BLOCK_FILE_OPTIONS },
        .run = keep_run,
};
