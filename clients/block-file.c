/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/block-file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/csv_rows.h"
#include "clients/files.h"
#include "clients/member-key-file.h"
#include "clients/take.h"
#include "clients/terms-file.h"

void cut_cleanup(struct cut *cut)
{
        kept_blocks_cleanup(&cut->kept);
        free(cut->blocks);
        free(cut->columns);
}

static enum exit_code read_table(const struct call *call, const struct member_key *key,
                                 struct period period, struct member_table *ret)
{
        own(complaints) struct complaints *complaints = calloc(1, sizeof(*complaints));
        own(file) struct file file = { 0 };
        const char *path = call->words[1];
        enum exit_code code = complaints ? file_read(path, CSV_SIZE_MAX, &file)
                                         : say_failure(-ENOMEM, "%s", path);
        int r;

        if (code)
                return code;
        r = member_table_read(file_bytes(&file), key, period, ret, complaints);
        if (r < 0)
                return say_failure(r, "%s", path);
        complaints_print(complaints, path, stderr);
        if (r)
                return EXIT_REFUSED;
        if (ret->count)
                return EXIT_DONE;
        say_error("%s has no row", path);
        return EXIT_REFUSED;
}

enum exit_code cut_table(const struct member_table *table, struct cut *cut)
{
        own(hasher) struct hasher *hasher = NULL;
        struct kept_blocks *kept = &cut->kept;
        uint32_t count = member_table_blocks(table);
        uint8_t *at = cut->columns = malloc(table->count * MEMBER_ROW_SIZE);
        struct digest digest;
        int r;

        cut->blocks = calloc(count, sizeof(*cut->blocks));
        kept->list = calloc(count, sizeof(*kept->list));
        r = at && cut->blocks && kept->list ? hasher_new(&hasher) : -ENOMEM;
        if (r)
                return say_failure(r, "the blocks");
        kept->category_count = table->category_count;
        memcpy(kept->categories, table->categories, sizeof(kept->categories));
        for (uint32_t i = 0; i < count; i++) {
                struct block_event *block = &cut->blocks[i];

                member_table_block(table, i + 1, at, block);
                at += block->columns.size;
                hash_spans(hasher, &block->columns, 1, &digest);
                memcpy(block->sha256.octets, digest.octets, sizeof(digest.octets));
                block->segment = kept->segment;
                block->period = kept->period;
                block->paid_through = kept->paid_through;
                block->generation = kept->generation;
                block->category_count = kept->category_count;
                block->categories = kept->categories;
                kept->list[i] = (struct kept_block) { block->number, block->rows, block->cents,
                                                      block->sha256 };
        }
        kept->count = count;
        return EXIT_DONE;
}

enum exit_code cut_folder(const struct call *call, struct reach *reach,
                          const struct contract_id *contract, const struct name *segment,
                          struct period period, char **ret)
{
        const char *given = call_value(call, "folder");
        enum exit_code code;
        int r;

        if (given) {
                *ret = strdup(given);
                return *ret ? EXIT_DONE : say_failure(-ENOMEM, "%s", given);
        }
        code = reach_directory(call->cli, reach);
        if (code)
                return code;
        r = kept_blocks_folder(reach->directory, contract, segment, period, ret);
        return r ? say_failure(r, "our copies") : EXIT_DONE;
}

enum exit_code cut_file(const struct call *call, struct reach *reach, struct cut *ret)
{
        own(member_table) struct member_table table = { 0 };
        own(member_key) struct member_key key = { 0 };
        struct kept_blocks *kept = &ret->kept;
        enum exit_code code = take_contract(call, 0, &ret->contract);

        kept->paid_through = DATE_NONE;
        if (!code)
                code = take_period_option(call, "period", &kept->period);
        if (!code)
                code = take_name_option(call, "segment", &kept->segment);
        if (!code)
                code = take_day_option(call, "paid-through", &kept->paid_through);
        if (!code)
                code = member_key_file(call_value(call, "key"), &ret->contract, &key);
        if (!code)
                code = read_table(call, &key, kept->period, &table);
        if (!code)
                code = cut_folder(call, reach, &ret->contract, &kept->segment, kept->period,
                                  &kept->folder);
        kept->contract = ret->contract;
        kept->generation = key.generation;
        return code ? code : cut_table(&table, ret);
}

enum exit_code cut_keep(const struct cut *cut)
{
        own(hasher) struct hasher *hasher = NULL;
        int r = hasher_new(&hasher);

        for (uint32_t i = 0; !r && i < cut->kept.count; i++)
                r = kept_blocks_put(cut->kept.folder, &cut->blocks[i], hasher);
        return r ? say_failure(r, "%s", cut->kept.folder) : EXIT_DONE;
}

enum exit_code cut_keep_list(const struct cut *cut)
{
        int r = kept_blocks_write(&cut->kept);

        return r ? say_failure(r, "%s", cut->kept.folder) : EXIT_DONE;
}
