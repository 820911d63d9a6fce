/* SPDX-License-Identifier: Apache-2.0 */
/* One contract and period, thing by thing: what both sides say, side by side. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "core/own.h"
#include "clients/asking.h"
#include "clients/disputed.h"
#include "clients/json.h"
#include "clients/look.h"
#include "clients/page.h"
#include "clients/recon-why.h"
#include "clients/recon-words.h"
#include "clients/standing.h"
#include "clients/statement-json.h"
#include "clients/take.h"
#include "clients/verbs.h"

#define FACT_COLUMNS 30
#define FIGURE_COLUMNS 20
#define APART_COLUMNS 17

struct showing {
        struct call *call;
        struct contract_id contract;
        struct period period;
        bool has_row;
        struct recon_row row;           /* of that period */
        struct match_row *list;         /* owned */
        size_t count;
        struct recon_why why;
};

static int keep_row(void *with, const struct recon_row *row)
{
        struct showing *s = with;

        if (!period_equal(row->period, s->period))
                return 0;
        s->row = *row;
        s->has_row = true;
        return 0;
}

static int keep_match(void *with, const struct match_row *row)
{
        struct showing *s = with;
        struct match_row *more = reallocarray(s->list, s->count + 1, sizeof(*more));

        if (!more)
                return -ENOMEM;
        s->list = more;
        if (!match_is_sound(row))
                return -EBADMSG;
        more[s->count++] = *row;
        return 0;
}

static struct value value_of(const struct match_row *row, const struct match_side *side)
{
        const struct fact_kind_info *info = fact_kind_info(row->kind);

        return (struct value) { info ? info->unit : UNIT_COUNT, side->num, side->den };
}

static char *figure(const struct match_row *row, bool has, const struct match_side *side,
                    char ret[SAID_MAX])
{
        const struct value value = value_of(row, side);

        if (has)
                return in_short(exact_of_value(&value), look_of_fact(row->kind), ret);
        snprintf(ret, SAID_MAX, "-");
        return ret;
}

static char *apart(const struct match_row *row, char ret[SAID_MAX])
{
        struct exact by;

        ret[0] = '\0';
        if (match_apart(row, &by) && by.num)
                in_short(by, look_of_fact(row->kind), ret);
        return ret;
}

/* "expenditure[aged] of hmo"; the period where it is not the one that is shown. */
static char *thing(const struct showing *s, const struct match_row *row, char ret[THING_MAX])
{
        char *of = strstr(disputed_thing(row->kind, &row->item, &row->segment, row->period, ret),
                          " of ");

        if (!period_equal(row->period, s->period))
                return ret;
        for (char *next = of; next; next = strstr(next + 1, " of "))
                of = next;
        if (of)
                *of = '\0';
        return ret;
}

/* ---- for people */

static void print_line(FILE *to, const char *fact, const char *bearer, const char *earner,
                       const char *by, const char *result)
{
        put_left(to, fact, FACT_COLUMNS);
        put_right(to, bearer, FIGURE_COLUMNS);
        put_right(to, earner, FIGURE_COLUMNS);
        put_right(to, by, APART_COLUMNS);
        fprintf(to, "  %s\n", result);
}

static void print_match(FILE *to, const struct showing *s, const struct match_row *row)
{
        char fact[THING_MAX], bearer[SAID_MAX], earner[SAID_MAX], by[SAID_MAX], todo[TODO_MAX];
        char why[WHY_MAX];
        const char *result = word_of(match_words, row->result);

        print_line(to, thing(s, row, fact), figure(row, row->has_bearer, &row->bearer, bearer),
                   figure(row, row->has_earner, &row->earner, earner), apart(row, by),
                   result ? result : "unknown");
        if (row->has_decided) {
                fputs("    decided: ", to);
                fold(to, figure(row, true, &row->decided, by), 13);
        }
        if (*recon_why_words(s->why.bits[row - s->list], why))
                fprintf(to, "    why: %s\n", why);
        if (*match_todo(&s->contract, row, todo)) {
                fputs("    ", to);
                fold(to, todo, 4);
        }
}

