/* SPDX-License-Identifier: Apache-2.0 */
/* What came, by an advice or a bank's file, held against what is owed to us. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/figure.h"
#include "clients/money-open.h"
#include "clients/payment-text.h"
#include "clients/publish.h"
#include "clients/remit-read.h"
#include "clients/take.h"
#include "clients/verbs.h"

struct job {
        struct call *call;
        struct reach reach;
        struct remit_file file;
        struct contract_id contract;
        struct open_list open;
        struct remit_owed *owed;
        size_t owed_count;
        struct remit_known *known;
        size_t known_count, known_room;
        enum side payer;                /* who owes us */
        struct remit_result *results;
        size_t waiting;                 /* for people */
        int64_t tolerance;
};

static void job_cleanup(struct job *job)
{
        reach_cleanup(&job->reach);
        remit_file_cleanup(&job->file);
        open_list_cleanup(&job->open);
        free(job->owed);
        free(job->known);
        free(job->results);
}

/* ---- what the hub knows */

static int keep_payment(void *with, const struct payment_row *row)
{
        struct job *job = with;
        struct remit_known *known;

        if (row->payer != job->payer)
                return 0;
        if (job->known_count == job->known_room) {
                size_t room = job->known_room ? 2 * job->known_room : 16;
                struct remit_known *more = reallocarray(job->known, room, sizeof(*more));

                if (!more)
                        return -ENOMEM;
                job->known = more;
                job->known_room = room;
        }
        known = &job->known[job->known_count++];
        *known = (struct remit_known) { .trace = row->trace };
        known->has_received = row->has_received;
        known->received = row->has_received ? row->received.payment.cents : 0;
        known->has_sent = row->has_sent;
        if (!row->has_sent)
                return 0;
        known->sent = row->sent.payment.cents;
        known->part_count = row->sent.payment.part_count;
        memcpy(known->parts, row->sent.payment.parts,
               known->part_count * sizeof(known->parts[0]));
        return 0;
}

static enum exit_code read_hub(struct job *job, const struct name *party)
{
        struct accord_error error = { 0 };
        int r = accord_query_payments(job->reach.session, &job->contract, keep_payment, job,
                                      &error);

        if (r)
                return r < 0 ? say_failure(r, "the payments") : reach_failed(&error);
        job->owed = calloc(job->open.count + 1, sizeof(*job->owed));
        if (!job->owed)
                return say_failure(-ENOMEM, "what is open");
        for (size_t i = 0; i < job->open.count; i++) {
                const struct open_item *item = &job->open.items[i];

                if (name_equal(open_item_payee(item), party))
                        job->owed[job->owed_count++] = (struct remit_owed) {
                                item->run, item->cents > 0 ? item->cents : -item->cents };
        }
        return EXIT_DONE;
}

/* ---- the file against it */

static void hold_against(struct job *job)
{
        for (size_t i = 0; i < job->file.count; i++) {
                struct remit_received *received = &job->file.list[i].received;
                struct remit_result *result = &job->results[i];

                for (size_t k = 0; k < i && !received->fault; k++)
                        if (received->trace.size &&
                            bytes_equal(received->trace, job->file.list[k].received.trace))
                                received->fault = "its number stands in the file before";
                remit_match(received, job->owed, job->owed_count, job->known, job->known_count,
                            job->tolerance, result);
                job->waiting += result->state != PAYMENT_MATCHED &&
                                result->state != PAYMENT_PARTIAL;
        }
}

static const struct column columns[] = {
        COLUMN("trace", "TRACE"),
        COLUMN("day", "DAY"),
        COLUMN_RIGHT("amount", "AMOUNT"),
        COLUMN("state", "STATE"),
        COLUMN("for", "FOR"),
        COLUMN_RIGHT("open", "OPEN"),
        COLUMN("why", "WHY"),
        COLUMN_WIDE("stated", "STATED"),
        COLUMN_WIDE("payer", "PAYER"),
        COLUMN_WIDE("payee", "PAYEE"),
        COLUMN_WIDE("method", "METHOD"),
        COLUMN_WIDE("paid_in_all", "PAID IN ALL"),
        COLUMN_WIDE("claims", "CLAIMS"),
        COLUMN_WIDE("claims_paid", "CLAIMS PAID"),
        COLUMN_WIDE("adjustments", "ADJUSTMENTS"),
        COLUMNS_END
};

static const char *state_word(enum payment_state state)
{
        switch (state) {
        case PAYMENT_MATCHED:
                return "matched";
        case PAYMENT_PARTIAL:
                return "partial";
        case PAYMENT_UNMATCHED:
                return "unmatched";
        case PAYMENT_NEEDS_REVIEW:
                return "needs_review";
        }
        return "unknown";
}

static struct cell text_or_none(const char *text)
{
        return *text ? cell_text(text) : cell_none();
}

static void show_line(struct out *out, const struct remit_line *line,
                      const struct remit_result *result)
{
        const struct era_payment *advice = line->advice;
        char parts[PAYMENT_PARTS_MAX * 24] = "";
        size_t used = 0;

        for (uint32_t i = 0; i < result->part_count; i++)
                used += (size_t)snprintf(parts + used, sizeof(parts) - used, "%s%" PRIu64,
                                         i ? "; " : "", result->parts[i].run);
        out_row(out, (struct cell[]) {
                text_or_none(line->trace), cell_day(line->received.day),
                cell_money(result->cents), cell_text(state_word(result->state)),
                text_or_none(parts), result->open ? cell_money(result->open) : cell_none(),
                cell_text(result->says.text), cell_flag(result->stated),
                advice ? text_or_none(advice->payer) : cell_none(),
                advice ? text_or_none(advice->payee) : cell_none(),
                advice ? text_or_none(advice->method) : cell_none(),
                advice ? cell_money(advice->cents) : cell_none(),
                advice ? cell_count((int64_t)advice->claims) : cell_none(),
                advice ? cell_money(advice->claims_paid) : cell_none(),
                text_or_none(line->adjustments) });
}

