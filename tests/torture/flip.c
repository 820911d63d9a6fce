/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bit of the ledger's file turns over while nobody looks, in every class of page. Then, of a
 * hub that is started on it, one of these must be true, and nothing else may happen:
 *
 *   refused    it does not start, and says so (a person must look)
 *   stopped    it starts, notices when it takes something up, and says nothing of that
 *   named      it starts; what it says proves, and verification or rebuilding names the damage
 *   harmless   it starts; what it says proves, and every row of every table is as it was
 *
 * It may not die of a signal, nor hang, nor say what does not prove, nor overlook a row that is
 * another. Each is tried in a process of its own, on a copy.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/own.h"
#include "daemon/replay.h"
#include "store/cursor.h"
#include "store/damage.h"
#include "store/folder.h"
#include "store/guard.h"
#include "tests/torture/client.h"
#include "tests/torture/pages.h"
#include "tests/torture/torture.h"
#include "tests/world/must.h"

#define SUBMISSIONS 400
#define PATIENCE_S 60

enum outcome { REFUSED, STOPPED, NAMED, HARMLESS, OUTCOMES, OVERLOOKED = OUTCOMES, WRONG };

/* Of those that may not be. */
static const char *const outcomes[] = { "another row, and nothing noticed it",
                                        "said what does not prove" };

struct flip {
        struct client client;
        struct pages pages;
        struct digest rows;             /* of every table, as they are */
        struct guard_mark mark;         /* how far it had come: what the hub's guard says */
        char directory[200], ledger[224], scratch[224];
        unsigned int count[OUTCOMES], failed;
        uint64_t seed;
};

static struct hub_options options_of(const struct flip *flip)
{
        return (struct hub_options) {
                .directory = flip->ledger, .keys = &flip->client.accordd.keys,
                .map_size = (size_t)1 << 30, .window = 1000,
        };
}

/* ---- what the rows are: but META's, of which the tip is proved and the rest made anew */

static int add_rows(struct store_txn *txn, enum table table, struct hasher *hasher,
                    struct digest *digest)
{
        own(store_cursor) struct store_cursor *cursor = NULL;
        struct bytes key, value;
        int r = cursor_open(txn, table, (struct bytes) { NULL, 0 }, &cursor);

        while (!r && !(r = cursor_next(cursor, &key, &value))) {
                const struct bytes spans[] = { BYTES_OF(digest->octets), key, value };

                hash_spans(hasher, spans, 3, digest);
        }
        return r == -ENOENT ? 0 : r;
}

static int digest_rows(const char *directory, struct digest *ret)
{
        const struct store_options options = {
                .directory = directory, .map_size = (size_t)1 << 30, .read_only = true,
        };
        own(store_env) struct store_env *env = NULL;
        own(store_txn) struct store_txn *txn = NULL;
        struct hasher *hasher = NULL;
        int r = store_open(&options, &env);

        memset(ret, 0, sizeof(*ret));
        if (!r)
                r = hasher_new(&hasher);
        if (!r)
                r = store_begin_read(env, &txn);
        for (enum table table = 0; !r && table < TABLE_COUNT; table++)
                if (table_home(table) == STORE_LEDGER && table != TABLE_META)
                        r = add_rows(txn, table, hasher, ret);
        hasher_free(hasher);
        return r;
}

/* ---- a copy, with a bit that is another */

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *at)
{
        (void)status;
        (void)type;
        (void)at;
        return remove(path);
}

static void write_copy(const struct flip *flip)
{
        char path[256];
        own(fd) int fd = -1;

        nftw(flip->scratch, remove_one, 8, FTW_DEPTH | FTW_PHYS);
        snprintf(path, sizeof(path), "%s/lock.mdb", flip->ledger);
        unlink(path);
        snprintf(path, sizeof(path), "%s/data.mdb", flip->ledger);
        fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        must_be(fd >= 0 && write(fd, flip->pages.bytes, flip->pages.count * PAGE_SIZE) ==
                                   (ssize_t)(flip->pages.count * PAGE_SIZE), path);
}

