/* SPDX-License-Identifier: Apache-2.0 */
/* Payments stated: what one side sent, what the other received. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/figure.h"
#include "clients/files.h"
#include "clients/payment-text.h"
#include "clients/publish.h"
#include "clients/rejects.h"
#include "clients/take.h"
#include "clients/terms-file.h"
#include "clients/verbs.h"

#define FILE_SIZE_MOST (16u << 20)

/* ---- one */

static struct bytes bytes_of(const char *text)
{
        return (struct bytes) { text, strlen(text) };
}

static enum exit_code take_amount(const struct call *call, int64_t *ret)
{
        const char *amount = call_value(call, "amount"), *cents = call_value(call, "cents");
        const char *says;

        if (!amount == !cents)
                return call_misused(call, "how much is it? Give --amount or --cents");
        says = amount ? money_parse(bytes_of(amount), ret) : count_parse(bytes_of(cents), ret);
        if (says)
                return call_misused(call, "--%s %s %s", amount ? "amount" : "cents",
                                    amount ? amount : cents, says);
        if (*ret < 0 || *ret > MONEY_MAX)
                return call_misused(call, "--%s must be 0 or more", amount ? "amount" : "cents");
        return EXIT_DONE;
}

static enum exit_code take_parts(const struct call *call, int64_t cents,
                                 struct payment_parts *ret)
{
        const char *value, *says;
        size_t at = 0;

        while ((value = call_next(call, "for", &at))) {
                says = payment_part_add(bytes_of(value), ret);
                if (says)
                        return call_misused(call, "--for %s %s", value, says);
        }
        says = payment_parts_end(ret, cents);
        return says ? call_misused(call, "--for %s", says) : EXIT_DONE;
}

static enum exit_code take_payment(const struct call *call, struct payment *ret,
                                   struct payment_parts *parts)
{
        const char *method = call_value(call, "method");
        uint64_t supersedes = 0;
        enum exit_code code = take_amount(call, &ret->cents);

        if (!code && !trace_make(bytes_of(call_value(call, "trace")), &ret->trace))
                code = call_misused(call, "--trace is no number of at most 47 characters");
        if (!code && method && !trace_make(bytes_of(method), &ret->method))
                code = call_misused(call, "--method %s is no word: ach, chk, fwt, non", method);
        if (!code)
                code = take_day_option(call, "day", &ret->day);
        if (!code)
                code = take_number_option(call, "supersedes", UINT64_MAX - 1, &supersedes);
        if (!code)
                code = take_parts(call, ret->cents, parts);
        ret->parts = parts->list;
        ret->part_count = parts->count;
        ret->has_supersedes = call_has(call, "supersedes");
        ret->supersedes = supersedes;
        return code;
}

static enum exit_code say_payment(struct call *call, enum payment_direction direction)
{
        own(reach) struct reach reach = { 0 };
        struct event event = { .kind = EVENT_PAYMENT, .payment = { .direction = direction } };
        struct payment_parts parts = { 0 };
        struct contract_id contract;
        struct accord_about about;
        enum exit_code code = take_contract(call, 0, &contract);

