/* SPDX-License-Identifier: Apache-2.0 */
#include "core/signal_sum.h"

#include <string.h>

#include "core/check.h"

#define MICROSECONDS_A_DAY INT64_C(86400000000)
#define PEOPLE_DECIMALS 6       /* so that sums over any shares stay short */
#define MILLION 1000000

const struct rate signal_tolerance = { 2, 100 };

/* What the parts below work on. */
struct summing {
        const struct incentive_signal *signal;
        struct rate tolerance;
        struct signal_sum *sum;
};

date signal_day(instant time)
{
        instant day = time / MICROSECONDS_A_DAY - (time % MICROSECONDS_A_DAY < 0);

        return day < DATE_FIRST || day > DATE_LAST ? DATE_NONE : (date)day;
}

static const struct incentive_contract *contract_of(const struct incentive_signal *signal,
                                                    const struct incentive_row *row)
{
        return &signal->contracts[row->contract];
}

/* ---- payers */

static uint16_t payer_at(struct signal_sum *sum, const struct name *bearer)
{
        uint16_t at = 0;
        int order = 1;

        while (at < sum->payer_count &&
               (order = strcmp(sum->payers[at].bearer.text, bearer->text)) < 0)
                at++;
        if (at < sum->payer_count && order == 0)
                return at;
        memmove(&sum->payers[at + 1], &sum->payers[at],
                (size_t)(sum->payer_count - at) * sizeof(sum->payers[0]));
        sum->payers[at] = (struct signal_payer) { .bearer = *bearer, .relayed = true };
        sum->payer_count++;
        return at;
}

static void add_payers(struct summing *s)
{
        for (uint32_t i = 0; i < s->signal->contract_count; i++)
                payer_at(s->sum, &s->signal->contracts[i].contract.bearer);
        for (uint32_t i = 0; i < s->signal->contract_count; i++) {
                const struct incentive_contract *c = &s->signal->contracts[i];
                uint16_t at = payer_at(s->sum, &c->contract.bearer);
                struct signal_payer *payer = &s->sum->payers[at];

                s->sum->payer_of[i] = at;
                payer->contracts++;
                payer->relayed = payer->relayed && c->relayed;
                if (c->has_revenue && (!payer->has_revenue || c->revenue > payer->revenue))
                        payer->revenue = c->revenue;
                payer->has_revenue = payer->has_revenue || c->has_revenue;
        }
}

/* @in: by place in payers. */
static void cover_payers(const struct signal_sum *sum, const bool *in, struct signal_cover *ret)
{
        for (uint16_t i = 0; i < sum->payer_count; i++) {
                const struct signal_payer *payer = &sum->payers[i];

                if (!in[i])
                        continue;
                ret->payers++;
                ret->relayed = (uint16_t)(ret->relayed + payer->relayed);
                ret->unstated = (uint16_t)(ret->unstated + !payer->has_revenue);
                if (payer->relayed)
                        ret->relayed_cents += payer->revenue;
                else
                        ret->here_cents += payer->revenue;
        }
}

struct exact signal_share(const struct signal_sum *sum, int64_t cents)
{
        assert(sum->has_revenue);
        return exact_ratio(cents, sum->all_source_revenue);
}

struct exact signal_unknown(const struct signal_sum *sum)
{
        return signal_share(sum, sum->all_source_revenue - sum->cover.here_cents -
                            sum->cover.relayed_cents);
}

/* ---- contracts */

