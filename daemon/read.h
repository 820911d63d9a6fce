/* SPDX-License-Identifier: Apache-2.0 */
/* Looking at a hub beside its batches, from any thread; each call reads one snapshot. */
#ifndef ACCORD_DAEMON_READ_H
#define ACCORD_DAEMON_READ_H

#include "core/message.h"
#include "daemon/tally.h"

struct hub;

struct hub_stat {
        uint64_t entries;
        struct sha256 root;
        instant last_time;
        uint64_t submissions, refusals, evidence, facts;
        uint64_t runs, runs_pending, statements, journal_entries;
        uint64_t signals, parties, nodes, nodes_revoked, contracts, streams, due_pending;
        int64_t debits_pending, credits_pending;        /* cents, over all books: equal */
        struct tally open;                              /* of what is open, daemon/tally.h */
        uint64_t payments_due;                          /* moments at which one is overdue */
        uint64_t blocks, erasures, blocks_bytes;        /* said; erased; on disk */
        uint64_t map_size, used_bytes, quota, free_pages;
        uint32_t readers;
};

int hub_read_stat(const struct hub *hub, struct hub_stat *ret);

/* In order of admission. A visitor's answer other than 0 ends the walk. */
int hub_visit_parties(const struct hub *hub, int (*visit)(void *with, const struct party_row *row),
                      void *with);
int hub_visit_nodes(const struct hub *hub, int (*visit)(void *with, const struct node_row *row),
                    void *with);

/* Visits log entries from @first to the last. The bytes are valid during the visit. */
struct log_row {
        uint64_t index;
        instant time;
        enum entry_kind kind;
        struct sha256 leaf;
        struct bytes bytes;
};
int hub_visit_log(const struct hub *hub, uint64_t first,
                  int (*visit)(void *with, const struct log_row *row), void *with);

#endif
