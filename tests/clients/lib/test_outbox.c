/* SPDX-License-Identifier: Apache-2.0 */
/* The outbox without a hub: what is on disk after what, and what is not. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clients/lib/outbox-inside.h"
#include "core/own.h"
#include "proto/limits.h"
#include "tests/clients/lib/run.h"
#include "tests/clients/lib/stage.h"

static struct stage stage;
static struct accord_error error;

static void begin(void)
{
        stage_begin(&stage);
}

static void end(void)
{
        stage_end(&stage);
}

static struct accord_outbox *open_outbox(void)
{
        struct accord_outbox *outbox = NULL;

        ck_call(accord_outbox_open(&outbox, &stage.profile, &error), 0, error);
        return outbox;
}

/* What an outbox holds, as numbers of facts in order. */
struct seen {
        uint64_t numbers[16384];
        size_t count, items;
        uint32_t most_events;
        size_t most_bytes;
        uint64_t last_sequence;
        struct accord_outbox *outbox;
};

static int see(void *with, const struct accord_item *item)
{
        struct seen *seen = with;
        const struct event *events;
        uint32_t count;

        seen->items++;
        ck_assert_uint_eq(item->sequence, seen->last_sequence + 1);
        seen->last_sequence = item->sequence;
        ck_call(accord_item_events(seen->outbox, item, &events, &count, &error), 0, error);
        ck_assert_uint_eq(count, item->event_count);
        for (uint32_t i = 0; i < count; i++) {
                ck_assert_uint_lt(seen->count, 16384);
                seen->numbers[seen->count++] = (uint64_t)events[i].fact.value.num;
                if (item->tags)
                        ck_assert_uint_eq(item->tags[i], (uint64_t)events[i].fact.value.num);
        }
        if (count > seen->most_events)
                seen->most_events = count;
        if (item->submission.size > seen->most_bytes)
                seen->most_bytes = item->submission.size;
        return 0;
}

static struct seen *look(struct accord_outbox *outbox)
{
        static struct seen seen;

        seen = (struct seen) { .outbox = outbox };
        ck_call(accord_outbox_visit(outbox, see, &seen, &error), 0, error);
        return &seen;
}

START_TEST(what_is_sealed_is_there_after_reopening)
{
        own(accord_outbox) struct accord_outbox *outbox = open_outbox();
        struct accord_outbox_stat before, after;
        struct seen *seen;

        stage_seal(outbox, 1, 3);
        stage_seal(outbox, 4, 2);
        accord_outbox_stat(outbox, &before);
        accord_outbox_close(give(outbox));

        outbox = open_outbox();
        accord_outbox_stat(outbox, &after);
        ck_assert_mem_eq(&before.stream, &after.stream, sizeof(before.stream));
        ck_assert_uint_eq(after.next_sequence, 3);
        ck_assert_uint_eq(after.sealed, 2);
        ck_assert(!after.moved);
        seen = look(outbox);
        ck_assert_uint_eq(seen->count, 5);
        ck_assert_uint_eq(seen->numbers[4], 5);
}
END_TEST

START_TEST(what_was_only_added_is_not)
{
        own(accord_outbox) struct accord_outbox *outbox = open_outbox();
        struct event event = stage_fact(1, false);

        ck_call(accord_outbox_add(outbox, &stage_about, &event, 1, NULL, &error), 0, error);
        accord_outbox_close(give(outbox));
        outbox = open_outbox();
        ck_assert_uint_eq(look(outbox)->count, 0);
}
END_TEST

/* The file cut after each of its bytes: what was whole stays, and sealing goes on. */
START_TEST(a_torn_end_is_cut_off_at_every_byte)
{
        own(accord_outbox) struct accord_outbox *outbox = open_outbox();
        size_t sizes[3], size, whole;
        void *data;

        accord_outbox_seal(outbox, &error);
        sizes[0] = stage_file_size(stage.outbox);
        for (size_t i = 1; i < 3; i++) {
                stage_seal(outbox, i, 1);
                sizes[i] = stage_file_size(stage.outbox);
        }
        accord_outbox_close(give(outbox));
        data = stage_read(stage.outbox, &size);
        ck_assert_uint_eq(size, sizes[2]);

        for (size_t cut = 0; cut <= size; cut++) {
                struct accord_outbox_stat stat;

                whole = 0;
                while (whole < 2 && cut >= sizes[whole + 1])
                        whole++;
                stage_write(stage.outbox, data, cut);
                outbox = open_outbox();
                accord_outbox_stat(outbox, &stat);
                ck_assert_uint_eq(stat.sealed, whole);
                if (cut >= sizes[0])
                        ck_assert_uint_eq(stat.torn_bytes, cut - sizes[whole]);

                stage_seal(outbox, 77, 1);
                accord_outbox_close(give(outbox));
                outbox = open_outbox();
                accord_outbox_stat(outbox, &stat);
                ck_assert_uint_eq(stat.torn_bytes, 0);
                ck_assert_uint_eq(stat.sealed, whole + 1);
                if (cut == sizes[whole])
                        ck_assert_uint_eq(look(outbox)->numbers[whole], 77);
                accord_outbox_close(give(outbox));
        }
        free(data);
}
END_TEST

