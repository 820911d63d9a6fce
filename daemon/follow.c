/* SPDX-License-Identifier: Apache-2.0 */
/* What follows from a submission in the same batch: runs, and word of it to both sides. */
#include <errno.h>

#include "daemon/community.h"
#include "daemon/conflicts.h"
#include "daemon/dispatch.h"
#include "daemon/state_relation.h"
#include "daemon/window.h"

struct signal signal_of_run(const struct run_state *run, enum signal_kind kind, uint64_t cause)
{
        return (struct signal) {
                .kind = kind, .cause = cause, .version = run->terms_version, .has_run = true,
                .period = run->run.period, .run_kind = run->run.kind, .run = run->index,
                .payment = run->run.payment, .has_result = run->statement != 0,
                .status = run->status, .earned = run->earned, .payable = run->payable,
        };
}

int signal_both(struct hub *hub, const struct contract_id *contract, const struct signal *signal)
{
        struct signal copy = *signal;
        int r;

        copy.contract = *contract;
        r = hub_signal(hub, &contract->bearer, &copy);
        copy = *signal;
        copy.contract = *contract;
        return r ? r : hub_signal(hub, &contract->earner, &copy);
}

int signal_of(struct hub *hub, uint64_t run_index, enum signal_kind kind, uint64_t cause,
              const struct text *says)
{
        struct signal signal;
        struct run_state run;
        int r = state_run(hub->txn, run_index, &run);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        signal = signal_of_run(&run, kind, cause);
        signal.says = *says;
        return signal_both(hub, &run.run.contract, &signal);
}

int follow(struct hub *hub, const struct view *view, const struct submission *submission,
           const struct entry *entry)
{
        int r = 0;

        for (uint32_t i = 0; !r && i < submission->event_count; i++) {
                follow_fn *next = handler_of(submission->events[i].kind)->follow;

                if (next)
                        r = next(hub, view, submission, i, entry);
        }
        return r ? r : window_follow_facts(hub, view, submission, entry);
}

static struct text sentence(const char *text)
{
        struct text ret = { { 0 } };

        memcpy(ret.text, text, strnlen(text, TEXT_MAX_LENGTH));
        return ret;
}

/* Terms hold now: do they go together with the provider's others, and the payer's benefits? */
static int follow_terms(struct hub *hub, const struct view_contract *contract,
                        const struct entry *entry)
{
        int r = community_follow_terms(hub, contract, entry->index, day_of_instant(entry->time));

        return r ? r : conflicts_follow(hub, &contract->id, entry);
}

int follow_offer(struct hub *hub, const struct view *view, const struct submission *submission,
                 uint32_t place, const struct entry *entry)
{
        const struct signal signal = {
                .kind = SIGNAL_CONTRACT_OFFERED,
                .cause = entry->index,
                .version = view->events[place].terms->version,
                .says = sentence("terms are on offer: read them and accept them by their digest"),
        };

        int r = signal_both(hub, &view->contract.id, &signal);

        return r || !submission->events[place].offer.relayed.is
                       ? r : follow_terms(hub, &view->contract, entry);
}

int follow_acceptance(struct hub *hub, const struct view *view, const struct submission *submission,
                      uint32_t place, const struct entry *entry)
{
        const struct signal signal = {
                .kind = SIGNAL_CONTRACT_ACCEPTED,
                .cause = entry->index,
                .version = submission->events[place].acceptance.version,
                .says = sentence("both sides have signed: the terms are in force"),
        };

        int r;

        if (!view_accepted_by_both(&view->contract, &view->contract.offered, view_side(view)))
                return 0;
        r = signal_both(hub, &view->contract.id, &signal);
        return r ? r : follow_terms(hub, &view->contract, entry);
}

int follow_termination(struct hub *hub, const struct view *view,
                       const struct submission *submission, uint32_t place,
                       const struct entry *entry)
{
        const struct signal signal = {
                .kind = SIGNAL_CONTRACT_TERMINATED,
                .cause = entry->index,
                .version = view->contract.version_in_force,
                .says = sentence("the contract has been ended by one of its sides"),
        };

        int r = signal_both(hub, &view->contract.id, &signal);

        (void)submission, (void)place;
        return r ? r : conflicts_follow(hub, &view->contract.id, entry);
}

/* Runs count from 1 within contract and period. */
static int next_run_number(struct hub *hub, uint32_t contract_no, struct period period,
                           uint32_t *ret)
{
        struct run_state run;
        uint64_t at = 0;
        int r;

        *ret = 1;
        while (!(r = state_run_next(hub->txn, contract_no, at, &at))) {
                r = state_run(hub->txn, at, &run);
                if (r)
                        return r;
                *ret += period_equal(run.run.period, period);
        }
        return r == -ENOENT ? 0 : r;
}

int follow_run(struct hub *hub, const struct contract_state_row *contract,
               const struct run_request *request, uint64_t cause, uint64_t *ret_index)
{
        struct record record = {
                .kind = ENTRY_RUN,
                .run = {
                        .run = {
                                .contract = contract->id, .period = request->period,
                                .kind = request->kind, .payment = request->payment,
                        },
                        .cause = cause,
                },
        };
        struct signal signal = {
                .kind = SIGNAL_RUN_ORDERED, .has_run = true, .period = request->period,
                .run_kind = request->kind, .payment = request->payment,
                .says = sentence("a settlement run was ordered: "
                                 "it reads what the log holds up to here"),
        };
        struct entry entry;
        int r = next_run_number(hub, contract->no, request->period, &record.run.run.number);

        if (!r)
                r = hub_say(hub, &record, &entry, NULL);
        if (r)
                return r;
        *ret_index = signal.cause = signal.run = entry.index;
        return signal_both(hub, &contract->id, &signal);
}

int follow_run_request(struct hub *hub, const struct view *view,
                       const struct submission *submission, uint32_t place,
                       const struct entry *entry)
{
        const struct contract_state_row contract = {
                .no = view->contract.no, .id = view->contract.id,
        };
        uint64_t index;

        return follow_run(hub, &contract, &submission->events[place].run_request, entry->index,
                          &index);
}
