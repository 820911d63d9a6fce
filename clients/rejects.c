/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/rejects.h"

#include <csv.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clients/advice.h"
#include "clients/cli.h"

enum exit_code rejects_open(struct rejects *rejects, const char *path, struct bytes text)
{
        *rejects = (struct rejects) { .path = path, .text = text };
        if (!path)
                return EXIT_DONE;
        rejects->file = fopen(path, "wxe");
        if (!rejects->file && errno == EEXIST) {
                say_error("%s is there already, and is left alone", path);
                return EXIT_CONFLICT;
        }
        if (!rejects->file)
                return say_failure(-errno, "%s", path);
        fputs("line,code,field,reason,row\r\n", rejects->file);
        return EXIT_DONE;
}

/* Line @number of the text, from 1; empty when JSON was read, which has no rows. */
static struct bytes row_at(struct bytes text, uint64_t number)
{
        const char *at = text.data, *end = at + text.size;

        if (!text.size || *at == '{')
                return (struct bytes) { "", 0 };
        while (at < end && --number > 0) {
                const char *next = memchr(at, '\n', (size_t)(end - at));

                at = next ? next + 1 : end;
        }
        return (struct bytes) { at, at < end ? strcspn(at, "\r\n") : 0 };
}

static void put_row(struct rejects *rejects, uint64_t line, const char *code, struct bytes field,
                    struct bytes reason, struct bytes row)
{
        rejects->count++;
        if (!rejects->file)
                return;
        fprintf(rejects->file, "%" PRIu64 ",%s,", line, code);
        csv_fwrite2(rejects->file, field.data, field.size, '"');
        fputc(',', rejects->file);
        csv_fwrite2(rejects->file, reason.data, reason.size, '"');
        fputc(',', rejects->file);
        csv_fwrite2(rejects->file, row.data, row.size, '"');
        fputs("\r\n", rejects->file);
}

static void put(struct rejects *rejects, uint64_t line, const char *code, struct bytes field,
                struct bytes reason)
{
        put_row(rejects, line, code, field, reason, row_at(rejects->text, line));
}

static struct bytes bytes_of(const char *text)
{
        return (struct bytes) { text, strlen(text) };
}

void rejects_line(struct rejects *rejects, uint64_t line, const char *column, const char *says)
{
        put_row(rejects, line, "", bytes_of(column), bytes_of(says), bytes_of(""));
}

void rejects_row(struct rejects *rejects, const struct csv_row *row, const char *column,
                 const char *says)
{
        char *text = NULL;
        size_t size = 0;
        FILE *to = rejects->file ? open_memstream(&text, &size) : NULL;

        for (size_t i = 0; to && i < row->count; i++) {
                if (i)
                        fputc(',', to);
                if (row->fields[i].size)
                        csv_fwrite2(to, row->fields[i].data, row->fields[i].size, '"');
        }
        if (to)
                fclose(to);
        put_row(rejects, row->line, "", bytes_of(column), bytes_of(says),
                (struct bytes) { text ? text : "", text ? size : 0 });
        free(text);
}

void rejects_complaints(struct rejects *rejects, const struct complaints *complaints)
{
        for (size_t i = 0; i < complaints->count; i++) {
                const struct complaint *one = &complaints->list[i];

                put(rejects, one->line, "", (struct bytes) { one->where, strlen(one->where) },
                    (struct bytes) { one->says, strlen(one->says) });
        }
}

void rejects_fault(struct rejects *rejects, uint64_t line, const struct wire_fault *fault)
{
        const char *name = refusal_name(fault->code);

        put(rejects, line, name ? name : "", fault->field, fault->says);
}

enum exit_code rejects_close(struct rejects *rejects)
{
        FILE *file = rejects->file;

        rejects->file = NULL;
        if (file && fclose(file))
                return say_failure(-errno, "%s", rejects->path);
        return EXIT_DONE;
}
