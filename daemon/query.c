/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers to queries. One rule before all others: a party sees its own contracts, and what is not
 * its own answers as what does not exist. Who may ask at all is the right to read.
 */
#include "daemon/query.h"

#include <errno.h>
#include <string.h>

#include "core/check.h"
#include "daemon/condemn.h"
#include "daemon/members.h"

uint64_t asked_last(const struct asked *asked)
{
        return asked->cut == CUT_NONE ? hub_size(asked->hub) - 1 : asked->cut;
}

uint32_t rows_wanted(const struct asked *asked, uint32_t most)
{
        return asked->query->most && asked->query->most < most ? asked->query->most : most;
}

void *rows_new(struct asked *asked, uint32_t count, size_t size)
{
        return arena_take(&asked->hub->arena, count * size);
}

void go_on_after(struct asked *asked, struct bytes key)
{
        assert(key.size <= sizeof(asked->cursor));
        memcpy(asked->cursor, key.data, key.size);
        asked->answer->next = (struct bytes) { asked->cursor, key.size };
}

struct reading reading_of(const struct asked *asked)
{
        return (struct reading) {
                .hub = asked->hub, .txn = asked->hub->txn, .of_batch = true,
                .rows_most = QUERY_ROWS_MAX,
        };
}

bool is_own(const struct asked *asked, const struct contract_id *id)
{
        const struct name *party = &asked->node->state.path.party;

        return name_equal(party, &id->bearer) || name_equal(party, &id->earner);
}

/*
 * The terms that were in force at the cut name the asking party. As much is read, of the hub's
 * first contract, where there is no such contract.
 */
static int may_arbitrate(const struct asked *asked, const struct contract_id *id)
{
        struct contract_state_row row;
        struct view_terms terms;
        uint32_t no;
        bool is = state_contract_no(asked->hub->txn, id, &no) == 0;

        if (!is)
                no = 1;
        if (asof_contract(asked->hub->txn, no, asked->cut, &row) ||
            state_terms(asked->hub->txn, no, row.version_in_force, &terms))
                return -ENOENT;
        return is && terms.reconciling.is && terms.reconciling.decides == DECIDER_ARBITER &&
               name_equal(&terms.reconciling.arbiter, &asked->node->state.path.party)
                       ? 0 : -ENOENT;
}

/* Contracts are numbered as they come: what is not there yet has none behind it that is. */
int next_contract(const struct asked *asked, uint32_t after, struct contract_state_row *ret)
{
        uint32_t no;
        int r = state_contract_next(asked->hub->txn, asked->node->state.party_no, after, &no);

        return r ? r : asof_contract(asked->hub->txn, no, asked->cut, ret);
}

int refuse_query(struct asked *asked, enum refusal code, const char *field, const char *says)
{
        struct answer *answer = asked->answer;

        *answer = (struct answer) {
                .id = answer->id, .as_of = answer->as_of, .refused = true,
                .fault = {
                        .code = code, .event = REFUSAL_WHOLE, .field = { field, strlen(field) },
                        .says = { says, strlen(says) },
                },
        };
        return 0;
}

