/* SPDX-License-Identifier: Apache-2.0 */
/* How libaccord fills in a struct accord_error. Inside the library only. */
#ifndef ACCORD_CLIENTS_LIB_FAIL_H
#define ACCORD_CLIENTS_LIB_FAIL_H

#include "clients/lib/error.h"
#include "core/message.h"

/* Returns @code, which it puts into *error with the sentence; @error may be NULL. */
int fail_with(struct accord_error *error, enum accord_code code, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/* The system said -errno @r: the sentence, a colon and the system's own. Returns FAILED. */
int fail_errno(struct accord_error *error, int r, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/* The hub said no. Returns what accord_code_of_refusal() makes of it. */
int fail_refused(struct accord_error *error, const struct wire_fault *fault, const char *what);

#endif
