/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts. The key ends in the index of the entry that said it, so no version is ever overwritten and
 * the one in force at any cut is the last at or below it.
 */
#include "daemon/row.h"
#include "daemon/state.h"

#define INDEX_SIZE 8

void fact_key_row(struct row *ret, enum scope scope, uint32_t scope_no, enum side side,
                  const struct fact_key *key)
{
        row_u8(ret, scope);
        row_u32(ret, scope_no);
        row_u8(ret, side);
        row_u16(ret, key->kind);
        row_word(ret, name_bytes(&key->segment));
        row_word(ret, item_bytes(&key->item));
        row_i32(ret, key->period.from);
        row_i32(ret, key->period.until);
        row_i32(ret, key->paid_through);
}

int state_fact_put(struct store_txn *txn, const struct fact_state *state)
{
        const struct fact *fact = &state->fact;
        ROW(key);
        ROW(value);

        fact_key_row(&key, fact->key.scope, state->scope_no, fact->side, &fact->key);
        row_u64(&key, fact->index);
        row_u32(&value, fact->event);
        row_u8(&value, fact->value.unit);
        row_i64(&value, fact->value.num);
        row_i64(&value, fact->value.den);
        row_u8(&value, fact->relayed);
        row_u8(&value, state->has_supersedes);
        row_u64(&value, state->supersedes);
        if (fact->relayed)
                row_bytes(&value, state->document_sha256.octets, 32);
        return store_put(txn, TABLE_FACT, row_span(&key), row_span(&value));
}

int state_fact_current(struct store_txn *txn, uint32_t scope_no, enum side side,
                       const struct fact_key *key, uint64_t cut, uint64_t *ret_index)
{
        struct row_reader reader;
        struct bytes found, value;
        size_t prefix;
        ROW(seek);
        int r;

        *ret_index = 0;
        fact_key_row(&seek, key->scope, scope_no, side, key);
        prefix = seek.size;
        row_u64(&seek, cut);
        r = store_last(txn, TABLE_FACT, row_span(&seek), &found, &value);
        if (r)
                return r;
        if (found.size != seek.size || memcmp(found.data, seek.data, prefix) != 0)
                return -ENOENT;
        reader = row_read((struct bytes) { (const uint8_t *)found.data + prefix, INDEX_SIZE });
        *ret_index = read_u64(&reader);
        return row_done(&reader);
}

static int fact_read(struct bytes key, struct bytes value, struct fact_state *ret)
{
        struct row_reader k = row_read(key), v = row_read(value);
        struct fact *fact = &ret->fact;

        memset(ret, 0, sizeof(*ret));
        fact->key.scope = read_u8(&k);
        ret->scope_no = read_u32(&k);
        fact->side = read_u8(&k);
        fact->key.kind = read_u16(&k);
        read_word(&k, fact->key.segment.text, NAME_MAX_LENGTH);
        read_word(&k, fact->key.item.text, ITEM_MAX_LENGTH);
        fact->key.period.from = read_i32(&k);
        fact->key.period.until = read_i32(&k);
        fact->key.paid_through = read_i32(&k);
        fact->index = read_u64(&k);
        fact->event = read_u32(&v);
        fact->value.unit = read_u8(&v);
        fact->value.num = read_i64(&v);
        fact->value.den = read_i64(&v);
        fact->relayed = read_u8(&v);
        ret->has_supersedes = read_u8(&v);
        ret->supersedes = read_u64(&v);
        if (fact->relayed)
                read_bytes(&v, ret->document_sha256.octets, 32);
        return row_done(&k) || row_done(&v) ? -EILSEQ : 0;
}

/*
 * From what was paid through the latest day downwards: of one day the last version at or before the
 * cut; where all versions came later, on with the day before.
 */
int state_fact_of_thing(struct store_txn *txn, uint32_t contract_no, enum side side,
                        const struct fact_key *thing, uint64_t cut, struct fact_state *ret)
{
        struct fact_key key = *thing;
        struct bytes found, value;
        size_t prefix;
        int r;

        key.scope = SCOPE_CONTRACT;
        key.paid_through = INT32_MAX;
        for (;;) {
                const date day = key.paid_through;
                ROW(seek);

                fact_key_row(&seek, SCOPE_CONTRACT, contract_no, side, &key);
                prefix = seek.size - sizeof(day);
                row_u64(&seek, cut);
                r = store_last(txn, TABLE_FACT, row_span(&seek), &found, &value);
                if (r)
                        return r;
                if (found.size != seek.size || memcmp(found.data, seek.data, prefix) != 0)
                        return -ENOENT;
                r = fact_read(found, value, ret);
                if (r || ret->fact.index <= cut)
                        return r;
                key.paid_through = ret->fact.key.paid_through;
                assert(key.paid_through < day);
        }
}

int state_fact_names(struct store_txn *txn, uint32_t contract_no, enum side side,
                     enum fact_kind kind, const struct item *item, uint64_t cut)
{
        struct fact_state fact;
        struct bytes key, value;
        size_t prefix;
        ROW(at);
        int r;

        row_u8(&at, SCOPE_CONTRACT);
        row_u32(&at, contract_no);
        row_u8(&at, side);
        row_u16(&at, kind);
        row_word(&at, (struct bytes) { "", 0 });
        row_word(&at, item_bytes(item));
        prefix = at.size;
        while (!(r = store_after(txn, TABLE_FACT, row_span(&at), &key, &value))) {
                if (key.size < prefix || memcmp(key.data, at.data, prefix) != 0)
                        return -ENOENT;
                r = fact_read(key, value, &fact);
                if (r || fact.fact.index <= cut)
                        return r;
                at.size = 0;
                row_bytes(&at, key.data, key.size);
        }
        return r;
}

int state_facts(struct store_txn *txn, enum scope scope, uint32_t scope_no, struct bytes after,
                int (*visit)(void *with, const struct fact_state *fact, struct bytes key),
                void *with)
{
        struct fact_state fact;
        struct bytes key, value;
        ROW(at);
        int r;

        row_u8(&at, scope);
        row_u32(&at, scope_no);
        if (after.size) {
                if (after.size < at.size || memcmp(after.data, at.data, at.size) != 0)
                        return 0;
                at.size = 0;
                row_bytes(&at, after.data, after.size < ROW_MAX ? after.size : ROW_MAX);
        }
        while (!(r = store_after(txn, TABLE_FACT, row_span(&at), &key, &value))) {
                if (memcmp(key.data, at.data, 5) != 0)
                        return 0;
                r = fact_read(key, value, &fact);
                if (!r)
                        r = visit(with, &fact, key);
                if (r)
                        return r;
                at.size = 0;
                row_bytes(&at, key.data, key.size);
        }
        return r == -ENOENT ? 0 : r;
}
