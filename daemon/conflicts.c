/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/conflicts.h"

#include <errno.h>
#include <stdlib.h>

#include "core/align_conflict.h"
#include "core/arrangement.h"
#include "core/own.h"
#include "core/rewarded.h"
#include "core/sentence.h"
#include "daemon/community.h"
#include "daemon/council.h"
#include "daemon/due.h"
#include "daemon/past.h"
#include "daemon/state_relation.h"

#define FOUND_MAX 128u                  /* between two contracts */

/* ---- rows */

struct conflict_key {
        uint32_t provider_no, contract_no, against_no;
        enum conflict_type type;
        struct name concept;
};

static void pair_row(struct row *ret, uint32_t provider_no, uint32_t contract_no,
                     uint32_t against_no)
{
        row_u32(ret, provider_no);
        row_u32(ret, contract_no);
        row_u32(ret, against_no);
}

static void key_row(struct row *ret, const struct conflict_key *key)
{
        pair_row(ret, key->provider_no, key->contract_no, key->against_no);
        row_u8(ret, key->type);
        row_word(ret, name_bytes(&key->concept));
}

static int key_read(struct bytes key, struct conflict_key *ret)
{
        struct row_reader reader = row_read(key);

        *ret = (struct conflict_key) { .provider_no = read_u32(&reader) };
        ret->contract_no = read_u32(&reader);
        ret->against_no = read_u32(&reader);
        ret->type = read_u8(&reader);
        read_word(&reader, ret->concept.text, NAME_MAX_LENGTH);
        return row_done(&reader);
}

static int key_of(struct hub *hub, const struct conflict *said, struct conflict_key *ret)
{
        struct party_state party;
        int r = state_party(hub->txn, &said->party, &party);

        *ret = (struct conflict_key) { .type = said->type, .concept = said->concept };
        ret->provider_no = party.party.no;
        if (!r)
                r = state_contract_no(hub->txn, &said->contract, &ret->contract_no);
        if (!r)
                r = state_contract_no(hub->txn, &said->against, &ret->against_no);
        return r == -ENOENT ? -EILSEQ : r;
}

int fold_conflict(struct hub *hub, const struct record *record, const struct entry *entry)
{
        struct conflict_key is;
        ROW(key);
        ROW(value);
        int r = key_of(hub, &record->conflict, &is);

        if (r)
                return r;
        key_row(&key, &is);
        if (record->conflict.ended) {
                r = store_del(hub->txn, TABLE_CONFLICT, row_span(&key));
                return r == -ENOENT ? -EILSEQ : r;
        }
        row_u64(&value, entry->index);
        row_i64(&value, entry->time);
        row_u64(&value, record->conflict.cause);
        r = store_put_new(hub->txn, TABLE_CONFLICT, row_span(&key), row_span(&value));
        return r == -EEXIST ? -EILSEQ : r;
}

static int conflict_read(struct store_txn *txn, struct bytes key, struct bytes value,
                         struct conflict_row *ret)
{
        struct row_reader reader = row_read(value);
        struct contract_state_row contract, against;
        struct conflict_key is;
        int r = key_read(key, &is);

        *ret = (struct conflict_row) { .index = read_u64(&reader) };
        ret->time = read_i64(&reader);
        ret->conflict.cause = read_u64(&reader);
        if (!r)
                r = row_done(&reader);
        if (!r)
                r = state_contract(txn, is.contract_no, &contract);
        if (!r)
                r = state_contract(txn, is.against_no, &against);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        ret->conflict.party = contract.id.earner;
        ret->conflict.type = is.type;
        ret->conflict.contract = contract.id;
        ret->conflict.against = against.id;
        ret->conflict.concept = is.concept;
        return 0;
}

int state_conflict_next(struct store_txn *txn, uint32_t provider_no, const struct row *after,
                        struct conflict_row *ret, struct row *ret_key)
{
        struct bytes key, value;
        ROW(own);
        int r;

