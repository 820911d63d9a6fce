/* SPDX-License-Identifier: Apache-2.0 */
/* Rows beside what is signed: each to its event, all of them or none, and nothing kept of them. */
#include <string.h>

#include "core/own.h"
#include "tests/proto/assemble.h"
#include "tests/proto/message.h"
#include "tests/proto/run.h"

#define HEAD "1:1 2*16=11 3\"a/b\" 5\"a/b/c\" 6*16=22 7:1 8:9 "
#define BLOCK(number, rows) "9{10{2:0 3:2 5:" number " 6:" rows " 7:0 8*32=bb 9:1}} "
#define FACT "9{4{1:1 2:4 5:0 6:2 8:246}} "
#define SIGNED(events) "1{" HEAD events "} 2*64=55 "
#define WHOLE REFUSAL_WHOLE

static const struct {
        const char *says;
        const char *source;             /* a SignedSubmission */
        int refusal;
        uint32_t event;
        uint32_t came;                  /* events that have their rows */
        const char *field;
} rows[] = {
        { "a block and its row", SIGNED(BLOCK("1", "1")) "3*31=01", 0, 0, 1, NULL },
        { "the row of none, as in the log", SIGNED(BLOCK("1", "1")), 0, 0, 0, NULL },
        { "a block without rows has none", SIGNED(BLOCK("1", "0")), 0, 0, 0, NULL },
        { "two blocks, a fact and a block without rows between them",
          SIGNED(BLOCK("1", "2") FACT BLOCK("2", "0") BLOCK("3", "1")) "3*62=01 3*31=02", 0, 0, 2,
          NULL },
        { "the largest there is", SIGNED(BLOCK("1", "8192")) "3*253952=01", 0, 0, 1, NULL },
        { "larger than that", SIGNED(BLOCK("1", "8193")) "3*253983=01", REFUSAL_OVERSIZE, WHOLE, 0,
          "blocks" },
        { "an octet too few", SIGNED(BLOCK("1", "1")) "3*30=01", REFUSAL_MALFORMED, 0, 0,
          "blocks" },
        { "an octet too many", SIGNED(BLOCK("1", "1")) "3*32=01", REFUSAL_MALFORMED, 0, 0,
          "blocks" },
        { "a row too few", SIGNED(BLOCK("1", "2")) "3*31=01", REFUSAL_MALFORMED, 0, 0, "blocks" },
        { "a row too many", SIGNED(BLOCK("1", "1")) "3*62=01", REFUSAL_MALFORMED, 0, 0, "blocks" },
        { "so many rows that their size does not fit 32 bits",
          SIGNED(BLOCK("1", "138547333")) "3*27=01", REFUSAL_MALFORMED, 0, 0, "blocks" },
        { "the second of two is missing", SIGNED(FACT BLOCK("1", "1") BLOCK("2", "1")) "3*31=01",
          REFUSAL_MALFORMED, 2, 0, "blocks" },
        { "the second of two is empty",
          SIGNED(FACT BLOCK("1", "1") BLOCK("2", "1")) "3*31=01 3\"\"", REFUSAL_MALFORMED, 2, 0,
          "blocks" },
        { "one more than events say", SIGNED(BLOCK("1", "1")) "3*31=01 3*31=01",
          REFUSAL_MALFORMED, WHOLE, 0, "blocks" },
        { "an empty one more", SIGNED(BLOCK("1", "1")) "3*31=01 3\"\"", REFUSAL_MALFORMED, WHOLE,
          0, "blocks" },
        { "one beside a fact", SIGNED(FACT) "3*31=01", REFUSAL_MALFORMED, WHOLE, 0, "blocks" },
        { "one beside a block without rows", SIGNED(BLOCK("1", "0")) "3*31=01", REFUSAL_MALFORMED,
          WHOLE, 0, "blocks" },
        { "an empty one beside a block without rows", SIGNED(BLOCK("1", "0")) "3\"\"",
          REFUSAL_MALFORMED, WHOLE, 0, "blocks" },
        { "a block before the signature", "1{" HEAD BLOCK("1", "1") "} 3*31=01 2*64=55",
          REFUSAL_MALFORMED, WHOLE, 0, "blocks" },
        { "a block before the body", "3*31=01 1{" HEAD BLOCK("1", "1") "} 2*64=55",
          REFUSAL_MALFORMED, WHOLE, 0, "blocks" },
        { "the second block before the body",
          "1{" HEAD BLOCK("1", "1") BLOCK("2", "1") "} 3*31=01 2*64=55 3*31=01",
          REFUSAL_MALFORMED, WHOLE, 0, "blocks" },
        { "the signature before the body, and then the block",
          "2*64=55 1{" HEAD BLOCK("1", "1") "} 3*31=01", 0, 0, 1, NULL },
        { "a block that is a number", SIGNED(BLOCK("1", "1")) "3:1", REFUSAL_MALFORMED, WHOLE, 0,
          "blocks" },
        { "something left over", SIGNED(BLOCK("1", "1")) "3*31=01 #00;", REFUSAL_MALFORMED, WHOLE,
          0, "" },
        { "a digest of 31", "1{" HEAD "9{10{2:0 3:2 5:1 6:1 7:0 8*31=bb 9:1}}} 2*64=55 3*31=01",
          REFUSAL_MALFORMED, 0, 0, "block.sha256" },
        { "no digest", "1{" HEAD "9{10{2:0 3:2 5:1 6:1 7:0 9:1}}} 2*64=55 3*31=01",
          REFUSAL_MALFORMED, 0, 0, "block.sha256" },
        { "a count of rows of 33 bits",
          "1{" HEAD "9{10{2:0 3:2 5:1 6:4294967297 7:0 8*32=bb 9:1}}} 2*64=55 3*31=01",
          REFUSAL_MALFORMED, 0, 0, "block.rows" },
        { "a category in capitals",
          "1{" HEAD "9{10{2:0 3:2 5:1 6:1 7:0 8*32=bb 9:1 10\"ESRD\"}}} 2*64=55 3*31=01",
          REFUSAL_MALFORMED, 0, 0, "block.categories" },
};

