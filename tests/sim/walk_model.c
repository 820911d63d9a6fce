/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the books should say, by a model that knows the rules in a few lines: which statement stands
 * for a period, what of it nobody disputes, and what is held. Signals are looked at too: who hears
 * of a contract.
 */
#include <stdlib.h>
#include <string.h>

#include "tests/sim/walk.h"

#define DAY (86400 * SECOND)

static struct walk_contract *contract_of(struct walk *walk, const struct contract_id *id)
{
        for (unsigned int i = 0; i < WALK_CONTRACTS; i++)
                if (contract_id_equal(&walk->contracts[i].id, id))
                        return &walk->contracts[i];
        return NULL;
}

static struct walk_life *life_of(struct walk_contract *contract, uint64_t run)
{
        for (unsigned int i = 0; i < contract->life_count; i++)
                if (contract->lives[i].run == run)
                        return &contract->lives[i];
        return NULL;
}

/* ---- what the nodes say */

static void read_fact(struct walk_contract *contract, unsigned int side, uint64_t index,
                      const struct fact_event *fact)
{
        for (unsigned int k = 0; k < WALK_KINDS; k++)
                for (unsigned int p = 0; p < WALK_PERIODS; p++)
                        if (walk_kinds[k] == fact->key.kind &&
                            period_equal(walk_period(p), fact->key.period))
                                contract->facts[side][k][p] =
                                        (struct walk_said) { index, fact->value.num };
}

static void read_figure(struct walk_contract *contract, unsigned int side, uint64_t index,
                        const struct figure *figure)
{
        for (unsigned int p = 0; p < WALK_PERIODS; p++)
                if (period_equal(walk_period(p), figure->period))
                        contract->figures[side][p].index = index;
}

static void close_claim(struct walk *walk, struct walk_contract *contract, uint64_t index,
                        instant time)
{
        struct walk_claim *claim = NULL;
        struct walk_life *life;

        for (unsigned int i = 0; i < contract->claim_count; i++)
                if (contract->claims[i].index == index)
                        claim = &contract->claims[i];
        if (!claim)
                walk_fails(walk, "entry %llu closes a dispute that is none",
                           (unsigned long long)index);
        claim->open = false;
        life = life_of(contract, claim->run);
        if (life)
                life->since = time;
}

static void read_decisions(struct walk *walk, struct walk_contract *contract, struct bytes bytes,
                           instant time)
{
        struct decisions decisions;
        struct fault fault;

        must(wire_read_decisions(bytes, &walk->stage.arena, &decisions, &fault), "decisions");
        for (uint32_t i = 0; i < decisions.dispute_count; i++)
                close_claim(walk, contract, decisions.disputes[i].dispute, time);
        walk->decided++;
}

static void read_proposal(struct walk *walk, struct walk_contract *contract, unsigned int side,
                          uint64_t index, struct bytes bytes)
{
        struct decisions decisions;
        struct fault fault;

        must(wire_read_decisions(bytes, &walk->stage.arena, &decisions, &fault), "decisions");
        contract->proposal = (struct walk_proposal) {
                .index = index, .side = side ? SIDE_EARNER : SIDE_BEARER,
                .digest = sha256_of(bytes),
                .closes = decisions.dispute_count ? decisions.disputes[0].dispute : 0,
        };
}

static void read_payment(struct walk_contract *contract, uint64_t index,
                         const struct payment *said)
{
        unsigned int number = (unsigned int)strtoul(said->trace.text + 1, NULL, 10);
        struct walk_payment *payment = &contract->payments[number];
        unsigned int way = said->direction == PAYMENT_RECEIVED;

        payment->index[way] = index;
        payment->cents[way] = said->cents;
}

static void read_event(struct walk *walk, struct walk_contract *contract, unsigned int side,
                       const struct log_row *row, const struct event *event)
{
        struct walk_life *life;

        switch (event->kind) {
        case EVENT_FACT:
                read_fact(contract, side, row->index, &event->fact);
                return;
        case EVENT_FIGURE:
                read_figure(contract, side, row->index, &event->figure);
                return;
        case EVENT_STATEMENT_ACCEPTANCE:
                life = life_of(contract, event->statement_acceptance.run);
                if (life)
                        life->accepted |= 1u << side;
                return;
        case EVENT_DISPUTE:
                contract->claims[contract->claim_count++] = (struct walk_claim) {
                        row->index, event->dispute.run, side ? SIDE_EARNER : SIDE_BEARER,
                        event->dispute.claims, true,
                };
                return;
        case EVENT_DISPUTE_END:
                close_claim(walk, contract, event->dispute_end.dispute, row->time);
                return;
        case EVENT_RESOLUTION:
                read_proposal(walk, contract, side, row->index, event->resolution.decisions);
                return;
        case EVENT_RESOLUTION_ACCEPTANCE:
                contract->proposal.in_force = true;
                if (contract->proposal.closes)
                        close_claim(walk, contract, contract->proposal.closes, row->time);
                walk->decided++;
                return;
        case EVENT_DETERMINATION:
                read_decisions(walk, contract, event->determination.decisions, row->time);
                return;
        case EVENT_PAYMENT:
                read_payment(contract, row->index, &event->payment);
                return;
        default:
                return;
        }
}

