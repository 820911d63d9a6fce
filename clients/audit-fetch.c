/* SPDX-License-Identifier: Apache-2.0 */
/* An auditor takes along what the hub releases: each reading is on the record there. */
#include "clients/audit.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clients/auditing.h"
#include "clients/files.h"
#include "core/own.h"
#include "proof/entry.h"
#include "proof/keyfile.h"
#include "proto/wire.h"

struct fetching {
        struct call *call;
        struct accord_control *control;
        const char *directory;
        FILE *leaves;                   /* owned */
        uint64_t entries, leaf_count;
        uint32_t records;
        char note[8192];
        size_t note_size;
};

static void fetching_cleanup(struct fetching *fetching)
{
        if (fetching->leaves)
                fclose(fetching->leaves);
        accord_control_close(fetching->control);
}

static enum exit_code write_to(const struct fetching *f, const char *name, struct bytes bytes)
{
        char path[4096];
        int r;

        if (snprintf(path, sizeof(path), "%s/%s", f->directory, name) >= (int)sizeof(path))
                return say_failure(-ENAMETOOLONG, "%s", f->directory);
        r = file_replace(path, bytes);
        return r ? say_failure(r, "%s", path) : EXIT_DONE;
}

/* The keys that the genesis names: not to be believed before they were compared. */
static enum exit_code keep_keys(struct fetching *f, struct bytes bytes)
{
        own(arena) struct arena arena = { .data = NULL };
        char text[KEYS_TEXT_MAX];
        struct public_keys keys;
        struct record record;
        struct fault fault;

        if (arena_new(&arena, WIRE_ARENA_SIZE))
                return say_failure(-ENOMEM, "the genesis");
        if (wire_read_record(bytes, &arena, &record, &fault) || record.kind != ENTRY_GENESIS) {
                say_error("the hub's first entry is no genesis");
                return EXIT_INTEGRITY;
        }
        memcpy(keys.transport, record.genesis.transport_key, sizeof(keys.transport));
        memcpy(keys.signing, record.genesis.signing_key, sizeof(keys.signing));
        memcpy(keys.sealing, record.genesis.sealing_key, sizeof(keys.sealing));
        return write_to(f, "hub.pub", (struct bytes) { text, public_keys_print(&keys, text) });
}

static enum exit_code keep(void *with, const struct entry_row *row)
{
        const struct entry_header header = {
                .kind = (uint8_t)row->kind, .length = (uint32_t)row->bytes.size,
                .index = row->index, .time = row->time,
        };
        struct fetching *f = with;
        uint8_t *data = malloc(ENTRY_HEADER_SIZE + row->bytes.size);
        enum exit_code code;
        char name[64];

        if (!data)
                return say_failure(-ENOMEM, "an entry");
        entry_header_write(&header, data);
        if (row->bytes.size)
                memcpy(data + ENTRY_HEADER_SIZE, row->bytes.data, row->bytes.size);
        snprintf(name, sizeof(name), "entries/%" PRIu64, row->index);
        code = write_to(f, name, (struct bytes) { data, ENTRY_HEADER_SIZE + row->bytes.size });
        free(data);
        f->entries++;
        return !code && row->index == 0 ? keep_keys(f, row->bytes) : code;
}

static enum exit_code keep_leaves(void *with, struct bytes leaves, struct bytes note)
{
        struct fetching *f = with;

        if (note.size == 0 || note.size > sizeof(f->note)) {
                say_error("the hub gives no checkpoint");
                return EXIT_INTEGRITY;
        }
        memcpy(f->note, note.data, note.size);
        f->note_size = note.size;
        f->leaf_count += leaves.size / 32;
        if (leaves.size && fwrite(leaves.data, leaves.size, 1, f->leaves) != 1)
                return say_failure(-errno, "%s/leaves", f->directory);
        return EXIT_DONE;
}

/* ---- all of it: entries first, so that the checkpoint covers them */

static enum exit_code read_subjects(struct fetching *f, const char *option)
{
        enum exit_code code = EXIT_DONE;
        struct control_read read;
        uint32_t records;
        const char *word;
        size_t at = 0;

        while (!code && (word = call_next(f->call, option, &at))) {
                read = (struct control_read) { .from = 0 };
                code = take_subject(f->call, word, &read);
                if (!code && contract_id_empty(&read.contract) == (*option == 'c'))
                        return call_misused(f->call, "--%s %s is none", option, word);
                if (!code)
                        code = take_reason(f->call, &read.reason);
                if (!code)
                        code = auditing_read(f->call, f->control, &read, keep, f, &records);
                f->records += code ? 0 : records;
        }
        return code;
}

static enum exit_code read_leaves(struct fetching *f)
{
        char path[4096];
        enum exit_code code;

        snprintf(path, sizeof(path), "%s/leaves", f->directory);
        f->leaves = fopen(path, "we");
        if (!f->leaves)
                return say_failure(-errno, "%s", path);
        code = auditing_leaves(f->call, f->control, keep_leaves, f);
        if (!code && fflush(f->leaves))
                code = say_failure(-errno, "%s", path);
        return code ? code : write_to(f, "checkpoint", (struct bytes) { f->note, f->note_size });
}

static int make_directories(const char *directory)
{
        char path[4096];

        if (snprintf(path, sizeof(path), "%s/entries", directory) >= (int)sizeof(path))
                return -ENAMETOOLONG;
        if (mkdir(directory, 0700) && errno != EEXIST)
                return -errno;
        return mkdir(path, 0700) && errno != EEXIST ? -errno : 0;
}

static const struct column columns[] = {
        COLUMN("directory", "DIRECTORY"),
        COLUMN_RIGHT("leaves", "LEAVES"),
        COLUMN_RIGHT("entries", "ENTRIES"),
        COLUMN_RIGHT("records", "READINGS ON RECORD"),
        COLUMNS_END
};

enum exit_code audit_fetch(struct call *call, const char *directory)
{
        own(fetching) struct fetching f = { .call = call, .directory = directory };
        struct control_read everybodys = { .reason = { "what everybody may see" } };
        uint32_t none;
        enum exit_code code = auditing_open(call, &f.control);
        int r = code ? 0 : make_directories(directory);

        if (r)
                return say_failure(r, "%s", directory);
        if (!code)
                code = auditing_read(call, f.control, &everybodys, keep, &f, &none);
        if (!code)
                code = read_subjects(&f, "contract");
        if (!code)
                code = read_subjects(&f, "party");
        if (!code)
                code = read_leaves(&f);
        if (code)
                return code;
        out_begin(call->out, "audit", columns);
        out_row(call->out, (struct cell[]) {
                cell_text(directory), cell_count((int64_t)f.leaf_count),
                cell_count((int64_t)f.entries), cell_count(f.records) });
        out_end(call->out);
        return EXIT_DONE;
}
