/* SPDX-License-Identifier: Apache-2.0 */
/* Reads all that a submission will be judged and folded by into one view. */
#include "daemon/dispatch.h"

#include <errno.h>

#include "core/check.h"
#include "core/own.h"
#include "core/upstream.h"
#include "daemon/departure.h"
#include "daemon/members.h"
#include "daemon/past.h"
#include "daemon/row.h"
#include "daemon/state_block.h"
#include "daemon/state_decided.h"
#include "daemon/state_life.h"

#define ROOM_FOR_STATEMENT (sizeof(struct statement) + 64)

/* What is not there is not an error here: it is something to be judged. */
static int unless_absent(int r)
{
        return r == -ENOENT ? 0 : r;
}

int gather_party(struct hub *hub, const struct name *name, struct view_party *ret)
{
        struct party_state state;
        int r = unless_absent(state_party(hub->txn, name, &state));

        *ret = state.party;
        ret->name = *name;
        return r || !ret->known ? r : departure_left(hub->txn, ret->no, &ret->left);
}

static int gather_terms(struct hub *hub, struct view_contract *contract)
{
        int r = 0;

        if (contract->version_in_force)
                r = state_terms(hub->txn, contract->no, contract->version_in_force,
                                &contract->in_force);
        if (!r && contract->version_offered)
                r = state_terms(hub->txn, contract->no, contract->version_offered,
                                &contract->offered);
        return r == -ENOENT ? -EILSEQ : r;
}

static int gather_contract(struct hub *hub, const struct contract_id *id, struct view_contract *ret)
{
        struct contract_state_row row;
        uint32_t no;
        int r;

        ret->id = *id;
        ret->ends = DATE_NONE;
        if (contract_id_empty(id))
                return 0;
        r = gather_party(hub, &id->bearer, &ret->bearer);
        if (!r)
                r = gather_party(hub, &id->earner, &ret->earner);
        if (!r)
                r = state_contract_no(hub->txn, id, &no);
        if (r)
                return unless_absent(r);
        r = state_contract(hub->txn, no, &row);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        ret->known = true;
        ret->no = no;
        ret->state = row.state;
        ret->version_in_force = row.version_in_force;
        ret->version_offered = row.version_offered;
        ret->version_last = row.version_last;
        ret->ends = row.ends;
        ret->ended = row.ended;
        return gather_terms(hub, ret);
}

static int gather_speaking(struct hub *hub, const struct name *on_behalf_of, struct view *ret)
{
        struct delegation_state delegation;
        int r;

        ret->speaking = ret->sender;
        if (name_empty(on_behalf_of))
                return 0;
        r = gather_party(hub, on_behalf_of, &ret->speaking);
        if (r || !ret->speaking.known)
                return r;
        r = state_delegation(hub->txn, ret->speaking.no, ret->sender.no, &delegation);
        if (r)
                return unless_absent(r);
        ret->delegated = delegation.active;
        ret->delegated_rights = delegation.rights;
        return 0;
}

int gather_nothing(struct hub *hub, const struct submission *submission, const struct view *view,
                   uint32_t place, struct view_event *ret)
{
        (void)hub, (void)submission, (void)view, (void)place, (void)ret;
        return 0;
}

int gather_offer(struct hub *hub, const struct submission *submission, const struct view *view,
                 uint32_t place, struct view_event *ret)
{
        const struct offer *offer = &submission->events[place].offer;
        int r;

        (void)view;
        if (submission->event_count > 1)        /* refused for that; there is memory for one */
                ret->terms_fault =
                        (struct fault) { .field = "offer.terms", .says = "was not read" };
        if (submission->event_count > 1)
                return 0;
        r = wire_read_terms(offer->terms, hub->terms, &ret->terms_fault);
        if (r < 0)
                return r;
        ret->terms = r ? NULL : hub->terms;
        return r || !hub->terms->reconciling.is
                       ? 0
                       : gather_party(hub, &hub->terms->reconciling.arbiter, &ret->other);
}

/*
 * The keys of facts, blocks, payments and figures so far in this submission, by hash: places plus
 * one, 0 = free. And the statement that an amount was stated of last, with memory of its own within
 * the hub's arena.
 */
struct seen {
        struct arena arena;
        struct statement *upstream;
        uint64_t upstream_run;
        unsigned int upstream_count;
        uint32_t mask;
        uint32_t slots[];
};

static int seen_new(struct hub *hub, const struct submission *submission, struct seen **ret)
{
        uint32_t slots = 16;

        while (slots < 2 * submission->event_count)
                slots *= 2;
        *ret = arena_take(&hub->arena, sizeof(**ret) + slots * sizeof((*ret)->slots[0]));
        if (!*ret)
                return -ENOMEM;
        (*ret)->mask = slots - 1;
        return 0;
}

