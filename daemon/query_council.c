/* SPDX-License-Identifier: Apache-2.0 */
/* Charters and ballots: everybody's, with every vote and what came of it. */
#include <errno.h>

#include "daemon/council_read.h"
#include "daemon/query.h"
#include "daemon/row.h"

#define BALLOT_ROWS 8u                  /* each may be as long as a charter gets */
#define VOTES_MAX CHARTER_SEATS_MAX

/* ---- the charter in force, or one of its versions */

static int find_charter(const struct asked *asked, struct charter_state *ret)
{
        const uint64_t last = asked_last(asked);
        int r;

        if (!asked->query->version)
                return state_charter_at(asked->hub->txn, last, ret);
        r = state_charter(asked->hub->txn, asked->query->version, ret);
        if (!r && ret->since > last)
                ret->since = 0;
        return r;
}

/* One that was passed after the cut was no charter then. */
static bool is_later(const struct asked *asked, const struct ballot_state *ballot)
{
        return ballot->result > asked_last(asked);
}

int ask_charter(struct asked *asked)
{
        struct charter_row *row = rows_new(asked, 1, sizeof(*row));
        struct charter_state charter;
        struct ballot_state ballot;
        int r = row ? find_charter(asked, &charter) : -ENOMEM;

        if (r)
                return r;
        r = state_ballot(asked->hub->txn, charter.ballot, &ballot);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        if (is_later(asked, &ballot))
                return -ENOENT;
        *row = (struct charter_row) {
                .charter = ballot.charter, .charter_sha256 = ballot.sha256,
                .ballot = charter.ballot, .since = charter.since,
        };
        asked->answer->charter = row;
        return 0;
}

/* ---- ballots, newest first */

static int add_votes(struct asked *asked, struct ballot_row *row)
{
        struct vote_row *votes = rows_new(asked, VOTES_MAX, sizeof(*votes));
        struct vote_state vote = { .choice = 0 };
        int r = votes ? 0 : -ENOMEM;

        row->votes = votes;
        while (!r) {
                const struct name after = vote.party;

                r = state_vote_next(asked->hub->txn, row->ballot, &after, &vote);
                if (r || !vote.choice)
                        continue;
                if (row->vote_count >= VOTES_MAX)
                        return -EILSEQ;
                votes[row->vote_count++] =
                        (struct vote_row) { vote.party, vote.choice, vote.index };
        }
        return r == -ENOENT ? 0 : r;
}

static int add_result(struct asked *asked, uint64_t index, struct ballot_row *row)
{
        struct ballot_result *result = rows_new(asked, 1, sizeof(*result));
        struct log_entry entry;
        struct record record;
        struct fault fault;
        int r = result ? log_read(asked->hub->txn, index, &entry) : -ENOMEM;

        if (!r)
                r = wire_read_record(entry.bytes, &asked->hub->arena, &record, &fault);
        if (r || record.kind != ENTRY_BALLOT_RESULT)
                return r < 0 && r != -ENOENT ? r : -EILSEQ;
        *result = record.ballot_result;
        row->lowered = result->lowered;
        row->result = result;
        return 0;
}

static int add_ballot(struct asked *asked, const struct ballot_state *ballot,
                      struct ballot_row *row)
{
        int r;

        *row = (struct ballot_row) {
                .ballot = ballot->index, .time = ballot->time, .by = ballot->by,
                .version = ballot->version, .charter = ballot->charter,
                .charter_sha256 = ballot->sha256, .closes = ballot->closes,
                .effective = ballot->effective, .says = ballot->says,
        };
        r = add_votes(asked, row);
        if (r)
                return r;
        return ballot->result ? add_result(asked, ballot->result, row)
                              : council_lowered(asked->hub, ballot, &row->lowered);
}

static uint64_t ballots_from(const struct asked *asked)
{
        struct row_reader reader = row_read(asked->query->after);
        const uint64_t before = read_u64(&reader);

        return row_done(&reader) ? UINT64_MAX : before;
}

int ask_ballots(struct asked *asked)
{
        const uint32_t most = rows_wanted(asked, BALLOT_ROWS);
        struct ballot_row *rows = rows_new(asked, most, sizeof(*rows));
        struct answer *answer = asked->answer;
        uint64_t before = ballots_from(asked);
        struct ballot_state ballot;
        ROW(cursor);
        int r = rows ? 0 : -ENOMEM;

        answer->ballots = rows;
        while (!r && answer->ballot_count < most) {
                r = state_ballot_before(asked->hub->txn, before, &ballot);
                if (!r)
                        r = add_ballot(asked, &ballot, &rows[answer->ballot_count]);
                if (r)
                        break;
                before = ballot.index;
                answer->ballot_count++;
        }
        if (r)
                return r == -ENOENT ? 0 : r;
        row_u64(&cursor, before);
        go_on_after(asked, row_span(&cursor));
        return 0;
}
