/* SPDX-License-Identifier: Apache-2.0 */
/* The hub's keys and epochs, and where the keys of a contract's nodes stand in the log. */
#include <errno.h>

#include "daemon/query.h"
#include "daemon/ring.h"
#include "daemon/row.h"

#define RECORDS_MAX (HUB_KEYS_MAX + HUB_EPOCHS_MAX)

static int add_record(struct asked *asked, uint64_t index, struct record_entry *ret)
{
        struct log_entry entry;
        int r = log_read(asked->hub->txn, index, &entry);

        *ret = (struct record_entry) { index, entry.header.time, entry.bytes };
        return r == -ENOENT ? -EILSEQ : r;
}

/* The genesis, and all that the table has: as many as the ring has room for. */
int ask_keys(struct asked *asked)
{
        struct record_entry *rows = rows_new(asked, RECORDS_MAX, sizeof(*rows));
        uint64_t index = 0;
        uint32_t count = 0;
        int r = rows ? 0 : -ENOMEM;

        while (!r && count < RECORDS_MAX) {
                r = add_record(asked, index, &rows[count++]);
                if (!r)
                        r = state_hub_record_next(asked->hub->txn, index, &index);
        }
        asked->answer->records = rows;
        asked->answer->record_count = count;
        return r == -ENOENT ? 0 : r;
}

static int count_keys(struct asked *asked, uint32_t node_no, uint32_t *ret)
{
        uint64_t index = 0;
        int r;

        *ret = 0;
        while (!(r = state_node_keys_next(asked->hub->txn, node_no, index, &index)))
                ++*ret;
        return r == -ENOENT ? 0 : r;
}

static int keys_of(struct asked *asked, const struct node_state *node, struct node_keys *ret)
{
        struct place_at *places = NULL;
        uint64_t index = 0;
        uint32_t count;
        int r = count_keys(asked, node->no, &count);

        if (!r)
                places = rows_new(asked, count, sizeof(*places));
        if (!r && !places)
                r = -ENOMEM;
        for (uint32_t i = 0; !r && i < count; i++) {
                r = state_node_keys_next(asked->hub->txn, node->no, index, &index);
                places[i].at = index;
        }
        *ret = (struct node_keys) {
                .node = node->path, .keys = places, .key_count = count,
                .is_revoked = node->revoked != 0, .revoked = node->revoked,
        };
        return r;
}

static void go_on_after_node(struct asked *asked, uint32_t no)
{
        ROW(key);

        row_u32(&key, no);
        go_on_after(asked, row_span(&key));
}

/* In order of their admission, whichever party's. */
int ask_nodes(struct asked *asked)
{
        uint32_t most = rows_wanted(asked, ROWS_MAX), count = 0, no = 0;
        struct row_reader after = row_read(asked->query->after);
        const struct directory_node *node;
        struct node_keys *rows;
        int r = find_contract(asked);

        if (r)
                return r;
        rows = rows_new(asked, most, sizeof(*rows));
        if (!rows)
                return -ENOMEM;
        if (asked->query->after.size)
                no = read_u32(&after);
        while (!r && (node = directory_by_no(asked->hub->directory, ++no))) {
                if (node->state.party_no != asked->contract.bearer_no &&
                    node->state.party_no != asked->contract.earner_no)
                        continue;
                if (count == most) {
                        go_on_after_node(asked, no - 1);
                        break;
                }
                r = keys_of(asked, &node->state, &rows[count++]);
        }
        asked->answer->nodes = rows;
        asked->answer->node_count = count;
        return r;
}
