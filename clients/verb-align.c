/* SPDX-License-Identifier: Apache-2.0 */
/* Do the payers of a provider pull one way? */
#include <errno.h>
#include <string.h>

#include "core/own.h"
#include "clients/align.h"
#include "clients/asking.h"
#include "clients/take.h"
#include "clients/verbs.h"

static enum exit_code write_svg(const char *path, const struct align_view *view)
{
        FILE *to = fopen(path, "w");

        if (!to)
                return say_failure(-errno, "%s", path);
        align_svg(to, view);
        if (ferror(to)) {
                fclose(to);
                return say_failure(-EIO, "%s", path);
        }
        return fclose(to) ? say_failure(-errno, "%s", path) : EXIT_DONE;
}

static enum exit_code matrix_run(struct call *call)
{
        own(align_view) struct align_view view = { 0 };
        const char *svg = call_value(call, "svg");
        enum exit_code code = align_fetch(call, &view);

        if (code)
                return code;
        align_show_matrix(call->out, &view);
        return svg ? write_svg(svg, &view) : EXIT_DONE;
}

static enum exit_code score_run(struct call *call)
{
        own(align_view) struct align_view view = { 0 };
        enum exit_code code = align_fetch(call, &view);

        if (!code)
                align_show_score(call->out, &view);
        return code;
}

static enum exit_code gaps_run(struct call *call)
{
        own(align_view) struct align_view view = { 0 };
        enum exit_code code = align_fetch(call, &view);

        if (!code)
                align_show_gaps(call->out, &view);
        return code;
}

static enum exit_code conflicts_run(struct call *call)
{
        own(align_view) struct align_view view = { 0 };
        enum exit_code code = align_fetch(call, &view);

        return code ? code : align_show_conflicts(call->out, &view);
}

static enum exit_code simulate_run(struct call *call)
{
        own(align_view) struct align_view view = { 0 };
        struct name payer;
        enum exit_code code = take_name(call, 0, &payer);

        if (!code)
                code = align_fetch(call, &view);
        return code ? code : align_show_simulated(call->out, &view, &payer);
}

const struct verb verb_align_matrix = {
        .noun = "align",
        .name = "matrix",
        .usage = "",
        .says = "show which payers pay for what, and whether they ask for the same",
        .more = "One row a measure, one column a payer. A provider sees all of its own contracts, "
                "with targets and weights; a payer sees keys: its own contracts beside what others "
                "made public. --svg writes the table as a picture; -o csv and -o json have one row "
                "for each payer and measure.",
        .prints = true,
        .options = { ALIGN_OPTIONS,
                     { "svg", "FILE", "write the table as a picture there too", 0 } },
        .run = matrix_run,
};

const struct verb verb_align_score = {
        .noun = "align",
        .name = "score",
        .usage = "",
        .says = "show how well a provider's payers are aligned, in figures",
        .more = "Alignment index, shared dollars, conflict share, concentration, what is kept of a "
                "dollar saved, shares by HCP-LAN category, credibility of panels, and of each "
                "measure the part of its dollars that asks for one target. Beside each: the same "
                "of the community in the last release, the threshold that the council voted, and "
                "the distance to it. What cannot be calculated says why. Of a payer: how many "
                "measures its contracts share with what others made public.",
        .prints = true,
        .options = { ALIGN_OPTIONS },
        .run = score_run,
};

const struct verb verb_align_gaps = {
        .noun = "align",
        .name = "gaps",
        .usage = "",
        .says = "show what payers mean otherwise, by name or by the common set",
        .more = "GAP is specification, population, direction, target, period or excludes where a "
                "payer has the concept and something else of it; lacks where it has not a measure "
                "of the common set, adds where it has one that is not in it.",
        .prints = true,
        .options = { ALIGN_OPTIONS },
        .run = gaps_run,
};

const struct verb verb_align_conflicts = {
        .noun = "align",
        .name = "conflicts",
        .usage = "",
        .says = "show what two payers ask that does not go together",
        .more = "C1 direction, C2 target, C3 specification, C4 period; to know: C5 a gate on what "
                "the other does not pay for, C6 lower cost here and volume there. Worked out here "
                "from the provider's own contracts. A payer is told by the release calendar that a "
                "term of its own differs, never what another payer asks.",
        .prints = true,
        .options = { ALIGN_OPTIONS },
        .run = conflicts_run,
};

const struct verb verb_align_simulate = {
        .noun = "align",
        .name = "simulate",
        .usage = "PAYER",
        .says = "show what changes if that payer took over the common measure set",
        .more = "Overlap with each other payer before and after, and the alignment of all. It is "
                "worked out here, of own contracts and public keys; the hub is not asked. What is "
                "not known and assumed stands under the table.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .options = { ALIGN_OPTIONS },
        .run = simulate_run,
};