        row_u32(&own, provider_no);
        r = store_after(txn, TABLE_CONFLICT, row_span(after->size ? after : &own), &key, &value);
        if (r)
                return r;
        if (key.size < own.size || memcmp(key.data, own.data, own.size) != 0)
                return -ENOENT;
        ret_key->size = 0;
        row_bytes(ret_key, key.data, key.size);
        return conflict_read(txn, key, value, ret);
}

/* ---- one contract: what it pays for */

struct side_of {
        struct contract_state_row contract;
        bool holds;
        struct align_side side;
        struct align_row rows[INCENTIVES_MAX];
};

/* Memory for one comparison. */
struct comparing {
        struct hub *hub;
        const struct entry *cause;
        date day;
        struct charter *charter;        /* NULL: none is in force */
        uint32_t told, most;            /* of this change */
        struct side_of changed, other;
        struct rewarded rewarded[INCENTIVES_MAX];
        struct align_conflict found[FOUND_MAX];
        struct terms terms;
        struct charter room;
};

static void comparing_cleanup(struct comparing **comparing)
{
        free(*comparing);
}

/* That in which the day lies, or the last that began before it; the first when none has. */
static struct period period_at(const struct terms *terms, date day)
{
        struct period period = terms->period_count ? terms->periods[0] : terms->agreement;

        for (unsigned int i = 1; i < terms->period_count; i++)
                if (terms->periods[i].from <= day)
                        period = terms->periods[i];
        return period;
}

static void rows_of(struct comparing *c, struct side_of *ret)
{
        size_t count = rewarded_of(&c->terms, c->charter, c->rewarded);
        struct arrangement arrangement;

        for (size_t i = 0; i < count; i++)
                ret->rows[i] = (struct align_row) {
                        .contract = ret->contract.no, .key = c->rewarded[i].key,
                        .excludes = c->rewarded[i].excludes,
                        .period = period_at(&c->terms, c->day),
                        .has_target = c->rewarded[i].has_target, .target = c->rewarded[i].target,
                        .gate = c->rewarded[i].gate,
                };
        arrangement_of(&c->terms, false, &arrangement);
        ret->side = (struct align_side) { ret->rows, (uint32_t)count, arrangement.category };
}

static int read_side(struct comparing *c, uint32_t no, struct side_of *ret)
{
        struct view_terms terms;
        int r = state_contract(c->hub->txn, no, &ret->contract);

        ret->holds = false;
        ret->side = (struct align_side) { .rows = ret->rows };
        if (!r && ret->contract.version_in_force)
                r = state_terms(c->hub->txn, no, ret->contract.version_in_force, &terms);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        if (!ret->contract.version_in_force || !community_holds(&ret->contract, &terms, c->day))
                return 0;
        r = community_terms(c->hub, no, ret->contract.version_in_force, &c->terms);
        if (!r)
                rows_of(c, ret);
        ret->holds = r == 0;
        return r;
}

/* ---- saying it */

static const char *type_says(enum conflict_type type)
{
        switch (type) {
        case CONFLICT_DIRECTION:
                return "they pay for opposite directions";
        case CONFLICT_TARGET:
                return "their targets are further apart than the tolerance";
        case CONFLICT_SPECIFICATION:
                return "they go by another specification, or leave out other people";
        case CONFLICT_PERIOD:
                return "they count other days";
        case CONFLICT_GATE:
                return "a gate of the first rests on what the second does not pay for";
        case CONFLICT_VOLUME:
                return "the first pays for lower cost, the second for each service";
        }
        return "";
}

/* The provider knows who it is. */
static void say_contract(struct text *says, const struct contract_id *id)
{
        sentence_add(says, id->bearer.text);
        sentence_add(says, "/");
        sentence_add(says, id->label.text);
}

