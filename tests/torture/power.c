/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The power goes: at any moment, and just before and after each call by which something reaches the
 * disk. The whole hub lies on that disk, its keys and its guard too; who published has its memory.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/torture/client.h"
#include "tests/torture/disk.h"
#include "tests/torture/torture.h"
#include "tests/world/must.h"

#define DISK_MB 512
#define SERVE_MS 30000
#define DRAIN_MS 60000
#define POINTS 40               /* calls after a start that are tried one by one */
#define CHECK_EVERY 16          /* cuts */

struct power {
        struct torture torture;
        struct disk disk;
        struct client client;
        char guard[256];                /* on another disk, that keeps its power; "": on this */
        unsigned int cuts, at_points;
};

static void set_up(struct power *power, const struct torture *torture)
{
        power->torture = *torture;
        disk_make(&power->disk, DISK_MB);
        client_begin(&power->client, torture->accordd, power->disk.top, "", torture->seed);
        disk_sync(&power->disk);
}

/* Beside the disk's image, which is on a disk that goes on. */
static void keep_guard(struct power *power)
{
        snprintf(power->guard, sizeof(power->guard), "%s/guard", power->disk.parent);
        client_move_guard(&power->client, power->guard);
        disk_sync(&power->disk);
}

static void must_serve(struct power *power)
{
        if (!accordd_serves(&power->client.accordd, SERVE_MS))
                die("after %u cuts the hub does not come up", power->cuts + power->at_points);
}

/* What was on its way when it went dark still arrives. */
static void go_dark(struct power *power)
{
        if (power->client.socket) {
                client_take(&power->client, 5);
                client_disconnect(&power->client);
        }
        disk_again(&power->disk);
}

/* While it starts, or while it works. */
static void cut_at_random(struct power *power)
{
        struct client *client = &power->client;

        accordd_spawn(&client->accordd, NULL);
        if (draw_of(&client->seed, 0, 7) == 0) {
                usleep(draw_of(&client->seed, 0, 40000));
        } else {
                must_serve(power);
                client_connect(client);
                client_live(client, draw_of(&client->seed, 5, 120));
        }
        disk_cut(&power->disk);
        accordd_kill(&client->accordd);
        go_dark(power);
        power->cuts++;
}

/* The daemon's own call takes the power away, and the daemon with it. */
static void cut_at_point(struct power *power, const char *when, unsigned int number)
{
        struct client *client = &power->client;
        double until = now_s() + SERVE_MS / 1e3;
        char fault[32];
        int status = -1;

        snprintf(fault, sizeof(fault), "%s:%u", when, number);
        torture_set_fault(&power->torture, fault, power->disk.top, NULL);
        accordd_spawn(&client->accordd, NULL);
        torture_clear_fault();
        if (accordd_serves(&client->accordd, SERVE_MS))
                client_connect(client);
        while (client->socket && (status = accordd_ended(&client->accordd, 0)) < 0 &&
               now_s() < until)
                client_live(client, 10);
        if (client->accordd.pid)
                status = accordd_ended(&client->accordd, SERVE_MS);
        if (status != 256 + 9)
                die("at %s the hub ends with %d", fault, status);
        go_dark(power);
        power->at_points++;
}

static void check(struct power *power, bool all)
{
        if (all || (power->cuts + power->at_points) % CHECK_EVERY == 0)
                client_must_hold(&power->client);
}

static void end(struct power *power)
{
        struct client *client = &power->client;

        accordd_start(&client->accordd, NULL);
        client_connect(client);
        must_be(client_drain(client, DRAIN_MS), "what was sent is not answered in the end");
        accordd_stop(&client->accordd);
        check(power, true);
        accordd_prove(&client->accordd, false);
}

static void finish(struct power *power)
{
        client_end(&power->client);
        if (power->guard[0])
                unlink(power->guard);
        disk_remove(&power->disk);
}

static void campaign(const struct torture *torture, bool guard_elsewhere, unsigned int cuts,
                     unsigned int every)
{
        static struct power power;

        memset(&power, 0, sizeof(power));
        set_up(&power, torture);
        if (guard_elsewhere)
                keep_guard(&power);
        for (unsigned int i = 0; i < cuts; i++) {
                cut_at_random(&power);
                check(&power, false);
        }
        for (unsigned int i = 1; i <= POINTS; i += every) {
                cut_at_point(&power, i / every % 2 ? "cut-after" : "cut-before", i);
                if (torture->lasting)
                        cut_at_point(&power, i % 2 ? "cut-before" : "cut-after", i);
                check(&power, false);
        }
        end(&power);
        torture_did("power", "guard %s: %u cuts at random and %u at the calls that write and sync; "
                    "%zu submissions, each in the log once, every receipt proves; nothing lost",
                    guard_elsewhere ? "on another disk" : "on the same disk", power.cuts,
                    power.at_points, power.client.count);
        finish(&power);
}

void power_run(const struct torture *torture)
{
        unsigned int few = torture->few ? 2 : 1;

        campaign(torture, false, torture->lasting ? 300 : 6 / few, torture->lasting ? 1 : 11 * few);
        campaign(torture, true, torture->lasting ? 100 : 4 / few, torture->lasting ? 2 : 13 * few);
}

/* ---- and the same where nothing is synced: the instrument must see what that loses */

struct losses {
        unsigned int seen, shut, refused;
        uint64_t lost;
};

/* Of a hub that lost more than it may the client cannot go on: each time a new one. */
static void lose(const struct torture *torture, struct losses *losses)
{
        static struct power power;
        struct client *client = &power.client;
        struct client_report report;
        bool opens;

        memset(&power, 0, sizeof(power));
        set_up(&power, torture);
        keep_guard(&power);
        torture_set_fault(torture, "nosync", power.disk.top, NULL);
        accordd_spawn(&client->accordd, NULL);
        torture_clear_fault();
        must_serve(&power);
        client_connect(client);
        client_live(client, draw_of(&client->seed, 150, 300));
        disk_cut(&power.disk);
        accordd_kill(&client->accordd);
        go_dark(&power);
        opens = client_check(client, &report) == 0;
        losses->shut += !opens;
        losses->seen += report.lost > 0 || !opens;
        losses->lost += report.lost;
        accordd_spawn(&client->accordd, NULL);
        if (report.lost > 0 || !opens)
                losses->refused += accordd_ended(&client->accordd, SERVE_MS) == 78;
        else
                accordd_kill(&client->accordd);
        finish(&power);
}

void nosync_run(const struct torture *torture)
{
        unsigned int times = torture->lasting ? 20 : 1;
        struct torture now = *torture;
        struct losses losses = { 0 };

        for (unsigned int i = 0; i < times; i++) {
                now.seed += i;
                lose(&now, &losses);
        }
        if (losses.seen == 0)
                die("a store that syncs nothing lost nothing in %u cuts: this cannot see a loss",
                    times);
        must_be(losses.refused == losses.seen,
                "the guard on another disk lets a ledger that lost something go on");
        torture_did("nosync", "%u cuts of a store that syncs nothing: seen to lose in %u of them, "
                    "%llu acknowledged submissions; in %u the ledger did not open; in %u the hub "
                    "refused by the guard on another disk", times, losses.seen,
                    (unsigned long long)losses.lost, losses.shut, losses.refused);
}
