/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a person sees of an incentive signal: sentences, a ranked table, the rows behind them, a
 * document, a picture. All from one signal and its sums (core/signal_sum.h); nothing is looked up.
 */
#ifndef ACCORD_CLIENTS_SIGNAL_VIEW_H
#define ACCORD_CLIENTS_SIGNAL_VIEW_H

#include <stdio.h>

#include "core/signal_sum.h"
#include "clients/output.h"
#include "clients/signal-titles.h"

struct json_object;

struct signal_view {
        const struct incentive_signal *signal;
        const struct signal_sum *sum;
        const struct signal_titles *titles;     /* NULL: those that are built in */
        bool past;                              /* as it was, not as it is */
        bool detail;                            /* what is for who asked for one measure */
};

/* ---- sentences; one paragraph each, no line broken, no newline at its end */

/* "Blood pressure: 3 of 4 payers pay for it ..." */
void signal_say_concept(FILE *to, const struct signal_view *view,
                        const struct signal_concept *concept);
/* Where payers ask for different things under one name; begins with a space; may be nothing. */
void signal_say_differs(FILE *to, const struct signal_view *view,
                        const struct signal_concept *concept);
/* How many payers these are and what part of the revenue they pay; what the contracts pay. */
void signal_say_whole(FILE *to, const struct signal_view *view);
/* "medicare presupposes care managers and pays for them; you say that you have none." */
void signal_say_need(FILE *to, const struct signal_view *view, const struct signal_need *need);
/* One line for who listens: what is worth most now. */
void signal_say_shortly(FILE *to, const struct signal_view *view);

/* ---- pages and rows */

/* The whole page; @concept: of this one only, NULL: of all. */
void signal_page(FILE *to, const struct signal_view *view, const struct signal_concept *concept);
/* "cascade, as of entry 1,234, 2026-08-31 12:00 UTC: a forecast" */
void signal_say_as_of(FILE *to, const struct signal_view *view);
void signal_table(struct out *out, const struct signal_view *view);
/* Every row by its contract, with how it is made again; @concept as for signal_page(). */
void signal_numbers(struct out *out, const struct signal_view *view,
                    const struct signal_concept *concept);
/* accord.incentive.v1, without its schema; the caller's. */
struct json_object *signal_object(const struct signal_view *view);
/* Dollars at stake by measure, stacked by payer: a document of its own. */
void signal_svg(FILE *to, const struct signal_view *view);

/* "accord settle preview CONTRACT --period P --as-of N": what a row is made again by. */
#define SIGNAL_AGAIN_MAX 320
const char *signal_again(const struct signal_view *view, const struct incentive_contract *contract,
                         char ret[SIGNAL_AGAIN_MAX]);

/* ---- words of them, for tables and programs */

const char *signal_edge_word(enum edge edge);           /* NULL: of none */
const char *signal_step_word(const struct signal_concept *concept, enum direction direction);
/* Of the kinds of difference, the one at @place, from 0; NULL: there are no more. */
const char *signal_differs_word(size_t place, uint32_t *ret_bit);

/* ---- and for people */

/* "$ 11,400", "-$ 0.40": cents only where a dollar is too coarse. Each returns @ret. */
#define SIGNAL_WORDS_MAX 160
char *words_dollars(int64_t cents, char ret[SIGNAL_WORDS_MAX]);
char *words_percent(struct exact share, char ret[SIGNAL_WORDS_MAX]);    /* "62 %", "3.1 %" */
char *words_day(date day, char ret[SIGNAL_WORDS_MAX]);                  /* "31 August 2026" */
char *words_month(date day, char ret[SIGNAL_WORDS_MAX]);                /* "October 2027" */
char *words_people(struct exact people, const char *one, const char *many,
                   char ret[SIGNAL_WORDS_MAX]);                         /* "about 41 patients" */
/* "one" to "ten", then digits. */
char *words_number(uint64_t number, char ret[SIGNAL_WORDS_MAX]);

/* Names, each once, in the order they came: "a, b and c". */
struct names {
        const char *list[SIGNAL_CONTRACTS_MAX];
        size_t count;
};
void names_add(struct names *names, const char *name);
void names_say(FILE *to, const struct names *names);

/* The bearers of a concept's rows, of one direction or (0) of both. */
void names_of_payers(const struct signal_view *view, const struct signal_concept *concept,
                     unsigned int direction, struct names *ret);

static inline const struct incentive_contract *view_contract(const struct signal_view *view,
                                                             const struct incentive_row *row)
{
        return &view->signal->contracts[row->contract];
}

#endif
