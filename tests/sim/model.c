/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the log should say, by a model that knows the rules in a few lines: who may say what,
 * versions of facts, offers and their acceptance, runs and what they come to, statements and what
 * becomes of them. It reads the log entry by entry and says of each whether it should be there.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tests/hub/books.h"
#include "tests/sim/sim.h"

#define RUNS_MAX 512
#define CLAIMS_MAX 16           /* open at one time */
#define SAID_MAX 64             /* claims of one statement, ended ones too */

struct said {
        uint64_t index;                 /* 0: never */
        int64_t value;
};

struct model_run {
        uint64_t index;
        unsigned int contract;
        enum run_kind kind;
        bool has_statement, calculable;
        int64_t earned;
        bool posts, stands;             /* stands: no later one has its place */
        unsigned int accepted;          /* bits: 1 bearer, 2 earner */
        struct claim { uint64_t index; int side; int64_t claims; bool open; } claims[SAID_MAX];
        unsigned int claim_count;
};

struct model_contract {
        uint32_t version_last, in_force, offered;
        struct digest terms;            /* on offer */
        bool accepted[2];
        struct said facts[2][KINDS][ITEMS];
};

struct model {
        struct sim *sim;
        struct model_contract contracts[CONTRACTS];
        struct model_run runs[RUNS_MAX];
        unsigned int run_count;
        uint64_t taken[NODES][STREAMS]; /* numbers used up so far */
        uint64_t in_log[MESSAGES_MAX];  /* index, 0: not there */
        struct message *asked;          /* the last submission was a request for a run */
        uint64_t signals[PAYERS + NETWORKS];
        uint64_t size;
        instant time;
};

static unsigned int kind_of(enum fact_kind kind)
{
        for (unsigned int i = 0; i < KINDS; i++)
                if (sim_kinds[i] == kind)
                        return i;
        abort();
}

static unsigned int item_of(const struct item *item)
{
        return item->text[0] ? (unsigned int)(item->text[0] - 'a') + 1 : 0;
}

/* 0: bears, 1: earns, -1: a stranger */
static int side_of(const struct sim *sim, const struct message *message)
{
        unsigned int party = sim->nodes[message->node].party;

        if (party == message->contract / NETWORKS)
                return 0;
        return party == PAYERS + message->contract % NETWORKS ? 1 : -1;
}

static bool facts_are_right(const struct model_contract *contract, int side,
                            const struct message *message)
{
        bool seen[KINDS][ITEMS] = { { false } };

        for (uint32_t i = 0; i < message->event_count; i++) {
                const struct fact_event *fact = &message->events[i].fact;
                unsigned int kind = kind_of(fact->key.kind), item = item_of(&fact->key.item);
                uint64_t current = contract->facts[side][kind][item].index;

                if (fact->value.num < 0 || fact->value.num > MONEY_MAX || seen[kind][item] ||
                    (current && !fact->has_supersedes) ||
                    (fact->has_supersedes && (!current || current != fact->supersedes)))
                        return false;
                seen[kind][item] = true;
        }
        return true;
}

static bool run_is_right(const struct model *model, const struct message *message)
{
        enum run_kind kind = message->events[0].run_request.kind;
        bool pending = false, final = false;

        for (unsigned int i = 0; i < model->run_count; i++) {
                const struct model_run *run = &model->runs[i];

                if (run->contract != message->contract)
                        continue;
                pending |= run->kind == kind && !run->has_statement;
                final |= run->kind == RUN_FINAL && (!run->has_statement || run->calculable);
        }
        if (pending)
                return false;
        return kind == RUN_FINAL ? !final : kind == RUN_RESTATED ? final : true;
}

/* ---- what is said of statements */

static const struct model_run *run_of_contract(const struct model *model, uint64_t index,
                                               unsigned int contract)
{
        for (unsigned int i = 0; i < model->run_count; i++)
                if (model->runs[i].index == index && model->runs[i].contract == contract)
                        return &model->runs[i];
        return NULL;
}

static unsigned int open_claims(const struct model_run *run)
{
        unsigned int count = 0;

        for (unsigned int i = 0; i < run->claim_count; i++)
                count += run->claims[i].open;
        return count;
}

