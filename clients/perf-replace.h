/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_CLIENTS_PERF_REPLACE_H
#define ACCORD_CLIENTS_PERF_REPLACE_H

#include "clients/reach.h"
#include "clients/report_json.h"

/*
 * perf_replace() - make a report that can be published over what this side has stated
 *
 * @relayed: where it is said for an absent party, whose figures are then meant
 *
 * A figure that stands already with the same value is taken out and counted in *ret_same; one with
 * another value names the entry it replaces. What names one itself is left alone.
 */
enum exit_code perf_replace(struct call *call, struct reach *reach, struct report *report,
                            const struct relayed *relayed, size_t *ret_same);

#endif
