/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/core/anything.h"

#include <stdio.h>
#include <string.h>

#include "core/params.h"
#include "tests/core/arrange.h"
#include "tests/core/run.h"
#include "tests/draw.h"

static uint64_t state = 1;

void anything_seed(uint64_t seed)
{
        state = xorshift_seeded(seed);
}

uint64_t anything_below(uint64_t below)
{
        return xorshift_below(&state, below);
}

static int64_t between(int64_t least, int64_t most)
{
        return least + (int64_t)anything_below((uint64_t)(most - least) + 1);
}

/* Zero, one, each end, beside each end, or anywhere. */
static int64_t draw_number(int64_t least, int64_t most)
{
        int64_t near = most - least < 9 ? most - least : 9;

        switch (anything_below(8)) {
        case 0:
                return least <= 0 && most >= 0 ? 0 : least;
        case 1:
                return least <= 1 && most >= 1 ? 1 : most;
        case 2:
                return least;
        case 3:
                return most;
        case 4:
                return least + between(0, near);
        case 5:
                return most - between(0, near);
        default:
                return between(least, most);
        }
}

static struct rate draw_rate(int64_t least, int64_t most, enum how how)
{
        static const int64_t dens[] = { 1, 2, 3, 7, 10, 20, 100, 1000, 10000 };
        static const int64_t longs[] = { 999999937, 999999999, 1000000000, 999999893, 536870911 };
        bool is_long = how == EXTREME ? anything_below(3) > 0 : how == MIXED && !anything_below(12);
        int64_t den = is_long ? longs[anything_below(COUNT_OF(longs))]
                              : dens[anything_below(COUNT_OF(dens))];
        int64_t low = least * den, high = most * den;

        /* Mostly near the lower end, where rates of contracts lie. */
        if (how != EXTREME && most - least > 1 && anything_below(6))
                high = low + den;
        low = low < -RATE_PART_MAX ? -RATE_PART_MAX : low;
        high = high > RATE_PART_MAX ? RATE_PART_MAX : high;
        return (struct rate) { draw_number(low, high), den };
}

/* ---- parameters */

static int64_t last_end(enum band_axis axis)
{
        switch (axis) {
        case AXIS_DATE:
                return DATE_LAST;
        case AXIS_SHARE:
                return SHARE_MOST;
        case AXIS_CENTS:
                return MONEY_MAX;
        case AXIS_COUNT:
        case AXIS_NONE:
                break;
        }
        return COUNT_MAX;
}

static int64_t draw_end(enum band_axis axis, int64_t from)
{
        switch (axis) {
        case AXIS_DATE:
                return from + between(1, 4000);
        case AXIS_SHARE:
                return from + between(1, 500) * (SHARE_ONE / 1000);
        case AXIS_CENTS:
                return from + between(1, 100000000);
        case AXIS_COUNT:
        case AXIS_NONE:
                break;
        }
        return from + between(1, 20000);
}

/* The last is open at the top, and flat; the others slope in one table of three. */
static void draw_bands(struct terms *terms, struct step *step, const struct param_info *info,
                       enum how how)
{
        int64_t count = between(1, 4), from = info->axis == AXIS_DATE ? DATE_FIRST : 0;
        bool apart = info->axis == AXIS_COUNT || info->axis == AXIS_DATE;
        bool sloped = !anything_below(3) && info->axis != AXIS_DATE;

        for (int64_t i = 0; i < count && terms->band_count < BANDS_PER_TERMS_MAX; i++) {
                bool last = i + 1 == count;
                struct band band = { .from = from,
                                     .to = last ? last_end(info->axis)
                                                : draw_end(info->axis, from) };

                band.at_from = band.at_to = draw_rate(info->least, info->most, how);
                if (sloped && !last)
                        band.at_to = draw_rate(info->least, info->most, how);
                with_band(terms, step, info->name, band);
                from = band.to + apart;
        }
}

/* Few names, so that one step speaks of what another declared. */
static void draw_word(struct step *step, const struct param_info *info)
{
        static const char *const any[] = { "esrd", "aged" }, *const measures[] = { "a1c", "bp" };
        const char *words = info->words;
        char text[NAME_MAX_LENGTH + 1] = "";
        size_t count = 1;

        if (!words) {
                with_word(step, info->name,
                          (strstr(info->name, "measure") ? measures : any)[anything_below(2)]);
                return;
        }
        for (const char *c = words; *c; c++)
                count += *c == '|';
        for (size_t skip = anything_below(count); skip; skip--)
                words = strchr(words, '|') + 1;
        memcpy(text, words, strcspn(words, "|"));
        with_word(step, info->name, text);
}

static int64_t draw_cents(const struct param_info *info, enum how how)
{
        if (how == MODEST)
                return between(info->least, info->most / 10 < 5000000 ? info->most / 10 : 5000000);
        return draw_number(info->least, info->most);
}

static int64_t draw_count(const struct param_info *info, enum how how)
{
        if (strcmp(info->name, "year") == 0)
                return between(2021, 2023);
        if (how != EXTREME)
                return between(info->least, info->most > 30000 ? 30000 : info->most);
        return draw_number(info->least, info->most);
}

static void draw_param(struct terms *terms, struct step *step, const struct param_info *info,
                       enum how how)
{
        struct rate rate;

