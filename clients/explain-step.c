/* SPDX-License-Identifier: Apache-2.0 */
/* One step of an explanation: what it does, its parameters, its lines, or why it has none. */
#include <inttypes.h>
#include <string.h>

#include "core/steps.h"
#include "clients/explain.h"
#include "clients/look.h"
#include "clients/page.h"
#include "clients/story.h"

#define INDENT 7
#define SAYS_COLUMN 44

/* ---- parameters */

static const char *axis_says(enum band_axis axis)
{
        switch (axis) {
        case AXIS_COUNT:
                return "a table by count";
        case AXIS_DATE:
                return "a table by day";
        case AXIS_SHARE:
                return "a table by share";
        case AXIS_CENTS:
                return "a table by amount";
        case AXIS_NONE:
                break;
        }
        return "a table";
}

static char *end_says(enum band_axis axis, int64_t end, char ret[SAID_MAX])
{
        switch (axis) {
        case AXIS_DATE:
                return in_full(exact_of(end), LOOK_DAY, ret);
        case AXIS_SHARE:
                return in_full(exact_ratio(end, SHARE_ONE), LOOK_PERCENT, ret);
        case AXIS_CENTS:
                return in_full(exact_of(end), LOOK_MONEY, ret);
        case AXIS_COUNT:
        case AXIS_NONE:
                break;
        }
        return in_full(exact_of(end), LOOK_COUNT, ret);
}

char *band_ends(enum band_axis axis, const struct band *band, bool last, char ret[BAND_MAX])
{
        bool open = (axis == AXIS_SHARE || axis == AXIS_CENTS) && !last;
        char from[SAID_MAX], until[SAID_MAX];

        snprintf(ret, BAND_MAX, "%s %s %s", end_says(axis, band->from, from),
                 open ? "up to" : "through", end_says(axis, band->to, until));
        return ret;
}

char *band_rates(const struct band *band, char ret[BAND_MAX])
{
        char first[SAID_MAX], last[SAID_MAX];

        in_full(exact_of_rate(band->at_from), LOOK_PERCENT, first);
        in_full(exact_of_rate(band->at_to), LOOK_PERCENT, last);
        snprintf(ret, BAND_MAX, "%s%s%s", first, band_flat(band) ? "" : " to ",
                 band_flat(band) ? "" : last);
        return ret;
}

static void put_bands(FILE *to, const struct terms *terms, const struct param *param,
                      enum band_axis axis)
{
        char ends[BAND_MAX], rates[BAND_MAX];

        for (size_t i = 0; i < param->bands.count; i++) {
                const struct band *band = &terms->bands[param->bands.first + i];

                fprintf(to, "%*s%s: %s\n", INDENT + 4, "",
                        band_ends(axis, band, i + 1u == param->bands.count, ends),
                        band_rates(band, rates));
        }
}

static const char *value_says(const struct param *param, const struct param_info *info,
                              char ret[SAID_MAX])
{
        switch (param->type) {
        case PARAM_CENTS:
                return in_full(exact_of(param->cents), LOOK_MONEY, ret);
        case PARAM_COUNT:
                if (strstr(info->name, "year") && param->count >= 1900)
                        snprintf(ret, SAID_MAX, "%" PRId64, param->count);
                else
                        in_full(exact_of(param->count), LOOK_COUNT, ret);
                return ret;
        case PARAM_RATE:
                return in_full(exact_of_rate(param->rate), LOOK_PERCENT, ret);
        case PARAM_FLAG:
                return param->flag ? "yes" : "no";
        case PARAM_WORD:
                return param->word.text;
        case PARAM_BANDS:
                break;
        }
        return axis_says(info->axis);
}

static void put_given(FILE *to, const struct terms *terms, const struct param *param,
                      const struct param_info *info)
{
        char value[SAID_MAX], text[SAID_MAX + 64];

        snprintf(text, sizeof(text), "terms.%s = %s", param->name.text,
                 value_says(param, info, value));
        fprintf(to, "%*s", INDENT, "");
        put_left(to, text, SAYS_COLUMN - INDENT - 2);
        fputs("  ", to);
        fold(to, info->says, SAYS_COLUMN);
        if (param->type == PARAM_BANDS)
                put_bands(to, terms, param, info->axis);
}