static void add_contracts(struct summing *s)
{
        struct signal_sum *sum = s->sum;
        bool in[SIGNAL_CONTRACTS_MAX];

        for (uint32_t i = 0; i < s->signal->contract_count; i++) {
                const struct incentive_contract *c = &s->signal->contracts[i];

                sum->earned[FORECAST_LOW] += c->low;
                sum->earned[FORECAST_CENTRAL] += c->central;
                sum->earned[FORECAST_HIGH] += c->high;
                sum->least += c->least;
                sum->most += c->most;
                sum->incalculable = (uint16_t)(sum->incalculable + (*c->reason.text != '\0'));
                if (c->paid_through != DATE_NONE &&
                    (sum->paid_through == DATE_NONE || c->paid_through < sum->paid_through))
                        sum->paid_through = c->paid_through;
        }
        memset(in, true, sizeof(in));
        cover_payers(sum, in, &sum->cover);
        sum->all_source_revenue = s->signal->all_source_revenue;
        sum->has_revenue = s->signal->has_revenue && sum->all_source_revenue > 0 &&
                           sum->cover.here_cents + sum->cover.relayed_cents <=
                                   sum->all_source_revenue;
}

/* ---- rows in their order: by concept, within it by contract and item */

static bool is_cost(const struct incentive_row *row)
{
        return row->is.of == INCENTIVE_TOTAL_COST;
}

/* Total cost counts in dollars: one that calls a measure by its name is none the less another. */
static int compare_concepts(const struct incentive_row *a, const struct incentive_row *b)
{
        int order = strcmp(a->is.key.concept.text, b->is.key.concept.text);

        return order ? order : (int)is_cost(a) - (int)is_cost(b);
}

static int compare_contracts(const struct contract_id *a, const struct contract_id *b)
{
        int order = strcmp(a->bearer.text, b->bearer.text);

        if (!order)
                order = strcmp(a->earner.text, b->earner.text);
        return order ? order : strcmp(a->label.text, b->label.text);
}

static int compare_rows(const struct incentive_signal *signal, const struct incentive_row *a,
                        const struct incentive_row *b)
{
        int order = compare_concepts(a, b);

        if (!order)
                order = compare_contracts(&contract_of(signal, a)->contract,
                                          &contract_of(signal, b)->contract);
        if (!order)
                order = strcmp(a->is.item.text, b->is.item.text);
        return order ? order : strcmp(a->is.key.version.text, b->is.key.version.text);
}

/* Into its place behind what is equal, found by halves. */
static void put_row(struct summing *s, uint16_t row)
{
        const struct incentive_row *rows = s->signal->rows;
        uint16_t *list = s->sum->rows, from = 0, until = row;

        while (from < until) {
                uint16_t middle = (uint16_t)((from + until) / 2);

                if (compare_rows(s->signal, &rows[row], &rows[list[middle]]) < 0)
                        until = middle;
                else
                        from = (uint16_t)(middle + 1);
        }
        memmove(&list[from + 1], &list[from], (size_t)(row - from) * sizeof(list[0]));
        list[from] = row;
}

/* ---- one row into its concept */

/* A part of so many people, to the millionth. */
static struct exact people_of(uint64_t count, int64_t divisor, struct rate share)
{
        struct exact people = exact_ratio((wide)count, divisor);

        if (share.den == 0)
                return exact_of(0);
        return exact_round_decimals(exact_mul(people, exact_of_rate(share)), PEOPLE_DECIMALS,
                                    ROUND_HALF_AWAY);
}

static void add_point(const struct incentive_contract *c, const struct incentive *is,
                      struct signal_point *ret)
{
        ret->contracts++;
        for (int i = 0; i < FORECAST_COUNT; i++)
                ret->cents[i] += is->point[i];
        if (is->of == INCENTIVE_TOTAL_COST && c->has_members)
                ret->people = exact_add(ret->people, exact_of((wide)c->members));
        else if (is->of != INCENTIVE_TOTAL_COST && is->has_counts)
                ret->people = exact_add(ret->people, people_of(is->denominator, 100, c->share));
        else
                ret->uncounted++;
}

bool signal_edge_in_reach(const struct incentive_signal *signal, const struct incentive_row *row)
{
        const struct incentive *is = &row->is;

        if (is->edge == EDGE_NONE ||
            signal_day(signal->time) >= contract_of(signal, row)->period.until)
                return false;
        if (is_cost(row) || !is->has_counts || !is->has_reachable)
                return true;
        return (wide)is->edge_steps * (wide)is->denominator <= (wide)is->reachable * 100;
}

