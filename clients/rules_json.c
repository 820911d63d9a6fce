/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/rules_json.h"

#include "clients/json_words.h"
#include "clients/step_json.h"
#include "core/check.h"

/* ---- reading */

/* A rate whose tolerance counts billionths: nine decimals. */
static int read_billionths(const struct json_place *place, int64_t *ret, struct complaints *to)
{
        struct rate rate = { 0, 1 };
        int r = step_json_rate(place, false, &rate, to);

        if (r)
                return r;
        if (RATE_PART_MAX % rate.den)
                return json_complain(to, place, "must be a decimal of at most nine places");
        *ret = rate.num * (RATE_PART_MAX / rate.den);
        return 0;
}

/* In the unit of the kind: an amount for money, a rate, else a whole number. */
static int read_tolerance(const struct json_place *place, struct fact_rule *rule,
                          struct complaints *to)
{
        const struct fact_kind_info *info = fact_kind_info((unsigned int)rule->kind);

        if (info && info->unit == UNIT_RATE)
                return read_billionths(place, &rule->tolerance, to);

        if (info && info->unit == UNIT_CENTS)
                return json_want_money(place, false, &rule->tolerance, to);
        return json_want_whole(place, false, 0, COUNT_MAX, &rule->tolerance, to);
}

static int read_kind(const struct json_place *place, enum fact_kind *ret, struct complaints *to)
{
        const struct fact_kind_info *info;
        struct bytes text = { NULL, 0 };
        int r = json_want_text(place, true, &text, to);

        if (r)
                return r;
        info = fact_kind_by_name(text);
        if (!info)
                return json_complain(to, place, "is no kind of fact: docs/RULES.md lists them");
        *ret = info->kind;
        return 0;
}

static int read_number(const struct json_place *of, const char *key, int64_t most, uint32_t *ret,
                       struct complaints *to)
{
        const struct json_place place = json_member(of, key);
        int64_t number = 0;
        int r = json_want_whole(&place, false, 0, most, &number, to);

        *ret = (uint32_t)number;
        return r;
}

static int read_rule(const struct json_place *place, struct fact_rule *rule, struct complaints *to)
{
        static const char *const keys[] = { "kind", "of_record", "other", "tolerance",
                                            "tolerance_share", "tolerance_rows", "window_days",
                                            "materiality", NULL };
        const struct json_place kind = json_member(place, "kind");
        const struct json_place other = json_member(place, "other");
        const struct json_place of_record = json_member(place, "of_record");
        const struct json_place tolerance = json_member(place, "tolerance");
        const struct json_place share = json_member(place, "tolerance_share");
        const struct json_place materiality = json_member(place, "materiality");
        int side = 0, duty = REPORT_NONE, r = json_want_object(place, keys, to);

        if (r)
                return r;
        rule->tolerance_share = (struct rate) { 0, 1 };
        r |= read_kind(&kind, &rule->kind, to);
        r |= json_want_word(&of_record, true, side_words, &side, to);
        r |= json_want_word(&other, false, duty_words, &duty, to);
        r |= read_tolerance(&tolerance, rule, to);
        r |= step_json_rate(&share, false, &rule->tolerance_share, to);
        r |= read_number(place, "tolerance_rows", UINT32_MAX, &rule->tolerance_rows, to);
        r |= read_number(place, "window_days", WINDOW_DAYS_MAX, &rule->window_days, to);
        r |= json_want_money(&materiality, false, &rule->materiality, to);
        rule->of_record = (enum side)side;
        rule->other = (enum report_duty)duty;
        return r;
}

int rules_from_json(const struct json_place *root, struct terms *terms, struct complaints *to)
{
        const struct json_place list = json_member(root, "rules");
        size_t count;
        int r = json_want_array(&list, FACT_RULES_MAX, false, &count, to);

        for (size_t i = 0; i < count; i++) {
                const struct json_place rule = json_element(&list, i);

                r |= read_rule(&rule, &terms->rules[i], to);
        }
        terms->rule_count = (uint16_t)count;
        return r;
}

