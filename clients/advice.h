/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_CLIENTS_ADVICE_H
#define ACCORD_CLIENTS_ADVICE_H

#include "core/message.h"

/* What somebody can do about a refusal; "" for one this version does not know. */
const char *advice_for(unsigned int refusal);

/*
 * Says on standard error all that is wrong, each with its place; @tags: the row of each event, or
 * NULL.
 */
void advise(const struct wire_fault *faults, uint32_t count, uint32_t more, const uint64_t *tags);

#endif
