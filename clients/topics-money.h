/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_CLIENTS_TOPICS_MONEY_H
#define ACCORD_CLIENTS_TOPICS_MONEY_H

#include <stdio.h>

void print_payments(FILE *to);
void print_remittance(FILE *to);
void print_importing(FILE *to);

#endif
