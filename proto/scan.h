/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The strict scan: are these bytes exactly one message of this layout, within every limit? Nothing
 * is allocated, and after it nothing can be refused but what fill() cannot hold.
 */
#ifndef ACCORD_PROTO_SCAN_H
#define ACCORD_PROTO_SCAN_H

#include "core/outcome.h"
#include "proto/layout.h"

enum unknown_fields { UNKNOWN_REFUSED, UNKNOWN_SKIPPED };

/*
 * scan() - judge a message by its bytes
 *
 * Refuses: fields the layout has not (unless they are to be skipped), other wire types than the
 * schema's, a singular field that stands twice, two members of a oneof or none, missing required
 * fields, a part of fields that go together, unknown numbers of enums, varints that are over-long
 * or too large for their type, strings that are not UTF-8 or have control characters, names that
 * are not well formed, sizes and counts beyond their limits, and whatever is left over.
 *
 * Returns 0, or REFUSAL_MALFORMED, or REFUSAL_OVERSIZE, with all of *ret_fault set. Its field is
 * static text: names of fields from the message down, "fact.rate.den". Within an event, the path
 * begins there and the event is counted.
 */
int scan(const struct layout *layout, struct bytes from, enum unknown_fields unknown,
         struct fault *ret_fault);

/* The whole message is too large: for the readers, before they scan. */
int scan_size(struct bytes from, size_t most, struct fault *ret_fault);

/*
 * Field 1 of @from, before the scan: a newer format must not look like a broken one. Returns 0,
 * also when there is no telling, or REFUSAL_WRONG_FORMAT.
 */
int scan_format(struct bytes from, struct fault *ret_fault);

#endif
