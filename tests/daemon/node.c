/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/daemon/node.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zmq.h>

#include "core/date.h"
#include "daemon/clock.h"
#include "proof/hash.h"
#include "proof/keyfile.h"
#include "proof/possession.h"
#include "proof/random.h"
#include "proof/seal.h"
#include "proof/sign.h"

#define FRAME_MAX 65536

static struct bytes span(const char *text)
{
        return (struct bytes) { text, strlen(text) };
}

static struct name name_of(const char *text)
{
        struct name name;

        ck_assert(name_parse(span(text), &name));
        return name;
}

void node_make(struct node *node, const char *path)
{
        memset(node, 0, sizeof(*node));
        keys_generate(KEY_KIND_NODE, &node->keys);
        ck_assert(node_path_parse(span(path), &node->path.party, &node->path.node));
        random_stream_id(&node->stream);
        node->context = zmq_ctx_new();
        ck_assert_int_eq(arena_new(&node->arena, WIRE_ARENA_SIZE), 0);
        ck_assert_int_eq(sink_new(&node->frame, FRAME_MAX, FRAME_MAX), 0);
        node->answer = malloc(WIRE_HUB_FRAME_MAX);
}

void node_admit(struct node *node, struct hub_process *hub, const char *path)
{
        struct control_request request = { .kind = CONTROL_ADMIT_PARTY };
        struct control_answer answer;

        node_make(node, path);
        request.admit_party = (struct party_admission) {
                .party = node->path.party, .title = { "a party" }, .role_count = 2,
                .roles = { { ROLE_PAYER, date_of(2000, 1, 1), DATE_NONE },
                           { ROLE_PROVIDER, date_of(2000, 1, 1), DATE_NONE } },
                .present = true,
        };
        answer = hub_process_ask(hub, &request);
        ck_assert_msg(answer.code == 0 || answer.code == REFUSAL_ALREADY_EXISTS, "%.*s",
                      (int)answer.says.size, (const char *)answer.says.data);
        request.kind = CONTROL_ADMIT_NODE;
        request.admit_node = (struct node_admission) { .node = node->path, .rights = RIGHTS_ALL };
        memcpy(request.admit_node.transport_key, node->keys.public.transport, 32);
        memcpy(request.admit_node.signing_key, node->keys.public.signing, 32);
        memcpy(request.admit_node.sealing_key, node->keys.public.sealing, 32);
        answer = hub_process_ask(hub, &request);
        ck_assert_msg(answer.code == 0, "%.*s", (int)answer.says.size,
                      (const char *)answer.says.data);
}

void node_disconnect(struct node *node)
{
        if (node->intake)
                zmq_close(node->intake);
        if (node->signals)
                zmq_close(node->signals);
        node->intake = node->signals = NULL;
}

void node_end(struct node *node)
{
        node_disconnect(node);
        zmq_ctx_term(node->context);
        arena_free(&node->arena);
        sink_free(&node->frame);
        free(node->answer);
        keys_wipe(&node->keys);
}

static void *connect_to(struct node *node, int type, const char *endpoint, const uint8_t key[32])
{
        void *socket = zmq_socket(node->context, type);
        int zero = 0, soon = 50;

        zmq_setsockopt(socket, ZMQ_LINGER, &zero, sizeof(zero));
        zmq_setsockopt(socket, ZMQ_RECONNECT_IVL, &soon, sizeof(soon));
        zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, key, 32);
        zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, node->keys.public.transport, 32);
        zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, node->keys.secret.transport, 32);
        ck_assert_int_eq(zmq_connect(socket, endpoint), 0);
        return socket;
}

void node_connect(struct node *node, const struct hub_process *hub)
{
        node->intake = connect_to(node, ZMQ_DEALER, hub->intake, hub->key);
}

