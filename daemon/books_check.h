/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The books against their entries. Balances are a fold of the entries in JOURNAL, and these say
 * what the log says: so each is made again from the other, contract by contract.
 */
#ifndef ACCORD_DAEMON_BOOKS_CHECK_H
#define ACCORD_DAEMON_BOOKS_CHECK_H

#include <stdint.h>

#include "proto/arena.h"
#include "store/txn.h"
#include "store/verify.h"

struct books_found {
        uint64_t entries, accounts;     /* looked at; counts on */
        struct finding finding;         /* the first that does not hold */
};

/*
 * books_check_contract() - one contract's
 * @arena: of WIRE_ARENA_SIZE
 *
 * Of every entry: the log has it, of this contract, with this purpose and sum; its legs sum to
 * nothing; what posted or voided it and what took it back is in the log. Of every account: it is
 * what the entries come to, and there is no other. Returns: 0; -ENOENT when there is no contract of
 * that number; -EILSEQ with the finding; -errno.
 */
int books_check_contract(struct store_txn *txn, struct arena *arena, uint32_t contract_no,
                         struct books_found *found);

/* All of them in one snapshot, and that JOURNAL and BALANCE have no rows besides. As above. */
int books_check_all(struct store_txn *txn, struct arena *arena, verify_progress *progress,
                    void *with, struct books_found *found);

#endif
