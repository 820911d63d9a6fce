/* SPDX-License-Identifier: Apache-2.0 */
/* Payments as they stood at any entry of the log. */
#include <errno.h>

#include "core/check.h"
#include "daemon/payments.h"

#define OPEN_MAX (2 * PAYMENT_PARTS_MAX)

/* The first entry of the books that it made, and that was in force at @cut; 0: none was. */
static int first_in_force(struct store_txn *txn, const struct payment_key *key, uint64_t cut,
                          uint64_t *ret)
{
        struct payment_entry entry = { .index = 0 };
        int r;

        *ret = 0;
        while (!(r = state_payment_entry_next(txn, key, entry.index, &entry))) {
                if (entry.index > cut || (entry.reversed && entry.reversed <= cut))
                        continue;
                *ret = entry.index;
                return 0;
        }
        return r == -ENOENT ? 0 : r;
}

int payment_pair(struct store_txn *txn, const struct payment_key *key, uint64_t cut,
                 struct payment_pair *ret)
{
        int r = state_payment(txn, key, PAYMENT_SENT, cut, &ret->sent);

        ret->key = *key;
        ret->has_sent = r == 0;
        if (r && r != -ENOENT)
                return r;
        r = state_payment(txn, key, PAYMENT_RECEIVED, cut, &ret->received);
        ret->has_received = r == 0;
        if (r && r != -ENOENT)
                return r;
        return first_in_force(txn, key, cut, &ret->entry);
}

/* What is open of every run that it names. */
static size_t open_of(const struct owed *owed, const struct payment *payment, uint64_t cut,
                      struct payment_open *ret)
{
        for (uint32_t i = 0; i < payment->part_count; i++) {
                const struct run_state *run = owed_run(owed, payment->parts[i].run);
                struct period days;

                ret[i] = (struct payment_open) { .run = payment->parts[i].run };
                if (!run)               /* of a log that no hub of ours wrote */
                        continue;
                days = owed_days(owed, run, cut);
                ret[i].days = (uint64_t)(int64_t)days.from;
                ret[i].open = owed_open(owed, days, cut);
        }
        return payment->part_count;
}

void payment_outcome(const struct owed *owed, const struct payment_pair *pair, uint64_t cut,
                     struct payment_outcome *ret)
{
        struct payment_open open[OPEN_MAX];
        size_t count = 0;

        if (pair->entry)
                cut = pair->entry - 1;
        if (pair->has_sent)
                count += open_of(owed, &pair->sent.payment, cut, open);
        if (pair->has_received)
                count += open_of(owed, &pair->received.payment, cut, open + count);
        payment_match(pair->key.payer, pair->has_sent ? &pair->sent.payment : NULL,
                      pair->has_received ? &pair->received.payment : NULL, open, count, ret);
}

/* ---- rows */

static int said_row(struct hub *hub, const struct payment_version *version,
                    struct payment_said *ret)
{
        const uint32_t count = version->payment.part_count;
        struct payment_part *parts = arena_take(&hub->arena, (count + 1) * sizeof(*parts));

        if (!parts)
                return -ENOMEM;
        memcpy(parts, version->parts, count * sizeof(*parts));
        *ret = (struct payment_said) { version->index, version->time, version->payment };
        ret->payment.parts = parts;
        return 0;
}

static int row_of(struct hub *hub, const struct owed *owed, const struct payment_pair *pair,
                  uint64_t cut, struct payment_row *ret)
{
        struct payment_outcome outcome;
        int r = 0;

        payment_outcome(owed, pair, cut, &outcome);
        *ret = (struct payment_row) {
                .trace = pair->key.trace, .payer = pair->key.payer, .state = outcome.state,
                .has_sent = pair->has_sent, .has_received = pair->has_received,
                .entry = pair->entry, .says = outcome.says,
        };
        if (pair->has_sent)
                r = said_row(hub, &pair->sent, &ret->sent);
        if (!r && pair->has_received)
                r = said_row(hub, &pair->received, &ret->received);
        return r;
}

/* ---- where an answer goes on: who pays, and the trace */

static bool cursor_read(struct bytes after, struct payment_key *ret)
{
        const uint8_t *at = after.data;

        if (after.size == 0)
                return true;
        ret->payer = at[0];
        return (ret->payer == SIDE_BEARER || ret->payer == SIDE_EARNER) && after.size > 1 &&
               item_parse((struct bytes) { at + 1, after.size - 1 }, &ret->trace);
}

static int cursor_write(struct hub *hub, const struct payment_key *key, struct bytes *ret)
{
        const struct bytes trace = item_bytes(&key->trace);
        uint8_t *cursor = arena_take(&hub->arena, trace.size + 1);

        if (!cursor)
                return -ENOMEM;
        cursor[0] = (uint8_t)key->payer;
        memcpy(cursor + 1, trace.data, trace.size);
        *ret = (struct bytes) { cursor, trace.size + 1 };
        return 0;
}

int payments_of(struct hub *hub, uint32_t contract_no, uint64_t as_of, struct bytes after,
                struct payment_row *rows, uint32_t most, uint32_t *ret_count,
                struct bytes *ret_next)
{
        own(owed) struct owed owed = { .rows = NULL };
        struct payment_key key = { .contract_no = contract_no };
        struct payment_pair pair;
        int r = cursor_read(after, &key) ? owed_read(hub->txn, contract_no, &owed) : -ENOENT;

        *ret_count = 0;
        *ret_next = (struct bytes) { NULL, 0 };
        if (r)
                return r;
        while (!(r = state_payment_next(hub->txn, &key, &key))) {
                r = payment_pair(hub->txn, &key, as_of, &pair);
                if (!r && (pair.has_sent || pair.has_received))
                        r = row_of(hub, &owed, &pair, as_of, &rows[(*ret_count)++]);
                if (r)
                        return r;
                if (*ret_count == most)
                        return cursor_write(hub, &key, ret_next);
        }
        return r == -ENOENT ? 0 : r;
}
