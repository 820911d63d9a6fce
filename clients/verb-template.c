/* SPDX-License-Identifier: Apache-2.0 */
/* The library of known arrangements. */
#include "clients/page.h"
#include "clients/template.h"
#include "clients/verbs.h"

static const struct column list_columns[] = {
        COLUMN("name", "NAME"),
        COLUMN("family", "FAMILY"),
        COLUMN("first_year", "FROM"),
        COLUMN("last_year", "THROUGH"),
        COLUMN("title", "TITLE"),
        COLUMN_WIDE("known", "FIGURES"),
        COLUMN_WIDE("says", "WHAT IT IS"),
        COLUMNS_END
};

static enum exit_code list_run(struct call *call)
{
        const struct template_info *info;

        out_begin(call->out, "template", list_columns);
        for (size_t i = 0; (info = template_at(i)); i++)
                out_row(call->out, (struct cell[]) {
                        cell_text(info->name), cell_text(info->family),
                        cell_id((uint64_t)info->first_year), cell_id((uint64_t)info->last_year),
                        cell_text(info->title), cell_text(info->known), cell_text(info->says) });
        out_end(call->out);
        return EXIT_DONE;
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

static const struct column show_columns[] = {
        COLUMN("key", "KEY"),
        COLUMN("otherwise", "UNLESS SET"),
        COLUMN("says", "WHAT IT IS"),
        COLUMNS_END
};

static void print_heading(FILE *to, const struct template_info *info)
{
        fprintf(to, "%s\n", info->title);
        fold(to, info->says, 0);
        fprintf(to, "For the years %d to %d; its figures are %s.\n\n", info->first_year,
                info->last_year, info->known);
}

static enum exit_code show_run(struct call *call)
{
        const struct template_info *info = template_find(call->words[0]);
        struct template_option option;

        if (!info) {
                say_error("there is no template %s; accord template list shows those there are",
                          call->words[0]);
                return EXIT_ABSENT;
        }
        if (out_format(call->out) == FORMAT_TABLE || out_format(call->out) == FORMAT_WIDE)
                print_heading(out_stream(call->out), info);
        out_begin(call->out, "template-setting", show_columns);
        for (size_t i = 0; template_option_at(info, i, &option); i++)
                out_row(call->out, (struct cell[]) {
                        cell_text(option.key),
                        cell_text(option.otherwise ? option.otherwise : "(must be set)"),
                        cell_text(option.says) });
        out_end(call->out);
        return EXIT_DONE;
}

const struct verb verb_template_show = {
        .noun = "template",
        .name = "show",
        .usage = "NAME",
        .says = "show a template and what may be set in it",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .unsettled = true,
        .run = show_run,
};
