/* SPDX-License-Identifier: Apache-2.0 */
/* What is said next, and by whom: mostly what makes sense, and now and then not. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/walk.h"

#define DAY (86400 * SECOND)

const enum fact_kind walk_kinds[WALK_KINDS] = {
        FACT_HEAD_COUNT, FACT_EXPENDITURE, FACT_BENCHMARK,
};

struct period walk_period(unsigned int period)
{
        return period ? (struct period) { date_of(2024, 1, 1), date_of(2025, 1, 1) }
                      : (struct period) { date_of(2023, 1, 1), date_of(2024, 1, 1) };
}

static struct name name_of(const char *text)
{
        struct name name;

        must(name_parse((struct bytes) { text, strlen(text) }, &name) ? 0 : -EINVAL, text);
        return name;
}

/* ---- terms, one way of reconciling for each contract */

uint32_t walk_dispute_days(unsigned int number)
{
        static const uint32_t days[WALK_CONTRACTS] = { 20, 0, 15, 30 };

        return days[number];
}

static void add_rule(struct terms *terms, enum fact_kind kind, enum side of_record,
                     int64_t tolerance, uint32_t window, int64_t materiality)
{
        terms->rules[terms->rule_count++] = (struct fact_rule) {
                .kind = kind, .of_record = of_record, .other = REPORT_MAY, .tolerance = tolerance,
                .tolerance_share = { 0, 1 }, .window_days = window, .materiality = materiality,
        };
}

void walk_terms(const struct walk *walk, const struct walk_contract *contract, struct terms *ret)
{
        unsigned int no = contract->number;

        stage_terms(ret, &contract->id, contract->version + 1);
        ret->periods[0] = walk_period(0);
        ret->periods[1] = walk_period(1);
        ret->period_count = 2;
        ret->agreement = (struct period) { ret->periods[0].from, ret->periods[1].until };
        ret->effective = ret->signed_on = ret->agreement.from;
        ret->applies = APPLIES_WHOLE_PERIOD;
        /* Losses are shared, too, so that money goes either way. */
        ret->steps[4].params[ret->steps[4].param_count++] = (struct param) {
                .name = name_of("losses"), .type = PARAM_WORD, .word = name_of("same"),
        };
        ret->steps[5].params[1] = (struct param) {
                .name = name_of("down"), .type = PARAM_WORD, .word = name_of("fixed"),
        };
        ret->steps[5].params[2] = (struct param) {
                .name = name_of("down_rate"), .type = PARAM_RATE,
                .rate = { 1 + walk->step % 3, 4 },
        };
        ret->steps[5].param_count = 3;
        add_rule(ret, FACT_EXPENDITURE, SIDE_BEARER, no == 2 ? 500 : 0, no == 1 ? 0 : 25, 0);
        add_rule(ret, FACT_BENCHMARK, no == 1 ? SIDE_EARNER : SIDE_BEARER, 0, 0,
                 no == 2 ? 1000 : 0);
        ret->reconciling = (struct reconciling) {
                .is = true, .dispute_days = walk_dispute_days(no), .payment_days = 10,
                .decides = no == 0 ? DECIDER_ARBITER : no == 1 ? DECIDER_OF_RECORD : 0,
                .arbiter = no == 0 ? walk->players[WALK_ARBITER].path.party : (struct name) { "" },
                .historical_until = no == 3 ? date_of(2024, 1, 1) : DATE_NONE,
        };
}

/* ---- saying */

static unsigned int party_of(const struct walk_contract *contract, unsigned int side)
{
        return side ? 2 + contract->number % 2 : contract->number / 2;
}

static void read_answer(struct walk *walk, unsigned int player)
{
        struct hub_frame frame;

        stage_answer(&walk->stage, 1, &frame);
        if (frame.kind == HUB_RECEIPT) {
                walk->recorded++;
        } else if (frame.kind == HUB_REFUSAL && frame.refusal.logged) {
                walk->refused++;
                walk->refusals[frame.refusal.faults[0].code & 255]++;
        } else {
                walk_fails(walk, "a good submission was not taken: %d, %s", (int)frame.kind,
                           frame.kind == HUB_REFUSAL
                                   ? refusal_name((enum refusal)frame.refusal.faults[0].code)
                                   : "busy");
        }
        walk->sequences[player]++;
}

