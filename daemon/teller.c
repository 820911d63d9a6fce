/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/teller.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "core/check.h"
#include "daemon/clock.h"
#include "daemon/hub_tell.h"
#include "daemon/telling.h"
#include "daemon/thread.h"
#include "store/env.h"

#define DEPTH 64                        /* frames made ahead of the ingest thread */
#define MARKS_MAX 65536                 /* beyond, everybody's signal is made anew */
#define RETRY_US 1000000

/* Numbers that were marked and not looked at yet. */
struct marks {
        uint32_t *contracts, *parties;
        size_t contract_count, contract_room, party_count, party_room;
        bool is, all;
        uint64_t size;
        int64_t since;                  /* steady us: of the first of them */
};

/* All that waited when marks were taken up are told once so many were made. */
struct behind {
        uint64_t until;
        int64_t since;
};

#define BEHIND_MAX 32

struct frame {
        uint32_t party_no;
        uint8_t *data;
        size_t size, room;
};

struct teller {
        struct hub *hub;
        int nice, fd;
        pthread_t thread;
        bool started;

        /* the thread's own: */
        struct telling *telling;
        struct marks taken;
        bool retaken;                   /* @taken is to be marked, again perhaps */
        uint64_t done;                  /* signals made or found to be nobody's */

        pthread_mutex_t lock;           /* of all below */
        pthread_cond_t changed;
        bool stop;
        struct marks marks;
        struct behind behind[BEHIND_MAX];
        size_t behind_count;
        size_t first, count;            /* frames that wait: a ring */
        struct frame ring[DEPTH];
        struct teller_figures figures;
};

/* ---- marks */

static bool add(uint32_t **list, size_t *count, size_t *room, const uint32_t *more, size_t n)
{
        uint32_t *grown;

        if (*count + n > MARKS_MAX)
                return false;
        if (*count + n > *room) {
                grown = reallocarray(*list, 2 * (*count + n), sizeof(*grown));
                if (!grown)
                        return false;
                *list = grown;
                *room = 2 * (*count + n);
        }
        if (n)
                memcpy(*list + *count, more, n * sizeof(*more));
        *count += n;
        return true;
}

/* What there is no room for is all marked at once. */
static void merge(struct marks *to, const struct hub_touched *touched)
{
        if (!add(&to->contracts, &to->contract_count, &to->contract_room, touched->contracts,
                 touched->contract_count) ||
            !add(&to->parties, &to->party_count, &to->party_room, touched->parties,
                 touched->party_count) ||
            touched->all) {
                to->all = true;
                to->contract_count = to->party_count = 0;
        }
        to->size = touched->size;
        if (!to->is && (touched->all || touched->contract_count || touched->party_count)) {
                to->since = clock_steady();
                to->is = true;
        }
}

void teller_mark(struct teller *teller, const struct hub_touched *touched)
{
        pthread_mutex_lock(&teller->lock);
        merge(&teller->marks, touched);
        if (teller->marks.is)
                pthread_cond_broadcast(&teller->changed);
        pthread_mutex_unlock(&teller->lock);
}

/* Under the lock: the thread's are empty, and change places with what came in. */
static void take_marks(struct teller *teller)
{
        struct marks empty = teller->taken;

        empty.contract_count = empty.party_count = 0;
        empty.is = empty.all = false;
        teller->taken = teller->marks;
        teller->marks = empty;
        teller->retaken = true;
}

/* ---- how far behind */

static void note_behind(struct teller *teller, int64_t since)
{
        const uint64_t until = teller->done + telling_pending(teller->telling);

        pthread_mutex_lock(&teller->lock);
        teller->figures.pending = telling_pending(teller->telling);
        if (teller->behind_count < BEHIND_MAX)
                teller->behind[teller->behind_count++].since = since;
        teller->behind[teller->behind_count - 1].until = until;
        pthread_mutex_unlock(&teller->lock);
}

static void note_done(struct teller *teller)
{
        size_t over = 0;

        teller->done++;
        teller->figures.made = telling_made(teller->telling);
        teller->figures.pending = telling_pending(teller->telling);
        while (over < teller->behind_count && teller->behind[over].until <= teller->done)
                over++;
        teller->behind_count -= over;
        memmove(teller->behind, teller->behind + over,
                teller->behind_count * sizeof(teller->behind[0]));
}

struct teller_figures teller_figures(struct teller *teller)
{
        const int64_t now = clock_steady();
        struct teller_figures figures;
        int64_t since = now;

        pthread_mutex_lock(&teller->lock);
        figures = teller->figures;
        if (teller->behind_count)
                since = teller->behind[0].since;
        else if (teller->marks.is)
                since = teller->marks.since;
        pthread_mutex_unlock(&teller->lock);
        figures.behind = now > since ? (uint64_t)(now - since) : 0;
        return figures;
}

/* ---- the thread */

static void fail(struct teller *teller, int status)
{
        if (status == -EILSEQ)
                hub_condemn(teller->hub, "what a signal would be made from does not prove");
        pthread_mutex_lock(&teller->lock);
        teller->figures.failed++;
        teller->figures.failed_status = status;
        pthread_mutex_unlock(&teller->lock);
}

/* A moment, unless it is time to stop. */
static void wait_a_moment(struct teller *teller)
{
        struct timespec until;

        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += RETRY_US / 1000000;
        pthread_mutex_lock(&teller->lock);
        while (!teller->stop && pthread_cond_timedwait(&teller->changed, &teller->lock, &until) !=
                                ETIMEDOUT)
                ;
        pthread_mutex_unlock(&teller->lock);
}

