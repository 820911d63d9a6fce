/* SPDX-License-Identifier: Apache-2.0 */
/* accord.trace.v1: all that a page says, exactly, for programs. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/lines.h"
#include "core/steps.h"
#include "clients/explain.h"
#include "clients/json.h"
#include "clients/look.h"
#include "clients/statement-json.h"
#include "clients/step_json.h"
#include "clients/story.h"

static void put_number(struct json_object *to, const char *key, size_t number)
{
        json_object_object_add(to, key, json_object_new_int((int)number));
}

static void put_bytes(struct json_object *to, const char *key, struct bytes text)
{
        json_object_object_add(to, key,
                               json_object_new_string_len(text.data, (int)text.size));
}

static void put_exact(struct json_object *to, struct exact figure)
{
        char text[LOOK_MAX];

        put_text(to, "exact", look_fraction(figure, text));
}

/* ---- operands: what stands for each name, in the order of the formula */

/* A sum, or a share of a whole: the lines of all items that go in. */
static void put_items(struct json_object *to, const struct formula *f, int16_t node,
                      const struct formula_at *at, uint16_t item)
{
        struct json_object *list = json_object_new_array();
        struct exact figure;
        uint16_t other = 0;
        int16_t of = f->nodes[node].first;

        if (f->nodes[node].op == FORMULA_PORTION)
                of = f->nodes[of].next;
        while ((other = formula_next_item(f, of, at, other))) {
                for (int16_t i = 0; i < f->count; i++) {
                        size_t place;

                        if (f->nodes[i].op != FORMULA_NAME ||
                            f->nodes[i].from < f->nodes[of].from ||
                            f->nodes[i].to > f->nodes[of].to)
                                continue;
                        place = formula_find(at, formula_text(f, i), other);
                        if (place != FORMULA_NOWHERE)
                                json_object_array_add(list, json_object_new_int((int)place + 1));
                }
        }
        put_bytes(to, "name", formula_text(f, node));
        json_object_object_add(to, "lines", list);
        if (!formula_value(f, node, at, item, &figure))
                put_exact(to, figure);
}

static struct json_object *operand(const struct formula *f, int16_t node,
                                   const struct formula_at *at, uint16_t item)
{
        struct json_object *object = json_object_new_object();
        struct bytes name = formula_text(f, node);
        size_t place;
        struct exact figure;

        if (f->nodes[node].op == FORMULA_SUM || f->nodes[node].op == FORMULA_PORTION) {
                put_items(object, f, node, at, item);
                return object;
        }
        put_bytes(object, "name", name);
        if (f->nodes[node].op == FORMULA_NAME) {
                place = formula_find(at, name, item);
                json_object_object_add(object, "line",
                                       place == FORMULA_NOWHERE
                                               ? NULL
                                               : json_object_new_int((int)place + 1));
        }
        if (!formula_value(f, node, at, item, &figure))
                put_exact(object, figure);
        return object;
}

static void add_operands(struct json_object *list, const struct formula *f, int16_t node,
                         const struct formula_at *at, uint16_t item)
{
        const struct formula_node *it = &f->nodes[node];

        switch (it->op) {
        case FORMULA_NUMBER:
                return;
        case FORMULA_NAME:
        case FORMULA_PARAM:
        case FORMULA_RUN:
        case FORMULA_SUM:
        case FORMULA_PORTION:
                json_object_array_add(list, operand(f, node, at, item));
                return;
        default:
                break;
        }
        for (int16_t i = it->first; i >= 0; i = f->nodes[i].next)
                add_operands(list, f, i, at, item);
}

static void keep_sentence(void *with, const char *sentence)
{
        json_object_array_add(with, json_object_new_string(sentence));
}

static const char *made(const struct line *line)
{
        if (line->facts)
                return "reported";
        if (line->carried)
                return "carried";
        return line->members ? "computed from member rows" : "calculated";
}

static void put_formula(struct json_object *to, const struct explanation *e, size_t place)
{
        const struct formula_at at = { e->terms, e->s, place };
        struct json_object *operands = json_object_new_array(), *why = json_object_new_array();
        char numbers[NUMBERS_MAX];
        struct formula formula;

        if (!formula_of_line(&at, &formula)) {
                put_bytes(to, "formula", formula.text);
                put_text(to, "numbers", numbers_put_in(&formula, &at, numbers));
                add_operands(operands, &formula, formula.root, &at, e->s->lines[place].item);
                explain_why(&formula, &at, keep_sentence, why);
        }
        json_object_object_add(to, "operands", operands);
        json_object_object_add(to, "because", why);
}

