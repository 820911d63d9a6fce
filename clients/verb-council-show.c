/* SPDX-License-Identifier: Apache-2.0 */
/* How ballots stand, in sentences; and those there were. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clients/charter-file.h"
#include "clients/charter_json.h"
#include "clients/look.h"
#include "clients/verbs.h"
#include "core/ballot.h"

static const struct column ballot_columns[] = {
        COLUMN("ballot", "BALLOT"),
        COLUMN("version", "CHARTER"),
        COLUMN("by", "BY"),
        COLUMN("outcome", "OUTCOME"),
        COLUMN_RIGHT("for", "FOR"),
        COLUMN_RIGHT("against", "AGAINST"),
        COLUMN_RIGHT("abstained", "ABSTAINED"),
        COLUMN_RIGHT("seats", "SEATS"),
        COLUMN("closes", "CLOSES"),
        COLUMN("effective", "EFFECTIVE"),
        COLUMN("lowers", "LOWERS"),
        COLUMN_WIDE("awaited", "AWAITED"),
        COLUMN_WIDE("because", "BECAUSE"),
        COLUMN_WIDE("says", "SAYS"),
        COLUMNS_END
};

struct showing {
        const struct call *call;
        bool page, open_only;
        const struct charter *in_force; /* NULL: there is none */
        struct charter *proposed;       /* room for one */
        unsigned int shown;
        enum exit_code code;
};

/* ---- as it stands */

/*
 * What the votes so far come to, by who votes on it: of an open ballot as far as can be told from
 * here, for whose seat is empty only the hub counts.
 */
static void count_open(const struct showing *s, const struct ballot_row *row,
                       struct ballot_result *ret)
{
        static struct ballot_vote votes[CHARTER_SEATS_MAX];
        const struct ballot_case ballot = {
                .council = s->in_force, .proposed = s->proposed, .votes = votes,
                .vote_count = row->vote_count,
                .outdated = row->version != (s->in_force ? s->in_force->version : 0) + 1,
        };

        for (uint32_t i = 0; i < row->vote_count; i++)
                votes[i] = (struct ballot_vote) { row->votes[i].party, row->votes[i].choice };
        ballot_count(&ballot, ret);
}

static struct class_tally sum(const struct ballot_result *result)
{
        struct class_tally all = { 0 };

        for (uint32_t i = 0; i < result->class_count; i++) {
                all.seats += result->classes[i].seats;
                all.votes_for += result->classes[i].votes_for;
                all.votes_against += result->classes[i].votes_against;
                all.abstained += result->classes[i].abstained;
        }
        return all;
}

static bool has_voted(const struct ballot_row *row, const struct name *party)
{
        for (uint32_t i = 0; i < row->vote_count; i++)
                if (name_equal(&row->votes[i].party, party))
                        return true;
        return false;
}

static bool stands_before(const struct charter *council, unsigned int at)
{
        for (unsigned int i = 0; i < at; i++)
                if (name_equal(&council->seats[i].party, &council->seats[at].party))
                        return true;
        return false;
}

/* "a, b": who has a seat and has not voted. */
static void list_awaited(const struct showing *s, const struct ballot_row *row, char *ret,
                         size_t size)
{
        const struct charter *council = s->in_force ? s->in_force : s->proposed;
        size_t used = 0;

        ret[0] = '\0';
        for (unsigned int i = 0; i < council->seat_count && used < size; i++)
                if (!stands_before(council, i) && !has_voted(row, &council->seats[i].party))
                        used += (size_t)snprintf(ret + used, size - used, "%s%s",
                                                 used ? ", " : "", council->seats[i].party.text);
}

/* ---- in sentences */

static void print_class(const struct charter *council, const struct class_tally *class, FILE *to)
{
        const uint32_t voted = class->votes_for + class->votes_against + class->abstained;
        struct rate quorum = { 1, 1 };
        char share[LOOK_MAX];

        for (unsigned int i = 0; council && i < council->class_count; i++)
                if (council->classes[i].role == class->role)
                        quorum = council->classes[i].quorum;
        fprintf(to, "    %s: %u of %u %s voted, quorum is %s: %s\n", charter_role(class->role),
                voted, class->seats, voted == 1 ? "has" : "have",
                look_rate(exact_of_rate(quorum), share), class->quorum ? "met" : "not met");
}

static void print_open(const struct showing *s, const struct ballot_row *row,
                       const struct ballot_result *result, FILE *to)
{
        const struct class_tally all = sum(result);
        char closes[LOOK_MAX], awaited[CHARTER_SEATS_MAX * (NAME_MAX_LENGTH + 2) + 1];

        fprintf(to, "  It is open until %s.\n", look_minute(row->closes, closes));
        if (result->outcome == BALLOT_OUTDATED)
                fputs("  It is outdated: the charter that it would replace is not in force.\n", to);
        else if (!s->in_force)
                fputs("  It would be the first: every seat must vote for it.\n", to);
        fprintf(to, "  So far: %u for, %u against, %u abstained, of %u seats.\n", all.votes_for,
                all.votes_against, all.abstained, all.seats);
        for (uint32_t i = 0; i < result->class_count; i++)
                print_class(s->in_force, &result->classes[i], to);
        list_awaited(s, row, awaited, sizeof(awaited));
        fprintf(to, awaited[0] ? "  Have yet to vote: %s.\n" : "  Everybody has voted.\n", awaited);
}

