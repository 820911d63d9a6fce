/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the benchmark to the payment as a picture: what was expected and what it cost, the savings
 * between them, and what the gates, the share, the limits and everything behind them make of these.
 * Every bar is a line of the statement, or the difference between two.
 */
#ifndef ACCORD_CLIENTS_WATERFALL_H
#define ACCORD_CLIENTS_WATERFALL_H

#include <stdio.h>

#include "core/statement.h"
#include "core/terms.h"

#define WATERFALL_BARS_MAX 160
#define BAR_NAME_MAX 40

enum bar_kind {
        BAR_LEVEL,      /* from nothing to a figure */
        BAR_RISE, BAR_FALL, BAR_SAME,
};

/* Cents, to the nearest: a picture is no statement. */
struct waterfall_bar {
        char name[BAR_NAME_MAX];
        size_t line;            /* place of the line it ends at */
        enum bar_kind kind;
        int64_t from, to;
};

/* Two pictures, each to a scale of its own: bars[0 .. split), bars[split .. count). */
struct waterfall {
        struct waterfall_bar bars[WATERFALL_BARS_MAX];
        size_t count, split;
};

void waterfall_make(const struct statement *statement, const struct terms *terms,
                    struct waterfall *ret);

struct canvas {
        int columns;
        bool plain;             /* ASCII */
        bool color;
};

/* Of the terminal that standard output is, else of a page. */
struct canvas canvas_of(bool color);
/* Wide enough for a picture that nobody asked for: a terminal of a hundred columns. */
bool canvas_is_wide(void);

void waterfall_draw(FILE *to, const struct waterfall *waterfall, const struct canvas *canvas);
/* A document of its own. */
void waterfall_svg(FILE *to, const struct waterfall *waterfall, const struct statement *statement);

/* Texts of the pictures: "What was expected and what it cost". */
const char *waterfall_title(bool second);

#endif
