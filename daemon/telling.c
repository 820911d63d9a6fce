/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/telling.h"

#include <errno.h>
#include <stdlib.h>

#include "core/check.h"
#include "core/own.h"
#include "daemon/hub_private.h"
#include "daemon/incentives.h"
#include "daemon/members.h"
#include "daemon/state_relation.h"

#define MOVED_PARTS 20                  /* a twentieth more or less is worth a digest */

/* What was told of a row when it was last called a digest. */
struct told_row {
        struct contract_id contract;
        enum incentive_of of;
        struct item item;
        int64_t point;
};

/* What a party was told. */
struct told {
        bool waits, known, has_digest;
        struct digest content;          /* of the last message, without moment and digest */
        int64_t stake;                  /* as of the last digest, like the rest */
        int month;
        struct told_row *rows;
        size_t row_count;
};

struct telling {
        const struct hub *hub;
        struct incentive_desk *desk;
        struct hasher *hasher;
        struct sink sink;
        struct told *parties;           /* by number */
        size_t room;
        uint32_t *queue;                /* a ring of those that wait */
        size_t first, count, queue_room;
        uint64_t size;                  /* entries that are marked */
        uint64_t made;
};

int telling_new(struct telling **ret, const struct hub *hub)
{
        struct telling *telling = calloc(1, sizeof(*telling));
        int r;

        if (!telling)
                return -ENOMEM;
        telling->hub = hub;
        r = incentive_desk_new(true, &telling->desk);
        if (!r)
                r = hasher_new(&telling->hasher);
        if (!r)
                r = sink_new(&telling->sink, 65536, WIRE_RECORD_MAX);
        if (r)
                telling_free(telling);
        else
                *ret = telling;
        return r;
}

void telling_free(struct telling *telling)
{
        if (!telling)
                return;
        for (size_t i = 0; i < telling->room; i++)
                free(telling->parties[i].rows);
        free(telling->parties);
        free(telling->queue);
        sink_free(&telling->sink);
        hasher_free(telling->hasher);
        incentive_desk_free(telling->desk);
        free(telling);
}

size_t telling_pending(const struct telling *telling)
{
        return telling->count;
}

uint64_t telling_made(const struct telling *telling)
{
        return telling->made;
}

/* ---- who waits */

static int room_for_party(struct telling *telling, uint32_t no)
{
        size_t room = telling->room ? telling->room : 64;
        struct told *grown;

        while (room <= no)
                room *= 2;
        if (room == telling->room)
                return 0;
        grown = reallocarray(telling->parties, room, sizeof(*grown));
        if (!grown)
                return -ENOMEM;
        memset(grown + telling->room, 0, (room - telling->room) * sizeof(*grown));
        telling->parties = grown;
        telling->room = room;
        return 0;
}

static int room_in_queue(struct telling *telling)
{
        size_t room = telling->queue_room ? 2 * telling->queue_room : 64;
        uint32_t *grown;

        if (telling->count < telling->queue_room)
                return 0;
        grown = malloc(room * sizeof(*grown));
        if (!grown)
                return -ENOMEM;
        for (size_t i = 0; i < telling->count; i++)
                grown[i] = telling->queue[(telling->first + i) % telling->queue_room];
        free(telling->queue);
        telling->queue = grown;
        telling->queue_room = room;
        telling->first = 0;
        return 0;
}

static int wait_party(void *telling_, uint32_t no)
{
        struct telling *telling = telling_;
        int r = room_for_party(telling, no);

        if (r || telling->parties[no].waits)
                return r;
        r = room_in_queue(telling);
        if (r)
                return r;
        telling->queue[(telling->first + telling->count++) % telling->queue_room] = no;
        telling->parties[no].waits = true;
        return 0;
}

static int wait_all(struct telling *telling, struct store_txn *txn)
{
        uint64_t parties;
        int r = state_counter(txn, "parties", &parties);

        incentive_desk_forget_all(telling->desk);
        for (uint32_t no = 1; !r && no <= parties; no++)
                r = wait_party(telling, no);
        return r;
}

static int moment_of(struct store_txn *txn, uint64_t size, struct relation_at *ret)
{
        struct log_entry entry;
        int r = log_read(txn, size - 1, &entry);

        if (!r)
                *ret = (struct relation_at) { size - 1, day_of_instant(entry.header.time) };
        return r;
}

int telling_mark(struct telling *telling, const struct hub_touched *touched)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct relation_at at;
        int r;

        if (!touched->all && !touched->contract_count && !touched->party_count) {
                telling->size = touched->size;
                return 0;
        }
        r = store_begin_read(telling->hub->env, &txn);
        if (!r)
                r = moment_of(txn, touched->size, &at);
        if (!r && touched->all)
                r = wait_all(telling, txn);
        for (size_t i = 0; !r && i < touched->contract_count; i++) {
                incentive_desk_forget(telling->desk, touched->contracts[i]);
                r = incentives_affected(txn, touched->contracts[i], &at, wait_party, telling);
        }
        for (size_t i = 0; !r && i < touched->party_count; i++)
                r = wait_party(telling, touched->parties[i]);
        if (!r)
                telling->size = touched->size;
        return r;
}

/* ---- what is worth a digest */

