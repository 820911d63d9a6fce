/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/risk/picture.h"

#include <inttypes.h>

#include "clients/look.h"
#include "clients/page.h"

#define BARS_WANTED 16
#define BAR_COLUMNS 40
#define RANGE_COLUMNS 40

/* 1, 2 or 5 times a power of ten cents: ends that people can read. */
static int64_t round_step(int64_t range)
{
        static const int64_t steps[] = { 1, 2, 5 };
        int64_t power = 100;

        while (true) {
                for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
                        if (power * steps[i] >= range / BARS_WANTED)
                                return power * steps[i];
                power *= 10;
        }
}

static size_t count_in(const int64_t *payments, size_t count, size_t *at, int64_t until)
{
        size_t first = *at;

        while (*at < count && payments[*at] <= until)
                (*at)++;
        return *at - first;
}

/* Owed: (-2 s, -s], the last one ending below nothing; nothing; paid: (0, s], (s, 2 s]. */
size_t bars_of(const int64_t *payments, size_t count, struct bar ret[BARS_MAX])
{
        int64_t least = payments[0] < 0 ? payments[0] : 0;
        int64_t most = payments[count - 1] > 0 ? payments[count - 1] : 0;
        int64_t step = round_step(most - least), from = -((-least + step - 1) / step) * step;
        size_t bars = 0, at = 0;

        for (; from < 0 && bars < BARS_MAX; from += step) {
                int64_t until = from + step < 0 ? from + step : -1;

                ret[bars] = (struct bar) { from, from + step, 0 };
                ret[bars++].count = count_in(payments, count, &at, until);
        }
        if (bars < BARS_MAX) {
                ret[bars] = (struct bar) { 0, 0, 0 };
                ret[bars++].count = count_in(payments, count, &at, 0);
        }
        for (from = 0; from < most && bars < BARS_MAX; from += step) {
                ret[bars] = (struct bar) { from, from + step, 0 };
                ret[bars++].count = count_in(payments, count, &at, from + step);
        }
        return bars;
}

static size_t sum_of(const struct bar *bars, size_t count, size_t *ret_most)
{
        size_t sum = 0;

        *ret_most = 1;
        for (size_t i = 0; i < count; i++) {
                sum += bars[i].count;
                if (bars[i].count > *ret_most)
                        *ret_most = bars[i].count;
        }
        return sum ? sum : 1;
}

static const char *range_of(const struct bar *bar, char ret[2 * LOOK_MAX + 16])
{
        char from[LOOK_MAX], until[LOOK_MAX];

        if (bar->from == bar->until)
                return "nothing paid";
        if (bar->from < 0)
                snprintf(ret, 2 * LOOK_MAX + 16, "owes %s to %s", look_money(-bar->until, until),
                         look_money(-bar->from, from));
        else
                snprintf(ret, 2 * LOOK_MAX + 16, "gets %s to %s", look_money(bar->from, from),
                         look_money(bar->until, until));
        return ret;
}

void bars_print(FILE *to, const struct bar *bars, size_t count, bool plain)
{
        size_t most, sum = sum_of(bars, count, &most);
        char range[2 * LOOK_MAX + 16];

        for (size_t i = 0; i < count; i++) {
                size_t length = (bars[i].count * BAR_COLUMNS + most - 1) / most;

                put_right(to, range_of(&bars[i], range), RANGE_COLUMNS);
                fprintf(to, " %s", plain ? "|" : "▏");
                for (size_t j = 0; j < length; j++)
                        fputs(plain ? "#" : "█", to);
                if (bars[i].count)
                        fprintf(to, " %.1f %%", 100.0 * (double)bars[i].count / (double)sum);
                fputc('\n', to);
        }
}

#define SVG_LEFT 330
#define SVG_BAR 420
#define SVG_ROW 22
#define SVG_TOP 46

static const char *colour_of(const struct bar *bar)
{
        if (bar->from == bar->until)
                return "#777777";
        return bar->from < 0 ? "#b3541e" : "#1f6f8b";
}

static void svg_bar(FILE *to, const struct bar *bar, size_t row, size_t sum, size_t most)
{
        char range[2 * LOOK_MAX + 16];
        int y = SVG_TOP + (int)row * SVG_ROW;
        int width = (int)((double)bar->count * SVG_BAR / (double)most);

        fprintf(to, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", SVG_LEFT - 8,
                y + 15, range_of(bar, range));
        fprintf(to, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", SVG_LEFT,
                y + 2, width, SVG_ROW - 4, colour_of(bar));
        if (bar->count)
                fprintf(to, "<text x=\"%d\" y=\"%d\">%.1f %%</text>\n", SVG_LEFT + width + 6,
                        y + 15, 100.0 * (double)bar->count / (double)sum);
}

static void svg_text(FILE *to, const char *text)
{
        for (; *text; text++) {
                if (*text == '<' || *text == '&' || *text == '>')
                        fprintf(to, "&#%d;", *text);
                else
                        fputc(*text, to);
        }
}

void bars_svg(FILE *to, const char *title, const struct bar *bars, size_t count)
{
        size_t most, sum = sum_of(bars, count, &most);

        fprintf(to,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%zu\" "
                "font-family=\"sans-serif\" font-size=\"13\">\n",
                SVG_LEFT + SVG_BAR + 80, SVG_TOP + count * SVG_ROW + 16);
        fputs("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n", to);
        fputs("<text x=\"12\" y=\"26\" font-size=\"16\">", to);
        svg_text(to, title);
        fputs("</text>\n", to);
        for (size_t i = 0; i < count; i++)
                svg_bar(to, &bars[i], i, sum, most);
        fputs("</svg>\n", to);
}
