/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/release_figures.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/arrangement.h"
#include "core/own.h"

/* People that a panel is trusted wholly of: reference formulas 10.2, with a variation of 1.68. */
static const struct rate full_credibility = { 305499, 100 };

void drawn_figures_cleanup(struct drawn_figures *figures)
{
        for (size_t i = 0; i < figures->count; i++)
                for (size_t j = 0; j < FIGURE_SETS; j++)
                        free(figures->figures[i].sets[j].rows);
        free(figures->figures);
}

/* What all figures are drawn from. */
struct drawing {
        const struct gathered *from;
        const struct release_at *at;
        const struct sides *sides;
        struct drawn_figures *to;
};

/* NULL: there are as many as a release can hold. */
static struct drawn_figure *figure_new(struct drawing *d, enum figure_code code, const char *item)
{
        struct drawn_figure *figure;

        if (d->to->count == d->to->room)
                return NULL;
        figure = &d->to->figures[d->to->count++];
        *figure = (struct drawn_figure) { .figure = code };
        memcpy(figure->item.text, item, strnlen(item, ITEM_MAX_LENGTH));
        return figure;
}

static int contribute(struct contributions *to, const struct contribution *row)
{
        int r = release_grow((void **)&to->rows, to->count, &to->room, sizeof(*to->rows));

        if (!r)
                to->rows[to->count++] = *row;
        return r;
}

static uint64_t mark_of_revenue(const struct counted *one)
{
        const int64_t numbers[] = { one->revenue, one->period.from, one->period.until };

        return mark_of(UINT64_C(0xcbf29ce484222325), numbers, sizeof(numbers));
}

static void set_value(struct drawn_figure *figure, wide num, wide den)
{
        figure->calculable = den > 0 && num >= 0 && num <= den;
        figure->value = figure->calculable ? exact_ratio(num, den) : exact_of(0);
}

/* ---- means over providers */

typedef int64_t index_fn(const struct provider_figures *provider);
typedef bool so_fn(const struct stake *stake);

static int64_t alignment_of(const struct provider_figures *p) { return p->alignment; }
static int64_t shared_of(const struct provider_figures *p) { return p->shared; }
static int64_t conflict_of(const struct provider_figures *p) { return p->conflict; }
static int64_t aligned_of(const struct provider_figures *p) { return p->aligned; }
static bool is_shared(const struct stake *s) { return s->shared; }
static bool is_outside(const struct stake *s) { return s->outside; }
static bool is_aligned(const struct stake *s) { return s->aligned; }

static bool counts(const struct provider_figures *provider, index_fn *index)
{
        return provider->revenue > 0 && (!index || index(provider) >= 0);
}

/* All that the providers that count are paid. */
static int add_revenue(struct drawing *d, index_fn *index, struct contributions *to)
{
        int r = 0;

        for (size_t i = 0; !r && i < d->from->count; i++) {
                const struct counted *one = &d->from->contracts[i];

                if (counts(sides_of(d->sides, one->provider), index))
                        r = contribute(to, &(struct contribution) {
                                .payer = one->payer, .provider = one->provider,
                        .payer_no = one->bearer_no, .provider_no = one->earner_no,
                                .whole = one->revenue, .is_public = one->programme,
                                .mark = mark_of_revenue(one),
                        });
        }
        return r;
}

/* All that they have at stake; @so: which part of it. */
static int add_stakes(struct drawing *d, index_fn *index, so_fn *so, const struct name *concept,
                      struct contributions *to)
{
        int r = 0;

        to->has_part = so != NULL;
        for (size_t i = 0; !r && i < d->sides->stake_count; i++) {
                const struct stake *one = &d->sides->stakes[i];

                if ((index && !counts(sides_of(d->sides, one->provider), index)) ||
                    (concept && !name_equal(concept, &one->key.concept)))
                        continue;
                r = contribute(to, &(struct contribution) {
                        .payer = one->payer, .provider = one->provider,
                        .payer_no = one->bearer_no, .provider_no = one->earner_no,
                        .whole = one->dollars,
                        .part = so && so(one) ? one->dollars : 0, .is_public = one->programme,
                        .mark = one->mark,
                });
        }
        return r;
}

/* Of what all those are paid, how much lies under contracts that are here. */
static void set_coverage(struct drawing *d, index_fn *index, struct drawn_figure *figure)
{
        wide here = 0, all = 0;

        figure->has_coverage = true;
        for (size_t i = 0; i < d->sides->count; i++) {
                const struct provider_figures *provider = &d->sides->providers[i];

                if (!counts(provider, index))
                        continue;
                figure->has_coverage &= provider->knows_all_source;
                here += provider->revenue;
                all += provider->all_source;
        }
        figure->has_coverage &= all > 0;
        if (figure->has_coverage)
                figure->coverage = exact_ratio(here, all);
}

