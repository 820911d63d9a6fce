/* SPDX-License-Identifier: Apache-2.0 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/crash/crash.h"
#include "tests/world/must.h"

#define EVENTS_MAX 8
#define UNANSWERED_MAX 300      /* more than the hub's window: full after each kill */
#define TURN_MS 12
#define DRAIN_MS 60000

/* What a publisher knows of a contract of its own. */
struct book {
        uint64_t months_at;     /* entry with the newest member months; 0: none */
        bool months_waiting;    /* said, and no answer yet */
};

struct publisher {
        struct crash *crash;
        unsigned int number;
        uint64_t seed, last;    /* last: number of the last event */
        struct desk desk;
        struct book books[CONTRACTS_EACH];
};

static unsigned int book_of(const struct publisher *publisher, const struct contract_id *contract)
{
        for (unsigned int i = 0; i < CONTRACTS_EACH; i++) {
                struct contract_id own = crash_contract(publisher->number, i);

                if (contract_id_equal(&own, contract))
                        return i;
        }
        die("an answer about a contract of another's");
}

/* A run may be asked for while one is on; nothing else that is said here may be refused. */
static void check_refusal(const struct accord_item *item)
{
        for (uint32_t i = 0; i < item->fault_count; i++)
                if (item->faults[i].code != REFUSAL_RUN_PENDING)
                        die("refused: %s: %.*s", refusal_name(item->faults[i].code),
                            (int)item->faults[i].says.size,
                            (const char *)item->faults[i].says.data);
}

/* What became of a submission: as an answer comes, and after a restart from the outbox. */
static void note(struct publisher *publisher, const struct accord_item *item)
{
        struct book *book = &publisher->books[book_of(publisher, &item->about.contract)];

        must_be(item->tags != NULL, "an outbox without tags");
        for (uint32_t i = 0; i < item->event_count; i++) {
                if (item->tags[i] / TAG_KINDS > publisher->last)
                        publisher->last = item->tags[i] / TAG_KINDS;
                if (item->tags[i] % TAG_KINDS != TAG_MONTHS)
                        continue;
                book->months_waiting = item->state == ACCORD_ITEM_SEALED;
                if (item->state == ACCORD_ITEM_RECEIVED)
                        book->months_at = item->receipt.index;
        }
        if (item->state == ACCORD_ITEM_REFUSED)
                check_refusal(item);
}

static int note_old(void *with, const struct accord_item *item)
{
        note(with, item);
        return 0;
}

static void answered(void *with, const struct accord_item *item)
{
        struct publisher *publisher = with;
        struct crash_shared *shared = publisher->crash->shared;

        note(publisher, item);
        if (item->state == ACCORD_ITEM_RECEIVED)
                shared->received[publisher->number]++;
        else
                shared->refused[publisher->number]++;
}

static void add(struct publisher *publisher, unsigned int book, const struct event *events,
                size_t count, const uint64_t *tags)
{
        const struct accord_about about = {
                .contract = crash_contract(publisher->number, book),
        };
        struct desk *desk = &publisher->desk;

        must_do(accord_outbox_add(desk->outbox, &about, events, count, tags, &desk->error),
                &desk->error, "an outbox");
        must_do(accord_outbox_seal(desk->outbox, &desk->error), &desk->error, "an outbox");
}

/* Figures that nobody said before; every key is its own. */
static void say_facts(struct publisher *publisher, unsigned int book)
{
        unsigned int count = draw_of(&publisher->seed, 1, EVENTS_MAX);
        struct event events[EVENTS_MAX];
        uint64_t tags[EVENTS_MAX];

        for (unsigned int i = 0; i < count; i++) {
                uint64_t number = ++publisher->last;
                char item[ITEM_MAX_LENGTH + 1];

                snprintf(item, sizeof(item), "p%u.%llu", publisher->number,
                         (unsigned long long)number);
                events[i] = fact_of(FACT_EXPENDITURE, item, (int64_t)number * 100);
                tags[i] = tag_of(number, TAG_FACT);
        }
        add(publisher, book, events, count, tags);
}

/* The figure that runs read: a new version each time, so that every statement is another. */
static void say_months(struct publisher *publisher, unsigned int book)
{
        uint64_t number = ++publisher->last, tag = tag_of(number, TAG_MONTHS);
        struct event event = fact_of(FACT_MEMBER_MONTHS, "", (int64_t)number);

        event.fact.has_supersedes = publisher->books[book].months_at != 0;
        event.fact.supersedes = publisher->books[book].months_at;
        add(publisher, book, &event, 1, &tag);
        publisher->books[book].months_waiting = true;
}

static void say_something(struct publisher *publisher)
{
        unsigned int book = draw_of(&publisher->seed, 0, CONTRACTS_EACH - 1);
        struct event event = run_of(RUN_INTERIM);
        uint64_t tag;

        switch (draw_of(&publisher->seed, 0, 9)) {
        case 0:
                tag = tag_of(++publisher->last, TAG_RUN);
                add(publisher, book, &event, 1, &tag);
                break;
        case 1:
        case 2:
                if (!publisher->books[book].months_waiting)
                        say_months(publisher, book);
                break;
        default:
                say_facts(publisher, book);
                break;
        }
}

static uint64_t drive(struct publisher *publisher, const struct accord_watch *watch)
{
        struct desk *desk = &publisher->desk;
        double until = now_s() + TURN_MS / 1e3;
        uint64_t waiting = 0;

        do {
                struct pollfd look = { .fd = accord_fd(desk->session), .events = POLLIN };

                must_do(accord_step(desk->session, desk->outbox, watch, &waiting, &desk->error),
                        &desk->error, "a publisher's step");
                poll(&look, 1, 4);
        } while (now_s() < until);
        return waiting;
}

void publisher_be(struct crash *crash, unsigned int number, uint64_t seed)
{
        struct publisher publisher = { .crash = crash, .number = number, .seed = seed };
        struct desk *desk = &publisher.desk;
        const struct accord_watch watch = { .answered = answered, .with = &publisher };
        uint64_t waiting = 0;
        int r;

        desk_open(desk, &crash->publishers[number], &crash->accordd);
        must_do(accord_outbox_visit(desk->outbox, note_old, &publisher, &desk->error),
                &desk->error, "an outbox");
        while (!__atomic_load_n(&crash->shared->stop, __ATOMIC_RELAXED)) {
                for (unsigned int i = 0; waiting < UNANSWERED_MAX && i < 2; i++)
                        say_something(&publisher);
                waiting = drive(&publisher, &watch);
        }
        r = accord_flush(desk->session, desk->outbox, DRAIN_MS, &watch, NULL, &desk->error);
        if (r && r != ACCORD_PARTIAL && r != ACCORD_CONFLICT && r != ACCORD_REFUSED)
                die("publisher %u does not drain: %d: %s", number, r, desk->error.text);
        desk_close(desk);
        exit(0);
}
