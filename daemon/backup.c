/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/backup.h"
#include "daemon/thread.h"

#include <errno.h>
#include <event2/event.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/check.h"

#define NICE 10

struct backup {
        const struct hub *hub;
        char *folder;
        void (*done)(void *with, const struct backup_result *result);
        void *with;
        int fd;                         /* readable: the thread is through */
        struct event *event;
        pthread_t thread;
        bool busy;                      /* from backup_begin() until @done was called */
        struct backup_result result;    /* the thread's while busy */
};

static void *run_thread(void *backup_)
{
        struct backup *backup = backup_;
        const uint64_t one = 1;

        setpriority(PRIO_PROCESS, (id_t)gettid(), NICE);
        backup->result.status = backup_make(backup->hub, backup->folder, &backup->result.made);
        if (write(backup->fd, &one, sizeof(one)) < 0)
                assert(errno == EAGAIN);
        return NULL;
}

static void on_done(evutil_socket_t fd, short what, void *backup_)
{
        struct backup *backup = backup_;
        uint64_t signs;

        (void)what;
        if (read(fd, &signs, sizeof(signs)) < 0 || !backup->busy)
                return;
        pthread_join(backup->thread, NULL);
        backup->busy = false;
        backup->done(backup->with, &backup->result);
}

int backup_open(struct backup **ret, struct event_base *base, const struct hub *hub,
                const char *folder, void (*done)(void *with, const struct backup_result *result),
                void *with)
{
        struct backup *backup = calloc(1, sizeof(*backup));

        if (!backup)
                return -ENOMEM;
        *backup = (struct backup) {
                .hub = hub, .folder = strdup(folder), .done = done, .with = with,
                .fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
        };
        if (backup->fd >= 0)
                backup->event = event_new(base, backup->fd, EV_READ | EV_PERSIST, on_done, backup);
        if (!backup->folder || !backup->event || event_add(backup->event, NULL) < 0) {
                backup_stop(backup);
                return -ENOMEM;
        }
        *ret = backup;
        return 0;
}

void backup_stop(struct backup *backup)
{
        if (!backup)
                return;
        if (backup->busy)
                pthread_join(backup->thread, NULL);
        if (backup->event)
                event_free(backup->event);
        if (backup->fd >= 0)
                close(backup->fd);
        free(backup->folder);
        free(backup);
}

int backup_begin(struct backup *backup, uint64_t session)
{
        int r;

        if (backup->busy)
                return -EBUSY;
        backup->result = (struct backup_result) { .session = session };
        r = thread_start(&backup->thread, run_thread, backup);
        backup->busy = r == 0;
        return r;
}
