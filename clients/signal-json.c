/* SPDX-License-Identifier: Apache-2.0 */
/*
 * accord.incentive.v1: the signal with its sums. Measures are in the order of worth; what is not
 * known is null. Amounts are as everywhere, shares and people exact fractions in texts.
 */
#include <inttypes.h>
#include <string.h>

#include "core/arrangement.h"
#include "core/community.h"
#include "clients/json.h"
#include "clients/look.h"
#include "clients/signal-view.h"
#include "clients/words.h"

static void put(struct json_object *to, const char *key, struct json_object *value)
{
        json_object_object_add(to, key, value);
}

static void put_text(struct json_object *to, const char *key, const char *text)
{
        put(to, key, text && *text ? json_object_new_string(text) : NULL);
}

static void put_count(struct json_object *to, const char *key, uint64_t count)
{
        put(to, key, json_object_new_int64((int64_t)count));
}

static void put_flag(struct json_object *to, const char *key, bool flag)
{
        put(to, key, json_object_new_boolean(flag));
}

static void put_money(struct json_object *to, const char *key, bool known, int64_t cents)
{
        put(to, key, known ? json_of_money(cents) : NULL);
}

static void put_exact(struct json_object *to, const char *key, bool known, struct exact figure)
{
        char text[LOOK_MAX];

        put(to, key, known ? json_object_new_string(look_plain(figure, UNIT_RATE, text)) : NULL);
}

static void put_rate(struct json_object *to, const char *key, bool known, struct rate rate)
{
        put_exact(to, key, known, known ? exact_of_rate(rate) : exact_of(0));
}

static void put_day(struct json_object *to, const char *key, date day)
{
        put(to, key, day == DATE_NONE ? NULL : json_of_date(day));
}

static void put_index(struct json_object *to, const char *key, uint64_t index)
{
        char text[24];

        snprintf(text, sizeof(text), "%" PRIu64, index);
        put(to, key, json_object_new_string(text));
}

static void put_range(struct json_object *to, const char *key, const int64_t cents[FORECAST_COUNT])
{
        struct json_object *range = json_object_new_object();

        put_money(range, "low", true, cents[FORECAST_LOW]);
        put_money(range, "central", true, cents[FORECAST_CENTRAL]);
        put_money(range, "high", true, cents[FORECAST_HIGH]);
        put(to, key, range);
}

static struct json_object *cover_object(const struct signal_sum *sum,
                                        const struct signal_cover *cover)
{
        struct json_object *object = json_object_new_object();
        bool known = sum->has_revenue && cover->unstated < cover->payers;

        put_count(object, "payers", cover->payers);
        put_count(object, "relayed", cover->relayed);
        put_count(object, "unstated", cover->unstated);
        put_exact(object, "share_here", known,
                  known ? signal_share(sum, cover->here_cents) : exact_of(0));
        put_exact(object, "share_relayed", known,
                  known ? signal_share(sum, cover->relayed_cents) : exact_of(0));
        return object;
}

static struct json_object *row_object(const struct signal_view *view,
                                      const struct incentive_row *row)
{
        struct json_object *object = json_object_new_object();
        const struct incentive *is = &row->is;
        char contract[CONTRACT_ID_MAX + 1];

        contract_id_print(&view_contract(view, row)->contract, contract);
        put_text(object, "contract", contract);
        put_text(object, "of", is->of == INCENTIVE_TOTAL_COST ? "total_cost" :
                               is->of == INCENTIVE_SCORE ? "score" : "measure");
        put_text(object, "item", is->item.text);
        put_text(object, "direction", is->key.direction == DIRECTION_LESS ? "less" : "more");
        put_text(object, "specification", is->key.version.text);
        put_text(object, "population", is->key.population.text);
        put_text(object, "excludes", is->excludes.text);
        put(object, "numerator", is->has_counts ? json_object_new_int64((int64_t)is->numerator) :
                                                  NULL);
        put(object, "denominator", is->has_counts ?
                                   json_object_new_int64((int64_t)is->denominator) : NULL);
        put_rate(object, "target", is->has_target, is->target);
        put_range(object, "point", is->point);
        put_money(object, "patient", is->has_patient, is->patient);
        put_money(object, "stake", true, is->stake);
        put(object, "reachable", is->has_reachable ? json_object_new_int64((int64_t)is->reachable) :
                                                     NULL);
        put_text(object, "edge", signal_edge_word(is->edge));
        put(object, "edge_steps", is->edge ? json_object_new_int64(is->edge_steps) : NULL);
        put_money(object, "edge_worth", is->edge != EDGE_NONE, is->edge_worth);
        put_flag(object, "gate", is->gate);
        return object;
}

static struct json_object *steps_object(const struct signal_concept *concept)
{
        struct json_object *list = json_object_new_array();
        const enum direction ways[] = { DIRECTION_MORE, DIRECTION_LESS };

        for (size_t i = 0; i < 2; i++) {
                const struct signal_point *point = signal_point_of(concept, ways[i]);
                struct json_object *object;

                if (!point->contracts)
                        continue;
                object = json_object_new_object();
                put_text(object, "step", signal_step_word(concept, ways[i]));
                put_text(object, "direction", ways[i] == DIRECTION_LESS ? "less" : "more");
                put_count(object, "contracts", point->contracts);
                put_range(object, "worth", point->cents);
                put_exact(object, "people", point->uncounted < point->contracts, point->people);
                put_count(object, "uncounted", point->uncounted);
                json_object_array_add(list, object);
        }
        return list;
}

static struct json_object *differs_object(uint32_t bits)
{
        struct json_object *list = json_object_new_array();
        const char *word;
        uint32_t bit;

