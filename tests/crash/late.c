/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Frames that come late: those of a connection that is gone, sent again on another one, out of
 * order, beside themselves, and after the hub was killed. Each is taken once and always answered
 * alike.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zmq.h>

#include "core/own.h"
#include "proto/limits.h"
#include "tests/world/must.h"
#include "tests/world/raw.h"

#define FRAMES 90
#define ANSWER_MS 10000

struct late {
        struct accordd accordd;
        struct node payer, provider;
        struct contract_id contract;
        struct raw_stream stream;
        struct bytes frames[FRAMES + 1];        /* by number */
        uint64_t index[FRAMES + 1];             /* of the entry, as the first receipt says */
        void *context;
        struct arena arena;
        unsigned int seen[FRAMES + 1];          /* in the log, in the end */
};

static void *dial(struct late *late)
{
        return raw_connect(late->context, ZMQ_DEALER, late->accordd.intake,
                           late->accordd.keys.public.transport, &late->payer.keys);
}

static void send_one(struct late *late, void *socket, unsigned int number)
{
        const struct bytes frame = late->frames[number];

        must_be(zmq_send(socket, frame.data, frame.size, 0) >= 0, "sending");
}

/* The next receipt; whose it is. It must say what every receipt for it said. */
static unsigned int take_receipt(struct late *late, void *socket)
{
        struct hub_frame frame;
        uint64_t number;

        must_be(raw_answer(socket, ANSWER_MS, &late->arena, &frame), "no answer came");
        if (frame.kind != HUB_RECEIPT)
                die("answer %d instead of a receipt: %s", frame.kind,
                    frame.kind == HUB_REFUSAL ? refusal_name(frame.refusal.faults[0].code) : "");
        number = frame.receipt.sequence;
        must_be(number >= 1 && number <= FRAMES, "a receipt for what nobody said");
        if (!late->index[number])
                late->index[number] = frame.receipt.index;
        must_be(late->index[number] == frame.receipt.index, "two receipts name two entries");
        return (unsigned int)number;
}

static void take_receipts(struct late *late, void *socket, unsigned int count)
{
        for (unsigned int i = 0; i < count; i++)
                take_receipt(late, socket);
}

/* All at once, and twice, and backwards: on another connection than they first came on. */
static void again_on_another(struct late *late)
{
        uint64_t entries = accordd_figure(&late->accordd, "entries");
        void *first = dial(late), *second;

        for (unsigned int i = 1; i <= 30; i++)
                send_one(late, first, i);
        take_receipts(late, first, 30);
        must_be(accordd_figure(&late->accordd, "entries") == entries + 30, "entries");
        zmq_close(first);
        second = dial(late);
        for (unsigned int i = 30; i >= 1; i--) {
                send_one(late, second, i);
                send_one(late, second, i);
        }
        take_receipts(late, second, 60);
        must_be(accordd_figure(&late->accordd, "entries") == entries + 30,
                "what came again made an entry");
        zmq_close(second);
}

/*
 * The hub is in a slow commit while they come on one connection, that connection ends, and they
 * come on another: both may lie there when it looks.
 */
static void again_at_the_same_time(struct late *late)
{
        void *old, *new;

        accordd_stop(&late->accordd);
        accordd_start(&late->accordd, "slow-commit:200");
        old = dial(late);
        new = dial(late);
        send_one(late, old, 30);
        send_one(late, new, 29);
        take_receipts(late, old, 1);
        take_receipts(late, new, 1);
        send_one(late, old, 31);
        usleep(50000);                  /* it is in that commit now */
        for (unsigned int i = 32; i <= 60; i++)
                send_one(late, old, i);
        usleep(20000);
        for (unsigned int i = 31; i <= 60; i++)
                send_one(late, new, i);
        usleep(20000);
        zmq_close(old);
        take_receipts(late, new, 30);
        zmq_close(new);
}