/* What a step is worth: now, or on the way to the next edge, where that is more. */
static int64_t worth_next(const struct incentive_signal *signal, const struct incentive_row *row)
{
        int64_t now = row->is.point[FORECAST_CENTRAL], way;

        if (!signal_edge_in_reach(signal, row))
                return now;
        way = (int64_t)exact_round(exact_ratio(row->is.edge_worth, row->is.edge_steps), 1,
                                   ROUND_HALF_AWAY);
        return way > now ? way : now;
}

static void add_edge(const struct summing *s, uint16_t at, struct signal_concept *ret)
{
        const struct incentive_row *row = &s->signal->rows[at];
        const struct incentive_row *best = ret->edge_row == SIGNAL_NO_ROW ? NULL :
                                           &s->signal->rows[ret->edge_row];

        ret->gate = ret->gate || row->is.gate;
        if (signal_edge_in_reach(s->signal, row) && row->is.edge_worth > 0 &&
            (!best || row->is.edge_worth > best->is.edge_worth ||
             (row->is.edge_worth == best->is.edge_worth &&
              row->is.edge_steps < best->is.edge_steps)))
                ret->edge_row = at;
}

static void add_days(const struct summing *s, struct period period, struct signal_concept *ret)
{
        date last = period.until - 1;

        if (ret->ends_first == DATE_NONE || last < ret->ends_first)
                ret->ends_first = last;
        if (ret->ends_last == DATE_NONE || last > ret->ends_last)
                ret->ends_last = last;
        ret->days_left = ret->ends_last < s->sum->day ? 0 :
                         (uint32_t)(ret->ends_last - s->sum->day) + 1;
}

static void add_row(const struct summing *s, uint16_t at, struct signal_concept *ret)
{
        const struct incentive_row *row = &s->signal->rows[at];
        const struct incentive_contract *c = contract_of(s->signal, row);

        ret->stake += row->is.stake;
        add_point(c, &row->is, &ret->point[row->is.key.direction == DIRECTION_LESS]);
        add_edge(s, at, ret);
        add_days(s, c->period, ret);
        if (row->is.has_reachable && s->sum->day < c->period.until) {
                ret->has_reachable = true;
                ret->reachable = exact_add(ret->reachable,
                                           people_of(row->is.reachable, 1, c->share));
        }
}

/* ---- what the rows of one concept have in common */

struct rate_range {
        uint16_t said;
        struct rate least, most;
};

static void add_target(const struct incentive *is, struct rate_range *range)
{
        struct exact target = exact_of_rate(is->target);

        if (!range->said || exact_cmp(target, exact_of_rate(range->least)) < 0)
                range->least = is->target;
        if (!range->said || exact_cmp(target, exact_of_rate(range->most)) > 0)
                range->most = is->target;
        range->said++;
}

static void compare_targets(const struct summing *s, struct signal_concept *concept)
{
        struct rate_range range = { 0 };
        struct exact apart;

        for (uint16_t i = 0; i < concept->count; i++) {
                const struct incentive *is = &signal_row(s->sum, s->signal, concept, i)->is;

                if (is->has_target)
                        add_target(is, &range);
        }
        concept->untargeted = range.said ? (uint16_t)(concept->count - range.said) : 0;
        if (range.said < 2)
                return;
        apart = exact_sub(exact_of_rate(range.most), exact_of_rate(range.least));
        if (exact_sign(apart) == 0)
                concept->targets = TARGETS_SAME;
        else if (exact_cmp(apart, exact_of_rate(s->tolerance)) <= 0)
                concept->targets = TARGETS_NEAR;
        else
                concept->targets = TARGETS_APART;
}

