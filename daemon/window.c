/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/window.h"

#include <errno.h>

#include "core/check.h"
#include "core/sentence.h"
#include "daemon/dispatch.h"
#include "daemon/due.h"
#include "daemon/matching.h"

#define DAY_US INT64_C(86400000000)

static enum side other_side(enum side side)
{
        return side == SIDE_BEARER ? SIDE_EARNER : SIDE_BEARER;
}

/* The rule by which the other side answers a fact of this kind; NULL: it does not. */
static const struct fact_rule *answered_by(const struct view *view, const struct fact_key *key)
{
        const struct fact_rule *rule;

        if (!view->steps || key->scope != SCOPE_CONTRACT ||
            !view_kind_answered(&view->contract.in_force, key->kind))
                return NULL;
        rule = terms_rule(view->steps, key->kind);
        return rule && rule->other != REPORT_NONE ? rule : NULL;
}

/* 1: the side has said something of it itself, as @ret; 0: it has not. */
static int has_said(struct hub *hub, uint32_t contract_no, enum side side,
                    const struct fact_key *key, struct fact_state *ret)
{
        int r = state_fact_of_thing(hub->txn, contract_no, side, key, UINT64_MAX, ret);

        if (r)
                return r == -ENOENT ? 0 : r;
        return !ret->fact.relayed;
}

static int open_window(struct hub *hub, uint32_t contract_no, const struct fact_rule *rule,
                       const struct fact *fact, const struct entry *entry)
{
        const struct window_state window = {
                .contract_no = contract_no, .index = fact->index, .event = fact->event,
                .until = entry->time + rule->window_days * DAY_US, .of_record = fact->side,
                .kind = fact->key.kind, .segment = fact->key.segment, .item = fact->key.item,
                .period = fact->key.period,
        };
        const struct due_state due = window_due(&window);
        int r = state_window_put(hub->txn, &window);

        return r ? r : state_due_put(hub->txn, &due);
}

/* Of claims paid through an earlier day nobody awaits anything: it does not count. */
static int fold_of_record(struct hub *hub, const struct view *view, const struct fact_rule *rule,
                          const struct fact *fact, const struct entry *entry)
{
        const enum side other = other_side(fact->side);
        const uint32_t no = view->contract.no;
        struct fact_state before, answer;
        int r = has_said(hub, no, fact->side, &fact->key, &before);

        if (r > 0 && before.fact.key.paid_through > fact->key.paid_through)
                return 0;
        if (r > 0)
                r = state_window_drop(hub->txn, no, before.fact.index, before.fact.event);
        if (r || !rule->window_days || !view_party_of(&view->contract, other)->present)
                return r;
        r = has_said(hub, no, other, &fact->key, &answer);
        return r ? (r < 0 ? r : 0) : open_window(hub, no, rule, fact, entry);
}

static int fold_answer(struct hub *hub, const struct view *view, const struct fact *fact)
{
        const uint32_t no = view->contract.no;
        struct fact_state record;
        int r = has_said(hub, no, other_side(fact->side), &fact->key, &record);

        if (r <= 0)
                return r;
        return state_window_drop(hub->txn, no, record.fact.index, record.fact.event);
}

int window_fold_fact(struct hub *hub, const struct view *view, const struct fact_state *said,
                     const struct entry *entry)
{
        const struct fact *fact = &said->fact;
        const struct fact_rule *rule = answered_by(view, &fact->key);

        if (!rule || fact->relayed)
                return 0;
        return fact->side == rule->of_record ? fold_of_record(hub, view, rule, fact, entry)
                                             : fold_answer(hub, view, fact);
}

/* Rates are compared by cross-multiplication: 1/2 is 2/4. */
static bool same_value(const struct value *a, const struct value *b)
{
        return (wide)a->num * b->den == (wide)b->num * a->den;
}

static bool says_since(const struct fact *fact, const struct fact *decided)
{
        return !fact->relayed && fact->index > decided->index;
}

