/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Data on standard output, written in one place for every verb and every format of -o.
 *
 * A thing is a word: "contract". Its rows have columns; a cell is a typed value, and the format
 * decides how it looks: money is {"amount":"1234.56","currency":"USD"} in JSON, 1234.56 in CSV,
 * $ 1,234.56 in a table.
 *   table, wide   lined up for people; wide has the columns marked so too
 *   json          one document: {"schema":"accord.contract-list.v1","items":[...]}, or one row
 *   with its schema ndjson        one line a row, each {"schema":"accord.contract.v1",...};
 *   written as rows come csv           RFC 4180 with a heading
 *   raw           values only, tabs between; a thing that has bytes of its own (terms,
 *   statement) as those bytes
 */
#ifndef ACCORD_CLIENTS_OUTPUT_H
#define ACCORD_CLIENTS_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/bytes.h"
#include "core/date.h"
#include "core/exact.h"
#include "core/message.h"
#include "clients/cli.h"

struct json_object;

enum cell_type {
        CELL_NONE,      /* nothing to say: null, or empty */
        CELL_TEXT,
        CELL_ID,        /* a number that names something: a string in JSON */
        CELL_COUNT,     /* a number that counts something */
        CELL_MONEY,     /* cents */
        CELL_DAY,
        CELL_TIME,
        CELL_FLAG,
        CELL_RATE,      /* exact fraction */
        CELL_HEX,       /* bytes: a digest or key */
        CELL_JSON,      /* an object of its own; taken over; text stands in for it elsewhere */
};

struct cell {
        enum cell_type type;
        union {
                const char *text;
                uint64_t id;
                int64_t number;         /* count, cents */
                date day;
                instant time;
                bool flag;
                struct { int64_t num, den; } rate;
                struct bytes hex;
                struct { struct json_object *object; const char *text; } json;
        };
};

struct column {
        const char *key;        /* in JSON and CSV: "version_in_force" */
        const char *head;       /* in a table: "VERSION" */
        bool wide;              /* in a table only with -o wide */
        bool right;             /* lined up on the right */
};

#define COLUMN(key, head) { key, head, false, false }
#define COLUMN_WIDE(key, head) { key, head, true, false }
#define COLUMN_RIGHT(key, head) { key, head, false, true }
#define COLUMNS_END { NULL, NULL, false, false }
#define COLUMNS_MAX 24

struct cell cell_text(const char *text);                /* NULL: none */
struct cell cell_id(uint64_t id);
struct cell cell_count(int64_t count);
struct cell cell_money(int64_t cents);
struct cell cell_day(date day);                         /* DATE_NONE: none */
struct cell cell_time(instant time);                    /* 0: none */
struct cell cell_flag(bool flag);
struct cell cell_rate(int64_t num, int64_t den);
struct cell cell_hex(const void *data, size_t size);
struct cell cell_json(struct json_object *object, const char *text);
struct cell cell_none(void);

struct out;

int out_new(struct out **ret, const struct cli *cli, FILE *stream);
void out_cleanup(struct out **out);
enum format out_format(const struct out *out);

/*
 * A list of things: begin, rows in the order of @columns, end. @columns end with a row without a
 * key.
 */
void out_begin(struct out *out, const char *thing, const struct column *columns);
void out_row(struct out *out, const struct cell *cells);
/* Shows what has come so far; for lists that go on. Tables of such lists are written row by row. */
void out_flow(struct out *out);
void out_end(struct out *out);

/* One thing: in a table its fields stand below each other. */
void out_record(struct out *out, const char *thing, const struct column *columns,
                const struct cell *cells);

/*
 * One thing that has a shape of its own: the members of @object (taken over) behind the schema.
 * JSON only.
 */
void out_document(struct out *out, const char *thing, struct json_object *object);
/* True when the format is json or ndjson: the verb calls out_document(). */
bool out_wants_json(const struct out *out);

/* Text as it is, for verbs with a page of their own in table and wide. */
FILE *out_stream(struct out *out);

/* Flushes. EXIT_DONE, or EXIT_FAILED after a complaint when not all could be written. */
enum exit_code out_finish(struct out *out);

#endif
