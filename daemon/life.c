/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is said of statements: accepted, disputed, undisputed again; and what silence comes to. The
 * events change lives; the books follow (daemon/journal.c).
 */
#include "daemon/life.h"

#include <errno.h>

#include "core/check.h"
#include "core/sentence.h"
#include "daemon/dispatch.h"
#include "daemon/due.h"

#define DAY_US INT64_C(86400000000)

static struct due_state window_of(const struct life_state *life)
{
        return (struct due_state) {
                .kind = DUE_DISPUTE_WINDOW_ENDS, .at = life->answer_until,
                .a = life->contract_no, .index = life->run,
        };
}

int life_put(struct hub *hub, struct life_state *life, const struct entry *entry)
{
        bool runs = life_waits(&life->life) && life->dispute_days;
        struct due_state due;
        int r = 0;

        if (life->answer_until && !runs) {
                due = window_of(life);
                life->answer_until = 0;
                r = state_due_drop(hub->txn, &due);
        } else if (!life->answer_until && runs) {
                life->answer_until = entry->time + life->dispute_days * DAY_US;
                due = window_of(life);
                r = state_due_put(hub->txn, &due);
        }
        life->changed = entry->index;
        return r ? r : state_life_put(hub->txn, life);
}

/* ---- gathering */

static bool has_spoken(const struct life_state *life, uint32_t node_no)
{
        for (uint32_t i = 0; i < life->accepted_count; i++)
                if (life->accepted[i].node_no == node_no)
                        return true;
        return false;
}

static int gather_digest(struct hub *hub, uint64_t index, struct sha256 *ret)
{
        struct log_entry entry;
        struct digest digest;
        int r = log_read_proved(hub->txn, NULL, index, &entry);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        hash_spans(hub->hasher, &entry.bytes, 1, &digest);
        memcpy(ret->octets, digest.octets, sizeof(ret->octets));
        return 0;
}

static int gather_statement(struct hub *hub, const struct view *view, uint64_t run_index,
                            struct view_statement *ret)
{
        struct life_state life;
        struct run_state run;
        int r = state_run(hub->txn, run_index, &run);

        if (r || run.contract_no != view->contract.no || !run.statement)
                return r == -ENOENT ? 0 : r;
        r = state_life(hub->txn, run_index, CUT_LAST, &life);
        if (!r)
                r = gather_digest(hub, run.statement, &ret->sha256);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        ret->is = true;
        ret->is_calculated = run.status == STATEMENT_CALCULATED;
        ret->line_count = life.line_count;
        ret->takes_acceptance = life_takes_acceptance(&life.life, view_side(view));
        ret->takes_dispute =
                life_takes_dispute(&life.life, view_side(view), &ret->disputes_full);
        ret->has_spoken = has_spoken(&life, view->node_no);
        return 0;
}

int gather_statement_acceptance(struct hub *hub, const struct submission *submission,
                                const struct view *view, uint32_t place, struct view_event *ret)
{
        return gather_statement(hub, view, submission->events[place].statement_acceptance.run,
                                &ret->statement);
}

int gather_dispute(struct hub *hub, const struct submission *submission, const struct view *view,
                   uint32_t place, struct view_event *ret)
{
        return gather_statement(hub, view, submission->events[place].dispute.run, &ret->statement);
}

int gather_dispute_end(struct hub *hub, const struct submission *submission,
                       const struct view *view, uint32_t place, struct view_event *ret)
{
        struct dispute_of_run dispute;
        int r = state_dispute(hub->txn, submission->events[place].dispute_end.dispute, &dispute);

        ret->has_dispute = !r && dispute.contract_no == view->contract.no &&
                           dispute.side == view_side(view) && !dispute.ended;
        return r == -ENOENT ? 0 : r;
}

/* ---- folds */

static int load(struct hub *hub, uint64_t run, struct life_state *ret)
{
        int r = state_life(hub->txn, run, CUT_LAST, ret);

        return r == -ENOENT ? -EILSEQ : r;
}

