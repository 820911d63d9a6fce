/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/world.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/check.h"
#include "core/own.h"
#include "proof/hash.h"
#include "proof/keyfile.h"
#include "proof/keys.h"
#include "proof/random.h"
#include "proof/setup.h"
#include "proof/sign.h"
#include "proto/wire.h"

static instant now_us(void)
{
        struct timespec now;

        clock_gettime(CLOCK_REALTIME, &now);
        return (instant)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static struct name name_of(const char *text)
{
        struct name name;

        if (!name_parse((struct bytes) { text, strlen(text) }, &name))
                abort();
        return name;
}

static struct name numbered(const char *prefix, unsigned int number)
{
        char text[NAME_MAX_LENGTH + 1];

        snprintf(text, sizeof(text), "%s%u", prefix, number);
        return name_of(text);
}

struct contract_id world_contract(unsigned int number)
{
        return (struct contract_id) {
                name_of("payer"),
                numbered("p", number % WORLD_PROVIDERS),
                numbered("c", number),
        };
}

static void must(int r, const char *what)
{
        if (!r)
                return;
        fprintf(stderr, "bench: %s: %s (%d)\n", what,
                r < 0 ? strerror(-r) : refusal_name((unsigned)r), r);
        exit(1);
}

static void admit_party(struct hub *hub, struct name name, enum role_kind role)
{
        const struct party_admission admission = {
                .party = name,
                .title = { "made for measuring" },
                .role_count = 1,
                .roles = { { role, date_of(2000, 1, 1), DATE_NONE } },
                .present = true,
        };
        const char *says = "";
        uint64_t index;

        must(hub_admit_party(hub, &admission, &index, &says), says[0] ? says : "party");
}

static void admit_node(struct hub *hub, struct name party, struct name node,
                       const struct keys *keys)
{
        struct node_admission admission = { .node = { party, node }, .rights = RIGHTS_ALL };
        const char *says = "";
        uint64_t index;

        memcpy(admission.transport_key, keys->public.transport, 32);
        memcpy(admission.signing_key, keys->public.signing, 32);
        memcpy(admission.sealing_key, keys->public.sealing, 32);
        must(hub_admit_node(hub, &admission, &index, &says), says[0] ? says : "node");
}

static struct param param_of(const char *name, enum param_type type, int64_t value)
{
        struct param param = { .name = name_of(name), .type = type };

        if (type == PARAM_CENTS)
                param.cents = value;
        else
                param.count = value;
        return param;
}

/* A fee per member and month: the shortest arrangement there is. */
static void small_terms(struct terms *terms, unsigned int number)
{
        const struct period year = { date_of(2024, 1, 1), date_of(2025, 1, 1) };

        memset(terms, 0, sizeof(*terms));
        terms->contract = world_contract(number);
        terms->version = 1;
        strcpy(terms->title.text, "a fee per member and month");
        terms->signed_on = terms->effective = year.from;
        terms->applies = APPLIES_WHOLE_PERIOD;
        terms->standing = STANDING_BINDING;
        terms->agreement = year;
        terms->period_count = 1;
        terms->periods[0] = year;
        terms->step_count = 2;
        terms->steps[0] = (struct step) {
                .kind = name_of("fee"),
                .version = 1,
                .param_count = 1,
                .params = { param_of("pmpm", PARAM_CENTS, 500) },
        };
        terms->steps[1] = (struct step) { .kind = name_of("post"), .version = 1 };
}

struct speaker {
        struct hub *hub;
        struct keys *keys;
        struct node_path path;
        struct stream_id stream;
        uint64_t sequence;
        struct sink body, submission;
        struct scratch scratch;
};

static void speaker_new(struct speaker *speaker, struct hub *hub, struct keys *keys,
                        struct node_path path)
{
        *speaker = (struct speaker) { .hub = hub, .keys = keys, .path = path };
        random_stream_id(&speaker->stream);
        speaker->scratch.size = sign_room(DOMAIN_SUBMISSION, 65536);
        speaker->scratch.data = malloc(speaker->scratch.size);
        must(sink_new(&speaker->body, 65536, 65536), "memory");
        must(sink_new(&speaker->submission, 65536, 65536), "memory");
}

static void speaker_free(struct speaker *speaker)
{
        sink_free(&speaker->body);
        sink_free(&speaker->submission);
        free(speaker->scratch.data);
}

static void say(struct speaker *speaker, struct contract_id contract, const struct event *event)
{
        const struct submission submission = {
                .format = FORMAT_MOST,
                .hub = hub_id(speaker->hub),
                .sender = speaker->path,
                .contract = contract,
                .stream = speaker->stream,
                .sequence = ++speaker->sequence,
                .made_at = now_us(),
                .events = event,
                .event_count = 1,
        };
        struct signature signature;
        struct bytes body;

        sink_reset(&speaker->body);
        sink_reset(&speaker->submission);
        must(wire_write_submission_body(&speaker->body, &submission), "body");
        body = sink_bytes(&speaker->body);
        must(sign_spans(DOMAIN_SUBMISSION, &body, 1, speaker->keys->secret.signing,
                        speaker->scratch, &signature),
             "signature");
        must(wire_write_signed_submission(&speaker->submission, body, BYTES_OF(signature.octets)),
             "submission");
        must(hub_ingest(speaker->hub, sink_bytes(&speaker->submission), 0), "ingest");
}

static void make_contract(struct speaker *payer, struct speaker *provider, unsigned int number,
                          struct terms *terms, struct sink *bytes, struct hasher *hasher)
{
        struct event offer = { .kind = EVENT_OFFER }, acceptance = { .kind = EVENT_ACCEPTANCE };
        struct digest digest;

        small_terms(terms, number);
        sink_reset(bytes);
        must(wire_write_terms(bytes, terms), "terms");
        offer.offer.terms = sink_bytes(bytes);
        say(payer, terms->contract, &offer);
        hash_spans(hasher, &offer.offer.terms, 1, &digest);
        acceptance.acceptance.version = 1;
        memcpy(acceptance.acceptance.terms_sha256.octets, digest.octets, 32);
        say(provider, terms->contract, &acceptance);
}

static void make_contracts(struct world *world, struct hub *hub)
{
        struct speaker payer, providers[WORLD_PROVIDERS];
        struct terms *terms = malloc(sizeof(*terms));
        struct hasher *hasher = NULL;
        struct sink bytes;

        must(hasher_new(&hasher), "hash");
        must(sink_new(&bytes, 65536, 65536), "memory");
        speaker_new(&payer, hub, &world->node_keys[0],
                    (struct node_path) { name_of("payer"), name_of("n0") });
        for (unsigned int i = 0; i < WORLD_PROVIDERS; i++) {
                struct keys keys = { 0 };
                struct name party = numbered("p", i);

                keys_generate(KEY_KIND_NODE, &keys);
                must(hub_begin(hub, now_us()), "begin");
                admit_party(hub, party, ROLE_PROVIDER);
                admit_node(hub, party, name_of("n0"), &keys);
                must(hub_commit(hub), "commit");
                speaker_new(&providers[i], hub, malloc(sizeof(keys)),
                            (struct node_path) { party, name_of("n0") });
                *providers[i].keys = keys;
        }
        for (unsigned int i = 0; i < WORLD_CONTRACTS; i++) {
                if (i % 100 == 0)
                        must(hub_begin(hub, now_us()), "begin");
                make_contract(&payer, &providers[i % WORLD_PROVIDERS], i, terms, &bytes, hasher);
                if (i % 100 == 99)
                        must(hub_commit(hub), "commit");
        }
        for (unsigned int i = 0; i < WORLD_PROVIDERS; i++) {
                free(providers[i].keys);
                speaker_free(&providers[i]);
        }
        speaker_free(&payer);
        sink_free(&bytes);
        hasher_free(hasher);
        free(terms);
}

/* What a daemon finds beside a ledger that libhub has made. */
static void make_guard(const struct world *world, const struct hub *hub)
{
        struct guard_mark mark;
        char path[300];

        snprintf(path, sizeof(path), "%s/guard", world->directory);
        hub_mark(hub, &mark);
        must(guard_create(path, &mark), "guard");
}

int world_make(struct world *world, const char *parent)
{
        char ledger[300], keyfile[300];
        struct hub_options options = { .directory = ledger,
                                       .keys = &world->hub_keys,
                                       .window = 100000 };
        struct hub *hub = NULL;
        instant begun = now_us();

        memset(world, 0, sizeof(*world));
        snprintf(world->directory, sizeof(world->directory), "%s/accord-bench.XXXXXX", parent);
        if (!mkdtemp(world->directory)) {
                fprintf(stderr, "bench: %s: %s\n", world->directory, strerror(errno));
                return -errno;
        }
        must(proof_setup(), "randomness");
        keys_generate(KEY_KIND_HUB, &world->hub_keys);
        for (unsigned int i = 0; i < WORLD_NODES; i++)
                keys_generate(KEY_KIND_NODE, &world->node_keys[i]);
        snprintf(ledger, sizeof(ledger), "%s/ledger", world->directory);
        snprintf(keyfile, sizeof(keyfile), "%s/hub.key", world->directory);
        must(keyfile_write(keyfile, &world->hub_keys), "hub.key");
        must(hub_create(&options, "bench", "bench.example/accord", now_us()), "ledger");
        must(hub_open(&hub, &options), "ledger");
        must(hub_begin(hub, now_us()), "begin");
        admit_party(hub, name_of("payer"), ROLE_PAYER);
        for (unsigned int i = 0; i < WORLD_NODES; i++)
                admit_node(hub, name_of("payer"), numbered("n", i), &world->node_keys[i]);
        must(hub_commit(hub), "commit");
        make_contracts(world, hub);
        make_guard(world, hub);
        hub_close(hub);
        world->created_s = (double)(now_us() - begun) / 1e6;
        return 0;
}

static int write_config(struct world *world, const char *path)
{
        FILE *file = fopen(path, "w");

        if (!file)
                return -errno;
        fprintf(file,
                "[ledger]\ndirectory = %s/ledger\n[guard]\nfile = %s/guard\n"
                "[keys]\nfile = %s/hub.key\n"
                "[bus]\nintake = tcp://127.0.0.1:*\nsignals = tcp://127.0.0.1:*\nwindow = 4096\n"
                "receive_high_water = 1024\nsend_high_water = 8192\n"
                "[runtime]\ndirectory = %s/run\n[log]\nlevel = warning\ntarget = plain\n",
                world->directory, world->directory, world->directory, world->directory);
        return fclose(file) ? -errno : 0;
}

/* KEY=VALUE or "KEY VALUE" lines; the daemon writes where it is bound. */
static bool read_endpoints(struct world *world)
{
        char path[300], line[200];
        FILE *file;

        snprintf(path, sizeof(path), "%s/run/endpoints", world->directory);
        file = fopen(path, "r");
        if (!file)
                return false;
        while (fgets(line, sizeof(line), file)) {
                char key[32], value[64];

                if (sscanf(line, "%31[a-z]%*[= ]%63s", key, value) != 2)
                        continue;
                if (!strcmp(key, "intake"))
                        strcpy(world->intake, value);
                else if (!strcmp(key, "signals"))
                        strcpy(world->signals, value);
        }
        fclose(file);
        return world->intake[0] && world->signals[0];
}

int world_start(struct world *world, const char *accordd)
{
        char config[300], run[300];

        snprintf(config, sizeof(config), "%s/accordd.conf", world->directory);
        snprintf(run, sizeof(run), "%s/run", world->directory);
        mkdir(run, 0700);
        must(write_config(world, config), config);
        world->daemon = fork();
        if (world->daemon < 0)
                return -errno;
        if (world->daemon == 0) {
                execl(accordd, accordd, "--foreground", "-c", config, (char *)NULL);
                perror(accordd);
                _exit(127);
        }
        for (int i = 0; i < 200; i++) {
                if (read_endpoints(world))
                        return 0;
                if (waitpid(world->daemon, NULL, WNOHANG) == world->daemon)
                        break;
                usleep(50000);
        }
        fprintf(stderr, "bench: the daemon did not come up\n");
        return -ETIMEDOUT;
}

static void remove_tree(const char *directory)
{
        pid_t pid = fork();

        if (pid == 0) {
                execlp("rm", "rm", "-rf", "--", directory, (char *)NULL);
                _exit(127);
        }
        if (pid > 0)
                waitpid(pid, NULL, 0);
}

void world_stop(struct world *world)
{
        if (world->daemon > 0) {
                kill(world->daemon, SIGTERM);
                waitpid(world->daemon, NULL, 0);
        }
        world->daemon = 0;
        world->intake[0] = world->signals[0] = '\0';
}

void world_end(struct world *world, bool keep)
{
        world_stop(world);
        if (!keep && world->directory[0])
                remove_tree(world->directory);
}

struct accord_profile world_profile(struct world *world, unsigned int node, const char *directory)
{
        struct accord_profile profile = {
                .intake = world->intake,
                .node = { name_of("payer"), numbered("n", node) },
                .keys = &world->node_keys[node],
                .directory = directory,
                .program = "bench",
        };

        memcpy(profile.hub_transport_key, world->hub_keys.public.transport, 32);
        memcpy(profile.hub_signing_key, world->hub_keys.public.signing, 32);
        memcpy(profile.hub_sealing_key, world->hub_keys.public.sealing, 32);
        return profile;
}

unsigned long process_kb(pid_t pid, const char *field)
{
        char path[64], line[256];
        unsigned long kb = 0;
        FILE *file;

        snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
        file = fopen(path, "r");
        while (file && fgets(line, sizeof(line), file))
                if (!strncmp(line, field, strlen(field)))
                        sscanf(line + strlen(field), ": %lu", &kb);
        if (file)
                fclose(file);
        return kb;
}
