/* SPDX-License-Identifier: Apache-2.0 */
/* The types a setting can be of: how each is read, and held within its bounds. */
#ifndef ACCORD_DAEMON_CONFIG_VALUE_H
#define ACCORD_DAEMON_CONFIG_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct value_bounds {
        uint64_t least, most;
};

/* Reads @text into @field; false with the reason, as the end of a sentence, in @ret_says. */
typedef bool value_set_fn(void *field, const struct value_bounds *bounds, const char *text,
                          char *ret_says, size_t size);

value_set_fn value_set_PATH;
value_set_fn value_set_ENDPOINT;
value_set_fn value_set_COUNT;
value_set_fn value_set_SIZE;
value_set_fn value_set_DURATION;
value_set_fn value_set_LEVEL;
value_set_fn value_set_TARGET;
value_set_fn value_set_USERS;
value_set_fn value_set_GROUPS;

/* "# 1 to 65536": a comment line for the types that have bounds. */
void value_print_bounds(FILE *out, const char *type, const struct value_bounds *bounds);

#endif
