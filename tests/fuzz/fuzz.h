/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A fuzz target: libFuzzer's own entry, and the seeds it begins with. Built with -Dfuzz=true,
 * libFuzzer drives it for as long as one likes; as a test drive.c does, for a bounded time.
 */
#ifndef ACCORD_TESTS_FUZZ_FUZZ_H
#define ACCORD_TESTS_FUZZ_FUZZ_H

#include "tests/proto/samples.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef void fuzz_seed_fn(void *context, struct bytes seed);
void fuzz_seeds(fuzz_seed_fn *take, void *context);

#endif
