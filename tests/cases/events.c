/* SPDX-License-Identifier: Apache-2.0 */
/* What a node says, as words, and as events. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proof/hash.h"
#include "tests/cases/reading.h"

void read_about(struct reading *r)
{
        r->contract = want_contract(r->play);
        r->submission->contract = r->contract->id;
}

struct bytes read_text(struct play *play, const char *what)
{
        const char *word = want(play, what);

        return (struct bytes) { word, strlen(word) };   /* the words outlive the submission */
}

/* PARTY "document" */
static void read_relayed(struct reading *r, struct relayed *ret)
{
        ret->is = true;
        ret->party = want_name(r->play);
        ret->document = read_text(r->play, "a document");
        ret->document_sha256 = sha256_of(ret->document);
}

/*
 * offers CONTRACT TERMS [version N] [of-contract C] [open-until MOMENT]
 *        [relayed-from PARTY "document"] [garbled]
 */
static void read_offer(struct reading *r)
{
        struct offer *offer = &r->event->offer;
        struct sink *sink = &r->play->stage.sink;
        struct terms *terms = malloc(sizeof(*terms));
        void *copy;

        read_about(r);
        must(terms ? 0 : -1, "malloc");
        *terms = *want_terms(r->play);
        terms->contract = r->contract->id;
        terms->version = r->contract->version + 1;
        if (words_take(r->play->words, "version"))
                terms->version = (uint32_t)want_number(r->play);
        if (words_take(r->play->words, "of-contract"))
                terms->contract = want_contract(r->play)->id;
        if (words_take(r->play->words, "open-until"))
                offer->open_until = want_moment(r->play);
        if (words_take(r->play->words, "relayed-from"))
                read_relayed(r, &offer->relayed);
        sink_reset(sink);
        must(wire_write_terms(sink, terms), "wire_write_terms");
        copy = malloc(sink->size);
        must(copy ? 0 : -1, "malloc");
        memcpy(copy, sink->data, sink->size);
        offer->terms = (struct bytes) { copy, sink->size };
        if (words_take(r->play->words, "garbled"))
                memset(copy, 0xff, 4);
        if (terms->version < VERSIONS_MAX)
                *r->offered = (struct offered) {
                        .contract = r->contract, .version = terms->version,
                        .digest = sha256_of(offer->terms),
                };
        r->event->kind = EVENT_OFFER;
        free(terms);
}

/* accepts CONTRACT VERSION [other-digest] */
static void read_acceptance(struct reading *r)
{
        struct acceptance *acceptance = &r->event->acceptance;

        read_about(r);
        acceptance->version = (uint32_t)want_number(r->play);
        if (acceptance->version < VERSIONS_MAX)
                acceptance->terms_sha256 = r->contract->digests[acceptance->version];
        if (words_take(r->play->words, "other-digest"))
                acceptance->terms_sha256.octets[31] ^= 1;
        r->event->kind = EVENT_ACCEPTANCE;
}

/* ends CONTRACT DAY ["reason"] */
static void read_termination(struct reading *r)
{
        read_about(r);
        r->event->kind = EVENT_TERMINATION;
        r->event->termination.effective = want_day(r->play);
        if (words_take(r->play->words, "because"))
                r->event->termination.reason = read_text(r->play, "a reason");
}

/* KIND, or kind:NUMBER */
const struct fact_kind_info *read_kind(struct reading *r, enum fact_kind *ret)
{
        const char *word = want(r->play, "a kind of fact");
        const struct fact_kind_info *info =
                fact_kind_by_name((struct bytes) { word, strlen(word) });
        uint64_t number;

        if (info) {
                *ret = info->kind;
        } else if (strncmp(word, "kind:", 5) == 0 && read_number(word + 5, &number)) {
                *ret = (enum fact_kind)number;
        } else {
                wrong(r->play, "there is no fact '%s'", word);
        }
        return info;
}

