/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/state_witness.h"

#include "daemon/row.h"

/* ---- statements that wait */

int state_witnessing(struct store_txn *txn, uint64_t run, struct witnessing_state *ret)
{
        struct row_reader reader;
        struct bytes value;
        ROW(key);
        int r;

        *ret = (struct witnessing_state) { .run = run };
        row_u64(&key, run);
        r = store_get(txn, TABLE_WITNESSING, row_span(&key), &value);
        if (r)
                return r;
        reader = row_read(value);
        ret->statement = read_u64(&reader);
        ret->contract_no = read_u32(&reader);
        ret->until = read_i64(&reader);
        ret->seen[0] = read_u64(&reader);
        ret->seen[1] = read_u64(&reader);
        ret->ended = read_u64(&reader);
        ret->as = read_u8(&reader);
        return row_done(&reader);
}

static int await(struct store_txn *txn, const struct witnessing_state *row)
{
        ROW(key);
        ROW(value);
        int r;

        row_u64(&key, row->statement);
        row_u64(&value, row->run);
        if (!row->ended)
                return store_put(txn, TABLE_AWAITED, row_span(&key), row_span(&value));
        r = store_del(txn, TABLE_AWAITED, row_span(&key));
        return r == -ENOENT ? 0 : r;
}

int state_witnessing_put(struct store_txn *txn, const struct witnessing_state *row)
{
        ROW(key);
        ROW(value);
        int r = await(txn, row);

        if (r)
                return r;
        row_u64(&key, row->run);
        row_u64(&value, row->statement);
        row_u32(&value, row->contract_no);
        row_i64(&value, row->until);
        row_u64(&value, row->seen[0]);
        row_u64(&value, row->seen[1]);
        row_u64(&value, row->ended);
        row_u8(&value, row->as);
        return store_put(txn, TABLE_WITNESSING, row_span(&key), row_span(&value));
}

int state_awaited_next(struct store_txn *txn, uint64_t after, struct witnessing_state *ret)
{
        struct row_reader reader;
        struct bytes key, value;
        ROW(at);
        int r;

        row_u64(&at, after);
        r = store_after(txn, TABLE_AWAITED, row_span(&at), &key, &value);
        if (r)
                return r;
        reader = row_read(value);
        r = state_witnessing(txn, read_u64(&reader), ret);
        return r == -ENOENT ? -EILSEQ : r;
}

/* ---- cosignatures */

static void cosigned_key(struct row *ret, const struct node_path *node)
{
        row_name(ret, &node->party);
        row_name(ret, &node->node);
}

static int cosigned_read(struct bytes value, struct cosigned_row *ret)
{
        struct row_reader reader = row_read(value);

        ret->size = read_u64(&reader);
        ret->seconds = read_i64(&reader);
        ret->note = (struct bytes) { reader.at, reader.left };
        return reader.bad || !reader.left ? -EILSEQ : 0;
}

int state_cosigned(struct store_txn *txn, const struct node_path *node, struct cosigned_row *ret)
{
        struct bytes value;
        ROW(key);
        int r;

        *ret = (struct cosigned_row) { .node = *node };
        cosigned_key(&key, node);
        r = store_get(txn, TABLE_COSIGNED, row_span(&key), &value);
        return r ? r : cosigned_read(value, ret);
}

static_assert(COSIGNED_NOTE_MAX + 16 <= ROW_MAX, "a cosignature is no row");

int state_cosigned_put(struct store_txn *txn, const struct cosigned_row *row)
{
        ROW(key);
        ROW(value);

        cosigned_key(&key, &row->node);
        row_u64(&value, row->size);
        row_i64(&value, row->seconds);
        row_bytes(&value, row->note.data, row->note.size);
        return store_put(txn, TABLE_COSIGNED, row_span(&key), row_span(&value));
}

int state_cosigned_next(struct store_txn *txn, const struct node_path *after,
                        struct cosigned_row *ret)
{
        struct row_reader reader;
        struct bytes key, value;
        ROW(at);
        int r;

        if (!name_empty(&after->party))
                cosigned_key(&at, after);
        r = store_after(txn, TABLE_COSIGNED, row_span(&at), &key, &value);
        if (r)
                return r;
        reader = row_read(key);
        *ret = (struct cosigned_row) { .size = 0 };
        read_name(&reader, &ret->node.party);
        read_name(&reader, &ret->node.node);
        return row_done(&reader) ? -EILSEQ : cosigned_read(value, ret);
}
