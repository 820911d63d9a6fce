/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What changes if one payer took over the common measure set: over the caller's own contracts and
 * public keys, and no question to the hub. Its dollars stay as many. What nobody knows is how it
 * would weigh the measures it does not have today, and for which targets; so that is assumed, and
 * said.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "core/portion.h"
#include "clients/align.h"
#include "clients/look.h"

static const struct column columns[] = {
        COLUMN("figure", "FIGURE"),
        COLUMN("with", "WITH"),
        COLUMN_RIGHT("before", "BEFORE"),
        COLUMN_RIGHT("after", "AFTER"),
        COLUMN_WIDE("exact_before", "EXACT BEFORE"),
        COLUMN_WIDE("exact_after", "EXACT AFTER"),
        COLUMN("says", "WHAT IT IS"),
        COLUMNS_END
};

/* The same payers, with other rows of one of them. */
struct changed {
        struct align align;
        struct align_row *rows;
        struct portion portions[SPECIFICATIONS_MAX];
        struct item names[SPECIFICATIONS_MAX];
        uint32_t kept, adopted, dropped;
        int64_t moved;                  /* cents, from what is dropped to what is adopted */
};

static void changed_cleanup(struct changed **c)
{
        if (*c)
                free((*c)->rows);
        free(*c);
}

static bool is_cost(const struct align_row *row)
{
        return strcmp(row->key.concept.text, CONCEPT_TOTAL_COST) == 0;
}

/* What others put on a measure: how the payer is taken to weigh it. */
static int64_t others_on(const struct align *a, uint32_t payer, const struct measure_key *key)
{
        int64_t sum = 0;

        for (uint32_t i = 0; i < a->row_count; i++)
                if (a->rows[i].payer != payer && measure_key_equal(&a->rows[i].key, key))
                        sum += a->rows[i].dollars;
        return sum;
}

static const struct align_row *own_row(const struct align *a, uint32_t payer,
                                       const struct name *concept)
{
        for (uint32_t i = 0; i < a->row_count; i++)
                if (a->rows[i].payer == payer && name_equal(&a->rows[i].key.concept, concept))
                        return &a->rows[i];
        return NULL;
}

/* A row of the common set; as it has the concept today, but for the key. */
static void adopt(struct changed *c, const struct align *a, uint32_t payer,
                  const struct measure_key *key)
{
        const struct align_row *own = own_row(a, payer, &key->concept);
        struct align_row *row = &c->rows[c->align.row_count++];

        *row = own ? *own : (struct align_row) { .payer = payer };
        row->key = *key;
        row->excludes = (struct name) { "" };
        row->dollars = 0;
        if (own) {
                c->kept++;
                return;
        }
        c->adopted++;
        for (uint32_t i = 0; i < a->row_count; i++)
                if (measure_key_equal(&a->rows[i].key, key)) {
                        row->period = a->rows[i].period;
                        row->has_target = a->rows[i].has_target;
                        row->target = a->rows[i].target;
                }
}

/* Dollars of concepts that stay stay there; the rest goes as others weigh what is new to it. */
static void spread(struct changed *c, const struct align *a, uint32_t payer, uint32_t first,
                   int64_t free_cents)
{
        uint32_t count = c->align.row_count - first;
        wide weights = 0;

        for (uint32_t i = 0; i < count; i++) {
                struct align_row *row = &c->rows[first + i];

                snprintf(c->names[i].text, sizeof(c->names[i].text), "%u", (unsigned int)i);
                c->portions[i] = (struct portion) { .who = &c->names[i] };
                if (!own_row(a, payer, &row->key.concept))
                        c->portions[i].weight = others_on(a, payer, &row->key);
                weights += c->portions[i].weight;
        }
        for (uint32_t i = 0; i < count && !weights; i++)
                c->portions[i].weight = 1;
        portions_divide(free_cents, c->portions, count);
        for (uint32_t i = 0; i < count; i++)
                c->rows[first + i].dollars += (int64_t)c->portions[i].part;
}

/* The first row of the concept among those adopted; NULL: it is not in the common set. */
static struct align_row *adopted(struct changed *c, uint32_t first, const struct name *concept)
{
        for (uint32_t i = first; i < c->align.row_count; i++)
                if (name_equal(&c->rows[i].key.concept, concept))
                        return &c->rows[i];
        return NULL;
}

/* Is it the payer's first of its measure? Several contracts can have the same. */
static bool is_first(const struct align *a, uint32_t at)
{
        for (uint32_t i = 0; i < at; i++)
                if (a->rows[i].payer == a->rows[at].payer &&
                    measure_key_equal(&a->rows[i].key, &a->rows[at].key))
                        return false;
        return true;
}

static bool is_adopted(const struct changed *c, uint32_t first, const struct measure_key *key)
{
        for (uint32_t i = first; i < c->align.row_count; i++)
                if (measure_key_equal(&c->rows[i].key, key))
                        return true;
        return false;
}

/* Rows that are not of the payer, or are of total cost, stay. Those of the set come after them. */
static void change(const struct align_view *v, uint32_t payer, struct changed *c)
{
        const struct align *a = &v->s->align;
        const struct charter *charter = v->titles.charter;
        uint32_t first;

        c->align = *a;
        c->align.rows = c->rows;
        c->align.row_count = 0;
        for (uint32_t i = 0; i < a->row_count; i++)
                if (a->rows[i].payer != payer || is_cost(&a->rows[i]))
                        c->rows[c->align.row_count++] = a->rows[i];
        first = c->align.row_count;
        for (uint16_t i = 0; i < charter->specification_count; i++) {
                const struct measure_key *key = &charter->specifications[i].is;

                if (charter->specifications[i].common && !is_adopted(c, first, key) &&
                    strcmp(key->concept.text, CONCEPT_TOTAL_COST))
                        adopt(c, a, payer, key);
        }
        for (uint32_t i = 0; i < a->row_count; i++) {
                struct align_row *to = adopted(c, first, &a->rows[i].key.concept);

                if (a->rows[i].payer != payer || is_cost(&a->rows[i]))
                        continue;
                if (to)
                        to->dollars += a->rows[i].dollars;
                else
                        c->moved += a->rows[i].dollars;
                c->dropped += !to && is_first(a, i);
        }
        if (c->align.row_count > first)
                spread(c, a, payer, first, c->moved);
}

