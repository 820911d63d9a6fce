/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Assertions are for our own mistakes and are always compiled in: a ledger that
 * goes on after a broken invariant is worse than one that stops.
 */
#ifndef ACCORD_CORE_CHECK_H
#define ACCORD_CORE_CHECK_H

#ifdef NDEBUG
#error "accord is never built without its assertions"
#endif

#include <assert.h>

#endif
