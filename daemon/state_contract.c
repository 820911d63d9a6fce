/* SPDX-License-Identifier: Apache-2.0 */
/* Contracts, their terms, relations and delegations between parties. */
#include "daemon/row.h"
#include "daemon/state.h"

static void id_row(struct row *row, const struct contract_id *id)
{
        row_name(row, &id->bearer);
        row_name(row, &id->earner);
        row_name(row, &id->label);
}

static void read_id(struct row_reader *r, struct contract_id *ret)
{
        read_name(r, &ret->bearer);
        read_name(r, &ret->earner);
        read_name(r, &ret->label);
}

int state_contract_no(struct store_txn *txn, const struct contract_id *id, uint32_t *ret)
{
        struct row_reader reader;
        struct bytes value;
        ROW(key);
        int r;

        *ret = 0;
        id_row(&key, id);
        r = store_get(txn, TABLE_CONTRACT, row_span(&key), &value);
        if (r)
                return r;
        reader = row_read(value);
        *ret = read_u32(&reader);
        return row_done(&reader);
}

int state_contract(struct store_txn *txn, uint32_t no, struct contract_state_row *ret)
{
        struct row_reader reader;
        struct bytes value;
        ROW(key);
        int r;

        memset(ret, 0, sizeof(*ret));
        row_u32(&key, no);
        r = store_get(txn, TABLE_CONTRACT_NO, row_span(&key), &value);
        if (r)
                return r;
        reader = row_read(value);
        ret->no = no;
        read_id(&reader, &ret->id);
        ret->bearer_no = read_u32(&reader);
        ret->earner_no = read_u32(&reader);
        ret->state = read_u8(&reader);
        ret->version_in_force = read_u32(&reader);
        ret->version_offered = read_u32(&reader);
        ret->version_last = read_u32(&reader);
        ret->ends = read_i32(&reader);
        ret->ended = read_u64(&reader);
        return row_done(&reader);
}

static int party_contract_put(struct store_txn *txn, uint32_t party_no, uint32_t no)
{
        ROW(key);

        row_u32(&key, party_no);
        row_u32(&key, no);
        return store_put(txn, TABLE_PARTY_CONTRACT, row_span(&key), (struct bytes) { "", 0 });
}

int state_contract_put(struct store_txn *txn, const struct contract_state_row *contract)
{
        ROW(id);
        ROW(no);
        ROW(value);
        int r;

        id_row(&id, &contract->id);
        row_u32(&no, contract->no);
        r = store_put(txn, TABLE_CONTRACT, row_span(&id), row_span(&no));
        if (!r)
                r = party_contract_put(txn, contract->bearer_no, contract->no);
        if (!r)
                r = party_contract_put(txn, contract->earner_no, contract->no);
        if (r)
                return r;
        id_row(&value, &contract->id);
        row_u32(&value, contract->bearer_no);
        row_u32(&value, contract->earner_no);
        row_u8(&value, contract->state);
        row_u32(&value, contract->version_in_force);
        row_u32(&value, contract->version_offered);
        row_u32(&value, contract->version_last);
        row_i32(&value, contract->ends);
        row_u64(&value, contract->ended);
        return store_put(txn, TABLE_CONTRACT_NO, row_span(&no), row_span(&value));
}

int state_contract_next(struct store_txn *txn, uint32_t party_no, uint32_t after, uint32_t *ret)
{
        struct row_reader reader;
        struct bytes key, value;
        ROW(at);
        int r;

        row_u32(&at, party_no);
        row_u32(&at, after);
        r = store_after(txn, TABLE_PARTY_CONTRACT, row_span(&at), &key, &value);
        if (r)
                return r;
        reader = row_read(key);
        if (read_u32(&reader) != party_no)
                return -ENOENT;
        *ret = read_u32(&reader);
        return row_done(&reader);
}

static void terms_key(struct row *ret, uint32_t contract_no, uint32_t version)
{
        row_u32(ret, contract_no);
        row_u32(ret, version);
}

static int read_cover(struct row_reader *r, struct view_terms *ret)
{
        ret->period_count = read_u16(r);
        ret->segment_count = read_u16(r);
        if (ret->period_count > PERIODS_MAX || ret->segment_count > SEGMENTS_MAX)
                return -EILSEQ;
        for (unsigned int i = 0; i < ret->period_count; i++) {
                ret->periods[i].from = read_i32(r);
                ret->periods[i].until = read_i32(r);
        }
        for (unsigned int i = 0; i < ret->segment_count; i++)
                read_name(r, &ret->segments[i]);
        return 0;
}

static int read_accepted(struct row_reader *r, struct view_terms *ret)
{
        ret->accepted_count = read_u8(r);
        if (ret->accepted_count > ACCEPTANCES_MAX)
                return -EILSEQ;
        for (uint32_t i = 0; i < ret->accepted_count; i++) {
                ret->accepted[i].side = read_u8(r);
                ret->accepted[i].node_no = read_u32(r);
                ret->accepted[i].index = read_u64(r);
        }
        return 0;
}

static void read_reconciling(struct row_reader *r, struct reconciling *ret)
{
        ret->is = read_u8(r);
        ret->dispute_days = read_u32(r);
        ret->payment_days = read_u32(r);
        ret->decides = read_u8(r);
        read_name(r, &ret->arbiter);
        ret->historical_until = read_i32(r);
        ret->witness_days = read_u32(r);
}

static void reconciling_row(struct row *row, const struct reconciling *reconciling)
{
        row_u8(row, reconciling->is);
        row_u32(row, reconciling->dispute_days);
        row_u32(row, reconciling->payment_days);
        row_u8(row, reconciling->decides);
        row_name(row, &reconciling->arbiter);
        row_i32(row, reconciling->historical_until);
        row_u32(row, reconciling->witness_days);
}

