/* SPDX-License-Identifier: Apache-2.0 */
/* The entries of the books straight out of the log, while no daemon has it. */
#include <errno.h>
#include <stdlib.h>

#include "core/own.h"
#include "clients/books.h"
#include "clients/ledger-open.h"
#include "proto/wire.h"

struct gathering {
        const struct contract_id *contract;     /* NULL: all */
        struct accord_as_of as_of;
        struct books *books;
        struct arena arena;
};

static bool is_wanted(const struct gathering *g, const struct contract_id *contract)
{
        return !g->contract || contract_id_equal(g->contract, contract);
}

/* Entries are few and changes follow soon: from the last one back. */
static int change(struct gathering *g, const struct log_row *row,
                  const struct journal_change *change)
{
        struct books *books = g->books;

        for (size_t i = books->entry_count; i-- > 0;) {
                struct journal_row *entry = &books->entries[i];

                if (entry->index != change->entry)
                        continue;
                entry->state = change->state;
                entry->changed = row->index;
                entry->changed_at = row->time;
                entry->changed_says = change->says;
                return 0;
        }
        return -EILSEQ;
}

static int take_entry(void *with, const struct log_row *row)
{
        struct gathering *g = with;
        struct record record;
        struct fault fault;

        if ((g->as_of.has_index && row->index > g->as_of.index) ||
            (g->as_of.time && row->time > g->as_of.time))
                return 1;
        g->books->as_of = row->index + 1;
        if (row->kind != ENTRY_JOURNAL_ENTRY && row->kind != ENTRY_JOURNAL_CHANGE)
                return 0;
        arena_reset(&g->arena);
        if (wire_read_record(row->bytes, &g->arena, &record, &fault))
                return -EILSEQ;
        if (record.kind == ENTRY_JOURNAL_ENTRY && is_wanted(g, &record.journal_entry.contract))
                return books_add_entry(g->books, &(struct journal_row) {
                        .index = row->index, .time = row->time, .entry = record.journal_entry,
                        .state = record.journal_entry.state });
        if (record.kind == ENTRY_JOURNAL_CHANGE && is_wanted(g, &record.journal_change.contract))
                return change(g, row, &record.journal_change);
        return 0;
}

enum exit_code books_of_ledger(const struct call *call, const struct contract_id *contract,
                               struct books *ret)
{
        own(hub) struct hub *hub = NULL;
        struct gathering g = { .contract = contract, .books = ret };
        enum exit_code code = take_as_of(call, &g.as_of);
        int r;

        if (!code)
                code = ledger_open(call->cli, &hub);
        if (code)
                return code;
        r = arena_new(&g.arena, WIRE_ARENA_SIZE);
        if (r)
                return say_failure(r, "the log");
        r = hub_visit_log(hub, 0, take_entry, &g);
        arena_free(&g.arena);
        if (r == -EILSEQ) {
                say_error("the log holds an entry of the books that cannot be: accord ledger "
                          "verify");
                return EXIT_INTEGRITY;
        }
        return r < 0 ? say_failure(r, "the log") : EXIT_DONE;
}
