/* SPDX-License-Identifier: Apache-2.0 */
#include "core/statement.h"

#include <string.h>

#include "core/check.h"
#include "core/sentence.h"
#include "core/working.h"

typedef void step_fn(const struct step *step, struct working *w);

static step_fn *const functions[STEP_KIND_COUNT] = {
#define X(code, function, name, version, clause, needs, makes, bars, says) \
        [STEP_##code] = step_##function,
        STEP_KINDS(X)
#undef X
};

/* All but terms_index and terms_digest, which are the caller's. */
static void begin_statement(const struct terms *terms, const struct run *run, struct statement *to)
{
        to->run = *run;
        to->terms_version = terms->version;
        to->standing = terms->standing;
        to->relayed = false;
        to->status = STATEMENT_CALCULATED;
        sentence_begin(&to->reason);
        to->earned = 0;
        to->payable = 0;
        to->has_members = false;
        to->has_versions = false;
        to->by_bearer = to->by_earner = 0;
        to->basis = 0;
        to->disputed_count = 0;
        to->disputed_more = 0;
        to->line_count = 0;
        to->fact_count = 0;
        to->item_count = 0;
        to->carried_count = 0;
}

/* The parts of a category are cleared when it is declared: most terms have none. */
static void begin_working(struct working *w)
{
        for (enum feed feed = FEED_NONE; feed < FEED_COUNT; feed++)
                w->whole[feed].is = false;
        w->category_count = 0;
        w->stopped = w->open = false;
        w->weighted = w->weights = exact_of(0);
        w->quality_failed = w->scaled = false;
}

void settle(const struct terms *terms, const struct run *run, const struct settle_inputs *inputs,
            struct statement *ret)
{
        struct working w;

        w.terms = terms;
        w.run = run;
        w.inputs = inputs;
        w.to = ret;
        assert(terms->step_count <= STEPS_MAX);
        begin_statement(terms, run, ret);
        begin_working(&w);
        for (w.place = 0; w.place < terms->step_count && !w.stopped; w.place++) {
                const struct step *step = &terms->steps[w.place];

                w.step = step;
                w.info = step_info(&step->kind, step->version);
                assert(w.info);
                functions[w.info->code](step, &w);
        }
        assert(ret->status == STATEMENT_NOT_CALCULABLE || !w.stopped);
}
