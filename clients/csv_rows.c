/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/csv_rows.h"

#include <csv.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/check.h"

#define BLOCK_SIZE (256u * 1024u)
#define ROW_SIZE_MOST ((size_t)1 << 20)         /* of a file that is read as it comes */

/*
 * Fields lie as offsets into one buffer until their row is complete: the buffer may move as it
 * grows.
 */
struct field {
        size_t at, size;
};

struct reader {
        struct csv_parser parser;
        csv_row_fn *call;
        void *data;
        struct complaints *to;
        size_t line, lines_in_row;
        size_t since_row;       /* octets taken in since the last row ended */
        int r;
        char *buffer;
        size_t used, room;
        size_t count;
        struct field fields[CSV_COLUMNS_MAX];
        struct bytes spans[CSV_COLUMNS_MAX];
        char *header_buffer;
        struct bytes header_spans[CSV_COLUMNS_MAX];
        struct csv_row header;
        bool has_header;
        bool malformed;         /* as a whole, though reading goes on to find what else is wrong */
};

static int keep(struct reader *reader, const char *text, size_t size)
{
        if (reader->used + size + 1 > reader->room) {
                size_t room = (reader->used + size + 1) * 2;
                char *buffer = realloc(reader->buffer, room);

                if (!buffer)
                        return -ENOMEM;
                reader->buffer = buffer;
                reader->room = room;
        }
        if (size)
                memcpy(reader->buffer + reader->used, text, size);
        reader->used += size;
        return 0;
}

static size_t breaks_in(const char *text, size_t size)
{
        size_t count = 0;

        for (size_t i = 0; i < size; i++)
                count += text[i] == '\n';
        return count;
}

static void on_field(void *text, size_t size, void *data)
{
        struct reader *reader = data;

        if (reader->r)
                return;
        if (reader->count == CSV_COLUMNS_MAX) {
                complaints_add_at(reader->to, reader->line, 0, "", "has more than %d columns",
                                  CSV_COLUMNS_MAX);
                reader->r = REFUSAL_MALFORMED;
                return;
        }
        reader->lines_in_row += breaks_in(text, size);
        reader->fields[reader->count++] = (struct field) { reader->used, size };
        reader->r = keep(reader, text, size);
}

static void begin_row(struct reader *reader, size_t lines)
{
        reader->since_row = 0;
        reader->line += lines;
        reader->lines_in_row = 0;
        reader->used = 0;
        reader->count = 0;
}

/* Of two columns of one name nobody could say which is meant. */
static void check_names(struct reader *reader, const struct csv_row *header)
{
        for (size_t i = 1; i < header->count; i++)
                for (size_t k = 0; k < i; k++) {
                        const struct bytes *name = &header->fields[i];

                        if (name->size == 0 || !bytes_equal(*name, header->fields[k]))
                                continue;
                        complaints_add_at(reader->to, header->line, 0, "",
                                          "column %.*s stands there twice", (int)name->size,
                                          (const char *)name->data);
                        reader->malformed = true;
                        break;
                }
}

static void take_header(struct reader *reader, struct csv_row *row)
{
        check_names(reader, row);
        reader->header_buffer = reader->buffer;
        reader->buffer = NULL;
        reader->room = 0;
        memcpy(reader->header_spans, reader->spans, sizeof(reader->spans));
        reader->header = *row;
        reader->header.fields = reader->header_spans;
        reader->has_header = true;
        reader->r = reader->call(&reader->header, reader->data);
}

static void take_row(struct reader *reader, struct csv_row *row)
{
        if (!reader->has_header) {
                take_header(reader, row);
                return;
        }
        if (row->count > reader->header.count) {
                complaints_add_at(reader->to, row->line, 0, "",
                                  "has %zu fields, the header has %zu", row->count,
                                  reader->header.count);
                reader->malformed = true;
                return;
        }
        row->header = &reader->header;
        reader->r = reader->call(row, reader->data);
}

static bool blank(const struct csv_row *row)
{
        return row->count == 0 || (row->count == 1 && row->fields[0].size == 0);
}

static void on_row(int terminator, void *data)
{
        struct reader *reader = data;
        struct csv_row row = { .line = reader->line,
                               .count = reader->count,
                               .fields = reader->spans };

        if (reader->r)
                return;
        for (size_t i = 0; i < reader->count; i++)
                reader->spans[i] = (struct bytes) { reader->buffer + reader->fields[i].at,
                                                    reader->fields[i].size };
        if (!blank(&row))
                take_row(reader, &row);
        /* A row that ends in CR LF is told of twice, the second time empty. */
        begin_row(reader, (terminator == '\n') + reader->lines_in_row);
}

bool csv_has(const struct csv_row *header, const char *column)
{
        const struct bytes name = { column, strlen(column) };

        for (size_t i = 0; i < header->count; i++)
                if (bytes_equal(header->fields[i], name))
                        return true;
        return false;
}

static bool known(const struct csv_column *columns, struct bytes name)
{
        for (const struct csv_column *column = columns; column->name; column++)
                if (bytes_equal(name, (struct bytes) { column->name, strlen(column->name) }))
                        return true;
        return false;
}

