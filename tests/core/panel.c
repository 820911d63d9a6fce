/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/core/panel.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void panel_member(struct panel *panel, uint32_t member, uint8_t category, unsigned int from,
                  unsigned int months, int64_t cents)
{
        for (unsigned int i = 0; i < months; i++) {
                if (panel->count == PANEL_ROWS_MAX)
                        ck_abort_msg("the panel is full");
                panel->rows[panel->count++] = (struct panel_row) {
                        .member = member,
                        .month = (uint16_t)(from + i),
                        .category = category,
                        .risk = RISK_ONE,
                        .cents = i ? 0 : cents,
                };
        }
}

/* ---- folding */

static void little_endian(uint8_t *to, uint64_t value, unsigned int octets)
{
        for (unsigned int i = 0; i < octets; i++)
                to[i] = (uint8_t)(value >> (8 * i));
}

/* In the order of numbers; some differ in the first half, some only in the second. */
static void pseudonym(uint8_t to[PSEUDONYM_SIZE], uint32_t member)
{
        memset(to, 7, PSEUDONYM_SIZE);
        for (unsigned int i = 0; i < 4; i++) {
                to[4 + i] = (uint8_t)(member / 128 >> (24 - 8 * i));
                to[12 + i] = (uint8_t)(member >> (24 - 8 * i));
        }
}

static struct item category_named(uint8_t category)
{
        struct item item = { "" };

        if (category)
                snprintf(item.text, sizeof(item.text), "c%u", category);
        return item;
}

/* The list of a block's event: the categories of its rows, in the order they come. */
static size_t list_of(const struct panel *panel, uint32_t from, uint32_t to, uint8_t list[256])
{
        size_t count = 0;

        for (uint32_t i = from; i < to; i++)
                if (!count || !memchr(list, panel->rows[i].category, count))
                        list[count++] = panel->rows[i].category;
        return count;
}

struct columns {
        uint8_t bytes[PANEL_ROWS_MAX * MEMBER_ROW_SIZE];
        uint8_t list[256];
        size_t list_count;
};

static struct member_rows columns_of(const struct panel *panel, uint32_t from, uint32_t to,
                                     struct columns *c)
{
        uint32_t n = to - from;
        uint8_t *month = c->bytes + n * PSEUDONYM_SIZE, *category = month + n * 2;
        uint8_t *risk = category + n, *cents = risk + n * 4;

        c->list_count = list_of(panel, from, to, c->list);
        for (uint32_t i = 0; i < n; i++) {
                const struct panel_row *row = &panel->rows[from + i];
                const uint8_t *place = memchr(c->list, row->category, c->list_count);

                pseudonym(c->bytes + i * PSEUDONYM_SIZE, row->member);
                little_endian(month + i * 2, PANEL_FIRST_MONTH + row->month, 2);
                category[i] = (uint8_t)(place - c->list);
                little_endian(risk + i * 4, row->risk, 4);
                little_endian(cents + i * 8, (uint64_t)row->cents, 8);
        }
        return (struct member_rows) { n, c->bytes, month, category, risk, cents };
}

struct memory {
        void *at;
        size_t size;
};

/* A little at a time, and somewhere else each time. */
static void grow(struct members_fold *fold, struct memory *memory)
{
        size_t size = memory->size + 8 + memory->size / 8;
        void *larger = malloc(size);

        if (!larger)
                ck_abort_msg("no memory");
        members_fold_move(fold, larger, size);
        if (memory->size)
                memset(memory->at, 0xa5, memory->size);
        free(memory->at);
        *memory = (struct memory) { larger, size };
}

static enum members_answer fold_block(struct members_fold *fold, struct memory *memory,
                                      const struct panel *panel, uint32_t from, uint32_t to,
                                      uint32_t *row)
{
        static struct columns columns;
        struct member_rows rows = columns_of(panel, from, to, &columns);
        uint8_t categories[256];
        enum members_answer answer;

        for (size_t i = 0; i < columns.list_count; i++) {
                struct item item = category_named(columns.list[i]);

                if (!members_fold_category(fold, &item, &categories[i]))
                        ck_abort_msg("a category too many");
        }
        *row = 0;
        while ((answer = members_fold_add(fold, &rows, categories, columns.list_count, row)) ==
               MEMBERS_NO_ROOM)
                grow(fold, memory);
        return answer;
}

static enum members_answer finished(struct members_fold *fold, struct memory *memory,
                                    struct folded *ret)
{
        enum members_answer answer;

        while ((answer = members_fold_finish(fold, ret->figures, &ret->count)) == MEMBERS_NO_ROOM)
                grow(fold, memory);
        return answer;
}

void panel_fold(const struct panel *panel, const struct members_rule *rule, struct folding how,
                struct folded *ret)
{
        static struct members_fold fold;
        const uint64_t seed[2] = { how.seed, ~how.seed };
        struct memory memory = { malloc(how.memory + 1), how.memory };

        memset(&fold, 0x5a, sizeof(fold));
        *ret = (struct folded) { 0 };
        members_fold_begin(&fold, rule, how.order, memory.at, memory.size, seed);
        for (uint32_t from = 0; from < panel->count && !ret->answer; from += how.block) {
                uint32_t left = panel->count - from;

                ret->block = from / how.block;
                ret->answer = fold_block(&fold, &memory, panel, from,
                                         from + (left < how.block ? left : how.block), &ret->row);
        }
        if (!ret->answer)
                ret->answer = finished(&fold, &memory, ret);
        ret->memory = memory.size;
        free(memory.at);
}

const struct member_figures *folded_category(const struct folded *folded, uint8_t category)
{
        struct item item = category_named(category);

        for (size_t i = 0; i < folded->count; i++)
                if (item_equal(&folded->figures[i].item, &item))
                        return &folded->figures[i];
        return NULL;
}

static bool same(struct exact a, struct exact b)
{
        return a.num == b.num && a.den == b.den;
}

bool figures_equal(const struct member_figures *a, const struct member_figures *b)
{
        return item_equal(&a->item, &b->item) && a->head_count == b->head_count &&
               a->member_months == b->member_months && same(a->expenditure, b->expenditure) &&
               same(a->truncated, b->truncated) && same(a->stoploss, b->stoploss) &&
               same(a->risk, b->risk);
}
