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

static int find(const struct fill *fill, const char *name, int depth, struct json_object **ret,
                struct complaints *to)
{
        struct json_object *figures = NULL, *rows = NULL, *value = NULL;

        if (depth > REFERENCES_MAX)
                return complaints_add(to, name, "refers to itself");
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

/* "if": the figure or setting must be there, and not false. */
static int wanted(const struct fill *fill, struct json_object *step, bool *ret,
                  struct complaints *to)
{
        struct json_object *name = NULL;
        own(json_object) struct json_object *value = NULL;
        int r;

        *ret = true;
        if (!json_object_object_get_ex(step, "if", &name))
                return 0;
        r = find(fill, json_object_get_string(name), 0, &value, to);
        *ret = value &&
               (!json_object_is_type(value, json_type_boolean) || json_object_get_boolean(value));
        return r;
}

static int fill_step(const struct fill *fill, struct json_object *step, struct json_object *to,
                     struct complaints *complaints)
{
        json_object_object_foreach(step, key, given)
        {
                struct json_object *value = NULL;
                int r;

                if (strcmp(key, "if") == 0)
                        continue;
                r = resolve(fill, given, 0, &value, complaints);
                if (!r && value)
                        r = json_put_member(to, key, value);
                if (r)
                        return r;
        }
        return 0;
}

int fill_steps(const struct fill *fill, struct json_object *to, struct complaints *complaints)
{
        own(json_object) struct json_object *list = json_object_new_array();
        struct json_object *steps = NULL;
        int r = 0;

        json_object_object_get_ex(fill->family, "steps", &steps);
        for (size_t i = 0; !r && i < json_object_array_length(steps); i++) {
                own(json_object) struct json_object *filled = json_object_new_object();
                struct json_object *step = json_object_array_get_idx(steps, i);
                bool takes;

                r = wanted(fill, step, &takes, complaints);
                if (!r && takes)
                        r = fill_step(fill, step, filled, complaints);
                if (!r && takes)
                        r = json_put_element(list, give(filled));
        }
        return r ? r : json_put_member(to, "steps", give(list));
}
