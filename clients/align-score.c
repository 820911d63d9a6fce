/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The indices of one provider: each with what the last release says of the whole community, the
 * threshold that the council voted, and how far it is from it.
 */
#include <inttypes.h>
#include <string.h>

#include "core/exact_long.h"
#include "clients/align.h"
#include "clients/look.h"
#include "clients/page.h"

#define HHI_WHOLE 10000

static const struct rate dominant_usual = { 2, 3 };     /* formulas 8.3, where none was voted */

static const struct column columns[] = {
        COLUMN("figure", "FIGURE"),
        COLUMN("item", "OF"),
        COLUMN_RIGHT("value", "VALUE"),
        COLUMN_RIGHT("community", "COMMUNITY"),
        COLUMN_RIGHT("threshold", "VOTED"),
        COLUMN_RIGHT("distance", "DISTANCE"),
        COLUMN("reached", "REACHED"),
        COLUMN_WIDE("exact", "EXACT"),
        COLUMN_WIDE("stake_share", "STAKE OF PAYMENTS"),
        COLUMN_WIDE("covered", "REVENUE COVERED"),
        COLUMN("says", "WHAT IT IS"),
        COLUMNS_END
};

struct score {
        const char *figure, *item, *says;
        struct align_index index;
        unsigned int released;          /* enum figure_code; 0: not released */
        bool voted, least;              /* a threshold: reached at or above it, else at or below */
        struct rate threshold;
};

struct scoring {
        struct out *out;
        const struct align_view *v;
        struct align_index stake, covered;
};

/* The last release's figure; -1: none. What is not shown is said so. */
static struct cell released(const struct scoring *s, const struct score *score,
                            char buffer[ALIGN_WORDS_MAX])
{
        for (uint32_t i = 0; i < s->v->figure_count; i++) {
                const struct release_figure *f = &s->v->figures[i];
                struct align_index index = { .calculable = f->has_value };

                if (f->figure != score->released || !score->released)
                        continue;
                if (f->decision != SHOWN || !f->has_value || f->den <= 0)
                        return align_for_people(s->out) ? cell_text("not shown") : cell_none();
                index.value = exact_ratio(f->num, f->den);
                return align_cell(s->out, &index, buffer);
        }
        return cell_none();
}

static char *exactly(const struct align_index *index, char ret[LOOK_MAX])
{
        if (!index->calculable)
                *ret = '\0';
        else if (index->rounded)
                snprintf(ret, LOOK_MAX, "%" PRId64 " ppm, rounded", align_ppm(index));
        else
                look_fraction(index->value, ret);
        return ret;
}

static struct cell distance_cell(const struct scoring *s, const struct align_distance *d,
                                 char buffer[ALIGN_WORDS_MAX])
{
        const struct align_index by = { .calculable = d->calculable, .value = d->by };
        char size[ALIGN_WORDS_MAX];

        if (!d->calculable || !align_for_people(s->out))
                return align_cell(s->out, &by, buffer);
        align_percent(d->by, size);
        snprintf(buffer, ALIGN_WORDS_MAX, "%s%.*s points", exact_sign(d->by) > 0 ? "+" : "",
                 (int)(strlen(size) - 2), size);
        return cell_text(buffer);
}

static void put(const struct scoring *s, const struct score *score)
{
        struct align_distance d = { .calculable = false };
        struct align_index bar = { .calculable = score->voted };
        char texts[6][ALIGN_WORDS_MAX], fraction[LOOK_MAX], name[ALIGN_WORDS_MAX];
        const char *says = score->index.calculable ? score->says : score->index.reason;
        struct cell value = align_cell(s->out, &score->index, texts[0]);

        if (score->voted) {
                d = align_distance(&score->index, score->threshold, score->least);
                bar.value = exact_of_rate(score->threshold);
        }
        if (!score->index.calculable && align_for_people(s->out))
                value = cell_text("not calculable");
        out_row(s->out, (struct cell[]) {
                cell_text(align_figure_name(s->out, score->figure, name)),
                cell_text(score->item), value,
                released(s, score, texts[1]), align_cell(s->out, &bar, texts[2]),
                distance_cell(s, &d, texts[3]),
                d.calculable ? cell_flag(d.reached) : cell_none(),
                cell_text(exactly(&score->index, fraction)),
                align_cell(s->out, &s->stake, texts[4]), align_cell(s->out, &s->covered, texts[5]),
                cell_text(says) });
}

/* ---- the figures */

