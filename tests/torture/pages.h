/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each page of an LMDB file is for, read from the file itself and not by LMDB: whoever wants
 * to damage one must know which.
 */
#ifndef ACCORD_TESTS_TORTURE_PAGES_H
#define ACCORD_TESTS_TORTURE_PAGES_H

#include <stddef.h>
#include <stdint.h>

#define PAGE_SIZE 4096u

enum page_class {
        PAGE_UNUSED,            /* on no list */
        PAGE_FREE,              /* on the list of free pages */
        PAGE_OLDER_META, PAGE_NEWER_META,
        PAGE_FREE_LIST,         /* that list itself */
        PAGE_TABLES,            /* the list of tables */
        PAGE_LOG_BRANCH, PAGE_LOG_LEAF, PAGE_LOG_OVERFLOW,
        PAGE_LEAF_BRANCH, PAGE_LEAF_LEAF,
        PAGE_TREE_BRANCH, PAGE_TREE_LEAF,
        PAGE_META_LEAF,         /* of the table META: the tip, the checkpoint */
        PAGE_STATE_BRANCH, PAGE_STATE_LEAF, PAGE_STATE_OVERFLOW,
        PAGE_CLASSES
};

const char *page_class_name(enum page_class class);

struct pages {
        uint8_t *bytes;         /* the whole file */
        size_t count;           /* pages */
        uint8_t *classes;       /* an enum page_class each */
        size_t newest[PAGE_CLASSES];    /* the last of each, in the order of keys */
};

/* Ends the test when the file is not as it should be. */
void pages_read(struct pages *pages, const char *path);
void pages_free(struct pages *pages);
/* How many there are of a class, and the @i-th of them. */
size_t pages_of(const struct pages *pages, enum page_class class);
size_t pages_at(const struct pages *pages, enum page_class class, size_t i);
/* Of a table that only grows: the page with its end. */
size_t pages_newest(const struct pages *pages, enum page_class class);
/* The page, 0 or 1, from which the file is opened. */
unsigned int pages_newer_meta(const struct pages *pages);

#define PAGE_HEAD 16u           /* octets, and behind them where its rows are */

/* Where in a meta page the size of pages and the number of the commit stand. */
#define META_PAGE_SIZE 40u
#define META_TXNID 144u

#endif
