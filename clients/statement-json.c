/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/statement-json.h"

#include <inttypes.h>

#include "core/lines.h"
#include "proof/hex.h"
#include "clients/disputed.h"
#include "clients/json.h"
#include "clients/look.h"
#include "clients/standing.h"
#include "clients/statement-print.h"
#include "clients/terms_json.h"
#include "clients/words.h"

const char *unit_word(enum unit unit)
{
        static const char *const words[] = {
                [UNIT_CENTS] = "money", [UNIT_COUNT] = "count", [UNIT_RATE] = "rate",
                [UNIT_FLAG] = "flag",   [UNIT_DATE] = "day",
        };

        return unit <= UNIT_DATE ? words[unit] : NULL;
}

void put_text(struct json_object *to, const char *key, const char *text)
{
        json_object_object_add(to, key, text ? json_object_new_string(text) : NULL);
}

static void put_id(struct json_object *to, const char *key, uint64_t id)
{
        char text[24];

        snprintf(text, sizeof(text), "%" PRIu64, id);
        put_text(to, key, text);
}

void put_figure(struct json_object *to, struct exact figure, enum unit unit)
{
        char text[LOOK_MAX];

        put_text(to, "unit", unit_word(unit));
        if (unit == UNIT_CENTS) {
                struct json_object *money = json_object_new_object();

                put_text(money, "amount", look_plain(figure, unit, text));
                put_text(money, "currency", "USD");
                json_object_object_add(to, "value", money);
        } else if (unit == UNIT_FLAG) {
                json_object_object_add(to, "value", json_object_new_boolean(figure.num != 0));
        } else {
                put_text(to, "value", look_plain(figure, unit, text));
        }
        if (unit == UNIT_CENTS || unit == UNIT_RATE || unit == UNIT_COUNT)
                put_text(to, unit == UNIT_CENTS ? "exact_cents" : "exact",
                         look_fraction(figure, text));
}

/* Numbers of facts and carried figures count from 1, as lines and steps do. */
static void put_sources(struct json_object *to, const struct line *line)
{
        struct json_object *list;

        if (line->facts) {
                list = json_object_new_array();
                for (int i = 1; i <= line->facts; i++)
                        json_object_array_add(list, json_object_new_int(line->fact + i));
                json_object_object_add(to, "facts", list);
        }
        if (line->carried)
                json_object_object_add(to, "carried", json_object_new_int(line->carried));
        if (line->members)
                json_object_object_add(to, "members", json_object_new_boolean(true));
}

struct json_object *statement_line_object(const struct statement *s, size_t place)
{
        const struct line *line = &s->lines[place];
        const struct line_info *info = line_info(line->code);
        struct json_object *object = json_object_new_object();

        json_object_object_add(object, "number", json_object_new_int((int)place + 1));
        json_object_object_add(object, "step", json_object_new_int(line->step + 1));
        put_text(object, "line", info ? info->name : NULL);
        json_object_object_add(object, "code", json_object_new_int(line->code));
        put_text(object, "item", line->item ? line_item(s, line)->text : NULL);
        put_figure(object, (struct exact) { line->num, line->den }, line->unit);
        put_text(object, "clause", info ? info->clause : NULL);
        put_text(object, "says", info ? info->says : NULL);
        json_object_object_add(object, "form", json_object_new_int(line->form));
        put_sources(object, line);
        return object;
}

static struct json_object *fact_object(const struct statement *s, size_t place,
                                       const struct origins *origins)
{
        const struct used_fact *fact = &s->facts[place];
        const struct fact_kind_info *kind = fact_kind_info(fact->kind);
        struct json_object *object = json_object_new_object();

        json_object_object_add(object, "number", json_object_new_int((int)place + 1));
        put_text(object, "kind", kind ? kind->name : NULL);
        put_text(object, "item", fact->item.text[0] ? fact->item.text : NULL);
        json_object_object_add(object, "period", json_of_period(fact->period));
        put_figure(object, exact_of_value(&fact->value), fact->value.unit);
        put_text(object, "side", word_of(side_words, fact->side));
        put_text(object, "said_by", fact_speaker(s, fact));
        json_object_object_add(object, "relayed", json_object_new_boolean(fact->relayed));
        if (fact->decided)
                json_object_object_add(object, "decided", json_object_new_boolean(true));
        put_id(object, "index", fact->index);
        json_object_object_add(object, "event", json_object_new_int64(fact->event));
        if (origins && fact->index >= 1 && fact->index <= ORIGINS_MAX)
                put_text(object, "file", origins->facts[fact->index - 1]);
        return object;
}

static struct json_object *facts(const struct statement *s, const struct origins *origins)
{
        struct json_object *list = json_object_new_array();

