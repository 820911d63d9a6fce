/* SPDX-License-Identifier: Apache-2.0 */
/* accord.terms.v1 -> struct terms; the other way is in clients/terms_json_write.c. */
#include "clients/terms_json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/json_words.h"
#include "clients/presupposed_json.h"
#include "clients/rules_json.h"
#include "clients/step_json.h"
#include "clients/words.h"
#include "core/check.h"

/* Each of these answers 0 or a refusal, having complained; a reader goes on to find everything. */

static int read_title(const struct json_place *place, struct text *ret, struct complaints *to)
{
        struct bytes text = { "", 0 };
        int r = json_want_text(place, false, &text, to);

        if (r)
                return r;
        if (text.size > TEXT_MAX_LENGTH)
                return json_complain(to, place, "is longer than %d bytes", TEXT_MAX_LENGTH);
        if (text.size)
                memcpy(ret->text, text.data, text.size);
        return 0;
}

static int read_contract(const struct json_place *place, struct contract_id *ret,
                         struct complaints *to)
{
        struct bytes text = { NULL, 0 };
        int r = json_want_text(place, true, &text, to);

        if (!r && !contract_id_parse(text, ret))
                r = json_complain(to, place, "must be BEARER/EARNER/LABEL, three words");
        return r;
}

static int read_months(const struct json_place *place, uint32_t *ret, struct complaints *to)
{
        int64_t months = 0;
        int r = json_want_whole(place, true, 0, MONTHS_LOOKBACK_MAX, &months, to);

        *ret = (uint32_t)months;
        return r;
}

static int read_head(const struct json_place *root, struct terms *terms, struct complaints *to)
{
        const struct json_place contract = json_member(root, "contract"),
                                title = json_member(root, "title");
        const struct json_place version = json_member(root, "version");
        const struct json_place template = json_member(root, "template");
        const struct json_place bearer = json_member(root, "bearer_administrator");
        const struct json_place earner = json_member(root, "earner_administrator");
        int64_t number = 1;
        int r = 0;

        r |= read_contract(&contract, &terms->contract, to);
        r |= json_want_whole(&version, false, 1, UINT32_MAX, &number, to);
        terms->version = (uint32_t)number;
        r |= read_title(&title, &terms->title, to);
        r |= json_want_name(&template, &terms->template_id, to);
        r |= json_want_name(&bearer, &terms->bearer_administrator, to);
        r |= json_want_name(&earner, &terms->earner_administrator, to);
        return r;
}

static int read_particulars(const struct json_place *root, struct terms *terms,
                            struct complaints *to)
{
        const struct json_place signed_on = json_member(root, "signed_on");
        const struct json_place effective = json_member(root, "effective");
        const struct json_place applies = json_member(root, "applies");
        const struct json_place standing = json_member(root, "standing");
        const struct json_place lookback = json_member(root, "lookback_months");
        const struct json_place runout = json_member(root, "runout_months");
        int how = 0, what = 0, r = 0;

        r |= json_want_date(&signed_on, true, &terms->signed_on, to);
        r |= json_want_date(&effective, true, &terms->effective, to);
        r |= json_want_word(&applies, true, applies_words, &how, to);
        r |= json_want_word(&standing, true, standing_words, &what, to);
        terms->applies = (enum applies)how;
        terms->standing = (enum standing)what;
        r |= read_months(&lookback, &terms->lookback_months, to);
        r |= read_months(&runout, &terms->runout_months, to);
        return r;
}

static int read_periods(const struct json_place *root, struct terms *terms, struct complaints *to)
{
        const struct json_place agreement = json_member(root, "agreement");
        const struct json_place list = json_member(root, "periods");
        size_t count;
        int r = json_want_period(&agreement, true, &terms->agreement, to);

        r |= json_want_array(&list, PERIODS_MAX, true, &count, to);
        for (size_t i = 0; i < count; i++) {
                const struct json_place period = json_element(&list, i);

                r |= json_want_period(&period, true, &terms->periods[i], to);
        }
        terms->period_count = (uint16_t)count;
        return r;
}

static int read_segment(const struct json_place *place, struct segment *segment,
                        struct complaints *to)
{
        static const char *const keys[] = { "name", "business", "insured", NULL };
        const struct json_place name = json_member(place, "name"),
                                insured = json_member(place, "insured");
        const struct json_place business = json_member(place, "business");
        int what = 0, r = json_want_object(place, keys, to);

