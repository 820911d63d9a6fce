/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/community.h"

#define VERSION_SIZE 12                 /* index and event, at the end of each key */

/* The last version at or below @cut of what the key up to its version is about. */
static int last_version(struct store_txn *txn, enum table table, struct row *key, uint64_t cut,
                        struct bytes *ret_key, struct bytes *ret_value)
{
        int r;

        row_u64(key, cut);
        row_u32(key, UINT32_MAX);
        r = store_last(txn, table, row_span(key), ret_key, ret_value);
        if (r)
                return r;
        return ret_key->size == key->size &&
               memcmp(ret_key->data, key->data, key->size - VERSION_SIZE) == 0 ? 0 : -ENOENT;
}

/* ---- publications */

int state_publication_put(struct store_txn *txn, uint32_t contract_no, uint64_t index,
                          uint32_t event, const struct publication *publication)
{
        ROW(key);
        ROW(value);

        row_u32(&key, contract_no);
        row_u64(&key, index);
        row_u32(&key, event);
        row_u8(&value, publication->measures);
        row_u8(&value, publication->methods);
        return store_put(txn, TABLE_PUBLICATION, row_span(&key), row_span(&value));
}

int community_publication(struct store_txn *txn, uint32_t contract_no, uint64_t cut,
                          struct publication *ret)
{
        struct row_reader reader;
        struct bytes found, value;
        ROW(key);
        int r;

        *ret = (struct publication) { .measures = false };
        row_u32(&key, contract_no);
        r = last_version(txn, TABLE_PUBLICATION, &key, cut, &found, &value);
        if (r)
                return r == -ENOENT ? 0 : r;
        reader = row_read(value);
        ret->measures = read_u8(&reader);
        ret->methods = read_u8(&reader);
        return row_done(&reader);
}

/* ---- benefits */

static void benefit_key(struct row *ret, uint32_t payer_no, uint32_t provider_no,
                        const struct name *service)
{
        row_u32(ret, payer_no);
        row_u32(ret, provider_no);
        row_word(ret, name_bytes(service));
}

int state_benefit_put(struct store_txn *txn, const struct benefit_state *state)
{
        const struct benefit *benefit = &state->benefit;
        ROW(key);
        ROW(value);
        int r;

        benefit_key(&key, state->payer_no, state->provider_no, &benefit->service);
        row_u64(&key, state->index);
        row_u32(&key, state->event);
        row_u8(&value, benefit->tier);
        row_u8(&value, benefit->tiers);
        row_u8(&value, benefit->has_copayment);
        row_i64(&value, benefit->copayment);
        row_u8(&value, benefit->has_coinsurance);
        row_i64(&value, benefit->coinsurance.num);
        row_i64(&value, benefit->coinsurance.den);
        row_i32(&value, benefit->from);
        row_i32(&value, benefit->until);
        r = store_put(txn, TABLE_BENEFIT, row_span(&key), row_span(&value));
        if (r)
                return r;
        key.size = 0;
        row_u32(&key, state->provider_no);
        row_u32(&key, state->payer_no);
        return store_put(txn, TABLE_BENEFIT_OF, row_span(&key), (struct bytes) { "", 0 });
}

static int benefit_read(struct bytes key, struct bytes value, struct benefit_state *ret)
{
        struct row_reader k = row_read(key), v = row_read(value);
        struct benefit *benefit = &ret->benefit;

        *ret = (struct benefit_state) { .payer_no = read_u32(&k) };
        ret->provider_no = read_u32(&k);
        read_word(&k, benefit->service.text, NAME_MAX_LENGTH);
        ret->index = read_u64(&k);
        ret->event = read_u32(&k);
        benefit->tier = read_u8(&v);
        benefit->tiers = read_u8(&v);
        benefit->has_copayment = read_u8(&v);
        benefit->copayment = read_i64(&v);
        benefit->has_coinsurance = read_u8(&v);
        benefit->coinsurance.num = read_i64(&v);
        benefit->coinsurance.den = read_i64(&v);
        benefit->from = read_i32(&v);
        benefit->until = read_i32(&v);
        return row_done(&k) || row_done(&v) ? -EILSEQ : 0;
}

int state_benefit_next(struct store_txn *txn, const struct row *after, struct bytes prefix,
                       struct benefit_state *ret, struct row *ret_key)
{
        struct bytes key, value;
        int r = store_after(txn, TABLE_BENEFIT, row_span(after), &key, &value);