static int tell(struct hub *hub, const struct conflict *conflict, uint64_t index)
{
        struct signal signal = {
                .kind = conflict->ended ? SIGNAL_CONFLICT_ENDED : SIGNAL_CONFLICT_FOUND,
                .cause = index, .contract = conflict->contract,
        };
        struct text *says = &signal.says;

        sentence_add(says, conflict->ended ? "no longer, " : "");
        sentence_add(says, name_empty(&conflict->concept) ? CONCEPT_TOTAL_COST
                                                          : conflict->concept.text);
        sentence_add(says, ": ");
        say_contract(says, &conflict->contract);
        sentence_add(says, " and ");
        say_contract(says, &conflict->against);
        sentence_add(says, ": ");
        sentence_add(says, type_says(conflict->type));
        return hub_signal(hub, &conflict->party, &signal);
}

static int say(struct comparing *c, const struct conflict *conflict)
{
        struct record record = { .kind = ENTRY_CONFLICT, .conflict = *conflict };
        struct entry entry;
        int r;

        if (c->told++ >= c->most)
                return 0;
        record.conflict.cause = c->cause->index;
        r = hub_say(c->hub, &record, &entry, NULL);
        return r ? r : tell(c->hub, &record.conflict, entry.index);
}

/* ---- two contracts */

/* Whose gate or incentive on cost it is comes first; of all else the contract that is older. */
static void turn(const struct comparing *c, const struct align_conflict *found,
                 struct conflict *ret)
{
        static const struct name cost = { CONCEPT_TOTAL_COST };
        const struct align_row *row = found->p ? found->p : found->q;
        bool of_changed = found->p && (!found->q || c->changed.contract.no < c->other.contract.no);
        const struct side_of *first = of_changed ? &c->changed : &c->other;
        const struct side_of *second = of_changed ? &c->other : &c->changed;

        *ret = (struct conflict) {
                .party = first->contract.id.earner, .type = found->type,
                .contract = first->contract.id, .against = second->contract.id,
        };
        if (!name_equal(&row->key.concept, &cost))
                ret->concept = row->key.concept;
}

static bool same(const struct conflict *a, const struct conflict *b)
{
        return a->type == b->type && contract_id_equal(&a->contract, &b->contract) &&
               name_equal(&a->concept, &b->concept);
}

static bool still(const struct comparing *c, size_t count, const struct conflict *known)
{
        struct conflict is;

        for (size_t i = 0; i < count; i++) {
                turn(c, &c->found[i], &is);
                if (same(&is, known))
                        return true;
        }
        return false;
}

/* Those of the pair, one way round, that are no longer. */
static int end_gone(struct comparing *c, size_t count, uint32_t contract_no, uint32_t against_no)
{
        struct conflict_row known;
        struct bytes key, value;
        ROW(prefix);
        ROW(at);
        int r;

        pair_row(&prefix, c->changed.contract.earner_no, contract_no, against_no);
        row_bytes(&at, prefix.data, prefix.size);
        while (!(r = store_after(c->hub->txn, TABLE_CONFLICT, row_span(&at), &key, &value))) {
                if (key.size < prefix.size || memcmp(key.data, prefix.data, prefix.size) != 0)
                        return 0;
                at.size = 0;
                row_bytes(&at, key.data, key.size);
                r = conflict_read(c->hub->txn, key, value, &known);
                if (!r && !still(c, count, &known.conflict)) {
                        known.conflict.ended = true;
                        r = say(c, &known.conflict);
                }
                if (r)
                        return r;
        }
        return r == -ENOENT ? 0 : r;
}

static int is_known(struct comparing *c, const struct conflict *conflict, bool *ret)
{
        struct conflict_key is;
        struct bytes value;
        ROW(key);
        int r = key_of(c->hub, conflict, &is);

        *ret = false;
        if (r)
                return r;
        key_row(&key, &is);
        r = store_get(c->hub->txn, TABLE_CONFLICT, row_span(&key), &value);
        *ret = r == 0;
        return r == -ENOENT ? 0 : r;
}

