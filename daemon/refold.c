/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/refold.h"

#include <errno.h>

#include "core/check.h"
#include "daemon/ring.h"
#include "daemon/row.h"

static const struct bytes format_key = { "state-format", 12 };

static bool signed_by(struct hub *hub, const char *domain, struct bytes body,
                      struct bytes signature, const uint8_t key[32])
{
        struct signature copy;

        if (signature.size != sizeof(copy.octets))
                return false;
        memcpy(copy.octets, signature.data, sizeof(copy.octets));
        return sign_verify(domain, &body, 1, key, &copy, hub->scratch) == 0;
}

static int wrong(const char *says, const char **ret_says)
{
        *ret_says = says;
        return -EILSEQ;
}

static int refold_submission(struct hub *hub, const struct log_row *row, const char **ret_says)
{
        const struct entry entry = { row->index, row->time };
        const struct directory_node *node;
        struct submission submission;
        struct fault fault;
        struct view view;
        int r = wire_read_submission(row->bytes, &hub->arena, &submission, &fault);

        if (r)
                return r < 0 ? r : wrong("a submission does not parse", ret_says);
        node = directory_by_path(hub->directory, &submission.sender);
        if (!node)
                return wrong("the sender was never admitted", ret_says);
        if (!signed_by(hub, DOMAIN_SUBMISSION, submission.body, submission.signature,
                       node->state.signing_key))
                return wrong("the sender's signature does not fit", ret_says);
        r = gather(hub, node, &submission, &view);
        return r ? r : fold_submission(hub, &view, &submission, &entry);
}

static int refold_record(struct hub *hub, const struct log_row *row, const char **ret_says)
{
        const struct entry entry = { row->index, row->time };
        struct record record;
        struct fault fault;
        int r = wire_read_record(row->bytes, &hub->arena, &record, &fault);

        if (r < 0)
                return r;
        if (r || record.kind != row->kind)
                return wrong("a hub record does not parse", ret_says);
        if (!signed_by(hub, DOMAIN_HUB, record.body, record.signature,
                       ring_signer(hub, row->index)))
                return wrong("the hub's signature does not fit", ret_says);
        return fold_record(hub, &record, &entry);
}

int refold(struct hub *hub, const struct log_row *row, const char **ret_says)
{
        int r;

        *ret_says = "it cannot be folded";
        arena_reset(&hub->arena);
        hub->refolding = true;
        r = row->kind == ENTRY_SUBMISSION ? refold_submission(hub, row, ret_says)
                                          : refold_record(hub, row, ret_says);
        hub->refolding = false;
        return r;
}

int refold_note_format(struct hub *hub)
{
        ROW(value);

        row_u32(&value, STATE_FORMAT);
        return store_put(hub->txn, TABLE_META, format_key, row_span(&value));
}

static int stored_format(struct hub *hub, uint32_t *ret)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct row_reader reader;
        struct bytes value;
        int r = store_begin_read(hub->env, &txn);

        *ret = 0;
        if (!r)
                r = store_get(txn, TABLE_META, format_key, &value);
        if (r)
                return r == -ENOENT ? 0 : r;
        reader = row_read(value);
        *ret = read_u32(&reader);
        return row_done(&reader);
}

static int refold_row(void *with, const struct log_row *row)
{
        const char *says;

        return refold(with, row, &says);
}

static int refold_all(struct hub *hub)
{
        int r = 0;

        for (enum table table = 0; table < TABLE_COUNT && !r; table++)
                if (table_is_state(table))
                        r = store_clear(hub->txn, table);
        ring_begin_as(hub, hub);
        if (!r)
                r = hub_visit_log(hub, 0, refold_row, hub);
        return r ? r : refold_note_format(hub);
}

int refold_if_older(struct hub *hub)
{
        uint32_t format;
        int r = stored_format(hub, &format);

        if (r || format == STATE_FORMAT)
                return r;
        if (format > STATE_FORMAT)
                return -EPROTO;
        if (hub->options.read_only)
                return -ESTALE;
        r = store_begin_write(hub->env, &hub->txn);
        if (!r)
                r = refold_all(hub);
        if (!r)
                return store_commit(give(hub->txn));
        store_abort(give(hub->txn));
        return r;
}
