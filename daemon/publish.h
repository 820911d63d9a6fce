/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signals socket: an XPUB that applies a subscription only to what the subscriber may have.
 *
 * What is private is sealed by libhub; this only saves the traffic. libzmq 4.3.4 can
 * apply a subscription to another pipe than it came from, so nothing may rest on it.
 * Slow subscribers lose signals and fetch them by number; nobody waits for them.
 */
#ifndef ACCORD_DAEMON_PUBLISH_H
#define ACCORD_DAEMON_PUBLISH_H

#include <stdbool.h>
#include <stdint.h>

#include "core/bytes.h"
#include "core/message.h"
#include "daemon/bus_socket.h"

struct bus_monitor;
struct event_base;
struct hub;
struct log;
struct publish;

/* The longest topic, and the octet before it. */
#define PUBLISH_TOPIC_MAX 256
#define PUBLISH_PUBLIC "public/"

struct publish_figures {
        uint64_t sent, failed;
        uint64_t subscribed, unsubscribed;
        uint64_t refused;               /* topics that are not the subscriber's */
        uint64_t upstream;              /* frames that are no subscription */
};

/* @options: type, domain and message_max are ours to set. */
int publish_open(struct publish **ret, void *context, struct event_base *base,
                 const struct bus_socket_options *options, const struct hub *hub, struct log *log);
void publish_close(struct publish *publish);

const char *publish_endpoint(const struct publish *publish);
struct publish_figures publish_figures(const struct publish *publish);
const struct bus_monitor *publish_monitor_of(const struct publish *publish);
uint64_t publish_finds(const struct publish *publish);

/*
 * May @node have this topic? Only what begins with "party/PARTY/NODE/" of its own, or with
 * "public/".
 */
bool publish_permits(const struct node_path *node, struct bytes topic);

/* Topic and body as one frame, to whom it concerns. Never waits. */
void publish_send(struct publish *publish, struct bytes frame);
/* After the last of several. */
void publish_settle(struct publish *publish);

#endif
