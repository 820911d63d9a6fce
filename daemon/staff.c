/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/staff.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/check.h"
#include "daemon/query.h"
#include "daemon/released.h"
#include "daemon/ring.h"
#include "daemon/row.h"
#include "proto/limits.h"

#define LOOK_MOST 16384u                /* entries looked at for one answer */
#define SHOW_BYTES_MAX (1024u * 1024u)  /* of one answer, but one entry is always given */

struct looking {
        struct hub *hub;
        const struct control_read *read;
        struct staff_reading *ret;
        size_t bytes;
        uint64_t at, size;              /* the next to look at; entries that are committed */
};

/* ---- what is asked for */

static bool is_of_contract(const struct control_read *read, const struct concern *concern)
{
        const struct contract_id *id = &read->contract;

        if (contract_id_equal(&concern->contract, id))
                return true;
        return concern->keys && (name_equal(&concern->parties[0], &id->bearer) ||
                                 name_equal(&concern->parties[0], &id->earner));
}

static bool is_of_party(const struct control_read *read, const struct concern *concern)
{
        return contract_id_empty(&concern->contract) &&
               (name_equal(&concern->parties[0], &read->party) ||
                name_equal(&concern->parties[1], &read->party));
}

static bool is_asked_for(const struct control_read *read, const struct concern *concern)
{
        return contract_id_empty(&read->contract) ? is_of_party(read, concern)
                                                  : is_of_contract(read, concern);
}

static bool is_full(const struct looking *looking)
{
        const struct staff_reading *ret = looking->ret;
        uint32_t most = looking->read->most;

        return ret->count == STAFF_ENTRIES_MAX || (most && ret->count >= most) ||
               looking->bytes >= SHOW_BYTES_MAX;
}

static int look_at(struct looking *looking)
{
        struct hub *hub = looking->hub;
        struct concern concern;
        struct log_entry entry;
        int r = log_read_proved(hub->txn, hub->hasher, looking->at, &entry);

        if (!r)
                r = released_concern(hub->txn, &entry, &hub->arena, &concern);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        if (is_asked_for(looking->read, &concern)) {
                looking->ret->indices[looking->ret->count++] = looking->at;
                looking->bytes += entry.bytes.size;
        }
        looking->at++;
        return 0;
}

/* What the batch itself has added is not looked at: it is not out. */
static int look(struct looking *looking)
{
        struct staff_reading *ret = looking->ret;
        uint64_t left = LOOK_MOST;
        int r = 0;

        for (; !r && left > 0 && looking->at < looking->size && !is_full(looking); left--)
                r = look_at(looking);
        ret->has_next = looking->at < looking->size;
        ret->next = ret->has_next ? looking->at : 0;
        return r;
}

static_assert(HUB_KEYS_MAX + HUB_EPOCHS_MAX <= STAFF_ENTRIES_MAX,
              "not all of the hub's own records go into one answer");

/* The genesis, and each key and epoch behind it. */
static int look_at_everybodys(struct hub *hub, const struct control_read *read,
                              struct staff_reading *ret)
{
        uint64_t index = 0;
        int r = 0;

        if (read->from == 0)
                ret->indices[ret->count++] = 0;
        while (!(r = state_hub_record_next(hub->txn, index, &index)) &&
               index < log_tip(hub->log).size)
                if (index >= read->from)
                        ret->indices[ret->count++] = index;
        return r == -ENOENT ? 0 : r;
}

/* ---- and that it was */

static int refused(enum refusal code, const char *says, const char **ret_says)
{
        *ret_says = says;
        return (int)code;
}

static int fault_of(struct hub *hub, const struct control_read *read, const char **ret_says)
{
        struct party_state party;
        uint32_t no;
        int r;

        if (!contract_id_empty(&read->contract) && !name_empty(&read->party))
                return refused(REFUSAL_BAD_VALUE, "a contract's or a party's, not both at once",
                               ret_says);
        if (!*read->reason.text)
                return refused(REFUSAL_BAD_VALUE, "the reason is missing, and it is for the record",
                               ret_says);
        if (!contract_id_empty(&read->contract))
                r = state_contract_no(hub->txn, &read->contract, &no);
        else
                r = state_party(hub->txn, &read->party, &party);
        return r == -ENOENT ? refused(REFUSAL_NO_SUCH_THING, NULL, ret_says) : r;
}

