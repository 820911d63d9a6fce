/* SPDX-License-Identifier: Apache-2.0 */
/* The log itself, entry by entry. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/entry-gist.h"
#include "clients/ledger-open.h"
#include "clients/take.h"
#include "clients/verbs.h"
#include "proto/wire.h"

static const struct column columns[] = {
        COLUMN_RIGHT("index", "ENTRY"),
        COLUMN("time", "TIME"),
        COLUMN("kind", "KIND"),
        COLUMN("who", "WHO"),
        COLUMN("contract", "CONTRACT"),
        COLUMN_RIGHT("events", "EVENTS"),
        COLUMN_RIGHT("bytes", "BYTES"),
        COLUMN_WIDE("leaf", "LEAF HASH"),
        COLUMNS_END
};

struct listing {
        struct out *out;
        struct arena arena;
        uint64_t first, left;           /* left: how many more; UINT64_MAX: all */
        int kind;                       /* 0: any */
        bool full;                      /* as many as were asked for */
};

static int list_entry(void *with, const struct log_row *row)
{
        struct listing *listing = with;
        struct gist gist;

        if (listing->kind && (int)row->kind != listing->kind)
                return 0;
        if (listing->left == 0)
                return 1;
        listing->left--;
        read_gist(&listing->arena, (uint32_t)row->kind, row->bytes, &gist);
        out_row(listing->out, (struct cell[]) {
                cell_id(row->index), cell_time(row->time),
                cell_text(word_of(entry_kind_words, (int)row->kind)),
                *gist.who ? cell_text(gist.who) : cell_none(),
                *gist.contract ? cell_text(gist.contract) : cell_none(),
                gist.events ? cell_count(gist.events) : cell_none(),
                cell_count((int64_t)row->bytes.size), cell_hex(row->leaf.octets, 32) });
        return 0;
}

/* -o raw: the entry's own bytes, which only one at a time can be. */
static int print_bytes(void *with, const struct log_row *row)
{
        struct listing *listing = with;

        fwrite(row->bytes.data, 1, row->bytes.size, out_stream(listing->out));
        return 1;
}

static enum exit_code take_range(const struct call *call, struct listing *listing)
{
        enum exit_code code;

        listing->left = UINT64_MAX;
        code = take_number_option(call, "from", UINT64_MAX - 1, &listing->first);
        if (!code)
                code = take_number_option(call, "count", UINT64_MAX - 1, &listing->left);
        if (!code)
                code = take_word_option(call, "kind", entry_kind_words, &listing->kind);
        if (!code && out_format(call->out) == FORMAT_RAW && !call_has(call, "from"))
                return call_misused(call, "-o raw writes one entry's bytes: --from says which");
        return code;
}

static enum exit_code log_run(struct call *call)
{
        own(hub) struct hub *hub = NULL;
        struct listing listing = { .out = call->out };
        enum exit_code code = take_range(call, &listing);
        int r;

        if (!code)
                code = ledger_open(call->cli, &hub);
        if (code)
                return code;
        r = arena_new(&listing.arena, WIRE_ARENA_SIZE);
        if (r)
                return say_failure(r, "the log");
        if (out_format(call->out) == FORMAT_RAW) {
                r = hub_visit_log(hub, listing.first, print_bytes, &listing);
        } else {
                out_begin(call->out, "entry", columns);
                r = hub_visit_log(hub, listing.first, list_entry, &listing);
                out_end(call->out);
        }
        arena_free(&listing.arena);
        return r < 0 ? say_failure(r, "the log") : EXIT_DONE;
}

const struct verb verb_ledger_log = {
        .noun = "ledger",
        .name = "log",
        .usage = "",
        .says = "list the entries of the log, while the hub is down; -o raw --from N: one's bytes",
        .more = "Who said something and about which contract, and with -o raw what. Who may open "
                "the files can read them so, and no record of it is possible: to read what parties "
                "said on the record, accord hub read.",
        .prints = true,
        .unsettled = true,
        .options = {
                { "from", "N", "begin with this entry; 0 is the genesis", 0 },
                { "count", "N", "at most so many", 0 },
                { "kind", "KIND", "only of this kind: submission, run, statement, ...", 0 },
        },
        .run = log_run,
};
