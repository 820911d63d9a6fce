/* SPDX-License-Identifier: Apache-2.0 */
/* The public view as JSON: schema accord.community.v1. */
#include <stdio.h>
#include <string.h>

#include "clients/community-view.h"
#include "clients/json.h"
#include "clients/look.h"

/* Takes @value; without memory the document stays without it, and its writer complains. */
static void put(struct json_object *to, const char *key, struct json_object *value)
{
        json_object_object_add(to, key, value);
}

static void put_text(struct json_object *to, const char *key, const char *text)
{
        put(to, key, text && *text ? json_object_new_string(text) : NULL);
}

static void put_rate(struct json_object *to, const char *key, int64_t num, int64_t den)
{
        char text[LOOK_MAX];

        put(to, key, den ? json_object_new_string(look_plain(exact_ratio(num, den), UNIT_RATE,
                                                             text)) : NULL);
}

static void put_decision(struct json_object *to, const struct release_figure *figure)
{
        static const char *const words[] = {
                [SHOWN] = "shown", [SHOWN_NOT] = "not-shown",
                [SHOWN_NOT_CALCULABLE] = "not-calculable",
        };

        put_text(to, "decision", figure ? words[figure->decision] : "not-shown");
}

/* A share or count; null: not shown. */
static void put_value(struct json_object *to, const char *key, const struct release_figure *figure)
{
        if (!figure || !figure->has_value)
                put(to, key, NULL);
        else if (figure_info(figure->figure)->unit == UNIT_COUNT)
                put(to, key, json_object_new_int64(figure->num));
        else
                put_rate(to, key, figure->num, figure->den);
}

static struct json_object *release_json(const struct community_view *view)
{
        struct json_object *object = json_object_new_object();
        char index[24];

        snprintf(index, sizeof(index), "%llu", (unsigned long long)view->index);
        put(object, "number", json_object_new_int64(view->release.number));
        put_text(object, "index", index);
        put(object, "period", json_of_period(view->release.period));
        put(object, "charter", json_object_new_int64(view->release.charter));
        return object;
}

static struct json_object *rules_json(const struct disclosure_rules *rules)
{
        struct json_object *object = json_object_new_object();

        put(object, "contributors", json_object_new_int64(rules->contributors));
        put_rate(object, "most_share", rules->most_share.num, rules->most_share.den);
        put(object, "dominant", json_object_new_int64(rules->dominant));
        put_rate(object, "dominant_share", rules->dominant_share.num, rules->dominant_share.den);
        put_rate(object, "estimate", rules->estimate.num, rules->estimate.den);
        put(object, "least_cell", json_object_new_int64(rules->least_cell));
        put(object, "lag_days", json_object_new_int64(rules->lag_days));
        put(object, "least_change", json_object_new_int64(rules->least_change));
        put(object, "round", json_of_money(rules->round_cents));
        put_rate(object, "round_rate", rules->round_ppm, 1000000);
        return object;
}

static struct json_object *figure_json(const struct community_view *view,
                                       const struct release_figure *figure)
{
        struct json_object *object = json_object_new_object();
        const struct figure_info *info = figure_info(figure->figure);
        struct rate threshold;
        bool least;

        put_text(object, "figure", info->name);
        put_text(object, "item", figure->item.text);
        put_text(object, "says", info->says);
        put_value(object, "value", figure);
        put_text(object, "bound", !figure->has_value || !community_cut(figure)
                                          ? NULL
                                          : community_cut(figure) > 0 ? "or-more" : "or-less");
        put_decision(object, figure);
        put_rate(object, "coverage", figure->coverage.num,
                 figure->coverage.num ? figure->coverage.den : 0);
        if (community_threshold(view, figure->figure, &threshold, &least)) {
                put_rate(object, "threshold", threshold.num, threshold.den);
                put(object, "at_least", json_object_new_boolean(least));
        }
        return object;
}

static struct json_object *figures_json(const struct community_view *view)
{
        struct json_object *array = json_object_new_array();

        for (uint32_t i = 0; i < view->release.figure_count; i++)
                if (figure_info(view->figures[i].figure))
                        json_object_array_add(array, figure_json(view, &view->figures[i]));
        return array;
}

static struct json_object *categories_json(const struct community_view *view)
{
        struct json_object *array = json_object_new_array();

