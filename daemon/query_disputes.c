/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of statements and facts in dispute: disputes, resolutions, determinations. */
#include <errno.h>

#include "daemon/query.h"
#include "daemon/row.h"
#include "daemon/state_decided.h"
#include "daemon/state_life.h"

static struct node_path path_of(const struct asked *asked, uint32_t node_no)
{
        const struct directory_node *node = directory_by_no(asked->hub->directory, node_no);

        return node ? node->state.path : (struct node_path) { .party = { { 0 } } };
}

/* The event as it stands in the log: spans and lists stay where they are. */
static int read_event(struct hub *hub, uint64_t index, uint32_t place, instant *ret_time,
                      const struct event **ret)
{
        struct submission submission;
        struct log_entry entry;
        struct fault fault;
        int r = log_read_proved(hub->txn, NULL, index, &entry);

        if (!r)
                r = wire_read_submission(entry.bytes, &hub->arena, &submission, &fault);
        if (r || place >= submission.event_count)
                return r < 0 && r != -ENOENT ? r : -EILSEQ;
        *ret_time = entry.header.time;
        *ret = &submission.events[place];
        return 0;
}

static bool is_ended(const struct asked *asked, uint64_t ended)
{
        return ended && ended <= asked->cut;
}

static int dispute_row(const struct asked *asked, const struct dispute_of_run *state,
                       struct dispute_row *ret)
{
        const struct event *event;
        int r = read_event(asked->hub, state->index, state->event, &ret->time, &event);

        if (r || event->kind != EVENT_DISPUTE)
                return r ? r : -EILSEQ;
        ret->what = DISPUTE_OF_STATEMENT;
        ret->index = state->index;
        ret->by = path_of(asked, state->node_no);
        ret->side = state->side;
        ret->state = is_ended(asked, state->ended) ? DISPUTE_ENDED : DISPUTE_OPEN;
        ret->ended = is_ended(asked, state->ended) ? state->ended : 0;
        ret->has_dispute = true;
        ret->dispute = event->dispute;
        return 0;
}

static int proposal_row(const struct asked *asked, const struct proposal_state *state,
                        struct dispute_row *ret)
{
        const struct event *event;
        struct bytes decisions;
        struct fault fault;
        int r = read_event(asked->hub, state->index, 0, &ret->time, &event);

        if (r)
                return r;
        if (event->kind != EVENT_RESOLUTION && event->kind != EVENT_DETERMINATION)
                return -EILSEQ;
        decisions = event->kind == EVENT_RESOLUTION ? event->resolution.decisions
                                                    : event->determination.decisions;
        ret->says = event->kind == EVENT_RESOLUTION ? event->resolution.says
                                                    : event->determination.says;
        r = wire_read_decisions(decisions, &asked->hub->arena, &ret->decisions, &fault);
        if (r)
                return r > 0 ? -EILSEQ : r;
        ret->has_decisions = true;
        ret->what = state->what;
        ret->index = state->index;
        ret->by = path_of(asked, state->signed_count ? state->signed_by[0].node_no : 0);
        ret->side = state->side;
        ret->state = is_ended(asked, state->ended) ? DISPUTE_IN_FORCE : DISPUTE_OPEN;
        ret->ended = is_ended(asked, state->ended) ? state->ended : 0;
        return 0;
}

/* Both kinds in order of entry: the next of either behind @after. UINT64_MAX: there is none. */
struct both {
        struct dispute_of_run dispute;
        struct proposal_state proposal;
};

static int next_of_both(const struct asked *asked, uint64_t after, struct both *ret)
{
        int r = state_dispute_next(asked->hub->txn, asked->contract.no, after, &ret->dispute);

        if (r == -ENOENT)
                ret->dispute.index = UINT64_MAX;
        else if (r)
                return r;
        r = state_proposal_next(asked->hub->txn, asked->contract.no, after, &ret->proposal);
        if (r == -ENOENT)
                ret->proposal.index = UINT64_MAX;
        else if (r)
                return r;
        return 0;
}

static int add_rows(struct asked *asked, uint64_t after, struct dispute_row *rows, uint32_t most)
{
        struct answer *answer = asked->answer;
        struct both both;
        ROW(cursor);
        int r = 0;

        while (!r && !(r = next_of_both(asked, after, &both))) {
                bool is_dispute = both.dispute.index < both.proposal.index;
                uint64_t index = is_dispute ? both.dispute.index : both.proposal.index;

                if (index == UINT64_MAX || index > asked->cut)
                        return 0;
                if (answer->dispute_count == most) {
                        row_u64(&cursor, after);
                        go_on_after(asked, row_span(&cursor));
                        return 0;
                }
                r = is_dispute ? dispute_row(asked, &both.dispute, &rows[answer->dispute_count])
                               : proposal_row(asked, &both.proposal, &rows[answer->dispute_count]);
                answer->dispute_count += !r;
                after = index;
        }
        return r;
}

int ask_disputes(struct asked *asked)
{
        uint32_t most = rows_wanted(asked, DISPUTES_MAX);
        struct dispute_row *rows = rows_new(asked, most, sizeof(*rows));
        struct row_reader cursor = row_read(asked->query->after);
        uint64_t after = asked->query->after.size == 8 ? read_u64(&cursor) : 0;
        int r = rows ? find_contract(asked) : -ENOMEM;

        asked->answer->disputes = rows;
        return r ? r : add_rows(asked, after, rows, most);
}
