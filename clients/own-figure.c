/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/own-figure.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/files.h"
#include "clients/json.h"
#include "clients/line-said.h"
#include "clients/statement_json.h"
#include "clients/take.h"
#include "clients/terms-file.h"

#define FIGURE_SCHEMA "accord.figure.v1"

void own_figure_cleanup(struct own_figure *figure)
{
        free(figure->lines);
}

static enum exit_code make_room(struct own_figure *ret)
{
        ret->lines = calloc(FIGURE_LINES_MAX, sizeof(*ret->lines));
        ret->figure.lines = ret->lines;
        return ret->lines ? EXIT_DONE : say_failure(-ENOMEM, "the figure");
}

/* ---- a file of its own kind */

static int read_value(const struct json_place *place, enum unit unit, struct exact *ret,
                      struct complaints *to)
{
        struct bytes text = { NULL, 0 };
        const char *fault;
        bool flag = false;
        int bad;

        if (unit == UNIT_FLAG && json_object_is_type(place->object, json_type_boolean)) {
                bad = json_want_flag(place, true, &flag, to);
                *ret = exact_of(flag);
                return bad;
        }
        bad = json_want_text(place, true, &text, to);
        fault = bad ? NULL : line_value(unit, text, ret);
        return fault ? json_complain(to, place, "%s", fault) : bad;
}

static int read_line(const struct json_place *place, struct figure_line *ret,
                     struct complaints *to)
{
        static const char *const keys[] = { "line", "item", "value", NULL };
        const struct json_place name = json_member(place, "line");
        const struct json_place item = json_member(place, "item");
        const struct json_place value = json_member(place, "value");
        const struct line_info *info;
        struct bytes text = { NULL, 0 };
        int bad = json_want_object(place, keys, to);

        if (!bad)
                bad = json_want_text(&name, true, &text, to);
        info = bad ? NULL : line_named(text);
        if (!info)
                return bad ? bad : json_complain(to, &name, "is no line: docs/RULES.md lists them");
        ret->code = (uint16_t)info->code;
        text = (struct bytes) { NULL, 0 };
        bad = json_want_text(&item, false, &text, to);
        if (!bad && text.size && !item_parse(text, &ret->item))
                bad = json_complain(to, &item, "must be one word of at most 47 characters");
        return bad | read_value(&value, info->unit, &ret->exact, to);
}

static int read_figure(struct json_object *document, struct own_figure *ret, struct complaints *to)
{
        static const char *const keys[] = { "schema", "contract", "period", "earned", "payable",
                                            "terms_version", "lines", NULL };
        const struct json_place root = json_root(document);
        const struct json_place named = json_member(&root, "contract");
        const struct json_place period = json_member(&root, "period");
        const struct json_place earned = json_member(&root, "earned");
        const struct json_place payable = json_member(&root, "payable");
        const struct json_place version = json_member(&root, "terms_version");
        const struct json_place lines = json_member(&root, "lines");
        struct figure *figure = &ret->figure;
        struct bytes text = { NULL, 0 };
        int64_t number = 0;
        size_t count = 0;
        int bad = json_want_object(&root, keys, to);

        bad |= json_want_text(&named, true, &text, to);
        if (text.data && !contract_id_parse(text, &ret->contract))
                bad |= json_complain(to, &named, "must be BEARER/EARNER/LABEL, three words");
        bad |= json_want_period(&period, true, &figure->period, to);
        bad |= json_want_money(&earned, true, &figure->earned, to);
        bad |= json_want_money(&payable, false, &figure->payable, to);
        bad |= json_want_whole(&version, false, 1, UINT32_MAX, &number, to);
        bad |= json_want_array(&lines, FIGURE_LINES_MAX, false, &count, to);
        figure->has_payable = payable.object != NULL;
        figure->terms_version = (uint32_t)number;
        for (size_t i = 0; i < count; i++) {
                const struct json_place line = json_element(&lines, i);

                bad |= read_line(&line, &ret->lines[i], to);
        }
        figure->line_count = (uint32_t)count;
        return bad;
}

/* ---- a statement's */

static int of_statement(struct bytes bytes, struct own_figure *ret, struct complaints *to)
{
        own(json_object) struct json_object *document = NULL;
        struct statement *s = calloc(1, sizeof(*s));
        struct json_object *terms = NULL;
        int r = s ? statement_from_json(bytes, s, &document, &terms, to) : -ENOMEM;

        if (!r) {
                ret->contract = s->run.contract;
                ret->figure.period = s->run.period;
                ret->figure.earned = s->earned;
                ret->figure.has_payable = true;
                ret->figure.payable = s->payable;
                ret->figure.terms_version = s->terms_version;
                ret->figure.line_count = s->line_count;
        }
        for (size_t i = 0; !r && i < s->line_count; i++) {
                const struct item *item = line_item(s, &s->lines[i]);

                ret->lines[i].code = s->lines[i].code;
                ret->lines[i].exact = (struct exact) { s->lines[i].num, s->lines[i].den };
                if (item)
                        ret->lines[i].item = *item;
        }
        free(s);
        return r;
}

static bool is_figure(struct json_object *document)
{
        struct json_object *schema = NULL;

        return json_object_object_get_ex(document, "schema", &schema) &&
               strcmp(json_object_get_string(schema), FIGURE_SCHEMA) == 0;
}

enum exit_code own_figure_read(const char *path, struct own_figure *ret)
{
        own(file) struct file file = { 0 };
        own(complaints) struct complaints *to = calloc(1, sizeof(*to));
        own(json_object) struct json_object *document = NULL;
        enum exit_code code = make_room(ret);
        int r;

        if (!to)
                return say_failure(-ENOMEM, "%s", path);
        if (!code)
                code = file_read(path, JSON_SIZE_MAX, &file);
        if (code)
                return code;
        r = json_read(file_bytes(&file), &document, to);
        if (!r)
                r = is_figure(document) ? read_figure(document, ret, to)
                                        : of_statement(file_bytes(&file), ret, to);
        if (r < 0)
                return say_failure(r, "%s", path);
        complaints_print(to, path, stderr);
        return r ? EXIT_REFUSED : EXIT_DONE;
}

/* ---- options */

static enum exit_code take_lines(const struct call *call, struct own_figure *ret)
{
        enum exit_code code = EXIT_DONE;
        const char *text;
        size_t at = 0;

        while (!code && (text = call_next(call, "line", &at))) {
                if (ret->figure.line_count == FIGURE_LINES_MAX)
                        return call_misused(call, "there are more than %d lines", FIGURE_LINES_MAX);
                code = take_line(call, text, &ret->lines[ret->figure.line_count++]);
        }
        return code;
}

enum exit_code own_figure_take(const struct call *call, struct own_figure *ret)
{
        struct figure *figure = &ret->figure;
        uint64_t version = 0;
        enum exit_code code = take_contract(call, 0, &ret->contract);

        if (!code && !call_has(call, "period"))
                code = call_misused(call, "--period PERIOD is missing");
        if (!code)
                code = make_room(ret);
        if (!code)
                code = take_period_option(call, "period", &figure->period);
        if (!code)
                code = take_money(call, "earned", call_value(call, "earned"), &figure->earned);
        if (!code && call_has(call, "payable"))
                code = take_money(call, "payable", call_value(call, "payable"), &figure->payable);
        if (!code)
                code = take_number_option(call, "terms-version", UINT32_MAX, &version);
        figure->has_payable = call_has(call, "payable");
        figure->terms_version = (uint32_t)version;
        return code ? code : take_lines(call, ret);
}
