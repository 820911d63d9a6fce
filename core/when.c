/* SPDX-License-Identifier: Apache-2.0 */
/* When a row of the steps' tables holds of a step. */
#include "core/check.h"
#include "core/params.h"

/* What is up to one of @ends, cut off the list. */
static struct name next_word(const char **list, const char *ends)
{
        struct name word = { "" };
        size_t length = strcspn(*list, ends);

        assert(length <= NAME_MAX_LENGTH);
        memcpy(word.text, *list, length);
        *list += length;
        if (**list && strchr(ends, **list))
                (*list)++;
        return word;
}

/* Above zero; of a table: given. */
static bool is_there(const struct param_info *info, const struct param *param)
{
        if (!param)
                return info->type != PARAM_BANDS && info->otherwise > 0;
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
        return true;
}

static bool is_word(const struct step *step, enum step_code code, const char *name,
                    const char *words)
{
        while (*words) {
                const struct name word = next_word(&words, "/");

                if (step_word_is(step, code, name, word.text))
                        return true;
        }
        return false;
}

static bool holds(const struct step *step, enum step_code code, const char *name,
                  const char *words)
{
        const struct param *param = step_param(step, name);
        const struct param_info *info = param_info(code, name);

        assert(info);
        if (strcmp(words, "-") == 0)
                return !param;
        if (info->type == PARAM_WORD)
                return info->words ? is_word(step, code, name, words) : param != NULL;
        return is_there(info, param);
}

bool step_when(const struct step *step, enum step_code code, const char *params, const char *words)
{
        while (*params) {
                const struct name name = next_word(&params, " ");
                size_t length = strcspn(words, " ");
                char word[2 * NAME_MAX_LENGTH + 2] = "";

                assert(length < sizeof(word));
                memcpy(word, words, length);
                words += length + (words[length] == ' ');
                if (!holds(step, code, name.text, word))
                        return false;
        }
        return true;
}
