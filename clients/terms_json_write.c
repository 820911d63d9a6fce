/* SPDX-License-Identifier: Apache-2.0 */
/* struct terms -> accord.terms.v1: the document that reads back to the same terms. */
#include <errno.h>

#include "clients/presupposed_json.h"
#include "clients/rules_json.h"
#include "clients/step_json.h"
#include "clients/terms_json.h"
#include "clients/words.h"
#include "core/check.h"

static int put_text(struct json_object *to, const char *key, const char *text)
{
        return json_put_member(to, key, json_object_new_string(text));
}

/* What is empty is left out. */
static int put_name(struct json_object *to, const char *key, const struct name *name)
{
        return name_empty(name) ? 0 : put_text(to, key, name->text);
}

static int put_word(struct json_object *to, const char *key, const struct word *words, int means)
{
        const char *word = word_of(words, means);

        assert(word);
        return put_text(to, key, word);
}

static int put_head(struct json_object *to, const struct terms *terms)
{
        char contract[CONTRACT_ID_MAX + 1];
        int r = put_text(to, "schema", TERMS_SCHEMA);

        contract_id_print(&terms->contract, contract);
        r = r ? r : put_text(to, "contract", contract);
        r = r ? r : json_put_member(to, "version", json_object_new_int64(terms->version));
        r = r ? r : put_text(to, "title", terms->title.text);
        r = r ? r : put_name(to, "template", &terms->template_id);
        r = r ? r : put_name(to, "bearer_administrator", &terms->bearer_administrator);
        return r ? r : put_name(to, "earner_administrator", &terms->earner_administrator);
}

static int put_particulars(struct json_object *to, const struct terms *terms)
{
        int r = json_put_member(to, "signed_on", json_of_date(terms->signed_on));

        r = r ? r : json_put_member(to, "effective", json_of_date(terms->effective));
        r = r ? r : put_word(to, "applies", applies_words, (int)terms->applies);
        r = r ? r : put_word(to, "standing", standing_words, (int)terms->standing);
        r = r ? r
              : json_put_member(to, "lookback_months",
                                json_object_new_int64(terms->lookback_months));
        return r ? r
                 : json_put_member(to, "runout_months",
                                   json_object_new_int64(terms->runout_months));
}

static int put_periods(struct json_object *to, const struct terms *terms)
{
        own(json_object) struct json_object *list = json_object_new_array();
        int r = json_put_member(to, "agreement", json_of_period(terms->agreement));

        for (size_t i = 0; !r && i < terms->period_count; i++)
                r = json_put_element(list, json_of_period(terms->periods[i]));
        return r ? r : json_put_member(to, "periods", give(list));
}

static struct json_object *segment_to_json(const struct segment *segment)
{
        own(json_object) struct json_object *object = json_object_new_object();

        if (put_text(object, "name", segment->name.text) ||
            put_word(object, "business", business_words, (int)segment->business) ||
            json_put_member(object, "insured", json_object_new_boolean(segment->insured)))
                return NULL;
        return give(object);
}

static int put_segments(struct json_object *to, const struct terms *terms)
{
        own(json_object) struct json_object *list = json_object_new_array();
        int r = 0;

        for (size_t i = 0; !r && i < terms->segment_count; i++)
                r = json_put_element(list, segment_to_json(&terms->segments[i]));
        return r ? r : json_put_member(to, "segments", give(list));
}

static int put_steps(struct json_object *to, const struct terms *terms)
{
        own(json_object) struct json_object *list = json_object_new_array();
        int r = 0;

        for (size_t i = 0; !r && i < terms->step_count; i++)
                r = json_put_element(list, step_to_json(terms, &terms->steps[i]));
        return r ? r : json_put_member(to, "steps", give(list));
}

int terms_to_json(const struct terms *terms, struct json_object **ret)
{
        own(json_object) struct json_object *document = json_object_new_object();
        int r = put_head(document, terms);

        *ret = NULL;
        r = r ? r : put_particulars(document, terms);
        r = r ? r : put_periods(document, terms);
        r = r ? r : put_segments(document, terms);
        r = r ? r : rules_to_json(document, terms);
        r = r ? r : reconciling_to_json(document, terms);
        r = r ? r : put_steps(document, terms);
        r = r ? r : presupposed_to_json(document, terms);
        if (!r)
                *ret = give(document);
        return r;
}
