/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Members found again in any order of arrival: an entry for each member and category, in the
 * caller's memory, MEMBERS_TABLE_EACH octets for each. Entries lie one behind the other in the
 * order in which they came; slots, two for each entry there is room for, find a member's first, and
 * its other categories hang on that.
 *
 * Pseudonyms come from parties, so places are drawn with a secret seed: nobody can choose members
 * that fall on one another. No result depends on the seed.
 */
#ifndef ACCORD_CORE_MEMBERS_TABLE_H
#define ACCORD_CORE_MEMBERS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/member_rows.h"

struct member_entry {
        uint8_t member[PSEUDONYM_SIZE];
        uint64_t months;        /* bit i: month i of the period */
        int64_t paid;
        uint64_t risk;
        uint32_t next;          /* the member's next category, as place + 1; 0: none */
        uint8_t category;
        bool first;             /* the one a slot leads to */
        bool left_out;          /* too few months: for who walks the entries */
};

struct member_slot {
        uint32_t tag;
        uint32_t entry;         /* place + 1; 0: free */
};

#define MEMBERS_TABLE_EACH (sizeof(struct member_entry) + 2 * sizeof(struct member_slot))

struct members_table {
        struct member_entry *entries;
        struct member_slot *slots;
        uint32_t count, room;
        uint64_t seed[2];
};

/* In the caller's memory, aligned for any type. */
void members_table_begin(struct members_table *ret, void *memory, size_t size,
                         const uint64_t seed[2]);

/* Into other memory, with room for what is in it at least. The old is not needed any more. */
void members_table_move(struct members_table *table, void *memory, size_t size);

/*
 * Where a member will be looked for, in a table that has room for one at all. Memory that is asked
 * for early enough need not be waited for: the slot, and once that is there the entry.
 */
uint64_t members_table_place(const struct members_table *table, const uint8_t *member);
void members_table_fetch_slot(const struct members_table *table, uint64_t place);
void members_table_fetch_entry(const struct members_table *table, uint64_t place);

/* The entry of a member and category, made where there is none; NULL when there is no room. */
struct member_entry *members_table_entry(struct members_table *table, const uint8_t *member,
                                         uint64_t place, uint8_t category);

#endif
