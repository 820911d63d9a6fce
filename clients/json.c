/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/json.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "clients/figure.h"
#include "clients/json_scan.h"

static int tree(struct bytes text, struct json_object **ret)
{
        struct json_tokener *tokener = json_tokener_new_ex(JSON_DEPTH_MAX + 1);
        enum json_tokener_error error;

        *ret = NULL;
        if (!tokener)
                return -ENOMEM;
        json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
        *ret = json_tokener_parse_ex(tokener, text.data, (int)text.size);
        /* A word or number alone ends only with the text. */
        if (json_tokener_get_error(tokener) == json_tokener_continue)
                *ret = json_tokener_parse_ex(tokener, "", 1);
        error = json_tokener_get_error(tokener);
        json_tokener_free(tokener);
        if (error == json_tokener_success)
                return 0;
        json_object_put(*ret);
        *ret = NULL;
        return error == json_tokener_error_size ? -ENOMEM : REFUSAL_MALFORMED;
}

int json_read(struct bytes text, struct json_object **ret, struct complaints *to)
{
        int r;

        *ret = NULL;
        if (text.size > JSON_SIZE_MAX) {
                complaints_add(to, "", "the file is larger than the %u MiB that are taken",
                               JSON_SIZE_MAX >> 20);
                return REFUSAL_MALFORMED;
        }
        r = json_scan(text, to);
        if (r)
                return r;
        r = tree(text, ret);
        if (r > 0)
                complaints_add(to, "", "this is no JSON");
        return r;
}

/* ---- places */

struct json_place json_root(struct json_object *object)
{
        return (struct json_place) { .object = object };
}

struct json_place json_member(const struct json_place *of, const char *key)
{
        struct json_place place = { .parent = of, .key = key };

        if (json_object_is_type(of->object, json_type_object))
                json_object_object_get_ex(of->object, key, &place.object);
        return place;
}

struct json_place json_element(const struct json_place *of, size_t index)
{
        return (struct json_place) {
                .parent = of,
                .index = index,
                .object = json_object_array_get_idx(of->object, index),
        };
}

char *json_pointer(const struct json_place *place, char ret[160])
{
        size_t at;

        if (!place->parent) {
                ret[0] = '\0';
                return ret;
        }
        json_pointer(place->parent, ret);
        at = strlen(ret);
        if (place->key)
                snprintf(ret + at, 160 - at, "/%s", place->key);
        else
                snprintf(ret + at, 160 - at, "/%zu", place->index);
        return ret;
}

int json_complain(struct complaints *to, const struct json_place *place, const char *format, ...)
{
        char pointer[160], says[320];
        va_list values;

        va_start(values, format);
        vsnprintf(says, sizeof(says), format, values);
        va_end(values);
        return complaints_add(to, json_pointer(place, pointer), "%s", says);
}

/* ---- what is wanted at a place */

static int missing(const struct json_place *place, bool required, struct complaints *to)
{
        return required ? json_complain(to, place, "is missing") : 0;
}

int json_want_object(const struct json_place *place, const char *const *keys, struct complaints *to)
{
        int r = 0;

        if (!json_object_is_type(place->object, json_type_object))
                return json_complain(to, place, "must be an object in { }");
        json_object_object_foreach(place->object, key, unused)
        {
                const struct json_place at = json_member(place, key);
                size_t i = 0;

                (void)unused;
                while (keys[i] && strcmp(keys[i], key) != 0)
                        i++;
                if (!keys[i])
                        r = json_complain(to, &at, "is not known here");
        }
        return r;
}

int json_want_array(const struct json_place *place, size_t most, bool required, size_t *ret_length,
                    struct complaints *to)
{
        *ret_length = 0;
        if (!place->object)
                return missing(place, required, to);
        if (!json_object_is_type(place->object, json_type_array))
                return json_complain(to, place, "must be a list in [ ]");
        if (json_object_array_length(place->object) > most)
                return json_complain(to, place, "has more than %zu elements", most);
        *ret_length = json_object_array_length(place->object);
        return 0;
}

int json_want_text(const struct json_place *place, bool required, struct bytes *ret,
                   struct complaints *to)
{
        if (!place->object)
                return missing(place, required, to);
        if (!json_object_is_type(place->object, json_type_string))
                return json_complain(to, place, "must be a text in quotes");
        *ret = (struct bytes) {
                json_object_get_string(place->object),
                (size_t)json_object_get_string_len(place->object),
        };
        return 0;
}

