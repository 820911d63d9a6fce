/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The keys of a party's own contracts, and those that others made public: all that a payer may hold
 * side by side.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "core/rewarded.h"
#include "clients/align.h"
#include "clients/reach.h"
#include "clients/terms-file.h"

#define CONTRACTS_MOST 1024     /* own and published */

struct keys_of {
        const struct reach *reach;
        struct align_view *v;
        struct { struct contract_id contract; uint32_t version; } own[CONTRACTS_MOST];
        uint32_t own_count;
        bool more;                      /* than there is room for */
        struct terms *terms;
        struct rewarded rewarded[INCENTIVES_MAX];
};

static void keys_of_cleanup(struct keys_of **k)
{
        if (*k)
                free((*k)->terms);
        free(*k);
}

static int note_contract(void *with, const struct contract_row *row)
{
        struct keys_of *k = with;

        if (!row->version_in_force)
                return 0;
        if (k->own_count == CONTRACTS_MOST) {
                k->more = true;
                return 0;
        }
        k->own[k->own_count].contract = row->contract;
        k->own[k->own_count++].version = row->version_in_force;
        return 0;
}

/* The payer's place; a new one when it is not there yet. */
static bool payer_place(struct align_signal *s, const struct name *payer, uint32_t *ret)
{
        for (*ret = 0; *ret < s->align.payer_count; ++*ret)
                if (name_equal(&s->payers[*ret].name, payer))
                        return true;
        if (s->align.payer_count == SIGNAL_CONTRACTS_MAX)
                return false;
        s->payers[s->align.payer_count++] = (struct align_payer) { .name = *payer,
                                                                   .keep = exact_of(0) };
        return true;
}

static void add_row(struct keys_of *k, const struct contract_id *contract, uint32_t place,
                    const struct measure_key *key, const struct name *excludes)
{
        struct align_signal *s = k->v->s;
        uint32_t payer;

        if (s->align.row_count == SIGNAL_ROWS_MAX || !payer_place(s, &contract->bearer, &payer)) {
                k->more = true;
                return;
        }
        s->rows[s->align.row_count++] = (struct align_row) {
                .payer = payer, .contract = place, .key = *key, .excludes = *excludes };
}

static enum exit_code add_own(struct keys_of *k, uint32_t at)
{
        const struct contract_id *contract = &k->own[at].contract;
        struct accord_error error = { 0 };
        const struct terms_row *row;
        enum exit_code code;
        size_t count;

        if (accord_query_terms(k->reach->session, contract, k->own[at].version, &row, &error))
                return reach_failed(&error);
        code = terms_decode(row->terms, k->terms);
        if (code)
                return code;
        k->v->contracts[at] = *contract;
        k->v->category[at] = LAN_COUNT;
        count = rewarded_of(k->terms, k->v->titles.charter, k->rewarded);
        for (size_t i = 0; i < count; i++)
                add_row(k, contract, at, &k->rewarded[i].key, &k->rewarded[i].excludes);
        return EXIT_DONE;
}

/* ---- what others made public */

static bool is_own(const struct keys_of *k, const struct contract_id *contract)
{
        for (uint32_t i = 0; i < k->own_count; i++)
                if (contract_id_equal(&k->own[i].contract, contract))
                        return true;
        return false;
}

static int add_public(void *with, const struct publication_row *row)
{
        static const struct name nobody;
        struct keys_of *k = with;
        uint32_t place = k->v->contract_count;

        if (is_own(k, &row->contract) || !row->measure_count)
                return 0;
        if (place == CONTRACTS_MOST) {
                k->more = true;
                return 0;
        }
        k->v->contracts[place] = row->contract;
        k->v->relayed[place] = row->relayed;
        k->v->category[place] = row->has_category ? row->category : LAN_COUNT;
        k->v->contract_count++;
        for (uint32_t i = 0; i < row->measure_count; i++)
                add_row(k, &row->contract, place, &row->measures[i].key, &nobody);
        return 0;
}

enum exit_code align_fetch_keys(const struct reach *reach, struct rate tolerance,
                                struct align_view *v)
{
        own(keys_of) struct keys_of *k = calloc(1, sizeof(*k));
        struct accord_error error = { 0 };
        enum exit_code code = EXIT_DONE;
        struct tip tip;

        if (k)
                k->terms = calloc(1, sizeof(*k->terms));
        if (!k || !k->terms || align_view_new(v, CONTRACTS_MOST))
                return say_failure(-ENOMEM, "the contracts");
        k->reach = reach;
        k->v = v;
        v->party = reach->profile.node.party;
        v->keys_only = true;
        v->s->align = (struct align) { .payers = v->s->payers, .rows = v->s->rows,
                                       .tolerance = tolerance };
        if (accord_query_contracts(reach->session, note_contract, k, &error))
                return reach_failed(&error);
        v->contract_count = k->own_count;
        for (uint32_t i = 0; i < k->own_count && !code; i++)
                code = add_own(k, i);
        if (code)
                return code;
        if (accord_query_publications(reach->session, add_public, k, &error) ||
            accord_query_tip(reach->session, &tip, &error))
                return reach_failed(&error);
        v->as_of = tip.size;
        if (k->more)
                say_error("there are more contracts and measures than fit: some are left out");
        if (align_prepare(&v->s->align))
                return say_failure(-ERANGE, "the keys");
        return EXIT_DONE;
}