static void read_submission(struct walk *walk, const struct log_row *row)
{
        struct submission submission;
        struct walk_contract *contract;
        struct fault fault;

        must(wire_read_submission(row->bytes, &walk->stage.arena, &submission, &fault),
             "wire_read_submission");
        contract = contract_of(walk, &submission.contract);
        if (!contract)
                return;
        for (uint32_t i = 0; i < submission.event_count; i++) {
                walk->kinds[submission.events[i].kind]++;
                read_event(walk, contract,
                           name_equal(&submission.sender.party, &contract->id.earner), row,
                           &submission.events[i]);
        }
}

/* ---- what the hub says */

static bool posts(const struct walk_contract *contract, const struct statement *s)
{
        bool historical = contract->number == 3 && s->run.period.until <= date_of(2024, 1, 1);

        return s->status == STATEMENT_CALCULATED && s->standing == STANDING_BINDING &&
               s->run.kind != RUN_INTERIM && !s->relayed && !historical;
}

static void read_statement(struct walk *walk, const struct log_row *row, const struct statement *s)
{
        struct walk_contract *contract = contract_of(walk, &s->run.contract);
        struct walk_life *life;

        if (!contract || s->status != STATEMENT_CALCULATED)
                return;
        if (contract->life_count == WALK_LIVES_MAX)
                walk_fails(walk, "too many statements of one contract");
        life = &contract->lives[contract->life_count++];
        *life = (struct walk_life) {
                .run = s->run.cut, .statement = row->index, .posts = posts(contract, s),
                .digest = sha256_of(row->bytes), .payable = s->payable,
                .holds = s->has_versions && s->basis != SIDE_NEITHER,
                .by_bearer = s->by_bearer, .by_earner = s->by_earner, .since = row->time,
                .period = !period_equal(s->run.period, walk_period(0)),
        };
        life->stands = life->posts;
        for (unsigned int i = 0; life->posts && i + 1 < contract->life_count; i++) {
                struct walk_life *older = &contract->lives[i];

                if (!older->stands || older->period != life->period)
                        continue;
                if (older->run > life->run) {
                        life->stands = false;
                        continue;
                }
                older->stands = false;
                walk->replaced++;
        }
}

int64_t walk_open(const struct walk_contract *contract, unsigned int period)
{
        int64_t open = 0;

        for (unsigned int i = 0; i < contract->life_count; i++)
                if (contract->lives[i].period == period)
                        open += contract->lives[i].posted - contract->lives[i].paid;
        return open;
}

/* Never past what is open of the period, and never the other way. */
static void check_payment(const struct walk *walk, const struct walk_contract *contract,
                          const struct walk_life *life, int64_t cents)
{
        int64_t open = walk_open(contract, life->period);

        if (open > 0 ? cents <= 0 || cents > open : cents >= 0 || cents < open)
                walk_fails(walk, "a payment of %lld where %lld is open", (long long)cents,
                           (long long)open);
}

static void read_journal(struct walk *walk, const struct log_row *row, struct walk_contract *c,
                         uint64_t changed)
{
        const struct book_entry *entry =
                books_entry(&walk->books, changed ? changed : row->index);
        struct walk_life *life = life_of(c, entry->run);
        int64_t cents = book_cents(&walk->books, entry);
        bool posted = changed ? entry->state == JOURNAL_POSTED
                              : entry->first == JOURNAL_POSTED;

        if (!life || !posted)
                return;
        if (!life->posts)
                walk_fails(walk, "run %llu posts, and must not", (unsigned long long)life->run);
        if (entry->purpose == PURPOSE_SETTLEMENT) {
                life->posted += cents;
        } else if (entry->purpose == PURPOSE_PAYMENT) {
                check_payment(walk, c, life, cents);
                life->paid += cents;
                walk->payments++;
        } else if (entry->purpose == PURPOSE_REVERSAL) {
                life->paid += cents;
        }
}

static void check_for_whom(struct walk *walk, const struct signal *signal)
{
        const struct contract_id *id = &signal->contract;
        bool to_decide = signal->kind == SIGNAL_FACT_DISPUTED ||
                         signal->kind == SIGNAL_STATEMENT_DISPUTED;
        const struct walk_contract *contract = contract_of(walk, id);

        walk->signals++;
        if (name_equal(&signal->party, &id->bearer) || name_equal(&signal->party, &id->earner))
                return;
        if (!to_decide || (contract && contract->number != 0) ||
            !name_equal(&signal->party, &walk->players[WALK_ARBITER].path.party))
                walk_fails(walk, "%s hears of a contract that is not its own, by signal %d",
                           signal->party.text, (int)signal->kind);
}

