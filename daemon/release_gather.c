/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/release_gather.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/arrangement.h"
#include "core/rewarded.h"
#include "daemon/community.h"
#include "daemon/past.h"
#include "daemon/sources.h"
#include "daemon/state_admission.h"
#include "daemon/state_relation.h"

struct gather_work {
        struct arena arena;
        struct incentive_work incentive;
        struct incentives is;
        struct terms terms;
        struct rewarded pays_for[INCENTIVES_MAX];
};

int gather_work_new(struct gather_work **ret)
{
        struct gather_work *work = calloc(1, sizeof(*work));
        int r = work ? arena_new(&work->arena, WIRE_ARENA_SIZE) : -ENOMEM;

        if (r)
                free(work);
        else
                *ret = work;
        return r;
}

void gather_work_free(struct gather_work *work)
{
        if (!work)
                return;
        arena_free(&work->arena);
        free(work);
}

void gathered_cleanup(struct gathered *gathered)
{
        free(gathered->contracts);
        free(gathered->rows);
        free(gathered->open);
        free(gathered->revenue);
        free(gathered->differs);
}

int release_grow(void **rows, size_t count, size_t *room, size_t size)
{
        size_t more = *room ? 2 * *room : 64;
        void *grown;

        if (count < *room)
                return 0;
        grown = reallocarray(*rows, more, size);
        if (!grown)
                return -ENOMEM;
        *rows = grown;
        *room = more;
        return 0;
}

#define ADD(to, rows, number, room) \
        release_grow((void **)&(to)->rows, (to)->number, &(to)->room, sizeof(*(to)->rows))

/* One contract on its way. */
struct gathering {
        struct gather_work *work;
        const struct reading *by;
        const struct release_at *at;
        struct gathered *to;
        struct contract_state_row row;
        uint32_t payer, provider;
        bool programme;
        struct publication open;
};

/* ---- revenue from all payers */

static bool is_later(const struct fact *a, const struct fact *b)
{
        if (a->key.period.until != b->key.period.until)
                return a->key.period.until > b->key.period.until;
        return a->index > b->index;
}

struct latest {
        const struct release_at *at;
        struct fact fact;
        bool is;
};

static int keep_latest(void *with, const struct fact_state *state, struct bytes key)
{
        struct latest *latest = with;
        const struct fact *fact = &state->fact;

        (void)key;
        if (fact->key.kind != FACT_ALL_SOURCE_REVENUE || fact->index > latest->at->cut ||
            fact->key.period.until > latest->at->period.until)
                return 0;
        if (!latest->is || is_later(fact, &latest->fact))
                latest->fact = *fact;
        latest->is = true;
        return 0;
}

static int add_revenue(struct gathering *g)
{
        struct gathered *to = g->to;
        struct latest latest = { .at = g->at };
        int r;

        for (size_t i = 0; i < to->revenue_count; i++)
                if (to->revenue[i].party_no == g->row.earner_no)
                        return 0;
        r = state_facts(g->by->txn, SCOPE_PARTY, g->row.earner_no, (struct bytes) { NULL, 0 },
                        keep_latest, &latest);
        if (!r)
                r = ADD(to, revenue, revenue_count, revenue_room);
        if (r)
                return r;
        to->revenue[to->revenue_count++] = (struct own_revenue) {
                .provider = g->provider, .party_no = g->row.earner_no, .known = latest.is,
                .cents = latest.is ? latest.fact.value.num : 0,
        };
        return 0;
}

/* ---- a contract in the period it counts for */

/* The last part that ended within the release's period. */
static bool find_part(const struct timeline *timeline, struct period period, struct part *ret)
{
        date day = period.from;
        bool found = false;
        struct part part;

        while (timeline_from(timeline, day, &part) && part.period.until <= period.until) {
                found |= part.period.until > period.from;
                *ret = part;
                day = part.period.until;
        }
        return found;
}

static void count_stated(const struct matching *matching, struct counted *to)
{
        for (size_t i = 0; i < matching->count; i++) {
                const struct match *match = &matching->matches[i];

                if (!match->bearer || !match->earner ||
                    !period_within(match->bearer->key.period, to->period))
                        continue;
                to->stated++;
                to->disputed += match->result == MATCH_DISPUTED;
        }
}