void node_subscribe(struct node *node, const struct hub_process *hub, const char *topic)
{
        if (!node->signals)
                node->signals = connect_to(node, ZMQ_SUB, hub->signals, hub->key);
        zmq_setsockopt(node->signals, ZMQ_SUBSCRIBE, topic, strlen(topic));
}

void node_send(struct node *node, struct bytes frame)
{
        ck_assert_int_eq(zmq_send(node->intake, frame.data, frame.size, 0), (int)frame.size);
}

void node_say_hello(struct node *node)
{
        const struct hello hello = {
                .format = FORMAT_MOST, .has_stream = true, .stream = node->stream,
                .client = span("test"),
        };
        uint8_t data[256];
        struct sink sink = sink_on(data, sizeof(data));

        ck_assert_int_eq(wire_write_hello(&sink, &hello), 0);
        node_send(node, sink_bytes(&sink));
}

void node_ask_tip(struct node *node)
{
        const struct query query = { .id = 1, .kind = QUERY_TIP };
        uint8_t data[256];
        struct sink sink = sink_on(data, sizeof(data));

        ck_assert_int_eq(wire_write_query(&sink, &query), 0);
        node_send(node, sink_bytes(&sink));
}

/* A fee per member and month: the shortest arrangement there is. */
static void small_terms(struct terms *terms, const struct contract_id *contract)
{
        const struct period year = { date_of(2024, 1, 1), date_of(2025, 1, 1) };

        memset(terms, 0, sizeof(*terms));
        terms->contract = *contract;
        terms->version = 1;
        strcpy(terms->title.text, "a fee per member and month");
        terms->signed_on = terms->effective = year.from;
        terms->applies = APPLIES_WHOLE_PERIOD;
        terms->standing = STANDING_BINDING;
        terms->agreement = terms->periods[0] = year;
        terms->period_count = 1;
        terms->step_count = 2;
        terms->steps[0] = (struct step) {
                .kind = name_of("fee"), .version = 1, .param_count = 1,
                .params = { { .name = name_of("pmpm"), .type = PARAM_CENTS, .cents = 500 } },
        };
        terms->steps[1] = (struct step) { .kind = name_of("post"), .version = 1 };
}

/* Signs it and wraps it; node->frame is then what goes over the wire. */
static void seal_submission(struct node *node, const struct submission *submission)
{
        uint8_t body_data[FRAME_MAX], signed_data[FRAME_MAX], room[FRAME_MAX + 256];
        struct sink body = sink_on(body_data, sizeof(body_data));
        struct sink whole = sink_on(signed_data, sizeof(signed_data));
        struct signature signature;
        struct bytes bytes;

        ck_assert_int_eq(wire_write_submission_body(&body, submission), 0);
        bytes = sink_bytes(&body);
        ck_assert_int_eq(sign_spans(DOMAIN_SUBMISSION, &bytes, 1, node->keys.secret.signing,
                                    (struct scratch) { room, sizeof(room) }, &signature), 0);
        ck_assert_int_eq(wire_write_signed_submission(&whole, bytes, BYTES_OF(signature.octets)),
                         0);
        sink_reset(&node->frame);
        ck_assert_int_eq(wire_write_submission_frame(&node->frame, sink_bytes(&whole)), 0);
}

/* The next number of its stream, one event. */
void node_say(struct node *node, const struct hub_process *hub, const struct contract_id *contract,
              const struct event *event)
{
        const struct submission submission = {
                .format = FORMAT_MOST, .hub = hub->id, .sender = node->path, .contract = *contract,
                .stream = node->stream, .sequence = ++node->sequence, .made_at = clock_wall(),
                .events = event, .event_count = 1,
        };

        seal_submission(node, &submission);
        node_send(node, sink_bytes(&node->frame));
}

struct contract_id node_contract(const char *bearer, const char *earner, unsigned int number)
{
        struct contract_id contract = { .bearer = name_of(bearer), .earner = name_of(earner) };

        snprintf(contract.label.text, sizeof(contract.label.text), "c%u", number);
        return contract;
}