/* Where heads and offsets are, every other time: most of a page is rows, or nothing. */
static size_t draw_octet(struct flip *flip, enum page_class class)
{
        size_t page = pages_at(&flip->pages, class,
                               draw_of(&flip->seed, 0,
                                       (unsigned int)pages_of(&flip->pages, class) - 1));
        bool front = draw_of(&flip->seed, 0, 1);

        return page * PAGE_SIZE + draw_of(&flip->seed, 0, front ? 167 : PAGE_SIZE - 1);
}

/* ---- what a hub does with it */

static void ask_again(struct hub *hub, const struct client *client, size_t number)
{
        const struct sent *sent = &client->sent[number - 1];

        (void)hub_take(hub, client->payer.keys.public.transport, sent->frame, number);
}

/* What leaves must prove: receipts, old and new, and the tree they are of. */
static bool answers_prove(struct hub *hub, struct client *client)
{
        struct checkpoint head;
        struct hub_frame frame;
        struct effect effect;
        struct fault fault;

        for (size_t i = 0; hub_effect(hub, i, &effect); i++) {
                if (effect.kind != EFFECT_REPLY)
                        continue;
                arena_reset(&client->arena);
                if (wire_read_hub_frame(effect.bytes, &client->arena, &frame, &fault))
                        return false;
                if (frame.kind == HUB_RECEIPT &&
                    !client_proves(client, &frame.receipt,
                                   client->sent[effect.session - 1].submission, &head))
                        return false;
        }
        return true;
}

/* The file says itself what is wrong with it: before it serves, or later. */
static volatile sig_atomic_t damage_means;

static void leave_damaged(const char *says)
{
        (void)says;
        _exit(damage_means);
}

static bool guard_fits(const struct flip *flip, struct hub *hub)
{
        struct guard_ledger ledger = { .genesis = flip->mark.genesis, .epoch = flip->mark.epoch };
        struct hub_stat stat;

        if (hub_read_stat(hub, &stat))
                return false;
        ledger.size = stat.entries;
        if (ledger.size >= flip->mark.size && hub_root_at(hub, flip->mark.size, &ledger.root))
                return false;
        return guard_judge(&flip->mark, &ledger) == GUARD_FITS;
}

/* The last of what was written was never sent: here it comes, behind some that came before. */
static enum outcome take_up(struct flip *flip)
{
        const struct hub_options options = options_of(flip);
        struct client *client = &flip->client;
        struct hub *hub = NULL;
        enum outcome outcome = HARMLESS;

        damage_means = REFUSED;
        if (hub_open(&hub, &options) || !guard_fits(flip, hub))
                return REFUSED;
        damage_means = STOPPED;
        if (hub_begin(hub, (instant)4000000000000000))
                return STOPPED;
        for (size_t i = 1; i < client->count; i += 97)
                ask_again(hub, client, i);
        ask_again(hub, client, client->count);
        if (hub_commit(hub))
                return STOPPED;
        if (!answers_prove(hub, client))
                outcome = WRONG;
        hub_close(hub);
        return outcome;
}

static bool names(struct flip *flip)
{
        struct hub_options options = options_of(flip);
        struct replay_report report = { 0 };
        struct hub *hub = NULL;
        bool found;

        options.read_only = true;
        damage_means = NAMED;
        if (hub_open(&hub, &options))
                return true;
        found = replay_verify(hub, NULL, NULL, &report) || report.finding[0];
        if (!found)
                found = replay_rebuild(hub, flip->scratch, NULL, NULL, &report) ||
                        report.finding[0];
        hub_close(hub);
        return found;
}

static enum outcome live(struct flip *flip)
{
        enum outcome outcome = take_up(flip);
        struct digest rows;