        for (size_t i = 0; i < s->fact_count; i++)
                json_object_array_add(list, fact_object(s, i, origins));
        return list;
}

static struct json_object *carried(const struct statement *s, const struct origins *origins)
{
        struct json_object *list = json_object_new_array();
        char text[LOOK_MAX];

        for (size_t i = 0; i < s->carried_count; i++) {
                const struct carried *carried = &s->carried[i];
                struct json_object *object = json_object_new_object();

                json_object_object_add(object, "number", json_object_new_int((int)i + 1));
                put_text(object, "what", carry_name(carried->what));
                put_text(object, "item", carried->item.text[0] ? carried->item.text : NULL);
                put_text(object, "exact", look_fraction(carried->figure, text));
                put_id(object, "run", carried->run);
                if (origins && carried->run >= 1 && carried->run <= ORIGINS_MAX)
                        put_text(object, "file", origins->carried[carried->run - 1]);
                json_object_array_add(list, object);
        }
        return list;
}

static struct json_object *members(const struct statement *s)
{
        struct json_object *object;
        char hex[65];

        if (!s->has_members)
                return NULL;
        object = json_object_new_object();
        put_id(object, "rows", s->member_rows);
        hex_print(BYTES_OF(s->members_digest), hex);
        put_text(object, "sha256", hex);
        return object;
}

static struct json_object *run_object(const struct accord_statement *a)
{
        const struct run *run = &a->statement->run;
        struct json_object *object = json_object_new_object();

        put_text(object, "kind", word_of(run_kind_words, run->kind));
        if (run->kind != RUN_PREVIEW) {
                put_id(object, "index", run->cut);
                json_object_object_add(object, "number", json_object_new_int64(run->number));
                put_id(object, "statement_index", a->index);
        }
        json_object_object_add(object, "payment", json_of_date(run->payment));
        return object;
}

static struct json_object *terms_object(const struct statement *s, const struct terms *terms)
{
        struct json_object *object = json_object_new_object(), *document = NULL;
        char hex[65];

        json_object_object_add(object, "version", json_object_new_int64(s->terms_version));
        put_id(object, "index", s->terms_index);
        hex_print(BYTES_OF(s->terms_digest), hex);
        put_text(object, "sha256", hex);
        put_text(object, "standing", word_of(standing_words, s->standing));
        if (terms && terms_to_json(terms, &document) == 0)
                json_object_object_add(object, "document", document);
        return object;
}

/* What has become of it. */
static struct json_object *stands(const struct statement_row *row)
{
        struct json_object *object = json_object_new_object();
        char text[STANDS_MAX], final[FINAL_MAX];

        put_text(object, "life", word_of(life_words, row->life));
        put_text(object, "accepted_by", who_words(row->accepted_by, text));
        put_text(object, "answer_until",
                 row->answer_until ? look_time(row->answer_until, text) : NULL);
        json_object_object_add(object, "held", row->has_held ? json_of_money(row->held) : NULL);
        put_text(object, "final", final_words(row->witness, row->witness_sides, final));
        put_text(object, "says", statement_stands(row, text));
        return object;
}

struct json_object *statement_object(const struct accord_statement *a, const struct terms *terms,
                                     const struct origins *origins)
{
        const struct statement *s = a->statement;
        struct json_object *object = json_object_new_object();
        char text[RESULT_MAX];
        bool known = s->status == STATEMENT_CALCULATED;

        contract_id_print(&s->run.contract, text);
        put_text(object, "contract", text);
        put_text(object, "bearer", s->run.contract.bearer.text);
        put_text(object, "earner", s->run.contract.earner.text);
        json_object_object_add(object, "period", json_of_period(s->run.period));
        json_object_object_add(object, "run", run_object(a));
        if (a->time)
                put_text(object, "time", look_time(a->time, text));
        json_object_object_add(object, "terms", terms_object(s, terms));
        json_object_object_add(object, "relayed", json_object_new_boolean(s->relayed));
        put_text(object, "status", word_of(status_words, s->status));
        put_text(object, "reason", known ? NULL : s->reason.text);
        json_object_object_add(object, "earned", known ? json_of_money(s->earned) : NULL);
        json_object_object_add(object, "payable", known ? json_of_money(s->payable) : NULL);
        put_text(object, "result", statement_result(s, text));
        json_object_object_add(object, "stands", a->row ? stands(a->row) : NULL);
        disputed_into(object, s);
        json_object_object_add(object, "facts", facts(s, origins));
        json_object_object_add(object, "carried", carried(s, origins));
        json_object_object_add(object, "members", members(s));
        return object;
}
