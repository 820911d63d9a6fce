/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Collecting what a statement can be made again from, while the hub answers: entries with their
 * paths. Whether they prove is looked at afterwards, without the hub.
 */
#include "clients/verify.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clients/lib/accord.h"
#include "core/own.h"
#include "proto/wire.h"

struct wanted {
        struct place_at *list;          /* owned */
        size_t count, room;
};

static void wanted_cleanup(struct wanted *wanted)
{
        free(wanted->list);
}

struct fetching {
        struct reach *reach;
        struct bundle *bundle;
        struct wanted *wanted;
        struct contract_id contract;
        uint64_t cut;
        struct accord_error error;
};

static int want(struct wanted *wanted, uint64_t index)
{
        if (wanted->count == wanted->room) {
                size_t room = wanted->room ? 2 * wanted->room : 256;
                struct place_at *list = reallocarray(wanted->list, room, sizeof(*list));

                if (!list)
                        return -ENOMEM;
                wanted->list = list;
                wanted->room = room;
        }
        wanted->list[wanted->count++] = (struct place_at) { index };
        return 0;
}

/* ---- what is to be asked for */

static int want_statement(struct fetching *f, const struct statement *s)
{
        int r = want(f->wanted, s->run.cut);

        if (!r && s->terms_version)
                r = want(f->wanted, s->terms_index);
        for (uint16_t i = 0; i < s->fact_count && !r; i++)
                r = want(f->wanted, s->facts[i].index);
        for (uint16_t i = 0; i < s->disputed_count && !r; i++) {
                r = want(f->wanted, s->disputed[i].bearer.index);
                if (!r)
                        r = want(f->wanted, s->disputed[i].earner.index);
        }
        return r;
}

/* This party's own figures, whether or not the statement has them. */
static int want_own(void *with, const struct fact_row *row)
{
        struct fetching *f = with;
        const struct name *party = &f->reach->profile.node.party;
        enum side side = name_equal(party, &f->contract.bearer) ? SIDE_BEARER :
                         name_equal(party, &f->contract.earner) ? SIDE_EARNER : SIDE_NEITHER;

        return row->fact.side == side && row->fact.index <= f->cut ?
               want(f->wanted, row->fact.index) : 0;
}

/* Who accepted the terms was told by signals: their causes are the acceptances. */
static int want_acceptance(void *with, const struct accord_signal *signal)
{
        struct fetching *f = with;

        return signal->signal.kind == SIGNAL_CONTRACT_ACCEPTED && signal->signal.cause <= f->cut &&
               contract_id_equal(&signal->signal.contract, &f->contract) ?
               want(f->wanted, signal->signal.cause) : 0;
}

static int want_nodes(struct fetching *f)
{
        struct query query = { .kind = QUERY_NODES, .contract = f->contract };
        const struct answer *answer;
        int r = accord_ask(f->reach->session, &query, &answer, &f->error);

        for (uint32_t i = 0; !r && i < answer->node_count; i++)
                for (uint32_t j = 0; !r && j < answer->nodes[i].key_count; j++)
                        r = want(f->wanted, answer->nodes[i].keys[j].at);
        return r;
}

/* The statements of which it carries figures. */
static int want_carried(struct fetching *f, const uint64_t *runs, size_t count)
{
        struct accord_statement from;
        int r = 0;

        for (size_t i = 0; i < count && !r; i++) {
                r = accord_query_statement(f->reach->session, runs[i], &from, &f->error);
                if (!r)
                        r = want(f->wanted, from.index);
        }
        return r;
}

static int want_all(struct fetching *f, uint64_t run)
{
        uint64_t carried[CARRIED_PER_STATEMENT_MAX];
        struct accord_statement said;
        size_t count;
        int r = accord_query_statement(f->reach->session, run, &said, &f->error);

        if (!r)
                r = want(f->wanted, said.index);
        if (!r)
                r = want_statement(f, said.statement);
        if (r)
                return r;
        f->contract = said.statement->run.contract;
        f->cut = said.statement->run.cut;
        count = said.statement->carried_count;
        for (size_t i = 0; i < count; i++)
                carried[i] = said.statement->carried[i].run;
        r = want_carried(f, carried, count);
        if (!r)
                r = want_nodes(f);
        if (!r)
                r = accord_query_facts(f->reach->session, &f->contract, true, want_own, f,
                                       &f->error);
        return r ? r : accord_query_signals(f->reach->session, 0, want_acceptance, f, &f->error);
}

/* ---- asking */

