/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/remit-read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clients/cli.h"
#include "clients/csv-map.h"
#include "clients/figure.h"
#include "clients/remit.h"
#include "clients/terms-file.h"
#include "clients/x12.h"
#include "core/own.h"

#define FILE_SIZE_MOST (256u << 20)
#define LINES_MAX 100000

void remit_file_cleanup(struct remit_file *file)
{
        file_cleanup(&file->text);
        era_cleanup(&file->era);
        free(file->list);
}

static struct remit_line *next_line(struct remit_file *file)
{
        struct remit_line *line;

        if (file->count == file->room) {
                size_t room = file->room ? 2 * file->room : 16;
                struct remit_line *list = reallocarray(file->list, room, sizeof(*list));

                if (!list)
                        return NULL;
                file->list = list;
                file->room = room;
        }
        line = &file->list[file->count++];
        memset(line, 0, sizeof(*line));
        line->received.day = DATE_NONE;
        return line;
}

static struct bytes bytes_of(const char *text)
{
        return (struct bytes) { text, strlen(text) };
}

/* The list may have moved while it grew: spans are set when it is whole. */
static void point(struct remit_file *file)
{
        for (size_t i = 0; i < file->count; i++) {
                struct remit_line *line = &file->list[i];

                line->received.trace = bytes_of(line->trace);
                line->received.memo = bytes_of(line->memo);
                line->received.named = line->named;
                if (line->advice)
                        line->received.method = bytes_of(line->advice->method);
        }
}

/* ---- an advice */

/* An adjustment below 0 raises the payment; one that names a run says what that is for. */
static void name_part(struct remit_line *line, const struct era_adjustment *one)
{
        struct remit_received *received = &line->received;
        struct bytes found;
        uint64_t run;

        if (!remit_trace_find(bytes_of(one->reference), &run, &found))
                return;
        for (uint32_t i = 0; i < received->named_count; i++)
                if (line->named[i].run == run) {
                        line->named[i].cents -= one->cents;
                        return;
                }
        if (received->named_count == PAYMENT_PARTS_MAX)
                received->fault = "it names more than 64 runs";
        else
                line->named[received->named_count++] =
                        (struct payment_part) { run, -one->cents };
}

static void list_adjustment(struct remit_line *line, const struct era_adjustment *one)
{
        const char *says = era_code_says(one->code);
        size_t used = strlen(line->adjustments);
        char amount[FIGURE_TEXT_MAX];

        snprintf(line->adjustments + used, sizeof(line->adjustments) - used, "%s%s %s %s",
                 used ? "; " : "", one->code, says ? says : "(not known)",
                 money_print(one->cents, amount));
}

static void take_advice(const struct era *era, const struct era_payment *payment,
                        struct remit_line *line)
{
        struct remit_received *received = &line->received;

        line->advice = payment;
        received->day = payment->day;
        received->cents = payment->cents;
        snprintf(line->trace, sizeof(line->trace), "%s", payment->trace);
        for (size_t i = 0; i < payment->count; i++) {
                const struct era_adjustment *one = &era->adjustments[payment->first + i];

                name_part(line, one);
                list_adjustment(line, one);
        }
        if (received->named_count) {
                received->cents = 0;
                for (uint32_t i = 0; i < received->named_count; i++)
                        received->cents += line->named[i].cents;
        }
        received->rest = payment->claims > 0 && !received->named_count;
        if (!payment->balances)
                received->fault = "the advice does not add up: what claims were paid less its "
                                  "adjustments is not what it pays";
}

static int read_advice(struct remit_file *file, struct complaints *to)
{
        int r = era_read(file_bytes(&file->text), &file->era, to);

        for (size_t i = 0; !r && i < file->era.count; i++) {
                struct remit_line *line = next_line(file);

                if (!line)
                        return -ENOMEM;
                take_advice(&file->era, &file->era.payments[i], line);
        }
        return r;
}

/* ---- a bank's file */

struct banking {
        const struct csv_map *map;
        struct remit_file *file;
        struct complaints *to;
};

static void take_text(struct bytes text, char *to, size_t room)
{
        size_t size = text.size < room ? text.size : room - 1;

        memcpy(to, text.data, size);
        to[size] = '\0';
}

static int on_row(const struct csv_row *row, void *data)
{
        struct banking *banking = data;
        const struct csv_map *map = banking->map;
        struct bytes day;
        struct remit_line *line;
        const char *says;

        if (!row->header)
                return csv_map_fits(map, row, banking->to) ? 0 : REFUSAL_MALFORMED;
        line = banking->file->count < LINES_MAX ? next_line(banking->file) : NULL;
        if (!line)
                return -ENOMEM;
        day = csv_map_field(map, row, MAP_DAY);
        take_text(csv_map_field(map, row, MAP_TRACE), line->trace, sizeof(line->trace));
        take_text(csv_map_field(map, row, MAP_MEMO), line->memo, sizeof(line->memo));
        says = csv_map_money(map, csv_map_field(map, row, MAP_AMOUNT), &line->received.cents);
        if (says)
                complaints_add_at(banking->to, row->line, 0, map->columns[MAP_AMOUNT], "%s", says);
        says = day.size ? csv_map_day(map, day, &line->received.day) : NULL;
        if (says)
                complaints_add_at(banking->to, row->line, 0, map->columns[MAP_DAY], "%s", says);
        return 0;
}

static int read_bank(struct remit_file *file, const char *path, const struct csv_map *map,
                     struct complaints *to)
{
        struct banking banking = { map, file, to };
        int fd = open(path, O_RDONLY | O_CLOEXEC), r;

        if (fd < 0)
                return -errno;
        r = csv_file(fd, map->delimiter, on_row, &banking, to);
        close(fd);
        return r ? r : to->count ? REFUSAL_BAD_VALUE : 0;
}

enum exit_code remit_file_read(const char *path, const char *map_path, struct remit_file *ret)
{
        own(complaints) struct complaints *complaints = calloc(1, sizeof(*complaints));
        struct csv_map *map = calloc(1, sizeof(*map));
        enum exit_code code = complaints && map ? EXIT_DONE : say_failure(-ENOMEM, "%s", path);
        int r = 0;

        if (!code && map_path)
                code = csv_map_read(map_path, 1u << CSV_BANK, map);
        if (!code && !map_path)
                code = file_read(path, FILE_SIZE_MOST, &ret->text);
        if (!code && !map_path && !x12_looks(file_bytes(&ret->text))) {
                say_error("%s is no X12: a bank's CSV needs --map", path);
                code = EXIT_REFUSED;
        }
        if (!code)
                r = map_path ? read_bank(ret, path, map, complaints) : read_advice(ret, complaints);
        free(map);
        if (code)
                return code;
        if (r < 0)
                return say_failure(r, "%s", path);
        complaints_print(complaints, path, stderr);
        point(ret);
        return r ? EXIT_REFUSED : EXIT_DONE;
}
