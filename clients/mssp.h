/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One row of the published results of the Medicare Shared Savings Program: which template, which
 * facts, what was paid. Amounts are whole dollars there; a row is one accountable care organisation
 * and year.
 */
#ifndef ACCORD_CLIENTS_MSSP_H
#define ACCORD_CLIENTS_MSSP_H

#include "clients/complaint.h"
#include "clients/csv_rows.h"
#include "core/statement.h"

#define MSSP_FACTS_MAX 16

struct mssp_case {
        char case_id[64];
        const char *template_name; /* static: "mssp-basic-e" */
        int year, starts;          /* of performance; in which the agreement began */
        bool two_sided, half, second_half;
        struct bytes msr; /* percent, as published; spans the row */
        struct run run;
        size_t fact_count;
        struct fact facts[MSSP_FACTS_MAX];
        bool has_quality, advance;
        struct rate quality_step; /* half a unit of the score's last published digit */
        bool has_published;
        int64_t published; /* cents */
};

/* 0, or REFUSAL_BAD_VALUE having complained of every column that is wrong. */
int mssp_read(const struct csv_row *row, struct mssp_case *ret, struct complaints *to);

/*
 * Terms of the row's template; @elected: with the published rate as a flat one, instead of by size.
 * 0, a refusal having complained, or -errno.
 */
int mssp_terms(const struct mssp_case *one, bool elected, struct terms *ret, struct complaints *to);

/*
 * Is the minimum savings rate that the statement shows the published one, as far as its digits go?
 */
bool mssp_same_rate(const struct mssp_case *one, const struct statement *statement);

/* NULL when the row has no such fact. */
struct fact *mssp_fact(struct mssp_case *one, enum fact_kind kind);

#endif
