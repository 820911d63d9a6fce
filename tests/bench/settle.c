/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What tests/bench/settle.py measures of Accord: member rows to figures, in a process of its own so
 * that its memory can be read.
 *
 *      bench-settle write FILE ROWS by-member|shuffled
 *      bench-settle csv FILE                   the same rows as text, for those who read no columns
 *      bench-settle fold FILE in-order|any-order RUNS CENTS
 *
 * fold prints "seconds N" for each run, "KiB N" of memory at its peak without the mapped file, and
 * for each category, counted from 0, "answer CATEGORY HEADS MONTHS COST OFF RISK": money in
 * twelfths of a cent, so that all are whole numbers.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "core/members_fold.h"
#include "tests/bench/rows_file.h"

#define TWELVE 12

static _Noreturn void die(const char *what)
{
        fprintf(stderr, "bench-settle: %s: %s\n", what, strerror(errno));
        exit(1);
}

static double now_s(void)
{
        struct timespec now;

        clock_gettime(CLOCK_MONOTONIC, &now);
        return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- memory: pages of its own, large where the machine has them */

struct memory {
        void *at;
        size_t size;
};

static struct memory memory_of(size_t size)
{
        struct memory memory = { NULL, size };

        if (!size)
                return memory;
        memory.at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory.at == MAP_FAILED)
                die("memory");
        madvise(memory.at, size, MADV_HUGEPAGE);
        return memory;
}

static void grow(struct members_fold *fold, struct memory *memory)
{
        struct memory larger = memory_of(memory->size ? memory->size * 2 : 1 << 20);

        members_fold_move(fold, larger.at, larger.size);
        if (memory->size)
                munmap(memory->at, memory->size);
        *memory = larger;
}

/* Of this process. */
static long status_kib(const char *name)
{
        FILE *file = fopen("/proc/self/status", "r");
        char line[128];
        long kib = 0;

        while (file && fgets(line, sizeof(line), file))
                if (!strncmp(line, name, strlen(name)))
                        kib = strtol(line + strlen(name), NULL, 10);
        if (file)
                fclose(file);
        return kib;
}

/* ---- the fold */

static void name_categories(struct members_fold *fold, uint8_t called[ROWS_CATEGORIES])
{
        for (unsigned int i = 0; i < ROWS_CATEGORIES; i++) {
                struct item item = { "" };

                snprintf(item.text, sizeof(item.text), "category-%u", i);
                if (!members_fold_category(fold, &item, &called[i]))
                        die("categories");
        }
}

static void must(enum members_answer answer)
{
        if (!answer)
                return;
        fprintf(stderr, "bench-settle: %s\n", members_answer_says(answer));
        exit(1);
}

/* Room for rows over months: distinct members and categories are never fewer. */
static struct memory first_memory(const struct rows_file *file, enum members_order order)
{
        size_t least = (file->rows + ROWS_MONTHS - 1) / ROWS_MONTHS;

        return memory_of(order == MEMBERS_IN_ORDER ? 0 : MEMBERS_TABLE_SIZE(least));
}

static void fold_file(const struct rows_file *file, const struct members_rule *rule,
                        enum members_order order, struct member_figures *ret)
{
        static const uint64_t seed[2] = { 0x13198a2e03707344, 0xa4093822299f31d0 };
        static struct members_fold fold;
        struct memory memory = first_memory(file, order);
        uint8_t called[ROWS_CATEGORIES];
        enum members_answer answer = MEMBERS_OK;
        size_t count;

        members_fold_begin(&fold, rule, order, memory.at, memory.size, seed);
        name_categories(&fold, called);
        for (uint32_t i = 0; i < file->blocks; i++) {
                struct member_rows rows = rows_block(file, i);
                uint32_t row = 0;

                while ((answer = members_fold_add(&fold, &rows, called, ROWS_CATEGORIES, &row)) ==
                       MEMBERS_NO_ROOM)
                        grow(&fold, &memory);
                must(answer);
        }
        while ((answer = members_fold_finish(&fold, ret, &count)) == MEMBERS_NO_ROOM)
                grow(&fold, &memory);
        must(answer);
        if (memory.size)
                munmap(memory.at, memory.size);
}

static int64_t times(struct exact a, int64_t by)
{
        struct exact product = exact_mul(a, exact_of(by));

        if (product.den != 1)
                die("a figure is not whole");
        return (int64_t)product.num;
}

static void print_answer(unsigned int category, const struct member_figures *f)
{
        printf("answer %u %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 "\n", category,
               f->head_count, f->member_months, times(f->expenditure, TWELVE),
               times(f->truncated, TWELVE), times(f->risk, f->member_months * RISK_ONE));
}

static void fold(const char *path, const char *way, unsigned int runs, int64_t truncate)
{
        const struct members_rule rule = {
                .first_month = ROWS_FIRST_MONTH,
                .months = ROWS_MONTHS,
                .completion = { 1, 1 },
                .annualise = true,
                .at_amount = true,
                .truncate = truncate,
                .share = { 0, 1 },
        };
        enum members_order order = strcmp(way, "in-order") ? MEMBERS_IN_ANY_ORDER
                                                           : MEMBERS_IN_ORDER;
        static struct member_figures figures[MEMBER_FIGURES_MAX];
        struct rows_file file;

        if (!rows_open(path, &file))
                die(path);
        for (unsigned int i = 0; i < runs; i++) {
                double begun = now_s();

                fold_file(&file, &rule, order, figures);
                printf("seconds %.6f\n", now_s() - begun);
        }
        printf("KiB %ld\n", status_kib("VmHWM:") - status_kib("RssFile:"));
        for (unsigned int i = 0; i < ROWS_CATEGORIES; i++)
                print_answer(i, &figures[i + 1]);
}

/* ---- as text */

static int64_t big_endian(const uint8_t *at)
{
        uint64_t value = 0;

        for (unsigned int i = 0; i < 8; i++)
                value = value << 8 | at[i];
        return (int64_t)value;
}

static void csv(const char *path)
{
        struct rows_file file;

        if (!rows_open(path, &file))
                die(path);
        for (uint32_t i = 0; i < file.blocks; i++) {
                struct member_rows rows = rows_block(&file, i);

                for (uint32_t j = 0; j < rows.count; j++)
                        printf("%" PRId64 ",%" PRId64 ",%u,%u,%" PRIu32 ",%" PRId64 "\n",
                               big_endian(row_member(&rows, j)),
                               big_endian(row_member(&rows, j) + 8), row_month(&rows, j),
                               row_category(&rows, j), row_risk(&rows, j), row_cents(&rows, j));
        }
}

int main(int argc, char **argv)
{
        if (argc == 5 && !strcmp(argv[1], "write")) {
                if (!rows_write(argv[2], (uint32_t)strtoul(argv[3], NULL, 10),
                                !strcmp(argv[4], "shuffled")))
                        die(argv[2]);
        } else if (argc == 3 && !strcmp(argv[1], "csv")) {
                csv(argv[2]);
        } else if (argc == 6 && !strcmp(argv[1], "fold")) {
                fold(argv[2], argv[3], (unsigned int)strtoul(argv[4], NULL, 10),
                     strtoll(argv[5], NULL, 10));
        } else {
                fputs("bench-settle: see the head of tests/bench/settle.c\n", stderr);
                return 2;
        }
        return fflush(stdout) ? 1 : 0;
}