int csv_header(const struct csv_row *header, const struct csv_column *columns,
               struct complaints *to)
{
        int r = 0;

        for (const struct csv_column *column = columns; column->name; column++)
                if (column->needed && !csv_has(header, column->name))
                        r = complaints_add_at(to, header->line, 0, column->name,
                                              "is a column that the header lacks");
        for (size_t i = 0; i < header->count; i++)
                if (!known(columns, header->fields[i]))
                        r = complaints_add_at(to, header->line, 0, "",
                                              "column %.*s is not known here",
                                              (int)header->fields[i].size,
                                              (const char *)header->fields[i].data);
        return r ? REFUSAL_MALFORMED : 0;
}

struct bytes csv_field(const struct csv_row *row, const char *column)
{
        const struct bytes name = { column, strlen(column) };

        assert(row->header);
        for (size_t i = 0; i < row->header->count && i < row->count; i++)
                if (bytes_equal(row->header->fields[i], name))
                        return row->fields[i];
        return (struct bytes) { "", 0 };
}

static int feed(struct reader *reader, struct bytes text)
{
        size_t done = csv_parse(&reader->parser, text.data, text.size, on_field, on_row, reader);

        if (reader->r)
                return reader->r;
        if (done == text.size)
                return 0;
        if (csv_error(&reader->parser) == CSV_ENOMEM)
                return -ENOMEM;
        complaints_add_at(reader->to, reader->line, 0, "",
                          "has a quote where none belongs: quote the whole field, and double "
                          "quotes within it");
        return REFUSAL_MALFORMED;
}

static int finish(struct reader *reader)
{
        int unfinished = csv_fini(&reader->parser, on_field, on_row, reader);

        if (reader->r)
                return reader->r;
        if (!unfinished)
                return reader->malformed ? REFUSAL_MALFORMED : 0;
        complaints_add_at(reader->to, reader->line, 0, "",
                          "has a quote where none belongs: quote the whole field, and double "
                          "quotes within it");
        return REFUSAL_MALFORMED;
}

static int reader_new(csv_row_fn *call, void *data, char delimiter, struct complaints *to,
                      struct reader **ret)
{
        struct reader *reader = *ret = calloc(1, sizeof(*reader));

        if (!reader)
                return -ENOMEM;
        reader->call = call;
        reader->data = data;
        reader->to = to;
        begin_row(reader, 1);
        if (csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL))
                return -ENOMEM;
        csv_set_delim(&reader->parser, (unsigned char)delimiter);
        /* A field that never ends costs a copy of itself for each block: let there be few. */
        csv_set_blk_size(&reader->parser, BLOCK_SIZE);
        return 0;
}

static void reader_free(struct reader *reader)
{
        if (!reader)
                return;
        csv_free(&reader->parser);
        free(reader->buffer);
        free(reader->header_buffer);
        free(reader);
}

static struct bytes behind_mark(struct bytes text)
{
        if (text.size >= 3 && memcmp(text.data, "\xef\xbb\xbf", 3) == 0) /* spreadsheets begin so */
                text = (struct bytes) { (const char *)text.data + 3, text.size - 3 };
        return text;
}

int csv_rows(struct bytes text, csv_row_fn *call, void *data, struct complaints *to)
{
        struct reader *reader = NULL;
        int r;

        if (text.size > CSV_SIZE_MAX || (text.size && memchr(text.data, '\0', text.size))) {
                complaints_add(to, "",
                               text.size > CSV_SIZE_MAX
                                       ? "the file is larger than is taken"
                                       : "the file holds a NUL byte: it is no text");
                return REFUSAL_MALFORMED;
        }
        r = reader_new(call, data, ',', to, &reader);
        if (!r)
                r = feed(reader, behind_mark(text));
        if (!r)
                r = finish(reader);
        reader_free(reader);
        return r;
}

/* ---- as it comes */

static int take_block(struct reader *reader, struct bytes block)
{
        if (memchr(block.data, '\0', block.size)) {
                complaints_add_at(reader->to, reader->line, 0, "", "holds a NUL byte: it is no "
                                                                   "text");
                return REFUSAL_MALFORMED;
        }
        reader->since_row += block.size;
        if (reader->since_row <= ROW_SIZE_MOST)
                return feed(reader, block);
        complaints_add_at(reader->to, reader->line, 0, "", "begins a row that does not end: is a "
                                                           "quote missing?");
        return REFUSAL_MALFORMED;
}

int csv_file(int fd, char delimiter, csv_row_fn *call, void *data, struct complaints *to)
{
        struct reader *reader = NULL;
        char *block = malloc(BLOCK_SIZE);
        bool first = true;
        int r = block ? reader_new(call, data, delimiter, to, &reader) : -ENOMEM;

        while (!r) {
                ssize_t got = read(fd, block, BLOCK_SIZE);
                struct bytes text = { block, got > 0 ? (size_t)got : 0 };

                if (got < 0 && errno == EINTR)
                        continue;
                if (got < 0)
                        r = -errno;
                else if (got == 0)
                        break;
                else
                        r = take_block(reader, first ? behind_mark(text) : text);
                first = false;
        }
        if (!r)
                r = finish(reader);
        reader_free(reader);
        free(block);
        return r;
}
