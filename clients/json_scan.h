/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The strictness that json-c lacks, as a pass of its own over the bytes: grammar, UTF-8, depth,
 * keys twice, numbers that are not whole. It knows lines and columns; the tree is json-c's.
 */
#ifndef ACCORD_CLIENTS_JSON_SCAN_H
#define ACCORD_CLIENTS_JSON_SCAN_H

#include "clients/complaint.h"
#include "core/bytes.h"

/* 0; REFUSAL_MALFORMED, having complained of the first thing that is wrong; -ENOMEM. */
int json_scan(struct bytes text, struct complaints *to);

#endif
