/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_CLIENTS_FILES_H
#define ACCORD_CLIENTS_FILES_H

#include "core/bytes.h"
#include "clients/exit.h"

/* A whole file in memory: own(file) struct file file = { 0 }. */
struct file {
        char *data;             /* with a NUL behind it */
        size_t size;
};

void file_cleanup(struct file *file);

/* Reads all of @path, "-" being standard input, of at most @most bytes; else says why not. */
enum exit_code file_read(const char *path, size_t most, struct file *ret);
/* Writes a file that was not there, and syncs it; else says why not. */
enum exit_code file_write_new(const char *path, struct bytes bytes);
/* Makes it or takes the place of what is there, at once and on the disk, mode 0600. 0 or -errno. */
int file_replace(const char *path, struct bytes bytes);

static inline struct bytes file_bytes(const struct file *file)
{
        return (struct bytes) { file->data, file->size };
}

#endif
