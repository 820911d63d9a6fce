/* SPDX-License-Identifier: Apache-2.0 */
/* A figure of a kind as contracts have it: of the size that is usual. */
#ifndef ACCORD_TESTS_CORE_USUAL_H
#define ACCORD_TESTS_CORE_USUAL_H

#include "core/fact.h"

/* @below: draws 0 .. its argument - 1 */
struct value usual_value(const struct fact_kind_info *info, uint64_t (*below)(uint64_t));

#endif