        switch (info->type) {
        case PARAM_CENTS:
                with_cents(step, info->name, draw_cents(info, how));
                break;
        case PARAM_COUNT:
                with_count(step, info->name, draw_count(info, how));
                break;
        case PARAM_RATE:
                rate = draw_rate(info->least, info->most, how);
                with_rate(step, info->name, rate.num, rate.den);
                break;
        case PARAM_FLAG:
                with_flag(step, info->name, anything_below(2));
                break;
        case PARAM_WORD:
                draw_word(step, info);
                break;
        case PARAM_BANDS:
                draw_bands(terms, step, info, how);
                break;
        }
}

/* ---- steps */

/* What the words of the step ask for: else few of them would pass. */
static void draw_wanted(struct terms *terms, struct step *step, enum step_code code, enum how how)
{
        static const struct {
                enum step_code step;
                const char *param, *word, *wanted;
        } wants[] = {
#define X(owner, name, when, then) { STEP_##owner, #name, #when, #then },
                PARAM_WANTS(X)
#undef X
        };

        for (int i = 0; i < COUNT_OF(wants); i++)
                if (wants[i].step == code && !step_param(step, wants[i].wanted) &&
                    step->param_count < PARAMS_PER_STEP_MAX &&
                    step_word_is(step, code, wants[i].param, wants[i].word))
                        draw_param(terms, step, param_info(code, wants[i].wanted), how);
}

/* Of some kinds more parameters than a step may have: a random walk takes each now and then. */
static void draw_step(struct terms *terms, const struct step_info *kind, enum how how)
{
        struct step *step = with_step(terms, kind->name);
        uint64_t odds = 1 + anything_below(4);
        const struct param_info *info;

        step->version = kind->version;
        for (size_t i = 0; (info = param_at(i)); i++)
                if (info->step == kind->code && step->param_count < PARAMS_PER_STEP_MAX &&
                    (info->need == PARAM_REQUIRED || anything_below(6) < odds))
                        draw_param(terms, step, info, how);
        draw_wanted(terms, step, kind->code, how);
}

/* Base years' weights add up to one, or terms with several of them would never pass. */
static void even_weights(struct terms *terms)
{
        int64_t years = 0;

        for (int pass = 0; pass < 2; pass++)
                for (size_t i = 0; i < terms->step_count; i++) {
                        struct step *step = &terms->steps[i];
                        struct param *weight = (struct param *)step_param(step, "weight");

                        if (strcmp(step->kind.text, "baseline") != 0 || !weight)
                                continue;
                        if (pass)
                                weight->rate = (struct rate) { 1, years };
                        years += !pass;
                }
}

/* Without a post step the one thing wrong may be that it lacks. */
static bool passes(const struct terms *terms, bool whole)
{
        static struct faults faults;

        faults_reset(&faults);
        terms_check(terms, 0, &faults);
        if (whole || faults.count + faults.more != 1)
                return faults.count == 0;
        return strcmp(faults.list[0].field, "terms.steps") == 0;
}

static bool try_step(struct terms *terms, const struct step_info *kind, enum how how, bool whole)
{
        uint16_t steps = terms->step_count, bands = terms->band_count;

        draw_step(terms, kind, how);
        even_weights(terms);
        if (passes(terms, whole))
                return true;
        terms->step_count = steps;
        terms->band_count = bands;
        even_weights(terms);
        return false;
}

static void begin(struct terms *terms)
{
        arrange_terms(terms);
        if (!anything_below(4))
                terms->segment_count = (uint16_t)between(1, SEGMENTS_MAX);
        for (uint16_t i = 0; i < terms->segment_count; i++) {
                terms->segments[i].business = BUSINESS_MEDICARE;
                terms->segments[i].insured = true;
                snprintf(terms->segments[i].name.text, sizeof(terms->segments[i].name.text),
                         "part-%u", i);
        }
}

static size_t kinds(const struct step_info **ret_post)
{
        const struct step_info *info;
        size_t count;

        for (count = 0; (info = step_at(count)); count++)
                if (strcmp(info->name, "post") == 0)
                        *ret_post = info;
        return count;
}

bool anything_terms(struct terms *ret, enum how how)
{
        const struct step_info *post = NULL;
        size_t count = kinds(&post), goal = (size_t)between(1, 24);
        size_t at = anything_below(count / 3 + 1);

        ck_assert_ptr_nonnull(post);
        begin(ret);
        /* Onwards through the families more often than not: that is how terms are. */
        for (int i = 0; i < 60 && ret->step_count < goal; i++) {
                const struct step_info *kind = step_at(at);

                for (int tries = 0; kind != post && tries < 3; tries++)
                        if (try_step(ret, kind, how, false))
                                break;
                at = anything_below(3) ? (at + 1) % count : anything_below(count);
        }
        for (int i = 0; i < 4; i++)
                if (try_step(ret, post, how, true))
                        return true;
        return false;
}

void anything_unordered(struct terms *ret, enum how how)
{
        const struct step_info *post = NULL;
        size_t count = kinds(&post), goal = (size_t)between(1, 12);

        begin(ret);
        while (ret->step_count < goal)
                draw_step(ret, step_at(anything_below(count)), how);
}

void anything_varied(struct terms *terms, enum how how)
{
        for (uint64_t i = 1 + anything_below(4); i; i--) {
                struct step *step = &terms->steps[anything_below(terms->step_count)];
                const struct step_info *kind = step_info(&step->kind, step->version);
                const struct param_info *info;
                size_t at;

                if (!step->param_count)
                        continue;
                at = anything_below(step->param_count);
                info = param_info(kind->code, step->params[at].name.text);
                if (info->type == PARAM_BANDS)
                        continue;
                step->params[at] = step->params[--step->param_count];
                draw_param(terms, step, info, how);
                draw_wanted(terms, step, kind->code, how);
        }
}