static void put_alikeness(const struct scoring *s, const struct thresholds *t)
{
        const struct align *a = &s->v->s->align;

        put(s, &(struct score) {
                .figure = "alignment_index", .index = align_alignment(a, ALIGN_KEY),
                .released = FIGURE_ALIGNMENT, .voted = t->is, .threshold = t->alignment,
                .least = true,
                .says = "how alike payers pay for the same things; 100 %: all in proportion" });
        put(s, &(struct score) {
                .figure = "alignment_by_concept", .index = align_alignment(a, ALIGN_CONCEPT),
                .says = "the same, if all under one name were one; the gap is friction" });
        put(s, &(struct score) {
                .figure = "shared_dollar_ratio", .index = align_shared(a),
                .released = FIGURE_SHARED,
                .says = "dollars at stake on measures that two payers or more pay for" });
        put(s, &(struct score) {
                .figure = "conflict_share", .index = align_conflict_share(a),
                .released = FIGURE_CONFLICT, .voted = t->is, .threshold = t->conflict,
                .says = "dollars that ask for something else than most dollars of their measure" });
}

static void put_dominance(const struct scoring *s, const struct thresholds *t)
{
        struct rate bar = t->is ? t->dominant : dominant_usual;
        char percent[ALIGN_WORDS_MAX], says[2 * ALIGN_WORDS_MAX];

        align_percent(exact_of_rate(bar), percent);
        snprintf(says, sizeof(says), "dollars on measures where at least %s ask for one target%s",
                 percent, t->is ? "" : " (no threshold was voted)");
        put(s, &(struct score) {
                .figure = "aligned_dollars", .released = FIGURE_ALIGNED_DOLLARS, .voted = t->is,
                .index = align_dominant_dollars(&s->v->s->align, bar), .least = true,
                .threshold = t->dominant_dollars, .says = says });
}

static void put_payers(const struct scoring *s)
{
        const struct align *a = &s->v->s->align;
        struct align_index squares = align_concentration_of_payers(a);
        struct exact effective = align_effective_payers(a), hhi = exact_of(0), tenths = exact_of(0);
        char says[ALIGN_WORDS_MAX];
        uint32_t largest;
        struct align_index most = align_largest_payer(a, &largest);

        exact_mul_decimals(squares.value, exact_of(HHI_WHOLE), 0, &hhi);
        exact_mul_decimals(effective, exact_of(10), 0, &tenths);
        snprintf(says, sizeof(says), "sum of squared shares of revenue: HHI %lld, like %lld.%lld "
                 "payers of equal size", (long long)hhi.num, (long long)tenths.num / 10,
                 (long long)tenths.num % 10);
        put(s, &(struct score) { .figure = "payer_concentration", .index = squares,
                                 .released = FIGURE_CONCENTRATION, .says = says });
        put(s, &(struct score) { .figure = "largest_payer", .index = most,
                                 .item = most.calculable ? a->payers[largest].name.text : NULL,
                                 .says = "the largest part of the revenue that one payer pays" });
        put(s, &(struct score) { .figure = "measure_concentration",
                                 .index = align_concentration(a),
                                 .says = "sum of squared shares of dollars at stake by measure" });
}

static void put_keep(const struct scoring *s)
{
        struct align_index keep = align_keep(&s->v->s->align);
        char part[ALIGN_WORDS_MAX], says[2 * ALIGN_WORDS_MAX];

        if (exact_sign(keep.value) > 0)
                snprintf(says, sizeof(says), "of a dollar of cost avoided; avoiding care pays as "
                         "long as you earn less than %s on it yourselves",
                         align_percent(keep.value, part));
        else
                snprintf(says, sizeof(says), "of a dollar of cost avoided: at this forecast "
                         "avoiding care pays you nothing");
        put(s, &(struct score) { .figure = "kept_of_a_dollar", .index = keep, .says = says });
}

static void put_measures(const struct scoring *s)
{
        static struct align_run runs[SIGNAL_ROWS_MAX];
        size_t count = align_ranked(s->v, runs, SIGNAL_ROWS_MAX);
        const struct charter *charter = s->v->titles.charter;

        for (size_t i = 0; i < count; i++) {
                char key[ALIGN_WORDS_MAX], says[ALIGN_WORDS_MAX], money[LOOK_MAX];
                struct align_measure m;

                align_measure(&s->v->s->align, runs[i], &m);
                snprintf(says, sizeof(says), "of %s by %" PRIu32 " payer%s, asks for one target in "
                         "one period", look_money(m.dollars, money), m.payers,
                         m.payers == 1 ? "" : "s");
                put(s, &(struct score) {
                        .figure = "dominant_signal_share", .index = m.dominant, .says = says,
                        .item = align_key_word(&s->v->s->align.rows[runs[i].from].key, key),
                        .voted = charter && charter->thresholds.is, .least = true,
                        .threshold = charter ? charter->thresholds.dominant : dominant_usual });
        }
}

/* ---- how care is paid, and how far panels carry */