        for (uint32_t i = 0; i < view->release.figure_count; i++) {
                const struct release_figure *figure = &view->figures[i];
                enum lan_category category = community_category(figure->item.text);
                struct json_object *object;

                if (figure->figure != FIGURE_CATEGORY_SHARE || category == LAN_COUNT)
                        continue;
                object = json_object_new_object();
                put_text(object, "category", lan_category_word(category));
                put_text(object, "says", community_says(category));
                put_value(object, "share", figure);
                put_decision(object, figure);
                json_object_array_add(array, object);
        }
        return array;
}

static bool is_common(const struct charter *charter, const char *concept)
{
        for (uint16_t i = 0; charter && i < charter->specification_count; i++)
                if (charter->specifications[i].common &&
                    strcmp(charter->specifications[i].is.concept.text, concept) == 0)
                        return true;
        return false;
}

static struct name name_of(const char *text)
{
        struct name name = { "" };

        memcpy(name.text, text, strnlen(text, NAME_MAX_LENGTH));
        return name;
}

static struct json_object *measures_json(const struct community_view *view)
{
        struct json_object *array = json_object_new_array();

        for (uint32_t i = 0; i < view->release.figure_count; i++) {
                const struct release_figure *payers = &view->figures[i], *same;
                const struct name concept = name_of(payers->item.text);
                struct json_object *object;

                if (payers->figure != FIGURE_MEASURE_PAYERS)
                        continue;
                same = community_figure(view, FIGURE_DOMINANT, payers->item.text);
                object = json_object_new_object();
                put_text(object, "concept", concept.text);
                put_text(object, "title", signal_title(&view->titles, &concept));
                put(object, "common", json_object_new_boolean(is_common(view->titles.charter,
                                                                        concept.text)));
                put_value(object, "payers", payers);
                put_value(object, "same_signal", same);
                put_decision(object, same);
                json_object_array_add(array, object);
        }
        return array;
}

/* ---- providers, by what is public */

static bool is_first(const struct community_view *view, size_t place)
{
        for (size_t i = 0; i < place; i++)
                if (name_equal(&view->contracts[i].contract.earner,
                               &view->contracts[place].contract.earner))
                        return false;
        return true;
}

static bool has_word(struct json_object *array, const char *word)
{
        for (size_t i = 0; i < json_object_array_length(array); i++)
                if (strcmp(json_object_get_string(json_object_array_get_idx(array, i)), word) == 0)
                        return true;
        return false;
}

static void add_word(struct json_object *array, const char *word)
{
        if (!has_word(array, word))
                json_object_array_add(array, json_object_new_string(word));
}

static struct json_object *provider_json(const struct community_view *view, size_t place)
{
        const struct name *earner = &view->contracts[place].contract.earner;
        struct json_object *object = json_object_new_object();
        struct json_object *categories = json_object_new_array();
        struct json_object *measures = json_object_new_array();

        put_text(object, "party", earner->text);
        put_value(object, "alignment", community_figure(view, FIGURE_PROVIDER_ALIGNMENT,
                                                        earner->text));
        for (size_t i = place; i < view->contract_count; i++) {
                const struct public_contract *one = &view->contracts[i];

                if (!name_equal(&one->contract.earner, earner))
                        continue;
                if (one->has_category && one->category < LAN_COUNT)
                        add_word(categories, lan_category_word(one->category));
                for (uint32_t j = 0; j < one->measure_count; j++)
                        add_word(measures, one->concepts[j].text);
        }
        put(object, "categories", categories);
        put(object, "measures", measures);
        return object;
}

static struct json_object *providers_json(const struct community_view *view)
{
        struct json_object *array = json_object_new_array();

        for (size_t i = 0; i < view->contract_count; i++)
                if (is_first(view, i))
                        json_object_array_add(array, provider_json(view, i));
        return array;
}

struct json_object *community_json(const struct community_view *view)
{
        struct json_object *object = json_object_new_object(), *charter = NULL;
        struct json_object *notes = json_object_new_array();

        if (view->titles.charter) {
                charter = json_object_new_object();
                put(charter, "version", json_object_new_int64(view->titles.charter->version));
                put_text(charter, "title", view->titles.charter->title.text);
        }
        for (const char *const *note = community_notes; *note; note++)
                json_object_array_add(notes, json_object_new_string(*note));
        put(object, "release", view->release.number ? release_json(view) : NULL);
        put(object, "charter", charter);
        put(object, "rules", rules_json(community_rules(view)));
        put(object, "figures", figures_json(view));
        put(object, "categories", categories_json(view));
        put(object, "measures", measures_json(view));
        put(object, "providers", providers_json(view));
        put(object, "notes", notes);
        return object;
}
