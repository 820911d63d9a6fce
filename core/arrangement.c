/* SPDX-License-Identifier: Apache-2.0 */
#include "core/arrangement.h"

#include <string.h>

#include "core/check.h"
#include "core/params.h"

static const struct {
        const char *word, *says;
} categories[LAN_COUNT] = {
#define X(code, word, says) [LAN_##code] = { (word), (says) },
        LAN_CATEGORIES(X)
#undef X
};

const char *lan_category_word(enum lan_category category)
{
        assert(category < LAN_COUNT);
        return categories[category].word;
}

const char *lan_category_says(enum lan_category category)
{
        assert(category < LAN_COUNT);
        return categories[category].says;
}

/* ---- what the terms have */

static bool is_step(const struct step *step, enum step_code code)
{
        const struct step_info *info = step_info(&step->kind, step->version);

        return info && info->code == code;
}

static bool says(const struct step *step, enum step_code code, const char *name, const char *word)
{
        return is_step(step, code) && step_word_is(step, code, name, word);
}

/* The first step of the kind, else step_count. */
static uint16_t first_of(const struct terms *terms, enum step_code code)
{
        uint16_t place = 0;

        while (place < terms->step_count && !is_step(&terms->steps[place], code))
                place++;
        return place;
}

static bool any_says(const struct terms *terms, enum step_code code, const char *name,
                     const char *word)
{
        for (size_t i = 0; i < terms->step_count; i++)
                if (says(&terms->steps[i], code, name, word))
                        return true;
        return false;
}

static bool flag_given(const struct terms *terms, enum step_code code, const char *name)
{
        for (size_t i = 0; i < terms->step_count; i++) {
                const struct param *param = step_param(&terms->steps[i], name);

                if (is_step(&terms->steps[i], code) && param && param->type == PARAM_FLAG &&
                    param->flag)
                        return true;
        }
        return false;
}

static bool above_zero(const struct step *step, const char *name)
{
        const struct param *param = step_param(step, name);

        return param && param->type == PARAM_RATE && param->rate.num > 0;
}

/* ---- does quality move the amount? */

static bool step_links_quality(const struct step *step)
{
        if (is_step(step, STEP_QUALITY_ADJUST))
                return true;
        if (is_step(step, STEP_GATE))
                return !step_word_is(step, STEP_GATE, "standard", "none") ||
                       !step_word_is(step, STEP_GATE, "met", "full");
        if (is_step(step, STEP_ADJUST))
                return step_word_is(step, STEP_ADJUST, "item", "quality");
        if (is_step(step, STEP_DISCOUNT))
                return step_param(step, "bands") != NULL;
        if (is_step(step, STEP_WITHHOLD))
                return step_word_is(step, STEP_WITHHOLD, "earnback", "quality");
        if (is_step(step, STEP_SHARE))
                return step_word_is(step, STEP_SHARE, "gain", "quality") ||
                       step_word_is(step, STEP_SHARE, "down", "inverse") ||
                       step_word_is(step, STEP_SHARE, "down", "quality");
        return false;
}

static bool quality_linked(const struct terms *terms)
{
        for (size_t i = 0; i < terms->step_count; i++)
                if (step_links_quality(&terms->steps[i]) ||
                    (is_step(&terms->steps[i], STEP_FEE) &&
                     above_zero(&terms->steps[i], "at_risk")))
                        return true;
        return false;
}

/* ---- streams */

static void add(struct arrangement *to, enum lan_category category, const char *code,
                uint16_t step)
{
        for (size_t i = 0; i < to->stream_count; i++)
                if (to->streams[i].category == category && to->streams[i].code == code)
                        return;
        if (to->stream_count < STREAMS_MAX)
                to->streams[to->stream_count++] = (struct stream) { category, code, step };
        if (category > to->category)
                to->category = category;
}

static bool shares_losses(const struct terms *terms)
{
        bool gated_out = first_of(terms, STEP_CORRIDOR_GATE) < terms->step_count &&
                         any_says(terms, STEP_CORRIDOR_GATE, "losses", "none");

        return !gated_out && !any_says(terms, STEP_SHARE, "down", "none") &&
               !any_says(terms, STEP_CARRY_FORWARD, "losses", "carry");
}

