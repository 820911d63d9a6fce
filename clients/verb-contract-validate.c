/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Terms checked before anybody signs: what they say, and what they would pay for what nobody should
 * be paid for.
 */
#include <errno.h>
#include <stdlib.h>

#include "core/incentive.h"
#include "core/own.h"
#include "clients/look.h"
#include "clients/risk-case.h"
#include "clients/terms-file.h"
#include "clients/verbs.h"

/* An example in which something is saved: where nothing is, most terms pay for nothing at all. */
#define SAVED ((struct rate) { 5, 100 })

struct exposure {
        struct incentive_work work;
        struct statement statement;
        struct gaming_exposure list[INCENTIVES_MAX];
        size_t count;
};

static const char *word_of_gaming(enum gaming what)
{
        static const char *const words[GAMING_COUNT] = {
                [GAMING_REMOVE_MEMBER] = "remove-member",
                [GAMING_REMOVE_COSTLY] = "remove-costly",
                [GAMING_EXCLUDE_PATIENT] = "exclude-patient",
                [GAMING_CODE_HIGHER] = "code-higher",
        };

        return words[what];
}

/* ---- the figures it is worked out on */

/* Costs that nobody reported are below what was expected. */
static void save(struct played *played, struct rate saved)
{
        for (size_t i = played->fact_count - played->assumed; i < played->fact_count; i++) {
                struct value *value = &played->facts[i].value;
                struct exact cost = exact_mul(exact_of(value->num),
                                              exact_ratio(saved.den - saved.num, saved.den));

                if (fact_kind_costs(played->facts[i].key.kind))
                        value->num = (int64_t)exact_round(cost, 1, ROUND_HALF_AWAY);
        }
}

static enum exit_code take_figures(const struct call *call, struct played *played)
{
        const char *facts = call_value(call, "facts");
        struct assumptions usual = ASSUMPTIONS_USUAL;
        struct rate saved = SAVED;
        enum exit_code code = risk_take_rate(call, "saving", &saved);

        if (!code && (saved.num < 0 || saved.num > saved.den))
                return call_misused(call, "--saving is from 0 to 1");
        if (!code)
                code = risk_take_run(call, played->terms, &played->c.run);
        if (!code && facts)
                code = risk_read_facts(facts, played);
        if (code)
                return code;
        usual.panel = risk_panel(played, usual.panel);
        code = risk_complete(&usual, played);
        if (!code)
                save(played, saved);
        return code;
}

/* ---- showing it */

static const struct column columns[] = {
        COLUMN("exposure", "EXPOSURE"),
        COLUMN("measure", "MEASURE"),
        COLUMN_RIGHT("to_earner", "TO THE EARNER"),
        COLUMN("says", "WHAT WOULD BE PAID FOR"),
        COLUMN_WIDE("figures", "FIGURES"),
        COLUMNS_END
};

static const char *figures_of(const struct played *played)
{
        if (!played->assumed)
                return "reported";
        return played->assumed == played->fact_count ? "assumed" : "in part assumed";
}

static void print_rows(struct out *out, const struct exposure *exposure,
                       const struct played *played)
{
        out_begin(out, "gaming-exposure", columns);
        for (size_t i = 0; i < exposure->count; i++) {
                const struct gaming_exposure *one = &exposure->list[i];

                out_row(out, (struct cell[]) {
                        cell_text(word_of_gaming(one->what)),
                        one->item.text[0] ? cell_text(one->item.text) : cell_none(),
                        one->calculable ? cell_money(one->cents) : cell_none(),
                        cell_text(gaming_says(one->what)), cell_text(figures_of(played)) });
        }
        out_end(out);
}

static void print_premises(FILE *to, const struct played *played)
{
        char period[LOOK_MAX];

        fprintf(to, "\ngaming exposure: what these terms would pay for what nobody should be paid "
                "for, of\n%s, both sides see the same\n",
                look_period(played->c.run.period, period));
        if (played->assumed)
                fprintf(to, "%zu of %zu figures are an example, not reported: a panel of 10,000 at "
                        "$ 12,000 a year,\n5 %% saved unless --saving says otherwise, quality "
                        "90 %% of the most; --facts takes your own\n", played->assumed,
                        played->fact_count);
        fputc('\n', to);
}

static void explain_none(struct exposure *exposure, const struct played *played,
                         const struct settle_inputs *inputs)
{
        settle(played->terms, &played->c.run, inputs, &exposure->statement);
        say_error("the gaming exposure is not calculable: %s", exposure->statement.reason.text);
}

static bool table(const struct out *out)
{
        return out_format(out) == FORMAT_TABLE || out_format(out) == FORMAT_WIDE;
}

static enum exit_code show_exposure(struct call *call, struct played *played)
{
        struct exposure *exposure = calloc(1, sizeof(*exposure));
        struct settle_inputs inputs;

        if (!exposure)
                return say_failure(-ENOMEM, "the exposure");
        inputs = (struct settle_inputs) { .facts = played->facts,
                                          .fact_count = played->fact_count };
        exposure->count = gaming_exposures(played->terms, &played->c.run, &inputs, &exposure->work,
                                           exposure->list);
        if (table(call->out))
                print_premises(out_stream(call->out), played);
        if (!exposure->count)
                explain_none(exposure, played, &inputs);
        else
                print_rows(call->out, exposure, played);
        free(exposure);
        return EXIT_DONE;
}

/* ---- the verb */

static enum exit_code show_terms(struct call *call, const struct terms *terms)
{
        own(sink) struct sink sink = { 0 };
        struct digest digest;
        enum exit_code code = terms_encode(terms, &sink, &digest);

        return code ? code : terms_print(call->out, terms, sink_bytes(&sink), &digest);
}

static enum exit_code validate_run(struct call *call)
{
        own(played) struct played played = { 0 };
        bool only = call_has(call, "exposure");
        enum exit_code code = terms_file_read(call->words[0], &played.terms);

        if (!code && !only)
                code = show_terms(call, played.terms);
        if (!code && (only || table(call->out)))
                code = take_figures(call, &played);
        if (!code && (only || table(call->out)))
                code = show_exposure(call, &played);
        if (!code)
                say_note(call->cli, "%s can be carried out as it stands", call->words[0]);
        return code;
}

const struct verb verb_contract_validate = {
        .noun = "contract",
        .name = "validate",
        .usage = "FILE",
        .says = "check a file of terms; show them, and what could be gamed",
        .more = "Beneath the terms stands their gaming exposure: what they would pay if a member "
                "left the panel, one of average cost or a costly one, if a patient who does not "
                "meet a measure were excluded from it, if risk were coded higher. It is settled "
                "by the terms' own steps, on figures of a report (--facts) or on an example, and "
                "is for both sides to see before they sign: accord contract show CONTRACT --terms "
                "-o json gives whoever is to accept the same file. No signal ever tells these "
                "figures. In tables both are shown; in other formats the terms, or --exposure.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .unsettled = true,
        .options = {
                { "facts", "FILE", "figures for the exposure, as a report: JSON or CSV", 0 },
                { "period", "PERIOD", "the performance period; the first unless given", 0 },
                { "saving", "RATE", "what costs are below what is expected, where assumed; 5%", 0 },
                { "exposure", NULL, "only the gaming exposure", 0 },
        },
        .run = validate_run,
};
