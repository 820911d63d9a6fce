/* SPDX-License-Identifier: Apache-2.0 */
/* What the hub tells the party: each signal once, in order, none missed. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/lib/signals.h"
#include "clients/reach.h"
#include "clients/signal-view.h"
#include "clients/take.h"
#include "clients/verbs.h"

static const struct column columns[] = {
        COLUMN_RIGHT("number", "NUMBER"),
        COLUMN("time", "TIME"),
        COLUMN("kind", "KIND"),
        COLUMN("contract", "CONTRACT"),
        COLUMN_WIDE("version", "VERSION"),
        COLUMN_WIDE("period_from", "FROM"),
        COLUMN_WIDE("period_through", "THROUGH"),
        COLUMN("run", "RUN"),
        COLUMN_WIDE("run_kind", "RUN KIND"),
        COLUMN_WIDE("status", "STATUS"),
        COLUMN_RIGHT("payable", "PAYABLE"),
        COLUMN_WIDE("earned", "EARNED"),
        COLUMN_WIDE("payment", "PAYMENT"),
        COLUMN("says", "WHAT"),
        COLUMN_WIDE("cause", "CAUSE"),
        COLUMN_WIDE("index", "ENTRY"),
        COLUMNS_END
};

static const struct word kind_words[] = {
        { "contract_offered", SIGNAL_CONTRACT_OFFERED },
        { "contract_accepted", SIGNAL_CONTRACT_ACCEPTED },
        { "contract_lapsed", SIGNAL_CONTRACT_LAPSED },
        { "contract_terminated", SIGNAL_CONTRACT_TERMINATED },
        { "run_ordered", SIGNAL_RUN_ORDERED },
        { "statement_issued", SIGNAL_STATEMENT_ISSUED },
        { "blocks_erased", SIGNAL_BLOCKS_ERASED },
        { "fact_disputed", SIGNAL_FACT_DISPUTED },
        { "fact_agreed", SIGNAL_FACT_AGREED },
        { "statement_accepted", SIGNAL_STATEMENT_ACCEPTED },
        { "statement_disputed", SIGNAL_STATEMENT_DISPUTED },
        { "dispute_ended", SIGNAL_DISPUTE_ENDED },
        { "resolution_proposed", SIGNAL_RESOLUTION_PROPOSED },
        { "decided", SIGNAL_DECIDED },
        { "deadline_passed", SIGNAL_DEADLINE_PASSED },
        { "figure_differs", SIGNAL_FIGURE_DIFFERS },
        { "payment_matched", SIGNAL_PAYMENT_MATCHED },
        { "payment_differs", SIGNAL_PAYMENT_DIFFERS },
        { "payment_overdue", SIGNAL_PAYMENT_OVERDUE },
        { "books_changed", SIGNAL_BOOKS_CHANGED },
        { "succession_announced", SIGNAL_SUCCESSION_ANNOUNCED },
        { "succession_ended", SIGNAL_SUCCESSION_ENDED },
        { "key_rotated", SIGNAL_KEY_ROTATED },
        { "statement_witnessed", SIGNAL_STATEMENT_WITNESSED },
        { "content_read", SIGNAL_CONTENT_READ },
        { "ballot_opened", SIGNAL_BALLOT_OPENED },
        { "ballot_decided", SIGNAL_BALLOT_DECIDED },
        { "charter_changed", SIGNAL_CHARTER_CHANGED },
        { "released", SIGNAL_RELEASED },
        { "conflict_found", SIGNAL_CONFLICT_FOUND },
        { "conflict_ended", SIGNAL_CONFLICT_ENDED },
        { "benefit_contradicts", SIGNAL_BENEFIT_CONTRADICTS },
        { "party_leaves", SIGNAL_PARTY_LEAVES },
        { "common_set_differs", SIGNAL_COMMON_SET_DIFFERS },
        { NULL, 0 },
};

static const char *kind_word(enum signal_kind kind)
{
        const char *word = word_of(kind_words, (int)kind);

        return word ? word : "unknown";
}

static void print_row(struct out *out, const struct accord_signal *row)
{
        const struct signal *s = &row->signal;
        bool has_amount = s->has_result && s->status == STATEMENT_CALCULATED;
        const struct cell none = cell_none();
        char contract[CONTRACT_ID_MAX + 1];

        contract_id_print(&s->contract, contract);
        out_row(out, (struct cell[]) {
                cell_id(s->number), cell_time(row->time), cell_text(kind_word(s->kind)),
                contract_id_empty(&s->contract) ? none : cell_text(contract),
                s->version ? cell_count(s->version) : none,
                s->has_run ? cell_day(s->period.from) : none,
                s->has_run ? cell_day(s->period.until - 1) : none,
                s->has_run ? cell_id(s->run) : none,
                s->has_run ? cell_text(word_of(run_kind_words, s->run_kind)) : none,
                s->has_result ? cell_text(word_of(status_words, s->status)) : none,
                has_amount ? cell_money(s->payable) : none,
                has_amount ? cell_money(s->earned) : none,
                s->has_run ? cell_day(s->payment) : none, cell_text(s->says.text),
                cell_id(s->cause), cell_id(row->index) });
}

static int list_row(void *with, const struct accord_signal *row)
{
        print_row(with, row);
        return 0;
}

static enum exit_code list_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };
        uint64_t since = 0;
        enum exit_code code = take_number_option(call, "since", UINT64_MAX - 1, &since);

        if (!code)
                code = reach_hub(call->cli, &reach);
        if (code)
                return code;
        out_begin(call->out, "signal", columns);
        if (accord_query_signals(reach.session, since, list_row, call->out, &error))
                code = reach_failed(&error);
        out_end(call->out);
        return code;
}

const struct verb verb_signal_list = {
        .noun = "signal",
        .name = "list",
        .usage = "",
        .says = "list what the hub has told this party",
        .prints = true,
        .options = {
                { "since", "NUMBER", "those after this one; all of them unless given", 0 },
        },
        .run = list_run,
};

/* ---- tail */

