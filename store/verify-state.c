/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>

#include "core/check.h"
#include "store/finding.h"
#include "store/verify.h"

/* Reading a row is checking it: store/summed.h. */
static int next(struct store_txn *txn, struct state_place *place, struct finding *ret)
{
        struct bytes key, value;
        int r = store_after(txn, place->table, (struct bytes) { place->key, place->key_size },
                            &key, &value);

        if (r == -EILSEQ)
                return finding_say(ret, place->table, 0,
                                   "table %s: a row is not as it was written",
                                   table_name(place->table));
        if (r)
                return r;
        assert(key.size <= sizeof(place->key));
        memcpy(place->key, key.data, key.size);
        place->key_size = key.size;
        return 0;
}

int state_verify_step(struct store_txn *txn, struct state_place *place, uint32_t most,
                      uint64_t *ret_rows, struct finding *ret)
{
        int r;

        finding_clear(ret);
        *ret_rows = 0;
        while (place->table < TABLE_COUNT && *ret_rows < most) {
                r = table_is_state(place->table) ? next(txn, place, ret) : -ENOENT;
                if (r && r != -ENOENT)
                        return r;
                if (r) {
                        place->table++;
                        place->key_size = 0;
                } else {
                        ++*ret_rows;
                }
        }
        return place->table < TABLE_COUNT ? 0 : -ENOENT;
}
