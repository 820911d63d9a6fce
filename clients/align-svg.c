/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Payers and measures as a document of its own: no script, no outside asset. Each cell says in
 * words what it is; colours and patterns only repeat it.
 */
#include <string.h>

#include "clients/align.h"
#include "clients/look.h"
#include "clients/page.h"
#include "clients/xml.h"

#define MEASURES_MOST 64
#define LEFT 260
#define CELL 150
#define ROW 44
#define HEAD 96
#define FOOT 74
#define TEXT_MOST 30            /* characters of a measure's name on its row */

static void put_text(FILE *to, int x, int y, const char *class, const char *text)
{
        fprintf(to, "<text x=\"%d\" y=\"%d\" class=\"%s\">", x, y, class);
        xml_text(to, text);
        fputs("</text>\n", to);
}

static const char *const classes[] = {
        [AGREES_ABSENT] = "absent", [AGREES_UNPAID] = "unpaid", [AGREES_OTHER_WAY] = "way",
        [AGREES_OTHER_DAYS] = "days", [AGREES_OTHER_TARGET] = "target", [AGREES_LIGHTER] = "near",
        [AGREES_HEAVIER] = "near", [AGREES_SAME] = "same", [AGREES_ALONE] = "alone",
};

static const char style[] =
        "<style>text{font:13px sans-serif;fill:#1b1b1b}.head,.title{font-weight:bold}"
        ".title{font-size:16px}.mid{text-anchor:middle}.on{text-anchor:middle;fill:#fff}"
        "rect{stroke:#fff}.same{fill:#31688e}.near{fill:#9ec5d6}.target{fill:url(#stripes)}"
        ".days{fill:url(#dots)}.way{fill:url(#cross)}.alone{fill:#dedede}"
        ".unpaid{fill:url(#hatch)}.absent{fill:#fff;stroke:#bbb}</style>\n<defs>"
        "<pattern id=\"stripes\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" "
        "patternTransform=\"rotate(45)\"><rect width=\"8\" height=\"8\" fill=\"#fdd0a2\"/>"
        "<rect width=\"2\" height=\"8\" fill=\"#fdae6b\"/></pattern>"
        "<pattern id=\"dots\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
        "<rect width=\"8\" height=\"8\" fill=\"#f2e6a7\"/>"
        "<circle cx=\"4\" cy=\"4\" r=\"1.5\" fill=\"#d9c34e\"/></pattern>"
        "<pattern id=\"cross\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" "
        "patternTransform=\"rotate(45)\"><rect width=\"8\" height=\"8\" fill=\"#f7c4b4\"/>"
        "<rect width=\"1\" height=\"8\" fill=\"#e08d75\"/>"
        "<rect width=\"8\" height=\"1\" fill=\"#e08d75\"/></pattern>"
        "<pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
        "patternTransform=\"rotate(-45)\"><rect width=\"6\" height=\"6\" fill=\"#fff\"/>"
        "<rect width=\"1\" height=\"6\" fill=\"#bbb\"/></pattern></defs>\n";

/* The first words in the cell, what follows them below. */
static void put_cell(FILE *to, const struct align_view *v, struct align_run run, uint32_t payer,
                     const struct align_measure *m, int x, int y)
{
        const struct align *a = &v->s->align;
        char says[ALIGN_WORDS_MAX], title[ALIGN_WORDS_MAX], *rest;
        struct align_cell cell;
        const char *class;

        align_cell_of(v, run, payer, m, &cell);
        align_cell_says(&cell, says);
        class = cell.agrees == AGREES_SAME ? "on" : "mid";
        fprintf(to, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" class=\"%s\"><title>", x, y,
                CELL - 2, ROW - 2, classes[cell.agrees]);
        xml_text(to, align_title(v, &a->rows[run.from].key, title));
        fputs(", ", to);
        xml_text(to, a->payers[payer].name.text);
        fputs(": ", to);
        xml_text(to, says);
        fputs("</title></rect>\n", to);
        rest = strstr(says, "; ");
        if (rest)
                *rest = '\0';
        put_text(to, x + CELL / 2, y + (rest ? 18 : 26), class, says);
        if (rest)
                put_text(to, x + CELL / 2, y + 34, class, rest + 2);
}

