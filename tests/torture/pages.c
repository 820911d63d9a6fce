/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/torture/pages.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/own.h"
#include "store/folder.h"
#include "tests/world/must.h"

/* The layout of LMDB 0.9, on a machine of 64 bits that has the low octet first. */
#define FLAGS_AT 10u
#define LOWER_AT 12u
#define OVERFLOW_COUNT_AT 12u
#define IS_BRANCH 0x01u
#define IS_LEAF 0x02u
#define NODE_HEAD 8u
#define NODE_BIG 0x01u
#define NODE_TABLE 0x02u
#define TABLE_ROOT_AT 40u
#define META_FREE_AT 40u                /* the list of free pages, and behind it the tables */
#define META_TABLES_AT 88u
#define NONE UINT64_MAX

static const char *const names[PAGE_CLASSES] = {
        [PAGE_UNUSED] = "unused", [PAGE_FREE] = "free", [PAGE_OLDER_META] = "meta, older",
        [PAGE_NEWER_META] = "meta, newer", [PAGE_FREE_LIST] = "free list",
        [PAGE_TABLES] = "list of tables", [PAGE_LOG_BRANCH] = "LOG branch",
        [PAGE_LOG_LEAF] = "LOG leaf", [PAGE_LOG_OVERFLOW] = "LOG overflow",
        [PAGE_LEAF_BRANCH] = "LEAF branch", [PAGE_LEAF_LEAF] = "LEAF leaf",
        [PAGE_TREE_BRANCH] = "TREE branch", [PAGE_TREE_LEAF] = "TREE leaf",
        [PAGE_META_LEAF] = "META leaf", [PAGE_STATE_BRANCH] = "state branch",
        [PAGE_STATE_LEAF] = "state leaf", [PAGE_STATE_OVERFLOW] = "state overflow",
};

/* The classes of a table's pages. */
struct kind {
        const char *table;
        enum page_class branch, leaf, overflow;
};

static const struct kind kinds[] = {
        { "LOG", PAGE_LOG_BRANCH, PAGE_LOG_LEAF, PAGE_LOG_OVERFLOW },
        { "LEAF", PAGE_LEAF_BRANCH, PAGE_LEAF_LEAF, PAGE_LEAF_LEAF },
        { "TREE", PAGE_TREE_BRANCH, PAGE_TREE_LEAF, PAGE_TREE_LEAF },
        { "META", PAGE_META_LEAF, PAGE_META_LEAF, PAGE_META_LEAF },
};
static const struct kind state = { "", PAGE_STATE_BRANCH, PAGE_STATE_LEAF, PAGE_STATE_OVERFLOW };
static const struct kind tables = { "", PAGE_TABLES, PAGE_TABLES, PAGE_TABLES };
static const struct kind free_list = { "", PAGE_FREE_LIST, PAGE_FREE_LIST, PAGE_FREE_LIST };

const char *page_class_name(enum page_class class)
{
        return names[class];
}

static uint64_t number_at(const uint8_t *at, size_t size)
{
        uint64_t number = 0;

        memcpy(&number, at, size);
        return number;
}

static uint8_t *page_at(const struct pages *pages, uint64_t page)
{
        must_be(page < pages->count, "a page beyond the end of the file");
        return pages->bytes + page * PAGE_SIZE;
}

static const struct kind *kind_of(const uint8_t *name, size_t size)
{
        for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
                if (strlen(kinds[i].table) == size && memcmp(kinds[i].table, name, size) == 0)
                        return &kinds[i];
        return &state;
}

static void mark_overflow(struct pages *pages, const struct kind *kind, uint64_t first)
{
        uint64_t count = number_at(page_at(pages, first) + OVERFLOW_COUNT_AT, 4);

        for (uint64_t i = first; i < first + count; i++) {
                page_at(pages, i);
                pages->classes[i] = (uint8_t)kind->overflow;
        }
}