enum live { LIVE_DIGEST, LIVE_ALL, LIVE_NONE };

static const struct word live_words[] = {
        { "digest", LIVE_DIGEST }, { "all", LIVE_ALL }, { "none", LIVE_NONE }, { NULL, 0 },
};

struct tail {
        struct accord_signals *signals;
        uint64_t since, left;           /* left: how many more; 0: no end */
        instant until;                  /* 0: no end */
        bool keep;                      /* remember how far it came */
        int live;                       /* enum live: which incentive signals are shown */
        struct signal_sum *sum;         /* owned: room to add one up */
        struct out *out;
};

static enum exit_code take_tail(const struct call *call, struct tail *tail)
{
        const char *since = call_value(call, "since"), *stay = call_value(call, "for");
        int length = stay ? duration_parse(stay) : 0;
        enum exit_code code = take_word_option(call, "live", live_words, &tail->live);

        if (code)
                return code;
        tail->since = ACCORD_SIGNALS_KEPT;
        tail->keep = !since;
        tail->out = call->out;
        if (length < 0)
                return call_misused(call, "--for %s is no time: 5s, 500ms, 2m", stay);
        if (stay)
                tail->until = time_now() + (instant)length * 1000;
        code = take_number_option(call, "count", UINT32_MAX, &tail->left);
        if (code || !since || strcmp(since, "last") == 0) {
                tail->keep = true;
                return code;
        }
        return take_number_option(call, "since", UINT64_MAX - 1, &tail->since);
}

static int patience(const struct tail *tail)
{
        instant left = tail->until - time_now();

        if (!tail->until)
                return -1;
        return left > 0 ? (int)(left / 1000) + 1 : 0;
}