/* What stands for one that is not given; false when nothing does. */
static bool stand_in(const struct param_info *info, char ret[SAID_MAX + 64])
{
        char value[SAID_MAX];
        struct param param;
        bool is = param_stand_in(info, &param);

        snprintf(ret, SAID_MAX + 64, "terms.%s = %s", info->name,
                 is ? value_says(&param, info, value) : "nothing");
        return is;
}

static void put_one(FILE *to, const char *text)
{
        struct folding page = { .to = to, .indent = INDENT + 2, .column = INDENT };

        fprintf(to, "%*s", INDENT, "");
        put_words(&page, text);
        fputc('\n', to);
}

/* Those not given, by what stands for them: one after the other, or each with what it is. */
static void put_not_given(FILE *to, const struct step *step, enum step_code code, bool all)
{
        char list[4096] = "", one[SAID_MAX + 64], text[sizeof(one) + 512];
        const struct param_info *info;

        for (size_t i = 0; (info = param_at(i)); i++) {
                size_t length = strlen(list);

                if (info->step != code || step_param(step, info->name) ||
                    (!stand_in(info, one) && !all))
                        continue;
                if (all) {
                        snprintf(text, sizeof(text), "not given, so %s: %s", one, info->says);
                        put_one(to, text);
                } else {
                        snprintf(list + length, sizeof(list) - length, "%s %s",
                                 length ? ";" : "not given, so", one);
                }
        }
        if (*list)
                put_one(to, list);
}

void explain_params(FILE *to, const struct explanation *e, size_t place, bool all)
{
        const struct step *step = &e->terms->steps[place];
        const struct step_info *info = step_info(&step->kind, step->version);

        if (!info)
                return;
        for (size_t i = 0; i < step->param_count; i++) {
                const struct param *param = &step->params[i];

                put_given(to, e->terms, param, param_info(info->code, param->name.text));
        }
        put_not_given(to, step, info->code, all);
}

/* ---- the step */

static bool has_lines(const struct statement *s, size_t place)
{
        for (size_t i = 0; i < s->line_count; i++)
                if (s->lines[i].step == place)
                        return true;
        return false;
}

/* Nothing was calculated behind the last line of what is not calculable. */
static bool behind_the_end(const struct statement *s, size_t place)
{
        return s->status == STATEMENT_NOT_CALCULABLE &&
               (s->line_count == 0 || s->lines[s->line_count - 1].step <= place);
}

static void put_silence(FILE *to, const struct explanation *e, size_t place)
{
        const char *silence = silence_of(&e->terms->steps[place]);
        char exceptions[EXCEPTIONS_MAX], text[EXCEPTIONS_MAX + 200];

        exceptions_not_read(e->terms, e->s, place, exceptions);
        if (behind_the_end(e->s, place))
                snprintf(text, sizeof(text), "no line: the settlement ends before or here: %s",
                         e->s->reason.text);
        else if (*exceptions)
                snprintf(text, sizeof(text), "no line: nobody reported %s, or it made no "
                         "difference%s%s", exceptions, silence ? "; " : "", silence ? silence : "");
        else
                snprintf(text, sizeof(text), "no line: %s",
                         silence ? silence : "there was nothing for it to do");
        put_one(to, text);
}

/* An exception that was not read is a branch that was not taken. */
static void put_exceptions(FILE *to, const struct explanation *e, size_t place)
{
        char exceptions[EXCEPTIONS_MAX], text[EXCEPTIONS_MAX + 100];

        if (!*exceptions_not_read(e->terms, e->s, place, exceptions))
                return;
        snprintf(text, sizeof(text), "not read: %s: nobody reported it, or it made no difference",
                 exceptions);
        put_one(to, text);
}

void explain_step(FILE *to, const struct explanation *e, size_t place)
{
        const struct step *step = &e->terms->steps[place];
        const struct step_info *info = step_info(&step->kind, step->version);
        struct folding page = { .to = to, .indent = INDENT + 2 };
        char text[512];

        page.column = fprintf(to, "\nStep %zu  %s@%" PRIu32 ": ", place + 1, step->kind.text,
                              step->version) - 1;
        snprintf(text, sizeof(text), "%s [%s]", info ? info->says : "", info ? info->clause : "");
        put_words(&page, text);
        fputc('\n', to);
        explain_params(to, e, place, e->only != NULL);
        if (!has_lines(e->s, place)) {
                put_silence(to, e, place);
                return;
        }
        for (size_t i = 0; i < e->s->line_count; i++)
                if (e->s->lines[i].step == place)
                        explain_line(to, e, i);
        put_exceptions(to, e, place);
}