int json_want_whole(const struct json_place *place, bool required, int64_t least, int64_t most,
                    int64_t *ret, struct complaints *to)
{
        int64_t number;

        if (!place->object)
                return missing(place, required, to);
        if (!json_object_is_type(place->object, json_type_int))
                return json_complain(to, place, "must be a whole number, without quotes");
        number = json_object_get_int64(place->object);
        if (number < least || number > most)
                return json_complain(to, place, "must lie within %" PRId64 " and %" PRId64, least,
                                     most);
        *ret = number;
        return 0;
}

int json_want_flag(const struct json_place *place, bool required, bool *ret, struct complaints *to)
{
        if (!place->object)
                return missing(place, required, to);
        if (!json_object_is_type(place->object, json_type_boolean))
                return json_complain(to, place, "must be true or false, without quotes");
        *ret = json_object_get_boolean(place->object);
        return 0;
}

int json_want_date(const struct json_place *place, bool required, date *ret, struct complaints *to)
{
        struct bytes text = { NULL, 0 };
        int r = json_want_text(place, required, &text, to);

        if (r || !text.data)
                return r;
        if (!date_parse(text, ret))
                return json_complain(to, place, "must be a day as YYYY-MM-DD");
        return 0;
}

int json_want_period(const struct json_place *place, bool required, struct period *ret,
                     struct complaints *to)
{
        static const char *const keys[] = { "from", "through", NULL };
        const struct json_place from = json_member(place, "from"),
                                through = json_member(place, "through");
        struct period period;
        date last;
        int r;

        if (!place->object)
                return missing(place, required, to);
        r = json_want_object(place, keys, to);
        if (r)
                return r;
        r = json_want_date(&from, true, &period.from, to);
        if (!r)
                r = json_want_date(&through, true, &last, to);
        if (r)
                return r;
        period.until = last + 1;
        if (!period_valid(period))
                return json_complain(to, place,
                                     "must end on or after the day it begins, before 2100-12-31");
        *ret = period;
        return 0;
}

int json_want_money(const struct json_place *place, bool required, int64_t *ret_cents,
                    struct complaints *to)
{
        static const char *const keys[] = { "amount", "currency", NULL };
        const struct json_place amount = json_member(place, "amount");
        const struct json_place currency = json_member(place, "currency");
        const bool whole = json_object_is_type(place->object, json_type_object);
        struct bytes text = { NULL, 0 }, unit = { NULL, 0 };
        const char *fault;
        int r = 0;

        if (!place->object)
                return missing(place, required, to);
        if (whole) {
                r = json_want_object(place, keys, to);
                if (!r)
                        r = json_want_text(&currency, true, &unit, to);
                if (!r && !bytes_equal(unit, (struct bytes) { "USD", 3 }))
                        r = json_complain(to, &currency, "must be USD");
        }
        if (!r)
                r = json_want_text(whole ? &amount : place, true, &text, to);
        if (r)
                return r;
        fault = money_parse(text, ret_cents);
        return fault ? json_complain(to, place, "%s: write an amount such as \"1234.56\"", fault)
                     : 0;
}

int json_want_schema(const struct json_place *document, const char *schema, struct complaints *to)
{
        const struct json_place place = json_member(document, "schema");
        struct bytes text = { NULL, 0 };
        int r = json_want_text(&place, true, &text, to);

        if (!r && !bytes_equal(text, (struct bytes) { schema, strlen(schema) }))
                r = json_complain(to, &place, "must be \"%s\"", schema);
        return r;
}

/* ---- new values */

struct json_object *json_of_date(date day)
{
        char printed[11];

        date_print(day, printed);
        return json_object_new_string(printed);
}

int json_put_member(struct json_object *to, const char *key, struct json_object *value)
{
        if (value && to && json_object_object_add(to, key, value) == 0)
                return 0;
        json_object_put(value);
        return -ENOMEM;
}

int json_put_element(struct json_object *to, struct json_object *value)
{
        if (value && to && json_object_array_add(to, value) == 0)
                return 0;
        json_object_put(value);
        return -ENOMEM;
}

struct json_object *json_of_period(struct period period)
{
        own(json_object) struct json_object *object = json_object_new_object();

        if (!object || json_put_member(object, "from", json_of_date(period.from)) ||
            json_put_member(object, "through", json_of_date(period.until - 1)))
                return NULL;
        return give(object);
}

struct json_object *json_of_money(int64_t cents)
{
        own(json_object) struct json_object *object = json_object_new_object();
        char amount[FIGURE_TEXT_MAX];

        if (!object ||
            json_put_member(object, "amount", json_object_new_string(money_print(cents, amount))) ||
            json_put_member(object, "currency", json_object_new_string("USD")))
                return NULL;
        return give(object);
}