static bool is_over(const struct model_run *run)
{
        return run->posts && (!run->stands || run->accepted == 3);
}

static bool answer_is_right(const struct model *model, const struct message *message, int side)
{
        const struct event *event = &message->events[0];
        bool accepts = event->kind == EVENT_STATEMENT_ACCEPTANCE;
        const struct model_run *run =
                run_of_contract(model, accepts ? event->statement_acceptance.run
                                               : event->dispute.run, message->contract);

        if (!run || !run->has_statement || !run->calculable || is_over(run) ||
            (run->accepted & (1u << side)))
                return false;
        return accepts ? open_claims(run) == 0 : open_claims(run) < CLAIMS_MAX;
}

/* The open one of that index, by that side. */
static struct claim *find_claim(const struct model *model, const struct message *message, int side)
{
        for (unsigned int i = 0; i < model->run_count; i++)
                for (unsigned int j = 0; j < model->runs[i].claim_count; j++) {
                        const struct claim *claim = &model->runs[i].claims[j];

                        if (claim->index == message->events[0].dispute_end.dispute &&
                            claim->side == side && claim->open &&
                            model->runs[i].contract == message->contract)
                                return (struct claim *)claim;
                }
        return NULL;
}

static void answer(struct model *model, const struct message *message, int side, uint64_t index)
{
        const struct event *event = &message->events[0];
        struct model_run *run;

        if (event->kind == EVENT_DISPUTE_END) {
                find_claim(model, message, side)->open = false;
                return;
        }
        run = (struct model_run *)run_of_contract(
                model, event->kind == EVENT_DISPUTE ? event->dispute.run
                                                    : event->statement_acceptance.run,
                message->contract);
        if (event->kind == EVENT_STATEMENT_ACCEPTANCE)
                run->accepted |= 1u << side;
        else if (run->claim_count < SAID_MAX)
                run->claims[run->claim_count++] =
                        (struct claim) { index, side, event->dispute.claims, true };
        else
                sim_fails(model->sim, "too many disputes of one statement");
}

static bool is_right(const struct model *model, const struct message *message)
{
        const struct model_contract *contract = &model->contracts[message->contract];
        int side = side_of(model->sim, message);

        if (side < 0)
                return false;
        switch (message->events[0].kind) {
        case EVENT_OFFER:
                return message->version == contract->version_last + 1;
        case EVENT_ACCEPTANCE:
                return contract->offered && contract->offered == message->version &&
                       digest_equal(&contract->terms, &message->terms) && !contract->accepted[side];
        case EVENT_RUN_REQUEST:
                return contract->in_force && run_is_right(model, message);
        case EVENT_STATEMENT_ACCEPTANCE:
        case EVENT_DISPUTE:
                return answer_is_right(model, message, side);
        case EVENT_DISPUTE_END:
                return find_claim(model, message, side) != NULL;
        default:
                return contract->in_force && facts_are_right(contract, side, message);
        }
}

static void happen(struct model *model, struct message *message, uint64_t index)
{
        struct model_contract *contract = &model->contracts[message->contract];
        int side = side_of(model->sim, message);

        switch (message->events[0].kind) {
        case EVENT_OFFER:
                contract->version_last = contract->offered = message->version;
                contract->terms = message->terms;
                contract->accepted[side] = true;
                contract->accepted[!side] = false;
                return;
        case EVENT_ACCEPTANCE:
                contract->in_force = contract->offered;
                contract->offered = 0;
                return;
        case EVENT_RUN_REQUEST:
                model->asked = message;
                return;
        case EVENT_STATEMENT_ACCEPTANCE:
        case EVENT_DISPUTE:
        case EVENT_DISPUTE_END:
                answer(model, message, side, index);
                return;
        default:
                break;
        }
        for (uint32_t i = 0; i < message->event_count; i++) {
                const struct fact_event *fact = &message->events[i].fact;

                contract->facts[side][kind_of(fact->key.kind)][item_of(&fact->key.item)] =
                        (struct said) { index, fact->value.num };
        }
}