static int take_entry(void *with, const struct entry_row *row, const struct path *path,
                      const struct proof_answer *proof)
{
        struct fetching *f = with;
        struct kept_entry entry = { .index = row->index, .time = row->time, .kind = row->kind,
                                    .bytes = row->bytes, .path_count = path->proof_count };
        struct accord_seen seen;
        int r = accord_proofs_see(accord_outbox_proofs(f->reach->outbox), proof->checkpoint,
                                  ACCORD_SEEN_ANSWER, &seen, &f->error);

        if (r)
                return r;
        if (entry.path_count > MERKLE_PROOF_MAX)
                return -EBADMSG;
        entry.tree = (struct accord_tree) { seen.epoch, seen.size };
        memcpy(entry.leaf.octets, row->leaf.octets, DIGEST_SIZE);
        for (uint32_t i = 0; i < entry.path_count; i++)
                memcpy(entry.path[i].octets, path->proof[i].octets, DIGEST_SIZE);
        return bundle_add(f->bundle, &entry);
}

static int by_place(const void *a, const void *b)
{
        uint64_t x = ((const struct place_at *)a)->at, y = ((const struct place_at *)b)->at;

        return x < y ? -1 : x > y;
}

/* Each index once, but those that are there. */
static int take_wanted(struct fetching *f)
{
        struct wanted *wanted = f->wanted;
        size_t count = 0;

        if (wanted->count)
                qsort(wanted->list, wanted->count, sizeof(*wanted->list), by_place);
        for (size_t i = 0; i < wanted->count; i++)
                if ((!count || wanted->list[count - 1].at != wanted->list[i].at) &&
                    !bundle_find(f->bundle, wanted->list[i].at))
                        wanted->list[count++] = wanted->list[i];
        wanted->count = 0;
        return accord_query_entries(f->reach->session, wanted->list, (uint32_t)count, take_entry, f,
                                    &f->error);
}

/* An acceptance of a resolution names it: its entry has the figures that were agreed on. */
static int want_resolutions(struct fetching *f)
{
        struct arena arena;
        struct submission said;
        struct fault fault;
        int r = arena_new(&arena, WIRE_ARENA_SIZE);

        for (size_t i = 0; i < f->bundle->count && !r; i++) {
                const struct kept_entry *entry = &f->bundle->entries[i];

                arena_reset(&arena);
                if (entry->kind != ENTRY_SUBMISSION ||
                    wire_read_submission(entry->bytes, &arena, &said, &fault))
                        continue;
                for (uint32_t j = 0; j < said.event_count && !r; j++)
                        if (said.events[j].kind == EVENT_RESOLUTION_ACCEPTANCE)
                                r = want(f->wanted,
                                         said.events[j].resolution_acceptance.resolution);
        }
        arena_free(&arena);
        return r;
}

static enum exit_code fetch_run(struct reach *reach, uint64_t run)
{
        own(bundle) struct bundle bundle = { .run = run };
        own(wanted) struct wanted wanted = { 0 };
        struct fetching f = { .reach = reach, .bundle = &bundle, .wanted = &wanted };
        int r = want_all(&f, run);

        if (!r)
                r = take_wanted(&f);
        if (!r)
                r = want_resolutions(&f);
        if (!r && wanted.count)
                r = take_wanted(&f);
        if (!r)
                r = bundle_write(&bundle, reach->profile.directory);
        if (r > 0)
                return reach_failed(&f.error);
        return r ? say_failure(r, "the file of statement %" PRIu64, run) : EXIT_DONE;
}

/* ---- which runs */

struct runs {
        uint64_t *list;                 /* owned */
        size_t count;
};

static void runs_cleanup(struct runs *runs)
{
        free(runs->list);
}

static int add_run(void *with, const struct statement_row *row)
{
        struct runs *runs = with;
        uint64_t *list = reallocarray(runs->list, runs->count + 1, sizeof(*list));

        if (!list)
                return -ENOMEM;
        runs->list = list;
        list[runs->count++] = row->run;
        return 0;
}

/* What came with the entries is shown to be of one history at the end, at once. */
enum exit_code verify_fetch(struct call *call, struct reach *reach, const uint64_t *wanted,
                            size_t count)
{
        own(runs) struct runs runs = { 0 };
        struct accord_error error = { 0 };
        enum exit_code code = reach_outbox(call->cli, reach);

        if (!code)
                code = reach_hub(call->cli, reach);
        if (code)
                return code;
        /* Keys and epochs first: what comes is verified by them. */
        if (accord_prove(reach->session, reach->outbox, call->cli->timeout_ms, NULL, NULL, &error))
                return reach_failed(&error);
        if (!count && accord_query_statements(reach->session, NULL, add_run, &runs, &error))
                return error.code ? reach_failed(&error) : say_failure(-ENOMEM, "accord verify");
        for (size_t i = 0; i < (count ? count : runs.count) && !code; i++)
                code = fetch_run(reach, count ? wanted[i] : runs.list[i]);
        if (code)
                return code;
        if (accord_flush(reach->session, reach->outbox, call->cli->timeout_ms, NULL, NULL, &error))
                return reach_failed(&error);
        return EXIT_DONE;
}
