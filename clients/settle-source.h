/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a statement comes from that a verb works on: a run of the hub, a file, or what a settlement
 * would come to, by the hub or by files alone.
 */
#ifndef ACCORD_CLIENTS_SETTLE_SOURCE_H
#define ACCORD_CLIENTS_SETTLE_SOURCE_H

#include "proto/arena.h"
#include "clients/publish.h"
#include "clients/statement-page.h"

/* own(source) struct source source = { 0 }; everything in it is its own. */
struct source {
        struct accord_statement around;         /* its statement is @statement */
        struct statement_row row;               /* what has become of it, when it is a run's */
        struct statement *statement;
        struct terms *terms;                    /* NULL: not known */
        struct sink record;
        struct origins origins;
        bool here;                              /* settled here: @origins says from what */
        struct json_object *document;           /* the file, whose texts @origins may name */
};

void source_cleanup(struct source *source);

/* Where its figures came from, for those who print; NULL: from the log. */
const struct origins *source_origins(const struct source *source);

/*
 * source_find() - a statement there is
 * @word:  a run's number; BEARER/EARNER/LABEL, its newest run; or a file of a statement
 * @terms: the terms it carries out are wanted too: from the hub, the file, or --terms. Their digest
 *         is the statement's.
 */
enum exit_code source_find(struct call *call, const char *word, bool terms, struct source *ret);

/* The statement of a run, and what has become of it. */
enum exit_code source_of_run(const struct reach *reach, uint64_t run, struct source *ret);

/* For an answer to the run of the first word: the session, the statement, and who answers. */
enum exit_code source_to_answer(const struct call *call, struct reach *reach, uint64_t *ret_run,
                                struct source *ret, struct accord_about *ret_about);

/*
 * source_preview() - what a settlement would come to now, by --period and --payment
 * @contract: asked of the hub; NULL: by --terms, --facts and --carried, without one
 */
enum exit_code source_preview(struct call *call, const char *contract, struct source *ret);

/* What a run of that kind would come to now, without the terms. */
enum exit_code source_of_kind(const struct reach *reach, const struct run *run,
                              struct source *ret);

/* What the hub would come to now for the contract and period of another statement. */
enum exit_code source_again(struct call *call, const struct statement *like, struct source *ret);

/* The part of source_preview() that needs no hub. */
enum exit_code source_from_files(struct call *call, struct source *ret);
/* Reads a statement's file; its terms where it has them. */
enum exit_code source_from_file(const char *path, struct source *ret);

/* Options of the verbs that work on what would be. */
#define SOURCE_OPTIONS                                                                             \
        { "terms", "FILE", "the terms of a file, accord.terms.v1, without a hub", 0 },             \
        { "facts", "FILE", "with --terms: figures, a report in JSON or CSV", OPTION_MANY },        \
        { "carried", "FILE", "with --terms: the statement of the period before, JSON",             \
          OPTION_MANY },                                                                           \
        { "payment", "DAY", "when it would be paid; today unless given", 0 }

#endif