static void print_statement(FILE *to, const struct recon_row *row)
{
        char money[LOOK_MAX], held[LOOK_MAX], text[512], final[FINAL_MAX];
        const char *life = word_of(life_words, row->life);

        fputs("statement ", to);
        if (!row->run) {
                fputs("none yet; accord settle preview shows what it would be\n", to);
                return;
        }
        snprintf(text, sizeof(text), "run %" PRIu64 ", %s, %s", row->run,
                 word_of(run_kind_words, row->run_kind), life ? life : "posts nothing");
        if (row->has_result)
                snprintf(text + strlen(text), sizeof(text) - strlen(text), ": payable %s, held %s",
                         look_money(row->payable, money), look_money(row->held, held));
        if (row->has_result && row->open)
                snprintf(text + strlen(text), sizeof(text) - strlen(text),
                         "; posted and not paid yet: %s",
                         look_money(row->open < 0 ? -row->open : row->open, money));
        if (final_words(row->witness, row->witness_sides, final))
                snprintf(text + strlen(text), sizeof(text) - strlen(text), "; %s",
                         final_words(row->witness, row->witness_sides, final));
        if (row->stale)
                snprintf(text + strlen(text), sizeof(text) - strlen(text),
                         "; a run now would read something else (accord settle list)");
        fold(to, text, 10);
}

static void print_page(const struct showing *s)
{
        FILE *to = out_stream(s->call->out);
        char contract[CONTRACT_ID_MAX + 1], period[LOOK_MAX], next[TODO_MAX];

        contract_id_print(&s->contract, contract);
        fprintf(to, "RECON     %s  %s  %s\n", contract, look_period(s->period, period),
                s->has_row ? word_of(standing_words, s->row.standing) : "");
        if (s->has_row)
                print_statement(to, &s->row);
        if (s->has_row && *recon_next(&s->row, next)) {
                fputs("next      ", to);
                fold(to, next, 10);
        }
        fputc('\n', to);
        if (!s->count)
                fputs("Neither side has stated anything yet.\n", to);
        else
                print_line(to, "FACT", s->contract.bearer.text, s->contract.earner.text, "APART",
                           "RESULT");
        for (size_t i = 0; i < s->count; i++)
                print_match(to, s, &s->list[i]);
        recon_why_print(to, &s->why);
}

/* ---- for programs */

static struct json_object *side_object(const struct match_row *row, bool has,
                                       const struct match_side *side)
{
        const struct value value = value_of(row, side);
        struct json_object *object;
        char text[LOOK_MAX];

        if (!has)
                return NULL;
        object = json_object_new_object();
        put_figure(object, exact_of_value(&value), value.unit);
        snprintf(text, sizeof(text), "%" PRIu64, side->index);
        put_text(object, "index", text);
        json_object_object_add(object, "event", json_object_new_int64(side->event));
        put_text(object, "time", look_time(side->time, text));
        json_object_object_add(object, "paid_through",
                               side->paid_through == DATE_NONE ? NULL
                                                               : json_of_date(side->paid_through));
        json_object_object_add(object, "relayed", json_object_new_boolean(side->relayed));
        return object;
}

static struct json_object *match_object(const struct showing *s, const struct match_row *row)
{
        struct json_object *object = json_object_new_object(), *by = NULL;
        const struct fact_kind_info *info = fact_kind_info(row->kind);
        struct exact difference;
        char text[TODO_MAX];

