/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a run reads: terms and facts as they stood at its cut, and nothing else. For whoever settles
 * by them once, or again and again with something changed.
 */
#ifndef ACCORD_DAEMON_SOURCES_H
#define ACCORD_DAEMON_SOURCES_H

#include "daemon/compute.h"
#include "daemon/matching.h"
#include "daemon/members.h"

/* A value: own(sources) struct sources sources = { .terms = NULL }; */
struct sources {
        struct view_terms view;         /* of the terms */
        struct terms *terms;
        struct matching matching;       /* of its facts */
        struct carried carried[CARRIED_PER_STATEMENT_MAX];
        size_t carried_count;
        bool carries_relayed;           /* what is carried was a forecast */
};

void sources_cleanup(struct sources *sources);

/*
 * sources_load() - by that version of the terms, whether or not it holds
 * @arena: to decode in; nothing in @to lies there
 */
int sources_load(const struct reading *by, const struct run *run, uint32_t contract_no,
                 uint32_t version, struct arena *arena, struct sources *to);

/* The terms' own bytes are in the log, inside the offer, as they were offered. */
int sources_terms(struct store_txn *txn, const struct view_terms *view, struct arena *arena,
                  struct terms *ret);

/* What it reads by one version of what is in dispute. A value: { .facts = NULL }. */
struct version {
        struct fact *facts;
        size_t count;
        struct members_work members;
        const struct members_work *rows;        /* its own, or those of another version */
};

void version_cleanup(struct version *version);

/*
 * sources_choose() - @side's version, SIDE_NEITHER: that of record
 * @of_record: a version whose rows of members may serve for this one; NULL: none
 *
 * Returns: 0; -ENOKEY, -ENODATA as hub_compute(); -errno.
 */
int sources_choose(const struct reading *by, const struct run *run, uint32_t contract_no,
                   const struct sources *from, enum side side, const struct version *of_record,
                   struct version *ret);

struct settle_inputs sources_inputs(const struct sources *from, const struct version *version);

#endif
