/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The dated figures of a template. A figure is a list of rows; the first that fits holds:
 *
 *      for                             the templates it is for
 *      from, through                   performance years
 *      starts_from, starts_through     years in which the agreement began
 *      given                           a setting that must have been made
 *      when                            settings and the value each must have
 *      value                           what it is; "$name" is another figure or a setting
 *
 * A step is filled in with "$name" too. It is left out where its "for" or "when" does not fit, and
 * where the figure or setting that its "if" names is nothing, or false; "if_not" the other way
 * round. With "for_each" it is repeated for the elements of a list, a setting like
 * "adult:412.37,child:180.25" or a figure that is an array of such words: "$each_name",
 * "$each_value" and, as a whole number, "$each_count" are the element's.
 * "$base_1", "$base_2", "$base_3" are the calendar years before the agreement, "$year" is that of
 * performance.
 */
#include "clients/template_fill.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "clients/figure.h"
#include "core/check.h"

#define REFERENCES_MAX 4 /* "$a" that is "$b" that is ... */

static int find(const struct fill *fill, const char *name, int depth, struct json_object **ret,
                struct complaints *to);

static bool year_fits(struct json_object *row, const char *from, const char *through, int year)
{
        struct json_object *bound = NULL;

        if (json_object_object_get_ex(row, from, &bound) && year < json_object_get_int(bound))
                return false;
        return !json_object_object_get_ex(row, through, &bound) ||
               year <= json_object_get_int(bound);
}

static bool named(struct json_object *row, const char *name)
{
        struct json_object *names = NULL;

        if (!json_object_object_get_ex(row, "for", &names))
                return true;
        for (size_t i = 0; i < json_object_array_length(names); i++)
                if (strcmp(json_object_get_string(json_object_array_get_idx(names, i)), name) == 0)
                        return true;
        return false;
}

static bool set_so(const struct fill *fill, struct json_object *row)
{
        struct json_object *given = NULL, *when = NULL;

        if (json_object_object_get_ex(row, "given", &given) &&
            !fill_setting(fill, json_object_get_string(given)))
                return false;
        if (!json_object_object_get_ex(row, "when", &when))
                return true;
        json_object_object_foreach(when, key, value)
        {
                const char *is = fill_setting(fill, key);

                if (!is || strcmp(is, json_object_get_string(value)) != 0)
                        return false;
        }
        return true;
}

static bool fits(const struct fill *fill, struct json_object *row)
{
        return named(row, fill->info->name) && year_fits(row, "from", "through", fill->year) &&
               year_fits(row, "starts_from", "starts_through", fill->starts) && set_so(fill, row);
}

/* A setting in the type that its option says. *ret is a new reference, NULL when nothing is set. */
static int typed(const char *key, const char *text, const char *type, struct json_object **ret,
                 struct complaints *to)
{
        const struct bytes span = { text, strlen(text) };
        const char *fault = NULL;
        int64_t count;
        bool flag;

        if (strcmp(type, "count") == 0) {
                fault = count_parse(span, &count);
                *ret = fault ? NULL : json_object_new_int64(count);
        } else if (strcmp(type, "flag") == 0) {
                fault = flag_parse(span, &flag);
                *ret = fault ? NULL : json_object_new_boolean(flag);
        } else {
                *ret = json_object_new_string(text);
        }
        if (fault)
                return complaints_add(to, key, "%s", fault);
        return *ret ? 0 : -ENOMEM;
}

static int setting_value(const struct fill *fill, const char *key, struct json_object **ret,
                         struct complaints *to)
{
        const char *text = fill_setting(fill, key);
        struct json_object *options = NULL, *is = NULL, *type = NULL;

        if (!text)
                return 0;
        json_object_object_get_ex(fill->family, "options", &options);
        for (size_t i = 0; i < json_object_array_length(options); i++) {
                struct json_object *option = json_object_array_get_idx(options, i);

                if (json_object_object_get_ex(option, "key", &is) &&
                    strcmp(json_object_get_string(is), key) == 0 &&
                    json_object_object_get_ex(option, "type", &type))
                        return typed(key, text, json_object_get_string(type), ret, to);
        }
        return complaints_add(to, key, "is named by a template, but is no option of it");
}

/* @value, or what it refers to. *ret is a new reference, NULL when that is nothing. */
static int resolve(const struct fill *fill, struct json_object *value, int depth,
                   struct json_object **ret, struct complaints *to)
{
        const char *text =
                json_object_is_type(value, json_type_string) ? json_object_get_string(value) : "";

        *ret = NULL;
        if (text[0] == '$')
                return find(fill, text + 1, depth + 1, ret, to);
        *ret = json_object_get(value);
        return 0;
}

