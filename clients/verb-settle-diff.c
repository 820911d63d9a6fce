/* SPDX-License-Identifier: Apache-2.0 */
/* Two statements held against each other. */
#include <errno.h>
#include <stdlib.h>

#include "core/own.h"
#include "clients/asking.h"
#include "clients/settle-diff.h"
#include "clients/settle-source.h"
#include "clients/verbs.h"

struct work {
        struct pairing pairing;
        struct settle_diff diff;
};

static void work_cleanup(struct work **work)
{
        free(*work);
}

/* The second: a word, or what would be. */
static enum exit_code find_second(struct call *call, const struct source *first,
                                  struct source *ret)
{
        bool preview = call_has(call, "preview"), files = call_has(call, "terms");

        if (call->word_count == 2 && preview)
                return call_misused(call, "--preview stands for the second statement: give one");
        if (call->word_count == 2)
                return source_find(call, call->words[1], true, ret);
        if (preview && files)
                return call_misused(call, "--preview asks the hub, --terms settles here: give one");
        if (preview)
                return source_again(call, first->statement, ret);
        if (files)
                return source_from_files(call, ret);
        return call_misused(call, "with what? Give a second statement, --preview, or --terms and "
                                  "--facts");
}

static enum exit_code diff_run(struct call *call)
{
        own(source) struct source one = { 0 };
        own(source) struct source other = { 0 };
        own(work) struct work *work = calloc(1, sizeof(*work));
        const struct source *sources[2] = { &one, &other };
        struct explanation sides[2] = { { 0 }, { 0 } };
        enum exit_code code;

        if (!work)
                return say_failure(-ENOMEM, "the statements");
        code = source_find(call, call->words[0], true, &one);
        if (!code)
                code = find_second(call, &one, &other);
        if (code)
                return code;
        for (int i = 0; i < 2; i++)
                sides[i] = (struct explanation) { .around = &sources[i]->around,
                                                  .s = sources[i]->statement,
                                                  .terms = sources[i]->terms,
                                                  .origins = source_origins(sources[i]) };
        pairing_make(sides, &work->pairing);
        settle_diff_make(sides, &work->pairing, &work->diff);
        settle_diff_print(call->out, sides, &work->pairing, &work->diff);
        return EXIT_DONE;
}

const struct verb verb_settle_diff = {
        .noun = "settle",
        .name = "diff",
        .usage = "RUN|FILE [RUN|FILE]",
        .says = "say what two statements differ in: the first step, by what, and why",
        .more = "A is the first, B the second: a run, a contract's newest, or a file that -o json "
                "of `settle explain` wrote. Without a second one, --preview holds the first "
                "against what the hub would come to now, --terms and --facts against what is "
                "settled here.",
        .words_least = 1,
        .words_most = 2,
        .prints = true,
        .options = {
                { "preview", NULL, "against what the hub would come to now, for the same period",
                  0 },
                { "period", "PERIOD", "of what would be; that of the first unless given", 0 },
                SOURCE_OPTIONS,
                AS_OF_OPTION,
        },
        .run = diff_run,
};
