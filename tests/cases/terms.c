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
                .standing = STANDING_BINDING, .lookback_months = 36,
                .reconciling = { .historical_until = DATE_NONE },
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

static struct rate want_rate(struct play *play)
{
        const char *word = want(play, "a rate");
        struct rate rate;

        if (!read_rate(word, &rate))
                wrong(play, "'%s' is no rate", word);
        return rate;
}

static enum report_duty want_duty(struct play *play)
{
        static const char *const duties[] = { [1] = "none", "may", "must" };
        const char *word = want(play, "none, may or must");

        for (unsigned int i = 1; i < 4; i++)
                if (strcmp(duties[i], word) == 0)
                        return (enum report_duty)i;
        wrong(play, "'%s' is neither none, may nor must", word);
}

/* The rule of a kind: the one there is already, or another. */
static struct fact_rule *rule_for(struct play *play, struct terms *terms,
                                  const struct fact_kind_info *info)
{
        for (unsigned int i = 0; i < terms->rule_count; i++)
                if (terms->rules[i].kind == info->kind)
                        return &terms->rules[i];
        if (terms->rule_count == FACT_RULES_MAX)
                wrong(play, "too many rules");
        terms->rules[terms->rule_count] = (struct fact_rule) {
                .kind = info->kind, .of_record = info->customary, .other = REPORT_MAY,
                .tolerance_share = { 0, 1 },
        };
        return &terms->rules[terms->rule_count++];
}

/* rule KIND [of-record SIDE] [other none|may|must] [tolerance V] [share R] [rows N] ... */
static void read_rule(struct play *play, struct terms *terms)
{
        const char *word = want(play, "a kind of fact");
        const struct fact_kind_info *info =
                fact_kind_by_name((struct bytes) { word, strlen(word) });
        struct words *words = play->words;
        struct fact_rule *rule;
        struct value value;

        if (!info)
                wrong(play, "there is no fact '%s'", word);
        rule = rule_for(play, terms, info);
        for (;;) {
                if (words_take(words, "of-record"))
                        rule->of_record = want_side(play);
                else if (words_take(words, "other"))
                        rule->other = want_duty(play);
                else if (words_take(words, "share"))
                        rule->tolerance_share = want_rate(play);
                else if (words_take(words, "rows"))
                        rule->tolerance_rows = (uint32_t)want_number(play);
                else if (words_take(words, "window"))
                        rule->window_days = (uint32_t)want_number(play);
                else if (words_take(words, "materiality"))
                        rule->materiality = want_money(play);
                else if (!words_take(words, "tolerance"))
                        return;
                else if (!read_value(want(play, "a tolerance"), info->unit, &value))
                        wrong(play, "that is no value of '%s'", word);
                else
                        rule->tolerance = value.num;
        }
}

/* reconciling [dispute-days N] [payment-days N] [arbiter PARTY|of-record-decides] ... */
static void read_reconciling(struct play *play, struct terms *terms)
{
        struct reconciling *reconciling = &terms->reconciling;
        struct words *words = play->words;

        if (!reconciling->is)
                *reconciling = (struct reconciling) { .is = true, .historical_until = DATE_NONE };
        for (;;) {
                if (words_take(words, "dispute-days")) {
                        reconciling->dispute_days = (uint32_t)want_number(play);
                } else if (words_take(words, "payment-days")) {
                        reconciling->payment_days = (uint32_t)want_number(play);
                } else if (words_take(words, "witness-days")) {
                        reconciling->witness_days = (uint32_t)want_number(play);
                } else if (words_take(words, "arbiter")) {
                        reconciling->decides = DECIDER_ARBITER;
                        reconciling->arbiter = want_name(play);
                } else if (words_take(words, "of-record-decides")) {
                        reconciling->decides = DECIDER_OF_RECORD;
                } else if (words_take(words, "historical-until")) {
                        reconciling->historical_until = want_day(play);
                } else {
                        return;
                }
        }
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
        } else if (strcmp(word, "runout") == 0) {
                terms->runout_months = (uint32_t)want_number(play);
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

/* presupposes KIND [step N] */
static void read_presupposed(struct play *play, struct terms *terms)
{
        struct presupposed *is;

        if (terms->presupposed_count == PRESUPPOSED_MAX)
                wrong(play, "too much is presupposed");
        is = &terms->presupposes[terms->presupposed_count++];
        is->kind = want_capability(play);
        is->has_step = words_take(play->words, "step");
        is->step = is->has_step ? (uint32_t)want_number(play) : 0;
}

/* terms ALIAS [like ALIAS] [particulars ...], then a step, rule or reconciling a line */
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
                if (strcmp(word, "rule") == 0)
                        read_rule(play, row->terms);
                else if (strcmp(word, "reconciling") == 0)
                        read_reconciling(play, row->terms);
                else if (strcmp(word, "presupposes") == 0)
                        read_presupposed(play, row->terms);
                else if (step)
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