static int tell(struct hub *hub, const struct staff_read *said, uint64_t cause)
{
        struct signal signal = {
                .kind = SIGNAL_CONTENT_READ, .cause = cause, .contract = said->contract,
        };

        snprintf(signal.says.text, sizeof(signal.says.text),
                 "an auditor at the hub, user %u, read %u entries of %s from %llu to %llu; accord "
                 "reads list says why", said->operator_uid, said->entries,
                 name_empty(&said->party) ? "this contract" : "your own affairs",
                 (unsigned long long)said->first, (unsigned long long)said->last);
        if (name_empty(&said->party))
                return signal_both(hub, &said->contract, &signal);
        return hub_signal(hub, &said->party, &signal);
}

static int say_so(const struct looking *looking, uint32_t uid, enum staff_right right)
{
        const struct control_read *read = looking->read;
        struct record record = {
                .kind = ENTRY_STAFF_READ,
                .staff_read = {
                        .operator_uid = uid, .right = right, .contract = read->contract,
                        .party = read->party, .first = read->from, .last = looking->at - 1,
                        .entries = looking->ret->count, .reason = read->reason,
                },
        };
        struct entry entry;
        int r = hub_say(looking->hub, &record, &entry, NULL);

        looking->ret->has_entry = true;
        looking->ret->entry = entry.index;
        return r ? r : tell(looking->hub, &record.staff_read, entry.index);
}

int hub_read(struct hub *hub, const struct control_read *read, uint32_t uid,
             enum staff_right right, struct staff_reading *ret, const char **ret_says)
{
        struct looking looking = {
                .hub = hub, .read = read, .ret = ret, .at = read->from,
                .size = log_tip(hub->log).size,
        };
        int r;

        assert(hub->txn);
        *ret = (struct staff_reading) { .count = 0 };
        arena_reset(&hub->arena);
        if (contract_id_empty(&read->contract) && name_empty(&read->party))
                return look_at_everybodys(hub, read, ret);
        r = fault_of(hub, read, ret_says);
        if (!r)
                r = look(&looking);
        return r || ret->count == 0 ? r : say_so(&looking, uid, right);
}

int hub_show(const struct hub *hub, const struct staff_reading *reading,
             struct control_answer *answer, struct sink *sink)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct entry_row rows[STAFF_ENTRIES_MAX];
        struct log_entry entry;
        struct digest leaf;
        int r = store_begin_read(hub->env, &txn);

        for (uint32_t i = 0; !r && i < reading->count; i++) {
                r = log_read_proved(txn, NULL, reading->indices[i], &entry);
                if (!r)
                        r = log_leaf(txn, reading->indices[i], &leaf);
                rows[i] = (struct entry_row) {
                        .index = reading->indices[i], .time = entry.header.time,
                        .kind = entry.header.kind, .bytes = entry.bytes,
                };
                memcpy(rows[i].leaf.octets, leaf.octets, sizeof(leaf.octets));
        }
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        answer->entries = rows;
        answer->entry_count = reading->count;
        answer->has_next = reading->has_next;
        answer->next = reading->next;
        answer->checkpoint = hub_checkpoint(hub, NULL);
        r = wire_write_control_answer(sink, answer);
        answer->entries = NULL;
        answer->entry_count = 0;
        return r;
}

int hub_show_leaves(const struct hub *hub, uint64_t from, uint32_t most,
                    struct control_answer *answer, struct sink *sink)
{
        own(store_txn) struct store_txn *txn = NULL;
        uint64_t size = log_tip(hub->log).size;
        struct leaves leaves = { .from = from };
        struct digest *rows;
        uint32_t count;
        int r;

