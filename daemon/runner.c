/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/runner.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "core/check.h"
#include "core/statement.h"
#include "daemon/failpoint.h"
#include "daemon/hub.h"
#include "daemon/thread.h"

#define DEPTH 4                 /* statements computed ahead of the ingest thread */
#define RETRY_SECONDS 5

struct runner {
        struct hub *hub;
        int nice, fd;
        pthread_t thread;
        bool started;

        pthread_mutex_t lock;   /* of all below */
        pthread_cond_t changed;
        bool stop, woken;
        size_t first, count;    /* statements that wait: a ring */
        struct runner_figures figures;
        struct statement *ring[DEPTH];
        const struct release_draft *release;    /* the desk's: none is made until it is taken */

        struct release_desk *desk;      /* the thread's own */
};

/* 0; -ECANCELED when it is time to stop. */
static int wait_for_room(struct runner *runner, struct statement **ret)
{
        int r;

        pthread_mutex_lock(&runner->lock);
        while (!runner->stop && runner->count == DEPTH)
                pthread_cond_wait(&runner->changed, &runner->lock);
        r = runner->stop ? -ECANCELED : 0;
        *ret = runner->ring[(runner->first + runner->count) % DEPTH];
        pthread_mutex_unlock(&runner->lock);
        return r;
}

static void hand_over(struct runner *runner)
{
        const uint64_t one = 1;

        failpoint(FAILPOINT_BEFORE_POST);
        pthread_mutex_lock(&runner->lock);
        runner->count++;
        runner->figures.computed++;
        if (write(runner->fd, &one, sizeof(one)) < 0)
                assert(errno == EAGAIN);        /* it is readable already */
        pthread_mutex_unlock(&runner->lock);
}

static void note_failure(struct runner *runner, uint64_t run, int status)
{
        pthread_mutex_lock(&runner->lock);
        runner->figures.failed++;
        runner->figures.failed_run = run;
        runner->figures.failed_status = status;
        pthread_mutex_unlock(&runner->lock);
}

/*
 * How far the thread is. Runs come in the order of the log, so each is met once; what could not be
 * computed is gone back to after a while. To compute one twice does no harm.
 */
struct progress {
        uint64_t after;
        uint64_t failed;                /* the first that failed, or 0 */
        struct timespec again;          /* when to go back to it */
};

static void fail(struct runner *runner, struct progress *progress, uint64_t run, int status)
{
        note_failure(runner, run, status);
        if (progress->failed > 0)
                return;
        progress->failed = run;
        clock_gettime(CLOCK_MONOTONIC, &progress->again);
        progress->again.tv_sec += RETRY_SECONDS;
}

/* All there is. False when it is time to stop. */
static bool compute_all(struct runner *runner, struct progress *progress)
{
        struct statement *statement = NULL;
        uint64_t run = 0;
        int r;

        while (wait_for_room(runner, &statement) == 0) {
                r = hub_next_run(runner->hub, progress->after, &run);
                if (r < 0) {
                        if (r != -ENOENT)
                                fail(runner, progress, progress->after + 1, r);
                        return true;
                }
                r = hub_compute(runner->hub, run, statement);
                if (r == -EILSEQ)
                        hub_condemn(runner->hub, "what a run would be computed from does not "
                                                 "prove");
                if (r)
                        fail(runner, progress, run, r);
                else
                        hand_over(runner);
                progress->after = run;
        }
        return false;
}

/* Not before the one before is in the ledger: the desk has room for one. */
static void make_release(struct runner *runner, struct progress *progress)
{
        const struct release_draft *draft = NULL;
        const uint64_t one = 1;
        uint32_t number;
        int r;

        if (runner_release(runner) || hub_next_release(runner->hub, 0, &number))
                return;
        r = hub_compute_release(runner->hub, runner->desk, number, &draft);
        if (r == -EILSEQ)
                hub_condemn(runner->hub, "what a release would be computed from does not prove");
        if (r) {
                fail(runner, progress, progress->after + 1, r);
                return;
        }
        failpoint(FAILPOINT_BEFORE_POST);
        pthread_mutex_lock(&runner->lock);
        runner->release = draft;
        if (write(runner->fd, &one, sizeof(one)) < 0)
                assert(errno == EAGAIN);
        pthread_mutex_unlock(&runner->lock);
}