static const uint8_t *end_of(struct bytes span)
{
        return (const uint8_t *)span.data + span.size;
}

/* What the log will keep reads as the same submission, without its rows. */
static void expect_frame(const struct submission *submission, struct bytes whole)
{
        own(arena) struct arena arena = { 0 };
        struct submission kept;
        struct fault fault;
        size_t beside = 0;

        for (uint32_t i = 0; i < submission->block_count; i++)
                beside += submission->blocks[i].size;
        ck_assert_ptr_eq(submission->frame.data, whole.data);
        ck_assert_uint_le(submission->frame.size + beside, whole.size);
        ck_assert_ptr_eq(end_of(submission->frame), end_of(submission->signature) >
                         end_of(submission->body) ? end_of(submission->signature)
                                                  : end_of(submission->body));
        ck_assert_int_eq(arena_new(&arena, WIRE_ARENA_SIZE), 0);
        ck_assert_int_eq(wire_read_submission(submission->frame, &arena, &kept, &fault), 0);
        ck_assert(bytes_equal(kept.frame, submission->frame));
        ck_assert(bytes_equal(kept.body, submission->body));
        ck_assert_uint_eq(kept.block_count, 0);
        for (uint32_t i = 0; i < kept.event_count; i++)
                if (kept.events[i].kind == EVENT_BLOCK)
                        ck_assert_uint_eq(kept.events[i].block.columns.size, 0);
}

START_TEST(each_to_its_event)
{
        own(arena) struct arena arena = { 0 };
        own(sink) struct sink sink = { 0 };
        struct submission submission;
        struct fault fault = { 0 };
        uint32_t came = 0;
        int r;

        ck_assert_int_eq(arena_new(&arena, WIRE_ARENA_SIZE), 0);
        ck_assert_int_eq(sink_new(&sink, 64, 1 << 23), 0);
        assemble(rows[_i].source, &sink);
        r = wire_read_submission(sink_bytes(&sink), &arena, &submission, &fault);
        ck_assert_msg(r == rows[_i].refusal, "%s: %d at \"%s\": %s", rows[_i].says, r, fault.field,
                      fault.says);
        if (r) {
                ck_assert_msg(fault.event == rows[_i].event, "%s: of event %u", rows[_i].says,
                              fault.event);
                ck_assert_str_eq(fault.field, rows[_i].field);
                ck_assert_uint_eq(arena.used, 0);
                return;
        }
        for (uint32_t i = 0; i < submission.event_count; i++) {
                const struct event *event = &submission.events[i];

                if (event->kind != EVENT_BLOCK || !event->block.columns.size)
                        continue;
                ck_assert_uint_eq(event->block.columns.size, event->block.rows * 31u);
                ck_assert_ptr_eq(event->block.columns.data, submission.blocks[came].data);
                came++;
        }
        ck_assert_uint_eq(came, rows[_i].came);
        expect_frame(&submission, sink_bytes(&sink));
}
END_TEST

