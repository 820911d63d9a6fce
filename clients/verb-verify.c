/* SPDX-License-Identifier: Apache-2.0 */
/* What a participant holds of the hub, checked without it. */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clients/verbs.h"
#include "clients/verify.h"
#include "clients/lib/accord.h"
#include "core/own.h"

#define RUNS_MAX 256

static const struct column columns[] = {
        COLUMN("what", "WHAT"),
        COLUMN("holds", "HOLDS"),
        COLUMN_RIGHT("how_many", "HOW MANY"),
        COLUMN("says", "SAYS"),
        COLUMNS_END
};

static const char *const holds_words[] = { "yes", "NO", "not proved" };

void verify_row(struct verify *v, const char *what, enum holds holds, uint64_t count,
                const char *format, ...)
{
        char says[VERDICT_MAX];
        va_list arguments;

        va_start(arguments, format);
        vsnprintf(says, sizeof(says), format, arguments);
        va_end(arguments);
        if (holds == HOLDS_NO && !v->failed)
                memcpy(v->wrong, says, sizeof(says));
        v->failed = v->failed || holds == HOLDS_NO;
        out_row(v->call->out, (struct cell[]) {
                cell_text(what), cell_text(holds_words[holds]), cell_count((int64_t)count),
                cell_text(says) });
}

static void add(char list[VERDICT_MAX], const char *format, va_list arguments)
{
        size_t length = strlen(list);

        if (length && length + 2 < VERDICT_MAX)
                length += (size_t)snprintf(list + length, VERDICT_MAX - length, ", ");
        vsnprintf(list + length, VERDICT_MAX - length, format, arguments);
}

void verify_proved(struct verify *v, const char *format, ...)
{
        va_list arguments;

        va_start(arguments, format);
        add(v->proved, format, arguments);
        va_end(arguments);
}

void verify_open(struct verify *v, const char *format, ...)
{
        va_list arguments;

        va_start(arguments, format);
        add(v->open, format, arguments);
        va_end(arguments);
}

/* ---- what is asked for */

static enum exit_code read_runs(struct call *call, uint64_t runs[RUNS_MAX], size_t *ret_count)
{
        const char *text;
        char *end;
        size_t at = 0;

        *ret_count = 0;
        while ((text = call_next(call, "run", &at))) {
                if (*ret_count == RUNS_MAX)
                        return call_misused(call, "no more than %d runs at once", RUNS_MAX);
                runs[*ret_count] = strtoull(text, &end, 10);
                if (*text < '0' || *text > '9' || *end)
                        return call_misused(call, "%s is no run's number", text);
                (*ret_count)++;
        }
        return EXIT_DONE;
}

/* Nothing to look at is no failure of what is looked at. */
static enum exit_code open_store(struct verify *v)
{
        struct accord_error error = { 0 };
        const struct accord_profile *profile = &v->reach->profile;

        if (hub_proof_init(&v->proof, profile->hub_signing_key, &error) ||
            accord_proofs_read(&v->proofs, profile, &error))
                return reach_failed(&error);
        if (accord_outbox_read(&v->outbox, profile, &error) &&
            error.code != ACCORD_NO_SUCH_THING)
                return reach_failed(&error);
        return EXIT_DONE;
}

static enum exit_code verify_all(struct verify *v, const uint64_t *wanted, size_t count)
{
        enum exit_code code = verify_store(v);
        uint64_t *list = NULL;
        size_t there = 0;
        int r = 0;

        if (!code && !count)
                r = bundle_list(v->reach->profile.directory, &list, &there);
        if (r)
                code = say_failure(r, "%s/statements", v->reach->profile.directory);
        for (size_t i = 0; i < (count ? count : there) && !code; i++)
                code = verify_statement(v, count ? wanted[i] : list[i]);
        free(list);
        return code;
}

/* One line: a table's last, a row elsewhere. */
static void say_verdict(struct verify *v)
{
        const char *proved = *v->proved ? v->proved : "nothing";
        const char *left = *v->open ? v->open : "nothing";
        enum format format = out_format(v->call->out);

        if (format != FORMAT_TABLE && format != FORMAT_WIDE)
                verify_row(v, "verdict", v->failed ? HOLDS_NO : *v->open ? HOLDS_OPEN : HOLDS_YES,
                           1, "proved: %s; not proved: %s", proved, left);
        out_end(v->call->out);
        if (format == FORMAT_TABLE || format == FORMAT_WIDE)
                fprintf(out_stream(v->call->out), "proved: %s; not proved: %s\n", proved, left);
}

void verify_begin(struct verify *v)
{
        out_begin(v->call->out, "check", columns);
}

enum exit_code verify_end(struct verify *v, enum exit_code code)
{
        say_verdict(v);
        return !code && v->failed ? EXIT_INTEGRITY : code;
}

static void close_store(struct verify *v)
{
        accord_proofs_close(v->proofs);
        accord_outbox_close(v->outbox);
        hub_proof_free(&v->proof);
}

static enum exit_code verify_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct verify v = { .call = call, .reach = &reach };
        uint64_t runs[RUNS_MAX];
        size_t count;
        enum exit_code code = read_runs(call, runs, &count);

        if (!code)
                code = reach_profile(call->cli, &reach);
        if (!code && call_has(call, "fetch"))
                code = verify_fetch(call, &reach, runs, count);
        if (code)
                return code;
        code = open_store(&v);
        if (!code) {
                verify_begin(&v);
                code = verify_end(&v, verify_all(&v, runs, count));
        }
        close_store(&v);
        return code ? code : v.any ? EXIT_DONE : EXIT_ABSENT;
}

const struct verb verb_verify = {
        .noun = "verify",
        .name = "",
        .usage = "",
        .says = "check what this node holds of the hub, without the hub",
        .more = "Looks again at everything in the node's proofs: each receipt leads to a "
                "checkpoint that the hub signed, all checkpoints are of one history that only "
                "grows, and what was sent is what the receipts are for. Of statements that were "
                "collected it makes each again, from the terms and figures that the parties "
                "signed, with the core that the hub has; and sees that none of this party's own "
                "figures was left out. No network is used. "
                "With --fetch it first collects, from the hub, what statements need: all of the "
                "party's, or those of --run. It is kept in the state directory, in statements. "
                "The last line says what is proved and what is not. Ends with 9 when something "
                "does not hold, and with 3 when there is nothing to look at.",
        .prints = true,
        .options = {
                { "fetch", NULL, "collect what statements need from the hub first", 0 },
                { "run", "RUN", "of this statement only", OPTION_MANY },
        },
        .run = verify_run,
};