static void show(struct job *job)
{
        out_begin(job->call->out, "remittance-line", columns);
        for (size_t i = 0; i < job->file.count; i++)
                show_line(job->call->out, &job->file.list[i], &job->results[i]);
        out_end(job->call->out);
}

/* ---- and stated */

static bool can_be_stated(const struct remit_result *result)
{
        return !result->stated && result->part_count &&
               (result->state == PAYMENT_MATCHED || result->state == PAYMENT_PARTIAL);
}

static size_t make_events(struct job *job, struct event *events)
{
        size_t count = 0;

        for (size_t i = 0; i < job->file.count; i++) {
                const struct remit_received *received = &job->file.list[i].received;
                const struct remit_result *result = &job->results[i];
                struct payment *payment = &events[count].payment;

                if (!can_be_stated(result))
                        continue;
                events[count++].kind = EVENT_PAYMENT;
                *payment = (struct payment) {
                        .direction = PAYMENT_RECEIVED, .trace = result->trace,
                        .day = received->day == DATE_NONE ? day_today() : received->day,
                        .cents = result->cents, .parts = result->parts,
                        .part_count = result->part_count,
                };
                if (received->method.size)
                        trace_make(received->method, &payment->method);
        }
        return count;
}

static enum exit_code state_all(struct job *job)
{
        struct event *events = calloc(job->file.count + 1, sizeof(*events));
        struct accord_about about;
        enum exit_code code = events ? publish_about(job->call, &job->contract, &about)
                                     : say_failure(-ENOMEM, "the payments");
        size_t count = code ? 0 : make_events(job, events);

        for (size_t i = 0; !code && i < job->file.count; i++)
                if (!can_be_stated(&job->results[i]))
                        say_note(job->call->cli, "%s: %s, not stated: %s",
                                 job->file.list[i].trace, state_word(job->results[i].state),
                                 job->results[i].says.text);
        if (!code)
                code = count ? publish(job->call, &job->reach, &about, events, count, NULL, NULL,
                                       NULL)
                             : publish_nothing(job->call);
        free(events);
        return code;
}

static enum exit_code prepare(struct job *job)
{
        struct call *call = job->call;
        const char *contract = call_value(call, "contract");
        const char *tolerance = call_value(call, "tolerance"), *says = NULL;
        struct accord_about about;
        const struct name *party;
        enum exit_code code = EXIT_DONE;

        if (!contract_id_parse((struct bytes) { contract, strlen(contract) }, &job->contract))
                return call_misused(call, "--contract %s is no contract: BEARER/EARNER/LABEL",
                                    contract);
        if (tolerance)
                says = money_parse((struct bytes) { tolerance, strlen(tolerance) },
                                   &job->tolerance);
        if (says || job->tolerance < 0)
                return call_misused(call, "--tolerance %s %s", tolerance,
                                    says ? says : "must be 0 or more");
        code = remit_file_read(call->words[0], call_value(call, "map"), &job->file);
        if (!code)
                code = publish_about(call, &job->contract, &about);
        if (!code)
                code = open_list_read(call, &job->reach, &job->contract, &job->open);
        if (code)
                return code;
        party = reach_party(&job->reach, &about);
        job->payer = name_equal(party, &job->contract.bearer) ? SIDE_EARNER : SIDE_BEARER;
        job->results = calloc(job->file.count + 1, sizeof(*job->results));
        return job->results ? read_hub(job, party) : say_failure(-ENOMEM, "the payments");
}

static enum exit_code match_run(struct call *call)
{
        own(job) struct job job = { .call = call };
        enum exit_code code = prepare(&job);

        if (code)
                return code;
        hold_against(&job);
        if (call_has(call, "publish")) {
                code = state_all(&job);
        } else {
                show(&job);
                say_note(call->cli, "nothing was stated: --publish states what matched or is a "
                                    "part");
        }
        if (code || !job.waiting)
                return code;
        say_note(call->cli, "%zu need%s a person to look", job.waiting,
                 job.waiting == 1 ? "s" : "");
        return EXIT_PARTIAL;
}

const struct verb verb_remit_match = {
        .noun = "remit",
        .name = "match",
        .usage = "FILE",
        .says = "find what an 835 or a bank's file says came among what is owed to us",
        .more = "An X12 835's BPR, TRN and PLB are read; of claims, sums alone. A bank's CSV needs "
                "--map: accord help importing. What matches within the tolerance, or is a part "
                "known by its number, can be stated as received; the rest is for people, and it "
                "ends with 10.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "contract", "CONTRACT", "whose statements they pay", OPTION_NEEDED },
                { "map", "FILE", "how to read a bank's CSV", 0 },
                { "tolerance", "MONEY", "by how much an amount may differ; 0 unless given", 0 },
                { "publish", NULL, "state what was received, where it is certain", 0 },
                PUBLISH_OPTIONS,
        },
        .run = match_run,
};
