/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libzmq 4.3.4 can apply a subscription to the pipe of another peer when its subscriber leaves
 * while the hub is busy, and hands frames that a subscriber sends upstream on to the hub. Here a
 * hub commits slowly while connections under a victim's key subscribe and leave by the thousand,
 * and a stranger, an admitted node of another party, connects, leaves, and sends upstream whatever
 * it likes. Whatever it gets, it can open nothing that is not its own; the victim misses nothing.
 */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zmq.h>

#include "core/own.h"
#include "proof/seal.h"
#include "proto/limits.h"
#include "tests/world/must.h"
#include "tests/world/raw.h"

#define AT_ONCE 24              /* connections of either kind at a time */
#define FRAME_MAX 65536
#define LAST_MS 60000

struct arguments {
        const char *accordd, *slow;
        unsigned int churns;
        double seconds;
        uint64_t seed;
};

struct shared {
        int stop, listening;
        uint64_t runs, last_signal, heard;
};

struct scene {
        struct accordd accordd;
        struct node payer, victim, stranger;
        struct contract_id contract, strangers;         /* the victim's; the stranger's own */
        struct shared *shared;
        uint64_t seed;
        void *context;
        struct seal_key key;            /* the stranger's, shared with the hub */
        char own[96], victims[96];      /* topics */
        uint64_t churned, frames, own_frames, strays, upstream;
        uint8_t frame[FRAME_MAX], plain[FRAME_MAX];
};

/* ---- who is disturbed */

/* Of both contracts, so that the stranger has something of its own to hear. */
static _Noreturn void be_payer(struct scene *scene)
{
        const struct event event = run_of(RUN_INTERIM);
        struct desk desk;
        unsigned int turn = 0;

        desk_open(&desk, &scene->payer, &scene->accordd);
        while (!__atomic_load_n(&scene->shared->stop, __ATOMIC_RELAXED)) {
                int r = desk_try(&desk, turn++ % 4 ? &scene->contract : &scene->strangers, &event,
                                 1);

                if (!r)
                        scene->shared->runs++;
                else if (desk.error.refusal != REFUSAL_RUN_PENDING)
                        must_do(r, &desk.error, "the payer's run");
                usleep(2000);
        }
        desk_close(&desk);
        exit(0);
}

/* Dense numbers are the library's promise; that all came is seen at the end. */
static _Noreturn void be_victim(struct scene *scene)
{
        struct accord_signals *signals;
        const struct accord_signal *heard;
        struct accord_error error = { 0 };
        struct desk desk;
        uint64_t last;

        desk_open(&desk, &scene->victim, &scene->accordd);
        must_do(accord_signals_open(&signals, desk.session, 0, &error), &error, "an ear");
        do {
                int r = accord_signals_next(signals, 100, &heard, &error);

                if (r != ACCORD_UNREACHABLE)
                        must_do(r, &error, "the victim's signals");
                if (!r && heard) {
                        must_be(heard->signal.number == scene->shared->heard + 1,
                                "the victim misses a signal");
                        scene->shared->heard++;
                }
                __atomic_store_n(&scene->shared->listening, 1, __ATOMIC_RELAXED);
                last = __atomic_load_n(&scene->shared->last_signal, __ATOMIC_RELAXED);
        } while (last == 0 || scene->shared->heard < last);
        accord_signals_close(signals);
        desk_close(&desk);
        exit(0);
}

/* ---- who disturbs */

static void *connect_as(struct scene *scene, int type, const struct node *node)
{
        return raw_connect(scene->context, type, scene->accordd.signals,
                           scene->accordd.keys.public.transport, &node->keys);
}

/* The stranger's frames upstream: subscriptions to everybody's, half messages, nonsense. */
static void shout(struct scene *scene, void *socket)
{
        char topic[128];
        size_t size;

        switch (draw_of(&scene->seed, 0, 5)) {
        case 0:
                zmq_send(socket, "\x01", 1, ZMQ_DONTWAIT);
                break;
        case 1:
                size = (size_t)snprintf(topic, sizeof(topic), "\x01%s", scene->victims);
                zmq_send(socket, topic, size, ZMQ_DONTWAIT);
                break;
        case 2:
                zmq_send(socket, "\x01", 1, ZMQ_DONTWAIT | ZMQ_SNDMORE);
                zmq_send(socket, scene->victims, strlen(scene->victims), ZMQ_DONTWAIT);
                break;
        case 3:
                zmq_send(socket, "", 0, ZMQ_DONTWAIT);
                break;
        case 4:
                zmq_send(socket, "\x07hello", 6, ZMQ_DONTWAIT);
                break;
        default:
                size = (size_t)snprintf(topic, sizeof(topic), "%c%s",
                                        (int)draw_of(&scene->seed, 2, 255), scene->victims);
                zmq_send(socket, topic, size, ZMQ_DONTWAIT);
                break;
        }
        scene->upstream++;
}

