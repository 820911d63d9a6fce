/* SPDX-License-Identifier: Apache-2.0 */
/* struct charter -> accord.charter.v1, and a charter to begin with. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "clients/charter_json.h"
#include "clients/step_json.h"

/* Each puts a member; false when there is no memory. */

static bool put(struct json_object *to, const char *key, struct json_object *value)
{
        return json_put_member(to, key, value) == 0;
}

static bool put_text(struct json_object *to, const char *key, const char *text)
{
        return put(to, key, json_object_new_string(text));
}

static bool put_name(struct json_object *to, const char *key, const struct name *name)
{
        return name_empty(name) || put_text(to, key, name->text);
}

static bool put_number(struct json_object *to, const char *key, int64_t number)
{
        return put(to, key, json_object_new_int64(number));
}

static bool put_flag(struct json_object *to, const char *key, bool flag)
{
        return put(to, key, json_object_new_boolean(flag));
}

static bool put_rate(struct json_object *to, const char *key, struct rate rate)
{
        return put(to, key, json_of_rate(rate));
}

/* Gives @object if all of it could be put, else nothing. */
static struct json_object *whole(struct json_object *object, bool is)
{
        if (is)
                return object;
        json_object_put(object);
        return NULL;
}

static struct json_object *class_to_json(const struct seat_class *class)
{
        struct json_object *object = json_object_new_object();

        return whole(object, put_text(object, "role", charter_role(class->role)) &&
                             put_rate(object, "quorum", class->quorum));
}

static struct json_object *seat_to_json(const struct seat *seat)
{
        struct json_object *object = json_object_new_object();

        return whole(object, put_text(object, "party", seat->party.text) &&
                             put_text(object, "role", charter_role(seat->role)));
}

static struct json_object *specification_to_json(const struct specification *s)
{
        struct json_object *object = json_object_new_object();

        return whole(object,
                     put_text(object, "key", s->key.text) &&
                     put_name(object, "bearer", &s->bearer) &&
                     put_text(object, "concept", s->is.concept.text) &&
                     put_name(object, "version", &s->is.version) &&
                     put_name(object, "population", &s->is.population) &&
                     put_text(object, "better",
                              s->is.direction == DIRECTION_LESS ? "less" : "more") &&
                     put_flag(object, "common", s->common) &&
                     (!s->title.text[0] || put_text(object, "title", s->title.text)));
}

static struct json_object *disclosure_to_json(const struct disclosure_rules *d)
{
        struct json_object *object = json_object_new_object();

        return whole(object,
                     put_number(object, "contributors", d->contributors) &&
                     put_rate(object, "most_share", d->most_share) &&
                     put_number(object, "dominant", d->dominant) &&
                     put_rate(object, "dominant_share", d->dominant_share) &&
                     put_rate(object, "estimate", d->estimate) &&
                     put_number(object, "least_cell", d->least_cell) &&
                     put_number(object, "lag_days", d->lag_days) &&
                     put_number(object, "least_change", d->least_change) &&
                     put(object, "round_to", json_of_money(d->round_cents)) &&
                     put_number(object, "round_ppm", d->round_ppm));
}

static struct json_object *calendar_to_json(const struct release_calendar *calendar)
{
        struct json_object *object = json_object_new_object();

        return whole(object, put_number(object, "months", calendar->months) &&
                             put_number(object, "day", calendar->day));
}

static struct json_object *thresholds_to_json(const struct thresholds *t)
{
        struct json_object *object = json_object_new_object();

        return whole(object, put_rate(object, "alignment", t->alignment) &&
                             put_rate(object, "dominant", t->dominant) &&
                             put_rate(object, "dominant_dollars", t->dominant_dollars) &&
                             put_rate(object, "conflict", t->conflict));
}

static struct json_object *pooled_to_json(const struct legal_basis *p)
{
        struct json_object *object = json_object_new_object();

        return whole(object, put_text(object, "law", p->says.text) &&
                             put_flag(object, "state_action", p->state_action) &&
                             put_name(object, "supervisor", &p->supervisor));
}

/* ---- lists */