/* Bearers with a common owner are one payer. */
static int is_one_payer(const struct comparing *c, bool *ret)
{
        const struct relation_at at = { .cut = CUT_NONE, .day = c->day };
        uint32_t a, b;
        int r = state_common_owner(c->hub->txn, c->changed.contract.bearer_no, &at, &a);

        if (!r)
                r = state_common_owner(c->hub->txn, c->other.contract.bearer_no, &at, &b);
        *ret = !r && a == b;
        return r;
}

static int compare_with(struct comparing *c, uint32_t other_no)
{
        struct conflict conflict;
        bool one = false, known;
        size_t count = 0;
        int r = read_side(c, other_no, &c->other);

        if (!r)
                r = is_one_payer(c, &one);
        if (r)
                return r;
        if (c->changed.holds && c->other.holds && !one)
                count = align_conflicts(&c->changed.side, &c->other.side, align_tolerance,
                                        c->found, FOUND_MAX);
        count = count < FOUND_MAX ? count : FOUND_MAX;
        r = end_gone(c, count, c->changed.contract.no, other_no);
        if (!r)
                r = end_gone(c, count, other_no, c->changed.contract.no);
        for (size_t i = 0; !r && i < count; i++) {
                turn(c, &c->found[i], &conflict);
                r = is_known(c, &conflict, &known);
                if (!r && !known)
                        r = say(c, &conflict);
        }
        return r;
}

/* ---- */

static int comparing_new(struct hub *hub, const struct entry *cause, struct comparing **ret)
{
        struct comparing *c = calloc(1, sizeof(*c));
        int r;

        *ret = c;
        if (!c)
                return -ENOMEM;
        c->hub = hub;
        c->cause = cause;
        c->day = day_of_instant(cause->time);
        r = council_charter(hub->txn, CUT_NONE, &c->room);
        c->charter = r ? NULL : &c->room;
        return r == -ENOENT ? 0 : r;
}

/* With the provider's others numbered below @until, as many as are looked at. */
static int compare_below(struct comparing *c, uint32_t no, uint32_t until)
{
        struct contract_state_row row = { .no = 0 };
        uint32_t looked_at = 0;
        int r = read_side(c, no, &c->changed);

        while (!r && looked_at < CONFLICT_CONTRACTS_MAX) {
                r = state_contract_next(c->hub->txn, c->changed.contract.earner_no, row.no,
                                        &row.no);
                if (!r && row.no >= until)
                        return 0;
                if (!r)
                        r = state_contract(c->hub->txn, row.no, &row);
                if (r || row.earner_no != c->changed.contract.earner_no || row.no == no)
                        continue;
                looked_at++;
                r = compare_with(c, row.no);
        }
        return r == -ENOENT ? 0 : r;
}

int conflicts_follow(struct hub *hub, const struct contract_id *id, const struct entry *cause)
{
        own(comparing) struct comparing *c = NULL;
        uint32_t no;
        int r = comparing_new(hub, cause, &c);

        if (r)
                return r;
        r = state_contract_no(hub->txn, id, &no);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        c->most = CONFLICTS_PER_CHANGE_MAX;
        return compare_below(c, no, UINT32_MAX);
}

/* Each pair once: a contract with those before it. */
static int conflicts_of_all(struct hub *hub, const struct entry *cause)
{
        own(comparing) struct comparing *c = NULL;
        uint64_t count;
        int r = comparing_new(hub, cause, &c);

        if (r)
                return r;
        c->most = CONFLICTS_PER_CHARTER_MAX;
        r = state_counter(hub->txn, "contracts", &count);
        for (uint32_t no = 1; !r && no <= count; no++)
                r = compare_below(c, no, no);
        return r;
}

int follow_due_crosswalk(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        int r = follow_due_charter(hub, due, entry);

        return r ? r : conflicts_of_all(hub, entry);
}