static int draw_mean(struct drawing *d, enum figure_code code, index_fn *index, so_fn *so)
{
        struct drawn_figure *figure = figure_new(d, code, "");
        wide sum = 0, weights = 0;
        int r;

        if (!figure)
                return 0;
        for (size_t i = 0; i < d->sides->count; i++) {
                const struct provider_figures *provider = &d->sides->providers[i];

                if (!counts(provider, index))
                        continue;
                sum += (wide)provider->revenue * index(provider);
                weights += (wide)provider->revenue * NANO;
        }
        set_value(figure, sum, weights);
        set_coverage(d, index, figure);
        r = add_revenue(d, index, &figure->sets[0]);
        return r ? r : add_stakes(d, index, so, NULL, &figure->sets[1]);
}

/* Without a threshold, which everybody can read in the charter, there is nothing to calculate. */
static int draw_aligned(struct drawing *d)
{
        struct drawn_figure *figure;

        if (d->at->charter->thresholds.is)
                return draw_mean(d, FIGURE_ALIGNED_DOLLARS, aligned_of, is_aligned);
        figure = figure_new(d, FIGURE_ALIGNED_DOLLARS, "");
        if (figure)
                figure->is_open = true;
        return 0;
}

static int draw_stake_share(struct drawing *d)
{
        struct drawn_figure *figure = figure_new(d, FIGURE_STAKE_SHARE, "");
        wide dollars = 0, revenue = 0;
        int r;

        if (!figure)
                return 0;
        for (size_t i = 0; i < d->sides->count; i++) {
                const struct provider_figures *provider = &d->sides->providers[i];

                if (!counts(provider, NULL))
                        continue;
                dollars += provider->dollars;
                revenue += provider->revenue;
        }
        set_value(figure, dollars, revenue);
        set_coverage(d, NULL, figure);
        r = add_revenue(d, NULL, &figure->sets[0]);
        return r ? r : add_stakes(d, NULL, NULL, NULL, &figure->sets[1]);
}

/* ---- by measure: those of the charter, and those that somebody lets be public */

static bool is_first_specification(const struct charter *charter, size_t place)
{
        for (size_t i = 0; i < place; i++)
                if (name_equal(&charter->specifications[i].is.concept,
                               &charter->specifications[place].is.concept))
                        return false;
        return true;
}

static bool is_first_open(const struct drawing *d, size_t place)
{
        const struct name *concept = &d->from->open[place].key.concept;

        for (size_t i = 0; i < d->at->charter->specification_count; i++)
                if (name_equal(&d->at->charter->specifications[i].is.concept, concept))
                        return false;
        for (size_t i = 0; i < place; i++)
                if (name_equal(&d->from->open[i].key.concept, concept))
                        return false;
        return true;
}

static int draw_for_concepts(struct drawing *d,
                             int (*draw)(struct drawing *d, const struct name *concept))
{
        const struct charter *charter = d->at->charter;
        int r = 0;

        for (size_t i = 0; !r && i < charter->specification_count; i++)
                if (is_first_specification(charter, i))
                        r = draw(d, &charter->specifications[i].is.concept);
        for (size_t i = 0; !r && i < d->from->open_count; i++)
                if (is_first_open(d, i))
                        r = draw(d, &d->from->open[i].key.concept);
        return r;
}

static bool is_inside(const struct stake *stake)
{
        return !stake->outside;
}

static int draw_dominant(struct drawing *d, const struct name *concept)
{
        struct drawn_figure *figure = figure_new(d, FIGURE_DOMINANT, concept->text);
        wide inside = 0, all = 0;
        int r = figure ? add_stakes(d, NULL, is_inside, concept, &figure->sets[0]) : 0;

        if (!figure || r)
                return r;
        for (size_t i = 0; i < figure->sets[0].count; i++) {
                inside += figure->sets[0].rows[i].part;
                all += figure->sets[0].rows[i].whole;
        }
        set_value(figure, inside, all);
        return 0;
}

static bool is_first_payer(const struct drawing *d, size_t place)
{
        const struct open_measure *one = &d->from->open[place];

        for (size_t i = 0; i < place; i++)
                if (d->from->open[i].payer == one->payer &&
                    name_equal(&d->from->open[i].key.concept, &one->key.concept))
                        return false;
        return true;
}

static int draw_payers(struct drawing *d, const struct name *concept)
{
        struct drawn_figure *figure = figure_new(d, FIGURE_MEASURE_PAYERS, concept->text);
        int64_t count = 0;

        if (!figure)
                return 0;
        for (size_t i = 0; i < d->from->open_count; i++)
                count += name_equal(&d->from->open[i].key.concept, concept) &&
                         is_first_payer(d, i);
        figure->is_open = figure->calculable = true;
        figure->value = exact_of(count);
        return 0;
}

