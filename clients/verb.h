/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A verb: one thing `accord` can do. Each lives in a file of its own and is one const;
 * clients/verbs.c lists them all. Help, completion, the manual's synopsis and the tests come
 * from these rows.
 */
#ifndef ACCORD_CLIENTS_VERB_H
#define ACCORD_CLIENTS_VERB_H

#include <stdbool.h>
#include <stddef.h>

#include "clients/cli.h"
#include "clients/exit.h"
#include "clients/output.h"

struct call;

enum option_flags {
        OPTION_NEEDED = 1,      /* the verb cannot do without */
        OPTION_MANY = 2,        /* may be given more than once */
};

/* One option of a verb. A list ends with a row without a name. */
struct option_row {
        const char *name;       /* "reason": given as --reason */
        const char *value;      /* "TEXT", or "interim|final" for a choice; NULL: a switch */
        const char *says;
        unsigned int flags;
};

#define OPTIONS_MAX 18          /* rows of one verb */
#define VALUES_MAX 1024         /* options given in one call */

struct verb {
        const char *noun;       /* "contract" */
        const char *name;       /* "publish"; may be two words; "" when the noun is all there is */
        const char *usage;      /* its words: "CONTRACT [RUN]"; options come from their rows */
        const char *says;       /* one line, for lists of verbs */
        const char *more;       /* paragraphs for its own help, or NULL */
        unsigned int words_least, words_most;
        bool prints;            /* data on standard output, in every format of -o */
        bool writes;            /* changes something beyond this machine: has --dry-run */
        bool hidden;            /* not in help */
        bool prometheus;        /* -o prometheus too */
        bool pictures;          /* -o svg too */
        bool unsettled;         /* works even when the profile is missing or broken */
        struct option_row options[OPTIONS_MAX];
        enum exit_code (*run)(struct call *call);
};

/* All verbs, in the order of help; ends with NULL. */
extern const struct verb *const verbs[];

/* One use of a verb. Strings belong to the caller of main(). */
struct call {
        const struct verb *verb;
        struct cli *cli;
        struct out *out;        /* where data goes, in the format asked for */
        char *const *words;
        size_t word_count;
        size_t value_count;
        struct { const struct option_row *option; const char *value; } values[VALUES_MAX];
};

/*
 * The value of an option, the last one given; NULL when it was not given. A switch has the value
 * "".
 */
const char *call_value(const struct call *call, const char *name);
/*
 * The values of an option that may come often: from @at on, *at is moved behind it; NULL: no
 * more.
 */
const char *call_next(const struct call *call, const char *name, size_t *at);
bool call_has(const struct call *call, const char *name);

/* Whether to go on: by --yes or --dry-run, else by asking; both are options of the verb. */
bool call_agreed(const struct call *call, const char *question, ...)
        __attribute__((format(printf, 2, 3)));

/* Says what is wrong with the call and where its help is. Returns EXIT_USAGE. */
enum exit_code call_misused(const struct call *call, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

#endif