/* In the unit of its kind, or cents:, count:, rate:, flag: */
void read_fact_value(struct reading *r, const struct fact_kind_info *info, struct value *ret)
{
        static const char *const units[] = { [1] = "cents:", "count:", "rate:", "flag:" };
        const char *word = want(r->play, "a value");

        for (unsigned int i = 1; i < sizeof(units) / sizeof(units[0]); i++)
                if (strncmp(word, units[i], strlen(units[i])) == 0) {
                        if (!read_value(word + strlen(units[i]), (enum unit)i, ret))
                                wrong(r->play, "'%s' is no value", word);
                        return;
                }
        if (!info || !read_value(word, info->unit, ret))
                wrong(r->play, "'%s' is no value of that kind", word);
}

uint64_t want_index(struct play *play)
{
        const char *word = want(play, "a label or index");
        const struct said *said = said_as(play, word);
        uint64_t index;

        if (said)
                return said->outcome.index;
        if (!read_number(word, &index))
                wrong(play, "'%s' is neither a label nor an index", word);
        return index;
}

/* CONTRACT PERIOD LINE: the line of that contract's last statement, as RUN:LINE */
static void read_upstream_item(struct reading *r, struct item *ret)
{
        struct case_contract *contract = want_contract(r->play);
        struct period period = want_period(r->play);
        uint64_t run = find_statement_run(r->play, &contract->id, period, 0);

        if (snprintf(ret->text, sizeof(ret->text), "%llu:%s", (unsigned long long)run,
                     want(r->play, "a line")) >= (int)sizeof(ret->text))
                wrong(r->play, "that is too long for an item");
}

/* KIND PERIOD VALUE and what else there is to say of it */
static void read_fact(struct reading *r)
{
        struct fact_event *fact = &r->event->fact;
        struct words *words = r->play->words;
        const struct fact_kind_info *info = read_kind(r, &fact->key.kind);

        r->event->kind = EVENT_FACT;
        fact->key.scope = r->scope;
        fact->key.period = want_period(r->play);
        fact->key.paid_through = DATE_NONE;
        read_fact_value(r, info, &fact->value);
        for (;;) {
                if (words_take(words, "segment")) {
                        fact->key.segment = want_name(r->play);
                } else if (words_take(words, "item")) {
                        fact->key.item = want_item(r->play);
                } else if (words_take(words, "item-of")) {
                        read_upstream_item(r, &fact->key.item);
                } else if (words_take(words, "paid-through")) {
                        fact->key.paid_through = want_day(r->play);
                } else if (words_take(words, "supersedes")) {
                        fact->has_supersedes = true;
                        fact->supersedes = want_index(r->play);
                } else if (words_take(words, "relayed-from")) {
                        read_relayed(r, &fact->relayed);
                } else {
                        return;
                }
        }
}

/* states CONTRACT|own|community KIND ... */
static void read_first_fact(struct reading *r)
{
        if (words_take(r->play->words, "own")) {
                r->scope = SCOPE_PARTY;
        } else if (words_take(r->play->words, "community")) {
                r->scope = SCOPE_COMMUNITY;
        } else {
                r->scope = SCOPE_CONTRACT;
                read_about(r);
        }
        read_fact(r);
}

/* asks-for CONTRACT KIND PERIOD payment DAY [plan NAME] */
static void read_run_request(struct reading *r)
{
        struct run_request *request = &r->event->run_request;

        read_about(r);
        r->event->kind = EVENT_RUN_REQUEST;
        request->kind = want_run_kind(r->play);
        request->period = want_period(r->play);
        if (!words_take(r->play->words, "payment"))
                wrong(r->play, "'payment' and a day should follow");
        request->payment = want_day(r->play);
        if (words_take(r->play->words, "plan")) {
                request->has_plan = true;
                request->plan_sha256 = want_plan(r->play)->digest;
        }
}

