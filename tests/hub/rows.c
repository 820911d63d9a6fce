/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/hub/rows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"

#define MONTH_2024 ((2024 - 1970) * 12)

static uint8_t memory[MADE_BLOCKS_MAX][BLOCK_SIZE_MAX];
static unsigned int used;

static void put(uint8_t *to, uint64_t value, unsigned int octets)
{
        for (unsigned int i = 0; i < octets; i++)
                to[i] = (uint8_t)(value >> (8 * i));
}

void made_again(struct event *event)
{
        struct block_event *block = &event->block;
        struct member_rows rows;

        block->sha256 = sha256_of(block->columns);
        block->cents = 0;
        must(block_cut(block->columns, block->rows, &rows) ? 0 : -EINVAL, "block_cut");
        for (uint32_t i = 0; i < rows.count; i++)
                block->cents += row_cents(&rows, i);
}

struct event made_block(uint32_t number, const struct made_row *rows, uint32_t count)
{
        uint8_t *at = memory[used++ % MADE_BLOCKS_MAX];
        uint8_t *month = at + (size_t)count * PSEUDONYM_SIZE, *category = month + (size_t)2 * count;
        uint8_t *risk = category + count, *cents = risk + (size_t)4 * count;
        struct event event = {
                .kind = EVENT_BLOCK,
                .block = {
                        .period = { date_of(2024, 1, 1), date_of(2025, 1, 1) },
                        .paid_through = DATE_NONE, .number = number, .rows = count,
                        .generation = 1, .columns = { at, (size_t)count * MEMBER_ROW_SIZE },
                },
        };

        memset(at, 0, event.block.columns.size);
        for (uint32_t i = 0; i < count; i++) {
                at[(size_t)i * PSEUDONYM_SIZE] = rows[i].member;
                put(month + (size_t)2 * i, MONTH_2024 + rows[i].month - 1u, 2);
                category[i] = rows[i].category;
                put(risk + (size_t)4 * i, rows[i].risk, 4);
                put(cents + (size_t)8 * i, (uint64_t)rows[i].cents, 8);
        }
        made_again(&event);
        return event;
}

struct event made_year(uint32_t number, uint8_t first, uint32_t members, int64_t cents)
{
        static struct made_row rows[BLOCK_ROWS_MAX];
        uint32_t count = 0;

        for (uint32_t member = 0; member < members; member++)
                for (uint8_t month = 1; month <= 12; month++)
                        rows[count++] = (struct made_row) {
                                (uint8_t)(first + member), month, 0, RISK_ONE, cents,
                        };
        return made_block(number, rows, count);
}

static void say_word(struct terms *terms, const char *kind, const char *name, const char *word)
{
        for (uint16_t i = 0; i < terms->step_count; i++) {
                struct step *step = &terms->steps[i];
                struct param *param = &step->params[step->param_count];

                if (strcmp(step->kind.text, kind) != 0)
                        continue;
                param->type = PARAM_WORD;
                memcpy(param->name.text, name, strlen(name));
                memcpy(param->word.text, word, strlen(word));
                step->param_count++;
        }
}

void scene_of_members(struct scene *scene)
{
        scene->terms = calloc(1, sizeof(*scene->terms));
        ck_assert_ptr_nonnull(scene->terms);
        stage_terms(scene->terms, &scene->contract, 1);
        say_word(scene->terms, "attribute", "source", "members");
        say_word(scene->terms, "expenditure", "source", "members");
        scene_agree(scene);
}

uint64_t scene_taken(struct scene *scene, struct voice *voice, const struct event *events,
                     uint32_t count)
{
        uint64_t index;

        ck_assert_int_eq(voice_said(&scene->stage, voice, &scene->contract, events, count, &index),
                         HUB_RECEIPT);
        return index;
}

uint64_t scene_of_rows(struct scene *scene)
{
        struct event blocks[] = { made_year(1, 0, 12, 100), made_year(2, 12, 8, 100) };
        struct event benchmark = fact_event(FACT_BENCHMARK, 30000, "");

        scene_taken(scene, &scene->payer, &benchmark, 1);
        return scene_taken(scene, &scene->payer, blocks, 2);
}

static void ask(struct scene *scene, const struct query *query, struct hub_frame *ret)
{
        stage_begin(&scene->stage);
        stage_ask(&scene->stage, &scene->payer.player, query, 1);
        stage_commit(&scene->stage);
        stage_answer(&scene->stage, 1, ret);
        ck_assert_int_eq(ret->kind, HUB_ANSWER);
}

const struct statement *scene_statement(struct scene *scene, uint64_t run)
{
        const struct query query = { .id = 1, .kind = QUERY_STATEMENT, .run = run };
        static struct arena arena;
        struct hub_frame answer;
        struct record record;
        struct fault fault;

        if (!arena.data)
                must(arena_new(&arena, WIRE_ARENA_SIZE), "arena_new");
        arena_reset(&arena);
        ask(scene, &query, &answer);
        ck_assert_ptr_nonnull(answer.answer.statement);
        must(wire_read_record(answer.answer.statement->record, &arena, &record, &fault), "read");
        return record.statement;
}

const struct statement *scene_preview(struct scene *scene)
{
        const struct query query = {
                .id = 1, .kind = QUERY_PREVIEW, .contract = scene->contract,
                .period = scene->terms->periods[0], .payment = date_of(2025, 10, 15),
        };
        static struct hub_frame answer;

        ask(scene, &query, &answer);
        ck_assert_ptr_nonnull(answer.answer.preview);
        return answer.answer.preview;
}

uint64_t scene_settled(struct scene *scene, enum run_kind kind)
{
        uint64_t run = scene_order_run(scene, kind);

        ck_assert(stage_work(&scene->stage));
        return run;
}

struct replay_report scene_recomputed(struct scene *scene)
{
        struct replay_report report = { 0 };

        must(replay_recompute(scene->stage.hub, NULL, NULL, &report), "replay_recompute");
        return report;
}

enum block_keeping scene_keeping(struct scene *scene)
{
        const struct query query = { .id = 1, .kind = QUERY_BLOCKS, .contract = scene->contract };
        struct hub_frame answer;

        ask(scene, &query, &answer);
        ck_assert_uint_ge(answer.answer.block_count, 1);
        return answer.answer.blocks[0].keeping;
}
