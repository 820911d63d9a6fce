/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_STORE_FINDING_H
#define ACCORD_STORE_FINDING_H

#include "store/verify.h"

void finding_clear(struct finding *finding);

/* Cut off where it is too long. Returns: -EILSEQ. */
int finding_say(struct finding *finding, enum table table, uint64_t index, const char *format, ...)
        __attribute__((format(printf, 4, 5)));

#endif