int reconciling_from_json(const struct json_place *root, struct terms *terms,
                          struct complaints *to)
{
        static const char *const keys[] = { "dispute_days", "payment_days", "decides", "arbiter",
                                            "historical_until", "witness_days", NULL };
        const struct json_place place = json_member(root, "reconciling");
        const struct json_place decides = json_member(&place, "decides");
        const struct json_place arbiter = json_member(&place, "arbiter");
        const struct json_place historical = json_member(&place, "historical_until");
        struct reconciling *ret = &terms->reconciling;
        int decider = DECIDER_NOBODY, r;

        if (!place.object)
                return 0;
        r = json_want_object(&place, keys, to);
        if (r)
                return r;
        *ret = (struct reconciling) { .is = true, .historical_until = DATE_NONE };
        r |= read_number(&place, "dispute_days", WINDOW_DAYS_MAX, &ret->dispute_days, to);
        r |= read_number(&place, "payment_days", WINDOW_DAYS_MAX, &ret->payment_days, to);
        r |= read_number(&place, "witness_days", WINDOW_DAYS_MAX, &ret->witness_days, to);
        r |= json_want_word(&decides, false, decider_words, &decider, to);
        r |= json_want_name(&arbiter, &ret->arbiter, to);
        r |= json_want_date(&historical, false, &ret->historical_until, to);
        ret->decides = (enum decider)decider;
        return r;
}

/* ---- writing */

static int put_text(struct json_object *to, const char *key, const char *text)
{
        return json_put_member(to, key, json_object_new_string(text));
}

static int put_word(struct json_object *to, const char *key, const struct word *words, int means)
{
        const char *word = word_of(words, means);

        assert(word);
        return put_text(to, key, word);
}

/* What is nothing is left out. */
static int put_number(struct json_object *to, const char *key, int64_t number)
{
        return number ? json_put_member(to, key, json_object_new_int64(number)) : 0;
}

static struct json_object *tolerance_to_json(const struct fact_rule *rule)
{
        const struct fact_kind_info *info = fact_kind_info((unsigned int)rule->kind);

        assert(info);
        if (info->unit == UNIT_RATE)
                return json_of_rate((struct rate) { rule->tolerance, RATE_PART_MAX });
        return info->unit == UNIT_CENTS ? json_of_money(rule->tolerance)
                                        : json_object_new_int64(rule->tolerance);
}

static struct json_object *rule_to_json(const struct fact_rule *rule)
{
        own(json_object) struct json_object *object = json_object_new_object();
        const struct fact_kind_info *info = fact_kind_info((unsigned int)rule->kind);

        assert(info);
        if (put_text(object, "kind", info->name) ||
            put_word(object, "of_record", side_words, (int)rule->of_record) ||
            put_word(object, "other", duty_words, (int)rule->other) ||
            json_put_member(object, "tolerance", tolerance_to_json(rule)) ||
            json_put_member(object, "tolerance_share", json_of_rate(rule->tolerance_share)) ||
            put_number(object, "tolerance_rows", rule->tolerance_rows) ||
            put_number(object, "window_days", rule->window_days) ||
            (rule->materiality &&
             json_put_member(object, "materiality", json_of_money(rule->materiality))))
                return NULL;
        return give(object);
}

int rules_to_json(struct json_object *to, const struct terms *terms)
{
        own(json_object) struct json_object *list = json_object_new_array();
        int r = 0;

        for (size_t i = 0; !r && i < terms->rule_count; i++)
                r = json_put_element(list, rule_to_json(&terms->rules[i]));
        return r ? r : json_put_member(to, "rules", give(list));
}

int reconciling_to_json(struct json_object *to, const struct terms *terms)
{
        own(json_object) struct json_object *object = json_object_new_object();
        const struct reconciling *is = &terms->reconciling;
        int r = 0;

        if (!is->is)
                return 0;
        r = r ? r : put_number(object, "dispute_days", is->dispute_days);
        r = r ? r : put_number(object, "payment_days", is->payment_days);
        if (!r && is->decides != DECIDER_NOBODY)
                r = put_word(object, "decides", decider_words, (int)is->decides);
        if (!r && !name_empty(&is->arbiter))
                r = put_text(object, "arbiter", is->arbiter.text);
        if (!r && is->historical_until != DATE_NONE)
                r = json_put_member(object, "historical_until",
                                    json_of_date(is->historical_until));
        r = r ? r : put_number(object, "witness_days", is->witness_days);
        return r ? r : json_put_member(to, "reconciling", give(object));
}
