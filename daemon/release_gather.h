/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a release is made of, as of its cut: each contract's last period that ended within the
 * release's, and what is public of each contract now. Nothing of it is shown as it is: all of it
 * goes through core/disclose (daemon/release_desk.h).
 */
#ifndef ACCORD_DAEMON_RELEASE_GATHER_H
#define ACCORD_DAEMON_RELEASE_GATHER_H

#include "core/align.h"
#include "daemon/compute.h"
#include "daemon/release.h"

/* A contract in the period it counts for. Payer and provider: smallest number of common owners. */
struct counted {
        uint32_t payer, provider, bearer_no, earner_no;
        bool programme;                 /* its terms are a public programme's */
        struct period period;
        uint32_t category;              /* enum lan_category */
        bool has_revenue;
        int64_t revenue;                /* cents, the whole of what the payer pays */
        uint64_t members;
        size_t first_row, row_count;    /* what it pays for, in rows */
        uint32_t stated, disputed;      /* figures that both sides have stated */
        bool is_final;
        uint32_t days_to_final;
};

/*
 * A measure that a contract pays for and lets be public. The party itself, not who owns it alike:
 * that is not public.
 */
struct open_measure {
        uint32_t payer;
        struct name earner;
        struct measure_key key;
};

/* Revenue from all payers that a party states of itself. */
struct own_revenue {
        uint32_t provider, party_no;
        bool known;
        int64_t cents;
};

struct gathered {
        struct counted *contracts;
        size_t count, room;
        struct align_row *rows;         /* .contract: place in contracts; .payer: group */
        size_t row_count, row_room;
        struct open_measure *open;      /* once for each payer, earner and key */
        size_t open_count, open_room;
        struct own_revenue *revenue;    /* of each earner that counts, once */
        size_t revenue_count, revenue_room;
        struct release_differs *differs;
        size_t differs_count, differs_room;
        bool rows_gone;                 /* member-level rows that it rests on are not here now */
};

struct release_at {
        uint64_t cut;
        date day;                       /* of the calendar */
        struct period period;           /* what counts ended within it */
        const struct charter *charter;
};

/* Memory to work in: made once, some MiB. */
struct gather_work;
int gather_work_new(struct gather_work **ret);
void gather_work_free(struct gather_work *work);

/* All contracts there are. Returns 0, with @ret to be freed also when it fails; -errno. */
int release_gather(struct gather_work *work, const struct reading *by, const struct release_at *at,
                   struct gathered *ret);
void gathered_cleanup(struct gathered *gathered);

/* Room for one more row of @size; -ENOMEM leaves what is there. */
int release_grow(void **rows, size_t count, size_t *room, size_t size);

#endif
