/* SPDX-License-Identifier: Apache-2.0 */
/* What a node asks, and what it is answered. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/cases/reading.h"

/* Of the rows of an answer, the last that fits. */
struct sought {
        bool is;
        struct period period;
        enum run_kind kind;             /* 0: any */
};

static const struct {
        const char *word;
        enum query_kind kind;
        bool of_contract, of_all;       /* one has to be named; none need be */
} recon_queries[] = {
        { "matches", QUERY_MATCHES, true, false },   { "recon", QUERY_RECON, false, true },
        { "journal", QUERY_JOURNAL, true, false },   { "balances", QUERY_BALANCES, false, true },
        { "payments", QUERY_PAYMENTS, true, false }, { "disputes", QUERY_DISPUTES, true, false },
        { "keys", QUERY_KEYS, false, false },        { "nodes", QUERY_NODES, true, false },
        { "publications", QUERY_PUBLICATIONS, false, false },
        { "benefits", QUERY_BENEFITS, false, false },
        { "capabilities", QUERY_CAPABILITIES, false, false },
        { "conflicts", QUERY_CONFLICTS, false, false },
        { "incentive", QUERY_INCENTIVE, false, false },
};

/* matches|journal|payments|disputes CONTRACT, recon|balances [of CONTRACT] */
static bool read_recon_query(struct play *play, const char *word, struct query *query)
{
        size_t i = 0, count = sizeof(recon_queries) / sizeof(recon_queries[0]);

        while (i < count && strcmp(recon_queries[i].word, word) != 0)
                i++;
        if (i == count)
                return false;
        query->kind = recon_queries[i].kind;
        if (recon_queries[i].of_contract || words_take(play->words, "of"))
                query->contract = want_contract(play)->id;
        return true;
}

static bool read_query(struct play *play, const char *word, struct query *query,
                       struct sought *sought)
{
        if (strcmp(word, "tip") == 0) {
                query->kind = QUERY_TIP;
        } else if (strcmp(word, "contracts") == 0) {
                query->kind = QUERY_CONTRACTS;
        } else if (strcmp(word, "terms") == 0) {
                query->kind = QUERY_TERMS;
                query->contract = want_contract(play)->id;
                if (words_take(play->words, "version"))
                        query->version = (uint32_t)want_number(play);
        } else if (strcmp(word, "facts") == 0) {
                query->kind = QUERY_FACTS;
                query->contract = want_contract(play)->id;
                query->history = words_take(play->words, "history");
        } else if (strcmp(word, "statements") == 0) {
                query->kind = QUERY_STATEMENTS;
                if (words_take(play->words, "of"))
                        query->contract = want_contract(play)->id;
        } else if (strcmp(word, "stale") == 0) {
                query->kind = QUERY_STATEMENTS;
                query->contract = want_contract(play)->id;
                sought->is = true;
                sought->period = want_period(play);
                sought->kind = words_take(play->words, "of-run") ? want_run_kind(play) : 0;
        } else if (strcmp(word, "statement") == 0) {
                query->kind = QUERY_STATEMENT;
                query->run = want_number(play);
        } else if (strcmp(word, "preview") == 0) {
                query->kind = QUERY_PREVIEW;
                query->contract = want_contract(play)->id;
                query->period = want_period(play);
                query->payment = words_take(play->words, "payment") ? want_day(play) : 0;
        } else if (strcmp(word, "signals") == 0) {
                query->kind = QUERY_SIGNALS;
                query->since = words_take(play->words, "since") ? want_number(play) : 0;
                query->most = 100;
        } else {
                return read_recon_query(play, word, query);
        }
        return true;
}

static uint64_t rows_of(const struct answer *answer)
{
        return answer->contract_count + answer->fact_count + answer->statement_count +
               answer->signal_count + answer->match_count + answer->recon_count +
               answer->journal_count + answer->balance_count + answer->payment_count +
               answer->dispute_count + answer->record_count + answer->node_count +
               answer->publication_count + answer->benefit_count + answer->capability_count +
               answer->conflict_count +
               (answer->incentive ? answer->incentive->contract_count : 0) +
               (answer->tip != NULL) + (answer->terms != NULL) + (answer->preview != NULL) +
               (answer->statement != NULL);
}

static void check_preview(struct play *play, const struct answer *answer)
{
        int64_t cents;

        if (!answer->preview || !read_money(want(play, "an amount"), &cents))
                wrong(play, "no preview with an amount");
        if (answer->preview->earned != cents)
                wrong(play, "it comes to %lld cents", (long long)answer->preview->earned);
}

static const char *const stale_words[] = { "facts", "terms", "carry", "upstream" };

/* nothing | facts terms carry upstream: exactly these */
static void check_stale(struct play *play, const struct answer *answer, const struct sought *sought)
{
        const struct statement_row *row = NULL;
        uint32_t expected = 0;

        for (uint32_t i = 0; i < answer->statement_count; i++)
                if (period_equal(answer->statements[i].period, sought->period) &&
                    (!sought->kind || answer->statements[i].kind == sought->kind))
                        row = &answer->statements[i];
        if (!row)
                wrong(play, "there is no such statement");
        for (unsigned int i = 0; i < 4; i++)
                if (words_take(play->words, stale_words[i]))
                        expected |= 1u << i;
        if (!expected && !words_take(play->words, "nothing"))
                wrong(play, "it should say nothing, or by what of: facts terms carry upstream");
        if (row->stale != expected)
                wrong(play, "it is stale by %s%s%s%s%s", row->stale ? "" : "nothing",
                      row->stale & STALE_FACTS ? "facts " : "",
                      row->stale & STALE_TERMS ? "terms " : "",
                      row->stale & STALE_CARRY ? "carry " : "",
                      row->stale & STALE_UPSTREAM ? "upstream" : "");
}

