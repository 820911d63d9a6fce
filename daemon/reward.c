/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/reward.h"

#include <errno.h>
#include <stdlib.h>

#include "core/arrangement.h"
#include "core/own.h"
#include "daemon/asof.h"
#include "daemon/past.h"
#include "daemon/sources.h"
#include "daemon/state_relation.h"

struct reward_work {
        struct arena arena;
        struct incentive_work incentive;
        struct incentives is;
};

int reward_work_new(struct reward_work **ret)
{
        struct reward_work *work = calloc(1, sizeof(*work));
        int r = work ? arena_new(&work->arena, WIRE_ARENA_SIZE) : -ENOMEM;

        if (r)
                free(work);
        else
                *ret = work;
        return r;
}

void reward_work_free(struct reward_work *work)
{
        if (!work)
                return;
        arena_free(&work->arena);
        free(work);
}

void reward_free(struct reward *reward)
{
        if (!reward)
                return;
        free(reward->units);
        free(reward);
}

/* One contract on its way; what it came to is in @to. */
struct rewarding {
        struct reward_work *work;
        const struct reading *by;
        const struct reward_at *at;
        struct reward to;
        struct run run;
        struct sources sources;
        struct version facts;           /* of record */
};

static void rewarding_cleanup(struct rewarding *r)
{
        sources_cleanup(&r->sources);
        version_cleanup(&r->facts);
        free(r->to.units);
}

static struct text sentence(const char *says)
{
        struct text ret = { { 0 } };

        memcpy(ret.text, says, strnlen(says, TEXT_MAX_LENGTH));
        return ret;
}

/* ---- which period */

static bool in_force(const struct contract_state_row *row, date day)
{
        if (row->state == CONTRACT_TERMINATED)
                return row->version_in_force && day < row->ends;
        return row->state == CONTRACT_IN_FORCE || row->state == CONTRACT_RELAYED;
}

static bool settled(const struct past_runs *runs, struct period period, uint64_t cut)
{
        const struct run_state *run = past_counts(runs, period, cut);

        return run && run->run.kind != RUN_INTERIM;
}

/* The last part that has begun and is not settled for good. */
static bool find_part(const struct timeline *timeline, const struct past_runs *runs,
                      const struct reward_at *at, struct part *ret)
{
        date day = DATE_FIRST;
        bool found = false;
        struct part part;

        while (timeline_from(timeline, day, &part) && part.period.from <= at->day) {
                if (!settled(runs, part.period, at->cut)) {
                        *ret = part;
                        found = true;
                }
                day = part.period.until;
        }
        return found;
}

/* When it is paid: as was said last when a run of the period was ordered. */
static date payment_of(const struct past_runs *runs, struct period period, uint64_t cut)
{
        date payment = DATE_NONE;

        for (size_t i = 0; i < runs->count; i++)
                if (runs->rows[i].index <= cut && period_equal(runs->rows[i].run.period, period))
                        payment = runs->rows[i].run.payment;
        return payment;
}

/* -ENOENT: the contract is in no signal. */
static int find_period(struct rewarding *w, uint32_t contract_no)
{
        own(past_terms) struct past_terms terms = { .terms = NULL };
        own(past_runs) struct past_runs runs = { .rows = NULL };
        struct contract_state_row row;
        struct timeline timeline;
        struct part part;
        int r = asof_contract(w->by->txn, contract_no, w->at->cut, &row);

        if (!r && !in_force(&row, w->at->day))
                r = -ENOENT;
        if (!r)
                r = past_terms(w->by->txn, contract_no, &terms);
        if (!r)
                r = past_runs(w->by->txn, contract_no, &runs);
        if (r)
                return r;
        timeline = past_timeline(&terms, w->at->cut);
        if (!find_part(&timeline, &runs, w->at, &part))
                return -ENOENT;
        w->to.is = true;
        w->to.earner_no = row.earner_no;
        w->to.contract = row.id;
        w->to.version = part.version;
        w->to.period = part.period;
        w->to.payment = payment_of(&runs, part.period, w->at->cut);
        return 0;
}

