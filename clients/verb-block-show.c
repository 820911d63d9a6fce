/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of member-level rows: what the hub has of both sides, and what we keep ourselves. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/block-file.h"
#include "clients/profile.h"
#include "clients/take.h"
#include "clients/verbs.h"

/* ---- the hub's */

static const struct column list_columns[] = {
        COLUMN("segment", "SEGMENT"),
        COLUMN("period_from", "FROM"),
        COLUMN("period_through", "THROUGH"),
        COLUMN_RIGHT("number", "BLOCK"),
        COLUMN_RIGHT("rows", "ROWS"),
        COLUMN_RIGHT("allowed", "ALLOWED"),
        COLUMN("side", "SAID BY"),
        COLUMN_RIGHT("index", "ENTRY"),
        COLUMN_RIGHT("year", "YEAR"),
        COLUMN("keeping", "STATE"),
        COLUMN_WIDE("event", "EVENT"),
        COLUMN_WIDE("current", "CURRENT"),
        COLUMN_WIDE("supersedes", "REPLACES"),
        COLUMN_WIDE("paid_through", "PAID THROUGH"),
        COLUMN_WIDE("key_generation", "KEY"),
        COLUMN_WIDE("categories", "CATEGORIES"),
        COLUMN_WIDE("sha256", "SHA256"),
        COLUMNS_END
};

static const char *keeping_word(enum block_keeping keeping)
{
        switch (keeping) {
        case BLOCK_KEPT:
                return "kept";
        case BLOCK_ERASED:
                return "erased";
        case BLOCK_MISSING:
                return "missing";
        }
        return "unknown";
}

/* "aged,disabled"; room for all of them. */
static char *print_categories(const struct item *list, uint32_t count,
                              char ret[CATEGORIES_MAX * (ITEM_MAX_LENGTH + 1) + 1])
{
        size_t at = 0;

        for (uint32_t i = 0; i < count && i < CATEGORIES_MAX; i++) {
                size_t size = strlen(list[i].text);

                if (i)
                        ret[at++] = ',';
                memcpy(ret + at, list[i].text, size);
                at += size;
        }
        ret[at] = '\0';
        return ret;
}

struct listing {
        struct out *out;
        bool whole;                     /* of any period */
        struct period period;
        size_t missing;
};

static int list_row(void *with, const struct block_row *row)
{
        const struct block_event *block = &row->block;
        char categories[CATEGORIES_MAX * (ITEM_MAX_LENGTH + 1) + 1];
        struct listing *listing = with;

        if (!listing->whole && !period_equal(listing->period, block->period))
                return 0;
        listing->missing += row->current && row->keeping == BLOCK_MISSING;
        out_row(listing->out, (struct cell[]) {
                name_empty(&block->segment) ? cell_none() : cell_text(block->segment.text),
                cell_day(block->period.from), cell_day(block->period.until - 1),
                cell_count(block->number), cell_count(block->rows), cell_money(block->cents),
                cell_text(word_of(side_words, row->side)), cell_id(row->index),
                cell_id(row->year), cell_text(keeping_word(row->keeping)), cell_count(row->event),
                cell_flag(row->current),
                block->has_supersedes ? cell_id(block->supersedes) : cell_none(),
                cell_day(block->paid_through), cell_count(block->generation),
                block->category_count
                        ? cell_text(print_categories(block->categories, block->category_count,
                                                     categories))
                        : cell_none(),
                cell_hex(block->sha256.octets, sizeof(block->sha256.octets)) });
        return 0;
}

static enum exit_code list_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct listing listing = { .out = call->out, .whole = !call_has(call, "period") };
        struct accord_error error = { 0 };
        struct contract_id contract;
        enum exit_code code = take_contract(call, 0, &contract);

        if (!code)
                code = take_period_option(call, "period", &listing.period);
        if (!code)
                code = reach_hub(call->cli, &reach);
        if (code)
                return code;
        out_begin(call->out, "block", list_columns);
        if (accord_query_blocks(reach.session, &contract, call_has(call, "history"), list_row,
                                &listing, &error))
                code = reach_failed(&error);
        out_end(call->out);
        if (listing.missing)
                say_note(call->cli, "the hub has lost %zu of them; who stated them can publish "
                                    "them again with --replace", listing.missing);
        return code;
}

const struct verb verb_block_list = {
        .noun = "block",
        .name = "list",
        .usage = "CONTRACT",
        .says = "list the blocks that both sides have stated, and whether the hub still has them",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .options = {
                { "period", "PERIOD", "of this service period only", 0 },
                { "history", NULL, "also what was replaced since", 0 },
        },
        .run = list_run,
};

/* ---- our own */

