/* SPDX-License-Identifier: Apache-2.0 */
/* The nodes: what they say, how it travels, and what they make of the answers. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "tests/sim/sim.h"

const enum fact_kind sim_kinds[KINDS] = { FACT_HEAD_COUNT, FACT_EXPENDITURE, FACT_BENCHMARK };
static const char *const items[ITEMS] = { "", "a", "b" };

static void digest_of(struct bytes bytes, struct digest *ret)
{
        own(hasher) struct hasher *hasher = NULL;

        must(hasher_new(&hasher), "hasher_new");
        hash_spans(hasher, &bytes, 1, ret);
}

/* One of its party's own, but now and then not. */
static unsigned int contract_for(struct sim *sim, unsigned int node)
{
        unsigned int party = sim->nodes[node].party, other = pick(&sim->random, 2);

        if (chance(&sim->random, 30))
                return pick(&sim->random, CONTRACTS);
        return party < PAYERS ? party * NETWORKS + other : other * NETWORKS + party - PAYERS;
}

static struct message *new_message(struct sim *sim, unsigned int node)
{
        struct message *message = calloc(1, sizeof(*message));

        must(message ? 0 : -ENOMEM, "calloc");
        if (sim->message_count == MESSAGES_MAX)
                sim_fails(sim, "too many messages");
        message->node = node;
        message->stream = pick(&sim->random, STREAMS);
        message->contract = contract_for(sim, node);
        sim->messages[sim->message_count++] = message;
        return message;
}

/* Now and then what cannot be: a negative count, no predecessor named, one that is none. */
static void make_fact_of(struct sim *sim, const struct message *message, struct event *event,
                         unsigned int kind, unsigned int item)
{
        uint64_t known =
                sim->known[sim->nodes[message->node].party][message->contract][kind][item];
        struct fact_event *fact = &event->fact;

        event->kind = EVENT_FACT;
        fact->key = (struct fact_key) {
                .scope = SCOPE_CONTRACT, .kind = sim_kinds[kind], .paid_through = DATE_NONE,
                .period = { date_of(2024, 1, 1), date_of(2025, 1, 1) },
        };
        memcpy(fact->key.item.text, items[item], strlen(items[item]));
        fact->value = (struct value) {
                fact_kind_info(sim_kinds[kind])->unit, 1000 + pick(&sim->random, 1000), 1,
        };
        if (chance(&sim->random, 30))
                fact->value.num = kind == 1 ? MONEY_MAX + 1 : -1;
        fact->has_supersedes = known && !chance(&sim->random, 50);
        fact->supersedes = known;
        if (chance(&sim->random, 20)) {
                fact->has_supersedes = true;
                fact->supersedes = random_next(&sim->random) % 100;
        }
}

static void make_fact(struct sim *sim, const struct message *message, struct event *event)
{
        unsigned int kind = pick(&sim->random, KINDS);

        make_fact_of(sim, message, event, kind,
                     chance(&sim->random, 500) ? 0 : pick(&sim->random, ITEMS));
}

/* Any, or all that a run needs. */
static void make_facts(struct sim *sim, struct message *message)
{
        bool all = chance(&sim->random, 300);

        message->event_count = all ? KINDS : 1 + pick(&sim->random, EVENTS_MAX);
        for (uint32_t i = 0; i < message->event_count; i++)
                if (all)
                        make_fact_of(sim, message, &message->events[i], i, 0);
                else
                        make_fact(sim, message, &message->events[i]);
}

/* The terms' bytes, different for each offeror; the version offered may be one too many. */
static void make_offer(struct sim *sim, struct message *message, struct event *event,
                       struct sink *sink)
{
        struct terms *terms = malloc(sizeof(*terms));

        must(terms ? 0 : -ENOMEM, "malloc");
        message->version = sim->offers[message->contract]
                                   ? sim->offers[message->contract]->version + 1 : 1;
        message->version += chance(&sim->random, 50);
        stage_terms(terms, &sim->contracts[message->contract], message->version);
        terms->title.text[0] = (char)('a' + message->node);
        sink_reset(sink);
        must(wire_write_terms(sink, terms), "wire_write_terms");
        free(terms);
        event->kind = EVENT_OFFER;
        event->offer = (struct offer) { .terms = sink_bytes(sink) };
        digest_of(event->offer.terms, &message->terms);
}

