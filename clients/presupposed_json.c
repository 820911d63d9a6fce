/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/presupposed_json.h"

#include "clients/json_words.h"
#include "core/check.h"
#include "core/community.h"

static int read_kind(const struct json_place *place, uint32_t *ret, struct complaints *to)
{
        struct bytes text = { "", 0 };
        int r = json_want_text(place, true, &text, to);

        if (r)
                return r;
        *ret = capability_of_word(text);
        return *ret ? 0 : json_complain(to, place, "is no capability: accord capability publish "
                                        "--help lists them");
}

static int read_one(const struct json_place *place, struct presupposed *ret,
                    struct complaints *to)
{
        static const char *const keys[] = { "capability", "step", NULL };
        const struct json_place kind = json_member(place, "capability");
        const struct json_place step = json_member(place, "step");
        int64_t number = 0;
        int r = json_want_object(place, keys, to);

        if (r)
                return r;
        r |= read_kind(&kind, &ret->kind, to);
        r |= json_want_whole(&step, false, 0, STEPS_MAX - 1, &number, to);
        ret->has_step = step.object != NULL;
        ret->step = (uint32_t)number;
        return r;
}

int presupposed_from_json(const struct json_place *root, struct terms *terms,
                          struct complaints *to)
{
        const struct json_place list = json_member(root, "presupposes");
        size_t count;
        int r = json_want_array(&list, PRESUPPOSED_MAX, false, &count, to);

        for (size_t i = 0; i < count; i++) {
                const struct json_place one = json_element(&list, i);

                r |= read_one(&one, &terms->presupposes[i], to);
        }
        terms->presupposed_count = (uint16_t)count;
        return r;
}

static struct json_object *one_to_json(const struct presupposed *is)
{
        own(json_object) struct json_object *object = json_object_new_object();
        const char *word = capability_word(is->kind);

        assert(word);
        if (json_put_member(object, "capability", json_object_new_string(word)))
                return NULL;
        if (is->has_step && json_put_member(object, "step", json_object_new_int64(is->step)))
                return NULL;
        return give(object);
}

int presupposed_to_json(struct json_object *to, const struct terms *terms)
{
        own(json_object) struct json_object *list = json_object_new_array();
        int r = 0;

        if (!terms->presupposed_count)
                return 0;
        for (size_t i = 0; !r && i < terms->presupposed_count; i++)
                r = json_put_element(list, one_to_json(&terms->presupposes[i]));
        return r ? r : json_put_member(to, "presupposes", give(list));
}
