/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the log: what any thread may do with a transaction of its own. */
#include <errno.h>
#include <string.h>

#include "core/own.h"
#include "store/log.h"
#include "store/tip.h"

int log_read(struct store_txn *txn, uint64_t index, struct log_entry *ret)
{
        struct bytes row;
        int r;

        r = store_get(txn, TABLE_LOG, number_key(&index), &row);
        if (!r)
                r = entry_header_read(row, &ret->header);
        if (r)
                return r;
        if (ret->header.index != index)
                return -EILSEQ;

        ret->bytes = (struct bytes) { (const uint8_t *)row.data + ENTRY_HEADER_SIZE,
                                      row.size - ENTRY_HEADER_SIZE };
        return 0;
}

int log_leaf(struct store_txn *txn, uint64_t index, struct digest *ret)
{
        struct bytes row;
        int r;

        r = store_get(txn, TABLE_LEAF, number_key(&index), &row);
        if (r)
                return r;
        if (row.size != DIGEST_SIZE)
                return -EILSEQ;
        memcpy(ret->octets, row.data, DIGEST_SIZE);
        return 0;
}

int log_read_proved(struct store_txn *txn, struct hasher *hasher, uint64_t index,
                    struct log_entry *ret)
{
        own(hasher) struct hasher *mine = NULL;
        struct digest stored, made;
        int r = hasher ? 0 : hasher_new(&mine);

        if (r)
                return r;

        r = log_read(txn, index, ret);
        if (r)
                return r;
        r = log_leaf(txn, index, &stored);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;

        entry_leaf(hasher ? hasher : mine, &ret->header, ret->bytes, &made);
        return digest_equal(&stored, &made) ? 0 : -EILSEQ;
}

int log_stored_tip(struct store_txn *txn, struct log_tip *ret, struct frontier *ret_frontier)
{
        struct bytes record;
        int r;

        r = store_get(txn, TABLE_META, tip_key, &record);
        if (r == -ENOENT) {
                memset(ret, 0, sizeof(*ret));
                memset(ret_frontier, 0, sizeof(*ret_frontier));
                return 0;
        }
        return r ? r : tip_read(record, ret, ret_frontier);
}