/* The offer it heard of last, or one that may never have arrived. */
static bool make_acceptance(struct sim *sim, struct message *message, struct event *event)
{
        const struct message *offer = sim->offers[message->contract];

        if (chance(&sim->random, 100))
                offer = sim->messages[pick(&sim->random, sim->message_count)];
        if (!offer || !offer->version || offer->events[0].kind != EVENT_OFFER)
                return false;
        message->contract = offer->contract;
        message->version = offer->version;
        message->terms = offer->terms;
        event->kind = EVENT_ACCEPTANCE;
        event->acceptance.version = offer->version;
        memcpy(event->acceptance.terms_sha256.octets, offer->terms.octets, DIGEST_SIZE);
        return true;
}

static void make_run_request(struct sim *sim, struct event *event)
{
        event->kind = EVENT_RUN_REQUEST;
        event->run_request = (struct run_request) {
                .period = { date_of(2024, 1, 1), date_of(2025, 1, 1) },
                .kind = (enum run_kind)(RUN_INTERIM + (int)pick(&sim->random, 3)),
                .payment = date_of(2025, 10, 1),
        };
}

/* Accepted, disputed, undisputed again: the last statements mostly, in any order. */
static bool make_answer(struct sim *sim, const struct message *message, struct event *event)
{
        unsigned int of = message->contract, what = pick(&sim->random, 10);
        unsigned int count = sim->statement_count[of], back = pick(&sim->random, 3);
        const struct known_statement *statement;

        if (what < 2 && sim->dispute_count[of]) {
                event->kind = EVENT_DISPUTE_END;
                event->dispute_end.dispute =
                        sim->disputes[of][pick(&sim->random, sim->dispute_count[of])];
                return true;
        }
        if (!count)
                return false;
        statement = &sim->statements[of][back < count ? count - 1 - back : 0];
        if (what < 7) {
                event->kind = EVENT_STATEMENT_ACCEPTANCE;
                event->statement_acceptance.run = statement->run;
                event->statement_acceptance.statement_sha256 = statement->digest;
                return true;
        }
        event->kind = EVENT_DISPUTE;
        event->dispute.run = statement->run;
        event->dispute.claims = statement->payable + (int64_t)pick(&sim->random, 200) - 100;
        event->dispute.says = (struct bytes) { "it is not", 9 };
        return true;
}

static int learn_statement(void *with, const struct log_row *row)
{
        struct sim *sim = with;
        struct record record;
        struct fault fault;
        struct digest digest;
        unsigned int of = 0;

        sim->seen = row->index + 1;
        if (row->kind != ENTRY_STATEMENT)
                return 0;
        arena_reset(&sim->stage.arena);
        must(wire_read_record(row->bytes, &sim->stage.arena, &record, &fault), "wire_read_record");
        if (record.statement->status != STATEMENT_CALCULATED)
                return 0;
        while (!contract_id_equal(&sim->contracts[of], &record.statement->run.contract))
                of++;
        if (sim->statement_count[of] == STATEMENTS_MAX)
                return 0;
        digest_of(row->bytes, &digest);
        sim->statements[of][sim->statement_count[of]] = (struct known_statement) {
                .run = record.statement->run.cut, .payable = record.statement->payable,
        };
        memcpy(sim->statements[of][sim->statement_count[of]++].digest.octets, digest.octets, 32);
        return 0;
}

void sim_learn_statements(struct sim *sim)
{
        must(hub_visit_log(sim->stage.hub, sim->seen, learn_statement, sim), "hub_visit_log");
}

/* Mostly what makes sense as far as the node knows, and now and then anything. */
static void make_events(struct sim *sim, struct message *message, struct sink *sink)
{
        bool offered = sim->offers[message->contract], agreed = sim->agreed[message->contract];
        unsigned int what = pick(&sim->random, 100);
        struct event *events = message->events;

        message->event_count = 1;
        if (what < (agreed ? 4 : offered ? 20 : 90)) {
                make_offer(sim, message, events, sink);
        } else if (what < (agreed ? 8 : 90) && make_acceptance(sim, message, events)) {
                return;
        } else if (what < 24) {
                make_run_request(sim, events);
        } else if (what < 50 && make_answer(sim, message, events)) {
                return;
        } else {
                make_facts(sim, message);
        }
}

