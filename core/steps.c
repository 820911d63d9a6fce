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

/* By number, from 1: every line of every statement is looked up. */
enum line_place {
        PLACE_OF_NO_LINE,
#define X(upper, word, number, of_unit, into, where, text, made) PLACE_OF_##upper,
        LINES(X)
#undef X
};

static const uint16_t line_places[] = {
#define X(upper, word, number, of_unit, into, where, text, made) [number] = PLACE_OF_##upper,
        LINES(X)
#undef X
};

const struct line_info *line_info(unsigned int code)
{
        if (code >= COUNT_OF(line_places) || line_places[code] == PLACE_OF_NO_LINE)
                return NULL;
        return &lines[line_places[code] - 1];
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
                if (steps[i].version == version && word_equal(steps[i].name, kind->text))
                        return &steps[i];
        return NULL;
}

const struct param_info *param_at(size_t place)
{
        return place < COUNT_OF(params) ? &params[place] : NULL;
}

/* Whose each row of params is, in as few bytes as can be: a settlement asks for each parameter. */
static const uint8_t owners[] = {
#define X(owner, word, of_type, how, low, high, dflt, choice, along, text) STEP_##owner,
        STEP_PARAMS(X)
#undef X
};

static_assert(STEP_KIND_COUNT <= UINT8_MAX, "a step's code is one byte of owners");

/* Rows stand in the order of steps, which tests/core/test_steps.c holds. */
static size_t first_param(enum step_code step)
{
        size_t low = 0, high = COUNT_OF(owners);

        while (low < high) {
                size_t middle = (low + high) / 2;

                if (owners[middle] < step)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

const struct param_info *param_info(enum step_code step, const char *name)
{
        for (size_t at = first_param(step); at < COUNT_OF(owners) && owners[at] == step; at++)
                if (word_equal(params[at].name, name))
                        return &params[at];
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
        const struct param_info *info;
        size_t size;

        if (param)
                return word_equal(param->word.text, word);
        info = param_info(code, name);
        size = strlen(word);
        assert(info);
        assert(info->type == PARAM_WORD);
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