/* The rows of the list of free pages hold their numbers, led by how many. */
static void mark_free(struct pages *pages, const uint8_t *row)
{
        uint64_t count = number_at(row, 8);

        for (uint64_t i = 1; i <= count; i++) {
                uint64_t page = number_at(row + 8 * i, 8);

                if (page < pages->count && pages->classes[page] == PAGE_UNUSED)
                        pages->classes[page] = PAGE_FREE;
        }
}

static void mark_tree(struct pages *pages, const struct kind *kind, uint64_t root);

static void mark_row(struct pages *pages, const struct kind *kind, const uint8_t *node)
{
        size_t key = number_at(node + 6, 2);
        unsigned int flags = (unsigned int)number_at(node + 4, 2);
        const uint8_t *data = node + NODE_HEAD + key;

        if (flags & NODE_BIG) {
                mark_overflow(pages, kind, number_at(data, 8));
                data = page_at(pages, number_at(data, 8)) + PAGE_HEAD;
        }
        if (flags & NODE_TABLE)
                mark_tree(pages, kind_of(node + NODE_HEAD, key),
                          number_at(data + TABLE_ROOT_AT, 8));
        if (kind == &free_list)
                mark_free(pages, data);
}

/* As deep as the tree is, and a list of tables above it. */
static void mark_tree(struct pages *pages, const struct kind *kind, uint64_t root)
{
        const uint8_t *page;
        size_t nodes;
        bool branch;

        if (root == NONE)
                return;
        page = page_at(pages, root);
        branch = number_at(page + FLAGS_AT, 2) & IS_BRANCH;
        must_be(branch || number_at(page + FLAGS_AT, 2) & IS_LEAF, "a page that is no node");
        pages->classes[root] = (uint8_t)(branch ? kind->branch : kind->leaf);
        pages->newest[pages->classes[root]] = root;
        nodes = (number_at(page + LOWER_AT, 2) - PAGE_HEAD) / 2;
        for (size_t i = 0; i < nodes; i++) {
                const uint8_t *node = page + number_at(page + PAGE_HEAD + 2 * i, 2);

                if (branch)
                        mark_tree(pages, kind, number_at(node, 6));
                else
                        mark_row(pages, kind, node);
        }
}

unsigned int pages_newer_meta(const struct pages *pages)
{
        return number_at(pages->bytes + PAGE_SIZE + META_TXNID, 8) >
               number_at(pages->bytes + META_TXNID, 8);
}

void pages_read(struct pages *pages, const char *path)
{
        own(fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
        const uint8_t *meta;
        struct stat status;

        must_be(fd >= 0 && fstat(fd, &status) == 0, path);
        pages->count = (size_t)status.st_size / PAGE_SIZE;
        pages->bytes = malloc(pages->count * PAGE_SIZE);
        pages->classes = calloc(pages->count, 1);
        must_be(pages->bytes && pages->classes, "memory");
        must_be(pages->count > 2 && read(fd, pages->bytes, pages->count * PAGE_SIZE) ==
                                            (ssize_t)(pages->count * PAGE_SIZE), path);
        meta = page_at(pages, pages_newer_meta(pages));
        pages->classes[pages_newer_meta(pages)] = PAGE_NEWER_META;
        pages->classes[!pages_newer_meta(pages)] = PAGE_OLDER_META;
        mark_tree(pages, &tables, number_at(meta + META_TABLES_AT + TABLE_ROOT_AT, 8));
        mark_tree(pages, &free_list, number_at(meta + META_FREE_AT + TABLE_ROOT_AT, 8));
}

void pages_free(struct pages *pages)
{
        free(pages->bytes);
        free(pages->classes);
}

size_t pages_of(const struct pages *pages, enum page_class class)
{
        size_t count = 0;

        for (size_t i = 0; i < pages->count; i++)
                count += pages->classes[i] == class;
        return count;
}

size_t pages_newest(const struct pages *pages, enum page_class class)
{
        return pages->newest[class];
}

size_t pages_at(const struct pages *pages, enum page_class class, size_t i)
{
        size_t page = 0;

        while (pages->classes[page] != class || i-- > 0)
                page++;
        return page;
}
