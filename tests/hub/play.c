/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/hub/play.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct name name_of(const char *text)
{
        struct name name;

        ck_assert_msg(name_parse((struct bytes) { text, strlen(text) }, &name), "%s", text);
        return name;
}

static void voice_make(struct voice *voice, const char *party, const char *node)
{
        memset(voice, 0, sizeof(*voice));
        player_make(&voice->player, party, node);
        memcpy(voice->stream.octets, voice->player.keys.public.signing,
               sizeof(voice->stream.octets));
}

void scene_set_up(struct scene *scene, void (*set)(struct hub_options *options))
{
        struct stage *stage = &scene->stage;

        memset(scene, 0, sizeof(*scene));
        stage_set_up(stage, set);
        voice_make(&scene->payer, "payer", "p");
        voice_make(&scene->network, "network", "n");
        voice_make(&scene->stranger, "stranger", "s");
        scene->contract = (struct contract_id) {
                name_of("payer"), name_of("network"), name_of("contract"),
        };
        stage_begin(stage);
        must(stage_admit_party(stage, "payer", ROLE_PAYER, true, 0), "payer");
        must(stage_admit_party(stage, "network", ROLE_NETWORK, true, 0), "network");
        must(stage_admit_party(stage, "stranger", ROLE_PAYER, true, 0), "stranger");
        must(stage_admit_node(stage, &scene->payer.player, RIGHTS_ALL), "payer/p");
        must(stage_admit_node(stage, &scene->network.player, RIGHTS_ALL), "network/n");
        must(stage_admit_node(stage, &scene->stranger.player, RIGHTS_ALL), "stranger/s");
        stage_commit(stage);
}

void scene_of_contract(struct scene *scene)
{
        scene->terms = calloc(1, sizeof(*scene->terms));
        ck_assert_ptr_nonnull(scene->terms);
        stage_terms(scene->terms, &scene->contract, 1);
        scene_agree(scene);
}

void scene_agree(struct scene *scene)
{
        struct stage *stage = &scene->stage;
        struct event event = { .kind = EVENT_OFFER };
        struct sink sink;

        must(sink_new(&sink, 4096, 65536), "sink_new");
        must(wire_write_terms(&sink, scene->terms), "wire_write_terms");
        event.offer.terms = sink_bytes(&sink);
        scene->terms_sha256 = sha256_of(event.offer.terms);
        ck_assert_int_eq(voice_said(stage, &scene->payer, &scene->contract, &event, 1, NULL),
                         HUB_RECEIPT);
        event = (struct event) {
                .kind = EVENT_ACCEPTANCE,
                .acceptance = { scene->terms->version, scene->terms_sha256 },
        };
        ck_assert_int_eq(voice_said(stage, &scene->network, &scene->contract, &event, 1, NULL),
                         HUB_RECEIPT);
        sink_free(&sink);
}

void scene_tear_down(struct scene *scene)
{
        stage_tear_down(&scene->stage);
        free(scene->terms);
}

struct bytes voice_say(struct stage *stage, struct voice *voice, const struct contract_id *contract,
                       const struct event *events, uint32_t count)
{
        struct bytes blocks[300];
        struct submission submission = {
                .format = 1, .sender = voice->player.path, .stream = voice->stream,
                .sequence = ++voice->said, .made_at = stage->now, .events = events,
                .event_count = count, .blocks = blocks,
        };

        for (uint32_t i = 0; i < count; i++) {
                if (events[i].kind != EVENT_BLOCK || !events[i].block.columns.size)
                        continue;
                ck_assert_uint_lt(submission.block_count, sizeof(blocks) / sizeof(blocks[0]));
                blocks[submission.block_count++] = events[i].block.columns;
        }
        if (contract)
                submission.contract = *contract;
        return stage_sign(stage, &voice->player, &submission);
}

enum hub_frame_kind voice_said(struct stage *stage, struct voice *voice,
                               const struct contract_id *contract, const struct event *events,
                               uint32_t count, uint64_t *ret_index)
{
        struct bytes bytes = voice_say(stage, voice, contract, events, count);
        struct hub_frame frame;

        stage_begin(stage);
        stage_take_submission(stage, &voice->player, bytes, 1);
        stage_commit(stage);
        free((void *)bytes.data);
        stage_answer(stage, 1, &frame);
        if (ret_index)
                *ret_index = frame.kind == HUB_RECEIPT ? frame.receipt.index : 0;
        return frame.kind;
}

struct event fact_event(enum fact_kind kind, int64_t value, const char *item)
{
        struct event event = {
                .kind = EVENT_FACT,
                .fact = {
                        .key = {
                                .scope = SCOPE_CONTRACT, .kind = kind, .paid_through = DATE_NONE,
                                .period = { date_of(2024, 1, 1), date_of(2025, 1, 1) },
                        },
                        .value = { fact_kind_info(kind)->unit, value, 1 },
                },
        };

        snprintf(event.fact.key.item.text, sizeof(event.fact.key.item.text), "%s", item);
        return event;
}

uint64_t scene_order_run(struct scene *scene, enum run_kind kind)
{
        const struct run_request request = {
                .period = scene->terms->periods[0], .kind = kind, .payment = date_of(2025, 10, 15),
        };
        const char *says = "";
        uint64_t index;

        stage_begin(&scene->stage);
        must(hub_order_run(scene->stage.hub, &scene->contract, &request, &index, &says), says);
        stage_commit(&scene->stage);
        return index;
}
