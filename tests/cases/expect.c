/* SPDX-License-Identifier: Apache-2.0 */
/* What should hold at this place of the story. */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/lines.h"
#include "core/own.h"
#include "daemon/hub_private.h"
#include "daemon/state.h"
#include "tests/cases/case.h"

/* expect entries N, or +N since the last time */
static void expect_entries(struct play *play)
{
        const char *word = want(play, "a number");
        uint64_t entries = stage_entries(&play->stage), number;
        bool more = *word == '+';

        if (!read_number(word + more, &number))
                wrong(play, "'%s' is no number", word);
        if (entries != number + (more ? play->entries : 0))
                wrong(play, "there are %llu entries, %llu more than before",
                      (unsigned long long)entries, (unsigned long long)(entries - play->entries));
        play->entries = entries;
}

static uint64_t read_contract(struct play *play, const struct contract_id *id,
                              struct contract_state_row *ret)
{
        own(store_txn) struct store_txn *txn = NULL;
        uint32_t no;
        int r;

        must(store_begin_read(play->stage.hub->env, &txn), "store_begin_read");
        r = state_contract_no(txn, id, &no);
        if (r == -ENOENT)
                return 0;
        must(r ? r : state_contract(txn, no, ret), "state_contract");
        return no;
}

/* expect state CONTRACT unknown|offered|in-force|terminated|relayed|lapsed [version N] [offer N] */
static void expect_state(struct play *play)
{
        static const char *const states[] = {
                "unknown",  [CONTRACT_OFFERED] = "offered",       [CONTRACT_IN_FORCE] = "in-force",
                [CONTRACT_TERMINATED] = "terminated", [CONTRACT_RELAYED] = "relayed",
                [CONTRACT_LAPSED] = "lapsed",
        };
        struct contract_state_row row = { 0 };
        const char *word;

        read_contract(play, &want_contract(play)->id, &row);
        word = want(play, "a state");
        if (strcmp(states[row.state], word) != 0)
                wrong(play, "it is %s", states[row.state]);
        if (words_take(play->words, "version") && want_number(play) != row.version_in_force)
                wrong(play, "version %u is in force", row.version_in_force);
        if (words_take(play->words, "offer") && want_number(play) != row.version_offered)
                wrong(play, "version %u is on offer", row.version_offered);
}

/* expect terms CONTRACT VERSION on-offer|accepted|replaced|lapsed|relayed */
static void expect_terms(struct play *play)
{
        static const char *const states[] = {
                "unknown",  [TERMS_ON_OFFER] = "on-offer", [TERMS_ACCEPTED] = "accepted",
                [TERMS_REPLACED] = "replaced", [TERMS_LAPSED] = "lapsed",
                [TERMS_RELAYED] = "relayed",
        };
        own(store_txn) struct store_txn *txn = NULL;
        struct contract_state_row row = { 0 };
        uint64_t no = read_contract(play, &want_contract(play)->id, &row);
        uint32_t version = (uint32_t)want_number(play);
        const char *word = want(play, "a state");
        struct view_terms terms = { 0 };

        must(store_begin_read(play->stage.hub->env, &txn), "store_begin_read");
        if (no)
                state_terms(txn, (uint32_t)no, version, &terms);
        if (strcmp(states[terms.state], word) != 0)
                wrong(play, "they are %s", states[terms.state]);
}

/* expect stat NAME N: by the name of the figure in struct hub_stat */
static void expect_stat(struct play *play)
{
        static const struct { const char *name; size_t offset; } figures[] = {
#define FIGURE(name) { #name, offsetof(struct hub_stat, name) }
                FIGURE(entries),       FIGURE(submissions),  FIGURE(refusals),
                FIGURE(evidence),      FIGURE(facts),        FIGURE(runs),
                FIGURE(runs_pending),  FIGURE(statements),   FIGURE(journal_entries),
                FIGURE(signals),       FIGURE(parties),      FIGURE(nodes),
                FIGURE(nodes_revoked), FIGURE(contracts),    FIGURE(streams),
                FIGURE(due_pending),   FIGURE(debits_pending), FIGURE(credits_pending),
#undef FIGURE
        };
        const char *word = want(play, "a figure");
        uint64_t number = want_number(play), is;
        struct hub_stat stat;

        must(hub_read_stat(play->stage.hub, &stat), "hub_read_stat");
        if (stat.debits_pending != stat.credits_pending)
                wrong(play, "the books do not balance");
        for (size_t i = 0; i < sizeof(figures) / sizeof(figures[0]); i++) {
                if (strcmp(figures[i].name, word) != 0)
                        continue;
                memcpy(&is, (const char *)&stat + figures[i].offset, sizeof(is));
                if (is != number)
                        wrong(play, "%s is %llu", word, (unsigned long long)is);
                return;
        }
        wrong(play, "there is no figure '%s'", word);
}

static void expect_no(struct play *play)
{
        const char *word = want(play, "what there should be none of");

        if (strcmp(word, "signal") != 0)
                wrong(play, "'%s' cannot be missing", word);
        expect_no_signal(play);
}

/* The hub closed, opened, its log verified, its state rebuilt and its statements made again. */
static void rehearse(struct play *play)
{
        const char *finding;

        if (!play->rebuild)
                return;
        stage_reopen(&play->stage);
        finding = stage_finding(&play->stage);
        if (finding)
                wrong(play, "%s", finding);
        play->rehearsals++;
}

static const struct {
        const char *word;
        line_fn *expect;
} expectations[] = {
        { "entries", expect_entries },     { "state", expect_state },
        { "terms", expect_terms },         { "statement", expect_statement },
        { "balance", expect_balance },     { "stat", expect_stat },
        { "signal", expect_signal },       { "no", expect_no },
        { "journal", expect_journal },
        { "match", expect_match },         { "life", expect_life },
        { "recon", expect_recon },         { "payment", expect_payment },
        { "dispute", expect_dispute },     { "compare", expect_compare },
        { "witnessing", expect_witnessing },
        { "charter", expect_charter },     { "ballot", expect_ballot },
        { "conflict", expect_conflict },   { "benefit", expect_benefit },
        { "capability", expect_capability },
        { "publication", expect_publication },
};

/* expect [as-of LABEL|INDEX] ... */
void line_expect(struct play *play)
{
        const char *word;

        if (play->together)
                wrong(play, "nothing can be expected inside a batch");
        play->has_as_of = take_as_of(play, &play->as_of);
        word = want(play, "what is expected");
        rehearse(play);
        for (size_t i = 0; i < sizeof(expectations) / sizeof(expectations[0]); i++)
                if (strcmp(expectations[i].word, word) == 0) {
                        expectations[i].expect(play);
                        return;
                }
        wrong(play, "'%s' cannot be expected", word);
}
