/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What two payers' contracts ask that does not go together, the most dollars first, and who could
 * be asked for what. Seen by the provider alone, who is party to both.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/align.h"
#include "clients/look.h"

#define CONFLICTS_MOST 4096
/* Bands of severity, as parts of all dollars at stake. */
#define HIGH_PART 10
#define MEDIUM_PART 50

static const struct column columns[] = {
        COLUMN("severity", "SEVERITY"),
        COLUMN_RIGHT("dollars", "AT STAKE"),
        COLUMN("code", "TYPE"),
        COLUMN("type", "WHAT DIFFERS"),
        COLUMN("measure", "MEASURE"),
        COLUMN_WIDE("concept", "CONCEPT"),
        COLUMN("payer", "PAYER"),
        COLUMN("has", "ASKS"),
        COLUMN("other_payer", "OTHER"),
        COLUMN("other_has", "ASKS"),
        COLUMN("ask", "WHO COULD BE ASKED FOR WHAT"),
        COLUMN_WIDE("contract", "CONTRACT"),
        COLUMN_WIDE("other_contract", "OTHER CONTRACT"),
        COLUMNS_END
};

static const struct {
        const char *code, *word, *says;
} types[] = {
        [CONFLICT_DIRECTION] = { "C1", "direction", "direction" },
        [CONFLICT_TARGET] = { "C2", "target", "target" },
        [CONFLICT_SPECIFICATION] = { "C3", "specification", "specification" },
        [CONFLICT_PERIOD] = { "C4", "period", "period" },
        [CONFLICT_GATE] = { "C5", "gate", "gate" },
        [CONFLICT_VOLUME] = { "C6", "cost_against_volume", "cost against volume" },
};

struct clash {
        struct align_conflict c;
        uint32_t p, q;
};

/* Rows by payer, and what is found of them. */
struct clashing {
        struct align_row *rows;
        struct align_side sides[SIGNAL_CONTRACTS_MAX];
        struct clash *list;
        size_t count;
        bool more;
};

static void clashing_cleanup(struct clashing **c)
{
        if (!*c)
                return;
        free((*c)->rows);
        free((*c)->list);
        free(*c);
}

static uint32_t category_of(const struct align_view *v, uint32_t payer)
{
        uint32_t ret = LAN_1;

        for (uint32_t i = 0; i < v->contract_count; i++)
                if (v->s->payer_of[i] == payer && v->category[i] < LAN_COUNT &&
                    v->category[i] > ret)
                        ret = v->category[i];
        return ret;
}

static void sort_by_payer(const struct align_view *v, struct clashing *c)
{
        const struct align *a = &v->s->align;
        uint32_t at = 0;

        for (uint32_t p = 0; p < a->payer_count; p++) {
                c->sides[p] = (struct align_side) { .rows = &c->rows[at],
                                                    .category = category_of(v, p) };
                for (uint32_t i = 0; i < a->row_count; i++)
                        if (a->rows[i].payer == p)
                                c->rows[at++] = a->rows[i];
                c->sides[p].row_count = (uint32_t)(&c->rows[at] - c->sides[p].rows);
        }
}

static bool is_before(const struct clash *a, const struct clash *b)
{
        if (a->c.severity != b->c.severity)
                return a->c.severity > b->c.severity;
        return align_conflict_is_note(a->c.type) < align_conflict_is_note(b->c.type);
}

/* Behind those that weigh as much. */
static void keep(struct clashing *c, const struct clash *clash)
{
        size_t at = c->count;

        if (c->count == CONFLICTS_MOST) {
                c->more = true;
                return;
        }
        c->count++;
        for (; at > 0 && is_before(clash, &c->list[at - 1]); at--)
                c->list[at] = c->list[at - 1];
        c->list[at] = *clash;
}

static int find(const struct align_view *v, struct clashing *c)
{
        struct align_conflict *found;
        size_t room = ALIGN_CONFLICTS_ROOM(v->s->align.row_count, 0);

        found = calloc(room, sizeof(*found));
        if (!found)
                return -ENOMEM;
        for (uint32_t p = 0; p < v->s->align.payer_count; p++)
                for (uint32_t q = p + 1; q < v->s->align.payer_count; q++) {
                        size_t count = align_conflicts(&c->sides[p], &c->sides[q],
                                                       v->s->align.tolerance, found, room);

                        for (size_t i = 0; i < count && i < room; i++)
                                keep(c, &(struct clash) { found[i], p, q });
                }
        free(found);
        return 0;
}

