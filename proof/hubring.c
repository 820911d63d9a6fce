/* SPDX-License-Identifier: Apache-2.0 */
#include "proof/hubring.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/check.h"

int hub_ring_begin(struct hub_ring *ring, struct bytes origin,
                   const uint8_t public_key[SIGNING_PUBLIC_SIZE])
{
        struct note_key key;

        memset(ring, 0, sizeof(*ring));
        if (origin.size > HUB_ORIGIN_MAX || note_key_make(origin, public_key, &key))
                return -EINVAL;
        memcpy(ring->origin, origin.data, origin.size);
        memcpy(ring->keys[0].public_key, public_key, SIGNING_PUBLIC_SIZE);
        ring->keys[0].epoch = ring->epochs[0].number = 1;
        ring->key_count = ring->epoch_count = 1;
        return 0;
}

static const struct hub_ring_epoch *last_epoch(const struct hub_ring *ring)
{
        return &ring->epochs[ring->epoch_count - 1];
}

uint32_t hub_ring_number(const struct hub_ring *ring)
{
        return last_epoch(ring)->number;
}

int hub_ring_key(struct hub_ring *ring, uint64_t index,
                 const uint8_t public_key[SIGNING_PUBLIC_SIZE])
{
        const struct hub_ring_epoch *epoch = last_epoch(ring);
        const struct hub_ring_key *last = &ring->keys[ring->key_count - 1];
        struct hub_ring_key *key = &ring->keys[ring->key_count];

        if (ring->key_count == HUB_KEYS_MAX)
                return -ENOSPC;
        if (index <= epoch->index || (last->epoch == epoch->number && index <= last->index))
                return -EBADMSG;
        for (uint32_t i = 0; i < ring->key_count; i++)
                if (memcmp(ring->keys[i].public_key, public_key, SIGNING_PUBLIC_SIZE) == 0)
                        return -EBADMSG;
        *key = (struct hub_ring_key) { .index = index, .epoch = epoch->number };
        memcpy(key->public_key, public_key, SIGNING_PUBLIC_SIZE);
        ring->key_count++;
        return 0;
}

void hub_ring_origin(const struct hub_ring *ring, uint32_t number,
                     char ret_origin[NOTE_NAME_MAX + 1])
{
        if (number == 1)
                snprintf(ret_origin, NOTE_NAME_MAX + 1, "%s", ring->origin);
        else
                snprintf(ret_origin, NOTE_NAME_MAX + 1, "%.*s/%u", HUB_ORIGIN_MAX, ring->origin,
                         number);
}

int hub_ring_epoch(struct hub_ring *ring, uint64_t index, uint32_t number, struct bytes origin,
                   uint64_t end_size, const struct digest *end_root)
{
        char own[NOTE_NAME_MAX + 1];

        if (ring->epoch_count == HUB_EPOCHS_MAX)
                return -ENOSPC;
        hub_ring_origin(ring, number, own);
        if (number <= last_epoch(ring)->number || index == 0 || end_size < index ||
            !bytes_equal(origin, (struct bytes) { own, strlen(own) }))
                return -EBADMSG;
        ring->epochs[ring->epoch_count++] =
                (struct hub_ring_epoch) { number, index, end_size, *end_root };
        return 0;
}

/* Was it named in what is there in epoch @number, or in what was lost on the way to it? */
static bool holds_in(const struct hub_ring *ring, const struct hub_ring_key *key, uint32_t number)
{
        if (key->epoch > number)
                return false;
        for (uint32_t i = 0; i < ring->epoch_count && ring->epochs[i].number <= number; i++)
                if (ring->epochs[i].number > key->epoch && ring->epochs[i].index <= key->index)
                        return false;
        return true;
}

static const uint8_t *signer_in(const struct hub_ring *ring, uint32_t number, uint64_t index)
{
        uint32_t i = ring->key_count;

        while (--i > 0)
                if (ring->keys[i].index < index && holds_in(ring, &ring->keys[i], number))
                        break;
        return ring->keys[i].public_key;
}

const uint8_t *hub_ring_signer(const struct hub_ring *ring, uint64_t index)
{
        return signer_in(ring, hub_ring_number(ring), index);
}

static const struct hub_ring_epoch *epoch_of(const struct hub_ring *ring, struct bytes text,
                                             char origin[NOTE_NAME_MAX + 1])
{
        const char *end = memchr(text.data, '\n', text.size);
        struct bytes line = { text.data, (size_t)(end - (const char *)text.data) };

        for (uint32_t i = 0; i < ring->epoch_count; i++) {
                hub_ring_origin(ring, ring->epochs[i].number, origin);
                if (bytes_equal(line, (struct bytes) { origin, strlen(origin) }))
                        return &ring->epochs[i];
        }
        return NULL;
}

int hub_ring_open(const struct hub_ring *ring, struct bytes note, struct checkpoint *ret,
                  uint32_t *ret_epoch)
{
        const struct hub_ring_epoch *epoch;
        char origin[NOTE_NAME_MAX + 1];
        struct checkpoint found;
        struct note_key key;
        struct bytes text;
        int r;

        if (!note_text(note, &text))
                return -EBADMSG;
        epoch = epoch_of(ring, text, origin);
        /* The first entry of an epoch is in every tree of it. */
        if (!epoch || checkpoint_parse(text, origin, &found) ||
            (epoch->number > 1 && found.size <= epoch->index))
                return -EBADMSG;

        r = note_key_make((struct bytes) { origin, strlen(origin) },
                          signer_in(ring, epoch->number, found.size), &key);
        assert(r == 0);         /* hub_ring_begin() has tried the name */
        r = note_open(note, &key, &text);
        if (r)
                return r;
        *ret = found;
        if (ret_epoch)
                *ret_epoch = epoch->number;
        return 0;
}
