/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/step_json.h"

#include <inttypes.h>
#include <string.h>

#include "clients/figure.h"
#include "core/check.h"
#include "core/steps.h"

int step_json_rate(const struct json_place *place, bool required, struct rate *ret,
                   struct complaints *to)
{
        struct bytes text = { NULL, 0 };
        const char *fault;
        int r = json_want_text(place, required, &text, to);

        if (r || !text.data)
                return r;
        fault = rate_parse(text, ret);
        return fault ? json_complain(to, place,
                                     "%s: write a rate such as \"0.025\", \"2.5%%\" or \"1/3\"",
                                     fault)
                     : 0;
}

/* ---- bands */

/* Bands of whole numbers and of days have their last end in them, others end before it. */
static bool half_open(enum band_axis axis)
{
        return axis == AXIS_SHARE || axis == AXIS_CENTS;
}

static const char *end_key(enum band_axis axis)
{
        return half_open(axis) ? "to" : "through";
}

static const char *rate_key(enum band_axis axis)
{
        return half_open(axis) ? "at_to" : "at_through";
}

/* Where a band ends that is open at the top. */
static int64_t last_end(enum band_axis axis)
{
        switch (axis) {
        case AXIS_DATE:
                return DATE_LAST;
        case AXIS_SHARE:
                return SHARE_MOST;
        case AXIS_CENTS:
                return MONEY_MAX;
        case AXIS_COUNT:
        case AXIS_NONE:
                break;
        }
        return COUNT_MAX;
}

/* "25%", in billionths. */
static int read_share(const struct json_place *place, bool required, int64_t *ret,
                      struct complaints *to)
{
        struct rate rate = { -1, 1 };
        int r = step_json_rate(place, required, &rate, to);

        if (r || rate.num < 0)
                return r || !place->object ? r : json_complain(to, place, "is at least 0%%");
        if (SHARE_ONE % rate.den || rate.num > (int64_t)(SHARE_MOST / SHARE_ONE) * rate.den)
                return json_complain(to, place, "is a share of at most nine decimals, and of at "
                                                "most 10000%%");
        *ret = rate.num * (SHARE_ONE / rate.den);
        return 0;
}

static int read_day(const struct json_place *place, bool required, int64_t *ret,
                    struct complaints *to)
{
        date day = (date)*ret;
        int r = json_want_date(place, required, &day, to);

        *ret = day;
        return r;
}

static int read_end(const struct json_place *place, enum band_axis axis, bool required,
                    int64_t otherwise, int64_t *ret, struct complaints *to)
{
        *ret = otherwise;
        switch (axis) {
        case AXIS_DATE:
                return read_day(place, required, ret, to);
        case AXIS_SHARE:
                return read_share(place, required, ret, to);
        case AXIS_CENTS:
                return json_want_money(place, required, ret, to);
        case AXIS_COUNT:
        case AXIS_NONE:
                break;
        }
        return json_want_whole(place, required, 0, COUNT_MAX, ret, to);
}

/* Either one rate, or two that a straight line joins. */
static int read_band_rates(const struct json_place *place, enum band_axis axis, struct band *band,
                           struct complaints *to)
{
        const struct json_place rate = json_member(place, "rate");
        const struct json_place at_from = json_member(place, "at_from");
        const struct json_place at_to = json_member(place, rate_key(axis));
        int r;

        if (rate.object && (at_from.object || at_to.object))
                return json_complain(to, place, "has a rate, or at_from and %s; not both",
                                     rate_key(axis));
        if (!at_from.object && !at_to.object) {
                r = step_json_rate(&rate, true, &band->at_from, to);
                band->at_to = band->at_from;
                return r;
        }
        r = step_json_rate(&at_from, true, &band->at_from, to);
        return r | step_json_rate(&at_to, true, &band->at_to, to);
}

