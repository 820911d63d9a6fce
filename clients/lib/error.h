/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What went wrong, as a program's exit status and a sentence. Every call of libaccord that can fail
 * answers 0 or the code it also put into *error, never anything else; on 0 *error is left as it
 * was. Nothing is printed.
 */
#ifndef ACCORD_CLIENTS_LIB_ERROR_H
#define ACCORD_CLIENTS_LIB_ERROR_H

#include "core/outcome.h"

/* Numbers are exit codes of every program: documented, never reused. */
#define ACCORD_CODES(X)                                                                        \
        X(FAILED,        1, "failed")                                                          \
        X(USAGE,         2, "wrong usage")                                                     \
        X(NO_SUCH_THING, 3, "no such thing")                                                   \
        X(NOT_PERMITTED, 4, "not authenticated, or not permitted")                             \
        X(REFUSED,       5, "refused: the data breaks a rule; do not retry")                   \
        X(CONFLICT,      6, "conflict: same key, other content, or out of date")               \
        X(UNREACHABLE,   7, "the hub was not reached; nothing was sent; retry")                \
        X(IN_DOUBT,      8, "sent, no answer; the same bytes are sent again at the next try")  \
        X(INTEGRITY,     9, "integrity failure: what the hub says does not prove")             \
        X(PARTIAL,      10, "some were refused, the rest went through")

enum accord_code {
        ACCORD_DONE = 0,
#define X(name, number, says) ACCORD_##name = (number),
        ACCORD_CODES(X)
#undef X
};

#define ACCORD_ERROR_TEXT_MAX 511

struct accord_error {
        enum accord_code code;
        int cause;                      /* errno where the system said no, else 0 */
        unsigned int refusal;           /* enum refusal where the hub said no, else 0 */
        char text[ACCORD_ERROR_TEXT_MAX + 1];   /* one sentence: what, what to do; no line end */
};

/* The exit code that a refusal comes to; REFUSED for a number this version does not know. */
enum accord_code accord_code_of_refusal(unsigned int refusal);
const char *accord_code_says(enum accord_code code);    /* never NULL */

#endif
