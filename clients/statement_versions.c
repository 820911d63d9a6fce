/* SPDX-License-Identifier: Apache-2.0 */
/* What both sides say of facts in dispute, of a statement's file. */
#include <string.h>

#include "clients/json_words.h"
#include "clients/statement_inside.h"
#include "core/check.h"
#include "core/limits.h"

static int read_said(struct reading *r, const struct json_place *of, const char *key,
                     enum unit unit, struct said_value *ret)
{
        const struct json_place place = json_member(of, key);
        struct exact figure = { 0, 1 };
        int64_t event;
        int bad;

        if (!place.object)
                return json_complain(r->to, &place, "is missing");
        bad = read_figure_in(r, &place, unit, &figure);
        bad |= read_id_in(r, &place, "index", &ret->index);
        bad |= read_whole_in(r, &place, "event", false, UINT32_MAX, &event);
        if (figure.num > INT64_MAX || figure.num < INT64_MIN || figure.den > INT64_MAX)
                return json_complain(r->to, &place, "has a figure longer than a fact's can be");
        ret->event = (uint32_t)event;
        ret->value = (struct value) { unit, (int64_t)figure.num, (int64_t)figure.den };
        return bad;
}

static int read_disputed(struct reading *r, const struct json_place *place,
                         struct disputed_fact *ret)
{
        const struct json_place kind = json_member(place, "kind");
        const struct json_place segment = json_member(place, "segment");
        const struct json_place period = json_member(place, "period");
        const struct fact_kind_info *info;
        struct bytes text;
        int bad = read_text_in(r, place, "kind", true, &text);

        info = bad ? NULL : fact_kind_by_name(text);
        if (!info)
                return bad ? bad : json_complain(r->to, &kind, "is no kind of fact known here");
        ret->kind = info->kind;
        bad |= json_want_name(&segment, &ret->segment, r->to);
        bad |= read_item_in(r, place, &ret->item);
        bad |= json_want_period(&period, true, &ret->period, r->to);
        bad |= read_said(r, place, "bearer", info->unit, &ret->bearer);
        return bad | read_said(r, place, "earner", info->unit, &ret->earner);
}

static int read_list(struct reading *r, const struct json_place *root)
{
        const struct json_place list = json_member(root, "disputed");
        size_t count;
        int64_t more;
        int bad = json_want_array(&list, DISPUTED_PER_STATEMENT_MAX, false, &count, r->to);

        for (size_t i = 0; i < count; i++) {
                const struct json_place place = json_element(&list, i);

                bad |= read_disputed(r, &place, &r->s->disputed[i]);
        }
        bad |= read_whole_in(r, root, "disputed_more", false, UINT32_MAX, &more);
        r->s->disputed_count = (uint16_t)count;
        r->s->disputed_more = (uint32_t)more;
        return bad;
}

int read_versions(struct reading *r, const struct json_place *root)
{
        const struct json_place bearer = json_member(root, "by_bearer");
        const struct json_place earner = json_member(root, "by_earner");
        int basis = SIDE_BEARER, bad = read_list(r, root);

        r->s->has_versions = bearer.object || earner.object;
        if (!r->s->has_versions)
                return bad;
        bad |= json_want_money(&bearer, true, &r->s->by_bearer, r->to);
        bad |= json_want_money(&earner, true, &r->s->by_earner, r->to);
        bad |= read_word_in(r, root, "basis", side_words, &basis);
        r->s->basis = (enum side)basis;
        return bad;
}
