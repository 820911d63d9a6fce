/* SPDX-License-Identifier: Apache-2.0 */
/* Parties, nodes, streams and their sequences: who may say something, and what they said last. */
#include "daemon/state_admission.h"

#include <errno.h>

#include "daemon/row.h"

int state_counter(struct store_txn *txn, const char *name, uint64_t *ret)
{
        struct bytes value;
        struct row_reader reader;
        int r = store_get(txn, TABLE_COUNTER, (struct bytes) { name, strlen(name) }, &value);

        *ret = 0;
        if (r)
                return r == -ENOENT ? 0 : r;
        reader = row_read(value);
        *ret = read_u64(&reader);
        return row_done(&reader);
}

int state_count(struct store_txn *txn, const char *name, int64_t by, uint64_t *ret_after)
{
        ROW(value);
        int r = state_counter(txn, name, ret_after);

        if (r)
                return r;
        *ret_after = (uint64_t)((int64_t)*ret_after + by);
        row_u64(&value, *ret_after);
        return store_put(txn, TABLE_COUNTER, (struct bytes) { name, strlen(name) },
                         row_span(&value));
}

static struct bytes name_key(const struct name *name)
{
        return (struct bytes) { name->text, sizeof(name->text) };
}

static int party_read(struct bytes value, struct party_state *ret)
{
        struct row_reader r = row_read(value);
        struct view_party *party = &ret->party;

        party->known = true;
        party->no = read_u32(&r);
        party->present = read_u8(&r);
        party->two_nodes_for = read_u32(&r);
        party->role_count = read_u8(&r);
        if (party->role_count > ROLES_PER_PARTY_MAX)
                return -EILSEQ;
        for (uint32_t i = 0; i < party->role_count; i++) {
                party->roles[i].kind = read_u8(&r);
                party->roles[i].from = read_i32(&r);
                party->roles[i].until = read_i32(&r);
        }
        read_word(&r, ret->title.text, TEXT_MAX_LENGTH);
        ret->index = read_u64(&r);
        ret->operator_uid = read_u32(&r);
        return row_done(&r);
}

int state_party(struct store_txn *txn, const struct name *name, struct party_state *ret)
{
        struct bytes value;
        int r;

        memset(ret, 0, sizeof(*ret));
        r = store_get(txn, TABLE_PARTY, name_key(name), &value);
        if (r)
                return r;
        ret->party.name = *name;
        return party_read(value, ret);
}

/* Beside what a party is now, what it has asked of itself each time that it was admitted. */
static int put_admission(struct store_txn *txn, const struct party_state *state)
{
        ROW(key);
        ROW(value);

        row_u32(&key, state->party.no);
        row_u64(&key, state->index);
        row_u8(&value, state->party.present);
        row_u32(&value, state->party.two_nodes_for);
        return store_put(txn, TABLE_ADMISSION, row_span(&key), row_span(&value));
}

int state_party_put(struct store_txn *txn, const struct party_state *state)
{
        const struct view_party *party = &state->party;
        ROW(key);
        ROW(value);
        int r;

        row_u32(&key, party->no);
        r = store_put(txn, TABLE_PARTY_NO, row_span(&key), name_key(&party->name));
        if (r)
                return r;
        row_u32(&value, party->no);
        row_u8(&value, party->present);
        row_u32(&value, party->two_nodes_for);
        row_u8(&value, party->role_count);
        for (uint32_t i = 0; i < party->role_count; i++) {
                row_u8(&value, party->roles[i].kind);
                row_i32(&value, party->roles[i].from);
                row_i32(&value, party->roles[i].until);
        }
        row_word(&value, (struct bytes) { state->title.text, strlen(state->title.text) });
        row_u64(&value, state->index);
        row_u32(&value, state->operator_uid);
        r = store_put(txn, TABLE_PARTY, name_key(&party->name), row_span(&value));
        return r ? r : put_admission(txn, state);
}

int state_party_asks(struct store_txn *txn, uint32_t no, uint64_t cut, struct party_asks *ret)
{
        struct row_reader reader;
        struct bytes key, value;
        ROW(seek);
        int r;

        *ret = (struct party_asks) { false, 0 };
        row_u32(&seek, no);
        row_u64(&seek, cut);
        r = store_last(txn, TABLE_ADMISSION, row_span(&seek), &key, &value);
        if (r)
                return r;
        reader = row_read(key);
        if (read_u32(&reader) != no)
                return -ENOENT;
        reader = row_read(value);
        ret->present = read_u8(&reader);
        ret->two_nodes_for = read_u32(&reader);
        return row_done(&reader);
}

int state_party_name(struct store_txn *txn, uint32_t no, struct name *ret)
{
        ROW(key);
        struct row_reader reader;
        struct bytes value;
        int r;

        memset(ret, 0, sizeof(*ret));
        row_u32(&key, no);
        r = store_get(txn, TABLE_PARTY_NO, row_span(&key), &value);
        if (r)
                return r;
        reader = row_read(value);
        read_name(&reader, ret);
        return row_done(&reader);
}

int state_node(struct store_txn *txn, uint32_t no, struct node_state *ret)
{
        ROW(key);
        struct row_reader reader;
        struct bytes value;
        int r;

        memset(ret, 0, sizeof(*ret));
        row_u32(&key, no);
        r = store_get(txn, TABLE_NODE, row_span(&key), &value);
        if (r)
                return r;
        reader = row_read(value);
        ret->no = no;
        ret->party_no = read_u32(&reader);
        read_name(&reader, &ret->path.party);
        read_name(&reader, &ret->path.node);
        read_bytes(&reader, ret->transport_key, 32);
        read_bytes(&reader, ret->signing_key, 32);
        read_bytes(&reader, ret->sealing_key, 32);
        ret->rights = read_u32(&reader);
        ret->operator_uid = read_u32(&reader);
        ret->admitted = read_u64(&reader);
        ret->revoked = read_u64(&reader);
        return row_done(&reader);
}