static const struct {
        ask_fn *ask;
        bool open;              /* without the right to read */
        bool now;               /* as it is, whatever moment was asked for */
        bool arbiter;           /* by whom the terms name to decide, too */
} asks[] = {
        [QUERY_TIP] = { ask_tip, .open = true, .now = true },
        [QUERY_CONTRACTS] = { ask_contracts },
        [QUERY_TERMS] = { ask_terms, .arbiter = true },
        [QUERY_FACTS] = { ask_facts, .arbiter = true },
        [QUERY_STATEMENTS] = { ask_statements, .arbiter = true },
        [QUERY_STATEMENT] = { ask_statement, .now = true, .arbiter = true },
        [QUERY_PREVIEW] = { ask_preview },
        [QUERY_SIGNALS] = { ask_signals, .now = true },
        [QUERY_BLOCKS] = { ask_blocks },
        [QUERY_MATCHES] = { ask_matches, .arbiter = true },
        [QUERY_RECON] = { ask_recon },
        [QUERY_JOURNAL] = { ask_journal },
        [QUERY_BALANCES] = { ask_balances },
        [QUERY_PAYMENTS] = { ask_payments },
        [QUERY_DISPUTES] = { ask_disputes, .arbiter = true },
        [QUERY_COMPARE] = { ask_compare },
        [QUERY_ROSTER] = { ask_roster },
        [QUERY_PROOF] = { ask_proof, .open = true, .now = true },
        [QUERY_ENTRIES] = { ask_entries, .now = true, .arbiter = true },
        [QUERY_LEAVES] = { ask_leaves, .open = true, .now = true },
        [QUERY_READS] = { ask_reads, .now = true },
        [QUERY_KEYS] = { ask_keys, .open = true, .now = true },
        [QUERY_NODES] = { ask_nodes, .now = true, .arbiter = true },
        [QUERY_WITNESSES] = { ask_witnesses, .open = true, .now = true },
        [QUERY_INCENTIVE] = { ask_incentive },
        [QUERY_CHARTER] = { ask_charter, .open = true },
        [QUERY_BALLOTS] = { ask_ballots, .open = true, .now = true },
        [QUERY_RELEASES] = { ask_releases, .open = true, .now = true },
        [QUERY_CONFLICTS] = { ask_conflicts, .now = true },
        [QUERY_PUBLICATIONS] = { ask_publications, .open = true },
        [QUERY_BENEFITS] = { ask_benefits },
        [QUERY_CAPABILITIES] = { ask_capabilities },
};

static_assert(sizeof(asks) / sizeof(asks[0]) == QUERY_KIND_COUNT, "a query has no answer");

int may_read(const struct asked *asked, const struct contract_id *id)
{
        if (is_own(asked, id))
                return 0;
        return asks[asked->query->kind].arbiter ? may_arbitrate(asked, id) : -ENOENT;
}

int find_contract(struct asked *asked)
{
        uint32_t no;
        int r = may_read(asked, &asked->query->contract);

        if (!r)
                r = state_contract_no(asked->hub->txn, &asked->query->contract, &no);
        return r ? r : asof_contract(asked->hub->txn, no, asked->cut, &asked->contract);
}

static int find_cut(struct asked *asked)
{
        int r = asof_cut(asked->hub, asked->query, &asked->cut);

        asked->answer->as_of = r ? 0 : asked_last(asked) + 1;
        return r;
}

static int ask(struct asked *asked)
{
        int r = asks[asked->query->kind].now ? 0 : find_cut(asked);

        if (!r)
                r = asks[asked->query->kind].ask(asked);
        if (r != -ENOENT)
                return r;
        return refuse_query(asked, REFUSAL_NO_SUCH_THING, "contract",
                            refusal_says(REFUSAL_NO_SUCH_THING));
}

int answer_query(struct hub *hub, const struct directory_node *node, const struct query *query,
                 uint64_t session)
{
        struct hub_frame frame = {
                .kind = HUB_ANSWER,
                .answer = { .id = query->id, .as_of = hub_size(hub) },
        };
        struct asked asked = {
                .hub = hub, .node = node, .query = query, .answer = &frame.answer, .cut = CUT_NONE,
        };
        int r = 0;

        assert(query->kind >= QUERY_TIP);
        assert(query->kind < QUERY_KIND_COUNT);
        if (asks[query->kind].open || (node->state.rights & RIGHT_READ))
                r = ask(&asked);
        else
                refuse_query(&asked, REFUSAL_NOT_PERMITTED, "",
                             refusal_says(REFUSAL_NOT_PERMITTED));
        if (r == -EILSEQ) {
                hub_condemn(hub, "what an answer to a query would say does not prove");
                r = refuse_query(&asked, REFUSAL_BUSY, "", DAMAGED_SAYS);
        }
        return r ? r : answer_frame(hub, &frame, session);
}
