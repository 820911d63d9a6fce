/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paths of fields, as static text: a refusal outlives the message that it is about, and there are
 * only as many paths as the protocol has fields, so each is kept once and for ever.
 */
#ifndef ACCORD_PROTO_PATH_H
#define ACCORD_PROTO_PATH_H

#include <stddef.h>

/* @trail joined by dots. Never NULL; the last name alone when there is no room left. */
const char *path_of(const char *const *trail, size_t depth);

#endif