int window_end_decided(struct hub *hub, const struct view *view, const struct fact_state *said)
{
        const uint32_t no = view->contract.no;
        struct fact_state sides[2];
        struct decided_state decided;
        int r;

        if (!view->has_decided || said->fact.key.scope != SCOPE_CONTRACT)
                return 0;
        r = state_decided_last(hub->txn, no, &said->fact.key, UINT64_MAX, &decided);
        if (r || decided.ended)
                return r == -ENOENT ? 0 : r;
        for (enum side side = SIDE_BEARER; side <= SIDE_EARNER; side++) {
                r = has_said(hub, no, side, &said->fact.key, &sides[side - SIDE_BEARER]);
                if (r <= 0 || !says_since(&sides[side - SIDE_BEARER].fact, &decided.fact))
                        return r < 0 ? r : 0;
        }
        if (!same_value(&sides[0].fact.value, &sides[1].fact.value))
                return 0;
        decided.ended = said->fact.index;
        return state_decided_put(hub->txn, &decided);
}

/* ---- a moment has passed */

static struct fact_key key_of(const struct window_state *window)
{
        return (struct fact_key) {
                .scope = SCOPE_CONTRACT, .kind = window->kind, .segment = window->segment,
                .item = window->item, .period = window->period,
        };
}

/* What was said by terms that let it say nothing was an answer all the same. */
int fold_due_fact_window(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        struct window_state window;
        struct fact_state answer;
        struct fact_key key;
        int r = state_window(hub->txn, due->a, due->index, due->b, &window);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        key = key_of(&window);
        r = has_said(hub, due->a, other_side(window.of_record), &key, &answer);
        if (r)
                return r < 0 ? r : state_window_drop(hub->txn, due->a, due->index, due->b);
        window.by = entry->index;
        return state_window_put(hub->txn, &window);
}

void window_add_value(struct text *text, const struct value *value)
{
        switch (value->unit) {
        case UNIT_CENTS:
                sentence_add_cents(text, value->num);
                return;
        case UNIT_FLAG:
                sentence_add(text, value->num ? "yes" : "no");
                return;
        case UNIT_COUNT:
        case UNIT_RATE:
        case UNIT_DATE:
                break;
        }
        if (value->num < 0)
                sentence_add(text, "-");
        sentence_add_number(text, value->num < 0 ? -(uint64_t)value->num : (uint64_t)value->num);
        if (value->den == 1)
                return;
        sentence_add(text, "/");
        sentence_add_number(text, (uint64_t)value->den);
}

void window_add_thing(struct text *text, const struct fact_key *key)
{
        sentence_add(text, fact_kind_info(key->kind)->name);
        if (key->item.text[0]) {
                sentence_add(text, " of ");
                sentence_add(text, key->item.text);
        }
        if (!name_empty(&key->segment)) {
                sentence_add(text, " in ");
                sentence_add(text, key->segment.text);
        }
        sentence_add(text, " for ");
        sentence_add_period(text, key->period);
}

static const struct name *name_of_side(const struct contract_id *id, enum side side)
{
        return side == SIDE_BEARER ? &id->bearer : &id->earner;
}

static void add_figure(struct text *text, const struct name *party, const struct value *value)
{
        sentence_add(text, party->text);
        sentence_add(text, " says ");
        window_add_value(text, value);
}

static int say_silent(struct hub *hub, const struct window_state *window,
                      const struct fact_state *record, const struct entry *entry)
{
        struct signal signal = { .kind = SIGNAL_DEADLINE_PASSED, .cause = entry->index };
        struct contract_state_row contract;
        int r = state_contract(hub->txn, window->contract_no, &contract);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        sentence_add(&signal.says, name_of_side(&contract.id, other_side(window->of_record))->text);
        sentence_add(&signal.says, " has not answered in time: ");
        window_add_thing(&signal.says, &record->fact.key);
        sentence_add(&signal.says, " stands as ");
        add_figure(&signal.says, name_of_side(&contract.id, window->of_record),
                   &record->fact.value);
        return signal_both(hub, &contract.id, &signal);
}

int follow_due_fact_window(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        struct window_state window;
        struct fact_state record;
        struct fact_key key;
        int r = state_window(hub->txn, due->a, due->index, due->b, &window);

        if (r)                          /* it was answered */
                return r == -ENOENT ? 0 : r;
        key = key_of(&window);
        r = has_said(hub, due->a, window.of_record, &key, &record);
        if (r <= 0 || record.fact.index != window.index)        /* nobody awaits that one now */
                return r < 0 ? r : 0;
        return say_silent(hub, &window, &record, entry);
}

/* ---- a fact brings sides apart, or together */

