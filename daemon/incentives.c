/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/incentives.h"

#include <errno.h>
#include <stdlib.h>

#include "core/check.h"
#include "daemon/community.h"
#include "daemon/council.h"
#include "daemon/members.h"
#include "daemon/state_relation.h"

#define NETWORKS_MAX 256                /* that a party participates in, and is told of */
#define KEPT_MAX 8192

struct incentive_desk {
        struct reward_work *work;
        struct charter *charter;
        struct reward **kept;           /* by contract number, or NULL */
        size_t room, count;
        bool keeps;
        uint64_t made;
        date kept_day;
        uint32_t kept_charter;
        struct incentive_contract contracts[SIGNAL_CONTRACTS_MAX];
        struct incentive_row rows[SIGNAL_ROWS_MAX];
        struct capability_need needs[SIGNAL_NEEDS_MAX];
};

int incentive_desk_new(bool keeps, struct incentive_desk **ret)
{
        struct incentive_desk *desk = calloc(1, sizeof(*desk));
        int r = desk ? reward_work_new(&desk->work) : -ENOMEM;

        if (!r) {
                desk->keeps = keeps;
                desk->charter = malloc(sizeof(*desk->charter));
                r = desk->charter ? 0 : -ENOMEM;
        }
        if (r)
                incentive_desk_free(desk);
        else
                *ret = desk;
        return r;
}

void incentive_desk_free(struct incentive_desk *desk)
{
        if (!desk)
                return;
        incentive_desk_forget_all(desk);
        free(desk->kept);
        free(desk->charter);
        reward_work_free(desk->work);
        free(desk);
}

uint64_t incentive_desk_made(const struct incentive_desk *desk)
{
        return desk->made;
}

/* ---- what is kept */

void incentive_desk_forget(struct incentive_desk *desk, uint32_t contract_no)
{
        if (contract_no >= desk->room || !desk->kept[contract_no])
                return;
        reward_free(desk->kept[contract_no]);
        desk->kept[contract_no] = NULL;
        desk->count--;
}

void incentive_desk_forget_all(struct incentive_desk *desk)
{
        for (size_t i = 0; desk->count && i < desk->room; i++)
                incentive_desk_forget(desk, (uint32_t)i);
}

/* Room for one more; what there is no room for is made each time. */
static bool can_keep(struct incentive_desk *desk, uint32_t contract_no)
{
        size_t room = desk->room ? desk->room : 64;
        struct reward **grown;

        if (!desk->keeps || desk->count >= KEPT_MAX)
                return false;
        while (room <= contract_no)
                room *= 2;
        if (room == desk->room)
                return true;
        grown = reallocarray(desk->kept, room, sizeof(*grown));
        if (!grown)
                return false;
        memset(grown + desk->room, 0, (room - desk->room) * sizeof(*grown));
        desk->kept = grown;
        desk->room = room;
        return true;
}

/* A signal on its way. */
struct signalling {
        struct incentive_desk *desk;
        const struct reading *by;
        struct reward_at at;
        uint32_t party_no;
        bool past;
        struct incentive_signal *to;
        struct reward *loose;           /* made for this signal alone; the last of them */
};

/* @ret lies in the desk, or in @s until the next. */
static int find_reward(struct signalling *s, uint32_t contract_no, const struct reward **ret)
{
        struct incentive_desk *desk = s->desk;
        struct reward *made;
        int r;

        if (!s->past && contract_no < desk->room && desk->kept[contract_no]) {
                *ret = desk->kept[contract_no];
                return 0;
        }
        r = reward_of(desk->work, s->by, contract_no, &s->at, &made);
        if (r)
                return r;
        desk->made++;
        *ret = made;
        if (!s->past && can_keep(desk, contract_no)) {
                desk->kept[contract_no] = made;
                desk->count++;
                return 0;
        }
        reward_free(s->loose);
        s->loose = made;
        return 0;
}

/* ---- the party's part of a contract */

int64_t incentives_part(int64_t cents, struct rate share)
{
        const wide most = MONEY_MAX;
        wide part;

        if (!share.num || !share.den)
                return 0;
        part = exact_round(exact_ratio((wide)cents * share.num, share.den), 1, ROUND_HALF_AWAY);
        assert(part >= -100 * most && part <= 100 * most);
        return (int64_t)part;
}

static struct incentive part_of(const struct incentive *whole, struct rate share)
{
        struct incentive part = *whole;

        for (int i = 0; i < FORECAST_COUNT; i++)
                part.point[i] = incentives_part(whole->point[i], share);
        part.patient = incentives_part(whole->patient, share);
        part.stake = incentives_part(whole->stake, share);
        part.edge_worth = incentives_part(whole->edge_worth, share);
        return part;
}

