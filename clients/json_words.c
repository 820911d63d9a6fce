/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/json_words.h"

int json_want_word(const struct json_place *place, bool required, const struct word *words,
                   int *ret, struct complaints *to)
{
        struct bytes text = { NULL, 0 };
        char list[200];
        int r = json_want_text(place, required, &text, to);

        if (r || !text.data)
                return r;
        if (!word_parse(words, text, ret))
                return json_complain(to, place, "must be %s", words_list(words, list));
        return 0;
}

int json_want_name(const struct json_place *place, struct name *ret, struct complaints *to)
{
        struct bytes text = { NULL, 0 };
        int r = json_want_text(place, false, &text, to);

        if (r || text.size == 0)
                return r;
        if (!name_parse(text, ret))
                return json_complain(
                        to, place,
                        "must be one word of a-z, 0-9, '-', '.', '_', at most 31 characters");
        return 0;
}