/* N rows | found | earned AMOUNT | CODE */
static void check_answer(struct play *play, const struct answer *answer)
{
        const char *word = want(play, "the answer");
        enum refusal code = 0;
        uint64_t rows;

        if (read_refusal(word, &code) || answer->refused) {
                if (!answer->refused || answer->fault.code != code)
                        wrong(play, "is %s", answer->refused ? refusal_name(answer->fault.code)
                                                             : "answered");
        } else if (strcmp(word, "earned") == 0) {
                check_preview(play, answer);
        } else if (strcmp(word, "found") == 0) {
                if (rows_of(answer) != 1)
                        wrong(play, "has %llu rows", (unsigned long long)rows_of(answer));
        } else if (read_number(word, &rows) && words_take(play->words, "rows")) {
                if (rows_of(answer) != rows)
                        wrong(play, "has %llu rows", (unsigned long long)rows_of(answer));
        } else {
                wrong(play, "'%s' is no answer", word);
        }
}

bool take_as_of(struct play *play, uint64_t *ret)
{
        if (!words_take(play->words, "as-of"))
                return false;
        *ret = want_index(play);
        return true;
}

void ask_hub(struct play *play, struct case_player *player, struct query *query, struct answer *ret)
{
        struct hub_frame frame;

        query->id = play->words->line;
        batch_begin(play);
        stage_ask(&play->stage, &player->player, query, 1);
        batch_end(play);
        stage_answer(&play->stage, 1, &frame);
        if (frame.kind == HUB_REFUSAL && frame.refusal.fault_count == 1)
                frame.answer = (struct answer) {
                        .refused = true, .fault = frame.refusal.faults[0],
                };
        else if (frame.kind != HUB_ANSWER || frame.answer.id != query->id)
                wrong(play, "that is no answer to a query");
        *ret = frame.answer;
}

static struct case_player *reader_of(struct play *play, const struct name *party)
{
        for (unsigned int i = 0; i < play->player_count; i++)
                if (name_equal(&play->players[i].player.path.party, party) &&
                    (play->players[i].rights & RIGHT_READ) && !play->players[i].revoked)
                        return &play->players[i];
        return NULL;
}

void ask_as_side(struct play *play, const struct contract_id *contract, enum side side,
                 struct query *query, struct answer *ret)
{
        struct case_player *player =
                reader_of(play, side == SIDE_BEARER ? &contract->bearer : &contract->earner);

        if (!player)
                player = reader_of(play, side == SIDE_BEARER ? &contract->earner
                                                             : &contract->bearer);
        if (!player)
                wrong(play, "no side has a node that may read");
        query->contract = *contract;
        query->has_as_of = play->has_as_of;
        query->as_of = play->as_of;
        ask_hub(play, player, query, ret);
        if (ret->refused)
                wrong(play, "asked for, it is refused: %s", refusal_name(ret->fault.code));
}

/* PATH asks WHAT [as-of LABEL|INDEX] -> ANSWER */
void line_ask(struct play *play, struct case_player *player)
{
        const char *word = want(play, "what is asked");
        struct query query = { 0 };
        struct sought sought = { .is = false };
        struct answer answer;

        if (play->together)
                wrong(play, "nothing can be asked inside a batch");
        if (!read_query(play, word, &query, &sought))
                wrong(play, "'%s' cannot be asked", word);
        query.has_as_of = take_as_of(play, &query.as_of);
        if (!words_take(play->words, "->"))
                wrong(play, "'->' and the answer should follow");
        ask_hub(play, player, &query, &answer);
        if (sought.is && !answer.refused)
                check_stale(play, &answer, &sought);
        else
                check_answer(play, &answer);
        want_end(play);
}

/* plans NAME CONTRACT KIND PERIOD payment DAY [-> earned AMOUNT] */
void line_plan(struct play *play, struct case_player *player)
{
        struct case_plan *plan = &play->plans[play->plan_count++];
        struct query query = { .kind = QUERY_PREVIEW };
        struct sink *sink = &play->stage.sink;
        struct statement *copy = malloc(sizeof(*copy));
        struct answer answer;

        if (!copy || play->plan_count > PLANS_MAX)
                wrong(play, "too many plans");
        snprintf(plan->name, sizeof(plan->name), "%s", want(play, "a name"));
        query.contract = want_contract(play)->id;
        query.run_kind = want_run_kind(play);
        query.period = want_period(play);
        if (!words_take(play->words, "payment"))
                wrong(play, "'payment' and a day should follow");
        query.payment = want_day(play);
        ask_hub(play, player, &query, &answer);
        if (answer.refused || !answer.preview)
                wrong(play, "there is no preview");
        *copy = *answer.preview;
        sink_reset(sink);
        must(wire_write_plan(sink, copy), "wire_write_plan");
        plan->digest = sha256_of(sink_bytes(sink));
        free(copy);
        if (words_take(play->words, "->"))
                check_answer(play, &answer);
        want_end(play);
}

const struct case_plan *want_plan(struct play *play)
{
        const char *word = want(play, "a plan");

        for (unsigned int i = play->plan_count; i > 0; i--)
                if (strcmp(play->plans[i - 1].name, word) == 0)
                        return &play->plans[i - 1];
        wrong(play, "there is no plan '%s'", word);
}