static void begin(struct walk *walk)
{
        stage_begin(&walk->stage);
        must(hub_pass_time(walk->stage.hub), "hub_pass_time");
}

/* Each node is sent what is its party's, and nothing else can be opened by it. */
static void listen(struct walk *walk)
{
        struct signal_frame frame;
        struct record record;

        for (unsigned int i = 0; i < WALK_PARTIES; i++) {
                size_t at = 0;

                while (stage_heard(&walk->stage, &walk->players[i], &at, &frame, &record))
                        if (frame.kind == FRAME_ENTRY &&
                            !name_equal(&record.signal.party, &walk->players[i].path.party))
                                walk_fails(walk, "%s is sent a signal of another's",
                                           walk->players[i].path.party.text);
        }
}

static void commit(struct walk *walk)
{
        stage_commit(&walk->stage);
        listen(walk);
}

static void say(struct walk *walk, unsigned int player, const struct walk_contract *contract,
                const struct event *events, uint32_t count)
{
        struct submission submission = {
                .format = 1, .sender = walk->players[player].path, .contract = contract->id,
                .sequence = walk->sequences[player] + 1, .made_at = walk->stage.now,
                .events = events, .event_count = count,
        };
        struct bytes bytes;

        memset(submission.stream.octets, (int)player + 1, sizeof(submission.stream.octets));
        bytes = stage_sign(&walk->stage, &walk->players[player], &submission);
        begin(walk);
        stage_take_submission(&walk->stage, &walk->players[player], bytes, 1);
        commit(walk);
        free((void *)bytes.data);
        read_answer(walk, player);
}

/* ---- events */

static int64_t some_value(struct walk *walk, unsigned int kind)
{
        if (kind == 0)
                return 5;
        return 100000 + 2500 * ((int64_t)pick(&walk->random, 9) - 4) * (kind == 1 ? 2 : 1);
}

/* Now and then what the other side says, so that they agree. */
static void say_facts(struct walk *walk, struct walk_contract *c)
{
        unsigned int side = pick(&walk->random, 2), period = pick(&walk->random, WALK_PERIODS);
        struct event events[WALK_KINDS] = { 0 };
        uint32_t count = 0;

        for (unsigned int k = 0; k < WALK_KINDS; k++) {
                const struct walk_said *own = &c->facts[side][k][period];
                const struct walk_said *other = &c->facts[!side][k][period];
                struct event *event = &events[count];

                if (own->index && chance(&walk->random, 600))
                        continue;
                event->kind = EVENT_FACT;
                event->fact.key = (struct fact_key) {
                        .scope = SCOPE_CONTRACT, .kind = walk_kinds[k],
                        .paid_through = DATE_NONE, .period = walk_period(period),
                };
                event->fact.value = (struct value) {
                        fact_kind_info(walk_kinds[k])->unit,
                        other->index && chance(&walk->random, 500) ? other->value
                                                                    : some_value(walk, k), 1,
                };
                event->fact.has_supersedes = own->index != 0;
                event->fact.supersedes = own->index;
                count++;
        }
        if (count)
                say(walk, party_of(c, side), c, events, count);
}

static void say_run(struct walk *walk, struct walk_contract *c)
{
        unsigned int period = pick(&walk->random, WALK_PERIODS);
        bool had = false;
        struct event event = { .kind = EVENT_RUN_REQUEST };

        for (unsigned int i = 0; i < c->life_count; i++)
                had |= c->lives[i].period == period;
        event.run_request = (struct run_request) {
                .period = walk_period(period),
                .kind = chance(&walk->random, 100) ? RUN_INTERIM : had ? RUN_RESTATED : RUN_FINAL,
                .payment = (date)(walk->stage.now / DAY) + (date)pick(&walk->random, 40),
        };
        if (c->life_count < WALK_LIVES_MAX - 20)
                say(walk, party_of(c, pick(&walk->random, 2)), c, &event, 1);
}