static bool moved(int64_t before, int64_t after)
{
        const wide by = after > before ? (wide)after - before : (wide)before - after;
        const wide was = before < 0 ? -(wide)before : before;

        return by * MOVED_PARTS > was;
}

static int64_t stake_of(const struct incentive_signal *signal)
{
        int64_t stake = 0;

        for (uint32_t i = 0; i < signal->row_count; i++)
                stake += signal->rows[i].is.stake;
        return stake;
}

static bool row_moved(const struct incentive_signal *signal, uint32_t i,
                      const struct told_row *before)
{
        const struct incentive_row *row = &signal->rows[i];

        return row->is.of != before->of || !item_equal(&row->is.item, &before->item) ||
               !contract_id_equal(&signal->contracts[row->contract].contract,
                                  &before->contract) ||
               moved(before->point, row->is.point[FORECAST_CENTRAL]);
}

static int month_of(instant time)
{
        int year, month, day;

        date_split(day_of_instant(time), &year, &month, &day);
        return 12 * year + month;
}

static bool is_digest(const struct told *told, const struct incentive_signal *signal)
{
        if (!told->has_digest || told->month != month_of(signal->time) ||
            told->row_count != signal->row_count || moved(told->stake, stake_of(signal)))
                return true;
        for (uint32_t i = 0; i < signal->row_count; i++)
                if (row_moved(signal, i, &told->rows[i]))
                        return true;
        return false;
}

static int keep_digest(struct told *told, const struct incentive_signal *signal)
{
        struct told_row *rows = reallocarray(told->rows, signal->row_count + 1, sizeof(*rows));

        if (!rows)
                return -ENOMEM;
        for (uint32_t i = 0; i < signal->row_count; i++)
                rows[i] = (struct told_row) {
                        .contract = signal->contracts[signal->rows[i].contract].contract,
                        .of = signal->rows[i].is.of, .item = signal->rows[i].is.item,
                        .point = signal->rows[i].is.point[FORECAST_CENTRAL],
                };
        told->rows = rows;
        told->row_count = signal->row_count;
        told->stake = stake_of(signal);
        told->month = month_of(signal->time);
        told->has_digest = true;
        return 0;
}

/* ---- what is said */

static int write_frame(struct telling *telling, const struct incentive_signal *signal)
{
        const struct signal_frame frame = { .kind = FRAME_INCENTIVE, .incentive = *signal };

        sink_reset(&telling->sink);
        return wire_write_signal_frame(&telling->sink, &frame);
}

/* The same whatever moment it is of. */
static int content_of(struct telling *telling, const struct incentive_signal *signal,
                      struct digest *ret)
{
        struct incentive_signal timeless = *signal;
        struct bytes bytes;
        int r;

        timeless.as_of = 0;
        timeless.time = 0;
        timeless.digest = false;
        r = write_frame(telling, &timeless);
        bytes = sink_bytes(&telling->sink);
        if (!r)
                hash_spans(telling->hasher, &bytes, 1, ret);
        return r;
}

/* A month begins with a digest, though nothing has changed. */
static int say(struct telling *telling, struct told *told, struct incentive_signal *signal,
               struct bytes *ret_frame)
{
        struct digest content;
        int r = content_of(telling, signal, &content);

        *ret_frame = (struct bytes) { "", 0 };
        if (r)
                return r;
        signal->digest = is_digest(told, signal);
        if (told->known && digest_equal(&content, &told->content) && !signal->digest)
                return 0;
        if (!told->known && !signal->contract_count)    /* it has none, and never had */
                return 0;
        if (signal->digest)
                r = keep_digest(told, signal);
        if (!r)
                r = write_frame(telling, signal);
        if (r)
                return r;
        told->known = true;
        told->content = content;
        *ret_frame = sink_bytes(&telling->sink);
        return 0;
}

/* The absent are told nothing. */
static int is_present(struct store_txn *txn, uint32_t no, bool *ret)
{
        struct party_state party;
        struct name name;
        int r = state_party_name(txn, no, &name);

        if (!r)
                r = state_party(txn, &name, &party);
        *ret = !r && party.party.present;
        return r;
}

static int make(struct telling *telling, uint32_t no, struct bytes *ret_frame)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct reading by = { .hub = telling->hub, .rows_most = QUERY_ROWS_MAX };
        struct incentive_signal signal;
        bool present = false;
        int r = store_begin_read(telling->hub->env, &txn);

        *ret_frame = (struct bytes) { "", 0 };
        by.txn = txn;
        if (!r)
                r = is_present(txn, no, &present);
        if (r || !present)
                return r == -ENOENT ? 0 : r;
        r = incentives_signal(telling->desk, &by, no, telling->size - 1, false,
                              &signal);
        if (r)
                return r;
        telling->made++;
        return say(telling, &telling->parties[no], &signal, ret_frame);
}

int telling_next(struct telling *telling, uint32_t *ret_party, struct bytes *ret_frame)
{
        uint32_t no;
        int r, again;

        if (!telling->count)
                return -ENOENT;
        no = telling->queue[telling->first];
        telling->first = (telling->first + 1) % telling->queue_room;
        telling->count--;
        telling->parties[no].waits = false;
        *ret_party = no;
        r = make(telling, no, ret_frame);
        if (!r)
                return 0;
        again = wait_party(telling, no);
        assert(again == 0);             /* in the place that it has just left */
        return r == -ENOENT ? -EILSEQ : r;
}
