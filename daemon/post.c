/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A computed statement enters the log:
 * with what it means for the books and word of it to both sides.
 */
#include <errno.h>
#include <stdlib.h>

#include "daemon/hub_private.h"
#include "daemon/posted.h"

static int post(struct hub *hub, const struct run_state *run)
{
        struct record record = {
                .kind = ENTRY_JOURNAL_ENTRY,
                .journal_entry = {
                        .run = run->index, .contract = run->run.contract, .state = JOURNAL_PENDING,
                },
        };
        static const char says[] =
                "settlement of the period, until accepted or the dispute window ends";
        struct entry entry;
        bool overtaken;
        int64_t before;
        int r;

        r = posted_before(hub->txn, run, &before, &overtaken);
        if (r || overtaken || run->payable == before)
                return r;
        memcpy(record.journal_entry.says.text, says, sizeof(says));
        journal_legs(&record.journal_entry, PURPOSE_SETTLEMENT, run->payable - before);
        return hub_say(hub, &record, &entry, NULL);
}

static int tell(struct hub *hub, const struct run_state *run, const struct statement *statement,
                uint64_t cause)
{
        static const char calculated[] = "a statement was issued";
        static const char not_calculable[] =
                "a run could not be calculated: the statement says what is missing";
        bool done = statement->status == STATEMENT_CALCULATED;
        struct signal signal = {
                .kind = SIGNAL_STATEMENT_ISSUED, .cause = cause,
                .version = statement->terms_version, .has_run = true, .period = run->run.period,
                .run_kind = run->run.kind, .run = run->index, .payment = run->run.payment,
                .has_result = true, .status = statement->status, .earned = statement->earned,
                .payable = statement->payable,
        };

        if (done)
                memcpy(signal.says.text, calculated, sizeof(calculated));
        else
                memcpy(signal.says.text, not_calculable, sizeof(not_calculable));
        return signal_both(hub, &run->run.contract, &signal);
}

int hub_post_statement(struct hub *hub, const struct statement *statement)
{
        struct record record = { .kind = ENTRY_STATEMENT };
        struct run_state run;
        struct entry entry;
        int r = state_run(hub->txn, statement->run.cut, &run);

        if (r || run.statement)         /* said already: a run is computed again after a crash */
                return r == -ENOENT ? -EINVAL : r;
        *hub->statement = *statement;
        record.statement = hub->statement;
        r = hub_say(hub, &record, &entry, NULL);
        if (!r)
                r = state_run(hub->txn, run.index, &run);
        if (!r && posts(&run))
                r = post(hub, &run);
        return r ? r : tell(hub, &run, statement, entry.index);
}
