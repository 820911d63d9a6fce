/* SPDX-License-Identifier: Apache-2.0 */
/* From the words of the command line to a verb, its words and options. */
#ifndef ACCORD_CLIENTS_ARGUMENTS_H
#define ACCORD_CLIENTS_ARGUMENTS_H

#include "clients/verb.h"

/* Options that every verb takes, besides the settings of clients/cli.h. */
extern const struct option_row switches[];

struct arguments {
        struct call *call;      /* verb, words and values are set */
        const char *profile;    /* -p; NULL: not given */
        const char *noun;       /* for help, when there is a noun and no verb */
        bool help;              /* --help */
};

/* Reorders @argv. EXIT_DONE, or EXIT_USAGE having said why; then the verb may be missing. */
enum exit_code arguments_read(int argc, char **argv, struct arguments *to);

#endif
