/* SPDX-License-Identifier: Apache-2.0 */
/* A living hub whose file changes under it: what finds it, and what it does from then on. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/own.h"
#include "daemon/daemon.h"
#include "daemon/hub.h"
#include "proof/keyfile.h"
#include "tests/daemon/node.h"
#include "tests/daemon/run.h"

#define ENTRIES 4400            /* more than a start proves */
#define VICTIM 100              /* before the tail */
#define YEAR_2030 INT64_C(1893456000000000)

static struct hub_process process;
static struct node node;

/* ---- a long ledger, made without the daemon */

static void fill_ledger(void)
{
        own(hub) struct hub *hub = NULL;
        struct party_admission admission = { .title = { "a party" }, .present = true };
        struct hub_options options = { .map_size = (size_t)1 << 30 };
        char directory[128], path[128];
        const char *says;
        struct keys keys;
        uint64_t index;

        snprintf(directory, sizeof(directory), "%s/ledger", process.directory);
        snprintf(path, sizeof(path), "%s/hub.key", process.directory);
        ck_assert_int_eq(keyfile_load(path, &keys), 0);
        options.directory = directory;
        options.keys = &keys;
        ck_assert_int_eq(hub_open(&hub, &options), 0);
        ck_assert_int_eq(hub_begin(hub, YEAR_2030 - INT64_C(86400000000) * 1500), 0);
        admission.roles[0] = (struct role) { ROLE_PAYER, 0, DATE_NONE };
        admission.role_count = 1;
        for (int i = 0; i < ENTRIES; i++) {
                snprintf(admission.party.text, sizeof(admission.party.text), "p%d", i);
                ck_assert_int_eq(hub_admit_party(hub, &admission, &index, &says), 0);
        }
        ck_assert_int_eq(hub_commit(hub), 0);
        keys_wipe(&keys);
}

/* The last bytes of an entry, which are of its signature and stand nowhere else. */
static uint8_t mark[32];

static int take_mark(void *with, const struct log_row *row)
{
        (void)with;
        ck_assert_uint_gt(row->bytes.size, sizeof(mark));
        memcpy(mark, (const uint8_t *)row->bytes.data + row->bytes.size - sizeof(mark),
               sizeof(mark));
        return 1;
}

static void find_mark(void)
{
        own(hub) struct hub *hub = NULL;
        char directory[128];
        const struct hub_options options = { .directory = directory, .read_only = true };

        snprintf(directory, sizeof(directory), "%s/ledger", process.directory);
        ck_assert_int_eq(hub_open(&hub, &options), 0);
        ck_assert_int_eq(hub_visit_log(hub, VICTIM, take_mark, NULL), 1);
}