static void sign(struct sim *sim, struct message *message)
{
        const struct node *node = &sim->nodes[message->node];
        const struct submission submission = {
                .format = 1,
                .sender = node->player.path,
                .contract = sim->contracts[message->contract],
                .stream = node->outboxes[message->stream].id,
                .sequence = message->sequence,
                .made_at = sim->stage.now,
                .events = message->events,
                .event_count = message->event_count,
        };

        message->bytes = stage_sign(&sim->stage, &node->player, &submission);
        digest_of(message->bytes, &message->digest);
        if (message->events[0].kind == EVENT_OFFER)
                message->events[0].offer.terms = (struct bytes) { NULL, 0 };
}

void sim_seal(struct sim *sim, unsigned int node)
{
        struct message *message = new_message(sim, node);
        struct outbox *outbox = &sim->nodes[node].outboxes[message->stream];
        struct sink sink;

        if (outbox->count == MESSAGES_MAX / 4)
                sim_fails(sim, "an outbox is full");
        must(sink_new(&sink, 4096, 65536), "sink_new");
        make_events(sim, message, &sink);
        message->sequence = outbox->count + 1;
        sign(sim, message);
        sink_free(&sink);
        outbox->messages[outbox->count++] = message;
}

void sim_forge(struct sim *sim, unsigned int node)
{
        const struct outbox *outbox = &sim->nodes[node].outboxes[0];
        struct connection *connection = &sim->connections[sim->nodes[node].connection];
        struct message *message;

        if (!outbox->sent || connection->count == 64)
                return;
        message = new_message(sim, node);
        message->stream = 0;
        message->forged = true;
        message->sequence = 1 + pick(&sim->random, outbox->sent);
        message->event_count = 1;
        make_fact(sim, message, &message->events[0]);
        sign(sim, message);
        connection->queue[(connection->first + connection->count++) % 64] = message;
        sim->forged++;
}

void sim_send(struct sim *sim, unsigned int node)
{
        struct connection *connection = &sim->connections[sim->nodes[node].connection];
        struct outbox *outbox = &sim->nodes[node].outboxes[pick(&sim->random, STREAMS)];

        while (outbox->sent < outbox->count && connection->count < 64) {
                struct message *message = outbox->messages[outbox->sent++];

                if (!message->answered)
                        connection->queue[(connection->first + connection->count++) % 64] = message;
                if (chance(&sim->random, 300))
                        return;
        }
}

/* From the first that is not answered. */
static void send_again(struct outbox *outbox)
{
        outbox->sent = 0;
        while (outbox->sent < outbox->count && outbox->messages[outbox->sent]->answered)
                outbox->sent++;
}

void sim_break(struct sim *sim, unsigned int node)
{
        struct node *of = &sim->nodes[node];

        if (sim->connection_count == CONNECTIONS_MAX)
                return;
        sim->connections[of->connection].alive = false;
        of->connection = sim->connection_count++;
        sim->connections[of->connection] = (struct connection) { .node = node, .alive = true };
        for (unsigned int i = 0; i < STREAMS; i++)
                send_again(&of->outboxes[i]);
        sim->retries++;
}

bool sim_deliver(struct sim *sim, unsigned int number)
{
        struct connection *connection = &sim->connections[number];
        struct message *message;

        if (!connection->count)
                return false;
        message = connection->queue[connection->first];
        connection->first = (connection->first + 1) % 64;
        connection->count--;
        sim->late += !connection->alive;
        stage_take_submission(&sim->stage, &sim->nodes[connection->node].player, message->bytes,
                              number + 1);
        return true;
}

static struct message *message_of(struct sim *sim, struct node *node, const struct stream_id *id,
                                  uint64_t sequence)
{
        for (unsigned int i = 0; i < STREAMS; i++)
                if (memcmp(&node->outboxes[i].id, id, sizeof(*id)) == 0 && sequence >= 1 &&
                    sequence <= node->outboxes[i].count)
                        return node->outboxes[i].messages[sequence - 1];
        sim_fails(sim, "an answer to what was never said");
}

/* What its nodes will name as superseded. */
static void learn(struct sim *sim, const struct message *message, const struct fact_key *key)
{
        unsigned int party = sim->nodes[message->node].party;

        for (unsigned int k = 0; k < KINDS; k++)
                for (unsigned int j = 0; j < ITEMS; j++) {
                        uint64_t *known = &sim->known[party][message->contract][k][j];

                        if (sim_kinds[k] == key->kind && !strcmp(items[j], key->item.text) &&
                            *known < message->index)
                                *known = message->index;
                }
}

