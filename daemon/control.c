/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/control.h"

#include <errno.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/check.h"
#include "core/message.h"
#include "daemon/config.h"
#include "daemon/log.h"
#include "daemon/staff.h"
#include "proto/limits.h"
#include "proto/wire.h"

#define HEAD 4

/* What a user or group reads as that our user namespace does not know: it may be anybody. */
#define ID_OVERFLOW 65534u

enum client_state { CLIENT_FREE, CLIENT_READING, CLIENT_ASKED, CLIENT_HELD, CLIENT_WRITING };

struct client {
        struct control *control;
        enum client_state state;
        bool last;                      /* ends with this answer */
        int fd;
        struct control_peer who;
        unsigned int rights;
        struct event *event;
        uint8_t head[HEAD];
        uint8_t *data;                  /* request, then answer with its head */
        size_t size, done;              /* of all with the head */
};

struct control {
        struct control_options options;
        struct config_ids operators, groups, auditors, auditor_groups;
        struct log *log;
        void (*ready)(void *with);
        void *with;
        struct event_base *base;
        struct event *event;
        int fd;
        bool bound;
        struct sockaddr_un address;
        struct control_figures figures;
        struct client *clients;
};

static bool has_id(const struct config_ids *ids, uint32_t id)
{
        for (size_t i = 0; ids && i < ids->count; i++)
                if (ids->ids[i] == id)
                        return true;
        return false;
}

/* An id that our namespace does not know is nobody's. */
static bool is_named(const struct config_ids *users, const struct config_ids *groups,
                     const struct control_peer *peer)
{
        if (peer->uid != ID_OVERFLOW && has_id(users, peer->uid))
                return true;
        for (size_t i = 0; i < peer->group_count; i++)
                if (peer->groups[i] != ID_OVERFLOW && has_id(groups, peer->groups[i]))
                        return true;
        return false;
}

unsigned int control_rights(const struct control_options *options, const struct control_peer *peer)
{
        bool is_own = peer->uid == 0 || peer->uid == geteuid();
        unsigned int rights = 0;

        if (is_own || is_named(options->operators, options->groups, peer))
                rights |= STAFF_BIT(STAFF_OPERATOR);
        if (is_named(options->auditors, options->auditor_groups, peer))
                rights |= STAFF_BIT(STAFF_AUDITOR);
        return rights;
}

/* Who the other end was when it connected; its own group first. 0 or -errno. */
static int read_peer(int fd, struct control_peer *ret)
{
        struct ucred who;
        socklen_t size = sizeof(who), groups_size = sizeof(ret->groups) - sizeof(gid_t);

        if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) < 0)
                return -errno;
        ret->uid = who.uid;
        ret->groups[0] = who.gid;
        ret->group_count = 1;
        if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, ret->groups + 1, &groups_size) == 0)
                ret->group_count += groups_size / sizeof(gid_t);
        return 0;       /* of more groups than there is room for none is heard of */
}

static void client_free(struct client *client)
{
        if (client->event)
                event_free(client->event);
        if (client->fd >= 0)
                close(client->fd);
        free(client->data);
        *client = (struct client) { .control = client->control, .fd = -1 };
        if (client->control->event)
                event_add(client->control->event, NULL);        /* there is a place again */
}

static void client_step(evutil_socket_t fd, short what, void *client_);

/* Waits for the socket, with patience for so long. */
static void client_wait(struct client *client, short what)
{
        const uint64_t us = client->control->options.timeout;
        const struct timeval patience = {
                .tv_sec = (time_t)(us / 1000000), .tv_usec = (suseconds_t)(us % 1000000),
        };

        event_del(client->event);
        if (event_assign(client->event, client->control->base, client->fd, what, client_step,
                         client) < 0 ||
            event_add(client->event, &patience) < 0)
                client_free(client);
}

/* Reads up to @size bytes in all. 0; -EAGAIN; -ECONNRESET at the end of the stream; -errno. */
static int read_up_to(struct client *client, uint8_t *at, size_t size)
{
        ssize_t got = recv(client->fd, at + client->done, size - client->done, MSG_DONTWAIT);

        if (got < 0)
                return errno == EINTR ? -EAGAIN : -errno;
        client->done += (size_t)got;
        return got == 0 ? -ECONNRESET : client->done == size ? 0 : -EAGAIN;
}