/* The message of these bytes; NULL: nobody sent them. */
static struct message *message_of(struct model *model, const struct digest *digest, uint64_t index)
{
        for (unsigned int i = 0; i < model->sim->message_count; i++) {
                struct message *message = model->sim->messages[i];

                if (!digest_equal(&message->digest, digest))
                        continue;
                if (model->in_log[i])
                        sim_fails(model->sim, "entry %llu says what %llu says",
                                  (unsigned long long)index, (unsigned long long)model->in_log[i]);
                model->in_log[i] = index;
                return message;
        }
        sim_fails(model->sim, "entry %llu was sent by nobody", (unsigned long long)index);
}

static void entry_of(struct model *model, const struct digest *digest, uint64_t index, instant time,
                     bool recorded)
{
        struct message *message = message_of(model, digest, index);
        uint64_t *taken = &model->taken[message->node][message->stream];

        if (message->sequence != *taken + 1)
                sim_fails(model->sim, "entry %llu has number %llu after %llu",
                          (unsigned long long)index, (unsigned long long)message->sequence,
                          (unsigned long long)*taken);
        ++*taken;
        if (is_right(model, message) != recorded)
                sim_fails(model->sim, "entry %llu is %s", (unsigned long long)index,
                          recorded ? "recorded, and should not be" : "refused, and should not be");
        if (recorded)
                happen(model, message, index);
        if (message->answered && !message->contested &&
            (message->index != index || message->time != time || message->recorded != recorded))
                sim_fails(model->sim, "entry %llu is not what its sender was told",
                          (unsigned long long)index);
}

static void run_of(struct model *model, const struct run_record *record, uint64_t index)
{
        struct model_run *run = &model->runs[model->run_count++];
        const struct said *of[KINDS];

        if (!model->asked || model->run_count == RUNS_MAX)
                sim_fails(model->sim, "run %llu was asked for by nobody",
                          (unsigned long long)index);
        *run = (struct model_run) {
                .index = index, .contract = model->asked->contract, .kind = record->run.kind,
                .calculable = true,
        };
        model->asked = NULL;
        for (unsigned int i = 0; i < KINDS; i++) {
                of[i] = &model->contracts[run->contract].facts[0][i][0];
                run->calculable &= of[i]->index != 0;
        }
        if (run->calculable && of[2]->value > of[1]->value)
                run->earned = (of[2]->value - of[1]->value + 1) / 2;
}

static struct model_run *run_at(struct model *model, uint64_t index)
{
        for (unsigned int i = 0; i < model->run_count; i++)
                if (model->runs[i].index == index)
                        return &model->runs[i];
        sim_fails(model->sim, "there is no run at %llu", (unsigned long long)index);
}

static void statement_of(struct model *model, const struct statement *statement)
{
        struct model_run *run = run_at(model, statement->run.cut);

        if (run->has_statement)
                sim_fails(model->sim, "run %llu has two statements",
                          (unsigned long long)run->index);
        run->has_statement = true;
        if (run->calculable != (statement->status == STATEMENT_CALCULATED) ||
            (run->calculable && statement->earned != run->earned))
                sim_fails(model->sim, "run %llu comes to %lld, should to %lld",
                          (unsigned long long)run->index, (long long)statement->earned,
                          (long long)run->earned);
        run->posts = run->stands = run->calculable && run->kind != RUN_INTERIM;
        for (unsigned int i = 0; run->posts && i < model->run_count; i++) {
                struct model_run *other = &model->runs[i];

                if (other == run || other->contract != run->contract || !other->stands)
                        continue;
                if (other->index > run->index) {
                        run->stands = false;
                        continue;
                }
                other->stands = false;
                for (unsigned int j = 0; j < other->claim_count; j++)
                        other->claims[j].open = false;
        }
}

static void signal_of(struct model *model, const struct signal *signal)
{
        for (unsigned int i = 0; i < NODES; i++)
                if (name_equal(&model->sim->nodes[i].player.path.party, &signal->party)) {
                        if (signal->number != ++model->signals[model->sim->nodes[i].party])
                                sim_fails(model->sim, "a signal is missing or doubled");
                        return;
                }
        sim_fails(model->sim, "a signal for nobody");
}