static void count_days(const struct past_runs *runs, uint64_t cut, struct counted *to)
{
        for (size_t i = 0; i < runs->count && !to->is_final; i++) {
                const struct run_state *run = &runs->rows[i];
                date said = day_of_instant(run->statement_time);

                if (run->run.kind != RUN_FINAL || !run->statement || run->statement > cut ||
                    run->status != STATEMENT_CALCULATED ||
                    !period_equal(run->run.period, to->period))
                        continue;
                to->is_final = true;
                to->days_to_final = said > to->period.until ? (uint32_t)(said - to->period.until)
                                                            : 0;
        }
}

static int add_rows(struct gathering *g, struct counted *to)
{
        struct gathered *all = g->to;
        int r = 0;

        to->first_row = all->row_count;
        for (uint16_t i = 0; !r && i < g->work->is.count; i++) {
                const struct incentive *is = &g->work->is.rows[i];

                if (is->stake <= 0)
                        continue;
                r = ADD(all, rows, row_count, row_room);
                if (r)
                        return r;
                all->rows[all->row_count++] = (struct align_row) {
                        .payer = g->payer, .contract = (uint32_t)all->count, .key = is->key,
                        .excludes = is->excludes, .period = to->period,
                        .has_target = is->has_target, .target = is->target, .gate = is->gate,
                        .dollars = is->stake,
                };
                to->row_count++;
        }
        return r;
}

static int settle_it(struct gathering *g, const struct run *run, const struct sources *sources,
                     struct version *facts, struct counted *to)
{
        static const struct item total;
        const struct fact *revenue;
        struct settle_inputs inputs;
        struct arrangement is;
        int r = sources_choose(g->by, run, g->row.no, sources, SIDE_NEITHER, NULL, facts);
        bool gone = r == -ENOKEY || r == -ENODATA;

        if (r && !gone)
                return r;
        g->to->rows_gone |= gone;
        arrangement_of(sources->terms, g->payer == g->provider, &is);
        to->category = is.category;
        inputs = sources_inputs(sources, facts);
        revenue = settle_fact_of(sources->terms, &inputs, FACT_PAYER_REVENUE, &total, to->period);
        to->has_revenue = revenue && revenue->value.num > 0;
        to->revenue = to->has_revenue ? revenue->value.num : 0;
        if (gone)
                return 0;
        incentives_of(sources->terms, run, &inputs, g->at->charter, &g->work->incentive,
                      &g->work->is);
        if (g->work->is.status != STATEMENT_CALCULATED)
                return 0;
        to->members = g->work->is.members;
        return add_rows(g, to);
}

static int count_contract(struct gathering *g, const struct part *part)
{
        own(past_runs) struct past_runs runs = { .rows = NULL };
        own(sources) struct sources sources = { .terms = NULL };
        own(version) struct version facts = { .facts = NULL };
        struct counted to = {
                .payer = g->payer, .provider = g->provider, .bearer_no = g->row.bearer_no,
                .earner_no = g->row.earner_no,
                .programme = g->programme, .period = part->period,
        };
        const struct run run = {
                .contract = g->row.id, .period = part->period, .kind = RUN_PREVIEW,
                .payment = g->at->day, .cut = g->at->cut,
        };
        int r = past_runs(g->by->txn, g->row.no, &runs);

        arena_reset(&g->work->arena);
        if (!r)
                r = sources_load(g->by, &run, g->row.no, part->version, &g->work->arena, &sources);
        if (!r)
                r = settle_it(g, &run, &sources, &facts, &to);
        if (!r)
                r = add_revenue(g);
        if (!r)
                r = ADD(g->to, contracts, count, room);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        count_stated(&sources.matching, &to);
        count_days(&runs, g->at->cut, &to);
        g->to->contracts[g->to->count++] = to;
        return 0;
}

/* ---- what is public of it, and what is not of the common set */

static bool is_open(const struct gathered *to, const struct open_measure *one)
{
        for (size_t i = 0; i < to->open_count; i++)
                if (to->open[i].payer == one->payer &&
                    name_equal(&to->open[i].earner, &one->earner) &&
                    measure_key_equal(&to->open[i].key, &one->key))
                        return true;
        return false;
}

