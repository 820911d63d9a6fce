/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where contracts pay for the same under one name and mean something else, and how they differ from
 * the community's common measure set. Participation is voluntary: a gap is shown, never refused.
 */
#include <string.h>

#include "clients/align.h"
#include "clients/look.h"

static const struct column columns[] = {
        COLUMN("measure", "MEASURE"),
        COLUMN_WIDE("concept", "CONCEPT"),
        COLUMN("payer", "PAYER"),
        COLUMN("gap", "GAP"),
        COLUMN("has", "HAS"),
        COLUMN("against", "AGAINST"),
        COLUMN("theirs", "THERE"),
        COLUMN_RIGHT("dollars", "AT STAKE"),
        COLUMN("contract", "CONTRACT"),
        COLUMN_WIDE("relayed", "RELAYED"),
        COLUMNS_END
};

struct gapping {
        struct out *out;
        const struct align_view *v;
        size_t gaps;
};

struct gap {
        const struct name *concept;
        const struct align_row *row;    /* NULL: the payer has none */
        uint32_t payer;
        const char *what, *has, *against, *theirs;
};

static void put(struct gapping *g, const struct gap *gap)
{
        const struct align_view *v = g->v;
        const struct align_row *row = gap->row;
        bool known = row && row->contract < v->contract_count;
        char title[ALIGN_WORDS_MAX], contract[CONTRACT_ID_MAX + 1];

        if (known)
                contract_id_print(&v->contracts[row->contract], contract);
        snprintf(title, sizeof(title), "%s", signal_title(&v->titles, gap->concept));
        out_row(g->out, (struct cell[]) {
                cell_text(title), cell_text(gap->concept->text),
                cell_text(v->s->align.payers[gap->payer].name.text), cell_text(gap->what),
                cell_text(gap->has), cell_text(gap->against), cell_text(gap->theirs),
                row && !v->keys_only ? cell_money(row->dollars) : cell_none(),
                known ? cell_text(contract) : cell_none(),
                known ? cell_flag(v->relayed[row->contract]) : cell_none() });
        g->gaps++;
}

static const char *or_none(const struct name *name)
{
        return *name->text ? name->text : "not said";
}

static const char *way(enum direction direction)
{
        return direction == DIRECTION_LESS ? "less is better" : "more is better";
}

/* The four parts of a key against another. */
static void compare_keys(struct gapping *g, const struct align_row *row,
                         const struct measure_key *with, const char *against)
{
        struct gap gap = { .concept = &row->key.concept, .row = row, .payer = row->payer,
                           .against = against };

        if (!name_equal(&row->key.version, &with->version)) {
                gap.what = "specification";
                gap.has = or_none(&row->key.version);
                gap.theirs = or_none(&with->version);
                put(g, &gap);
        }
        if (!name_equal(&row->key.population, &with->population)) {
                gap.what = "population";
                gap.has = or_none(&row->key.population);
                gap.theirs = or_none(&with->population);
                put(g, &gap);
        }
        if (row->key.direction != with->direction) {
                gap.what = "direction";
                gap.has = way(row->key.direction);
                gap.theirs = way(with->direction);
                put(g, &gap);
        }
}

static const char most_dollars[] = "most dollars";
static const char common_set[] = "common set";

static void compare_excluded(struct gapping *g, const struct align_row *row,
                             const struct align_row *main)
{
        if (name_equal(&row->excludes, &main->excludes))
                return;
        put(g, &(struct gap) { .concept = &row->key.concept, .row = row, .payer = row->payer,
                               .what = "excludes", .against = most_dollars,
                               .has = *row->excludes.text ? row->excludes.text : "nobody",
                               .theirs = *main->excludes.text ? main->excludes.text : "nobody" });
}

static void compare_asked(struct gapping *g, const struct align_row *row,
                          const struct align_row *main)
{
        char has[ALIGN_WORDS_MAX], theirs[ALIGN_WORDS_MAX];
        struct gap gap = { .concept = &row->key.concept, .row = row, .payer = row->payer,
                           .against = most_dollars };

        if (align_targets_differ(row, main, g->v->s->align.tolerance)) {
                gap.what = "target";
                gap.has = align_target(row, has);
                gap.theirs = align_target(main, theirs);
                put(g, &gap);
        }
        if (!period_equal(row->period, main->period)) {
                gap.what = "period";
                gap.has = look_period(row->period, has);
                gap.theirs = look_period(main->period, theirs);
                put(g, &gap);
        }
        compare_excluded(g, row, main);
}

