/* SPDX-License-Identifier: Apache-2.0 */
/* A distribution of payments as bars: in a terminal, and as SVG. */
#ifndef ACCORD_CLIENTS_RISK_PICTURE_H
#define ACCORD_CLIENTS_RISK_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Payments above @from up to @until cents; nothing paid is a bar of its own, from == until. */
struct bar {
        int64_t from, until;
        size_t count;
};

#define BARS_MAX 41

/* @payments ascending. Returns how many bars, in ascending order; bars at the ends may be empty. */
size_t bars_of(const int64_t *payments, size_t count, struct bar ret[BARS_MAX]);

void bars_print(FILE *to, const struct bar *bars, size_t count, bool plain);
void bars_svg(FILE *to, const char *title, const struct bar *bars, size_t count);

#endif