/* A line of the same list for people; for programs all of it, a document of its own. */
static void print_incentive(struct tail *tail, const struct signal_view *view)
{
        const struct cell none = cell_none();
        struct cell cells[COLUMNS_MAX];
        char *text = NULL;
        size_t size = 0;
        FILE *to;

        if (out_format(tail->out) == FORMAT_NDJSON) {
                out_document(tail->out, "incentive", signal_object(view));
                return;
        }
        to = open_memstream(&text, &size);
        if (!to)
                return;
        signal_say_shortly(to, view);
        fclose(to);
        for (size_t i = 0; i < COLUMNS_MAX; i++)
                cells[i] = none;
        cells[1] = cell_time(view->signal->time);
        cells[2] = cell_text("incentive");
        cells[13] = cell_text(text);
        cells[15] = cell_id(view->signal->as_of);
        out_row(tail->out, cells);
        free(text);
}

/* Ends the waiting with -ECANCELED when it was the last that was asked for. */
static int hear_incentive(void *with, const struct incentive_signal *signal)
{
        struct tail *tail = with;
        struct signal_view view = { .signal = signal, .sum = tail->sum };

        if (tail->live == LIVE_DIGEST && !signal->digest)
                return 0;
        signal_sum(signal, signal_tolerance, tail->sum);
        print_incentive(tail, &view);
        out_flow(tail->out);
        if (ferror(out_stream(tail->out)))
                return -EPIPE;
        return tail->left && --tail->left == 0 ? -ECANCELED : 0;
}

static enum exit_code follow(struct call *call, struct tail *tail)
{
        struct accord_error error = { 0 };
        const struct accord_signal *row;
        int r;

        for (;;) {
                r = accord_signals_next(tail->signals, patience(tail), &row, &error);
                if (r < 0)
                        return r == -ECANCELED ? EXIT_DONE : EXIT_FAILED;
                if (r)
                        return reach_failed(&error);
                if (!row)
                        return EXIT_DONE;
                print_row(call->out, row);
                out_flow(call->out);
                /* Printed first: what is not known to be out is shown again next time. */
                if (ferror(out_stream(call->out)))
                        return EXIT_FAILED;
                if (tail->keep && accord_signals_done(tail->signals, row->signal.number, &error))
                        return reach_failed(&error);
                if (tail->left && --tail->left == 0)
                        return EXIT_DONE;
        }
}

static void tail_cleanup(struct tail *tail)
{
        accord_signals_close(tail->signals);
        free(tail->sum);
}

static enum exit_code tail_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        own(tail) struct tail tail = { .live = LIVE_DIGEST };
        struct accord_error error = { 0 };
        enum exit_code code = take_tail(call, &tail);

        if (!code)
                code = reach_hub(call->cli, &reach);
        if (code)
                return code;
        tail.sum = malloc(sizeof(*tail.sum));
        if (!tail.sum)
                return say_failure(-ENOMEM, "a signal");
        if (accord_signals_open(&tail.signals, reach.session, tail.since, &error))
                return reach_failed(&error);
        if (tail.live != LIVE_NONE)
                accord_signals_incentives(tail.signals, hear_incentive, &tail);
        out_begin(call->out, "signal", columns);
        out_flow(call->out);
        code = follow(call, &tail);
        out_end(call->out);
        return code;
}

const struct verb verb_signal_tail = {
        .noun = "signal",
        .name = "tail",
        .usage = "",
        .says = "show signals as they come, going on where it last left off",
        .more = "What was shown is remembered in state-dir, unless --since names a number. What "
                "contracts reward comes in between as it changes, of kind incentive: it has no "
                "number, the newest holds, and of several at once only that one is shown; accord "
                "signal show asks for it at any time. Unless --live says otherwise, it is shown "
                "when it moved by enough to be in the digest. For programs: -o ndjson, one "
                "document a line, flushed at once; an incentive signal is then accord.incentive.v1 "
                "with all its figures. --timeout does not end it.",
        .prints = true,
        .options = {
                { "since", "NUMBER|last", "begin after this number; last: where it left off", 0 },
                { "count", "N", "end after so many", 0 },
                { "for", "TIME", "end after so long: 30s", 0 },
                { "live", "digest|all|none",
                  "which incentive signals are shown: those that moved, every one, none", 0 },
        },
        .run = tail_run,
};
