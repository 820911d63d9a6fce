/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>

#include "core/own.h"
#include "proto/arena.h"
#include "tests/proto/run.h"

START_TEST(what_is_taken_is_zeroed_and_aligned)
{
        own(arena) struct arena arena = { 0 };

        ck_assert_int_eq(arena_new(&arena, 256), 0);
        for (int round = 0; round < 2; round++) {
                for (size_t size = 1; size <= 16; size += 5) {
                        uint8_t *taken = arena_take(&arena, size);

                        ck_assert_ptr_nonnull(taken);
                        ck_assert_int_eq((int)((uintptr_t)taken % 16), 0);
                        for (size_t i = 0; i < size; i++)
                                ck_assert_int_eq(taken[i], 0);
                        memset(taken, 0xff, size);
                }
                arena_reset(&arena);
        }
}
END_TEST

START_TEST(a_full_arena_gives_nothing)
{
        own(arena) struct arena arena = { 0 };

        ck_assert_int_eq(arena_new(&arena, 64), 0);
        ck_assert_ptr_null(arena_take(&arena, 65));
        ck_assert_ptr_null(arena_take(&arena, SIZE_MAX));
        ck_assert_ptr_null(arena_take(&arena, SIZE_MAX - 15));
        ck_assert_ptr_nonnull(arena_take(&arena, 33));
        ck_assert_ptr_null(arena_take(&arena, 17));
        ck_assert_ptr_nonnull(arena_take(&arena, 16));
        ck_assert_ptr_null(arena_take(&arena, 1));
        ck_assert_int_eq(arena_new(&(struct arena) { 0 }, SIZE_MAX), -ENOMEM);
}
END_TEST

START_TEST(a_fixed_sink_stays_as_it_is)
{
        uint8_t room[8];
        struct sink sink = sink_on(room, sizeof(room));

        ck_assert_int_eq(sink_put(&sink, (struct bytes) { "12345", 5 }), 0);
        ck_assert_int_eq(sink_put(&sink, (struct bytes) { "6789", 4 }), -ENOBUFS);
        ck_assert_ptr_null(sink_room(&sink, 4));
        ck_assert_int_eq((int)sink.size, 5);
        ck_assert_int_eq(sink_put(&sink, (struct bytes) { "678", 3 }), 0);
        ck_assert_int_eq(sink_put(&sink, (struct bytes) { NULL, 0 }), 0);
        ck_assert_int_eq(memcmp(room, "12345678", 8), 0);
}
END_TEST

START_TEST(a_growing_sink_grows_up_to_its_most)
{
        own(sink) struct sink sink = { 0 };
        uint8_t *room;

        ck_assert_int_eq(sink_new(&sink, 0, 100), 0);
        for (int i = 0; i < 90; i++)
                ck_assert_int_eq(sink_put(&sink, (struct bytes) { "x", 1 }), 0);
        ck_assert_ptr_null(sink_room(&sink, 11));
        room = sink_room(&sink, 10);
        ck_assert_ptr_nonnull(room);
        memset(room, 'y', 10);
        sink_grow(&sink, 10);
        ck_assert_int_eq(sink_put(&sink, (struct bytes) { "x", 1 }), -ENOBUFS);
        ck_assert_int_eq(sink_put(&sink, (struct bytes) { "x", SIZE_MAX }), -ENOBUFS);
        ck_assert_int_eq((int)sink_bytes(&sink).size, 100);
        ck_assert_int_eq(sink.data[89], 'x');
        ck_assert_int_eq(sink.data[99], 'y');
        sink_reset(&sink);
        ck_assert_int_eq((int)sink.size, 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("arena");

        tcase_add_test(tests, what_is_taken_is_zeroed_and_aligned);
        tcase_add_test(tests, a_full_arena_gives_nothing);
        tcase_add_test(tests, a_fixed_sink_stays_as_it_is);
        tcase_add_test(tests, a_growing_sink_grows_up_to_its_most);
        return run_case(tests, "proto-arena");
}
