/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file of records that only grows: what the outbox stands on. After eight bytes that say what it
 * is, each record is
 *
 *      u32 length of the content, u32 CRC-32 of the rest, u32 type, content        (big-endian)
 *
 * One process writes, under an exclusive flock; others may read beside it. Nothing is durable
 * before recfile_sync(). A sync that fails takes back what it was for, and the file takes nothing
 * more: the kernel may say yes to the next sync without having written anything.
 */
#ifndef ACCORD_CLIENTS_LIB_RECFILE_H
#define ACCORD_CLIENTS_LIB_RECFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/bytes.h"

#define RECFILE_CONTENT_MAX (2u * 1024u * 1024u)
#define RECFILE_FIRST 8                 /* where the first record begins */
#define RECFILE_HEADER 12

struct recfile;

enum recfile_mode { RECFILE_WRITE, RECFILE_READ };

/* Which file this is: a copy has other values. Not the device, whose number changes at a boot. */
struct recfile_identity {
        uint64_t inode;
        uint64_t born;                  /* ns since 1970; 0 where the file system does not know */
};

/* Memory that grows to the largest record read into it. */
struct recfile_buffer {
        uint8_t *data;
        size_t capacity;
};

void recfile_buffer_free(struct recfile_buffer *buffer);

struct record_at {
        uint32_t type;
        struct bytes content;           /* in the buffer */
        uint64_t at, next;              /* where it begins, where the next would */
};

/*
 * recfile_open() - @path NULL: in memory only
 *
 * To write, the file is made when missing, with mode 0600, and synced with its directory.
 *
 * Returns: 0; -EWOULDBLOCK when another process writes to it; -ENOENT; -EBADMSG when it is a file
 * of something else; -errno.
 */
int recfile_open(struct recfile **ret, const char *path, enum recfile_mode mode);
void recfile_close(struct recfile *file);               /* NULL is fine */
void recfile_cleanup(struct recfile **file);

int recfile_identity(const struct recfile *file, struct recfile_identity *ret);
uint64_t recfile_size(const struct recfile *file);

/*
 * Returns: 0; -ENODATA when @at is the end; -EBADMSG when no whole record is there; -errno. *ret is
 * set on 0 only.
 */
int recfile_read(const struct recfile *file, uint64_t at, struct recfile_buffer *buffer,
                 struct record_at *ret);

/*
 * recfile_cut() - take the file's end from @at on for a write that never finished
 *
 * What is cut off is kept beside it as PATH.torn, for who wants to look. Returns: 0; -errno.
 */
int recfile_cut(struct recfile *file, uint64_t at);

/* Returns: 0, with *ret_at where it begins, if wanted; -errno, with the file as before. */
int recfile_append(struct recfile *file, uint32_t type, const struct bytes *spans, size_t count,
                   uint64_t *ret_at);
int recfile_sync(struct recfile *file);

/* In memory: gives back what lies before @at. In a file: nothing. */
void recfile_forget(struct recfile *file, uint64_t at);

/*
 * recfile_renew() - a new file beside it, locked too, to take its place
 * recfile_replace() - sync the new file and put it there; after 0 @file is closed and gone
 */
int recfile_renew(const struct recfile *file, struct recfile **ret_new);
int recfile_replace(struct recfile *file, struct recfile *new_file);

#endif
