/* SPDX-License-Identifier: Apache-2.0 */
/* What terms may come to, before anyone signs. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "core/own.h"
#include "clients/look.h"
#include "clients/page.h"
#include "clients/risk-case.h"
#include "clients/risk/picture.h"
#include "clients/take.h"
#include "clients/terms-file.h"
#include "clients/verbs.h"

/* What the panel and the true saving are said to be. */
struct asked {
        struct assumptions assumptions;
        struct rate saving;
        bool has_saving, has_panel;
};

static enum exit_code take_asked(const struct call *call, struct asked *ret)
{
        uint64_t panel = 0;
        enum exit_code code;

        *ret = (struct asked) { .assumptions = ASSUMPTIONS_USUAL, .saving = { 0, 1 } };
        panel = (uint64_t)ret->assumptions.panel;
        ret->has_panel = call_has(call, "panel");
        ret->has_saving = call_has(call, "saving") || !call_has(call, "facts");
        code = take_number_option(call, "panel", 100000000, &panel);
        ret->assumptions.panel = (int64_t)panel;
        if (!code)
                code = risk_take_money(call, "per-member", &ret->assumptions.per_member);
        if (!code)
                code = risk_take_rate(call, "quality", &ret->assumptions.quality);
        if (!code)
                code = risk_take_rate(call, "revenue", &ret->assumptions.revenue);
        if (!code)
                code = risk_take_rate(call, "saving", &ret->saving);
        if (code)
                return code;
        if (!panel || ret->assumptions.per_member <= 0 ||
            ret->assumptions.per_member > PER_CAPITA_MAX)
                return call_misused(call, "--panel and --per-member are above nothing");
        if (ret->assumptions.quality.num < 0 ||
            ret->assumptions.quality.num > ret->assumptions.quality.den ||
            ret->saving.num >= ret->saving.den || ret->assumptions.revenue.num < 0)
                return call_misused(call, "--quality is from 0 to 1, --saving below 1, --revenue "
                                    "not negative");
        return EXIT_DONE;
}

static enum exit_code begin_case(const struct call *call, const struct asked *asked,
                                 struct played *played)
{
        const char *facts = call_value(call, "facts");
        enum exit_code code = terms_file_read(call->words[0], &played->terms);

        if (!code)
                code = risk_take_run(call, played->terms, &played->c.run);
        if (code)
                return code;
        if (facts)
                code = risk_read_facts(facts, played);
        played->c.panel = asked->has_panel ? asked->assumptions.panel
                                           : risk_panel(played, asked->assumptions.panel);
        if (!code)
                code = risk_complete(&asked->assumptions, played);
        if (code)
                return code;
        played->c.has_saving = asked->has_saving;
        played->c.saving = (double)asked->saving.num / (double)asked->saving.den;
        return EXIT_DONE;
}

/* ---- showing it */

static const struct column columns[] = {
        COLUMN("figure", "FIGURE"),
        COLUMN_RIGHT("value", "VALUE"),
        COLUMN_RIGHT("error", "STANDARD ERROR"),
        COLUMN_RIGHT("of_benchmark", "OF BENCHMARK"),
        COLUMN("says", "WHAT IT IS"),
        COLUMNS_END
};

/* Estimates are to six decimals: more would promise what trials cannot keep. */
static struct cell part(double figure)
{
        return cell_rate(llround(figure * 1000000), 1000000);
}

static struct cell of_benchmark(const struct risk_base *base, double cents)
{
        return base->has_benchmark ? part(cents / base->benchmark) : cell_none();
}

static void probability(struct out *out, const char *name, struct estimate e, const char *says)
{
        out_row(out, (struct cell[]) { cell_text(name), part(e.figure), part(e.error),
                                       cell_none(), cell_text(says) });
}

static void amount(struct out *out, const char *name, struct estimate e,
                   const struct risk_base *base, const char *says)
{
        out_row(out, (struct cell[]) { cell_text(name), cell_money(llround(e.figure)),
                                       cell_money(llround(e.error)),
                                       of_benchmark(base, e.figure), cell_text(says) });
}

static void print_result(struct out *out, const struct risk_result *result,
                         const struct risk_base *base)
{
        const struct estimate reserve = { fmax(-result->tail.figure, 0), result->tail.error };

        out_begin(out, "risk-figure", columns);
        probability(out, "gains", result->gains, "probability that the earner is paid something");
        probability(out, "owes", result->owes, "probability that the earner owes something");
        amount(out, "mean", result->mean, base, "payment on average; negative is owed");
        amount(out, "spread", result->spread, base, "standard deviation of the payment");
        amount(out, "p5", result->low, base, "in one year of twenty it is this or worse");
        amount(out, "worst_5_percent", result->tail, base, "payment on average of those years");
        amount(out, "reserve", reserve, base, "what it takes to pay for them");
        out_end(out);
}

