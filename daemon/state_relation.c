/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/state_relation.h"

#include <stdlib.h>

#include "core/own.h"
#include "daemon/row.h"

#define DAY_US INT64_C(86400000000)
#define PAIR_SIZE 9             /* two parties and what is between them */

static void pair_key(struct row *ret, uint32_t one_no, enum relation_kind kind, uint32_t other_no)
{
        ret->size = 0;
        row_u32(ret, one_no);
        row_u8(ret, kind);
        row_u32(ret, other_no);
}

static void version_key(struct row *ret, uint32_t party_no, enum relation_kind kind,
                        uint32_t other_no, uint64_t index, uint32_t event)
{
        pair_key(ret, party_no, kind, other_no);
        row_u64(ret, index);
        row_u32(ret, event);
}

int state_relation_put(struct store_txn *txn, uint32_t party_no, uint64_t index, uint32_t event,
                       const struct relation *relation, uint32_t other_no)
{
        ROW(key);
        ROW(value);
        int r;

        version_key(&key, party_no, relation->kind, other_no, index, event);
        row_i32(&value, relation->from);
        row_i32(&value, relation->until);
        row_word(&value, relation->npi);
        row_word(&value, relation->tin);
        row_word(&value, relation->ccn);
        r = store_put(txn, TABLE_RELATION, row_span(&key), row_span(&value));
        if (r)
                return r;
        pair_key(&key, other_no, relation->kind, party_no);
        return store_put(txn, TABLE_RELATION_OF, row_span(&key), (struct bytes) { "", 0 });
}

/* The identifiers behind the days are not for here. */
static int version_read(struct bytes key, struct bytes value, struct relation_state *ret)
{
        struct row_reader k = row_read(key), v = row_read(value);

        ret->party_no = read_u32(&k);
        ret->kind = read_u8(&k);
        ret->other_no = read_u32(&k);
        ret->index = read_u64(&k);
        ret->event = read_u32(&k);
        ret->from = read_i32(&v);
        ret->until = read_i32(&v);
        return row_done(&k) || v.bad ? -EILSEQ : 0;
}

int state_relation(struct store_txn *txn, uint32_t party_no, enum relation_kind kind,
                   uint32_t other_no, uint64_t cut, struct relation_state *ret)
{
        struct bytes key, value;
        ROW(seek);
        int r;

        version_key(&seek, party_no, kind, other_no, cut, UINT32_MAX);
        r = store_last(txn, TABLE_RELATION, row_span(&seek), &key, &value);
        if (r)
                return r;
        if (key.size != seek.size || memcmp(key.data, seek.data, PAIR_SIZE) != 0)
                return -ENOENT;
        return version_read(key, value, ret);
}

bool relation_holds(const struct relation_state *relation, date day)
{
        return relation->from <= day && (relation->until == DATE_NONE || day < relation->until);
}

int state_related(struct store_txn *txn, uint32_t party_no, enum relation_kind kind,
                  uint32_t other_no, const struct relation_at *at)
{
        struct relation_state relation;
        int r = state_relation(txn, party_no, kind, other_no, at->cut, &relation);

        if (r)
                return r;
        return relation_holds(&relation, at->day) ? 0 : -ENOENT;
}

/* Whoever stands next to @one_no behind @after, in either table: keys of both begin alike. */
static int next_beside(struct store_txn *txn, enum table table, uint32_t one_no,
                       enum relation_kind kind, uint32_t after, uint32_t *ret)
{
        struct row_reader reader;
        struct bytes key, value;
        ROW(seek);
        int r;

        version_key(&seek, one_no, kind, after, UINT64_MAX, UINT32_MAX);
        r = store_after(txn, table, row_span(&seek), &key, &value);
        if (r)
                return r;
        reader = row_read(key);
        if (read_u32(&reader) != one_no || read_u8(&reader) != kind)
                return -ENOENT;
        *ret = read_u32(&reader);
        return reader.bad ? -EILSEQ : 0;
}

int state_related_next(struct store_txn *txn, uint32_t party_no, enum relation_kind kind,
                       uint32_t after, const struct relation_at *at, uint32_t *ret_other)
{
        int r;

        while (!(r = next_beside(txn, TABLE_RELATION, party_no, kind, after, ret_other))) {
                r = state_related(txn, party_no, kind, *ret_other, at);
                if (r != -ENOENT)
                        return r;
                after = *ret_other;
        }
        return r;
}

int state_relating_next(struct store_txn *txn, uint32_t other_no, enum relation_kind kind,
                        uint32_t after, const struct relation_at *at, uint32_t *ret_party)
{
        int r;

        while (!(r = next_beside(txn, TABLE_RELATION_OF, other_no, kind, after, ret_party))) {
                r = state_related(txn, *ret_party, kind, other_no, at);
                if (r != -ENOENT)
                        return r;
                after = *ret_party;
        }
        return r;
}

/* Parties that were met, in order of meeting. */
struct group {
        uint32_t *parties;
        size_t count, room;
};

static void group_cleanup(struct group *group)
{
        free(group->parties);
}

static int meet(struct group *group, uint32_t party_no)
{
        size_t room = group->room ? 2 * group->room : 16;
        uint32_t *grown;

        for (size_t i = 0; i < group->count; i++)
                if (group->parties[i] == party_no)
                        return 0;
        if (group->count == group->room) {
                grown = realloc(group->parties, room * sizeof(*grown));
                if (!grown)
                        return -ENOMEM;
                group->parties = grown;
                group->room = room;
        }
        group->parties[group->count++] = party_no;
        return 0;
}

typedef int next_fn(struct store_txn *txn, uint32_t party_no, enum relation_kind kind,
                    uint32_t after, const struct relation_at *at, uint32_t *ret);

static int meet_all(struct store_txn *txn, next_fn *next, uint32_t party_no,
                    const struct relation_at *at, struct group *group)
{
        uint32_t other = 0;
        int r;

        while (!(r = next(txn, party_no, RELATION_OWNS, other, at, &other))) {
                r = meet(group, other);
                if (r)
                        return r;
        }
        return r == -ENOENT ? 0 : r;
}

int state_common_owner(struct store_txn *txn, uint32_t party_no, const struct relation_at *at,
                       uint32_t *ret_group)
{
        own(group) struct group group = { .parties = NULL };
        int r = meet(&group, party_no);

        *ret_group = party_no;
        for (size_t i = 0; !r && i < group.count; i++) {
                uint32_t met = group.parties[i];

                if (met < *ret_group)
                        *ret_group = met;
                r = meet_all(txn, state_related_next, met, at, &group);
                if (!r)
                        r = meet_all(txn, state_relating_next, met, at, &group);
        }
        return r;
}

/* Rounded down, before 1970 as well. */
date day_of_instant(instant time)
{
        return (date)(time / DAY_US - (time % DAY_US < 0));
}
