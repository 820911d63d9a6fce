/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lives of statements by random walks, every step held against a small model and against what books
 * may never do. ACCORD_LIFE_STEPS and ACCORD_LIFE_SEED in the environment make it longer, or other.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/core/life_model.h"
#include "tests/core/run.h"
#include "tests/draw.h"
#include "tests/rounds.h"

#define STEPS 150000
#define ENTRIES_MAX 4096
#define MONTHS 12
#define BOOKS (2 * ACCOUNT_LAST + 2)

/* As ck_assert(), which says of every step that it was there: too slow for a million of them. */
#define HOLDS(what)                                                                     \
        do {                                                                            \
                if (!(what))                                                            \
                        ck_abort_msg("step %lu: not so: " #what, (unsigned long)place); \
        } while (0)

struct made_entry {
        unsigned int run;
        enum purpose purpose;
        int64_t cents;
        enum journal_state state;
        unsigned int changes;
};

static struct model model;
static struct statement_life lives[MODEL_RUNS_MAX];
static struct made_entry entries[ENTRIES_MAX + 1];      /* by index, from 1 */
static unsigned int entry_count;
static struct balance_state books[BOOKS];               /* of the bearer, then of the earner */
static uint64_t last_dispute, place;                    /* the step, for messages */
static uint64_t random_state;

static const struct contract_id contract = { { "bearer" }, { "earner" }, { "label" } };

static uint64_t draw(uint64_t below)
{
        return splitmix(&random_state) % below;
}

/* Small ones meet each other, and 0, often; a few are as large as any. */
static int64_t draw_cents(void)
{
        if (draw(50) == 0)
                return (draw(2) ? 1 : -1) * MONEY_MAX * SEGMENTS_MAX;
        return (int64_t)draw(7) * 10 - (draw(3) ? 0 : 30);
}

/* ---- the books, by their legs */

static struct balance_state *book_of(const struct leg *leg)
{
        bool earner = name_equal(&leg->party, &contract.earner);

        HOLDS(earner || name_equal(&leg->party, &contract.bearer));
        return &books[leg->account + (earner ? ACCOUNT_LAST + 1 : 0)];
}

static void book(const struct made_entry *entry, enum journal_state state, bool is_new)
{
        struct journal_entry journal = { .contract = contract };
        int64_t sum = 0;

        journal_legs(&journal, entry->purpose, entry->cents);
        HOLDS(journal_cents(&journal) == entry->cents);
        for (uint32_t i = 0; i < journal.leg_count; i++) {
                sum += journal.legs[i].cents;
                if (is_new)
                        balance_enter(book_of(&journal.legs[i]), state, journal.legs[i].cents);
                else
                        balance_change(book_of(&journal.legs[i]), state, journal.legs[i].cents);
        }
        HOLDS(sum == 0);
}

static void carry_out(unsigned int run, const struct life_change *change)
{
        struct made_entry *entry;

        if (change->entry) {
                entry = &entries[change->entry];
                HOLDS(entry->run == run);
                HOLDS(entry->purpose == change->purpose && entry->cents == change->cents);
                HOLDS(entry->state == JOURNAL_PENDING && entry->changes == 0);
                HOLDS(life_entry_changed(&lives[run], change->entry, change->state));
                HOLDS(!life_entry_changed(&lives[run], change->entry, change->state));
                entry->state = change->state;
                entry->changes++;
                book(entry, change->state, false);
                return;
        }
        HOLDS(entry_count < ENTRIES_MAX);
        entry = &entries[++entry_count];
        *entry = (struct made_entry) { run, change->purpose, change->cents, change->state, 0 };
        HOLDS(life_entered(&lives[run], entry_count, change->purpose, change->state,
                               change->cents));
        book(entry, change->state, true);
}

/* Of all statements: one may have taken the place of others. */
static void settle_books(void)
{
        struct life_change changes[LIFE_CHANGES_MAX];

        for (unsigned int i = 0; i < model.run_count; i++) {
                size_t count = life_changes(&lives[i], changes);

                for (size_t j = 0; j < count; j++)
                        carry_out(i, &changes[j]);
                HOLDS(life_changes(&lives[i], changes) == 0);
        }
}

/* ---- what must hold */

static int amount_of(enum purpose purpose)
{
        switch (purpose) {
        case PURPOSE_SETTLEMENT:
                return LIFE_SETTLEMENT;
        case PURPOSE_WITHHOLD:
                return LIFE_WITHHELD;
        case PURPOSE_ADVANCE:
                return LIFE_ADVANCED;
        default:
                return LIFE_RECOUPED;
        }
}

static void sum_entries(struct model_totals *ret)
{
        unsigned int open[MODEL_RUNS_MAX][LIFE_AMOUNTS + LIFE_HOLDS] = { { 0 } };

        memset(ret, 0, sizeof(*ret));
        for (unsigned int i = 1; i <= entry_count; i++) {
                const struct made_entry *entry = &entries[i];
                bool is_hold = entry->purpose == PURPOSE_HOLD;
                int at = is_hold ? LIFE_AMOUNTS + (entry->cents < 0) : amount_of(entry->purpose);

                HOLDS(model.runs[entry->run].posts);
                HOLDS(entry->changes <= 1);
                HOLDS(!is_hold || entry->state != JOURNAL_POSTED);
                if (entry->state == JOURNAL_PENDING)
                        HOLDS(open[entry->run][at]++ == 0);
                if (entry->state == JOURNAL_VOIDED)
                        continue;
                if (is_hold)
                        ret->held[entry->cents < 0] += entry->cents < 0 ? -entry->cents
                                                                        : entry->cents;
                else if (entry->state == JOURNAL_POSTED)
                        ret->posted[at] += entry->cents;
                else
                        ret->pending[at] += entry->cents;
        }
        ret->undisputed = ret->posted[0] + ret->pending[0];
}

static void compare(void)
{
        struct model_totals is, should;

        sum_entries(&is);
        model_total(&model, &should);
        for (int i = 0; i < LIFE_AMOUNTS; i++) {
                HOLDS(is.posted[i] == should.posted[i]);
                HOLDS(is.pending[i] == should.pending[i]);
        }
        HOLDS(is.undisputed == should.undisputed);
        HOLDS(is.held[0] == should.held[0] && is.held[1] == should.held[1]);
}

static void check_lives(void)
{
        int64_t held = 0, open = 0;
        struct model_totals totals;
        bool full;

        model_total(&model, &totals);
        for (unsigned int i = 0; i < model.run_count; i++) {
                const struct statement_life *life = &lives[i];

                HOLDS(life->state == model_state(&model.runs[i]));
                for (enum side side = SIDE_BEARER; side <= SIDE_EARNER; side++) {
                        HOLDS(life_takes_acceptance(life, side) ==
                              model_may_accept(&model.runs[i], side));
                        HOLDS(life_takes_dispute(life, side, &full) ==
                              model_may_dispute(&model.runs[i], side));
                }
                HOLDS(life_waits(life) == model_may_lapse(&model.runs[i]));
                held += life_held(life);
                open += life_open(life);
        }
        HOLDS(held == totals.held[0] + totals.held[1]);
        HOLDS(open == totals.posted[LIFE_SETTLEMENT]);
}

/* Every entry debits one book: so much was ever pending, is posted, was voided. */
static void check_debits(const struct balance_state *debits)
{
        struct balance_state should = { 0 };

        for (unsigned int i = 1; i <= entry_count; i++) {
                const struct made_entry *entry = &entries[i];
                int64_t cents = entry->cents < 0 ? -entry->cents : entry->cents;

                should.debits_pending += cents;
                if (entry->state == JOURNAL_POSTED)
                        should.debits_posted += cents;
                else if (entry->state == JOURNAL_VOIDED)
                        should.debits_voided += cents;
        }
        HOLDS(debits->debits_pending == should.debits_pending);
        HOLDS(debits->debits_posted == should.debits_posted);
        HOLDS(debits->debits_voided == should.debits_voided);
}

static void check_books(const struct balance_state before[BOOKS])
{
        struct balance_state total = { 0 }, debits = { 0 };

        for (unsigned int i = 0; i < BOOKS; i++) {
                const struct balance_state *b = &books[i], *was = &before[i];

                HOLDS(was->debits_pending <= b->debits_pending);
                HOLDS(was->credits_pending <= b->credits_pending);
                HOLDS(was->debits_posted <= b->debits_posted);
                HOLDS(was->credits_posted <= b->credits_posted);
                HOLDS(was->debits_voided <= b->debits_voided);
                HOLDS(was->credits_voided <= b->credits_voided);
                HOLDS(b->debits_posted + b->debits_voided <= b->debits_pending);
                HOLDS(b->credits_posted + b->credits_voided <= b->credits_pending);
                debits.debits_pending += b->debits_pending;
                debits.debits_posted += b->debits_posted;
                debits.debits_voided += b->debits_voided;
                total.debits_pending += b->debits_pending - b->credits_pending;
                total.debits_posted += b->debits_posted - b->credits_posted;
                total.debits_voided += b->debits_voided - b->credits_voided;
        }
        check_debits(&debits);
        HOLDS(total.debits_pending == 0);
        HOLDS(total.debits_posted == 0);
        HOLDS(total.debits_voided == 0);
}

/* ---- steps */

/* The year, its halves cut at one of two months, or a quarter across the cut. */
static void draw_period(int *ret_from, int *ret_until)
{
        static const int periods[][2] = { { 0, MONTHS }, { 0, 4 }, { 4, MONTHS }, { 0, 6 },
                                          { 6, MONTHS }, { 3, 9 }, { 4, 6 } };
        uint64_t i = draw(sizeof(periods) / sizeof(periods[0]));

        *ret_from = periods[i][0];
        *ret_until = periods[i][1];
}

static void issue(void)
{
        struct life_issue issue = { .posts = draw(8) != 0, .has_versions = draw(4) == 0 };
        unsigned int order = model.run_count * 2 + 2, at;
        int from, until;

        draw_period(&from, &until);
        if (draw(8) == 0)               /* ordered long ago, and computed only now */
                order = (unsigned int)draw(order) | 1;
        for (int i = 0; i < LIFE_AMOUNTS; i++)
                issue.says[i] = i == LIFE_SETTLEMENT || draw(3) == 0 ? draw_cents() : 0;
        issue.by_bearer = issue.has_versions ? draw_cents() : 0;
        issue.by_earner = issue.has_versions ? draw_cents() : 0;
        at = model_issue(&model, &issue, from, until, order);
        issue.overtaken = issue.posts && !model.runs[at].stands;
        life_issued(&lives[at], &issue);
        for (unsigned int i = 0; life_stands(&lives[at]) && i < at; i++)
                if (life_stands(&lives[i]) && model.runs[i].from < until &&
                    model.runs[i].until > from)
                        life_replaced(&lives[i], &lives[at]);
}

static void accept(unsigned int run, enum side side)
{
        if (!model_may_accept(&model.runs[run], side))
                return;
        model_accept(&model.runs[run], side);
        life_accepted(&lives[run], side);
}

static void dispute(unsigned int run, enum side side)
{
        const struct life_claim claim = { ++last_dispute, side, draw_cents() };
        bool full;

        if (!model_may_dispute(&model.runs[run], side))
                return;
        life_takes_dispute(&lives[run], side, &full);
        HOLDS(full == (model.runs[run].claim_count == LIFE_CLAIMS_MAX));
        if (full)
                return;
        model_dispute(&model.runs[run], &claim);
        life_disputed(&lives[run], &claim);
}

static void end(unsigned int run)
{
        struct model_run *of = &model.runs[run];
        unsigned int claim;

        if (!of->claim_count)
                return;
        claim = (unsigned int)draw(of->claim_count);
        HOLDS(life_dispute_ended(&lives[run], of->claims[claim].dispute));
        HOLDS(!life_dispute_ended(&lives[run], of->claims[claim].dispute));
        model_end(of, claim);
}

static void lapse(unsigned int run)
{
        if (!model_may_lapse(&model.runs[run]))
                return;
        model_lapse(&model.runs[run]);
        life_lapsed(&lives[run]);
}

static void one_event(void)
{
        /* Mostly the newest: what was said of older ones is over, as a rule. */
        unsigned int count = model.run_count, least = count > 4 && draw(4) ? count - 4 : 0;
        unsigned int run = least + (unsigned int)draw(count - least);
        enum side side = draw(2) ? SIDE_BEARER : SIDE_EARNER;

        switch (draw(10)) {
        case 0:
        case 1:
                issue();
                break;
        case 2:
        case 3:
                accept(run, side);
                break;
        case 4:
                lapse(run);
                break;
        case 5:
        case 6:
        case 7:
                dispute(run, side);
                break;
        default:
                end(run);
        }
}

static void begin_again(void)
{
        memset(&model, 0, sizeof(model));
        memset(lives, 0, sizeof(lives));
        memset(books, 0, sizeof(books));
        entry_count = 0;
        issue();
        settle_books();
}

static uint64_t wanted(const char *name, uint64_t otherwise)
{
        const char *text = getenv(name);

        return text ? strtoull(text, NULL, 10) : otherwise;
}

START_TEST(no_walk_leads_to_books_that_do_not_say_what_the_statements_say)
{
        uint64_t steps = wanted("ACCORD_LIFE_STEPS", ROUNDS_OF(STEPS));
        struct balance_state before[BOOKS];
        unsigned int worlds = 0, made = 0;

        random_state = wanted("ACCORD_LIFE_SEED", 4);
        begin_again();
        for (place = 0; place < steps; place++) {
                if (model.run_count == MODEL_RUNS_MAX || draw(120) == 0) {
                        made += entry_count;
                        begin_again();
                        worlds++;
                }
                memcpy(before, books, sizeof(books));
                one_event();
                settle_books();
                compare();
                check_lives();
                check_books(before);
        }
        if (getenv("ACCORD_LIFE_STEPS"))
                printf("%lu steps in %u histories, %u entries\n", (unsigned long)steps, worlds,
                       made);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("walks");

        tcase_set_timeout(tests, 3000);
        tcase_add_test(tests, no_walk_leads_to_books_that_do_not_say_what_the_statements_say);
        return run_case(tests, "life");
}