int state_node_put(struct store_txn *txn, const struct node_state *node)
{
        ROW(key);
        ROW(value);
        int r;

        row_u32(&key, node->no);
        r = store_put(txn, TABLE_NODE_KEY, BYTES_OF(node->transport_key), row_span(&key));
        if (!r)
                r = store_put(txn, TABLE_NODE_KEY, BYTES_OF(node->signing_key), row_span(&key));
        if (r)
                return r;
        row_u32(&value, node->party_no);
        row_name(&value, &node->path.party);
        row_name(&value, &node->path.node);
        row_bytes(&value, node->transport_key, 32);
        row_bytes(&value, node->signing_key, 32);
        row_bytes(&value, node->sealing_key, 32);
        row_u32(&value, node->rights);
        row_u32(&value, node->operator_uid);
        row_u64(&value, node->admitted);
        row_u64(&value, node->revoked);
        return store_put(txn, TABLE_NODE, row_span(&key), row_span(&value));
}

int state_key_node(struct store_txn *txn, const uint8_t key[32], uint32_t *ret_no)
{
        struct row_reader reader;
        struct bytes value;
        int r = store_get(txn, TABLE_NODE_KEY, (struct bytes) { key, 32 }, &value);

        if (r)
                return r;
        reader = row_read(value);
        *ret_no = read_u32(&reader);
        return row_done(&reader);
}

static void stream_key(struct row *ret, uint32_t node_no, const struct stream_id *id)
{
        ret->size = 0;
        row_u32(ret, node_no);
        row_bytes(ret, id->octets, sizeof(id->octets));
}

static int stream_read(struct bytes value, struct stream_state *ret)
{
        struct row_reader reader = row_read(value);

        ret->no = read_u32(&reader);
        ret->last = read_u64(&reader);
        ret->closed = read_u8(&reader);
        return row_done(&reader);
}

int state_stream(struct store_txn *txn, uint32_t node_no, const struct stream_id *id,
                 struct stream_state *ret)
{
        ROW(key);
        struct bytes value;
        int r;

        memset(ret, 0, sizeof(*ret));
        stream_key(&key, node_no, id);
        r = store_get(txn, TABLE_STREAM, row_span(&key), &value);
        return r ? r : stream_read(value, ret);
}

int state_stream_put(struct store_txn *txn, uint32_t node_no, const struct stream_id *id,
                     const struct stream_state *stream)
{
        ROW(key);
        ROW(value);

        stream_key(&key, node_no, id);
        row_u32(&value, stream->no);
        row_u64(&value, stream->last);
        row_u8(&value, stream->closed);
        return store_put(txn, TABLE_STREAM, row_span(&key), row_span(&value));
}

int state_stream_count(struct store_txn *txn, uint32_t node_no, uint32_t *ret_open)
{
        struct stream_state stream;
        struct bytes key, value;
        ROW(at);
        int r;

        *ret_open = 0;
        row_u32(&at, node_no);
        while (!(r = store_after(txn, TABLE_STREAM, row_span(&at), &key, &value))) {
                if (memcmp(key.data, at.data, 4) != 0)
                        return 0;
                r = stream_read(value, &stream);
                if (r)
                        return r;
                *ret_open += !stream.closed;
                at.size = 0;
                row_bytes(&at, key.data, key.size);
        }
        return r == -ENOENT ? 0 : r;
}

static void sequence_key(struct row *ret, uint32_t stream_no, uint64_t sequence)
{
        row_u32(ret, stream_no);
        row_u64(ret, sequence);
}

static int index_get(struct store_txn *txn, enum table table, const struct row *key, uint64_t *ret)
{
        struct row_reader reader;
        struct bytes value;
        int r = store_get(txn, table, row_span(key), &value);

        *ret = 0;
        if (r)
                return r;
        reader = row_read(value);
        *ret = read_u64(&reader);
        return row_done(&reader);
}

static int index_put(struct store_txn *txn, enum table table, const struct row *key, uint64_t index)
{
        ROW(value);

        row_u64(&value, index);
        return store_put(txn, table, row_span(key), row_span(&value));
}

int state_sequence(struct store_txn *txn, uint32_t stream_no, uint64_t sequence,
                   uint64_t *ret_index)
{
        ROW(key);

        sequence_key(&key, stream_no, sequence);
        return index_get(txn, TABLE_SEQ, &key, ret_index);
}

int state_sequence_put(struct store_txn *txn, uint32_t stream_no, uint64_t sequence, uint64_t index)
{
        ROW(key);

        sequence_key(&key, stream_no, sequence);
        return index_put(txn, TABLE_SEQ, &key, index);
}

int state_evidence(struct store_txn *txn, uint32_t stream_no, uint64_t sequence,
                   uint64_t *ret_index)
{
        ROW(key);

        sequence_key(&key, stream_no, sequence);
        return index_get(txn, TABLE_EVIDENCE, &key, ret_index);
}

int state_evidence_put(struct store_txn *txn, uint32_t stream_no, uint64_t sequence, uint64_t index)
{
        ROW(key);

        sequence_key(&key, stream_no, sequence);
        return index_put(txn, TABLE_EVIDENCE, &key, index);
}
