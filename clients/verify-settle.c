/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The statement made again: by its terms, from the figures that the parties signed, with the core
 * that the hub has; and with one's own figures added, to see whether one was left out.
 */
#include "clients/verify.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clients/lib/accord.h"
#include "clients/settle-versions.h"
#include "core/lines.h"
#include "core/own.h"
#include "proto/wire.h"

static void statement_cleanup(struct statement **statement)
{
        free(*statement);
}

/* Decided figures stand for the side of record, as a settlement takes them. */
static struct fact as_taken(const struct terms *terms, const struct fact *fact)
{
        struct fact taken = *fact;

        if (taken.decided && terms_of_record(terms, taken.key.kind) != SIDE_NEITHER)
                taken.side = terms_of_record(terms, taken.key.kind);
        return taken;
}

/* ---- the same again */

static bool same_fact(const struct statement *a, const struct line *x, const struct statement *b,
                      const struct line *y)
{
        if (x->facts != y->facts)
                return false;
        for (uint16_t i = 0; i < x->facts; i++)
                if (a->facts[x->fact + i].index != b->facts[y->fact + i].index ||
                    a->facts[x->fact + i].event != b->facts[y->fact + i].event)
                        return false;
        return true;
}

static bool same_line(const struct statement *a, const struct line *x, const struct statement *b,
                      const struct line *y)
{
        const struct item *of_x = line_item(a, x), *of_y = line_item(b, y);

        return x->step == y->step && x->code == y->code && x->unit == y->unit &&
               x->form == y->form && x->members == y->members && x->num == y->num &&
               x->den == y->den && !of_x == !of_y && (!of_x || item_equal(of_x, of_y)) &&
               same_fact(a, x, b, y);
}

/* The first thing that is not the same; NULL: everything is. */
static const char *differs(const struct statement *said, const struct statement *made)
{
        const struct line_info *info;

        for (uint16_t i = 0; i < said->line_count && i < made->line_count; i++) {
                info = line_info(said->lines[i].code);
                if (!same_line(said, &said->lines[i], made, &made->lines[i]))
                        return info ? info->name : "a line";
        }
        if (said->line_count != made->line_count)
                return "the number of its lines";
        if (said->status != made->status)
                return "whether it can be calculated";
        if (said->earned != made->earned)
                return "what is earned";
        if (said->payable != made->payable)
                return "what is payable";
        if (said->has_versions != made->has_versions || said->by_bearer != made->by_bearer ||
            said->by_earner != made->by_earner || said->basis != made->basis)
                return "what either side's version comes to";
        return NULL;
}

/* ---- what was carried from the period before */

static bool hands_on(const struct statement *from, const struct carried *wanted)
{
        static struct carried carried[CARRIED_PER_STATEMENT_MAX];
        size_t count = carries_of(from, carried, CARRIED_PER_STATEMENT_MAX);

        for (size_t i = 0; i < count && i < CARRIED_PER_STATEMENT_MAX; i++)
                if (carried[i].what == wanted->what &&
                    item_equal(&carried[i].item, &wanted->item))
                        return exact_cmp(carried[i].figure, wanted->figure) == 0;
        return false;
}

static void check_carried(struct verify *v, struct stated *stated)
{
        const struct statement *s = stated->statement, *from;
        const struct carried *carried;

        for (uint16_t i = 0; i < s->carried_count; i++) {
                carried = &s->carried[i];
                from = statement_of_run(v, stated, &stated->work, carried->run);
                if (from && hands_on(from, carried))
                        continue;
                stated->failed = stated->failed || from;
                stated->open = stated->open || !from;
                verify_row(v, stated->what, from ? HOLDS_NO : HOLDS_OPEN, 1,
                           from ? "%s is not what the statement of run %" PRIu64 " hands on" :
                           "%s is carried from run %" PRIu64 ", whose statement is not here",
                           carry_name(carried->what), carried->run);
        }
}

