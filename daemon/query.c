/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers to queries. One rule before all others: a party sees its own contracts, and what is not
 * its own answers as what does not exist. Who may ask at all is the right to read.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "daemon/blocks.h"
#include "daemon/members.h"
#include "daemon/row.h"
#include "daemon/stale.h"

#define ROWS_MAX 256u                   /* of one answer */
#define SIGNALS_MAX 128u
#define BLOCKS_MAX 64u                  /* each with its categories */
#define CURSOR_MAX 256

struct asked {
        struct hub *hub;
        const struct directory_node *node;
        const struct query *query;
        struct answer *answer;
        struct contract_state_row contract;     /* of the query, when it names one */
        uint8_t cursor[CURSOR_MAX];
};

static uint32_t rows_wanted(const struct asked *asked, uint32_t most)
{
        return asked->query->most && asked->query->most < most ? asked->query->most : most;
}

static void *rows_new(struct asked *asked, uint32_t count, size_t size)
{
        return arena_take(&asked->hub->arena, count * size);
}

static void go_on_after(struct asked *asked, struct bytes key)
{
        assert(key.size <= sizeof(asked->cursor));
        memcpy(asked->cursor, key.data, key.size);
        asked->answer->next = (struct bytes) { asked->cursor, key.size };
}

/* What is computed for an answer holds up all that waits: within bounds. */
static struct reading reading_of(const struct asked *asked)
{
        return (struct reading) {
                .hub = asked->hub, .txn = asked->hub->txn, .of_batch = true,
                .rows_most = QUERY_ROWS_MAX,
        };
}

static bool is_own(const struct asked *asked, const struct contract_id *id)
{
        const struct name *party = &asked->node->state.path.party;

        return name_equal(party, &id->bearer) || name_equal(party, &id->earner);
}

static int no_such_thing(struct asked *asked)
{
        static const char field[] = "contract";
        const char *says = refusal_says(REFUSAL_NO_SUCH_THING);

        asked->answer->refused = true;
        asked->answer->fault = (struct wire_fault) {
                .code = REFUSAL_NO_SUCH_THING, .event = REFUSAL_WHOLE,
                .field = { field, sizeof(field) - 1 }, .says = { says, strlen(says) },
        };
        return 0;
}

/* Whether it is theirs is asked before it is looked for. */
static int find_contract(struct asked *asked)
{
        uint32_t no;
        int r;

        if (!is_own(asked, &asked->query->contract))
                return -ENOENT;
        r = state_contract_no(asked->hub->txn, &asked->query->contract, &no);
        return r ? r : state_contract(asked->hub->txn, no, &asked->contract);
}

static int ask_tip(struct asked *asked)
{
        struct tip *tip = rows_new(asked, 1, sizeof(*tip));
        const struct log_tip now = log_tip(asked->hub->log);

        if (!tip)
                return -ENOMEM;
        tip->size = now.size;
        tip->time = now.time;
        memcpy(tip->root.octets, now.root.octets, sizeof(tip->root.octets));
        asked->answer->tip = tip;
        return 0;
}

static uint32_t still_awaited(const struct view_terms *offered, struct hub *hub,
                              const struct contract_id *id)
{
        struct party_state bearer, earner;
        uint32_t awaited = 0;

        if (state_party(hub->txn, &id->bearer, &bearer) ||
            state_party(hub->txn, &id->earner, &earner))
                return 0;
        if (view_accepted(offered, SIDE_BEARER) < view_nodes_needed(&bearer.party, RIGHT_TERMS))
                awaited |= 1;
        if (view_accepted(offered, SIDE_EARNER) < view_nodes_needed(&earner.party, RIGHT_TERMS))
                awaited |= 2;
        return awaited;
}

/*
 * The terms' bytes as they stand in the log, inside their offer.
 * Spans last as long as the transaction.
 */
