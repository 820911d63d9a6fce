/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/inputs.h"

const char *chapter_name(enum chapter chapter)
{
        static const char *const names[] = {
#define X(code, name) [CHAPTER_##code] = (name),
                CHAPTERS(X)
#undef X
        };

        return names[chapter];
}

static const struct {
        const char *kind;
        enum chapter chapter;
        const char *silence;
} tellings[] = {
        { "attribute", CHAPTER_PEOPLE, NULL },
        { "baseline", CHAPTER_BENCHMARK, NULL },
        { "target", CHAPTER_BENCHMARK, NULL },
        { "adjust", CHAPTER_ADJUSTMENTS, NULL },
        { "risk-update", CHAPTER_ADJUSTMENTS, NULL },
        { "discount", CHAPTER_ADJUSTMENTS, NULL },
        { "withhold", CHAPTER_ADJUSTMENTS, NULL },
        { "expenditure", CHAPTER_ACTUAL, NULL },
        { "stop-loss", CHAPTER_ACTUAL, "no member's cost was covered" },
        { "savings", CHAPTER_SAVINGS, NULL },
        { "credibility", CHAPTER_SAVINGS, NULL },
        { "measure", CHAPTER_QUALITY, NULL },
        { "composite", CHAPTER_QUALITY,
          "the quality score is one that is reported: it is read where the result depends on it" },
        { "gate", CHAPTER_GATES, NULL },
        { "corridor-gate", CHAPTER_GATES, NULL },
        { "guardrail", CHAPTER_GATES, NULL },
        { "share", CHAPTER_SHARE, NULL },
        { "quality-adjust", CHAPTER_SHARE, NULL },
        { "limit", CHAPTER_LIMITS, NULL },
        { "sequester", CHAPTER_PAYMENT, NULL },
        { "prorate", CHAPTER_PAYMENT, NULL },
        { "fee", CHAPTER_PAYMENT, NULL },
        { "advance", CHAPTER_PAYMENT, NULL },
        { "carry-forward", CHAPTER_PAYMENT, NULL },
        { "pool", CHAPTER_PAYMENT, NULL },
        { "relief", CHAPTER_PAYMENT, "nothing is owed that disaster relief could lower" },
        { "overlap", CHAPTER_PAYMENT, "there is no such amount" },
        { "payee", CHAPTER_PAYMENT, "it names who is paid, for the step that posts the result" },
        { "post", CHAPTER_RESULT, NULL },
};

#define TELLINGS (sizeof(tellings) / sizeof(tellings[0]))

bool chapter_is_known(const char *kind)
{
        for (size_t i = 0; i < TELLINGS; i++)
                if (strcmp(tellings[i].kind, kind) == 0)
                        return true;
        return false;
}

enum chapter chapter_of(const struct step *step)
{
        for (size_t i = 0; i < TELLINGS; i++)
                if (strcmp(tellings[i].kind, step->kind.text) == 0)
                        return tellings[i].chapter;
        return CHAPTER_PAYMENT;
}

const char *silence_of(const struct step *step)
{
        for (size_t i = 0; i < TELLINGS; i++)
                if (strcmp(tellings[i].kind, step->kind.text) == 0)
                        return tellings[i].silence;
        return NULL;
}

static bool was_read(const struct statement *s, size_t place, enum fact_kind kind)
{
        for (size_t i = 0; i < s->line_count; i++)
                if (s->lines[i].step == place && s->lines[i].facts &&
                    s->facts[s->lines[i].fact].kind == kind)
                        return true;
        return false;
}

/* terms_inputs() names a fact once, at the first step that reads it: so the step is asked alone. */
char *exceptions_not_read(const struct terms *terms, const struct statement *s, size_t place,
                          char ret[EXCEPTIONS_MAX])
{
        struct terms *alone = malloc(sizeof(*alone));
        struct input *inputs = calloc(INPUTS_MAX, sizeof(*inputs));
        size_t count = 0;

        ret[0] = '\0';
        if (alone && inputs) {
                *alone = *terms;
                alone->steps[0] = terms->steps[place];
                alone->step_count = 1;
                count = terms_inputs(alone, inputs);
        }
        for (size_t i = 0; i < count; i++)
                if (inputs[i].need == READ_IF_SO && !was_read(s, place, inputs[i].kind))
                        snprintf(ret + strlen(ret), EXCEPTIONS_MAX - strlen(ret), "%s%s",
                                 *ret ? ", " : "", fact_kind_info(inputs[i].kind)->name);
        free(alone);
        free(inputs);
        return ret;
}