static bool put_council(struct json_object *to, const struct charter *c)
{
        struct json_object *classes = json_object_new_array(), *seats = json_object_new_array();
        bool is = put(to, "classes", classes);

        for (unsigned int i = 0; is && i < c->class_count; i++)
                is = json_put_element(classes, class_to_json(&c->classes[i])) == 0;
        is = put(to, "seats", seats) && is;
        for (unsigned int i = 0; is && i < c->seat_count; i++)
                is = json_put_element(seats, seat_to_json(&c->seats[i])) == 0;
        return is;
}

static bool put_specifications(struct json_object *to, const struct charter *c)
{
        struct json_object *list = json_object_new_array();
        bool is = put(to, "specifications", list);

        for (unsigned int i = 0; is && i < c->specification_count; i++)
                is = json_put_element(list, specification_to_json(&c->specifications[i])) == 0;
        return is;
}

static bool put_public(struct json_object *to, const struct charter *c)
{
        struct json_object *list = json_object_new_array();
        bool is = put(to, "public_parties", list);

        for (unsigned int i = 0; is && i < c->public_count; i++)
                is = json_put_element(list,
                                      json_object_new_string(c->public_parties[i].text)) == 0;
        return is;
}

int charter_to_json(const struct charter *c, struct json_object **ret)
{
        struct json_object *object = json_object_new_object();
        const bool is =
                put_text(object, "schema", CHARTER_SCHEMA) &&
                put_number(object, "version", c->version) &&
                put_text(object, "title", c->title.text) &&
                put_number(object, "notice_days", c->notice_days) &&
                put_rate(object, "approval", c->approval) && put_council(object, c) &&
                put_specifications(object, c) &&
                put(object, "disclosure", disclosure_to_json(&c->disclosure)) &&
                put(object, "calendar", calendar_to_json(&c->calendar)) &&
                (!c->thresholds.is ||
                 put(object, "thresholds", thresholds_to_json(&c->thresholds))) &&
                put_public(object, c) &&
                (!c->pooled.is || put(object, "pooled", pooled_to_json(&c->pooled)));

        *ret = whole(object, is);
        return *ret ? 0 : -ENOMEM;
}

/* ---- to begin with */

static void name_is(struct name *ret, const char *text)
{
        snprintf(ret->text, sizeof(ret->text), "%s", text);
}

static void add_class(struct charter *c, enum role_kind role, struct rate quorum,
                      const char *one, const char *two)
{
        c->classes[c->class_count++] = (struct seat_class) { role, quorum };
        for (int i = 0; i < 2; i++) {
                struct seat *seat = &c->seats[c->seat_count];

                if (i && !two)
                        return;
                seat->role = role;
                name_is(&seat->party, i ? two : one);
                c->seat_count++;
        }
}

static void add_measure(struct charter *c, const char *key, const char *concept,
                        enum direction direction, const char *title)
{
        struct specification *s = &c->specifications[c->specification_count++];

        name_is(&s->key, key);
        name_is(&s->is.concept, concept);
        name_is(&s->is.version, "2026");
        s->is.direction = direction;
        s->common = true;
        snprintf(s->title.text, sizeof(s->title.text), "%s", title);
}

void charter_example(struct charter *ret)
{
        const struct rate half = { 1, 2 };

        memset(ret, 0, sizeof(*ret));
        ret->version = 1;
        snprintf(ret->title.text, sizeof(ret->title.text), "Charter of the community of payers, "
                 "providers and patients of ...");
        ret->notice_days = 30;
        ret->approval = (struct rate) { 2, 3 };
        add_class(ret, ROLE_PAYER, half, "a-plan", "another-plan");
        add_class(ret, ROLE_PROVIDER, half, "a-clinic", "a-practice");
        add_class(ret, ROLE_COMMUNITY_ORGANISATION, half, "patients", NULL);
        add_measure(ret, "bp", "cmit.167", DIRECTION_MORE, "Blood pressure under control");
        add_measure(ret, "a1c", "cmit.204", DIRECTION_LESS, "Diabetes out of control");
        ret->disclosure = disclosure_default;
        ret->calendar = (struct release_calendar) { 3, 15 };
        ret->thresholds = (struct thresholds) {
                .is = true, .alignment = { 3, 5 }, .dominant = { 7, 10 },
                .dominant_dollars = { 9, 10 }, .conflict = { 1, 10 },
        };
}