static enum exit_code write_svg(const char *path, const struct terms *terms,
                                const struct bar *bars, size_t count)
{
        char contract[CONTRACT_ID_MAX + 1], title[CONTRACT_ID_MAX + 64];
        FILE *to = fopen(path, "w");

        if (!to)
                return say_failure(-errno, "%s", path);
        contract_id_print(&terms->contract, contract);
        snprintf(title, sizeof(title), "%s: what it may come to", contract);
        bars_svg(to, title, bars, count);
        return fclose(to) ? say_failure(-errno, "%s", path) : EXIT_DONE;
}

static void print_premises(FILE *to, const struct played *played, const struct risk_model *model,
                           const struct risk_base *base)
{
        char period[LOOK_MAX], people[LOOK_MAX], money[LOOK_MAX];

        fprintf(to, "%s, %s people, %u trials from seed %llu\n",
                look_period(played->c.run.period, period), look_count(played->c.panel, people),
                model->trials, (unsigned long long)model->seed);
        if (base->has_benchmark)
                fprintf(to, "benchmark %s, true saving %.2f %% of it; chance: a member's cost "
                        "spreads %.2f, the benchmark %.2f %%\n",
                        look_money(llround(base->benchmark), money),
                        100 * (1 - base->expenditure / base->benchmark), model->cv,
                        100 * model->benchmark_error);
        else
                fputs("nothing is held against a benchmark: only measures vary\n", to);
        if (played->assumed)
                fprintf(to, "%zu of %zu figures of the forecast are assumed, not reported: see "
                        "--per-member, --quality, --revenue, --facts\n", played->assumed,
                        played->fact_count);
        look_money(base->payment, money);
        fprintf(to, "at the forecast itself the payment is %s\n\n", money);
}

static enum exit_code show_picture(struct call *call, const struct played *played,
                                   const struct risk_model *model)
{
        bool table = out_format(call->out) == FORMAT_TABLE || out_format(call->out) == FORMAT_WIDE;
        const char *svg = call_value(call, "svg");
        struct bar bars[BARS_MAX];
        size_t count = bars_of(played->payments, model->trials, bars);

        if (table) {
                fputc('\n', out_stream(call->out));
                bars_print(out_stream(call->out), bars, count, call_has(call, "ascii"));
        }
        return svg ? write_svg(svg, played->terms, bars, count) : EXIT_DONE;
}

static enum exit_code show(struct call *call, const struct played *played,
                           const struct risk_model *model)
{
        bool table = out_format(call->out) == FORMAT_TABLE || out_format(call->out) == FORMAT_WIDE;
        char reason[TEXT_MAX_LENGTH + 1] = "";
        struct risk_result result;
        struct risk_base base;
        int r = risk_base(&played->c, &base, reason);

        if (r == -EDOM)
                say_error("it is not calculable: %s", reason);
        if (r)
                return r == -EDOM ? EXIT_REFUSED : say_failure(r, "the forecast");
        risk_sum_up(played->payments, model->trials, &result);
        if (table)
                print_premises(out_stream(call->out), played, model, &base);
        print_result(call->out, &result, &base);
        return show_picture(call, played, model);
}

static enum exit_code simulate_run(struct call *call)
{
        own(played) struct played played = { 0 };
        struct risk_model model;
        struct asked asked;
        enum exit_code code = risk_take_model(call, &model);

        if (!code)
                code = take_asked(call, &asked);
        if (!code)
                code = begin_case(call, &asked, &played);
        if (!code)
                code = risk_play_out(call, &model, &played, 0);
        return code ? code : show(call, &played, &model);
}

const struct verb verb_risk_simulate = {
        .noun = "risk",
        .name = "simulate",
        .usage = "TERMS.json",
        .says = "play terms through: how likely is it to owe, and how much",
        .more = "The terms' own steps are settled again and again over a forecast that chance\n"
                "moves: what the members of a panel of this size cost, an error of the\n"
                "benchmark, who meets a measure. The forecast is a report (--facts), or is\n"
                "assumed: --panel people at --per-member dollars a year, in a period that truly\n"
                "saves --saving of the benchmark. The same seed gives the same figures. Each\n"
                "comes with its standard error; more --trials make it smaller.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .unsettled = true,
        .options = {
                { "facts", "FILE", "the forecast, as a report: JSON or CSV", 0 },
                { "period", "PERIOD", "the performance period; the first unless given", 0 },
                { "panel", "NUMBER", "people; as the report says, or 10000", 0 },
                { "per-member", "AMOUNT", "what care costs a person and year; 12000", 0 },
                { "saving", "RATE", "true saving: 3%; as the report says, or 0", 0 },
                { "quality", "RATE", "of the most there is, in every measure; 90%", 0 },
                { "revenue", "RATE", "participants' revenue, of the expenditure; 40%", 0 },
                RISK_OPTIONS,
                { "svg", "FILE", "write the picture there too", 0 },
                { "ascii", NULL, "draw the picture in ASCII", 0 },
        },
        .run = simulate_run,
};
