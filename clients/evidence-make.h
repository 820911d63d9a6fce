/* SPDX-License-Identifier: Apache-2.0 */
/* Evidence from what a node keeps, from what an auditor took along, from files of checkpoints. */
#ifndef ACCORD_CLIENTS_EVIDENCE_MAKE_H
#define ACCORD_CLIENTS_EVIDENCE_MAKE_H

#include "clients/audit.h"
#include "clients/evidence.h"
#include "clients/files.h"

/* own(making) struct making making = { .call = call }; what its evidence points to is its own. */
struct making {
        struct call *call;
        struct evidence evidence;
        struct reach reach;
        struct accord_proofs *proofs;   /* the node's; NULL: not opened */
        struct audit audit;             /* by --audit */
        struct bundle bundle;
        struct file files[2];
};

void making_cleanup(struct making *making);

/* The evidence that a contradiction can be made into; 0: of none. */
enum evidence_kind evidence_kind_of(enum accord_contradiction_kind kind);

/* Each says why not. The first word: which contradiction, run, index. */
enum exit_code make_of_store(struct making *making, const char *number);
enum exit_code make_of_statement(struct making *making, const char *run);
enum exit_code make_of_equivocation(struct making *making, const char *index);
enum exit_code make_of_receipt(struct making *making, const char *index);
enum exit_code make_of_checkpoints(struct making *making, const char *one, const char *other);

#endif
