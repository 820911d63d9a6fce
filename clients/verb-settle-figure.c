/* SPDX-License-Identifier: Apache-2.0 */
/* A side's own settlement: stated, and held against the hub's. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include <json-c/json.h>

#include "core/own.h"
#include "clients/asking.h"
#include "clients/json.h"
#include "clients/look.h"
#include "clients/own-figure.h"
#include "clients/page.h"
#include "clients/publish.h"
#include "clients/said.h"
#include "clients/standing.h"
#include "clients/statement-json.h"
#include "clients/take.h"
#include "clients/verbs.h"

#define SIDE_WANTED "give --side bearer or earner"

/* ---- publish */

/* The version there is, which this one replaces; none is as good. */
static enum exit_code find_version(const struct call *call, struct reach *reach,
                                   struct own_figure *own)
{
        const struct comparison *comparison;
        struct accord_error error = { 0 };
        enum side side = SIDE_NEITHER;
        enum exit_code code = reach_hub(call->cli, reach);

        if (!code)
                code = publish_side(call, reach, &own->contract, SIDE_WANTED, &side);
        if (code)
                return code;
        if (accord_query_compare(reach->session, &own->contract, own->figure.period, side,
                                 &comparison, &error))
                return error.code == ACCORD_NO_SUCH_THING ? EXIT_DONE : reach_failed(&error);
        own->figure.has_supersedes = true;
        own->figure.supersedes = comparison->figure;
        return EXIT_DONE;
}

static enum exit_code publish_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        own(own_figure) struct own_figure own = { 0 };
        struct event event = { .kind = EVENT_FIGURE };
        struct accord_about about;
        enum exit_code code = call_has(call, "earned") ? own_figure_take(call, &own)
                                                       : own_figure_read(call->words[0], &own);

        if (!code)
                code = publish_about(call, &own.contract, &about);
        if (!code && call_has(call, "replace"))
                code = find_version(call, &reach, &own);
        if (code)
                return code;
        event.figure = own.figure;
        return publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

const struct verb verb_settle_figure_publish = {
        .noun = "settle",
        .name = "figure publish",
        .usage = "FILE|CONTRACT",
        .says = "state what this side's own settlement came to, to be held against the hub's",
        .more = "A FILE is of schema accord.figure.v1, or a statement as accord settle preview -o "
                "json writes it; for a CONTRACT give --period, --earned and, as far as they are "
                "known, --line for the steps on the way: the more lines, the nearer the first "
                "difference is to its cause. It never posts anything. accord settle compare shows "
                "what differs and why.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "period", "PERIOD", "the performance period: 2025", 0 },
                { "earned", "AMOUNT", "what it came to; below zero the earner owes", 0 },
                { "payable", "AMOUNT", "after advances; as earned unless given", 0 },
                { "terms-version", "N", "the version of the terms it was made by", 0 },
                { "line", "NAME[/ITEM]=VALUE", "a step on the way, in its own order", OPTION_MANY },
                { "replace", NULL, "replace what this side stated before", 0 },
                { "side", "bearer|earner", "for whom; the party's own side unless given", 0 },
                PUBLISH_OPTIONS,
        },
        .run = publish_run,
};

/* ---- compare */

struct comparing {
        struct call *call;
        const struct contract_id *contract;
        enum side side;
        const struct comparison *is;
};

static const struct column columns[] = {
        COLUMN_RIGHT("line", "LINE"),
        COLUMN("name", "NAME"),
        COLUMN("item", "ITEM"),
        COLUMN("hub", "HUB"),
        COLUMN("theirs", "THEIRS"),
        COLUMN("cause", "CAUSE"),
        COLUMN("says", "WHY"),
        COLUMNS_END
};

static const struct line *line_of(const struct comparing *c, const struct figure_difference *d)
{
        const struct statement *s = c->is->statement;

        return d->line < s->line_count ? &s->lines[d->line] : NULL;
}

static const char *name_of(const struct line *line)
{
        const struct line_info *info = line ? line_info(line->code) : NULL;

        return info ? info->name : "unknown";
}

static void print_rows(const struct comparing *c)
{
        char hub[LOOK_MAX], theirs[LOOK_MAX];

        out_begin(c->call->out, "difference", columns);
        for (uint32_t i = 0; i < c->is->difference_count; i++) {
                const struct figure_difference *d = &c->is->differences[i];
                const struct line *line = line_of(c, d);
                enum unit unit = line ? line->unit : UNIT_RATE;

                out_row(c->call->out, (struct cell[]) {
                        cell_count((int64_t)d->line + 1), cell_text(name_of(line)),
                        cell_text(line && line->item ? line_item(c->is->statement, line)->text
                                                     : NULL),
                        cell_text(look_plain(d->hub, unit, hub)),
                        d->cause == DIFFERS_BY_SILENCE
                                ? cell_none() : cell_text(look_plain(d->theirs, unit, theirs)),
                        cell_text(word_of(differs_words, d->cause)), cell_text(d->says.text) });
        }
        out_end(c->call->out);
}