        if (outcome != HARMLESS)
                return outcome;
        if (names(flip))
                return NAMED;
        damage_means = OVERLOOKED;
        write_copy(flip);
        if (digest_rows(flip->ledger, &rows))
                return OVERLOOKED;
        return digest_equal(&rows, &flip->rows) ? HARMLESS : OVERLOOKED;
}

/* Tells what may not be, and goes on: there may be more of it. */
static void count(struct flip *flip, enum page_class class, size_t octet, uint8_t bit, int status)
{
        if (WIFEXITED(status) && WEXITSTATUS(status) < OUTCOMES) {
                flip->count[WEXITSTATUS(status)]++;
                return;
        }
        flip->failed++;
        printf("FAILED: %s: page %zu, octet %zu, bit %02x: ", page_class_name(class),
               octet / PAGE_SIZE, octet % PAGE_SIZE, bit);
        if (WIFEXITED(status))
                puts(outcomes[WEXITSTATUS(status) - OUTCOMES]);
        else
                printf("signal %d\n", WTERMSIG(status));
}

static void try_one(struct flip *flip, enum page_class class)
{
        size_t octet = draw_octet(flip, class);
        uint8_t bit = (uint8_t)(1u << draw_of(&flip->seed, 0, 7));
        int status;
        pid_t pid;

        flip->pages.bytes[octet] ^= bit;
        write_copy(flip);
        fflush(stdout);
        pid = child_fork();
        if (pid == 0) {
                alarm(PATIENCE_S);
                store_on_damage(leave_damaged);
                _exit((int)live(flip));
        }
        status = child_wait(pid, (PATIENCE_S + 10) * 1000);
        flip->pages.bytes[octet] ^= bit;
        count(flip, class, octet, bit, status);
}

static void try_class(struct flip *flip, enum page_class class, unsigned int times)
{
        memset(flip->count, 0, sizeof(flip->count));
        if (pages_of(&flip->pages, class) == 0)
                return;
        for (unsigned int i = 0; i < times; i++)
                try_one(flip, class);
        torture_did("flip", "%-14s %4zu pages: of %u bits %u refused, %u stopped, %u named, "
                    "%u harmless", page_class_name(class), pages_of(&flip->pages, class), times,
                    flip->count[REFUSED], flip->count[STOPPED], flip->count[NAMED],
                    flip->count[HARMLESS]);
}

/* ---- the program itself, where a page's structure leads LMDB astray */

static void put_back(const struct flip *flip, const char *path)
{
        own(fd) int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);

        must_be(fd >= 0 && write(fd, flip->pages.bytes, flip->pages.count * PAGE_SIZE) ==
                                   (ssize_t)(flip->pages.count * PAGE_SIZE), path);
}

/* It must end with 78. */
static void start_on(struct flip *flip, enum page_class class, size_t octet, uint8_t bit)
{
        struct accordd *accordd = &flip->client.accordd;
        char path[256];
        int status;

        snprintf(path, sizeof(path), "%s/data.mdb", accordd->ledger);
        flip->pages.bytes[octet] ^= bit;
        put_back(flip, path);
        flip->pages.bytes[octet] ^= bit;
        accordd_spawn(accordd, NULL);
        status = accordd_ended(accordd, PATIENCE_S * 1000);
        if (status != 78)
                die("on a damaged page, %s, accordd ends with %d", page_class_name(class), status);
        put_back(flip, path);
}

/* A bit of the head of the first row of the newest page of a class. */
static void start_on_row(struct flip *flip, enum page_class class, size_t in_head, uint8_t bit)
{
        size_t page = PAGE_SIZE * pages_newest(&flip->pages, class);
        const uint8_t *row = flip->pages.bytes + page + PAGE_HEAD;

        start_on(flip, class, page + row[0] + 256u * row[1] + in_head, bit);
}