static uint32_t differs_from(const struct incentive_signal *signal, const struct incentive_row *a,
                             const struct incentive_row *b)
{
        const struct measure_key *x = &a->is.key, *y = &b->is.key;
        uint32_t bits = 0;

        if (x->direction != y->direction)
                bits |= DIFFERS_DIRECTION;
        if (!name_equal(&x->version, &y->version))
                bits |= DIFFERS_VERSION;
        if (!name_equal(&x->population, &y->population))
                bits |= DIFFERS_POPULATION;
        if (!name_equal(&a->is.excludes, &b->is.excludes))
                bits |= DIFFERS_EXCLUDED;
        if (!period_equal(contract_of(signal, a)->period, contract_of(signal, b)->period))
                bits |= DIFFERS_PERIOD;
        return bits;
}

/* All differ from the first, or none differ: equality hands on. */
static void compare_all(const struct summing *s, struct signal_concept *concept)
{
        const struct incentive_row *first = signal_row(s->sum, s->signal, concept, 0);

        for (uint16_t i = 1; i < concept->count; i++)
                concept->differs |= differs_from(s->signal, first,
                                                 signal_row(s->sum, s->signal, concept, i));
        compare_targets(s, concept);
        if (concept->targets == TARGETS_APART)
                concept->differs |= DIFFERS_TARGET;
}

/* One patient has one payer: a mean over the panels, never a sum. */
static void add_patients(const struct summing *s, struct signal_concept *concept)
{
        wide weights = 0, values = 0, weight;

        for (uint16_t i = 0; i < concept->count; i++) {
                const struct incentive_row *row = signal_row(s->sum, s->signal, concept, i);

                if (!row->is.has_patient || !row->is.has_counts)
                        continue;
                weight = exact_mul(people_of(row->is.denominator, 1,
                                             contract_of(s->signal, row)->share),
                                   exact_of(MILLION)).num;
                weights += weight;
                values += weight * row->is.patient;
        }
        concept->has_patient = weights > 0;
        concept->patient = weights > 0 ? exact_ratio(values, weights) : exact_of(0);
}

static void cover_concept(const struct summing *s, struct signal_concept *concept)
{
        bool in[SIGNAL_CONTRACTS_MAX] = { false };

        for (uint16_t i = 0; i < concept->count; i++)
                in[s->sum->payer_of[signal_row(s->sum, s->signal, concept, i)->contract]] = true;
        cover_payers(s->sum, in, &concept->cover);
}

/* Of the direction that is worth more: in both at once nobody can go. */
static void weigh(const struct summing *s, struct signal_concept *concept)
{
        int64_t next[2] = { 0 };

        for (uint16_t i = 0; i < concept->count; i++) {
                const struct incentive_row *row = signal_row(s->sum, s->signal, concept, i);

                next[row->is.key.direction == DIRECTION_LESS] += worth_next(s->signal, row);
        }
        if (!concept->point[0].contracts)
                concept->next = next[1];
        else if (!concept->point[1].contracts)
                concept->next = next[0];
        else
                concept->next = next[0] > next[1] ? next[0] : next[1];
}

static void add_concept(struct summing *s, uint16_t first, uint16_t count)
{
        struct signal_concept *ret = &s->sum->concepts[s->sum->concept_count++];
        const struct incentive_row *row = &s->signal->rows[s->sum->rows[first]];

        *ret = (struct signal_concept) {
                .concept = row->is.key.concept, .total_cost = is_cost(row), .first = first,
                .count = count, .patient = exact_of(0), .reachable = exact_of(0),
                .point = { { .people = exact_of(0) }, { .people = exact_of(0) } },
                .ends_first = DATE_NONE, .ends_last = DATE_NONE, .edge_row = SIGNAL_NO_ROW,
        };
        for (uint16_t i = 0; i < count; i++)
                add_row(s, s->sum->rows[first + i], ret);
        cover_concept(s, ret);
        compare_all(s, ret);
        add_patients(s, ret);
        weigh(s, ret);
}

