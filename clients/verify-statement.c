/* SPDX-License-Identifier: Apache-2.0 */
/* One statement, from DIRECTORY/statements/RUN. */
#include "clients/verify.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clients/terms-file.h"
#include "core/own.h"
#include "proto/wire.h"

static void stated_cleanup(struct stated *stated)
{
        free(stated->terms);
        free(stated->facts);
        arena_free(&stated->arena);
        arena_free(&stated->work);
}

static int make_stated(struct stated *stated, const struct bundle *bundle)
{
        int r = arena_new(&stated->arena, WIRE_ARENA_SIZE);

        stated->bundle = bundle;
        snprintf(stated->what, sizeof(stated->what), "statement %" PRIu64, bundle->run);
        return r ? r : arena_new(&stated->work, WIRE_ARENA_SIZE);
}

static void complain(struct verify *v, struct stated *stated, const char *says)
{
        stated->failed = true;
        verify_row(v, stated->what, HOLDS_NO, 1, "%s", says);
}

/* ---- the record, and the run that it is of */

struct statement *statement_of_run(struct verify *v, struct stated *stated, struct arena *arena,
                                   uint64_t run)
{
        struct accord_error error;
        struct record record;

        for (size_t i = 0; i < stated->bundle->count; i++) {
                const struct kept_entry *entry = &stated->bundle->entries[i];

                if (entry->kind != ENTRY_STATEMENT)
                        continue;
                arena_reset(arena);
                if (!hub_proof_record(&v->proof, entry->index, entry->bytes, arena, &record,
                                      &error) && record.statement->run.cut == run)
                        return record.statement;
        }
        return NULL;
}

/* The run is an entry of its own: period, kind and day of payment are as it was ordered. */
static bool is_as_ordered(struct verify *v, struct stated *stated)
{
        const struct kept_entry *entry = bundle_find(stated->bundle, stated->bundle->run);
        const struct run *run = &stated->statement->run;
        struct accord_error error;
        struct record record;

        arena_reset(&stated->work);
        return entry && entry->kind == ENTRY_RUN &&
               !hub_proof_record(&v->proof, entry->index, entry->bytes, &stated->work, &record,
                                 &error) &&
               contract_id_equal(&record.run.run.contract, &run->contract) &&
               period_equal(record.run.run.period, run->period) &&
               record.run.run.kind == run->kind && record.run.run.number == run->number &&
               record.run.run.payment == run->payment;
}

/* ---- the terms, as they were offered and accepted */

static bool is_digest(const struct verify *v, struct bytes bytes, const uint8_t digest[32])
{
        struct digest made;

        hash_spans(v->proof.hasher, &bytes, 1, &made);
        return memcmp(made.octets, digest, 32) == 0;
}

static const char *read_terms(struct verify *v, struct stated *stated)
{
        const struct statement *s = stated->statement;
        const struct kept_entry *entry = bundle_find(stated->bundle, s->terms_index);
        struct submission said;
        struct fault fault;

        arena_reset(&stated->work);
        if (!entry || entry->kind != ENTRY_SUBMISSION ||
            wire_read_submission(entry->bytes, &stated->work, &said, &fault))
                return "the offer of its terms is not here";
        for (uint32_t i = 0; i < said.event_count; i++) {
                if (said.events[i].kind != EVENT_OFFER ||
                    !is_digest(v, said.events[i].offer.terms, s->terms_digest))
                        continue;
                stated->terms = calloc(1, sizeof(*stated->terms));
                if (!stated->terms || terms_decode(said.events[i].offer.terms, stated->terms))
                        return "its terms cannot be read";
                return contract_id_equal(&stated->terms->contract, &s->run.contract) &&
                       stated->terms->version == s->terms_version ? NULL :
                       "its terms are of another contract or version";
        }
        return "its terms are not those that were offered";
}

