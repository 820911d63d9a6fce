/* SPDX-License-Identifier: Apache-2.0 */
/* From a family's dated figures and a user's settings to a document of terms. */
#include "clients/template.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/figure.h"
#include "clients/template_fill.h"
#include "clients/template_library.h"
#include "clients/terms_json.h"
#include "core/check.h"

#define EXAMPLES_MAX 32

/* What every template takes besides the options of its family. */
static const struct template_option common[] = {
        { "bearer", "the party that bears the cost, such as the plan", NULL, "bearer" },
        { "earner", "the party that earns or owes, such as the provider group", NULL, "earner" },
        { "label",
          "what this contract is called between the two; the template and year unless given", "",
          NULL },
        { "title", "a title for people", "", NULL },
        { "version", "the number of this version of the terms", "1", NULL },
        { "standing", "shadow, advisory or binding; only binding terms post", "binding", NULL },
        { "signed_on", "the day it is signed; the effective day unless given", "", NULL },
        { "effective", "the day from which it holds; the agreement's first unless given", "",
          NULL },
        { "agreement_start", "the year the agreement began; the performance year unless given",
          "", NULL },
        { "through", "the last performance year under these figures; the first unless given", "",
          NULL },
        { "half", "first or second, where the period is half a year", "", NULL },
        { "bearer_administrator", "who acts for the bearer", "", NULL },
        { "earner_administrator", "who acts for the earner", "", NULL },
        { NULL, NULL, NULL, NULL },
};

static const struct template_row *row_of(const char *name)
{
        for (size_t i = 0; i < template_row_count; i++)
                if (strcmp(template_rows[i].info.name, name) == 0)
                        return &template_rows[i];
        return NULL;
}

const struct template_info *template_at(size_t place)
{
        return place < template_row_count ? &template_rows[place].info : NULL;
}

const struct template_info *template_find(const char *name)
{
        const struct template_row *row = row_of(name);

        return row ? &row->info : NULL;
}

bool template_option_at(const struct template_info *info, size_t place, struct template_option *ret)
{
        const struct template_row *row = row_of(info->name);
        const size_t common_count = sizeof(common) / sizeof(common[0]) - 1;
        const struct template_option *own;

        assert(row);
        if (place < common_count) {
                *ret = common[place];
                return true;
        }
        own = template_families[row->family].options;
        for (place -= common_count; own->key && place > 0; place--)
                own++;
        if (own->key)
                *ret = *own;
        return own->key != NULL;
}

const char *fill_setting(const struct fill *fill, const char *key)
{
        struct template_option option;

        for (size_t i = 0; i < fill->setting_count; i++)
                if (strcmp(fill->settings[i].key, key) == 0)
                        return fill->settings[i].value;
        for (size_t i = 0; template_option_at(fill->info, i, &option); i++)
                if (strcmp(option.key, key) == 0)
                        return option.otherwise && option.otherwise[0] ? option.otherwise : NULL;
        return NULL;
}

static bool known_key(const struct template_info *info, const char *key)
{
        struct template_option option;

        for (size_t i = 0; template_option_at(info, i, &option); i++)
                if (strcmp(option.key, key) == 0)
                        return true;
        return false;
}

static int check_settings(const struct fill *fill, struct complaints *to)
{
        struct template_option option;
        int r = 0;

        for (size_t i = 0; i < fill->setting_count; i++)
                if (!known_key(fill->info, fill->settings[i].key))
                        r = complaints_add(to, fill->settings[i].key, "is no setting of %s",
                                           fill->info->name);
        for (size_t i = 0; template_option_at(fill->info, i, &option); i++)
                if (!option.otherwise && !fill_setting(fill, option.key))
                        r = complaints_add(to, option.key, "must be set: %s", option.says);
        if (fill->year < fill->info->first_year || fill->year > fill->info->last_year)
                r = complaints_add(to, "year", "%s is known for performance years %d to %d",
                                   fill->info->name, fill->info->first_year, fill->info->last_year);
        return r;
}

