/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/scrub.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "daemon/clock.h"
#include "daemon/hub.h"
#include "daemon/prove.h"
#include "daemon/snapshot.h"
#include "daemon/thread.h"

#define STEP_MOST 1024u         /* entries of one snapshot */
#define STEPS_A_SECOND 10u
#define NOTE_EVERY_US INT64_C(10000000)
#define AGAIN_US INT64_C(5000000)       /* after a step that could not be made */
#define NICE 19

struct scrub {
        struct hub *hub;
        struct scrub_options options;
        char *directory;
        struct prover *prover;
        pthread_t thread;
        bool started;

        /* the thread's own: */
        struct proving proving;
        int64_t began;                  /* us, wall: the pass; 0: none ever has */
        int64_t noted;                  /* steady: when the file was last written */

        pthread_mutex_t lock;           /* of all below */
        pthread_cond_t changed;
        bool stop, hurry;
        struct scrub_figures figures;
};

/* ---- what survives a restart */

static void read_note(struct scrub *scrub)
{
        struct scrub_figures *figures = &scrub->figures;
        unsigned int stage = 0;
        char path[4096];
        FILE *file;
        int count;

        snprintf(path, sizeof(path), "%s/scrub", scrub->directory);
        file = fopen(path, "re");
        if (!file)
                return;
        count = fscanf(file, "began=%" SCNd64 " at=%" SCNu64 " size=%" SCNu64 " stage=%u contract=%"
                       SCNu32 " last_time=%" SCNd64 " last_size=%" SCNu64, &scrub->began,
                       &scrub->proving.at, &scrub->proving.size, &stage, &scrub->proving.contract,
                       &figures->last_time, &figures->last_size);
        fclose(file);
        if (count != 7 || stage > PROVING_DONE || scrub->proving.at > scrub->proving.size) {
                scrub->proving = (struct proving) { .stage = PROVING_LOG };
                scrub->began = figures->last_time = 0;
                return;
        }
        scrub->proving.stage = (enum proving_stage)stage;
        figures->at = scrub->proving.at;
        figures->size = scrub->proving.size;
}

static void write_note(struct scrub *scrub, const struct scrub_figures *figures)
{
        const struct proving *p = &scrub->proving;
        char text[256];
        int length = snprintf(text, sizeof(text), "began=%" PRId64 " at=%" PRIu64 " size=%" PRIu64
                              " stage=%u contract=%" PRIu32 " last_time=%" PRId64 " last_size=%"
                              PRIu64 "\n", scrub->began, p->at, p->size, (unsigned int)p->stage,
                              p->contract, figures->last_time, figures->last_size);

        /* When it cannot be written a pass is made twice, and that is all. */
        snapshot_write(scrub->directory, "scrub", (struct bytes) { text, (size_t)length });
        scrub->noted = clock_steady();
}

/* ---- the thread */

/* So much of a pass as makes it end before the next begins; @rate at least. */
static uint64_t pace(const struct scrub *scrub, uint64_t size)
{
        uint64_t seconds = scrub->options.every / 1000000;
        uint64_t needed = seconds ? size / seconds + 1 : 0;

        return needed > scrub->options.rate ? needed : scrub->options.rate;
}

/* False: it is time to stop. @us: how long at most; < 0: until something changes. */
static bool rest(struct scrub *scrub, int64_t us, bool until_hurry)
{
        struct timespec until;
        bool go_on;
        int r = 0;

        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += us / 1000000;
        until.tv_nsec += us % 1000000 * 1000;
        if (until.tv_nsec >= 1000000000) {
                until.tv_sec++;
                until.tv_nsec -= 1000000000;
        }
        pthread_mutex_lock(&scrub->lock);
        while (!scrub->stop && !(until_hurry && scrub->hurry) && r != ETIMEDOUT)
                r = us < 0 ? pthread_cond_wait(&scrub->changed, &scrub->lock)
                           : pthread_cond_timedwait(&scrub->changed, &scrub->lock, &until);
        go_on = !scrub->stop;
        pthread_mutex_unlock(&scrub->lock);
        return go_on;
}

/* What others see of the pass; it says also whether the pass is one that was asked for. */
static bool show(struct scrub *scrub, bool running)
{
        bool hurry;

        pthread_mutex_lock(&scrub->lock);
        scrub->figures.running = running;
        scrub->figures.at = scrub->proving.at;
        scrub->figures.size = scrub->proving.size;
        hurry = scrub->hurry;
        pthread_mutex_unlock(&scrub->lock);
        return hurry;
}

static void condemn(struct scrub *scrub, const char *says)
{
        char text[256];

        snprintf(text, sizeof(text), "found while looking through it: %s", says);
        hub_condemn(scrub->hub, text);
        show(scrub, false);
}