/* The whole way round, in a frame of the bus: and the arena is empty after what was refused. */
START_TEST(in_a_frame_of_the_bus)
{
        static const uint8_t octets[31] = { 7 };
        const struct bytes block = BYTES_OF(octets);
        own(arena) struct arena arena = { 0 };
        own(sink) struct sink sink = { 0 }, frame = { 0 };
        struct client_frame read;
        struct fault fault = { 0 };

        ck_assert_int_eq(arena_new(&arena, WIRE_ARENA_SIZE), 0);
        ck_assert_int_eq(sink_new(&sink, 64, 1 << 21), 0);
        ck_assert_int_eq(sink_new(&frame, 64, 1 << 21), 0);
        assemble(SIGNED(BLOCK("1", "1")), &sink);
        ck_assert_int_eq(wire_write_blocks(&sink, &block, 1), 0);
        ck_assert_int_eq(wire_write_submission_frame(&frame, sink_bytes(&sink)), 0);
        ck_assert_int_eq(wire_read_client_frame(sink_bytes(&frame), &arena, &read, &fault), 0);
        ck_assert(bytes_equal(read.submission.events[0].block.columns, block));

        arena_reset(&arena);
        sink_reset(&frame);
        ck_assert_int_eq(wire_write_blocks(&sink, &block, 1), 0);
        ck_assert_int_eq(wire_write_submission_frame(&frame, sink_bytes(&sink)), 0);
        ck_assert_int_eq(wire_read_client_frame(sink_bytes(&frame), &arena, &read, &fault),
                         REFUSAL_MALFORMED);
        ck_assert_uint_eq(arena.used, 0);
}
END_TEST

/* As many as there may be beside one submission, and one more. */
START_TEST(so_many_and_no_more)
{
        own(arena) struct arena arena = { 0 };
        own(sink) struct sink body = { 0 }, whole = { 0 };
        struct submission submission;
        struct fault fault = { 0 };
        int count = BLOCKS_PER_SUBMISSION_MAX + _i, r;

        ck_assert_int_eq(arena_new(&arena, WIRE_ARENA_SIZE), 0);
        ck_assert_int_eq(sink_new(&body, 64, 1 << 21), 0);
        ck_assert_int_eq(sink_new(&whole, 64, 1 << 21), 0);
        assemble(HEAD, &body);
        for (int i = 0; i < count; i++)
                assemble(BLOCK("1", "1"), &body);
        ck_assert_int_eq(wire_write_signed_submission(&whole, sink_bytes(&body),
                         (struct bytes) { "0123456789abcdef0123456789abcdef"
                                          "0123456789abcdef0123456789abcdef", 64 }), 0);
        for (int i = 0; i < count; i++)
                assemble("3*31=01", &whole);
        r = wire_read_submission(sink_bytes(&whole), &arena, &submission, &fault);
        ck_assert_int_eq(r, _i ? REFUSAL_OVERSIZE : 0);
        if (r)
                ck_assert_str_eq(fault.field, "blocks");
}
END_TEST

START_TEST(sizes_are_what_is_written)
{
        static const uint8_t octets[200 * 31] = { 7 };
        static const uint32_t counts[] = { 1, 4, 5, 128, 200 };

        for (int i = 0; i < COUNT_OF(counts); i++) {
                const struct block_event block = {
                        .rows = counts[i], .columns = { octets, counts[i] * 31 },
                };
                own(sink) struct sink sink = { 0 };

                ck_assert_int_eq(sink_new(&sink, 64, 1 << 16), 0);
                ck_assert_int_eq(wire_write_blocks(&sink, &block.columns, 1), 0);
                ck_assert_uint_eq(sink.size, wire_block_size(&block));
        }
        ck_assert_uint_eq(wire_block_size(&(struct block_event) { .rows = 9 }), 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("blocks");

        tcase_add_loop_test(tests, each_to_its_event, 0, COUNT_OF(rows));
        tcase_add_test(tests, in_a_frame_of_the_bus);
        tcase_add_loop_test(tests, so_many_and_no_more, 0, 2);
        tcase_add_test(tests, sizes_are_what_is_written);
        return run_case(tests, "proto-blocks");
}
