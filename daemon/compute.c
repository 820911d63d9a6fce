/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A run computed: the terms and facts as they stood at the cut, and nothing else. So a run gives
 * the same statement whenever, wherever and however often it is computed.
 */
#include <errno.h>
#include <stdlib.h>

#include "core/own.h"
#include "core/versions.h"
#include "daemon/past.h"
#include "daemon/sources.h"

/* What stopped the steps for want of rows has a reason of its own. */
static void say_lack(const struct members_work *members, struct statement *ret)
{
        if (!members->lacks || ret->status != STATEMENT_NOT_CALCULABLE)
                return;
        memset(&ret->reason, 0, sizeof(ret->reason));
        memcpy(ret->reason.text, members->lacks, strnlen(members->lacks, TEXT_MAX_LENGTH));
}

static bool is_used(const struct used_fact *used, const struct fact *fact)
{
        return used->index == fact->index && used->event == fact->event;
}

/* A fact taken in the place of that of record stands there as whose it is. */
static void name_sides(const struct matching *matching, struct statement *ret)
{
        for (size_t i = 0; i < matching->count; i++) {
                const struct match *match = &matching->matches[i];

                if (!match_holds(match))
                        continue;
                for (size_t j = 0; j < ret->fact_count; j++) {
                        if (is_used(&ret->facts[j], match->bearer))
                                ret->facts[j].side = SIDE_BEARER;
                        if (is_used(&ret->facts[j], match->earner))
                                ret->facts[j].side = SIDE_EARNER;
                }
        }
}

static void settle_by(const struct run *run, const struct sources *from,
                      const struct version *version, struct statement *ret)
{
        const struct settle_inputs inputs = sources_inputs(from, version);

        settle(from->terms, run, &inputs, ret);
        name_sides(&from->matching, ret);
        say_lack(version->rows, ret);
        ret->relayed |= from->view.state == TERMS_RELAYED ||
                        (from->carries_relayed && ret->carried_count > 0);
        ret->terms_index = from->view.index;
        memcpy(ret->terms_digest, from->view.sha256.octets, sizeof(ret->terms_digest));
}

static void not_calculable(const struct run *run, const struct timeline *timeline,
                           struct statement *ret)
{
        memset(ret, 0, sizeof(*ret));
        ret->run = *run;
        ret->status = STATEMENT_NOT_CALCULABLE;
        ret->standing = STANDING_SHADOW;
        timeline_refuse(timeline, run->period, &ret->reason);
}

/* Both sides' versions, and which of what is held either of them has read. */
struct disputed {
        struct statement *bearer, *earner;
        const struct match **matches;
        size_t count;
};

static void disputed_cleanup(struct disputed *disputed)
{
        free(disputed->bearer);
        free(disputed->earner);
        free(disputed->matches);
}

static bool reads(const struct statement *statement, const struct fact *fact)
{
        for (size_t i = 0; i < statement->fact_count; i++)
                if (is_used(&statement->facts[i], fact))
                        return true;
        return false;
}

/* What completes rows of members is read before the steps are. */
static bool completes(const struct sources *from, const struct run *run, const struct fact *fact)
{
        return fact->key.kind == FACT_COMPLETION_FACTOR && members_wanted(from->terms) &&
               period_equal(fact->key.period, run->period);
}

static int find_disputed(const struct sources *from, const struct run *run, struct disputed *ret)
{
        const struct matching *matching = &from->matching;

        ret->matches = calloc(matching->count, sizeof(*ret->matches));
        if (!ret->matches)
                return -ENOMEM;
        for (size_t i = 0; i < matching->count; i++) {
                const struct match *match = &matching->matches[i];

                if (match_holds(match) &&
                    (reads(ret->bearer, match->bearer) || reads(ret->earner, match->earner) ||
                     completes(from, run, match->bearer)))
                        ret->matches[ret->count++] = match;
        }
        return 0;
}

static int settle_side(const struct reading *by, const struct run *run, uint32_t contract_no,
                       const struct sources *from, enum side side,
                       const struct version *of_record, struct statement **ret)
{
        own(version) struct version version = { .facts = NULL };
        int r = sources_choose(by, run, contract_no, from, side, of_record, &version);

        if (r)
                return r;
        *ret = calloc(1, sizeof(**ret));
        if (!*ret)
                return -ENOMEM;
        settle_by(run, from, &version, *ret);
        return 0;
}