/* Mostly one that stands. */
static struct walk_life *some_life(struct walk *walk, struct walk_contract *c)
{
        bool any = chance(&walk->random, 80);

        for (unsigned int try = 0; c->life_count && try < 40; try++) {
                struct walk_life *life = &c->lives[pick(&walk->random, c->life_count)];

                if (any || life->stands)
                        return life;
        }
        return NULL;
}

static void say_acceptance(struct walk *walk, struct walk_contract *c)
{
        const struct walk_life *life = some_life(walk, c);
        struct event event = { .kind = EVENT_STATEMENT_ACCEPTANCE };
        unsigned int side = pick(&walk->random, 2);

        if (!life)
                return;
        if (life->accepted & (1u << side) && chance(&walk->random, 900))
                side = !side;
        event.statement_acceptance.run = life->run;
        event.statement_acceptance.statement_sha256 = life->digest;
        say(walk, party_of(c, side), c, &event, 1);
}

static void say_dispute(struct walk *walk, struct walk_contract *c)
{
        const struct walk_life *life = some_life(walk, c);
        struct event event = { .kind = EVENT_DISPUTE };
        unsigned int side = pick(&walk->random, 2);

        if (!life || c->claim_count >= WALK_CLAIMS_MAX - 20)
                return;
        if (life->accepted & (1u << side))
                side = !side;
        event.dispute.run = life->run;
        event.dispute.claims = chance(&walk->random, 800)
                                       ? life->payable + (int64_t)pick(&walk->random, 8000) - 4000
                                       : -life->payable;
        event.dispute.says = (struct bytes) { "it is not", 9 };
        say(walk, party_of(c, side), c, &event, 1);
}

static const struct walk_claim *some_claim(struct walk *walk, const struct walk_contract *c)
{
        for (unsigned int try = 0; c->claim_count && try < 20; try++) {
                const struct walk_claim *claim = &c->claims[pick(&walk->random, c->claim_count)];

                if (claim->open || chance(&walk->random, 20))
                        return claim;
        }
        return NULL;
}

static void say_dispute_end(struct walk *walk, struct walk_contract *c)
{
        const struct walk_claim *claim = some_claim(walk, c);
        struct event event = { .kind = EVENT_DISPUTE_END };

        if (!claim)
                return;
        event.dispute_end.dispute = claim->index;
        say(walk, party_of(c, (claim->side == SIDE_EARNER) ^ chance(&walk->random, 50)), c, &event,
            1);
}

/* A figure on which the sides differ, or any; and an open dispute, if there is one. */
static struct bytes some_decisions(struct walk *walk, const struct walk_contract *c,
                                   struct sink *sink, bool of_record)
{
        unsigned int kind = 1 + pick(&walk->random, 2), period = pick(&walk->random, WALK_PERIODS);
        unsigned int side = of_record && kind == 2;
        const struct walk_claim *claim = some_claim(walk, c);
        struct decision fact = {
                .kind = walk_kinds[kind], .period = walk_period(period),
                .value = { UNIT_CENTS, some_value(walk, kind), 1 },
        };
        struct dispute_end end = { .dispute = claim ? claim->index : 0 };
        struct decisions decisions = {
                .contract = c->id, .facts = &fact, .fact_count = 1, .disputes = &end,
                .dispute_count = claim && claim->open && chance(&walk->random, 500),
        };

        if (of_record)
                fact.value.num = c->facts[side][kind][period].value;
        for (unsigned int i = 0; i < 4; i++) {
                const unsigned int k = 1 + i % 2, p = i / 2;

                if (c->facts[0][k][p].value != c->facts[1][k][p].value || of_record)
                        continue;
                if (fact.kind == walk_kinds[k] && period_equal(fact.period, walk_period(p)) &&
                    decisions.dispute_count)
                        decisions.fact_count = 0;       /* agreed: the dispute alone */
        }
        sink_reset(sink);
        must(wire_write_decisions(sink, &decisions), "wire_write_decisions");
        return sink_bytes(sink);
}

