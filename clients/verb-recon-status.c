/* SPDX-License-Identifier: Apache-2.0 */
/* Where each contract and period stands between the two sides. */
#include <inttypes.h>
#include <string.h>

#include "core/own.h"
#include "clients/asking.h"
#include "clients/look.h"
#include "clients/recon-words.h"
#include "clients/standing.h"
#include "clients/take.h"
#include "clients/verbs.h"

static const struct column columns[] = {
        COLUMN("contract", "CONTRACT"),
        COLUMN("period", "PERIOD"),
        COLUMN_WIDE("standing", "STANDING"),
        COLUMN_RIGHT("agreed", "AGREED"),
        COLUMN("missing", "MISSING"),
        COLUMN_RIGHT("disputed", "DISPUTED"),
        COLUMN_WIDE("one_sided", "ONE-SIDED"),
        COLUMN_RIGHT("run", "RUN"),
        COLUMN_WIDE("run_kind", "RUN KIND"),
        COLUMN("life", "LIFE"),
        COLUMN_RIGHT("payable", "PAYABLE"),
        COLUMN_RIGHT("held", "HELD"),
        COLUMN_RIGHT("open", "UNPAID"),
        COLUMN("awaited", "AWAITED"),
        COLUMN("due", "NEXT"),
        COLUMN("due_at", "WHEN"),
        COLUMN_WIDE("stale", "STALE"),
        COLUMN_WIDE("final", "FINAL"),
        COLUMN_WIDE("missing_bearer", "OF BEARER"),
        COLUMN_WIDE("missing_earner", "OF EARNER"),
        COLUMN_WIDE("period_from", "FROM"),
        COLUMN_WIDE("period_through", "THROUGH"),
        COLUMNS_END
};

/* "aco 2, medicare 1": who still has to state how many facts. */
static const char *missing(const struct recon_row *row, char ret[WHO_MAX])
{
        ret[0] = '\0';
        if (row->missing_bearer)
                snprintf(ret, WHO_MAX, "%s %" PRIu32, row->contract.bearer.text,
                         row->missing_bearer);
        if (row->missing_earner)
                snprintf(ret + strlen(ret), WHO_MAX - strlen(ret), "%s%s %" PRIu32,
                         *ret ? ", " : "", row->contract.earner.text, row->missing_earner);
        return *ret ? ret : NULL;
}

static int status_row(void *with, const struct recon_row *row)
{
        const struct cell none = cell_none();
        char contract[CONTRACT_ID_MAX + 1], period[LOOK_MAX], lacks[WHO_MAX], who[WHO_MAX],
                final[FINAL_MAX];
        bool has_run = row->run != 0;

        contract_id_print(&row->contract, contract);
        who_names(&row->contract, row->due_for, who);
        out_row(with, (struct cell[]) {
                cell_text(contract), cell_text(look_period(row->period, period)),
                cell_text(word_of(standing_words, row->standing)), cell_count(row->agreed),
                cell_text(missing(row, lacks)), cell_count(row->disputed),
                cell_count(row->one_sided), has_run ? cell_id(row->run) : none,
                has_run ? cell_text(word_of(run_kind_words, row->run_kind)) : none,
                cell_text(word_of(life_words, row->life)),
                row->has_result ? cell_money(row->payable) : none,
                row->has_result ? cell_money(row->held) : none,
                row->has_result ? cell_money(row->open) : none, *who ? cell_text(who) : none,
                cell_text(word_of(due_words, row->due)), cell_time(row->due_at),
                row->stale ? cell_flag(true) : none,
                cell_text(final_words(row->witness, row->witness_sides, final)),
                cell_count(row->missing_bearer),
                cell_count(row->missing_earner), cell_day(row->period.from),
                cell_day(row->period.until - 1) });
        return 0;
}

static enum exit_code status_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };
        struct contract_id contract;
        enum exit_code code = call->word_count ? take_contract(call, 0, &contract) : EXIT_DONE;

        if (!code)
                code = reach_asking(call, &reach);
        if (code)
                return code;
        out_begin(call->out, "recon", columns);
        if (accord_query_recon(reach.session, call->word_count ? &contract : NULL, status_row,
                               call->out, &error))
                code = reach_failed(&error);
        out_end(call->out);
        return code;
}

const struct verb verb_recon_status = {
        .noun = "recon",
        .name = "status",
        .usage = "[CONTRACT]",
        .says = "show where each contract and period stands: agreed, missing, disputed, what is "
                "next",
        .more = "AGREED, MISSING and DISPUTED count facts; MISSING names who has to state them. "
                "LIFE, PAYABLE and HELD are of the statement that counts; UNPAID is what is posted "
                "and not cleared by payments, above zero owed by the bearer. AWAITED is whose turn "
                "it is, NEXT what happens by itself WHEN nobody does anything. `accord recon show` "
                "has it line by line, `accord help reconciling` tells what it all means.",
        .words_most = 1,
        .prints = true,
        .options = { AS_OF_OPTION },
        .run = status_run,
};