static int read_band(const struct json_place *place, enum band_axis axis, struct band *band,
                     struct complaints *to)
{
        const char *const keys[] = { "from", end_key(axis), "rate", "at_from", rate_key(axis),
                                     NULL };
        const struct json_place from = json_member(place, "from");
        const struct json_place end = json_member(place, end_key(axis));
        int r = json_want_object(place, keys, to);

        if (r)
                return r;
        r = read_end(&from, axis, true, 0, &band->from, to);
        r |= read_end(&end, axis, false, last_end(axis), &band->to, to);
        return r | read_band_rates(place, axis, band, to);
}

static int read_bands(const struct json_place *place, const struct param_info *info,
                      struct terms *terms, struct param *param, struct complaints *to)
{
        size_t count, room = (size_t)(BANDS_PER_TERMS_MAX - terms->band_count);
        int r = json_want_array(place, room, true, &count, to);

        param->bands.first = terms->band_count;
        param->bands.count = (uint16_t)count;
        for (size_t i = 0; i < count; i++) {
                const struct json_place band = json_element(place, i);

                r |= read_band(&band, info->axis, &terms->bands[terms->band_count], to);
                terms->band_count++;
        }
        return r;
}

/* ---- other parameters */

static int read_word(const struct json_place *place, const struct param_info *info,
                     struct name *ret, struct complaints *to)
{
        struct bytes text = { NULL, 0 };
        int r = json_want_text(place, true, &text, to);

        if (r)
                return r;
        if (name_parse(text, ret) && word_among(info->words, ret))
                return 0;
        if (info->words)
                return json_complain(to, place, "must be one of %s", info->words);
        return json_complain(to, place,
                             "must be one word of a-z, 0-9, '-', '.', '_', at most 31 characters");
}

static int read_param(const struct json_place *place, const struct param_info *info,
                      struct terms *terms, struct param *param, struct complaints *to)
{
        param->type = info->type;
        switch (info->type) {
        case PARAM_CENTS:
                return json_want_money(place, true, &param->cents, to);
        case PARAM_COUNT:
                return json_want_whole(place, true, info->least, info->most, &param->count, to);
        case PARAM_RATE:
                return step_json_rate(place, true, &param->rate, to);
        case PARAM_FLAG:
                return json_want_flag(place, true, &param->flag, to);
        case PARAM_WORD:
                return read_word(place, info, &param->word, to);
        case PARAM_BANDS:
                return read_bands(place, info, terms, param, to);
        }
        return json_complain(to, place, "is of no type");
}

/* "share@1" */
static int read_kind(const struct json_place *place, struct step *ret, struct complaints *to)
{
        const struct step_info *info;
        struct bytes text = { NULL, 0 };
        char wanted[64];
        int r = json_want_text(place, true, &text, to);

        for (size_t i = 0; !r && (info = step_at(i)); i++) {
                snprintf(wanted, sizeof(wanted), "%s@%" PRIu32, info->name, info->version);
                if (!bytes_equal(text, (struct bytes) { wanted, strlen(wanted) }))
                        continue;
                if (!name_parse((struct bytes) { info->name, strlen(info->name) }, &ret->kind))
                        assert(!"the table's names are well formed");
                ret->version = info->version;
                return 0;
        }
        return r ? r
                 : json_complain(
                           to, place,
                           "is no step: write one such as \"share@1\"; docs/RULES.md lists them");
}

static int read_params(const struct json_place *place, enum step_code code, struct terms *terms,
                       struct step *ret, struct complaints *to)
{
        int r = 0;

        json_object_object_foreach(place->object, key, unused)
        {
                const struct json_place at = json_member(place, key);
                const struct param_info *info = param_info(code, key);
                struct param *param = &ret->params[ret->param_count];

                (void)unused;
                if (strcmp(key, "step") == 0)
                        continue;
                if (!info) {
                        r |= json_complain(to, &at, "is no parameter of %s@%" PRIu32,
                                           ret->kind.text, ret->version);
                        continue;
                }
                if (ret->param_count == PARAMS_PER_STEP_MAX)
                        return json_complain(to, place, "has more than %d parameters",
                                             PARAMS_PER_STEP_MAX);
                memcpy(param->name.text, info->name, strlen(info->name));
                r |= read_param(&at, info, terms, param, to);
                ret->param_count++;
        }
        return r;
}

