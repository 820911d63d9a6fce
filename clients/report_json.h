/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Performance and cost reports as files: JSON of schema "accord.report.v1", or CSV with one figure
 * a row. Good rows are kept and bad ones told of, so that a caller can publish the one and return
 * the other.
 */
#ifndef ACCORD_CLIENTS_REPORT_JSON_H
#define ACCORD_CLIENTS_REPORT_JSON_H

#include "clients/json.h"
#include "core/message.h"
#include "core/terms.h"

#define REPORT_SCHEMA "accord.report.v1"
#define REPORT_FIGURES_MAX 100000

struct report {
        struct contract_id contract; /* empty: about the party, not a contract */
        enum side side;              /* who speaks, where the file says so; else 0 */
        struct fact_event *figures;
        size_t *lines; /* where each stands: line of the CSV, or place in the JSON from 1 */
        size_t count, room;
        size_t rejected; /* rows that are in the complaints instead */
};

void report_free(struct report *report);

/*
 * 0 when the file could be read, even if some of its rows were rejected (look at ret->rejected);
 * REFUSAL_MALFORMED when it is no such file at all; -ENOMEM. @ret is to be freed by report_free()
 * in any case.
 */
int report_from_json(struct bytes text, struct report *ret, struct complaints *to);
int report_from_csv(struct bytes text, struct report *ret, struct complaints *to);
/* By its first character: '{' is JSON. */
int report_from_text(struct bytes text, struct report *ret, struct complaints *to);

/* The header line that report_from_csv() expects, with its newline. */
const char *report_csv_header(void);

/*
 * An empty report for @terms: what settlement reads from @side, with "" where a figure belongs.
 * Whole contract, period @period. The JSON one also says what each figure is.
 */
int report_template_json(const struct terms *terms, struct period period, enum side side,
                         struct json_object **ret);
int report_template_csv(const struct terms *terms, struct period period, enum side side, FILE *to);

#endif
