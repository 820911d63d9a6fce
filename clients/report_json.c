/* SPDX-License-Identifier: Apache-2.0 */
/*
 * accord.report.v1 in JSON. One figure is read in clients/report_figure.c, for JSON and CSV alike.
 */
#include "clients/report_json.h"

#include <errno.h>
#include <string.h>

#include "clients/figure.h"
#include "clients/report_figure.h"
#include "clients/words.h"
#include "core/check.h"

/* What a document says once for all its figures. */
struct common {
        struct bytes segment, from, through, paid_through;
};

/* A figure may be text, or a JSON flag, or a whole number where the kind is a count. */
static int read_value(const struct json_place *place, struct bytes *ret, char room[32],
                      struct complaints *to)
{
        if (!place->object)
                return json_complain(to, place,
                                     "is missing: write the figure, or take the entry out");
        switch (json_object_get_type(place->object)) {
        case json_type_boolean:
                snprintf(room, 32, "%s", json_object_get_boolean(place->object) ? "yes" : "no");
                break;
        case json_type_int:
                snprintf(room, 32, "%lld", (long long)json_object_get_int64(place->object));
                break;
        default:
                return json_want_text(place, true, ret, to);
        }
        *ret = (struct bytes) { room, strlen(room) };
        return 0;
}

static int read_optional(const struct json_place *of, const char *key, struct bytes *ret,
                         struct complaints *to)
{
        const struct json_place place = json_member(of, key);

        return json_want_text(&place, false, ret, to);
}

static int read_period(const struct json_place *of, struct bytes *ret_from,
                       struct bytes *ret_through, struct complaints *to)
{
        static const char *const keys[] = { "from", "through", NULL };
        const struct json_place place = json_member(of, "period");
        int r;

        if (!place.object)
                return 0;
        r = json_want_object(&place, keys, to);
        if (!r)
                r = read_optional(&place, "from", ret_from, to);
        return r ? r : read_optional(&place, "through", ret_through, to);
}

static int read_supersedes(const struct json_place *of, struct bytes *ret, char room[32],
                           struct complaints *to)
{
        const struct json_place place = json_member(of, "supersedes");

        return place.object ? read_value(&place, ret, room, to) : 0;
}

static int read_figure(const struct json_place *place, const struct common *common,
                       struct figure_text *ret, char value[32], char supersedes[32],
                       struct complaints *to)
{
        static const char *const keys[] = { "kind",       "item",   "value",
                                            "segment",    "period", "paid_through",
                                            "supersedes", "unit",   "says",
                                            NULL };
        const struct json_place figure = json_member(place, "value");
        const struct json_place kind = json_member(place, "kind");
        int r = json_want_object(place, keys, to);

        if (r)
                return r;
        *ret = (struct figure_text) {
                .segment = common->segment,
                .from = common->from,
                .through = common->through,
                .paid_through = common->paid_through,
        };
        r |= json_want_text(&kind, true, &ret->kind, to);
        r |= read_optional(place, "item", &ret->item, to);
        r |= read_optional(place, "segment", &ret->segment, to);
        r |= read_optional(place, "paid_through", &ret->paid_through, to);
        r |= read_period(place, &ret->from, &ret->through, to);
        r |= read_supersedes(place, &ret->supersedes, supersedes, to);
        return r | read_value(&figure, &ret->value, value, to);
}

static int read_figures(const struct json_place *root, const struct common *common,
                        struct report *report, struct complaints *to)
{
        const struct json_place list = json_member(root, "figures");
        size_t count;
        int r = json_want_array(&list, REPORT_FIGURES_MAX, true, &count, to);

        if (r)
                return REFUSAL_MALFORMED;
        for (size_t i = 0; i < count; i++) {
                const struct json_place place = json_element(&list, i);
                struct figure_text text;
                struct fact_event event;
                char pointer[160], value[32], supersedes[32];

                if (read_figure(&place, common, &text, value, supersedes, to) ||
                    figure_read(&text, &event, 0, json_pointer(&place, pointer), to)) {
                        report->rejected++;
                        continue;
                }
                r = report_add(report, &event, i + 1);
                if (r)
                        return r;
        }
        return 0;
}

static int read_contract(const struct json_place *root, struct contract_id *ret,
                         struct complaints *to)
{
        const struct json_place place = json_member(root, "contract");
        struct bytes text = { NULL, 0 };

        if (json_want_text(&place, false, &text, to))
                return REFUSAL_MALFORMED;
        if (text.size == 0 || contract_id_parse(text, ret))
                return 0;
        json_complain(to, &place, "must be BEARER/EARNER/LABEL, three words");
        return REFUSAL_MALFORMED;
}

static int read_side(const struct json_place *root, enum side *ret, struct complaints *to)
{
        const struct json_place place = json_member(root, "side");
        struct bytes text = { NULL, 0 };
        char list[200];
        int side = 0;

        if (json_want_text(&place, false, &text, to))
                return REFUSAL_MALFORMED;
        if (text.size && !word_parse(side_words, text, &side)) {
                json_complain(to, &place, "must be %s", words_list(side_words, list));
                return REFUSAL_MALFORMED;
        }
        *ret = (enum side)side;
        return 0;
}

int report_from_json(struct bytes text, struct report *ret, struct complaints *to)
{
        static const char *const keys[] = { "schema",       "contract", "segment", "period",
                                            "paid_through", "figures",  "side",    NULL };
        own(json_object) struct json_object *document = NULL;
        struct common common = { 0 };
        struct json_place root;
        int r;

        memset(ret, 0, sizeof(*ret));
        r = json_read(text, &document, to);
        if (r)
                return r;
        root = json_root(document);
        if (json_want_object(&root, keys, to) || json_want_schema(&root, REPORT_SCHEMA, to) ||
            read_contract(&root, &ret->contract, to) || read_side(&root, &ret->side, to) ||
            read_optional(&root, "segment", &common.segment, to) ||
            read_optional(&root, "paid_through", &common.paid_through, to) ||
            read_period(&root, &common.from, &common.through, to))
                return REFUSAL_MALFORMED;
        return read_figures(&root, &common, ret, to);
}

int report_from_text(struct bytes text, struct report *ret, struct complaints *to)
{
        const char *c = text.data, *end = c + text.size;

        while (c < end && memchr(" \t\r\n", *c, 4))
                c++;
        return c < end && *c == '{' ? report_from_json(text, ret, to)
                                    : report_from_csv(text, ret, to);
}
