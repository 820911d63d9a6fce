/* SPDX-License-Identifier: Apache-2.0 */
/* Inside import.c: one row, by the kind of its file. */
#ifndef ACCORD_CLIENTS_IMPORT_ROW_H
#define ACCORD_CLIENTS_IMPORT_ROW_H

#include "clients/import.h"

/* What a row was taken for. */
enum row_fate { ROW_TAKEN, ROW_REJECTED, ROW_OUTSIDE };

/* Each answers 0 or -errno, and what became of the row. */
int import_claim(struct import *import, const struct csv_row *row, enum row_fate *ret);
int import_enrolment(struct import *import, const struct csv_row *row, enum row_fate *ret);
int import_measure(struct import *import, const struct csv_row *row, enum row_fate *ret);

#endif
