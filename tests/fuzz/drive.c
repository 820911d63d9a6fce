/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Drives a fuzz target without libFuzzer: its seeds, then changes of changes of them.
 *
 *         fuzz-... [ROUNDS [SEED]]        or      fuzz-... -w DIRECTORY     writes the seeds there
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/draw.h"
#include "tests/fuzz/fuzz.h"

#define KEPT 64u
#define SIZE 4096u

struct seed {
        uint8_t octets[SIZE];
        size_t size;
};

static struct seed kept[KEPT];
static size_t kept_count;
static uint64_t state;

static uint32_t noise(uint32_t below)
{
        return xorshift_star_below(&state, below);
}

static void keep(void *context, struct bytes seed)
{
        struct seed *input = &kept[kept_count];

        (void)context;
        if (kept_count == KEPT || seed.size > SIZE)
                return;
        memcpy(input->octets, seed.data, seed.size);
        input->size = seed.size;
        kept_count++;
}

static void save(void *context, struct bytes seed)
{
        char name[4096];
        FILE *file;

        snprintf(name, sizeof(name), "%s/%zu", (const char *)context, kept_count++);
        file = fopen(name, "wb");
        if (!file || fwrite(seed.data, 1, seed.size, file) != seed.size || fclose(file)) {
                perror(name);
                exit(EXIT_FAILURE);
        }
}

static void cut_out(struct seed *input, size_t at, size_t size)
{
        memmove(input->octets + at, input->octets + at + size, input->size - at - size);
        input->size -= size;
}

static void put_in(struct seed *input, size_t at, const uint8_t *octets, size_t size)
{
        if (size > SIZE - input->size)
                size = SIZE - input->size;
        memmove(input->octets + at + size, input->octets + at, input->size - at);
        memcpy(input->octets + at, octets, size);
        input->size += size;
}

/* One change at a random place: of a bit, an octet, a run; from the same input or from another. */
static void change(struct seed *input)
{
        static const uint8_t telling[] = { 0, 1, 0x7f, 0x80, 0xff, 0x0a, 0x12, 0x1a, 0x22 };
        const struct seed *other = &kept[noise((uint32_t)kept_count)];
        size_t at = noise((uint32_t)input->size + 1), left = input->size - at;
        size_t size = left ? 1 + noise((uint32_t)(left < 16 ? left : 16)) : 0;
        size_t from = noise((uint32_t)other->size + 1), run = other->size - from;
        uint8_t octets[SIZE];

        switch (noise(6)) {
        case 0:
                if (left)
                        input->octets[at] ^= (uint8_t)(1u << noise(8));
                break;
        case 1:
                if (left)
                        input->octets[at] = telling[noise(sizeof(telling))];
                break;
        case 2:
                cut_out(input, at, size);
                break;
        case 3:
                memcpy(octets, input->octets + at, size);
                put_in(input, at, octets, size);
                break;
        case 4:
                run = run < 64 ? run : 64;
                memcpy(octets, other->octets + from, run);
                put_in(input, at, octets, run);
                break;
        default:
                if (left)
                        input->octets[at] = (uint8_t)noise(256);
        }
}

static void drive(uint64_t rounds)
{
        static struct seed input;

        for (size_t i = 0; i < kept_count; i++)
                LLVMFuzzerTestOneInput(kept[i].octets, kept[i].size);
        while (rounds--) {
                uint8_t *exact;

                input = kept[noise((uint32_t)kept_count)];
                for (uint32_t changes = 1 + noise(4); changes; changes--)
                        change(&input);
                exact = malloc(input.size + 1);         /* so that one octet too many is seen */
                if (!exact)
                        abort();
                memcpy(exact, input.octets, input.size);
                LLVMFuzzerTestOneInput(exact, input.size);
                free(exact);
        }
}

int main(int count, char **arguments)
{
        uint64_t rounds = count > 1 ? strtoull(arguments[1], NULL, 0) : 100000;

        if (count == 3 && strcmp(arguments[1], "-w") == 0) {
                fuzz_seeds(save, arguments[2]);
                return EXIT_SUCCESS;
        }
        state = (count > 2 ? strtoull(arguments[2], NULL, 0) : 20260101) | 1;
        fuzz_seeds(keep, NULL);
        printf("%zu seeds, %" PRIu64 " rounds, seed %" PRIu64 "\n", kept_count, rounds, state);
        if (!kept_count)
                return EXIT_FAILURE;
        drive(rounds);
        return EXIT_SUCCESS;
}