        put_text(object, "kind", info ? info->name : NULL);
        put_text(object, "item", *row->item.text ? row->item.text : NULL);
        put_text(object, "segment", name_empty(&row->segment) ? NULL : row->segment.text);
        json_object_object_add(object, "period", json_of_period(row->period));
        put_text(object, "result", word_of(match_words, row->result));
        put_text(object, "of_record", word_of(side_words, row->of_record));
        put_text(object, "other", word_of(duty_words, row->other));
        json_object_object_add(object, "bearer",
                               side_object(row, row->has_bearer, &row->bearer));
        json_object_object_add(object, "earner",
                               side_object(row, row->has_earner, &row->earner));
        json_object_object_add(object, "decided",
                               side_object(row, row->has_decided, &row->decided));
        if (info && match_apart(row, &difference)) {
                by = json_object_new_object();
                put_figure(by, difference, info->unit);
        }
        json_object_object_add(object, "difference", by);
        json_object_object_add(object, "held", json_object_new_boolean(row->held));
        json_object_object_add(object, "window_over", json_object_new_boolean(row->window_over));
        put_text(object, "answer_until",
                 row->answer_until ? look_time(row->answer_until, text) : NULL);
        json_object_object_add(object, "causes", recon_why_names(s->why.bits[row - s->list]));
        put_text(object, "todo", match_todo(&s->contract, row, text));
        return object;
}

static struct json_object *next_object(const struct recon_row *row)
{
        struct json_object *object = json_object_new_object();
        char text[TODO_MAX];

        put_text(object, "awaited", who_words(row->due_for, text));
        put_text(object, "due", word_of(due_words, row->due));
        put_text(object, "due_at", row->due_at ? look_time(row->due_at, text) : NULL);
        put_text(object, "says", recon_next(row, text));
        return object;
}

static struct json_object *statement_part(const struct recon_row *row)
{
        struct json_object *object;
        char text[24], final[FINAL_MAX];

        if (!row->run)
                return NULL;
        object = json_object_new_object();
        snprintf(text, sizeof(text), "%" PRIu64, row->run);
        put_text(object, "run", text);
        put_text(object, "kind", word_of(run_kind_words, row->run_kind));
        put_text(object, "life", word_of(life_words, row->life));
        put_text(object, "final", final_words(row->witness, row->witness_sides, final));
        json_object_object_add(object, "payable",
                               row->has_result ? json_of_money(row->payable) : NULL);
        json_object_object_add(object, "held", row->has_result ? json_of_money(row->held) : NULL);
        json_object_object_add(object, "open", row->has_result ? json_of_money(row->open) : NULL);
        json_object_object_add(object, "stale", json_object_new_boolean(row->stale != 0));
        return object;
}

static void print_document(const struct showing *s)
{
        struct json_object *object = json_object_new_object(), *list = json_object_new_array();
        char contract[CONTRACT_ID_MAX + 1];

        contract_id_print(&s->contract, contract);
        put_text(object, "contract", contract);
        json_object_object_add(object, "period", json_of_period(s->period));
        put_text(object, "standing",
                 s->has_row ? word_of(standing_words, s->row.standing) : NULL);
        json_object_object_add(object, "statement", s->has_row ? statement_part(&s->row) : NULL);
        json_object_object_add(object, "next", s->has_row ? next_object(&s->row) : NULL);
        for (size_t i = 0; i < s->count; i++)
                json_object_array_add(list, match_object(s, &s->list[i]));
        json_object_object_add(object, "facts", list);
        json_object_object_add(object, "causes", recon_why_list(&s->why));
        out_document(s->call->out, "recon-facts", object);
}

