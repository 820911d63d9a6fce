/* SPDX-License-Identifier: Apache-2.0 */
/* One step's parameters against their table, and what they must be to each other. */
#include "core/check.h"
#include "core/params.h"
#include "core/steps/sense.h"
#include "core/terms_check.h"

/* A fault's text is static, so every parameter brings its own sentences. */
static const struct {
        const char *missing, *type, *domain;
} sentences[] = {
#define X(owner, name, of_type, need, least, most, otherwise, words, axis, says) \
        { "parameter " #name " must be given",                                   \
          "parameter " #name " is of another type: it is a " #of_type,           \
          "parameter " #name " lies outside what it may be" },
        STEP_PARAMS(X)
#undef X
};

static const struct {
        enum step_code step;
        const char *param, *word, *wanted, *says;
} wants[] = {
#define X(owner, name, when, then)           \
        { STEP_##owner, #name, #when, #then, \
          "parameter " #then " must be given where " #name " is " #when },
        PARAM_WANTS(X)
#undef X
};

struct one {
        struct checking *c;
        size_t place;
        const struct step *step;
        const struct step_info *info;
        bool sound;
};

static void refuse(struct one *o, enum refusal code, const char *says)
{
        faults_add(o->c->faults, code, o->c->event, step_field(o->place), says);
        o->sound = false;
}

static size_t place_of(const struct param_info *info)
{
        return (size_t)(info - param_at(0));
}

static bool rate_within(struct rate rate, int64_t least, int64_t most)
{
        if (rate.den <= 0 || rate.den > RATE_PART_MAX)
                return false;
        if (rate.num < -RATE_PART_MAX || rate.num > RATE_PART_MAX)
                return false;
        return rate.num >= least * rate.den && rate.num <= most * rate.den;
}

static bool end_valid(enum band_axis axis, int64_t end)
{
        switch (axis) {
        case AXIS_DATE:
                return end >= DATE_FIRST && end <= DATE_LAST;
        case AXIS_SHARE:
                return end >= 0 && end <= SHARE_MOST;
        case AXIS_CENTS:
                return end >= 0 && end <= MONEY_MAX;
        case AXIS_COUNT:
        case AXIS_NONE:
                break;
        }
        return end >= 0 && end <= COUNT_MAX;
}

static bool half_open(enum band_axis axis)
{
        return axis == AXIS_SHARE || axis == AXIS_CENTS;
}

/* Where bands are half open, only the last may be a single figure: its end is in it. */
static void check_ends(struct one *o, enum band_axis axis, const struct band *band,
                       const struct band *before, bool last)
{
        if (!end_valid(axis, band->from) || !end_valid(axis, band->to) || band->from > band->to)
                refuse(o, REFUSAL_BAD_TERMS,
                       "a band begins at or before its end, both within limits");
        else if (half_open(axis) && !last && band->from == band->to)
                refuse(o, REFUSAL_BAD_TERMS, "a band of shares or money begins before its end");
        if (before && (half_open(axis) ? band->from < before->to : band->from <= before->to))
                refuse(o, REFUSAL_BAD_TERMS, "bands ascend and do not overlap");
}

static void check_band(struct one *o, const struct param_info *info, const struct band *band)
{
        if (!rate_within(band->at_from, info->least, info->most) ||
            !rate_within(band->at_to, info->least, info->most))
                refuse(o, REFUSAL_BAD_TERMS, "the rates of a band lie within what they may be");
        if ((info->axis == AXIS_DATE || band->from == band->to) && !band_flat(band))
                refuse(o, REFUSAL_BAD_TERMS, "a band of days, or of one number, has one rate");
}

static void check_bands(struct one *o, const struct param_info *info, const struct param *param)
{
        const struct terms *terms = o->c->terms;

        if (param->bands.count == 0 ||
            param->bands.first + param->bands.count > terms->band_count) {
                refuse(o, REFUSAL_BAD_TERMS,
                       "a table has at least one band, all within the terms' bands");
                return;
        }
        for (size_t i = 0; i < param->bands.count; i++) {
                const struct band *band = &terms->bands[param->bands.first + i];

                check_ends(o, info->axis, band, i ? band - 1 : NULL, i + 1u == param->bands.count);
                check_band(o, info, band);
        }
}

static bool within_domain(const struct param_info *info, const struct param *param)
{
        struct name parsed;

        switch (param->type) {
        case PARAM_CENTS:
                return param->cents >= info->least && param->cents <= info->most;
        case PARAM_COUNT:
                return param->count >= info->least && param->count <= info->most;
        case PARAM_RATE:
                return rate_within(param->rate, info->least, info->most);
        case PARAM_WORD:
                return !param->word.text[NAME_MAX_LENGTH] &&
                       name_parse(name_bytes(&param->word), &parsed) &&
                       name_equal(&param->word, &parsed) && word_among(info->words, &param->word);
        case PARAM_FLAG:
        case PARAM_BANDS:
                return true;
        }
        return false;
}

static void check_param(struct one *o, const struct param *param)
{
        const struct param_info *info = NULL;

        if (!param->name.text[NAME_MAX_LENGTH])
                info = param_info(o->info->code, param->name.text);
        if (!info) {
                refuse(o, REFUSAL_BAD_TERMS,
                       "has a parameter that a step of this kind does not know");
                return;
        }
        if (step_param(o->step, param->name.text) != param)
                refuse(o, REFUSAL_BAD_TERMS, "gives the same parameter twice");
        if (param->type != info->type)
                refuse(o, REFUSAL_BAD_TERMS, sentences[place_of(info)].type);
        else if (!within_domain(info, param))
                refuse(o, REFUSAL_BAD_VALUE, sentences[place_of(info)].domain);
        else if (param->type == PARAM_BANDS)
                check_bands(o, info, param);
}

static void check_presence(struct one *o)
{
        const struct param_info *info;

        for (size_t i = 0; (info = param_at(i)); i++)
                if (info->step == o->info->code && info->need == PARAM_REQUIRED &&
                    !step_param(o->step, info->name))
                        refuse(o, REFUSAL_BAD_TERMS, sentences[i].missing);
}

static void check_wants(struct one *o)
{
        for (size_t i = 0; i < sizeof(wants) / sizeof(wants[0]); i++)
                if (wants[i].step == o->info->code &&
                    step_word_is(o->step, o->info->code, wants[i].param, wants[i].word) &&
                    !step_param(o->step, wants[i].wanted))
                        refuse(o, REFUSAL_BAD_TERMS, wants[i].says);
}

static void check_sense(struct one *o)
{
        const char *says = step_sense(o->c->terms, o->info->code, o->step);

        if (says)
                refuse(o, REFUSAL_BAD_TERMS, says);
}

bool check_params(struct checking *c, size_t place, const struct step_info *info)
{
        struct one o = {
                .c = c, .place = place, .step = &c->terms->steps[place], .info = info, .sound = true
        };

        if (o.step->param_count > PARAMS_PER_STEP_MAX) {
                refuse(&o, REFUSAL_BAD_TERMS, "has at most 16 parameters");
                return false;
        }
        for (size_t i = 0; i < o.step->param_count; i++)
                check_param(&o, &o.step->params[i]);
        check_presence(&o);
        if (o.sound)
                check_wants(&o);
        if (o.sound)
                check_sense(&o);
        return o.sound;
}
