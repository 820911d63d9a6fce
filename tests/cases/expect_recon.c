/* SPDX-License-Identifier: Apache-2.0 */
/* What the hub tells a side of matches, lives, payments, disputes: asked as either side does. */
#include <stdio.h>
#include <string.h>

#include "core/lines.h"
#include "tests/cases/reading.h"

/* The place of the next word among these; it must be one. */
static unsigned int want_word(struct play *play, const char *const *words, unsigned int count,
                              const char *what)
{
        const char *word = want(play, what);

        for (unsigned int i = 0; i < count; i++)
                if (words[i] && strcmp(words[i], word) == 0)
                        return i;
        wrong(play, "'%s' is no %s", word, what);
}

#define WORDS(list) list, sizeof(list) / sizeof((list)[0])

static const char *const results[] = {
        [MATCH_AGREED] = "agreed",           [MATCH_WITHIN] = "within",
        [MATCH_DISPUTED] = "disputed",       [MATCH_BEARER_ONLY] = "bearer-only",
        [MATCH_EARNER_ONLY] = "earner-only", [MATCH_DECIDED] = "decided",
};

struct match_sought {
        enum fact_kind kind;
        struct name segment;
        struct item item;
        struct period period;
};

static struct match_sought read_match_sought(struct play *play)
{
        struct reading r = { .play = play };
        struct match_sought ret = { 0 };

        if (!read_kind(&r, &ret.kind))
                wrong(play, "there is no such kind of fact");
        ret.period = want_period(play);
        if (words_take(play->words, "segment"))
                ret.segment = want_name(play);
        if (words_take(play->words, "item"))
                ret.item = want_item(play);
        return ret;
}

static struct match_row match_of(struct play *play, const struct contract_id *contract,
                                 enum side side, const struct match_sought *sought)
{
        struct query query = { .kind = QUERY_MATCHES };
        struct answer answer;

        ask_as_side(play, contract, side, &query, &answer);
        for (uint32_t i = 0; i < answer.match_count; i++) {
                const struct match_row *row = &answer.matches[i];

                if (row->kind == sought->kind && period_equal(row->period, sought->period) &&
                    strcmp(row->segment.text, sought->segment.text) == 0 &&
                    strcmp(row->item.text, sought->item.text) == 0)
                        return *row;
        }
        wrong(play, "the %s is shown no such match", side == SIDE_BEARER ? "bearer" : "earner");
}

/* expect match CONTRACT KIND PERIOD [segment S] [item I] RESULT [held|not-held] [window-over] */
void expect_match(struct play *play)
{
        const struct contract_id contract = want_contract(play)->id;
        const struct match_sought sought = read_match_sought(play);
        struct match_row row = match_of(play, &contract, SIDE_BEARER, &sought);
        struct match_row other = match_of(play, &contract, SIDE_EARNER, &sought);
        unsigned int result = want_word(play, WORDS(results), "result");

        if (row.result != other.result || row.held != other.held)
                wrong(play, "the sides are not told the same");
        if (row.result != result)
                wrong(play, "it is %s", results[row.result]);
        for (;;) {
                if (words_take(play->words, "held")) {
                        if (!row.held)
                                wrong(play, "it holds nothing");
                } else if (words_take(play->words, "not-held")) {
                        if (row.held)
                                wrong(play, "it holds");
                } else if (words_take(play->words, "window-over")) {
                        if (!row.window_over)
                                wrong(play, "its window is not over");
                } else if (words_take(play->words, "window-open")) {
                        if (row.window_over || !row.answer_until)
                                wrong(play, "its window is not open");
                } else {
                        return;
                }
        }
}

static const char *const lives[] = {
        [LIFE_NONE] = "none",         [LIFE_ISSUED] = "issued", [LIFE_DISPUTED] = "disputed",
        [LIFE_ACCEPTED] = "accepted", [LIFE_LAPSED] = "lapsed", [LIFE_REPLACED] = "replaced",
};

static struct statement_row statement_of(struct play *play, const struct contract_id *contract,
                                         struct period period, enum run_kind kind)
{
        struct query query = { .kind = QUERY_STATEMENTS };
        const struct statement_row *found = NULL;
        struct answer answer;

        ask_as_side(play, contract, SIDE_BEARER, &query, &answer);
        for (uint32_t i = 0; i < answer.statement_count; i++)
                if (period_equal(answer.statements[i].period, period) &&
                    (!kind || answer.statements[i].kind == kind))
                        found = &answer.statements[i];
        if (!found)
                wrong(play, "there is no such statement");
        return *found;
}