static size_t head_of(const uint8_t head[HEAD])
{
        return (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
}

/* 0 when the request is whole. */
static int client_read(struct client *client)
{
        int r;

        if (!client->data) {
                r = read_up_to(client, client->head, HEAD);
                if (r)
                        return r;
                client->size = head_of(client->head);
                client->done = 0;
                if (client->size == 0 || client->size > WIRE_CONTROL_MAX)
                        return -EMSGSIZE;
                client->data = malloc(client->size);
                if (!client->data)
                        return -ENOMEM;
        }
        return read_up_to(client, client->data, client->size);
}

static int client_write(struct client *client)
{
        ssize_t sent = send(client->fd, client->data + client->done, client->size - client->done,
                            MSG_DONTWAIT | MSG_NOSIGNAL);

        if (sent < 0)
                return errno == EINTR ? -EAGAIN : -errno;
        client->done += (size_t)sent;
        return client->done == client->size ? 0 : -EAGAIN;
}

static void client_read_next(struct client *client)
{
        free(client->data);
        client->data = NULL;
        client->size = client->done = 0;
        client->state = CLIENT_READING;
        client_wait(client, EV_READ);
}

static void client_step(evutil_socket_t fd, short what, void *client_)
{
        struct client *client = client_;
        struct control *control = client->control;
        bool writing = client->state == CLIENT_WRITING;
        int r;

        (void)fd;
        if (what & EV_TIMEOUT)
                r = -ETIMEDOUT;
        else
                r = writing ? client_write(client) : client_read(client);
        if (r == -EAGAIN) {
                client_wait(client, writing ? EV_WRITE : EV_READ);
        } else if (r || (writing && client->last)) {
                client_free(client);
        } else if (writing) {
                client_read_next(client);
        } else {
                client->state = CLIENT_ASKED;
                control->figures.requests++;
                control->ready(control->with);
        }
}

void control_hold(struct control *control, uint64_t session)
{
        struct client *client = &control->clients[session - CONTROL_SESSION - 1];

        assert(session > CONTROL_SESSION);
        assert(client->state == CLIENT_ASKED);
        client->state = CLIENT_HELD;
}

void control_answer(struct control *control, uint64_t session, struct bytes answer)
{
        struct client *client = &control->clients[session - CONTROL_SESSION - 1];

        assert(session > CONTROL_SESSION);
        assert(client->state != CLIENT_FREE);
        free(client->data);
        client->size = HEAD + answer.size;
        client->done = 0;
        client->data = malloc(client->size);
        if (!client->data) {
                client_free(client);
                return;
        }
        for (size_t i = 0; i < HEAD; i++)
                client->data[i] = (uint8_t)(answer.size >> (8 * (HEAD - 1 - i)));
        memcpy(client->data + HEAD, answer.data, answer.size);
        client->state = CLIENT_WRITING;
        client_step(client->fd, EV_WRITE, client);
}

bool control_next(const struct control *control, uint64_t after, struct control_ask *ret)
{
        size_t first = after > CONTROL_SESSION ? (size_t)(after - CONTROL_SESSION) : 0;

        for (size_t i = first; i < control->options.clients; i++) {
                const struct client *client = &control->clients[i];

                if (client->state != CLIENT_ASKED)
                        continue;
                ret->operator_uid = client->who.uid;
                ret->rights = client->rights;
                ret->request = (struct bytes) { client->data, client->size };
                ret->session = CONTROL_SESSION + 1 + i;
                return true;
        }
        return false;
}

/* Says why, and hangs up when that is said. */
static void turn_away(struct control *control, struct client *client, enum refusal code,
                      const char *says)
{
        const struct control_answer answer = { .code = code, .says = { says, strlen(says) } };
        uint8_t data[256];
        struct sink sink = sink_on(data, sizeof(data));

        control->figures.refused++;
        client->last = true;
        if (wire_write_control_answer(&sink, &answer))
                client_free(client);
        else
                control_answer(control, CONTROL_SESSION + 1 + (uint64_t)(client - control->clients),
                               sink_bytes(&sink));
}

static void client_welcome(struct control *control, struct client *client)
{
        const struct log_about about = { .limit = "control" };

        client->state = CLIENT_READING;
        client->event = event_new(control->base, client->fd, EV_READ, client_step, client);
        if (!client->event || read_peer(client->fd, &client->who)) {
                client_free(client);
                return;
        }
        client->rights = control_rights(&control->options, &client->who);
        if (!client->rights) {
                log_say(control->log, MESSAGE_CONTROL_REFUSED, &about, "uid %u, gid %u",
                        (unsigned int)client->who.uid, (unsigned int)client->who.groups[0]);
                turn_away(control, client, REFUSAL_NOT_PERMITTED,
                          "your user may not use the hub's control socket");
        } else {
                client_wait(client, EV_READ);
        }
}

static struct client *find_free(struct control *control)
{
        for (size_t i = 0; i < control->options.clients; i++)
                if (control->clients[i].state == CLIENT_FREE)
                        return &control->clients[i];
        return NULL;
}

/* When all places are taken newcomers wait in the kernel's queue, which is bounded too. */
static void take_client(evutil_socket_t fd, short what, void *control_)
{
        struct control *control = control_;
        struct client *client = find_free(control);

        (void)what;
        if (!client) {
                event_del(control->event);
                return;
        }
        client->fd = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (client->fd >= 0)
                client_welcome(control, client);
}

/* A socket file that nobody answers on was left by a daemon that did not end well. */
static int clear_way(const struct sockaddr_un *address)
{
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        int r = 0;

        if (fd < 0)
                return -errno;
        if (connect(fd, (const struct sockaddr *)address, sizeof(*address)) == 0 || errno == EAGAIN)
                r = -EADDRINUSE;
        else if (errno == ECONNREFUSED && unlink(address->sun_path) < 0 && errno != ENOENT)
                r = -errno;
        close(fd);
        return r;
}

static int listen_on(struct control *control, const char *path)
{
        int r;

        control->address.sun_family = AF_UNIX;
        if (strlen(path) >= sizeof(control->address.sun_path))
                return -ENAMETOOLONG;
        memcpy(control->address.sun_path, path, strlen(path) + 1);
        r = clear_way(&control->address);
        if (r)
                return r;
        control->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (control->fd < 0 ||
            bind(control->fd, (struct sockaddr *)&control->address, sizeof(control->address)) < 0)
                return -errno;
        control->bound = true;
        /* Everybody may knock; who may speak is decided by who it is. */
        if (chmod(path, 0666) < 0 || listen(control->fd, (int)control->options.clients) < 0)
                return -errno;
        return 0;
}

int control_open(struct control **ret, struct event_base *base,
                 const struct control_options *options, struct log *log, void (*ready)(void *with),
                 void *with)
{
        struct control *control = calloc(1, sizeof(*control));
        int r;

        if (!control)
                return -ENOMEM;
        *control = (struct control) {
                .options = *options, .operators = *options->operators, .groups = *options->groups,
                .auditors = *options->auditors, .auditor_groups = *options->auditor_groups,
                .log = log, .ready = ready, .with = with, .base = base, .fd = -1,
        };
        control->options.operators = &control->operators;
        control->options.groups = &control->groups;
        control->options.auditors = &control->auditors;
        control->options.auditor_groups = &control->auditor_groups;
        control->clients = calloc(options->clients, sizeof(*control->clients));
        r = control->clients ? listen_on(control, options->path) : -ENOMEM;
        for (size_t i = 0; control->clients && i < options->clients; i++)
                control->clients[i] = (struct client) { .control = control, .fd = -1 };
        if (!r) {
                control->event = event_new(base, control->fd, EV_READ | EV_PERSIST, take_client,
                                           control);
                r = control->event && event_add(control->event, NULL) == 0 ? 0 : -ENOMEM;
        }
        if (r) {
                control_close(control);
                return r;
        }
        *ret = control;
        return 0;
}

void control_close(struct control *control)
{
        if (!control)
                return;
        if (control->event)
                event_free(control->event);
        control->event = NULL;
        for (size_t i = 0; control->clients && i < control->options.clients; i++)
                client_free(&control->clients[i]);
        if (control->fd >= 0)
                close(control->fd);
        if (control->bound)
                unlink(control->address.sun_path);
        free(control->clients);
        free(control);
}

struct control_figures control_figures(const struct control *control)
{
        return control->figures;
}