static void end_pass(struct scrub *scrub)
{
        struct scrub_figures figures;

        pthread_mutex_lock(&scrub->lock);
        scrub->hurry = false;
        scrub->figures.running = false;
        scrub->figures.passes++;
        scrub->figures.last_time = clock_wall();
        scrub->figures.last_size = scrub->proving.size;
        figures = scrub->figures;
        pthread_mutex_unlock(&scrub->lock);
        write_note(scrub, &figures);
}

/* One step and the rest after it. False: to stop, or there is damage. */
static bool step(struct scrub *scrub)
{
        bool hurry = show(scrub, true);
        uint64_t rate = hurry ? 0 : pace(scrub, scrub->proving.size);
        uint64_t most = rate ? rate / STEPS_A_SECOND + 1 : STEP_MOST;
        const char *says;
        int r = prover_step(scrub->prover, &scrub->proving,
                            (uint32_t)(most < STEP_MOST ? most : STEP_MOST), &says);

        if (r == -EILSEQ || r == -EPROTONOSUPPORT) {
                condemn(scrub, says);
                return false;
        }
        if (clock_steady() - scrub->noted > NOTE_EVERY_US)
                write_note(scrub, &scrub->figures);
        if (r)
                return rest(scrub, AGAIN_US, false);
        if (most > STEP_MOST)
                most = STEP_MOST;
        return rest(scrub, rate ? (int64_t)(most * 1000000 / rate) : 0, true);
}

/* False: to stop. A pass that a restart cut short goes on where it was. */
static bool pass(struct scrub *scrub)
{
        if (scrub->proving.stage == PROVING_DONE || scrub->began == 0) {
                scrub->proving = (struct proving) { .stage = PROVING_LOG };
                scrub->began = clock_wall();
        }
        while (scrub->proving.stage != PROVING_DONE)
                if (!step(scrub))
                        return false;
        end_pass(scrub);
        return true;
}

/* Until the next pass is due: < 0 when none is but on request. */
static int64_t until_next(const struct scrub *scrub)
{
        int64_t since = clock_wall() - scrub->began, every = (int64_t)scrub->options.every;

        if (scrub->options.rate == 0)
                return -1;
        if (scrub->began == 0 || scrub->proving.stage != PROVING_DONE || since < 0)
                return 0;
        return since >= every ? 0 : every - since;
}

static void *run_thread(void *scrub_)
{
        struct scrub *scrub = scrub_;

        /* Linux knows a niceness per thread; where it may not be set the work is done anyway. */
        setpriority(PRIO_PROCESS, (id_t)gettid(), NICE);
        while (rest(scrub, until_next(scrub), true) && pass(scrub))
                ;
        return NULL;
}

/* ---- for others */

static int make_locks(struct scrub *scrub)
{
        pthread_condattr_t attributes;
        int r = pthread_condattr_init(&attributes);

        if (r)
                return -r;
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
        r = pthread_cond_init(&scrub->changed, &attributes);
        pthread_condattr_destroy(&attributes);
        return r ? -r : -pthread_mutex_init(&scrub->lock, NULL);
}

int scrub_start(struct scrub **ret, struct hub *hub, const struct scrub_options *options)
{
        struct scrub *scrub = calloc(1, sizeof(*scrub));
        int r;

        if (!scrub)
                return -ENOMEM;
        scrub->hub = hub;
        scrub->options = *options;
        scrub->directory = strdup(options->directory);
        r = make_locks(scrub);
        if (!r)
                r = scrub->directory ? prover_new(&scrub->prover, hub) : -ENOMEM;
        if (!r) {
                read_note(scrub);
                r = thread_start(&scrub->thread, run_thread, scrub);
        scrub->started = r == 0;
        }
        if (r) {
                scrub_stop(scrub);
                return r;
        }
        *ret = scrub;
        return 0;
}

void scrub_stop(struct scrub *scrub)
{
        if (!scrub)
                return;
        pthread_mutex_lock(&scrub->lock);
        scrub->stop = true;
        pthread_cond_broadcast(&scrub->changed);
        pthread_mutex_unlock(&scrub->lock);
        if (scrub->started) {
                pthread_join(scrub->thread, NULL);
                if (!hub_condemned(scrub->hub))
                        write_note(scrub, &scrub->figures);
        }
        pthread_cond_destroy(&scrub->changed);
        pthread_mutex_destroy(&scrub->lock);
        prover_free(scrub->prover);
        free(scrub->directory);
        free(scrub);
}

bool scrub_now(struct scrub *scrub)
{
        bool idle;

        pthread_mutex_lock(&scrub->lock);
        idle = !scrub->figures.running;
        scrub->hurry = true;
        pthread_cond_broadcast(&scrub->changed);
        pthread_mutex_unlock(&scrub->lock);
        return idle;
}

struct scrub_figures scrub_figures(struct scrub *scrub)
{
        struct scrub_figures figures;

        pthread_mutex_lock(&scrub->lock);
        figures = scrub->figures;
        pthread_mutex_unlock(&scrub->lock);
        return figures;
}
