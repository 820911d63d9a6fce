/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What most tests of libhub begin with: a payer, a network and a contract in force between them,
 * and one way to say something. For Check; anything unexpected fails the test.
 */
#ifndef ACCORD_TESTS_HUB_PLAY_H
#define ACCORD_TESTS_HUB_PLAY_H

#include <check.h>

#include "tests/hub/stage.h"

/* One outbox of a player: numbers go up by one when something is said in it. */
struct voice {
        struct player player;
        struct stream_id stream;
        uint64_t said;
};

struct scene {
        struct stage stage;
        struct voice payer, network, stranger;
        struct contract_id contract;
        struct terms *terms;            /* in force, version 1 */
        struct sha256 terms_sha256;
};

/* payer/p and network/n, with all rights; stranger/s, which has no contract. */
void scene_set_up(struct scene *scene, void (*set)(struct hub_options *options));
/* With the contract in force. */
void scene_of_contract(struct scene *scene);
/* Offered by the payer and accepted by the network, as scene->terms stand. */
void scene_agree(struct scene *scene);
void scene_tear_down(struct scene *scene);

/* The next submission of the voice, signed; with the columns of blocks. To be freed. */
struct bytes voice_say(struct stage *stage, struct voice *voice, const struct contract_id *contract,
                       const struct event *events, uint32_t count);
/* Said and committed by itself: the kind of answer; index of the entry if there is one. */
enum hub_frame_kind voice_said(struct stage *stage, struct voice *voice,
                               const struct contract_id *contract, const struct event *events,
                               uint32_t count, uint64_t *ret_index);

/* A fact about a contract in 2024. */
struct event fact_event(enum fact_kind kind, int64_t value, const char *item);
/* The contract's final or restated run of 2024, ordered by the operator. Returns its index. */
uint64_t scene_order_run(struct scene *scene, enum run_kind kind);

#endif