/* ---- one concept */

/* The row that stands for what most dollars of the concept ask for. */
static const struct align_row *main_row(const struct align *a, struct align_run concept)
{
        struct align_run run = { 0, concept.from };
        const struct align_row *ret = NULL;
        struct align_measure m, best = { .dollars = -1 };

        while (run.until < concept.until && align_next(a, ALIGN_EITHER_WAY, &run)) {
                align_measure(a, run, &m);
                if (m.dollars <= best.dollars)
                        continue;
                best = m;
                for (uint32_t i = run.from; i < run.until; i++)
                        if (period_equal(a->rows[i].period, m.group.period) &&
                            a->rows[i].key.direction == m.group.direction &&
                            a->rows[i].has_target == m.group.has_target &&
                            (!m.group.has_target ||
                             !exact_cmp(exact_of_rate(a->rows[i].target),
                                        exact_of_rate(m.group.from)))) {
                                ret = &a->rows[i];
                                break;
                        }
        }
        return ret;
}

static bool of_concept(const struct align *a, uint32_t payer, const struct name *concept)
{
        for (uint32_t i = 0; i < a->row_count; i++)
                if (a->rows[i].payer == payer && name_equal(&a->rows[i].key.concept, concept))
                        return true;
        return false;
}

/* Against the common set where it has the concept, else against most dollars. */
static void compare_concept(struct gapping *g, struct align_run run)
{
        const struct align *a = &g->v->s->align;
        const struct specification *common =
                align_common(g->v, &a->rows[run.from].key.concept, NULL);
        const struct align_row *main = main_row(a, run);

        for (uint32_t i = run.from; i < run.until; i++) {
                const struct align_row *row = &a->rows[i];

                if (common && !align_common(g->v, NULL, &row->key))
                        compare_keys(g, row, &common->is, common_set);
                else if (!common && main)
                        compare_keys(g, row, &main->key,
                                     g->v->keys_only ? a->payers[main->payer].name.text
                                                     : most_dollars);
                if (main && main != row && !g->v->keys_only &&
                    measure_key_equal(&row->key, &main->key))
                        compare_asked(g, row, main);
                if (!common && g->v->titles.charter &&
                    strcmp(row->key.concept.text, CONCEPT_TOTAL_COST))
                        put(g, &(struct gap) { .concept = &row->key.concept, .row = row,
                                               .payer = row->payer, .what = "adds",
                                               .has = "pays for it", .against = common_set,
                                               .theirs = "not in it" });
        }
}

static void compare_with_set(struct gapping *g)
{
        const struct charter *charter = g->v->titles.charter;
        const struct align *a = &g->v->s->align;

        for (uint32_t p = 0; p < a->payer_count; p++)
                for (uint16_t i = 0; i < charter->specification_count; i++) {
                        const struct specification *s = &charter->specifications[i];
                        bool told = false;

                        for (uint16_t k = 0; k < i; k++)
                                told = told || (charter->specifications[k].common &&
                                                name_equal(&charter->specifications[k].is.concept,
                                                           &s->is.concept));
                        if (!s->common || told || of_concept(a, p, &s->is.concept))
                                continue;
                        put(g, &(struct gap) { .concept = &s->is.concept, .payer = p,
                                               .what = "lacks", .has = "nothing",
                                               .against = common_set, .theirs = "in it" });
                }
}

void align_show_gaps(struct out *out, const struct align_view *v)
{
        struct gapping g = { .out = out, .v = v };
        struct align_run run = { 0, 0 };

        align_head(out, v);
        out_begin(out, "align-gap", columns);
        while (align_next(&v->s->align, ALIGN_CONCEPT, &run))
                compare_concept(&g, run);
        if (v->titles.charter)
                compare_with_set(&g);
        out_end(out);
        if (align_for_people(out) && g.gaps)
                fputc('\n', out_stream(out));
        if (!g.gaps)
                align_say(out, out_stream(out), "There are no gaps.");
        align_say(out, out_stream(out), "%s", v->titles.charter
                  ? "The common set is the council's: accord council charter. A contract that "
                    "differs from it is shown and never refused."
                  : v->keys_only
                  ? "The community has no charter yet, so there is no common set; contracts are "
                    "held against each other."
                  : "The community has no charter yet, so there is no common set; measures are "
                    "held against what most dollars ask for.");
}
