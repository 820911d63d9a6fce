/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Figures as people write them, exactly or not at all: "1234.56" (money), "0.025", "2.5%" or "1/3"
 * (rates), "10274" (counts), yes or no (flags), 2024-12-31 (days). Never by way of a binary
 * fraction.
 */
#ifndef ACCORD_CLIENTS_FIGURE_H
#define ACCORD_CLIENTS_FIGURE_H

#include "core/exact.h"
#include "core/fact.h"
#include "core/terms.h"

#define FIGURE_TEXT_MAX 100 /* room for any printed figure, with its NUL */

/* Each answers NULL, or what is wrong as a static sentence that says what would be right. */
const char *money_parse(struct bytes text, int64_t *ret_cents); /* at most two decimals */
const char *count_parse(struct bytes text, int64_t *ret_count);
const char *rate_parse(struct bytes text, struct rate *ret); /* reduced */
const char *flag_parse(struct bytes text, bool *ret);        /* yes no true false 1 0 */
const char *value_parse(enum fact_kind kind, struct bytes text, struct value *ret);

/* "1234.56", "-0.05"; without a currency sign or separators. Each returns @ret_text. */
char *money_print(int64_t cents, char ret_text[FIGURE_TEXT_MAX]);
/* "0.025" where decimals say it exactly, else "1/3". */
char *rate_print(struct rate rate, char ret_text[FIGURE_TEXT_MAX]);
/* "2.5%" of billionths: an end of a band of shares. */
char *share_print(int64_t billionths, char ret_text[FIGURE_TEXT_MAX]);
char *value_print(const struct value *value, char ret_text[FIGURE_TEXT_MAX]);
/*
 * A figure of a statement: money in units of currency to as many decimals as it needs, at most
 * @decimals, rates likewise; a figure that goes on ends in "...". Never rounded: cut.
 */
char *exact_print(struct exact figure, enum unit unit, int decimals,
                  char ret_text[FIGURE_TEXT_MAX]);

#endif
