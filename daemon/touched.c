/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/touched.h"

#include <stdlib.h>

#include "daemon/hub_private.h"
#include "daemon/incentives.h"
#include "daemon/state_relation.h"

void touched_reset(struct touched *touched)
{
        touched->contracts.count = touched->parties.count = 0;
        touched->all = false;
}

void touched_free(struct touched *touched)
{
        free(touched->contracts.list);
        free(touched->parties.list);
}

/* Without memory to note it all is noted. */
static void note(struct touched *touched, struct numbers *numbers, uint32_t no)
{
        size_t room = numbers->room ? 2 * numbers->room : 64;
        uint32_t *grown;

        if (numbers->count && numbers->list[numbers->count - 1] == no)
                return;
        if (numbers->count == numbers->room) {
                grown = reallocarray(numbers->list, room, sizeof(*grown));
                if (!grown) {
                        touched->all = true;
                        return;
                }
                numbers->list = grown;
                numbers->room = room;
        }
        numbers->list[numbers->count++] = no;
}

/* What is kept for answers goes at once: the batch itself may be asked. */
static void note_contract(struct hub *hub, uint32_t no)
{
        if (hub->desk)
                incentive_desk_forget(hub->desk, no);
        note(&hub->touched, &hub->touched.contracts, no);
}

static void note_all(struct hub *hub)
{
        if (hub->desk)
                incentive_desk_forget_all(hub->desk);
        hub->touched.all = true;
}

static void note_contract_named(struct hub *hub, const struct contract_id *id)
{
        uint32_t no;

        if (state_contract_no(hub->txn, id, &no) == 0)
                note_contract(hub, no);
}

static void note_event(struct hub *hub, const struct view *view, const struct event *event)
{
        switch (event->kind) {
        case EVENT_RELATION:
                /* Who owns whom decides what kind of contract others have. */
                if (event->relation.kind == RELATION_OWNS)
                        note_all(hub);
                note(&hub->touched, &hub->touched.parties, view->speaking.no);
                break;
        case EVENT_FACT:
        case EVENT_CAPABILITY:
                note(&hub->touched, &hub->touched.parties, view->speaking.no);
                break;
        default:
                break;
        }
}

void touch_submission(struct hub *hub, const struct view *view, const struct submission *submission)
{
        if (view->contract.known) {
                note_contract(hub, view->contract.no);
                return;
        }
        if (!contract_id_empty(&submission->contract)) {
                note_contract_named(hub, &submission->contract);
                return;
        }
        for (uint32_t i = 0; i < submission->event_count; i++)
                note_event(hub, view, &submission->events[i]);
}

void touch_again(struct hub *hub, const struct submission *submission)
{
        if (submission->block_count)
                note_contract_named(hub, &submission->contract);
}

static void touch_due(struct hub *hub, const struct record *record)
{
        struct due_state due;

        if (record->due.kind == DUE_CHARTER_BEGINS)
                note_all(hub);
        else if (record->due.kind == DUE_FACT_WINDOW_ENDS &&
                 state_due_at(record->due.key, &due) == 0)
                note_contract(hub, due.a);
}

void touch_record(struct hub *hub, const struct record *record)
{
        switch (record->kind) {
        case ENTRY_RUN:
                note_contract_named(hub, &record->run.run.contract);
                break;
        case ENTRY_STATEMENT:
                note_contract_named(hub, &record->statement->run.contract);
                break;
        case ENTRY_BLOCK_ERASURE:
                note_contract_named(hub, &record->block_erasure.contract);
                break;
        case ENTRY_DUE:
                touch_due(hub, record);
                break;
        default:
                break;
        }
}

void touch_time(struct hub *hub, instant time)
{
        const date day = day_of_instant(time);

        if (hub->touched.day && hub->touched.day != day)
                note_all(hub);
        hub->touched.day = day;
}

void hub_touched(const struct hub *hub, struct hub_touched *ret)
{
        *ret = (struct hub_touched) {
                .contracts = hub->touched.contracts.list,
                .contract_count = hub->touched.contracts.count,
                .parties = hub->touched.parties.list,
                .party_count = hub->touched.parties.count,
                .all = hub->touched.all, .size = hub_size(hub),
        };
}