/* is participates-in|bills-for|owns|administers-for PARTY from DAY [until DAY] [npi|tin|ccn N] */
static void read_relation(struct reading *r)
{
        static const char *const kinds[] = {
                [1] = "participates-in", "bills-for", "owns", "administers-for",
        };
        struct relation *relation = &r->event->relation;
        const char *word = want(r->play, "a relation");

        r->event->kind = EVENT_RELATION;
        for (unsigned int i = 1; i < sizeof(kinds) / sizeof(kinds[0]); i++)
                if (strcmp(kinds[i], word) == 0)
                        relation->kind = (enum relation_kind)i;
        if (!relation->kind)
                wrong(r->play, "there is no relation '%s'", word);
        relation->other = want_name(r->play);
        relation->until = DATE_NONE;
        if (words_take(r->play->words, "from"))
                relation->from = want_day(r->play);
        if (words_take(r->play->words, "until"))
                relation->until = want_day(r->play);
        if (words_take(r->play->words, "npi"))
                relation->npi = read_text(r->play, "an NPI");
        if (words_take(r->play->words, "tin"))
                relation->tin = read_text(r->play, "a TIN");
        if (words_take(r->play->words, "ccn"))
                relation->ccn = read_text(r->play, "a CCN");
}

/* delegates RIGHTS to PARTY from MOMENT until MOMENT */
static void read_delegation(struct reading *r)
{
        struct delegation *delegation = &r->event->delegation;
        const char *word = want(r->play, "rights");

        r->event->kind = EVENT_DELEGATION;
        if (!read_rights(word, &delegation->rights))
                wrong(r->play, "'%s' are no rights", word);
        if (!words_take(r->play->words, "to"))
                wrong(r->play, "'to' and a party should follow");
        delegation->to = want_name(r->play);
        if (words_take(r->play->words, "from"))
                delegation->from = want_moment(r->play);
        if (words_take(r->play->words, "until"))
                delegation->until = want_moment(r->play);
}

/* takes-back-from PARTY */
static void read_delegation_end(struct reading *r)
{
        r->event->kind = EVENT_DELEGATION_END;
        r->event->delegation_end.to = want_name(r->play);
}

/* closes STREAM */
static void read_stream_close(struct reading *r)
{
        r->event->kind = EVENT_STREAM_CLOSE;
        r->event->stream_close.stream =
                want_stream(r->play, r->player, want(r->play, "a stream"))->id;
}

static const struct {
        const char *word;
        read_fn *read;
} verbs[] = {
        { "offers", read_offer },         { "accepts", read_acceptance },
        { "ends", read_termination },     { "states", read_first_fact },
        { "asks-for", read_run_request }, { "is", read_relation },
        { "delegates", read_delegation }, { "takes-back-from", read_delegation_end },
        { "opens", read_publication },    { "treats", read_benefit },
        { "has", read_capability_had },   { "lacks", read_capability_lacked },
        { "closes", read_stream_close },
        { "accepts-statement", read_statement_acceptance },
        { "disputes", read_dispute },     { "withdraws", read_dispute_end },
        { "proposes", read_resolution },  { "agrees-to", read_resolution_acceptance },
        { "determines", read_determination },
        { "states-figure", read_figure }, { "pays", read_payment_sent },
        { "receives", read_payment_received },
        { "rotates", read_key_rotation }, { "objects", read_succession_objection },
        { "proposes-charter", read_proposal }, { "votes", read_vote },
        { "leaves", read_departure },
};

static bool read_event(struct reading *r, bool first)
{
        for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
                if (words_take(r->play->words, verbs[i].word)) {
                        verbs[i].read(r);
                        return true;
                }
        if (first || !r->scope)
                return false;
        read_fact(r);
        return true;
}

unsigned int read_events(struct play *play, struct case_player *player, struct event *events,
                         struct submission *submission, struct offered *offered)
{
        struct reading r = {
                .play = play, .player = player, .submission = submission, .event = events,
                .offered = offered,
        };

        pool_reset();
        do {
                if (r.event == events + EVENTS_MAX)
                        wrong(play, "too many events");
                if (!read_event(&r, r.event == events))
                        wrong(play, "'%s' is nothing a node does",
                              want(play, "what the node does"));
                r.event++;
        } while (words_take(play->words, "and"));
        return (unsigned int)(r.event - events);
}