/* One bit, wherever the entry lies in the file, while the hub has it mapped. */
static void flip(void)
{
        char path[128];
        struct stat there;
        uint8_t *data, *at;
        int fd, places = 0;

        snprintf(path, sizeof(path), "%s/ledger/data.mdb", process.directory);
        fd = open(path, O_RDWR | O_CLOEXEC);
        ck_assert_int_ge(fd, 0);
        ck_assert_int_eq(fstat(fd, &there), 0);
        data = mmap(NULL, (size_t)there.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        ck_assert_ptr_ne(data, MAP_FAILED);
        for (at = data; (at = memmem(at, (size_t)(data + there.st_size - at), mark, sizeof(mark)));
             at++, places++)
                at[5] ^= 0x10;
        ck_assert_int_ge(places, 1);
        munmap(data, (size_t)there.st_size);
        close(fd);
}

static void make(void)
{
        hub_process_make(&process, "[scrub]\nrate = 0\n");
        fill_ledger();
        find_mark();
        hub_process_start(&process, NULL);
        node_admit(&node, &process, "payer/main");
        node_connect(&node, &process);
}

static void end(void)
{
        node_end(&node);
        hub_process_end(&process);
}

/* ---- */

static void ask(const struct query *query, struct hub_frame *ret)
{
        uint8_t room[4096];
        struct sink sink = sink_on(room, sizeof(room));

        ck_assert_int_eq(wire_write_query(&sink, query), 0);
        node_send(&node, sink_bytes(&sink));
        ck_assert(node_hear(&node, 5000, ret));
}

static void expect_entry(uint64_t index, bool whole)
{
        const struct place_at place = { .at = index };
        const struct query query = {
                .kind = QUERY_ENTRIES, .id = 7, .include = &place, .include_count = 1,
        };
        struct hub_frame frame;

        ask(&query, &frame);
        if (frame.kind == HUB_BUSY && !whole)
                ask(&query, &frame);    /* of the batch that met it nothing was said */
        ck_assert_int_eq(frame.kind, HUB_ANSWER);
        ck_assert_int_eq(frame.answer.refused, !whole);
        if (whole)
                ck_assert_uint_eq(frame.answer.entry_count, 1);
        else
                ck_assert_uint_eq(frame.answer.fault.code, REFUSAL_BUSY);
}

static struct control_answer control(enum control_kind kind)
{
        struct control_request request = { .kind = kind };

        return hub_process_ask(&process, &request);
}

static void expect_condemned(void)
{
        struct control_request admit = { .kind = CONTROL_ADMIT_PARTY };
        struct hub_frame frame;

        snprintf(admit.admit_party.party.text, sizeof(admit.admit_party.party.text), "late");
        snprintf(admit.admit_party.title.text, sizeof(admit.admit_party.title.text), "late");
        ck_assert(hub_process_says(&process, "critical: the ledger is damaged", 5000));
        node_offer(&node, &process, "p1", 1);
        ck_assert(node_hear(&node, 5000, &frame));
        ck_assert_int_eq(frame.kind, HUB_BUSY);
        ck_assert_int_eq(strncmp(frame.busy.says.data, "the hub found damage", 20), 0);
        ck_assert_uint_eq(hub_process_ask(&process, &admit).code, REFUSAL_BUSY);
        ck_assert_uint_eq(control(CONTROL_SCRUB).code, REFUSAL_BUSY);
        ck_assert_uint_eq(control(CONTROL_CHECKPOINT).code, 0);
        expect_entry(0, true);
        expect_entry(VICTIM, false);
        ck_assert(hub_process_tells(&process, "STATUS=DAMAGE FOUND", 100));
}

static void expect_refused(void)
{
        ck_assert_int_eq(hub_process_stop(&process), 0);
        ck_assert_int_eq(hub_process_fails(&process, NULL), DAEMON_REFUSES);
        ck_assert(hub_process_says(&process, "damage was found", 0));
}

START_TEST(a_pass_of_the_scrub_finds_it_and_the_hub_goes_on_read_only)
{
        ck_assert_uint_eq(control(CONTROL_SCRUB).code, 0);
        ck_assert(hub_process_counts(&process, "passes", 1));
        ck_assert_uint_gt(hub_process_stat(&process, "last_entries"), ENTRIES);
        flip();
        ck_assert_uint_eq(control(CONTROL_SCRUB).code, 0);
        expect_condemned();
        ck_assert(hub_process_says(&process, "entry 100: its bytes do not hash to its leaf", 0));
        expect_refused();
}
END_TEST

START_TEST(an_answer_that_meets_it_says_so_and_nothing_is_signed_behind_it)
{
        expect_entry(VICTIM, true);
        flip();
        expect_entry(VICTIM, false);
        expect_condemned();
}
END_TEST

/* What lies before the tail a start does not see: so the first pass after it has to. */
START_TEST(a_pass_begins_by_itself_and_a_copy_that_does_not_prove_is_none)
{
        struct control_answer answer = control(CONTROL_BACKUP);

        ck_assert_uint_eq(answer.code, 0);
        ck_assert_uint_gt(answer.path.size, 0);
        ck_assert_uint_gt(answer.checkpoint.size, 0);
        ck_assert_int_eq(hub_process_stop(&process), 0);
        flip();
        hub_process_override(&process, "[scrub]\nrate = 100000\n");
        hub_process_start(&process, NULL);
        ck_assert(hub_process_says(&process, "critical: the ledger is damaged", 5000));
        answer = control(CONTROL_BACKUP);
        ck_assert_uint_eq(answer.code, REFUSAL_BUSY);
        ck_assert_uint_eq(answer.path.size, 0);
        ck_assert(hub_process_says(&process, "no copy of the ledger could be made", 0));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("accordd-scrub");

        tcase_add_checked_fixture(tests, make, end);
        tcase_add_test(tests, a_pass_of_the_scrub_finds_it_and_the_hub_goes_on_read_only);
        tcase_add_test(tests, an_answer_that_meets_it_says_so_and_nothing_is_signed_behind_it);
        tcase_add_test(tests, a_pass_begins_by_itself_and_a_copy_that_does_not_prove_is_none);
        return run_case(tests, "accordd-scrub", 60);
}
