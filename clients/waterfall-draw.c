/* SPDX-License-Identifier: Apache-2.0 */
/* The waterfall in a terminal. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "clients/look.h"
#include "clients/page.h"
#include "clients/waterfall.h"

#define NAME_COLUMNS 20
#define MONEY_COLUMNS 24
#define BAR_COLUMNS_LEAST 20
#define BAR_COLUMNS_MOST 100
#define WIDE 100

static int terminal_columns(void)
{
        struct winsize size;

        if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
                return size.ws_col;
        return 0;
}

/* What the user's own locale says; the program speaks UTF-8 in any case. */
static bool says_utf8(void)
{
        static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
                const char *value = getenv(names[i]);

                if (value && *value)
                        return strcasestr(value, "utf-8") || strcasestr(value, "utf8");
        }
        return false;
}

struct canvas canvas_of(bool color)
{
        const char *columns = getenv("COLUMNS");
        unsigned long width = columns ? strtoul(columns, NULL, 10) : 0;

        if (width < 40 || width > 1000)
                width = (unsigned long)terminal_columns();
        return (struct canvas) { .columns = width ? (int)width : PAGE_COLUMNS,
                                 .plain = !says_utf8(),
                                 .color = color };
}

bool canvas_is_wide(void)
{
        return terminal_columns() >= WIDE;
}

/* What lies in this picture, from the least to the most, nothing being part of it. */
struct scale {
        int64_t least, most;
        int columns;
};

static void take_in(struct scale *scale, int64_t at)
{
        if (at < scale->least)
                scale->least = at;
        if (at > scale->most)
                scale->most = at;
}

static int column_of(const struct scale *scale, int64_t at)
{
        wide range = (wide)scale->most - scale->least;

        if (!range)
                return 0;
        return (int)((((wide)at - scale->least) * scale->columns * 2 + range) / (2 * range));
}

static const char *ink(enum bar_kind kind, bool plain)
{
        static const char *const drawn[] = { [BAR_LEVEL] = "█", [BAR_RISE] = "▓",
                                             [BAR_FALL] = "░", [BAR_SAME] = "▏" };
        static const char *const typed[] = { [BAR_LEVEL] = "#", [BAR_RISE] = "+",
                                             [BAR_FALL] = "-", [BAR_SAME] = "|" };

        return plain ? typed[kind] : drawn[kind];
}

static const char *paint(enum bar_kind kind)
{
        static const char *const colors[] = { [BAR_LEVEL] = "\x1b[36m", [BAR_RISE] = "\x1b[32m",
                                              [BAR_FALL] = "\x1b[31m", [BAR_SAME] = "\x1b[2m" };

        return colors[kind];
}

/* A change too small for the scale is a mark all the same. */
static void draw_ink(FILE *to, const struct waterfall_bar *bar, const struct scale *scale,
                     const struct canvas *canvas)
{
        int from = column_of(scale, bar->from < bar->to ? bar->from : bar->to);
        int until = column_of(scale, bar->from < bar->to ? bar->to : bar->from);

        if (until == from && from == scale->columns)
                from--;
        until += until == from;
        fprintf(to, "%*s%s", from, "", canvas->color ? paint(bar->kind) : "");
        for (int i = from; i < until; i++)
                fputs(ink(bar->kind, canvas->plain), to);
        fputs(canvas->color ? "\x1b[0m" : "", to);
}

/* Levels as they are, changes with their sign. */
static void draw_bar(FILE *to, const struct waterfall_bar *bar, const struct scale *scale,
                     const struct canvas *canvas)
{
        int64_t size = bar->to - bar->from;
        char name[BAR_NAME_MAX + 24], money[LOOK_MAX], text[LOOK_MAX + 2];

        snprintf(name, sizeof(name), "%s (%zu)", bar->name, bar->line + 1);
        fputs("  ", to);
        put_left(to, name, NAME_COLUMNS);
        if (bar->kind == BAR_SAME)
                snprintf(text, sizeof(text), "no change");
        else
                snprintf(text, sizeof(text), "%s%s", bar->kind == BAR_RISE ? "+" : "",
                         look_money(size, money));
        put_right(to, text, MONEY_COLUMNS);
        fputs("  ", to);
        draw_ink(to, bar, scale, canvas);
        fputc('\n', to);
}

static void draw(FILE *to, const struct waterfall_bar *bars, size_t count, const char *title,
                 const struct canvas *canvas)
{
        struct scale scale = { 0, 0, canvas->columns - NAME_COLUMNS - MONEY_COLUMNS - 5 };

        if (!count)
                return;
        if (scale.columns < BAR_COLUMNS_LEAST)
                scale.columns = BAR_COLUMNS_LEAST;
        if (scale.columns > BAR_COLUMNS_MOST)
                scale.columns = BAR_COLUMNS_MOST;
        for (size_t i = 0; i < count; i++) {
                take_in(&scale, bars[i].from);
                take_in(&scale, bars[i].to);
        }
        fprintf(to, "\n%s\n\n", title);
        for (size_t i = 0; i < count; i++)
                draw_bar(to, &bars[i], &scale, canvas);
}

void waterfall_draw(FILE *to, const struct waterfall *w, const struct canvas *canvas)
{
        draw(to, w->bars, w->split, waterfall_title(false), canvas);
        draw(to, w->bars + w->split, w->count - w->split, waterfall_title(true), canvas);
}
