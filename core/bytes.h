/* SPDX-License-Identifier: Apache-2.0 */
/* A span: somebody else's bytes. Never owned, never freed through it, may be empty (NULL, 0). */
#ifndef ACCORD_CORE_BYTES_H
#define ACCORD_CORE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct bytes {
        const void *data;
        size_t size;
};

#define BYTES_OF(array) ((struct bytes) { (array), sizeof(array) })

static inline bool bytes_equal(struct bytes a, struct bytes b)
{
        return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* Words that differ do so at their first letter, mostly: no call is made to find that out. */
static inline bool word_equal(const char *a, const char *b)
{
        return a[0] == b[0] && strcmp(a, b) == 0;
}

#endif
