/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/frames.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "daemon/ahead.h"
#include "proto/limits.h"

static_assert(AHEAD_MAX >= BUS_HELD_MAX, "every frame that is held may wait to be checked");

struct waiting {
        struct bus_frame frame;
        struct ahead_item item;
};

struct frames {
        struct bus *bus;
        const struct hub *hub;
        struct ahead *ahead;
        struct scratch scratch;         /* for checks of our own */
        /* sessions: oldest held, next to be taken, one past the last */
        uint64_t first, next, end;
        size_t bytes;                   /* of those not taken */
        struct waiting ring[BUS_HELD_MAX];      /* by session number */
};

int frames_open(struct frames **ret, struct bus *bus, const struct hub *hub)
{
        struct frames *frames = calloc(1, sizeof(*frames));
        int r;

        if (!frames)
                return -ENOMEM;
        frames->bus = bus;
        frames->hub = hub;
        frames->scratch.size = sign_room(DOMAIN_SUBMISSION, WIRE_SUBMISSION_MAX);
        frames->scratch.data = malloc(frames->scratch.size);
        r = frames->scratch.data ? ahead_start(&frames->ahead) : -ENOMEM;
        if (r)
                frames_close(frames);
        else
                *ret = frames;
        return r;
}

void frames_close(struct frames *frames)
{
        if (!frames)
                return;
        ahead_stop(frames->ahead);
        free(frames->scratch.data);
        free(frames);
}

static struct waiting *waiting_at(struct frames *frames, uint64_t session)
{
        return &frames->ring[session % BUS_HELD_MAX];
}

/* A frame that comes alone is dealt with at once: waking the other thread would cost more. */
static void keep(struct frames *frames, const struct bus_frame *frame)
{
        struct waiting *waiting = waiting_at(frames, frame->session);

        waiting->frame = *frame;
        waiting->item.frame = frame->bytes;
        waiting->item.known = hub_signing_key(frames->hub, frame->key, waiting->item.signing_key);
        ahead_hold(&waiting->item);
        if (frames->next != frames->end)
                ahead_put(frames->ahead, &waiting->item);
        if (frames->first == frames->end)
                frames->first = frames->next = frame->session;
        frames->end = frame->session + 1;
        frames->bytes += frame->bytes.size;
}

/* What is no frame is bounded, too: a peer that sends nothing else must not keep us here. */
void frames_fetch(struct frames *frames)
{
        struct bus_frame frame;
        int r = 0, skipped = 0;

        while (frames->bytes < FRAMES_BYTES_MAX && r == 0 && skipped < BUS_HELD_MAX) {
                r = bus_receive(frames->bus, &frame);
                if (r == 0) {
                        keep(frames, &frame);
                } else if (r == -EBADMSG) {
                        skipped++;
                        r = 0;
                }
        }
        if (frames->end - frames->next > 1)
                ahead_wake(frames->ahead);
}

bool frames_wait(const struct frames *frames)
{
        return frames->next != frames->end;
}

/*
 * Until the other thread is done with the frame that is next, checks those behind it: waiting would
 * waste the time of one check.
 */
static void help_until_ready(struct frames *frames, const struct ahead_item *item)
{
        for (uint64_t at = frames->next + 1; !ahead_ready(item); at++) {
                if (at < frames->end)
                        ahead_help(&waiting_at(frames, at)->item, frames->scratch);
                else
                        sched_yield();
        }
}

bool frames_take(struct frames *frames, size_t taken, struct bus_frame *ret,
                 const struct hub_ahead **ret_ahead)
{
        struct waiting *waiting = waiting_at(frames, frames->next);

        if (frames->next == frames->end)
                return false;
        if (taken >= FRAMES_SOME && !ahead_ready(&waiting->item))
                return false;
        *ret_ahead = NULL;
        if (!ahead_claim(&waiting->item)) {
                help_until_ready(frames, &waiting->item);
                *ret_ahead = &waiting->item.found;
        }
        *ret = waiting->frame;
        frames->bytes -= waiting->frame.bytes.size;
        frames->next++;
        return true;
}

bool frames_taken(struct frames *frames, size_t i, struct bus_frame *ret)
{
        if (i >= frames->next - frames->first)
                return false;
        *ret = waiting_at(frames, frames->first + i)->frame;
        return true;
}

void frames_done(struct frames *frames)
{
        bus_forget(frames->bus, frames->next);
        frames->first = frames->next;
        if (frames_wait(frames))
                bus_again(frames->bus);
}