static int add_open(struct gathering *g, size_t count)
{
        struct gathered *to = g->to;
        int r = 0;

        for (size_t i = 0; !r && i < count; i++) {
                const struct open_measure one = {
                        .payer = g->row.bearer_no, .earner = g->row.id.earner,
                        .key = g->work->pays_for[i].key,
                };

                if (is_open(to, &one))
                        continue;
                r = ADD(to, open, open_count, open_room);
                if (!r)
                        to->open[to->open_count++] = one;
        }
        return r;
}

static bool is_common(const struct charter *charter, const struct measure_key *key)
{
        for (size_t i = 0; i < charter->specification_count; i++)
                if (charter->specifications[i].common &&
                    measure_key_equal(&charter->specifications[i].is, key))
                        return true;
        return false;
}

static bool has_common_set(const struct charter *charter)
{
        for (size_t i = 0; i < charter->specification_count; i++)
                if (charter->specifications[i].common)
                        return true;
        return false;
}

static bool is_measure(const struct measure_key *key)
{
        return strcmp(key->concept.text, CONCEPT_TOTAL_COST) != 0 &&
               strcmp(key->concept.text, CONCEPT_QUALITY_SCORE) != 0;
}

static int add_differs(struct gathering *g, uint32_t version, size_t count)
{
        struct release_differs differs = { .contract = g->row.id, .version = version };
        size_t measures = 0, others = 0;
        int r;

        for (size_t i = 0; i < count; i++) {
                const struct measure_key *key = &g->work->pays_for[i].key;

                measures += is_measure(key);
                others += is_measure(key) && !is_common(g->at->charter, key);
        }
        if (!others || !has_common_set(g->at->charter))
                return 0;
        r = ADD(g->to, differs, differs_count, differs_room);
        if (r)
                return r;
        snprintf(differs.says.text, sizeof(differs.says.text),
                 "%zu of the %zu measures that it pays for are not those of the community's "
                 "common set", others, measures);
        g->to->differs[g->to->differs_count++] = differs;
        return 0;
}

static int look_at_terms(struct gathering *g, uint32_t version)
{
        struct gather_work *work = g->work;
        size_t count;
        int r = compute_terms(g->by->txn, g->row.no, version, &work->terms);

        if (r)
                return r;
        count = rewarded_of(&work->terms, g->at->charter, work->pays_for);
        r = add_differs(g, version, count);
        return r || !g->open.measures ? r : add_open(g, count);
}

/* ---- all contracts */

static bool is_programme(const struct gathering *g)
{
        for (size_t i = 0; i < g->at->charter->public_count; i++)
                if (name_equal(&g->at->charter->public_parties[i], &g->row.id.bearer))
                        return true;
        return false;
}

static int whose(struct gathering *g)
{
        const struct relation_at at = { g->at->cut, g->at->day };
        struct party_asks bearer;
        int r = state_common_owner(g->by->txn, g->row.bearer_no, &at, &g->payer);

        if (!r)
                r = state_common_owner(g->by->txn, g->row.earner_no, &at, &g->provider);
        if (!r)
                r = state_party_asks(g->by->txn, g->row.bearer_no, g->at->cut, &bearer);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        g->programme = !bearer.present && is_programme(g);
        g->open = (struct publication) { .measures = g->programme };
        return bearer.present ? community_publication(g->by->txn, g->row.no, g->at->cut, &g->open)
                              : 0;
}

static int gather_one(struct gathering *g)
{
        own(past_terms) struct past_terms terms = { .terms = NULL };
        struct timeline timeline;
        struct part part;
        int r = past_terms(g->by->txn, g->row.no, &terms);

        timeline = past_timeline(&terms, g->at->cut);
        if (r || !timeline.count)       /* what nobody had signed by then is nothing */
                return r;
        r = whose(g);
        if (!r && timeline_from(&timeline, g->at->day, &part) && part.period.from <= g->at->day)
                r = look_at_terms(g, part.version);
        if (!r && find_part(&timeline, g->at->period, &part))
                r = count_contract(g, &part);
        return r;
}

int release_gather(struct gather_work *work, const struct reading *by, const struct release_at *at,
                   struct gathered *ret)
{
        struct gathering g = { .work = work, .by = by, .at = at, .to = ret };
        int r = 0;

        *ret = (struct gathered) { .count = 0 };
        for (uint32_t no = 1; !r; no++) {
                r = state_contract(by->txn, no, &g.row);
                if (!r)
                        r = gather_one(&g);
        }
        return r == -ENOENT ? 0 : r;
}
