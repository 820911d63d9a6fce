/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>

#include "clients/disputed.h"
#include "clients/json.h"
#include "clients/statement-json.h"
#include "clients/words.h"

static struct json_object *said_object(const struct said_value *said)
{
        struct json_object *object = json_object_new_object();
        char text[24];

        put_figure(object, exact_of_value(&said->value), said->value.unit);
        snprintf(text, sizeof(text), "%" PRIu64, said->index);
        put_text(object, "index", text);
        json_object_object_add(object, "event", json_object_new_int64(said->event));
        return object;
}

static struct json_object *fact_object(const struct disputed_fact *fact)
{
        struct json_object *object = json_object_new_object();
        const struct fact_kind_info *info = fact_kind_info(fact->kind);

        put_text(object, "kind", info ? info->name : NULL);
        put_text(object, "segment", name_empty(&fact->segment) ? NULL : fact->segment.text);
        put_text(object, "item", *fact->item.text ? fact->item.text : NULL);
        json_object_object_add(object, "period", json_of_period(fact->period));
        json_object_object_add(object, "bearer", said_object(&fact->bearer));
        json_object_object_add(object, "earner", said_object(&fact->earner));
        return object;
}

void disputed_into(struct json_object *to, const struct statement *s)
{
        struct json_object *list;

        if (!disputed_is(s))
                return;
        if (s->has_versions) {
                json_object_object_add(to, "by_bearer", json_of_money(s->by_bearer));
                json_object_object_add(to, "by_earner", json_of_money(s->by_earner));
                put_text(to, "basis", word_of(side_words, s->basis));
        }
        list = json_object_new_array();
        for (size_t i = 0; i < s->disputed_count; i++)
                json_object_array_add(list, fact_object(&s->disputed[i]));
        json_object_object_add(to, "disputed", list);
        if (s->disputed_more)
                json_object_object_add(to, "disputed_more",
                                       json_object_new_int64(s->disputed_more));
}
