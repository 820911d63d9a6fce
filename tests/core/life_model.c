/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/core/life_model.h"

#include <stdlib.h>
#include <string.h>

/* All figures that anybody has for what is payable, the statement's own first. */
static unsigned int figures_of(const struct model_run *run, bool with_versions, int64_t ret[])
{
        unsigned int count = 0;

        ret[count++] = run->issue.says[LIFE_SETTLEMENT];
        for (unsigned int i = 0; i < run->claim_count; i++)
                ret[count++] = run->claims[i].claims;
        if (with_versions && run->issue.has_versions) {
                ret[count++] = run->issue.by_bearer;
                ret[count++] = run->issue.by_earner;
        }
        return count;
}

static int by_amount(const void *a, const void *b)
{
        int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

        return (x > y) - (x < y);
}

/* From the least to the most: the one nearer to 0 is at an end, unless 0 lies between. */
static int64_t common(const struct model_run *run)
{
        int64_t figures[LIFE_CLAIMS_MAX + 3];
        unsigned int count = figures_of(run, false, figures);

        qsort(figures, count, sizeof(figures[0]), by_amount);
        if (figures[0] > 0)
                return figures[0];
        return figures[count - 1] < 0 ? figures[count - 1] : 0;
}

static void held(const struct model_run *run, int64_t ret[LIFE_HOLDS])
{
        int64_t figures[LIFE_CLAIMS_MAX + 3], low, high, part = common(run);
        unsigned int count = figures_of(run, true, figures);

        qsort(figures, count, sizeof(figures[0]), by_amount);
        low = figures[0];
        high = figures[count - 1];
        ret[LIFE_HOLD_BEARER] = (high > 0 ? high : 0) - (part > 0 ? part : 0);
        ret[LIFE_HOLD_EARNER] = (part < 0 ? part : 0) - (low < 0 ? low : 0);
}

unsigned int model_issue(struct model *model, const struct life_issue *issue, int from, int until,
                         unsigned int order)
{
        struct model_run *run = &model->runs[model->run_count];
        bool overtaken = false;

        *run = (struct model_run) {
                .posts = issue->posts, .from = from, .until = until, .order = order,
                .issue = *issue,
        };
        for (unsigned int i = 0; i < model->run_count; i++) {
                const struct model_run *other = &model->runs[i];

                overtaken |= other->stands && other->until > from && other->from < until &&
                             other->order > order;
        }
        run->stands = issue->posts && !overtaken;
        for (unsigned int i = 0; run->stands && i < model->run_count; i++) {
                struct model_run *other = &model->runs[i];

                if (!other->stands || other->until <= from || other->from >= until)
                        continue;
                other->stands = false;
                other->claim_count = 0;
                for (int j = 0; j < LIFE_AMOUNTS; j++)
                        run->certain[j] += other->certain[j];
        }
        return model->run_count++;
}

static bool closed(const struct model_run *run)
{
        return run->posts && (!run->stands || run->settled);
}

bool model_may_accept(const struct model_run *run, enum side side)
{
        return !closed(run) && run->claim_count == 0 && !run->said[side == SIDE_EARNER];
}

bool model_may_dispute(const struct model_run *run, enum side side)
{
        return !closed(run) && !run->said[side == SIDE_EARNER];
}

bool model_may_lapse(const struct model_run *run)
{
        return run->stands && !run->settled && run->claim_count == 0;
}

static void settle_all(struct model_run *run)
{
        run->settled = true;
        memcpy(run->certain, run->issue.says, sizeof(run->certain));
}

void model_accept(struct model_run *run, enum side side)
{
        run->said[side == SIDE_EARNER] = true;
        if (run->stands && run->said[0] && run->said[1])
                settle_all(run);
}

void model_lapse(struct model_run *run)
{
        settle_all(run);
}

void model_dispute(struct model_run *run, const struct life_claim *claim)
{
        run->claims[run->claim_count++] = *claim;
        if (run->stands)
                run->certain[LIFE_SETTLEMENT] = common(run);
}

void model_end(struct model_run *run, unsigned int claim)
{
        for (unsigned int i = claim; i + 1 < run->claim_count; i++)
                run->claims[i] = run->claims[i + 1];
        run->claim_count--;
        if (run->stands && run->claim_count)
                run->certain[LIFE_SETTLEMENT] = common(run);
}

enum life model_state(const struct model_run *run)
{
        if (!run->posts)
                return LIFE_NONE;
        if (!run->stands)
                return LIFE_REPLACED;
        if (run->settled)
                return run->said[0] && run->said[1] ? LIFE_ACCEPTED : LIFE_LAPSED;
        return run->claim_count ? LIFE_DISPUTED : LIFE_ISSUED;
}

void model_total(const struct model *model, struct model_totals *ret)
{
        int64_t holds[LIFE_HOLDS];

        memset(ret, 0, sizeof(*ret));
        for (unsigned int i = 0; i < model->run_count; i++) {
                const struct model_run *run = &model->runs[i];

                if (!run->stands)
                        continue;
                for (int j = 0; j < LIFE_AMOUNTS; j++) {
                        bool disputed = j == LIFE_SETTLEMENT && run->claim_count;

                        ret->posted[j] += run->certain[j];
                        if (!disputed)
                                ret->pending[j] += run->issue.says[j] - run->certain[j];
                }
                held(run, holds);
                ret->undisputed += common(run);
                ret->held[0] += holds[0];
                ret->held[1] += holds[1];
        }
}
