/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/output-writers.h"

#include <libsmartcols/libsmartcols.h>
#include <string.h>

static bool shown(const struct out *out, const struct column *column)
{
        return !column->wide || out->format == FORMAT_WIDE;
}

void table_drop(struct out *out)
{
        scols_unref_table(out->table);
        out->table = NULL;
}

static struct libscols_table *new_table(struct out *out)
{
        struct libscols_table *table = scols_new_table();

        if (!table) {
                out->hurt = true;
                return NULL;
        }
        scols_table_set_stream(table, out->stream);
        /* Nothing is cut to the terminal's width: what is cut off is missed. */
        scols_table_set_termforce(table, SCOLS_TERMFORCE_NEVER);
        scols_table_set_column_separator(table, "  ");
        scols_table_enable_colors(table, out->cli->color);
        out->headed = false;
        memset(out->widths, 0, sizeof(out->widths));
        return table;
}

static void table_begin(struct out *out)
{
        out->table = new_table(out);
        if (!out->table)
                return;
        for (size_t i = 0; i < out->column_count; i++) {
                const struct column *column = &out->columns[i];

                if (!shown(out, column))
                        continue;
                if (!scols_table_new_column(out->table, column->head, 0,
                                            column->right ? SCOLS_FL_RIGHT : 0))
                        out->hurt = true;
                out->widths[scols_table_get_ncols(out->table) - 1] = strlen(column->head);
        }
}

/* A list that goes on is printed in parts: no column but the last becomes narrower again. */
static const char *keep_width(struct out *out, const struct column *column, size_t place,
                              const char *text, char ret[CELL_TEXT_MAX])
{
        size_t length = strlen(text);
        int width = (int)out->widths[place];

        if (length > out->widths[place])
                out->widths[place] = length;
        if (!out->headed || place + 1 == scols_table_get_ncols(out->table) ||
            width >= CELL_TEXT_MAX || length >= CELL_TEXT_MAX)
                return text;
        snprintf(ret, CELL_TEXT_MAX, "%*s", column->right ? width : -width, text);
        return ret;
}

static void table_row(struct out *out, const struct cell *cells)
{
        struct libscols_line *line = out->table ? scols_table_new_line(out->table, NULL) : NULL;
        char buffer[CELL_TEXT_MAX], padded[CELL_TEXT_MAX];
        size_t place = 0;

        if (!line) {
                out->hurt = true;
                return;
        }
        for (size_t i = 0; i < out->column_count; i++) {
                const struct column *column = &out->columns[i];
                const char *text;

                if (!shown(out, column))
                        continue;
                text = keep_width(out, column, place, cell_look(&cells[i], buffer), padded);
                if (scols_line_set_data(line, place++, text))
                        out->hurt = true;
        }
}

static void table_flow(struct out *out)
{
        if (!out->table || scols_table_get_nlines(out->table) == 0)
                return;
        scols_table_enable_noheadings(out->table, out->headed);
        if (scols_print_table(out->table))
                out->hurt = true;
        out->headed = true;
        scols_table_remove_lines(out->table);
}

static void table_end(struct out *out)
{
        table_flow(out);
        if (out->table)
                table_drop(out);
}

/* Two columns without a heading: what it is, and the value. */
static void table_record(struct out *out, const struct cell *cells)
{
        char buffer[CELL_TEXT_MAX];

        out->table = new_table(out);
        if (!out->table)
                return;
        scols_table_enable_noheadings(out->table, 1);
        if (!scols_table_new_column(out->table, "WHAT", 0, 0) ||
            !scols_table_new_column(out->table, "VALUE", 0, 0))
                out->hurt = true;
        for (size_t i = 0; i < out->column_count && !out->hurt; i++) {
                struct libscols_line *line;

                if (!shown(out, &out->columns[i]))
                        continue;
                line = scols_table_new_line(out->table, NULL);
                if (!line || scols_line_set_data(line, 0, out->columns[i].head) ||
                    scols_line_set_data(line, 1, cell_look(&cells[i], buffer)))
                        out->hurt = true;
        }
        if (!out->hurt && scols_print_table(out->table))
                out->hurt = true;
        table_drop(out);
}

const struct writer writer_table = {
        .begin = table_begin,
        .row = table_row,
        .flow = table_flow,
        .end = table_end,
        .record = table_record,
};
