/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/lines.h"
#include "tests/system/year.h"
#include "tests/world/must.h"

#define PATIENCE_MS 90000

/* One provider; a process plays many, one after the other in each act. */
struct provider {
        struct year *year;
        unsigned int number;
        struct desk desk;
        struct accord_signals *signals;
        struct accord_error error;
        uint64_t run;
};

static void open_provider(struct provider *provider, struct year *year, unsigned int number)
{
        *provider = (struct provider) { .year = year, .number = number };
        desk_open(&provider->desk, &year->providers[number], &year->accordd);
        must_do(accord_signals_open(&provider->signals, provider->desk.session,
                                    ACCORD_SIGNALS_KEPT, &provider->error),
                &provider->error, "a provider's ear");
        __atomic_add_fetch(&year->counted->listening, 1, __ATOMIC_RELAXED);
}

static const struct contract_id *contract_of(const struct provider *provider)
{
        return &provider->year->cases[provider->number].contract;
}

/* The next signal must be this one, about its own contract, with the next number. */
static const struct signal *await(struct provider *provider, uint64_t number,
                                  enum signal_kind kind)
{
        const struct accord_signal *heard;

        must_do(accord_signals_next(provider->signals, PATIENCE_MS, &heard, &provider->error),
                &provider->error, "a provider's signals");
        must_be(heard != NULL, "a provider waits for a signal in vain");
        must_be(heard->signal.number == number && heard->signal.kind == kind,
                "a provider hears another signal than the next");
        must_be(contract_id_equal(&heard->signal.contract, contract_of(provider)),
                "a provider hears of somebody else's contract");
        must_do(accord_signals_done(provider->signals, number, &provider->error),
                &provider->error, "keeping what was heard");
        return &heard->signal;
}

static void accept(struct provider *provider)
{
        await(provider, 1, SIGNAL_CONTRACT_OFFERED);
        desk_accept(&provider->desk, contract_of(provider));
}

static void say_facts(struct provider *provider)
{
        struct event events[2 * MSSP_FACTS_MAX];
        size_t count;

        await(provider, 2, SIGNAL_CONTRACT_ACCEPTED);
        count = year_facts(provider->year, provider->number, SIDE_EARNER, events);
        desk_say(&provider->desk, contract_of(provider), events, count);
}

static int count_fact(void *with, const struct fact_row *row)
{
        size_t *count = with;

        *count += row->fact.side == SIDE_BEARER && row->current;
        return 0;
}

/* What the payer says is in before the run is asked for: a run reads what lies before it. */
static void order_run(struct provider *provider)
{
        const struct run *run = &provider->year->cases[provider->number].row.run;
        const struct event event = {
                .kind = EVENT_RUN_REQUEST, .run_request = { run->period, RUN_FINAL, run->payment },
        };
        struct event events[2 * MSSP_FACTS_MAX];
        size_t wanted = year_facts(provider->year, provider->number, SIDE_BEARER, events), seen;
        double until = now_s() + PATIENCE_MS / 1e3;

        for (;;) {
                seen = 0;
                must_do(accord_query_facts(provider->desk.session, contract_of(provider), false,
                                           count_fact, &seen, &provider->error),
                        &provider->error, "a provider's look at the facts");
                if (seen == wanted)
                        break;
                must_be(now_s() < until, "a provider waits for the payer's facts in vain");
                usleep(20000);
        }
        desk_say(&provider->desk, contract_of(provider), &event, 1);
}

static void check_signal(const struct signal *signal, const struct statement *statement)
{
        must_be(signal->has_result && signal->status == statement->status &&
                signal->earned == statement->earned && signal->payable == statement->payable,
                "signal and statement differ");
}

/* What would be owed without the limit that is not known. */
static int64_t without_limit(const struct statement *statement)
{
        for (uint16_t i = 0; i < statement->line_count; i++)
                if (statement->lines[i].code == LINE_AT_MOST)
                        return (int64_t)statement->lines[i].num;
        die("not calculable, and not for a missing limit: %s", statement->reason.text);
}

/* The hub's figure against the one computed elsewhere, and whose facts it was made of. */
static void check_statement(struct provider *provider, const struct statement *statement)
{
        const struct year_case *one = &provider->year->cases[provider->number];
        struct year_count *counted = provider->year->counted;

        if ((statement->status == STATEMENT_CALCULATED) != one->calculable)
                die("%s: status %d: %s", one->row.case_id, statement->status,
                    statement->reason.text);
        if (!one->calculable) {
                must_be(without_limit(statement) == one->dollars * 100, one->row.case_id);
                __atomic_add_fetch(&counted->not_calculable, 1, __ATOMIC_RELAXED);
                return;
        }
        if (statement->earned != one->dollars * 100)
                die("%s: %lld cents instead of %lld dollars", one->row.case_id,
                    (long long)statement->earned, (long long)one->dollars);
        for (uint16_t i = 0; i < statement->fact_count; i++)
                must_be(statement->facts[i].side ==
                        (statement->facts[i].kind >= FACT_QUALITY_SCORE &&
                         statement->facts[i].kind <= FACT_QUALITY_REPORTING_ONLY
                                 ? SIDE_EARNER : SIDE_BEARER),
                        "a figure was taken from the side that is not of record");
        __atomic_add_fetch(one->dollars ? &counted->exact : &counted->nothing, 1,
                           __ATOMIC_RELAXED);
}

static void read_statement(struct provider *provider)
{
        struct accord_statement statement;
        struct signal signal;

        provider->run = await(provider, 3, SIGNAL_RUN_ORDERED)->run;
        signal = *await(provider, YEAR_SIGNALS, SIGNAL_STATEMENT_ISSUED);
        must_be(signal.run == provider->run, "a statement of another run");
        must_do(accord_query_statement(provider->desk.session, provider->run, &statement,
                                       &provider->error),
                &provider->error, "reading a statement");
        check_signal(&signal, statement.statement);
        check_statement(provider, statement.statement);
}

/* Nothing more came, and nothing that was not for it. */
static void close_provider(struct provider *provider)
{
        const struct accord_signal *heard;
        struct accord_signals_stat stat;

        must_do(accord_signals_next(provider->signals, 0, &heard, &provider->error),
                &provider->error, "a provider's signals");
        must_be(heard == NULL, "a provider hears more than its own");
        accord_signals_stat(provider->signals, &stat);
        must_be(stat.dropped == 0, "a provider got what it cannot open");
        must_be(stat.last == YEAR_SIGNALS && stat.newest == YEAR_SIGNALS,
                "a provider's signals do not end where they should");
        accord_signals_close(provider->signals);
        desk_close(&provider->desk);
}

void year_be_providers(struct year *year, unsigned int first, unsigned int step)
{
        static void (*const acts[])(struct provider *) = {
                accept, say_facts, order_run, read_statement, close_provider,
        };
        unsigned int count = (year->count - first + step - 1) / step;
        struct provider *providers = calloc(count, sizeof(*providers));

        must_be(providers != NULL, "memory");
        for (unsigned int i = 0; i < count; i++)
                open_provider(&providers[i], year, first + i * step);
        for (size_t act = 0; act < sizeof(acts) / sizeof(acts[0]); act++)
                for (unsigned int i = 0; i < count; i++)
                        acts[act](&providers[i]);
        free(providers);
        exit(0);
}