/* ---- categories: a table with a total, which is all that its providers are paid */

/* @category LAN_COUNT: all of them together, which is what is known. */
static int add_category(struct drawing *d, uint32_t category, struct drawn_figure *figure)
{
        struct contributions *to = &figure->sets[0];
        int r = 0;

        to->has_part = true;
        for (size_t i = 0; !r && i < d->from->count; i++) {
                const struct counted *one = &d->from->contracts[i];
                bool is = category == LAN_COUNT || one->category == category;

                figure->cell += is ? one->revenue : 0;
                r = contribute(to, &(struct contribution) {
                        .payer = one->payer, .provider = one->provider,
                        .payer_no = one->bearer_no, .provider_no = one->earner_no,
                        .whole = one->revenue,
                        .part = is ? one->revenue : 0, .is_public = one->programme,
                        .mark = mark_of_revenue(one) + category * is,
                });
        }
        /* What comes from payers that are not here: whose it is nobody knows, but whose it gets. */
        for (size_t i = 0; !r && i < d->sides->count; i++) {
                const struct provider_figures *provider = &d->sides->providers[i];

                if (provider->knows_all_source)
                        r = contribute(to, &(struct contribution) {
                                .provider = provider->provider, .is_public = true,
                                .provider_no = provider->provider,
                                .whole = provider->all_source - provider->revenue,
                        });
        }
        return r;
}

/* "3a": items are in small letters. Empty for all of them together. */
static struct name category_item(uint32_t category)
{
        struct name ret = { "" };

        if (category < LAN_COUNT)
                snprintf(ret.text, sizeof(ret.text), "%s",
                         lan_category_word((enum lan_category)category));
        for (char *letter = ret.text; *letter; letter++)
                *letter = (char)tolower((unsigned char)*letter);
        return ret;
}

static int draw_categories(struct drawing *d)
{
        wide here = 0, all = 0;
        bool known = d->sides->count > 0;
        int r = 0;

        for (size_t i = 0; i < d->sides->count; i++) {
                known &= d->sides->providers[i].knows_all_source;
                here += d->sides->providers[i].revenue;
                all += d->sides->providers[i].all_source;
        }
        for (uint32_t category = 0; !r && category <= LAN_COUNT; category++) {
                struct drawn_figure *figure = figure_new(d, FIGURE_CATEGORY_SHARE,
                                                         category_item(category).text);

                if (!figure)
                        return 0;
                r = add_category(d, category, figure);
                if (!known)
                        continue;
                set_value(figure, figure->cell, all);
                figure->whole = (int64_t)all;
                figure->has_coverage = true;
                figure->coverage = exact_ratio(here, all);
        }
        return r;
}

/* ---- payers, panels */

static bool is_first_of_payer(const struct gathered *from, size_t place)
{
        for (size_t i = 0; i < place; i++)
                if (from->contracts[i].payer == from->contracts[place].payer)
                        return false;
        return true;
}

static int64_t revenue_of_payer(const struct gathered *from, uint32_t payer)
{
        int64_t sum = 0;

        for (size_t i = 0; i < from->count; i++)
                if (from->contracts[i].payer == payer)
                        sum += from->contracts[i].revenue;
        return sum;
}

/* Squares of shares to nine decimals: sums of squares of cents are too long. */
static int draw_concentration(struct drawing *d)
{
        struct drawn_figure *figure = figure_new(d, FIGURE_CONCENTRATION, "");
        wide all = 0, squares = 0;

        if (!figure)
                return 0;
        for (size_t i = 0; i < d->from->count; i++)
                all += d->from->contracts[i].revenue;
        for (size_t i = 0; all && i < d->from->count; i++) {
                int64_t share;

                if (!is_first_of_payer(d->from, i))
                        continue;
                share = (int64_t)(revenue_of_payer(d->from, d->from->contracts[i].payer) *
                                  (wide)NANO / all);
                squares += (wide)share * share;
        }
        set_value(figure, squares, all ? (wide)NANO * NANO : 0);
        return add_revenue(d, NULL, &figure->sets[0]);
}

static int draw_credibility(struct drawing *d)
{
        struct drawn_figure *figure = figure_new(d, FIGURE_POOLED_CREDIBILITY, "");
        wide sum = 0, count = 0;
        int r = 0;

        if (!figure)
                return 0;
        for (size_t i = 0; i < d->sides->count; i++) {
                uint64_t members = d->sides->providers[i].members;

                sum += members ? align_credibility(members, full_credibility) : 0;
                count += members > 0;
        }
        set_value(figure, sum, count * 1000000);
        figure->has_people = true;
        for (size_t i = 0; !r && i < d->from->count; i++) {
                const struct counted *one = &d->from->contracts[i];

                figure->people += one->members;
                r = contribute(&figure->sets[0], &(struct contribution) {
                        .payer = one->payer, .provider = one->provider,
                        .payer_no = one->bearer_no, .provider_no = one->earner_no,
                        .whole = (int64_t)one->members, .is_public = one->programme,
                });
        }
        figure->of_people = figure->people;
        return r;
}

