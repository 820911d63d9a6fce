/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The waterfall as a document of its own: no script, no outside asset, every bar with its figure in
 * text beside it and as its title, shapes told apart by pattern as well as by colour.
 */
#include <string.h>

#include "clients/look.h"
#include "clients/statement-page.h"
#include "clients/waterfall.h"
#include "clients/xml.h"

#define WIDTH 900
#define LEFT 190
#define MONEY 180
#define BARS (WIDTH - LEFT - MONEY - 30)
#define ROW 26
#define HEAD 64
#define GAP 46
#define ROW_BYTES 120

static void put_text(FILE *to, int x, int y, const char *class, const char *text)
{
        fprintf(to, "<text x=\"%d\" y=\"%d\" class=\"%s\">", x, y, class);
        xml_text(to, text);
        fputs("</text>\n", to);
}

static int place(int64_t at, int64_t least, int64_t most)
{
        wide range = (wide)most - least;

        return LEFT + MONEY + (range ? (int)(((wide)at - least) * BARS / range) : 0);
}

static const char *class_of(enum bar_kind kind)
{
        static const char *const classes[] = { [BAR_LEVEL] = "level", [BAR_RISE] = "rise",
                                               [BAR_FALL] = "fall", [BAR_SAME] = "same" };

        return classes[kind];
}

static void put_bar(FILE *to, const struct waterfall_bar *bar, int y, int64_t least, int64_t most)
{
        int from = place(bar->from < bar->to ? bar->from : bar->to, least, most);
        int until = place(bar->from < bar->to ? bar->to : bar->from, least, most);
        char name[BAR_NAME_MAX + 24], money[LOOK_MAX], text[LOOK_MAX + 2];

        snprintf(name, sizeof(name), "%s (%zu)", bar->name, bar->line + 1);
        look_money(bar->to - bar->from, money);
        snprintf(text, sizeof(text), "%s%s", bar->kind == BAR_RISE ? "+" : "",
                 bar->kind == BAR_SAME ? "no change" : money);
        put_text(to, LEFT - 10, y + 17, "end", name);
        put_text(to, LEFT + MONEY - 12, y + 17, "end", text);
        fprintf(to, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" class=\"%s\"><title>", from,
                y + 4, until > from ? until - from : 1, ROW - 8, class_of(bar->kind));
        xml_text(to, name);
        fprintf(to, ": %s</title></rect>\n", text);
}

static int put_picture(FILE *to, const struct waterfall_bar *bars, size_t count, bool second, int y)
{
        int64_t least = 0, most = 0;

        if (!count)
                return y;
        for (size_t i = 0; i < count; i++) {
                least = bars[i].from < least ? bars[i].from : least;
                least = bars[i].to < least ? bars[i].to : least;
                most = bars[i].from > most ? bars[i].from : most;
                most = bars[i].to > most ? bars[i].to : most;
        }
        put_text(to, 20, y + 14, "head", waterfall_title(second));
        y += 26;
        for (size_t i = 0; i < count; i++)
                put_bar(to, &bars[i], y + (int)i * ROW, least, most);
        fprintf(to, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" class=\"axis\"/>\n",
                place(0, least, most), y, place(0, least, most), y + (int)count * ROW);
        return y + (int)count * ROW + GAP - 26;
}

static const char style[] =
        "<style>text{font:14px sans-serif;fill:#1b1b1b}.end{text-anchor:end}"
        ".head,.title{font-weight:bold}.title{font-size:16px}.level{fill:#31688e}"
        ".rise{fill:#2a7d4f;stroke:#14532d}.fall{fill:url(#stripes);stroke:#8c2d04}"
        ".same{fill:#555}.axis{stroke:#555}</style>\n"
        "<defs><pattern id=\"stripes\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
        "patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#fdd0a2\"/>"
        "<rect width=\"3\" height=\"6\" fill=\"#d94801\"/></pattern></defs>\n";

/* Words in rows of so many bytes, one below the other; where the next thing may stand. */
static int put_wrapped(FILE *to, const char *text, int y)
{
        while (*text) {
                size_t length = strlen(text), cut = length;
                char row[ROW_BYTES + 1];

                if (length > ROW_BYTES)
                        for (cut = ROW_BYTES; cut > 1 && text[cut] != ' ';)
                                cut--;
                snprintf(row, sizeof(row), "%.*s", (int)(cut < ROW_BYTES ? cut : ROW_BYTES), text);
                put_text(to, 20, y, "", row);
                text += cut;
                text += *text == ' ';
                y += 18;
        }
        return y;
}

void waterfall_svg(FILE *to, const struct waterfall *w, const struct statement *s)
{
        char contract[CONTRACT_ID_MAX + 1], period[LOOK_MAX], title[256], result[RESULT_MAX];
        int height, y;

        contract_id_print(&s->run.contract, contract);
        snprintf(title, sizeof(title), "%s, %s", contract, look_period(s->run.period, period));
        statement_result(s, result);
        height = HEAD + (int)(strlen(result) / (ROW_BYTES / 2)) * 18 + (int)w->count * ROW +
                 2 * GAP;
        fprintf(to, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                "viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"t d\">\n<title id=\"t\">",
                WIDTH, height, WIDTH, height);
        xml_text(to, title);
        fputs("</title>\n<desc id=\"d\">", to);
        xml_text(to, result);
        fputs("</desc>\n", to);
        fputs(style, to);
        fprintf(to, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", WIDTH, height);
        put_text(to, 20, 26, "title", title);
        y = put_wrapped(to, result, 48) + 8;
        y = put_picture(to, w->bars, w->split, false, y);
        put_picture(to, w->bars + w->split, w->count - w->split, true, y);
        fputs("</svg>\n", to);
}