/* What was sent when the hub died was taken or was not: it comes again, and old ones with it. */
static void again_after_a_death(struct late *late)
{
        void *socket;

        accordd_stop(&late->accordd);
        accordd_start(&late->accordd, "after-commit:4");
        socket = dial(late);
        for (unsigned int i = 61; i <= FRAMES; i++) {
                send_one(late, socket, i);
                usleep(3000);
        }
        must_be(accordd_ended(&late->accordd, 10000) == 70, "the failpoint was not reached");
        zmq_close(socket);
        accordd_start(&late->accordd, NULL);
        socket = dial(late);
        for (unsigned int i = 1; i <= FRAMES; i++)
                send_one(late, socket, i);
        take_receipts(late, socket, FRAMES);
        zmq_close(socket);
}

static int count_row(void *with, const struct log_row *row)
{
        struct late *late = with;
        struct submission submission;
        struct fault fault;

        if (row->kind != ENTRY_SUBMISSION)
                return 0;
        arena_reset(&late->arena);
        must(wire_read_submission(row->bytes, &late->arena, &submission, &fault), "an entry");
        if (memcmp(&submission.stream, &late->stream.stream, sizeof(submission.stream)) != 0)
                return 0;
        must_be(submission.sequence <= FRAMES &&
                late->index[submission.sequence] == row->index, "an entry without a receipt");
        late->seen[submission.sequence]++;
        return 0;
}

static void set_up(struct late *late, const char *program)
{
        struct terms *terms = calloc(1, sizeof(*terms));
        own(sink) struct sink bytes = { 0 };
        struct desk payer, provider;

        accordd_make(&late->accordd, program, "");
        accordd_start(&late->accordd, NULL);
        node_make(&late->payer, &late->accordd, name_of("payer"), name_of("n0"), false);
        node_make(&late->provider, &late->accordd, name_of("provider"), name_of("n0"), false);
        accordd_admit_party(&late->accordd, &late->payer.path.party, ROLE_PAYER);
        accordd_admit_party(&late->accordd, &late->provider.path.party, ROLE_PROVIDER);
        accordd_admit_node(&late->accordd, &late->payer, RIGHTS_ALL);
        accordd_admit_node(&late->accordd, &late->provider, RIGHTS_ALL);
        late->contract = (struct contract_id) { name_of("payer"), name_of("provider"),
                                                name_of("c0") };
        must(sink_new(&bytes, 65536, WIRE_TERMS_MAX), "memory");
        must(arena_new(&late->arena, WIRE_ARENA_SIZE), "memory");
        desk_open(&payer, &late->payer, &late->accordd);
        desk_open(&provider, &late->provider, &late->accordd);
        terms_of_fee(terms, &late->contract, 500);
        desk_offer(&payer, terms, &bytes);
        desk_accept(&provider, &late->contract);
        desk_close(&payer);
        desk_close(&provider);
        free(terms);
}

static void write_frames(struct late *late)
{
        raw_stream_open(&late->stream, &late->accordd, &late->payer);
        for (unsigned int i = 1; i <= FRAMES; i++) {
                char item[16];
                struct event event;

                snprintf(item, sizeof(item), "late.%u", i);
                event = fact_of(FACT_EXPENDITURE, item, i);
                late->frames[i] = raw_frame(raw_submission(&late->stream, i, &late->contract,
                                                           &event, 1, NULL));
        }
}

int main(int argc, char **argv)
{
        static struct late late;
        struct hub *hub;

        must_be(argc == 2, "usage: late ACCORDD");
        set_up(&late, argv[1]);
        write_frames(&late);
        late.context = raw_context();
        again_on_another(&late);
        again_at_the_same_time(&late);
        again_after_a_death(&late);
        accordd_stop(&late.accordd);
        hub = accordd_ledger(&late.accordd, true);
        must(hub_visit_log(hub, 1, count_row, &late), "the log");
        hub_close(hub);
        for (unsigned int i = 1; i <= FRAMES; i++) {
                must_be(late.seen[i] == 1, "a submission is not in the log once");
                free((void *)(uintptr_t)late.frames[i].data);
        }
        accordd_prove(&late.accordd, true);
        zmq_ctx_term(late.context);
        raw_stream_close(&late.stream);
        arena_free(&late.arena);
        accordd_remove(&late.accordd);
        printf("%d submissions came late, twice and beside themselves, and stand once each\n",
               FRAMES);
        return 0;
}