/* expect life CONTRACT PERIOD [of-run KIND] LIFE [by bearer|earner|both|nobody] [holding X] ... */
void expect_life(struct play *play)
{
        static const char *const by[] = { "nobody", "bearer", "earner", "both" };
        const struct contract_id contract = want_contract(play)->id;
        struct period period = want_period(play);
        enum run_kind kind = words_take(play->words, "of-run") ? want_run_kind(play) : 0;
        struct statement_row row = statement_of(play, &contract, period, kind);
        unsigned int life = want_word(play, WORDS(lives), "life");

        if (row.life != life)
                wrong(play, "it is %s", row.life <= LIFE_REPLACED ? lives[row.life] : "nothing");
        if (words_take(play->words, "by") &&
            want_word(play, WORDS(by), "who accepted") != row.accepted_by)
                wrong(play, "it was accepted by %s", by[row.accepted_by & 3]);
        if (words_take(play->words, "holding") && want_money(play) != row.held)
                wrong(play, "it holds %lld cents", (long long)row.held);
        if (words_take(play->words, "until")) {
                if (want_moment(play) / 86400000000 != row.answer_until / 86400000000)
                        wrong(play, "its window ends at %lld us", (long long)row.answer_until);
        } else if (words_take(play->words, "no-window") && row.answer_until) {
                wrong(play, "its window ends at %lld us", (long long)row.answer_until);
        }
}

static const char *const witnessings[] = {
        [WITNESSING_NONE] = "none", [WITNESSING_AWAITED] = "awaited",
        [WITNESSING_SEEN] = "seen", [WITNESSING_WITHOUT] = "without",
};

/* expect witnessing CONTRACT PERIOD [of-run KIND] HOW [by bearer|earner|both|nobody] */
void expect_witnessing(struct play *play)
{
        static const char *const by[] = { "nobody", "bearer", "earner", "both" };
        const struct contract_id contract = want_contract(play)->id;
        struct period period = want_period(play);
        enum run_kind kind = words_take(play->words, "of-run") ? want_run_kind(play) : 0;
        struct statement_row row = statement_of(play, &contract, period, kind);

        if (want_word(play, WORDS(witnessings), "way to be seen") != row.witness)
                wrong(play, "it is %s", witnessings[row.witness]);
        if (words_take(play->words, "by") &&
            want_word(play, WORDS(by), "whose witnesses") != row.witness_sides)
                wrong(play, "it was seen by %s", by[row.witness_sides & 3]);
}

static const char *const due_kinds[] = {
        [0] = "nothing",
        [DUE_OFFER_LAPSES] = "offer-lapses",
        [DUE_RUNOUT_ENDS] = "runout-ends",
        [DUE_FACT_WINDOW_ENDS] = "fact-window-ends",
        [DUE_DISPUTE_WINDOW_ENDS] = "dispute-window-ends",
        [DUE_PAYMENT_OVERDUE] = "payment-overdue",
        [DUE_WITNESS_WINDOW_ENDS] = "witness-window-ends",
};

static void expect_recon_figure(struct play *play, const struct recon_row *row, const char *word)
{
        const struct { const char *name; int64_t is; bool cents; } figures[] = {
                { "agreed", row->agreed, false },     { "disputed", row->disputed, false },
                { "one-sided", row->one_sided, false },
                { "missing-bearer", row->missing_bearer, false },
                { "missing-earner", row->missing_earner, false },
                { "payable", row->payable, true },    { "holding", row->held, true },
                { "open", row->open, true },
        };
        int64_t should;

        for (size_t i = 0; i < sizeof(figures) / sizeof(figures[0]); i++)
                if (strcmp(figures[i].name, word) == 0) {
                        should = figures[i].cents ? want_money(play) : (int64_t)want_number(play);
                        if (should != figures[i].is)
                                wrong(play, "%s is %lld", word, (long long)figures[i].is);
                        return;
                }
        wrong(play, "'%s' is not said of it", word);
}

static struct recon_row recon_of(struct play *play, const struct contract_id *contract,
                                 enum side side, struct period period)
{
        struct query query = { .kind = QUERY_RECON };
        struct answer answer;

        ask_as_side(play, contract, side, &query, &answer);
        for (uint32_t i = 0; i < answer.recon_count; i++)
                if (contract_id_equal(&answer.recons[i].contract, contract) &&
                    period_equal(answer.recons[i].period, period))
                        return answer.recons[i];
        wrong(play, "the %s is not told of it", side == SIDE_BEARER ? "bearer" : "earner");
}