static int settle_versions(const struct reading *by, const struct run *run, uint32_t contract_no,
                           const struct sources *from, const struct version *of_record,
                           struct statement *ret)
{
        own(disputed) struct disputed disputed = { .bearer = NULL };
        int r = settle_side(by, run, contract_no, from, SIDE_BEARER, of_record, &disputed.bearer);

        if (!r)
                r = settle_side(by, run, contract_no, from, SIDE_EARNER, of_record,
                                &disputed.earner);
        if (!r)
                r = find_disputed(from, run, &disputed);
        if (!r && disputed.count)
                versions_say(disputed.matches, disputed.count, disputed.bearer, disputed.earner,
                             ret);
        return r;
}

static bool holds_any(const struct matching *matching)
{
        for (size_t i = 0; i < matching->count; i++)
                if (match_holds(&matching->matches[i]))
                        return true;
        return false;
}

static int load(const struct reading *by, const struct run *run, uint32_t contract_no,
                uint32_t version, struct sources *to)
{
        own(arena) struct arena arena = { 0 };
        int r = arena_new(&arena, WIRE_ARENA_SIZE);

        return r ? r : sources_load(by, run, contract_no, version, &arena, to);
}

int compute_by(const struct reading *by, const struct run *run, uint32_t contract_no,
               uint32_t version, struct statement *ret)
{
        own(sources) struct sources sources = { .terms = NULL };
        own(version) struct version of_record = { .facts = NULL };
        int r = load(by, run, contract_no, version, &sources);

        if (!r)
                r = sources_choose(by, run, contract_no, &sources, SIDE_NEITHER, NULL,
                                   &of_record);
        if (!r)
                settle_by(run, &sources, &of_record, ret);
        if (!r && holds_any(&sources.matching))
                r = settle_versions(by, run, contract_no, &sources, &of_record, ret);
        return r == -ENOENT ? -EILSEQ : r;
}

int compute_terms(struct store_txn *txn, uint32_t contract_no, uint32_t version, struct terms *ret)
{
        own(arena) struct arena arena = { 0 };
        struct view_terms view;
        int r = arena_new(&arena, WIRE_ARENA_SIZE);

        if (!r)
                r = state_terms(txn, contract_no, version, &view);
        return r ? r : sources_terms(txn, &view, &arena, ret);
}

int compute_instead(const struct reading *by, const struct run *run, uint32_t contract_no,
                    uint32_t version, const struct terms *steps, enum side side,
                    struct statement *ret)
{
        own(sources) struct sources sources = { .terms = NULL };
        own(version) struct version chosen = { .facts = NULL };
        int r = load(by, run, contract_no, version, &sources);

        if (!r && steps)
                memcpy(sources.terms->steps, steps->steps, sizeof(steps->steps));
        if (!r)
                r = sources_choose(by, run, contract_no, &sources, side, NULL, &chosen);
        if (!r)
                settle_by(run, &sources, &chosen, ret);
        return r == -ENOENT ? -EILSEQ : r;
}

int compute_run(const struct reading *by, const struct run *run, uint32_t contract_no,
                struct statement *ret)
{
        own(past_terms) struct past_terms terms = { .terms = NULL };
        struct timeline timeline;
        struct part part;
        int r = past_terms(by->txn, contract_no, &terms);

        if (r)
                return r;
        timeline = past_timeline(&terms, run->cut);
        if (timeline_part(&timeline, run->period, &part))
                return compute_by(by, run, contract_no, part.version, ret);
        not_calculable(run, &timeline, ret);
        return 0;
}

int hub_next_run(const struct hub *hub, uint64_t after, uint64_t *ret_run)
{
        own(store_txn) struct store_txn *txn = NULL;
        int r = store_begin_read(hub->env, &txn);

        return r ? r : state_run_pending(txn, after, ret_run);
}

int hub_compute(const struct hub *hub, uint64_t index, struct statement *ret)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct reading by = { .hub = hub };
        struct run_state state;
        int r = store_begin_read(hub->env, &txn);

        if (!r)
                r = state_run(txn, index, &state);
        by.txn = txn;
        return r ? r : compute_run(&by, &state.run, state.contract_no, ret);
}