static bool episodes(const struct terms *terms)
{
        return any_says(terms, STEP_TARGET, "unit", "episode") ||
               any_says(terms, STEP_ATTRIBUTE, "method", "episode_trigger");
}

/* The guide's words: ssl two-sided; ssp one-sided with a minimum rate; ssq gated on quality. */
static const char *savings_code(const struct terms *terms)
{
        if (episodes(terms))
                return "eoc";
        if (shares_losses(terms))
                return "ssl";
        if (first_of(terms, STEP_CORRIDOR_GATE) < terms->step_count &&
            !any_says(terms, STEP_CORRIDOR_GATE, "minimum", "none"))
                return "ssp";
        return first_of(terms, STEP_GATE) < terms->step_count ? "ssq" : "tcoc";
}

static void add_savings(const struct terms *terms, uint16_t place, struct arrangement *to)
{
        enum lan_category category = shares_losses(terms) ? LAN_3B : LAN_3A;

        add(to, quality_linked(terms) ? category : LAN_3N, savings_code(terms), place);
}

static void add_population(const struct terms *terms, uint16_t place, bool same_owner,
                           struct arrangement *to)
{
        bool budget = any_says(terms, STEP_TARGET, "unit", "budget") ||
                      any_says(terms, STEP_TARGET, "unit", "total");
        enum lan_category category = LAN_4B;

        /* An episode paid in advance is still paid for each episode, not for a population. */
        if (episodes(terms)) {
                add(to, quality_linked(terms) ? LAN_3B : LAN_3N, "eoc", place);
                return;
        }
        if (flag_given(terms, STEP_TARGET, "condition"))
                category = LAN_4A;
        if (same_owner)
                category = LAN_4C;
        if (!quality_linked(terms))
                category = LAN_4N;
        add(to, category, budget ? "tcoc" : "pcpcp", place);
}

/* Every rate scores the same: the measure only has to be reported. */
static bool rewards_reporting(const struct terms *terms, const struct step *measure)
{
        const struct param *bands = step_param(measure, "bands");
        const struct band *first;

        if (!says(measure, STEP_MEASURE, "scale", "table") || !bands)
                return false;
        first = &terms->bands[bands->bands.first];
        for (size_t i = 0; i < bands->bands.count; i++)
                if (!band_flat(&first[i]) || first[i].at_from.num != first[0].at_from.num ||
                    first[i].at_from.den != first[0].at_from.den)
                        return false;
        return first[0].from == 0 && first[bands->bands.count - 1].to >= SHARE_ONE;
}

static bool only_reporting(const struct terms *terms)
{
        bool any = false;

        for (size_t i = 0; i < terms->step_count; i++) {
                if (!is_step(&terms->steps[i], STEP_MEASURE))
                        continue;
                if (!rewards_reporting(terms, &terms->steps[i]))
                        return false;
                any = true;
        }
        return any;
}

static void add_fee(const struct terms *terms, uint16_t place, struct arrangement *to)
{
        const struct step *step = &terms->steps[place];
        bool performs = above_zero(step, "at_risk") || step_param(step, "each") ||
                        step_word_is(step, STEP_FEE, "by", "table");

        if (step_word_is(step, STEP_FEE, "base", "expenditure"))
                add(to, performs ? LAN_2C : LAN_1, performs ? "p4p" : NULL, place);
        else if (performs && only_reporting(terms))
                add(to, LAN_2B, "p4r", place);
        else if (performs)
                add(to, LAN_2C, "p4p", place);
        else
                add(to, LAN_2A, step_param(step, "category") ? "ccf-with-risk" : "ccf", place);
}

void arrangement_of(const struct terms *terms, bool same_owner, struct arrangement *ret)
{
        uint16_t target = first_of(terms, STEP_TARGET), share = first_of(terms, STEP_SHARE);

        *ret = (struct arrangement) { .category = LAN_1 };
        if (any_says(terms, STEP_TARGET, "paid", "prospective"))
                add_population(terms, target, same_owner, ret);
        else if (share < terms->step_count)
                add_savings(terms, share, ret);
        for (uint16_t i = 0; i < terms->step_count; i++)
                if (is_step(&terms->steps[i], STEP_FEE))
                        add_fee(terms, i, ret);
        if (!ret->stream_count)
                add(ret, LAN_1, NULL, 0);
}