/* Nothing, and why, where the figures do not say. */
static struct rate share_of(const struct reward *reward, const struct unit_figures *unit,
                            const char **ret_lacks)
{
        static const struct rate none = { 0, 1 };
        struct exact part;

        *ret_lacks = NULL;
        if (!unit)
                return (struct rate) { 1, 1 };
        if (!unit->has_months)
                *ret_lacks = "the network has not stated the unit's months of membership "
                             "(unit_member_months) for the period";
        else if (!reward->has_months || reward->months <= 0)
                *ret_lacks = "the months of membership (member_months) of the period are missing";
        else if (unit->months > reward->months)
                *ret_lacks = "the unit has more months of membership than there are";
        if (*ret_lacks)
                return none;
        part = exact_ratio(unit->months, reward->months);
        if (part.den > RATE_PART_MAX) {
                *ret_lacks = "there are too many months of membership for a share of them";
                return none;
        }
        return (struct rate) { (int64_t)part.num, (int64_t)part.den };
}

static struct incentive_contract contract_of(const struct reward *reward,
                                             const struct unit_figures *unit)
{
        const char *lacks;
        const struct rate share = share_of(reward, unit, &lacks);
        struct incentive_contract is = {
                .contract = reward->contract, .version = reward->version,
                .standing = reward->standing, .relayed = reward->relayed, .through = unit != NULL,
                .share = share, .period = reward->period, .paid_through = reward->paid_through,
                .payment = reward->payment, .category = reward->category,
                .has_revenue = unit ? unit->has_revenue : reward->has_revenue,
                .revenue = unit ? unit->revenue : reward->revenue,
                .low = incentives_part(reward->low, share),
                .central = incentives_part(reward->central, share),
                .high = incentives_part(reward->high, share),
                .least = incentives_part(reward->least, share),
                .most = incentives_part(reward->most, share),
                .reason = reward->reason,
                .has_members = reward->members > 0 && !lacks,
                .members = (uint64_t)incentives_part((int64_t)reward->members, share),
        };

        if (lacks && !is.reason.text[0])
                memcpy(is.reason.text, lacks, strnlen(lacks, TEXT_MAX_LENGTH));
        return is;
}

/* ---- what it takes to earn it */

static int add_needs(struct signalling *s, const struct reward *reward, uint32_t contract)
{
        uint64_t count;
        int r = 0;

        for (size_t i = 0; !r && i < reward->presupposed_count; i++) {
                const struct presupposed *is = &reward->presupposes[i];
                struct capability_need *need = &s->desk->needs[s->to->need_count];

                if (s->to->need_count == SIGNAL_NEEDS_MAX)
                        return 0;
                *need = (struct capability_need) {
                        .contract = contract, .kind = is->kind, .paid = is->has_step,
                };
                r = community_has(s->by->txn, s->party_no, is->kind, s->at.day, s->at.cut,
                                  &need->has, &count);
                s->to->need_count++;
        }
        return r;
}

/* ---- one contract after the other */

static int add_contract(struct signalling *s, const struct reward *reward,
                        const struct unit_figures *unit)
{
        struct incentive_signal *to = s->to;
        const uint32_t place = to->contract_count;
        struct rate share;

        if (place == SIGNAL_CONTRACTS_MAX ||
            to->row_count + reward->row_count > SIGNAL_ROWS_MAX) {
                to->more++;
                return 0;
        }
        s->desk->contracts[place] = contract_of(reward, unit);
        share = s->desk->contracts[place].share;
        to->contract_count++;
        for (size_t i = 0; share.num && i < reward->row_count; i++)
                s->desk->rows[to->row_count++] = (struct incentive_row) {
                        .contract = place, .is = part_of(&reward->rows[i], share),
                };
        return add_needs(s, reward, place);
}

/* Contracts that the party earns under. */
static int add_own(struct signalling *s)
{
        const struct reward *reward;
        uint32_t no = 0;
        int r;

        while (!(r = state_contract_next(s->by->txn, s->party_no, no, &no))) {
                r = find_reward(s, no, &reward);
                if (!r && reward->is && reward->earner_no == s->party_no)
                        r = add_contract(s, reward, NULL);
                if (r)
                        return r;
        }
        return r == -ENOENT ? 0 : r;
}

/* Without a word of the earner's nothing of the contract is read for the party. */
static int attributed(const struct signalling *s, uint32_t contract_no)
{
        struct item unit = { "" };
        int r;

        memcpy(unit.text, s->to->party.text, sizeof(s->to->party.text));
        r = state_fact_names(s->by->txn, contract_no, SIDE_EARNER, FACT_UNIT_MEMBER_MONTHS, &unit,
                             s->at.cut);
        return r;
}

static int add_through(struct signalling *s, uint32_t contract_no, uint32_t network_no)
{
        const struct unit_figures *unit;
        const struct reward *reward;
        int r = attributed(s, contract_no);

        if (!r)
                r = find_reward(s, contract_no, &reward);
        if (r)
                return r == -ENOENT ? 0 : r;
        if (!reward->is || reward->earner_no != network_no)
                return 0;
        unit = reward_unit(reward, &s->to->party);
        if (!unit || (unit->has_months && !unit->months))       /* none are attributed now */
                return 0;
        return add_contract(s, reward, unit);
}