/* Whatever is told twice is told alike. */
static void told(struct sim *sim, struct message *message, bool recorded, uint64_t index,
                 instant time)
{
        const struct message **offer = &sim->offers[message->contract];

        if (message->answered && !message->contested &&
            (message->recorded != recorded || message->index != index || message->time != time))
                sim_fails(sim, "number %llu was answered otherwise before",
                          (unsigned long long)message->sequence);
        message->answered = true;
        message->recorded = recorded;
        message->index = index;
        message->time = time;
        if (!recorded)
                return;
        if (message->events[0].kind == EVENT_OFFER &&
            (!*offer || (*offer)->version < message->version))
                *offer = message;
        sim->answers += message->events[0].kind == EVENT_STATEMENT_ACCEPTANCE ||
                        message->events[0].kind == EVENT_DISPUTE ||
                        message->events[0].kind == EVENT_DISPUTE_END;
        if (message->events[0].kind == EVENT_DISPUTE &&
            sim->dispute_count[message->contract] < STATEMENTS_MAX)
                sim->disputes[message->contract][sim->dispute_count[message->contract]++] = index;
        sim->agreed[message->contract] |= message->events[0].kind == EVENT_ACCEPTANCE;
        for (uint32_t i = 0; i < message->event_count; i++)
                if (message->events[i].kind == EVENT_FACT)
                        learn(sim, message, &message->events[i].fact.key);
}

static void refused(struct sim *sim, struct node *node, const struct refusal_answer *refusal)
{
        enum refusal code = (enum refusal)refusal->faults[0].code;
        struct message *message;

        if (!refusal->has_stream)
                sim_fails(sim, "a good frame was refused for %s", refusal_name(code));
        message = message_of(sim, node, &refusal->stream, refusal->sequence);
        if (refusal->logged) {
                if (memcmp(refusal->submission_sha256.octets, message->digest.octets, 32) == 0)
                        told(sim, message, false, refusal->index, refusal->time);
        } else if (code == REFUSAL_SEQUENCE_GAP) {
                send_again(&node->outboxes[message->stream]);
        } else if (code == REFUSAL_EQUIVOCATION) {
                if (!sim->forged)
                        sim_fails(sim, "equivocation where nobody forged");
                message->contested = true;      /* it, or the one that came in its place */
                message->answered = true;
        } else {
                sim_fails(sim, "refused for %s", refusal_name(code));
        }
}

static int read_leaf(void *with, const struct log_row *row)
{
        *(struct sha256 *)with = row->leaf;
        return 1;
}

static void received(struct sim *sim, struct node *node, const struct receipt *receipt)
{
        struct message *message = message_of(sim, node, &receipt->stream, receipt->sequence);
        struct sha256 leaf;

        if (hub_visit_log(sim->stage.hub, receipt->index, read_leaf, &leaf) != 1 ||
            memcmp(&leaf, &receipt->leaf, sizeof(leaf)) != 0)
                sim_fails(sim, "a receipt for an entry that is another");
        if (sim->seed % 4 == 0)
                message->contested = true;      /* it may have been the forged one */
        told(sim, message, true, receipt->index, receipt->time);
}

void sim_answer(struct sim *sim)
{
        struct effect effect;
        struct hub_frame frame;
        struct fault fault;

        for (size_t i = 0; hub_effect(sim->stage.hub, i, &effect); i++) {
                const struct connection *connection;
                struct node *node;

                if (effect.kind != EFFECT_REPLY)
                        continue;
                connection = &sim->connections[effect.session - 1];
                node = &sim->nodes[connection->node];
                if (!connection->alive) {
                        sim->lost_answers++;
                        continue;
                }
                arena_reset(&sim->stage.arena);
                must(wire_read_hub_frame(effect.bytes, &sim->stage.arena, &frame, &fault), "read");
                if (frame.kind == HUB_RECEIPT)
                        received(sim, node, &frame.receipt);
                else if (frame.kind == HUB_REFUSAL)
                        refused(sim, node, &frame.refusal);
                else if (frame.kind == HUB_BUSY)
                        send_again(&node->outboxes[message_of(sim, node, &frame.busy.stream,
                                                              frame.busy.sequence)->stream]);
                else
                        sim_fails(sim, "an answer of kind %d", (int)frame.kind);
        }
}
