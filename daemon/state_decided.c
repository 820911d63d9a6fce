/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/state_decided.h"

#include "daemon/row.h"
#include "daemon/tally.h"

/* ---- decided facts */

static void thing_key(struct row *ret, uint32_t contract_no, const struct fact_key *key)
{
        row_u32(ret, contract_no);
        row_u16(ret, key->kind);
        row_word(ret, name_bytes(&key->segment));
        row_word(ret, item_bytes(&key->item));
        row_i32(ret, key->period.from);
        row_i32(ret, key->period.until);
}

int state_decided_put(struct store_txn *txn, const struct decided_state *state)
{
        const struct fact *fact = &state->fact;
        ROW(key);
        ROW(value);

        thing_key(&key, state->contract_no, &fact->key);
        row_u64(&key, fact->index);
        row_u32(&value, fact->event);
        row_u8(&value, fact->value.unit);
        row_i64(&value, fact->value.num);
        row_i64(&value, fact->value.den);
        row_u64(&value, state->ended);
        return store_put(txn, TABLE_DECIDED, row_span(&key), row_span(&value));
}

static int decided_read(struct bytes key, struct bytes value, struct decided_state *ret)
{
        struct row_reader k = row_read(key), v = row_read(value);
        struct fact *fact = &ret->fact;

        memset(ret, 0, sizeof(*ret));
        ret->contract_no = read_u32(&k);
        fact->key.scope = SCOPE_CONTRACT;
        fact->key.kind = read_u16(&k);
        read_word(&k, fact->key.segment.text, NAME_MAX_LENGTH);
        read_word(&k, fact->key.item.text, ITEM_MAX_LENGTH);
        fact->key.period.from = read_i32(&k);
        fact->key.period.until = read_i32(&k);
        fact->key.paid_through = DATE_NONE;
        fact->index = read_u64(&k);
        fact->event = read_u32(&v);
        fact->value.unit = read_u8(&v);
        fact->value.num = read_i64(&v);
        fact->value.den = read_i64(&v);
        fact->side = SIDE_NEITHER;
        fact->decided = true;
        ret->ended = read_u64(&v);
        return row_done(&k) || row_done(&v) ? -EILSEQ : 0;
}

int state_decided_last(struct store_txn *txn, uint32_t contract_no, const struct fact_key *key,
                       uint64_t cut, struct decided_state *ret)
{
        struct bytes found, value;
        size_t prefix;
        ROW(seek);
        int r;

        thing_key(&seek, contract_no, key);
        prefix = seek.size;
        row_u64(&seek, cut);
        r = store_last(txn, TABLE_DECIDED, row_span(&seek), &found, &value);
        if (r)
                return r;
        if (found.size != seek.size || memcmp(found.data, seek.data, prefix) != 0)
                return -ENOENT;
        return decided_read(found, value, ret);
}

int state_decided_any(struct store_txn *txn, uint32_t contract_no, bool *ret)
{
        struct bytes key, value;
        ROW(at);
        int r;

        row_u32(&at, contract_no);
        r = store_after(txn, TABLE_DECIDED, row_span(&at), &key, &value);
        *ret = r == 0 && memcmp(key.data, at.data, at.size) == 0;
        return r == -ENOENT ? 0 : r;
}

int state_decided_each(struct store_txn *txn, uint32_t contract_no,
                       int (*visit)(void *with, const struct decided_state *decided), void *with)
{
        struct decided_state decided;
        struct bytes key, value;
        ROW(at);
        int r;

        row_u32(&at, contract_no);
        while (!(r = store_after(txn, TABLE_DECIDED, row_span(&at), &key, &value))) {
                r = decided_read(key, value, &decided);
                if (!r && decided.contract_no != contract_no)
                        return 0;
                if (!r)
                        r = visit(with, &decided);
                if (r)
                        return r;
                at.size = 0;
                row_bytes(&at, key.data, key.size);
        }
        return r == -ENOENT ? 0 : r;
}

/* ---- windows */

static void window_key(struct row *ret, uint32_t contract_no, uint64_t index, uint32_t event)
{
        row_u32(ret, contract_no);
        row_u64(ret, index);
        row_u32(ret, event);
}

static int window_read(struct bytes key, struct bytes value, struct window_state *ret)
{
        struct row_reader k = row_read(key), v = row_read(value);

        memset(ret, 0, sizeof(*ret));
        ret->contract_no = read_u32(&k);
        ret->index = read_u64(&k);
        ret->event = read_u32(&k);
        ret->until = read_i64(&v);
        ret->by = read_u64(&v);
        ret->of_record = read_u8(&v);
        ret->kind = read_u16(&v);
        read_word(&v, ret->segment.text, NAME_MAX_LENGTH);
        read_word(&v, ret->item.text, ITEM_MAX_LENGTH);
        ret->period.from = read_i32(&v);
        ret->period.until = read_i32(&v);
        return row_done(&k) || row_done(&v) ? -EILSEQ : 0;
}

int state_window(struct store_txn *txn, uint32_t contract_no, uint64_t index, uint32_t event,
                 struct window_state *ret)
{
        struct bytes value;
        ROW(key);
        int r;

        window_key(&key, contract_no, index, event);
        r = store_get(txn, TABLE_WINDOW, row_span(&key), &value);
        return r ? r : window_read(row_span(&key), value, ret);
}