static unsigned int nodes_of(const struct life_state *life, enum side side)
{
        unsigned int count = 0;

        for (uint32_t i = 0; i < life->accepted_count; i++)
                count += life->accepted[i].side == side;
        return count;
}

int fold_statement_acceptance(struct hub *hub, const struct view *view,
                              const struct submission *submission, uint32_t place,
                              const struct entry *entry)
{
        enum side side = view_side(view);
        struct life_state life;
        int r = load(hub, submission->events[place].statement_acceptance.run, &life);

        if (r)
                return r;
        if (side == SIDE_NEITHER || !life_takes_acceptance(&life.life, side) ||
            life.accepted_count == LIFE_ACCEPTANCES_MAX)
                return -EILSEQ;
        life.accepted[life.accepted_count++] =
                (struct view_acceptance) { side, view->node_no, entry->index };
        if (nodes_of(&life, side) >=
            view_nodes_needed(view_party_of(&view->contract, side), RIGHT_SETTLEMENT))
                life_accepted(&life.life, side);
        return life_put(hub, &life, entry);
}

/* Who disputes takes back what a first of its two nodes has said. */
static void forget_first_node(struct life_state *life, enum side side)
{
        uint32_t kept = 0;

        for (uint32_t i = 0; i < life->accepted_count; i++)
                if (life->accepted[i].side != side)
                        life->accepted[kept++] = life->accepted[i];
        life->accepted_count = kept;
}

int fold_dispute(struct hub *hub, const struct view *view, const struct submission *submission,
                 uint32_t place, const struct entry *entry)
{
        const struct dispute *said = &submission->events[place].dispute;
        const struct life_claim claim = { entry->index, view_side(view), said->claims };
        struct dispute_of_run dispute = {
                .index = entry->index, .event = place, .time = entry->time,
                .contract_no = view->contract.no, .node_no = view->node_no, .side = claim.side,
                .run = said->run, .claims = said->claims,
        };
        struct life_state life;
        bool full;
        int r = load(hub, said->run, &life);

        if (r)
                return r;
        if (claim.side == SIDE_NEITHER || !life_takes_dispute(&life.life, claim.side, &full) ||
            full)
                return -EILSEQ;
        forget_first_node(&life, claim.side);
        life_disputed(&life.life, &claim);
        r = state_dispute_put(hub->txn, &dispute);
        return r ? r : life_put(hub, &life, entry);
}

static int end_dispute(struct hub *hub, struct dispute_of_run *dispute, bool decided,
                       const struct entry *entry)
{
        struct life_state life;
        int r = load(hub, dispute->run, &life);

        if (r)
                return r;
        if (!life_dispute_ended(&life.life, dispute->index))
                return -EILSEQ;
        dispute->ended = entry->index;
        dispute->closed_by = decided ? entry->index : 0;
        r = state_dispute_put(hub->txn, dispute);
        return r ? r : life_put(hub, &life, entry);
}

int fold_dispute_end(struct hub *hub, const struct view *view, const struct submission *submission,
                     uint32_t place, const struct entry *entry)
{
        struct dispute_of_run dispute;
        int r = state_dispute(hub->txn, submission->events[place].dispute_end.dispute, &dispute);

        if (r || dispute.ended || dispute.contract_no != view->contract.no)
                return r && r != -ENOENT ? r : -EILSEQ;
        return end_dispute(hub, &dispute, false, entry);
}

int life_close_dispute(struct hub *hub, uint64_t dispute_index, const struct entry *by)
{
        struct dispute_of_run dispute;
        int r = state_dispute(hub->txn, dispute_index, &dispute);

        return r || dispute.ended ? r : end_dispute(hub, &dispute, true, by);
}

/* ---- following */

static const struct name *party_of(const struct contract_id *contract, enum side side)
{
        return side == SIDE_BEARER ? &contract->bearer : &contract->earner;
}

