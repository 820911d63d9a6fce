/* SPDX-License-Identifier: Apache-2.0 */
#include "core/inputs.h"

#include "core/check.h"
#include "core/params.h"

static const struct {
        enum step_code step;
        enum fact_kind kind;
        enum read_need need;
        const char *param, *word, *item;
} reads[] = {
#define X(owner, fact, when, param, word, item) \
        { STEP_##owner, FACT_##fact, READ_##when, param, word, item },
        STEP_READS(X)
#undef X
};

static bool above_zero(const struct param *param)
{
        switch (param->type) {
        case PARAM_CENTS:
                return param->cents > 0;
        case PARAM_COUNT:
                return param->count > 0;
        case PARAM_RATE:
                return param->rate.num > 0;
        case PARAM_FLAG:
                return param->flag;
        case PARAM_WORD:
        case PARAM_BANDS:
                break;
        }
        return false;
}

/* Does the step, as its parameters stand, read this row's fact? */
static bool is_read(const struct step *step, enum step_code code, size_t row)
{
        const struct param *param = step_param(step, reads[row].param);
        const struct param_info *info = param_info(code, reads[row].param);

        if (!info)
                return true;
        if (info->type == PARAM_WORD)
                return step_word_is(step, code, reads[row].param, reads[row].word);
        return param ? above_zero(param) : info->otherwise > 0;
}

static enum report_duty duty_of_other(const struct terms *terms, enum fact_kind kind)
{
        for (size_t i = 0; i < terms->rule_count; i++)
                if (terms->rules[i].kind == kind)
                        return terms->rules[i].other;
        return REPORT_NONE;
}

static void add(const struct terms *terms, const struct input *input, struct input *list,
                size_t *count)
{
        for (size_t i = 0; i < *count; i++)
                if (list[i].kind == input->kind && item_equal(&list[i].item, &input->item)) {
                        if (input->need < list[i].need)
                                list[i].need = input->need;
                        return;
                }
        assert(*count < INPUTS_MAX);
        list[*count] = *input;
        list[*count].of_record = terms_of_record(terms, input->kind);
        list[(*count)++].other = duty_of_other(terms, input->kind);
}

static void add_reads(const struct terms *terms, uint16_t place, struct input *list, size_t *count)
{
        const struct step *step = &terms->steps[place];
        const struct step_info *info = step_info(&step->kind, step->version);

        for (size_t row = 0; info && row < sizeof(reads) / sizeof(reads[0]); row++) {
                struct input input = { .kind = reads[row].kind,
                                       .need = reads[row].need,
                                       .step = place };
                const struct param *item = step_param(step, reads[row].item);

                if (reads[row].step != info->code || !is_read(step, info->code, row))
                        continue;
                if (item)
                        memcpy(input.item.text, item->word.text, sizeof(item->word.text));
                add(terms, &input, list, count);
        }
}

size_t terms_inputs(const struct terms *terms, struct input ret[INPUTS_MAX])
{
        size_t count = 0;

        for (uint16_t i = 0; i < terms->step_count; i++)
                add_reads(terms, i, ret, &count);
        return count;
}
