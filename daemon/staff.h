/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What somebody at the hub reads of a party's, and that the party can see it.
 *
 * Two rights on the hub's own machine. An operator runs the hub and reads nothing of what parties
 * said. An auditor reads, and runs nothing; each reading is an entry of the log, told to whom it
 * concerns, and what was read is given out only when that entry is committed. A hub that can take
 * nothing shows nothing.
 *
 * What is read is what daemon/released.h calls a contract's or a party's own. With a contract come
 * the admissions and new keys of its sides' nodes, so that what they signed can be checked. Asked
 * for neither, the answer is what everybody may see (genesis, keys of the hub, epochs), which is no
 * reading.
 */
#ifndef ACCORD_DAEMON_STAFF_H
#define ACCORD_DAEMON_STAFF_H

#include "core/message.h"
#include "proto/arena.h"

#define STAFF_ENTRIES_MAX 256u          /* of one answer */

#define STAFF_BIT(right) (1u << (right))

struct hub;

/* What a reading found: which entries, to be fetched when it is committed. */
struct staff_reading {
        bool has_entry;                 /* it showed something of somebody's */
        uint64_t entry;                 /* that says so */
        uint64_t indices[STAFF_ENTRIES_MAX];
        uint32_t count;
        bool has_next;
        uint64_t next;                  /* index to go on at */
};

/*
 * hub_read() - in a batch: find what is asked for, and say who read it
 *
 * Looks at a bounded number of entries. Where none is shown nothing was read, and none is made.
 * Returns: 0; a refusal with *ret_says (NO_SUCH_THING, BAD_VALUE); -errno: the batch is spoilt.
 */
int hub_read(struct hub *hub, const struct control_read *read, uint32_t uid,
             enum staff_right right, struct staff_reading *ret, const char **ret_says);

/*
 * hub_show() - after the commit: the answer with the entries, the leaf and bytes of each
 *
 * Returns: 0; -EILSEQ when one does not prove; -ENOBUFS; -errno.
 */
int hub_show(const struct hub *hub, const struct staff_reading *reading,
             struct control_answer *answer, struct sink *sink);

/* Leaf hashes from @from on, at most @most (0: as many as fit), and the checkpoint over them. */
int hub_show_leaves(const struct hub *hub, uint64_t from, uint32_t most,
                    struct control_answer *answer, struct sink *sink);

#endif
