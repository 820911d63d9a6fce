/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>

#include "core/own.h"
#include "daemon/council.h"
#include "daemon/row.h"
#include "proto/limits.h"
#include "proto/wire.h"

enum ballot_key { KEY_BALLOT = 1, KEY_PROPOSED = 2, KEY_OPEN = 3 };

/* ---- charters */

static int charter_read(struct bytes key, struct bytes value, struct charter_state *ret)
{
        struct row_reader reader = row_read(key);

        ret->version = read_u32(&reader);
        if (row_done(&reader))
                return -EILSEQ;
        reader = row_read(value);
        ret->ballot = read_u64(&reader);
        ret->since = read_u64(&reader);
        return row_done(&reader);
}

int state_charter(struct store_txn *txn, uint32_t version, struct charter_state *ret)
{
        struct bytes value;
        ROW(key);
        int r;

        row_u32(&key, version);
        r = store_get(txn, TABLE_CHARTER, row_span(&key), &value);
        return r ? r : charter_read(row_span(&key), value, ret);
}

int state_charter_put(struct store_txn *txn, const struct charter_state *charter)
{
        ROW(key);
        ROW(value);

        row_u32(&key, charter->version);
        row_u64(&value, charter->ballot);
        row_u64(&value, charter->since);
        return store_put(txn, TABLE_CHARTER, row_span(&key), row_span(&value));
}

/* Versions take effect one after the other. */
int state_charter_at(struct store_txn *txn, uint64_t cut, struct charter_state *ret)
{
        uint32_t version = UINT32_MAX;
        struct bytes key, value;
        int r;

        do {
                ROW(seek);

                row_u32(&seek, version);
                r = store_last(txn, TABLE_CHARTER, row_span(&seek), &key, &value);
                if (!r)
                        r = charter_read(key, value, ret);
                if (r)
                        return r;
                version = ret->version - 1;
        } while ((!ret->since || ret->since > cut) && version);
        return ret->since && ret->since <= cut ? 0 : -ENOENT;
}

int council_charter(struct store_txn *txn, uint64_t cut, struct charter *ret)
{
        struct charter_state state;
        struct ballot_state ballot;
        int r = state_charter_at(txn, cut, &state);

        if (r)
                return r;
        r = state_ballot(txn, state.ballot, &ballot);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        return ballot_charter(&ballot, ret);
}

/* ---- ballots */

static void ballot_key(struct row *ret, uint64_t index)
{
        ret->size = 0;
        row_u8(ret, KEY_BALLOT);
        row_u64(ret, index);
}

static void proposed_key(struct row *ret, uint32_t party_no)
{
        ret->size = 0;
        row_u8(ret, KEY_PROPOSED);
        row_u32(ret, party_no);
}

static struct bytes read_span(struct row_reader *r)
{
        const size_t size = read_u32(r);
        const struct bytes span = { r->at, size };

        if (size > r->left) {
                r->bad = true;
                return (struct bytes) { "", 0 };
        }
        r->at += size;
        r->left -= size;
        return span;
}

static int ballot_read(struct bytes value, struct ballot_state *ret)
{
        struct row_reader r = row_read(value);

        ret->index = read_u64(&r);
        ret->time = read_i64(&r);
        read_name(&r, &ret->by);
        ret->party_no = read_u32(&r);
        ret->node_no = read_u32(&r);
        ret->version = read_u32(&r);
        read_bytes(&r, ret->sha256.octets, sizeof(ret->sha256.octets));
        ret->closes = read_i64(&r);
        ret->effective = read_i32(&r);
        ret->result = read_u64(&r);
        ret->says = read_span(&r);
        ret->charter = read_span(&r);
        return row_done(&r);
}

/* Everything but the charter's bytes, whose length stands last. */
static void ballot_head(struct row *row, const struct ballot_state *b)
{
        row_u64(row, b->index);
        row_i64(row, b->time);
        row_name(row, &b->by);
        row_u32(row, b->party_no);
        row_u32(row, b->node_no);
        row_u32(row, b->version);
        row_bytes(row, b->sha256.octets, sizeof(b->sha256.octets));
        row_i64(row, b->closes);
        row_i32(row, b->effective);
        row_u64(row, b->result);
        row_u32(row, (uint32_t)b->says.size);
        row_bytes(row, b->says.data, b->says.size);
        row_u32(row, (uint32_t)b->charter.size);
}

static void octets_cleanup(uint8_t **octets)
{
        free(*octets);
}

static int ballot_write(struct store_txn *txn, const struct row *key, const struct ballot_state *b)
{
        own(octets) uint8_t *whole = NULL;
        ROW(head);

        ballot_head(&head, b);
        whole = malloc(head.size + b->charter.size);
        if (!whole)
                return -ENOMEM;
        memcpy(whole, head.data, head.size);
        memcpy(whole + head.size, b->charter.data, b->charter.size);
        return store_put(txn, TABLE_BALLOT, row_span(key),
                         (struct bytes) { whole, head.size + b->charter.size });
}

