/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_CLIENTS_HELP_H
#define ACCORD_CLIENTS_HELP_H

#include "clients/verb.h"

/* A page that is about no verb: "exit-codes", "files". */
struct topic {
        const char *name, *says;
        void (*print)(FILE *to);
};

/* Ends with a row without a name. */
extern const struct topic topics[];

enum exit_code help_all(FILE *to);
/* The verbs of a noun; false when there is none. */
bool help_noun(FILE *to, const char *noun);
void help_verb(FILE *to, const struct verb *verb);
/*
 * "accord settle run CONTRACT [--payment DAY]", folded to the page, its first line after @indent
 * columns.
 */
void help_synopsis(FILE *to, const struct verb *verb, int indent);

/* Topics of their own files. */
void print_privacy(FILE *to);
void print_reconciling(FILE *to);

#endif
