/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/state_release.h"

#include "daemon/row.h"

/* One release by its number; number 0 is for all of them together. */
static void key_of(struct row *key, uint32_t number)
{
        row_u32(key, number);
}

int state_release(struct store_txn *txn, uint32_t number, struct release_state *ret)
{
        struct row_reader reader;
        struct bytes value;
        ROW(key);
        int r;

        if (number == 0)
                return -ENOENT;
        *ret = (struct release_state) { .number = number };
        key_of(&key, number);
        r = store_get(txn, TABLE_RELEASE, row_span(&key), &value);
        if (r)
                return r;
        reader = row_read(value);
        ret->cut = read_u64(&reader);
        ret->day = read_i32(&reader);
        ret->said = read_u64(&reader);
        return row_done(&reader);
}

int state_release_put(struct store_txn *txn, const struct release_state *release)
{
        ROW(key);
        ROW(value);

        assert(release->number > 0);
        key_of(&key, release->number);
        row_u64(&value, release->cut);
        row_i32(&value, release->day);
        row_u64(&value, release->said);
        return store_put(txn, TABLE_RELEASE, row_span(&key), row_span(&value));
}

int state_releases(struct store_txn *txn, struct releases_state *ret)
{
        struct row_reader reader;
        struct bytes value;
        ROW(key);
        int r;

        *ret = (struct releases_state) { .ordered = 0 };
        key_of(&key, 0);
        r = store_get(txn, TABLE_RELEASE, row_span(&key), &value);
        if (r)
                return r == -ENOENT ? 0 : r;
        reader = row_read(value);
        ret->ordered = read_u32(&reader);
        ret->said = read_u32(&reader);
        ret->next = read_i64(&reader);
        ret->next_set = read_u64(&reader);
        return row_done(&reader);
}

int state_releases_put(struct store_txn *txn, const struct releases_state *releases)
{
        ROW(key);
        ROW(value);

        key_of(&key, 0);
        row_u32(&value, releases->ordered);
        row_u32(&value, releases->said);
        row_i64(&value, releases->next);
        row_u64(&value, releases->next_set);
        return store_put(txn, TABLE_RELEASE, row_span(&key), row_span(&value));
}