static uint64_t mix(uint64_t hash, const void *data, size_t size)
{
        const uint8_t *at = data;
        uint64_t word;

        for (size_t i = 0; i + 8 <= size; i += 8) {
                memcpy(&word, at + i, 8);
                hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
                hash ^= hash >> 29;
        }
        return hash;
}

static uint32_t hash_of(const struct event *event)
{
        const struct fact_key *key = &event->fact.key;
        const struct block_event *block = &event->block;

        static_assert(sizeof(*key) % 4 == 0, "a key has no padding");
        if (event->kind == EVENT_BLOCK)
                return (uint32_t)(mix(block->number, &block->segment, sizeof(block->segment)) >>
                                  16) ^ (uint32_t)block->period.from;
        if (event->kind == EVENT_PAYMENT)
                return (uint32_t)(mix(event->payment.direction, &event->payment.trace,
                                      sizeof(event->payment.trace)) >> 16);
        if (event->kind == EVENT_FIGURE)
                return (uint32_t)event->figure.period.from;
        return (uint32_t)(mix((uint64_t)key->kind * 31 + key->scope, key, sizeof(*key)) >> 16) ^
               (uint32_t)key->paid_through;
}

static bool same_key(const struct event *a, const struct event *b)
{
        if (a->kind != b->kind)
                return false;
        if (a->kind == EVENT_BLOCK)
                return a->block.number == b->block.number &&
                       period_equal(a->block.period, b->block.period) &&
                       name_equal(&a->block.segment, &b->block.segment);
        if (a->kind == EVENT_PAYMENT)
                return a->payment.direction == b->payment.direction &&
                       item_equal(&a->payment.trace, &b->payment.trace);
        if (a->kind == EVENT_FIGURE)
                return period_equal(a->figure.period, b->figure.period);
        return a->fact.relayed.is == b->fact.relayed.is &&
               fact_key_equal(&a->fact.key, &b->fact.key);
}

bool gather_twice(struct seen *seen, const struct submission *submission, uint32_t place)
{
        const struct event *event = &submission->events[place];

        for (uint32_t i = hash_of(event) & seen->mask;; i = (i + 1) & seen->mask) {
                if (!seen->slots[i]) {
                        seen->slots[i] = place + 1;
                        return false;
                }
                if (same_key(&submission->events[seen->slots[i] - 1], event))
                        return true;
        }
}

/* Mostly it is that of the fact before; else it takes the place of that. */
static int read_upstream(struct hub *hub, struct seen *seen, const struct run_state *run)
{
        int r;

        if (seen->upstream && seen->upstream_run == run->index)
                return 0;
        if (seen->upstream_count++ == 0)
                seen->arena = (struct arena) {
                        .data = arena_take(&hub->arena, ROOM_FOR_STATEMENT),
                        .size = ROOM_FOR_STATEMENT,
                };
        if (!seen->arena.data)
                return -ENOMEM;
        arena_reset(&seen->arena);
        seen->upstream_run = run->index;
        r = past_statement(hub->txn, run, &seen->arena, &seen->upstream);
        if (r)
                seen->upstream = NULL;
        return r;
}

static int gather_upstream(struct hub *hub, const struct view *view, const struct fact_event *fact,
                           struct view_upstream *ret)
{
        const struct name *speaker = &view->speaking.name;
        struct seen *seen = view->seen;
        struct upstream upstream;
        struct run_state run;
        int r;

        if (fact->key.kind != FACT_UPSTREAM_AMOUNT || !upstream_parse(&fact->key.item, &upstream))
                return 0;
        r = state_run(hub->txn, upstream.run, &run);
        if (r || !run.statement || (!name_equal(speaker, &run.run.contract.bearer) &&
                                    !name_equal(speaker, &run.run.contract.earner)))
                return unless_absent(r);
        ret->too_many = seen->upstream_count == UPSTREAM_PER_SUBMISSION_MAX &&
                        seen->upstream_run != run.index;
        if (ret->too_many)
                return 0;
        r = read_upstream(hub, seen, &run);
        if (r)
                return r;
        ret->is_theirs = true;
        ret->is_own = contract_id_equal(&run.run.contract, &view->contract.id);
        ret->is_calculated = run.status == STATEMENT_CALCULATED;
        ret->is_relayed = run.relayed;
        ret->has_line = upstream_cents(seen->upstream, upstream.line, &ret->cents);
        return 0;
}

