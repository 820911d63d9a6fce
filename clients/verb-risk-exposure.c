/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All that a provider's contracts can cost it together. Worked out by the provider's own client
 * from what its own node may read: the sum never reaches the hub or a payer.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/look.h"
#include "clients/reach.h"
#include "clients/risk-case.h"
#include "clients/take.h"
#include "clients/terms-file.h"
#include "clients/verbs.h"

#define CONTRACTS_MOST 256

struct exposure {
        struct call *call;
        struct reach *reach;
        struct name provider;
        struct risk_model model;
        struct contract_id contracts[CONTRACTS_MOST];
        size_t count, over;
        struct played *all;             /* count of them */
        int64_t *joint;                 /* of each trial, over all contracts */
};

static void exposure_cleanup(struct exposure *exposure)
{
        for (size_t i = 0; exposure->all && i < exposure->count; i++)
                played_cleanup(&exposure->all[i]);
        free(exposure->all);
        free(exposure->joint);
}

/* ---- what the hub has */

static int note_contract(void *with, const struct contract_row *row)
{
        struct exposure *exposure = with;

        if (!name_equal(&row->contract.earner, &exposure->provider) || !row->version_in_force)
                return 0;
        if (exposure->count == CONTRACTS_MOST)
                exposure->over++;
        else
                exposure->contracts[exposure->count++] = row->contract;
        return 0;
}

struct collecting {
        struct played *played;
        size_t room;
        bool full;
};

static int note_fact(void *with, const struct fact_row *row)
{
        struct collecting *collecting = with;
        struct played *played = collecting->played;

        if (!row->current)
                return 0;
        if (played->fact_count == collecting->room) {
                size_t room = collecting->room ? 2 * collecting->room : 256;
                struct fact *more = realloc(played->facts, room * sizeof(*more));

                collecting->full = !more;
                if (!more)
                        return 1;
                played->facts = more;
                collecting->room = room;
        }
        played->facts[played->fact_count++] = row->fact;
        return 0;
}

static enum exit_code fetch(const struct exposure *exposure, const struct contract_id *contract,
                            struct played *ret)
{
        struct collecting collecting = { .played = ret };
        struct accord_error error = { 0 };
        const struct terms_row *row;
        enum exit_code code;

        ret->terms = calloc(1, sizeof(*ret->terms));
        if (!ret->terms)
                return say_failure(-ENOMEM, "the terms");
        if (accord_query_terms(exposure->reach->session, contract, 0, &row, &error))
                return reach_failed(&error);
        code = terms_decode(row->terms, ret->terms);
        if (code)
                return code;
        if (accord_query_facts(exposure->reach->session, contract, false, note_fact, &collecting,
                               &error))
                return collecting.full ? say_failure(-ENOMEM, "the facts") : reach_failed(&error);
        return EXIT_DONE;
}

/* ---- one contract after the other */

static enum exit_code begin_case(const struct exposure *exposure, struct played *played)
{
        struct assumptions usual = ASSUMPTIONS_USUAL;
        enum exit_code code = risk_take_run(exposure->call, played->terms, &played->c.run);

        if (code)
                return code;
        played->c.panel = usual.panel = risk_panel(played, usual.panel);
        return risk_complete(&usual, played);
}

static const struct column columns[] = {
        COLUMN("contract", "CONTRACT"),
        COLUMN("forecast", "FORECAST"),
        COLUMN_RIGHT("owes", "OWES"),
        COLUMN_RIGHT("worst_5_percent", "WORST 5 %"),
        COLUMN_RIGHT("most", "AT MOST"),
        COLUMN("limited", "LIMITED"),
        COLUMNS_END
};

static void print_row(struct out *out, const char *name, const char *forecast,
                      const struct risk_result *result, int64_t most, bool limited)
{
        out_row(out, (struct cell[]) {
                cell_text(name), cell_text(forecast),
                cell_rate(llround(result->owes.figure * 1000000), 1000000),
                cell_money(llround(result->tail.figure)),
                limited ? cell_money(-most) : cell_none(),
                cell_text(limited ? "yes" : "no: nothing limits it") });
}

