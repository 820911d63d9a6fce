/* SPDX-License-Identifier: Apache-2.0 */
/* Charters on their way between files, the wire and a reader. */
#ifndef ACCORD_CLIENTS_CHARTER_FILE_H
#define ACCORD_CLIENTS_CHARTER_FILE_H

#include "clients/exit.h"
#include "clients/reach.h"
#include "core/charter.h"

void charter_cleanup(struct charter **charter);         /* for own(): free() */

/* Some 100 KiB; the caller's. */
enum exit_code charter_new(struct charter **ret);

/* Reads and checks the file; else says everything that is wrong. @ret is the caller's. */
enum exit_code charter_file_read(const char *path, struct charter **ret);

/* What the hub gave; else says that this version cannot read it. */
enum exit_code charter_decode(struct bytes bytes, struct charter *ret);

/*
 * The charter in force, or that version of it. NULL with EXIT_DONE where there is none in force.
 * @ret_row: valid until the session's next call; may be NULL
 */
enum exit_code charter_fetch(const struct reach *reach, uint32_t version, struct charter **ret,
                             struct charter_row *ret_row);

/* As the file it would be. */
enum exit_code charter_print(const struct charter *charter, FILE *to);
enum exit_code charter_file_write(const struct charter *charter, const char *path);
/* In words, for people. */
void charter_page(const struct charter *charter, FILE *to);

#endif