/* NULL, or why it cannot be made again here. */
static const char *cannot(const struct stated *stated)
{
        if (stated->statement->has_members)
                return "it rests on rows of members, which are not kept here: not made again";
        if (stated->missing)
                return "figures of others are wanted to make it again";
        if (!stated->terms)
                return "no terms held for its period: there is nothing to make again";
        if (stated->statement->disputed_more)
                return "more is in dispute than it names: not made again";
        return NULL;
}

enum exit_code verify_settle(struct verify *v, struct stated *stated)
{
        own(statement) struct statement *made = calloc(1, sizeof(*made));
        const struct statement *said = stated->statement;
        struct fact *facts = calloc(stated->fact_count + 1, sizeof(*facts));
        struct settle_inputs inputs = { .facts = facts, .fact_count = stated->fact_count,
                                        .carried = said->carried,
                                        .carried_count = said->carried_count };
        const char *why = cannot(stated), *what;
        int r = made && facts ? 0 : -ENOMEM;

        check_carried(v, stated);
        for (size_t i = 0; !r && !why && i < stated->fact_count; i++)
                facts[i] = as_taken(stated->terms, &stated->facts[i]);
        if (!r && !why)
                r = settle_by_versions(stated->terms, &said->run, &inputs, made);
        free(facts);
        if (r)
                return say_failure(r, "accord verify");
        what = why ? NULL : differs(said, made);
        stated->open = stated->open || why;
        stated->failed = stated->failed || what;
        if (why)
                verify_row(v, stated->what, HOLDS_OPEN, 0, "%s", why);
        else if (what)
                verify_row(v, stated->what, HOLDS_NO, 1, "made again from terms and figures it "
                           "comes to something else: %s", what);
        else
                verify_row(v, stated->what, HOLDS_YES, said->line_count,
                           "made again from terms and figures, line by line");
        return EXIT_DONE;
}

/* ---- nothing of one's own left out */

struct own_facts {
        const struct stated *stated;
        struct name party;
        struct fact *list;              /* owned */
        size_t count, room, own;
        struct arena arena;
        int r;
};

static void own_facts_cleanup(struct own_facts *facts)
{
        free(facts->list);
        arena_free(&facts->arena);
}

static void add_fact(struct own_facts *facts, const struct fact *fact)
{
        if (facts->count == facts->room) {
                size_t room = facts->room ? 2 * facts->room : 64;
                struct fact *list = reallocarray(facts->list, room, sizeof(*list));

                facts->r = list ? facts->r : -ENOMEM;
                if (!list)
                        return;
                facts->list = list;
                facts->room = room;
        }
        facts->list[facts->count++] = *fact;
}

static bool same_thing(const struct fact *fact, enum fact_kind kind, const struct item *item,
                       struct period period)
{
        return fact->key.kind == kind && item_equal(&fact->key.item, item) &&
               period_equal(fact->key.period, period);
}

/* What both sides settled on, or do not agree on, takes the place of what one of them says. */
static bool has_its_place(const struct statement *s, const struct fact *fact)
{
        for (uint16_t i = 0; i < s->fact_count; i++) {
                const struct used_fact *used = &s->facts[i];

                if ((used->index == fact->index && used->event == fact->event) ||
                    (used->decided && same_thing(fact, used->kind, &used->item, used->period)))
                        return true;
        }
        for (uint16_t i = 0; i < s->disputed_count; i++)
                if (same_thing(fact, s->disputed[i].kind, &s->disputed[i].item,
                               s->disputed[i].period))
                        return true;
        return false;
}

