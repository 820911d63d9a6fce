/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/release_desk.h"

#include <errno.h>
#include <stdlib.h>

#include "core/own.h"
#include "daemon/council.h"
#include "daemon/state_relation.h"

/* What a release is of: a year, so that every contract with a yearly period is in it once. */
#define RELEASE_MONTHS 12

int release_desk_new(struct release_desk **ret)
{
        struct release_desk *desk = calloc(1, sizeof(*desk));
        int r = desk ? gather_work_new(&desk->work) : -ENOMEM;

        if (r)
                free(desk);
        else
                *ret = desk;
        return r;
}

static void forget(struct release_desk *desk)
{
        for (size_t i = 0; i < desk->count; i++)
                for (size_t j = 0; j < FIGURE_SETS; j++)
                        free(desk->memory[i].sets[j].rows);
        desk->count = 0;
        desk->made = 0;
        release_draft_free(desk->last);
        desk->last = NULL;
}

void release_desk_free(struct release_desk *desk)
{
        if (!desk)
                return;
        forget(desk);
        free(desk->memory);
        gather_work_free(desk->work);
        free(desk);
}

/* ---- groups */

static int find_salt(struct release_desk *desk, const struct reading *by)
{
        static const char domain[] = "accord/release/group/v1";
        struct hasher *hasher = NULL;
        struct release_state first;
        struct log_entry entry;
        int r = desk->has_salt ? 0 : state_release(by->txn, 1, &first);

        if (r || desk->has_salt)
                return r == -ENOENT ? -EILSEQ : r;
        r = log_read_proved(by->txn, NULL, first.cut, &entry);
        if (!r)
                r = hasher_new(&hasher);
        if (r)
                return r;
        hash_spans(hasher, (const struct bytes[]) { { domain, sizeof(domain) }, entry.bytes }, 2,
                   &desk->salt);
        hasher_free(hasher);
        desk->has_salt = true;
        return 0;
}

/* Numbers of respondents of all sets, in order, each once. */
static size_t whose(const struct drawn_figure *figure, enum respondents by, struct respondent *room,
                    uint32_t *ret)
{
        size_t count = 0;

        for (size_t set = 0; set < FIGURE_SETS; set++) {
                size_t found = disclose_respondents(figure->sets[set].rows,
                                                    figure->sets[set].count, by, DISCLOSED_WHOLE,
                                                    room);

                for (size_t i = 0; i < found; i++) {
                        size_t at = 0;

                        while (at < count && ret[at] < room[i].no)
                                at++;
                        if (at < count && ret[at] == room[i].no)
                                continue;
                        memmove(&ret[at + 1], &ret[at], (count - at) * sizeof(*ret));
                        ret[at] = (uint32_t)room[i].no;
                        count++;
                }
        }
        return count;
}

static int digest_group(const struct release_desk *desk, const struct drawn_figure *figure,
                        struct sha256 *ret)
{
        size_t most = figure->sets[0].count + figure->sets[1].count + 1, payers, providers;
        struct respondent *room = calloc(most, sizeof(*room));
        uint32_t *numbers = calloc(2 * most + 2, sizeof(*numbers));
        struct hasher *hasher = NULL;
        struct digest digest;
        int r = room && numbers ? hasher_new(&hasher) : -ENOMEM;

        if (!r) {
                payers = whose(figure, BY_PAYER, room, numbers + 2);
                providers = whose(figure, BY_PROVIDER, room, numbers + 2 + payers);
                numbers[0] = figure->figure;
                numbers[1] = (uint32_t)payers;
                hash_spans(hasher, (const struct bytes[]) {
                        BYTES_OF(desk->salt.octets),
                        { figure->item.text, strlen(figure->item.text) + 1 },
                        { numbers, (2 + payers + providers) * sizeof(*numbers) },
                }, 3, &digest);
                memcpy(ret->octets, digest.octets, sizeof(ret->octets));
        }
        hasher_free(hasher);
        free(room);
        free(numbers);
        return r;
}

