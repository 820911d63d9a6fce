/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/blocks.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clients/cli.h"
#include "clients/files.h"
#include "clients/profile.h"
#include "clients/terms-file.h"
#include "core/own.h"

#define LIST_NAME "blocks.json"

void kept_blocks_cleanup(struct kept_blocks *kept)
{
        free(kept->folder);
        free(kept->list);
}

int kept_blocks_folder(const char *directory, const struct contract_id *contract,
                       const struct name *segment, struct period period, char **ret)
{
        char from[11], through[11];

        date_print(period.from, from);
        date_print(period.until - 1, through);
        if (asprintf(ret, "%s/blocks/%s/%s/%s/%s%s%s..%s", directory, contract->bearer.text,
                     contract->earner.text, contract->label.text, segment->text,
                     name_empty(segment) ? "" : "@", from, through) >= 0)
                return 0;
        *ret = NULL;
        return -ENOMEM;
}

static int list_path(const char *folder, char **ret)
{
        if (asprintf(ret, "%s/%s", folder, LIST_NAME) >= 0)
                return 0;
        *ret = NULL;
        return -ENOMEM;
}

static int block_path(const char *folder, const struct sha256 *sha256, char **ret)
{
        struct digest digest;
        char hex[DIGEST_TEXT_MAX + 1];

        memcpy(digest.octets, sha256->octets, sizeof(digest.octets));
        digest_print(&digest, hex);
        if (asprintf(ret, "%s/%s.block", folder, hex) >= 0)
                return 0;
        *ret = NULL;
        return -ENOMEM;
}

/* ---- reading */

/* @path is the folder, or the list in it. */
static int find_list(const char *path, char **ret_folder, char **ret_list)
{
        size_t size = strlen(path), name = strlen(LIST_NAME);
        bool is_list = size >= name && strcmp(path + size - name, LIST_NAME) == 0 &&
                       (size == name || path[size - name - 1] == '/');

        if (!is_list)
                *ret_folder = strdup(path);
        else if (size == name)
                *ret_folder = strdup(".");
        else
                *ret_folder = strndup(path, size - name - 1);
        return *ret_folder ? list_path(*ret_folder, ret_list) : -ENOMEM;
}

enum exit_code kept_blocks_open(const char *path, struct kept_blocks *ret)
{
        own(profile_text) char *list = NULL;
        own(complaints) struct complaints *complaints = calloc(1, sizeof(*complaints));
        own(file) struct file file = { 0 };
        enum exit_code code;
        int r = complaints ? find_list(path, &ret->folder, &list) : -ENOMEM;

        if (r)
                return say_failure(r, "%s", path);
        if (access(list, F_OK) && errno == ENOENT)
                return EXIT_ABSENT;
        code = file_read(list, JSON_SIZE_MAX, &file);
        if (code)
                return code;
        r = kept_blocks_from_json(file_bytes(&file), ret, complaints);
        if (r < 0)
                return say_failure(r, "%s", list);
        complaints_print(complaints, list, stderr);
        return r ? EXIT_REFUSED : EXIT_DONE;
}

void mapped_block_cleanup(struct mapped_block *mapped)
{
        if (mapped->data)
                munmap(mapped->data, mapped->size);
        mapped->data = NULL;
}

static int map(const char *path, size_t size, struct mapped_block *ret)
{
        int fd = open(path, O_RDONLY | O_CLOEXEC), r = 0;
        struct stat stat;
        void *data;

        *ret = (struct mapped_block) { .data = NULL };
        if (fd < 0)
                return -errno;
        if (fstat(fd, &stat))
                r = -errno;
        else if (stat.st_size != (off_t)size)
                r = -EBADMSG;
        if (!r) {
                data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
                if (data == MAP_FAILED)
                        r = -errno;
                else
                        *ret = (struct mapped_block) { .data = data, .size = size };
        }
        close(fd);
        return r;
}

static int map_checked(const char *folder, const struct sha256 *sha256, uint32_t rows,
                       struct hasher *hasher, struct mapped_block *ret)
{
        own(profile_text) char *path = NULL;
        struct digest digest;
        struct bytes span;
        int r = block_path(folder, sha256, &path);

        if (!r)
                r = map(path, (size_t)rows * MEMBER_ROW_SIZE, ret);
        if (r)
                return r;
        span = (struct bytes) { ret->data, ret->size };
        hash_spans(hasher, &span, 1, &digest);
        if (memcmp(digest.octets, sha256->octets, sizeof(digest.octets)) == 0 &&
            block_cut(span, rows, &ret->rows))
                return 0;
        mapped_block_cleanup(ret);
        return -EBADMSG;
}

int kept_blocks_map(const struct kept_blocks *kept, const struct kept_block *block,
                    struct hasher *hasher, struct mapped_block *ret)
{
        return map_checked(kept->folder, &block->sha256, block->rows, hasher, ret);
}

int kept_blocks_each(const struct kept_blocks *kept, kept_rows_fn *each, void *with)
{
        own(hasher) struct hasher *hasher = NULL;
        int r = hasher_new(&hasher);

        for (uint32_t i = 0; !r && i < kept->count; i++) {
                own(mapped_block) struct mapped_block mapped = { 0 };

                r = kept_blocks_map(kept, &kept->list[i], hasher, &mapped);
                if (!r)
                        r = each(with, &mapped.rows);
        }
        return r;
}

/* ---- writing */

int kept_blocks_put(const char *folder, const struct block_event *block, struct hasher *hasher)
{
        own(profile_text) char *path = NULL;
        own(mapped_block) struct mapped_block there = { 0 };
        int r = map_checked(folder, &block->sha256, block->rows, hasher, &there);

        if (r != -ENOENT && r != -EBADMSG)
                return r;
        r = profile_make_directory(folder);
        if (!r)
                r = block_path(folder, &block->sha256, &path);
        return r ? r : file_replace(path, block->columns);
}

int kept_blocks_write(const struct kept_blocks *kept)
{
        own(json_object) struct json_object *object = NULL;
        own(profile_text) char *path = NULL;
        const char *text;
        int r = kept_blocks_to_json(kept, &object);

        if (!r)
                r = profile_make_directory(kept->folder);
        if (!r)
                r = list_path(kept->folder, &path);
        if (r)
                return r;
        text = json_object_to_json_string_ext(object, JSON_C_TO_STRING_PRETTY |
                                              JSON_C_TO_STRING_SPACED |
                                              JSON_C_TO_STRING_NOSLASHESCAPE);
        return text ? file_replace(path, (struct bytes) { text, strlen(text) }) : -ENOMEM;
}