static int offered_bytes(struct hub *hub, const struct view_terms *terms, struct bytes *ret)
{
        struct submission submission;
        struct log_entry entry;
        struct fault fault;
        int r = log_read(hub->txn, terms->index, &entry);

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

static int contract_row(struct asked *asked, uint32_t no, struct contract_row *ret)
{
        struct contract_state_row row;
        struct view_terms newest = { 0 };
        int r = state_contract(asked->hub->txn, no, &row);

        if (!r)
                r = state_terms(asked->hub->txn, no, row.version_last, &newest);
        if (r)
                return r;
        *ret = (struct contract_row) {
                .contract = row.id, .state = row.state, .ends = row.ends,
                .version_in_force = row.version_in_force, .version_offered = row.version_offered,
                .standing = newest.standing,
        };
        if (row.version_offered)
                ret->awaited = still_awaited(&newest, asked->hub, &row.id);
        return title_of(asked->hub, &newest, &ret->title);
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

static int ask_contracts(struct asked *asked)
{
        uint32_t most = rows_wanted(asked, ROWS_MAX / 8), party_no = asked->node->state.party_no;
        struct contract_row *rows = rows_new(asked, most, sizeof(*rows));
        char cursor[CONTRACT_ID_MAX + 1];
        uint32_t no = 0;
        int r = rows ? begin_after(asked, &no) : -ENOMEM;

        if (r)
                return r;
        asked->answer->contracts = rows;
        while (!r && !(r = state_contract_next(asked->hub->txn, party_no, no, &no))) {
                r = contract_row(asked, no, &rows[asked->answer->contract_count]);
                if (r || ++asked->answer->contract_count < most)
                        continue;
                go_on_after(asked, (struct bytes) {
                        cursor, contract_id_print(&rows[most - 1].contract, cursor),
                });
                return 0;
        }
        return r == -ENOENT ? 0 : r;
}

static int ask_terms(struct asked *asked)
{
        struct terms_row *row = rows_new(asked, 1, sizeof(*row));
        uint32_t version = asked->query->version;
        const struct directory_node *node;
        struct view_terms terms;
        int r = row ? find_contract(asked) : -ENOMEM;

        if (!r)
                r = state_terms(asked->hub->txn, asked->contract.no,
                                version ? version : asked->contract.version_last, &terms);
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

struct fact_walk {
        struct asked *asked;
        struct fact_row *rows;
        uint32_t most;
};

static int fact_visit(void *with, const struct fact_state *state, struct bytes key)
{
        struct fact_walk *walk = with;
        struct answer *answer = walk->asked->answer;
        const struct fact *fact = &state->fact;
        uint64_t current;
        int r = state_fact_current(walk->asked->hub->txn, state->scope_no, fact->side, &fact->key,
                                   UINT64_MAX, &current);

        if (r)
                return r;
        if (current != fact->index && !walk->asked->query->history)
                return 0;
        walk->rows[answer->fact_count++] = (struct fact_row) {
                .fact = *fact, .has_supersedes = state->has_supersedes,
                .supersedes = state->supersedes, .current = current == fact->index,
                .by = {
                        .is = fact->relayed, .document_sha256 = state->document_sha256,
                        .party = fact->side == SIDE_BEARER ? walk->asked->contract.id.bearer
                                                           : walk->asked->contract.id.earner,
                },
        };
        if (answer->fact_count < walk->most)
                return 0;
        go_on_after(walk->asked, key);
        return 1;
}

static int ask_facts(struct asked *asked)
{
        struct fact_walk walk = { .asked = asked, .most = rows_wanted(asked, ROWS_MAX) };
        int r = find_contract(asked);

        if (r)
                return r;
        walk.rows = rows_new(asked, walk.most, sizeof(*walk.rows));
        if (!walk.rows)
                return -ENOMEM;
        asked->answer->facts = walk.rows;
        r = state_facts(asked->hub->txn, SCOPE_CONTRACT, asked->contract.no, asked->query->after,
                        fact_visit, &walk);
        return r > 0 ? 0 : r;
}

static struct statement_row statement_row(const struct run_state *run, uint32_t stale)
{
        return (struct statement_row) {
                .run = run->index, .index = run->statement, .time = run->statement_time,
                .contract = run->run.contract, .period = run->run.period, .kind = run->run.kind,
                .number = run->run.number, .status = run->status, .earned = run->earned,
                .payable = run->payable, .relayed = run->relayed, .stale = stale,
        };
}

/* Statements on their way into an answer. */
struct listing {
        struct asked *asked;
        struct stale *stale;
        struct statement_row *rows;
        uint32_t most;
};

static void listing_go_on(struct listing *listing, uint32_t contract_no, uint64_t run_at)
{
        ROW(cursor);

        row_u32(&cursor, contract_no);
        row_u64(&cursor, run_at);
        go_on_after(listing->asked, row_span(&cursor));
}

/* 1 when the answer takes no more, this one included or not. */
static int list_statement(struct listing *listing, const struct run_state *run, uint64_t before)
{
        struct answer *answer = listing->asked->answer;
        uint32_t by;
        int r = stale_of(listing->stale, run, &by);

        if (r > 0)
                listing_go_on(listing, run->contract_no, before);
        if (r)
                return r;
        listing->rows[answer->statement_count++] = statement_row(run, by);
        if (answer->statement_count < listing->most)
                return 0;
        listing_go_on(listing, run->contract_no, run->index);
        return 1;
}

/* The statements of one contract after run @at; 1 when the answer is full. */
static int statements_of(struct listing *listing, uint32_t contract_no, uint64_t at)
{
        struct store_txn *txn = listing->asked->hub->txn;
        uint64_t before = at;
        struct run_state run;
        int r;

        while (!(r = state_run_next(txn, contract_no, at, &at))) {
                r = state_run(txn, at, &run);
                if (!r && run.statement)
                        r = list_statement(listing, &run, before);
                if (r)
                        return r;
                before = at;
        }
        return r == -ENOENT ? 0 : r;
}

static int statements_of_all(struct listing *listing, uint32_t no, uint64_t run)
{
        const struct asked *asked = listing->asked;
        int r = 0;

        while (!r &&
               !(r = state_contract_next(asked->hub->txn, asked->node->state.party_no, no, &no))) {
                r = statements_of(listing, no, run);
                run = 0;
        }
        return r == -ENOENT ? 0 : r;
}

static int list_statements(struct listing *listing)
{
        struct asked *asked = listing->asked;
        struct row_reader reader = row_read(asked->query->after);
        uint32_t no = 0;
        uint64_t run = 0;
        int r;

        if (asked->query->after.size == 12) {
                no = read_u32(&reader) - 1;     /* so that the next one is the cursor's own */
                run = read_u64(&reader);
        }
        if (contract_id_empty(&asked->query->contract))
                return statements_of_all(listing, no, run);
        r = find_contract(asked);
        return r ? r : statements_of(listing, asked->contract.no, run);
}

static int ask_statements(struct asked *asked)
{
        own(stale) struct stale *stale = NULL;
        struct listing listing = { .asked = asked, .most = rows_wanted(asked, ROWS_MAX) };
        const struct reading by = reading_of(asked);
        int r;

        asked->answer->statements = listing.rows = rows_new(asked, listing.most,
                                                            sizeof(*listing.rows));
        r = listing.rows ? stale_new(&stale, &by, &asked->node->state.path.party) : -ENOMEM;
        listing.stale = stale;
        if (!r)
                r = list_statements(&listing);
        return r > 0 ? 0 : r;
}

static int ask_statement(struct asked *asked)
{
        struct record_entry *row = rows_new(asked, 1, sizeof(*row));
        struct log_entry entry;
        struct run_state run;
        int r = row ? state_run(asked->hub->txn, asked->query->run, &run) : -ENOMEM;

        if (!r && (!run.statement || !is_own(asked, &run.run.contract)))
                r = -ENOENT;
        if (!r)
                r = log_read(asked->hub->txn, run.statement, &entry);
        if (r)
                return r;
        *row = (struct record_entry) { run.statement, entry.header.time, entry.bytes };
        asked->answer->statement = row;
        return 0;
}

static int ask_preview(struct asked *asked)
{
        const struct query *query = asked->query;
        struct run run = {
                .contract = query->contract, .period = query->period, .kind = RUN_PREVIEW,
                .payment = query->payment, .cut = hub_size(asked->hub) - 1,
        };
        const struct reading by = reading_of(asked);
        int r = find_contract(asked);

        if (!r && (!period_valid(query->period) || !date_valid(query->payment)))
                r = -ENOENT;
        if (!r)
                r = compute_run(&by, &run, asked->contract.no, asked->hub->statement);
        asked->answer->preview = asked->hub->statement;
        return r;
}

static int ask_signals(struct asked *asked)
{
        uint32_t most = rows_wanted(asked, SIGNALS_MAX), party_no = asked->node->state.party_no;
        struct record_entry *rows = rows_new(asked, most, sizeof(*rows));
        struct answer *answer = asked->answer;
        struct log_entry entry;
        uint64_t index;
        int r = rows ? state_signal_last(asked->hub->txn, party_no, &answer->last_signal) : -ENOMEM;

        answer->signals = rows;
        answer->has_last_signal = true;
        for (uint64_t number = asked->query->since + 1;
             !r && number <= answer->last_signal && answer->signal_count < most; number++) {
                r = state_signal(asked->hub->txn, party_no, number, &index);
                if (!r)
                        r = log_read(asked->hub->txn, index, &entry);
                if (!r)
                        rows[answer->signal_count++] =
                                (struct record_entry) { index, entry.header.time, entry.bytes };
        }
        return r;
}

/* ---- blocks: what is said of them, and whether they can be read */

struct block_walk {
        struct asked *asked;
        struct block_reader *reader;
        struct arena arena;             /* for one event */
        struct block_row *rows;
        uint32_t most;
};

static void block_walk_cleanup(struct block_walk *walk)
{
        block_reader_close(walk->reader);
        arena_free(&walk->arena);
}

/* Whoever replaces a block has to know what its rows were called, too. */
static int add_categories(struct block_walk *walk, const struct block_state *state,
                          struct block_event *ret)
{
        const struct block_event *said;
        struct item *items;
        size_t size;
        int r;

        arena_reset(&walk->arena);
        r = blocks_event(walk->asked->hub->txn, state, &walk->arena, &said);
        if (r || !said->category_count)
                return r;
        size = said->category_count * sizeof(*items);
        items = arena_take(&walk->asked->hub->arena, size);
        if (!items)
                return -ENOMEM;
        memcpy(items, said->categories, size);
        ret->categories = items;
        ret->category_count = said->category_count;
        return 0;
}

static int visit_block(void *with, const struct block_state *state, struct bytes key)
{
        struct block_walk *walk = with;
        struct answer *answer = walk->asked->answer;
        struct block_row *row = &walk->rows[answer->block_count];
        uint64_t current;
        int r = state_block_current(walk->asked->hub->txn, state->contract_no, state->side,
                                    &state->block, UINT64_MAX, &current);

        if (r)
                return r;
        if (current != state->index && !walk->asked->query->history)
                return 0;
        *row = (struct block_row) {
                .block = state->block, .index = state->index, .event = state->event,
                .side = state->side, .current = current == state->index, .year = state->year,
        };
        r = blocks_keeping(walk->asked->hub->txn, walk->reader, state, &row->keeping);
        if (!r)
                r = add_categories(walk, state, &row->block);
        if (r || ++answer->block_count < walk->most)
                return r;
        go_on_after(walk->asked, key);
        return 1;
}

static int ask_blocks(struct asked *asked)
{
        own(block_walk) struct block_walk walk = {
                .asked = asked, .most = rows_wanted(asked, BLOCKS_MAX),
        };
        int r = find_contract(asked);

        if (!r)
                r = arena_new(&walk.arena, WIRE_ARENA_SIZE);
        if (!r && asked->hub->blocks)
                r = block_reader_open(asked->hub->blocks, 0, true, &walk.reader);
        if (r)
                return r;
        walk.rows = rows_new(asked, walk.most, sizeof(*walk.rows));
        if (!walk.rows)
                return -ENOMEM;
        asked->answer->blocks = walk.rows;
        r = state_blocks(asked->hub->txn, asked->contract.no, asked->query->after, visit_block,
                         &walk);
        return r > 0 ? 0 : r;
}

static int ask_recon(struct asked *asked)
{
        (void)asked;
        return -ENOENT;
}

typedef int ask_fn(struct asked *asked);

static const struct {
        ask_fn *ask;
        bool open;              /* without the right to read */
} asks[] = {
        [QUERY_TIP] = { ask_tip, true },
        [QUERY_CONTRACTS] = { ask_contracts, false },
        [QUERY_TERMS] = { ask_terms, false },
        [QUERY_FACTS] = { ask_facts, false },
        [QUERY_STATEMENTS] = { ask_statements, false },
        [QUERY_STATEMENT] = { ask_statement, false },
        [QUERY_PREVIEW] = { ask_preview, false },
        [QUERY_SIGNALS] = { ask_signals, false },
        [QUERY_BLOCKS] = { ask_blocks, false },
        [QUERY_MATCHES] = { ask_recon, false },
        [QUERY_RECON] = { ask_recon, false },
        [QUERY_JOURNAL] = { ask_recon, false },
        [QUERY_BALANCES] = { ask_recon, false },
        [QUERY_PAYMENTS] = { ask_recon, false },
        [QUERY_DISPUTES] = { ask_recon, false },
        [QUERY_COMPARE] = { ask_recon, false },
        [QUERY_ROSTER] = { ask_recon, false },
};

static_assert(sizeof(asks) / sizeof(asks[0]) == QUERY_KIND_COUNT, "a query has no answer");

static int not_permitted(struct asked *asked)
{
        const char *says = refusal_says(REFUSAL_NOT_PERMITTED);

        asked->answer->refused = true;
        asked->answer->fault = (struct wire_fault) {
                .code = REFUSAL_NOT_PERMITTED, .event = REFUSAL_WHOLE, .field = { "", 0 },
                .says = { says, strlen(says) },
        };
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
                .hub = hub, .node = node, .query = query, .answer = &frame.answer,
        };
        int r;

        assert(query->kind >= QUERY_TIP);
        assert(query->kind < QUERY_KIND_COUNT);
        if (asks[query->kind].open || (node->state.rights & RIGHT_READ))
                r = asks[query->kind].ask(&asked);
        else
                r = not_permitted(&asked);
        if (r == -ENOENT)
                r = no_such_thing(&asked);
        return r ? r : answer_frame(hub, &frame, session);
}
