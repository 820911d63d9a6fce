/* SPDX-License-Identifier: Apache-2.0 */
/* One writer a format; clients/output.c picks. Nobody else includes this. */
#ifndef ACCORD_CLIENTS_OUTPUT_WRITERS_H
#define ACCORD_CLIENTS_OUTPUT_WRITERS_H

#include <json-c/json.h>

#include "clients/output.h"

struct libscols_table;

struct writer {
        void (*begin)(struct out *out);
        void (*row)(struct out *out, const struct cell *cells);
        void (*flow)(struct out *out);          /* NULL: rows are out at once */
        void (*end)(struct out *out);           /* NULL: nothing to do */
        void (*record)(struct out *out, const struct cell *cells);
};

extern const struct writer writer_table, writer_json, writer_ndjson, writer_csv, writer_raw;

struct out {
        const struct cli *cli;
        FILE *stream;
        enum format format;
        const struct writer *writer;
        const char *thing;
        const struct column *columns;           /* NULL: between begin and end of nothing */
        size_t column_count;
        uint64_t rows;
        struct libscols_table *table;
        size_t widths[COLUMNS_MAX];             /* of columns shown so far, for lists that go on */
        bool headed;                            /* the table's heading was written */
        bool hurt;                              /* memory ran out on the way */
};

#define CELL_TEXT_MAX 512

/* A cell as text: for people, or plain for programs. Returns @buffer or the cell's own text. */
const char *cell_look(const struct cell *cell, char buffer[CELL_TEXT_MAX]);
const char *cell_plain(const struct cell *cell, char buffer[CELL_TEXT_MAX]);
struct json_object *cell_object(const struct cell *cell);

void table_drop(struct out *out);

#endif
