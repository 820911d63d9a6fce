/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Members found again in any order of arrival: an entry for each member and category, in the
 * caller's memory. A row waits for memory once: one octet for each place says which places to look
 * at, and these lie close together; of the entries only the right one is touched, and asked for
 * some rows ahead.
 *
 * Pseudonyms come from parties, so places are drawn with a secret seed: nobody can choose members
 * that fall on one another. No result depends on the seed.
 */
#ifndef ACCORD_CORE_MEMBERS_TABLE_H
#define ACCORD_CORE_MEMBERS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/exact.h"
#include "core/member_rows.h"

/* Of one member in one category, or in all. */
struct member_part {
        uint64_t months;        /* bit i: month i of the period */
        int64_t paid;
        uint64_t risk;
};

struct member_entry {
        uint8_t member[PSEUDONYM_SIZE];
        struct member_part part;
        uint8_t category;
        bool kin;               /* the member has other entries */
        uint8_t state;          /* for who walks the entries */
};

/* Octets for @n members and categories: of five places four are taken. About 61 for each. */
#define MEMBERS_TABLE_SIZE(n) (((size_t)(n) * 5 / 4 + 2) * (sizeof(struct member_entry) + 1))

struct members_table {
        struct member_entry *entries;
        uint8_t *tags;          /* of each place, 0: free */
        uint32_t places, count, most;
        uint64_t seed[2];
};

/* In the caller's memory, aligned for any type. */
void members_table_begin(struct members_table *ret, void *memory, size_t size,
                         const uint64_t seed[2]);

/* Into other memory, with room for what is in it at least. The old is read, and then not needed. */
void members_table_move(struct members_table *table, void *memory, size_t size);

/*
 * Finding a member takes three steps, each of them for many members before the next, so that the
 * memory that a step asks for is there when the next one reads it:
 *      members_table_draw()            and members_table_fetch_tags()
 *      members_table_begin_at()        and members_table_fetch_entry()
 *      members_table_entry()           finds it though others were made meanwhile
 */
static inline uint64_t members_table_folded(uint64_t a, uint64_t b)
{
        uwide product = (uwide)a * b;

        return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t members_table_draw(const struct members_table *table, const uint8_t *member)
{
        uint64_t a, b;

        memcpy(&a, member, sizeof(a));
        memcpy(&b, member + sizeof(a), sizeof(b));
        return members_table_folded(members_table_folded(a ^ table->seed[0], b ^ table->seed[1]),
                                    table->seed[1] | 1);
}

/* The upper half says where to begin, the lowest octet is the tag. */
static inline uint32_t members_table_home(const struct members_table *table, uint64_t drawn)
{
        return (uint32_t)((drawn >> 32) * table->places >> 32);
}

static inline uint8_t members_table_tag(uint64_t drawn)
{
        return (uint8_t)(drawn | 1);
}

static inline void members_table_fetch_tags(const struct members_table *table, uint64_t drawn)
{
        __builtin_prefetch(&table->tags[members_table_home(table, drawn)]);
}

/* From @place on, itself included, the next that is free or has this tag. */
static inline uint32_t members_table_seek(const struct members_table *table, uint32_t place,
                                          uint8_t tag)
{
        while (table->tags[place] && table->tags[place] != tag)
                place = place + 1 < table->places ? place + 1 : 0;
        return place;
}

static inline uint32_t members_table_begin_at(const struct members_table *table, uint64_t drawn)
{
        return members_table_seek(table, members_table_home(table, drawn),
                                  members_table_tag(drawn));
}

/* An entry may begin in one line of the cache and end in the next. */
static inline void members_table_fetch_entry(const struct members_table *table, uint32_t place)
{
        const uint8_t *entry = (const uint8_t *)&table->entries[place];

        __builtin_prefetch(entry, 1);
        __builtin_prefetch(entry + sizeof(struct member_entry) - 1, 1);
}

/* The entry of a member and category, made where there is none; NULL when there is no room. */
struct member_entry *members_table_entry(struct members_table *table, const uint8_t *member,
                                         uint64_t drawn, uint32_t place, uint8_t category);

/* Walking: the entry at @place, from 0, or NULL where none is; the places are @table->places. */
struct member_entry *members_table_at(const struct members_table *table, uint32_t place);
/*
 * All entries of @entry's member, one after the other: begins with NULL, ends with NULL. The first
 * is the same whichever of them one asks for.
 */
const struct member_entry *members_table_kin(const struct members_table *table,
                                             const struct member_entry *entry,
                                             const struct member_entry *after);

#endif