/* What is neither figure nor setting. *ret stays NULL when @name is none of these. */
static int built_in(const struct fill *fill, const char *name, struct json_object **ret,
                    struct complaints *to)
{
        static const struct { const char *name; int before; } bases[] = {
                { "base_1", 3 }, { "base_2", 2 }, { "base_3", 1 },
        };
        const struct element *element = fill->element;
        int64_t count = 0;

        for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++)
                if (strcmp(name, bases[i].name) == 0)
                        *ret = json_object_new_int(fill->starts - bases[i].before);
        if (strcmp(name, "year") == 0)
                *ret = json_object_new_int(fill->year);
        if (!element)
                return 0;
        if (strcmp(name, "each_name") == 0)
                *ret = json_object_new_string(element->name);
        if (strcmp(name, "each_value") == 0 && element->value[0])
                *ret = json_object_new_string(element->value);
        if (strcmp(name, "each_count") != 0 || !element->value[0])
                return 0;
        if (count_parse((struct bytes) { element->value, strlen(element->value) }, &count))
                return complaints_add(to, element->name, "%s is no whole number", element->value);
        *ret = json_object_new_int64(count);
        return 0;
}

static int find(const struct fill *fill, const char *name, int depth, struct json_object **ret,
                struct complaints *to)
{
        struct json_object *figures = NULL, *rows = NULL, *value = NULL;
        int r;

        if (depth > REFERENCES_MAX)
                return complaints_add(to, name, "refers to itself");
        r = built_in(fill, name, ret, to);
        if (r || *ret)
                return r;
        json_object_object_get_ex(fill->family, "figures", &figures);
        if (!json_object_object_get_ex(figures, name, &rows))
                return setting_value(fill, name, ret, to);
        for (size_t i = 0; i < json_object_array_length(rows); i++) {
                struct json_object *row = json_object_array_get_idx(rows, i);

                if (!fits(fill, row))
                        continue;
                json_object_object_get_ex(row, "value", &value);
                return resolve(fill, value, depth, ret, to);
        }
        return 0;
}

/* The figure or setting that @key of the step names is there, and not false. */
static int holds(const struct fill *fill, struct json_object *step, const char *key, bool *ret,
                 struct complaints *to)
{
        struct json_object *name = NULL;
        own(json_object) struct json_object *value = NULL;
        int r;

        if (!json_object_object_get_ex(step, key, &name))
                return 0;
        r = find(fill, json_object_get_string(name), 0, &value, to);
        *ret = value &&
               (!json_object_is_type(value, json_type_boolean) || json_object_get_boolean(value));
        return r;
}

static int wanted(const struct fill *fill, struct json_object *step, bool *ret,
                  struct complaints *to)
{
        bool so = true, not_so = false;
        int r = holds(fill, step, "if", &so, to);

        r = r ? r : holds(fill, step, "if_not", &not_so, to);
        *ret = so && !not_so && named(step, fill->info->name) && set_so(fill, step);
        return r;
}

static bool is_condition(const char *key)
{
        static const char *const conditions[] = { "if", "if_not", "for_each", "for", "when",
                                                  "presupposes" };

        for (size_t i = 0; i < sizeof(conditions) / sizeof(conditions[0]); i++)
                if (strcmp(key, conditions[i]) == 0)
                        return true;
        return false;
}

static int fill_step(const struct fill *fill, struct json_object *step, struct json_object *to,
                     struct complaints *complaints)
{
        json_object_object_foreach(step, key, given)
        {
                struct json_object *value = NULL;
                int r;

                if (is_condition(key))
                        continue;
                r = resolve(fill, given, 0, &value, complaints);
                if (!r && value)
                        r = json_put_member(to, key, value);
                if (r)
                        return r;
        }
        return 0;
}

/* ---- lists */

static int add_element(const char *text, size_t length, struct element *list, size_t *count,
                       struct complaints *to)
{
        const char *colon = memchr(text, ':', length);
        size_t name = colon ? (size_t)(colon - text) : length;
        size_t value = colon ? length - name - 1 : 0;

        if (*count == ELEMENTS_MAX)
                return complaints_add(to, "", "a list has at most %d elements", ELEMENTS_MAX);
        if (!name || name > ELEMENT_TEXT_MAX || value > ELEMENT_TEXT_MAX)
                return complaints_add(to, "", "\"%.*s\" is no element of a list: NAME:VALUE",
                                      (int)length, text);
        list[*count] = (struct element) { "", "" };
        memcpy(list[*count].name, text, name);
        if (value)
                memcpy(list[*count].value, colon + 1, value);
        (*count)++;
        return 0;
}

static int elements_of_text(const char *text, struct element *list, size_t *count,
                            struct complaints *to)
{
        int r = 0;

