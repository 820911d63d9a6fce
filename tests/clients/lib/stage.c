/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/clients/lib/stage.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proof/setup.h"
#include "tests/clients/lib/run.h"

const struct accord_about stage_about = {
        .contract = { { "acme" }, { "clinic" }, { "savings" } },
};

void stage_begin(struct stage *stage)
{
        *stage = (struct stage) { 0 };
        ck_assert_int_eq(proof_setup(), 0);
        /* Where a sync costs nothing: what is tested here is what is written, not the disk. */
        snprintf(stage->directory, sizeof(stage->directory), "%s/accord-test-XXXXXX",
                 access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
        ck_assert_ptr_nonnull(mkdtemp(stage->directory));
        snprintf(stage->node_directory, sizeof(stage->node_directory), "%s/node",
                 stage->directory);
        snprintf(stage->outbox, sizeof(stage->outbox), "%s/outbox", stage->node_directory);

        keys_generate(KEY_KIND_HUB, &stage->hub);
        keys_generate(KEY_KIND_NODE, &stage->node);
        stage->profile = (struct accord_profile) {
                .node = { { "acme" }, { "office" } }, .keys = &stage->node,
                .directory = stage->node_directory, .program = "test",
        };
        memcpy(stage->profile.hub_transport_key, stage->hub.public.transport, 32);
        memcpy(stage->profile.hub_signing_key, stage->hub.public.signing, 32);
        memcpy(stage->profile.hub_sealing_key, stage->hub.public.sealing, 32);
}

static int take_away(const char *path, const struct stat *status, int type, struct FTW *walk)
{
        (void)status;
        (void)type;
        (void)walk;
        return remove(path);
}

void stage_end(struct stage *stage)
{
        nftw(stage->directory, take_away, 8, FTW_DEPTH | FTW_PHYS);
        keys_wipe(&stage->hub);
        keys_wipe(&stage->node);
}

struct event stage_fact(uint64_t number, bool bad)
{
        struct event event = { .kind = EVENT_FACT };
        struct fact_event *fact = &event.fact;

        fact->key = (struct fact_key) {
                .scope = SCOPE_CONTRACT, .kind = FACT_EXPENDITURE,
                .period = { date_of(2026, 1, 1), date_of(2026, 2, 1) },
                .paid_through = DATE_NONE,
        };
        snprintf(fact->key.item.text, sizeof(fact->key.item.text), "%s", bad ? "bad" : "good");
        fact->value = (struct value) { UNIT_CENTS, (int64_t)number, 1 };
        return event;
}

void stage_seal(struct accord_outbox *outbox, uint64_t first, size_t count)
{
        struct accord_error error = { 0 };

        for (uint64_t number = first; number < first + count; number++) {
                struct event event = stage_fact(number, false);

                ck_call(accord_outbox_add(outbox, &stage_about, &event, 1, &number, &error), 0,
                        error);
        }
        ck_call(accord_outbox_seal(outbox, &error), 0, error);
}

size_t stage_file_size(const char *path)
{
        struct stat status;

        return stat(path, &status) ? 0 : (size_t)status.st_size;
}

void *stage_read(const char *path, size_t *ret_size)
{
        FILE *file = fopen(path, "rb");
        size_t size = stage_file_size(path);
        void *data = malloc(size + 1);

        ck_assert_ptr_nonnull(file);
        ck_assert_ptr_nonnull(data);
        ck_assert_uint_eq(fread(data, 1, size, file), size);
        fclose(file);
        *ret_size = size;
        return data;
}

void stage_write(const char *path, const void *data, size_t size)
{
        FILE *file = fopen(path, "wb");

        ck_assert_ptr_nonnull(file);
        ck_assert_uint_eq(fwrite(data, 1, size, file), size);
        fclose(file);
}
