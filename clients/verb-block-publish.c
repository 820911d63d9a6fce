/* SPDX-License-Identifier: Apache-2.0 */
/* Member-level rows: from a file to the hub, and into our own keeping. */
#include "core/own.h"
#include "clients/block-replace.h"
#include "clients/publish.h"
#include "clients/verbs.h"

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

        if (call_has(call, "replace"))
                code = replace_blocks(call, reach, replacing);
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
        own(replacing) struct replacing replacing = { 0 };
        enum exit_code code = cut_file(call, &reach, &cut);

        if (!code)
                code = replacing_begin(&cut, &replacing);
        return code ? code : say(call, &reach, &replacing);
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
