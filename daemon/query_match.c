/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/query_match.h"

#include <errno.h>
#include <stdlib.h>

#include "core/check.h"
#include "daemon/row.h"
#include "daemon/state_admission.h"

#define DAY_US INT64_C(86400000000)

/* ---- by which terms */

int matched_load(const struct asked *asked, uint32_t contract_no, struct matched *ret)
{
        struct store_txn *txn = asked->hub->txn;
        int r;

        ret->asked = asked;
        ret->contract_no = contract_no;
        ret->terms = malloc(sizeof(*ret->terms));
        if (!ret->terms)
                return -ENOMEM;
        r = past_terms(txn, contract_no, &ret->past);
        ret->timeline = past_timeline(&ret->past, asked->cut);
        return r ? r : matching_load(txn, contract_no, asked->cut, &ret->matching);
}

void matched_cleanup(struct matched *matched)
{
        past_terms_cleanup(&matched->past);
        matching_cleanup(&matched->matching);
        free(matched->terms);
}

bool matched_part(const struct matched *matched, struct period period, struct part *ret)
{
        return timeline_from(&matched->timeline, period.from, ret) ||
               timeline_before(&matched->timeline, DATE_LAST, ret);
}

int matched_by(struct matched *matched, uint32_t version)
{
        struct hub *hub = matched->asked->hub;
        struct view_terms view;
        struct fault fault;
        struct bytes bytes;
        int r;

        if (matched->version == version)
                return 0;
        r = state_terms(hub->txn, matched->contract_no, version, &view);
        if (!r)
                r = offered_bytes(hub, &view, &bytes);
        if (!r)
                r = wire_read_terms(bytes, matched->terms, &fault);
        if (r)
                return r > 0 || r == -ENOENT ? -EILSEQ : r;
        free(matched->matching.matches);
        matched->matching.matches = NULL;
        matched->version = version;
        return matching_make(matched->terms, &matched->matching);
}

/* ---- rows */

const struct fact_key *match_key(const struct match *match)
{
        return match->bearer ? &match->bearer->key : &match->earner->key;
}

static int entry_time(struct store_txn *txn, uint64_t index, instant *ret)
{
        struct log_entry entry;
        int r = log_read_proved(txn, NULL, index, &entry);

        *ret = r ? 0 : entry.header.time;
        return r == -ENOENT ? -EILSEQ : r;
}

/* It had to be there to answer. */
static int was_present(const struct asked *asked, uint32_t party_no, uint64_t index, bool *ret)
{
        struct party_asks asks;
        int r = state_party_asks(asked->hub->txn, party_no, index, &asks);

        *ret = !r && asks.present;
        return r == -ENOENT ? 0 : r;
}

int match_answer_until(const struct asked *asked, const struct contract_state_row *contract,
                       const struct match *match, instant *ret)
{
        const struct fact_rule *rule = match->rule;
        const struct fact *record = match_of_record(match);
        uint32_t other = match->of_record == SIDE_BEARER ? contract->earner_no
                                                         : contract->bearer_no;
        bool present;
        int r;

        *ret = 0;
        if (!rule || rule->other == REPORT_NONE || !rule->window_days || !record ||
            record->relayed || match->window_over || (match->bearer && match->earner))
                return 0;
        r = was_present(asked, other, record->index, &present);
        if (r || !present)
                return r;
        r = entry_time(asked->hub->txn, record->index, ret);
        *ret += rule->window_days * DAY_US;
        return r;
}

static int side_of(const struct asked *asked, const struct fact *fact, bool *ret_has,
                   struct match_side *ret)
{
        *ret_has = fact != NULL;
        if (!fact)
                return 0;
        *ret = (struct match_side) {
                .index = fact->index, .event = fact->event, .num = fact->value.num,
                .den = fact->value.den, .paid_through = fact->key.paid_through,
                .relayed = fact->relayed,
        };
        return entry_time(asked->hub->txn, fact->index, &ret->time);
}