/* Who signed these terms, as far as entries of it are here: bits of sides. */
static unsigned int signed_by(struct stated *stated)
{
        const struct statement *s = stated->statement;
        unsigned int sides = 0;
        struct submission said;
        struct fault fault;

        for (size_t i = 0; i < stated->bundle->count; i++) {
                const struct kept_entry *entry = &stated->bundle->entries[i];
                const struct name *party;

                if (entry->kind != ENTRY_SUBMISSION || entry->index > s->run.cut)
                        continue;
                arena_reset(&stated->work);
                if (wire_read_submission(entry->bytes, &stated->work, &said, &fault) ||
                    !contract_id_equal(&said.contract, &s->run.contract))
                        continue;
                party = name_empty(&said.on_behalf_of) ? &said.sender.party : &said.on_behalf_of;
                for (uint32_t j = 0; j < said.event_count; j++)
                        if (entry->index == s->terms_index ||
                            (said.events[j].kind == EVENT_ACCEPTANCE &&
                             !memcmp(said.events[j].acceptance.terms_sha256.octets,
                                     s->terms_digest, 32)))
                                sides |= name_equal(party, &s->run.contract.bearer) ? 1u : 2u;
        }
        return sides;
}

static void check_terms(struct verify *v, struct stated *stated)
{
        const char *wrong;

        if (!stated->statement->terms_version)
                return;
        wrong = read_terms(v, stated);
        if (wrong) {
                complain(v, stated, wrong);
        } else if (signed_by(stated) != 3) {
                stated->open = true;
                verify_row(v, stated->what, HOLDS_OPEN, 1, "its terms are those offered; that both "
                           "sides accepted them is not here");
        } else {
                verify_row(v, stated->what, HOLDS_YES, 1, "its terms were signed by both sides");
        }
}

/* ---- all of it */

static enum exit_code make_again(struct verify *v, struct stated *stated)
{
        enum exit_code code;

        stated->statement = statement_of_run(v, stated, &stated->arena, stated->bundle->run);
        if (!stated->statement) {
                complain(v, stated, "it is not among its entries");
                return EXIT_DONE;
        }
        if (!is_as_ordered(v, stated)) {
                complain(v, stated, "it is not of the run that was ordered");
                return EXIT_DONE;
        }
        check_terms(v, stated);
        code = verify_facts(v, stated);
        if (!code && !stated->failed)
                code = verify_settle(v, stated);
        return code;
}

static void conclude(struct verify *v, const struct stated *stated)
{
        uint64_t run = stated->bundle->run;

        if (!stated->failed && !stated->open)
                verify_proved(v, "statement %" PRIu64, run);
        else
                verify_open(v, "statement %" PRIu64 "%s", run, stated->failed ? " (it fails)" : "");
}

enum exit_code verify_made_again(struct verify *v, const struct bundle *bundle)
{
        own(stated) struct stated stated = { 0 };
        enum exit_code code;

        if (make_stated(&stated, bundle))
                return say_failure(-ENOMEM, "the statement");
        code = make_again(v, &stated);
        conclude(v, &stated);
        return code;
}

static enum exit_code check(struct verify *v, struct stated *stated)
{
        enum exit_code code;

        verify_entries(v, stated);
        if (stated->failed)
                return EXIT_DONE;
        code = make_again(v, stated);
        return !code && !stated->failed && stated->statement ? verify_own(v, stated) : code;
}

enum exit_code verify_statement(struct verify *v, uint64_t run)
{
        own(bundle) struct bundle bundle = { 0 };
        own(stated) struct stated stated = { 0 };
        enum exit_code code;
        int r = bundle_read(v->reach->profile.directory, run, &bundle);

        bundle.run = run;
        if (make_stated(&stated, &bundle))
                return say_failure(-ENOMEM, "accord verify");
        if (r == -ENOENT) {
                verify_row(v, stated.what, HOLDS_OPEN, 0, "not collected: accord verify --fetch "
                           "--run %" PRIu64, run);
                verify_open(v, "statement %" PRIu64, run);
                return EXIT_DONE;
        }
        v->any = true;
        if (r == -EBADMSG)
                complain(v, &stated, "its file is damaged");
        else if (r)
                return say_failure(r, "the file of statement %" PRIu64, run);
        code = r ? EXIT_DONE : check(v, &stated);
        conclude(v, &stated);
        return code;
}
