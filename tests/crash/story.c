/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/wire.h"
#include "tests/crash/crash.h"
#include "tests/world/must.h"

struct story {
        const struct crash *crash;
        struct outboxes *outboxes;
        struct arena arena;
        uint8_t *runs;                  /* by index: 1 a run, 2 a run with its statement */
        size_t runs_room;
        uint64_t submissions, refusals, run_count, statements;
        uint8_t *facts[PUBLISHERS];     /* by number: times it stands in the log */
};

static void must_agree(bool agrees, const struct log_row *row, const char *what)
{
        if (!agrees)
                die("entry %llu: %s", (unsigned long long)row->index, what);
}

static void count_fact(struct story *story, unsigned int publisher, const struct event *event,
                       const struct log_row *row)
{
        unsigned long long number;
        unsigned int named;

        if (event->kind != EVENT_FACT ||
            sscanf(event->fact.key.item.text, "p%u.%llu", &named, &number) != 2)
                return;
        must_agree(named == publisher, row, "another's figure");
        must_agree(number <= story->outboxes->last[publisher], row, "a figure nobody sealed");
        must_agree(story->facts[publisher][number]++ == 0, row, "a figure stands in the log twice");
        must_agree(story->outboxes->taken[publisher][number] == 1, row,
                   "a figure without a receipt");
}

static void take_submission(struct story *story, const struct log_row *row)
{
        struct submission submission;
        unsigned int publisher;
        struct fault fault;
        struct said *said;

        must(wire_read_submission(row->bytes, &story->arena, &submission, &fault), "a submission");
        publisher = publisher_of(story->crash, &submission.sender);
        if (publisher == PUBLISHERS)
                return;
        said = outboxes_find(story->outboxes, publisher, &submission.stream, submission.sequence);
        if (!said)
                return; /* said before the publishers began */
        must_agree(!said->refused && said->index == row->index, row,
                   "the receipt names another entry");
        must_agree(memcmp(&said->leaf, &row->leaf, sizeof(row->leaf)) == 0, row,
                   "the receipt is for other bytes");
        must_agree(said->seen++ == 0, row, "a submission stands in the log twice");
        story->submissions++;
        for (uint32_t i = 0; i < submission.event_count; i++)
                count_fact(story, publisher, &submission.events[i], row);
}

static void mark_run(struct story *story, uint64_t index, uint8_t is, const struct log_row *row)
{
        if (index >= story->runs_room) {
                size_t more = 2 * index + 1024;

                story->runs = realloc(story->runs, more);
                must_be(story->runs != NULL, "memory");
                memset(story->runs + story->runs_room, 0, more - story->runs_room);
                story->runs_room = more;
        }
        must_agree(story->runs[index] == is - 1, row,
                   is == 2 ? "a statement without a run, or a second one" : "a run twice");
        story->runs[index] = is;
}

static void take_record(struct story *story, const struct log_row *row)
{
        struct record record;
        struct fault fault;
        unsigned int publisher;
        struct said *said;

        must(wire_read_record(row->bytes, &story->arena, &record, &fault), "a record");
        must_agree(record.kind != ENTRY_EQUIVOCATION, row, "a publisher contradicts itself");
        if (record.kind == ENTRY_RUN) {
                story->run_count++;
                mark_run(story, row->index, 1, row);
        } else if (record.kind == ENTRY_STATEMENT) {
                story->statements++;
                mark_run(story, record.statement->run.cut, 2, row);
        } else if (record.kind == ENTRY_REFUSAL) {
                publisher = publisher_of(story->crash, &record.refusal.node);
                must_agree(publisher < PUBLISHERS, row, "a refusal to a stranger");
                said = outboxes_find(story->outboxes, publisher, &record.refusal.stream,
                                     record.refusal.sequence);
                must_agree(said && said->refused && said->index == row->index, row,
                           "the outbox knows of no such refusal");
                must_agree(said->seen++ == 0, row, "a refusal stands in the log twice");
                story->refusals++;
        }
}

static int take_row(void *with, const struct log_row *row)
{
        struct story *story = with;

        arena_reset(&story->arena);
        if (row->kind == ENTRY_SUBMISSION)
                take_submission(story, row);
        else
                take_record(story, row);
        return 0;
}

static void all_told(const struct story *story)
{
        const struct outboxes *outboxes = story->outboxes;

        for (size_t i = 0; i < outboxes->count; i++)
                if (outboxes->list[i].seen != 1)
                        die("publisher %u, number %llu: has its answer and is not in the log",
                            outboxes->list[i].publisher,
                            (unsigned long long)outboxes->list[i].sequence);
        must_be(story->submissions == outboxes->received && story->refusals == outboxes->refused,
                "the log and the outboxes count differently");
        must_be(story->run_count == story->statements, "a run has no statement");
        must_be(story->run_count > 0, "no run was asked for: the test tests too little");
}

void story_check(const struct crash *crash, struct outboxes *outboxes)
{
        struct story story = { .crash = crash, .outboxes = outboxes };
        struct hub *hub = accordd_ledger(&crash->accordd, true);

        must(arena_new(&story.arena, WIRE_ARENA_SIZE), "memory");
        for (unsigned int i = 0; i < PUBLISHERS; i++)
                story.facts[i] = calloc(outboxes->last[i] + 1, 1);
        must(hub_visit_log(hub, 1, take_row, &story), "the log");
        hub_close(hub);
        all_told(&story);
        printf("%llu submissions with their receipts and %llu refusals, each once in the log and "
               "once in an outbox; %llu runs, a statement each\n",
               (unsigned long long)story.submissions, (unsigned long long)story.refusals,
               (unsigned long long)story.run_count);
        for (unsigned int i = 0; i < PUBLISHERS; i++)
                free(story.facts[i]);
        free(story.runs);
        arena_free(&story.arena);
}
