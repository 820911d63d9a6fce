/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A site's own extract, read by a map, on its way to member-months, blocks, totals and facts. Rows
 * are read as they come; what is kept is small and of fixed size: 40 octets for a member and month
 * of claims, 40 for a span of enrolment, whatever else the rows hold. Members become pseudonyms at
 * once.
 */
#ifndef ACCORD_CLIENTS_IMPORT_H
#define ACCORD_CLIENTS_IMPORT_H

#include "clients/csv-map.h"
#include "clients/member_table.h"
#include "clients/rejects.h"

#define IMPORT_MONTHS_MAX 64            /* of one period */
#define IMPORT_ROWS_MAX ((size_t)64 << 20)

/* What the file came to: for a person to hold against the source. */
struct import_totals {
        uint64_t rows;                  /* without the header */
        uint64_t rejected;
        uint64_t outside;               /* rows of other days than the period's: left out */
        uint64_t duplicates;            /* rows alike in all that is read of them */
        uint64_t merged;                /* member-months, or measures, that several rows say */
        uint64_t members;
        uint64_t member_months;
        int64_t cents;                  /* of all rows that were taken */
        int64_t rejected_cents;         /* of those that were not, as far as they could be read */
};

struct import_span {                    /* of enrolment */
        uint8_t member[PSEUDONYM_SIZE];
        uint64_t months;                /* bits, from the period's first month */
        uint32_t risk, line;
        uint8_t category;
};

struct import_measure {
        struct item key;
        int64_t numerator, denominator;
        uint64_t rows;
};

/* own(import) struct import import = { 0 }; then map, key, period, rejects, rows. */
struct import {
        const struct csv_map *map;
        const struct member_key *key;   /* NULL: measures, which name no member */
        struct period period;
        struct rejects *rejects;
        bool rows;                      /* rows of members are wanted, not their totals alone */
        struct import_totals totals;
        int month_count;                /* of the period */
        date firsts[IMPORT_MONTHS_MAX + 1];     /* days of its months, and of the one behind */
        struct member_table table;      /* by member and month, each once; where rows are wanted */
        struct import_span *spans;
        size_t span_count, span_room;
        struct import_measure *measures;
        size_t measure_count;
        struct { char number[64]; size_t size; uint8_t member[PSEUDONYM_SIZE]; } last;
};

void import_cleanup(struct import *import);

/*
 * import_read() - the whole file
 *
 * Each row that is refused is told to @rejects and left out. Returns: 0; REFUSAL_MALFORMED when it
 * is no such file, having complained; -E2BIG; -ENOMEM; -errno.
 */
int import_read(struct import *import, int fd, struct complaints *to);

#endif
