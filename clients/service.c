/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/service.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static volatile sig_atomic_t ended;

static void on_end(int number)
{
        ended = number;
}

void service_begin(void)
{
        const struct sigaction action = { .sa_handler = on_end };

        sigaction(SIGTERM, &action, NULL);
        sigaction(SIGINT, &action, NULL);
}

int service_ended(void)
{
        return ended;
}

/* A signal between the look and the wait is noticed a second later. */
bool service_sleep(int ms)
{
        while (ms > 0 && !ended) {
                int part = ms < 1000 ? ms : 1000;

                if (poll(NULL, 0, part) < 0 && errno != EINTR)
                        return false;
                ms -= part;
        }
        return !ended;
}

void service_notify(const char *state)
{
        const char *path = getenv("NOTIFY_SOCKET");
        struct sockaddr_un to = { .sun_family = AF_UNIX };
        size_t length = path ? strlen(path) : 0;
        int fd;

        if (length < 2 || length >= sizeof(to.sun_path) || (path[0] != '/' && path[0] != '@'))
                return;
        memcpy(to.sun_path, path, length);
        if (path[0] == '@')
                to.sun_path[0] = '\0';
        fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0)
                return;
        (void)!sendto(fd, state, strlen(state), MSG_NOSIGNAL, (const struct sockaddr *)&to,
                      (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length));
        close(fd);
}

void service_say(enum service_weight weight, const char *format, ...)
{
        va_list arguments;

        if (getenv("JOURNAL_STREAM"))
                fprintf(stderr, "<%d>", (int)weight);
        fprintf(stderr, "accord: %s", weight == SERVICE_CRIT ? "CRIT: " : "");
        va_start(arguments, format);
        vfprintf(stderr, format, arguments);
        va_end(arguments);
        fputc('\n', stderr);
}
