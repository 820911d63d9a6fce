/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_CLIENTS_LEDGER_PROMETHEUS_H
#define ACCORD_CLIENTS_LEDGER_PROMETHEUS_H

#include <stdio.h>

struct json_object;

/* A document of accord.stat.v1 as the text that Prometheus reads. What is not in it is left out. */
void prometheus_print(FILE *to, struct json_object *stat);

#endif
