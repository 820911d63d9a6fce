/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How somebody's own CSV is to be read: which of its columns is what, and how it writes days and
 * money. accord-map(5) is its manual.
 *
 *      [file]
 *      kind = enrolment                bank, claims, enrolment, measures
 *      delimiter = comma               semicolon, tab, pipe
 *      date = MM/DD/YYYY               YYYY, MM, DD with anything between; M and D: one digit too
 *      money = 1,234.56                1234.56; 1.234,56; cents
 *      month-rule = fifteenth          first, fifteenth, any: enrolled on which day of a month?
 *      state = blocks, member_months   what is stated of it
 *      [columns]
 *      member = Member ID              ours = theirs
 *      [category], [measure]
 *      Aged Non-Dual = aged            theirs = ours
 */
#ifndef ACCORD_CLIENTS_CSV_MAP_H
#define ACCORD_CLIENTS_CSV_MAP_H

#include "clients/csv_rows.h"
#include "clients/exit.h"
#include "core/date.h"
#include "core/ident.h"
#include "core/limits.h"

enum csv_kind { CSV_BANK = 1, CSV_CLAIMS, CSV_ENROLMENT, CSV_MEASURES };
enum month_rule { MONTH_FIRST = 1, MONTH_FIFTEENTH, MONTH_ANY };
enum money_form { MONEY_PLAIN = 1, MONEY_COMMAS, MONEY_POINTS, MONEY_CENTS };

#define MAP_STATES(X)                   \
        X(BLOCKS, "blocks")             \
        X(MEMBER_MONTHS, "member_months") \
        X(HEAD_COUNT, "head_count")     \
        X(EXPENDITURE, "expenditure")

enum map_state_place {
#define X(code, name) STATE_##code##_PLACE,
        MAP_STATES(X)
#undef X
};

enum map_state {                        /* bits */
#define X(code, name) STATE_##code = 1 << STATE_##code##_PLACE,
        MAP_STATES(X)
#undef X
};

/* Our names of columns; which of them a kind has, and needs, is a table of csv-map.c. */
#define MAP_COLUMNS(X)                                                                     \
        X(MEMBER, "member") X(FROM, "from") X(THROUGH, "through") X(MONTH, "month")        \
        X(DAY, "day") X(AMOUNT, "amount") X(CATEGORY, "category") X(RISK, "risk")          \
        X(MEASURE, "measure") X(NUMERATOR, "numerator") X(DENOMINATOR, "denominator")      \
        X(TRACE, "trace") X(MEMO, "memo")

enum map_column {
#define X(code, name) MAP_##code,
        MAP_COLUMNS(X)
#undef X
        MAP_COLUMN_COUNT
};

#define MAP_TEXT_MAX 64
#define MAP_VALUES_MAX 256

struct map_value {
        char theirs[MAP_TEXT_MAX + 1];
        struct item ours;
};

struct map_values {
        size_t count;
        struct map_value list[MAP_VALUES_MAX];
};

struct csv_map {
        enum csv_kind kind;
        char delimiter;
        char date[24];
        enum money_form money;
        enum month_rule rule;           /* 0: not said */
        unsigned int states;            /* STATE_ bits; 0: not said */
        char columns[MAP_COLUMN_COUNT][MAP_TEXT_MAX + 1];       /* theirs; empty: none */
        struct map_values categories, measures;
};

/* Else says all that is wrong. @kinds: a bit for each kind that will do, 1 << CSV_BANK. */
enum exit_code csv_map_read(const char *path, unsigned int kinds, struct csv_map *ret);

const char *map_column_name(enum map_column column);

/* True when the header has every column that the map names; complains of each that it lacks. */
bool csv_map_fits(const struct csv_map *map, const struct csv_row *header, struct complaints *to);

/* What stands in the row for it; empty where the map names none. */
struct bytes csv_map_field(const struct csv_map *map, const struct csv_row *row,
                           enum map_column column);

/* Each answers NULL, or what is wrong as a static sentence. */
const char *csv_map_day(const struct csv_map *map, struct bytes text, date *ret);
const char *csv_map_money(const struct csv_map *map, struct bytes text, int64_t *ret_cents);
/* A word that stands for theirs, or theirs in small letters where that is a word. */
const char *csv_map_word(const struct map_values *values, struct bytes text, struct item *ret);

#endif
