/* SPDX-License-Identifier: Apache-2.0 */
#include "core/steps.h"

#include "core/check.h"
#include "core/params.h"

static const struct line_info lines[] = {
#define X(upper, word, number, of_unit, into, where, text, made) \
        { .code = LINE_##upper,                                  \
          .name = (word),                                        \
          .unit = UNIT_##of_unit,                                \
          .feeds = FEED_##into,                                  \
          .clause = (where),                                     \
          .says = (text),                                        \
          .formula = (made) },
        LINES(X)
#undef X
};

static const struct step_info steps[] = {
#define X(upper, function, word, number, where, need, make, bar, text)   \
        { .code = STEP_##upper,                                          \
          .name = (word),                                                \
          .version = (number),                                           \
          .clause = (where),                                             \
          .says = (text),                                                \
          .needs = (need),                                               \
          .makes = (make),                                               \
          .bars = (bar) },
        STEP_KINDS(X)
#undef X
};

static const struct param_info params[] = {
#define X(owner, word, of_type, how, low, high, dflt, choice, along, text)       \
        { .step = STEP_##owner,                                                  \
          .name = #word,                                                         \
          .type = PARAM_##of_type,                                               \
          .need = PARAM_##how,                                                   \
          .least = (low),                                                        \
          .most = (high),                                                        \
          .otherwise = (dflt),                                                   \
          .words = (choice),                                                     \
          .axis = AXIS_##along,                                                  \
          .says = (text) },
        STEP_PARAMS(X)
#undef X
};

static const struct {
        const char *missing, *late;
} products[] = {
#define X(code, not_yet, already) { (not_yet), (already) },
        PRODUCTS(X)
#undef X
};

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static_assert(COUNT_OF(products) <= 32, "what was made is a set of 32 bits");

const struct line_info *line_at(size_t place)
{
        return place < COUNT_OF(lines) ? &lines[place] : NULL;
}

const struct line_info *line_info(unsigned int code)
{
        for (size_t i = 0; i < COUNT_OF(lines); i++)
                if ((unsigned int)lines[i].code == code)
                        return &lines[i];
        return NULL;
}

const char *feed_name(enum feed feed)
{
        static const char *const names[] = {
#define X(code, name) (name),
                FEEDS(X)
#undef X
        };

        assert(feed < FEED_COUNT);
        return names[feed];
}

const struct step_info *step_at(size_t place)
{
        return place < COUNT_OF(steps) ? &steps[place] : NULL;
}

const struct step_info *step_info(const struct name *kind, uint32_t version)
{
        for (size_t i = 0; i < COUNT_OF(steps); i++)
                if (steps[i].version == version && strcmp(steps[i].name, kind->text) == 0)
                        return &steps[i];
        return NULL;
}

const struct param_info *param_at(size_t place)
{
        return place < COUNT_OF(params) ? &params[place] : NULL;
}

const struct param_info *param_info(enum step_code step, const char *name)
{
        for (size_t i = 0; i < COUNT_OF(params); i++)
                if (params[i].step == step && strcmp(params[i].name, name) == 0)
                        return &params[i];
        return NULL;
}

bool word_among(const char *words, const struct name *word)
{
        size_t size = strlen(word->text);

        if (!words)
                return !name_empty(word);
        while (true) {
                size_t length = strcspn(words, "|");

                if (length == size && memcmp(words, word->text, size) == 0)
                        return size > 0;
                if (!words[length])
                        return false;
                words += length + 1;
        }
}

bool step_word_is(const struct step *step, enum step_code code, const char *name, const char *word)
{
        const struct param *param = step_param(step, name);
        const struct param_info *info = param_info(code, name);
        size_t size = strlen(word);

        assert(info);
        assert(info->type == PARAM_WORD);
        if (param)
                return strcmp(param->word.text, word) == 0;
        return info->words && strcspn(info->words, "|") == size &&
               memcmp(info->words, word, size) == 0;
}

const struct name *step_category(const struct step *step)
{
        const struct param *category = step_param(step, "category");

        if (!category || category->type != PARAM_WORD || strcmp(step->kind.text, "fee") == 0)
                return NULL;
        return &category->word;
}

const char *product_missing(enum product product)
{
        assert(product < PRODUCT_COUNT);
        return products[product].missing;
}

const char *product_late(enum product product)
{
        assert(product < PRODUCT_COUNT);
        return products[product].late;
}
