/* SPDX-License-Identifier: Apache-2.0 */
/* What is written is read again, and protobuf-c reads the same in it. */
#include <string.h>

#include "core/own.h"
#include "tests/proto/dump.h"
#include "tests/proto/run.h"
#include "tests/proto/samples.h"

static char text[65536];

static size_t same_until(const char *a, const char *b)
{
        size_t i = 0;

        while (a[i] && a[i] == b[i])
                i++;
        return i;
}

START_TEST(what_is_written_is_read)
{
        const struct sample *sample = sample_at((size_t)_i);
        own(arena) struct arena arena = { 0 };
        own(sink) struct sink first = { 0 }, second = { 0 };
        union message *message = calloc(1, sizeof(*message));
        struct fault fault = { 0 };
        size_t same;
        int r;

        ck_assert_int_eq(arena_new(&arena, WIRE_ARENA_SIZE), 0);
        ck_assert_int_eq(sink_new(&first, 16, WIRE_HUB_FRAME_MAX), 0);
        ck_assert_int_eq(sink_new(&second, 16, WIRE_HUB_FRAME_MAX), 0);
        ck_assert_int_eq(message_write(sample->kind, sample->message, &first), 0);

        r = message_read(sample->kind, sink_bytes(&first), &arena, message, &fault);
        ck_assert_msg(r == 0, "%s: %d at \"%s\": %s", sample->says, r, fault.field, fault.says);
        ck_assert_int_eq(message_write(sample->kind, message, &second), 0);
        ck_assert_msg(bytes_equal(sink_bytes(&first), sink_bytes(&second)),
                      "%s: what was read is written as something else", sample->says);

        struct bytes inner = message_inner(sample->kind, message, sink_bytes(&first));

        ck_assert_msg(dump_agrees(message_schema(sample->kind), inner),
                      "%s: protobuf-c writes it as something else", sample->says);
        ck_assert(dump(message_schema(sample->kind), inner, DUMP_ALL, text, sizeof(text)));
        same = same_until(text, sample->wire);
        ck_assert_msg(!text[same] && !sample->wire[same],
                      "%s, from %zu on:\n%.400s\nand not\n%.400s", sample->says, same, text + same,
                      sample->wire + same);
        free(message);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("round");

        tcase_add_loop_test(tests, what_is_written_is_read, 0, (int)sample_count());
        return run_case(tests, "proto-round");
}
