/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The community's charter: who sits in its council and how it decides, which measures are meant by
 * which words, and what may be shown of many. It has no place for prices, shares of savings or
 * dollar targets, so nobody can vote on them. Changed only by a ballot (core/ballot.h).
 *
 * A struct charter is some 100 KiB: allocate it, do not put it on a stack.
 */
#ifndef ACCORD_CORE_CHARTER_H
#define ACCORD_CORE_CHARTER_H

#include "core/measure_key.h"
#include "core/outcome.h"
#include "core/participant.h"

struct seat_class {
        enum role_kind role;
        struct rate quorum;             /* of its seats, vacant ones too, so many must vote */
};

struct seat {
        struct name party;
        enum role_kind role;
};

/* What terms call a measure, and which it is. One without @bearer holds for all payers. */
struct specification {
        struct name key, bearer;
        struct measure_key is;
        bool common;
        struct text title;
};

/* Rules for all that is shown to who is not party to it: core/disclose.h. */
struct disclosure_rules {
        uint32_t contributors;
        struct rate most_share;
        uint32_t dominant;              /* n of the (n,k) rule */
        struct rate dominant_share;     /* k */
        struct rate estimate;           /* p */
        uint32_t least_cell;            /* people: 11 lets no cell from 1 to 10 be seen */
        uint32_t lag_days;
        uint32_t least_change;
        int64_t round_cents;
        uint32_t round_ppm;
};

struct release_calendar {
        uint32_t months;                /* 1, 3, 6, 12 */
        uint32_t day;                   /* 1 to 28 */
};

struct thresholds {
        bool is;
        struct rate alignment, dominant, dominant_dollars, conflict;
};

struct legal_basis {
        bool is;
        struct text says;
        bool state_action;
        struct name supervisor;
};

struct charter {
        uint32_t version;
        struct text title;
        uint32_t notice_days;
        struct rate approval;
        uint16_t class_count, seat_count, specification_count, public_count;
        struct seat_class classes[CHARTER_CLASSES_MAX];
        struct seat seats[CHARTER_SEATS_MAX];
        struct specification specifications[SPECIFICATIONS_MAX];
        struct name public_parties[PUBLIC_PARTIES_MAX];
        struct disclosure_rules disclosure;
        struct release_calendar calendar;
        struct thresholds thresholds;
        struct legal_basis pooled;
};

/*
 * The rules that hold where there is no charter: those of the withdrawn DOJ/FTC safety zone
 * (5 contributors, a quarter each, three months), CMS's cell size, (2,85), p = 20 %.
 */
extern const struct disclosure_rules disclosure_default;

/*
 * What no council can vote away, for its rules show the figures of those too who have no seat: of
 * fewer than three, any two know what the third has; and one party, or two, are no community.
 */
#define CONTRIBUTORS_MIN 3
#define LAG_DAYS_MIN 28
#define ROUND_PPM_MIN 100
#define CHARTER_PARTIES_MIN 3

/*
 * charter_check() - can it be carried out?
 * Adds all that is wrong to @faults as BAD_VALUE of event @event, field "proposal.charter". That
 * its parties are known, and its public ones absent, is for who knows them to say.
 */
void charter_check(const struct charter *charter, uint32_t event, struct faults *faults);

/*
 * charter_lowered() - the bars that @after has lower than @before, in words; both passed the check
 *
 * Quorums, approval, notice, thresholds, every rule of disclosure, a class that is gone. Returns
 * how many; @ret is cut at its end. @before NULL: there was none; its rules of disclosure
 * are held against those that were in force without.
 */
size_t charter_lowered(const struct charter *before, const struct charter *after,
                       struct text *ret);

/* Has the party a seat, of whichever class? */
bool charter_seats(const struct charter *charter, const struct name *party);

/* The first day of release behind @after. */
date calendar_next(const struct release_calendar *calendar, date after);

#endif
