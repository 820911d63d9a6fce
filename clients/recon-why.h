/* SPDX-License-Identifier: Apache-2.0 */
/* Why two sides' figures differ, as far as the figures themselves show it (core/cause.h). */
#ifndef ACCORD_CLIENTS_RECON_WHY_H
#define ACCORD_CLIENTS_RECON_WHY_H

#include <stdio.h>

#include "core/cause.h"
#include "core/query.h"

struct json_object;

/* A value: own(recon_why) struct recon_why why = { 0 }; */
struct recon_why {
        uint32_t *bits;                 /* of each row, CAUSE_BIT()s */
        struct cause_found found[CAUSE_LAST];
        size_t count;
};

void recon_why_cleanup(struct recon_why *why);

/* 0, or -ENOMEM. */
int recon_why_of(const struct match_row *rows, size_t count, struct recon_why *ret);

/* "roster, paid-through"; empty when there is nothing to explain. Returns @ret. */
#define WHY_MAX 128
char *recon_why_words(uint32_t bits, char ret[WHY_MAX]);

/* What each cause is and what to look at, for people; nothing where there is none. */
void recon_why_print(FILE *to, const struct recon_why *why);

/* Names of causes; and the causes themselves, each with its sentences. New ones, the caller's. */
struct json_object *recon_why_names(uint32_t bits);
struct json_object *recon_why_list(const struct recon_why *why);

#endif