        if (r)
                return r;
        segment->insured = true;
        r |= json_want_name(&name, &segment->name, to);
        r |= json_want_word(&business, true, business_words, &what, to);
        r |= json_want_flag(&insured, false, &segment->insured, to);
        segment->business = (enum line_of_business)what;
        return r;
}

static int read_segments(const struct json_place *root, struct terms *terms, struct complaints *to)
{
        const struct json_place list = json_member(root, "segments");
        size_t count;
        int r = json_want_array(&list, SEGMENTS_MAX, false, &count, to);

        for (size_t i = 0; i < count; i++) {
                const struct json_place segment = json_element(&list, i);

                r |= read_segment(&segment, &terms->segments[i], to);
        }
        terms->segment_count = (uint16_t)count;
        return r;
}

static int read_steps(const struct json_place *root, struct terms *terms, struct complaints *to)
{
        const struct json_place list = json_member(root, "steps");
        size_t count;
        int r = json_want_array(&list, STEPS_MAX, true, &count, to);

        for (size_t i = 0; i < count; i++) {
                const struct json_place step = json_element(&list, i);

                r |= step_from_json(&step, terms, &terms->steps[i], to);
        }
        terms->step_count = (uint16_t)count;
        return r;
}

/* "terms.steps[3]" is "/steps/3" in the file. */
static void pointer_of(const char *field, char ret[160])
{
        size_t at = 0;

        field += strncmp(field, "terms", 5) == 0 ? 5 : 0;
        for (; *field && at < 159; field++)
                if (*field != ']')
                        ret[at++] = *field == '.' || *field == '[' ? '/' : *field;
        ret[at] = '\0';
}

/*
 * What core finds wrong is said with the place in the file, and the step's name where it is about
 * a step.
 */
static int check(const struct terms *terms, struct complaints *to)
{
        struct faults *faults = calloc(1, sizeof(*faults));
        int refusal;

        if (!faults)
                return -ENOMEM;
        terms_check(terms, 0, faults);
        for (size_t i = 0; i < faults->count; i++) {
                const struct fault *fault = &faults->list[i];
                char pointer[160];
                unsigned int place;

                pointer_of(fault->field, pointer);
                if (sscanf(fault->field, "terms.steps[%u]", &place) == 1 &&
                    place < terms->step_count)
                        complaints_add(to, pointer, "%s %s", terms->steps[place].kind.text,
                                       fault->says);
                else
                        complaints_add(to, pointer, "%s", fault->says);
        }
        refusal = (int)faults->first;
        free(faults);
        return refusal;
}

int terms_from_document(struct json_object *document, struct terms *ret, struct complaints *to)
{
        static const char *const keys[] = {
                "schema",
                "contract",
                "version",
                "title",
                "template",
                "bearer_administrator",
                "earner_administrator",
                "signed_on",
                "effective",
                "applies",
                "standing",
                "lookback_months",
                "runout_months",
                "agreement",
                "periods",
                "segments",
                "rules",
                "reconciling",
                "steps",
                "presupposes",
                NULL,
        };
        const struct json_place root = json_root(document);
        int r;

        memset(ret, 0, sizeof(*ret));
        if (!json_object_is_type(document, json_type_object))
                return json_complain(to, &root, "must be an object in { }");
        r = json_want_object(&root, keys, to);
        r |= json_want_schema(&root, TERMS_SCHEMA, to);
        r |= read_head(&root, ret, to);
        r |= read_particulars(&root, ret, to);
        r |= read_periods(&root, ret, to);
        r |= read_segments(&root, ret, to);
        r |= rules_from_json(&root, ret, to);
        r |= reconciling_from_json(&root, ret, to);
        r |= read_steps(&root, ret, to);
        r |= presupposed_from_json(&root, ret, to);
        return r ? REFUSAL_BAD_VALUE : check(ret, to);
}

int terms_from_json(struct bytes text, struct terms *ret, struct complaints *to)
{
        own(json_object) struct json_object *document = NULL;
        int r = json_read(text, &document, to);

        return r ? r : terms_from_document(document, ret, to);
}
