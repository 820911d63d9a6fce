/* SPDX-License-Identifier: Apache-2.0 */
/* An auditor reads what parties said; and the parties list who did. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/auditing.h"
#include "clients/entry-gist.h"
#include "clients/reach.h"
#include "clients/take.h"
#include "clients/verbs.h"
#include "proof/base64.h"
#include "proto/wire.h"

static const struct column read_columns[] = {
        COLUMN_RIGHT("index", "ENTRY"),
        COLUMN("time", "TIME"),
        COLUMN("kind", "KIND"),
        COLUMN("who", "WHO"),
        COLUMN("contract", "CONTRACT"),
        COLUMN_RIGHT("events", "EVENTS"),
        COLUMN_WIDE("leaf", "LEAF HASH"),
        COLUMN_WIDE("bytes", "BYTES"),
        COLUMNS_END
};

struct reading {
        struct out *out;
        struct arena arena;
        bool raw;
        uint64_t shown;
};

static void reading_cleanup(struct reading *reading)
{
        arena_free(&reading->arena);
}

static enum exit_code show(void *with, const struct entry_row *row)
{
        struct reading *reading = with;
        struct gist gist;
        char *text;

        reading->shown++;
        if (reading->raw) {
                fwrite(row->bytes.data, 1, row->bytes.size, out_stream(reading->out));
                return EXIT_DONE;
        }
        text = malloc(BASE64_SIZE(row->bytes.size) + 1);
        if (!text)
                return say_failure(-ENOMEM, "an entry");
        base64_print(row->bytes, text);
        read_gist(&reading->arena, row->kind, row->bytes, &gist);
        out_row(reading->out, (struct cell[]) {
                cell_id(row->index), cell_time(row->time),
                cell_text(word_of(entry_kind_words, (int)row->kind)),
                *gist.who ? cell_text(gist.who) : cell_none(),
                *gist.contract ? cell_text(gist.contract) : cell_none(),
                gist.events ? cell_count(gist.events) : cell_none(),
                cell_hex(row->leaf.octets, 32), cell_text(text) });
        free(text);
        return EXIT_DONE;
}

static enum exit_code take_range(const struct call *call, struct control_read *ret)
{
        uint64_t count = 0;
        enum exit_code code = take_number_option(call, "from", UINT64_MAX - 1, &ret->from);

        if (!code)
                code = take_number_option(call, "count", UINT32_MAX - 1, &count);
        ret->most = (uint32_t)count;
        if (!code && out_format(call->out) == FORMAT_RAW)
                ret->most = 1;
        return code;
}

static enum exit_code read_run(struct call *call)
{
        own(accord_control) struct accord_control *control = NULL;
        own(reading) struct reading reading = {
                .out = call->out, .raw = out_format(call->out) == FORMAT_RAW,
        };
        struct control_read read = { .from = 0 };
        uint32_t records = 0;
        enum exit_code code = take_subject(call, call->words[0], &read);

        if (!code)
                code = take_reason(call, &read.reason);
        if (!code)
                code = take_range(call, &read);
        if (!code && arena_new(&reading.arena, WIRE_ARENA_SIZE))
                code = say_failure(-ENOMEM, "reading");
        if (!code)
                code = auditing_open(call, &control);
        if (code)
                return code;
        if (!reading.raw)
                out_begin(call->out, "entry", read_columns);
        code = auditing_read(call, control, &read, show, &reading, &records);
        if (!reading.raw)
                out_end(call->out);
        if (!code && reading.shown)
                say_note(call->cli, "%llu entries; those whom it concerns are told",
                         (unsigned long long)reading.shown);
        return code;
}

const struct verb verb_hub_read = {
        .noun = "hub",
        .name = "read",
        .usage = "CONTRACT|PARTY",
        .says = "read the entries of a contract, or of a party's own affairs; for auditors",
        .more = "For those whom the hub's configuration names as auditors, and for nobody else: an "
                "operator is not one. Each reading is an entry of the hub's log before anything "
                "is shown, and whoever it concerns is told and can list it: accord reads list. "
                "-o raw writes the bytes of one entry: --from says which.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .options = {
                { "because", "TEXT", "why, for the record; the parties see it", OPTION_NEEDED },
                { "from", "N", "begin with this entry of the log", 0 },
                { "count", "N", "at most so many", 0 },
        },
        .run = read_run,
};

/* ---- who did */

static const struct column list_columns[] = {
        COLUMN_RIGHT("index", "ENTRY"),
        COLUMN("time", "TIME"),
        COLUMN("as", "AS"),
        COLUMN_RIGHT("user", "USER"),
        COLUMN("contract", "CONTRACT"),
        COLUMN("party", "PARTY"),
        COLUMN_RIGHT("first", "FROM"),
        COLUMN_RIGHT("last", "THROUGH"),
        COLUMN_RIGHT("entries", "ENTRIES"),
        COLUMN("because", "BECAUSE"),
        COLUMNS_END
};

static const struct word right_words[] = {
        { "operator", STAFF_OPERATOR }, { "auditor", STAFF_AUDITOR }, { NULL, 0 },
};

static int list_row(void *with, const struct read_row *row)
{
        const struct staff_read *read = &row->read;
        char contract[CONTRACT_ID_MAX + 1] = "";

        if (!contract_id_empty(&read->contract))
                contract_id_print(&read->contract, contract);
        out_row(with, (struct cell[]) {
                cell_id(row->index), cell_time(row->time),
                cell_text(word_of(right_words, (int)read->right)), cell_id(read->operator_uid),
                *contract ? cell_text(contract) : cell_none(),
                *read->party.text ? cell_text(read->party.text) : cell_none(),
                cell_id(read->first), cell_id(read->last), cell_count(read->entries),
                cell_text(read->reason.text) });
        return 0;
}

static enum exit_code list_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };
        enum exit_code code = reach_hub(call->cli, &reach);

        if (code)
                return code;
        accord_query_timeout(reach.session, call->cli->timeout_ms);
        out_begin(call->out, "reading", list_columns);
        if (accord_query_reads(reach.session, list_row, call->out, &error))
                code = reach_failed(&error);
        out_end(call->out);
        return code;
}

const struct verb verb_reads_list = {
        .noun = "reads",
        .name = "list",
        .usage = "",
        .says = "list what the hub's staff read of the party's, who, when, and why",
        .more = "Each row is an entry of the log, which the hub cannot take back. Whoever has "
                "the files of the hub can read them while it is down, and leaves no row.",
        .prints = true,
        .run = list_run,
};
