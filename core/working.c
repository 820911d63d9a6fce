/* SPDX-License-Identifier: Apache-2.0 */
#include "core/working.h"

#include <string.h>

#include "core/check.h"
#include "core/sentence.h"

/* ---- parameters */

static const struct param_info *info_of(const struct working *w, const char *name)
{
        const struct param_info *info = param_info(w->info->code, name);

        assert(info);
        return info;
}

bool has_param(const struct step *step, const char *name)
{
        return step_param(step, name) != NULL;
}

struct exact rate_param(const struct working *w, const struct step *step, const char *name)
{
        const struct param *param = step_param(step, name);
        const struct param_info *info = info_of(w, name);

        assert(info->type == PARAM_RATE);
        assert(param || info->otherwise != NOTHING);
        return param ? exact_of_rate(param->rate) : exact_of(info->otherwise);
}

int64_t number_param(const struct working *w, const struct step *step, const char *name)
{
        const struct param *param = step_param(step, name);
        const struct param_info *info = info_of(w, name);

        if (!param)
                return info->otherwise;
        assert(info->type == PARAM_CENTS || info->type == PARAM_COUNT);
        return info->type == PARAM_CENTS ? param->cents : param->count;
}

bool flag_param(const struct working *w, const struct step *step, const char *name)
{
        const struct param *param = step_param(step, name);
        const struct param_info *info = info_of(w, name);

        assert(info->type == PARAM_FLAG);
        return param ? param->flag : info->otherwise != 0;
}

bool word_is(const struct working *w, const struct step *step, const char *name, const char *word)
{
        return step_word_is(step, w->info->code, name, word);
}

static struct exact on_the_line(const struct band *band, int64_t at)
{
        struct exact from = exact_of_rate(band->at_from), to = exact_of_rate(band->at_to);

        if (band_flat(band))
                return from;
        return exact_add(from, exact_mul(exact_sub(to, from),
                                         exact_ratio(at - band->from, band->to - band->from)));
}

bool bands_at(const struct terms *terms, const struct step *step, const char *name, int64_t at,
              struct exact *ret)
{
        const struct param *param = step_param(step, name);

        for (size_t i = 0; param && i < param->bands.count; i++) {
                const struct band *band = &terms->bands[param->bands.first + i];

                if (at >= band->from && at <= band->to) {
                        *ret = on_the_line(band, at);
                        return true;
                }
        }
        return false;
}

/* ---- lines and endings */

void say(struct working *w, enum line_code code, struct exact figure)
{
        struct statement *to = w->to;
        const struct line_info *info = line_info((unsigned int)code);

        assert(info);
        assert(to->line_count < LINES_PER_STATEMENT_MAX);
        to->lines[to->line_count++] = (struct line) {
                .step = w->place,
                .code = (uint16_t)code,
                .unit = info->unit,
                .num = figure.num,
                .den = figure.den,
        };
}

void say_flag(struct working *w, enum line_code code, bool flag)
{
        say(w, code, exact_of(flag));
}

void stop(struct working *w, const char *says)
{
        w->stopped = true;
        w->to->status = STATEMENT_NOT_CALCULABLE;
        sentence_begin(&w->to->reason);
        sentence_add(&w->to->reason, says);
}

static const char *who(enum side side)
{
        switch (side) {
        case SIDE_BEARER:
                return "the bearer has to report it";
        case SIDE_EARNER:
                return "the earner has to report it";
        case SIDE_NEITHER:
                break;
        }
        return "it has to be reported";
}

static void say_missing(struct working *w, enum fact_kind kind, const struct item *item)
{
        struct text *reason = &w->to->reason;

        w->to->status = STATEMENT_NOT_CALCULABLE;
        sentence_begin(reason);
        sentence_add(reason, "no ");
        sentence_add(reason, fact_kind_info((unsigned int)kind)->name);
        if (item && item->text[0]) {
                sentence_add(reason, " of ");
                sentence_add(reason, item->text);
        }
        sentence_add(reason, " for ");
        sentence_add_period(reason, w->run->period);
        sentence_add(reason, ": ");
        sentence_add(reason, who(terms_of_record(w->terms, kind)));
}

void leave_open(struct working *w, enum fact_kind kind)
{
        say_missing(w, kind, NULL);
        w->open = true;
}

/* ---- facts */

/* Claims paid through a later day tell more; else what was said last. */
static bool newer(const struct fact *a, const struct fact *b)
{
        if (a->key.paid_through != b->key.paid_through)
                return a->key.paid_through > b->key.paid_through;
        if (a->index != b->index)
                return a->index > b->index;
        return a->event > b->event;
}

