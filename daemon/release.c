/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/release.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/view_council.h"
#include "daemon/council_read.h"
#include "daemon/dispatch.h"
#include "daemon/due.h"
#include "daemon/state_relation.h"

/* ---- when */

static int drop_next(struct hub *hub, const struct releases_state *releases)
{
        const struct due_state due = {
                .kind = DUE_RELEASE, .at = releases->next, .index = releases->next_set,
        };

        return releases->next ? state_due_drop(hub->txn, &due) : 0;
}

/* @from: the first day behind it on which the calendar has a release. */
static int set_next(struct hub *hub, const struct charter *charter, date from,
                    const struct entry *entry, struct releases_state *releases)
{
        struct due_state due = { .kind = DUE_RELEASE, .index = entry->index };
        int r;

        due.at = (instant)calendar_next(&charter->calendar, from) * DAY_MICROSECONDS;
        r = state_due_put(hub->txn, &due);
        releases->next = due.at;
        releases->next_set = due.index;
        return r ? r : state_releases_put(hub->txn, releases);
}

int release_schedule(struct hub *hub, const struct charter *charter, const struct entry *entry)
{
        struct releases_state releases;
        int r = state_releases(hub->txn, &releases);

        if (!r)
                r = drop_next(hub, &releases);
        return r ? r : set_next(hub, charter, day_of_instant(entry->time), entry, &releases);
}

/*
 * Days that passed while the hub was down are not made up for: each release is of what there is on
 * its day.
 */
int fold_due_release(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        struct release_state release = { .cut = entry->index, .day = day_of_instant(due->at) };
        const struct charter *charter = NULL;
        struct releases_state releases;
        int r = state_releases(hub->txn, &releases);

        if (r)
                return r;
        release.number = ++releases.ordered;
        r = state_release_put(hub->txn, &release);
        if (!r)
                r = council_in_force(hub, &charter);
        if (!r && !charter)             /* it was set by one */
                r = -EILSEQ;
        if (r)
                return r;
        return set_next(hub, charter, day_of_instant(entry->time), entry, &releases);
}

/* ---- said */

int fold_release(struct hub *hub, const struct record *record, const struct entry *entry)
{
        struct releases_state releases;
        struct release_state release;
        int r = state_releases(hub->txn, &releases);

        if (!r)
                r = state_release(hub->txn, record->release.number, &release);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        if (release.cut != record->release.cut || release.number != releases.said + 1)
                return -EILSEQ;
        release.said = entry->index;
        releases.said = release.number;
        r = state_release_put(hub->txn, &release);
        return r ? r : state_releases_put(hub->txn, &releases);
}

static int tell_all(struct hub *hub, const struct release_draft *draft, uint64_t cause)
{
        struct signal signal = { .kind = SIGNAL_RELEASED, .cause = cause };

        snprintf(signal.says.text, sizeof(signal.says.text),
                 "release %u: what the community shows of how care is paid",
                 draft->release.number);
        return tell_members(hub, &signal);
}

/* Each to the payer alone whose contract it is. */
static int tell_payers(struct hub *hub, const struct release_draft *draft, uint64_t cause)
{
        int r = 0;

        for (uint32_t i = 0; !r && i < draft->differs_count; i++) {
                const struct release_differs *differs = &draft->differs[i];
                struct signal signal = {
                        .kind = SIGNAL_COMMON_SET_DIFFERS, .cause = cause,
                        .contract = differs->contract, .version = differs->version,
                        .says = differs->says,
                };

                r = hub_signal(hub, &differs->contract.bearer, &signal);
        }
        return r;
}

int hub_post_release(struct hub *hub, const struct release_draft *draft)
{
        struct record record = { .kind = ENTRY_RELEASE, .release = draft->release };
        struct release_state state;
        struct entry entry;
        int r = state_release(hub->txn, draft->release.number, &state);

        if (r || state.said)            /* said already: computed again after a crash */
                return r == -ENOENT ? -EINVAL : r;
        r = hub_say(hub, &record, &entry, NULL);
        if (!r)
                r = tell_all(hub, draft, entry.index);
        return r ? r : tell_payers(hub, draft, entry.index);
}

void hub_release_says(const struct release_draft *draft, char ret[RELEASE_SAYS_MAX])
{
        int used = snprintf(ret, RELEASE_SAYS_MAX, "release %u: shown %u, not calculable %u",
                            draft->release.number,
                            draft->decided[DISCLOSURE_PASSES] - draft->not_calculable,
                            draft->not_calculable);

        for (int rule = DISCLOSURE_PASSES + 1; rule < DISCLOSURE_COUNT; rule++)
                if (draft->decided[rule])
                        used += snprintf(ret + used, RELEASE_SAYS_MAX - (size_t)used, ", %s %u",
                                         disclosure_rule_word((enum disclosure_rule)rule),
                                         draft->decided[rule]);
}

void release_draft_free(struct release_draft *draft)
{
        if (!draft)
                return;
        free(draft->figures);
        free(draft->groups);
        free(draft->differs);
        free(draft);
}

void release_draft_cleanup(struct release_draft **draft)
{
        release_draft_free(*draft);
}
