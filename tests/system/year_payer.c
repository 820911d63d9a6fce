/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "proto/wire.h"
#include "tests/system/year.h"
#include "tests/world/must.h"

#define PATIENCE_MS 60000

struct payer {
        struct year *year;
        struct desk desk;
        struct accord_signals *signals;
        unsigned int waiting;           /* contracts whose facts wait to be flushed */
        unsigned int accepted, ordered, issued;
        bool *seen;                     /* statements, by case */
};

static void flush(struct payer *payer)
{
        struct desk *desk = &payer->desk;

        must_do(accord_flush(desk->session, desk->outbox, PATIENCE_MS, NULL, NULL, &desk->error),
                &desk->error, "the payer's flush");
        payer->waiting = 0;
}

static void add(struct payer *payer, unsigned int number, const struct event *events, size_t count)
{
        const struct accord_about about = { .contract = payer->year->cases[number].contract };
        struct desk *desk = &payer->desk;

        must_do(accord_outbox_add(desk->outbox, &about, events, count, NULL, &desk->error),
                &desk->error, "the payer's outbox");
}

static void offer_all(struct payer *payer)
{
        struct terms *terms = malloc(sizeof(*terms));
        own(sink) struct sink sink = { 0 };

        must(sink_new(&sink, 65536, WIRE_TERMS_MAX), "memory");
        for (unsigned int i = 0; i < payer->year->count; i++) {
                struct event event = { .kind = EVENT_OFFER };

                year_terms(payer->year, i, terms);
                sink_reset(&sink);
                must(wire_write_terms(&sink, terms), "writing terms");
                event.offer.terms = sink_bytes(&sink);
                add(payer, i, &event, 1);
        }
        flush(payer);
        free(terms);
}

static unsigned int case_of(const struct year *year, const struct contract_id *contract)
{
        for (unsigned int i = 0; i < year->count; i++)
                if (contract_id_equal(contract, &year->cases[i].contract))
                        return i;
        die("the payer hears of a contract of nobody's");
}

static void say_facts(struct payer *payer, unsigned int number)
{
        struct event events[2 * MSSP_FACTS_MAX];

        add(payer, number, events, year_facts(payer->year, number, SIDE_BEARER, events));
        if (++payer->waiting == 40)
                flush(payer);
}

static const char *reason_of(struct payer *payer, uint64_t run)
{
        struct accord_statement statement;

        must_do(accord_query_statement(payer->desk.session, run, &statement, &payer->desk.error),
                &payer->desk.error, "the payer's look at a statement");
        return statement.statement->reason.text;
}

static void check_result(struct payer *payer, unsigned int number, const struct signal *signal)
{
        const struct year_case *one = &payer->year->cases[number];

        must_be(!payer->seen[number], "a statement is issued twice");
        payer->seen[number] = true;
        must_be(signal->has_result && signal->has_run, "a statement's signal has no result");
        if ((signal->status == STATEMENT_CALCULATED) != one->calculable)
                die("%s: status %d: %s", one->row.case_id, signal->status,
                    reason_of(payer, signal->run));
        if (one->calculable && signal->earned != one->dollars * 100)
                die("%s: the payer hears %lld cents instead of %lld dollars", one->row.case_id,
                    (long long)signal->earned, (long long)one->dollars);
}

static void take(struct payer *payer, const struct signal *signal)
{
        unsigned int number = case_of(payer->year, &signal->contract);

        switch (signal->kind) {
        case SIGNAL_CONTRACT_ACCEPTED:
                payer->accepted++;
                say_facts(payer, number);
                break;
        case SIGNAL_RUN_ORDERED:
                payer->ordered++;
                break;
        case SIGNAL_STATEMENT_ISSUED:
                payer->issued++;
                check_result(payer, number, signal);
                break;
        default:
                break;
        }
}

/* Every signal of the party, in order; what was said waits no longer than a lull. */
static void hear_all(struct payer *payer)
{
        uint64_t last = (uint64_t)payer->year->count * YEAR_SIGNALS;
        const struct accord_signal *heard;
        double until = now_s() + 4 * PATIENCE_MS / 1e3;
        int r;

        for (uint64_t number = 1; number <= last;) {
                r = accord_signals_next(payer->signals, 20, &heard, &payer->desk.error);
                if (r != ACCORD_UNREACHABLE)    /* what is missing may take longer to ask for */
                        must_do(r, &payer->desk.error, "the payer's signals");
                must_be(now_s() < until, "the payer waits for signals in vain");
                if (r || !heard) {
                        if (payer->waiting)
                                flush(payer);
                        continue;
                }
                must_be(heard->signal.number == number, "the payer's signals leave a number out");
                number++;
                take(payer, &heard->signal);
                __atomic_store_n(&payer->year->counted->payer_heard, (unsigned int)number - 1,
                                 __ATOMIC_RELAXED);
        }
}

static int count_row(void *with, const struct statement_row *row)
{
        unsigned int *count = with;

        must_be(row->kind == RUN_FINAL && !row->relayed, "another kind of statement");
        (*count)++;
        return 0;
}

void year_be_payer(struct year *year)
{
        struct payer payer = { .year = year, .seen = calloc(year->count, sizeof(bool)) };
        struct accord_error *error = &payer.desk.error;
        unsigned int rows = 0;

        desk_open(&payer.desk, &year->payer, &year->accordd);
        must_do(accord_signals_open(&payer.signals, payer.desk.session, 0, error), error,
                "the payer's ear");
        offer_all(&payer);
        hear_all(&payer);
        must_be(payer.accepted == year->count && payer.ordered == year->count &&
                payer.issued == year->count, "the payer misses signals");
        must_do(accord_query_statements(payer.desk.session, NULL, count_row, &rows, error), error,
                "the payer's statements");
        must_be(rows == year->count, "the payer's list of statements");
        accord_signals_close(payer.signals);
        desk_close(&payer.desk);
        free(payer.seen);
        exit(0);
}
