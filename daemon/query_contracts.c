/* SPDX-License-Identifier: Apache-2.0 */
/* The party's contracts, and their terms as they were offered. */
#include <errno.h>
#include <string.h>

#include "core/contract.h"
#include "daemon/query.h"
#include "daemon/state_admission.h"

/* Who has yet to accept, by as many nodes as the party asked of itself. */
static int add_awaited(const struct asked *asked, const struct view_terms *offered,
                       uint32_t party_no, enum side side, uint32_t *awaited)
{
        struct view_party party = { .known = true };
        struct party_asks asks;
        int r = state_party_asks(asked->hub->txn, party_no, asked_last(asked), &asks);

        party.two_nodes_for = asks.two_nodes_for;
        if (!r && view_accepted(offered, side) < view_nodes_needed(&party, RIGHT_TERMS))
                *awaited |= SIDE_BIT(side);
        return r == -ENOENT ? 0 : r;
}

int offered_bytes(struct hub *hub, const struct view_terms *terms, struct bytes *ret)
{
        struct submission submission;
        struct log_entry entry;
        struct fault fault;
        int r = log_read_proved(hub->txn, NULL, terms->index, &entry);

        if (!r)
                r = wire_read_submission(entry.bytes, &hub->arena, &submission, &fault);
        if (r)
                return r > 0 ? -EILSEQ : r;
        *ret = submission.events[terms->event].offer.terms;
        return 0;
}

static int title_of(struct hub *hub, const struct view_terms *terms, struct text *ret)
{
        struct fault fault;
        struct bytes bytes;
        int r = offered_bytes(hub, terms, &bytes);

        if (!r)
                r = wire_read_terms(bytes, hub->terms, &fault);
        if (!r)
                *ret = hub->terms->title;
        return r > 0 ? -EILSEQ : r;
}

static int contract_row(struct asked *asked, const struct contract_state_row *row,
                        struct contract_row *ret)
{
        struct view_terms newest = { 0 };
        int r = asof_state_terms(asked->hub->txn, row->no, row->version_last, asked->cut, &newest);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        *ret = (struct contract_row) {
                .contract = row->id, .state = row->state, .ends = row->ends,
                .version_in_force = row->version_in_force,
                .version_offered = row->version_offered, .standing = newest.standing,
        };
        if (row->version_offered)
                r = add_awaited(asked, &newest, row->bearer_no, SIDE_BEARER, &ret->awaited);
        if (!r && row->version_offered)
                r = add_awaited(asked, &newest, row->earner_no, SIDE_EARNER, &ret->awaited);
        return r ? r : title_of(asked->hub, &newest, &ret->title);
}

/* The cursor is the last contract that was given; one that is not theirs is none. */
static int begin_after(struct asked *asked, uint32_t *ret_no)
{
        struct contract_id after;

        *ret_no = 0;
        if (!asked->query->after.size)
                return 0;
        if (!contract_id_parse(asked->query->after, &after) || !is_own(asked, &after))
                return -ENOENT;
        return state_contract_no(asked->hub->txn, &after, ret_no);
}

int ask_contracts(struct asked *asked)
{
        uint32_t most = rows_wanted(asked, ROWS_MAX / 8);
        struct contract_row *rows = rows_new(asked, most, sizeof(*rows));
        struct contract_state_row row = { 0 };
        char cursor[CONTRACT_ID_MAX + 1];
        int r = rows ? begin_after(asked, &row.no) : -ENOMEM;

        if (r)
                return r;
        asked->answer->contracts = rows;
        while (!r && !(r = next_contract(asked, row.no, &row))) {
                r = contract_row(asked, &row, &rows[asked->answer->contract_count]);
                if (r || ++asked->answer->contract_count < most)
                        continue;
                go_on_after(asked, (struct bytes) {
                        cursor, contract_id_print(&rows[most - 1].contract, cursor),
                });
                return 0;
        }
        return r == -ENOENT ? 0 : r;
}

int ask_terms(struct asked *asked)
{
        struct terms_row *row = rows_new(asked, 1, sizeof(*row));
        uint32_t version = asked->query->version;
        const struct directory_node *node;
        struct view_terms terms;
        int r = row ? find_contract(asked) : -ENOMEM;

        if (!r)
                r = asof_state_terms(asked->hub->txn, asked->contract.no,
                                     version ? version : asked->contract.version_last, asked->cut,
                                     &terms);
        if (!r)
                r = offered_bytes(asked->hub, &terms, &row->terms);
        if (r)
                return r;
        row->version = terms.version;
        row->state = terms.state;
        row->index = terms.index;
        row->terms_sha256 = terms.sha256;
        row->accepted_count = terms.accepted_count;
        for (uint32_t i = 0; i < terms.accepted_count; i++) {
                node = directory_by_no(asked->hub->directory, terms.accepted[i].node_no);
                if (node)
                        row->accepted_by[i] = node->state.path;
        }
        asked->answer->terms = row;
        return 0;
}
