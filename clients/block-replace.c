/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/block-replace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"

void replacing_cleanup(struct replacing *replacing)
{
        free(replacing->events);
        free(replacing->same);
}

enum exit_code replacing_begin(struct cut *cut, struct replacing *ret)
{
        const uint32_t count = cut->kept.count;

        ret->cut = cut;
        ret->room = BLOCK_NUMBER_MAX;
        ret->events = calloc(ret->room, sizeof(*ret->events));
        ret->same = calloc(count + 1, sizeof(*ret->same));
        if (!ret->events || !ret->same)
                return say_failure(-ENOMEM, "the blocks");
        for (uint32_t i = 0; i < count; i++)
                ret->events[i] = (struct event) { .kind = EVENT_BLOCK, .block = cut->blocks[i] };
        ret->count = count;
        return EXIT_DONE;
}

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

enum exit_code replace_blocks(struct call *call, struct reach *reach, struct replacing *replacing)
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
