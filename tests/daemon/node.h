/* SPDX-License-Identifier: Apache-2.0 */
/* A node of a party: its keys, its sockets, and what it says. */
#ifndef ACCORD_TESTS_DAEMON_NODE_H
#define ACCORD_TESTS_DAEMON_NODE_H

#include "proof/keys.h"
#include "proto/wire.h"
#include "tests/daemon/hub_process.h"

struct node {
        struct keys keys;
        struct node_path path;
        struct stream_id stream;
        uint64_t sequence;
        void *context, *intake, *signals;
        struct arena arena;             /* of the last answer */
        struct sink frame;              /* the last submission, to be sent again */
        uint8_t *answer;
};

/* Keys and a name, PARTY/NODE; admits both over the control socket. */
void node_admit(struct node *node, struct hub_process *hub, const char *path);
/* Keys and a name that nobody knows. */
void node_make(struct node *node, const char *path);
void node_end(struct node *node);

void node_connect(struct node *node, const struct hub_process *hub);
void node_subscribe(struct node *node, const struct hub_process *hub, const char *topic);
void node_disconnect(struct node *node);

/* Makes a submission with the next number that offers contract @number to @earner, and sends it. */
void node_offer(struct node *node, const struct hub_process *hub, const char *earner,
                unsigned int number);
/* The other side's signature under it. */
void node_accept(struct node *node, const struct hub_process *hub, const char *bearer,
                 unsigned int number);
/* The next submission, with this alone in it. */
void node_say(struct node *node, const struct hub_process *hub, const struct contract_id *contract,
              const struct event *event);
/* Says that it has the keys @next from now on; it keeps those it has. */
void node_rotate(struct node *node, const struct hub_process *hub, const struct keys *next);
struct contract_id node_contract(const char *bearer, const char *earner, unsigned int number);
void node_send(struct node *node, struct bytes frame);
void node_say_hello(struct node *node);
/* Asks for the length of the log. */
void node_ask_tip(struct node *node);

/* The next answer within @ms; false for none. Valid until the next. */
bool node_hear(struct node *node, int ms, struct hub_frame *ret);

/* The next signal within @ms into @data: its size, -1 for none. */
int node_listen(struct node *node, int ms, void *data, int size);
/* What is in it, valid until the next; false: the node's key does not open it. */
bool node_unseals(const struct node *node, const struct hub_process *hub, const void *frame,
                  int size, struct bytes *ret);
/* Whether the node's key opens it. */
bool node_opens(const struct node *node, const struct hub_process *hub, const void *frame,
                int size);

#endif
