/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What payers pay for, where that is public: for everybody alike. A contract of which nothing is
 * public is not there, whoever asks, its own sides too.
 */
#include <errno.h>
#include <stdlib.h>

#include "core/arrangement.h"
#include "core/own.h"
#include "core/rewarded.h"
#include "daemon/community.h"
#include "daemon/council.h"
#include "daemon/query.h"
#include "daemon/state_relation.h"

#define PUBLICATIONS_MAX 64u

/* First what bearers opened, by number of the contract; then those of parties the charter names. */
enum { OPENED = 1, CHARTERED = 2 };

struct publishing {
        struct asked *asked;
        struct publication_row *rows;
        uint32_t most, count;
        date day;
        const struct charter *charter;  /* NULL: none is in force */
        struct { uint8_t part, place; uint32_t contract; } at;
        struct terms terms;
        struct charter room;
        struct rewarded rewarded[INCENTIVES_MAX];
};

static void publishing_cleanup(struct publishing **publishing)
{
        free(*publishing);
}

static bool is_common(const struct publishing *p, const struct name *bearer,
                      const struct measure_key *key)
{
        for (unsigned int i = 0; p->charter && i < p->charter->specification_count; i++) {
                const struct specification *s = &p->charter->specifications[i];

                if (s->common && measure_key_equal(&s->is, key) &&
                    (name_empty(&s->bearer) || name_equal(&s->bearer, bearer)))
                        return true;
        }
        return false;
}

/* That lower total cost is paid for follows from the method, and is public with it. */
static int add_measures(struct publishing *p, const struct publication *is,
                        const struct name *bearer, struct publication_row *row)
{
        static const struct name cost = { CONCEPT_TOTAL_COST };
        size_t count = rewarded_of(&p->terms, p->charter, p->rewarded);
        struct public_measure *to = rows_new(p->asked, (uint32_t)count + 1, sizeof(*to));

        if (!to)
                return -ENOMEM;
        for (size_t i = 0; i < count; i++) {
                const struct measure_key *key = &p->rewarded[i].key;

                if (!is->methods && name_equal(&key->concept, &cost))
                        continue;
                to[row->measure_count++] =
                        (struct public_measure) { *key, is_common(p, bearer, key) };
        }
        row->measures = to;
        return 0;
}

static int add_row(struct publishing *p, const struct contract_state_row *contract,
                   const struct publication *is)
{
        struct publication_row *row = &p->rows[p->count];
        struct arrangement arrangement;
        int r = community_terms(p->asked->hub, contract->no, contract->version_in_force,
                                &p->terms);

        if (r)
                return r;
        *row = (struct publication_row) {
                .contract = contract->id, .relayed = contract->state == CONTRACT_RELAYED,
                .has_category = is->methods,
        };
        arrangement_of(&p->terms, false, &arrangement);
        if (is->methods)
                row->category = arrangement.category;
        if (is->measures)
                r = add_measures(p, is, &contract->id.bearer, row);
        p->count += r == 0;
        return r;
}

/* Of @no what is public at the cut, while its terms hold. */
static int look_at(struct publishing *p, uint32_t no)
{
        struct store_txn *txn = p->asked->hub->txn;
        struct contract_state_row contract;
        struct view_terms terms;
        struct publication is;
        int r = asof_contract(txn, no, p->asked->cut, &contract);

        if (r || !contract.version_in_force)
                return r == -ENOENT ? 0 : r;
        r = state_terms(txn, no, contract.version_in_force, &terms);
        if (!r)
                r = community_public(txn, &contract, p->charter, p->asked->cut, &is);
        if (r || (!is.measures && !is.methods) || !community_holds(&contract, &terms, p->day))
                return r == -ENOENT ? -EILSEQ : r;
        return add_row(p, &contract, &is);
}

static int next_opened(struct publishing *p, uint32_t *ret)
{
        struct row_reader reader;
        struct bytes key, value;
        ROW(at);
        int r;

        row_u32(&at, p->at.contract);
        row_u64(&at, UINT64_MAX);
        row_u32(&at, UINT32_MAX);
        r = store_after(p->asked->hub->txn, TABLE_PUBLICATION, row_span(&at), &key, &value);
        if (r)
                return r;
        reader = row_read(key);
        *ret = read_u32(&reader);
        return 0;
}

/* Absent parties only earn of nobody: all contracts they bear are behind their number. */
static int next_chartered(struct publishing *p, uint32_t *ret)
{
        struct store_txn *txn = p->asked->hub->txn;
        struct contract_state_row row;
        struct party_state party;
        int r;

        for (; p->charter && p->at.place < p->charter->public_count; p->at.place++) {
                const struct name *name = &p->charter->public_parties[p->at.place];

                r = state_party(txn, name, &party);
                while (!r && !party.party.present &&
                       !(r = state_contract_next(txn, party.party.no, p->at.contract, ret))) {
                        r = state_contract(txn, *ret, &row);
                        if (r || name_equal(&row.id.bearer, name))
                                return r == -ENOENT ? -EILSEQ : r;
                        p->at.contract = *ret;
                }
                if (r && r != -ENOENT)
                        return r;
                p->at.contract = 0;
        }
        return -ENOENT;
}

static int publications_of(struct publishing *p)
{
        uint32_t no;
        int r = 0;

        while (!r && p->count < p->most) {
                r = p->at.part == OPENED ? next_opened(p, &no) : next_chartered(p, &no);
                if (!r) {
                        p->at.contract = no;
                        r = look_at(p, no);
                } else if (r == -ENOENT && p->at.part == OPENED) {
                        p->at.part = CHARTERED;
                        p->at.contract = 0;
                        r = 0;
                }
        }
        return r;
}

static int begin(struct publishing *p)
{
        struct bytes after = p->asked->query->after;
        struct row_reader reader = row_read(after);
        struct log_entry entry;
        int r = log_read(p->asked->hub->txn, asked_last(p->asked), &entry);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        p->day = day_of_instant(entry.header.time);
        p->at.part = OPENED;
        if (after.size) {
                p->at.part = read_u8(&reader);
                p->at.place = read_u8(&reader);
                p->at.contract = read_u32(&reader);
                if (row_done(&reader) || (p->at.part != OPENED && p->at.part != CHARTERED))
                        return -ENOENT;
        }
        r = council_charter(p->asked->hub->txn, p->asked->cut, &p->room);
        if (!r)
                p->charter = &p->room;
        return r == -ENOENT ? 0 : r;
}

int ask_publications(struct asked *asked)
{
        own(publishing) struct publishing *p = calloc(1, sizeof(*p));
        ROW(cursor);
        int r;

        if (!p)
                return -ENOMEM;
        p->asked = asked;
        p->most = rows_wanted(asked, PUBLICATIONS_MAX);
        p->rows = rows_new(asked, p->most, sizeof(*p->rows));
        r = p->rows ? begin(p) : -ENOMEM;
        if (r)
                return r;
        r = publications_of(p);
        asked->answer->publications = p->rows;
        asked->answer->publication_count = p->count;
        if (!r && p->count == p->most) {
                row_u8(&cursor, p->at.part);
                row_u8(&cursor, p->at.place);
                row_u32(&cursor, p->at.contract);
                go_on_after(asked, row_span(&cursor));
        }
        return r == -ENOENT ? 0 : r;
}