/* Whoever decides has to know that there is something to decide. */
static int tell(struct hub *hub, const struct view *view, const struct signal *signal)
{
        const struct reconciling *r = &view->contract.in_force.reconciling;
        struct signal copy = *signal;
        int e = signal_both(hub, &view->contract.id, signal);

        if (e || signal->kind != SIGNAL_FACT_DISPUTED || !r->is || r->decides != DECIDER_ARBITER)
                return e;
        copy.contract = view->contract.id;
        return hub_signal(hub, &r->arbiter, &copy);
}

static int say_match(struct hub *hub, const struct view *view, const struct match *match,
                     enum signal_kind kind, uint64_t cause)
{
        struct signal signal = { .kind = kind, .cause = cause };
        const struct contract_id *id = &view->contract.id;

        window_add_thing(&signal.says, &match->bearer->key);
        sentence_add(&signal.says, kind == SIGNAL_FACT_DISPUTED ? " is in dispute: "
                                                                : " is no longer in dispute: ");
        add_figure(&signal.says, &id->bearer, &match->bearer->value);
        sentence_add(&signal.says, ", ");
        add_figure(&signal.says, &id->earner, &match->earner->value);
        return tell(hub, view, &signal);
}

/* Of several facts of one thing in one submission the one that counts speaks for all. */
static bool counts(const struct thing *thing, const struct entry *entry, uint32_t place)
{
        const struct match *m = &thing->match;

        return (m->bearer && m->bearer->index == entry->index && m->bearer->event == place) ||
               (m->earner && m->earner->index == entry->index && m->earner->event == place);
}

/* What of a thing has changed with the fact at @place: a signal's kind; 0: nothing to tell. */
static int change_of(struct hub *hub, const struct view *view, const struct submission *submission,
                     uint32_t place, const struct entry *entry, struct thing *ret_after,
                     enum signal_kind *ret)
{
        const struct fact_key *key = &submission->events[place].fact.key;
        const uint32_t no = view->contract.no;
        struct thing before;
        bool was, is;
        int r = matching_thing(hub->txn, no, view->steps, key, entry->index, ret_after);

        *ret = 0;
        if (r || !counts(ret_after, entry, place))
                return r;
        r = matching_thing(hub->txn, no, view->steps, key, entry->index - 1, &before);
        if (r)
                return r;
        was = before.is && match_holds(&before.match);
        is = match_holds(&ret_after->match);
        if (was != is)
                *ret = is ? SIGNAL_FACT_DISPUTED : SIGNAL_FACT_AGREED;
        return 0;
}

/* What one submission changes is told one by one as far as it can be read, the rest by number. */
struct telling {
        enum signal_kind kind;
        uint32_t told, more;
};

#define TOLD_MAX 8

static int tell_of(struct hub *hub, const struct view *view, const struct thing *thing,
                   struct telling *telling, uint64_t cause)
{
        if (telling->told == TOLD_MAX) {
                telling->more++;
                return 0;
        }
        telling->told++;
        return say_match(hub, view, &thing->match, telling->kind, cause);
}

static int tell_rest(struct hub *hub, const struct view *view, const struct telling *telling,
                     uint64_t cause)
{
        struct signal signal = { .kind = telling->kind, .cause = cause };

        if (!telling->more)
                return 0;
        sentence_add(&signal.says, "of the same submission ");
        sentence_add_number(&signal.says, telling->more);
        sentence_add(&signal.says, telling->more == 1 ? " figure more is" : " figures more are");
        sentence_add(&signal.says, telling->kind == SIGNAL_FACT_DISPUTED
                                           ? " in dispute"
                                           : " no longer in dispute");
        return tell(hub, view, &signal);
}

int window_follow_facts(struct hub *hub, const struct view *view,
                        const struct submission *submission, const struct entry *entry)
{
        struct telling disputed = { .kind = SIGNAL_FACT_DISPUTED };
        struct telling agreed = { .kind = SIGNAL_FACT_AGREED };
        enum signal_kind kind;
        struct thing after;
        int r = 0;

        for (uint32_t i = 0; !r && view->steps && i < submission->event_count; i++) {
                const struct event *event = &submission->events[i];

                if (event->kind != EVENT_FACT || !answered_by(view, &event->fact.key))
                        continue;
                r = change_of(hub, view, submission, i, entry, &after, &kind);
                if (!r && kind)
                        r = tell_of(hub, view, &after,
                                    kind == SIGNAL_FACT_DISPUTED ? &disputed : &agreed,
                                    entry->index);
        }
        if (!r)
                r = tell_rest(hub, view, &disputed, entry->index);
        return r ? r : tell_rest(hub, view, &agreed, entry->index);
}
