/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/sources.h"

#include <errno.h>
#include <stdlib.h>

#include "core/own.h"
#include "daemon/past.h"
#include "daemon/upstream.h"

int sources_terms(struct store_txn *txn, const struct view_terms *view, struct arena *arena,
                  struct terms *ret)
{
        struct submission submission;
        struct log_entry entry;
        struct fault fault;
        int r = log_read_proved(txn, NULL, view->index, &entry);

        if (!r)
                r = wire_read_submission(entry.bytes, arena, &submission, &fault);
        if (!r && view->event < submission.event_count)
                r = wire_read_terms(submission.events[view->event].offer.terms, ret, &fault);
        return r > 0 ? -EILSEQ : r;
}

void sources_cleanup(struct sources *sources)
{
        matching_cleanup(&sources->matching);
        free(sources->terms);
}

void version_cleanup(struct version *version)
{
        free(version->facts);
        members_work_cleanup(&version->members);
}

/* Figures of the period before, as its statement that counts at the cut hands them on. */
static int load_carried(struct store_txn *txn, const struct run *run, uint32_t contract_no,
                        struct arena *arena, struct sources *to)
{
        own(past_terms) struct past_terms terms = { .terms = NULL };
        own(past_runs) struct past_runs runs = { .rows = NULL };
        const struct run_state *from;
        struct statement *statement;
        int r = past_terms(txn, contract_no, &terms);

        if (!r)
                r = past_runs(txn, contract_no, &runs);
        if (r)
                return r;
        from = past_carrier(&terms, &runs, run->period.from, run->cut);
        if (!from)
                return 0;
        r = past_statement(txn, from, arena, &statement);
        if (r)
                return r;
        to->carried_count = carries_of(statement, to->carried, CARRIED_PER_STATEMENT_MAX);
        if (to->carried_count > CARRIED_PER_STATEMENT_MAX)
                to->carried_count = CARRIED_PER_STATEMENT_MAX;
        to->carries_relayed = from->relayed;
        return 0;
}

int sources_load(const struct reading *by, const struct run *run, uint32_t contract_no,
                 uint32_t version, struct arena *arena, struct sources *to)
{
        struct store_txn *txn = by->txn;
        int r;

        arena_reset(arena);
        to->terms = malloc(sizeof(*to->terms));
        if (!to->terms)
                return -ENOMEM;
        r = state_terms(txn, contract_no, version, &to->view);
        if (!r)
                r = sources_terms(txn, &to->view, arena, to->terms);
        if (!r)
                r = matching_load(txn, contract_no, run->cut, &to->matching);
        if (!r)
                r = upstream_latest(txn, run->period, to->matching.facts,
                                    &to->matching.fact_count);
        if (!r)
                r = matching_make(to->terms, &to->matching);
        arena_reset(arena);
        return r ? r : load_carried(txn, run, contract_no, arena, to);
}

struct settle_inputs sources_inputs(const struct sources *from, const struct version *version)
{
        return (struct settle_inputs) {
                .facts = version->facts, .fact_count = version->count,
                .carried = from->carried, .carried_count = from->carried_count,
                .members = version->rows && version->rows->is ? &version->rows->members : NULL,
        };
}

static const struct fact *completion(const struct sources *from, const struct run *run,
                                     const struct version *version)
{
        const struct settle_inputs inputs = sources_inputs(from, version);

        return settle_fact(from->terms, &inputs, FACT_COMPLETION_FACTOR, run->period);
}

/* Rows of members are folded again only where the fact that completes them is another. */
static bool same_rows(const struct sources *from, const struct run *run,
                      const struct version *version, const struct version *of_record)
{
        const struct fact *one = completion(from, run, version);
        const struct fact *other = completion(from, run, of_record);

        return one == other || (one && other && one->index == other->index &&
                                one->event == other->event);
}

/* @of_record: NULL for that version itself. */
int sources_choose(const struct reading *by, const struct run *run, uint32_t contract_no,
                   const struct sources *from, enum side side, const struct version *of_record,
                   struct version *ret)
{
        const struct match_inputs matched = matching_inputs(&from->matching);
        struct settle_inputs inputs;

        ret->facts = malloc((matched.fact_count + matched.decided_count + 1) *
                            sizeof(*ret->facts));
        if (!ret->facts)
                return -ENOMEM;
        ret->count = match_choose(from->terms, &matched, from->matching.matches,
                                  from->matching.count, side, ret->facts);
        ret->rows = of_record ? of_record->rows : &ret->members;
        if (of_record && same_rows(from, run, ret, of_record))
                return 0;
        ret->rows = &ret->members;
        inputs = sources_inputs(from, ret);
        return members_gather(by, from->terms, run, contract_no, &inputs, &ret->members);
}
