/* SPDX-License-Identifier: Apache-2.0 */
/* A moment, and a digest: the two marks that everything in the log carries. */
#ifndef ACCORD_CORE_MOMENT_H
#define ACCORD_CORE_MOMENT_H

#include <stdint.h>

/* Microseconds since 1970-01-01T00:00:00Z. */
typedef int64_t instant;

struct sha256 {
        uint8_t octets[32];
};

#endif
