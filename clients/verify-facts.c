/* SPDX-License-Identifier: Apache-2.0 */
/* The facts that a statement says it used, and those in dispute, against what was signed. */
#include "clients/verify.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "proto/wire.h"

static enum side side_of(const struct contract_id *contract, const struct name *party)
{
        if (name_equal(party, &contract->bearer))
                return SIDE_BEARER;
        return name_equal(party, &contract->earner) ? SIDE_EARNER : SIDE_NEITHER;
}

int fact_of_event(const struct contract_id *contract, const struct submission *said,
                  uint64_t index, uint32_t event, struct fact *ret)
{
        const struct fact_event *fact;
        const struct name *party;

        if (event >= said->event_count || said->events[event].kind != EVENT_FACT)
                return -EBADMSG;
        fact = &said->events[event].fact;
        party = !name_empty(&said->on_behalf_of) ? &said->on_behalf_of : &said->sender.party;
        if (fact->relayed.is)
                party = &fact->relayed.party;
        *ret = (struct fact) { .key = fact->key, .value = fact->value, .index = index,
                               .event = event, .side = side_of(contract, party),
                               .relayed = fact->relayed.is };
        if (fact->key.scope == SCOPE_CONTRACT && !contract_id_equal(&said->contract, contract))
                return -EBADMSG;
        if (fact->key.scope != SCOPE_CONTRACT)
                ret->side = SIDE_NEITHER;
        return 0;
}

static int read_entry(struct stated *stated, uint64_t index, struct submission *ret)
{
        const struct kept_entry *entry = bundle_find(stated->bundle, index);
        struct fault fault;

        if (!entry || !entry->bytes.size)
                return -ENOENT;
        if (entry->kind != ENTRY_SUBMISSION)
                return -EBADMSG;
        return wire_read_submission(entry->bytes, &stated->work, ret, &fault) ? -EBADMSG : 0;
}

static int read_fact(struct stated *stated, uint64_t index, uint32_t event, struct fact *ret)
{
        struct submission said;
        int r;

        arena_reset(&stated->work);
        r = read_entry(stated, index, &said);
        return r ? r : fact_of_event(&stated->statement->run.contract, &said, index, event, ret);
}

/* ---- what was decided */

static int find_decisions(struct stated *stated, uint64_t index, bool deep, struct bytes *ret)
{
        struct submission said;
        int r = read_entry(stated, index, &said);

        for (uint32_t i = 0; !r && i < said.event_count; i++) {
                const struct event *event = &said.events[i];

                if (event->kind == EVENT_DETERMINATION)
                        *ret = event->determination.decisions;
                else if (event->kind == EVENT_RESOLUTION)
                        *ret = event->resolution.decisions;
                else if (event->kind == EVENT_RESOLUTION_ACCEPTANCE && deep)
                        return find_decisions(stated, event->resolution_acceptance.resolution,
                                              false, ret);
                else
                        continue;
                return 0;
        }
        return r ? r : -EBADMSG;
}

static int read_decided(struct stated *stated, const struct used_fact *used, struct fact *ret)
{
        struct decisions decisions;
        const struct decision *decision;
        struct fault fault;
        struct bytes bytes;
        int r;

        arena_reset(&stated->work);
        r = find_decisions(stated, used->index, true, &bytes);
        if (r)
                return r;
        if (wire_read_decisions(bytes, &stated->work, &decisions, &fault) ||
            used->event >= decisions.fact_count)
                return -EBADMSG;
        decision = &decisions.facts[used->event];
        *ret = (struct fact) {
                .key = { .scope = SCOPE_CONTRACT, .kind = decision->kind,
                         .segment = decision->segment, .item = decision->item,
                         .period = decision->period, .paid_through = DATE_NONE },
                .value = decision->value, .index = used->index, .event = used->event,
                .side = SIDE_NEITHER, .decided = true,
        };
        return 0;
}

/* ---- each against what the statement says */

static bool same_value(const struct value *a, const struct value *b)
{
        return a->num == b->num && a->den == b->den;
}

static bool says_so(const struct used_fact *used, const struct fact *fact)
{
        return fact->key.kind == used->kind && item_equal(&fact->key.item, &used->item) &&
               period_equal(fact->key.period, used->period) &&
               same_value(&fact->value, &used->value) && fact->relayed == used->relayed &&
               (used->decided || fact->side == used->side);
}

static void complain(struct verify *v, struct stated *stated, uint64_t index, enum fact_kind kind)
{
        const struct fact_kind_info *info = fact_kind_info(kind);

        stated->failed = true;
        verify_row(v, stated->what, HOLDS_NO, 1, "%s of entry %" PRIu64
                   " is not what its party signed", info ? info->name : "a figure", index);
}

static void check_used(struct verify *v, struct stated *stated, const struct used_fact *used)
{
        struct fact *fact = &stated->facts[stated->fact_count];
        int r = used->decided ? read_decided(stated, used, fact) :
                                read_fact(stated, used->index, used->event, fact);

        if (r == -ENOENT)
                stated->missing++;
        else if (r || used->index > stated->statement->run.cut || !says_so(used, fact))
                complain(v, stated, used->index, used->kind);
        else
                stated->fact_count++;
}

static bool is_there(const struct stated *stated, const struct said_value *said)
{
        for (size_t i = 0; i < stated->fact_count; i++)
                if (stated->facts[i].index == said->index && stated->facts[i].event == said->event)
                        return true;
        return false;
}

static void check_disputed(struct verify *v, struct stated *stated, enum fact_kind kind,
                           const struct said_value *said, enum side side)
{
        struct fact *fact = &stated->facts[stated->fact_count];
        int r;

        if (is_there(stated, said))
                return;
        r = read_fact(stated, said->index, said->event, fact);
        if (r == -ENOENT)
                stated->missing++;
        else if (r || fact->key.kind != kind || fact->side != side ||
                 !same_value(&fact->value, &said->value))
                complain(v, stated, said->index, kind);
        else
                stated->fact_count++;
}

enum exit_code verify_facts(struct verify *v, struct stated *stated)
{
        const struct statement *s = stated->statement;

        stated->facts = calloc(s->fact_count + 2 * (size_t)s->disputed_count + 1,
                               sizeof(*stated->facts));
        if (!stated->facts)
                return say_failure(-ENOMEM, "accord verify");
        for (size_t i = 0; i < s->fact_count; i++)
                check_used(v, stated, &s->facts[i]);
        for (size_t i = 0; i < s->disputed_count; i++) {
                check_disputed(v, stated, s->disputed[i].kind, &s->disputed[i].bearer, SIDE_BEARER);
                check_disputed(v, stated, s->disputed[i].kind, &s->disputed[i].earner, SIDE_EARNER);
        }
        if (stated->missing)
                verify_row(v, stated->what, HOLDS_OPEN, stated->missing,
                           "figures are in entries that are not this party's to read");
        if (!stated->failed)
                verify_row(v, stated->what, HOLDS_YES, stated->fact_count,
                           "its figures are those that were signed");
        stated->open = stated->open || stated->missing;
        return EXIT_DONE;
}
