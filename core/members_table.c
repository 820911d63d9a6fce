/* SPDX-License-Identifier: Apache-2.0 */
#include "core/members_table.h"

#include <string.h>

#include "core/check.h"

#define ROOM_MAX (UINT32_MAX / 2)

_Static_assert(sizeof(struct member_entry) == 48, "an entry has no holes");

static void lay_out(struct members_table *table, void *memory, size_t size)
{
        size_t room = size / MEMBERS_TABLE_EACH;

        table->room = room < ROOM_MAX ? (uint32_t)room : ROOM_MAX;
        table->entries = memory;
        table->slots = (struct member_slot *)(void *)(table->entries + table->room);
        memset(table->slots, 0, (size_t)table->room * 2 * sizeof(table->slots[0]));
}

void members_table_begin(struct members_table *ret, void *memory, size_t size,
                         const uint64_t seed[2])
{
        *ret = (struct members_table) { .seed = { seed[0], seed[1] } };
        lay_out(ret, memory, size);
}

static uint64_t folded(uint64_t a, uint64_t b)
{
        __extension__ typedef unsigned __int128 uwide;
        uwide product = (uwide)a * b;

        return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t members_table_place(const struct members_table *table, const uint8_t *member)
{
        uint64_t a, b;

        memcpy(&a, member, sizeof(a));
        memcpy(&b, member + sizeof(a), sizeof(b));
        return folded(folded(a ^ table->seed[0], b ^ table->seed[1]), table->seed[1] | 1);
}

/* The upper half says where, the lower is the tag. */
static uint32_t slot_of(const struct members_table *table, uint64_t place)
{
        return (uint32_t)((place >> 32) * ((uint64_t)table->room * 2) >> 32);
}

static uint32_t slot_after(const struct members_table *table, uint32_t slot)
{
        return slot + 1 < table->room * 2 ? slot + 1 : 0;
}

void members_table_fetch_slot(const struct members_table *table, uint64_t place)
{
        __builtin_prefetch(&table->slots[slot_of(table, place)], 1);
}

void members_table_fetch_entry(const struct members_table *table, uint64_t place)
{
        uint32_t entry = table->slots[slot_of(table, place)].entry;

        if (entry)
                __builtin_prefetch(&table->entries[entry - 1], 1);
}

static bool same_member(const uint8_t *a, const uint8_t *b)
{
        return memcmp(a, b, PSEUDONYM_SIZE) == 0;
}

static struct member_slot *find(const struct members_table *table, const uint8_t *member,
                                uint64_t place)
{
        uint32_t at = slot_of(table, place);

        for (;; at = slot_after(table, at)) {
                struct member_slot *slot = &table->slots[at];

                if (!slot->entry || (slot->tag == (uint32_t)place &&
                                     same_member(table->entries[slot->entry - 1].member, member)))
                        return slot;
        }
}

void members_table_move(struct members_table *table, void *memory, size_t size)
{
        const struct member_entry *old = table->entries;

        lay_out(table, memory, size);
        assert(table->room >= table->count);
        if (table->count)
                memcpy(table->entries, old, table->count * sizeof(*old));
        for (uint32_t i = 0; i < table->count; i++) {
                uint64_t place;

                if (!table->entries[i].first)
                        continue;
                place = members_table_place(table, table->entries[i].member);
                *find(table, table->entries[i].member, place) =
                        (struct member_slot) { (uint32_t)place, i + 1 };
        }
}

static struct member_entry *add(struct members_table *table, const uint8_t *member,
                                uint8_t category)
{
        struct member_entry *entry;

        if (table->count == table->room)
                return NULL;
        entry = &table->entries[table->count++];
        *entry = (struct member_entry) { .category = category };
        memcpy(entry->member, member, PSEUDONYM_SIZE);
        return entry;
}

/* Hangs it on the first, so that what hangs on an entry always lies behind it. */
static struct member_entry *add_after(struct members_table *table, struct member_entry *first,
                                      uint8_t category)
{
        struct member_entry *entry = add(table, first->member, category);

        if (entry) {
                entry->next = first->next;
                first->next = table->count;
        }
        return entry;
}

struct member_entry *members_table_entry(struct members_table *table, const uint8_t *member,
                                         uint64_t place, uint8_t category)
{
        struct member_slot *slot;
        struct member_entry *first, *entry;

        assert(table->room);
        slot = find(table, member, place);
        if (!slot->entry) {
                first = add(table, member, category);
                if (first) {
                        first->first = true;
                        *slot = (struct member_slot) { (uint32_t)place, table->count };
                }
                return first;
        }
        first = &table->entries[slot->entry - 1];
        for (entry = first; entry->category != category; entry = &table->entries[entry->next - 1])
                if (!entry->next)
                        return add_after(table, first, category);
        return entry;
}
