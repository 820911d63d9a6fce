/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/publish.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "daemon/bus_monitor.h"
#include "daemon/bus_watch.h"
#include "daemon/hub.h"
#include "daemon/log.h"
#include "daemon/zap.h"
#include "proof/hex.h"

#define TURN 256

struct publish {
        void *socket;
        struct bus_watch watch;
        struct bus_monitor monitor;
        const struct hub *hub;
        struct log *log;
        struct publish_figures figures;
        char endpoint[BUS_ENDPOINT_MAX];
};

static bool begins(struct bytes topic, const char *prefix)
{
        size_t length = strlen(prefix);

        return topic.size >= length && memcmp(topic.data, prefix, length) == 0;
}

bool publish_permits(const struct node_path *node, struct bytes topic)
{
        char own[2 * NAME_MAX_LENGTH + sizeof("party///")];

        snprintf(own, sizeof(own), "party/%s/%s/", node->party.text, node->node.text);
        return begins(topic, own) || begins(topic, PUBLISH_PUBLIC);
}

/* One frame; what follows in the same message is thrown away and makes it no subscription. */
static int receive(void *socket, zmq_msg_t *frame, bool *ret_single)
{
        zmq_msg_t rest;
        int more = 0;
        size_t size = sizeof(more);

        if (zmq_msg_recv(frame, socket, ZMQ_DONTWAIT) < 0)
                return -errno;
        zmq_getsockopt(socket, ZMQ_RCVMORE, &more, &size);
        *ret_single = !more;
        zmq_msg_init(&rest);
        while (more && zmq_msg_recv(&rest, socket, ZMQ_DONTWAIT) >= 0)
                zmq_getsockopt(socket, ZMQ_RCVMORE, &more, &size);
        zmq_msg_close(&rest);
        return 0;
}

/*
 * Who sent it, and how to call it in the log: its path, or the key where there is no such node any
 * more.
 */
struct sender {
        bool known;
        struct node_path node;
        char text[2 * NAME_MAX_LENGTH + BUS_KEY_TEXT];
};

static void sender_of(const struct publish *publish, const char *user, struct sender *ret)
{
        uint8_t key[32];

        ret->known = hex_parse((struct bytes) { user, strlen(user) }, key, sizeof(key)) &&
                     hub_knows(publish->hub, key, &ret->node);
        if (ret->known)
                snprintf(ret->text, sizeof(ret->text), "%s/%s", ret->node.party.text,
                         ret->node.node.text);
        else
                snprintf(ret->text, sizeof(ret->text), "%s", user);
}

static void apply(struct publish *publish, bool subscribe, struct bytes topic)
{
        int option = subscribe ? ZMQ_SUBSCRIBE : ZMQ_UNSUBSCRIBE;

        if (zmq_setsockopt(publish->socket, option, topic.data, topic.size) < 0)
                return;         /* the subscriber has left */
        if (subscribe)
                publish->figures.subscribed++;
        else
                publish->figures.unsubscribed++;
}

static void judge(struct publish *publish, zmq_msg_t *frame, bool single)
{
        const uint8_t *data = zmq_msg_data(frame);
        size_t size = zmq_msg_size(frame);
        const char *user = zmq_msg_gets(frame, "User-Id");
        struct sender sender = { .known = false };
        const struct log_about about = { .node = sender.text };

        if (!user)
                return; /* libzmq's own: a connection ended, and took its subscriptions along */
        sender_of(publish, user, &sender);
        if (!single || size == 0 || data[0] > 1) {
                publish->figures.upstream++;
                log_say(publish->log, MESSAGE_UPSTREAM_DROPPED, &about, "%s", "");
        } else if (!sender.known ||
                   !publish_permits(&sender.node, (struct bytes) { data + 1, size - 1 })) {
                publish->figures.refused++;
                log_say(publish->log, MESSAGE_TOPIC_REFUSED, &about, "%s", "");
        } else {
                apply(publish, data[0] == 1, (struct bytes) { data + 1, size - 1 });
        }
}

static void look(void *publish_)
{
        struct publish *publish = publish_;
        zmq_msg_t frame;
        bool single = false;

        zmq_msg_init(&frame);
        for (int turn = 0; turn < TURN; turn++) {
                if (receive(publish->socket, &frame, &single) < 0)
                        break;
                judge(publish, &frame, single);
        }
        zmq_msg_close(&frame);
}

int publish_open(struct publish **ret, void *context, struct event_base *base,
                 const struct bus_socket_options *options, const struct hub *hub, struct log *log)
{
        struct bus_socket_options own = *options;
        struct publish *publish = calloc(1, sizeof(*publish));
        int r;

        if (!publish)
                return -ENOMEM;
        publish->hub = hub;
        publish->log = log;
        own.type = ZMQ_XPUB;
        own.switched_on = ZMQ_XPUB_MANUAL;
        own.domain = ZAP_DOMAIN_SIGNALS;
        own.message_max = PUBLISH_TOPIC_MAX;
        r = bus_socket_bind(&publish->socket, context, &own, publish->endpoint);
        if (!r)
                r = bus_monitor_start(&publish->monitor, context, base, publish->socket, "signals",
                                      log);
        if (!r)
                r = bus_watch_start(&publish->watch, base, publish->socket, look, publish);
        if (r) {
                publish_close(publish);
                return r;
        }
        *ret = publish;
        return 0;
}

void publish_close(struct publish *publish)
{
        if (!publish)
                return;
        bus_watch_stop(&publish->watch);
        bus_monitor_stop(&publish->monitor);
        bus_socket_close(publish->socket);
        free(publish);
}

const char *publish_endpoint(const struct publish *publish)
{
        return publish->endpoint;
}

struct publish_figures publish_figures(const struct publish *publish)
{
        return publish->figures;
}

const struct bus_monitor *publish_monitor_of(const struct publish *publish)
{
        return &publish->monitor;
}

uint64_t publish_finds(const struct publish *publish)
{
        return publish->watch.finds;
}

void publish_send(struct publish *publish, struct bytes frame)
{
        if (zmq_send(publish->socket, frame.data, frame.size, ZMQ_DONTWAIT) < 0)
                publish->figures.failed++;
        else
                publish->figures.sent++;
}

void publish_settle(struct publish *publish)
{
        bus_watch_settle(&publish->watch);
}