static void put_categories(const struct scoring *s)
{
        for (int c = 0; c < LAN_COUNT; c++) {
                if (!s->v->s->category[c])
                        continue;
                put(s, &(struct score) {
                        .figure = "category_share", .item = lan_category_word((enum lan_category)c),
                        .index = align_covered(&s->v->s->coverage, s->v->s->category[c]),
                        .says = lan_category_says((enum lan_category)c) });
        }
        put(s, &(struct score) { .figure = "not_known",
                                 .index = align_unknown(&s->v->s->coverage),
                                 .says = "revenue of which no contract is known here" });
}

static void put_panel(const struct scoring *s, const char *figure, const char *item, int64_t people)
{
        struct align_index index = { .calculable = true };
        char count[LOOK_MAX], says[2 * LOOK_MAX];

        index.value = exact_ratio(align_credibility((uint64_t)people, s->v->full), 1000000);
        snprintf(says, sizeof(says), "how far savings of %s people are more than chance",
                 look_count(people, count));
        put(s, &(struct score) { .figure = figure, .item = item, .index = index, .says = says });
}

static void put_credibility(const struct scoring *s)
{
        int64_t all = 0;
        uint32_t panels = 0;

        for (uint32_t p = 0; p < s->v->s->align.payer_count; p++) {
                if (!s->v->s->people[p])
                        continue;
                put_panel(s, "credibility_single", s->v->s->align.payers[p].name.text,
                          s->v->s->people[p]);
                all += s->v->s->people[p];
                panels++;
        }
        if (panels > 1)
                put_panel(s, "credibility_pooled", "all", all);
}

static void say_drift(struct out *out, const struct align_view *v)
{
        const struct drift *d = &v->drift;
        int64_t net = drift_net(d);
        char money[LOOK_MAX];

        if (!v->has_drift || !d->pairs)
                return;
        look_money(net < 0 ? -net : net, money);
        fputs(align_for_people(out) ? "\n" : "", out_stream(out));
        align_say(out, out_stream(out), "Of %d, %" PRIu32 " figures differ between the two sides "
                  "and are tolerated: %" PRIu32 " lean to you and %" PRIu32 " to the payers. In "
                  "amounts that can be added: %s in %s favour.", v->drift_year, d->pairs,
                  d->to_earner, d->to_bearer, d->overflown ? "more than can be said" : money,
                  net > 0 ? "your" : net < 0 ? "the payers'" : "nobody's");
}

/* Of a payer: how many measures it shares with each other, by key and by concept. */
static void put_keys(const struct scoring *s)
{
        const struct align *a = &s->v->s->align;

        for (uint32_t p = 0; p < a->payer_count; p++)
                for (uint32_t q = p + 1; q < a->payer_count; q++) {
                        char pair[2 * NAME_MAX_LENGTH + 4];

                        snprintf(pair, sizeof(pair), "%s, %s", a->payers[p].name.text,
                                 a->payers[q].name.text);
                        put(s, &(struct score) {
                                .figure = "overlap", .item = pair,
                                .index = align_jaccard(a, ALIGN_KEY, p, q),
                                .says = "measures in both, of all in either" });
                        put(s, &(struct score) {
                                .figure = "overlap_by_concept", .item = pair,
                                .index = align_jaccard(a, ALIGN_CONCEPT, p, q),
                                .says = "the same, whichever the specification" });
                }
}

static void say_release(struct out *out, const struct align_view *v)
{
        char number[LOOK_MAX];

        if (!align_for_people(out))
                return;
        fputc('\n', out_stream(out));
        if (v->has_release)
                align_say(out, out_stream(out), "COMMUNITY is of release %s: accord community "
                          "releases.", look_count(v->release, number));
        else
                align_say(out, out_stream(out), "Nothing was released of the community yet.");
}

void align_show_score(struct out *out, const struct align_view *v)
{
        static const struct thresholds none;
        const struct align_coverage *c = &v->s->coverage;
        const struct thresholds *t = v->titles.charter ? &v->titles.charter->thresholds : &none;
        struct scoring s = { .out = out, .v = v };

        s.stake = align_part(align_dollars(&v->s->align), c->present + c->relayed);
        s.covered = align_covered(c, c->present + c->relayed);
        align_head(out, v);
        out_begin(out, "align-score", columns);
        if (v->keys_only) {
                put_keys(&s);
                out_end(out);
                return;
        }
        put_alikeness(&s, t);
        put_dominance(&s, t);
        put_keep(&s);
        put(&s, &(struct score) { .figure = "stake_share", .index = s.stake,
                                  .released = FIGURE_STAKE_SHARE,
                                  .says = "dollars at stake as a part of payments" });
        put_payers(&s);
        put_categories(&s);
        put_credibility(&s);
        put_measures(&s);
        out_end(out);
        say_drift(out, v);
        say_release(out, v);
}
