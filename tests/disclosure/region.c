/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/disclosure/region.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"

#define DAY (INT64_C(86400) * SECOND)

/* ---- parties */

static void keep_map_small(struct hub_options *options)
{
        options->map_size = (size_t)256 << 20;
}

void region_set_up(struct region *region, instant begins)
{
        memset(region, 0, sizeof(*region));
        stage_set_up(&region->stage, keep_map_small);
        region->stage.now = begins;
        region->terms = calloc(1, sizeof(*region->terms));
        must(region->terms ? 0 : -ENOMEM, "calloc");
}

void region_tear_down(struct region *region)
{
        for (size_t i = 0; i < region->heard_count; i++)
                free((void *)region->heard[i].bytes.data);
        free(region->heard);
        free(region->terms);
        stage_tear_down(&region->stage);
}

size_t region_admit(struct region *region, const char *party, enum role_kind role, bool present)
{
        struct member *member = &region->members[region->member_count];

        must(region->member_count < REGION_PARTIES ? 0 : -E2BIG, "too many parties");
        player_make(&member->player, party, "n");
        memcpy(member->stream.octets, member->player.keys.public.signing,
               sizeof(member->stream.octets));
        member->role = role;
        region_begin(region);
        must(stage_admit_party(&region->stage, party, role, present, 0), party);
        if (present)
                must(stage_admit_node(&region->stage, &member->player, RIGHTS_ALL), party);
        region_commit(region);
        return region->member_count++;
}

size_t region_party(const struct region *region, const char *party)
{
        for (size_t i = 0; i < region->member_count; i++)
                if (strcmp(region->members[i].player.path.party.text, party) == 0)
                        return i;
        must(-ENOENT, party);
        return 0;
}

/* ---- what leaves the hub */

static void keep(struct region *region, size_t party, enum heard_as as, struct bytes bytes)
{
        void *copy = malloc(bytes.size ? bytes.size : 1);

        if (region->heard_count == region->heard_room) {
                region->heard_room = region->heard_room ? 2 * region->heard_room : 1024;
                region->heard = realloc(region->heard,
                                        region->heard_room * sizeof(*region->heard));
        }
        must(copy && region->heard ? 0 : -ENOMEM, "malloc");
        memcpy(copy, bytes.data, bytes.size);
        region->heard[region->heard_count++] = (struct heard) {
                party, as, region->batch, { copy, bytes.size },
        };
}

static bool after_topic(struct bytes message, const char *topic, struct bytes *ret)
{
        size_t size = strlen(topic);

        if (message.size < size || memcmp(message.data, topic, size) != 0)
                return false;
        *ret = (struct bytes) { (const uint8_t *)message.data + size, message.size - size };
        return true;
}

static void open_for(struct region *region, size_t party, struct bytes sealed)
{
        const struct player *player = &region->members[party].player;
        uint8_t *plain = malloc(sealed.size);
        struct seal_key key;
        size_t size;

        must(plain ? 0 : -ENOMEM, "malloc");
        must(seal_key_prepare(region->stage.keys.public.sealing, player->keys.secret.sealing,
                              &key),
             "seal_key_prepare");
        must(unseal(&key, sealed, plain, &size), "unseal");
        keep(region, party, HEARD_SIGNAL, (struct bytes) { plain, size });
        free(plain);
}

static void keep_signal(struct region *region, struct bytes message)
{
        char topic[2 * NAME_MAX_LENGTH + 16];
        struct bytes body;

        for (size_t i = 0; i < region->member_count; i++) {
                snprintf(topic, sizeof(topic), "party/%s/n/",
                         region->members[i].player.path.party.text);
                if (after_topic(message, topic, &body)) {
                        open_for(region, i, body);
                        return;
                }
        }
        keep(region, REGION_EVERYBODY, HEARD_PUBLIC, message);
}

/* Sessions are the places of the parties, and one more. */
static void keep_all(struct region *region)
{
        struct effect effect;

        region->batch++;
        for (size_t i = 0; hub_effect(region->stage.hub, i, &effect); i++)
                if (effect.kind == EFFECT_SIGNAL)
                        keep_signal(region, effect.bytes);
                else
                        keep(region, effect.session - 1, HEARD_REPLY, effect.bytes);
}

void region_begin(struct region *region)
{
        stage_begin(&region->stage);
}

void region_commit(struct region *region)
{
        stage_commit(&region->stage);
        keep_all(region);
}

/* ---- what is said */

uint64_t region_say(struct region *region, size_t party, const struct contract_id *contract,
                    const struct event *events, uint32_t count)
{
        struct member *member = &region->members[party];
        struct submission submission = {
                .format = 1, .sender = member->player.path, .stream = member->stream,
                .sequence = ++member->said, .made_at = region->stage.now, .events = events,
                .event_count = count,
        };
        struct hub_frame frame;
        struct bytes bytes;

        if (contract)
                submission.contract = *contract;
        bytes = stage_sign(&region->stage, &member->player, &submission);
        region_begin(region);
        stage_take_submission(&region->stage, &member->player, bytes, party + 1);
        region_commit(region);
        free((void *)bytes.data);
        stage_answer(&region->stage, party + 1, &frame);
        if (frame.kind == HUB_RECEIPT)
                return frame.receipt.index;
        must(frame.kind == HUB_REFUSAL ? 0 : -EPROTO, "neither taken nor refused");
        if (getenv("ACCORD_SHOW_REFUSALS"))
                fprintf(stderr, "%s: %.*s: %.*s\n", member->player.path.party.text,
                        (int)frame.refusal.faults[0].field.size,
                        (const char *)frame.refusal.faults[0].field.data,
                        (int)frame.refusal.faults[0].says.size,
                        (const char *)frame.refusal.faults[0].says.data);
        if (!frame.refusal.logged)
                member->said--;
        return 0;
}

uint64_t region_said(struct region *region, size_t party, const struct contract_id *contract,
                     const struct event *event)
{
        uint64_t index = region_say(region, party, contract, event, 1);

        if (!index)
                fprintf(stderr, "%s, event %d: ", region->members[party].player.path.party.text,
                        (int)event->kind);
        must(index ? 0 : -EPERM, "refused (ACCORD_SHOW_REFUSALS=1 says why)");
        return index;
}

static void pass_time(struct region *region)
{
        region_begin(region);
        must(hub_pass_time(region->stage.hub), "hub_pass_time");
        region_commit(region);
}

/* Day by day, so that what is due on one finds what was due before it done. */
void region_until(struct region *region, date day)
{
        instant end = day * DAY + DAY / 2;

        while (region->stage.now < end) {
                region->stage.now += DAY;
                pass_time(region);
                while (stage_work(&region->stage))
                        keep_all(region);
        }
}
