/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/verify-bundle.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clients/lib/pen.h"
#include "clients/lib/recfile.h"
#include "core/own.h"

#define FORMAT 1u
#define HEAD_SIZE (4 + 4 + 8)
#define ENTRY_SIZE (8 + 8 + 4 + 4 + DIGEST_SIZE + 8 + 4)

enum { RECORD_BUNDLE = 64, RECORD_ENTRY = 65 };

struct bundle_text {
        struct bundle_text *next;
        uint8_t data[];
};

void bundle_cleanup(struct bundle *bundle)
{
        while (bundle->text) {
                struct bundle_text *next = bundle->text->next;

                free(bundle->text);
                bundle->text = next;
        }
        free(bundle->entries);
}

/* The place of an index, or where it would be. */
static size_t place_of(const struct bundle *bundle, uint64_t index)
{
        size_t low = 0, high = bundle->count;

        while (low < high) {
                size_t middle = low + (high - low) / 2;

                if (bundle->entries[middle].index < index)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

const struct kept_entry *bundle_find(const struct bundle *bundle, uint64_t index)
{
        size_t at = place_of(bundle, index);

        return at < bundle->count && bundle->entries[at].index == index ? &bundle->entries[at] :
                                                                          NULL;
}

static int keep_text(struct bundle *bundle, struct bytes *bytes)
{
        struct bundle_text *text;

        if (!bytes->size)
                return 0;
        text = malloc(sizeof(*text) + bytes->size);
        if (!text)
                return -ENOMEM;
        memcpy(text->data, bytes->data, bytes->size);
        text->next = bundle->text;
        bundle->text = text;
        bytes->data = text->data;
        return 0;
}

int bundle_add(struct bundle *bundle, const struct kept_entry *entry)
{
        size_t at = place_of(bundle, entry->index);
        struct kept_entry kept = *entry;

        if (bundle_find(bundle, entry->index))
                return 0;
        if (bundle->count == bundle->room) {
                size_t room = bundle->room ? 2 * bundle->room : 64;
                struct kept_entry *list = reallocarray(bundle->entries, room, sizeof(*list));

                if (!list)
                        return -ENOMEM;
                bundle->entries = list;
                bundle->room = room;
        }
        if (keep_text(bundle, &kept.bytes))
                return -ENOMEM;
        memmove(&bundle->entries[at + 1], &bundle->entries[at],
                (bundle->count - at) * sizeof(kept));
        bundle->entries[at] = kept;
        bundle->count++;
        return 0;
}

/* ---- the file */

static int put_entry(struct recfile *file, const struct kept_entry *entry)
{
        uint8_t octets[ENTRY_SIZE];
        struct pen pen = { octets };
        struct bytes spans[] = {
                BYTES_OF(octets), { entry->path, entry->path_count * (size_t)DIGEST_SIZE },
                entry->bytes,
        };

        pen_u64(&pen, entry->index);
        pen_u64(&pen, (uint64_t)entry->time);
        pen_u32(&pen, entry->kind);
        pen_u32(&pen, entry->tree.epoch);
        pen_octets(&pen, entry->leaf.octets, DIGEST_SIZE);
        pen_u64(&pen, entry->tree.size);
        pen_u32(&pen, entry->path_count);
        return recfile_append(file, RECORD_ENTRY, spans, 3, NULL);
}

static int get_entry(struct bytes content, struct bundle *bundle)
{
        struct eye eye = { content.data };
        struct kept_entry entry;
        size_t path;

        if (content.size < ENTRY_SIZE)
                return -EBADMSG;
        entry.index = eye_u64(&eye);
        entry.time = (instant)eye_u64(&eye);
        entry.kind = eye_u32(&eye);
        entry.tree.epoch = eye_u32(&eye);
        eye_octets(&eye, entry.leaf.octets, DIGEST_SIZE);
        entry.tree.size = eye_u64(&eye);
        entry.path_count = eye_u32(&eye);
        path = (size_t)entry.path_count * DIGEST_SIZE;
        if (entry.path_count > MERKLE_PROOF_MAX || path > content.size - ENTRY_SIZE)
                return -EBADMSG;
        eye_octets(&eye, entry.path, path);
        entry.bytes = (struct bytes) { eye.from, content.size - ENTRY_SIZE - path };
        return bundle_add(bundle, &entry);
}

static int put_all(struct recfile *file, const struct bundle *bundle)
{
        uint8_t octets[HEAD_SIZE];
        struct pen pen = { octets };
        struct bytes span = BYTES_OF(octets);
        int r;

        pen_u32(&pen, FORMAT);
        pen_u32(&pen, 0);
        pen_u64(&pen, bundle->run);
        r = recfile_append(file, RECORD_BUNDLE, &span, 1, NULL);
        for (size_t i = 0; i < bundle->count && !r; i++)
                r = put_entry(file, &bundle->entries[i]);
        return r ? r : recfile_sync(file);
}

int bundle_write(const struct bundle *bundle, const char *directory)
{
        own(recfile) struct recfile *file = NULL;
        char path[4096], new_path[4096];
        int r;

        snprintf(path, sizeof(path), "%s/statements", directory);
        if (mkdir(path, 0700) && errno != EEXIST)
                return -errno;
        if (snprintf(path, sizeof(path), "%s/statements/%" PRIu64, directory, bundle->run) >=
                    (int)sizeof(path) - 4)
                return -ENAMETOOLONG;
        snprintf(new_path, sizeof(new_path), "%.4090s.new", path);
        if (unlink(new_path) && errno != ENOENT)
                return -errno;
        r = recfile_open(&file, new_path, RECFILE_WRITE);
        if (!r)
                r = put_all(file, bundle);
        if (!r && rename(new_path, path))
                r = -errno;
        return r;
}

static int get_head(struct bytes content, uint64_t run)
{
        struct eye eye = { content.data };

        if (content.size != HEAD_SIZE || eye_u32(&eye) != FORMAT)
                return -EBADMSG;
        (void)eye_u32(&eye);
        return eye_u64(&eye) == run ? 0 : -EBADMSG;
}

int bundle_read(const char *directory, uint64_t run, struct bundle *ret)
{
        own(recfile) struct recfile *file = NULL;
        struct recfile_buffer buffer = { 0 };
        struct record_at record = { .next = RECFILE_FIRST };
        bool first = true;
        char path[4096];
        int r;

        snprintf(path, sizeof(path), "%s/statements/%" PRIu64, directory, run);
        r = recfile_open(&file, path, RECFILE_READ);
        ret->run = run;
        while (!r) {
                r = recfile_read(file, record.next, &buffer, &record);
                if (r)
                        break;
                if (record.type != (first ? RECORD_BUNDLE : RECORD_ENTRY))
                        r = -EBADMSG;
                else
                        r = first ? get_head(record.content, run) :
                                    get_entry(record.content, ret);
                first = false;
        }
        recfile_buffer_free(&buffer);
        if (r == -ENODATA)
                return first ? -EBADMSG : 0;
        return r;
}

static int by_number(const void *a, const void *b)
{
        uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

        return x < y ? -1 : x > y;
}

static int add_run(uint64_t **list, size_t *count, const char *name)
{
        char *end;
        uint64_t run = strtoull(name, &end, 10), *more;

        if (*end || end == name)
                return 0;
        more = reallocarray(*list, *count + 1, sizeof(*more));
        if (!more)
                return -ENOMEM;
        *list = more;
        more[(*count)++] = run;
        return 0;
}

int bundle_list(const char *directory, uint64_t **ret, size_t *ret_count)
{
        const struct dirent *one;
        char path[4096];
        DIR *all;
        int r = 0;

        *ret = NULL;
        *ret_count = 0;
        snprintf(path, sizeof(path), "%s/statements", directory);
        all = opendir(path);
        if (!all)
                return errno == ENOENT ? 0 : -errno;
        while (!r && (one = readdir(all)))
                r = add_run(ret, ret_count, one->d_name);
        closedir(all);
        if (*ret_count)
                qsort(*ret, *ret_count, sizeof(**ret), by_number);
        return r;
}
