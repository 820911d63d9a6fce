/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers to queries. One rule before all others: a party sees its own contracts, and what is not
 * its own answers as what does not exist. Who may ask at all is the right to read.
 */
#include "daemon/query.h"

#include <errno.h>
#include <string.h>

#include "core/check.h"
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

int find_contract(struct asked *asked)
{
        uint32_t no;
        int r;

        if (!is_own(asked, &asked->query->contract))
                return -ENOENT;
        r = state_contract_no(asked->hub->txn, &asked->query->contract, &no);
        return r ? r : asof_contract(asked->hub->txn, no, asked->cut, &asked->contract);
}

/* Contracts are numbered as they come: what is not there yet has none behind it that is. */
int next_contract(const struct asked *asked, uint32_t after, struct contract_state_row *ret)
{
        uint32_t no;
        int r = state_contract_next(asked->hub->txn, asked->node->state.party_no, after, &no);

        return r ? r : asof_contract(asked->hub->txn, no, asked->cut, ret);
}

static void refuse(struct asked *asked, enum refusal code, const char *field)
{
        const char *says = refusal_says(code);

        asked->answer->refused = true;
        asked->answer->fault = (struct wire_fault) {
                .code = code, .event = REFUSAL_WHOLE, .field = { field, strlen(field) },
                .says = { says, strlen(says) },
        };
}

static int ask_nothing(struct asked *asked)
{
        (void)asked;
        return -ENOENT;
}

static const struct {
        ask_fn *ask;
        bool open;              /* without the right to read */
        bool now;               /* as it is, whatever moment was asked for */
} asks[] = {
        [QUERY_TIP] = { ask_tip, true, true },
        [QUERY_CONTRACTS] = { ask_contracts, false, false },
        [QUERY_TERMS] = { ask_terms, false, false },
        [QUERY_FACTS] = { ask_facts, false, false },
        [QUERY_STATEMENTS] = { ask_statements, false, false },
        [QUERY_STATEMENT] = { ask_statement, false, true },
        [QUERY_PREVIEW] = { ask_preview, false, false },
        [QUERY_SIGNALS] = { ask_signals, false, true },
        [QUERY_BLOCKS] = { ask_blocks, false, false },
        [QUERY_MATCHES] = { ask_nothing, false, false },
        [QUERY_RECON] = { ask_nothing, false, false },
        [QUERY_JOURNAL] = { ask_nothing, false, false },
        [QUERY_BALANCES] = { ask_nothing, false, false },
        [QUERY_PAYMENTS] = { ask_nothing, false, false },
        [QUERY_DISPUTES] = { ask_nothing, false, false },
        [QUERY_COMPARE] = { ask_nothing, false, false },
        [QUERY_ROSTER] = { ask_nothing, false, false },
};

static_assert(sizeof(asks) / sizeof(asks[0]) == QUERY_KIND_COUNT, "a query has no answer");

static int find_cut(struct asked *asked)
{
        int r = asof_cut(asked->hub, asked->query, &asked->cut);

        asked->answer->as_of = r ? 0 : asked_last(asked) + 1;
        return r;
}

static int ask(struct asked *asked)
{
        struct answer *answer = asked->answer;
        int r = asks[asked->query->kind].now ? 0 : find_cut(asked);

        if (!r)
                r = asks[asked->query->kind].ask(asked);
        if (r != -ENOENT)
                return r;
        *answer = (struct answer) { .id = answer->id, .as_of = answer->as_of };
        refuse(asked, REFUSAL_NO_SUCH_THING, "contract");
        return 0;
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
                refuse(&asked, REFUSAL_NOT_PERMITTED, "");
        return r ? r : answer_frame(hub, &frame, session);
}
