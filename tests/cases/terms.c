/* SPDX-License-Identifier: Apache-2.0 */
/* Terms, a step a line, by the table of steps and their parameters. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/steps.h"
#include "tests/cases/case.h"

static struct name name_of(struct play *play, const char *text)
{
        struct name name;

        if (!read_name_word(text, &name))
                wrong(play, "'%s' is no name", text);
        return name;
}

/* An ordinary shared-savings year, until the line says otherwise. */
static void ordinary(struct terms *terms)
{
        const struct period year = { date_of(2024, 1, 1), date_of(2025, 1, 1) };

        *terms = (struct terms) {
                .title = { "terms of a case" }, .signed_on = date_of(2023, 12, 1),
                .effective = year.from, .applies = APPLIES_NEXT_PERIOD,
                .standing = STANDING_BINDING, .lookback_months = 36, .runout_months = 3,
                .agreement = year, .period_count = 1, .periods = { year },
        };
}

static bool read_standing(const char *word, enum standing *ret)
{
        static const char *const words[] = { [1] = "shadow", "advisory", "binding" };

        for (unsigned int i = 1; i < 4; i++)
                if (strcmp(words[i], word) == 0) {
                        *ret = (enum standing)i;
                        return true;
                }
        return false;
}

/* The agreement runs from the first period to the last, until it is said otherwise. */
static void read_periods(struct play *play, struct terms *terms)
{
        const char *word;

        terms->period_count = 0;
        while ((word = words_peek(play->words)) && *word >= '0' && *word <= '9') {
                if (terms->period_count == PERIODS_MAX)
                        wrong(play, "too many periods");
                terms->periods[terms->period_count++] = want_period(play);
        }
        terms->agreement.from = terms->effective = terms->periods[0].from;
        terms->agreement.until = terms->periods[terms->period_count - 1].until;
}

static void read_particular(struct play *play, struct terms *terms, const char *word)
{
        if (read_standing(word, &terms->standing))
                return;
        if (strcmp(word, "periods") == 0) {
                read_periods(play, terms);
        } else if (strcmp(word, "agreement") == 0) {
                terms->agreement = want_period(play);
        } else if (strcmp(word, "effective") == 0) {
                terms->effective = want_day(play);
        } else if (strcmp(word, "next-period") == 0) {
                terms->applies = APPLIES_NEXT_PERIOD;
        } else if (strcmp(word, "whole-period") == 0) {
                terms->applies = APPLIES_WHOLE_PERIOD;
        } else if (strcmp(word, "cut-month") == 0) {
                terms->applies = APPLIES_CUT_MONTH;
        } else if (strcmp(word, "lookback") == 0) {
                terms->lookback_months = (uint32_t)want_number(play);
        } else if (strcmp(word, "segment") == 0) {
                terms->segments[terms->segment_count++] = (struct segment) {
                        .name = want_name(play), .business = BUSINESS_COMMERCIAL, .insured = true,
                };
        } else if (strcmp(word, "title") == 0) {
                snprintf(terms->title.text, sizeof(terms->title.text), "%s", want(play, "a title"));
        } else {
                wrong(play, "'%s' says nothing about terms", word);
        }
}

static struct rate want_rate(struct play *play)
{
        const char *word = want(play, "a rate");
        struct rate rate;

        if (!read_rate(word, &rate))
                wrong(play, "'%s' is no rate", word);
        return rate;
}

/* FROM TO RATE, any number of them: counts or days */
static void read_bands(struct play *play, struct terms *terms, struct param *param)
{
        const char *word;
        date day;

        param->bands.first = terms->band_count;
        while ((word = words_peek(play->words)) && *word >= '0' && *word <= '9') {
                struct band *band = &terms->bands[terms->band_count++];
                bool days = read_day(word, &day);

                band->from = days ? want_day(play) : (int64_t)want_number(play);
                band->to = days ? want_day(play) : (int64_t)want_number(play);
                band->at_from = want_rate(play);
                band->at_to = words_take(play->words, "to") ? want_rate(play) : band->at_from;
                param->bands.count++;
        }
}

static void read_param(struct play *play, struct terms *terms, const struct param_info *info,
                       struct param *param)
{
        struct value value;
        const char *word;

        param->name = name_of(play, info->name);
        param->type = info->type;
        if (info->type == PARAM_BANDS) {
                read_bands(play, terms, param);
                return;
        }
        if (info->type == PARAM_RATE) {
                param->rate = want_rate(play);
                return;
        }
        word = want(play, info->name);
        if (info->type == PARAM_WORD)
                param->word = name_of(play, word);
        else if (!read_value(word, info->type == PARAM_CENTS ? UNIT_CENTS
                             : info->type == PARAM_COUNT     ? UNIT_COUNT
                                                             : UNIT_FLAG,
                             &value))
                wrong(play, "'%s' is no value of '%s'", word, info->name);
        else if (info->type == PARAM_FLAG)
                param->flag = value.num != 0;
        else
                param->cents = value.num;
}

static const struct step_info *step_named(const char *word)
{
        const struct step_info *info;

        for (size_t i = 0; (info = step_at(i)); i++)
                if (strcmp(info->name, word) == 0)
                        return info;
        return NULL;
}

static void read_step(struct play *play, struct terms *terms, const char *kind)
{
        const struct step_info *info = step_named(kind);
        struct step *step = &terms->steps[terms->step_count++];
        const struct param_info *param;
        const char *word;

        if (!info)
                wrong(play, "there is no step '%s'", kind);
        step->kind = name_of(play, kind);
        step->version = info->version;
        while (words_peek(play->words) && !words_at_indented(play->words)) {
                word = want(play, "a parameter");
                param = param_info(info->code, word);
                if (!param)
                        wrong(play, "step '%s' has no parameter '%s'", kind, word);
                read_param(play, terms, param, &step->params[step->param_count++]);
        }
}

/* terms ALIAS [like ALIAS] [particulars ...], then a step a line */
void line_terms(struct play *play)
{
        struct case_terms *row = &play->terms[play->terms_count++];
        const char *word;

        row->terms = calloc(1, sizeof(*row->terms));
        if (!row->terms || play->terms_count == TERMS_MAX)
                wrong(play, "too many terms");
        snprintf(row->alias, sizeof(row->alias), "%s", want(play, "an alias"));
        ordinary(row->terms);
        if (words_take(play->words, "like"))
                *row->terms = *want_terms(play);
        while (words_peek(play->words)) {
                bool step = words_at_indented(play->words);

                word = words_next(play->words);
                if (step)
                        read_step(play, row->terms, word);
                else
                        read_particular(play, row->terms, word);
        }
}

const struct terms *want_terms(struct play *play)
{
        const char *word = want(play, "terms");

        for (unsigned int i = 0; i < play->terms_count; i++)
                if (strcmp(play->terms[i].alias, word) == 0)
                        return play->terms[i].terms;
        wrong(play, "there are no terms '%s'", word);
}