static void print_ballot(const struct showing *s, const struct ballot_row *row,
                         const struct ballot_result *result)
{
        FILE *to = out_stream(s->call->out);
        char day[11];

        date_print(row->effective, day);
        fprintf(to, "\nBallot %" PRIu64 ": %s proposes charter %u, in effect from %s if it is "
                "passed.\n", row->ballot, row->by.text, row->version, day);
        if (row->says.size)
                fprintf(to, "  Because: %.*s\n", (int)row->says.size,
                        (const char *)row->says.data);
        fprintf(to, row->lowered.text[0] ? "  It lowers: %s.\n" : "  It lowers no bar.\n",
                row->lowered.text);
        if (row->result)
                fprintf(to, "  It is closed: %s.\n", row->result->says.text);
        else
                print_open(s, row, result, to);
}

/* ---- rows */

static void print_row(const struct showing *s, const struct ballot_row *row,
                      const struct ballot_result *result)
{
        const struct class_tally all = sum(result);
        char awaited[CHARTER_SEATS_MAX * (NAME_MAX_LENGTH + 2) + 1] = "", because[1001];

        if (!row->result)
                list_awaited(s, row, awaited, sizeof(awaited));
        snprintf(because, sizeof(because), "%.*s", (int)row->says.size,
                 (const char *)row->says.data);
        out_row(s->call->out, (struct cell[]) {
                cell_id(row->ballot), cell_count(row->version), cell_text(row->by.text),
                cell_text(row->result ? ballot_outcome_word(row->result->outcome) : "open"),
                cell_count(all.votes_for), cell_count(all.votes_against),
                cell_count(all.abstained), cell_count(all.seats), cell_time(row->closes),
                cell_day(row->effective),
                row->lowered.text[0] ? cell_text(row->lowered.text) : cell_none(),
                awaited[0] ? cell_text(awaited) : cell_none(), cell_text(because),
                row->result ? cell_text(row->result->says.text) : cell_none() });
}

static int show_ballot(void *with, const struct ballot_row *row)
{
        struct showing *s = with;
        struct ballot_result result;

        if (s->open_only && row->result)
                return 0;
        s->code = charter_decode(row->charter, s->proposed);
        if (s->code)
                return 1;
        if (row->result)
                result = *row->result;
        else
                count_open(s, row, &result);
        s->shown++;
        if (s->page)
                print_ballot(s, row, &result);
        else
                print_row(s, row, &result);
        return 0;
}

static enum exit_code walk(struct showing *s, const struct reach *reach)
{
        struct accord_error error = { 0 };
        int r;

        if (!s->page)
                out_begin(s->call->out, "ballot", ballot_columns);
        r = accord_query_ballots(reach->session, show_ballot, s, &error);
        if (!s->page)
                out_end(s->call->out);
        if (s->code)
                return s->code;
        return r ? reach_failed(&error) : EXIT_DONE;
}

static enum exit_code show_all(struct call *call, struct showing *s)
{
        own(reach) struct reach reach = { 0 };
        own(charter) struct charter *in_force = NULL, *proposed = NULL;
        enum exit_code code = reach_hub(call->cli, &reach);

        if (!code)
                code = charter_new(&proposed);
        if (!code)
                code = charter_fetch(&reach, 0, &in_force, NULL);
        if (code)
                return code;
        s->in_force = in_force;
        s->proposed = proposed;
        if (s->page && in_force)
                fprintf(out_stream(call->out), "Charter %u is in force: %s\n", in_force->version,
                        in_force->title.text);
        else if (s->page)
                fputs("There is no charter yet, and so no council.\n", out_stream(call->out));
        code = walk(s, &reach);
        if (!code && s->page && !s->shown)
                fputs("No ballot is open.\n", out_stream(call->out));
        return code;
}

static enum exit_code status_run(struct call *call)
{
        const enum format format = out_format(call->out);
        struct showing showing = {
                .call = call, .open_only = true,
                .page = format == FORMAT_TABLE || format == FORMAT_WIDE,
        };

        return show_all(call, &showing);
}

const struct verb verb_council_status = {
        .noun = "council",
        .name = "status",
        .usage = "",
        .says = "say how the open ballots stand, and who has yet to vote",
        .more = "Per class how many have voted and whether that is its quorum, when the ballot "
                "closes, and which bars it would lower. Seats of parties that have left are empty "
                "and count against the quorum; that is for the hub to count.",
        .prints = true,
        .run = status_run,
};

static enum exit_code history_run(struct call *call)
{
        struct showing showing = { .call = call };

        return show_all(call, &showing);
}

const struct verb verb_council_history = {
        .noun = "council",
        .name = "history",
        .usage = "",
        .says = "list ballots, newest first, with what came of them",
        .prints = true,
        .run = history_run,
};
