/* SPDX-License-Identifier: Apache-2.0 */
/* accord.charter.v1 -> struct charter; the other way is in clients/charter_json_write.c. */
#include "clients/charter_json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/json_words.h"
#include "clients/step_json.h"

static const struct word role_words[] = {
#define X(name, number, word) { word, number },
        ROLES(X)
#undef X
        { NULL, 0 },
};

static const struct word better_words[] = {
        { "more", DIRECTION_MORE }, { "less", DIRECTION_LESS }, { NULL, 0 },
};

const char *charter_role(unsigned int role)
{
        return word_of(role_words, (int)role);
}

/* Each of these answers 0 or a refusal, having complained; a reader goes on to find everything. */

static int read_text(const struct json_place *of, const char *key, bool required, struct text *ret,
                     struct complaints *to)
{
        const struct json_place place = json_member(of, key);
        struct bytes text = { "", 0 };
        int r = json_want_text(&place, required, &text, to);

        if (r)
                return r;
        if (text.size > TEXT_MAX_LENGTH)
                return json_complain(to, &place, "is longer than %d bytes", TEXT_MAX_LENGTH);
        if (text.size)
                memcpy(ret->text, text.data, text.size);
        return 0;
}

static int read_number(const struct json_place *of, const char *key, bool required, int64_t most,
                       uint32_t *ret, struct complaints *to)
{
        const struct json_place place = json_member(of, key);
        int64_t number = *ret;
        int r = json_want_whole(&place, required, 0, most, &number, to);

        *ret = (uint32_t)number;
        return r;
}

static int read_rate(const struct json_place *of, const char *key, bool required, struct rate *ret,
                     struct complaints *to)
{
        const struct json_place place = json_member(of, key);

        return step_json_rate(&place, required, ret, to);
}

static int read_name(const struct json_place *of, const char *key, bool required, struct name *ret,
                     struct complaints *to)
{
        const struct json_place place = json_member(of, key);

        if (required && !place.object)
                return json_complain(to, &place, "is missing: a name");
        return json_want_name(&place, ret, to);
}

static int read_role(const struct json_place *of, enum role_kind *ret, struct complaints *to)
{
        const struct json_place place = json_member(of, "role");
        int role = 0, r = json_want_word(&place, true, role_words, &role, to);

        *ret = (enum role_kind)role;
        return r;
}

/* ---- who decides */

static int read_class(const struct json_place *place, struct seat_class *ret,
                      struct complaints *to)
{
        static const char *const keys[] = { "role", "quorum", NULL };
        int r = json_want_object(place, keys, to);

        if (r)
                return r;
        r |= read_role(place, &ret->role, to);
        return r | read_rate(place, "quorum", true, &ret->quorum, to);
}

static int read_seat(const struct json_place *place, struct seat *ret, struct complaints *to)
{
        static const char *const keys[] = { "party", "role", NULL };
        int r = json_want_object(place, keys, to);

        if (r)
                return r;
        r |= read_name(place, "party", true, &ret->party, to);
        return r | read_role(place, &ret->role, to);
}

static int read_council(const struct json_place *root, struct charter *charter,
                        struct complaints *to)
{
        const struct json_place classes = json_member(root, "classes");
        const struct json_place seats = json_member(root, "seats");
        size_t count;
        int r = json_want_array(&classes, CHARTER_CLASSES_MAX, true, &count, to);

        charter->class_count = (uint16_t)count;
        for (size_t i = 0; i < count; i++) {
                const struct json_place one = json_element(&classes, i);

                r |= read_class(&one, &charter->classes[i], to);
        }
        r |= json_want_array(&seats, CHARTER_SEATS_MAX, true, &count, to);
        charter->seat_count = (uint16_t)count;
        for (size_t i = 0; i < count; i++) {
                const struct json_place one = json_element(&seats, i);

                r |= read_seat(&one, &charter->seats[i], to);
        }
        return r;
}

/* ---- which measures */

static int read_specification(const struct json_place *place, struct specification *ret,
                              struct complaints *to)
{
        static const char *const keys[] = { "key", "bearer", "concept", "version", "population",
                                            "better", "common", "title", NULL };
        const struct json_place better = json_member(place, "better");
        const struct json_place common = json_member(place, "common");
        int direction = 0, r = json_want_object(place, keys, to);

        if (r)
                return r;
        r |= read_name(place, "key", true, &ret->key, to);
        r |= read_name(place, "bearer", false, &ret->bearer, to);
        r |= read_name(place, "concept", true, &ret->is.concept, to);
        r |= read_name(place, "version", false, &ret->is.version, to);
        r |= read_name(place, "population", false, &ret->is.population, to);
        r |= json_want_word(&better, true, better_words, &direction, to);
        ret->is.direction = (enum direction)direction;
        r |= json_want_flag(&common, false, &ret->common, to);
        return r | read_text(place, "title", false, &ret->title, to);
}

static int read_specifications(const struct json_place *root, struct charter *charter,
                               struct complaints *to)
{
        const struct json_place list = json_member(root, "specifications");
        size_t count;
        int r = json_want_array(&list, SPECIFICATIONS_MAX, false, &count, to);

        charter->specification_count = (uint16_t)count;
        for (size_t i = 0; i < count; i++) {
                const struct json_place one = json_element(&list, i);

                r |= read_specification(&one, &charter->specifications[i], to);
        }
        return r;
}

/* ---- what may be shown */

static int read_disclosure(const struct json_place *root, struct disclosure_rules *d,
                           struct complaints *to)
{
        static const char *const keys[] = {
                "contributors", "most_share", "dominant", "dominant_share", "estimate",
                "least_cell", "lag_days", "least_change", "round_to", "round_ppm", NULL,
        };
        const struct json_place place = json_member(root, "disclosure");
        const struct json_place round = json_member(&place, "round_to");
        int r;