static bool is_it(const struct working *w, const struct fact *fact, enum fact_kind kind,
                  const struct name *segment, const struct item *item)
{
        enum side side = terms_of_record(w->terms, kind);

        return fact->key.kind == kind && (side == SIDE_NEITHER || fact->side == side) &&
               period_equal(fact->key.period, w->run->period) &&
               name_equal(&fact->key.segment, segment) && item_equal(&fact->key.item, item);
}

static const struct fact *of_record(const struct working *w, enum fact_kind kind,
                                    const struct name *segment, const struct item *item)
{
        const struct fact *found = NULL;

        for (size_t i = 0; i < w->fact_count; i++)
                if (is_it(w, &w->facts[i], kind, segment, item) &&
                    (!found || newer(&w->facts[i], found)))
                        found = &w->facts[i];
        return found;
}

static void note_use(struct working *w, const struct fact *fact)
{
        struct statement *to = w->to;

        for (size_t i = 0; i < to->fact_count; i++)
                if (to->facts[i].index == fact->index && to->facts[i].event == fact->event &&
                    to->facts[i].kind == fact->key.kind &&
                    item_equal(&to->facts[i].item, &fact->key.item))
                        return;
        assert(to->fact_count < FACTS_PER_STATEMENT_MAX);
        to->relayed = to->relayed || fact->relayed;
        to->facts[to->fact_count++] = (struct used_fact) {
                .index = fact->index,
                .event = fact->event,
                .kind = fact->key.kind,
                .side = fact->side,
                .relayed = fact->relayed,
                .item = fact->key.item,
                .value = fact->value,
        };
}

/* May figures of segments be added up to that of the contract? */
static bool adds_up(enum fact_kind kind)
{
        switch (kind) {
        case FACT_HEAD_COUNT:
        case FACT_MEMBER_MONTHS:
        case FACT_EXPENDITURE:
        case FACT_BENCHMARK:
        case FACT_PARTICIPANT_REVENUE:
        case FACT_DISASTER_RELIEF:
        case FACT_ADVANCE_BALANCE:
        case FACT_MEASURE_NUMERATOR:
        case FACT_MEASURE_DENOMINATOR:
                return true;
        default:
                return false;
        }
}

/* All segments of the terms, or nothing: a sum that lacks one would be a guess. */
static bool sum_of_segments(struct working *w, enum fact_kind kind, const struct item *item,
                            struct exact *ret)
{
        const struct fact *found[SEGMENTS_MAX];
        size_t count = w->terms->segment_count;

        assert(count <= SEGMENTS_MAX);
        if (!count || !adds_up(kind))
                return false;
        for (size_t i = 0; i < count; i++) {
                found[i] = of_record(w, kind, &w->terms->segments[i].name, item);
                if (!found[i])
                        return false;
        }
        *ret = exact_of(0);
        for (size_t i = 0; i < count; i++) {
                note_use(w, found[i]);
                *ret = exact_add(*ret, exact_of_value(&found[i]->value));
        }
        return true;
}

bool find_fact(struct working *w, enum fact_kind kind, const struct item *item, struct exact *ret)
{
        static const struct name whole;
        static const struct item total;
        const struct fact *fact = of_record(w, kind, &whole, item ? item : &total);

        if (!fact)
                return sum_of_segments(w, kind, item ? item : &total, ret);
        note_use(w, fact);
        *ret = exact_of_value(&fact->value);
        return true;
}

bool need_fact(struct working *w, enum fact_kind kind, const struct item *item, struct exact *ret)
{
        if (find_fact(w, kind, item, ret))
                return true;
        say_missing(w, kind, item);
        w->stopped = true;
        return false;
}

bool flag_fact(struct working *w, enum fact_kind kind)
{
        struct exact flag;

        return find_fact(w, kind, NULL, &flag) && exact_sign(flag) > 0;
}

bool have_quality(struct working *w, struct exact *ret)
{
        if (!w->quality_known) {
                if (!find_fact(w, FACT_QUALITY_SCORE, NULL, &w->quality))
                        return false;
                w->quality_known = true;
                say(w, LINE_QUALITY_SCORE, w->quality);
        }
        *ret = w->quality;
        return true;
}

bool need_quality(struct working *w, struct exact *ret)
{
        if (have_quality(w, ret))
                return true;
        return need_fact(w, FACT_QUALITY_SCORE, NULL, ret);
}
