/* SPDX-License-Identifier: Apache-2.0 */
/* An explanation in every format. */
#include <stdlib.h>

#include "core/lines.h"
#include "clients/explain.h"
#include "clients/statement-json.h"

static void print_rows(struct out *out, const struct explanation *e)
{
        static const struct column columns[] = {
                COLUMN("number", "NUMBER"),   COLUMN("step", "STEP"),
                COLUMN("line", "LINE"),       COLUMN("value", "VALUE"),
                COLUMN("formula", "FORMULA"), COLUMN("numbers", "NUMBERS"),
                COLUMNS_END
        };

        out_begin(out, "trace-line", columns);
        for (size_t i = 0; i < e->s->line_count; i++) {
                const struct formula_at at = { e->terms, e->s, i };
                const struct line *line = &e->s->lines[i];
                char name[LINE_NAME_MAX], value[SAID_MAX], text[FORMULA_TEXT_MAX + 1] = "";
                static char numbers[NUMBERS_MAX];
                struct formula formula;

                numbers[0] = '\0';
                if (!explain_has_step(e, line->step))
                        continue;
                if (!line_is_input(line) && !formula_of_line(&at, &formula)) {
                        numbers_put_in(&formula, &at, numbers);
                        snprintf(text, sizeof(text), "%.*s", (int)formula.text.size,
                                 (const char *)formula.text.data);
                }
                out_row(out, (struct cell[]) {
                        cell_count((int64_t)i + 1), cell_count(line->step + 1),
                        cell_text(explain_name(e->s, i, name)),
                        cell_text(in_full((struct exact) { line->num, line->den },
                                       look_of_line(e->s, i), value)),
                        cell_text(text), cell_text(numbers) });
        }
        out_end(out);
}

static void print_svg(FILE *to, const struct explanation *e)
{
        struct waterfall *w = malloc(sizeof(*w));

        if (w) {
                waterfall_make(e->s, e->terms, w);
                waterfall_svg(to, w, e->s);
        }
        free(w);
}

void explain_print(struct out *out, const struct explanation *e)
{
        switch (out_format(out)) {
        case FORMAT_JSON:
        case FORMAT_NDJSON:
                out_document(out, "trace", explain_object(e));
                break;
        case FORMAT_SVG:
                print_svg(out_stream(out), e);
                break;
        case FORMAT_CSV:
        case FORMAT_RAW:
                print_rows(out, e);
                break;
        default:
                explain_page(out_stream(out), e);
        }
}