static void say_proposal(struct walk *walk, struct walk_contract *c)
{
        struct event event = { .kind = EVENT_RESOLUTION };
        struct sink sink;

        must(sink_new(&sink, 4096, 65536), "sink_new");
        event.resolution.decisions = some_decisions(walk, c, &sink, false);
        say(walk, party_of(c, pick(&walk->random, 2)), c, &event, 1);
        sink_free(&sink);
}

static void say_agreement(struct walk *walk, struct walk_contract *c)
{
        struct event event = { .kind = EVENT_RESOLUTION_ACCEPTANCE };

        if (!c->proposal.index || (c->proposal.in_force && chance(&walk->random, 950)))
                return;
        event.resolution_acceptance.resolution = c->proposal.index;
        event.resolution_acceptance.decisions_sha256 = c->proposal.digest;
        say(walk, party_of(c, (c->proposal.side == SIDE_BEARER) ^ chance(&walk->random, 50)), c,
            &event, 1);
}

/* By who may: the arbiter of the first, either side of the second; and now and then by others. */
static void say_determination(struct walk *walk, struct walk_contract *c)
{
        struct event event = { .kind = EVENT_DETERMINATION };
        unsigned int player = party_of(c, pick(&walk->random, 2));
        struct sink sink;

        if (c->number > 1 && chance(&walk->random, 900))
                return;
        if (c->number == 0 && chance(&walk->random, 950))
                player = WALK_ARBITER;
        must(sink_new(&sink, 4096, 65536), "sink_new");
        event.determination.decisions = some_decisions(walk, c, &sink, c->number == 1);
        say(walk, player, c, &event, 1);
        sink_free(&sink);
}

static void say_figure(struct walk *walk, struct walk_contract *c)
{
        unsigned int side = pick(&walk->random, 2), period = pick(&walk->random, WALK_PERIODS);
        const struct walk_life *life = some_life(walk, c);
        struct event event = { .kind = EVENT_FIGURE };

        event.figure = (struct figure) {
                .period = walk_period(period),
                .earned = life && chance(&walk->random, 600) ? life->payable
                                                             : some_value(walk, 1) / 50,
                .has_supersedes = c->figures[side][period].index != 0,
                .supersedes = c->figures[side][period].index,
        };
        say(walk, party_of(c, side), c, &event, 1);
}

/* ---- payments */

static struct walk_payment *new_payment(struct walk *walk, struct walk_contract *c)
{
        struct walk_life *life = NULL;
        int64_t open;

        for (unsigned int i = c->life_count; i > 0 && !life; i--)
                if (walk_open(c, c->lives[i - 1].period) && c->lives[i - 1].posts &&
                    chance(&walk->random, 600))
                        life = &c->lives[i - 1];
        if (!life || c->payment_count == WALK_PAYMENTS_MAX)
                return NULL;
        open = walk_open(c, life->period);
        c->payments[c->payment_count] = (struct walk_payment) {
                .number = c->payment_count, .run = life->run,
                .payer = open > 0 ? SIDE_BEARER : SIDE_EARNER,
        };
        return &c->payments[c->payment_count++];
}

static int64_t some_cents(struct walk *walk, const struct walk_contract *c,
                          const struct walk_payment *payment, unsigned int way)
{
        const struct walk_life *life = NULL;
        int64_t open;

        if (payment->index[!way] && chance(&walk->random, 850))
                return payment->cents[!way];
        for (unsigned int i = 0; i < c->life_count; i++)
                if (c->lives[i].run == payment->run)
                        life = &c->lives[i];
        open = life ? walk_open(c, life->period) : 1;
        if (open < 0)
                open = -open;
        if (chance(&walk->random, 300))
                open -= open / 3;
        return open + chance(&walk->random, 50);
}

