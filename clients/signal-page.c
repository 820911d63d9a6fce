/* SPDX-License-Identifier: Apache-2.0 */
/* The page of sentences, the ranked table, and every row by its contract. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clients/look.h"
#include "clients/page.h"
#include "clients/signal-view.h"
#include "clients/words.h"

void signal_say_as_of(FILE *to, const struct signal_view *view)
{
        char index[LOOK_MAX], when[LOOK_MAX], day[SIGNAL_WORDS_MAX];

        fprintf(to, "%s, as of entry %s, %s: a forecast", view->signal->party.text,
                look_count((int64_t)view->signal->as_of, index),
                look_minute(view->signal->time, when));
        if (view->sum->paid_through != DATE_NONE)
                fprintf(to, ", claims paid to %s", words_day(view->sum->paid_through, day));
}

/* One paragraph, folded to the page. */
static void put_paragraph(FILE *to, const char *text)
{
        if (!*text)
                return;
        fold(to, text, 0);
        fputc('\n', to);
}

struct paragraph {
        FILE *stream;
        char *text;
        size_t size;
};

static bool paragraph_begin(struct paragraph *p)
{
        *p = (struct paragraph) { 0 };
        p->stream = open_memstream(&p->text, &p->size);
        return p->stream != NULL;
}

static void paragraph_end(FILE *to, struct paragraph *p)
{
        if (fclose(p->stream) == 0)
                put_paragraph(to, p->text);
        free(p->text);
}

static void put_concepts(FILE *to, const struct signal_view *view,
                         const struct signal_concept *only)
{
        struct paragraph p;

        for (uint16_t i = 0; i < view->sum->concept_count; i++) {
                const struct signal_concept *concept = &view->sum->concepts[view->sum->ranked[i]];

                if ((only && concept != only) || !paragraph_begin(&p))
                        continue;
                signal_say_concept(p.stream, view, concept);
                paragraph_end(to, &p);
        }
}

static void put_reasons(FILE *to, const struct signal_view *view)
{
        char contract[CONTRACT_ID_MAX + 1], text[TEXT_MAX_LENGTH + 1];
        struct paragraph p;

        for (uint32_t i = 0; i < view->signal->contract_count; i++) {
                const struct incentive_contract *c = &view->signal->contracts[i];

                if (!*c->reason.text || !paragraph_begin(&p))
                        continue;
                contract_id_print(&c->contract, contract);
                memcpy(text, c->reason.text, sizeof(text));
                fprintf(p.stream, "%s is not in these figures: %s.", contract, make_harmless(text));
                paragraph_end(to, &p);
        }
}

static void put_needs(FILE *to, const struct signal_view *view)
{
        struct paragraph p;

        if (view->sum->need_count)
                fputs("What contracts presuppose that you have:\n", to);
        for (uint16_t i = 0; i < view->sum->need_count; i++) {
                if (!paragraph_begin(&p))
                        return;
                signal_say_need(p.stream, view, &view->sum->needs[i]);
                if (fclose(p.stream) == 0) {
                        fputs("  ", to);
                        fold(to, p.text, 4);
                }
                free(p.text);
        }
        if (view->sum->need_count)
                fputc('\n', to);
}

void signal_page(FILE *to, const struct signal_view *view, const struct signal_concept *concept)
{
        struct paragraph p;

        if (paragraph_begin(&p)) {
                signal_say_as_of(p.stream, view);
                fputc('.', p.stream);
                paragraph_end(to, &p);
        }
        if (!concept && paragraph_begin(&p)) {
                signal_say_whole(p.stream, view);
                paragraph_end(to, &p);
        }
        put_concepts(to, view, concept);
        if (!concept) {
                put_reasons(to, view);
                put_needs(to, view);
        }
        put_paragraph(to, "Which contract each figure is of: accord signal explain --numbers.");
}

/* ---- the ranked table */

static const struct column table_columns[] = {
        COLUMN_RIGHT("rank", "RANK"),
        COLUMN("measure", "MEASURE"),
        COLUMN("title", "TITLE"),
        COLUMN("step", "STEP"),
        COLUMN_RIGHT("payers", "PAYERS"),
        COLUMN_RIGHT("coverage", "OF REVENUE"),
        COLUMN_RIGHT("point", "IS WORTH"),
        COLUMN_WIDE("point_low", "LOW"),
        COLUMN_WIDE("point_high", "HIGH"),
        COLUMN_RIGHT("people", "PEOPLE"),
        COLUMN_RIGHT("stake", "AT STAKE"),
        COLUMN_WIDE("next", "WITH NEXT EDGE"),
        COLUMN_WIDE("reachable", "REACHABLE"),
        COLUMN_RIGHT("days_left", "DAYS LEFT"),
        COLUMN("differs", "DIFFERS"),
        COLUMNS_END
};

