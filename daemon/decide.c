/* SPDX-License-Identifier: Apache-2.0 */
/* Resolutions that both sides sign, and determinations by whom the terms let decide. */
#include "daemon/decide.h"

#include <errno.h>

#include "core/check.h"
#include "core/sentence.h"
#include "daemon/dispatch.h"
#include "daemon/life.h"
#include "daemon/matching.h"
#include "daemon/window.h"

/* ---- gathering */

static bool said_since(const struct fact *fact, const struct fact *decided)
{
        return fact && fact->index > decided->index;
}

/* The sides differ; or it was decided, and one of them has said something else since. */
static bool is_open(const struct match *match)
{
        return match->result == MATCH_DISPUTED ||
               (match->result == MATCH_DECIDED && (said_since(match->bearer, match->decided) ||
                                                   said_since(match->earner, match->decided)));
}

static int gather_figure_decided(struct hub *hub, const struct view *view,
                                 const struct decision *decision, struct view_decision *ret)
{
        const struct fact_key key = {
                .scope = SCOPE_CONTRACT, .kind = decision->kind, .segment = decision->segment,
                .item = decision->item, .period = decision->period,
        };
        const struct fact *record;
        struct thing thing;
        int r = matching_thing(hub->txn, view->contract.no, view->steps, &key, UINT64_MAX, &thing);

        if (r || !thing.is)
                return r;
        record = match_of_record(&thing.match);
        *ret = (struct view_decision) {
                .open = is_open(&thing.match), .of_record = thing.match.of_record,
                .has_record = record != NULL,
        };
        if (record)
                ret->record = record->value;
        return 0;
}

static int gather_dispute_open(struct hub *hub, const struct view *view, uint64_t index, bool *ret)
{
        struct dispute_of_run dispute;
        int r = state_dispute(hub->txn, index, &dispute);

        *ret = r == 0 && dispute.contract_no == view->contract.no && !dispute.ended;
        return r == -ENOENT ? 0 : r;
}

static int gather_open(struct hub *hub, const struct view *view, struct view_decide *ret)
{
        const struct decisions *d = ret->decisions;
        struct view_decision *facts = arena_take(&hub->arena, (d->fact_count + 1) * sizeof(*facts));
        bool *disputes = arena_take(&hub->arena, d->dispute_count + 1);
        int r = facts && disputes ? 0 : -ENOMEM;

        for (uint32_t i = 0; !r && i < d->fact_count; i++)
                r = gather_figure_decided(hub, view, &d->facts[i], &facts[i]);
        for (uint32_t i = 0; !r && i < d->dispute_count; i++)
                r = gather_dispute_open(hub, view, d->disputes[i].dispute, &disputes[i]);
        ret->facts = facts;
        ret->disputes_open = disputes;
        return r;
}

/* Nothing is looked up for who has no say in it. */
static bool has_a_say(const struct view *view, const struct submission *submission)
{
        return view->steps && submission->event_count == 1 &&
               (view_side(view) != SIDE_NEITHER || view_is_arbiter(view));
}

static int gather_decisions(struct hub *hub, const struct view *view, struct bytes bytes,
                            struct view_decide *ret)
{
        struct decisions *decisions = arena_take(&hub->arena, sizeof(*decisions));
        struct digest digest;
        int r;

        if (!decisions)
                return -ENOMEM;
        hash_spans(hub->hasher, &bytes, 1, &digest);
        memcpy(ret->sha256.octets, digest.octets, sizeof(ret->sha256.octets));
        r = wire_read_decisions(bytes, &hub->arena, decisions, &ret->fault);
        if (r)
                return r < 0 ? r : 0;
        ret->decisions = decisions;
        return gather_open(hub, view, ret);
}

static int decide_new(struct hub *hub, struct view_event *to, struct view_decide **ret)
{
        *ret = arena_take(&hub->arena, sizeof(**ret));
        if (!*ret)
                return -ENOMEM;
        (*ret)->fault = (struct fault) { .field = "decisions", .says = "was not read" };
        to->decide = *ret;
        return 0;
}

static void note_proposal(const struct proposal_state *proposal, struct view_decide *ret)
{
        ret->is = true;
        ret->is_open = proposal->state == DISPUTE_OPEN;
        ret->index = proposal->index;
        ret->signed_count = proposal->signed_count;
        memcpy(ret->signed_by, proposal->signed_by, sizeof(ret->signed_by));
}

int gather_resolution(struct hub *hub, const struct submission *submission, const struct view *view,
                      uint32_t place, struct view_event *ret)
{
        struct view_decide *decide;
        int r = decide_new(hub, ret, &decide);

        if (r || !has_a_say(view, submission))
                return r;
        return gather_decisions(hub, view, submission->events[place].resolution.decisions, decide);
}

