/* SPDX-License-Identifier: Apache-2.0 */
/* Files that say what came: a remittance advice (X12 835), or a bank's CSV by a map. */
#ifndef ACCORD_CLIENTS_REMIT_READ_H
#define ACCORD_CLIENTS_REMIT_READ_H

#include "clients/era.h"
#include "clients/exit.h"
#include "clients/files.h"
#include "clients/remit-match.h"

/* own(remit_file) struct remit_file file = { 0 }; what is in @list points into the rest. */
struct remit_file {
        struct file text;
        struct era era;
        struct remit_line {
                struct remit_received received;
                const struct era_payment *advice;       /* NULL: of a bank's file */
                char memo[256], trace[64];
                char adjustments[160];  /* "LS lump sum -50.00; WO ..." */
                struct payment_part named[PAYMENT_PARTS_MAX];
        } *list;
        size_t count, room;
};

void remit_file_cleanup(struct remit_file *file);

/* @map: NULL for an advice. Says everything that is wrong. */
enum exit_code remit_file_read(const char *path, const char *map, struct remit_file *ret);

#endif