        if (r)
                return r;
        if (key.size < prefix.size || memcmp(key.data, prefix.data, prefix.size) != 0)
                return -ENOENT;
        ret_key->size = 0;
        row_bytes(ret_key, key.data, key.size);
        return benefit_read(key, value, ret);
}

int state_benefit(struct store_txn *txn, uint32_t payer_no, uint32_t provider_no,
                  const struct name *service, uint64_t cut, struct benefit_state *ret)
{
        struct bytes found, value;
        ROW(key);
        int r;

        benefit_key(&key, payer_no, provider_no, service);
        r = last_version(txn, TABLE_BENEFIT, &key, cut, &found, &value);
        return r ? r : benefit_read(found, value, ret);
}

int state_benefit_payer(struct store_txn *txn, uint32_t provider_no, uint32_t after, uint32_t *ret)
{
        struct row_reader reader;
        struct bytes found, value;
        ROW(key);
        int r;

        row_u32(&key, provider_no);
        row_u32(&key, after);
        r = store_after(txn, TABLE_BENEFIT_OF, row_span(&key), &found, &value);
        if (r)
                return r;
        reader = row_read(found);
        if (read_u32(&reader) != provider_no)
                return -ENOENT;
        *ret = read_u32(&reader);
        return row_done(&reader);
}

/* ---- capabilities */

int state_capability_put(struct store_txn *txn, const struct capability_state *state)
{
        const struct capability *said = &state->capability;
        ROW(key);
        ROW(value);

        row_u32(&key, state->party_no);
        row_u8(&key, said->kind);
        row_u64(&key, state->index);
        row_u32(&key, state->event);
        row_u8(&value, said->has);
        row_u8(&value, said->has_count);
        row_u64(&value, said->count);
        row_i32(&value, said->from);
        row_i32(&value, said->until);
        row_bytes(&value, said->says.data, said->says.size);
        return store_put(txn, TABLE_CAPABILITY, row_span(&key), row_span(&value));
}

static int capability_read(struct bytes key, struct bytes value, struct capability_state *ret)
{
        struct row_reader k = row_read(key), v = row_read(value);
        struct capability *said = &ret->capability;

        *ret = (struct capability_state) { .party_no = read_u32(&k) };
        said->kind = read_u8(&k);
        ret->index = read_u64(&k);
        ret->event = read_u32(&k);
        said->has = read_u8(&v);
        said->has_count = read_u8(&v);
        said->count = read_u64(&v);
        said->from = read_i32(&v);
        said->until = read_i32(&v);
        said->says = (struct bytes) { v.at, v.left };
        return row_done(&k) || v.bad ? -EILSEQ : 0;
}

int state_capability(struct store_txn *txn, uint32_t party_no, enum capability_kind kind,
                     uint64_t cut, struct capability_state *ret)
{
        struct bytes found, value;
        ROW(key);
        int r;

        row_u32(&key, party_no);
        row_u8(&key, kind);
        r = last_version(txn, TABLE_CAPABILITY, &key, cut, &found, &value);
        return r ? r : capability_read(found, value, ret);
}

int state_capability_next(struct store_txn *txn, uint32_t party_no, const struct row *after,
                          struct capability_state *ret, struct row *ret_key)
{
        struct bytes key, value;
        ROW(own);
        int r;

        row_u32(&own, party_no);
        r = store_after(txn, TABLE_CAPABILITY, row_span(after->size ? after : &own), &key, &value);
        if (r)
                return r;
        if (key.size < own.size || memcmp(key.data, own.data, own.size) != 0)
                return -ENOENT;
        ret_key->size = 0;
        row_bytes(ret_key, key.data, key.size);
        return capability_read(key, value, ret);
}

int community_has(struct store_txn *txn, uint32_t party_no, enum capability_kind kind, date day,
                  uint64_t cut, enum capability_said *ret, uint64_t *ret_count)
{
        struct capability_state state;
        int r = state_capability(txn, party_no, kind, cut, &state);

        *ret = CAPABILITY_NOT_SAID;
        *ret_count = 0;
        if (r)
                return r == -ENOENT ? 0 : r;
        if (day < state.capability.from)
                return 0;
        if (state.capability.has && state.capability.until != DATE_NONE &&
            day >= state.capability.until) {
                *ret = CAPABILITY_HAS_NOT;
                return 0;
        }
        *ret = state.capability.has ? CAPABILITY_HAS : CAPABILITY_HAS_NOT;
        *ret_count = state.capability.has_count ? state.capability.count : 0;
        return 0;
}