/* No character is cut in two. */
static void shorten(char *text)
{
        size_t cut = TEXT_MOST;

        if (strlen(text) <= TEXT_MOST)
                return;
        while (cut > 0 && ((unsigned char)text[cut] & 0xc0) == 0x80)
                cut--;
        memcpy(text + cut, "...", sizeof("..."));
}

static void put_measure(FILE *to, const struct align_view *v, struct align_run run, int y)
{
        char title[ALIGN_WORDS_MAX], money[LOOK_MAX];
        struct align_measure m;

        align_measure(&v->s->align, run, &m);
        align_title(v, &v->s->align.rows[run.from].key, title);
        shorten(title);
        put_text(to, 20, y + 18, "head", title);
        if (!v->keys_only)
                put_text(to, 20, y + 34, "", look_money(m.dollars, money));
        for (uint32_t p = 0; p < v->s->align.payer_count; p++)
                put_cell(to, v, run, p, &m, LEFT + (int)p * CELL, y);
}

/* What the picture comes to, in one sentence. */
static void finding(const struct align_view *v, char ret[2 * ALIGN_WORDS_MAX])
{
        struct align_index shared = align_shared(&v->s->align);
        struct align_index conflict = align_conflict_share(&v->s->align);
        char one[ALIGN_WORDS_MAX], two[ALIGN_WORDS_MAX];

        if (v->keys_only || !shared.calculable)
                snprintf(ret, 2 * ALIGN_WORDS_MAX, "%u payers: which measures are in whose "
                         "contracts.", (unsigned int)v->s->align.payer_count);
        else
                snprintf(ret, 2 * ALIGN_WORDS_MAX, "%s of the dollars at stake are on measures "
                         "that two payers or more pay for; %s ask for something else than most "
                         "dollars of their measure.", align_percent(shared.value, one),
                         align_percent(conflict.value, two));
}

static void put_foot(FILE *to, const struct align_view *v, size_t left_out, int y)
{
        char when[LOOK_MAX], text[ALIGN_WORDS_MAX];

        put_text(to, 20, y, "", "First line: how the payer stands to what most dollars of the "
                 "measure ask for.");
        if (!v->keys_only)
                put_text(to, 20, y + 18, "", "Second: its target; w, the part of its own dollars "
                         "that is on the measure. All dollars are forecasts.");
        snprintf(text, sizeof(text), "As of entry %s.", look_count((int64_t)v->as_of, when));
        if (left_out)
                snprintf(text, sizeof(text), "As of entry %s. %zu measures with fewer dollars are "
                         "left out.", when, left_out);
        put_text(to, 20, y + 36, "", text);
}

static void put_head(FILE *to, const struct align_view *v, int width, int height)
{
        char title[ALIGN_WORDS_MAX], says[2 * ALIGN_WORDS_MAX];

        snprintf(title, sizeof(title), "%s: payers and measures", v->party.text);
        finding(v, says);
        fprintf(to, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                "viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"t d\">\n<title id=\"t\">",
                width, height, width, height);
        xml_text(to, title);
        fputs("</title>\n<desc id=\"d\">", to);
        xml_text(to, says);
        fputs("</desc>\n", to);
        fputs(style, to);
        fprintf(to, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", width, height);
        put_text(to, 20, 26, "title", title);
        put_text(to, 20, 50, "", says);
        for (uint32_t p = 0; p < v->s->align.payer_count; p++)
                put_text(to, LEFT + (int)p * CELL + CELL / 2, 82, "head mid",
                         v->s->align.payers[p].name.text);
}

void align_svg(FILE *to, const struct align_view *v)
{
        static struct align_run runs[SIGNAL_ROWS_MAX];
        size_t all = align_ranked(v, runs, SIGNAL_ROWS_MAX);
        size_t count = all < MEASURES_MOST ? all : MEASURES_MOST;
        int width = LEFT + (int)v->s->align.payer_count * CELL + 20;
        int height = HEAD + (int)count * ROW + FOOT;

        put_head(to, v, width < 1040 ? 1040 : width, height);
        for (size_t i = 0; i < count; i++)
                put_measure(to, v, runs[i], HEAD + (int)i * ROW);
        put_foot(to, v, all - count, HEAD + (int)count * ROW + 24);
        fputs("</svg>\n", to);
}
