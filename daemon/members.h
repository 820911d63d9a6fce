/* SPDX-License-Identifier: Apache-2.0 */
/* What a settlement takes from member-level rows: the blocks of a run, folded by its terms. */
#ifndef ACCORD_DAEMON_MEMBERS_H
#define ACCORD_DAEMON_MEMBERS_H

#include "core/members_fold.h"
#include "daemon/compute.h"

/* What a query asks for holds up the intake: with more rows than these it is not calculated. */
#define QUERY_ROWS_MAX 100000u

/* A value: own(members_work) struct members_work work = { 0 }; */
struct members_work {
        bool is;                        /* there are rows, and @members is set */
        const char *lacks;              /* else why not, static; NULL: there simply are none */
        struct members members;
        struct member_figures *figures;
};

void members_work_cleanup(struct members_work *work);

/*
 * members_gather() - the blocks of record for the run's period, as of its cut, folded
 * @inputs: the facts of the run
 *
 * The side of record is that of member months. What the terms do not ask for is not looked for.
 *
 * Returns: 0; -ENOKEY when blocks were erased since the cut; -ENODATA when the hub has lost one,
 * and -EILSEQ when one is damaged, where a query is no error but lacks it; -errno.
 */
int members_gather(const struct reading *by, const struct terms *terms, const struct run *run,
                   uint32_t contract_no, const struct settle_inputs *inputs,
                   struct members_work *ret);

#endif