static void ask_for_own(struct scene *scene, void *socket)
{
        char topic[128];
        size_t size = (size_t)snprintf(topic, sizeof(topic), "\x01%s", scene->own);

        zmq_send(socket, topic, size, ZMQ_DONTWAIT);
}

static void take_frame(struct scene *scene, size_t size)
{
        const size_t own = strlen(scene->own);
        size_t plain;

        scene->frames++;
        if (size >= own && memcmp(scene->frame, scene->own, own) == 0) {
                scene->own_frames++;
                must(unseal(&scene->key, (struct bytes) { scene->frame + own, size - own },
                            scene->plain, &plain), "its own frame does not open");
                return;
        }
        scene->strays++;
        for (size_t at = 0; at < size; at++)
                must_be(unseal(&scene->key, (struct bytes) { scene->frame + at, size - at },
                               scene->plain, &plain) != 0,
                        "the stranger opens what is not its own");
}

/* An XSUB does not look whether it asked for what it gets: all that arrives is seen. */
static void drain(struct scene *scene, void *socket)
{
        int size;

        while ((size = zmq_recv(socket, scene->frame, FRAME_MAX, ZMQ_DONTWAIT)) >= 0)
                take_frame(scene, (size_t)size);
}

struct churn {
        void *leaving[AT_ONCE], *strangers[AT_ONCE];
};

static void churn_one(struct scene *scene, struct churn *churn, unsigned int place)
{
        void **leaving = &churn->leaving[place], **stranger = &churn->strangers[place];

        if (*leaving)
                zmq_close(*leaving);
        *leaving = connect_as(scene, ZMQ_SUB, &scene->victim);
        zmq_setsockopt(*leaving, ZMQ_SUBSCRIBE, scene->victims, strlen(scene->victims));
        if (!*stranger || draw_of(&scene->seed, 0, 3) == 0) {
                if (*stranger) {
                        drain(scene, *stranger);
                        zmq_close(*stranger);
                }
                *stranger = connect_as(scene, ZMQ_XSUB, &scene->stranger);
                ask_for_own(scene, *stranger);
        } else {
                shout(scene, *stranger);
                drain(scene, *stranger);
        }
        scene->churned++;
}

static void churn(struct scene *scene, const struct arguments *arguments)
{
        double until = now_s() + arguments->seconds;
        struct churn churn = { .leaving = { NULL } };

        while (scene->churned < arguments->churns && now_s() < until) {
                churn_one(scene, &churn, (unsigned int)(scene->churned % AT_ONCE));
                usleep(draw_of(&scene->seed, 0, 3) ? 500 : 6000);
        }
        usleep(300000);
        for (int i = 0; i < AT_ONCE; i++) {
                if (churn.strangers[i]) {
                        drain(scene, churn.strangers[i]);
                        zmq_close(churn.strangers[i]);
                }
                if (churn.leaving[i])
                        zmq_close(churn.leaving[i]);
        }
}

/* ---- the whole */

static void admit(struct scene *scene, struct node *node, const char *party, enum role_kind role)
{
        node_make(node, &scene->accordd, name_of(party), name_of("n0"), false);
        accordd_admit_party(&scene->accordd, &node->path.party, role);
        accordd_admit_node(&scene->accordd, node, RIGHTS_ALL);
}

static void agree(struct scene *scene, const struct node *provider,
                  const struct contract_id *contract)
{
        struct terms *terms = calloc(1, sizeof(*terms));
        own(sink) struct sink bytes = { 0 };
        struct desk payer, earner;

        must(sink_new(&bytes, 65536, WIRE_TERMS_MAX), "memory");
        desk_open(&payer, &scene->payer, &scene->accordd);
        desk_open(&earner, provider, &scene->accordd);
        terms_of_fee(terms, contract, 500);
        desk_offer(&payer, terms, &bytes);
        desk_accept(&earner, contract);
        desk_close(&payer);
        desk_close(&earner);
        free(terms);
}