/* ---- the head of the terms */

static int year_setting(const struct fill *fill, const char *key, int otherwise, int *ret,
                        struct complaints *to)
{
        const char *text = fill_setting(fill, key);
        int64_t year = otherwise;

        if (text && (count_parse((struct bytes) { text, strlen(text) }, &year) || year < 1990 ||
                     year > 2099))
                return complaints_add(to, key, "must be a year");
        *ret = (int)year;
        return 0;
}

static struct period period_of(const struct fill *fill, int year)
{
        const char *half = fill_setting(fill, "half");
        struct period period = { date_of(year, 1, 1), date_of(year + 1, 1, 1) };

        if (half && strcmp(half, "first") == 0)
                period.until = date_of(year, 7, 1);
        else if (half && strcmp(half, "second") == 0)
                period.from = date_of(year, 7, 1);
        return period;
}

static int put_text(struct json_object *to, const char *key, const char *text)
{
        return json_put_member(to, key, json_object_new_string(text));
}

static int put_setting(struct json_object *to, const struct fill *fill, const char *key)
{
        const char *text = fill_setting(fill, key);

        return text ? put_text(to, key, text) : 0;
}

static int put_names(struct json_object *to, const struct fill *fill)
{
        const char *label = fill_setting(fill, "label"), *title = fill_setting(fill, "title");
        char text[256];
        int r = put_text(to, "schema", TERMS_SCHEMA);

        snprintf(text, sizeof(text), "%s/%s/", fill_setting(fill, "bearer"),
                 fill_setting(fill, "earner"));
        if (label)
                snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s", label);
        else
                snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s-%d",
                         fill->info->name, fill->year);
        r = r ? r : put_text(to, "contract", text);
        snprintf(text, sizeof(text), "%s, %d", fill->info->title, fill->year);
        r = r ? r : put_text(to, "title", title ? title : text);
        r = r ? r : put_text(to, "template", fill->info->name);
        r = r ? r : put_setting(to, fill, "bearer_administrator");
        return r ? r : put_setting(to, fill, "earner_administrator");
}

static int put_periods(struct json_object *to, const struct fill *fill, int through,
                       struct period agreement)
{
        own(json_object) struct json_object *list = json_object_new_array();
        int r = json_put_member(to, "agreement", json_of_period(agreement));

        for (int year = fill->year; !r && year <= through; year++)
                r = json_put_element(list, json_of_period(period_of(fill, year)));
        return r ? r : json_put_member(to, "periods", give(list));
}

/*
 * The agreement runs from its first year's beginning, or the period's when that is the same year.
 */
static int put_dates(struct json_object *to, const struct fill *fill, struct complaints *complaints)
{
        const char *effective = fill_setting(fill, "effective"),
                   *signed_on = fill_setting(fill, "signed_on");
        struct period agreement = period_of(fill, fill->year);
        char first[11];
        int through, r;

        r = year_setting(fill, "through", fill->year, &through, complaints);
        if (r)
                return r;
        if (fill->starts < fill->year)
                agreement.from = date_of(fill->starts, 1, 1);
        agreement.until = period_of(fill, through).until;
        date_print(agreement.from, first);
        r = put_text(to, "effective", effective ? effective : first);
        r = r ? r
              : put_text(to, "signed_on",
                         signed_on   ? signed_on
                         : effective ? effective
                                     : first);
        return r ? r : put_periods(to, fill, through, agreement);
}

static int put_version(struct json_object *to, const struct fill *fill,
                       struct complaints *complaints)
{
        const char *text = fill_setting(fill, "version");
        int64_t version = 1;

        if (text && (count_parse((struct bytes) { text, strlen(text) }, &version) || version < 1))
                return complaints_add(complaints, "version", "must be a number from 1");
        return json_put_member(to, "version", json_object_new_int64(version));
}

