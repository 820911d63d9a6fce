/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A statement explained: who and what for, the story in short, then every line with how it was made
 * of the lines above it or what it came from, and a picture. The text is for two people who read it
 * aloud to each other, and can be read by a program: tests/clients/recompute.py makes every figure
 * again from nothing else.
 *
 * The shape of a line, which stays:
 *
 *       5  savings = $ 12,000,000.00
 *          by benchmark - expenditure
 *           = $ 110,000,000.00 (4) - $ 98,000,000.00 (3)
 *
 * the number, the name with its item in brackets, the figure, with its exact fraction where it had
 * to be rounded; then "by" and the formula (core/lines.h), or "reported", "carried" or "computed".
 */
#ifndef ACCORD_CLIENTS_EXPLAIN_H
#define ACCORD_CLIENTS_EXPLAIN_H

#include "core/formula.h"
#include "clients/output.h"
#include "clients/said.h"
#include "clients/statement-page.h"
#include "clients/waterfall.h"

struct json_object;

struct explanation {
        const struct accord_statement *around;
        const struct statement *s;
        const struct terms *terms;              /* those that it carries out */
        const struct origins *origins;          /* NULL: the log */
        const char *only;                       /* a step: its kind or number; NULL: all */
        bool wide;                              /* what was not taken too */
        bool picture_only;
        const struct canvas *canvas;            /* to draw the picture on; NULL: none */
};

/* In the format asked for: a page, accord.trace.v1, or its lines as rows. */
void explain_print(struct out *out, const struct explanation *e);
void explain_page(FILE *to, const struct explanation *e);

/* Is the step one of those asked for? */
bool explain_has_step(const struct explanation *e, size_t place);

/* ---- its parts */

/* Step @place: what it does, its parameters, its lines. */
void explain_step(FILE *to, const struct explanation *e, size_t place);
void explain_params(FILE *to, const struct explanation *e, size_t place, bool all);
void explain_line(FILE *to, const struct explanation *e, size_t place);

/* "savings", "benchmark[aged]". */
#define LINE_NAME_MAX 96
char *explain_name(const struct statement *s, size_t place, char ret[LINE_NAME_MAX]);

/* "5,000 through 5,999", "0 % up to 10 %"; and "3.9 % to 3.6 %". Each returns @ret. */
#define BAND_MAX (2 * SAID_MAX + 16)
char *band_ends(enum band_axis axis, const struct band *band, bool last, char ret[BAND_MAX]);
char *band_rates(const struct band *band, char ret[BAND_MAX]);

/* The formula with its figures in place of names, and the numbers of their lines behind them. */
#define NUMBERS_MAX 8192
char *numbers_put_in(const struct formula *formula, const struct formula_at *at,
                     char ret[NUMBERS_MAX]);
/* How a node's figure looks. */
enum look_as look_of_node(const struct formula *formula, int16_t node, const struct formula_at *at);

/*
 * Which comparison decided, which of several was taken, and by how much: a sentence each, told to
 * @tell.
 */
#define WHY_MAX 1024
typedef void why_tell(void *with, const char *sentence);
void explain_why(const struct formula *formula, const struct formula_at *at, why_tell *tell,
                 void *with);

/* accord.trace.v1, without its schema; the caller's. */
struct json_object *explain_object(const struct explanation *e);

#endif