int step_from_json(const struct json_place *place, struct terms *terms, struct step *ret,
                   struct complaints *to)
{
        const struct json_place kind = json_member(place, "step");
        int r;

        if (!json_object_is_type(place->object, json_type_object))
                return json_complain(to, place, "must be a step in { }");
        r = read_kind(&kind, ret, to);
        if (r)
                return r;
        return read_params(place, step_info(&ret->kind, ret->version)->code, terms, ret, to);
}

/* ---- the other way */

struct json_object *json_of_rate(struct rate rate)
{
        char text[FIGURE_TEXT_MAX];

        return json_object_new_string(rate_print(rate, text));
}

static struct json_object *json_of_end(enum band_axis axis, int64_t end)
{
        char text[FIGURE_TEXT_MAX];

        switch (axis) {
        case AXIS_DATE:
                return json_of_date((date)end);
        case AXIS_SHARE:
                return json_object_new_string(share_print(end, text));
        case AXIS_CENTS:
                return json_of_money(end);
        case AXIS_COUNT:
        case AXIS_NONE:
                break;
        }
        return json_object_new_int64(end);
}

static struct json_object *band_to_json(enum band_axis axis, const struct band *band)
{
        own(json_object) struct json_object *object = json_object_new_object();
        int r = json_put_member(object, "from", json_of_end(axis, band->from));

        if (!r && band->to != last_end(axis))
                r = json_put_member(object, end_key(axis), json_of_end(axis, band->to));
        if (!r)
                r = json_put_member(object, band_flat(band) ? "rate" : "at_from",
                                    json_of_rate(band->at_from));
        if (!r && !band_flat(band))
                r = json_put_member(object, rate_key(axis), json_of_rate(band->at_to));
        return r ? NULL : give(object);
}

static struct json_object *bands_to_json(const struct terms *terms, const struct param_info *info,
                                         const struct param *param)
{
        own(json_object) struct json_object *list = json_object_new_array();
        const struct band *bands = &terms->bands[param->bands.first];

        for (size_t i = 0; i < param->bands.count; i++)
                if (json_put_element(list, band_to_json(info->axis, &bands[i])))
                        return NULL;
        return give(list);
}

static struct json_object *param_to_json(const struct terms *terms, const struct param_info *info,
                                         const struct param *param)
{
        switch (param->type) {
        case PARAM_CENTS:
                return json_of_money(param->cents);
        case PARAM_COUNT:
                return json_object_new_int64(param->count);
        case PARAM_RATE:
                return json_of_rate(param->rate);
        case PARAM_FLAG:
                return json_object_new_boolean(param->flag);
        case PARAM_WORD:
                return json_object_new_string(param->word.text);
        case PARAM_BANDS:
                return bands_to_json(terms, info, param);
        }
        return NULL;
}

struct json_object *step_to_json(const struct terms *terms, const struct step *step)
{
        own(json_object) struct json_object *object = json_object_new_object();
        const struct step_info *info = step_info(&step->kind, step->version);
        char kind[64];

        assert(info);
        snprintf(kind, sizeof(kind), "%s@%" PRIu32, info->name, info->version);
        if (json_put_member(object, "step", json_object_new_string(kind)))
                return NULL;
        for (size_t i = 0; i < step->param_count; i++) {
                const struct param *param = &step->params[i];
                const struct param_info *known = param_info(info->code, param->name.text);

                assert(known);
                if (json_put_member(object, param->name.text, param_to_json(terms, known, param)))
                        return NULL;
        }
        return give(object);
}
