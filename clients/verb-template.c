/* SPDX-License-Identifier: Apache-2.0 */
/* The library of known arrangements. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/arrangement.h"
#include "core/own.h"
#include "core/steps.h"
#include "clients/json.h"
#include "clients/page.h"
#include "clients/take.h"
#include "clients/template.h"
#include "clients/terms-file.h"
#include "clients/verbs.h"

/* The terms of a template's own example. Our library holds none that cannot be filled in. */
static enum exit_code example_of(const struct template_info *info, int year, struct terms *ret)
{
        own(complaints) struct complaints *complaints = calloc(1, sizeof(*complaints));
        int r;

        if (!complaints)
                return say_failure(-ENOMEM, "%s", info->name);
        r = template_example(info->name, year, ret, complaints);
        if (r < 0)
                return say_failure(r, "%s", info->name);
        if (r)
                complaints_print(complaints, info->name, stderr);
        return r ? EXIT_FAILED : EXIT_DONE;
}

static const struct column list_columns[] = {
        COLUMN("name", "NAME"),
        COLUMN("category", "HCP-LAN"),
        COLUMN("first_year", "FROM"),
        COLUMN("last_year", "THROUGH"),
        COLUMN("title", "TITLE"),
        COLUMN_WIDE("family", "FAMILY"),
        COLUMN_WIDE("known", "FIGURES"),
        COLUMN_WIDE("says", "WHAT IT IS"),
        COLUMNS_END
};

static enum exit_code list_run(struct call *call)
{
        own(terms) struct terms *terms = calloc(1, sizeof(*terms));
        const struct template_info *info;
        struct arrangement is;
        enum exit_code code = EXIT_DONE;

        if (!terms)
                return say_failure(-ENOMEM, "the library");
        out_begin(call->out, "template", list_columns);
        for (size_t i = 0; !code && (info = template_at(i)); i++) {
                code = example_of(info, info->last_year, terms);
                if (code)
                        break;
                arrangement_of(terms, false, &is);
                out_row(call->out, (struct cell[]) {
                        cell_text(info->name), cell_text(lan_category_word(is.category)),
                        cell_id((uint64_t)info->first_year), cell_id((uint64_t)info->last_year),
                        cell_text(info->title), cell_text(info->family), cell_text(info->known),
                        cell_text(info->says) });
        }
        out_end(call->out);
        return code;
}

const struct verb verb_template_list = {
        .noun = "template",
        .name = "list",
        .usage = "",
        .says = "list the known arrangements that a contract can begin from",
        .prints = true,
        .unsettled = true,
        .run = list_run,
};

/* ---- show, for people */

struct showing {
        struct call *call;
        const struct template_info *info;
        int year;
        struct terms *terms;
        struct arrangement is;
        struct json_object *list;       /* of the section at work */
};

static void print_heading(FILE *to, const struct showing *s)
{
        fprintf(to, "%s: %s\n", s->info->name, s->info->title);
        fold(to, s->info->says, 0);
        fprintf(to, "\nFor the years %d to %d, shown for %d; its figures are %s.\n",
                s->info->first_year, s->info->last_year, s->year, s->info->known);
        fprintf(to, "As it stands it is HCP-LAN %s, %s", lan_category_word(s->is.category),
                lan_category_says(s->is.category));
        for (size_t i = 0; i < s->is.stream_count; i++)
                if (s->is.streams[i].code)
                        fprintf(to, "%s%s", i ? ", " : "; payment streams (VBPR): ",
                                s->is.streams[i].code);
        fputs(".\n", to);
}

static void print_steps(FILE *to, const struct showing *s)
{
        fputs("\nSteps, with the settings as they are unless set:\n", to);
        for (size_t i = 0; i < s->terms->step_count; i++) {
                const struct step *step = &s->terms->steps[i];
                const struct step_info *info = step_info(&step->kind, step->version);

                fprintf(to, "%3zu. %s@%" PRIu32 "  %s\n", i + 1, step->kind.text, step->version,
                        info->says);
        }
}

#define NAME_COLUMNS 24
#define VALUE_COLUMNS 18

static void print_figure(void *with, const struct template_figure *figure)
{
        FILE *to = with;
        char text[512];
        size_t length = strlen(figure->value);

        snprintf(text, sizeof(text), "%s%s", figure->source,
                 figure->confirmed ? "" : " (from memory, not confirmed)");
        put_left(to, figure->name, NAME_COLUMNS);
        put_left(to, length > VALUE_COLUMNS - 1 ? "(a table)" : figure->value, VALUE_COLUMNS);
        fold(to, text, NAME_COLUMNS + VALUE_COLUMNS);
}

static void print_options(FILE *to, const struct template_info *info)
{
        struct template_option option;

        fputs("\nWhat may be set, and what it is unless set:\n", to);
        for (size_t i = 0; template_option_at(info, i, &option); i++) {
                put_left(to, option.key, NAME_COLUMNS);
                put_left(to, option.otherwise ? option.otherwise : "(must be set)",
                         VALUE_COLUMNS);
                fold(to, option.says, NAME_COLUMNS + VALUE_COLUMNS);
        }
}

static enum exit_code show_page(const struct showing *s)
{
        own(complaints) struct complaints *complaints = calloc(1, sizeof(*complaints));
        FILE *to = out_stream(s->call->out);

