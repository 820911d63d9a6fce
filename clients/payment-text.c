/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/payment-text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/csv_rows.h"
#include "clients/figure.h"
#include "core/check.h"

#define PAYMENTS_MAX 4096

static struct bytes trimmed(struct bytes text)
{
        const char *at = text.data;

        while (text.size && (at[text.size - 1] == ' ' || at[text.size - 1] == '\t'))
                text.size--;
        while (text.size && (*at == ' ' || *at == '\t')) {
                at++;
                text.size--;
        }
        return (struct bytes) { at, text.size };
}

static char small(char c)
{
        return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool letter_or_digit(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool trace_make(struct bytes text, struct item *ret)
{
        struct bytes word = trimmed(text);
        const char *at = word.data;

        memset(ret, 0, sizeof(*ret));
        if (word.size == 0 || word.size > ITEM_MAX_LENGTH || !letter_or_digit(small(*at)))
                return false;
        for (size_t i = 0; i < word.size; i++) {
                char c = small(at[i]);

                ret->text[i] = letter_or_digit(c) || strchr("-._/:", c) ? c : '-';
        }
        return true;
}

/* ---- parts */

const char *payment_part_add(struct bytes text, struct payment_parts *to)
{
        const char *equals = text.size ? memchr(text.data, '=', text.size) : NULL;
        struct bytes run = text, amount = { "", 0 };
        struct payment_part *part;
        int64_t index = 0;
        const char *says;

        if (to->count == PAYMENT_PARTS_MAX)
                return "has more than 64 parts";
        part = &to->list[to->count];
        *part = (struct payment_part) { 0 };
        if (equals) {
                run.size = (size_t)(equals - (const char *)text.data);
                amount = (struct bytes) { equals + 1, text.size - run.size - 1 };
        }
        run = trimmed(run);
        if (run.size == 0 || count_parse(run, &index) || index <= 0)
                return "must be RUN or RUN=AMOUNT: a run's number is what settle list shows";
        part->run = (uint64_t)index;
        for (uint32_t i = 0; i < to->count; i++)
                if (to->list[i].run == part->run)
                        return "names a run twice";
        if (!equals && to->rest)
                return "leaves two amounts open: only one of the runs can get the rest";
        if (!equals) {
                to->rest = true;
                to->rest_at = to->count;
        }
        says = equals ? money_parse(trimmed(amount), &part->cents) : NULL;
        if (says)
                return says;
        if (equals && part->cents <= 0)
                return "pays nothing of a run: its amount must be above 0";
        to->count++;
        return NULL;
}

const char *payment_parts_end(struct payment_parts *parts, int64_t cents)
{
        int64_t sum = 0;

        for (uint32_t i = 0; i < parts->count; i++)
                if (__builtin_add_overflow(sum, parts->list[i].cents, &sum) || sum > MONEY_MAX)
                        return "comes to more than any payment";
        if (cents == 0 && parts->count)
                return "names a run, but an amount of 0 takes the payment back";
        if (cents && !parts->count)
                return "is missing: name the run that it pays";
        if (parts->rest) {
                if (sum >= cents)
                        return "leaves nothing for the run without an amount";
                parts->list[parts->rest_at].cents = cents - sum;
                return NULL;
        }
        return sum == cents ? NULL : "does not add up to the amount";
}

/* ---- a file */

static const struct csv_column columns[] = {
        { "contract", false }, { "direction", true }, { "trace", true },
        { "day", true }, { "amount", true }, { "for", true },
        { "method", false }, { "supersedes", false }, { NULL, false }
};

struct reading {
        struct payment_file *file;
        struct complaints *to;
};

void payment_file_cleanup(struct payment_file *file)
{
        free(file->lines);
}

static bool wrong(struct reading *reading, const struct csv_row *row, const char *column,
                  const char *says)
{
        complaints_add_at(reading->to, row->line, 0, column, "%s", says);
        return false;
}

static bool read_contract(struct reading *reading, const struct csv_row *row)
{
        const struct bytes text = csv_field(row, "contract");
        struct payment_file *file = reading->file;
        struct contract_id contract;

        if (text.size == 0)
                return true;
        if (!contract_id_parse(text, &contract))
                return wrong(reading, row, "contract", "must be BEARER/EARNER/LABEL");
        if (contract_id_empty(&file->contract))
                file->contract = contract;
        return contract_id_equal(&contract, &file->contract) ||
               wrong(reading, row, "contract", "is another contract: one file, one contract");
}

static bool read_direction(struct reading *reading, const struct csv_row *row, struct payment *ret)
{
        const struct bytes text = csv_field(row, "direction");

        if (bytes_equal(text, (struct bytes) { "sent", 4 }))
                ret->direction = PAYMENT_SENT;
        else if (bytes_equal(text, (struct bytes) { "received", 8 }))
                ret->direction = PAYMENT_RECEIVED;
        else
                return wrong(reading, row, "direction", "must be sent or received");
        return true;
}

static bool read_parts(struct reading *reading, const struct csv_row *row,
                       struct payment_line *ret)
{
        struct bytes rest = csv_field(row, "for");
        const char *says = NULL;

        while (rest.size && !says) {
                const char *end = memchr(rest.data, ';', rest.size);
                size_t size = end ? (size_t)(end - (const char *)rest.data) : rest.size;

                says = payment_part_add((struct bytes) { rest.data, size }, &ret->parts);
                rest.data = (const char *)rest.data + size + (end != NULL);
                rest.size -= size + (end != NULL);
        }
        if (!says)
                says = payment_parts_end(&ret->parts, ret->payment.cents);
        return says ? wrong(reading, row, "for", says) : true;
}

static bool read_rest(struct reading *reading, const struct csv_row *row, struct payment *ret)
{
        const struct bytes method = csv_field(row, "method");
        const struct bytes supersedes = csv_field(row, "supersedes");
        int64_t index = 0;

        if (method.size && !trace_make(method, &ret->method))
                return wrong(reading, row, "method", "must be a word: ach, chk, fwt, non");
        if (supersedes.size == 0)
                return true;
        if (count_parse(supersedes, &index) || index < 0)
                return wrong(reading, row, "supersedes",
                             "must be the number of the log entry that it replaces");
        ret->has_supersedes = true;
        ret->supersedes = (uint64_t)index;
        return true;
}

static bool read_line(struct reading *reading, const struct csv_row *row, struct payment_line *ret)
{
        struct payment *payment = &ret->payment;
        bool good = read_contract(reading, row) && read_direction(reading, row, payment);
        const char *says;

        if (good && !trace_make(csv_field(row, "trace"), &payment->trace))
                good = wrong(reading, row, "trace", "must be a number of at most 47 characters");
        if (good && !date_parse(csv_field(row, "day"), &payment->day))
                good = wrong(reading, row, "day", "must be a day as YYYY-MM-DD");
        says = good ? money_parse(csv_field(row, "amount"), &payment->cents) : NULL;
        if (good && !says && payment->cents < 0)
                says = "must be 0 or more";
        if (says)
                good = wrong(reading, row, "amount", says);
        return good && read_parts(reading, row, ret) && read_rest(reading, row, payment);
}

static int on_row(const struct csv_row *row, void *data)
{
        struct reading *reading = data;
        struct payment_file *file = reading->file;
        struct payment_line *line;

        if (!row->header)
                return csv_header(row, columns, reading->to);
        if (file->count == PAYMENTS_MAX) {
                complaints_add_at(reading->to, row->line, 0, "", "more than %d payments",
                                  PAYMENTS_MAX);
                return REFUSAL_MALFORMED;
        }
        if (file->count == file->room) {
                size_t room = file->room ? 2 * file->room : 16;
                struct payment_line *lines = reallocarray(file->lines, room, sizeof(*lines));

                if (!lines)
                        return -ENOMEM;
                file->lines = lines;
                file->room = room;
        }
        line = &file->lines[file->count];
        memset(line, 0, sizeof(*line));
        line->line = row->line;
        if (read_line(reading, row, line))
                file->count++;
        else
                file->rejected++;
        return 0;
}

int payment_file_read(struct bytes text, struct payment_file *ret, struct complaints *to)
{
        struct reading reading = { .file = ret, .to = to };
        int r;

        if (text.size == 0) {
                complaints_add(to, "", "the file is empty: it begins with direction,trace,day,"
                                       "amount,for");
                return REFUSAL_MALFORMED;
        }
        r = csv_rows(text, on_row, &reading, to);
        for (size_t i = 0; i < ret->count; i++) {
                ret->lines[i].payment.parts = ret->lines[i].parts.list;
                ret->lines[i].payment.part_count = ret->lines[i].parts.count;
        }
        return r;
}
