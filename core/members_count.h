/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of core/members_fold.h: rows end in members, members in sums. */
#ifndef ACCORD_CORE_MEMBERS_COUNT_H
#define ACCORD_CORE_MEMBERS_COUNT_H

#include "core/members_fold.h"

/*
 * In order: the member at hand is complete, or there is none.
 * False when there is no room for its values; then nothing was counted.
 */
bool members_end_member(struct members_fold *fold);

#endif
