/* SPDX-License-Identifier: Apache-2.0 */
/* What makes no sense in the quality steps, though each parameter is what it may be. */
#include "core/bands.h"
#include "core/steps/sense.h"

/* Does this other step, whose parameters nobody judged yet, name @word so? */
static bool names(const struct step *step, const char *kind, const char *param,
                  const struct name *word)
{
        const struct param *given = step_param(step, param);

        return strcmp(step->kind.text, kind) == 0 && given && given->type == PARAM_WORD &&
               name_equal(&given->word, word);
}

static bool named_before(const struct terms *terms, size_t place, const char *kind,
                         const char *param, const struct name *word)
{
        for (size_t i = 0; i < place; i++)
                if (names(&terms->steps[i], kind, param, word))
                        return true;
        return false;
}

static bool named_anywhere(const struct terms *terms, const char *kind, const char *param,
                           const struct name *word)
{
        return named_before(terms, terms->step_count, kind, param, word);
}

static bool same(const struct step *step, const char *one, const char *other)
{
        return exact_cmp(rate_or(step, one, 0), rate_or(step, other, 0)) == 0;
}

/* A table is looked up at figures from 0 to 1, all of which it must have. */
static const char *table_fault(const struct terms *terms, const struct param *bands)
{
        if (!bands_cover(terms, bands, AXIS_SHARE, 0, SHARE_ONE))
                return "the bands must hold everything from 0 to 100%, without gaps";
        return NULL;
}

/* ---- measure */

static const char *scale_fault(const struct terms *terms, const struct step *step)
{
        const struct param *bands = step_param(step, "bands");
        struct exact most = rate_or(step, "most", 1);

        if (step_word_is(step, STEP_MEASURE, "scale", "linear"))
                return same(step, "worst", "best") ? "worst and best rate must differ" : NULL;
        if (step_word_is(step, STEP_MEASURE, "scale", "attainment") ||
            step_word_is(step, STEP_MEASURE, "scale", "better"))
                return same(step, "threshold", "benchmark") ? "threshold and benchmark must differ"
                                                            : NULL;
        if (!bands || !(step_word_is(step, STEP_MEASURE, "scale", "table") ||
                        step_word_is(step, STEP_MEASURE, "scale", "relative")))
                return NULL;
        if (exact_sign(most) <= 0 || !bands_within(terms, bands, exact_of(0), most))
                return "no band has more points than most, which is above zero";
        return table_fault(terms, bands);
}

const char *sense_measure(const struct terms *terms, const struct step *step)
{
        size_t place = (size_t)(step - terms->steps);
        const struct name *measure = &step_param(step, "measure")->word;
        const struct param *domain = step_param(step, "domain");

        if (named_before(terms, place, "measure", "measure", measure))
                return "an earlier step scores this measure already";
        if (named_anywhere(terms, "measure", "domain", measure))
                return "a measure and a domain need names of their own";
        if (domain && named_before(terms, place, "composite", "domain", &domain->word))
                return "comes too late: its domain is scored already";
        return scale_fault(terms, step);
}

/* ---- composite */

static const char *domain_fault(const struct terms *terms, const struct step *step)
{
        static const char *const whole[] = { "lowest", "highest", "bonus", "bonus_most" };
        size_t place = (size_t)(step - terms->steps);
        const struct name *domain = &step_param(step, "domain")->word;

        if (!step_word_is(step, STEP_COMPOSITE, "source", "measures"))
                return "the score of a domain is made of measures: source must say so";
        if (!named_before(terms, place, "measure", "domain", domain))
                return "no measure step of this domain comes before it";
        if (named_before(terms, place, "composite", "domain", domain))
                return "an earlier step scores this domain already";
        for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
                if (step_param(step, whole[i]))
                        return "lowest, highest and bonus are for the whole, not for a domain";
        return NULL;
}

const char *sense_composite(const struct terms *terms, const struct step *step)
{
        static const char *const made[] = { "lowest", "highest", "bonus", "bonus_most",
                                            "least_measures" };

        if (step_param(step, "domain"))
                return domain_fault(terms, step);
        if (step_param(step, "weight"))
                return "has a weight, and is no domain among others";
        if (exact_cmp(rate_or(step, "lowest", 0), rate_or(step, "highest", 1)) >= 0)
                return "lowest must lie below highest";
        if (!step_word_is(step, STEP_COMPOSITE, "source", "reported"))
                return NULL;
        for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++)
                if (step_param(step, made[i]))
                        return "a score that is reported is taken as it is";
        return NULL;
}

/* ---- gate, quality-adjust */

const char *sense_gate(const struct terms *terms, const struct step *step)
{
        size_t place = (size_t)(step - terms->steps);
        const struct param *measure = step_param(step, "measure");

        if (step_word_is(step, STEP_GATE, "standard", "measure") &&
            !named_before(terms, place, "measure", "measure", &measure->word))
                return "no measure step of that name comes before it";
        if (step_word_is(step, STEP_GATE, "standard", "growth") &&
            10000 % rate_or(step, "rate", 0).den != 0)
                return "the growth a year has at most four decimals";
        return NULL;
}

const char *sense_quality_adjust(const struct terms *terms, const struct step *step)
{
        bool amount = step_word_is(step, STEP_QUALITY_ADJUST, "formula", "amount");

        if (amount && !step_param(step, "most_gain") && !step_param(step, "most_loss"))
                return "changes nothing: give most_gain, most_loss or both";
        if (step_word_is(step, STEP_QUALITY_ADJUST, "formula", "table"))
                return table_fault(terms, step_param(step, "bands"));
        return NULL;
}