static void set_up(struct scene *scene, const struct arguments *arguments)
{

        accordd_make(&scene->accordd, arguments->accordd, "");
        accordd_start(&scene->accordd, NULL);
        admit(scene, &scene->payer, "payer", ROLE_PAYER);
        admit(scene, &scene->victim, "victim", ROLE_PROVIDER);
        admit(scene, &scene->stranger, "stranger", ROLE_PROVIDER);
        scene->contract = (struct contract_id) { name_of("payer"), name_of("victim"),
                                                 name_of("c0") };
        scene->strangers = (struct contract_id) { name_of("payer"), name_of("stranger"),
                                                  name_of("c1") };
        agree(scene, &scene->victim, &scene->contract);
        agree(scene, &scene->stranger, &scene->strangers);
        accordd_stop(&scene->accordd);
        raw_topic(&scene->victim.path, scene->victims, sizeof(scene->victims));
        raw_topic(&scene->stranger.path, scene->own, sizeof(scene->own));
        must(seal_key_prepare(scene->accordd.keys.public.sealing,
                              scene->stranger.keys.secret.sealing, &scene->key), "a key");
        scene->shared = mmap(NULL, sizeof(*scene->shared), PROT_READ | PROT_WRITE,
                             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        must_be(scene->shared != MAP_FAILED, "memory");
}

static void end_well(pid_t pid, const char *what)
{
        if (child_wait(pid, LAST_MS) != 0)
                die("%s does not end well", what);
}

static void report(const struct scene *scene, uint64_t refused, uint64_t upstream)
{
        printf("%llu connections came and left, %llu frames were sent upstream (the hub dropped "
               "%llu and refused %llu subscriptions)\n", (unsigned long long)scene->churned,
               (unsigned long long)scene->upstream, (unsigned long long)upstream,
               (unsigned long long)refused);
        printf("the stranger got %llu frames: %llu of its own, %llu of others, none of which it "
               "can open\n", (unsigned long long)scene->frames,
               (unsigned long long)scene->own_frames, (unsigned long long)scene->strays);
        printf("%llu runs meanwhile; the victim heard all of its %llu signals\n",
               (unsigned long long)scene->shared->runs,
               (unsigned long long)scene->shared->heard);
}

static void play(struct scene *scene, const struct arguments *arguments)
{
        uint64_t refused, upstream;
        pid_t victim, payer;

        victim = child_fork();
        if (victim == 0)
                be_victim(scene);
        payer = child_fork();
        if (payer == 0)
                be_payer(scene);
        scene->context = raw_context();
        churn(scene, arguments);
        __atomic_store_n(&scene->shared->stop, 1, __ATOMIC_RELAXED);
        end_well(payer, "the payer");
        while (accordd_figure(&scene->accordd, "runs_pending") > 0)
                usleep(20000);
        __atomic_store_n(&scene->shared->last_signal,
                         accordd_last_signal(&scene->accordd, &scene->victim.path.party),
                         __ATOMIC_RELAXED);
        end_well(victim, "the victim");
        refused = accordd_figure(&scene->accordd, "topics_refused");
        upstream = accordd_figure(&scene->accordd, "upstream_dropped");
        must_be(refused > 0 && upstream > 0 && scene->own_frames > 0 && scene->shared->runs > 10,
                "too little happened for this to be a test");
        zmq_ctx_term(scene->context);
        report(scene, refused, upstream);
}

static error_t option(int key, char *value, struct argp_state *state)
{
        struct arguments *arguments = state->input;

        switch (key) {
        case 'c':
                arguments->churns = (unsigned int)atoi(value);
                return 0;
        case 't':
                arguments->seconds = atof(value);
                return 0;
        case 's':
                arguments->seed = strtoull(value, NULL, 0);
                return 0;
        case 'f':
                arguments->slow = value;
                return 0;
        case ARGP_KEY_ARG:
                arguments->accordd = value;
                return 0;
        case ARGP_KEY_END:
                if (!arguments->accordd)
                        argp_usage(state);
                return 0;
        default:
                return ARGP_ERR_UNKNOWN;
        }
}

int main(int argc, char **argv)
{
        static const struct argp_option options[] = {
                { "churns", 'c', "N", 0, "connections that come and leave (4000)", 0 },
                { "seconds", 't', "N", 0, "at most so long (25)", 0 },
                { "seed", 's', "N", 0, "draw from this seed", 0 },
                { "failpoint", 'f', "NAME", 0, "how the hub is slow (slow-commit:15)", 0 },
                { 0 },
        };
        static const struct argp argp = {
                options, option, "ACCORDD", "Disturb a hub's signals as a stranger could.", NULL,
                NULL, NULL,
        };
        struct arguments arguments = {
                .churns = 4000, .seconds = 25, .seed = 20240229, .slow = "slow-commit:15",
        };
        static struct scene scene;

        argp_parse(&argp, argc, argv, 0, NULL, &arguments);
        setvbuf(stdout, NULL, _IOLBF, 0);
        printf("seed %llu\n", (unsigned long long)arguments.seed);
        scene.seed = arguments.seed ? arguments.seed : 1;
        set_up(&scene, &arguments);
        accordd_start(&scene.accordd, arguments.slow);
        play(&scene, &arguments);
        accordd_stop(&scene.accordd);
        accordd_prove(&scene.accordd, true);
        accordd_remove(&scene.accordd);
        munmap(scene.shared, sizeof(*scene.shared));
        return 0;
}
