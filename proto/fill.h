/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes that passed the scan become a struct. */
#ifndef ACCORD_PROTO_FILL_H
#define ACCORD_PROTO_FILL_H

#include "proto/arena.h"
#include "proto/layout.h"
#include "proto/scan.h"

/*
 * fill() - decode a message
 * @from:       passed scan() with this layout; spans in *ret_struct point into it
 * @arena:      for rows and what is held by pointer; NULL when the layout has none
 * @ret_struct: zeroed, but for what is known already; the layout's struct
 *
 * Returns 0, or -ENOMEM when the arena is full.
 */
int fill(const struct layout *layout, struct bytes from, struct arena *arena, void *ret_struct);

/* What every reader does: size, scan, message. Returns what scan() and fill() do. */
int fill_checked(const struct layout *layout, struct bytes from, size_t most,
                 enum unknown_fields unknown, struct arena *arena, void *ret_struct,
                 struct fault *ret_fault);

#endif