/* The decisions as they stand in the log, inside the resolution. */
static int proposed(struct hub *hub, uint64_t index, struct bytes *ret)
{
        struct submission submission;
        struct log_entry entry;
        struct fault fault;
        int r = log_read_proved(hub->txn, NULL, index, &entry);

        if (!r)
                r = wire_read_submission(entry.bytes, &hub->arena, &submission, &fault);
        if (r)
                return r > 0 || r == -ENOENT ? -EILSEQ : r;
        if (submission.event_count != 1 || submission.events[0].kind != EVENT_RESOLUTION)
                return -EILSEQ;
        *ret = submission.events[0].resolution.decisions;
        return 0;
}

int gather_resolution_acceptance(struct hub *hub, const struct submission *submission,
                                 const struct view *view, uint32_t place, struct view_event *ret)
{
        const uint64_t index = submission->events[place].resolution_acceptance.resolution;
        struct proposal_state proposal;
        struct view_decide *decide;
        struct bytes bytes;
        int r = decide_new(hub, ret, &decide);

        if (r || !has_a_say(view, submission))
                return r;
        r = state_proposal(hub->txn, view->contract.no, index, &proposal);
        if (r || proposal.what != DISPUTE_RESOLUTION)
                return r == -ENOENT ? 0 : r;
        note_proposal(&proposal, decide);
        r = proposed(hub, index, &bytes);
        return r ? r : gather_decisions(hub, view, bytes, decide);
}

/* What another node of the party has said, and what waits for a second one to say the same. */
static int gather_first(struct hub *hub, const struct view *view, struct view_decide *ret)
{
        struct proposal_state proposal;
        uint64_t at = 0;
        int r;

        while (!(r = state_proposal_next(hub->txn, view->contract.no, at, &proposal))) {
                at = proposal.index;
                if (proposal.what == DISPUTE_DETERMINATION && proposal.state == DISPUTE_OPEN &&
                    proposal.party_no == view->speaking.no &&
                    memcmp(&proposal.sha256, &ret->sha256, sizeof(ret->sha256)) == 0)
                        note_proposal(&proposal, ret);
        }
        return r == -ENOENT ? 0 : r;
}

int gather_determination(struct hub *hub, const struct submission *submission,
                         const struct view *view, uint32_t place, struct view_event *ret)
{
        struct view_decide *decide;
        int r = decide_new(hub, ret, &decide);

        if (r || !has_a_say(view, submission))
                return r;
        r = gather_decisions(hub, view, submission->events[place].determination.decisions, decide);
        return r ? r : gather_first(hub, view, decide);
}

/* ---- folding */

static int sign(struct proposal_state *proposal, const struct view *view, const struct entry *entry)
{
        if (proposal->signed_count == DECISION_SIGNERS_MAX)
                return -EILSEQ;
        proposal->signed_by[proposal->signed_count++] = (struct view_acceptance) {
                view_side(view), view->node_no, entry->index,
        };
        return 0;
}

static int put_decided(struct hub *hub, uint32_t contract_no, const struct decisions *d,
                       const struct entry *entry)
{
        int r = 0;

        for (uint32_t i = 0; !r && i < d->fact_count; i++) {
                const struct decision *decision = &d->facts[i];
                const struct decided_state state = {
                        .contract_no = contract_no,
                        .fact = {
                                .key = {
                                        .scope = SCOPE_CONTRACT, .kind = decision->kind,
                                        .segment = decision->segment, .item = decision->item,
                                        .period = decision->period, .paid_through = DATE_NONE,
                                },
                                .value = decision->value, .index = entry->index, .event = i,
                                .side = SIDE_NEITHER, .decided = true,
                        },
                };

                r = state_decided_put(hub->txn, &state);
        }
        return r;
}

/* From now on its figures hold, and its disputes are over. */
static int put_in_force(struct hub *hub, struct proposal_state *proposal,
                        const struct decisions *decisions, const struct entry *entry)
{
        int r = decisions ? put_decided(hub, proposal->contract_no, decisions, entry) : -EILSEQ;

        for (uint32_t i = 0; !r && i < decisions->dispute_count; i++)
                r = life_close_dispute(hub, decisions->disputes[i].dispute, entry);
        proposal->state = DISPUTE_IN_FORCE;
        proposal->ended = entry->index;
        return r == -ENOENT ? -EILSEQ : r;
}

static int fold_proposed(struct hub *hub, const struct view *view, const struct view_decide *seen,
                         enum dispute_what what, const struct entry *entry)
{
        struct proposal_state proposal = {
                .contract_no = view->contract.no, .index = entry->index, .what = what,
                .party_no = view->speaking.no, .side = view_side(view), .state = DISPUTE_OPEN,
                .sha256 = seen->sha256,
        };
        int r = sign(&proposal, view, entry);