        if (most == 0 || most > WIRE_LEAVES_MAX)
                most = WIRE_LEAVES_MAX;
        count = from >= size ? 0 : size - from < most ? (uint32_t)(size - from) : most;
        rows = malloc(((size_t)count + 1) * sizeof(*rows));
        r = rows ? store_begin_read(hub->env, &txn) : -ENOMEM;
        for (uint32_t i = 0; !r && i < count; i++)
                r = log_leaf(txn, from + i, &rows[i]);
        leaves.leaves = (struct bytes) { rows, count * sizeof(*rows) };
        answer->leaves = &leaves;
        answer->checkpoint = hub_checkpoint(hub, NULL);
        answer->has_next = from + count < size;
        answer->next = from + count;
        if (!r)
                r = wire_write_control_answer(sink, answer);
        answer->leaves = NULL;
        free(rows);
        return r == -ENOENT ? -EILSEQ : r;
}

/* ---- the state: (party, entry) */

static int put(struct hub *hub, uint32_t party_no, uint64_t index)
{
        ROW(key);

        row_u32(&key, party_no);
        row_u64(&key, index);
        return store_put(hub->txn, TABLE_STAFF_READ, row_span(&key), (struct bytes) { "", 0 });
}

int fold_staff_read(struct hub *hub, const struct record *record, const struct entry *entry)
{
        const struct staff_read *said = &record->staff_read;
        struct contract_state_row row = { .no = 0 };
        struct party_state party;
        uint32_t no;
        int r;

        if (!name_empty(&said->party)) {
                r = state_party(hub->txn, &said->party, &party);
                return r ? r == -ENOENT ? -EILSEQ : r : put(hub, party.party.no, entry->index);
        }
        r = state_contract_no(hub->txn, &said->contract, &no);
        if (!r)
                r = state_contract(hub->txn, no, &row);
        if (!r)
                r = put(hub, row.bearer_no, entry->index);
        if (!r)
                r = put(hub, row.earner_no, entry->index);
        return r == -ENOENT ? -EILSEQ : r;
}

/* ---- as the party lists it */

static int read_row(struct asked *asked, struct bytes key, struct read_row *ret)
{
        struct row_reader reader = row_read(key);
        struct log_entry entry;
        struct record record;
        struct fault fault;
        uint64_t index;
        int r;

        read_u32(&reader);
        index = read_u64(&reader);
        r = row_done(&reader);
        if (!r)
                r = log_read_proved(asked->hub->txn, asked->hub->hasher, index, &entry);
        if (!r)
                r = wire_read_record(entry.bytes, &asked->hub->arena, &record, &fault);
        if (!r && record.kind != ENTRY_STAFF_READ)
                r = -EILSEQ;
        if (r)
                return r > 0 || r == -ENOENT ? -EILSEQ : r;
        *ret = (struct read_row) { index, entry.header.time, record.staff_read };
        return 0;
}

static bool is_below(const struct row *prefix, struct bytes key)
{
        return key.size > prefix->size && memcmp(key.data, prefix->data, prefix->size) == 0;
}

int ask_reads(struct asked *asked)
{
        uint32_t most = rows_wanted(asked, ROWS_MAX), count = 0;
        struct read_row *rows = rows_new(asked, most, sizeof(*rows));
        struct bytes at = asked->query->after, next, value;
        ROW(prefix);
        int r = rows ? 0 : -ENOMEM;

        row_u32(&prefix, asked->node->state.party_no);
        if (!is_below(&prefix, at))
                at = row_span(&prefix);
        for (; !r; at = next) {
                r = store_after(asked->hub->txn, TABLE_STAFF_READ, at, &next, &value);
                if (r || !is_below(&prefix, next))
                        break;
                if (count == most) {
                        go_on_after(asked, at);
                        break;
                }
                r = read_row(asked, next, &rows[count++]);
        }
        asked->answer->reads = rows;
        asked->answer->read_count = count;
        return r == -ENOENT ? 0 : r;
}