int follow_statement_acceptance(struct hub *hub, const struct view *view,
                                const struct submission *submission, uint32_t place,
                                const struct entry *entry)
{
        uint64_t run = submission->events[place].statement_acceptance.run;
        enum side side = view_side(view);
        struct life_state life;
        struct text says;
        int r = load(hub, run, &life);

        if (r || !(life.life.accepted & SIDE_BIT(side)))        /* its second node is to speak */
                return r;
        sentence_begin(&says);
        sentence_add(&says, party_of(&view->contract.id, side)->text);
        sentence_add(&says, " accepts the statement over ");
        sentence_add_cents(&says, life.life.parts[LIFE_SETTLEMENT].says);
        sentence_add(&says, life.life.state == LIFE_ACCEPTED ? ": both sides have, it is posted"
                                                             : "");
        r = signal_of(hub, run, SIGNAL_STATEMENT_ACCEPTED, entry->index, &says);
        return r ? r : life_settle(hub, view->contract.no, entry->index);
}

/* Who is to decide it hears of it. */
static int tell_arbiter(struct hub *hub, const struct view *view, uint64_t run_index,
                        uint64_t cause, const struct text *says)
{
        const struct reconciling *terms = &view->contract.in_force.reconciling;
        struct signal signal;
        struct run_state run;
        int r;

        if (!terms->is || terms->decides != DECIDER_ARBITER)
                return 0;
        r = state_run(hub->txn, run_index, &run);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        signal = signal_of_run(&run, SIGNAL_STATEMENT_DISPUTED, cause);
        signal.contract = run.run.contract;
        signal.says = *says;
        return hub_signal(hub, &terms->arbiter, &signal);
}

int follow_dispute(struct hub *hub, const struct view *view, const struct submission *submission,
                   uint32_t place, const struct entry *entry)
{
        const struct dispute *said = &submission->events[place].dispute;
        struct life_state life;
        struct text says;
        int r = load(hub, said->run, &life);

        if (r)
                return r;
        sentence_begin(&says);
        sentence_add(&says, party_of(&view->contract.id, view_side(view))->text);
        sentence_add(&says, " claims ");
        sentence_add_cents(&says, said->claims);
        sentence_add(&says, " where the statement says ");
        sentence_add_cents(&says, life.life.parts[LIFE_SETTLEMENT].says);
        sentence_add(&says, ": undisputed are ");
        sentence_add_cents(&says, life_undisputed(&life.life));
        sentence_add(&says, ", held ");
        sentence_add_cents(&says, life_held(&life.life));
        r = signal_of(hub, said->run, SIGNAL_STATEMENT_DISPUTED, entry->index, &says);
        if (!r)
                r = tell_arbiter(hub, view, said->run, entry->index, &says);
        return r ? r : life_settle(hub, view->contract.no, entry->index);
}

int follow_dispute_end(struct hub *hub, const struct view *view,
                       const struct submission *submission, uint32_t place,
                       const struct entry *entry)
{
        struct dispute_of_run dispute;
        struct text says;
        int r = state_dispute(hub->txn, submission->events[place].dispute_end.dispute, &dispute);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        sentence_begin(&says);
        sentence_add(&says, party_of(&view->contract.id, dispute.side)->text);
        sentence_add(&says, " no longer claims ");
        sentence_add_cents(&says, dispute.claims);
        r = signal_of(hub, dispute.run, SIGNAL_DISPUTE_ENDED, entry->index, &says);
        return r ? r : life_settle(hub, view->contract.no, entry->index);
}

/* ---- silence */

int fold_due_dispute_window(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        struct life_state life;
        int r = load(hub, due->index, &life);

        if (r)
                return r;
        if (!life_waits(&life.life) || life.answer_until != due->at)
                return -EILSEQ;
        life_lapsed(&life.life);
        return life_put(hub, &life, entry);
}

int follow_due_dispute_window(struct hub *hub, const struct due_state *due,
                              const struct entry *entry)
{
        static const char words[] =
                "nobody disputed the statement in time: it holds as if both had accepted it";
        struct text says = { { 0 } };
        int r;

        memcpy(says.text, words, sizeof(words));
        r = signal_of(hub, due->index, SIGNAL_DEADLINE_PASSED, entry->index, &says);
        return r ? r : life_settle(hub, due->a, entry->index);
}
