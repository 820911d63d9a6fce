/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One reader of proto/wire.h, fed with anything: FUZZ_KIND says which. It must answer, and say
 * where; what it takes it must write again, and read as the same.
 */
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "tests/fuzz/fuzz.h"

static struct arena arena;
static struct sink first, second;
static union message *message;

static void set_up(void)
{
        int r;

        if (message)
                return;
        r = arena_new(&arena, WIRE_ARENA_SIZE);
        assert(r == 0);
        r = sink_new(&first, 4096, 2 * WIRE_HUB_FRAME_MAX);
        assert(r == 0);
        r = sink_new(&second, 4096, 2 * WIRE_HUB_FRAME_MAX);
        assert(r == 0);
        message = malloc(sizeof(*message));
        assert(message);
}

static int read_it(struct bytes from)
{
        struct fault fault = { 0 };
        int r;

        arena_reset(&arena);
        r = message_read(FUZZ_KIND, from, &arena, message, &fault);
        assert(r >= 0);
        if (r) {
                assert(fault.code == (enum refusal)r);
                assert(fault.field);
                assert(fault.says);
                assert(arena.used == 0);
        }
        return r;
}

static void write_it(struct sink *sink)
{
        int r;

        sink_reset(sink);
        r = message_write(FUZZ_KIND, message, sink);
        assert(r == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        int r;

        set_up();
        if (read_it((struct bytes) { data, size }))
                return 0;
        write_it(&first);
        r = read_it(sink_bytes(&first));
        assert(r == 0);
        write_it(&second);
        assert(bytes_equal(sink_bytes(&first), sink_bytes(&second)));
        return 0;
}

void fuzz_seeds(fuzz_seed_fn *take, void *context)
{
        const struct sample *sample;

        set_up();
        for (size_t place = 0; (sample = sample_at(place)); place++) {
                int r;

                if (sample->kind != FUZZ_KIND)
                        continue;
                sink_reset(&first);
                r = message_write(FUZZ_KIND, sample->message, &first);
                assert(r == 0);
                take(context, sink_bytes(&first));
        }
}