int gather_fact(struct hub *hub, const struct submission *submission, const struct view *view,
                uint32_t place, struct view_event *ret)
{
        const struct fact_event *fact = &submission->events[place].fact;
        int r;

        ret->twice = gather_twice(view->seen, submission, place);
        if (fact->relayed.is) {
                r = gather_party(hub, &fact->relayed.party, &ret->other);
                if (r)
                        return r;
        }
        r = gather_upstream(hub, view, fact, &ret->upstream);
        if (r)
                return r;
        r = state_fact_current(hub->txn, view_fact_scope_no(view, fact), view_fact_side(view, fact),
                               &fact->key, UINT64_MAX, &ret->current);
        ret->has_current = r == 0;
        return unless_absent(r);
}

int gather_block(struct hub *hub, const struct submission *submission, const struct view *view,
                 uint32_t place, struct view_event *ret)
{
        int r;

        ret->twice = gather_twice(view->seen, submission, place);
        r = state_block_current(hub->txn, view->contract.no, view_side(view),
                                &submission->events[place].block, UINT64_MAX, &ret->current);
        ret->has_current = r == 0;
        return unless_absent(r);
}

/* By any terms that both signed: a period is restated after newer ones took their place. */
int gather_covered(struct hub *hub, const struct view *view, struct period period,
                   struct view_event *ret)
{
        own(past_terms) struct past_terms past;
        struct text *says = arena_take(&hub->arena, sizeof(*says));
        struct timeline timeline;
        struct part part;
        int r = past_terms(hub->txn, view->contract.no, &past);

        if (r || !says)
                return r ? r : -ENOMEM;
        timeline = past_timeline(&past, CUT_NONE);
        ret->period_covered = timeline_part(&timeline, period, &part);
        timeline_refuse(&timeline, period, says);
        ret->period_says = says->text;
        return 0;
}

static int gather_runs(struct hub *hub, const struct view *view,
                       const struct run_request *request, struct view_event *ret)
{
        struct run_state run;
        uint64_t at = 0;
        int r;

        while (!(r = state_run_next(hub->txn, view->contract.no, at, &at))) {
                r = state_run(hub->txn, at, &run);
                if (r)
                        return r;
                if (!period_equal(run.run.period, request->period))
                        continue;
                ret->has_run_pending |= !run.statement && run.run.kind == request->kind;
                ret->has_final |= run.run.kind == RUN_FINAL &&
                                  (!run.statement || run.status == STATEMENT_CALCULATED);
        }
        return unless_absent(r);
}

/* A plan is current while a run would say the same now. Folding believes that it was looked at. */
static int gather_plan(struct hub *hub, const struct view *view, const struct run_request *request,
                       struct view_event *ret)
{
        const struct reading by = {
                .hub = hub, .txn = hub->txn, .of_batch = true, .rows_most = QUERY_ROWS_MAX,
        };
        const struct run run = {
                .contract = view->contract.id, .period = request->period, .kind = request->kind,
                .payment = request->payment, .cut = hub_size(hub) - 1,
        };
        struct digest digest;
        struct bytes plan;
        int r = compute_run(&by, &run, view->contract.no, hub->statement);

        sink_reset(&hub->body);
        if (!r)
                r = wire_write_plan(&hub->body, hub->statement);
        if (r)
                return r;
        plan = sink_bytes(&hub->body);
        hash_spans(hub->hasher, &plan, 1, &digest);
        ret->plan_is_current =
                hub->statement->status == STATEMENT_CALCULATED &&
                memcmp(digest.octets, request->plan_sha256.octets, sizeof(digest.octets)) == 0;
        return 0;
}

static int gather_runout(struct hub *hub, const struct view *view, struct period period,
                         struct view_event *ret)
{
        struct runout_state runout;
        int r = state_runout(hub->txn, view->contract.no, period, &runout);

        ret->period_runs_out = r == 0;
        return unless_absent(r);
}

int gather_run_request(struct hub *hub, const struct submission *submission,
                       const struct view *view, uint32_t place, struct view_event *ret)
{
        const struct run_request *request = &submission->events[place].run_request;
        int r = view->contract.known ? gather_covered(hub, view, request->period, ret) : 0;

        ret->has_plan = request->has_plan && !hub->refolding;
        if (!r && ret->has_plan && ret->period_covered && date_valid(request->payment))
                r = gather_plan(hub, view, request, ret);
        if (!r)
                r = gather_runout(hub, view, request->period, ret);
        return r ? r : gather_runs(hub, view, request, ret);
}

int gather_relation(struct hub *hub, const struct submission *submission, const struct view *view,
                    uint32_t place, struct view_event *ret)
{
        (void)view;
        return gather_party(hub, &submission->events[place].relation.other, &ret->other);
}

int gather_delegation(struct hub *hub, const struct submission *submission, const struct view *view,
                      uint32_t place, struct view_event *ret)
{
        (void)view;
        return gather_party(hub, &submission->events[place].delegation.to, &ret->other);
}