static const struct {
        uint32_t bit;
        const char *word;
} differences[] = {
        { DIFFERS_DIRECTION, "direction" },   { DIFFERS_TARGET, "target" },
        { DIFFERS_VERSION, "specification" }, { DIFFERS_POPULATION, "population" },
        { DIFFERS_EXCLUDED, "excluded" },     { DIFFERS_PERIOD, "period" },
};

const char *signal_differs_word(size_t place, uint32_t *ret_bit)
{
        if (place >= sizeof(differences) / sizeof(differences[0]))
                return NULL;
        *ret_bit = differences[place].bit;
        return differences[place].word;
}

static const char *differs_words(uint32_t bits, char ret[SIGNAL_WORDS_MAX])
{
        size_t length = 0;

        ret[0] = '\0';
        for (size_t i = 0; i < sizeof(differences) / sizeof(differences[0]); i++)
                if (bits & differences[i].bit)
                        length += (size_t)snprintf(ret + length, SIGNAL_WORDS_MAX - length, "%s%s",
                                                   length ? "," : "", differences[i].word);
        return ret;
}

const char *signal_step_word(const struct signal_concept *concept, enum direction direction)
{
        if (concept->total_cost)
                return "$ 1 less a member";
        return direction == DIRECTION_LESS ? "1 point less" : "1 point more";
}

static struct cell cell_people(struct exact people)
{
        return cell_count((int64_t)exact_round(people, 1, ROUND_HALF_AWAY));
}

static struct cell cell_coverage(const struct signal_view *view, const struct signal_cover *cover,
                                 bool table, char text[SIGNAL_WORDS_MAX])
{
        struct exact share;

        if (!view->sum->has_revenue || cover->unstated == cover->payers)
                return table ? cell_text("not known") : cell_none();
        share = signal_share(view->sum, cover->here_cents + cover->relayed_cents);
        if (table)
                return cell_text(words_percent(share, text));
        return cell_rate((int64_t)share.num, (int64_t)share.den);
}

/* $ 0 is no price of the measure: it says that nothing changes at this forecast. */
static struct cell cell_worth(const struct signal_point *point, bool table)
{
        for (int i = 0; i < FORECAST_COUNT; i++)
                if (point->cents[i] || !table)
                        return cell_money(point->cents[FORECAST_CENTRAL]);
        return cell_text("no change");
}

static void put_row(struct out *out, const struct signal_view *view,
                    const struct signal_concept *concept, enum direction direction, uint16_t rank)
{
        const struct signal_point *point = signal_point_of(concept, direction);
        bool table = out_format(out) == FORMAT_TABLE || out_format(out) == FORMAT_WIDE;
        char title[TEXT_MAX_LENGTH + 1], differs[SIGNAL_WORDS_MAX], cover[SIGNAL_WORDS_MAX];
        char payers[SIGNAL_WORDS_MAX];

        snprintf(title, sizeof(title), "%s", signal_title(view->titles, &concept->concept));
        snprintf(payers, sizeof(payers), "%" PRIu16 " of %" PRIu16, concept->cover.payers,
                 view->sum->payer_count);
        out_row(out, (struct cell[]) {
                concept->total_cost ? cell_none() : cell_count(rank),
                cell_text(concept->concept.text), cell_text(make_harmless(title)),
                cell_text(signal_step_word(concept, direction)),
                table ? cell_text(payers) : cell_count(concept->cover.payers),
                cell_coverage(view, &concept->cover, table, cover),
                cell_worth(point, table), cell_money(point->cents[FORECAST_LOW]),
                cell_money(point->cents[FORECAST_HIGH]),
                point->uncounted == point->contracts ? cell_none() : cell_people(point->people),
                cell_money(concept->stake), cell_money(concept->next),
                concept->has_reachable ? cell_people(concept->reachable) : cell_none(),
                cell_count(concept->days_left),
                cell_text(differs_words(concept->differs, differs)) });
}

void signal_table(struct out *out, const struct signal_view *view)
{
        bool page = out_format(out) == FORMAT_TABLE || out_format(out) == FORMAT_WIDE;

        out_begin(out, "incentive", table_columns);
        for (uint16_t i = 0; i < view->sum->concept_count; i++) {
                const struct signal_concept *concept = &view->sum->concepts[view->sum->ranked[i]];
                const enum direction ways[] = { DIRECTION_MORE, DIRECTION_LESS };

                for (size_t way = 0; way < 2; way++)
                        if (signal_point_of(concept, ways[way])->contracts)
                                put_row(out, view, concept, ways[way], (uint16_t)(i + 1));
        }
        out_end(out);
        if (!page)
                return;
        fputc('\n', out_stream(out));
        signal_say_as_of(out_stream(out), view);
        fputc('\n', out_stream(out));
}

/* ---- every row by its contract */

