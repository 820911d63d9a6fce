/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A computed statement enters the log:
 * with what it means for the books and word of it to both sides.
 */
#include <errno.h>
#include <stdlib.h>

#include "daemon/figure.h"
#include "daemon/life.h"
#include "daemon/malice.h"

static int tell(struct hub *hub, const struct run_state *run, const struct statement *statement,
                uint64_t cause)
{
        static const char calculated[] = "a statement was issued";
        static const char not_calculable[] =
                "a run could not be calculated: the statement says what is missing";
        bool done = statement->status == STATEMENT_CALCULATED;
        struct signal signal = signal_of_run(run, SIGNAL_STATEMENT_ISSUED, cause);

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
        malice_alter(hub->statement);
        record.statement = hub->statement;
        r = hub_say(hub, &record, &entry, NULL);
        if (!r)
                r = state_run(hub->txn, run.index, &run);
        if (!r)
                r = life_settle(hub, run.contract_no, run.statement);
        if (!r)
                r = tell(hub, &run, statement, entry.index);
        return r ? r : figures_again(hub, &run, entry.index);
}
