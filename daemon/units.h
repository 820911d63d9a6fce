/* SPDX-License-Identifier: Apache-2.0 */
/* Figures as a person writes them in a configuration: 5s, 100ms, 2min, 64K, 1T. */
#ifndef ACCORD_DAEMON_UNITS_H
#define ACCORD_DAEMON_UNITS_H

#include <stdbool.h>
#include <stdint.h>

#define UNITS_TEXT_MAX 32

/* Each answers false, leaving *ret alone, for what is no such figure or does not fit. */
bool count_parse(const char *text, uint64_t *ret);
bool duration_parse(const char *text, uint64_t *ret_us); /* us ms s min h d; a unit must be there */
bool size_parse(const char *text, uint64_t *ret_bytes);         /* K M G T, by 1024; none: bytes */

/* In the largest unit that needs no fraction. */
void count_print(uint64_t count, char ret_text[UNITS_TEXT_MAX]);
void duration_print(uint64_t us, char ret_text[UNITS_TEXT_MAX]);
void size_print(uint64_t bytes, char ret_text[UNITS_TEXT_MAX]);

#endif
