/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/epoch.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/check.h"
#include "daemon/ring.h"

int fold_epoch(struct hub *hub, const struct record *record, const struct entry *entry)
{
        return ring_fold(hub, record, entry);
}

void epoch_end_take(struct epoch_end *known, const struct epoch_end *also)
{
        if (also->tree.size > known->tree.size ||
            (also->tree.size == known->tree.size && also->epoch > known->epoch))
                known->tree = also->tree;
        if (also->epoch > known->epoch)
                known->epoch = also->epoch;
}

/* ORIGIN, or ORIGIN/2 and on: its number, as it is written there and no other way; or 0. */
static uint32_t epoch_of(const struct hub *hub, struct bytes line)
{
        char own[NOTE_NAME_MAX + 1];
        size_t length = strlen(hub->ring.origin);
        uint64_t number = 1;

        if (line.size > length) {
                const char *digits = (const char *)line.data + length + 1;

                number = 0;
                for (size_t i = 0; i + length + 1 < line.size && i < 10; i++)
                        number = 10 * number + (uint64_t)(unsigned char)digits[i] - '0';
        }
        if (number == 0 || number > UINT32_MAX)
                return 0;
        hub_ring_origin(&hub->ring, (uint32_t)number, own);
        return bytes_equal(line, (struct bytes) { own, strlen(own) }) ? (uint32_t)number : 0;
}

/* By one key. @r: what was found so far, of which a wrong signature says most. */
static int open_by(struct bytes note, struct bytes line, const uint8_t key[32],
                   struct checkpoint *ret, int r)
{
        struct note_key name;
        int opened;

        if (r == 0 || note_key_make(line, key, &name))
                return r;
        opened = checkpoint_open(note, &name, ret);
        return opened == -ENOKEY && r ? r : opened;
}

int epoch_open_note(const struct hub *hub, struct bytes note, struct epoch_end *ret)
{
        const struct hub_options *options = &hub->options;
        const char *end = memchr(note.data, '\n', note.size);
        struct bytes line = { note.data, end ? (size_t)(end - (const char *)note.data) : 0 };
        int r = -ENOKEY;

        ret->epoch = end ? epoch_of(hub, line) : 0;
        if (!ret->epoch)
                return -EBADMSG;
        for (uint32_t i = 0; i < hub->ring.key_count; i++)
                r = open_by(note, line, hub->ring.keys[i].public_key, &ret->tree, r);
        if (options->keys)
                r = open_by(note, line, options->keys->public.signing, &ret->tree, r);
        if (options->previous)
                r = open_by(note, line, options->previous->public.signing, &ret->tree, r);
        return r;
}

void epoch_last(const struct hub *hub, uint64_t *ret_index, struct epoch_end *ret)
{
        const struct hub_ring_epoch *last = &hub->ring.epochs[hub->ring.epoch_count - 1];

        *ret_index = last->index;
        *ret = (struct epoch_end) { last->number, { last->end_size, last->end_root } };
}

int epoch_begin(struct hub *hub, const struct epoch_end *end, uint32_t newest, const char *because,
                uint32_t operator_uid)
{
        char origin[NOTE_NAME_MAX + 1];
        struct record record = { .kind = ENTRY_EPOCH };
        struct epoch *epoch = &record.epoch;
        struct entry entry;

        assert(hub->txn);
        assert(end->tree.size >= hub_size(hub));
        assert(*because && strlen(because) <= TEXT_MAX_LENGTH);
        epoch->number = (newest > hub->epoch ? newest : hub->epoch) + 1;
        hub_ring_origin(&hub->ring, epoch->number, origin);
        epoch->origin = (struct bytes) { origin, strlen(origin) };
        epoch->end_size = end->tree.size;
        memcpy(epoch->end_root.octets, end->tree.root.octets, sizeof(epoch->end_root.octets));
        epoch->operator_uid = operator_uid;
        snprintf(epoch->reason.text, sizeof(epoch->reason.text), "%s", because);
        return hub_say(hub, &record, &entry, NULL);
}