int state_terms(struct store_txn *txn, uint32_t contract_no, uint32_t version,
                struct view_terms *ret)
{
        struct row_reader reader;
        struct bytes value;
        ROW(key);
        int r;

        memset(ret, 0, sizeof(*ret));
        terms_key(&key, contract_no, version);
        r = store_get(txn, TABLE_TERMS, row_span(&key), &value);
        if (r)
                return r;
        reader = row_read(value);
        ret->known = true;
        ret->version = version;
        ret->state = read_u8(&reader);
        ret->standing = read_u8(&reader);
        ret->applies = read_u8(&reader);
        ret->index = read_u64(&reader);
        ret->event = read_u32(&reader);
        read_bytes(&reader, ret->sha256.octets, 32);
        ret->effective = read_i32(&reader);
        ret->agreement.from = read_i32(&reader);
        ret->agreement.until = read_i32(&reader);
        ret->lookback_months = read_u32(&reader);
        ret->runout_months = read_u32(&reader);
        read_reconciling(&reader, &ret->reconciling);
        for (unsigned int i = 0; i < FACT_KIND_WORDS; i++)
                ret->answered[i] = read_u64(&reader);
        ret->open_until = read_i64(&reader);
        if (read_cover(&reader, ret) || read_accepted(&reader, ret))
                return -EILSEQ;
        ret->closed = read_u64(&reader);
        return row_done(&reader);
}

static void cover_row(struct row *row, const struct view_terms *terms)
{
        row_u16(row, terms->period_count);
        row_u16(row, terms->segment_count);
        for (unsigned int i = 0; i < terms->period_count; i++) {
                row_i32(row, terms->periods[i].from);
                row_i32(row, terms->periods[i].until);
        }
        for (unsigned int i = 0; i < terms->segment_count; i++)
                row_name(row, &terms->segments[i]);
}

static void accepted_row(struct row *row, const struct view_terms *terms)
{
        row_u8(row, terms->accepted_count);
        for (uint32_t i = 0; i < terms->accepted_count; i++) {
                row_u8(row, terms->accepted[i].side);
                row_u32(row, terms->accepted[i].node_no);
                row_u64(row, terms->accepted[i].index);
        }
}

int state_terms_put(struct store_txn *txn, uint32_t contract_no, const struct view_terms *terms)
{
        ROW(key);
        ROW(value);

        terms_key(&key, contract_no, terms->version);
        row_u8(&value, terms->state);
        row_u8(&value, terms->standing);
        row_u8(&value, terms->applies);
        row_u64(&value, terms->index);
        row_u32(&value, terms->event);
        row_bytes(&value, terms->sha256.octets, 32);
        row_i32(&value, terms->effective);
        row_i32(&value, terms->agreement.from);
        row_i32(&value, terms->agreement.until);
        row_u32(&value, terms->lookback_months);
        row_u32(&value, terms->runout_months);
        reconciling_row(&value, &terms->reconciling);
        for (unsigned int i = 0; i < FACT_KIND_WORDS; i++)
                row_u64(&value, terms->answered[i]);
        row_i64(&value, terms->open_until);
        cover_row(&value, terms);
        accepted_row(&value, terms);
        row_u64(&value, terms->closed);
        return store_put(txn, TABLE_TERMS, row_span(&key), row_span(&value));
}

static void delegation_key(struct row *ret, uint32_t from_no, uint32_t to_no)
{
        row_u32(ret, from_no);
        row_u32(ret, to_no);
}

int state_delegation(struct store_txn *txn, uint32_t from_no, uint32_t to_no,
                     struct delegation_state *ret)
{
        struct row_reader reader;
        struct bytes value;
        ROW(key);
        int r;

        memset(ret, 0, sizeof(*ret));
        delegation_key(&key, from_no, to_no);
        r = store_get(txn, TABLE_DELEGATION, row_span(&key), &value);
        if (r)
                return r;
        reader = row_read(value);
        ret->from_no = from_no;
        ret->to_no = to_no;
        ret->rights = read_u32(&reader);
        ret->from = read_i64(&reader);
        ret->until = read_i64(&reader);
        ret->active = read_u8(&reader);
        ret->index = read_u64(&reader);
        return row_done(&reader);
}

int state_delegation_next(struct store_txn *txn, uint32_t from_no, uint32_t after_no,
                          uint32_t *ret_to)
{
        struct row_reader reader;
        struct bytes key, value;
        ROW(at);
        int r;

        delegation_key(&at, from_no, after_no);
        r = store_after(txn, TABLE_DELEGATION, row_span(&at), &key, &value);
        if (r)
                return r;
        reader = row_read(key);
        if (read_u32(&reader) != from_no)
                return -ENOENT;
        *ret_to = read_u32(&reader);
        return row_done(&reader);
}

int state_delegation_put(struct store_txn *txn, const struct delegation_state *delegation)
{
        ROW(key);
        ROW(value);

        delegation_key(&key, delegation->from_no, delegation->to_no);
        row_u32(&value, delegation->rights);
        row_i64(&value, delegation->from);
        row_i64(&value, delegation->until);
        row_u8(&value, delegation->active);
        row_u64(&value, delegation->index);
        return store_put(txn, TABLE_DELEGATION, row_span(&key), row_span(&value));
}

int state_delegation_del(struct store_txn *txn, uint32_t from_no, uint32_t to_no)
{
        ROW(key);

        delegation_key(&key, from_no, to_no);
        return store_del(txn, TABLE_DELEGATION, row_span(&key));
}