static const struct column number_columns[] = {
        COLUMN("contract", "CONTRACT"),
        COLUMN("measure", "MEASURE"),
        COLUMN_WIDE("item", "ITEM"),
        COLUMN("period", "PERIOD"),
        COLUMN_RIGHT("share", "YOUR PART"),
        COLUMN_RIGHT("numerator", "MET"),
        COLUMN_RIGHT("denominator", "OF"),
        COLUMN_RIGHT("target", "TARGET"),
        COLUMN_RIGHT("point_low", "LOW"),
        COLUMN_RIGHT("point", "POINT"),
        COLUMN_RIGHT("point_high", "HIGH"),
        COLUMN_RIGHT("patient", "PATIENT"),
        COLUMN_RIGHT("stake", "AT STAKE"),
        COLUMN("edge", "EDGE"),
        COLUMN_RIGHT("edge_steps", "STEPS"),
        COLUMN_RIGHT("edge_worth", "WORTH"),
        COLUMN_WIDE("standing", "STANDING"),
        COLUMN_WIDE("relayed", "RELAYED"),
        COLUMN_WIDE("through", "THROUGH"),
        COLUMN_WIDE("payment", "PAYMENT"),
        COLUMN_WIDE("again", "MADE AGAIN BY"),
        COLUMNS_END
};

const char *signal_edge_word(enum edge edge)
{
        static const char *const words[] = { [EDGE_GATE] = "gate", [EDGE_MINIMUM] = "minimum",
                                             [EDGE_CAP] = "cap", [EDGE_BEST] = "best" };

        return words[edge];
}

const char *signal_again(const struct signal_view *view, const struct incentive_contract *c,
                         char ret[SIGNAL_AGAIN_MAX])
{
        char contract[CONTRACT_ID_MAX + 1], period[LOOK_MAX], day[11] = "";

        contract_id_print(&c->contract, contract);
        if (c->payment != DATE_NONE)
                date_print(c->payment, day);
        snprintf(ret, SIGNAL_AGAIN_MAX, "accord settle preview %s --period %s%s%s --as-of %" PRIu64,
                 contract, look_period(c->period, period), *day ? " --payment " : "", day,
                 view->signal->as_of);
        return ret;
}

static void put_number(struct out *out, const struct signal_view *view,
                       const struct incentive_row *row)
{
        const struct incentive_contract *c = view_contract(view, row);
        const struct incentive *is = &row->is;
        char contract[CONTRACT_ID_MAX + 1], period[LOOK_MAX], again[SIGNAL_AGAIN_MAX];
        const struct cell none = cell_none();

        contract_id_print(&c->contract, contract);
        out_row(out, (struct cell[]) {
                cell_text(contract), cell_text(is->key.concept.text), cell_text(is->item.text),
                cell_text(look_period(c->period, period)),
                c->share.den ? cell_rate(c->share.num, c->share.den) : none,
                is->has_counts ? cell_count((int64_t)is->numerator) : none,
                is->has_counts ? cell_count((int64_t)is->denominator) : none,
                is->has_target ? cell_rate(is->target.num, is->target.den) : none,
                cell_money(is->point[FORECAST_LOW]), cell_money(is->point[FORECAST_CENTRAL]),
                cell_money(is->point[FORECAST_HIGH]),
                is->has_patient ? cell_money(is->patient) : none, cell_money(is->stake),
                cell_text(signal_edge_word(is->edge)), is->edge ? cell_count(is->edge_steps) : none,
                is->edge ? cell_money(is->edge_worth) : none,
                cell_text(word_of(standing_words, (int)c->standing)), cell_flag(c->relayed),
                cell_flag(c->through), cell_day(c->payment),
                cell_text(signal_again(view, c, again)) });
}

void signal_numbers(struct out *out, const struct signal_view *view,
                    const struct signal_concept *only)
{
        bool page = out_format(out) == FORMAT_TABLE || out_format(out) == FORMAT_WIDE;

        out_begin(out, "incentive-row", number_columns);
        for (uint16_t i = 0; i < view->sum->concept_count; i++) {
                const struct signal_concept *concept = &view->sum->concepts[view->sum->ranked[i]];

                for (uint16_t at = 0; at < concept->count && (!only || concept == only); at++)
                        put_number(out, view,
                                   signal_row(view->sum, view->signal, concept, at));
        }
        out_end(out);
        if (!page)
                return;
        fputc('\n', out_stream(out));
        signal_say_as_of(out_stream(out), view);
        fputs("\n\nEach figure is the difference of two settlements of its contract by its own "
              "terms, times your part, over\nfacts completed to the end of the period. What the "
              "same terms make of the facts as they stand:\n", out_stream(out));
        for (uint32_t i = 0; i < view->signal->contract_count; i++) {
                const struct incentive_contract *c = &view->signal->contracts[i];
                char again[SIGNAL_AGAIN_MAX];

                fprintf(out_stream(out), "  %s", signal_again(view, c, again));
                if (c->through)
                        fprintf(out_stream(out), "   (by %s)", c->contract.earner.text);
                fputc('\n', out_stream(out));
        }
}