/* Each byte of the last record turned over: it is not believed, and what it held is kept aside. */
START_TEST(a_damaged_record_is_not_believed)
{
        own(accord_outbox) struct accord_outbox *outbox = open_outbox();
        struct accord_outbox_stat stat;
        char torn[200];
        size_t first, size;
        uint8_t *data;

        stage_seal(outbox, 1, 1);
        first = stage_file_size(stage.outbox);
        stage_seal(outbox, 2, 1);
        accord_outbox_close(give(outbox));
        data = stage_read(stage.outbox, &size);
        snprintf(torn, sizeof(torn), "%s.torn", stage.outbox);

        for (size_t at = first; at < size; at++) {
                data[at] ^= 0x41;
                stage_write(stage.outbox, data, size);
                data[at] ^= 0x41;
                outbox = open_outbox();
                accord_outbox_stat(outbox, &stat);
                ck_assert_uint_eq(stat.sealed, 1);
                ck_assert_uint_eq(stage_file_size(torn), size - first);
                accord_outbox_close(give(outbox));
        }
        free(data);
}
END_TEST

START_TEST(a_foreign_file_is_left_alone)
{
        own(accord_outbox) struct accord_outbox *outbox = open_outbox();
        static const char text[] = "Dear outbox, I am a letter.\n";

        accord_outbox_close(give(outbox));
        stage_write(stage.outbox, text, sizeof(text));
        ck_call(accord_outbox_open(&outbox, &stage.profile, &error), ACCORD_FAILED, error);
        ck_assert_uint_eq(stage_file_size(stage.outbox), sizeof(text));
}
END_TEST

START_TEST(the_outbox_of_another_node_or_hub_is_not_opened)
{
        own(accord_outbox) struct accord_outbox *outbox = open_outbox();
        struct accord_profile other = stage.profile;

        accord_outbox_close(give(outbox));
        snprintf(other.node.node.text, sizeof(other.node.node.text), "cellar");
        ck_call(accord_outbox_open(&outbox, &other, &error), ACCORD_INTEGRITY, error);

        other = stage.profile;
        memcpy(other.hub_signing_key, stage.node.public.signing, 32);
        ck_call(accord_outbox_open(&outbox, &other, &error), ACCORD_INTEGRITY, error);
}
END_TEST

START_TEST(a_copy_goes_on_under_a_new_stream)
{
        own(accord_outbox) struct accord_outbox *outbox = open_outbox();
        struct accord_outbox_stat before, after, again;
        char original[200];
        size_t size;
        void *data;

        stage_seal(outbox, 1, 1);
        accord_outbox_stat(outbox, &before);
        accord_outbox_close(give(outbox));
        data = stage_read(stage.outbox, &size);

        /* While the original is there, so that the copy cannot come by its inode. */
        snprintf(original, sizeof(original), "%s.original", stage.outbox);
        ck_assert_int_eq(rename(stage.outbox, original), 0);
        stage_write(stage.outbox, data, size);
        free(data);
        outbox = open_outbox();
        accord_outbox_stat(outbox, &after);
        ck_assert(after.moved);
        ck_assert_mem_ne(&before.stream, &after.stream, sizeof(before.stream));
        ck_assert_uint_eq(after.next_sequence, 1);
        ck_assert_uint_eq(after.sealed, 1);

        /* What it had sealed keeps its number; what comes has one of the new stream. */
        stage_seal(outbox, 2, 1);
        ck_assert_mem_eq(&queue_at(&outbox->queue, 0)->stream, &before.stream, 16);
        ck_assert_mem_eq(&queue_at(&outbox->queue, 1)->stream, &after.stream, 16);
        accord_outbox_close(give(outbox));

        outbox = open_outbox();
        accord_outbox_stat(outbox, &again);
        ck_assert(!again.moved);
        ck_assert_mem_eq(&again.stream, &after.stream, sizeof(after.stream));
}
END_TEST

