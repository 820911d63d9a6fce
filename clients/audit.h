/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an auditor took along, in a directory of its own, and what it proves without the hub:
 *
 *   checkpoint   the hub's signed note over all leaves
 *   leaves       32 octets each, in the order of the log
 *   entries/N    those that were released: header of 24 octets and bytes, as the leaf is over them
 *   hub.pub      the hub's first keys, by its own word: to be compared
 *
 * The hub's records of its keys and epochs are among the entries.
 */
#ifndef ACCORD_CLIENTS_AUDIT_H
#define ACCORD_CLIENTS_AUDIT_H

#include "clients/verify.h"

/* own(audit) struct audit audit = { 0 }; */
struct audit {
        struct verify v;                /* without store and outbox */
        struct bundle bundle;           /* the entries; their leaves are those of the file */
        struct digest *leaves;          /* owned */
        uint64_t size;
        char *note;                     /* owned */
        size_t note_size;
        struct checkpoint checkpoint;   /* once it was opened */
        uint32_t epoch;
        bool is_key_given;              /* by --hub-key, not by the hub */
};

void audit_cleanup(struct audit *audit);

/* Reads a directory. Whatever can be read is; that it holds is for audit_check(). */
enum exit_code audit_load(struct call *call, const char *directory, struct audit *ret);
/* The hub's keys and epochs from its records, and the checkpoint by them. False: not so. */
bool audit_open(struct audit *audit);
/* Rows and the last line. @since: an older directory, or NULL. */
enum exit_code audit_check(struct audit *audit, struct audit *since);

/* The path from an entry to the checkpoint, from the leaves. */
void audit_path(struct audit *audit, uint64_t index, struct kept_entry *ret);

enum exit_code audit_fetch(struct call *call, const char *directory);

#endif