static void add_submission(struct own_facts *facts, uint64_t index, struct bytes bytes)
{
        const struct run *run = &facts->stated->statement->run;
        const struct name *party;
        struct submission said;
        struct fault fault;
        struct fact fact;

        arena_reset(&facts->arena);
        if (index > run->cut || wire_read_submission(bytes, &facts->arena, &said, &fault))
                return;
        party = name_empty(&said.on_behalf_of) ? &said.sender.party : &said.on_behalf_of;
        if (!name_equal(party, &facts->party))
                return;
        for (uint32_t i = 0; i < said.event_count; i++) {
                if (said.events[i].kind != EVENT_FACT ||
                    fact_of_event(&run->contract, &said, index, i, &fact))
                        continue;
                facts->own++;
                if (!has_its_place(facts->stated->statement, &fact))
                        add_fact(facts, &fact);
        }
}

static int add_item(void *with, const struct accord_item *item)
{
        struct own_facts *facts = with;

        if (item->state == ACCORD_ITEM_RECEIVED && item->submission.size &&
            !bundle_find(facts->stated->bundle, item->receipt.index) &&
            contract_id_equal(&item->about.contract, &facts->stated->statement->run.contract))
                add_submission(facts, item->receipt.index, wire_without_blocks(item->submission));
        return 0;
}

static bool is_used(const struct statement *s, uint64_t index, uint32_t event)
{
        for (uint16_t i = 0; i < s->fact_count; i++)
                if (s->facts[i].index == index && s->facts[i].event == event)
                        return true;
        return false;
}

/* Made with all of one's own figures: what it reads then, the statement has read. */
static void say_left_out(struct verify *v, struct stated *stated, const struct own_facts *facts,
                         const struct statement *made)
{
        const struct fact_kind_info *info;

        for (uint16_t i = 0; i < made->fact_count; i++) {
                if (is_used(stated->statement, made->facts[i].index, made->facts[i].event))
                        continue;
                info = fact_kind_info(made->facts[i].kind);
                stated->failed = true;
                verify_row(v, stated->what, HOLDS_NO, 1, "%s of entry %" PRIu64
                           ", this party's own, is left out", info ? info->name : "a figure",
                           made->facts[i].index);
                return;
        }
        verify_row(v, stated->what, HOLDS_YES, facts->own, "this party's own figures are in it, "
                   "replaced by later ones, or not read by its terms");
}

static void gather(struct verify *v, struct own_facts *facts, struct accord_error *error)
{
        const struct stated *stated = facts->stated;

        for (size_t i = 0; i < stated->bundle->count; i++)
                if (stated->bundle->entries[i].kind == ENTRY_SUBMISSION)
                        add_submission(facts, stated->bundle->entries[i].index,
                                       stated->bundle->entries[i].bytes);
        if (v->outbox && accord_outbox_visit(v->outbox, add_item, facts, error))
                facts->r = -EIO;
        for (size_t i = 0; i < stated->fact_count; i++) {
                struct fact fact = as_taken(stated->terms, &stated->facts[i]);

                if (!is_used(stated->statement, fact.index, fact.event))
                        continue;
                if (fact.side != SIDE_NEITHER)
                        fact.side = terms_of_record(stated->terms, fact.key.kind);
                add_fact(facts, &fact);
        }
}

enum exit_code verify_own(struct verify *v, struct stated *stated)
{
        own(statement) struct statement *made = calloc(1, sizeof(*made));
        own(own_facts) struct own_facts facts = { .stated = stated,
                                                  .party = v->reach->profile.node.party };
        struct accord_error error = { 0 };
        struct settle_inputs inputs;

        if (!stated->terms || stated->statement->has_members)
                return EXIT_DONE;
        if (!made || arena_new(&facts.arena, WIRE_ARENA_SIZE))
                return say_failure(-ENOMEM, "accord verify");
        gather(v, &facts, &error);
        if (facts.r)
                return error.code ? reach_failed(&error) : say_failure(facts.r, "accord verify");
        inputs = (struct settle_inputs) { .facts = facts.list, .fact_count = facts.count,
                                          .carried = stated->statement->carried,
                                          .carried_count = stated->statement->carried_count };
        settle(stated->terms, &stated->statement->run, &inputs, made);
        say_left_out(v, stated, &facts, made);
        return EXIT_DONE;
}
