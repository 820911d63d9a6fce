/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Payers and measures: for people one row a measure and one column a payer; for programs one row
 * for each of both.
 */
#include <stdlib.h>
#include <string.h>

#include "clients/align.h"

#define MEASURES_MOST SIGNAL_ROWS_MAX
#define PAYERS_IN_TABLE 18
#define OTHER_COLUMNS 5

/* ---- for programs */

static const struct column cell_columns[] = {
        COLUMN("measure", "MEASURE"),
        COLUMN("concept", "CONCEPT"),
        COLUMN("version", "VERSION"),
        COLUMN("population", "POPULATION"),
        COLUMN("payer", "PAYER"),
        COLUMN("agrees", "AGREES"),
        COLUMN("label", "LABEL"),
        COLUMN("direction", "DIRECTION"),
        COLUMN("target", "TARGET"),
        COLUMN("weight", "WEIGHT"),
        COLUMN_RIGHT("dollars", "AT STAKE"),
        COLUMN("common", "COMMON"),
        COLUMN("relayed", "RELAYED"),
        COLUMNS_END
};

static bool is_relayed(const struct align_view *v, const struct align_row *row)
{
        return row->contract < v->contract_count && v->relayed[row->contract];
}

static const char *direction_word(const struct align_row *row)
{
        return row->key.direction == DIRECTION_LESS ? "less" : "more";
}

static const char *unless_empty(const struct name *name)
{
        return *name->text ? name->text : NULL;
}

static void put_cell(struct out *out, const struct align_view *v, const struct align_row *first,
                     uint32_t payer, const struct align_cell *cell)
{
        char title[ALIGN_WORDS_MAX], says[ALIGN_WORDS_MAX], weight[ALIGN_WORDS_MAX];
        const struct align_row *row = cell->row;
        const struct cell none = cell_none();

        out_row(out, (struct cell[]) {
                cell_text(align_title(v, &first->key, title)), cell_text(first->key.concept.text),
                cell_text(unless_empty(&first->key.version)),
                cell_text(unless_empty(&first->key.population)),
                cell_text(v->s->align.payers[payer].name.text),
                cell_text(align_agrees_word(cell->agrees)),
                cell_text(align_cell_says(cell, says)),
                row ? cell_text(direction_word(row)) : none,
                row && row->has_target && !v->keys_only
                        ? cell_rate(row->target.num, row->target.den) : none,
                align_cell(out, &cell->weight, weight),
                row && !v->keys_only ? cell_money(cell->dollars) : none,
                v->titles.charter ? cell_flag(align_common(v, NULL, row ? &row->key : &first->key)
                                              != NULL) : none,
                row ? cell_flag(is_relayed(v, row)) : none });
}

static void show_cells(struct out *out, const struct align_view *v, const struct align_run *runs,
                       size_t count)
{
        const struct align *a = &v->s->align;

        out_begin(out, "align-cell", cell_columns);
        for (size_t i = 0; i < count; i++) {
                struct align_measure m;

                align_measure(a, runs[i], &m);
                for (uint32_t p = 0; p < a->payer_count; p++) {
                        struct align_cell cell;

                        align_cell_of(v, runs[i], p, &m, &cell);
                        put_cell(out, v, &a->rows[runs[i].from], p, &cell);
                }
        }
        out_end(out);
}

/* ---- for people */

static size_t make_columns(const struct align_view *v, struct column *ret)
{
        const struct align *a = &v->s->align;
        size_t count = 0;

        ret[count++] = (struct column) COLUMN("measure", "MEASURE");
        ret[count++] = (struct column) COLUMN_WIDE("key", "KEY");
        for (uint32_t p = 0; p < a->payer_count && p < PAYERS_IN_TABLE; p++)
                ret[count++] = (struct column) COLUMN(a->payers[p].name.text,
                                                      a->payers[p].name.text);
        if (!v->keys_only) {
                ret[count++] = (struct column) COLUMN_RIGHT("dollars", "AT STAKE");
                ret[count++] = (struct column) COLUMN_RIGHT("dominant", "ASK THE SAME");
        }
        ret[count++] = (struct column) COLUMN("common", "COMMON SET");
        ret[count] = (struct column) COLUMNS_END;
        return count;
}

static void put_row(struct out *out, const struct align_view *v, struct align_run run)
{
        char title[ALIGN_WORDS_MAX], key[ALIGN_WORDS_MAX], dominant[ALIGN_WORDS_MAX];
        char says[PAYERS_IN_TABLE][ALIGN_WORDS_MAX];
        const struct align *a = &v->s->align;
        const struct align_row *first = &a->rows[run.from];
        struct cell cells[PAYERS_IN_TABLE + OTHER_COLUMNS];
        struct align_measure m;
        size_t at = 0;

        align_measure(a, run, &m);
        cells[at++] = cell_text(align_title(v, &first->key, title));
        cells[at++] = cell_text(align_key_word(&first->key, key));
        for (uint32_t p = 0; p < a->payer_count && p < PAYERS_IN_TABLE; p++) {
                struct align_cell cell;

                align_cell_of(v, run, p, &m, &cell);
                cells[at++] = cell_text(align_cell_says(&cell, says[p]));
        }
        if (!v->keys_only) {
                cells[at++] = cell_money(m.dollars);
                cells[at++] = align_cell(out, &m.dominant, dominant);
        }
        cells[at++] = v->titles.charter ? cell_flag(align_common(v, NULL, &first->key) != NULL)
                                        : cell_none();
        out_row(out, cells);
}

static void put_legend(struct out *out, const struct align_view *v)
{
        FILE *to = out_stream(out);

        if (v->keys_only) {
                align_say(out, to, "same: others pay for the same measure, specification and "
                          "direction; alone: nobody else here does; absent: not in the contract.");
                return;
        }
        align_say(out, to, "Each cell: how the payer stands to the target, period and direction "
                  "that most dollars of the measure ask for; its target; w, the part of its own "
                  "dollars at stake that is on the measure. light, heavy: less than half, more "
                  "than double of the weight that all payers together give it. no dollars: in a "
                  "contract, and nothing hangs on it. ASK THE SAME: the part of the measure's "
                  "dollars that asks for one target in one period.");
}

static void show_table(struct out *out, const struct align_view *v, const struct align_run *runs,
                       size_t count)
{
        struct column columns[PAYERS_IN_TABLE + OTHER_COLUMNS + 1];

        make_columns(v, columns);
        align_head(out, v);
        out_begin(out, "align-measure", columns);
        for (size_t i = 0; i < count; i++)
                put_row(out, v, runs[i]);
        out_end(out);
        fputc('\n', out_stream(out));
        put_legend(out, v);
        if (v->s->align.payer_count > PAYERS_IN_TABLE)
                align_say(out, out_stream(out), "%u payers have no column here; -o csv has all.",
                          (unsigned int)(v->s->align.payer_count - PAYERS_IN_TABLE));
}

void align_show_matrix(struct out *out, const struct align_view *v)
{
        static struct align_run runs[MEASURES_MOST];
        size_t count = align_ranked(v, runs, MEASURES_MOST);

        if (align_for_people(out))
                show_table(out, v, runs, count);
        else
                show_cells(out, v, runs, count);
}