        for (size_t i = 0; (word = signal_differs_word(i, &bit)); i++)
                if (bits & bit)
                        json_object_array_add(list, json_object_new_string(word));
        return list;
}

static struct json_object *concept_object(const struct signal_view *view, uint16_t rank)
{
        static const char *const targets[] = { [TARGETS_NONE] = "none", [TARGETS_SAME] = "same",
                                               [TARGETS_NEAR] = "near", [TARGETS_APART] = "apart" };
        const struct signal_concept *concept = &view->sum->concepts[view->sum->ranked[rank]];
        struct json_object *object = json_object_new_object(), *rows = json_object_new_array();

        put(object, "rank", concept->total_cost ? NULL : json_object_new_int(rank + 1));
        put_text(object, "measure", concept->concept.text);
        put_text(object, "title", signal_title(view->titles, &concept->concept));
        put(object, "coverage", cover_object(view->sum, &concept->cover));
        put(object, "steps", steps_object(concept));
        put_money(object, "next", true, concept->next);
        put_money(object, "stake", true, concept->stake);
        put(object, "differs", differs_object(concept->differs));
        put_text(object, "targets", targets[concept->targets]);
        put_exact(object, "patient_mean_cents", concept->has_patient, concept->patient);
        put_exact(object, "reachable", concept->has_reachable, concept->reachable);
        put_count(object, "days_left", concept->days_left);
        put_day(object, "ends", concept->ends_last);
        put_flag(object, "gate", concept->gate);
        for (uint16_t i = 0; i < concept->count; i++)
                json_object_array_add(rows, row_object(view, signal_row(view->sum, view->signal,
                                                                        concept, i)));
        put(object, "rows", rows);
        return object;
}

static struct json_object *contract_object(const struct signal_view *view,
                                           const struct incentive_contract *c)
{
        const int64_t earned[] = { [FORECAST_LOW] = c->low, [FORECAST_CENTRAL] = c->central,
                                   [FORECAST_HIGH] = c->high };
        struct json_object *object = json_object_new_object();
        char contract[CONTRACT_ID_MAX + 1], again[SIGNAL_AGAIN_MAX];

        contract_id_print(&c->contract, contract);
        put_text(object, "contract", contract);
        put_count(object, "version", c->version);
        put_text(object, "standing", word_of(standing_words, (int)c->standing));
        put_flag(object, "relayed", c->relayed);
        put_flag(object, "through", c->through);
        put_rate(object, "share", c->share.den != 0, c->share);
        put(object, "period", json_of_period(c->period));
        put_day(object, "paid_through", c->paid_through);
        put_day(object, "payment", c->payment);
        put_money(object, "revenue", c->has_revenue, c->revenue);
        put_text(object, "category", c->category < LAN_COUNT ?
                                     lan_category_word((enum lan_category)c->category) : NULL);
        put(object, "members", c->has_members ? json_object_new_int64((int64_t)c->members) : NULL);
        put_range(object, "earned", earned);
        put_money(object, "least", true, c->least);
        put_money(object, "most", true, c->most);
        put_text(object, "reason", c->reason.text);
        put_text(object, "again", signal_again(view, c, again));
        return object;
}

static struct json_object *need_object(const struct signal_need *need)
{
        static const char *const said[] = { [CAPABILITY_HAS] = "yes", [CAPABILITY_HAS_NOT] = "no",
                                            [CAPABILITY_NOT_SAID] = "not said" };
        struct json_object *object = json_object_new_object();

        put_text(object, "capability", capability_word(need->kind));
        put_count(object, "kind", need->kind);
        put_count(object, "presuppose", need->presuppose);
        put_count(object, "pay", need->pay);
        put_text(object, "has", said[need->has]);
        return object;
}

static void put_lists(struct json_object *to, const struct signal_view *view)
{
        struct json_object *measures = json_object_new_array();
        struct json_object *contracts = json_object_new_array();
        struct json_object *needs = json_object_new_array();

        for (uint16_t i = 0; i < view->sum->concept_count; i++)
                json_object_array_add(measures, concept_object(view, i));
        for (uint32_t i = 0; i < view->signal->contract_count; i++)
                json_object_array_add(contracts,
                                      contract_object(view, &view->signal->contracts[i]));
        for (uint16_t i = 0; i < view->sum->need_count; i++)
                json_object_array_add(needs, need_object(&view->sum->needs[i]));
        put(to, "measures", measures);
        put(to, "contracts", contracts);
        put(to, "needs", needs);
}

struct json_object *signal_object(const struct signal_view *view)
{
        struct json_object *object = json_object_new_object();
        const struct signal_sum *sum = view->sum;
        char time[LOOK_MAX];

        put_text(object, "party", view->signal->party.text);
        put_index(object, "as_of", view->signal->as_of);
        put_text(object, "time", look_time(view->signal->time, time));
        put_flag(object, "forecast", true);
        put_flag(object, "digest", view->signal->digest);
        put_day(object, "paid_through", sum->paid_through);
        put(object, "coverage", cover_object(sum, &sum->cover));
        put_money(object, "all_source_revenue", view->signal->has_revenue,
                  view->signal->all_source_revenue);
        put_exact(object, "share_unknown", sum->has_revenue,
                  sum->has_revenue ? signal_unknown(sum) : exact_of(0));
        put_range(object, "earned", sum->earned);
        put_money(object, "least", true, sum->least);
        put_money(object, "most", true, sum->most);
        put_count(object, "not_calculable", sum->incalculable);
        put_count(object, "more", view->signal->more);
        put_lists(object, view);
        return object;
}
