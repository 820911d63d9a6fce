/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bounded text put together piece by piece; what does not fit is cut.
 * For reasons, where there is no printf.
 */
#ifndef ACCORD_CORE_SENTENCE_H
#define ACCORD_CORE_SENTENCE_H

#include "core/date.h"
#include "core/terms.h"

void sentence_begin(struct text *text);
void sentence_add(struct text *text, const char *words);
void sentence_add_number(struct text *text, uint64_t number);
/* "1,234.56", "-0.07": dollars and cents. */
void sentence_add_cents(struct text *text, int64_t cents);
void sentence_add_date(struct text *text, date day);
/* "2024-01-01 to 2024-12-31": both days are part of it. */
void sentence_add_period(struct text *text, struct period period);

#endif