static int make(const struct align_view *v, struct clashing **ret)
{
        struct clashing *c = *ret = calloc(1, sizeof(*c));

        if (!c)
                return -ENOMEM;
        c->rows = calloc(v->s->align.row_count + 1, sizeof(*c->rows));
        c->list = calloc(CONFLICTS_MOST, sizeof(*c->list));
        if (!c->rows || !c->list)
                return -ENOMEM;
        sort_by_payer(v, c);
        return find(v, c);
}

/* ---- in words */

static const char *band(const struct align_view *v, const struct align_conflict *c)
{
        int64_t all = align_dollars(&v->s->align);

        if (align_conflict_is_note(c->type))
                return "to know";
        if (!c->severity)
                return "none now";
        if (c->severity >= all / HIGH_PART)
                return "high";
        return c->severity >= all / MEDIUM_PART ? "medium" : "low";
}

static const char *asks(enum conflict_type type, const struct align_row *row,
                        char ret[ALIGN_WORDS_MAX])
{
        char key[ALIGN_WORDS_MAX];

        if (type == CONFLICT_VOLUME)
                return row ? "lower total cost" : "nothing for lower cost";
        if (!row)
                return "nothing";
        if (type == CONFLICT_GATE)
                return "a gate";
        if (type == CONFLICT_DIRECTION)
                return row->key.direction == DIRECTION_LESS ? "less of it" : "more of it";
        if (type == CONFLICT_TARGET)
                return align_target(row, ret);
        if (type == CONFLICT_PERIOD)
                return look_period(row->period, ret);
        snprintf(ret, ALIGN_WORDS_MAX, "%s%s%s", align_key_word(&row->key, key),
                 *row->excludes.text ? " without " : "", row->excludes.text);
        return ret;
}

/* In which of the two does more of the measure's money lie? */
static bool q_is_outside(const struct align_view *v, const struct align_conflict *c)
{
        struct align_run run = { 0, 0 };
        struct align_measure m;

        while (align_next(&v->s->align, ALIGN_EITHER_WAY, &run)) {
                const struct align_row *first = &v->s->align.rows[run.from];

                if (!name_equal(&first->key.concept, &c->p->key.concept) ||
                    !name_equal(&first->key.version, &c->p->key.version) ||
                    !name_equal(&first->key.population, &c->p->key.population))
                        continue;
                align_measure(&v->s->align, run, &m);
                if (c->type == CONFLICT_DIRECTION)
                        return c->q->key.direction != m.group.direction;
                if (c->type == CONFLICT_PERIOD)
                        return !period_equal(c->q->period, m.group.period);
                if (!m.group.has_target)
                        break;
                return exact_cmp(exact_of_rate(c->q->target), exact_of_rate(m.group.from)) < 0 ||
                       exact_cmp(exact_of_rate(c->q->target), exact_of_rate(m.group.to)) > 0;
        }
        return c->q->dollars < c->p->dollars;
}

static void ask_for_key(const struct align_view *v, const struct clash *clash, const char *p,
                        const char *q, char ret[ALIGN_WORDS_MAX])
{
        const struct align_conflict *c = &clash->c;
        const struct specification *common = align_common(v, &c->p->key.concept, NULL);
        bool p_is = common && measure_key_equal(&common->is, &c->p->key);
        bool q_is = common && measure_key_equal(&common->is, &c->q->key);

        if (common && p_is != q_is)
                snprintf(ret, ALIGN_WORDS_MAX, "%s: the specification of the common set",
                         p_is ? q : p);
        else if (p_is && q_is)
                snprintf(ret, ALIGN_WORDS_MAX, "%s and %s: to leave out the same people", p, q);
        else
                snprintf(ret, ALIGN_WORDS_MAX, "%s and %s: one specification%s", p, q,
                         common ? ", that of the common set" : "");
}

/*
 * Who would have to move: who is outside of what most dollars ask for. What is asked for names no
 * other payer, whose terms are not the provider's to tell.
 */