static struct json_object *line_object(const struct explanation *e, size_t place)
{
        const struct line *line = &e->s->lines[place];
        const struct line_info *info = line_info(line->code);
        struct json_object *object = statement_line_object(e->s, place);

        put_text(object, "made", made(line));
        if (!line_is_input(line))
                put_formula(object, e, place);
        if (info && info->feeds != FEED_NONE)
                put_text(object, "feeds", feed_name(info->feeds));
        return object;
}

/* ---- steps */

/* As terms have it: the member of a step with nothing else. */
static struct json_object *param_value(const struct explanation *e, const struct step *step,
                                       const struct param_info *known, const struct param *param)
{
        struct step one = { .kind = step->kind, .version = step->version, .param_count = 1 };
        struct json_object *object, *value = NULL;

        one.params[0] = *param;
        memcpy(one.params[0].name.text, known->name, strlen(known->name));
        object = step_to_json(e->terms, &one);
        json_object_object_get_ex(object, known->name, &value);
        value = json_object_get(value);
        json_object_put(object);
        return value;
}

static struct json_object *params_object(const struct explanation *e, size_t place,
                                         const struct step_info *info)
{
        const struct step *step = &e->terms->steps[place];
        struct json_object *object = json_object_new_object();
        const struct param_info *known;
        struct param room;

        for (size_t i = 0; (known = param_at(i)); i++) {
                const struct param *param = step_param(step, known->name);
                struct json_object *one;

                if (known->step != info->code)
                        continue;
                one = json_object_new_object();
                json_object_object_add(one, "given", json_object_new_boolean(param != NULL));
                if (!param && param_stand_in(known, &room))
                        param = &room;
                json_object_object_add(one, "value",
                                       param ? param_value(e, step, known, param) : NULL);
                put_text(one, "says", known->says);
                json_object_object_add(object, known->name, one);
        }
        return object;
}

static struct json_object *step_object(const struct explanation *e, size_t place)
{
        const struct step *step = &e->terms->steps[place];
        const struct step_info *info = step_info(&step->kind, step->version);
        struct json_object *object = json_object_new_object(), *lines = json_object_new_array();
        char text[EXCEPTIONS_MAX];

        put_number(object, "step", place + 1);
        snprintf(text, sizeof(text), "%s@%" PRIu32, step->kind.text, step->version);
        put_text(object, "kind", text);
        put_text(object, "chapter", chapter_name(chapter_of(step)));
        put_text(object, "says", info ? info->says : NULL);
        put_text(object, "clause", info ? info->clause : NULL);
        if (info)
                json_object_object_add(object, "parameters", params_object(e, place, info));
        for (size_t i = 0; i < e->s->line_count; i++)
                if (e->s->lines[i].step == place)
                        json_object_array_add(lines, json_object_new_int((int)i + 1));
        json_object_object_add(object, "lines", lines);
        exceptions_not_read(e->terms, e->s, place, text);
        put_text(object, "not_read", *text ? text : NULL);
        return object;
}

/* ---- the picture's bars, in whole cents */

static struct json_object *waterfall_object(const struct explanation *e)
{
        static const char *const kinds[] = { [BAR_LEVEL] = "level", [BAR_RISE] = "rise",
                                             [BAR_FALL] = "fall", [BAR_SAME] = "same" };
        struct json_object *list = json_object_new_array();
        struct waterfall *w = malloc(sizeof(*w));

        if (w)
                waterfall_make(e->s, e->terms, w);
        for (size_t i = 0; w && i < w->count; i++) {
                const struct waterfall_bar *bar = &w->bars[i];
                struct json_object *object = json_object_new_object();

                put_number(object, "picture", i < w->split ? 1 : 2);
                put_text(object, "name", bar->name);
                put_number(object, "line", bar->line + 1);
                put_text(object, "kind", kinds[bar->kind]);
                json_object_object_add(object, "from", json_of_money(bar->from));
                json_object_object_add(object, "to", json_of_money(bar->to));
                json_object_array_add(list, object);
        }
        free(w);
        return list;
}

struct json_object *explain_object(const struct explanation *e)
{
        struct json_object *object = statement_object(e->around, e->terms, e->origins);
        struct json_object *steps = json_object_new_array(), *lines = json_object_new_array();

        for (size_t i = 0; i < e->terms->step_count; i++)
                if (explain_has_step(e, i))
                        json_object_array_add(steps, step_object(e, i));
        for (size_t i = 0; i < e->s->line_count; i++)
                if (explain_has_step(e, e->s->lines[i].step))
                        json_object_array_add(lines, line_object(e, i));
        json_object_object_add(object, "steps", steps);
        json_object_object_add(object, "lines", lines);
        json_object_object_add(object, "waterfall", waterfall_object(e));
        return object;
}
