/* SPDX-License-Identifier: Apache-2.0 */
#include "core/members_table.h"

#include <string.h>

#include "core/check.h"

_Static_assert(sizeof(struct member_entry) == 48, "an entry is of a size that was meant");

static void lay_out(struct members_table *table, void *memory, size_t size)
{
        size_t places = size / (sizeof(struct member_entry) + 1);

        table->places = places < UINT32_MAX ? (uint32_t)places : UINT32_MAX;
        table->most = (uint32_t)((uint64_t)table->places * 4 / 5);
        table->count = 0;
        table->entries = memory;
        table->tags = (uint8_t *)(table->entries + table->places);
        if (table->places)
                memset(table->tags, 0, table->places);
}

void members_table_begin(struct members_table *ret, void *memory, size_t size,
                         const uint64_t seed[2])
{
        *ret = (struct members_table) { .seed = { seed[0], seed[1] } };
        lay_out(ret, memory, size);
}

static uint32_t place_after(const struct members_table *table, uint32_t place)
{
        return place + 1 < table->places ? place + 1 : 0;
}

static bool same_member(const uint8_t *a, const uint8_t *b)
{
        return memcmp(a, b, PSEUDONYM_SIZE) == 0;
}

static struct member_entry *add(struct members_table *table, uint32_t place, const uint8_t *member,
                                uint8_t tag, uint8_t category)
{
        struct member_entry *entry = &table->entries[place];

        if (table->count == table->most)
                return NULL;
        table->count++;
        table->tags[place] = tag;
        *entry = (struct member_entry) { .category = category };
        memcpy(entry->member, member, PSEUDONYM_SIZE);
        return entry;
}

struct member_entry *members_table_entry(struct members_table *table, const uint8_t *member,
                                         uint64_t drawn, uint32_t place, uint8_t category)
{
        uint8_t tag = members_table_tag(drawn);
        struct member_entry *entry, *kin = NULL;

        for (place = members_table_seek(table, place, tag); table->tags[place];
             place = members_table_seek(table, place_after(table, place), tag)) {
                entry = &table->entries[place];
                if (!same_member(entry->member, member))
                        continue;
                if (entry->category == category)
                        return entry;
                kin = entry;
        }
        entry = add(table, place, member, tag, category);
        if (entry && kin)
                entry->kin = kin->kin = true;
        return entry;
}

void members_table_move(struct members_table *table, void *memory, size_t size)
{
        const struct members_table old = *table;

        lay_out(table, memory, size);
        assert(table->most >= old.count);
        for (uint32_t i = 0; i < old.places; i++) {
                const struct member_entry *entry = members_table_at(&old, i);
                uint64_t drawn;

                if (!entry)
                        continue;
                drawn = members_table_draw(table, entry->member);
                members_table_entry(table, entry->member, drawn,
                                    members_table_begin_at(table, drawn), entry->category)->part =
                        entry->part;
        }
}

struct member_entry *members_table_at(const struct members_table *table, uint32_t place)
{
        return table->tags[place] ? &table->entries[place] : NULL;
}

const struct member_entry *members_table_kin(const struct members_table *table,
                                             const struct member_entry *entry,
                                             const struct member_entry *after)
{
        uint64_t drawn = members_table_draw(table, entry->member);
        uint32_t place = after ? place_after(table, (uint32_t)(after - table->entries))
                               : members_table_home(table, drawn);

        for (;; place = place_after(table, place)) {
                place = members_table_seek(table, place, members_table_tag(drawn));
                if (!table->tags[place])
                        return NULL;
                if (same_member(table->entries[place].member, entry->member))
                        return &table->entries[place];
        }
}
