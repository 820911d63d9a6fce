/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The same log again, undisturbed: what others said is handed to a second hub with the same keys,
 * one entry at a time and at the same times; what the hub itself says must come of it by itself.
 */
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "proto/wire.h"
#include "tests/crash/crash.h"
#include "tests/world/must.h"

struct again {
        const struct crash *crash;
        struct outboxes *outboxes;
        char directory[200], ledger[232];
        struct hub_options options;
        struct hub *first, *hub;
        struct arena arena;
        struct statement *statement;
        uint64_t entries;               /* of the second log */
        struct sha256 *leaves;          /* of the first log */
        uint64_t leaf_count;
};

static void begin(struct again *again, const struct log_row *row)
{
        must(hub_begin(again->hub, row->time), "beginning a batch");
}

static int check_row(void *with, const struct log_row *row)
{
        struct again *again = with;

        must_be(row->index == again->entries, "the second log skips an entry");
        if (row->index >= again->leaf_count ||
            memcmp(&again->leaves[row->index], &row->leaf, sizeof(row->leaf)) != 0)
                die("undisturbed, entry %llu is another", (unsigned long long)row->index);
        again->entries++;
        return 0;
}

static void commit(struct again *again)
{
        must(hub_commit(again->hub), "a commit");
        must(hub_visit_log(again->hub, again->entries, check_row, again), "the second log");
}

static void make_second(struct again *again, const struct log_row *row)
{
        struct record record;
        struct fault fault;
        char name[TEXT_MAX_LENGTH + 1], origin[TEXT_MAX_LENGTH + 1];

        must(wire_read_record(row->bytes, &again->arena, &record, &fault), "the genesis");
        snprintf(name, sizeof(name), "%.*s", (int)record.genesis.hub_name.size,
                 (const char *)record.genesis.hub_name.data);
        snprintf(origin, sizeof(origin), "%.*s", (int)record.genesis.origin.size,
                 (const char *)record.genesis.origin.data);
        must(hub_create(&again->options, name, origin, row->time), "a second ledger");
        must(hub_open(&again->hub, &again->options), "a second ledger");
        must(hub_visit_log(again->hub, 0, check_row, again), "the second log");
}

static void admit(struct again *again, const struct record *record)
{
        const char *says = "";
        uint64_t index;

        if (record->kind == ENTRY_PARTY_ADMISSION)
                must(hub_admit_party(again->hub, &record->party_admission, &index, &says), says);
        else if (record->kind == ENTRY_NODE_ADMISSION)
                must(hub_admit_node(again->hub, &record->node_admission, &index, &says), says);
        else
                must(hub_revoke_node(again->hub, &record->node_revocation, &index, &says), says);
}

/* The bytes that were refused are not in the log; the outbox still has them. */
static void refuse(struct again *again, const struct refusal_record *refusal)
{
        const struct said *said = outboxes_find(again->outboxes,
                                                publisher_of(again->crash, &refusal->node),
                                                &refusal->stream, refusal->sequence);

        must_be(said && said->bytes, "the bytes that were refused");
        must(hub_ingest(again->hub, (struct bytes) { said->bytes, said->size }, 0),
             "what was refused");
}

static void settle_again(struct again *again, const struct record *record)
{
        must(hub_compute(again->hub, record->statement->run.cut, again->statement), "computing");
        must(hub_post_statement(again->hub, again->statement), "a statement");
}

static void cause(struct again *again, const struct log_row *row)
{
        struct record record;
        struct fault fault;

        begin(again, row);
        if (row->kind == ENTRY_SUBMISSION) {
                must(hub_ingest(again->hub, row->bytes, 0), "a submission");
                commit(again);
                return;
        }
        must(wire_read_record(row->bytes, &again->arena, &record, &fault), "a record");
        switch (row->kind) {
        case ENTRY_PARTY_ADMISSION:
        case ENTRY_NODE_ADMISSION:
        case ENTRY_NODE_REVOCATION:
                admit(again, &record);
                break;
        case ENTRY_REFUSAL:
                refuse(again, &record.refusal);
                break;
        case ENTRY_STATEMENT:
                settle_again(again, &record);
                break;
        default:
                die("entry %llu, of kind %d, did not come of what was before it",
                    (unsigned long long)row->index, row->kind);
        }
        commit(again);
}

static int replay_row(void *with, const struct log_row *row)
{
        struct again *again = with;

        arena_reset(&again->arena);
        if (row->index == 0)
                make_second(again, row);
        else if (row->index >= again->entries)
                cause(again, row);
        return 0;
}

static int keep_leaf(void *with, const struct log_row *row)
{
        struct again *again = with;

        again->leaves = realloc(again->leaves, (again->leaf_count + 1) * sizeof(*again->leaves));
        must_be(again->leaves != NULL, "memory");
        again->leaves[again->leaf_count++] = row->leaf;
        return 0;
}

static void compare_ends(const struct again *again)
{
        struct hub_stat first, second;

        must(hub_read_stat(again->first, &first), "the log");
        must(hub_read_stat(again->hub, &second), "the second log");
        must_be(first.entries == second.entries &&
                memcmp(&first.root, &second.root, sizeof(first.root)) == 0 &&
                first.debits_pending == second.debits_pending &&
                first.credits_pending == second.credits_pending &&
                first.signals == second.signals && first.facts == second.facts,
                "undisturbed, the log comes to another end");
        printf("undisturbed, the same causes make the same %llu entries, byte for byte\n",
               (unsigned long long)second.entries);
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *at)
{
        (void)status;
        (void)type;
        (void)at;
        return remove(path);
}

/* In memory: it commits once for each entry. */
static void make_directory(struct again *again)
{
        snprintf(again->directory, sizeof(again->directory), "/dev/shm/accord-again.XXXXXX");
        if (!mkdtemp(again->directory)) {
                snprintf(again->directory, sizeof(again->directory), "%s/again.XXXXXX",
                         again->crash->accordd.directory);
                must_be(mkdtemp(again->directory) != NULL, again->directory);
        }
        snprintf(again->ledger, sizeof(again->ledger), "%s/ledger", again->directory);
}

void again_check(const struct crash *crash, struct outboxes *outboxes)
{
        struct again again = { .crash = crash, .outboxes = outboxes };

        make_directory(&again);
        again.options = (struct hub_options) {
                .directory = again.ledger, .keys = &crash->accordd.keys,
                .map_size = (size_t)16 << 30, .window = 1000000,
        };
        must(arena_new(&again.arena, WIRE_ARENA_SIZE), "memory");
        again.statement = calloc(1, sizeof(*again.statement));
        must_be(again.statement != NULL, "memory");
        again.first = accordd_ledger(&crash->accordd, true);
        must(hub_visit_log(again.first, 0, keep_leaf, &again), "the log");
        must(hub_visit_log(again.first, 0, replay_row, &again), "the log");
        compare_ends(&again);
        hub_close(again.hub);
        hub_close(again.first);
        nftw(again.directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
        arena_free(&again.arena);
        free(again.statement);
        free(again.leaves);
}
