/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A side's own settlement of a period: what its own system came to, to be held against the hub's
 * run. From options, or from a file:
 *
 *   {"schema": "accord.figure.v1", "contract": "medicare/aco/mssp",
 *    "period": {"from": "2025-01-01", "through": "2025-12-31"}, "earned": "5880000.00",
 *    "payable": "5880000.00", "terms_version": 1,
 *    "lines": [{"line": "savings", "value": "12000000.00"},
 *              {"line": "benchmark", "item": "aged", "value": "1000.00"}]}
 *
 * or one of accord.statement.v1 or accord.trace.v1, as accord settle preview writes it.
 */
#ifndef ACCORD_CLIENTS_OWN_FIGURE_H
#define ACCORD_CLIENTS_OWN_FIGURE_H

#include "clients/verb.h"
#include "core/dispute.h"
#include "core/ident.h"

struct own_figure {
        struct contract_id contract;
        struct figure figure;                   /* its lines are @lines */
        struct figure_line *lines;              /* owned */
};

void own_figure_cleanup(struct own_figure *figure);

/* Says everything that is wrong. @ret is the caller's in any case. */
enum exit_code own_figure_read(const char *path, struct own_figure *ret);
/* Of the CONTRACT that is the first word: by --period, --earned, --payable, --line and so on. */
enum exit_code own_figure_take(const struct call *call, struct own_figure *ret);

#endif
