/* SPDX-License-Identifier: Apache-2.0 */
/* A statement explained: each figure, how it was made, and what it came from. */
#include "core/own.h"
#include "clients/asking.h"
#include "clients/explain.h"
#include "clients/settle-source.h"
#include "clients/verbs.h"

static bool has_step(const struct explanation *e)
{
        for (size_t i = 0; i < e->terms->step_count; i++)
                if (explain_has_step(e, i))
                        return true;
        return false;
}

static enum exit_code explain_run(struct call *call)
{
        own(source) struct source source = { 0 };
        struct explanation e = { .only = call_value(call, "step"),
                                 .wide = out_format(call->out) == FORMAT_WIDE };
        bool page = out_format(call->out) == FORMAT_TABLE || out_format(call->out) == FORMAT_WIDE;
        struct canvas canvas = canvas_of(call->cli->color);
        enum exit_code code;

        e.picture_only = call_has(call, "waterfall");
        canvas.plain = canvas.plain || call_has(call, "ascii");
        if (e.picture_only || (page && canvas_is_wide()))
                e.canvas = &canvas;
        if (call->word_count)
                code = source_find(call, call->words[0], true, &source);
        else
                code = source_preview(call, NULL, &source);
        if (code)
                return code;
        e.around = &source.around;
        e.s = source.statement;
        e.terms = source.terms;
        e.origins = source_origins(&source);
        if (!has_step(&e))
                return call_misused(call, "the terms have no step %s", e.only);
        explain_print(call->out, &e);
        return EXIT_DONE;
}

const struct verb verb_settle_explain = {
        .noun = "settle",
        .name = "explain",
        .usage = "[RUN|CONTRACT|FILE]",
        .says = "explain a statement: each figure, how it was made, and what it came from",
        .more = "RUN is the number that `settle list` shows; a CONTRACT stands for its newest run; "
                "a FILE is what -o json wrote, of this verb or, with --terms, of another. Without "
                "any of them, --terms and --facts are settled here.\n\n"
                "Each line has its formula over the lines above it, which `accord help formulas` "
                "says how to read. -o wide also shows the "
                "ways not taken, -o json the formulas and what went into them, -o svg the "
                "picture, which also ends the page on a terminal of a hundred columns.",
        .words_most = 1,
        .prints = true,
        .pictures = true,
        .options = {
                { "step", "STEP", "one step only, with all of its parameters: share, or 8", 0 },
                { "waterfall", NULL, "the picture alone: from the benchmark to the payment", 0 },
                { "ascii", NULL, "draw the picture in ASCII", 0 },
                { "period", "PERIOD", "with --terms: the performance period", 0 },
                SOURCE_OPTIONS,
                AS_OF_OPTION,
        },
        .run = explain_run,
};
