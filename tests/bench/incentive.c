/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the incentives of one contract cost, beside one settlement of it: over all templates, with
 * their own examples and assumed facts of a year that is half over.
 *
 *      bench-incentive [ROUNDS]
 *
 * A line a template: how many things it pays for, microseconds of one settlement and of its
 * incentives, how many settlements these are worth, microseconds a thing. Then, as KEY VALUE,
 * the mean and the longest in microseconds, and settlements of the longest.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clients/risk/assume.h"
#include "clients/template.h"
#include "core/incentive.h"

#define YEARS_BACK 40

struct figures {
        double settle, incentives;      /* microseconds */
        unsigned int rows;
        bool calculable;
};

struct sums {
        double mean, longest, settlements;
        unsigned int count;
};

static struct terms terms;
static struct fact facts[INPUTS_MAX];
static struct statement statement;
static struct incentive_work work;
static struct incentives came;
static struct complaints complaints;

/* Of this process: others may be at work beside it. */
static double now_us(void)
{
        struct timespec now;

        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
        return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* The last year that the template has figures for. */
static bool make_terms(const struct template_info *info)
{
        int last = info->last_year < 2026 ? info->last_year : 2026;

        for (int year = last; year > last - YEARS_BACK && year >= info->first_year; year--) {
                memset(&complaints, 0, sizeof(complaints));
                if (template_example(info->name, year, &terms, &complaints) == 0)
                        return true;
        }
        return false;
}

static struct figures measure(struct run *run, size_t count, unsigned int rounds)
{
        const struct settle_inputs inputs = { .facts = facts, .fact_count = count };
        struct figures figures = { 0 };
        double begun = now_us();

        for (unsigned int i = 0; i < rounds; i++)
                settle(&terms, run, &inputs, &statement);
        figures.settle = (now_us() - begun) / rounds;
        begun = now_us();
        for (unsigned int i = 0; i < rounds; i++)
                incentives_of(&terms, run, &inputs, NULL, &work, &came);
        figures.incentives = (now_us() - begun) / rounds;
        figures.rows = came.count;
        figures.calculable = came.status == STATEMENT_CALCULATED;
        return figures;
}

/* Half of the year is paid for. */
static size_t half_a_year(struct period period)
{
        const struct assumptions usual = ASSUMPTIONS_USUAL;
        size_t count = assume_facts(&terms, period, &usual, facts);

        for (size_t i = 0; i < count; i++)
                if (period_equal(facts[i].key.period, period))
                        facts[i].key.paid_through = date_add_months(period.from, 6) - 1;
                else
                        facts[i].key.paid_through = DATE_NONE;
        return count;
}

static void one(const struct template_info *info, unsigned int rounds, struct sums *sums)
{
        struct run run;
        struct figures f;

        if (!make_terms(info))
                return;
        run = (struct run) { .contract = terms.contract, .period = terms.periods[0],
                             .kind = RUN_PREVIEW, .number = 1,
                             .payment = date_add_months(terms.periods[0].until, 10) };
        f = measure(&run, half_a_year(run.period), rounds);
        printf("%-28s %3u %8.2f %8.1f %7.0f %7.1f%s\n", info->name, f.rows, f.settle, f.incentives,
               f.incentives / f.settle, f.rows ? f.incentives / f.rows : 0.0,
               f.calculable ? "" : " not calculable");
        if (!f.calculable)
                return;
        sums->mean += f.incentives;
        sums->count++;
        if (f.incentives > sums->longest) {
                sums->longest = f.incentives;
                sums->settlements = f.incentives / f.settle;
        }
}

int main(int argc, char **argv)
{
        unsigned int rounds = argc > 1 ? (unsigned int)strtoul(argv[1], NULL, 10) : 100;
        const struct template_info *info;
        struct sums sums = { 0 };

        if (rounds == 0)
                return 2;
        for (size_t i = 0; (info = template_at(i)); i++)
                one(info, rounds, &sums);
        if (!sums.count)
                return 1;
        printf("mean_us %.1f\nlongest_us %.1f\nlongest_settlements %.0f\n", sums.mean / sums.count,
               sums.longest, sums.settlements);
        return fflush(stdout) ? 1 : 0;
}
