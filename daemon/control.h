/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The control socket: how the operator on the hub's own machine speaks to the daemon.
 *
 * A stream socket in the file system; a message is a length (u32, big-endian) and a ControlRequest
 * or ControlAnswer. Who speaks is what the kernel says of the other end (SO_PEERCRED), never what
 * the message says. Root, our own user and whom the configuration names are operators; auditors are
 * only those whom it names (daemon/staff.h). Everybody else is answered NOT_PERMITTED and let go at
 * once; what each may ask is in daemon/operator.c.
 */
#ifndef ACCORD_DAEMON_CONTROL_H
#define ACCORD_DAEMON_CONTROL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "core/bytes.h"
#include "proto/arena.h"

struct config_ids;
struct control;
struct event_base;
struct log;

struct control_options {
        const char *path;
        const struct config_ids *operators, *groups;
        const struct config_ids *auditors, *auditor_groups;
        uint32_t clients;
        uint64_t timeout;               /* us */
};

/* One request that waits for its answer. */
struct control_ask {
        uint32_t operator_uid;
        unsigned int rights;            /* STAFF_BIT()s of who asks */
        struct bytes request;           /* a ControlRequest; valid until it is answered */
        uint64_t session;               /* at or above CONTROL_SESSION */
};

/* Sessions of the intake are below. */
#define CONTROL_SESSION (UINT64_C(1) << 63)

struct control_figures {
        uint64_t requests, refused;
};

/*
 * @ready: called from the loop when a request waits. 0; -EADDRINUSE when somebody answers there;
 * -errno.
 */
int control_open(struct control **ret, struct event_base *base,
                 const struct control_options *options, struct log *log, void (*ready)(void *with),
                 void *with);
/*
 * Lets the answers that are on their way go, as far as the sockets take them at once; removes the
 * socket.
 */
void control_close(struct control *control);

struct control_figures control_figures(const struct control *control);

/* The first request after @after (0: from the start) that waits; false when none does. */
bool control_next(const struct control *control, uint64_t after, struct control_ask *ret);

/* The request takes long: it waits no more to be taken, and is answered when there is an answer. */
void control_hold(struct control *control, uint64_t session);

/* @answer: a ControlAnswer, copied. The request is done with. */
void control_answer(struct control *control, uint64_t session, struct bytes answer);

#define CONTROL_GROUPS_MAX 256

struct control_peer {
        uid_t uid;
        size_t group_count;
        gid_t groups[CONTROL_GROUPS_MAX];
};

/*
 * As what they may speak: STAFF_BIT()s; 0: not at all. Root and the daemon's own user can read the
 * files, but over the socket they are auditors only when they are named.
 */
unsigned int control_rights(const struct control_options *options,
                            const struct control_peer *peer);

#endif
