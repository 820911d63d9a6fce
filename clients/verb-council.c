/* SPDX-License-Identifier: Apache-2.0 */
/* What is said in the council: a charter is proposed, and voted on. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/asking.h"
#include "clients/charter-file.h"
#include "clients/charter_json.h"
#include "clients/look.h"
#include "clients/publish.h"
#include "clients/take.h"
#include "clients/verbs.h"
#include "proto/wire.h"

#define DAY_US (INT64_C(86400) * 1000000)

/* ---- propose */

/* Unless given: a day longer than the notice that the charter in force asks for. */
static enum exit_code take_closes(const struct call *call, const struct charter *by,
                                  struct proposal *ret)
{
        enum exit_code code;

        ret->closes = time_now() + ((instant)by->notice_days + 1) * DAY_US;
        ret->closes -= ret->closes % (60 * INT64_C(1000000));
        code = take_time_option(call, "closes", &ret->closes);
        ret->effective = (date)(ret->closes / DAY_US);
        return code ? code : take_day_option(call, "effective", &ret->effective);
}

static void tell_proposal(const struct call *call, const struct charter *before,
                          const struct charter *charter, const struct proposal *said)
{
        char closes[LOOK_MAX], day[11];
        struct text lowered;

        date_print(said->effective, day);
        say_note(call->cli, "charter %u: votes until %s, in effect from %s if it is passed",
                 charter->version, look_minute(said->closes, closes), day);
        if (charter_lowered(before, charter, &lowered))
                say_note(call->cli, "it lowers %s; everybody is told so", lowered.text);
        if (!before)
                say_note(call->cli, "it would be the first: every seat that it names must vote "
                         "for it");
}

static enum exit_code encode(const struct charter *charter, struct sink *ret)
{
        int r = sink_new(ret, 4096, WIRE_CHARTER_MAX);

        if (!r)
                r = wire_write_charter(ret, charter);
        return r ? say_failure(r, "the charter") : EXIT_DONE;
}

static enum exit_code propose_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        own(charter) struct charter *charter = NULL, *before = NULL;
        own(sink) struct sink sink = { 0 };
        struct event event = { .kind = EVENT_PROPOSAL };
        const char *because = call_value(call, "because");
        struct accord_about about;
        enum exit_code code = charter_file_read(call->words[0], &charter);

        if (!code)
                code = publish_about(call, NULL, &about);
        if (!code)
                code = reach_hub(call->cli, &reach);
        if (!code)
                code = charter_fetch(&reach, 0, &before, NULL);
        if (!code)
                code = take_closes(call, before ? before : charter, &event.proposal);
        if (!code)
                code = encode(charter, &sink);
        if (code)
                return code;
        event.proposal.charter = sink_bytes(&sink);
        event.proposal.says = (struct bytes) { because, strlen(because) };
        tell_proposal(call, before, charter, &event.proposal);
        return publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

const struct verb verb_council_propose = {
        .noun = "council",
        .name = "propose",
        .usage = "FILE",
        .says = "propose a charter to the council",
        .more = "FILE is a charter: accord council charter --file writes the one in force, "
                "accord council charter --example one to begin with; its version is one above that "
                "in force. Takes a seat in the council and a node with the right to vote. The "
                "first charter is proposed by a party that it seats, and passed only when every "
                "seat that it names votes for it.\n\nThe entry of the proposal names the "
                "ballot.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "because", "TEXT", "why, for those who vote", OPTION_NEEDED },
                { "closes", "MOMENT", "votes are taken until then; a day longer than the notice "
                  "that the charter asks for unless given", 0 },
                { "effective", "DAY", "takes effect on that day, if it is passed; on the day of "
                  "the close unless given", 0 },
                PUBLISH_OPTIONS,
        },
        .run = propose_run,
};

/* ---- vote */

struct wanted {
        const struct call *call;
        uint64_t ballot;
        bool is;
        struct vote *vote;
};

/* Says what is voted on: who votes by number should see what it is. */
static int take_ballot(void *with, const struct ballot_row *row)
{
        struct wanted *wanted = with;
        char closes[LOOK_MAX];

        if (row->ballot != wanted->ballot)
                return 0;
        wanted->is = true;
        wanted->vote->charter_sha256 = row->charter_sha256;
        say_note(wanted->call->cli, "%s proposes charter %u: %.*s", row->by.text, row->version,
                 (int)row->says.size, (const char *)row->says.data);
        say_note(wanted->call->cli, "votes until %s; the last of a party counts",
                 look_minute(row->closes, closes));
        if (row->lowered.text[0])
                say_note(wanted->call->cli, "it lowers %s", row->lowered.text);
        return 1;
}