static void say_payment(struct walk *walk, struct walk_contract *c)
{
        struct walk_payment *payment = NULL;
        struct payment_part part;
        struct event event = { .kind = EVENT_PAYMENT };
        unsigned int way = pick(&walk->random, 2);

        if (c->payment_count && chance(&walk->random, 650))
                payment = &c->payments[pick(&walk->random, c->payment_count)];
        if (payment && payment->index[way] && !payment->index[!way])
                way = !way;
        if (payment && payment->index[way] && chance(&walk->random, 800))
                return;
        if (!payment)
                payment = new_payment(walk, c);
        if (!payment)
                return;
        part = (struct payment_part) { payment->run, some_cents(walk, c, payment, way) };
        event.payment = (struct payment) {
                .direction = way ? PAYMENT_RECEIVED : PAYMENT_SENT,
                .day = (date)(walk->stage.now / DAY), .cents = part.cents, .parts = &part,
                .part_count = part.cents > 0, .has_supersedes = payment->index[way] != 0,
                .supersedes = payment->index[way],
        };
        snprintf(event.payment.trace.text, sizeof(event.payment.trace.text), "t%u",
                 payment->number);
        say(walk, party_of(c, (payment->payer == SIDE_EARNER) ^ way), c, &event, 1);
}

/* ---- terms, time, crashes */

static void say_terms(struct walk *walk, struct walk_contract *c)
{
        struct event event = { .kind = EVENT_OFFER };
        struct terms *terms = malloc(sizeof(*terms));
        struct sha256 digest;
        struct sink sink;

        must(terms ? 0 : -ENOMEM, "malloc");
        must(sink_new(&sink, 4096, 65536), "sink_new");
        walk_terms(walk, c, terms);
        must(wire_write_terms(&sink, terms), "wire_write_terms");
        free(terms);
        digest = sha256_of(sink_bytes(&sink));
        event.offer.terms = sink_bytes(&sink);
        say(walk, party_of(c, 0), c, &event, 1);
        sink_free(&sink);
        event = (struct event) { .kind = EVENT_ACCEPTANCE };
        event.acceptance.version = ++c->version;
        event.acceptance.terms_sha256 = digest;
        say(walk, party_of(c, 1), c, &event, 1);
}

void walk_renew(struct walk *walk)
{
        char label[32];

        snprintf(label, sizeof(label), "generation-%u", ++walk->generation);
        memset(walk->contracts, 0, WALK_CONTRACTS * sizeof(*walk->contracts));
        for (unsigned int i = 0; i < WALK_CONTRACTS; i++) {
                struct walk_contract *c = &walk->contracts[i];

                c->number = i;
                c->id = (struct contract_id) {
                        walk->players[party_of(c, 0)].path.party,
                        walk->players[party_of(c, 1)].path.party, name_of(label),
                };
                say_terms(walk, c);
        }
}

static void pass_time(struct walk *walk)
{
        walk->stage.now += (int64_t)(1 + pick(&walk->random, 12)) * DAY / 2;
        begin(walk);
        commit(walk);
}

typedef void say_fn(struct walk *walk, struct walk_contract *contract);

static const struct {
        unsigned int in_a_thousand;
        say_fn *say;
} what[] = {
        { 260, say_facts },       { 110, say_run },       { 130, say_acceptance },
        { 80, say_dispute },      { 45, say_dispute_end }, { 45, say_proposal },
        { 45, say_agreement },    { 35, say_determination }, { 35, say_figure },
        { 140, say_payment },     { 4, say_terms },
};

void walk_step(struct walk *walk)
{
        struct walk_contract *c = &walk->contracts[pick(&walk->random, WALK_CONTRACTS)];
        unsigned int at = pick(&walk->random, 1000), i = 0;

        walk->step++;
        while (i < sizeof(what) / sizeof(what[0]) && at >= what[i].in_a_thousand)
                at -= what[i++].in_a_thousand;
        if (i < sizeof(what) / sizeof(what[0]))
                what[i].say(walk, c);
        else if (at < 3)
                stage_reopen(&walk->stage);
        else
                pass_time(walk);
        walk_look(walk);
        while (chance(&walk->random, 900) && stage_work(&walk->stage)) {
                listen(walk);
                walk_look(walk);
        }
}
