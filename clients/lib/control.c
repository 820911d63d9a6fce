/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/lib/control.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "clients/lib/clock.h"
#include "clients/lib/fail.h"
#include "core/own.h"
#include "core/octets.h"
#include "proto/wire.h"

struct accord_control {
        int fd;
        char *path;
        struct sink out;
        uint8_t *in;                    /* WIRE_CONTROL_MAX */
        struct arena arena, reply_arena;
        struct control_answer answer;
        struct hub_frame reply;
};

static int connect_to(const char *path)
{
        struct sockaddr_un address = { .sun_family = AF_UNIX };
        int fd, r;

        if (strlen(path) >= sizeof(address.sun_path))
                return -ENAMETOOLONG;
        memcpy(address.sun_path, path, strlen(path));
        fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0)
                return -errno;
        if (!connect(fd, (struct sockaddr *)&address, sizeof(address)))
                return fd;
        r = -errno;
        close(fd);
        return r;
}

static int make_memory(struct accord_control *control, const char *path)
{
        int r = arena_new(&control->arena, WIRE_ARENA_SIZE);

        if (!r)
                r = sink_new(&control->out, 4096, WIRE_CONTROL_MAX);
        if (r)
                return r;
        control->in = malloc(WIRE_CONTROL_MAX);
        control->path = strdup(path);
        return control->in && control->path ? 0 : -ENOMEM;
}

int accord_control_open(struct accord_control **ret, const char *path, struct accord_error *error)
{
        own(accord_control) struct accord_control *control = calloc(1, sizeof(*control));
        int r;

        if (!control)
                return fail_with(error, ACCORD_FAILED, "out of memory");
        control->fd = -1;
        r = make_memory(control, path);
        if (r)
                return fail_errno(error, r, "cannot open a control socket");
        control->fd = connect_to(path);
        if (control->fd == -EACCES || control->fd == -EPERM)
                return fail_with(error, ACCORD_NOT_PERMITTED, "this user may not use %s", path);
        if (control->fd == -ENOENT || control->fd == -ECONNREFUSED)
                return fail_with(error, ACCORD_UNREACHABLE, "no hub listens at %s", path);
        if (control->fd < 0)
                return fail_errno(error, control->fd, "cannot connect to %s", path);
        *ret = give(control);
        return 0;
}

void accord_control_close(struct accord_control *control)
{
        if (!control)
                return;
        if (control->fd >= 0)
                close(control->fd);
        sink_free(&control->out);
        arena_free(&control->arena);
        arena_free(&control->reply_arena);
        free(control->in);
        free(control->path);
        free(control);
}

void accord_control_cleanup(struct accord_control **control)
{
        accord_control_close(*control);
}

/* Waits until the socket is ready for @events. 0; -ETIMEDOUT; -errno. */
static int wait_for(const struct accord_control *control, short events, int64_t until)
{
        struct pollfd look = { .fd = control->fd, .events = events };
        int n;

        do {
                n = poll(&look, 1, clock_left(until));
        } while (n < 0 && errno == EINTR);
        return n < 0 ? -errno : n == 0 ? -ETIMEDOUT : 0;
}

static int send_all(const struct accord_control *control, const void *data, size_t size,
                    int64_t until)
{
        const uint8_t *from = data;
        int r;

        while (size > 0) {
                ssize_t n = send(control->fd, from, size, MSG_NOSIGNAL | MSG_DONTWAIT);

                if (n < 0 && errno != EAGAIN && errno != EINTR)
                        return -errno;
                if (n < 0) {
                        r = wait_for(control, POLLOUT, until);
                        if (r)
                                return r;
                        continue;
                }
                from += n;
                size -= (size_t)n;
        }
        return 0;
}