        while (!r && *text) {
                size_t length = strcspn(text, ",");

                r = add_element(text, length, list, count, to);
                text += length + (text[length] == ',');
        }
        return r;
}

static int elements_of(const struct fill *fill, const char *name, struct element *list,
                       size_t *count, struct complaints *to)
{
        own(json_object) struct json_object *value = NULL;
        int r = find(fill, name, 0, &value, to);

        *count = 0;
        if (r || !value)
                return r;
        if (!json_object_is_type(value, json_type_array))
                return elements_of_text(json_object_get_string(value), list, count, to);
        for (size_t i = 0; !r && i < json_object_array_length(value); i++)
                r = elements_of_text(
                        json_object_get_string(json_object_array_get_idx(value, i)), list, count,
                        to);
        return r;
}

/* ---- steps */

static bool is_presupposed(struct json_object *list, struct json_object *word)
{
        struct json_object *said = NULL;

        for (size_t i = 0; i < json_object_array_length(list); i++)
                if (json_object_object_get_ex(json_object_array_get_idx(list, i), "capability",
                                              &said) &&
                    json_object_equal(said, word))
                        return true;
        return false;
}

/* What a step takes for granted stands in the terms, once, by the first step that pays for it. */
static int put_presupposed(struct json_object *step, size_t place, struct json_object *list)
{
        struct json_object *words = NULL;
        int r = 0;

        json_object_object_get_ex(step, "presupposes", &words);
        for (size_t i = 0; !r && words && i < json_object_array_length(words); i++) {
                struct json_object *word = json_object_array_get_idx(words, i);
                own(json_object) struct json_object *one = json_object_new_object();

                if (is_presupposed(list, word))
                        continue;
                r = json_put_member(one, "capability", json_object_get(word));
                if (!r)
                        r = json_put_member(one, "step", json_object_new_int64((int64_t)place));
                r = r ? r : json_put_element(list, give(one));
        }
        return r;
}

static int put_step(const struct fill *fill, struct json_object *step, struct json_object *list,
                    struct complaints *to)
{
        own(json_object) struct json_object *filled = json_object_new_object();
        bool takes;
        int r = wanted(fill, step, &takes, to);

        if (r || !takes)
                return r;
        r = fill_step(fill, step, filled, to);
        return r ? r : json_put_element(list, give(filled));
}

static int put_each(const struct fill *fill, struct json_object *step, const char *name,
                    struct json_object *list, struct complaints *to)
{
        struct element elements[ELEMENTS_MAX];
        struct fill one = *fill;
        size_t count;
        int r = elements_of(fill, name, elements, &count, to);

        for (size_t i = 0; !r && i < count; i++) {
                one.element = &elements[i];
                r = put_step(&one, step, list, to);
        }
        return r;
}

int fill_steps(const struct fill *fill, struct json_object *to, struct complaints *complaints)
{
        own(json_object) struct json_object *list = json_object_new_array();
        own(json_object) struct json_object *presupposed = json_object_new_array();
        struct json_object *steps = NULL, *each = NULL;
        int r = 0;

        json_object_object_get_ex(fill->family, "steps", &steps);
        for (size_t i = 0; !r && i < json_object_array_length(steps); i++) {
                struct json_object *step = json_object_array_get_idx(steps, i);
                size_t place = json_object_array_length(list);

                if (json_object_object_get_ex(step, "for_each", &each))
                        r = put_each(fill, step, json_object_get_string(each), list, complaints);
                else
                        r = put_step(fill, step, list, complaints);
                if (!r && json_object_array_length(list) > place)
                        r = put_presupposed(step, place, presupposed);
        }
        r = r ? r : json_put_member(to, "steps", give(list));
        return r || !json_object_array_length(presupposed)
                       ? r : json_put_member(to, "presupposes", give(presupposed));
}

/* ---- for people */

static const char *text_in(struct json_object *row, const char *key)
{
        struct json_object *text = NULL;

        return json_object_object_get_ex(row, key, &text) ? json_object_get_string(text) : "";
}

void fill_figures(const struct fill *fill, template_figure_visit *visit, void *with)
{
        struct json_object *figures = NULL;

        if (!json_object_object_get_ex(fill->family, "figures", &figures))
                return;
        json_object_object_foreach(figures, name, rows)
        {
                for (size_t i = 0; i < json_object_array_length(rows); i++) {
                        struct json_object *row = json_object_array_get_idx(rows, i);

                        if (!fits(fill, row))
                                continue;
                        visit(with, &(struct template_figure) {
                                .name = name,
                                .value = text_in(row, "value"),
                                .source = text_in(row, "source"),
                                .confirmed = strcmp(text_in(row, "known"), "confirmed") == 0 });
                        break;
                }
        }
}
