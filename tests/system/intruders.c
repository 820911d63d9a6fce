/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who does not belong here, against a running hub: no key, an unknown key, another hub's key; a
 * node that speaks for others; a node that was revoked in the middle of its session.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zmq.h>

#include "core/own.h"
#include "proof/seal.h"
#include "proto/limits.h"
#include "tests/world/must.h"
#include "tests/world/raw.h"

#define ANSWER_MS 10000
#define SILENCE_MS 600

struct scene {
        struct accordd accordd;
        struct node payer, provider, second, mallory;   /* second: of the provider */
        struct contract_id contract;
        struct desk desk;               /* the provider's */
        void *context;
        struct arena arena;
};

/* ---- the way in */

static bool is_answered(struct scene *scene, const struct keys *keys, const uint8_t hub_key[32])
{
        void *socket = raw_connect(scene->context, ZMQ_DEALER, scene->accordd.intake, hub_key,
                                   keys);
        struct bytes hello = raw_hello();
        struct hub_frame frame;
        bool answered;

        zmq_send(socket, hello.data, hello.size, ZMQ_DONTWAIT);
        answered = raw_answer(socket, SILENCE_MS, &scene->arena, &frame);
        free((void *)(uintptr_t)hello.data);
        zmq_close(socket);
        return answered;
}

static void nobody_comes_in(struct scene *scene)
{
        const uint8_t *hub_key = scene->accordd.keys.public.transport;
        struct keys unknown, mixed = scene->payer.keys;

        keys_generate(KEY_KIND_NODE, &unknown);
        must_be(is_answered(scene, &scene->payer.keys, hub_key), "a node is not answered");
        must_be(!is_answered(scene, NULL, hub_key), "a peer without CURVE is answered");
        must_be(!is_answered(scene, &unknown, hub_key), "an unknown key is answered");
        must_be(!is_answered(scene, &scene->payer.keys, unknown.public.transport),
                "a peer that means another hub is answered");
        /* A node's public key without its secret. */
        memcpy(mixed.secret.transport, unknown.secret.transport, 32);
        must_be(!is_answered(scene, &mixed, hub_key), "a stolen public key is answered");
        must_be(accordd_figure(&scene->accordd, "keys_refused") >= 1, "nobody was refused");
        must_be(is_answered(scene, &scene->payer.keys, hub_key), "a node is not answered any more");
}

/* ---- speaking for others */

static enum refusal answer_to(struct scene *scene, void *socket, struct bytes signed_submission)
{
        struct bytes frame = raw_frame(signed_submission);
        struct hub_frame answer;

        zmq_send(socket, frame.data, frame.size, 0);
        free((void *)(uintptr_t)frame.data);
        must_be(raw_answer(socket, ANSWER_MS, &scene->arena, &answer), "no answer came");
        if (answer.kind == HUB_RECEIPT)
                return 0;
        must_be(answer.kind == HUB_REFUSAL && answer.refusal.fault_count > 0, "a strange answer");
        return (enum refusal)answer.refusal.faults[0].code;
}

static void nobody_speaks_for_others(struct scene *scene)
{
        const struct event event = fact_of(FACT_MEMBER_MONTHS, "", 1);
        const uint64_t entries = accordd_figure(&scene->accordd, "entries");
        struct contract_id none = { name_of("payer"), name_of("provider"), name_of("nothing") };
        struct raw_stream stream, stolen;
        void *socket;

        raw_stream_open(&stream, &scene->accordd, &scene->mallory);
        raw_stream_open(&stolen, &scene->accordd, &scene->payer);
        socket = raw_connect(scene->context, ZMQ_DEALER, scene->accordd.intake,
                             scene->accordd.keys.public.transport, &scene->mallory.keys);
        /* Its own signature under the payer's name; the payer's own frame on its connection. */
        must_be(answer_to(scene, socket, raw_submission(&stream, 1, &scene->contract, &event, 1,
                                                        &scene->payer.path))
                == REFUSAL_WRONG_SENDER, "it speaks in another's name");
        must_be(answer_to(scene, socket, raw_submission(&stolen, 1, &scene->contract, &event, 1,
                                                        NULL))
                == REFUSAL_WRONG_SENDER, "it passes on what another signed");
        must_be(accordd_figure(&scene->accordd, "entries") == entries, "that made an entry");
        /* Of others' contracts it learns nothing, and of one that is not there the same. */
        must_be(answer_to(scene, socket, raw_submission(&stream, 1, &scene->contract, &event, 1,
                                                        NULL))
                == REFUSAL_NO_SUCH_THING, "it speaks about others' contract");
        must_be(answer_to(scene, socket, raw_submission(&stream, 2, &none, &event, 1, NULL))
                == REFUSAL_NO_SUCH_THING, "it speaks about a contract that is none");
        must_be(accordd_figure(&scene->accordd, "facts") == 0, "it has stated a fact");
        zmq_close(socket);
        raw_stream_close(&stream);
        raw_stream_close(&stolen);
}

static void nobody_reads_of_others(struct scene *scene)
{
        const struct contract_id none = { name_of("payer"), name_of("provider"),
                                          name_of("nothing") };
        char first[ACCORD_ERROR_TEXT_MAX + 1];
        const struct terms_row *row;
        struct desk desk;

        desk_open(&desk, &scene->mallory, &scene->accordd);
        must_be(accord_query_terms(desk.session, &scene->contract, 1, &row, &desk.error)
                == ACCORD_NO_SUCH_THING, "it reads others' terms");
        memcpy(first, desk.error.text, sizeof(first));
        must_be(accord_query_terms(desk.session, &none, 1, &row, &desk.error)
                == ACCORD_NO_SUCH_THING, "it reads terms that are none");
        must_be(strcmp(first, desk.error.text) == 0, "the two answers differ");
        desk_close(&desk);
}