        *d = disclosure_default;
        if (!place.object)
                return 0;
        r = json_want_object(&place, keys, to);
        if (r)
                return r;
        r |= read_number(&place, "contributors", false, COUNT_MAX, &d->contributors, to);
        r |= read_rate(&place, "most_share", false, &d->most_share, to);
        r |= read_number(&place, "dominant", false, COUNT_MAX, &d->dominant, to);
        r |= read_rate(&place, "dominant_share", false, &d->dominant_share, to);
        r |= read_rate(&place, "estimate", false, &d->estimate, to);
        r |= read_number(&place, "least_cell", false, COUNT_MAX, &d->least_cell, to);
        r |= read_number(&place, "lag_days", false, WINDOW_DAYS_MAX, &d->lag_days, to);
        r |= read_number(&place, "least_change", false, COUNT_MAX, &d->least_change, to);
        r |= json_want_money(&round, false, &d->round_cents, to);
        return r | read_number(&place, "round_ppm", false, 1000000, &d->round_ppm, to);
}

static int read_calendar(const struct json_place *root, struct release_calendar *ret,
                         struct complaints *to)
{
        static const char *const keys[] = { "months", "day", NULL };
        const struct json_place place = json_member(root, "calendar");
        int r;

        if (!place.object)
                return json_complain(to, &place, "is missing: {\"months\": 3, \"day\": 15}");
        r = json_want_object(&place, keys, to);
        if (r)
                return r;
        r |= read_number(&place, "months", true, 12, &ret->months, to);
        return r | read_number(&place, "day", true, 28, &ret->day, to);
}

static int read_thresholds(const struct json_place *root, struct thresholds *t,
                           struct complaints *to)
{
        static const char *const keys[] = { "alignment", "dominant", "dominant_dollars",
                                            "conflict", NULL };
        const struct json_place place = json_member(root, "thresholds");
        int r;

        t->is = place.object != NULL;
        if (!t->is)
                return 0;
        r = json_want_object(&place, keys, to);
        if (r)
                return r;
        r |= read_rate(&place, "alignment", true, &t->alignment, to);
        r |= read_rate(&place, "dominant", true, &t->dominant, to);
        r |= read_rate(&place, "dominant_dollars", true, &t->dominant_dollars, to);
        return r | read_rate(&place, "conflict", true, &t->conflict, to);
}

static int read_public(const struct json_place *root, struct charter *charter,
                       struct complaints *to)
{
        const struct json_place list = json_member(root, "public_parties");
        size_t count;
        int r = json_want_array(&list, PUBLIC_PARTIES_MAX, false, &count, to);

        charter->public_count = (uint16_t)count;
        for (size_t i = 0; i < count; i++) {
                const struct json_place one = json_element(&list, i);

                r |= json_want_name(&one, &charter->public_parties[i], to);
        }
        return r;
}

static int read_pooled(const struct json_place *root, struct legal_basis *p, struct complaints *to)
{
        static const char *const keys[] = { "law", "state_action", "supervisor", NULL };
        const struct json_place place = json_member(root, "pooled");
        const struct json_place state_action = json_member(&place, "state_action");
        int r;

        p->is = place.object != NULL;
        if (!p->is)
                return 0;
        r = json_want_object(&place, keys, to);
        if (r)
                return r;
        r |= read_text(&place, "law", true, &p->says, to);
        r |= json_want_flag(&state_action, false, &p->state_action, to);
        return r | read_name(&place, "supervisor", false, &p->supervisor, to);
}

/* ---- all of it */

static int check(const struct charter *charter, struct complaints *to)
{
        struct faults *faults = calloc(1, sizeof(*faults));
        int refusal;

        if (!faults)
                return -ENOMEM;
        charter_check(charter, 0, faults);
        for (size_t i = 0; i < faults->count; i++)
                complaints_add(to, "", "%s", faults->list[i].says);
        refusal = (int)faults->first;
        free(faults);
        return refusal;
}

static int read_document(struct json_object *document, struct charter *ret, struct complaints *to)
{
        static const char *const keys[] = {
                "schema", "version", "title", "notice_days", "approval", "classes", "seats",
                "specifications", "disclosure", "calendar", "thresholds", "public_parties",
                "pooled", NULL,
        };
        const struct json_place root = json_root(document);
        int r;

        memset(ret, 0, sizeof(*ret));
        if (!json_object_is_type(document, json_type_object))
                return json_complain(to, &root, "must be an object in { }");
        r = json_want_object(&root, keys, to);
        r |= json_want_schema(&root, CHARTER_SCHEMA, to);
        r |= read_number(&root, "version", true, UINT32_MAX, &ret->version, to);
        r |= read_text(&root, "title", true, &ret->title, to);
        r |= read_number(&root, "notice_days", true, BALLOT_DAYS_MAX, &ret->notice_days, to);
        r |= read_rate(&root, "approval", true, &ret->approval, to);
        r |= read_council(&root, ret, to);
        r |= read_specifications(&root, ret, to);
        r |= read_disclosure(&root, &ret->disclosure, to);
        r |= read_calendar(&root, &ret->calendar, to);
        r |= read_thresholds(&root, &ret->thresholds, to);
        r |= read_public(&root, ret, to);
        r |= read_pooled(&root, &ret->pooled, to);
        return r ? REFUSAL_BAD_VALUE : check(ret, to);
}

int charter_from_json(struct bytes text, struct charter *ret, struct complaints *to)
{
        own(json_object) struct json_object *document = NULL;
        int r = json_read(text, &document, to);

        return r ? r : read_document(document, ret, to);
}
