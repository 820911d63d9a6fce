/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "clients/output-writers.h"

/* ---- cells */

struct cell cell_none(void)
{
        return (struct cell) { .type = CELL_NONE };
}

struct cell cell_text(const char *text)
{
        return text ? (struct cell) { .type = CELL_TEXT, .text = text } : cell_none();
}

struct cell cell_id(uint64_t id)
{
        return (struct cell) { .type = CELL_ID, .id = id };
}

struct cell cell_count(int64_t count)
{
        return (struct cell) { .type = CELL_COUNT, .number = count };
}

struct cell cell_money(int64_t cents)
{
        return (struct cell) { .type = CELL_MONEY, .number = cents };
}

struct cell cell_day(date day)
{
        return day == DATE_NONE ? cell_none() : (struct cell) { .type = CELL_DAY, .day = day };
}

struct cell cell_time(instant time)
{
        return time ? (struct cell) { .type = CELL_TIME, .time = time } : cell_none();
}

struct cell cell_flag(bool flag)
{
        return (struct cell) { .type = CELL_FLAG, .flag = flag };
}

struct cell cell_rate(int64_t num, int64_t den)
{
        if (den <= 0)
                return cell_text("no rate");
        return (struct cell) { .type = CELL_RATE, .rate = { num, den } };
}

struct cell cell_hex(const void *data, size_t size)
{
        return (struct cell) { .type = CELL_HEX, .hex = { data, size } };
}

struct cell cell_json(struct json_object *object, const char *text)
{
        return (struct cell) { .type = CELL_JSON, .json = { object, text } };
}

/* ---- the writer */

static const struct writer *const writers[FORMAT_COUNT] = {
        [FORMAT_TABLE] = &writer_table,   [FORMAT_WIDE] = &writer_table,
        [FORMAT_JSON] = &writer_json,     [FORMAT_NDJSON] = &writer_ndjson,
        [FORMAT_CSV] = &writer_csv,       [FORMAT_RAW] = &writer_raw,
        [FORMAT_PROMETHEUS] = &writer_raw,      /* never asked: the verb writes these */
        [FORMAT_SVG] = &writer_raw,
};

int out_new(struct out **ret, const struct cli *cli, FILE *stream)
{
        struct out *out = calloc(1, sizeof(*out));

        if (!out)
                return -ENOMEM;
        out->cli = cli;
        out->stream = stream;
        out->format = cli->format;
        out->writer = writers[cli->format];
        *ret = out;
        return 0;
}

void out_cleanup(struct out **out)
{
        if (!*out)
                return;
        if ((*out)->table)
                table_drop(*out);
        free(*out);
}

enum format out_format(const struct out *out)
{
        return out->format;
}

bool out_wants_json(const struct out *out)
{
        return out->format == FORMAT_JSON || out->format == FORMAT_NDJSON;
}

FILE *out_stream(struct out *out)
{
        return out->stream;
}

static void set_columns(struct out *out, const char *thing, const struct column *columns)
{
        out->thing = thing;
        out->columns = columns;
        out->column_count = 0;
        while (columns[out->column_count].key)
                out->column_count++;
        assert(out->column_count <= COLUMNS_MAX);
}

void out_begin(struct out *out, const char *thing, const struct column *columns)
{
        assert(!out->columns);
        set_columns(out, thing, columns);
        out->rows = 0;
        out->writer->begin(out);
}

void out_row(struct out *out, const struct cell *cells)
{
        assert(out->columns);
        out->writer->row(out, cells);
        out->rows++;
        for (size_t i = 0; i < out->column_count; i++)
                if (cells[i].type == CELL_JSON)
                        json_object_put(cells[i].json.object);
}

void out_flow(struct out *out)
{
        if (out->writer->flow)
                out->writer->flow(out);
        fflush(out->stream);
}

void out_end(struct out *out)
{
        assert(out->columns);
        if (out->writer->end)
                out->writer->end(out);
        out->columns = NULL;
}

void out_record(struct out *out, const char *thing, const struct column *columns,
                const struct cell *cells)
{
        assert(!out->columns);
        set_columns(out, thing, columns);
        out->rows = 0;
        out->writer->record(out, cells);
        for (size_t i = 0; i < out->column_count; i++)
                if (cells[i].type == CELL_JSON)
                        json_object_put(cells[i].json.object);
        out->columns = NULL;
}

enum exit_code out_finish(struct out *out)
{
        if (out->hurt) {
                say_error("there was not enough memory for the answer");
                return EXIT_FAILED;
        }
        errno = 0;
        if (fflush(out->stream) == 0 && !ferror(out->stream))
                return EXIT_DONE;
        /* Who has read enough need not be told of it. */
        return errno == EPIPE ? EXIT_FAILED : say_failure(errno ? -errno : -EIO, "standard output");
}
