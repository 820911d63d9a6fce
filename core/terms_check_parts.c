/* SPDX-License-Identifier: Apache-2.0 */
/* What steps say of categories, taken together; has a statement room for all that is read? */
#include "core/check.h"
#include "core/inputs.h"
#include "core/members_rule.h"
#include "core/params.h"
#include "core/terms_check.h"

static void refuse(struct checking *c, size_t place, const char *says)
{
        faults_add(c->faults, REFUSAL_BAD_TERMS, c->event, step_field(place), says);
}

static enum step_code code_of(const struct step *step)
{
        const struct step_info *info = step_info(&step->kind, step->version);

        assert(info);
        return info->code;
}

/* The word of a parameter; empty where it is not given. */
static const char *word_of(const struct step *step, const char *name)
{
        const struct param *param = step_param(step, name);

        return param && param->type == PARAM_WORD ? param->word.text : "";
}

static bool same_word(const struct step *a, const struct step *b, const char *name)
{
        return strcmp(word_of(a, name), word_of(b, name)) == 0;
}

/* The place of the word among those that the parameter may be; what is not given is the first. */
static bool same_choice(const struct step *a, const struct step *b, enum step_code code,
                        const char *name)
{
        const char *word = word_of(a, name)[0] ? word_of(a, name) : word_of(b, name);

        return !word[0] ||
               (step_word_is(a, code, name, word) && step_word_is(b, code, name, word));
}

/* ---- doubles */

static const char *doubled_attribute(const struct step *step, const struct step *before)
{
        if (!same_word(step, before, "category") ||
            !same_choice(step, before, STEP_ATTRIBUTE, "count"))
                return NULL;
        return product_late(PRODUCT_PANEL);
}

static const char *doubled_target(const struct step *step, const struct step *before)
{
        if (word_of(step, "category")[0] && word_of(before, "category")[0])
                return same_word(step, before, "category")
                               ? "comes too late: the benchmark of that category stands already"
                               : NULL;
        return product_late(PRODUCT_BENCHMARK);
}

static const char *doubled_payee(const struct step *step, const struct step *before)
{
        return same_word(step, before, "party") ? "that payee is named already" : NULL;
}

static bool check_doubles(struct checking *c, size_t place)
{
        const struct step *step = &c->terms->steps[place];
        enum step_code code = code_of(step);
        const char *says = NULL;

        for (size_t i = 0; i < place && !says; i++) {
                if (code_of(&c->terms->steps[i]) != code)
                        continue;
                if (code == STEP_ATTRIBUTE)
                        says = doubled_attribute(step, &c->terms->steps[i]);
                else if (code == STEP_TARGET)
                        says = doubled_target(step, &c->terms->steps[i]);
                else if (code == STEP_PAYEE)
                        says = doubled_payee(step, &c->terms->steps[i]);
        }
        if (says)
                refuse(c, place, says);
        return !says;
}

/* ---- steps that need categories */

static bool by_category(const struct step *step, enum step_code code)
{
        const struct param_info *by = param_info(code, "by");

        return by && by->type == PARAM_WORD && step_word_is(step, code, "by", "category");
}

static bool any_category(const struct terms *terms, size_t until)
{
        for (size_t i = 0; i < until; i++)
                if (step_category(&terms->steps[i]))
                        return true;
        return false;
}

/* Is any category counted before in the way that this step sums them up? */
static bool any_counted(const struct terms *terms, size_t place)
{
        const struct step *step = &terms->steps[place];

        for (size_t i = 0; i < place; i++)
                if (code_of(&terms->steps[i]) == STEP_ATTRIBUTE &&
                    word_of(&terms->steps[i], "category")[0] &&
                    same_choice(step, &terms->steps[i], STEP_ATTRIBUTE, "count"))
                        return true;
        return false;
}

static bool check_parts(struct checking *c, size_t place)
{
        const struct step *step = &c->terms->steps[place];
        enum step_code code = code_of(step);

        if (by_category(step, code) && !any_category(c->terms, place + 1)) {
                refuse(c, place, "is by category, and no step before it says a category");
                return false;
        }
        if (code == STEP_ATTRIBUTE && step_word_is(step, code, "source", "categories") &&
            !any_counted(c->terms, place)) {
                refuse(c, place, "sums categories, and no step before it counts one in this way");
                return false;
        }
        return true;
}

static bool check_benchmark(struct checking *c, size_t place)
{
        const char *says = benchmark_fault(c->terms, place);

        if (says)
                refuse(c, place, says);
        return !says;
}

/* ---- how many there are */