/* A member of the family that terms take as it stands. */
static int put_as_is(struct json_object *to, const char *key, const struct fill *fill,
                     const char *of)
{
        struct json_object *value = NULL;

        if (!json_object_object_get_ex(fill->family, of, &value))
                return 0;
        return json_put_member(to, key, json_object_get(value));
}

static int put_segment(struct json_object *to, const struct fill *fill)
{
        own(json_object) struct json_object *list = json_object_new_array();
        struct json_object *segment = NULL;

        if (!json_object_object_get_ex(fill->family, "segment", &segment))
                return 0;
        if (json_put_element(list, json_object_get(segment)))
                return -ENOMEM;
        return json_put_member(to, "segments", give(list));
}

static int fill_in(const struct fill *fill, struct json_object *to, struct complaints *complaints)
{
        int r = put_names(to, fill);

        r = r ? r : put_version(to, fill, complaints);
        r = r ? r : put_dates(to, fill, complaints);
        r = r ? r : put_as_is(to, "applies", fill, "applies");
        r = r ? r : put_setting(to, fill, "standing");
        r = r ? r : put_as_is(to, "lookback_months", fill, "lookback_months");
        r = r ? r : put_as_is(to, "runout_months", fill, "runout_months");
        r = r ? r : put_segment(to, fill);
        r = r ? r : put_as_is(to, "rules", fill, "rules");
        return r ? r : fill_steps(fill, to, complaints);
}

int template_instantiate(const char *name, int year, const struct template_setting *settings,
                         size_t count, struct json_object **ret, struct complaints *to)
{
        const struct template_row *row = row_of(name);
        own(json_object) struct json_object *family = NULL, *document = NULL;
        struct fill fill = { .year = year, .settings = settings, .setting_count = count };
        int r;

        *ret = NULL;
        if (!row) {
                complaints_add(to, "", "there is no template %s", name);
                return REFUSAL_NO_SUCH_THING;
        }
        fill.info = &row->info;
        r = check_settings(&fill, to);
        if (!r)
                r = year_setting(&fill, "agreement_start", year, &fill.starts, to);
        if (!r)
                r = json_read(template_families[row->family].text, &family, to);
        if (r)
                return r;
        fill.family = family;
        document = json_object_new_object();
        r = document ? fill_in(&fill, document, to) : -ENOMEM;
        if (!r)
                *ret = give(document);
        return r;
}

static size_t examples_of(const struct template_info *info, struct template_setting *ret,
                          size_t room)
{
        struct template_option option;
        size_t count = 0;

        for (size_t i = 0; template_option_at(info, i, &option); i++)
                if (option.example && count < room)
                        ret[count++] = (struct template_setting) { option.key, option.example };
        return count;
}

int template_example(const char *name, int year, struct terms *ret, struct complaints *to)
{
        const struct template_info *info = template_find(name);
        struct template_setting settings[EXAMPLES_MAX];
        size_t count = info ? examples_of(info, settings, EXAMPLES_MAX) : 0;

        return template_terms(name, year, settings, count, ret, to);
}

int template_figures(const char *name, int year, template_figure_visit *visit, void *with,
                     struct complaints *to)
{
        const struct template_row *row = row_of(name);
        own(json_object) struct json_object *family = NULL;
        struct fill fill = { .year = year, .starts = year };
        int r;

        if (!row)
                return REFUSAL_NO_SUCH_THING;
        r = json_read(template_families[row->family].text, &family, to);
        if (r)
                return r;
        fill.info = &row->info;
        fill.family = family;
        fill_figures(&fill, visit, with);
        return 0;
}

int template_terms(const char *name, int year, const struct template_setting *settings,
                   size_t count, struct terms *ret, struct complaints *to)
{
        own(json_object) struct json_object *document = NULL;
        int r = template_instantiate(name, year, settings, count, &document, to);

        return r ? r : terms_from_document(document, ret, to);
}