static const char *forecast_of(const struct played *played)
{
        if (!played->assumed)
                return "reported";
        return played->assumed == played->fact_count ? "assumed" : "in part assumed";
}

/* The trials are summed before they are sorted: trial n of every contract is the same year. */
static enum exit_code play(struct exposure *exposure, size_t at, int64_t *sum_most,
                           bool *all_limited)
{
        struct played *played = &exposure->all[at];
        char name[CONTRACT_ID_MAX + 1];
        struct risk_result result;
        int64_t most;
        bool limited;
        enum exit_code code = fetch(exposure, &exposure->contracts[at], played);

        if (!code)
                code = begin_case(exposure, played);
        if (!code)
                code = risk_play_out(exposure->call, &exposure->model, played, at);
        if (code)
                return code;
        for (uint32_t i = 0; i < exposure->model.trials; i++)
                exposure->joint[i] += played->payments[i];
        limited = risk_worst(&played->c, &most);
        risk_sum_up(played->payments, exposure->model.trials, &result);
        contract_id_print(&exposure->contracts[at], name);
        print_row(exposure->call->out, name, forecast_of(played), &result, most, limited);
        free(played->payments);
        played->payments = NULL;
        *sum_most += most;
        *all_limited = *all_limited && limited;
        return EXIT_DONE;
}

static enum exit_code play_all(struct exposure *exposure)
{
        struct risk_result result;
        int64_t most = 0;
        bool limited = true;
        enum exit_code code = EXIT_DONE;

        exposure->all = calloc(exposure->count + 1, sizeof(*exposure->all));
        exposure->joint = calloc(exposure->model.trials, sizeof(*exposure->joint));
        if (!exposure->all || !exposure->joint)
                return say_failure(-ENOMEM, "the trials");
        out_begin(exposure->call->out, "exposure", columns);
        for (size_t i = 0; i < exposure->count && !code; i++)
                code = play(exposure, i, &most, &limited);
        if (!code && exposure->count) {
                risk_sum_up(exposure->joint, exposure->model.trials, &result);
                print_row(exposure->call->out, "together", "", &result, most, limited);
        }
        out_end(exposure->call->out);
        return code;
}

/* A payer's node must not be able to ask for what its provider has with others, even by mistake. */
static enum exit_code own_provider(struct exposure *exposure)
{
        const struct name *own_party = &exposure->reach->profile.node.party;

        if (name_equal(own_party, &exposure->provider))
                return EXIT_DONE;
        say_error("the exposure of %s is for %s alone: this node is of %s",
                  exposure->provider.text, exposure->provider.text, own_party->text);
        return EXIT_RIGHTS;
}

static enum exit_code exposure_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        own(exposure) struct exposure exposure = { .call = call, .reach = &reach };
        struct accord_error error = { 0 };
        enum exit_code code = take_name(call, 0, &exposure.provider);

        if (!code)
                code = risk_take_model(call, &exposure.model);
        if (!code)
                code = reach_hub(call->cli, &reach);
        if (!code)
                code = own_provider(&exposure);
        if (code)
                return code;
        if (accord_query_contracts(reach.session, note_contract, &exposure, &error))
                return reach_failed(&error);
        if (exposure.over)
                say_error("%zu more contracts are left out: at most %d are played together",
                          exposure.over, CONTRACTS_MOST);
        code = play_all(&exposure);
        return code || !exposure.over ? code : EXIT_PARTIAL;
}

const struct verb verb_risk_exposure = {
        .noun = "risk",
        .name = "exposure",
        .usage = "PROVIDER",
        .says = "what all contracts of a provider can cost it together, for its own eyes",
        .more = "For each contract in force: how likely the provider owes something, what the\n"
                "worst year of twenty costs on average, and the most it can come to owe; then\n"
                "the same of all together, as years in which all of them happen at once. The\n"
                "forecast is what was reported for the period; what is missing is assumed (a\n"
                "panel that spends what is expected), and marked so. Contracts vary\n"
                "independently: what they have in common (a bad winter) comes on top.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .options = {
                { "period", "PERIOD", "the performance period; the first unless given", 0 },
                RISK_OPTIONS,
        },
        .run = exposure_run,
};
