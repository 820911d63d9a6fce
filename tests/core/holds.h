/* SPDX-License-Identifier: Apache-2.0 */
/* What holds of a step's lines, whatever the terms and facts. */
#ifndef ACCORD_TESTS_CORE_HOLDS_H
#define ACCORD_TESTS_CORE_HOLDS_H

#include "core/lines.h"
#include "core/statement.h"

struct exact line_figure(const struct line *line);
/* The last line of that code in the step, or NULL. */
const struct line *line_in_step(const struct statement *s, uint16_t step, enum line_code code);
/* What is limited lies within the limits that the step says; NULL, or which it does not. */
const char *limits_broken(const struct statement *s, uint16_t step);

#endif