int state_window_put(struct store_txn *txn, const struct window_state *window)
{
        ROW(key);
        ROW(value);

        window_key(&key, window->contract_no, window->index, window->event);
        row_i64(&value, window->until);
        row_u64(&value, window->by);
        row_u8(&value, window->of_record);
        row_u16(&value, window->kind);
        row_word(&value, name_bytes(&window->segment));
        row_word(&value, item_bytes(&window->item));
        row_i32(&value, window->period.from);
        row_i32(&value, window->period.until);
        return store_put(txn, TABLE_WINDOW, row_span(&key), row_span(&value));
}

struct due_state window_due(const struct window_state *window)
{
        return (struct due_state) {
                .kind = DUE_FACT_WINDOW_ENDS, .at = window->until, .a = window->contract_no,
                .b = window->event, .index = window->index,
        };
}

int state_window_drop(struct store_txn *txn, uint32_t contract_no, uint64_t index, uint32_t event)
{
        struct window_state window;
        struct due_state due;
        ROW(key);
        int r = state_window(txn, contract_no, index, event, &window);

        if (r || window.by)
                return r == -ENOENT ? 0 : r;
        due = window_due(&window);
        r = state_due_drop(txn, &due);
        window_key(&key, contract_no, index, event);
        return r ? r : store_del(txn, TABLE_WINDOW, row_span(&key));
}

int state_window_each(struct store_txn *txn, uint32_t contract_no,
                      int (*visit)(void *with, const struct window_state *window), void *with)
{
        struct window_state window;
        struct bytes key, value;
        ROW(at);
        int r;

        row_u32(&at, contract_no);
        while (!(r = store_after(txn, TABLE_WINDOW, row_span(&at), &key, &value))) {
                r = window_read(key, value, &window);
                if (!r && window.contract_no != contract_no)
                        return 0;
                if (!r)
                        r = visit(with, &window);
                if (r)
                        return r;
                at.size = 0;
                row_bytes(&at, key.data, key.size);
        }
        return r == -ENOENT ? 0 : r;
}

/* ---- resolutions and determinations */

static void proposal_key(struct row *ret, uint32_t contract_no, uint64_t index)
{
        row_u32(ret, contract_no);
        row_u64(ret, index);
}

static int proposal_read(struct bytes key, struct bytes value, struct proposal_state *ret)
{
        struct row_reader k = row_read(key), v = row_read(value);

        memset(ret, 0, sizeof(*ret));
        ret->contract_no = read_u32(&k);
        ret->index = read_u64(&k);
        ret->what = read_u8(&v);
        ret->party_no = read_u32(&v);
        ret->side = read_u8(&v);
        ret->state = read_u8(&v);
        read_bytes(&v, ret->sha256.octets, sizeof(ret->sha256.octets));
        ret->ended = read_u64(&v);
        ret->signed_count = read_u8(&v);
        if (ret->signed_count > DECISION_SIGNERS_MAX)
                return -EILSEQ;
        for (uint32_t i = 0; i < ret->signed_count; i++) {
                ret->signed_by[i].side = read_u8(&v);
                ret->signed_by[i].node_no = read_u32(&v);
                ret->signed_by[i].index = read_u64(&v);
        }
        return row_done(&k) || row_done(&v) ? -EILSEQ : 0;
}

int state_proposal(struct store_txn *txn, uint32_t contract_no, uint64_t index,
                   struct proposal_state *ret)
{
        struct bytes value;
        ROW(key);
        int r;

        memset(ret, 0, sizeof(*ret));
        proposal_key(&key, contract_no, index);
        r = store_get(txn, TABLE_PROPOSAL, row_span(&key), &value);
        return r ? r : proposal_read(row_span(&key), value, ret);
}

int state_proposal_put(struct store_txn *txn, const struct proposal_state *proposal)
{
        struct proposal_state before;
        ROW(key);
        ROW(value);
        int r;

        proposal_key(&key, proposal->contract_no, proposal->index);
        row_u8(&value, proposal->what);
        row_u32(&value, proposal->party_no);
        row_u8(&value, proposal->side);
        row_u8(&value, proposal->state);
        row_bytes(&value, proposal->sha256.octets, sizeof(proposal->sha256.octets));
        row_u64(&value, proposal->ended);
        row_u8(&value, proposal->signed_count);
        for (uint32_t i = 0; i < proposal->signed_count; i++) {
                row_u8(&value, proposal->signed_by[i].side);
                row_u32(&value, proposal->signed_by[i].node_no);
                row_u64(&value, proposal->signed_by[i].index);
        }
        r = state_proposal(txn, proposal->contract_no, proposal->index, &before);
        if (!r || r == -ENOENT)
                r = tally_proposal(txn, r ? NULL : &before, proposal);
        return r ? r : store_put(txn, TABLE_PROPOSAL, row_span(&key), row_span(&value));
}

int state_proposal_next(struct store_txn *txn, uint32_t contract_no, uint64_t after,
                        struct proposal_state *ret)
{
        struct bytes key, value;
        ROW(at);
        int r;

        proposal_key(&at, contract_no, after);
        r = store_after(txn, TABLE_PROPOSAL, row_span(&at), &key, &value);
        if (!r)
                r = proposal_read(key, value, ret);
        return r ? r : ret->contract_no == contract_no ? 0 : -ENOENT;
}
