/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looking at the hub beside its batches: statistics, participants, the log.
 * Each call reads one snapshot.
 */
#include <errno.h>

#include "daemon/hub_private.h"
#include "store/blocks.h"

static int read_counters(struct store_txn *txn, struct hub_stat *ret)
{
        const struct { const char *name; uint64_t *to; } counters[] = {
                { "refusals", &ret->refusals },     { "parties", &ret->parties },
                { "nodes", &ret->nodes },           { "contracts", &ret->contracts },
                { "streams", &ret->streams },       { "statements", &ret->statements },
        };
        int r = 0;

        for (size_t i = 0; !r && i < sizeof(counters) / sizeof(counters[0]); i++)
                r = state_counter(txn, counters[i].name, counters[i].to);
        return r;
}

static int read_rows(struct store_txn *txn, struct hub_stat *ret)
{
        const struct { enum table table; uint64_t *to; } tables[] = {
                { TABLE_SEQ, &ret->submissions },   { TABLE_EVIDENCE, &ret->evidence },
                { TABLE_FACT, &ret->facts },        { TABLE_RUN, &ret->runs },
                { TABLE_PENDING, &ret->runs_pending }, { TABLE_JOURNAL, &ret->journal_entries },
                { TABLE_SIGNAL, &ret->signals },    { TABLE_DUE, &ret->due_pending },
                { TABLE_BLOCK, &ret->blocks },      { TABLE_BLOCK_ERASED, &ret->erasures },
                { TABLE_OVERDUE, &ret->payments_due },
        };
        int r = 0;

        for (size_t i = 0; !r && i < sizeof(tables) / sizeof(tables[0]); i++)
                r = store_count(txn, tables[i].table, tables[i].to);
        ret->submissions -= ret->refusals;      /* both take a sequence number */
        return r;
}

static void read_nodes(const struct hub *hub, struct hub_stat *ret)
{
        const struct directory_node *node;

        for (uint32_t no = 1; (node = directory_by_no(hub->directory, no)); no++)
                ret->nodes_revoked += node->state.revoked != 0;
}

int hub_read_stat(const struct hub *hub, struct hub_stat *ret)
{
        own(store_txn) struct store_txn *txn = NULL;
        uint64_t debits = 0, credits = 0;
        struct store_stat stat;
        int r = store_begin_read(hub->env, &txn);

        memset(ret, 0, sizeof(*ret));
        if (!r)
                r = read_counters(txn, ret);
        if (!r)
                r = read_rows(txn, ret);
        if (!r)
                r = state_counter(txn, "debits-pending", &debits);
        if (!r)
                r = state_counter(txn, "credits-pending", &credits);
        if (!r)
                r = tally_read(txn, &ret->open);
        if (!r)
                r = store_stat(txn, &stat);
        if (!r && hub->blocks)
                r = block_store_used(hub->blocks, &ret->blocks_bytes);
        if (r)
                return r;
        ret->entries = stat.tip.size;
        ret->last_time = stat.tip.time;
        memcpy(ret->root.octets, stat.tip.root.octets, sizeof(ret->root.octets));
        ret->map_size = stat.map_size;
        ret->used_bytes = stat.used;
        ret->free_pages = stat.free_pages;
        ret->readers = stat.readers;
        ret->debits_pending = (int64_t)debits;
        ret->credits_pending = (int64_t)credits;
        ret->quota = hub->options.quota;
        read_nodes(hub, ret);
        return 0;
}

static struct party_row party_row_of(const struct party_state *party, uint64_t last_signal)
{
        struct party_row row = {
                .index = party->index,
                .last_signal = last_signal,
                .admission = {
                        .party = party->party.name, .title = party->title,
                        .role_count = party->party.role_count, .present = party->party.present,
                        .two_nodes_for = party->party.two_nodes_for,
                        .operator_uid = party->operator_uid,
                },
        };

        memcpy(row.admission.roles, party->party.roles, sizeof(row.admission.roles));
        return row;
}

int hub_visit_parties(const struct hub *hub, int (*visit)(void *with, const struct party_row *row),
                      void *with)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct party_state party;
        struct party_row row;
        struct name name;
        uint64_t last;
        int r = store_begin_read(hub->env, &txn);

        for (uint32_t no = 1; !r && !(r = state_party_name(txn, no, &name)); no++) {
                r = state_party(txn, &name, &party);
                if (!r)
                        r = state_signal_last(txn, no, &last);
                if (r)
                        return r;
                row = party_row_of(&party, last);
                r = visit(with, &row);
        }
        return r == -ENOENT ? 0 : r;
}

int hub_visit_nodes(const struct hub *hub, int (*visit)(void *with, const struct node_row *row),
                    void *with)
{
        const struct directory_node *node;
        int r = 0;

        for (uint32_t no = 1; !r && (node = directory_by_no(hub->directory, no)); no++) {
                const struct node_state *state = &node->state;
                struct node_row row = {
                        .index = state->admitted, .is_revoked = state->revoked != 0,
                        .revoked = state->revoked,
                        .admission = {
                                .node = state->path, .rights = state->rights,
                                .operator_uid = state->operator_uid,
                        },
                };

                memcpy(row.admission.transport_key, state->transport_key, 32);
                memcpy(row.admission.signing_key, state->signing_key, 32);
                memcpy(row.admission.sealing_key, state->sealing_key, 32);
                r = visit(with, &row);
        }
        return r;
}

int hub_visit_log(const struct hub *hub, uint64_t first,
                  int (*visit)(void *with, const struct log_row *row), void *with)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct log_entry entry;
        struct digest leaf;
        int r = store_begin_read(hub->env, &txn);

        for (uint64_t index = first; !r && !(r = log_read(txn, index, &entry)); index++) {
                struct log_row row = {
                        .index = index, .time = entry.header.time, .kind = entry.header.kind,
                        .bytes = entry.bytes,
                };

                r = log_leaf(txn, index, &leaf);
                memcpy(row.leaf.octets, leaf.octets, sizeof(row.leaf.octets));
                if (!r)
                        r = visit(with, &row);
        }
        return r == -ENOENT ? 0 : r;
}
