/* SPDX-License-Identifier: Apache-2.0 */
/* CSV, strictly: a header whose columns are looked up by name, and rows with their lines. */
#ifndef ACCORD_CLIENTS_CSV_ROWS_H
#define ACCORD_CLIENTS_CSV_ROWS_H

#include "clients/complaint.h"
#include "core/bytes.h"

#define CSV_COLUMNS_MAX 256
#define CSV_SIZE_MAX (1024u << 20)      /* ten million rows of members */

struct csv_row {
        size_t line; /* where it begins, from 1 */
        size_t count;
        const struct bytes *fields;
        const struct csv_row *header; /* NULL in the header itself */
};

/* The field of that column; empty when there is no such column or the row ends before it. */
struct bytes csv_field(const struct csv_row *row, const char *column);
bool csv_has(const struct csv_row *header, const char *column);

/* The columns that a kind of file may have; the list ends with NULL. */
struct csv_column {
        const char *name;
        bool needed;
};

/* REFUSAL_MALFORMED after complaining of each column that is missing or not known, else 0. */
int csv_header(const struct csv_row *header, const struct csv_column *columns,
               struct complaints *to);

/*
 * Called for the header first, then for each row. A non-zero answer ends the reading and is passed
 * on.
 */
typedef int csv_row_fn(const struct csv_row *row, void *data);

/*
 * Quotes as RFC 4180 has them and nothing looser; no NUL; no column twice; no row with more fields
 * than the header: it is not given to @call, and the text is malformed.
 *
 * Returns 0; REFUSAL_MALFORMED after complaining; -ENOMEM; or what @call said.
 */
int csv_rows(struct bytes text, csv_row_fn *call, void *data, struct complaints *to);

/*
 * The same of a file of any size, read as it comes: what is kept is one row, of at most a
 * megabyte, and the header. Also -errno of read(2).
 */
int csv_file(int fd, char delimiter, csv_row_fn *call, void *data, struct complaints *to);

#endif
