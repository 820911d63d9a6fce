/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each call by which something reaches the disk fails, one after the other: from then on all do; it
 * alone does, and was not done; it alone says so, and was done; the disk is full. The hub must say
 * nothing of that batch to anybody, neither yes nor no, and end; the next start finds out what is
 * there, and the same bytes sent again are answered.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/torture/client.h"
#include "tests/torture/torture.h"
#include "tests/world/must.h"

#define SUBMISSIONS 5
#define SERVE_MS 60000
#define END_MS 20000
#define COMMIT_FAILED 74
#define NOT_STARTED 1

struct eio {
        const struct torture *torture;
        struct client client;
        char under[512], done[256];
        unsigned int faults, at_start;
};

/* One after the other: when the hub ends there is one without an answer, and no more. */
static int publish(struct eio *eio)
{
        struct client *client = &eio->client;
        double until = now_s() + SERVE_MS / 1e3;
        int status = -1;

        client_connect(client);
        for (int i = 0; i < SUBMISSIONS && status < 0; i++) {
                client_write(client, 1);
                client_send(client);
                while (client->answered < client->count && now_s() < until &&
                       (status = accordd_ended(&client->accordd, 0)) < 0)
                        client_take(client, 1);
        }
        client_take(client, 5);
        client_disconnect(client);
        return status;
}

/* False when the call did not come any more. */
static bool fail_at(struct eio *eio, const char *how, unsigned int number)
{
        struct client *client = &eio->client;
        char fault[32];
        bool served;
        int status;

        snprintf(fault, sizeof(fault), "%s:%u", how, number);
        unlink(eio->done);
        torture_set_fault(eio->torture, fault, eio->under, eio->done);
        accordd_spawn(&client->accordd, NULL);
        torture_clear_fault();
        served = accordd_serves(&client->accordd, SERVE_MS);
        status = served ? publish(eio) : accordd_ended(&client->accordd, END_MS);
        if (access(eio->done, F_OK) < 0) {
                must_be(served && status < 0, "a hub without a fault ends");
                accordd_stop(&client->accordd);
                return false;
        }
        if (served && status < 0)
                status = accordd_ended(&client->accordd, END_MS);
        if (status != COMMIT_FAILED && (served || status != NOT_STARTED))
                die("at %s the hub ends with %d", fault, status);
        if (served && client->answered == client->count)
                die("at %s the hub answered what it could not keep", fault);
        must_be(client->busy == 0, "the hub said BUSY to what it could not keep");
        eio->faults++;
        eio->at_start += !served;
        return true;
}

/* It comes up by itself, and what was in doubt is decided. */
static void recover(struct eio *eio)
{
        struct client *client = &eio->client;

        accordd_start(&client->accordd, NULL);
        client_connect(client);
        must_be(client_drain(client, SERVE_MS), "what was in doubt is not answered");
        client_disconnect(client);
        accordd_stop(&client->accordd);
        client_must_hold(client);
}

void eio_run(const struct torture *torture)
{
        static const char *const ways[] = { "once", "lie", "fail", "full" };
        static struct eio eio;
        struct client *client = &eio.client;
        unsigned int step = torture->lasting ? 1 : torture->few ? 23 : 11;

        eio.torture = torture;
        client_begin(client, torture->accordd, NULL, "", torture->seed);
        snprintf(eio.under, sizeof(eio.under), "%s:%s/guard", client->accordd.ledger,
                 client->accordd.directory);
        snprintf(eio.done, sizeof(eio.done), "%s/fault-came", client->accordd.directory);
        for (unsigned int way = 0; way < sizeof(ways) / sizeof(ways[0]); way++)
                for (unsigned int n = torture->lasting ? 1 : 1 + 2 * way;
                     fail_at(&eio, ways[way], n); n += step)
                        recover(&eio);
        must_be(eio.faults > eio.at_start && eio.at_start > 0, "no fault came: this tests nothing");
        accordd_prove(&client->accordd, false);
        torture_did("eio", "%u calls failed (not done; done and said not to be; disk full), %u of "
                    "them while it started: each time nothing said, status %d, then all answered",
                    eio.faults, eio.at_start, COMMIT_FAILED);
        client_end(client);
}
