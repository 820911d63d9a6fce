/* SPDX-License-Identifier: Apache-2.0 */
/* State made again from the log must be the state there is, byte for byte. */
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "core/own.h"
#include "proof/hex.h"
#include "store/cursor.h"
#include "store/finding.h"
#include "store/verify.h"

#define KEY_SHOWN 64            /* octets of a key in a finding */

struct side {
        struct store_cursor *cursor;
        struct bytes key, value;
        bool end;
};

static int step(struct side *side)
{
        int r = cursor_next(side->cursor, &side->key, &side->value);

        side->end = r == -ENOENT;
        return side->end ? 0 : r;
}

static int differ(struct finding *finding, enum table table, struct bytes key, const char *says)
{
        struct bytes shown = { key.data, key.size < KEY_SHOWN ? key.size : KEY_SHOWN };
        char digits[2 * KEY_SHOWN + 1];

        hex_print(shown, digits);
        return finding_say(finding, table, 0, "table %s, key %s%s: %s", table_name(table), digits,
                           shown.size < key.size ? "..." : "", says);
}

/* As memcmp(3) orders, and LMDB. */
static int order(struct bytes a, struct bytes b)
{
        int r = memcmp(a.data, b.data, a.size < b.size ? a.size : b.size);

        return r ? r : (a.size > b.size) - (a.size < b.size);
}

static int compare_row(enum table table, const struct side *a, const struct side *b,
                       struct finding *finding)
{
        int r = a->end ? 1 : b->end ? -1 : order(a->key, b->key);

        if (r < 0)
                return differ(finding, table, a->key, "a row in the first only");
        if (r > 0)
                return differ(finding, table, b->key, "a row in the second only");
        if (!bytes_equal(a->value, b->value))
                return differ(finding, table, a->key, "the rows differ");
        return 0;
}

static int compare_table(enum table table, struct store_txn *a_txn, struct store_txn *b_txn,
                         uint64_t *rows, struct finding *finding)
{
        own(store_cursor) struct store_cursor *a_cursor = NULL, *b_cursor = NULL;
        struct side a = { .end = false }, b = { .end = false };
        int r;

        r = cursor_open(a_txn, table, (struct bytes) { NULL, 0 }, &a_cursor);
        if (!r)
                r = cursor_open(b_txn, table, (struct bytes) { NULL, 0 }, &b_cursor);
        a.cursor = a_cursor;
        b.cursor = b_cursor;

        while (!r) {
                r = step(&a);
                if (!r)
                        r = step(&b);
                if (r || (a.end && b.end))
                        return r;
                r = compare_row(table, &a, &b, finding);
                *rows += !r;
        }
        return r;
}

int state_compare(struct store_txn *a, struct store_txn *b, uint64_t *ret_rows,
                  struct finding *ret)
{
        uint64_t rows = 0;
        int r = 0;

        finding_clear(ret);
        for (enum table table = 0; !r && table < TABLE_COUNT; table++) {
                if (table_is_state(table))
                        r = compare_table(table, a, b, &rows, ret);
        }
        if (ret_rows)
                *ret_rows = rows;
        return r;
}