        if (!code)
                code = take_payment(call, &event.payment, &parts);
        if (!code)
                code = publish_about(call, &contract, &about);
        return code ? code : publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

static enum exit_code sent_run(struct call *call)
{
        return say_payment(call, PAYMENT_SENT);
}

static enum exit_code received_run(struct call *call)
{
        return say_payment(call, PAYMENT_RECEIVED);
}

#define PAYMENT_OPTIONS                                                                        \
        { "trace", "NUMBER", "the number both sides know it by, of the transfer or cheque",    \
          OPTION_NEEDED },                                                                     \
        { "day", "DAY", "when it was sent or came", OPTION_NEEDED },                           \
        { "amount", "MONEY", "how much: 1234.56; 0 takes back what was said before", 0 },      \
        { "cents", "COUNT", "the same in cents", 0 },                                          \
        { "for", "RUN[=MONEY]", "the run whose statement it pays; one of them may go without " \
          "an amount and gets the rest", OPTION_MANY },                                        \
        { "method", "WORD", "how: ach, chk, fwt or non, as the remittance says", 0 },          \
        { "supersedes", "ENTRY", "the entry with the version that this one replaces", 0 },     \
        PUBLISH_OPTIONS

const struct verb verb_payment_sent = {
        .noun = "payment",
        .name = "sent",
        .usage = "CONTRACT",
        .says = "state that a payment was sent",
        .more = "The other side states what it received; where both say the same, the hub clears "
                "what is owed by the statements it is for. A trace is kept in small letters.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = { PAYMENT_OPTIONS },
        .run = sent_run,
};

const struct verb verb_payment_received = {
        .noun = "payment",
        .name = "received",
        .usage = "CONTRACT",
        .says = "state that a payment was received",
        .more = "Under the trace that the sender stated: accord payment list shows it. What "
                "really came counts, also where it is a cent less.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = { PAYMENT_OPTIONS },
        .run = received_run,
};

/* ---- many */

static void refused(void *with, uint64_t tag, const struct wire_fault *fault)
{
        rejects_fault(with, tag, fault);
}

static enum exit_code send_lines(struct call *call, const struct contract_id *contract,
                                 const struct payment_file *list, struct rejects *rejects)
{
        own(reach) struct reach reach = { 0 };
        const struct publish_watch watch = { .refused = refused, .with = rejects };
        struct event *events = calloc(list->count, sizeof(*events));
        uint64_t *tags = calloc(list->count, sizeof(*tags));
        struct accord_about about;
        enum exit_code code = events && tags ? publish_about(call, contract, &about)
                                             : say_failure(-ENOMEM, "the payments");

        for (size_t i = 0; !code && i < list->count; i++) {
                events[i] = (struct event) { .kind = EVENT_PAYMENT,
                                             .payment = list->lines[i].payment };
                tags[i] = list->lines[i].line;
        }
        if (!code)
                code = publish(call, &reach, &about, events, list->count, tags, &watch, NULL);
        free(events);
        free(tags);
        return code;
}

/* The contract of the file, which the call may name as well. */
static enum exit_code which_contract(const struct call *call, const struct payment_file *list,
                                     struct contract_id *ret)
{
        const char *given = call_value(call, "contract");

        *ret = list->contract;
        if (given && !contract_id_parse(bytes_of(given), ret))
                return call_misused(call, "--contract %s is no contract: BEARER/EARNER/LABEL",
                                    given);
        if (contract_id_empty(ret))
                return call_misused(call, "of which contract? Give --contract, or a column");
        if (contract_id_empty(&list->contract) || contract_id_equal(ret, &list->contract))
                return EXIT_DONE;
        say_error("%s is about another contract than --contract", call->words[0]);
        return EXIT_CONFLICT;
}

static enum exit_code publish_list(struct call *call, const struct payment_file *list,
                                   const struct complaints *complaints, struct bytes text)
{
        const char *path = call_value(call, "rejects");
        struct contract_id contract;
        struct rejects rejects;
        enum exit_code code = which_contract(call, list, &contract), closed;

        if (!code)
                code = rejects_open(&rejects, path, text);
        if (code)
                return code;
        rejects_complaints(&rejects, complaints);
        code = send_lines(call, &contract, list, &rejects);
        closed = rejects_close(&rejects);
        if (closed)
                return closed;
        if (rejects.count)
                say_note(call->cli, "%zu refused%s%s", rejects.count, path ? ", see " : "",
                         path ? path : "");
        return code == EXIT_DONE && list->rejected ? EXIT_PARTIAL : code;
}

static enum exit_code publish_run(struct call *call)
{
        own(file) struct file file = { 0 };
        own(payment_file) struct payment_file list = { 0 };
        own(complaints) struct complaints *complaints = calloc(1, sizeof(*complaints));
        enum exit_code code = file_read(call->words[0], FILE_SIZE_MOST, &file);
        int r = 0;

        if (!code && complaints)
                r = payment_file_read(file_bytes(&file), &list, complaints);
        if (!code && (r < 0 || !complaints))
                code = say_failure(-ENOMEM, "%s", call->words[0]);
        if (code)
                return code;
        complaints_print(complaints, call->words[0], stderr);
        if (!r && list.count == 0)
                say_error("%s has no payment that could be stated", call->words[0]);
        else if (!r && list.rejected && !call_has(call, "rejects"))
                say_error("nothing was published: correct these rows, or give --rejects FILE to "
                          "leave them out");
        else if (!r)
                return publish_list(call, &list, complaints, file_bytes(&file));
        return EXIT_REFUSED;
}

const struct verb verb_payment_publish = {
        .noun = "payment",
        .name = "publish",
        .usage = "FILE",
        .says = "state the payments of a CSV file",
        .more = "Columns: direction (sent, received), trace, day, amount, for (RUN, or RUN=AMOUNT "
                "with ; between), and if need be method, supersedes, contract. One file, one "
                "contract.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "contract", "CONTRACT", "whose payments they are, where no column says", 0 },
                { "rejects", "FILE", "publish the good rows and write the others here", 0 },
                PUBLISH_OPTIONS,
        },
        .run = publish_run,
};