static int receive_all(const struct accord_control *control, void *data, size_t size,
                       int64_t until)
{
        uint8_t *to = data;
        int r;

        while (size > 0) {
                ssize_t n = recv(control->fd, to, size, MSG_DONTWAIT);

                if (n == 0)
                        return -ECONNRESET;
                if (n < 0 && errno != EAGAIN && errno != EINTR)
                        return -errno;
                if (n < 0) {
                        r = wait_for(control, POLLIN, until);
                        if (r)
                                return r;
                        continue;
                }
                to += n;
                size -= (size_t)n;
        }
        return 0;
}

static int send_request(struct accord_control *control, const struct control_request *request,
                        int64_t until, struct accord_error *error)
{
        uint8_t head[4];
        int r;

        sink_reset(&control->out);
        r = wire_write_control_request(&control->out, request);
        if (r)
                return fail_with(error, ACCORD_USAGE, "the request is too large");
        put_u32(head, (uint32_t)control->out.size);
        r = send_all(control, head, sizeof(head), until);
        if (!r)
                r = send_all(control, control->out.data, control->out.size, until);
        if (r == -EPIPE || r == -ECONNRESET || r == -ETIMEDOUT)
                return fail_with(error, ACCORD_UNREACHABLE, "the hub at %s takes nothing",
                                 control->path);
        return r ? fail_errno(error, r, "cannot ask the hub at %s", control->path) : 0;
}

static int receive_answer(struct accord_control *control, int64_t until, struct bytes *ret,
                          struct accord_error *error)
{
        uint8_t head[4];
        size_t size = 0;
        int r = receive_all(control, head, sizeof(head), until);

        if (!r) {
                size = get_u32(head);
                if (size > WIRE_CONTROL_MAX)
                        return fail_with(error, ACCORD_INTEGRITY, "the answer from %s is too "
                                         "large", control->path);
                r = receive_all(control, control->in, size, until);
        }
        if (r == -ETIMEDOUT || r == -ECONNRESET)
                return fail_with(error, ACCORD_IN_DOUBT, "the hub at %s was asked and does not "
                                 "answer", control->path);
        *ret = (struct bytes) { control->in, size };
        return r ? fail_errno(error, r, "cannot hear the hub at %s", control->path) : 0;
}

/* An answer that comes late would be taken for the next one's: the socket is used no more. */
static void hang_up(struct accord_control *control)
{
        close(control->fd);
        control->fd = -1;
}

int accord_control_ask(struct accord_control *control, const struct control_request *request,
                       int timeout_ms, const struct control_answer **ret,
                       struct accord_error *error)
{
        int64_t until = clock_until(timeout_ms);
        struct fault fault;
        struct bytes bytes;
        int r;

        *ret = NULL;
        if (control->fd < 0)
                return fail_with(error, ACCORD_FAILED, "the connection to %s is over: open it "
                                 "again", control->path);
        r = send_request(control, request, until, error);
        if (!r)
                r = receive_answer(control, until, &bytes, error);
        if (r) {
                hang_up(control);
                return r;
        }
        arena_reset(&control->arena);
        if (wire_read_control_answer(bytes, &control->arena, &control->answer, &fault))
                return fail_with(error, ACCORD_INTEGRITY, "the answer from %s does not parse",
                                 control->path);
        *ret = &control->answer;
        if (!control->answer.code)
                return 0;
        return fail_refused(error, &(struct wire_fault) { .code = control->answer.code,
                                                          .says = control->answer.says },
                            "the hub refuses");
}

int accord_control_reply(struct accord_control *control, const struct control_answer *answer,
                         const struct hub_frame **ret, struct accord_error *error)
{
        struct fault fault;
        int r = 0;

        if (!control->reply_arena.data)
                r = arena_new(&control->reply_arena, WIRE_ARENA_SIZE);
        if (r)
                return fail_errno(error, r, "cannot read the hub's reply");
        arena_reset(&control->reply_arena);
        if (wire_read_hub_frame(answer->reply, &control->reply_arena, &control->reply, &fault))
                return fail_with(error, ACCORD_INTEGRITY, "the hub's reply does not parse");
        *ret = &control->reply;
        return 0;
}