static const struct release_group *group_said(const struct release_draft *last,
                                              const struct release_figure *figure)
{
        for (uint32_t i = 0; last && i < last->release.group_count; i++)
                if (last->groups[i].figure == figure->figure &&
                    item_equal(&last->groups[i].item, &figure->item))
                        return &last->groups[i];
        return NULL;
}

/* How many differ would tell who counts its own changes: none, or so many at least. */
static int add_group(const struct deciding *d, size_t place)
{
        const struct drawn_figure *figure = &d->drawn->figures[place];
        const struct release_figure *said = &d->draft->figures[place];
        const struct release_group *last = group_said(d->desk->last, said);
        const uint32_t least = d->at->charter->disclosure.least_change;
        struct release_group *to = &d->draft->groups[d->draft->release.group_count];
        int r = 0;

        if (said->decision != SHOWN || (d->kept[place] && !last) ||
            (!figure->sets[0].count && !figure->sets[1].count))
                return 0;
        *to = (struct release_group) { .figure = said->figure, .item = said->item };
        if (d->kept[place])
                to->members_sha256 = last->members_sha256;
        else
                r = digest_group(d->desk, figure, &to->members_sha256);
        if (!last || memcmp(&last->members_sha256, &to->members_sha256,
                            sizeof(to->members_sha256)) != 0)
                to->changed = least ? least : 1;
        d->draft->release.group_count++;
        return r;
}

/* ---- one release */

/* What was shown anew is what the next ones are held against. */
static int remember(struct release_desk *desk, const struct deciding *d)
{
        int r = 0;

        for (size_t i = 0; !r && i < d->drawn->count; i++) {
                struct drawn_figure *figure = &d->drawn->figures[i];

                if (d->draft->figures[i].decision != SHOWN || d->kept[i])
                        continue;
                r = release_grow((void **)&desk->memory, desk->count, &desk->room,
                                 sizeof(*desk->memory));
                if (r)
                        return r;
                desk->memory[desk->count] = (struct remembered) {
                        .number = d->draft->release.number, .figure = figure->figure,
                        .item = figure->item,
                };
                memcpy(desk->memory[desk->count++].sets, figure->sets, sizeof(figure->sets));
                memset(figure->sets, 0, sizeof(figure->sets));
        }
        return r;
}

static int draft_new(size_t count, struct release_draft **ret)
{
        struct release_draft *draft = calloc(1, sizeof(*draft));

        if (!draft)
                return -ENOMEM;
        *ret = draft;
        draft->figures = calloc(count + 1, sizeof(*draft->figures));
        draft->groups = calloc(count + 1, sizeof(*draft->groups));
        return draft->figures && draft->groups ? 0 : -ENOMEM;
}

static int write_draft(struct release_desk *desk, const struct release_at *at,
                       struct drawn_figures *drawn, struct release_draft *draft)
{
        struct deciding d = {
                .desk = desk, .at = at, .drawn = drawn, .draft = draft,
                .rules = calloc(drawn->count + 1, sizeof(*d.rules)),
                .kept = calloc(drawn->count + 1, sizeof(*d.kept)),
        };
        int r = d.rules && d.kept ? release_decide(&d) : -ENOMEM;

        draft->release.figure_count = (uint32_t)drawn->count;
        for (size_t i = 0; !r && i < drawn->count; i++)
                r = add_group(&d, i);
        if (!r)
                r = remember(desk, &d);
        free(d.rules);
        free(d.kept);
        draft->release.figures = draft->figures;
        draft->release.groups = draft->groups;
        return r;
}

static struct period period_of(const struct charter *charter, date day)
{
        date last = day - (date)charter->disclosure.lag_days, until;
        int year, month, of_month;

        date_split(last, &year, &month, &of_month);
        until = date_of(year, month, 1);
        return (struct period) { date_add_months(until, -RELEASE_MONTHS), until };
}

