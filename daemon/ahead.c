/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/ahead.h"
#include "daemon/thread.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "core/check.h"
#include "proto/limits.h"

enum { WAITS, CLAIMED, CHECKED };

struct ahead {
        pthread_t thread;
        pthread_mutex_t lock;           /* of all below; never held while checking */
        pthread_cond_t changed;
        bool stop;
        uint64_t put, got;              /* items ever put, items ever looked at */
        struct ahead_item *ring[AHEAD_MAX];
        struct scratch scratch;
};

bool ahead_claim(struct ahead_item *item)
{
        int expected = WAITS;

        return atomic_compare_exchange_strong(&item->state, &expected, CLAIMED);
}

/* The next item nobody has claimed; NULL: time to stop. */
static struct ahead_item *next(struct ahead *ahead)
{
        struct ahead_item *item = NULL;

        pthread_mutex_lock(&ahead->lock);
        while (!ahead->stop && !item) {
                if (ahead->got == ahead->put)
                        pthread_cond_wait(&ahead->changed, &ahead->lock);
                else if (!ahead_claim(item = ahead->ring[ahead->got++ % AHEAD_MAX]))
                        item = NULL;
        }
        if (ahead->stop)
                item = NULL;
        pthread_mutex_unlock(&ahead->lock);
        return item;
}

static void check(struct ahead_item *item, struct scratch scratch)
{
        if (item->known)
                hub_check_ahead(item->frame, item->signing_key, scratch, &item->found);
        atomic_store(&item->state, CHECKED);
}

static void *check_all(void *with)
{
        struct ahead *ahead = with;
        struct ahead_item *item;

        while ((item = next(ahead)))
                check(item, ahead->scratch);
        return NULL;
}

int ahead_start(struct ahead **ret)
{
        struct ahead *ahead = calloc(1, sizeof(*ahead));
        int r = -ENOMEM;

        if (!ahead)
                return -ENOMEM;
        pthread_mutex_init(&ahead->lock, NULL);
        pthread_cond_init(&ahead->changed, NULL);
        ahead->scratch.size = sign_room(DOMAIN_SUBMISSION, WIRE_SUBMISSION_MAX);
        ahead->scratch.data = malloc(ahead->scratch.size);
        if (ahead->scratch.data)
                r = thread_start(&ahead->thread, check_all, ahead);
        if (r) {
                free(ahead->scratch.data);
                free(ahead);
                return r;
        }
        *ret = ahead;
        return 0;
}

void ahead_stop(struct ahead *ahead)
{
        if (!ahead)
                return;
        pthread_mutex_lock(&ahead->lock);
        ahead->stop = true;
        pthread_cond_signal(&ahead->changed);
        pthread_mutex_unlock(&ahead->lock);
        pthread_join(ahead->thread, NULL);
        pthread_cond_destroy(&ahead->changed);
        pthread_mutex_destroy(&ahead->lock);
        free(ahead->scratch.data);
        free(ahead);
}

void ahead_hold(struct ahead_item *item)
{
        item->found = (struct hub_ahead) { .checked = false };
        atomic_store(&item->state, WAITS);
}

void ahead_put(struct ahead *ahead, struct ahead_item *item)
{
        pthread_mutex_lock(&ahead->lock);
        /* An item that was taken before the thread came to it leaves its place all the same. */
        while (ahead->put - ahead->got >= AHEAD_MAX)
                ahead->got++;
        ahead->ring[ahead->put++ % AHEAD_MAX] = item;
        pthread_mutex_unlock(&ahead->lock);
}

void ahead_wake(struct ahead *ahead)
{
        pthread_cond_signal(&ahead->changed);
}

bool ahead_ready(const struct ahead_item *item)
{
        return atomic_load(&item->state) == CHECKED;
}

bool ahead_help(struct ahead_item *item, struct scratch scratch)
{
        if (!ahead_claim(item))
                return false;
        check(item, scratch);
        return true;
}
