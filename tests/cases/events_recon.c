/* SPDX-License-Identifier: Apache-2.0 */
/* What a node says of statements, of figures in dispute, and of money. */
#include <stdalign.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "core/lines.h"
#include "tests/cases/reading.h"

#define POOL_SIZE (1 << 18)
#define LISTED_MAX 32                   /* lines, decisions, parts of one event */

static struct {
        alignas(max_align_t) uint8_t bytes[POOL_SIZE];
        size_t used;
} pool;

void pool_reset(void)
{
        pool.used = 0;
}

void *pool_take(size_t size)
{
        void *ret = pool.bytes + pool.used;

        pool.used += (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
        must(pool.used <= POOL_SIZE ? 0 : -1, "pool_take");
        memset(ret, 0, size);
        return ret;
}

/* accepts-statement CONTRACT PERIOD [of-run KIND] [other-digest] */
void read_statement_acceptance(struct reading *r)
{
        struct statement_acceptance *acceptance = &r->event->statement_acceptance;
        struct statement *s;
        struct period period;
        enum run_kind kind;

        read_about(r);
        period = want_period(r->play);
        kind = words_take(r->play->words, "of-run") ? want_run_kind(r->play) : 0;
        s = find_statement(r->play, &r->contract->id, period, kind, &acceptance->statement_sha256);
        acceptance->run = s->run.cut;
        free(s);
        if (words_take(r->play->words, "other-digest"))
                acceptance->statement_sha256.octets[31] ^= 1;
        r->event->kind = EVENT_STATEMENT_ACCEPTANCE;
}

/* By its name; 0: any place will do that has none. */
static uint16_t want_line_code(struct play *play)
{
        const char *word = want(play, "a line");
        const struct line_info *info;

        for (size_t i = 0; (info = line_at(i)); i++)
                if (strcmp(info->name, word) == 0)
                        return (uint16_t)info->code;
        wrong(play, "there is no line '%s'", word);
}

static struct exact want_exact(struct play *play, uint16_t code)
{
        const char *word = want(play, "a value");
        struct value value;

        if (!read_value(word, line_info(code)->unit, &value))
                wrong(play, "'%s' is no value of that line", word);
        return exact_of_value(&value);
}

/* line NAME VALUE: of the statement's lines of that name the last */
static void read_disputed_line(struct reading *r, const struct statement *s,
                               struct disputed_line *ret)
{
        uint16_t code = want_line_code(r->play);
        unsigned int at = s->line_count;

        while (at > 0 && s->lines[at - 1].code != code)
                at--;
        ret->line = at ? at - 1 : s->line_count;
        ret->exact = want_exact(r->play, code);
}

static void read_evidence(struct reading *r, struct dispute *dispute)
{
        dispute->has_evidence = true;
        dispute->evidence = read_text(r->play, "a document");
        dispute->evidence_sha256 = sha256_of(dispute->evidence);
}

/* disputes CONTRACT PERIOD [of-run KIND] claims AMOUNT [line NAME VALUE] [because ""] ... */
void read_dispute(struct reading *r)
{
        struct dispute *dispute = &r->event->dispute;
        struct disputed_line *lines = pool_take(LISTED_MAX * sizeof(*lines));
        struct words *words = r->play->words;
        struct statement *s;
        struct period period;
        enum run_kind kind;

        read_about(r);
        r->event->kind = EVENT_DISPUTE;
        period = want_period(r->play);
        kind = words_take(words, "of-run") ? want_run_kind(r->play) : 0;
        s = find_statement(r->play, &r->contract->id, period, kind, NULL);
        dispute->run = s->run.cut;
        dispute->lines = lines;
        for (;;) {
                if (words_take(words, "claims"))
                        dispute->claims = want_money(r->play);
                else if (words_take(words, "line") && dispute->line_count < LISTED_MAX)
                        read_disputed_line(r, s, &lines[dispute->line_count++]);
                else if (words_take(words, "because"))
                        dispute->says = read_text(r->play, "a reason");
                else if (words_take(words, "evidence"))
                        read_evidence(r, dispute);
                else
                        break;
        }
        free(s);
}

/* withdraws CONTRACT LABEL|INDEX */
void read_dispute_end(struct reading *r)
{
        read_about(r);
        r->event->kind = EVENT_DISPUTE_END;
        r->event->dispute_end.dispute = want_index(r->play);
}

/* KIND PERIOD VALUE [segment S] [item I] */
static void read_decision(struct reading *r, struct decision *ret)
{
        const struct fact_kind_info *info = read_kind(r, &ret->kind);

        ret->period = want_period(r->play);
        read_fact_value(r, info, &ret->value);
        for (;;) {
                if (words_take(r->play->words, "segment"))
                        ret->segment = want_name(r->play);
                else if (words_take(r->play->words, "item"))
                        ret->item = want_item(r->play);
                else
                        return;
        }
}

/* CONTRACT [fact KIND PERIOD VALUE ...] [closes LABEL|INDEX] [because ""] [garbled] ... */
static struct bytes read_decisions(struct reading *r, struct bytes *ret_says)
{
        struct decision *facts = pool_take(LISTED_MAX * sizeof(*facts));
        struct dispute_end *disputes = pool_take(LISTED_MAX * sizeof(*disputes));
        struct decisions decisions = { .facts = facts, .disputes = disputes };
        struct sink *sink = &r->play->stage.sink;
        struct words *words = r->play->words;
        bool garbled = false;
        uint8_t *copy;

        read_about(r);
        decisions.contract = r->contract->id;
        for (;;) {
                if (words_take(words, "fact") && decisions.fact_count < LISTED_MAX)
                        read_decision(r, &facts[decisions.fact_count++]);
                else if (words_take(words, "closes") && decisions.dispute_count < LISTED_MAX)
                        disputes[decisions.dispute_count++].dispute = want_index(r->play);
                else if (words_take(words, "of-contract"))
                        decisions.contract = want_contract(r->play)->id;
                else if (words_take(words, "because"))
                        *ret_says = read_text(r->play, "a reason");
                else if (words_take(words, "garbled"))
                        garbled = true;
                else
                        break;
        }
        sink_reset(sink);
        must(wire_write_decisions(sink, &decisions), "wire_write_decisions");
        copy = pool_take(sink->size);
        memcpy(copy, sink->data, sink->size);
        if (garbled)
                memset(copy, 0xff, sink->size < 4 ? sink->size : 4);
        r->offered->decisions = sha256_of((struct bytes) { copy, sink->size });
        return (struct bytes) { copy, sink->size };
}

void read_resolution(struct reading *r)
{
        struct resolution *resolution = &r->event->resolution;

        r->event->kind = EVENT_RESOLUTION;
        resolution->decisions = read_decisions(r, &resolution->says);
}

void read_determination(struct reading *r)
{
        struct determination *determination = &r->event->determination;

        r->event->kind = EVENT_DETERMINATION;
        determination->decisions = read_decisions(r, &determination->says);
}

/* agrees-to CONTRACT LABEL [other-digest] */
void read_resolution_acceptance(struct reading *r)
{
        struct resolution_acceptance *acceptance = &r->event->resolution_acceptance;
        const struct said *said;

        read_about(r);
        r->event->kind = EVENT_RESOLUTION_ACCEPTANCE;
        said = words_peek(r->play->words) ? said_as(r->play, words_peek(r->play->words)) : NULL;
        if (said)
                acceptance->decisions_sha256 = said->decisions;
        acceptance->resolution = want_index(r->play);
        if (words_take(r->play->words, "other-digest"))
                acceptance->decisions_sha256.octets[31] ^= 1;
}

static void read_figure_line(struct reading *r, struct figure_line *ret)
{
        ret->code = want_line_code(r->play);
        if (words_take(r->play->words, "item"))
                ret->item = want_item(r->play);
        ret->exact = want_exact(r->play, ret->code);
}

/* states-figure CONTRACT PERIOD earned X [payable X] [line NAME [item I] VALUE] ... */
void read_figure(struct reading *r)
{
        struct figure *figure = &r->event->figure;
        struct figure_line *lines = pool_take(LISTED_MAX * sizeof(*lines));
        struct words *words = r->play->words;

        read_about(r);
        r->event->kind = EVENT_FIGURE;
        figure->period = want_period(r->play);
        figure->lines = lines;
        for (;;) {
                if (words_take(words, "earned")) {
                        figure->earned = want_money(r->play);
                } else if (words_take(words, "payable")) {
                        figure->has_payable = true;
                        figure->payable = want_money(r->play);
                } else if (words_take(words, "terms-version")) {
                        figure->terms_version = (uint32_t)want_number(r->play);
                } else if (words_take(words, "line") && figure->line_count < LISTED_MAX) {
                        read_figure_line(r, &lines[figure->line_count++]);
                } else if (words_take(words, "supersedes")) {
                        figure->has_supersedes = true;
                        figure->supersedes = want_index(r->play);
                } else {
                        return;
                }
        }
}

/* part PERIOD [of-run KIND] AMOUNT, or part run N AMOUNT */
static void read_part(struct reading *r, struct payment_part *ret)
{
        ret->run = words_take(r->play->words, "run") ? want_number(r->play)
                                                      : want_run(r->play, &r->contract->id);
        ret->cents = want_money(r->play);
}

/* pays|receives CONTRACT TRACE day DAY AMOUNT [part ...]... [method M] [supersedes LABEL|INDEX] */
static void read_payment(struct reading *r, enum payment_direction direction)
{
        struct payment *payment = &r->event->payment;
        struct payment_part *parts = pool_take(LISTED_MAX * sizeof(*parts));
        struct words *words = r->play->words;

        read_about(r);
        r->event->kind = EVENT_PAYMENT;
        payment->direction = direction;
        payment->trace = want_item(r->play);
        payment->parts = parts;
        if (!words_take(words, "day"))
                wrong(r->play, "'day' and a day should follow");
        payment->day = want_day(r->play);
        payment->cents = want_money(r->play);
        for (;;) {
                if (words_take(words, "part") && payment->part_count < LISTED_MAX) {
                        read_part(r, &parts[payment->part_count++]);
                } else if (words_take(words, "method")) {
                        payment->method = want_item(r->play);
                } else if (words_take(words, "supersedes")) {
                        payment->has_supersedes = true;
                        payment->supersedes = want_index(r->play);
                } else {
                        return;
                }
        }
}

void read_payment_sent(struct reading *r)
{
        read_payment(r, PAYMENT_SENT);
}

void read_payment_received(struct reading *r)
{
        read_payment(r, PAYMENT_RECEIVED);
}