static int group_of(const struct reading *by, const struct release_at *at, uint32_t party_no,
                    uint32_t *groups, uint32_t *ret)
{
        const struct relation_at when = { at->cut, at->day };
        int r = 0;

        if (party_no && !groups[party_no])
                r = state_common_owner(by->txn, party_no, &when, &groups[party_no]);
        *ret = groups[party_no];
        return r;
}

/* What earlier releases rested on, by who is owned alike today. */
static int group_anew(struct release_desk *desk, const struct reading *by,
                      const struct release_at *at)
{
        uint32_t *groups = NULL;
        uint64_t parties;
        int r = state_counter(by->txn, "parties", &parties);

        if (!r)
                groups = calloc(parties + 1, sizeof(*groups));
        if (!r && !groups)
                r = -ENOMEM;
        for (size_t i = 0; !r && i < desk->count; i++)
                for (size_t set = 0; !r && set < FIGURE_SETS; set++)
                        for (size_t j = 0; !r && j < desk->memory[i].sets[set].count; j++) {
                                struct contribution *row = &desk->memory[i].sets[set].rows[j];

                                r = group_of(by, at, row->payer_no, groups, &row->payer);
                                if (!r)
                                        r = group_of(by, at, row->provider_no, groups,
                                                     &row->provider);
                        }
        free(groups);
        return r;
}

static int make(struct release_desk *desk, const struct reading *by,
                const struct release_state *state, struct release_draft **ret)
{
        own(drawn_figures) struct drawn_figures drawn = { .figures = NULL };
        own(gathered) struct gathered gathered = { .count = 0 };
        struct release_at at = { .cut = state->cut, .day = state->day, .charter = &desk->charter };
        int r = council_charter(by->txn, state->cut, &desk->charter);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        at.period = period_of(&desk->charter, state->day);
        r = group_anew(desk, by, &at);
        if (!r)
                r = release_gather(desk->work, by, &at, &gathered);
        if (!r)
                r = release_figures(&gathered, &at, &drawn);
        if (!r)
                r = draft_new(drawn.count, ret);
        if (r)
                return r;
        (*ret)->release.number = state->number;
        (*ret)->release.cut = state->cut;
        (*ret)->release.period = at.period;
        (*ret)->release.charter = desk->charter.version;
        (*ret)->rows_gone = gathered.rows_gone;
        (*ret)->differs = gathered.differs;
        (*ret)->differs_count = (uint32_t)gathered.differs_count;
        gathered.differs = NULL;
        return write_draft(desk, &at, &drawn, *ret);
}

static int make_next(struct release_desk *desk, const struct reading *by)
{
        own(release_draft) struct release_draft *draft = NULL;
        struct release_state state;
        int r = state_release(by->txn, desk->made + 1, &state);

        if (!r)
                r = find_salt(desk, by);
        if (!r)
                r = make(desk, by, &state, &draft);
        if (r) {
                forget(desk);
                return r;
        }
        release_draft_free(desk->last);
        desk->last = give(draft);
        desk->made++;
        return 0;
}

int hub_next_release(const struct hub *hub, uint32_t after, uint32_t *ret_number)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct releases_state releases;
        int r = store_begin_read(hub->env, &txn);

        if (!r)
                r = state_releases(txn, &releases);
        if (r)
                return r;
        *ret_number = (after > releases.said ? after : releases.said) + 1;
        return *ret_number <= releases.ordered ? 0 : -ENOENT;
}

int hub_compute_release(const struct hub *hub, struct release_desk *desk, uint32_t number,
                        const struct release_draft **ret)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct reading by = { .hub = hub };
        int r = store_begin_read(hub->env, &txn);

        by.txn = txn;
        if (desk->made >= number)
                forget(desk);
        while (!r && desk->made < number)
                r = make_next(desk, &by);
        *ret = desk->last;
        return r;
}
