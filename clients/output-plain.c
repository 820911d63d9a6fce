/* SPDX-License-Identifier: Apache-2.0 */
/* CSV with a heading, and raw: values only, tabs between. */
#include "clients/output-writers.h"

#include <csv.h>
#include <string.h>

static void csv_field(struct out *out, size_t place, const char *text)
{
        if (place)
                fputc(',', out->stream);
        if (strpbrk(text, ",\"\r\n"))
                csv_fwrite2(out->stream, text, strlen(text), '"');
        else
                fputs(text, out->stream);
}

static void csv_begin(struct out *out)
{
        for (size_t i = 0; i < out->column_count; i++)
                csv_field(out, i, out->columns[i].key);
        fputs("\r\n", out->stream);
}

static void csv_row(struct out *out, const struct cell *cells)
{
        char buffer[CELL_TEXT_MAX];

        for (size_t i = 0; i < out->column_count; i++)
                csv_field(out, i, cell_plain(&cells[i], buffer));
        fputs("\r\n", out->stream);
}

static void csv_record(struct out *out, const struct cell *cells)
{
        csv_begin(out);
        csv_row(out, cells);
}

const struct writer writer_csv = {
        .begin = csv_begin,
        .row = csv_row,
        .record = csv_record,
};

static void raw_begin(struct out *out)
{
        (void)out;
}

/* A tab or line end within a value would be taken for one between values. */
static void raw_value(FILE *stream, const char *text)
{
        for (; *text; text++)
                fputc(*text == '\t' || *text == '\n' || *text == '\r' ? ' ' : *text, stream);
}

static void raw_row(struct out *out, const struct cell *cells)
{
        char buffer[CELL_TEXT_MAX];

        for (size_t i = 0; i < out->column_count; i++) {
                if (i)
                        fputc('\t', out->stream);
                raw_value(out->stream, cell_plain(&cells[i], buffer));
        }
        fputc('\n', out->stream);
}

const struct writer writer_raw = {
        .begin = raw_begin,
        .row = raw_row,
        .record = raw_row,
};