START_TEST(one_process_at_a_time)
{
        own(accord_outbox) struct accord_outbox *outbox = open_outbox();
        own(accord_outbox) struct accord_outbox *reader = NULL;
        int status;
        pid_t child;

        stage_seal(outbox, 1, 1);
        child = fork();
        if (child == 0) {
                struct accord_outbox *second = NULL;

                _exit(accord_outbox_open(&second, &stage.profile, &error));
        }
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        ck_assert(WIFEXITED(status));
        ck_assert_int_eq(WEXITSTATUS(status), ACCORD_CONFLICT);

        /* Looking is always possible; writing is not possible by looking. */
        ck_call(accord_outbox_read(&reader, &stage.profile, &error), 0, error);
        ck_assert_uint_eq(look(reader)->count, 1);
        ck_call(accord_outbox_seal(reader, &error), ACCORD_FAILED, error);
}
END_TEST

/* ---- packing */

START_TEST(a_submission_takes_4096_events_and_no_more)
{
        own(accord_outbox) struct accord_outbox *outbox = open_outbox();
        struct seen *seen;

        stage_seal(outbox, 1, 4096);
        ck_assert_uint_eq(look(outbox)->items, 1);
        stage_seal(outbox, 4097, 4097);
        seen = look(outbox);
        ck_assert_uint_eq(seen->items, 3);
        ck_assert_uint_eq(seen->most_events, 4096);
        for (size_t i = 0; i < seen->count; i++)
                ck_assert_uint_eq(seen->numbers[i], i + 1);
}
END_TEST

START_TEST(a_submission_takes_a_mebibyte_and_no_more)
{
        own(accord_outbox) struct accord_outbox *outbox = open_outbox();
        static char document[WIRE_DOCUMENT_MAX];
        struct seen *seen;

        memset(document, 'x', sizeof(document));
        for (uint64_t number = 1; number <= 8000; number++) {
                struct event event = stage_fact(number, false);

                event.fact.relayed.is = true;
                event.fact.relayed.party = (struct name) { "medicare" };
                event.fact.relayed.document = (struct bytes) { document,
                                                                 sizeof(document) };
                ck_call(accord_outbox_add(outbox, &stage_about, &event, 1, &number, &error), 0,
                        error);
        }
        ck_call(accord_outbox_seal(outbox, &error), 0, error);
        seen = look(outbox);
        ck_assert_uint_eq(seen->count, 8000);
        ck_assert_uint_lt(seen->most_events, 4096);
        ck_assert_uint_le(seen->most_bytes, WIRE_SUBMISSION_MAX);
        ck_assert_uint_gt(seen->most_bytes, WIRE_SUBMISSION_MAX - 2048);
}
END_TEST

START_TEST(what_is_about_different_things_is_packed_apart)
{
        own(accord_outbox) struct accord_outbox *outbox = open_outbox();
        struct accord_about abouts[12];

        for (size_t i = 0; i < 12; i++) {
                abouts[i] = stage_about;
                snprintf(abouts[i].contract.label.text, 32, "label-%zu", i);
        }
        for (uint64_t number = 0; number < 120; number++) {
                struct event event = stage_fact(number, false);

                ck_call(accord_outbox_add(outbox, &abouts[number % 3], &event, 1, NULL, &error), 0,
                        error);
        }
        ck_call(accord_outbox_seal(outbox, &error), 0, error);
        ck_assert_uint_eq(look(outbox)->items, 3);

        /* More than can wait at once: sealed in between, none lost. */
        for (uint64_t number = 0; number < 120; number++) {
                struct event event = stage_fact(number, false);

                ck_call(accord_outbox_add(outbox, &abouts[number % 12], &event, 1, NULL, &error),
                        0, error);
        }
        ck_call(accord_outbox_seal(outbox, &error), 0, error);
        ck_assert_uint_eq(look(outbox)->count, 240);
}
END_TEST

START_TEST(an_outbox_in_memory_is_the_same_without_a_file)
{
        own(accord_outbox) struct accord_outbox *outbox = NULL;

        stage.profile.directory = NULL;
        outbox = open_outbox();
        stage_seal(outbox, 1, 10);
        ck_assert_uint_eq(look(outbox)->count, 10);
        ck_assert_uint_eq(stage_file_size(stage.outbox), 0);
}
END_TEST