static int add_network(struct signalling *s, uint32_t network_no)
{
        uint32_t no = 0;
        int r;

        while (!(r = state_contract_next(s->by->txn, network_no, no, &no))) {
                r = add_through(s, no, network_no);
                if (r)
                        return r;
        }
        return r == -ENOENT ? 0 : r;
}

static int add_networks(struct signalling *s)
{
        const struct relation_at at = { s->at.cut, s->at.day };
        uint32_t network = 0;
        int r = 0;

        for (unsigned int i = 0; i < NETWORKS_MAX && !r; i++) {
                r = state_related_next(s->by->txn, s->party_no, RELATION_PARTICIPATES_IN, network,
                                       &at, &network);
                if (!r)
                        r = add_network(s, network);
        }
        return r == -ENOENT ? 0 : r;
}

/* ---- what the party says of all its payers */

struct all_revenue {
        uint64_t cut;
        bool is;
        struct fact fact;
};

/* The latest period counts, then what was paid through the latest day, then what came last. */
static int see_revenue(void *with, const struct fact_state *state, struct bytes key)
{
        const struct fact *fact = &state->fact;
        struct all_revenue *all = with;
        bool newer;

        (void)key;
        if (fact->key.kind != FACT_ALL_SOURCE_REVENUE || fact->index > all->cut)
                return 0;
        newer = !all->is || fact->key.period.from > all->fact.key.period.from ||
                (fact->key.period.from == all->fact.key.period.from &&
                 fact->key.period.until >= all->fact.key.period.until);
        if (newer)
                all->fact = *fact;
        all->is = true;
        return 0;
}

/* Of a part of its period: as much for all of it, as a forecast has it. */
static int64_t whole_period(const struct fact *fact)
{
        const struct period period = fact->key.period;
        const int64_t days = period.until - period.from;
        const int64_t seen = (int64_t)fact->key.paid_through + 1 - period.from;

        if (fact->key.paid_through == DATE_NONE || seen <= 0 || seen >= days)
                return fact->value.num;
        return incentives_part(fact->value.num, (struct rate) { days, seen });
}

static int add_revenue(struct signalling *s)
{
        struct all_revenue all = { .cut = s->at.cut };
        int r = state_facts(s->by->txn, SCOPE_PARTY, s->party_no, (struct bytes) { 0 },
                            see_revenue, &all);

        if (r || !all.is)
                return r;
        s->to->has_revenue = true;
        s->to->all_source_revenue = whole_period(&all.fact);
        s->to->revenue_period = all.fact.key.period;
        return 0;
}

/* ---- all of it */

static int find_moment(struct signalling *s, uint64_t cut)
{
        struct incentive_desk *desk = s->desk;
        struct log_entry entry;
        int r = log_read_proved(s->by->txn, NULL, cut, &entry);

        if (r)
                return r;
        s->at = (struct reward_at) {
                .cut = cut, .time = entry.header.time, .day = day_of_instant(entry.header.time),
        };
        r = council_charter(s->by->txn, cut, desk->charter);
        if (!r)
                s->at.charter = desk->charter;
        if (r && r != -ENOENT)
                return r;
        if (s->past)
                return 0;
        if (desk->kept_day != s->at.day ||
            desk->kept_charter != (s->at.charter ? s->at.charter->version : 0))
                incentive_desk_forget_all(desk);
        desk->kept_day = s->at.day;
        desk->kept_charter = s->at.charter ? s->at.charter->version : 0;
        return 0;
}

int incentives_signal(struct incentive_desk *desk, const struct reading *by, uint32_t party_no,
                      uint64_t cut, bool past, struct incentive_signal *ret)
{
        struct signalling s = {
                .desk = desk, .by = by, .party_no = party_no, .past = past, .to = ret,
        };
        int r = find_moment(&s, cut);

        *ret = (struct incentive_signal) {
                .as_of = cut, .time = s.at.time, .contracts = desk->contracts, .rows = desk->rows,
                .needs = desk->needs,
        };
        if (!r)
                r = state_party_name(by->txn, party_no, &ret->party);
        if (!r)
                r = add_own(&s);
        if (!r)
                r = add_networks(&s);
        if (!r)
                r = add_revenue(&s);
        reward_free(s.loose);
        return r;
}

int incentives_affected(struct store_txn *txn, uint32_t contract_no, const struct relation_at *at,
                        int (*visit)(void *with, uint32_t party_no), void *with)
{
        struct contract_state_row row;
        uint32_t party = 0;
        int r = state_contract(txn, contract_no, &row);

        if (!r)
                r = visit(with, row.earner_no);
        if (r)
                return r == -ENOENT ? 0 : r;
        while (!(r = state_relating_next(txn, row.earner_no, RELATION_PARTICIPATES_IN, party, at,
                                         &party))) {
                r = visit(with, party);
                if (r)
                        return r;
        }
        return r == -ENOENT ? 0 : r;
}