/* expect recon CONTRACT PERIOD [life LIFE] [due KIND [for bearer|earner|both]] [FIGURE N] ... */
void expect_recon(struct play *play)
{
        static const char *const whom[] = { "nobody", "bearer", "earner", "both" };
        const struct contract_id contract = want_contract(play)->id;
        struct period period = want_period(play);
        struct recon_row row = recon_of(play, &contract, SIDE_BEARER, period);
        struct recon_row other = recon_of(play, &contract, SIDE_EARNER, period);

        if (row.life != other.life || row.payable != other.payable || row.open != other.open)
                wrong(play, "the sides are not told the same");
        while (words_peek(play->words)) {
                if (words_take(play->words, "life")) {
                        if (want_word(play, WORDS(lives), "life") != row.life)
                                wrong(play, "it is %s", lives[row.life]);
                } else if (words_take(play->words, "due")) {
                        if (want_word(play, WORDS(due_kinds), "due moment") != row.due)
                                wrong(play, "due next is %s", due_kinds[row.due]);
                } else if (words_take(play->words, "for")) {
                        if (want_word(play, WORDS(whom), "whom it is for") != row.due_for)
                                wrong(play, "it is for %u", row.due_for);
                } else {
                        expect_recon_figure(play, &row, words_next(play->words));
                }
        }
}

static const char *const payment_states[] = {
        [PAYMENT_MATCHED] = "matched",     [PAYMENT_PARTIAL] = "partial",
        [PAYMENT_UNMATCHED] = "unmatched", [PAYMENT_NEEDS_REVIEW] = "needs-review",
};

/* expect payment CONTRACT TRACE STATE [payer bearer|earner] */
void expect_payment(struct play *play)
{
        const struct contract_id contract = want_contract(play)->id;
        struct item trace = want_item(play);
        struct query query = { .kind = QUERY_PAYMENTS };
        const struct payment_row *row = NULL;
        struct answer answer;

        ask_as_side(play, &contract, SIDE_EARNER, &query, &answer);
        for (uint32_t i = 0; i < answer.payment_count; i++)
                if (strcmp(answer.payments[i].trace.text, trace.text) == 0)
                        row = &answer.payments[i];
        if (!row)
                wrong(play, "there is no such payment");
        if (want_word(play, WORDS(payment_states), "state of a payment") != row->state)
                wrong(play, "it is %s: %s", payment_states[row->state], row->says.text);
        if (words_take(play->words, "payer") && want_side(play) != row->payer)
                wrong(play, "the other side pays");
}

/* expect dispute CONTRACT LABEL|INDEX open|in-force|ended */
void expect_dispute(struct play *play)
{
        static const char *const states[] = {
                [DISPUTE_OPEN] = "open", [DISPUTE_IN_FORCE] = "in-force", [DISPUTE_ENDED] = "ended",
        };
        const struct contract_id contract = want_contract(play)->id;
        uint64_t index = want_index(play);
        struct query query = { .kind = QUERY_DISPUTES };
        struct answer answer;

        ask_as_side(play, &contract, SIDE_BEARER, &query, &answer);
        for (uint32_t i = 0; i < answer.dispute_count; i++)
                if (answer.disputes[i].index == index) {
                        if (want_word(play, WORDS(states), "state") != answer.disputes[i].state)
                                wrong(play, "it is %s", states[answer.disputes[i].state]);
                        return;
                }
        wrong(play, "there is no such dispute");
}

static const char *const causes[] = {
        [DIFFERS_BY_INPUT] = "input",           [DIFFERS_BY_TERMS] = "terms",
        [DIFFERS_BY_ORDER] = "order",           [DIFFERS_BY_ROUNDING] = "rounding",
        [DIFFERS_BY_ARITHMETIC] = "arithmetic", [DIFFERS_BY_LINE_ABOVE] = "line-above",
        [DIFFERS_BY_SILENCE] = "silence",
};

/* expect compare CONTRACT PERIOD bearer|earner equal | CAUSE at LINE: the first difference */
void expect_compare(struct play *play)
{
        const struct contract_id contract = want_contract(play)->id;
        struct query query = { .kind = QUERY_COMPARE, .period = want_period(play) };
        const struct figure_difference *first;
        const struct comparison *comparison;
        const struct line_info *line;
        struct answer answer;

        query.side = want_side(play);
        ask_as_side(play, &contract, SIDE_BEARER, &query, &answer);
        comparison = answer.comparison;
        if (!comparison)
                wrong(play, "there is nothing to compare");
        first = comparison->difference_count ? &comparison->differences[0] : NULL;
        if (words_take(play->words, "equal")) {
                if (first)
                        wrong(play, "they differ: %s", first->says.text);
                return;
        }
        if (!first)
                wrong(play, "they do not differ");
        if (want_word(play, WORDS(causes), "cause") != first->cause)
                wrong(play, "they differ by %s: %s", causes[first->cause], first->says.text);
        line = line_info(comparison->statement->lines[first->line].code);
        if (words_take(play->words, "at") && strcmp(want(play, "a line"), line->name) != 0)
                wrong(play, "they differ at %s first", line->name);
}