/* ---- what its facts say of who takes part */

static bool has_unit(const struct reward *to, const struct item *unit)
{
        for (size_t i = 0; i < to->unit_count; i++)
                if (item_equal(&to->units[i].unit, unit))
                        return true;
        return false;
}

static bool names_unit(const struct fact *fact)
{
        return (fact->key.kind == FACT_UNIT_MEMBER_MONTHS ||
                fact->key.kind == FACT_UNIT_REVENUE) &&
               fact->key.item.text[0] && !fact->key.segment.text[0];
}

static bool figure_of(const struct rewarding *w, const struct settle_inputs *inputs,
                      enum fact_kind kind, const struct item *item, int64_t *ret)
{
        const struct fact *fact = settle_fact_of(w->sources.terms, inputs, kind, item,
                                                 w->to.period);

        *ret = fact ? fact->value.num : 0;
        return fact != NULL;
}

/* @grown: with what grows taken to the end of the period. Months are a part: as they stand. */
static int add_units(struct rewarding *w, const struct settle_inputs *inputs,
                     const struct settle_inputs *grown)
{
        for (size_t i = 0; i < inputs->fact_count; i++) {
                struct unit_figures *units, unit = { .unit = inputs->facts[i].key.item };

                if (!names_unit(&inputs->facts[i]) || has_unit(&w->to, &unit.unit))
                        continue;
                unit.has_months = figure_of(w, inputs, FACT_UNIT_MEMBER_MONTHS, &unit.unit,
                                            &unit.months);
                unit.has_revenue = figure_of(w, grown, FACT_UNIT_REVENUE, &unit.unit,
                                             &unit.revenue);
                units = reallocarray(w->to.units, w->to.unit_count + 1, sizeof(*units));
                if (!units)
                        return -ENOMEM;
                w->to.units = units;
                units[w->to.unit_count++] = unit;
        }
        return 0;
}

/* Where the whole is not stated it is what all units have. */
static void add_months(struct rewarding *w, const struct settle_inputs *inputs)
{
        static const struct item total;

        w->to.has_months = figure_of(w, inputs, FACT_MEMBER_MONTHS, &total, &w->to.months);
        for (size_t i = 0; !w->to.has_months && i < w->to.unit_count; i++)
                w->to.months += w->to.units[i].months;
        w->to.has_months |= w->to.months > 0;
}

static bool is_relayed(const struct rewarding *w)
{
        const struct terms *terms = w->sources.terms;

        if (w->sources.view.state == TERMS_RELAYED ||
            (w->sources.carries_relayed && w->sources.carried_count))
                return true;
        for (size_t i = 0; i < w->facts.count; i++) {
                const struct fact *fact = &w->facts.facts[i];

                if (fact->relayed && period_equal(fact->key.period, w->to.period) &&
                    fact->side == terms_of_record(terms, fact->key.kind))
                        return true;
        }
        return false;
}

static int say_figures(struct rewarding *w, const struct settle_inputs *inputs)
{
        static const struct item total;
        struct incentive_work *work = &w->work->incentive;
        struct settle_inputs grown = *inputs;
        struct forecast_basis basis = { .paid_through = DATE_NONE };
        int r;

        if (!forecast_facts(w->sources.terms, &w->run, inputs, work->facts, &basis)) {
                grown.facts = work->facts[FORECAST_CENTRAL].facts;
                grown.fact_count = work->facts[FORECAST_CENTRAL].count;
        }
        w->to.paid_through = basis.paid_through;
        w->to.has_revenue = figure_of(w, &grown, FACT_PAYER_REVENUE, &total, &w->to.revenue);
        r = add_units(w, inputs, &grown);
        add_months(w, inputs);
        w->to.relayed = is_relayed(w);
        return r;
}

/* ---- what kind of contract it is */