        if (!r && what == DISPUTE_DETERMINATION && view_determined(view, seen))
                r = put_in_force(hub, &proposal, seen->decisions, entry);
        return r ? r : state_proposal_put(hub->txn, &proposal);
}

static int fold_signature(struct hub *hub, const struct view *view, const struct view_decide *seen,
                          bool is_last, const struct entry *entry)
{
        struct proposal_state proposal;
        int r = state_proposal(hub->txn, view->contract.no, seen->index, &proposal);

        if (!r)
                r = sign(&proposal, view, entry);
        if (!r && is_last)
                r = put_in_force(hub, &proposal, seen->decisions, entry);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        return state_proposal_put(hub->txn, &proposal);
}

int fold_resolution(struct hub *hub, const struct view *view, const struct submission *submission,
                    uint32_t place, const struct entry *entry)
{
        (void)submission;
        return fold_proposed(hub, view, view->events[place].decide, DISPUTE_RESOLUTION, entry);
}

int fold_resolution_acceptance(struct hub *hub, const struct view *view,
                               const struct submission *submission, uint32_t place,
                               const struct entry *entry)
{
        const struct view_decide *seen = view->events[place].decide;

        (void)submission;
        return fold_signature(hub, view, seen, view_resolved_by_both(view, seen), entry);
}

int fold_determination(struct hub *hub, const struct view *view,
                       const struct submission *submission, uint32_t place,
                       const struct entry *entry)
{
        const struct view_decide *seen = view->events[place].decide;

        (void)submission;
        if (seen->is)
                return fold_signature(hub, view, seen, view_determined(view, seen), entry);
        return fold_proposed(hub, view, seen, DISPUTE_DETERMINATION, entry);
}

/* ---- what follows */

/* "expenditure for 2024-01-01 to 2024-12-31 as 1,234.56 and 2 more figures; 1 dispute is closed" */
static void add_decisions(struct text *text, const struct decisions *d)
{
        if (d->fact_count) {
                const struct fact_key key = {
                        .kind = d->facts[0].kind, .segment = d->facts[0].segment,
                        .item = d->facts[0].item, .period = d->facts[0].period,
                };

                window_add_thing(text, &key);
                sentence_add(text, " as ");
                window_add_value(text, &d->facts[0].value);
        }
        if (d->fact_count > 1) {
                sentence_add(text, ", and ");
                sentence_add_number(text, d->fact_count - 1);
                sentence_add(text, d->fact_count == 2 ? " figure more" : " figures more");
        }
        if (!d->dispute_count)
                return;
        sentence_add(text, d->fact_count ? "; " : "");
        sentence_add_number(text, d->dispute_count);
        sentence_add(text, d->dispute_count == 1 ? " dispute is closed" : " disputes are closed");
}

int follow_resolution(struct hub *hub, const struct view *view, const struct submission *submission,
                      uint32_t place, const struct entry *entry)
{
        struct signal signal = { .kind = SIGNAL_RESOLUTION_PROPOSED, .cause = entry->index };

        (void)submission;
        sentence_add(&signal.says, view->speaking.name.text);
        sentence_add(&signal.says, " proposes to both: ");
        add_decisions(&signal.says, view->events[place].decide->decisions);
        return signal_both(hub, &view->contract.id, &signal);
}

static int follow_decided(struct hub *hub, const struct view *view, const char *how,
                          const struct decisions *decisions, const struct entry *entry)
{
        struct signal signal = { .kind = SIGNAL_DECIDED, .cause = entry->index };
        int r;

        sentence_add(&signal.says, how);
        add_decisions(&signal.says, decisions);
        r = signal_both(hub, &view->contract.id, &signal);
        if (!r && decisions->dispute_count)
                r = life_settle(hub, view->contract.no, entry->index);
        return r ? r : decided_runs(hub, view->contract.no, decisions, entry->index);
}

int follow_resolution_acceptance(struct hub *hub, const struct view *view,
                                 const struct submission *submission, uint32_t place,
                                 const struct entry *entry)
{
        const struct view_decide *seen = view->events[place].decide;

        (void)submission;
        if (!view_resolved_by_both(view, seen))
                return 0;
        return follow_decided(hub, view, "both sides agree: ", seen->decisions, entry);
}

int follow_determination(struct hub *hub, const struct view *view,
                         const struct submission *submission, uint32_t place,
                         const struct entry *entry)
{
        const struct view_decide *seen = view->events[place].decide;
        struct text how = { { 0 } };

        (void)submission;
        if (!view_determined(view, seen))
                return 0;
        sentence_add(&how, view->speaking.name.text);
        sentence_add(&how, " has decided: ");
        return follow_decided(hub, view, how.text, seen->decisions, entry);
}