/* ---- the hub's own yield */

static int by_size(const void *a, const void *b)
{
        const uint32_t *one = a, *other = b;

        return (*one > *other) - (*one < *other);
}

/* The lower of two in the middle: a day that there was. */
static int draw_days(struct drawing *d)
{
        struct drawn_figure *figure = figure_new(d, FIGURE_DAYS_TO_FINAL, "");
        uint32_t *days = calloc(d->from->count + 1, sizeof(*days));
        size_t count = 0;
        int r = days ? 0 : -ENOMEM;

        for (size_t i = 0; figure && !r && i < d->from->count; i++) {
                const struct counted *one = &d->from->contracts[i];

                if (!one->is_final)
                        continue;
                days[count++] = one->days_to_final;
                r = contribute(&figure->sets[0], &(struct contribution) {
                        .payer = one->payer, .provider = one->provider,
                        .payer_no = one->bearer_no, .provider_no = one->earner_no,
                        .whole = 1,
                        .is_public = one->programme, .mark = one->days_to_final,
                });
        }
        if (figure && !r && count) {
                qsort(days, count, sizeof(*days), by_size);
                figure->calculable = true;
                figure->value = exact_of(days[(count - 1) / 2]);
        }
        free(days);
        return r;
}

static int draw_disputed(struct drawing *d)
{
        struct drawn_figure *figure = figure_new(d, FIGURE_DISPUTED_SHARE, "");
        wide disputed = 0, stated = 0;
        int r = 0;

        if (!figure)
                return 0;
        figure->sets[0].has_part = true;
        for (size_t i = 0; !r && i < d->from->count; i++) {
                const struct counted *one = &d->from->contracts[i];

                stated += one->stated;
                disputed += one->disputed;
                r = contribute(&figure->sets[0], &(struct contribution) {
                        .payer = one->payer, .provider = one->provider,
                        .payer_no = one->bearer_no, .provider_no = one->earner_no,
                        .whole = one->stated,
                        .part = one->disputed, .is_public = one->programme,
                });
        }
        set_value(figure, disputed, stated);
        return r;
}

/* ---- by provider: of what its payers let be public */

static bool is_first_earner(const struct gathered *from, size_t place)
{
        for (size_t i = 0; i < place; i++)
                if (name_equal(&from->open[i].earner, &from->open[place].earner))
                        return false;
        return true;
}

static int draw_providers(struct drawing *d)
{
        int r = 0;

        for (size_t i = 0; !r && i < d->from->open_count; i++) {
                const struct name *earner = &d->from->open[i].earner;
                struct drawn_figure *figure;
                int64_t nano = -1;

                if (!is_first_earner(d->from, i))
                        continue;
                r = open_alignment(d->from, earner, &nano);
                figure = r || nano < 0 ? NULL
                                       : figure_new(d, FIGURE_PROVIDER_ALIGNMENT, earner->text);
                if (!figure)
                        continue;
                figure->is_open = true;
                set_value(figure, nano, NANO);
        }
        return r;
}

static int draw_all(struct drawing *d)
{
        int r = draw_mean(d, FIGURE_ALIGNMENT, alignment_of, NULL);

        if (!r)
                r = draw_mean(d, FIGURE_SHARED, shared_of, is_shared);
        if (!r)
                r = draw_for_concepts(d, draw_dominant);
        if (!r)
                r = draw_mean(d, FIGURE_CONFLICT, conflict_of, is_outside);
        if (!r)
                r = draw_stake_share(d);
        if (!r)
                r = draw_categories(d);
        if (!r)
                r = draw_for_concepts(d, draw_payers);
        if (!r)
                r = draw_concentration(d);
        if (!r)
                r = draw_aligned(d);
        if (!r)
                r = draw_providers(d);
        if (!r)
                r = draw_credibility(d);
        if (!r)
                r = draw_days(d);
        return r ? r : draw_disputed(d);
}

int release_figures(const struct gathered *from, const struct release_at *at,
                    struct drawn_figures *ret)
{
        own(sides) struct sides sides = { .count = 0 };
        struct drawing d = { .from = from, .at = at, .sides = &sides, .to = ret };
        int r;

        *ret = (struct drawn_figures) {
                .room = RELEASE_FIGURES_MAX,
                .figures = calloc(RELEASE_FIGURES_MAX, sizeof(*ret->figures)),
        };
        r = ret->figures ? release_sides(from, at, &sides) : -ENOMEM;
        return r ? r : draw_all(&d);
}
