/* SPDX-License-Identifier: Apache-2.0 */
/* Disagreeing with a statement, and taking that back. */
#include <inttypes.h>
#include <string.h>

#include "core/own.h"
#include "clients/asking.h"
#include "clients/files.h"
#include "clients/line-said.h"
#include "clients/look.h"
#include "clients/publish.h"
#include "clients/settle-source.h"
#include "clients/take.h"
#include "clients/terms-file.h"
#include "clients/verbs.h"

#define EVIDENCE_MOST (64u << 20)

struct disputing {
        struct disputed_line lines[DISPUTED_LINES_MAX];
        struct dispute *dispute;
};

static enum exit_code take_lines(const struct call *call, const struct statement *statement,
                                 struct disputing *to)
{
        enum exit_code code = EXIT_DONE;
        struct figure_line said;
        const char *text;
        size_t at = 0;

        while (!code && (text = call_next(call, "line", &at))) {
                struct disputed_line *line = &to->lines[to->dispute->line_count];

                if (to->dispute->line_count == DISPUTED_LINES_MAX)
                        return call_misused(call, "there are more than %d lines",
                                            DISPUTED_LINES_MAX);
                code = take_line(call, text, &said);
                if (!code)
                        code = line_place(statement, &said, &line->line);
                line->exact = said.exact;
                to->dispute->line_count += !code;
        }
        to->dispute->lines = to->lines;
        return code;
}

/* The document stays here; its digest and its name go along. */
static enum exit_code take_evidence(const struct call *call, struct dispute *ret)
{
        own(file) struct file file = { 0 };
        const char *path = call_value(call, "evidence"), *slash;
        struct digest digest;
        enum exit_code code;

        if (!path)
                return EXIT_DONE;
        code = file_read(path, EVIDENCE_MOST, &file);
        if (!code)
                code = terms_digest(file_bytes(&file), &digest);
        if (code)
                return code;
        ret->has_evidence = true;
        memcpy(ret->evidence_sha256.octets, digest.octets, sizeof(digest.octets));
        slash = strrchr(path, '/');
        path = slash ? slash + 1 : path;
        ret->evidence = (struct bytes) { path, strlen(path) };
        return EXIT_DONE;
}

static int64_t nearer_to_nothing(int64_t a, int64_t b)
{
        if ((a > 0) != (b > 0) || (a < 0) != (b < 0))
                return 0;
        return (a < 0 ? -a : a) < (b < 0 ? -b : b) ? a : b;
}

/* What will come of it, so that nobody is surprised by what posts all the same. */
static void show(const struct call *call, const struct statement *s, const struct dispute *dispute)
{
        char stated[LOOK_MAX], claimed[LOOK_MAX], agreed[LOOK_MAX];

        if (s->status != STATEMENT_CALCULATED)
                return;
        say_note(call->cli, "the statement has %s, you claim %s; %s of it nobody disputes, which "
                 "is payable all the same, and the rest is held where the terms post at all",
                 look_money(s->payable, stated), look_money(dispute->claims, claimed),
                 look_money(nearer_to_nothing(s->payable, dispute->claims), agreed));
}

static enum exit_code prepare(const struct call *call, const struct source *source,
                              struct disputing *to)
{
        const char *because = call_value(call, "because");
        enum exit_code code = take_money(call, "claims", call_value(call, "claims"),
                                         &to->dispute->claims);

        to->dispute->says = (struct bytes) { because, strlen(because) };
        if (!code && to->dispute->says.size == 0)
                code = call_misused(call, "--because is empty: the other side wants to know why");
        if (!code)
                code = take_lines(call, source->statement, to);
        if (!code)
                code = take_evidence(call, to->dispute);
        return code;
}

static enum exit_code dispute_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        own(source) struct source source = { 0 };
        struct event event = { .kind = EVENT_DISPUTE };
        struct disputing disputing = { .dispute = &event.dispute };
        struct accord_about about;
        uint64_t run;
        enum exit_code code = source_to_answer(call, &reach, &run, &source, &about);

        if (!code)
                code = prepare(call, &source, &disputing);
        if (code)
                return code;
        event.dispute.run = run;
        show(call, source.statement, &event.dispute);
        return publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

const struct verb verb_settle_dispute = {
        .noun = "settle",
        .name = "dispute",
        .usage = "RUN",
        .says = "disagree with a statement, and say what would be right",
        .more = "What both figures have in common is payable all the same; the rest is held until "
                "the dispute is withdrawn, resolved by both sides, or determined by whom the terms "
                "name. The evidence stays here: only its digest and name are published.\n\n"
                "  accord settle dispute 42 --claims 125000.00 --line expenditure=974000.00 "
                "--because 'May twice'",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "claims", "AMOUNT", "what would be payable; below zero the earner would owe",
                  OPTION_NEEDED },
                { "because", "TEXT", "why, for the other side", OPTION_NEEDED },
                { "line", "NAME[/ITEM]=VALUE", "a line that is wrong, and what it should be",
                  OPTION_MANY },
                { "evidence", "FILE", "a document that shows it", 0 },
                PUBLISH_OPTIONS,
        },
        .run = dispute_run,
};

/* ---- taking it back */

static int check_own(void *with, const struct dispute_row *row)
{
        struct dispute_row *ret = with;

        *ret = *row;
        return 0;
}

static enum exit_code withdraw_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct event event = { .kind = EVENT_DISPUTE_END };
        struct dispute_row row = { 0 };
        struct contract_id contract;
        struct accord_about about;
        enum exit_code code = take_number(call, 0, &event.dispute_end.dispute);

        if (!code)
                code = reach_hub(call->cli, &reach);
        if (!code)
                code = find_dispute(&reach, event.dispute_end.dispute, &contract, check_own, &row);
        if (!code)
                code = publish_about(call, &contract, &about);
        if (code)
                return code;
        if (row.what != DISPUTE_OF_STATEMENT)
                return call_misused(call, "entry %s holds no dispute but a proposal: it lapses "
                                    "when it is not agreed to", call->words[0]);
        if (row.state != DISPUTE_OPEN) {
                say_error("the dispute of entry %s has ended already", call->words[0]);
                return EXIT_CONFLICT;
        }
        return publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

const struct verb verb_settle_withdraw = {
        .noun = "settle",
        .name = "withdraw",
        .usage = "DISPUTE",
        .says = "take back a dispute; the statement may then be accepted",
        .more = "DISPUTE is the number of its entry: accord settle disputes CONTRACT.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = { PUBLISH_OPTIONS },
        .run = withdraw_run,
};
