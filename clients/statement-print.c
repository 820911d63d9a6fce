/* SPDX-License-Identifier: Apache-2.0 */
/* A statement in every format: JSON, CSV of its lines, its own bytes, or a page. */
#include "clients/statement-print.h"

#include <inttypes.h>

#include "core/lines.h"
#include "clients/look.h"
#include "clients/statement-json.h"

const char *fact_speaker(const struct statement *statement, const struct used_fact *fact)
{
        if (fact->side == SIDE_BEARER)
                return statement->run.contract.bearer.text;
        if (fact->side == SIDE_EARNER)
                return statement->run.contract.earner.text;
        return "neither side";
}

static const char *file_of(const char *const files[ORIGINS_MAX], uint64_t number)
{
        return number >= 1 && number <= ORIGINS_MAX ? files[number - 1] : NULL;
}

char *fact_origin(const struct statement *statement, const struct origins *origins,
                  const struct used_fact *fact, char ret[ORIGIN_MAX])
{
        const char *who = fact->side == SIDE_NEITHER ? "for the community"
                                                     : fact_speaker(statement, fact);
        const char *file = origins ? file_of(origins->facts, fact->index) : NULL;

        if (file)
                snprintf(ret, ORIGIN_MAX, "%s, in %s, row %" PRIu32, who, file, fact->event);
        else if (fact->decided)
                snprintf(ret, ORIGIN_MAX, "agreed by both sides or determined, in log entry %"
                         PRIu64, fact->index);
        else
                snprintf(ret, ORIGIN_MAX, "%s, %sin log entry %" PRIu64 ", event %" PRIu32, who,
                         fact->relayed ? "relayed " : "", fact->index, fact->event + 1);
        return ret;
}

char *carried_origin(const struct origins *origins, const struct carried *carried,
                     char ret[ORIGIN_MAX])
{
        const char *file = origins ? file_of(origins->carried, carried->run) : NULL;

        if (file)
                snprintf(ret, ORIGIN_MAX, "the statement in %s", file);
        else
                snprintf(ret, ORIGIN_MAX, "the statement of run %" PRIu64, carried->run);
        return ret;
}

enum exit_code statement_check(const struct statement *s)
{
        bool holds = date_valid(s->run.payment) && period_valid(s->run.period);

        for (size_t i = 0; i < s->line_count; i++) {
                const struct line *line = &s->lines[i];

                holds = holds && line->den > 0 && line->unit >= UNIT_CENTS &&
                        line->unit <= UNIT_DATE && line->item <= s->item_count &&
                        line->fact + line->facts <= s->fact_count &&
                        line->carried <= s->carried_count;
        }
        for (size_t i = 0; i < s->fact_count; i++)
                holds = holds && s->facts[i].value.den > 0;
        for (size_t i = 0; i < s->disputed_count; i++)
                holds = holds && s->disputed[i].bearer.value.den > 0 &&
                        s->disputed[i].earner.value.den > 0;
        for (size_t i = 0; i < s->carried_count; i++)
                holds = holds && s->carried[i].figure.den > 0;
        if (holds)
                return EXIT_DONE;
        say_error("the statement has a figure that is none: tell the hub's operator");
        return EXIT_INTEGRITY;
}

static void print_document(struct out *out, const struct accord_statement *a,
                           const struct origins *origins)
{
        struct json_object *object = statement_object(a, NULL, origins);
        struct json_object *lines = json_object_new_array();

        for (size_t i = 0; i < a->statement->line_count; i++)
                json_object_array_add(lines, statement_line_object(a->statement, i));
        json_object_object_add(object, "lines", lines);
        out_document(out, "statement", object);
}

static void print_rows(struct out *out, const struct statement *s)
{
        static const struct column columns[] = {
                COLUMN("step", "STEP"),     COLUMN("line", "LINE"),   COLUMN("item", "ITEM"),
                COLUMN("unit", "UNIT"),     COLUMN("value", "VALUE"), COLUMN("exact", "EXACT"),
                COLUMN("clause", "CLAUSE"), COLUMN("says", "WHAT IT IS"),
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
                        cell_text(line->item ? line_item(s, line)->text : NULL),
                        cell_text(unit_word(line->unit)),
                        cell_text(look_plain(figure, line->unit, value)),
                        cell_text(look_fraction(figure, exact)),
                        cell_text(info ? info->clause : NULL),
                        cell_text(info ? info->says : NULL) });
        }
        out_end(out);
}

void statement_print(struct out *out, const struct accord_statement *a,
                     const struct origins *origins)
{
        switch (out_format(out)) {
        case FORMAT_JSON:
        case FORMAT_NDJSON:
                print_document(out, a, origins);
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
                statement_page(out_stream(out), a, origins, out_format(out) == FORMAT_WIDE);
        }
}
