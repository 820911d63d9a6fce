/* SPDX-License-Identifier: Apache-2.0 */
/* The directory of an audit, read; the hub's keys and its checkpoint. */
#include "clients/audit.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clients/files.h"
#include "core/own.h"
#include "proof/entry.h"
#include "proof/keyfile.h"
#include "proto/wire.h"

#define LEAVES_FILE_MAX (UINT64_C(1) << 34)
#define NOTE_FILE_MAX 8192

void audit_cleanup(struct audit *audit)
{
        bundle_cleanup(&audit->bundle);
        hub_proof_free(&audit->v.proof);
        free(audit->leaves);
        free(audit->note);
}

static enum exit_code read_in(const char *directory, const char *name, size_t most,
                              struct file *ret)
{
        char path[4096];

        if (snprintf(path, sizeof(path), "%s/%s", directory, name) >= (int)sizeof(path))
                return say_failure(-ENAMETOOLONG, "%s", directory);
        return file_read(path, most, ret);
}

/* The key that the auditor has by another way, else the one that the hub gave. */
static enum exit_code load_key(struct call *call, const char *directory, struct audit *ret)
{
        const char *given = cli_get(call->cli, SETTING_HUB_KEY);
        struct accord_error error = { 0 };
        struct public_keys keys;
        char path[4096];
        int r;

        ret->is_key_given = given != NULL;
        snprintf(path, sizeof(path), "%s/hub.pub", directory);
        r = keyfile_load_public(given ? given : path, &keys);
        if (r == -EBADMSG) {
                say_error("%s is no file of public keys", given ? given : path);
                return EXIT_REFUSED;
        }
        if (r)
                return say_failure(r, "%s", given ? given : path);
        return hub_proof_init(&ret->v.proof, keys.signing, &error) ? reach_failed(&error)
                                                                   : EXIT_DONE;
}

static enum exit_code load_leaves(const char *directory, struct audit *ret)
{
        own(file) struct file file = { 0 };
        enum exit_code code = read_in(directory, "leaves", LEAVES_FILE_MAX, &file);

        if (code)
                return code;
        if (file.size == 0 || file.size % DIGEST_SIZE) {
                say_error("%s/leaves is not of whole hashes", directory);
                return EXIT_REFUSED;
        }
        ret->size = file.size / DIGEST_SIZE;
        ret->leaves = malloc(file.size);
        if (!ret->leaves)
                return say_failure(-ENOMEM, "%s/leaves", directory);
        memcpy(ret->leaves, file.data, file.size);
        return EXIT_DONE;
}

static enum exit_code load_entry(const char *directory, const char *name, struct audit *ret)
{
        own(file) struct file file = { 0 };
        struct kept_entry entry = { .path_count = 0 };
        struct entry_header header;
        char path[300];
        enum exit_code code;

        snprintf(path, sizeof(path), "entries/%s", name);
        code = read_in(directory, path, ENTRY_HEADER_SIZE + ENTRY_LENGTH_MAX, &file);
        if (code)
                return code;
        if (entry_header_read(file_bytes(&file), &header) || header.index >= ret->size ||
            strtoull(name, NULL, 10) != header.index) {
                say_error("%s/%s is no entry of this log", directory, path);
                return EXIT_REFUSED;
        }
        entry.index = header.index;
        entry.time = header.time;
        entry.kind = header.kind;
        entry.leaf = ret->leaves[header.index];
        entry.bytes = (struct bytes) { file.data + ENTRY_HEADER_SIZE, header.length };
        return bundle_add(&ret->bundle, &entry) ? say_failure(-ENOMEM, "%s", path) : EXIT_DONE;
}

static enum exit_code load_entries(const char *directory, struct audit *ret)
{
        enum exit_code code = EXIT_DONE;
        const struct dirent *one;
        char path[4096];
        DIR *all;

        snprintf(path, sizeof(path), "%s/entries", directory);
        all = opendir(path);
        if (!all)
                return say_failure(-errno, "%s", path);
        while (!code && (one = readdir(all)))
                if (one->d_name[0] >= '0' && one->d_name[0] <= '9')
                        code = load_entry(directory, one->d_name, ret);
        closedir(all);
        return code;
}

enum exit_code audit_load(struct call *call, const char *directory, struct audit *ret)
{
        own(file) struct file note = { 0 };
        enum exit_code code;

        ret->v.call = call;
        code = load_key(call, directory, ret);
        if (!code)
                code = read_in(directory, "checkpoint", NOTE_FILE_MAX, &note);
        if (!code)
                code = load_leaves(directory, ret);
        if (!code)
                code = load_entries(directory, ret);
        if (code)
                return code;
        ret->note_size = note.size;
        ret->note = malloc(note.size + 1);
        if (!ret->note)
                return say_failure(-ENOMEM, "%s", directory);
        memcpy(ret->note, note.data, note.size);
        return EXIT_DONE;
}

/* ---- whose it is */

static bool is_of_the_ring(const struct kept_entry *entry)
{
        return entry->kind == ENTRY_GENESIS || entry->kind == ENTRY_HUB_KEY ||
               entry->kind == ENTRY_EPOCH;
}

static bool open_ring(struct audit *audit)
{
        own(arena) struct arena arena = { .data = NULL };
        struct accord_error error = { 0 };
        bool epoch;

        if (arena_new(&arena, WIRE_ARENA_SIZE))
                return false;
        for (size_t i = 0; i < audit->bundle.count; i++) {
                const struct kept_entry *entry = &audit->bundle.entries[i];
                const struct record_entry record = { entry->index, entry->time, entry->bytes };

                if (!is_of_the_ring(entry))
                        continue;
                arena_reset(&arena);
                if (hub_proof_ring(&audit->v.proof, &record, &arena, &epoch, &error)) {
                        verify_row(&audit->v, "keys", HOLDS_NO, 1, "entry %" PRIu64 ": %s",
                                   entry->index, error.text);
                        return false;
                }
        }
        return true;
}

bool audit_open(struct audit *audit)
{
        const struct bytes note = { audit->note, audit->note_size };

        if (!open_ring(audit))
                return false;
        if (hub_proof_checkpoint(&audit->v.proof, note, &audit->checkpoint, &audit->epoch)) {
                verify_row(&audit->v, "checkpoint", HOLDS_NO, 1,
                           "it is not signed by the hub's key for its size and epoch");
                return false;
        }
        return true;
}

void audit_path(struct audit *audit, uint64_t index, struct kept_entry *ret)
{
        struct merkle_leaves leaves = { audit->v.proof.hasher, audit->leaves };
        const struct merkle_nodes nodes = merkle_nodes_of(&leaves);
        size_t count = 0;

        merkle_inclusion(&nodes, audit->v.proof.hasher, index, audit->size, ret->path, &count);
        ret->path_count = (uint32_t)count;
        ret->tree = (struct accord_tree) { audit->epoch, audit->size };
}