/* ---- before and after */

static void put(struct out *out, const char *figure, const char *with, struct align_index before,
                struct align_index after, const char *says)
{
        char one[ALIGN_WORDS_MAX], two[ALIGN_WORDS_MAX], was[LOOK_MAX], is[LOOK_MAX],
                name[ALIGN_WORDS_MAX];
        const char *why = !before.calculable ? before.reason : !after.calculable ? after.reason
                                                                                  : says;

        look_fraction(before.value, was);
        look_fraction(after.value, is);
        out_row(out, (struct cell[]) {
                cell_text(align_figure_name(out, figure, name)), cell_text(with),
                align_cell(out, &before, one),
                align_cell(out, &after, two),
                before.calculable && !before.rounded ? cell_text(was) : cell_none(),
                after.calculable && !after.rounded ? cell_text(is) : cell_none(),
                cell_text(why) });
}

static void put_pairs(struct out *out, const struct align_view *v, const struct align *after,
                      uint32_t payer)
{
        const struct align *before = &v->s->align;

        for (uint32_t q = 0; q < before->payer_count; q++) {
                const char *name = before->payers[q].name.text;

                if (q == payer)
                        continue;
                put(out, "overlap", name, align_jaccard(before, ALIGN_KEY, payer, q),
                    align_jaccard(after, ALIGN_KEY, payer, q),
                    "measures in both, of all in either");
                if (!v->keys_only)
                        put(out, "weighted_overlap", name,
                            align_weighted(before, ALIGN_KEY, payer, q),
                            align_weighted(after, ALIGN_KEY, payer, q),
                            "the same by dollars at stake");
        }
}

static void put_whole(struct out *out, const struct align *before, const struct align *after)
{
        put(out, "alignment_index", NULL, align_alignment(before, ALIGN_KEY),
            align_alignment(after, ALIGN_KEY), "how alike all payers pay for the same things");
        put(out, "shared_dollar_ratio", NULL, align_shared(before), align_shared(after),
            "dollars at stake on measures that two payers or more pay for");
}

static void say_premises(struct out *out, const struct align_view *v, const struct name *payer,
                         const struct changed *c)
{
        FILE *to = out_stream(out);
        char moved[LOOK_MAX];

        if (!align_for_people(out))
                return;
        fputc('\n', to);
        align_say(out, to, "%s would keep %u measure%s of the common set, take up %u, and drop %u "
                  "that %s not in it.", payer->text, c->kept, c->kept == 1 ? "" : "s", c->adopted,
                  c->dropped, c->dropped == 1 ? "is" : "are");
        if (!v->keys_only)
                align_say(out, to, "Not known, and assumed: that it would put as many dollars at "
                          "stake as today, those of measures that stay on these%s%s%s. Which "
                          "targets it would take is not known either, so nothing is said of "
                          "conflicts. Total cost of care stays as it is.",
                          c->moved ? ", and the " : "", c->moved ? look_money(c->moved, moved) : "",
                          c->moved ? " on what it drops as the other payers weigh what it takes up"
                                   : "");
        align_say(out, to, "%s", v->keys_only
                  ? "Worked out here from keys of your own contracts and what others made public. "
                    "What others did not open is not in it."
                  : "Worked out here from your own contracts; nobody is told that you asked.");
}

static enum exit_code find_payer(const struct align_view *v, const struct name *payer,
                                 uint32_t *ret)
{
        for (*ret = 0; *ret < v->s->align.payer_count; ++*ret)
                if (name_equal(&v->s->align.payers[*ret].name, payer))
                        return EXIT_DONE;
        say_error("%s is none of the payers that are known here; accord align matrix shows them",
                  payer->text);
        return EXIT_ABSENT;
}

static bool has_common_set(const struct align_view *v)
{
        const struct charter *charter = v->titles.charter;

        for (uint16_t i = 0; charter && i < charter->specification_count; i++)
                if (charter->specifications[i].common)
                        return true;
        return false;
}

enum exit_code align_show_simulated(struct out *out, const struct align_view *v,
                                    const struct name *payer)
{
        own(changed) struct changed *c = NULL;
        enum exit_code code;
        uint32_t at;

        if (!has_common_set(v)) {
                say_error("the community has no common measure set yet: see accord council");
                return EXIT_ABSENT;
        }
        code = find_payer(v, payer, &at);
        if (code)
                return code;
        c = calloc(1, sizeof(*c));
        if (c)
                c->rows = calloc(v->s->align.row_count + SPECIFICATIONS_MAX, sizeof(*c->rows));
        if (!c || !c->rows)
                return say_failure(-ENOMEM, "the other rows");
        change(v, at, c);
        if (align_prepare(&c->align))
                return say_failure(-ERANGE, "the other rows");
        align_head(out, v);
        out_begin(out, "align-change", columns);
        if (!v->keys_only)
                put_whole(out, &v->s->align, &c->align);
        put_pairs(out, v, &c->align, at);
        out_end(out);
        say_premises(out, v, payer, c);
        return EXIT_DONE;
}