START_TEST(what_is_abandoned_stays_to_be_seen)
{
        own(accord_outbox) struct accord_outbox *outbox = open_outbox();
        struct accord_outbox_stat stat;

        stage_seal(outbox, 1, 2);
        ck_call(accord_outbox_abandon(outbox, &error), 0, error);
        accord_outbox_close(give(outbox));
        outbox = open_outbox();
        accord_outbox_stat(outbox, &stat);
        ck_assert_uint_eq(stat.sealed, 0);
        ck_assert_uint_eq(stat.abandoned, 1);
        ck_assert_uint_eq(stat.next_sequence, 1);
        ck_assert_uint_eq(look(outbox)->count, 2);
}
END_TEST

/* ---- kill -9 */

/* Seals one fact after another, and tells each number once it is durable. */
static void seal_for_ever(uint64_t first, int tell)
{
        struct accord_outbox *outbox = NULL;

        if (accord_outbox_open(&outbox, &stage.profile, &error))
                _exit(1);
        for (uint64_t number = first;; number++) {
                struct event event = stage_fact(number, false);

                if (accord_outbox_add(outbox, &stage_about, &event, 1, &number, &error) ||
                    accord_outbox_seal(outbox, &error) ||
                    write(tell, &number, sizeof(number)) != sizeof(number))
                        _exit(1);
        }
}

START_TEST(what_was_said_to_be_sealed_survives_kill)
{
        uint64_t told = 0;

        for (int round = 0; round < 20; round++) {
                own(accord_outbox) struct accord_outbox *outbox = NULL;
                struct seen *seen;
                int ends[2];
                pid_t child;

                ck_assert_int_eq(pipe(ends), 0);
                child = fork();
                if (child == 0)
                        seal_for_ever(told + 1, ends[1]);
                close(ends[1]);
                /* Longer, as long as a busy machine let it say nothing. */
                usleep((useconds_t)(told ? 2000 + round * 700 : 2000 << (round < 8 ? round : 8)));
                kill(child, SIGKILL);
                waitpid(child, NULL, 0);
                while (read(ends[0], &told, sizeof(told)) == sizeof(told))
                        ;
                close(ends[0]);

                /* All that was told, and at most one more that was being told. */
                outbox = open_outbox();
                seen = look(outbox);
                ck_assert_uint_ge(seen->count, told);
                ck_assert_uint_le(seen->count, told + 1);
                for (size_t i = 0; i < seen->count; i++)
                        ck_assert_uint_eq(seen->numbers[i], i + 1);
                told = seen->count;
        }
        ck_assert_uint_gt(told, 0);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("outbox");
        TCase *file = tcase_create("file"), *packing = tcase_create("packing");
        TCase *killing = tcase_create("kill");

        tcase_add_checked_fixture(file, begin, end);
        tcase_add_test(file, what_is_sealed_is_there_after_reopening);
        tcase_add_test(file, what_was_only_added_is_not);
        tcase_add_test(file, a_torn_end_is_cut_off_at_every_byte);
        tcase_add_test(file, a_damaged_record_is_not_believed);
        tcase_add_test(file, a_foreign_file_is_left_alone);
        tcase_add_test(file, the_outbox_of_another_node_or_hub_is_not_opened);
        tcase_add_test(file, a_copy_goes_on_under_a_new_stream);
        tcase_add_test(file, one_process_at_a_time);
        tcase_add_test(file, an_outbox_in_memory_is_the_same_without_a_file);
        tcase_add_test(file, what_is_abandoned_stays_to_be_seen);
        tcase_set_timeout(file, 120);
        suite_add_tcase(suite, file);

        tcase_add_checked_fixture(packing, begin, end);
        tcase_add_test(packing, a_submission_takes_4096_events_and_no_more);
        tcase_add_test(packing, a_submission_takes_a_mebibyte_and_no_more);
        tcase_add_test(packing, what_is_about_different_things_is_packed_apart);
        tcase_set_timeout(packing, 60);
        suite_add_tcase(suite, packing);

        tcase_add_checked_fixture(killing, begin, end);
        tcase_add_test(killing, what_was_said_to_be_sealed_survives_kill);
        tcase_set_timeout(killing, 60);
        suite_add_tcase(suite, killing);
        return run_suite(suite);
}
