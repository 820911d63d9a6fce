/* SPDX-License-Identifier: Apache-2.0 */
/*
 * No room: on the disk, within the quota, in the map, under a limit on the size of files. What
 * would write is told BUSY; the hub runs on and answers who reads; and when there is room again all
 * that waited is taken, each once.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/own.h"
#include "store/folder.h"
#include "store/stat.h"
#include "tests/torture/client.h"
#include "tests/torture/disk.h"
#include "tests/torture/torture.h"
#include "tests/world/must.h"

#define MB (UINT64_C(1) << 20)
#define DISK_MB 160
#define NEEDED store_room_for(8 * MB) /* a hub that has less takes nothing: daemon/hub.c */
#define LEFT (MB / 8)           /* above that, for what is published first */
#define FULL_MS 40000
#define DRAIN_MS 40000

/* How long its file may get for just a little more to have room. */
static uint64_t tight(const struct client *client)
{
        struct stat status;
        char path[256];

        snprintf(path, sizeof(path), "%s/data.mdb", client->accordd.ledger);
        must_be(stat(path, &status) == 0, path);
        return (uint64_t)status.st_size + NEEDED + LEFT;
}

/* ---- what all kinds have in common */

/* Who asks is answered, about the contract and by the operator's socket. */
static void must_read(struct client *client)
{
        const struct terms_row *row;
        struct desk desk;

        desk_open(&desk, &client->provider, &client->accordd);
        must_do(accord_query_terms(desk.session, &client->contract, 0, &row, &desk.error),
                &desk.error, "reading while there is no room");
        desk_close(&desk);
        must_be(accordd_figure(&client->accordd, "entries") > 0, "the figures");
}

/* Publishes until it is told BUSY. */
static void until_full(struct client *client, const char *what)
{
        double until = now_s() + FULL_MS / 1e3;
        size_t before = client->busy;

        while ((client->busy == before || client->answered == client->count) && now_s() < until)
                client_live(client, 20);
        must_be(client->busy > before && client->answered < client->count, what);
        must_be(accordd_ended(&client->accordd, 0) < 0, what);
        must_read(client);
}

static void must_go_on(struct client *client, const char *what)
{
        must_be(client_drain(client, DRAIN_MS), what);
        must_read(client);
}

static void stop_and_check(struct client *client)
{
        client_disconnect(client);
        accordd_stop(&client->accordd);
        client_must_hold(client);
}

/* ---- the kinds */

static void fill_disk(const struct client *client, const char *path)
{
        own(fd) int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        struct statvfs status;
        uint64_t room;
        int r;

        must_be(fd >= 0 && statvfs(client->accordd.directory, &status) == 0, path);
        room = (uint64_t)status.f_bavail * status.f_frsize;
        must_be(room > NEEDED + LEFT, "the disk is too small for this test");
        r = posix_fallocate(fd, 0, (off_t)(room - NEEDED - LEFT));
        must_be(r == 0, "filling the disk");
}

static void full_disk(struct client *client)
{
        char ballast[256];

        snprintf(ballast, sizeof(ballast), "%s/ballast", client->accordd.directory);
        fill_disk(client, ballast);
        accordd_start(&client->accordd, NULL);
        client_connect(client);
        until_full(client, "a full disk is not told");
        unlink(ballast);
        must_go_on(client, "room on the disk is not used");
        stop_and_check(client);
}

static void small_file(struct client *client)
{
        struct rlimit limit = { tight(client), RLIM_INFINITY };

        accordd_start(&client->accordd, NULL);
        client_connect(client);
        must_be(prlimit(client->accordd.pid, RLIMIT_FSIZE, &limit, NULL) == 0, "prlimit");
        until_full(client, "a limit on files is not told");
        limit.rlim_cur = RLIM_INFINITY;
        must_be(prlimit(client->accordd.pid, RLIMIT_FSIZE, &limit, NULL) == 0, "prlimit");
        must_go_on(client, "room below the limit is not used");
        stop_and_check(client);
}

/* A setting that says how much: it takes a start with another one. */
static void small_setting(struct client *client, const char *key, const char *enough)
{
        char most[32], what[64];

        snprintf(most, sizeof(most), "%llu", (unsigned long long)tight(client));
        snprintf(what, sizeof(what), "a small %s is not told", key);
        client_set(client, "ledger", key, most);
        accordd_start(&client->accordd, NULL);
        client_connect(client);
        until_full(client, what);
        client_disconnect(client);
        accordd_stop(&client->accordd);
        client_set(client, "ledger", key, enough);
        accordd_start(&client->accordd, NULL);
        client_connect(client);
        must_go_on(client, key);
        stop_and_check(client);
}

void space_run(const struct torture *torture)
{
        static struct client client;
        struct disk disk;

        client_begin(&client, torture->accordd, NULL, "", torture->seed);
        small_setting(&client, "quota", "0");
        small_setting(&client, "map_size", "16G");
        small_file(&client);
        accordd_prove(&client.accordd, false);
        torture_did("space", "quota, map and size of a file used up: BUSY, reads go on, then all "
                    "%zu submissions taken once", client.count);
        client_end(&client);
        disk_make(&disk, DISK_MB);
        client_begin(&client, torture->accordd, disk.top, "", torture->seed);
        full_disk(&client);
        torture_did("space", "disk used up: BUSY, reads go on, then all %zu submissions taken once",
                    client.count);
        client_end(&client);
        disk_remove(&disk);
}
