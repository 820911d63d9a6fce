/* SPDX-License-Identifier: Apache-2.0 */
/* What two statements differ in, for people and for programs. */
#include <inttypes.h>
#include <string.h>

#include "core/steps.h"
#include "core/exact_try.h"
#include "clients/json.h"
#include "clients/look.h"
#include "clients/page.h"
#include "clients/settle-diff.h"
#include "clients/statement-json.h"
#include "clients/words.h"

#define INDENT 7

/* ---- one line of both sides */

static const struct line *line_of(const struct explanation sides[2], const struct difference *d,
                                  int side)
{
        return d->line[side] == FORMULA_NOWHERE ? NULL : &sides[side].s->lines[d->line[side]];
}

static struct exact figure_of(const struct line *line)
{
        return (struct exact) { line->num, line->den };
}

static enum look_as look_of(const struct explanation sides[2], const struct difference *d)
{
        int side = d->line[0] == FORMULA_NOWHERE;

        return look_of_line(sides[side].s, d->line[side]);
}

static char *name_of(const struct explanation sides[2], const struct difference *d,
                     char ret[LINE_NAME_MAX])
{
        int side = d->line[0] == FORMULA_NOWHERE;

        return explain_name(sides[side].s, d->line[side], ret);
}

/* B less A; false where only one has it, or flags. */
static bool by_how_much(const struct explanation sides[2], const struct difference *d,
                        struct exact *ret)
{
        const struct line *one = line_of(sides, d, 0), *other = line_of(sides, d, 1);

        return one && other && one->unit != UNIT_FLAG &&
               try_sub(figure_of(other), figure_of(one), ret);
}

static const struct step *step_of(const struct explanation sides[2], const struct difference *d,
                                  size_t *ret_place)
{
        int side = d->step[0] == FORMULA_NOWHERE;

        *ret_place = d->step[side];
        return &sides[side].terms->steps[d->step[side]];
}

/* ---- a page */

static void put(FILE *to, const char *text)
{
        struct folding page = { .to = to, .indent = INDENT + 2, .column = INDENT };

        fprintf(to, "%*s", INDENT, "");
        put_words(&page, text);
        fputc('\n', to);
}

static void put_side(FILE *to, const struct explanation *side, char name)
{
        const struct statement *s = side->s;
        char contract[CONTRACT_ID_MAX + 1], period[LOOK_MAX], money[LOOK_MAX];

        contract_id_print(&s->run.contract, contract);
        fprintf(to, "  %c  %s %s, %s", name, contract, look_period(s->run.period, period),
                word_of(run_kind_words, s->run.kind));
        if (s->run.kind != RUN_PREVIEW)
                fprintf(to, " run %" PRIu32 ", log up to entry %" PRIu64, s->run.number,
                        s->run.cut);
        fprintf(to, ", terms version %" PRIu32 ": %s\n", s->terms_version,
                s->status == STATEMENT_CALCULATED ? look_money(s->payable, money)
                                                  : "not calculable");
}

static void put_figures(FILE *to, const struct explanation sides[2], const struct difference *d)
{
        enum look_as as = look_of(sides, d);
        char figure[SAID_MAX];
        struct exact by;

        for (int side = 0; side < 2; side++) {
                const struct line *line = line_of(sides, d, side);

                fprintf(to, "%*s%c  %s", INDENT, "", "AB"[side],
                        line ? in_full(figure_of(line), as, figure) : "has no such line");
                if (line)
                        fprintf(to, ", line %zu", d->line[side] + 1);
                fputc('\n', to);
        }
        if (by_how_much(sides, d, &by))
                fprintf(to, "%*s%s%s\n", INDENT + 3, "", by.num > 0 ? "+" : "",
                        in_full(by, as, figure));
}

static void put_root(FILE *to, const struct explanation sides[2], const struct difference *d)
{
        char name[LINE_NAME_MAX], text[DIFF_WHY_MAX + 200];
        size_t place;
        const struct step *step = step_of(sides, d, &place);

        fprintf(to, "  step %zu %s@%" PRIu32 ", %s\n", place + 1, step->kind.text, step->version,
                name_of(sides, d, name));
        put_figures(to, sides, d);
        snprintf(text, sizeof(text), "because %s%s%s", cause_says(d->cause),
                 *d->why ? ": " : "", d->why);
        put(to, text);
}

static void put_follower(FILE *to, const struct explanation sides[2], const struct difference *d)
{
        const struct line *one = line_of(sides, d, 0), *other = line_of(sides, d, 1);
        char name[LINE_NAME_MAX], a[SAID_MAX] = "no line", b[SAID_MAX] = "no line", by[SAID_MAX];
        enum look_as as = look_of(sides, d);
        char text[DIFF_WHY_MAX + 4 * SAID_MAX];
        struct exact difference;

        if (one)
                in_short(figure_of(one), as, a);
        if (other)
                in_short(figure_of(other), as, b);
        by[0] = '\0';
        if (by_how_much(sides, d, &difference))
                in_short(difference, as, by);
        snprintf(text, sizeof(text), "%s: A %s, B %s%s%s%s; %s", name_of(sides, d, name), a, b,
                 *by ? ", " : "", *by && difference.num > 0 ? "+" : "", by, d->why);
        put(to, text);
}

