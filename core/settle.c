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
        to->line_count = 0;
        to->fact_count = 0;
}

static void begin_working(struct working *w)
{
        const struct exact zero = exact_of(0), one = exact_of(1);

        w->head_count = w->expenditure = w->benchmark = w->savings = zero;
        w->weighted = w->weights = w->quality = zero;
        w->generated = w->amount = w->recouped = zero;
        w->factor = w->fraction = one;
}

void settle(const struct terms *terms, const struct run *run, const struct fact *facts,
            size_t fact_count, struct statement *ret)
{
        struct working w = {
                .terms = terms,
                .run = run,
                .facts = facts,
                .fact_count = fact_count,
                .to = ret,
        };

        assert(terms->step_count <= STEPS_MAX);
        begin_statement(terms, run, ret);
        begin_working(&w);
        for (w.place = 0; w.place < terms->step_count && !w.stopped; w.place++) {
                const struct step *step = &terms->steps[w.place];

                w.info = step_info(&step->kind, step->version);
                assert(w.info);
                functions[w.info->code](step, &w);
        }
        assert(ret->status == STATEMENT_NOT_CALCULABLE || !w.stopped);
}