static const struct word choice_words[] = {
        { "for", CHOICE_FOR }, { "against", CHOICE_AGAINST }, { "abstain", CHOICE_ABSTAINS },
        { NULL, 0 },
};

static enum exit_code take_choice(const struct call *call, struct vote *ret)
{
        const char *word = call->words[1];
        int choice;

        if (!word_parse(choice_words, (struct bytes) { word, strlen(word) }, &choice))
                return call_misused(call, "'%s' is no vote: for, against or abstain", word);
        ret->choice = (enum choice)choice;
        return EXIT_DONE;
}

static enum exit_code find_ballot(const struct call *call, const struct reach *reach,
                                  struct vote *vote)
{
        struct wanted wanted = { call, vote->ballot, false, vote };
        struct accord_error error = { 0 };
        const int r = accord_query_ballots(reach->session, take_ballot, &wanted, &error);

        if (wanted.is)
                return EXIT_DONE;
        if (r)
                return reach_failed(&error);
        say_error("there is no ballot %s: accord council history lists them", call->words[0]);
        return EXIT_ABSENT;
}

static enum exit_code vote_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct event event = { .kind = EVENT_VOTE };
        struct accord_about about;
        enum exit_code code = take_number(call, 0, &event.vote.ballot);

        if (!code)
                code = take_choice(call, &event.vote);
        if (!code)
                code = publish_about(call, NULL, &about);
        if (!code)
                code = reach_hub(call->cli, &reach);
        if (!code)
                code = find_ballot(call, &reach, &event.vote);
        return code ? code : publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

const struct verb verb_council_vote = {
        .noun = "council",
        .name = "vote",
        .usage = "BALLOT for|against|abstain",
        .says = "vote on a proposed charter",
        .more = "BALLOT is the entry of the proposal: accord council status shows it. The vote is "
                "signed, over the digest of the charter that is voted on, and everybody can read "
                "it. A party may vote anew until the ballot closes: its last vote counts, for "
                "each seat that it holds. A ballot that every seat is for closes at once.",
        .words_least = 2,
        .words_most = 2,
        .prints = true,
        .writes = true,
        .options = {
                PUBLISH_OPTIONS,
        },
        .run = vote_run,
};

/* ---- the charter itself */

static enum exit_code document(const struct call *call, const struct charter *charter)
{
        struct json_object *object;
        int r = charter_to_json(charter, &object);

        if (r)
                return say_failure(r, "the charter");
        json_object_object_del(object, "schema");
        out_document(call->out, "charter", object);
        return EXIT_DONE;
}

static enum exit_code show(const struct call *call, const struct charter *charter, bool as_file)
{
        if (out_wants_json(call->out))
                return document(call, charter);
        if (as_file || out_format(call->out) == FORMAT_RAW || out_format(call->out) == FORMAT_CSV)
                return charter_print(charter, out_stream(call->out));
        charter_page(charter, out_stream(call->out));
        return EXIT_DONE;
}

static enum exit_code show_or_write(const struct call *call, const struct charter *charter,
                                    bool as_file)
{
        const char *path = call_value(call, "file");

        return path ? charter_file_write(charter, path) : show(call, charter, as_file);
}

static enum exit_code example(const struct call *call)
{
        own(charter) struct charter *charter = NULL;
        const enum exit_code code = charter_new(&charter);

        if (code)
                return code;
        charter_example(charter);
        return show_or_write(call, charter, true);
}

static enum exit_code charter_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        own(charter) struct charter *charter = NULL;
        uint64_t version = 0;
        enum exit_code code;

        if (call_has(call, "example"))
                return example(call);
        code = take_number_option(call, "version", UINT32_MAX, &version);
        if (!code)
                code = reach_asking(call, &reach);
        if (!code)
                code = charter_fetch(&reach, (uint32_t)version, &charter, NULL);
        if (code)
                return code;
        if (!charter) {
                say_error("there is no charter: accord council propose proposes one");
                return EXIT_ABSENT;
        }
        return show_or_write(call, charter, false);
}

const struct verb verb_council_charter = {
        .noun = "council",
        .name = "charter",
        .usage = "",
        .says = "show the community's charter",
        .more = "Who sits in the council and how it decides, which measures are meant by which "
                "words, what may be shown of many and when. It has no place for prices, shares of "
                "savings or dollar targets: nobody votes on them.",
        .prints = true,
        .options = {
                { "version", "N", "that version; the one in force unless given", 0 },
                { "file", "FILE", "write it to a file that can be edited and proposed", 0 },
                { "example", NULL, "one to begin with; asks no hub", 0 },
                AS_OF_OPTION,
        },
        .run = charter_run,
};