static void record_of(struct model *model, const struct log_row *row)
{
        struct arena *arena = &model->sim->stage.arena;
        struct record record;
        struct fault fault;
        struct digest digest;

        arena_reset(arena);
        must(wire_read_record(row->bytes, arena, &record, &fault), "wire_read_record");
        switch (record.kind) {
        case ENTRY_REFUSAL:
                memcpy(digest.octets, record.refusal.submission_sha256.octets, DIGEST_SIZE);
                entry_of(model, &digest, row->index, row->time, false);
                return;
        case ENTRY_RUN:
                run_of(model, &record.run, row->index);
                return;
        case ENTRY_STATEMENT:
                statement_of(model, record.statement);
                return;
        case ENTRY_SIGNAL:
                signal_of(model, &record.signal);
                return;
        case ENTRY_EQUIVOCATION:
                if (!model->sim->forged)
                        sim_fails(model->sim, "evidence where nobody forged");
                return;
        default:
                return;
        }
}

static int look_at(void *with, const struct log_row *row)
{
        struct model *model = with;
        struct hasher *hasher;
        struct digest digest;

        if (row->index != model->size++ || row->time <= model->time)
                sim_fails(model->sim, "entry %llu is out of order", (unsigned long long)row->index);
        model->time = row->time;
        if (row->kind != ENTRY_SUBMISSION) {
                record_of(model, row);
                return 0;
        }
        must(hasher_new(&hasher), "hasher_new");
        hash_spans(hasher, &row->bytes, 1, &digest);
        hasher_free(hasher);
        entry_of(model, &digest, row->index, row->time, true);
        return 0;
}

/* What a node was told is in the log is there; and at the end it was told of everything. */
static void check_told(const struct model *model)
{
        for (unsigned int i = 0; i < model->sim->message_count; i++) {
                const struct message *message = model->sim->messages[i];

                if (message->forged || message->contested)
                        continue;
                if (!message->answered)
                        sim_fails(model->sim, "number %llu of node %u was never answered",
                                  (unsigned long long)message->sequence, message->node);
                if (model->in_log[i] != message->index)
                        sim_fails(model->sim, "what was acknowledged at %llu is at %llu",
                                  (unsigned long long)message->index,
                                  (unsigned long long)model->in_log[i]);
        }
        for (unsigned int i = 0; i < model->run_count; i++)
                if (!model->runs[i].has_statement)
                        sim_fails(model->sim, "run %llu is not done",
                                  (unsigned long long)model->runs[i].index);
}

/* Of a figure and a claim the one nearer to 0, where both have one sign. */
static int64_t undisputed(const struct model_run *run)
{
        int64_t least = run->earned;

        for (unsigned int i = 0; i < run->claim_count; i++) {
                int64_t claims = run->claims[i].claims;

                if (!run->claims[i].open)
                        continue;
                if (least <= 0 || claims <= 0)
                        return 0;               /* nothing earned here is below 0 */
                least = claims < least ? claims : least;
        }
        return least;
}

/* What is posted or pending is what nobody disputes of the statements that stand. */
static void check_books(const struct model *model)
{
        struct books *books = calloc(1, sizeof(*books));
        const char *finding;
        int64_t should;

        must(books ? 0 : -ENOMEM, "calloc");
        finding = books_read(books, &model->sim->stage);
        if (!finding)
                finding = books_hold(books, &model->sim->stage);
        if (finding)
                sim_fails(model->sim, "%s", finding);
        for (unsigned int c = 0; c < CONTRACTS; c++) {
                should = 0;
                for (unsigned int i = 0; i < model->run_count; i++)
                        if (model->runs[i].contract == c && model->runs[i].stands)
                                should += undisputed(&model->runs[i]);
                if (books_sum(books, &model->sim->contracts[c], PURPOSE_SETTLEMENT, 0) != should)
                        sim_fails(model->sim, "the books of contract %u are wrong", c);
        }
        books_free(books);
        free(books);
}

void model_check(struct sim *sim)
{
        struct model *model = calloc(1, sizeof(*model));

        must(model ? 0 : -ENOMEM, "calloc");
        model->sim = sim;
        must(hub_visit_log(sim->stage.hub, 0, look_at, model), "hub_visit_log");
        check_told(model);
        check_books(model);
        free(model);
}
