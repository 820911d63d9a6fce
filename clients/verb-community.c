/* SPDX-License-Identifier: Apache-2.0 */
/* What the community shows of how care is paid. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/asking.h"
#include "clients/community-view.h"
#include "clients/lib/release.h"
#include "clients/look.h"
#include "clients/take.h"
#include "clients/verbs.h"

/* ---- show */

static int add_contract(void *with, const struct publication_row *row)
{
        struct community_view *view = with;
        struct public_contract *to;

        if (view->contract_count == view->room) {
                size_t room = view->room ? 2 * view->room : 64;
                struct public_contract *grown = reallocarray(view->contracts, room,
                                                             sizeof(*grown));

                if (!grown)
                        return (int)say_failure(-ENOMEM, "the public view");
                view->contracts = grown;
                view->room = room;
        }
        to = &view->contracts[view->contract_count++];
        *to = (struct public_contract) {
                .contract = row->contract, .has_category = row->has_category,
                .category = row->category,
        };
        for (uint32_t i = 0; i < row->measure_count && i < INCENTIVES_MAX; i++)
                to->concepts[to->measure_count++] = row->measures[i].key.concept;
        return 0;
}

/* The one that is wanted; 0: the newest, which comes first. */
struct wanted {
        struct community_view *view;
        uint64_t number;
};

static int take_release(void *with, const struct record_entry *entry,
                        const struct release *release)
{
        struct wanted *wanted = with;
        struct community_view *view = wanted->view;
        size_t size = release->figure_count * sizeof(*view->figures);

        if (view->release.number || (wanted->number && release->number != wanted->number))
                return 0;
        view->figures = malloc(size + 1);
        if (!view->figures)
                return (int)say_failure(-ENOMEM, "the public view");
        memcpy(view->figures, release->figures, size);
        view->release = *release;
        view->release.figures = view->figures;
        view->release.groups = NULL;
        view->release.group_count = 0;
        view->index = entry->index;
        return 0;
}

static enum exit_code fetch(const struct reach *reach, uint64_t number,
                            struct community_view *view)
{
        struct wanted wanted = { view, number };
        struct accord_error error = { 0 };
        enum exit_code code = signal_titles_fetch(reach, &view->titles);

        if (code)
                return code;
        if (accord_query_releases(reach->session, take_release, &wanted, &error) ||
            accord_query_publications(reach->session, add_contract, view, &error))
                return reach_failed(&error);
        if (!number || view->release.number)
                return EXIT_DONE;
        say_error("there is no release %llu", (unsigned long long)number);
        return EXIT_ABSENT;
}

static const struct column figure_columns[] = {
        COLUMN("release", "RELEASE"),
        COLUMN("figure", "FIGURE"),
        COLUMN("item", "ITEM"),
        COLUMN_RIGHT("value", "VALUE"),
        COLUMN("decision", "DECISION"),
        COLUMN_RIGHT("coverage", "COVERAGE"),
        COLUMNS_END
};

static struct cell value_cell(const struct release_figure *figure)
{
        if (!figure->has_value)
                return cell_none();
        return figure_info(figure->figure)->unit == UNIT_COUNT
                       ? cell_count(figure->num) : cell_rate(figure->num, figure->den);
}

/* For csv and raw: the figures, a row each. */
static void list_figures(struct out *out, const struct community_view *view)
{
        static const char *const decisions[] = {
                [SHOWN] = "shown", [SHOWN_NOT] = "not-shown",
                [SHOWN_NOT_CALCULABLE] = "not-calculable",
        };

        out_begin(out, "community-figure", figure_columns);
        for (uint32_t i = 0; i < view->release.figure_count; i++) {
                const struct release_figure *figure = &view->figures[i];

                if (!figure_info(figure->figure))
                        continue;
                out_row(out, (struct cell[]) {
                        cell_count(view->release.number),
                        cell_text(figure_info(figure->figure)->name),
                        figure->item.text[0] ? cell_text(figure->item.text) : cell_none(),
                        value_cell(figure), cell_text(decisions[figure->decision]),
                        figure->coverage.num ? cell_rate(figure->coverage.num,
                                                         figure->coverage.den) : cell_none() });
        }
        out_end(out);
}

static enum exit_code show_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        own(community_view) struct community_view view = { .contracts = NULL };
        enum format format = out_format(call->out);
        uint64_t number = 0;
        enum exit_code code = take_number_option(call, "number", UINT32_MAX, &number);

        if (!code)
                code = reach_hub(call->cli, &reach);
        if (!code)
                code = fetch(&reach, number, &view);
        if (code)
                return code;
        if (out_wants_json(call->out))
                out_document(call->out, "community", community_json(&view));
        else if (format == FORMAT_TABLE || format == FORMAT_WIDE)
                community_print(out_stream(call->out), &view);
        else
                list_figures(call->out, &view);
        return EXIT_DONE;
}

const struct verb verb_community_show = {
        .noun = "community",
        .name = "show",
        .usage = "",
        .says = "how care is paid here, as everybody may see it",
        .more = "The newest release: how much is paid by which kind of contract, which measures "
                "are paid for, how alike payers are; by provider, what its payers let be public; "
                "what is not shown, and by which rules. With -o json the public view, schema "
                "accord.community.v1, for a web page. See accord help privacy.",
        .prints = true,
        .options = {
                { "number", "N", "that release instead of the newest", 0 },
                { NULL, NULL, NULL, 0 },
        },
        .run = show_run,
};

/* ---- releases */

static const struct column release_columns[] = {
        COLUMN_RIGHT("number", "NUMBER"),
        COLUMN("time", "TIME"),
        COLUMN("period", "OF"),
        COLUMN_RIGHT("charter", "CHARTER"),
        COLUMN_RIGHT("figures", "FIGURES"),
        COLUMN_RIGHT("shown", "SHOWN"),
        COLUMN_WIDE("index", "ENTRY"),
        COLUMN_WIDE("cut", "CUT"),
        COLUMNS_END
};

static int list_release(void *with, const struct record_entry *entry,
                        const struct release *release)
{
        struct out *out = with;
        char period[LOOK_MAX];
        int64_t shown = 0;

        for (uint32_t i = 0; i < release->figure_count; i++)
                shown += release->figures[i].decision == SHOWN;
        out_row(out, (struct cell[]) {
                cell_count(release->number), cell_time(entry->time),
                cell_text(look_period(release->period, period)), cell_count(release->charter),
                cell_count(release->figure_count), cell_count(shown), cell_id(entry->index),
                cell_id(release->cut) });
        return 0;
}

static enum exit_code releases_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };
        enum exit_code code = reach_hub(call->cli, &reach);

        if (code)
                return code;
        out_begin(call->out, "release", release_columns);
        if (accord_query_releases(reach.session, list_release, call->out, &error))
                code = reach_failed(&error);
        out_end(call->out);
        return code;
}

const struct verb verb_community_releases = {
        .noun = "community",
        .name = "releases",
        .usage = "",
        .says = "list what was released, the newest first",
        .more = "Each is a record that the hub has signed, made on the day of the charter's "
                "calendar of what the log held then. SHOWN: so many of its figures passed the "
                "rules.",
        .prints = true,
        .run = releases_run,
};
