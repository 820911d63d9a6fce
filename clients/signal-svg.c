/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dollars at stake by measure, stacked by payer, as a document of its own: no script, no outside
 * asset; payers are told apart by pattern as well as by colour, and each part has its figure as its
 * title.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clients/look.h"
#include "clients/page.h"
#include "clients/signal-view.h"
#include "clients/xml.h"

#define WIDTH 900
#define LEFT 250
#define MONEY 150
#define BARS (WIDTH - LEFT - MONEY - 30)
#define ROW 30
#define HEAD 70
#define KEY_ROW 22
#define STYLES 8        /* payers beyond these look like others; titles still name them */

static const char *const colours[STYLES] = { "#31688e", "#d94801", "#2a7d4f", "#8c6bb1",
                                             "#b8860b", "#c2185b", "#555555", "#00838f" };

static void put_text(FILE *to, int x, int y, const char *class, const char *text)
{
        fprintf(to, "<text x=\"%d\" y=\"%d\" class=\"%s\">", x, y, class);
        xml_text(to, text);
        fputs("</text>\n", to);
}

/* Eight patterns that look different without colour too: stripes of every lean, dots, plain. */
static void put_patterns(FILE *to)
{
        fputs("<defs>\n", to);
        for (int i = 0; i < STYLES; i++) {
                fprintf(to, "<pattern id=\"p%d\" width=\"8\" height=\"8\" "
                        "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(%d)\">"
                        "<rect width=\"8\" height=\"8\" fill=\"%s\"/>", i, i * 45 % 180,
                        colours[i]);
                if (i >= 4)
                        fputs("<circle cx=\"4\" cy=\"4\" r=\"2\" fill=\"#fff\"/>", to);
                else if (i)
                        fputs("<rect width=\"2\" height=\"8\" fill=\"#fff\"/>", to);
                fputs("</pattern>\n", to);
        }
        fputs("</defs>\n<style>text{font:14px sans-serif;fill:#1b1b1b}.end{text-anchor:end}"
              ".title{font-weight:bold;font-size:16px}.axis{stroke:#555}"
              ".part{stroke:#1b1b1b;stroke-width:.5}</style>\n", to);
}

static int64_t most_of(const struct signal_sum *sum)
{
        int64_t most = 1;

        for (uint16_t i = 0; i < sum->concept_count; i++)
                most = sum->concepts[i].stake > most ? sum->concepts[i].stake : most;
        return most;
}

static int64_t stake_of(const struct signal_view *view, const struct signal_concept *concept,
                        uint16_t payer)
{
        int64_t stake = 0;

        for (uint16_t i = 0; i < concept->count; i++) {
                const struct incentive_row *row = signal_row(view->sum, view->signal, concept, i);

                if (view->sum->payer_of[row->contract] == payer)
                        stake += row->is.stake;
        }
        return stake;
}

static void put_part(FILE *to, const char *payer, bool relayed, uint16_t style, int x, int width,
                     int y, int64_t stake)
{
        char money[SIGNAL_WORDS_MAX];

        fprintf(to, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" class=\"part\" "
                "fill=\"url(#p%d)\"><title>", x, y, width > 0 ? width : 1, ROW - 10,
                style % STYLES);
        xml_text(to, payer);
        fprintf(to, "%s: %s</title></rect>\n", relayed ? " (relayed)" : "",
                words_dollars(stake, money));
}

static void put_bar(FILE *to, const struct signal_view *view, const struct signal_concept *concept,
                    int y, int64_t most)
{
        char title[TEXT_MAX_LENGTH + 1], money[SIGNAL_WORDS_MAX];
        wide done = 0;

        snprintf(title, sizeof(title), "%.40s", signal_title(view->titles, &concept->concept));
        put_text(to, LEFT - 10, y + 15, "end", make_harmless(title));
        put_text(to, LEFT + MONEY - 12, y + 15, "end", words_dollars(concept->stake, money));
        for (uint16_t payer = 0; payer < view->sum->payer_count; payer++) {
                int64_t stake = stake_of(view, concept, payer);
                int from = (int)(done * BARS / most), until;

                if (stake <= 0)
                        continue;
                done += stake;
                until = (int)(done * BARS / most);
                put_part(to, view->sum->payers[payer].bearer.text,
                         view->sum->payers[payer].relayed, payer, LEFT + MONEY + from,
                         until - from, y, stake);
        }
}

static int put_key(FILE *to, const struct signal_view *view, int y)
{
        char text[NAME_MAX_LENGTH + 16];

        for (uint16_t i = 0; i < view->sum->payer_count; i++) {
                const struct signal_payer *payer = &view->sum->payers[i];

                fprintf(to, "<rect x=\"20\" y=\"%d\" width=\"26\" height=\"14\" class=\"part\" "
                        "fill=\"url(#p%d)\"/>\n", y, i % STYLES);
                snprintf(text, sizeof(text), "%s%s", payer->bearer.text,
                         payer->relayed ? " (relayed)" : "");
                put_text(to, 54, y + 12, "", text);
                y += KEY_ROW;
        }
        return y;
}

static void put_heading(FILE *to, const struct signal_view *view, int height)
{
        fprintf(to, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                "viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"t d\">\n<title id=\"t\">",
                WIDTH, height, WIDTH, height);
        fprintf(to, "Dollars at stake by measure and payer</title>\n<desc id=\"d\">");
        for (uint16_t i = 0; i < view->sum->concept_count; i++) {
                const struct signal_concept *concept = &view->sum->concepts[view->sum->ranked[i]];
                char title[TEXT_MAX_LENGTH + 1], money[SIGNAL_WORDS_MAX];

                snprintf(title, sizeof(title), "%s",
                         signal_title(view->titles, &concept->concept));
                xml_text(to, make_harmless(title));
                fprintf(to, " %s, %" PRIu16 " %s. ", words_dollars(concept->stake, money),
                        concept->cover.payers, concept->cover.payers == 1 ? "payer" : "payers");
        }
        fputs("</desc>\n", to);
        put_patterns(to);
        fprintf(to, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", WIDTH, height);
        put_text(to, 20, 28, "title", "Dollars at stake by measure and payer");
}

void signal_svg(FILE *to, const struct signal_view *view)
{
        int count = view->sum->concept_count, payers = view->sum->payer_count;
        int height = HEAD + count * ROW + payers * KEY_ROW + 30, y = HEAD;
        int64_t most = most_of(view->sum);
        char *line = NULL;
        size_t size = 0;
        FILE *memory = open_memstream(&line, &size);

        put_heading(to, view, height);
        if (memory) {
                signal_say_as_of(memory, view);
                if (fclose(memory) == 0)
                        put_text(to, 20, 50, "", line);
        }
        free(line);
        for (int i = 0; i < count; i++, y += ROW)
                put_bar(to, view, &view->sum->concepts[view->sum->ranked[i]], y, most);
        fprintf(to, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" class=\"axis\"/>\n",
                LEFT + MONEY, HEAD - 6, LEFT + MONEY, y);
        put_key(to, view, y + 10);
        fputs("</svg>\n", to);
}