static void print_difference(FILE *to, const struct comparing *c, const struct figure_difference *d)
{
        const struct line *line = line_of(c, d);
        enum look_as as = line ? look_of_line(c->is->statement, d->line) : LOOK_NUMBER;
        char hub[SAID_MAX], theirs[SAID_MAX], text[3 * SAID_MAX + TEXT_MAX_LENGTH];
        const char *cause = word_of(differs_words, d->cause);

        in_full(d->hub, as, hub);
        in_full(d->theirs, as, theirs);
        if (d->cause == DIFFERS_BY_SILENCE)
                snprintf(theirs, sizeof(theirs), "nothing");
        snprintf(text, sizeof(text), "%s%s%s%s: the hub has %s, %s has %s. %s: %s", name_of(line),
                 line && line->item ? "[" : "",
                 line && line->item ? line_item(c->is->statement, line)->text : "",
                 line && line->item ? "]" : "", hub, side_name(c->contract, c->side), theirs,
                 cause ? cause : "unknown", d->says.text);
        fprintf(to, "%5" PRIu32 "  ", d->line + 1);
        fold(to, make_harmless(text), 7);
}

static void print_page(const struct comparing *c)
{
        const struct statement *s = c->is->statement;
        FILE *to = out_stream(c->call->out);
        char contract[CONTRACT_ID_MAX + 1], period[LOOK_MAX], hub[LOOK_MAX], theirs[LOOK_MAX];

        contract_id_print(c->contract, contract);
        fprintf(to, "COMPARE   %s  %s  the hub and %s\n", contract,
                look_period(s->run.period, period), side_name(c->contract, c->side));
        fprintf(to, "earned    the hub %s, %s %s (log entry %" PRIu64 ")\n",
                look_money(s->earned, hub), side_name(c->contract, c->side),
                look_money(c->is->earned, theirs), c->is->figure);
        fprintf(to, "payable   the hub %s, %s %s\n", look_money(s->payable, hub),
                side_name(c->contract, c->side), look_money(c->is->payable, theirs));
        fprintf(to, "lines     %" PRIu32 " alike, %" PRIu32 " not%s\n", c->is->lines_agreed,
                c->is->difference_count,
                c->is->difference_count > 1 ? "; the first is where to look" : "");
        if (c->is->difference_count)
                fputc('\n', to);
        for (uint32_t i = 0; i < c->is->difference_count; i++)
                print_difference(to, c, &c->is->differences[i]);
}

static void print_document(const struct comparing *c)
{
        struct json_object *object = json_object_new_object(), *list = json_object_new_array();
        const struct statement *s = c->is->statement;
        char text[LOOK_MAX];

        contract_id_print(c->contract, text);
        put_text(object, "contract", text);
        json_object_object_add(object, "period", json_of_period(s->run.period));
        put_text(object, "side", word_of(side_words, c->side));
        snprintf(text, sizeof(text), "%" PRIu64, c->is->figure);
        put_text(object, "figure", text);
        json_object_object_add(object, "earned", json_of_money(c->is->earned));
        json_object_object_add(object, "payable", json_of_money(c->is->payable));
        json_object_object_add(object, "hub_earned", json_of_money(s->earned));
        json_object_object_add(object, "hub_payable", json_of_money(s->payable));
        json_object_object_add(object, "lines_agreed",
                               json_object_new_int64(c->is->lines_agreed));
        for (uint32_t i = 0; i < c->is->difference_count; i++) {
                const struct figure_difference *d = &c->is->differences[i];
                const struct line *line = line_of(c, d);
                struct json_object *one = json_object_new_object();

                json_object_object_add(one, "number", json_object_new_int64((int64_t)d->line + 1));
                put_text(one, "line", name_of(line));
                put_text(one, "item", line && line->item ? line_item(s, line)->text : NULL);
                put_text(one, "hub", look_fraction(d->hub, text));
                put_text(one, "theirs", d->cause == DIFFERS_BY_SILENCE
                                                ? NULL : look_fraction(d->theirs, text));
                put_text(one, "cause", word_of(differs_words, d->cause));
                put_text(one, "says", d->says.text);
                json_object_array_add(list, one);
        }
        json_object_object_add(object, "differences", list);
        out_document(c->call->out, "comparison", object);
}

static enum exit_code compare_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };
        struct contract_id contract;
        struct period period;
        struct comparing c = { .call = call, .contract = &contract };
        enum exit_code code = take_contract(call, 0, &contract);

        if (!code)
                code = take_period(call, 1, &period);
        if (!code)
                code = reach_asking(call, &reach);
        if (!code)
                code = publish_side(call, &reach, &contract, SIDE_WANTED, &c.side);
        if (code)
                return code;
        if (accord_query_compare(reach.session, &contract, period, c.side, &c.is, &error)) {
                if (error.code != ACCORD_NO_SUCH_THING)
                        return reach_failed(&error);
                say_error("%s has stated no figure of its own for that period: accord settle "
                          "figure publish, or --side for the other one's",
                          side_name(&contract, c.side));
                return EXIT_ABSENT;
        }
        if (out_wants_json(call->out))
                print_document(&c);
        else if (out_format(call->out) == FORMAT_CSV || out_format(call->out) == FORMAT_RAW)
                print_rows(&c);
        else
                print_page(&c);
        return EXIT_DONE;
}

const struct verb verb_settle_compare = {
        .noun = "settle",
        .name = "compare",
        .usage = "CONTRACT PERIOD",
        .says = "hold a side's own settlement against the hub's: the first difference, and why",
        .more = "Against the statement that counts, or what a run would say now. The cause of a "
                "difference is input (a figure that was stated), terms_version, order (of steps), "
                "rounding, arithmetic, follows (from a line above), or not_said (the side's figure "
                "has no such line).",
        .words_least = 2,
        .words_most = 2,
        .prints = true,
        .options = {
                { "side", "bearer|earner", "whose figure; the party's own unless given", 0 },
                AS_OF_OPTION,
        },
        .run = compare_run,
};