int state_ballot(struct store_txn *txn, uint64_t index, struct ballot_state *ret)
{
        struct bytes value;
        ROW(key);
        int r;

        ballot_key(&key, index);
        r = store_get(txn, TABLE_BALLOT, row_span(&key), &value);
        return r ? r : ballot_read(value, ret);
}

static int open_put(struct store_txn *txn, const struct ballot_state *ballot)
{
        ROW(key);
        int r;

        row_u8(&key, KEY_OPEN);
        row_u32(&key, ballot->party_no);
        row_u64(&key, ballot->index);
        if (!ballot->result)
                return store_put(txn, TABLE_BALLOT, row_span(&key), (struct bytes) { "", 0 });
        r = store_del(txn, TABLE_BALLOT, row_span(&key));
        return r == -ENOENT ? 0 : r;
}

int state_ballot_put(struct store_txn *txn, const struct ballot_state *ballot)
{
        ROW(key);
        int r;

        ballot_key(&key, ballot->index);
        r = ballot_write(txn, &key, ballot);
        return r ? r : open_put(txn, ballot);
}

int state_ballot_before(struct store_txn *txn, uint64_t before, struct ballot_state *ret)
{
        struct bytes key, value;
        ROW(seek);
        int r;

        if (!before)
                return -ENOENT;
        ballot_key(&seek, before - 1);
        r = store_last(txn, TABLE_BALLOT, row_span(&seek), &key, &value);
        return r ? r : ballot_read(value, ret);
}

int state_proposed(struct store_txn *txn, uint32_t party_no, struct ballot_state *ret)
{
        struct bytes value;
        ROW(key);
        int r;

        proposed_key(&key, party_no);
        r = store_get(txn, TABLE_BALLOT, row_span(&key), &value);
        return r ? r : ballot_read(value, ret);
}

int state_proposed_put(struct store_txn *txn, const struct ballot_state *ballot)
{
        ROW(key);

        proposed_key(&key, ballot->party_no);
        return ballot_write(txn, &key, ballot);
}

int state_proposed_del(struct store_txn *txn, uint32_t party_no)
{
        ROW(key);
        int r;

        proposed_key(&key, party_no);
        r = store_del(txn, TABLE_BALLOT, row_span(&key));
        return r == -ENOENT ? 0 : r;
}

int state_ballots_open(struct store_txn *txn, uint32_t party_no, unsigned int *ret)
{
        struct bytes key = { NULL, 0 }, value;
        ROW(after);
        int r = 0;

        *ret = 0;
        row_u8(&after, KEY_OPEN);
        row_u32(&after, party_no);
        for (const size_t prefix = after.size; *ret < BALLOTS_OPEN_MAX; (*ret)++) {
                r = store_after(txn, TABLE_BALLOT, row_span(&after), &key, &value);
                if (r || key.size < prefix || memcmp(key.data, after.data, prefix) != 0)
                        return r == -ENOENT ? 0 : r;
                after.size = 0;
                row_bytes(&after, key.data, key.size);
        }
        return r;
}

int ballot_charter(const struct ballot_state *ballot, struct charter *ret)
{
        struct fault fault;
        int r = wire_read_charter(ballot->charter, ret, &fault);

        return r > 0 ? -EILSEQ : r;
}

/* ---- votes */

static void vote_key(struct row *ret, uint64_t ballot, const struct name *party)
{
        ret->size = 0;
        row_u64(ret, ballot);
        row_name(ret, party);
}

static int vote_read(struct bytes value, struct vote_state *ret)
{
        struct row_reader r = row_read(value);

        ret->choice = read_u8(&r);
        ret->index = read_u64(&r);
        ret->asked = read_u8(&r);
        ret->asked_by = read_u32(&r);
        return row_done(&r);
}

int state_vote(struct store_txn *txn, uint64_t ballot, const struct name *party,
               struct vote_state *ret)
{
        struct bytes value;
        ROW(key);
        int r;

        *ret = (struct vote_state) { .party = *party };
        vote_key(&key, ballot, party);
        r = store_get(txn, TABLE_VOTE, row_span(&key), &value);
        return r ? r : vote_read(value, ret);
}

int state_vote_put(struct store_txn *txn, uint64_t ballot, const struct vote_state *vote)
{
        ROW(key);
        ROW(value);

        vote_key(&key, ballot, &vote->party);
        row_u8(&value, vote->choice);
        row_u64(&value, vote->index);
        row_u8(&value, vote->asked);
        row_u32(&value, vote->asked_by);
        return store_put(txn, TABLE_VOTE, row_span(&key), row_span(&value));
}

int state_vote_next(struct store_txn *txn, uint64_t ballot, const struct name *after,
                    struct vote_state *ret)
{
        struct row_reader reader;
        struct bytes key, value;
        ROW(seek);
        int r;

        vote_key(&seek, ballot, after);
        r = store_after(txn, TABLE_VOTE, row_span(&seek), &key, &value);
        if (r)
                return r;
        reader = row_read(key);
        if (read_u64(&reader) != ballot)
                return -ENOENT;
        read_name(&reader, &ret->party);
        r = row_done(&reader);
        return r ? r : vote_read(value, ret);
}