int gather_delegation_end(struct hub *hub, const struct submission *submission,
                          const struct view *view, uint32_t place, struct view_event *ret)
{
        struct delegation_state delegation;
        int r = gather_party(hub, &submission->events[place].delegation_end.to, &ret->other);

        if (r || !ret->other.known)
                return r;
        r = state_delegation(hub->txn, view->speaking.no, ret->other.no, &delegation);
        ret->has_delegation = r == 0;
        return unless_absent(r);
}

int gather_stream_close(struct hub *hub, const struct submission *submission,
                        const struct view *view, uint32_t place, struct view_event *ret)
{
        const struct stream_id *id = &submission->events[place].stream_close.stream;
        struct stream_state stream;
        int r = state_stream(hub->txn, view->node_no, id, &stream);

        ret->has_stream = (r == 0 && !stream.closed) ||
                          memcmp(id, &submission->stream, sizeof(*id)) == 0;
        return unless_absent(r);
}

static int gather_sender(struct hub *hub, const struct directory_node *node,
                         const struct submission *submission, struct view *ret)
{
        int r;

        ret->node = node->state.path;
        ret->node_no = node->state.no;
        ret->rights = node->state.rights;
        r = gather_party(hub, &node->state.path.party, &ret->sender);
        return r ? r : gather_speaking(hub, &submission->on_behalf_of, ret);
}

static bool needs_terms(const struct view_terms *terms, const struct event *event)
{
        switch (event->kind) {
        case EVENT_BLOCK:
        case EVENT_RESOLUTION:
        case EVENT_RESOLUTION_ACCEPTANCE:
        case EVENT_DETERMINATION:
                return true;
        case EVENT_FACT:
                return view_kind_answered(terms, event->fact.key.kind);
        default:
                return false;
        }
}

static bool any_needs_terms(const struct view_terms *terms, const struct submission *submission)
{
        for (uint32_t i = 0; i < submission->event_count; i++)
                if (needs_terms(terms, &submission->events[i]))
                        return true;
        return false;
}

/*
 * Whether the terms ask for blocks, and of which categories, stands in their steps;
 * how far facts may lie apart, in their rules.
 */
static int gather_steps(struct hub *hub, const struct submission *submission, struct view *ret)
{
        const struct view_terms *terms = &ret->contract.in_force;
        struct submission offer;
        struct log_entry entry;
        struct fault fault;
        int r;

        if (!terms->known || !any_needs_terms(terms, submission) ||
            (view_side(ret) == SIDE_NEITHER && !view_is_arbiter(ret)))
                return 0;
        r = log_read_proved(hub->txn, NULL, terms->index, &entry);
        if (!r)
                r = wire_read_submission(entry.bytes, &hub->arena, &offer, &fault);
        if (!r && terms->event >= offer.event_count)
                r = -EILSEQ;
        if (!r)
                r = wire_read_terms(offer.events[terms->event].offer.terms, hub->terms, &fault);
        if (r)
                return r > 0 ? -EILSEQ : r;
        ret->steps = hub->terms;
        return 0;
}

/*
 * Whose contract it cannot be is told so without a look at whether it is there: else how long the
 * answer takes would say it. Who decides between two sides has only determinations to say of it.
 */
static bool may_be_theirs(const struct submission *submission, const struct view *view)
{
        bool speaks_for_another = !name_empty(&submission->on_behalf_of);

        if (speaks_for_another && !view->delegated)
                return false;
        return view_side(view) != SIDE_NEITHER || only_determines(submission);
}

int gather(struct hub *hub, const struct directory_node *node, const struct submission *submission,
           struct view *ret)
{
        struct view_event *events;
        int r;

        memset(ret, 0, sizeof(*ret));
        ret->contract.id = submission->contract;
        ret->contract.ends = DATE_NONE;
        r = node ? gather_sender(hub, node, submission, ret) : 0;
        if (!r && (!node || may_be_theirs(submission, ret)))
                r = gather_contract(hub, &submission->contract, &ret->contract);
        if (!r)
                r = gather_steps(hub, submission, ret);
        if (!r && ret->contract.known)
                r = state_decided_any(hub->txn, ret->contract.no, &ret->has_decided);
        if (r)
                return r;
        events = arena_take(&hub->arena, submission->event_count * sizeof(*events));
        if (!events)
                return -ENOMEM;
        ret->events = events;
        r = seen_new(hub, submission, &ret->seen);
        for (uint32_t i = 0; !r && i < submission->event_count; i++)
                r = handler_of(submission->events[i].kind)
                            ->gather(hub, submission, ret, i, &events[i]);
        return r;
}