static void add_concepts(struct summing *s)
{
        const struct incentive_row *rows = s->signal->rows;
        const uint16_t *list = s->sum->rows;
        uint16_t total = (uint16_t)s->signal->row_count, first = 0;

        for (uint16_t i = 0; i < total; i++)
                put_row(s, i);
        for (uint16_t i = 1; i <= total; i++) {
                if (i < total && !compare_concepts(&rows[list[first]], &rows[list[i]]))
                        continue;
                add_concept(s, first, (uint16_t)(i - first));
                first = i;
        }
}

/* ---- worth most next */

/* < 0: @a comes first. Places in concepts are in order of name, so they decide what is left. */
static int compare_worth(const struct signal_sum *sum, uint16_t a, uint16_t b)
{
        const struct signal_concept *x = &sum->concepts[a], *y = &sum->concepts[b];

        if (x->total_cost != y->total_cost)
                return x->total_cost ? 1 : -1;
        if (x->next != y->next)
                return x->next > y->next ? -1 : 1;
        if (x->stake != y->stake)
                return x->stake > y->stake ? -1 : 1;
        return (int)a - (int)b;
}

static void rank(struct signal_sum *sum)
{
        for (uint16_t i = 0; i < sum->concept_count; i++) {
                uint16_t at = i;

                for (; at > 0 && compare_worth(sum, i, sum->ranked[at - 1]) < 0; at--)
                        sum->ranked[at] = sum->ranked[at - 1];
                sum->ranked[at] = i;
        }
}

/* ---- capabilities */

static struct signal_need *need_at(struct signal_sum *sum, const struct capability_need *need)
{
        uint16_t at = 0;

        while (at < sum->need_count && sum->needs[at].kind < need->kind)
                at++;
        if (at < sum->need_count && sum->needs[at].kind == need->kind)
                return &sum->needs[at];
        if (sum->need_count == SIGNAL_NEED_KINDS_MAX)
                return NULL;
        memmove(&sum->needs[at + 1], &sum->needs[at],
                (size_t)(sum->need_count - at) * sizeof(sum->needs[0]));
        sum->needs[at] = (struct signal_need) { .kind = need->kind, .has = need->has };
        sum->need_count++;
        return &sum->needs[at];
}

/* Payers that presuppose a kind, or pay for it: each once. */
static uint16_t payers_with(const struct summing *s, uint32_t kind, bool paid)
{
        bool in[SIGNAL_CONTRACTS_MAX] = { false };
        struct signal_cover cover = { 0 };

        for (uint32_t i = 0; i < s->signal->need_count; i++)
                if (s->signal->needs[i].kind == kind && (!paid || s->signal->needs[i].paid))
                        in[s->sum->payer_of[s->signal->needs[i].contract]] = true;
        cover_payers(s->sum, in, &cover);
        return cover.payers;
}

static void add_needs(struct summing *s)
{
        for (uint32_t i = 0; i < s->signal->need_count; i++) {
                const struct capability_need *need = &s->signal->needs[i];
                struct signal_need *at = need_at(s->sum, need);

                if (at && at->has != need->has)
                        at->has = CAPABILITY_NOT_SAID;
        }
        for (uint16_t i = 0; i < s->sum->need_count; i++) {
                struct signal_need *need = &s->sum->needs[i];

                need->presuppose = payers_with(s, need->kind, false);
                need->pay = payers_with(s, need->kind, true);
        }
}

void signal_sum(const struct incentive_signal *signal, struct rate tolerance,
                struct signal_sum *ret)
{
        struct summing s = { signal, tolerance, ret };

        memset(ret, 0, sizeof(*ret));
        ret->day = signal_day(signal->time);
        ret->paid_through = DATE_NONE;
        add_payers(&s);
        add_contracts(&s);
        add_concepts(&s);
        rank(ret);
        add_needs(&s);
}