/* Until there is something to do and room for what comes of it. False: time to stop. */
static bool wait_for_work(struct teller *teller)
{
        bool idle, go_on;

        pthread_mutex_lock(&teller->lock);
        idle = !teller->retaken && !telling_pending(teller->telling);
        while (!teller->stop && ((idle && !teller->marks.is) || teller->count == DEPTH))
                pthread_cond_wait(&teller->changed, &teller->lock);
        go_on = !teller->stop;
        if (!teller->retaken && (teller->marks.is || teller->marks.size > teller->taken.size))
                take_marks(teller);
        pthread_mutex_unlock(&teller->lock);
        return go_on;
}

/* Into the ring, where there is room. */
static int hand_over(struct teller *teller, uint32_t party_no, struct bytes bytes)
{
        struct frame *frame = &teller->ring[(teller->first + teller->count) % DEPTH];
        const uint64_t one = 1;
        uint8_t *grown;

        if (bytes.size > frame->room) {
                grown = realloc(frame->data, bytes.size);
                if (!grown)
                        return -ENOMEM;
                frame->data = grown;
                frame->room = bytes.size;
        }
        memcpy(frame->data, bytes.data, bytes.size);
        frame->size = bytes.size;
        frame->party_no = party_no;
        teller->count++;
        teller->figures.told++;
        if (write(teller->fd, &one, sizeof(one)) < 0)
                assert(errno == EAGAIN);        /* it is readable already */
        return 0;
}

static int make_one(struct teller *teller)
{
        struct bytes bytes;
        uint32_t party_no;
        int r = telling_next(teller->telling, &party_no, &bytes);

        if (r)
                return r == -ENOENT ? 0 : r;
        pthread_mutex_lock(&teller->lock);
        if (bytes.size)
                r = hand_over(teller, party_no, bytes);
        note_done(teller);
        pthread_mutex_unlock(&teller->lock);
        return r;
}

static int mark(struct teller *teller)
{
        const struct hub_touched touched = {
                .contracts = teller->taken.contracts,
                .contract_count = teller->taken.contract_count,
                .parties = teller->taken.parties, .party_count = teller->taken.party_count,
                .all = teller->taken.all, .size = teller->taken.size,
        };
        int r = telling_mark(teller->telling, &touched);

        if (r)
                return r;
        teller->retaken = false;
        if (teller->taken.is && telling_pending(teller->telling))
                note_behind(teller, teller->taken.since);
        return 0;
}

static void *tell_thread(void *teller_)
{
        struct teller *teller = teller_;
        int r;

        /* Linux knows a niceness per thread; where it may not be set all is done the same. */
        setpriority(PRIO_PROCESS, (id_t)gettid(), teller->nice);
        while (wait_for_work(teller)) {
                r = teller->retaken ? mark(teller) : 0;
                if (!r)
                        r = make_one(teller);
                if (!r)
                        continue;
                fail(teller, r);
                wait_a_moment(teller);
        }
        return NULL;
}

/* ---- from the ingest thread */

bool teller_next(struct teller *teller, size_t i, struct told_frame *ret)
{
        const struct frame *frame;
        uint64_t signs;
        bool is;

        pthread_mutex_lock(&teller->lock);
        is = teller->count > i;
        frame = &teller->ring[(teller->first + i) % DEPTH];
        if (is)
                *ret = (struct told_frame) { frame->party_no, { frame->data, frame->size } };
        else if (teller->count == 0 && read(teller->fd, &signs, sizeof(signs)) < 0)
                assert(errno == EAGAIN);
        pthread_mutex_unlock(&teller->lock);
        return is;
}

void teller_done(struct teller *teller, size_t count)
{
        if (!count)
                return;
        pthread_mutex_lock(&teller->lock);
        assert(teller->count >= count);
        teller->first = (teller->first + count) % DEPTH;
        teller->count -= count;
        pthread_cond_broadcast(&teller->changed);
        pthread_mutex_unlock(&teller->lock);
}

int teller_fd(const struct teller *teller)
{
        return teller->fd;
}

/* ---- start and stop */

int teller_start(struct teller **ret, struct hub *hub, int nice)
{
        struct teller *teller = calloc(1, sizeof(*teller));
        int r;

        if (!teller)
                return -ENOMEM;
        teller->hub = hub;
        teller->nice = nice;
        pthread_mutex_init(&teller->lock, NULL);
        r = thread_condition(&teller->changed);
        teller->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (!r && teller->fd < 0)
                r = -errno;
        if (!r)
                r = telling_new(&teller->telling, hub);
        if (!r)
                r = thread_start(&teller->thread, tell_thread, teller);
        teller->started = r == 0;
        if (r) {
                teller_stop(teller);
                return r;
        }
        *ret = teller;
        return 0;
}

static void marks_free(struct marks *marks)
{
        free(marks->contracts);
        free(marks->parties);
}

void teller_stop(struct teller *teller)
{
        if (!teller)
                return;
        pthread_mutex_lock(&teller->lock);
        teller->stop = true;
        pthread_cond_broadcast(&teller->changed);
        pthread_mutex_unlock(&teller->lock);
        if (teller->started)
                pthread_join(teller->thread, NULL);
        pthread_cond_destroy(&teller->changed);
        pthread_mutex_destroy(&teller->lock);
        if (teller->fd >= 0)
                close(teller->fd);
        telling_free(teller->telling);
        marks_free(&teller->marks);
        marks_free(&teller->taken);
        for (size_t i = 0; i < DEPTH; i++)
                free(teller->ring[i].data);
        free(teller);
}