/* ---- revoked */

static uint64_t order_run(struct scene *scene)
{
        const struct event event = run_of(RUN_INTERIM);

        desk_say(&scene->desk, &scene->contract, &event, 1);
        while (accordd_figure(&scene->accordd, "runs_pending") > 0)
                usleep(10000);
        return accordd_last_signal(&scene->accordd, &scene->provider.path.party);
}

/* Frames at the node's ear within the time; all under its own topic. */
static unsigned int hear(struct scene *scene, void *ear, int ms)
{
        char topic[96], frame[8192];
        unsigned int count = 0;

        raw_topic(&scene->second.path, topic, sizeof(topic));
        zmq_setsockopt(ear, ZMQ_RCVTIMEO, &ms, sizeof(ms));
        while (zmq_recv(ear, frame, sizeof(frame), 0) >= 0) {
                must_be(memcmp(frame, topic, strlen(topic)) == 0, "another's frame");
                count++;
        }
        return count;
}

static void the_revoked_is_heard_no_more(struct scene *scene)
{
        const struct event event = fact_of(FACT_EXPENDITURE, "", 100);
        struct raw_stream stream;
        void *socket, *ear;
        char topic[96];
        uint64_t last;

        raw_topic(&scene->second.path, topic, sizeof(topic));
        raw_stream_open(&stream, &scene->accordd, &scene->second);
        socket = raw_connect(scene->context, ZMQ_DEALER, scene->accordd.intake,
                             scene->accordd.keys.public.transport, &scene->second.keys);
        ear = raw_connect(scene->context, ZMQ_SUB, scene->accordd.signals,
                          scene->accordd.keys.public.transport, &scene->second.keys);
        zmq_setsockopt(ear, ZMQ_SUBSCRIBE, topic, strlen(topic));
        accordd_await_figure(&scene->accordd, "topics_applied", 1, ANSWER_MS);
        must_be(answer_to(scene, socket, raw_submission(&stream, 1, &scene->contract, &event, 1,
                                                        NULL)) == 0, "a node is not heard");
        last = order_run(scene);
        must_be(hear(scene, ear, SILENCE_MS) >= 2, "a node hears nothing");

        accordd_revoke_node(&scene->accordd, &scene->second);
        must_be(answer_to(scene, socket, raw_submission(&stream, 2, &scene->contract, &event, 1,
                                                        NULL)) == REFUSAL_REVOKED_NODE,
                "a revoked node is heard in its old session");
        hear(scene, ear, 50);           /* what was on its way */
        must_be(order_run(scene) > last, "the party has no new signals");
        must_be(hear(scene, ear, SILENCE_MS) == 0, "something is sealed to a revoked node");
        must_be(!is_answered(scene, &scene->second.keys,
                             scene->accordd.keys.public.transport), "a revoked key comes in");
        must_be(answer_to(scene, socket, raw_submission(&stream, 1, &scene->contract, &event, 1,
                                                        NULL)) == REFUSAL_REVOKED_NODE,
                "a revoked node gets its old receipt");
        zmq_close(socket);
        zmq_close(ear);
        raw_stream_close(&stream);
}

/* ---- the whole */

static void admit(struct scene *scene, struct node *node, const char *party, const char *name)
{
        node_make(node, &scene->accordd, name_of(party), name_of(name), false);
        accordd_admit_node(&scene->accordd, node, RIGHTS_ALL);
}

static void set_up(struct scene *scene, const char *program)
{
        static const struct { const char *name; enum role_kind role; } parties[] = {
                { "payer", ROLE_PAYER }, { "provider", ROLE_PROVIDER },
                { "mallory", ROLE_PROVIDER },
        };
        struct terms *terms = calloc(1, sizeof(*terms));
        own(sink) struct sink bytes = { 0 };
        struct desk payer;

        accordd_make(&scene->accordd, program, "");
        accordd_start(&scene->accordd, NULL);
        for (size_t i = 0; i < sizeof(parties) / sizeof(parties[0]); i++) {
                struct name name = name_of(parties[i].name);

                accordd_admit_party(&scene->accordd, &name, parties[i].role);
        }
        admit(scene, &scene->payer, "payer", "n0");
        admit(scene, &scene->provider, "provider", "n0");
        admit(scene, &scene->second, "provider", "n1");
        admit(scene, &scene->mallory, "mallory", "n0");
        scene->contract = (struct contract_id) { name_of("payer"), name_of("provider"),
                                                 name_of("c0") };
        must(sink_new(&bytes, 65536, WIRE_TERMS_MAX), "memory");
        must(arena_new(&scene->arena, WIRE_ARENA_SIZE), "memory");
        desk_open(&payer, &scene->payer, &scene->accordd);
        desk_open(&scene->desk, &scene->provider, &scene->accordd);
        terms_of_fee(terms, &scene->contract, 500);
        desk_offer(&payer, terms, &bytes);
        desk_accept(&scene->desk, &scene->contract);
        desk_close(&payer);
        free(terms);
}

int main(int argc, char **argv)
{
        static struct scene scene;

        must_be(argc == 2, "usage: intruders ACCORDD");
        set_up(&scene, argv[1]);
        scene.context = raw_context();
        nobody_comes_in(&scene);
        nobody_speaks_for_others(&scene);
        nobody_reads_of_others(&scene);
        the_revoked_is_heard_no_more(&scene);
        desk_close(&scene.desk);
        zmq_ctx_term(scene.context);
        accordd_stop(&scene.accordd);
        accordd_prove(&scene.accordd, true);
        accordd_remove(&scene.accordd);
        arena_free(&scene.arena);
        return 0;
}
