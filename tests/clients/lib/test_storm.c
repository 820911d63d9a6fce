/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Everything goes wrong at once, by a seed that is printed (ACCORD_SEED=N to repeat one), and the
 * client is killed in between: each good fact is in the log exactly once, no bad one ever.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/own.h"
#include "tests/clients/lib/fake_hub.h"
#include "tests/clients/lib/run.h"
#include "tests/draw.h"

#define FACTS 1500
#define KILLS 25

static struct stage stage;
static uint64_t seed;

/* One frame in eight has an accident; the connection breaks now and then. */
static enum mishap storm(void *with, uint64_t n)
{
        uint64_t *state = with, drawn = xorshift(state);

        (void)n;
        if (drawn % 8)
                return HAP_NOTHING;
        if (drawn / 8 % 16 == 0)
                return HAP_CUT;
        return (enum mishap)(HAP_LOST + drawn / 128 % (HAP_GAP - HAP_LOST + 1));
}

static bool is_bad(uint64_t number)
{
        return number % 37 == 0;
}

/* The client: seals what is not sealed yet, flushes; in the middle of it somebody kills it. */
static void be_client(uint64_t *sealed)
{
        own(accord_outbox) struct accord_outbox *outbox = NULL;
        own(accord_session) struct accord_session *session = NULL;
        struct accord_error error = { 0 };
        int r;

        /* The hub's sockets were forked along, and would keep its port when it closes them. */
        close_range(3, ~0u, 0);
        if (accord_outbox_open(&outbox, &stage.profile, &error) ||
            accord_session_open(&session, &stage.profile, &error))
                _exit(100);
        while (*sealed < FACTS) {
                for (int i = 0; i < 20; i++) {
                        uint64_t number = *sealed + 1 + (uint64_t)i;
                        struct event event = stage_fact(number, is_bad(number));

                        if (accord_outbox_add(outbox, &stage_about, &event, 1, &number, &error))
                                _exit(101);
                }
                if (accord_outbox_seal(outbox, &error))
                        _exit(102);
                *sealed += 20;
                r = accord_flush(session, outbox, 60000, NULL, NULL, &error);
                if (r && r != ACCORD_PARTIAL) {
                        dprintf(2, "client: %d: %s\n", r, error.text);
                        _exit(r);
                }
        }
        r = accord_flush(session, outbox, 60000, NULL, NULL, &error);
        _exit(r && r != ACCORD_PARTIAL ? r : 0);
}

/* What the outbox itself says is sealed: the truth between two lives of the client. */
static int last_tag(void *with, const struct accord_item *item)
{
        uint64_t *last = with;

        for (uint32_t i = 0; i < item->event_count && item->tags; i++)
                if (item->tags[i] > *last)
                        *last = item->tags[i];
        return 0;
}

static uint64_t count_sealed(void)
{
        own(accord_outbox) struct accord_outbox *outbox = NULL;
        struct accord_error error = { 0 };
        uint64_t last = 0;

        ck_call(accord_outbox_open(&outbox, &stage.profile, &error), 0, error);
        ck_call(accord_outbox_visit(outbox, last_tag, &last, &error), 0, error);
        return last;
}

static bool live_and_die(uint64_t *state, bool may_kill)
{
        uint64_t sealed = count_sealed();
        pid_t child = fork();
        int status;

        if (child == 0)
                be_client(&sealed);
        if (may_kill) {
                usleep((useconds_t)(5000 + xorshift(state) % 40000));
                kill(child, SIGKILL);
        }
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        if (WIFEXITED(status))
                ck_assert_msg(WEXITSTATUS(status) == 0, "seed %llu: the client ends with %d",
                              (unsigned long long)seed, WEXITSTATUS(status));
        return WIFEXITED(status);
}

START_TEST(each_good_fact_is_taken_exactly_once)
{
        static unsigned char seen[FACTS + 21];
        uint64_t client = seed * 2 + 1, weather = seed * 3 + 1;
        struct fake_hub *hub;
        struct fake_taken taken;

        stage_begin(&stage);
        hub = fake_hub_start(&stage, storm, &weather);
        for (int i = 0; i < KILLS; i++)
                if (live_and_die(&client, true))
                        break;
        live_and_die(&client, false);
        fake_hub_stop(hub);

        taken = fake_hub_taken(hub);
        for (uint64_t i = 0; i < taken.count; i++) {
                ck_assert_uint_le(taken.numbers[i], FACTS + 20);
                seen[taken.numbers[i]]++;
        }
        for (uint64_t number = 1; number <= FACTS; number++)
                ck_assert_msg(seen[number] == (is_bad(number) ? 0 : 1),
                              "seed %llu: fact %llu was taken %d times", (unsigned long long)seed,
                              (unsigned long long)number, seen[number]);
        ck_assert_uint_eq(taken.equivocations, 0);
        printf("storm: seed %llu: %llu frames for %llu entries, %llu refused\n",
               (unsigned long long)seed, (unsigned long long)taken.frames,
               (unsigned long long)taken.entries, (unsigned long long)taken.refusals);
        fake_hub_free(hub);
        stage_end(&stage);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("storm");
        TCase *tests = tcase_create("storm");
        const char *given = getenv("ACCORD_SEED");

        seed = given ? strtoull(given, NULL, 10) : 20261122;
        tcase_add_test(tests, each_good_fact_is_taken_exactly_once);
        tcase_set_timeout(tests, 200);
        suite_add_tcase(suite, tests);
        return run_suite(suite);
}