static void start_on_damage(struct flip *flip)
{
        size_t meta = PAGE_SIZE * pages_newer_meta(&flip->pages);

        start_on(flip, PAGE_NEWER_META, meta + META_PAGE_SIZE + 1, 0x10); /* pages of no octets */
        start_on_row(flip, PAGE_LEAF_LEAF, 4, 0x04);    /* a row of many values, which none is */
        start_on_row(flip, PAGE_TREE_LEAF, 4, 0x01);    /* a value on pages of its own */
        start_on_row(flip, PAGE_LOG_LEAF, 3, 0x40);     /* a value of a gigabyte more */
        start_on_row(flip, PAGE_LOG_LEAF, 6, 0x10);     /* a longer key */
        accordd_start(&flip->client.accordd, NULL);
        accordd_stop(&flip->client.accordd);
        torture_did("flip", "heads of rows of which a start proves what they head, and of the meta "
                    "page: accordd ends with 78, five times of five, and starts on the file as it "
                    "was");
}

/* ---- the ledger that is damaged */

static void publish(struct client *client)
{
        const struct event run = run_of(RUN_INTERIM);
        struct event months = fact_of(FACT_MEMBER_MONTHS, "", 1200);
        struct desk desk;

        accordd_start(&client->accordd, NULL);
        desk_open(&desk, &client->payer, &client->accordd);
        desk_say(&desk, &client->contract, &months, 1);
        desk_say(&desk, &client->contract, &run, 1);
        accordd_await_figure(&client->accordd, "statements", 1, 20000);
        desk_close(&desk);
        client_connect(client);
        client_write(client, SUBMISSIONS);
        must_be(client_drain(client, 60000), "publishing");
        client_disconnect(client);
        accordd_stop(&client->accordd);
        client_write(client, 1);
}

static void mark_end(struct flip *flip)
{
        struct hub *hub = accordd_ledger(&flip->client.accordd, true);
        struct hub_stat stat;

        must(hub_read_stat(hub, &stat), "the end of the log");
        flip->mark = (struct guard_mark) { .epoch = 1, .size = stat.entries };
        memcpy(flip->mark.root.octets, stat.root.octets, DIGEST_SIZE);
        hub_close(hub);
}

static void set_up(struct flip *flip, const struct torture *torture)
{
        char path[256];

        client_begin(&flip->client, torture->accordd, NULL, "", torture->seed);
        flip->seed = flip->client.seed;
        publish(&flip->client);
        snprintf(path, sizeof(path), "%s/data.mdb", flip->client.accordd.ledger);
        pages_read(&flip->pages, path);
        must(digest_rows(flip->client.accordd.ledger, &flip->rows), "the rows");
        mark_end(flip);
        snprintf(flip->directory, sizeof(flip->directory), "/dev/shm/accord-flip.XXXXXX");
        if (!mkdtemp(flip->directory)) {
                snprintf(flip->directory, sizeof(flip->directory), "%s/flip.XXXXXX",
                         flip->client.accordd.directory);
                must_be(mkdtemp(flip->directory) != NULL, flip->directory);
        }
        snprintf(flip->ledger, sizeof(flip->ledger), "%s/ledger", flip->directory);
        snprintf(flip->scratch, sizeof(flip->scratch), "%s/scratch", flip->directory);
        must_be(mkdir(flip->ledger, 0700) == 0, flip->ledger);
        write_copy(flip);
        must_be(live(flip) == HARMLESS, "an undamaged copy is not as it was");
}

void flip_run(const struct torture *torture)
{
        static struct flip flip;

        set_up(&flip, torture);
        for (enum page_class class = 0; class < PAGE_CLASSES; class++)
                try_class(&flip, class, torture->lasting ? 60 : torture->few ? 1 : 2);
        start_on_damage(&flip);
        if (flip.failed)
                die("%u flipped bits did what they may not", flip.failed);
        nftw(flip.directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
        pages_free(&flip.pages);
        client_end(&flip.client);
}