/* Does no step before say this category? */
static bool first_said(const struct terms *terms, size_t place)
{
        for (size_t i = 0; i < place; i++)
                if (same_word(&terms->steps[i], &terms->steps[place], "category"))
                        return false;
        return true;
}

static bool check_category_count(struct checking *c)
{
        size_t count = 0;

        for (size_t i = 0; i < c->terms->step_count; i++)
                count += word_of(&c->terms->steps[i], "category")[0] && first_said(c->terms, i);
        if (count > CATEGORIES_MAX)
                faults_add(c->faults, REFUSAL_BAD_TERMS, c->event, "terms.steps",
                           "say at most 64 categories");
        return count <= CATEGORIES_MAX;
}

bool check_categories(struct checking *c)
{
        bool sound = check_category_count(c);

        for (size_t i = 0; i < c->terms->step_count; i++)
                if (!check_doubles(c, i) || !check_parts(c, i) || !check_benchmark(c, i))
                        sound = false;
        return sound;
}

/* ---- what is read */

static size_t facts_of(const struct terms *terms, const struct input *input)
{
        if (input->many)
                return STOPLOSS_CLAIMS_MAX;
        return terms->segment_count && fact_kind_adds_up(input->kind) ? terms->segment_count : 1;
}

static bool item_among(const char *item, const struct input *inputs, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(inputs[i].item.text, item) == 0)
                        return true;
        return false;
}

/* Words that can become an item, of parameters that may be any name; but those of inputs. */
static size_t names_of(const struct step *step, const struct input *inputs, size_t count)
{
        size_t names = 0;

        for (size_t i = 0; i < step->param_count; i++) {
                const struct param *param = &step->params[i];
                const struct param_info *info = param_info(code_of(step), param->name.text);

                names += info && info->type == PARAM_WORD && !info->words &&
                         !item_among(param->word.text, inputs, count);
        }
        return names;
}

static size_t items_of(const struct terms *terms, const struct input *inputs, size_t count)
{
        size_t items = 0;

        for (size_t i = 0; i < count; i++) {
                if (inputs[i].many)
                        items += STOPLOSS_CLAIMS_MAX;
                items += !item_among(inputs[i].item.text, inputs, i);
        }
        for (size_t i = 0; i < terms->step_count; i++)
                items += names_of(&terms->steps[i], inputs, count);
        return items;
}

/* Can facts of every base year be admitted? core/admit_fact.c asks the same of each. */
static bool within_reach(const struct terms *terms, const struct input *inputs, size_t count)
{
        struct period reach = terms->agreement;

        if (!period_valid(reach) || terms->lookback_months > MONTHS_LOOKBACK_MAX)
                return true;    /* was told already */
        reach.from = date_add_months(reach.from, -(int)terms->lookback_months);
        for (size_t i = 0; i < count; i++)
                if (inputs[i].year && !period_within(calendar_year(inputs[i].year), reach))
                        return false;
        return true;
}

/* Can member rows be summed for these steps, in every period? */
static void check_members(struct checking *c)
{
        const struct rate complete = { 1, 1 };
        const char *says = NULL;
        struct members_rule rule;

        if (!members_wanted(c->terms) || c->terms->period_count > PERIODS_MAX)
                return;
        for (size_t i = 0; i < c->terms->period_count && !says; i++)
                if (period_valid(c->terms->periods[i]))
                        says = members_rule_of(c->terms, c->terms->periods[i], complete, &rule);
        if (says)
                faults_add(c->faults, REFUSAL_BAD_TERMS, c->event, "terms.steps", says);
}

void check_reads(struct checking *c)
{
        struct input inputs[INPUTS_MAX];
        size_t count = terms_inputs(c->terms, inputs), facts = 0;
        bool room = count <= INPUTS_MAX;

        for (size_t i = 0; room && i < count; i++)
                facts += facts_of(c->terms, &inputs[i]);
        if (!room || facts > FACTS_PER_STATEMENT_MAX)
                faults_add(c->faults, REFUSAL_BAD_TERMS, c->event, "terms.steps",
                           "read more facts, over all segments, than a statement can name");
        else if (items_of(c->terms, inputs, count) > ITEMS_PER_STATEMENT_MAX)
                faults_add(c->faults, REFUSAL_BAD_TERMS, c->event, "terms.steps",
                           "name more categories, measures and members than a statement can");
        check_members(c);
        if (room && !within_reach(c->terms, inputs, count))
                faults_add(c->faults, REFUSAL_BAD_TERMS, c->event, "terms.lookback_months",
                           "do not reach back to the base years that the steps read");
}
