/* SPDX-License-Identifier: Apache-2.0 */
/* One figure of a report as texts, and what becomes of it. Shared by the JSON and the CSV form. */
#ifndef ACCORD_CLIENTS_REPORT_FIGURE_H
#define ACCORD_CLIENTS_REPORT_FIGURE_H

#include "clients/report_json.h"

struct figure_text {
        struct bytes kind, item, segment, from, through, paid_through, value, supersedes;
};

/*
 * 0, or REFUSAL_BAD_VALUE after complaining of everything that is wrong with the figure, each with
 * the name of its column behind @where; @line may be 0.
 */
int figure_read(const struct figure_text *text, struct fact_event *ret, size_t line,
                const char *where, struct complaints *to);

/* 0 or -ENOMEM. */
int report_add(struct report *report, const struct fact_event *figure, size_t line);

#endif
