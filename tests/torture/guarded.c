/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What only the guard can tell: the newest meta page is damaged and LMDB goes back to the commit
 * before it without a word; an older copy of the ledger was put back; the guard itself is lost,
 * damaged or another hub's. A hub that went on would sign another continuation of what it signed
 * already: it must refuse with 78, leave everything as it is, and start again on what was there.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/own.h"
#include "store/folder.h"
#include "store/guard.h"
#include "tests/torture/client.h"
#include "tests/torture/pages.h"
#include "tests/torture/torture.h"
#include "tests/world/must.h"

#define REFUSES 78
#define END_MS 30000
#define DRAIN_MS 30000

/* ---- a file in memory, and back */

struct file {
        char path[256];
        uint8_t *bytes;
        size_t size;
};

static void file_read(struct file *file, const char *directory, const char *name)
{
        own(fd) int fd = -1;
        ssize_t size;

        snprintf(file->path, sizeof(file->path), "%s/%s", directory, name);
        fd = open(file->path, O_RDONLY | O_CLOEXEC);
        size = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
        must_be(size >= 0, file->path);
        file->size = (size_t)size;
        file->bytes = malloc(file->size + 1);
        must_be(file->bytes && lseek(fd, 0, SEEK_SET) == 0 &&
                read(fd, file->bytes, file->size) == size, file->path);
}

static void file_write(const struct file *file)
{
        own(fd) int fd = open(file->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

        must_be(fd >= 0 && write(fd, file->bytes, file->size) == (ssize_t)file->size, file->path);
}

static void file_free(struct file *file)
{
        free(file->bytes);
}

/* ---- what all have in common */

static void publish(struct client *client, unsigned int count)
{
        accordd_start(&client->accordd, NULL);
        client_connect(client);
        client_write(client, count);
        must_be(client_drain(client, DRAIN_MS), "publishing");
        client_disconnect(client);
        accordd_stop(&client->accordd);
}

static void must_refuse(struct client *client, const char *what)
{
        int status;

        accordd_spawn(&client->accordd, NULL);
        status = accordd_ended(&client->accordd, END_MS);
        if (status == -1)
                accordd_kill(&client->accordd);
        if (status != REFUSES)
                die("%s: the hub ends with %d", what, status);
}

/* It goes on where it was, and nothing was lost or changed meanwhile. */
static void must_go_on(struct client *client)
{
        publish(client, 3);
        client_must_hold(client);
}

static void set_up(struct client *client, const struct torture *torture)
{
        client_begin(client, torture->accordd, NULL, "", torture->seed);
        publish(client, 40);
}

/* ---- the newest meta page */

/* Each submission is a commit of its own, so that the newest one has an entry. */
static void damage_meta(struct client *client, const char *what, size_t from, size_t size)
{
        struct client_report report;
        struct pages pages = { NULL };
        struct file ledger, damaged;

        publish(client, 1);
        file_read(&ledger, client->accordd.ledger, "data.mdb");
        pages_read(&pages, ledger.path);
        damaged = ledger;
        damaged.bytes = pages.bytes;
        memset(pages.bytes + PAGE_SIZE * pages_newer_meta(&pages) + from, 0, size);
        file_write(&damaged);
        if (client_check(client, &report) == 0 && report.lost == 0)
                die("%s: the ledger by itself has everything: this tests nothing", what);
        must_refuse(client, what);
        file_write(&ledger);
        must_go_on(client);
        pages_free(&pages);
        file_free(&ledger);
}

void meta_run(const struct torture *torture)
{
        static struct client client;

        set_up(&client, torture);
        damage_meta(&client, "the newest meta page without its number", META_TXNID, 8);
        damage_meta(&client, "the newest meta page empty", 0, PAGE_SIZE);
        torture_did("meta", "newest meta page without its number, and empty: LMDB alone would lose "
                    "the newest commit; refused with %d, twice of two", REFUSES);
        client_end(&client);
}

/* ---- an older copy */

void restore_run(const struct torture *torture)
{
        unsigned int ages = torture->lasting ? 12 : 2;
        static struct client client;
        struct file old, now;

        set_up(&client, torture);
        for (unsigned int age = 1; age <= ages; age++) {
                file_read(&old, client.accordd.ledger, "data.mdb");
                publish(&client, age * age);
                file_read(&now, client.accordd.ledger, "data.mdb");
                file_write(&old);
                must_refuse(&client, "an older copy of the ledger");
                must_refuse(&client, "an older copy of the ledger, started again");
                file_write(&now);
                must_go_on(&client);
                file_free(&old);
                file_free(&now);
        }
        torture_did("restore", "copies that were 1 to %u submissions old put back: refused with "
                    "%d, each time, started twice", ages * ages, REFUSES);
        client_end(&client);
}

/* ---- the guard itself */

struct damage {
        const char *says;
        size_t from, size;
        bool refuses;
};

static const struct damage damages[] = {
        { "one sector damaged", 100, 1, false },
        { "the other sector damaged", GUARD_SECTOR_SIZE + 100, 1, false },
        { "one sector empty", 0, GUARD_SECTOR_SIZE, false },
        { "the other sector empty", GUARD_SECTOR_SIZE, GUARD_SECTOR_SIZE, false },
        { "both sectors damaged", 100, GUARD_SECTOR_SIZE, true },
        { "both sectors empty", 0, GUARD_SIZE, true },
};

static void damage_guard(struct client *client, const struct damage *damage)
{
        struct file guard, damaged;

        file_read(&guard, client->accordd.directory, "guard");
        must_be(guard.size == GUARD_SIZE, guard.path);
        file_read(&damaged, client->accordd.directory, "guard");
        for (size_t i = damage->from; i < damage->from + damage->size; i++)
                damaged.bytes[i] ^= 0x55;
        file_write(&damaged);
        if (damage->refuses) {
                must_refuse(client, damage->says);
                file_write(&guard);
        }
        must_go_on(client);
        file_free(&damaged);
        file_free(&guard);
}

static void lose_guard(struct client *client)
{
        struct file guard;

        file_read(&guard, client->accordd.directory, "guard");
        unlink(guard.path);
        must_refuse(client, "no guard");
        must_be(access(guard.path, F_OK) < 0, "a hub without its guard has made itself one");
        guard.size = GUARD_SECTOR_SIZE / 2;
        file_write(&guard);
        must_refuse(client, "a guard cut short");
        guard.size = GUARD_SIZE;
        file_write(&guard);
        must_go_on(client);
        file_free(&guard);
}

static void take_another(struct client *client, const struct torture *torture)
{
        static struct client stranger;
        struct file guard, other;

        set_up(&stranger, torture);
        file_read(&guard, client->accordd.directory, "guard");
        file_read(&other, stranger.accordd.directory, "guard");
        snprintf(other.path, sizeof(other.path), "%s", guard.path);
        file_write(&other);
        must_refuse(client, "another hub's guard");
        file_write(&guard);
        must_go_on(client);
        file_free(&other);
        file_free(&guard);
        client_end(&stranger);
}

void guard_run(const struct torture *torture)
{
        static struct client client;

        set_up(&client, torture);
        lose_guard(&client);
        for (size_t i = 0; i < sizeof(damages) / sizeof(damages[0]); i++)
                damage_guard(&client, &damages[i]);
        take_another(&client, torture);
        torture_did("guard", "lost, cut short, both sectors damaged, another hub's: refused with "
                    "%d; one sector damaged: goes on", REFUSES);
        client_end(&client);
}
