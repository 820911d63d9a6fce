/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Settles whatever comes in, a JSON document a line, and answers a line each: how a program in
 * another language holds its own arithmetic against the core's.
 *
 * In:  {"terms": accord.terms.v1, "payment": "2026-10-01",
 *       "facts": [[kind, item, from, until, num, den], ...],        days as written, item ""
 *       "carried": [[name, item, num, den], ...]}
 * Out: {"refused": [says, ...]}, or
 *      {"status": "calculated", "reason": "", "earned": cents, "payable": cents,
 *       "lines": [[step, name, item, "num", "den"], ...]}
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "clients/look.h"
#include "clients/terms_json.h"
#include "core/lines.h"
#include "core/statement.h"

#define FACTS_MOST 4096
#define CARRIED_MOST 64

static struct terms terms;
static struct complaints complaints;
static struct statement statement;
static struct fact facts[FACTS_MOST];
static struct carried carried[CARRIED_MOST];

static const char *text_at(struct json_object *row, size_t place)
{
        return json_object_get_string(json_object_array_get_idx(row, place));
}

static int64_t number_at(struct json_object *row, size_t place)
{
        return json_object_get_int64(json_object_array_get_idx(row, place));
}

static struct bytes span(const char *text)
{
        return (struct bytes) { text, strlen(text) };
}

static bool fact_of(struct json_object *row, size_t at, struct fact *ret)
{
        const struct fact_kind_info *info = fact_kind_by_name(span(text_at(row, 0)));
        date from, until;

        if (!info || !date_parse(span(text_at(row, 2)), &from) ||
            !date_parse(span(text_at(row, 3)), &until))
                return false;
        *ret = (struct fact) {
                .key = { .scope = SCOPE_CONTRACT, .kind = info->kind, .period = { from, until },
                         .paid_through = DATE_NONE },
                .value = { info->unit, number_at(row, 4), number_at(row, 5) },
                .index = at + 1,
                .side = terms_of_record(&terms, info->kind),
        };
        snprintf(ret->key.item.text, sizeof(ret->key.item.text), "%s", text_at(row, 1));
        return !fact_value_fault(info->kind, &ret->value);
}

static bool carried_of(struct json_object *row, struct carried *ret)
{
        static const enum carry all[] = {
#define X(code, name, line, number, says) CARRY_##code,
                CARRIES(X)
#undef X
        };

        memset(ret, 0, sizeof(*ret));
        for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
                if (strcmp(carry_name(all[i]), text_at(row, 0)) == 0)
                        ret->what = all[i];
        snprintf(ret->item.text, sizeof(ret->item.text), "%s", text_at(row, 1));
        ret->figure = exact_ratio(number_at(row, 2), number_at(row, 3));
        return ret->what != 0;
}

static struct json_object *lines(void)
{
        struct json_object *list = json_object_new_array();
        char text[LOOK_MAX];

        for (size_t i = 0; i < statement.line_count; i++) {
                const struct line *line = &statement.lines[i];
                const struct item *item = line_item(&statement, line);
                struct json_object *row = json_object_new_array();

                json_object_array_add(row, json_object_new_int(line->step));
                json_object_array_add(row, json_object_new_string(line_info(line->code)->name));
                json_object_array_add(row, json_object_new_string(item ? item->text : ""));
                look_fraction((struct exact) { line->num, 1 }, text);
                json_object_array_add(row, json_object_new_string(text));
                look_fraction((struct exact) { line->den, 1 }, text);
                json_object_array_add(row, json_object_new_string(text));
                json_object_array_add(list, row);
        }
        return list;
}

static struct json_object *settled(void)
{
        struct json_object *object = json_object_new_object();
        bool calculated = statement.status == STATEMENT_CALCULATED;

        json_object_object_add(object, "status",
                               json_object_new_string(calculated ? "calculated"
                                                                 : "not_calculable"));
        json_object_object_add(object, "reason", json_object_new_string(statement.reason.text));
        json_object_object_add(object, "earned", json_object_new_int64(statement.earned));
        json_object_object_add(object, "payable", json_object_new_int64(statement.payable));
        json_object_object_add(object, "lines", lines());
        return object;
}

static struct json_object *refused(void)
{
        struct json_object *object = json_object_new_object(), *list = json_object_new_array();
        char text[512];

        for (size_t i = 0; i < complaints.count; i++) {
                snprintf(text, sizeof(text), "%s: %s", complaints.list[i].where,
                         complaints.list[i].says);
                json_object_array_add(list, json_object_new_string(text));
        }
        json_object_object_add(object, "refused", list);
        return object;
}

static bool take_inputs(struct json_object *in, struct settle_inputs *ret)
{
        struct json_object *list = json_object_object_get(in, "facts");

        *ret = (struct settle_inputs) { .facts = facts, .carried = carried };
        ret->fact_count = json_object_array_length(list);
        for (size_t i = 0; i < ret->fact_count; i++)
                if (i == FACTS_MOST ||
                    !fact_of(json_object_array_get_idx(list, i), i, &facts[i]))
                        return false;
        list = json_object_object_get(in, "carried");
        ret->carried_count = list ? json_object_array_length(list) : 0;
        for (size_t i = 0; i < ret->carried_count; i++)
                if (i == CARRIED_MOST ||
                    !carried_of(json_object_array_get_idx(list, i), &carried[i]))
                        return false;
        return true;
}

/* NULL: the line asks for something that no hub would let in; the asker's mistake. */
static struct json_object *answer(struct json_object *in)
{
        struct run run = { .kind = RUN_PREVIEW, .number = 1 };
        struct settle_inputs inputs;

        memset(&complaints, 0, sizeof(complaints));
        if (terms_from_document(json_object_object_get(in, "terms"), &terms, &complaints))
                return refused();
        run.contract = terms.contract;
        run.period = terms.periods[0];
        if (!date_parse(span(json_object_get_string(json_object_object_get(in, "payment"))),
                        &run.payment) ||
            !take_inputs(in, &inputs))
                return NULL;
        settle(&terms, &run, &inputs, &statement);
        return settled();
}

int main(void)
{
        char *line = NULL;
        size_t room = 0;
        int r = EXIT_SUCCESS;

        while (r == EXIT_SUCCESS && getline(&line, &room, stdin) > 0) {
                struct json_object *in = json_tokener_parse(line), *out = in ? answer(in) : NULL;

                if (out)
                        puts(json_object_to_json_string_ext(out, JSON_C_TO_STRING_PLAIN));
                else
                        r = EXIT_FAILURE;
                fflush(stdout);
                json_object_put(out);
                json_object_put(in);
        }
        if (r)
                fputs("settle-stream: a line that cannot be settled\n", stderr);
        free(line);
        return r;
}
