/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/asof.h"

#include <errno.h>

/* The last entry at or before that moment: times of entries grow. @size is not 0. */
static int find_time(const struct hub *hub, instant time, uint64_t size, uint64_t *ret)
{
        uint64_t least = 0, most = size;        /* how many entries are not after it */

        while (least < most) {
                uint64_t middle = (least + most) / 2;
                struct log_entry entry;
                int r = log_read_proved(hub->txn, NULL, middle, &entry);

                if (r)
                        return r;
                if (entry.header.time <= time)
                        least = middle + 1;
                else
                        most = middle;
        }
        *ret = least - 1;
        return least ? 0 : -ENOENT;
}

int asof_cut(const struct hub *hub, const struct query *query, uint64_t *ret_cut)
{
        const uint64_t size = hub_size(hub);
        uint64_t cut = size - 1, at;
        int r;

        if (query->has_as_of && query->as_of < cut)
                cut = query->as_of;
        if (query->as_of_time) {
                r = find_time(hub, query->as_of_time, size, &at);
                if (r)
                        return r;
                if (at < cut)
                        cut = at;
        }
        *ret_cut = cut == size - 1 ? CUT_NONE : cut;
        return 0;
}

void asof_terms(struct view_terms *terms, uint64_t cut)
{
        uint32_t accepted = 0;

        while (accepted < terms->accepted_count && terms->accepted[accepted].index <= cut)
                accepted++;
        if (terms->state == TERMS_ACCEPTED && accepted < terms->accepted_count)
                terms->state = TERMS_ON_OFFER;
        terms->accepted_count = accepted;
        if (terms->closed > cut) {
                terms->state = TERMS_ON_OFFER;
                terms->closed = 0;
        }
}

int asof_state_terms(struct store_txn *txn, uint32_t contract_no, uint32_t version, uint64_t cut,
                     struct view_terms *ret)
{
        int r = state_terms(txn, contract_no, version, ret);

        if (r)
                return r;
        if (ret->index > cut)
                return -ENOENT;
        asof_terms(ret, cut);
        return 0;
}

/* One version after another, as the folds went. */
static void add_version(struct contract_state_row *row, const struct view_terms *terms)
{
        row->version_last = terms->version;
        row->version_offered = terms->state == TERMS_ON_OFFER ? terms->version : 0;
        if (terms->state == TERMS_ACCEPTED || terms->state == TERMS_RELAYED) {
                row->version_in_force = terms->version;
                row->state = terms->state == TERMS_RELAYED ? CONTRACT_RELAYED : CONTRACT_IN_FORCE;
        } else if (!row->version_in_force) {
                row->state = terms->state == TERMS_LAPSED ? CONTRACT_LAPSED : CONTRACT_OFFERED;
        }
}

int asof_contract(struct store_txn *txn, uint32_t no, uint64_t cut, struct contract_state_row *ret)
{
        struct contract_state_row now;
        struct view_terms terms;
        int r = state_contract(txn, no, &now);

        *ret = now;
        if (r || cut == CUT_NONE)
                return r;
        ret->version_last = ret->version_offered = ret->version_in_force = 0;
        for (uint32_t version = 1; !r && version <= now.version_last; version++) {
                r = asof_state_terms(txn, no, version, cut, &terms);
                if (!r)
                        add_version(ret, &terms);
        }
        if (r && r != -ENOENT)
                return r;
        if (!now.ended || now.ended > cut) {
                ret->ended = 0;
                ret->ends = DATE_NONE;
        } else {
                ret->state = CONTRACT_TERMINATED;
        }
        return ret->version_last ? 0 : -ENOENT;
}