/* ---- terms */

struct putting {
        FILE *to;
        const struct step *step;
        size_t place;
};

static void put_param(void *with, const struct param_info *info, const char *one,
                      const char *other)
{
        struct putting *p = with;
        char text[3 * SAID_MAX];

        snprintf(text, sizeof(text), "step %zu %s, terms.%s: A %s, B %s", p->place + 1,
                 p->step->kind.text, info->name, one, other);
        put(p->to, text);
}

static bool terms_are_same(const struct explanation sides[2])
{
        return memcmp(sides[0].s->terms_digest, sides[1].s->terms_digest, 32) == 0;
}

static void put_terms(FILE *to, const struct explanation sides[2], const struct pairing *pairing)
{
        if (terms_are_same(sides))
                return;
        fputs("\nTHE TERMS DIFFER\n", to);
        for (int side = 0; side < 2; side++)
                for (size_t i = 0; i < sides[side].terms->step_count; i++) {
                        const struct step *step = &sides[side].terms->steps[i];
                        struct putting p = { .to = to, .step = step, .place = i };

                        if (pairing->step[side][i] == FORMULA_NOWHERE)
                                fprintf(to, "%*sonly %c has step %zu %s\n", INDENT, "",
                                        "AB"[side], i + 1, step->kind.text);
                        else if (side == 0 && pairing->moved[0][i])
                                fprintf(to, "%*sstep %zu %s of A is step %zu of B\n", INDENT, "",
                                        i + 1, step->kind.text, pairing->step[0][i] + 1);
                        if (pairing->step[side][i] != FORMULA_NOWHERE && side == 0)
                                params_differ(sides, i, pairing->step[0][i], put_param, &p);
                }
}

static size_t roots_of(const struct settle_diff *diff)
{
        size_t count = 0;

        for (size_t i = 0; i < diff->count; i++)
                count += diff->list[i].cause != CAUSE_FOLLOWS;
        return count;
}

/* Lines that only one side has. */
static size_t lone_of(const struct settle_diff *diff)
{
        size_t count = 0;

        for (size_t i = 0; i < diff->count; i++)
                count += diff->list[i].line[0] == FORMULA_NOWHERE ||
                         diff->list[i].line[1] == FORMULA_NOWHERE;
        return count;
}

static void put_page(FILE *to, const struct explanation sides[2], const struct pairing *pairing,
                     const struct settle_diff *diff)
{
        fputs("TWO STATEMENTS\n", to);
        put_side(to, &sides[0], 'A');
        put_side(to, &sides[1], 'B');
        if (diff->count == 0)
                fprintf(to, "\nThey agree in all %zu lines.\n", diff->compared);
        else
                fprintf(to, "\n%zu of %zu lines differ, %zu of them by %s.\n", diff->count,
                        diff->compared + lone_of(diff), roots_of(diff),
                        roots_of(diff) == 1 ? "itself" : "themselves");
        if (diff->first < diff->count) {
                fputs("\nTHE FIRST THAT DIFFERS\n", to);
                put_root(to, sides, &diff->list[diff->first]);
        }
        if (roots_of(diff) > 1)
                fputs("\nALSO BY THEMSELVES\n", to);
        for (size_t i = diff->first + 1; i < diff->count; i++)
                if (diff->list[i].cause != CAUSE_FOLLOWS)
                        put_root(to, sides, &diff->list[i]);
        put_terms(to, sides, pairing);
        if (roots_of(diff) < diff->count)
                fputs("\nWHAT FOLLOWS\n", to);
        for (size_t i = 0; i < diff->count; i++)
                if (diff->list[i].cause == CAUSE_FOLLOWS)
                        put_follower(to, sides, &diff->list[i]);
}

/* ---- JSON, rows */

static struct json_object *side_figure(const struct line *line, size_t place)
{
        struct json_object *object;

        if (!line)
                return NULL;
        object = json_object_new_object();
        json_object_object_add(object, "number", json_object_new_int((int)place + 1));
        put_figure(object, figure_of(line), line->unit);
        return object;
}

static struct json_object *difference_object(const struct explanation sides[2],
                                             const struct difference *d)
{
        struct json_object *object = json_object_new_object();
        char name[LINE_NAME_MAX], text[LOOK_MAX];
        struct exact by;
        size_t place;
        const struct step *step = step_of(sides, d, &place);

        json_object_object_add(object, "step", json_object_new_int((int)place + 1));
        put_text(object, "kind", step->kind.text);
        put_text(object, "line", name_of(sides, d, name));
        json_object_object_add(object, "a", side_figure(line_of(sides, d, 0), d->line[0]));
        json_object_object_add(object, "b", side_figure(line_of(sides, d, 1), d->line[1]));
        put_text(object, "difference", by_how_much(sides, d, &by) ? look_fraction(by, text)
                                                                  : NULL);
        put_text(object, "cause", cause_word(d->cause));
        put_text(object, "because", *d->why ? d->why : cause_says(d->cause));
        return object;
}