void node_offer(struct node *node, const struct hub_process *hub, const char *earner,
                unsigned int number)
{
        static struct terms terms;
        uint8_t data[FRAME_MAX];
        struct sink sink = sink_on(data, sizeof(data));
        struct contract_id contract = node_contract(node->path.party.text, earner, number);
        struct event event = { .kind = EVENT_OFFER };

        small_terms(&terms, &contract);
        ck_assert_int_eq(wire_write_terms(&sink, &terms), 0);
        event.offer.terms = sink_bytes(&sink);
        node_say(node, hub, &contract, &event);
}

void node_accept(struct node *node, const struct hub_process *hub, const char *bearer,
                 unsigned int number)
{
        static struct terms terms;
        uint8_t data[FRAME_MAX];
        struct sink sink = sink_on(data, sizeof(data));
        struct contract_id contract = node_contract(bearer, node->path.party.text, number);
        struct event event = { .kind = EVENT_ACCEPTANCE, .acceptance = { .version = 1 } };
        struct hasher *hasher = NULL;
        struct digest digest;
        struct bytes bytes;

        small_terms(&terms, &contract);
        ck_assert_int_eq(wire_write_terms(&sink, &terms), 0);
        ck_assert_int_eq(hasher_new(&hasher), 0);
        bytes = sink_bytes(&sink);
        hash_spans(hasher, &bytes, 1, &digest);
        hasher_free(hasher);
        memcpy(event.acceptance.terms_sha256.octets, digest.octets, sizeof(digest.octets));
        node_say(node, hub, &contract, &event);
}

void node_rotate(struct node *node, const struct hub_process *hub, const struct keys *next)
{
        static const struct contract_id none;
        struct event event = { .kind = EVENT_KEY_ROTATION };

        possession_of_node(&hub->id, &node->path, next, &event.key_rotation);
        node_say(node, hub, &none, &event);
}

static int receive(void *socket, int ms, void *data, int size)
{
        zmq_pollitem_t item = { .socket = socket, .events = ZMQ_POLLIN };

        if (zmq_poll(&item, 1, ms) <= 0)
                return -1;
        return zmq_recv(socket, data, (size_t)size, ZMQ_DONTWAIT);
}

bool node_hear(struct node *node, int ms, struct hub_frame *ret)
{
        int size = receive(node->intake, ms, node->answer, WIRE_HUB_FRAME_MAX);
        struct fault fault;

        if (size < 0)
                return false;
        arena_reset(&node->arena);
        ck_assert_int_eq(wire_read_hub_frame((struct bytes) { node->answer, (size_t)size },
                                             &node->arena, ret, &fault), 0);
        return true;
}

int node_listen(struct node *node, int ms, void *data, int size)
{
        return receive(node->signals, ms, data, size);
}

bool node_unseals(const struct node *node, const struct hub_process *hub, const void *frame,
                  int size, struct bytes *ret)
{
        static uint8_t plain[FRAME_MAX];
        const char *at = frame, *end = at + size;
        char path[96];
        struct public_keys hub_keys;
        struct seal_key key;
        bool opens;

        for (int slashes = 0; slashes < 3 && at < end; at++)
                slashes += *at == '/';
        snprintf(path, sizeof(path), "%s/hub.key.pub", hub->directory);
        ck_assert_int_eq(keyfile_load_public(path, &hub_keys), 0);
        ck_assert_int_eq(seal_key_prepare(hub_keys.sealing, node->keys.secret.sealing, &key), 0);
        ret->data = plain;
        opens = unseal(&key, (struct bytes) { at, (size_t)(end - at) }, plain, &ret->size) == 0;
        seal_key_wipe(&key);
        return opens;
}

bool node_opens(const struct node *node, const struct hub_process *hub, const void *frame, int size)
{
        struct bytes plain;

        return node_unseals(node, hub, frame, size, &plain);
}
