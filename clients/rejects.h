/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The file of --rejects: one CSV row for each thing that was refused, here or by the hub, with
 * the row as it stood, so that it can be repaired and published again.
 */
#ifndef ACCORD_CLIENTS_REJECTS_H
#define ACCORD_CLIENTS_REJECTS_H

#include <stdio.h>

#include "core/message.h"
#include "clients/csv_rows.h"
#include "clients/complaint.h"
#include "clients/exit.h"

struct rejects {
        FILE *file;             /* NULL: not asked for */
        const char *path;
        struct bytes text;      /* of the file that was read: rows are quoted from it */
        size_t count;
};

/* Makes the file; one that is there is left alone. @path NULL: rows are only counted. */
enum exit_code rejects_open(struct rejects *rejects, const char *path, struct bytes text);
void rejects_complaints(struct rejects *rejects, const struct complaints *complaints);
void rejects_fault(struct rejects *rejects, uint64_t line, const struct wire_fault *fault);
/* Of files that are read as they come: the row as it was read, or only its line. */
void rejects_row(struct rejects *rejects, const struct csv_row *row, const char *column,
                 const char *says);
void rejects_line(struct rejects *rejects, uint64_t line, const char *column, const char *says);
enum exit_code rejects_close(struct rejects *rejects);

#endif