static int say_category(struct rewarding *w)
{
        const struct relation_at at = { w->at->cut, w->at->day };
        struct contract_state_row row;
        struct arrangement is;
        uint32_t bearer, earner;
        int r = state_contract(w->by->txn, w->to.contract_no, &row);

        if (!r)
                r = state_common_owner(w->by->txn, row.bearer_no, &at, &bearer);
        if (!r)
                r = state_common_owner(w->by->txn, row.earner_no, &at, &earner);
        if (r)
                return r;
        arrangement_of(w->sources.terms, bearer == earner, &is);
        w->to.category = is.category;
        return 0;
}

/* ---- what it rewards */

static void say_incentives(struct rewarding *w, const struct settle_inputs *inputs)
{
        struct incentives *is = &w->work->is;

        incentives_of(w->sources.terms, &w->run, inputs, w->at->charter, &w->work->incentive, is);
        if (is->status != STATEMENT_CALCULATED) {
                w->to.reason = w->facts.rows->lacks ? sentence(w->facts.rows->lacks) : is->reason;
                return;
        }
        w->to.low = is->earned[FORECAST_LOW];
        w->to.central = is->earned[FORECAST_CENTRAL];
        w->to.high = is->earned[FORECAST_HIGH];
        w->to.least = is->least;
        w->to.most = is->most;
        w->to.members = is->members;
        w->to.row_count = is->count;
}

/* Rows that are gone take nothing else of a signal with them. */
static const char *rows_gone(int r)
{
        if (r == -ENOKEY)
                return "member-level rows that it rests on were erased at the hub since";
        if (r == -ENODATA)
                return "the hub has lost member-level rows that it rests on: send them again";
        return NULL;
}

static int say_all(struct rewarding *w)
{
        const struct terms *terms = w->sources.terms;
        struct settle_inputs inputs;
        const char *gone;
        int r = sources_choose(w->by, &w->run, w->to.contract_no, &w->sources, SIDE_NEITHER, NULL,
                               &w->facts);

        gone = rows_gone(r);
        if (r && !gone)
                return r;
        w->to.standing = terms->standing;
        w->to.presupposed_count = terms->presupposed_count;
        memcpy(w->to.presupposes, terms->presupposes, sizeof(w->to.presupposes));
        inputs = sources_inputs(&w->sources, &w->facts);
        r = say_figures(w, &inputs);
        if (!r)
                r = say_category(w);
        if (r)
                return r;
        if (gone)
                w->to.reason = sentence(gone);
        else
                say_incentives(w, &inputs);
        return 0;
}

static int hand_out(struct rewarding *w, struct reward **ret)
{
        const size_t size = w->to.row_count * sizeof(*w->to.rows);
        struct reward *reward = malloc(sizeof(*reward) + size);

        if (!reward)
                return -ENOMEM;
        *reward = w->to;
        reward->rows = memcpy(reward + 1, w->work->is.rows, size);
        w->to.units = NULL;
        *ret = reward;
        return 0;
}

int reward_of(struct reward_work *work, const struct reading *by, uint32_t contract_no,
              const struct reward_at *at, struct reward **ret)
{
        own(rewarding) struct rewarding w = {
                .work = work, .by = by, .at = at, .to = { .contract_no = contract_no },
        };
        int r = find_period(&w, contract_no);

        if (r)
                return r == -ENOENT ? hand_out(&w, ret) : r;
        r = sources_load(by, &(struct run) { .period = w.to.period, .cut = at->cut }, contract_no,
                         w.to.version, &work->arena, &w.sources);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        if (w.to.payment == DATE_NONE)
                w.to.payment = date_add_months(w.to.period.until,
                                               (int)w.sources.terms->runout_months);
        w.run = (struct run) {
                .contract = w.to.contract, .period = w.to.period, .kind = RUN_PREVIEW,
                .payment = w.to.payment, .cut = at->cut,
        };
        r = say_all(&w);
        return r ? r : hand_out(&w, ret);
}

const struct unit_figures *reward_unit(const struct reward *reward, const struct name *party)
{
        for (size_t i = 0; i < reward->unit_count; i++)
                if (strcmp(reward->units[i].unit.text, party->text) == 0)
                        return &reward->units[i];
        return NULL;
}
