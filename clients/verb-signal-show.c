/* SPDX-License-Identifier: Apache-2.0 */
/* The incentive signal of the party: what its contracts reward, ranked, in words, in numbers. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/asking.h"
#include "clients/signal-fetch.h"
#include "clients/signal-view.h"
#include "clients/take.h"
#include "clients/verbs.h"

static enum exit_code write_svg(const struct signal_view *view, const char *path)
{
        FILE *file = fopen(path, "we");
        bool hurt;

        if (!file)
                return say_failure(-errno, "%s", path);
        signal_svg(file, view);
        hurt = ferror(file);
        if (fclose(file) || hurt)
                return say_failure(-EIO, "%s", path);
        return EXIT_DONE;
}

static void show(struct call *call, const struct signal_view *view)
{
        if (out_format(call->out) == FORMAT_SVG)
                signal_svg(out_stream(call->out), view);
        else if (out_wants_json(call->out))
                out_document(call->out, "incentive", signal_object(view));
        else
                signal_table(call->out, view);
}

static enum exit_code show_run(struct call *call)
{
        own(fetched_signal) struct fetched_signal fetched = { 0 };
        enum exit_code code = signal_fetch(call, &fetched);

        if (code)
                return code;
        show(call, &fetched.view);
        return call_has(call, "svg") ? write_svg(&fetched.view, call_value(call, "svg")) :
                                       EXIT_DONE;
}

const struct verb verb_signal_show = {
        .noun = "signal",
        .name = "show",
        .usage = "",
        .says = "show what all payers together reward: what is worth most next comes first",
        .more = "One row for each measure, over all contracts that pay this party or a network it "
                "participates in. A point is a hundredth of the patients of each payer's own "
                "panel; for total cost the step is one dollar less for each member and year. "
                "Amounts are a forecast: what the contracts' own settlements would come to with a "
                "step more, by terms, gates and caps as they are. No change means no payment "
                "change at this forecast, not that it does not matter: WITH NEXT EDGE, in the wide "
                "format, says what a step is worth on the way to the next gate or cap, and the "
                "order is by that. OF REVENUE is the part of all revenue that comes from payers "
                "that pay for it. accord signal explain says the same in sentences.",
        .prints = true,
        .pictures = true,
        .options = {
                { "svg", "FILE", "draw the dollars at stake by measure and payer into FILE", 0 },
                AS_OF_OPTION,
        },
        .run = show_run,
};

/* ---- explain */

/* By its key, or by its title. */
static const struct signal_concept *find_concept(const struct signal_view *view, const char *name)
{
        for (uint16_t i = 0; i < view->sum->concept_count; i++) {
                const struct signal_concept *concept = &view->sum->concepts[i];

                if (strcmp(concept->concept.text, name) == 0 ||
                    strcasecmp(signal_title(view->titles, &concept->concept), name) == 0)
                        return concept;
        }
        return NULL;
}

static enum exit_code explain_run(struct call *call)
{
        own(fetched_signal) struct fetched_signal fetched = { 0 };
        const struct signal_concept *only = NULL;
        struct signal_view *view = &fetched.view;
        enum exit_code code = signal_fetch(call, &fetched);
        bool page = out_format(call->out) == FORMAT_TABLE || out_format(call->out) == FORMAT_WIDE;

        if (code)
                return code;
        if (call->word_count) {
                only = find_concept(view, call->words[0]);
                if (!only) {
                        say_error("no contract of this party pays for %s; accord signal show lists "
                                  "what they pay for", call->words[0]);
                        return EXIT_ABSENT;
                }
                view->detail = true;
        }
        if (call_has(call, "numbers") || (!page && !out_wants_json(call->out)))
                signal_numbers(call->out, view, only);
        else if (out_wants_json(call->out))
                out_document(call->out, "incentive", signal_object(view));
        else
                signal_page(out_stream(call->out), view, only);
        return EXIT_DONE;
}

const struct verb verb_signal_explain = {
        .noun = "signal",
        .name = "explain",
        .usage = "[MEASURE]",
        .says = "say in sentences what payers reward, and where they do not agree",
        .more = "MEASURE is a key or title of accord signal show; without one, all of them. A "
                "point is summed over the panels of all payers, as it can be made with each of "
                "them; a patient has one payer, so what one is worth is said by payer. With "
                "--numbers each figure by the contract it is of, and the settlement that it is the "
                "difference of, which accord settle preview makes of the same terms and facts with "
                "the same core: no figure has to be believed.",
        .words_most = 1,
        .prints = true,
        .options = {
                { "numbers", NULL, "every figure by its contract, and how it is made again", 0 },
                AS_OF_OPTION,
        },
        .run = explain_run,
};