static const struct column kept_columns[] = {
        COLUMN_RIGHT("number", "BLOCK"),
        COLUMN_RIGHT("rows", "ROWS"),
        COLUMN_RIGHT("allowed", "ALLOWED"),
        COLUMN("state", "STATE"),
        COLUMN("sha256", "SHA256"),
        COLUMNS_END
};

static const struct column row_columns[] = {
        COLUMN("member", "MEMBER"),
        COLUMN("month", "MONTH"),
        COLUMN("category", "CATEGORY"),
        COLUMN_RIGHT("risk", "RISK"),
        COLUMN_RIGHT("allowed", "ALLOWED"),
        COLUMNS_END
};

static void print_row(struct out *out, const struct kept_blocks *kept,
                      const struct member_rows *rows, uint32_t i)
{
        uint32_t category = row_category(rows, i), month = row_month(rows, i);
        char printed[16];

        snprintf(printed, sizeof(printed), "%04u-%02u", 1970 + month / 12, 1 + month % 12);
        out_row(out, (struct cell[]) {
                cell_hex(row_member(rows, i), PSEUDONYM_SIZE), cell_text(printed),
                category < kept->category_count ? cell_text(kept->categories[category].text)
                                                : cell_none(),
                cell_rate(row_risk(rows, i), RISK_ONE), cell_money(row_cents(rows, i)) });
}

/* One block: a row about it, or its rows. Other than EXIT_DONE when it is not what it was. */
static enum exit_code show_block(struct call *call, const struct kept_blocks *kept,
                                 const struct kept_block *block, struct hasher *hasher)
{
        own(mapped_block) struct mapped_block mapped = { 0 };
        int r = kept_blocks_map(kept, block, hasher, &mapped);

        if (r && r != -ENOENT && r != -EBADMSG)
                return say_failure(r, "%s", kept->folder);
        if (!call_has(call, "rows"))
                out_row(call->out, (struct cell[]) {
                        cell_count(block->number), cell_count(block->rows),
                        cell_money(block->cents),
                        cell_text(!r ? "whole" : r == -ENOENT ? "absent" : "damaged"),
                        cell_hex(block->sha256.octets, sizeof(block->sha256.octets)) });
        for (uint32_t i = 0; !r && call_has(call, "rows") && i < mapped.rows.count; i++)
                print_row(call->out, kept, &mapped.rows, i);
        if (!r)
                return EXIT_DONE;
        say_error("block %u in %s is %s", block->number, kept->folder,
                  r == -ENOENT ? "not there" : "not what its digest says");
        return EXIT_INTEGRITY;
}

static enum exit_code show_all(struct call *call, const struct kept_blocks *kept)
{
        own(hasher) struct hasher *hasher = NULL;
        enum exit_code code = EXIT_DONE, one;
        int r = hasher_new(&hasher);

        if (r)
                return say_failure(r, "%s", kept->folder);
        if (call_has(call, "rows"))
                out_begin(call->out, "member-row", row_columns);
        else
                out_begin(call->out, "kept-block", kept_columns);
        for (uint32_t i = 0; i < kept->count; i++) {
                one = show_block(call, kept, &kept->list[i], hasher);
                code = code ? code : one;
        }
        out_end(call->out);
        return code;
}

static enum exit_code show_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        own(kept_blocks) struct kept_blocks kept = { 0 };
        own(profile_text) char *folder = NULL;
        struct period period = { 0 };
        struct contract_id contract;
        struct name segment = { "" };
        enum exit_code code = take_contract(call, 0, &contract);

        if (!code)
                code = take_period_option(call, "period", &period);
        if (!code)
                code = take_name_option(call, "segment", &segment);
        if (!code)
                code = cut_folder(call, &reach, &contract, &segment, period, &folder);
        if (!code)
                code = kept_blocks_open(folder, &kept);
        if (code == EXIT_ABSENT)
                say_error("no blocks are kept in %s", folder);
        if (code)
                return code;
        if (contract_id_equal(&kept.contract, &contract) && period_equal(kept.period, period) &&
            name_equal(&kept.segment, &segment))
                return show_all(call, &kept);
        say_error("%s has blocks of another contract, segment or period", folder);
        return EXIT_CONFLICT;
}

const struct verb verb_block_show = {
        .noun = "block",
        .name = "show",
        .usage = "CONTRACT",
        .says = "show our own copies of blocks, checked against their digests, or their rows",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .unsettled = true,
        .options = {
                { "period", "PERIOD", "the service period: 2025", OPTION_NEEDED },
                { "segment", "NAME", "the segment; the contract as a whole unless given", 0 },
                { "folder", "FOLDER", "where they are; beside the outbox unless given", 0 },
                { "rows", NULL, "the rows themselves, members under their pseudonyms", 0 },
        },
        .run = show_run,
};
