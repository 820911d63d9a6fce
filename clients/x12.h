/* SPDX-License-Identifier: Apache-2.0 */
/*
 * X12 as it lies in a file: segments of elements of components. The first segment, ISA, has fixed
 * width and says by which characters the rest is cut; another ISA may cut differently. Elements
 * are spans into the text, which the caller keeps; nothing is copied, nothing grows.
 */
#ifndef ACCORD_CLIENTS_X12_H
#define ACCORD_CLIENTS_X12_H

#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"
#include "core/date.h"

#define X12_ELEMENTS_MAX 64
#define X12_SEGMENTS_MAX 10000000u

struct x12 {
        struct bytes left;
        char element, component, end;
        size_t number;                  /* of the segment read last, from 1 */
        const char *fault;              /* what ended the reading too early; NULL: nothing */
};

struct x12_segment {
        struct bytes id;                /* "BPR" */
        size_t number;                  /* in the file, from 1 */
        size_t count;
        struct bytes elements[X12_ELEMENTS_MAX];
};

/* Does it begin as X12 does? Blanks and line ends in front do not count. */
bool x12_looks(struct bytes text);

void x12_open(struct bytes text, struct x12 *ret);
/* False at the end, and where it is no X12: @x12->fault. */
bool x12_next(struct x12 *x12, struct x12_segment *ret);

bool x12_is(const struct x12_segment *segment, const char *id);
/* From 1; empty where there is none. */
struct bytes x12_element(const struct x12_segment *segment, size_t number);
struct bytes x12_component(const struct x12 *x12, struct bytes element, size_t number);

/* "1234.5", "-.05", "12": at most two decimals that count. */
bool x12_money(struct bytes text, int64_t *ret_cents);
bool x12_day(struct bytes text, date *ret);     /* CCYYMMDD */
bool x12_count(struct bytes text, uint64_t *ret);

#endif
