/* SPDX-License-Identifier: Apache-2.0 */
/* Under the sanitizers a drawn case takes many times as long, and finds early what it finds. */
#ifndef ACCORD_TESTS_ROUNDS_H
#define ACCORD_TESTS_ROUNDS_H

#ifdef __SANITIZE_ADDRESS__
#define ROUNDS_OF(n) ((n) / 6)
#else
#define ROUNDS_OF(n) (n)
#endif

#endif
