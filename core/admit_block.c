/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of member-level rows: do the terms ask for them, and are the rows what the event says? */
#include "core/admit.h"

#include <string.h>

#include "core/check.h"
#include "core/members_rule.h"
#include "core/sentence.h"

static void wrong(const struct judgement *j, enum refusal code, uint32_t place, const char *field,
                  const char *says)
{
        faults_add(j->faults, code, place, field, says);
}

static bool admit_dates(const struct judgement *j, uint32_t place, const struct block_event *block)
{
        if (!period_valid(block->period)) {
                wrong(j, REFUSAL_BAD_VALUE, place, "block.period",
                      "must be days from 1900 to 2100, the end after the beginning");
                return false;
        }
        if (block->paid_through != DATE_NONE &&
            (!date_valid(block->paid_through) || block->paid_through < block->period.from)) {
                wrong(j, REFUSAL_BAD_VALUE, place, "block.paid_through",
                      "claims are not paid through a day before the period begins");
                return false;
        }
        return true;
}

static void admit_numbers(const struct judgement *j, uint32_t place,
                          const struct block_event *block)
{
        if (block->number == 0 || block->number > BLOCK_NUMBER_MAX)
                wrong(j, REFUSAL_BAD_VALUE, place, "block.number",
                      "blocks are numbered from 1 to 4096");
        if (block->generation == 0)
                wrong(j, REFUSAL_BAD_VALUE, place, "block.generation",
                      "generations of a key are counted from 1");
        if (block->cents < -MONEY_MAX || block->cents > MONEY_MAX)
                wrong(j, REFUSAL_BAD_VALUE, place, "block.cents",
                      "beyond ten trillion dollars, either way");
}

static const char *category_fault(const struct block_event *block, uint32_t i,
                                  const struct terms *terms)
{
        const struct item *item = &block->categories[i];

        if (!item->text[0])
                return "a category has a name";
        for (uint32_t before = 0; before < i; before++)
                if (item_equal(&block->categories[before], item))
                        return "lists a category twice";
        if (terms && !terms_have_members_of(terms, item))
                return "lists a category that no step of the terms names";
        return NULL;
}

static void admit_categories(const struct judgement *j, uint32_t place,
                             const struct block_event *block, const struct terms *terms)
{
        for (uint32_t i = 0; i < block->category_count; i++) {
                const char *says = category_fault(block, i, terms);

                if (says)
                        wrong(j, REFUSAL_BAD_VALUE, place, "block.categories", says);
        }
}

/* SHA-256 of nothing: what a block without rows has for a digest. */
static const struct sha256 of_nothing = { {
        0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4,
        0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b,
        0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
} };

static void admit_empty(const struct judgement *j, uint32_t place, const struct block_event *block)
{
        if (!block->has_supersedes)
                wrong(j, REFUSAL_BAD_VALUE, place, "block.rows",
                      "a block without rows is there to take the place of another");
        if (memcmp(&block->sha256, &of_nothing, sizeof(of_nothing)) != 0)
                wrong(j, REFUSAL_BAD_VALUE, place, "block.sha256",
                      "a block without rows has the digest of nothing");
}

/* The first row that is wrong, by its place in the block. */
static void admit_rows(const struct judgement *j, uint32_t place, const struct block_event *block)
{
        struct member_rows rows;
        struct text text;
        const char *says;
        uint32_t row;

        if (block->rows == 0)
                admit_empty(j, place, block);
        if (!block_cut(block->columns, block->rows, &rows)) {
                wrong(j, REFUSAL_BAD_VALUE, place, "block.rows", "a block has at most 8192 rows");
                return;
        }
        says = block_rows_fault(block, &rows, &row);
        if (!says)
                return;
        if (row == rows.count) {
                wrong(j, REFUSAL_BAD_VALUE, place, "block.cents", says);
                return;
        }
        sentence_begin(&text);
        sentence_add(&text, "row ");
        sentence_add_number(&text, row);
        sentence_add(&text, " (from 0): ");
        sentence_add(&text, says);
        faults_add_text(j->faults, REFUSAL_BAD_VALUE, place, "block.rows", text.text);
}

static void admit_version(const struct judgement *j, uint32_t place,
                          const struct block_event *block, const struct view_event *seen)
{
        if (seen->twice)
                wrong(j, REFUSAL_TWICE_IN_ONE, place, "block", NULL);
        if (seen->has_current && !block->has_supersedes)
                wrong(j, REFUSAL_NO_PREDECESSOR, place, "block.supersedes", NULL);
        if (block->has_supersedes && (!seen->has_current || seen->current != block->supersedes))
                wrong(j, REFUSAL_STALE_PREDECESSOR, place, "block.supersedes", NULL);
}

void admit_block(const struct judgement *j, uint32_t place, const struct event *event,
                 const struct view_event *seen)
{
        const struct block_event *block = &event->block;

        if (j->view->steps && !members_wanted(j->view->steps))
                wrong(j, REFUSAL_NOT_ASKED_FOR, place, "block",
                      "no step of the terms computes from member-level rows: state totals");
        admit_numbers(j, place, block);
        admit_categories(j, place, block, j->view->steps);
        if (!admit_dates(j, place, block))
                return;
        admit_covered(j, place, block->period, "block.period", &block->segment, "block.segment");
        admit_rows(j, place, block);
        admit_version(j, place, block, seen);
}