/* A row a fact, for spreadsheets. */
static void print_rows(const struct showing *s)
{
        static const struct column columns[] = {
                COLUMN("kind", "KIND"),           COLUMN("item", "ITEM"),
                COLUMN("segment", "SEGMENT"),     COLUMN("period_from", "FROM"),
                COLUMN("period_through", "THROUGH"), COLUMN("bearer", "BEARER"),
                COLUMN("earner", "EARNER"),       COLUMN("difference", "APART"),
                COLUMN("decided", "DECIDED"),     COLUMN("result", "RESULT"),
                COLUMN("of_record", "OF RECORD"), COLUMN("held", "HELD"),
                COLUMN("answer_until", "ANSWER UNTIL"), COLUMN("causes", "WHY"),
                COLUMN("todo", "TO DO"),
                COLUMNS_END
        };

        out_begin(s->call->out, "recon-fact", columns);
        for (size_t i = 0; i < s->count; i++) {
                const struct match_row *row = &s->list[i];
                const struct fact_kind_info *info = fact_kind_info(row->kind);
                const enum unit unit = info ? info->unit : UNIT_COUNT;
                const struct value b = value_of(row, &row->bearer), e = value_of(row, &row->earner),
                                   d = value_of(row, &row->decided);
                char bearer[LOOK_MAX], earner[LOOK_MAX], decided[LOOK_MAX], by[LOOK_MAX];
                char todo[TODO_MAX], why[WHY_MAX];
                struct exact difference;
                bool both = match_apart(row, &difference);

                out_row(s->call->out, (struct cell[]) {
                        cell_text(info ? info->name : "unknown"),
                        *row->item.text ? cell_text(row->item.text) : cell_none(),
                        name_empty(&row->segment) ? cell_none() : cell_text(row->segment.text),
                        cell_day(row->period.from), cell_day(row->period.until - 1),
                        cell_text(row->has_bearer ? look_plain(exact_of_value(&b), unit, bearer)
                                                  : NULL),
                        cell_text(row->has_earner ? look_plain(exact_of_value(&e), unit, earner)
                                                  : NULL),
                        cell_text(both ? look_plain(difference, unit, by) : NULL),
                        cell_text(row->has_decided ? look_plain(exact_of_value(&d), unit, decided)
                                                   : NULL),
                        cell_text(word_of(match_words, row->result)),
                        cell_text(word_of(side_words, row->of_record)), cell_flag(row->held),
                        cell_time(row->answer_until),
                        cell_text(recon_why_words(s->why.bits[i], why)),
                        cell_text(match_todo(&s->contract, row, todo)) });
        }
        out_end(s->call->out);
}

/* ---- */

static enum exit_code fetch(const struct reach *reach, struct showing *s)
{
        struct accord_error error = { 0 };
        int r = accord_query_recon(reach->session, &s->contract, keep_row, s, &error);

        if (!r)
                r = accord_query_matches(reach->session, &s->contract, &s->period, keep_match, s,
                                         &error);
        if (!r)
                r = recon_why_of(s->list, s->count, &s->why);
        if (r == -EBADMSG) {
                say_error("the hub answers with a figure that is none: tell its operator");
                return EXIT_INTEGRITY;
        }
        if (r < 0)
                return say_failure(r, "what both sides say");
        return r ? reach_failed(&error) : EXIT_DONE;
}

static void print(const struct showing *s)
{
        switch (out_format(s->call->out)) {
        case FORMAT_JSON:
        case FORMAT_NDJSON:
                print_document(s);
                break;
        case FORMAT_CSV:
        case FORMAT_RAW:
                print_rows(s);
                break;
        default:
                print_page(s);
        }
}

static enum exit_code show_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct showing s = { .call = call };
        enum exit_code code = take_contract(call, 0, &s.contract);

        if (!code)
                code = take_period(call, 1, &s.period);
        if (!code)
                code = reach_asking(call, &reach);
        if (!code)
                code = fetch(&reach, &s);
        if (!code)
                print(&s);
        free(s.list);
        recon_why_cleanup(&s.why);
        return code;
}

const struct verb verb_recon_show = {
        .noun = "recon",
        .name = "show",
        .usage = "CONTRACT PERIOD",
        .says = "show what both sides say of a period, side by side, and who must do what by when",
        .more = "APART is the bearer's figure less the earner's. RESULT: agreed, within (the "
                "tolerance of the terms), disputed, bearer_only, earner_only, or decided by both "
                "or by whom the terms name. WHY is what the figures themselves show: what of a "
                "difference another one explains, to the cent where it can be known.",
        .words_least = 2,
        .words_most = 2,
        .prints = true,
        .options = { AS_OF_OPTION },
        .run = show_run,
};