static int match_row(const struct asked *asked, const struct match *match, struct match_row *ret)
{
        const struct fact_key *key = match_key(match);
        int r;

        *ret = (struct match_row) {
                .kind = key->kind, .segment = key->segment, .item = key->item,
                .period = key->period, .result = match->result, .of_record = match->of_record,
                .other = match->rule ? match->rule->other : REPORT_NONE,
                .window_over = match->window_over, .held = match_holds(match),
        };
        r = side_of(asked, match->bearer, &ret->has_bearer, &ret->bearer);
        if (!r)
                r = side_of(asked, match->earner, &ret->has_earner, &ret->earner);
        if (!r)
                r = side_of(asked, match->decided, &ret->has_decided, &ret->decided);
        return r ? r : match_answer_until(asked, &asked->contract, match, &ret->answer_until);
}

/* ---- pages: a cursor is the thing that was given last */

static void thing_row(struct row *ret, const struct fact_key *key)
{
        row_u16(ret, key->kind);
        row_name(ret, &key->segment);
        row_bytes(ret, key->item.text, sizeof(key->item.text));
        row_i32(ret, key->period.from);
        row_i32(ret, key->period.until);
}

static bool lies_behind(const struct fact_key *key, struct bytes cursor)
{
        ROW(row);

        thing_row(&row, key);
        return cursor.size != row.size || memcmp(row.data, cursor.data, row.size) > 0;
}

static bool is_asked_for(const struct matched *matched, const struct fact_key *key,
                         const struct part *part)
{
        const struct query *query = matched->asked->query;

        return !query->has_period || period_within(key->period, query->period) ||
               period_equal(part->period, query->period);
}

struct picked {
        size_t at;                      /* among the matches */
        uint32_t version;
};

/* The next things in order, and by which terms each is matched. */
static uint32_t pick(const struct matched *matched, struct picked *ret, uint32_t most)
{
        const struct query *query = matched->asked->query;
        uint32_t count = 0;
        struct part part;

        for (size_t i = 0; i < matched->matching.count && count < most; i++) {
                const struct fact_key *key = match_key(&matched->matching.matches[i]);

                if (query->after.size && !lies_behind(key, query->after))
                        continue;
                if (matched_part(matched, key->period, &part) && is_asked_for(matched, key, &part))
                        ret[count++] = (struct picked) { i, part.version };
        }
        return count;
}

/* One version of the terms after another, so that each is read once. */
static int make_rows(struct asked *asked, struct matched *matched, const struct picked *picked,
                     uint32_t count, struct match_row *rows)
{
        uint32_t done = 0, version = 0;
        int r = 0;

        while (!r && done < count) {
                uint32_t next = UINT32_MAX;

                for (uint32_t i = 0; i < count; i++)
                        if (picked[i].version > version && picked[i].version < next)
                                next = picked[i].version;
                version = next;
                r = matched_by(matched, version);
                for (uint32_t i = 0; !r && i < count; i++) {
                        if (picked[i].version != version)
                                continue;
                        r = match_row(asked, &matched->matching.matches[picked[i].at], &rows[i]);
                        done++;
                }
        }
        return r;
}

int ask_matches(struct asked *asked)
{
        own(matched) struct matched matched = { .asked = NULL };
        uint32_t most = rows_wanted(asked, ROWS_MAX), count;
        struct match_row *rows = rows_new(asked, most, sizeof(*rows));
        struct picked *picked = rows_new(asked, most + 1, sizeof(*picked));
        struct part part;
        ROW(cursor);
        int r = rows && picked ? find_contract(asked) : -ENOMEM;

        if (!r)
                r = matched_load(asked, asked->contract.no, &matched);
        if (r || !matched_part(&matched, (struct period) { DATE_FIRST, DATE_LAST }, &part))
                return r;
        r = matched_by(&matched, part.version);
        count = r ? 0 : pick(&matched, picked, most + 1);
        if (count > most) {
                thing_row(&cursor, match_key(&matched.matching.matches[picked[most - 1].at]));
                go_on_after(asked, row_span(&cursor));
                count = most;
        }
        if (!r)
                r = make_rows(asked, &matched, picked, count, rows);
        asked->answer->matches = rows;
        asked->answer->match_count = count;
        return r;
}