static void ask(const struct align_view *v, const struct clash *clash, char ret[ALIGN_WORDS_MAX])
{
        const struct align_conflict *c = &clash->c;
        const char *p = v->s->align.payers[clash->p].name.text;
        const char *q = v->s->align.payers[clash->q].name.text;
        const struct align_row *to;
        char has[ALIGN_WORDS_MAX];
        bool outside;

        if (c->type == CONFLICT_SPECIFICATION) {
                ask_for_key(v, clash, p, q, ret);
                return;
        }
        if (c->type == CONFLICT_GATE) {
                snprintf(ret, ALIGN_WORDS_MAX, "%s: whether the gate is meant, as nobody pays "
                         "for it at %s", c->p ? p : q, c->p ? q : p);
                return;
        }
        if (c->type == CONFLICT_VOLUME) {
                snprintf(ret, ALIGN_WORDS_MAX, "%s: a part in what lower cost saves",
                         c->p ? q : p);
                return;
        }
        outside = q_is_outside(v, c);
        to = outside ? c->p : c->q;
        snprintf(ret, ALIGN_WORDS_MAX, "%s: %s %s, as most dollars have it", outside ? q : p,
                 types[c->type].says, asks(c->type, to, has));
}

static const struct contract_id *contract_of(const struct align_view *v,
                                             const struct align_row *row)
{
        return row && row->contract < v->contract_count ? &v->contracts[row->contract] : NULL;
}

static struct cell contract_cell(const struct contract_id *id, char text[CONTRACT_ID_MAX + 1])
{
        if (!id)
                return cell_none();
        contract_id_print(id, text);
        return cell_text(text);
}

static void put(struct out *out, const struct align_view *v, const struct clash *clash)
{
        const struct align_conflict *c = &clash->c;
        const struct align_row *some = c->p ? c->p : c->q;
        char title[ALIGN_WORDS_MAX], one[ALIGN_WORDS_MAX], two[ALIGN_WORDS_MAX],
                whom[ALIGN_WORDS_MAX];
        char mine[CONTRACT_ID_MAX + 1], other[CONTRACT_ID_MAX + 1];

        ask(v, clash, whom);
        snprintf(title, sizeof(title), "%s", signal_title(&v->titles, &some->key.concept));
        out_row(out, (struct cell[]) {
                cell_text(band(v, c)),
                align_conflict_is_note(c->type) ? cell_none() : cell_money(c->severity),
                cell_text(types[c->type].code),
                cell_text(align_for_people(out) ? types[c->type].says : types[c->type].word),
                cell_text(title), cell_text(some->key.concept.text),
                cell_text(v->s->align.payers[clash->p].name.text),
                cell_text(asks(c->type, c->p, one)),
                cell_text(v->s->align.payers[clash->q].name.text),
                cell_text(asks(c->type, c->q, two)), cell_text(whom),
                contract_cell(contract_of(v, c->p), mine),
                contract_cell(contract_of(v, c->q), other) });
}

static void put_foot(struct out *out, const struct align_view *v, const struct clashing *c)
{
        struct align_index share = align_conflict_share(&v->s->align);
        FILE *to = out_stream(out);
        char part[ALIGN_WORDS_MAX];

        if (!align_for_people(out))
                return;
        if (!c->count)
                align_say(out, to, "No two payers ask for what does not go together.");
        fputc('\n', to);
        if (share.calculable)
                align_say(out, to, "%s of the dollars at stake ask for something else than most "
                          "dollars of their measure; another specification counts as another "
                          "measure there.", align_percent(share.value, part));
        align_say(out, to, "AT STAKE is the smaller of the two payers' dollars on the measure: "
                  "high from a tenth of all your dollars at stake, medium from a fiftieth. No "
                  "payer is shown another payer's figures; what you ask is yours to choose.");
        if (c->more)
                align_say(out, to, "There are more than %d; the least severe are left out.",
                          CONFLICTS_MOST);
}

enum exit_code align_show_conflicts(struct out *out, const struct align_view *v)
{
        own(clashing) struct clashing *c = NULL;

        if (v->keys_only) {
                say_error("conflicts between two payers are told to the provider who is party to "
                          "both; accord align gaps holds your own contracts against the common "
                          "set");
                return EXIT_RIGHTS;
        }
        if (make(v, &c))
                return say_failure(-ENOMEM, "the conflicts");
        align_head(out, v);
        out_begin(out, "align-conflict", columns);
        for (size_t i = 0; i < c->count; i++)
                put(out, v, &c->list[i]);
        out_end(out);
        put_foot(out, v, c);
        return EXIT_DONE;
}