/* Until woken; or until it is time to try again what failed. False: time to stop. */
static bool rest(struct runner *runner, struct progress *progress)
{
        bool go_on;
        int r = 0;

        pthread_mutex_lock(&runner->lock);
        while (!runner->stop && !runner->woken && r != ETIMEDOUT)
                r = progress->failed > 0 ? pthread_cond_timedwait(&runner->changed, &runner->lock,
                                                                  &progress->again)
                                         : pthread_cond_wait(&runner->changed, &runner->lock);
        runner->woken = false;
        go_on = !runner->stop;
        pthread_mutex_unlock(&runner->lock);
        if (r == ETIMEDOUT) {
                progress->after = progress->failed - 1;
                progress->failed = 0;
        }
        return go_on;
}

static void *run_thread(void *runner_)
{
        struct runner *runner = runner_;
        struct progress progress = { .after = 0 };

        /*
         * Linux knows a niceness per thread. Where it may not be set the work is done all the
         * same.
         */
        setpriority(PRIO_PROCESS, (id_t)gettid(), runner->nice);
        while (compute_all(runner, &progress)) {
                make_release(runner, &progress);
                if (!rest(runner, &progress))
                        break;
        }
        return NULL;
}

int runner_start(struct runner **ret, struct hub *hub, int nice)
{
        struct runner *runner = calloc(1, sizeof(*runner));
        int r = 0;

        if (!runner)
                return -ENOMEM;
        runner->hub = hub;
        runner->nice = nice;
        pthread_mutex_init(&runner->lock, NULL);
        thread_condition(&runner->changed);
        runner->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (runner->fd < 0)
                r = -errno;
        if (!r)
                r = release_desk_new(&runner->desk);
        for (size_t i = 0; i < DEPTH && !r; i++) {
                runner->ring[i] = calloc(1, sizeof(struct statement));
                r = runner->ring[i] ? 0 : -ENOMEM;
        }
        if (!r)
                r = thread_start(&runner->thread, run_thread, runner);
        runner->started = r == 0;
        if (r) {
                runner_stop(runner);
                return r;
        }
        *ret = runner;
        return 0;
}

void runner_stop(struct runner *runner)
{
        if (!runner)
                return;
        pthread_mutex_lock(&runner->lock);
        runner->stop = true;
        pthread_cond_broadcast(&runner->changed);
        pthread_mutex_unlock(&runner->lock);
        if (runner->started)
                pthread_join(runner->thread, NULL);
        pthread_cond_destroy(&runner->changed);
        pthread_mutex_destroy(&runner->lock);
        if (runner->fd >= 0)
                close(runner->fd);
        release_desk_free(runner->desk);
        for (size_t i = 0; i < DEPTH; i++)
                free(runner->ring[i]);
        free(runner);
}

int runner_fd(const struct runner *runner)
{
        return runner->fd;
}

void runner_wake(struct runner *runner)
{
        pthread_mutex_lock(&runner->lock);
        runner->woken = true;
        pthread_cond_broadcast(&runner->changed);
        pthread_mutex_unlock(&runner->lock);
}

const struct statement *runner_next(struct runner *runner, size_t i)
{
        const struct statement *statement = NULL;
        uint64_t signs;

        pthread_mutex_lock(&runner->lock);
        if (runner->count > i)
                statement = runner->ring[(runner->first + i) % DEPTH];
        else if (runner->count == 0 && read(runner->fd, &signs, sizeof(signs)) < 0)
                assert(errno == EAGAIN);
        pthread_mutex_unlock(&runner->lock);
        return statement;
}

void runner_done(struct runner *runner, size_t count)
{
        pthread_mutex_lock(&runner->lock);
        assert(runner->count >= count);
        runner->first = (runner->first + count) % DEPTH;
        runner->count -= count;
        pthread_cond_broadcast(&runner->changed);
        pthread_mutex_unlock(&runner->lock);
}

const struct release_draft *runner_release(struct runner *runner)
{
        const struct release_draft *draft;

        pthread_mutex_lock(&runner->lock);
        draft = runner->release;
        pthread_mutex_unlock(&runner->lock);
        return draft;
}

void runner_release_done(struct runner *runner)
{
        pthread_mutex_lock(&runner->lock);
        runner->release = NULL;
        pthread_mutex_unlock(&runner->lock);
}

struct runner_figures runner_figures(struct runner *runner)
{
        struct runner_figures figures;

        pthread_mutex_lock(&runner->lock);
        figures = runner->figures;
        pthread_mutex_unlock(&runner->lock);
        return figures;
}