        if (!complaints)
                return say_failure(-ENOMEM, "%s", s->info->name);
        print_heading(to, s);
        print_steps(to, s);
        fputs("\nFigures of the programme, and where each comes from:\n", to);
        template_figures(s->info->name, s->year, print_figure, to, complaints);
        print_options(to, s->info);
        return EXIT_DONE;
}

/* ---- show, for programs */

static void put_text(struct json_object *to, const char *key, const char *text)
{
        json_object_object_add(to, key, text ? json_object_new_string(text) : NULL);
}

static void add_figure(void *with, const struct template_figure *figure)
{
        struct showing *s = with;
        struct json_object *object = json_object_new_object();

        put_text(object, "name", figure->name);
        put_text(object, "value", figure->value);
        put_text(object, "source", figure->source);
        json_object_object_add(object, "confirmed", json_object_new_boolean(figure->confirmed));
        json_object_array_add(s->list, object);
}

static struct json_object *options(const struct template_info *info)
{
        struct json_object *list = json_object_new_array();
        struct template_option option;

        for (size_t i = 0; template_option_at(info, i, &option); i++) {
                struct json_object *object = json_object_new_object();

                put_text(object, "key", option.key);
                put_text(object, "otherwise", option.otherwise);
                put_text(object, "says", option.says);
                json_object_array_add(list, object);
        }
        return list;
}

static struct json_object *steps(const struct terms *terms)
{
        struct json_object *list = json_object_new_array();
        char text[64];

        for (size_t i = 0; i < terms->step_count; i++) {
                snprintf(text, sizeof(text), "%s@%" PRIu32, terms->steps[i].kind.text,
                         terms->steps[i].version);
                json_object_array_add(list, json_object_new_string(text));
        }
        return list;
}

static struct json_object *streams(const struct arrangement *is)
{
        struct json_object *list = json_object_new_array();

        for (size_t i = 0; i < is->stream_count; i++) {
                struct json_object *object = json_object_new_object();

                put_text(object, "category", lan_category_word(is->streams[i].category));
                put_text(object, "code", is->streams[i].code);
                json_object_array_add(list, object);
        }
        return list;
}

static enum exit_code show_document(struct showing *s)
{
        own(complaints) struct complaints *complaints = calloc(1, sizeof(*complaints));
        struct json_object *object;

        if (!complaints)
                return say_failure(-ENOMEM, "%s", s->info->name);
        object = json_object_new_object();
        s->list = json_object_new_array();
        put_text(object, "name", s->info->name);
        put_text(object, "family", s->info->family);
        put_text(object, "title", s->info->title);
        put_text(object, "says", s->info->says);
        put_text(object, "known", s->info->known);
        json_object_object_add(object, "year", json_object_new_int(s->year));
        put_text(object, "category", lan_category_word(s->is.category));
        json_object_object_add(object, "streams", streams(&s->is));
        json_object_object_add(object, "steps", steps(s->terms));
        template_figures(s->info->name, s->year, add_figure, s, complaints);
        json_object_object_add(object, "figures", s->list);
        json_object_object_add(object, "settings", options(s->info));
        out_document(s->call->out, "template", object);
        return EXIT_DONE;
}

/* For spreadsheets: what may be set, a row each. */
static void show_rows(const struct showing *s)
{
        static const struct column columns[] = {
                COLUMN("key", "KEY"), COLUMN("otherwise", "UNLESS SET"),
                COLUMN("says", "WHAT IT IS"), COLUMNS_END
        };
        struct template_option option;

        out_begin(s->call->out, "template-setting", columns);
        for (size_t i = 0; template_option_at(s->info, i, &option); i++)
                out_row(s->call->out, (struct cell[]) {
                        cell_text(option.key),
                        cell_text(option.otherwise ? option.otherwise : "(must be set)"),
                        cell_text(option.says) });
        out_end(s->call->out);
}

static enum exit_code show(struct showing *s)
{
        switch (out_format(s->call->out)) {
        case FORMAT_JSON:
        case FORMAT_NDJSON:
                return show_document(s);
        case FORMAT_CSV:
        case FORMAT_RAW:
                show_rows(s);
                return EXIT_DONE;
        default:
                return show_page(s);
        }
}

static enum exit_code show_run(struct call *call)
{
        own(terms) struct terms *terms = calloc(1, sizeof(*terms));
        struct showing s = { .call = call, .info = template_find(call->words[0]), .terms = terms };
        uint64_t year;
        enum exit_code code;

        if (!terms)
                return say_failure(-ENOMEM, "%s", call->words[0]);
        if (!s.info) {
                say_error("there is no template %s; accord template list shows those there are",
                          call->words[0]);
                return EXIT_ABSENT;
        }
        year = (uint64_t)s.info->last_year;
        code = take_number_option(call, "year", 2099, &year);
        if (code)
                return code;
        s.year = (int)year;
        code = example_of(s.info, s.year, terms);
        if (code)
                return code;
        arrangement_of(terms, false, &s.is);
        return show(&s);
}

const struct verb verb_template_show = {
        .noun = "template",
        .name = "show",
        .usage = "NAME",
        .says = "show a template: what it is, its steps, its figures and their sources",
        .more = "The HCP-LAN category and the payment streams follow from the steps, with every\n"
                "setting as it is unless set; what is set can change them.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .unsettled = true,
        .options = {
                { "year", "YEAR", "the performance year; the last there is unless given", 0 },
        },
        .run = show_run,
};