static void keep_param(void *with, const struct param_info *info, const char *one,
                       const char *other)
{
        struct json_object *object = json_object_new_object();

        put_text(object, "parameter", info->name);
        put_text(object, "a", one);
        put_text(object, "b", other);
        json_object_array_add(with, object);
}

static struct json_object *terms_object(const struct explanation sides[2],
                                        const struct pairing *pairing)
{
        struct json_object *list = json_object_new_array();

        for (int side = 0; side < 2; side++)
                for (size_t i = 0; i < sides[side].terms->step_count; i++) {
                        size_t pair = pairing->step[side][i];
                        struct json_object *step, *params = json_object_new_array();

                        if (pair != FORMULA_NOWHERE && side == 0)
                                params_differ(sides, i, pair, keep_param, params);
                        if (pair != FORMULA_NOWHERE && !json_object_array_length(params) &&
                            (side == 1 || !pairing->moved[0][i])) {
                                json_object_put(params);
                                continue;
                        }
                        step = json_object_new_object();
                        json_object_object_add(step, "step", json_object_new_int((int)i + 1));
                        put_text(step, "kind", sides[side].terms->steps[i].kind.text);
                        put_text(step, "only", pair == FORMULA_NOWHERE ? side ? "b" : "a" : NULL);
                        if (pair != FORMULA_NOWHERE && pairing->moved[side][i])
                                json_object_object_add(step, "step_of_b",
                                                       json_object_new_int((int)pair + 1));
                        json_object_object_add(step, "parameters", params);
                        json_object_array_add(list, step);
                }
        return list;
}

static struct json_object *diff_object(const struct explanation sides[2],
                                       const struct pairing *pairing,
                                       const struct settle_diff *diff)
{
        struct json_object *object = json_object_new_object(), *list = json_object_new_array();

        for (size_t i = 0; i < diff->count; i++)
                json_object_array_add(list, difference_object(sides, &diff->list[i]));
        json_object_object_add(object, "same", json_object_new_boolean(diff->count == 0));
        json_object_object_add(object, "compared", json_object_new_int((int)diff->compared));
        json_object_object_add(object, "first",
                               diff->first < diff->count
                                       ? difference_object(sides, &diff->list[diff->first])
                                       : NULL);
        json_object_object_add(object, "differences", list);
        json_object_object_add(object, "terms", terms_object(sides, pairing));
        json_object_object_add(object, "a", statement_object(sides[0].around, NULL,
                                                             sides[0].origins));
        json_object_object_add(object, "b", statement_object(sides[1].around, NULL,
                                                             sides[1].origins));
        return object;
}

static void print_rows(struct out *out, const struct explanation sides[2],
                       const struct settle_diff *diff)
{
        static const struct column columns[] = {
                COLUMN("step", "STEP"),   COLUMN("line", "LINE"), COLUMN("a", "A"),
                COLUMN("b", "B"),         COLUMN("difference", "DIFFERENCE"),
                COLUMN("cause", "CAUSE"), COLUMN("because", "BECAUSE"),
                COLUMNS_END
        };

        out_begin(out, "difference", columns);
        for (size_t i = 0; i < diff->count; i++) {
                const struct difference *d = &diff->list[i];
                const struct line *one = line_of(sides, d, 0), *other = line_of(sides, d, 1);
                char name[LINE_NAME_MAX], a[LOOK_MAX], b[LOOK_MAX], text[LOOK_MAX];
                struct exact by;
                size_t place;

                step_of(sides, d, &place);
                out_row(out, (struct cell[]) {
                        cell_count((int64_t)place + 1), cell_text(name_of(sides, d, name)),
                        cell_text(one ? look_fraction(figure_of(one), a) : NULL),
                        cell_text(other ? look_fraction(figure_of(other), b) : NULL),
                        cell_text(by_how_much(sides, d, &by) ? look_fraction(by, text) : NULL),
                        cell_text(cause_word(d->cause)), cell_text(d->why) });
        }
        out_end(out);
}

void settle_diff_print(struct out *out, const struct explanation sides[2],
                       const struct pairing *pairing, const struct settle_diff *diff)
{
        switch (out_format(out)) {
        case FORMAT_JSON:
        case FORMAT_NDJSON:
                out_document(out, "settlement-diff", diff_object(sides, pairing, diff));
                break;
        case FORMAT_CSV:
        case FORMAT_RAW:
                print_rows(out, sides, diff);
                break;
        default:
                put_page(out_stream(out), sides, pairing, diff);
        }
}