static int look_at(void *with, const struct log_row *row)
{
        struct walk *walk = with;
        struct walk_contract *contract;
        struct record record;
        struct fault fault;

        walk->next = row->index + 1;
        arena_reset(&walk->stage.arena);
        if (row->kind == ENTRY_SUBMISSION) {
                read_submission(walk, row);
                return 0;
        }
        must(wire_read_record(row->bytes, &walk->stage.arena, &record, &fault), "record");
        if (row->kind == ENTRY_STATEMENT) {
                read_statement(walk, row, record.statement);
        } else if (row->kind == ENTRY_SIGNAL) {
                check_for_whom(walk, &record.signal);
        } else if (row->kind == ENTRY_JOURNAL_ENTRY) {
                contract = contract_of(walk, &record.journal_entry.contract);
                if (contract)
                        read_journal(walk, row, contract, 0);
        } else if (row->kind == ENTRY_JOURNAL_CHANGE) {
                contract = contract_of(walk, &record.journal_change.contract);
                if (contract)
                        read_journal(walk, row, contract, record.journal_change.entry);
        }
        return 0;
}

/* ---- what follows */

static int64_t nearer(int64_t a, int64_t b)
{
        if ((a > 0) != (b > 0) || !a || !b)
                return 0;
        return (a > 0) == (a < b) ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
        return a > b ? a : b;
}

struct due_sums {
        int64_t undisputed, held;
        bool disputed;
};

static struct due_sums sums_of(const struct walk_contract *contract, const struct walk_life *life)
{
        struct due_sums ret = { .undisputed = life->payable };
        int64_t up = most(life->payable, 0), down = most(-life->payable, 0);

        if (life->holds) {
                up = most(up, most(life->by_bearer, life->by_earner));
                down = most(down, most(-life->by_bearer, -life->by_earner));
        }
        for (unsigned int i = 0; i < contract->claim_count; i++) {
                const struct walk_claim *claim = &contract->claims[i];

                if (!claim->open || claim->run != life->run)
                        continue;
                ret.disputed = true;
                ret.undisputed = nearer(ret.undisputed, claim->claims);
                up = most(up, claim->claims);
                down = most(down, -claim->claims);
        }
        ret.held = up - most(ret.undisputed, 0) - (down - most(-ret.undisputed, 0));
        return ret;
}

static uint64_t pending_of(const struct walk *walk, const struct walk_life *life)
{
        for (size_t i = walk->books.statement_count; i > 0; i--)
                if (walk->books.statements[i - 1].run == life->run)
                        return walk->books.statements[i - 1].pending;
        return 0;
}

/* Nothing is pending of what both accepted, what nobody answered in time, what was replaced. */
static void check_pending(const struct walk *walk, const struct walk_contract *contract,
                          const struct walk_life *life, bool disputed)
{
        uint32_t days = walk_dispute_days(contract->number);
        bool over = days && life->since + (int64_t)days * DAY < walk->stage.now - SECOND;

        if ((!life->stands || life->accepted == 3 || (over && !disputed) || disputed) &&
            pending_of(walk, life))
                walk_fails(walk, "run %llu is pending, and should not be",
                           (unsigned long long)life->run);
}

static void check_contract(struct walk *walk, const struct walk_contract *contract)
{
        int64_t undisputed = 0, held = 0;
        struct due_sums sums;
        unsigned int no;

        for (no = 0; no < walk->books.contract_count; no++)
                if (contract_id_equal(&walk->books.contracts[no], &contract->id))
                        break;
        if (no == walk->books.contract_count)
                return;
        for (unsigned int i = 0; i < contract->life_count; i++) {
                const struct walk_life *life = &contract->lives[i];

                if (!life->posts)
                        continue;
                sums = sums_of(contract, life);
                if (i + 20 > contract->life_count || life->stands)
                        check_pending(walk, contract, life, sums.disputed);
                undisputed += life->stands ? sums.undisputed : 0;
                held += life->stands ? sums.held : 0;
        }
        if (walk->books.sums[no][PURPOSE_SETTLEMENT] != undisputed)
                walk_fails(walk, "of contract %u %lld is posted or pending, undisputed %lld",
                           contract->number,
                           (long long)walk->books.sums[no][PURPOSE_SETTLEMENT],
                           (long long)undisputed);
        if (walk->books.sums[no][PURPOSE_HOLD] != held)
                walk_fails(walk, "of contract %u %lld is held, should be %lld", contract->number,
                           (long long)walk->books.sums[no][PURPOSE_HOLD], (long long)held);
        if (books_hold_contract(&walk->books, &walk->stage, no))
                walk_fails(walk, "%s", walk->books.finding);
}

void walk_look(struct walk *walk)
{
        const char *finding = books_read(&walk->books, &walk->stage);

        if (finding)
                walk_fails(walk, "%s", finding);
        must(hub_visit_log(walk->stage.hub, walk->next, look_at, walk), "hub_visit_log");
        for (unsigned int i = 0; i < WALK_CONTRACTS; i++)
                check_contract(walk, &walk->contracts[i]);
}
