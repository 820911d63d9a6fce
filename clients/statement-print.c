/* SPDX-License-Identifier: Apache-2.0 */
/* A statement for programs: JSON, CSV of its lines, or its own bytes. */
#include "clients/statement-print.h"

#include <inttypes.h>

#include <json-c/json.h>

#include "core/lines.h"
#include "proof/hex.h"
#include "clients/json.h"
#include "clients/look.h"
#include "clients/words.h"

const char *fact_speaker(const struct statement *statement, const struct used_fact *fact)
{
        if (fact->side == SIDE_BEARER)
                return statement->run.contract.bearer.text;
        if (fact->side == SIDE_EARNER)
                return statement->run.contract.earner.text;
        return "neither side";
}

enum exit_code statement_check(const struct statement *s)
{
        bool holds = date_valid(s->run.payment) && period_valid(s->run.period);

        for (size_t i = 0; i < s->line_count; i++)
                holds = holds && s->lines[i].den > 0 && s->lines[i].unit >= UNIT_CENTS &&
                        s->lines[i].unit <= UNIT_DATE;
        for (size_t i = 0; i < s->fact_count; i++)
                holds = holds && s->facts[i].value.den > 0;
        if (holds)
                return EXIT_DONE;
        say_error("the statement has a figure that is none: tell the hub's operator");
        return EXIT_INTEGRITY;
}

static const char *unit_word(enum unit unit)
{
        static const char *const words[] = {
                [UNIT_CENTS] = "money", [UNIT_COUNT] = "count", [UNIT_RATE] = "rate",
                [UNIT_FLAG] = "flag",   [UNIT_DATE] = "day",
        };

        return unit <= UNIT_DATE ? words[unit] : NULL;
}

static void put_text(struct json_object *to, const char *key, const char *text)
{
        json_object_object_add(to, key, text ? json_object_new_string(text) : NULL);
}

static void put_id(struct json_object *to, const char *key, uint64_t id)
{
        char text[24];

        snprintf(text, sizeof(text), "%" PRIu64, id);
        put_text(to, key, text);
}

static void put_figure(struct json_object *to, struct exact figure, enum unit unit)
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

static struct json_object *lines(const struct statement *s)
{
        struct json_object *list = json_object_new_array();

        for (size_t i = 0; i < s->line_count; i++) {
                const struct line *line = &s->lines[i];
                const struct line_info *info = line_info(line->code);
                struct json_object *object = json_object_new_object();

                json_object_object_add(object, "step", json_object_new_int(line->step + 1));
                put_text(object, "line", info ? info->name : NULL);
                json_object_object_add(object, "code", json_object_new_int(line->code));
                put_figure(object, (struct exact) { line->num, line->den }, line->unit);
                put_text(object, "clause", info ? info->clause : NULL);
                put_text(object, "says", info ? info->says : NULL);
                json_object_array_add(list, object);
        }
        return list;
}

static struct json_object *facts(const struct statement *s)
{
        struct json_object *list = json_object_new_array();

        for (size_t i = 0; i < s->fact_count; i++) {
                const struct used_fact *fact = &s->facts[i];
                const struct fact_kind_info *kind = fact_kind_info(fact->kind);
                struct json_object *object = json_object_new_object();

                put_text(object, "kind", kind ? kind->name : NULL);
                put_text(object, "item", fact->item.text[0] ? fact->item.text : NULL);
                put_figure(object, exact_of_value(&fact->value), fact->value.unit);
                put_text(object, "side", word_of(side_words, fact->side));
                put_text(object, "said_by", fact_speaker(s, fact));
                json_object_object_add(object, "relayed", json_object_new_boolean(fact->relayed));
                put_id(object, "index", fact->index);
                json_object_object_add(object, "event", json_object_new_int64(fact->event));
                json_object_array_add(list, object);
        }
        return list;
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

static struct json_object *terms_object(const struct statement *s)
{
        struct json_object *object = json_object_new_object();
        char hex[65];

        json_object_object_add(object, "version", json_object_new_int64(s->terms_version));
        put_id(object, "index", s->terms_index);
        hex_print(BYTES_OF(s->terms_digest), hex);
        put_text(object, "sha256", hex);
        put_text(object, "standing", word_of(standing_words, s->standing));
        return object;
}

static void print_document(struct out *out, const struct accord_statement *a)
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
        json_object_object_add(object, "terms", terms_object(s));
        json_object_object_add(object, "relayed", json_object_new_boolean(s->relayed));
        put_text(object, "status", word_of(status_words, s->status));
        put_text(object, "reason", known ? NULL : s->reason.text);
        json_object_object_add(object, "earned", known ? json_of_money(s->earned) : NULL);
        json_object_object_add(object, "payable", known ? json_of_money(s->payable) : NULL);
        put_text(object, "result", statement_result(s, text));
        json_object_object_add(object, "lines", lines(s));
        json_object_object_add(object, "facts", facts(s));
        out_document(out, "statement", object);
}

static void print_rows(struct out *out, const struct statement *s)
{
        static const struct column columns[] = {
                COLUMN("step", "STEP"),     COLUMN("line", "LINE"),   COLUMN("unit", "UNIT"),
                COLUMN("value", "VALUE"),   COLUMN("exact", "EXACT"), COLUMN("clause", "CLAUSE"),
                COLUMN("says", "WHAT IT IS"),
                COLUMNS_END
        };
        char value[LOOK_MAX], exact[LOOK_MAX];

        out_begin(out, "statement-line", columns);
        for (size_t i = 0; i < s->line_count; i++) {
                const struct line *line = &s->lines[i];
                const struct line_info *info = line_info(line->code);
                const struct exact figure = { line->num, line->den };

                out_row(out, (struct cell[]) {
                        cell_count(line->step + 1), cell_text(info ? info->name : NULL),
                        cell_text(unit_word(line->unit)),
                        cell_text(look_plain(figure, line->unit, value)),
                        cell_text(look_fraction(figure, exact)),
                        cell_text(info ? info->clause : NULL),
                        cell_text(info ? info->says : NULL) });
        }
        out_end(out);
}

void statement_print(struct out *out, const struct accord_statement *a, const struct terms *terms)
{
        switch (out_format(out)) {
        case FORMAT_JSON:
        case FORMAT_NDJSON:
                print_document(out, a);
                break;
        case FORMAT_CSV:
                print_rows(out, a->statement);
                break;
        case FORMAT_RAW:
                if (a->record.size)
                        fwrite(a->record.data, 1, a->record.size, out_stream(out));
                else
                        print_rows(out, a->statement);
                break;
        default:
                statement_page(out_stream(out), a, terms, out_format(out) == FORMAT_WIDE);
        }
}
