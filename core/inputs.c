/* SPDX-License-Identifier: Apache-2.0 */
#include "core/inputs.h"

#include "core/check.h"
#include "core/params.h"

enum {
        READ_UNCOUNTED = READ_IF_SO + 1, /* READ_ALWAYS, unless an attribute step counted it */
};

struct read {
        enum step_code step;
        enum fact_kind kind;
        int need;
        const char *param, *word, *item;
};

static const struct read reads[] = {
#define X(owner, fact, when, param, word, item) \
        { STEP_##owner, FACT_##fact, READ_##when, param, word, item },
        STEP_READS(X)
#undef X
};

/* The list as it grows, and the step whose reads are being added. */
struct listing {
        const struct terms *terms;
        struct input *list;
        size_t count;
        uint16_t place;
        const struct step *step;
        enum step_code code;
};

/* ---- base years */

struct period calendar_year(int year)
{
        return (struct period) { date_of(year, 1, 1), date_of(year + 1, 1, 1) };
}

/* The base year a step says; 0: none. */
static int base_year(const struct step *step)
{
        const struct param *year = step_param(step, "year");
        const struct param *source = step_param(step, "source");

        if (strcmp(step->kind.text, "baseline") != 0 || !year || year->type != PARAM_COUNT ||
            (source && strcmp(source->word.text, "base_year") != 0))
                return 0;
        return (int)year->count;
}

int last_base_year(const struct terms *terms)
{
        int last = 0;

        for (size_t i = 0; i < terms->step_count; i++)
                if (base_year(&terms->steps[i]) > last)
                        last = base_year(&terms->steps[i]);
        return last;
}

/* ---- the list */

static enum report_duty duty_of_other(const struct terms *terms, enum fact_kind kind)
{
        for (size_t i = 0; i < terms->rule_count; i++)
                if (terms->rules[i].kind == kind)
                        return terms->rules[i].other;
        return REPORT_NONE;
}

static bool same_input(const struct input *a, const struct input *b)
{
        return a->kind == b->kind && a->many == b->many && item_equal(&a->item, &b->item) &&
               a->year == b->year;
}

static void add(struct listing *l, const struct input *input)
{
        size_t room = l->count < INPUTS_MAX ? l->count : INPUTS_MAX;

        for (size_t i = 0; i < room; i++)
                if (same_input(&l->list[i], input)) {
                        if (input->need < l->list[i].need)
                                l->list[i].need = input->need;
                        return;
                }
        if (l->count < INPUTS_MAX) {
                struct input *to = &l->list[l->count];

                *to = *input;
                to->step = l->place;
                to->of_record = terms_of_record(l->terms, input->kind);
                to->other = duty_of_other(l->terms, input->kind);
        }
        l->count++;
}

static const char *count_word(enum fact_kind kind)
{
        switch (kind) {
        case FACT_HEAD_COUNT:
                return "people";
        case FACT_PERSON_YEARS:
                return "person_years";
        case FACT_MEMBER_MONTHS:
                return "member_months";
        case FACT_EPISODES:
                return "episodes";
        default:
                return "";
        }
}

/* Does an attribute step before count just this? */
static bool counted(const struct listing *l, const struct input *input)
{
        for (size_t i = 0; i < l->place; i++) {
                const struct step *step = &l->terms->steps[i];
                const struct step_info *info = step_info(&step->kind, step->version);
                const struct param *category = step_param(step, "category");

                if (info && info->code == STEP_ATTRIBUTE &&
                    step_word_is(step, STEP_ATTRIBUTE, "count", count_word(input->kind)) &&
                    strcmp(category ? category->word.text : "", input->item.text) == 0)
                        return true;
        }
        return false;
}

static void add_one(struct listing *l, const struct read *row, struct input *input,
                    const char *item)
{
        size_t length = strlen(item);

        memset(&input->item, 0, sizeof(input->item));
        assert(length <= ITEM_MAX_LENGTH);
        memcpy(input->item.text, item, length);
        input->need = row->need == READ_UNCOUNTED ? READ_ALWAYS : (enum read_need)row->need;
        if (row->need != READ_UNCOUNTED || !counted(l, input))
                add(l, input);
}

static void add_categories(struct listing *l, const struct read *row, struct input *input)
{
        for (size_t i = 0; i <= l->place; i++) {
                const struct name *category = step_category(&l->terms->steps[i]);

                if (category)
                        add_one(l, row, input, category->text);
        }
}

/* By the row's item, up to where its period begins. */
static void add_items(struct listing *l, const struct read *row, struct input *input)
{
        const char *at = row->item;
        struct name name = { "" };
        const struct param *param;

        memcpy(name.text, at, strcspn(at, "@"));
        param = step_param(l->step, name.text);
        input->many = name.text[0] == '?';
        if (name.text[0] == '*')
                add_categories(l, row, input);
        else if (name.text[0] == '=')
                add_one(l, row, input, name.text + 1);
        else
                add_one(l, row, input, param ? param->word.text : "");
}

static void add_years(struct listing *l, const struct read *row, struct input *input)
{
        for (size_t i = 0; i < l->terms->step_count; i++) {
                input->year = base_year(&l->terms->steps[i]);
                if (input->year)
                        add_items(l, row, input);
        }
}

/* The run's period, or the base years that the row names. */
static void add_periods(struct listing *l, const struct read *row)
{
        struct input input = { .kind = row->kind };
        const char *at = strchr(row->item, '@');
        const struct param *year = at ? step_param(l->step, at + 1) : NULL;

        if (at && strcmp(at, "@years") == 0) {
                add_years(l, row, &input);
                return;
        }
        if (at)
                input.year = year ? (int)year->count : last_base_year(l->terms);
        if (input.year || !at)
                add_items(l, row, &input);
}

size_t terms_inputs(const struct terms *terms, struct input ret[INPUTS_MAX])
{
        struct listing l = { .terms = terms, .list = ret };

        for (; l.place < terms->step_count; l.place++) {
                const struct step_info *info;

                l.step = &terms->steps[l.place];
                info = step_info(&l.step->kind, l.step->version);
                if (!info)
                        continue;
                l.code = info->code;
                for (size_t i = 0; i < sizeof(reads) / sizeof(reads[0]); i++)
                        if (reads[i].step == l.code &&
                            step_when(l.step, l.code, reads[i].param, reads[i].word))
                                add_periods(&l, &reads[i]);
        }
        return l.count;
}
