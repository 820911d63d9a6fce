/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the hub itself says: written, signed, appended, folded;
 * signals sealed to those they are for.
 */
#include <errno.h>

#include "core/check.h"
#include "daemon/hub_private.h"

int hub_append(struct hub *hub, enum entry_kind kind, struct bytes bytes, struct entry *ret)
{
        struct entry_header header;
        int r = log_append(hub->log, hub->txn, (uint8_t)kind, hub->now, &bytes, 1, &header);

        if (r)
                return r;
        hub->batch_bytes += bytes.size;
        touch_time(hub, header.time);
        *ret = (struct entry) { header.index, header.time };
        return 0;
}

static int sign_record(struct hub *hub, const struct record *record)
{
        struct signature signature;
        struct bytes body;
        int r;

        sink_reset(&hub->body);
        sink_reset(&hub->record);
        r = wire_write_record_body(&hub->body, record);
        if (r)
                return r;
        body = sink_bytes(&hub->body);
        r = sign_spans(DOMAIN_HUB, &body, 1, hub->options.keys->secret.signing, hub->scratch,
                       &signature);
        if (r)
                return r;
        return wire_write_signed_record(&hub->record, body, BYTES_OF(signature.octets));
}

int hub_say(struct hub *hub, struct record *record, struct entry *ret, struct bytes *ret_bytes)
{
        int r;

        record->format = FORMAT_MOST;
        record->hub = hub->id;
        r = sign_record(hub, record);
        if (!r)
                r = hub_append(hub, record->kind, sink_bytes(&hub->record), ret);
        if (!r)
                r = fold_record(hub, record, ret);
        if (!r)
                touch_record(hub, record);
        if (!r && ret_bytes)
                *ret_bytes = sink_bytes(&hub->record);
        return r;
}

/* party/PARTY/NODE/ in clear, then nonce and box: the topic tells who, the box tells what. */
static int seal_to(struct hub *hub, const struct directory_node *node, struct bytes plain)
{
        struct sink *sink = &hub->effects.bytes;
        const struct node_path *path = &node->state.path;
        uint8_t *room;
        int r = effects_begin(&hub->effects, EFFECT_SIGNAL, 0);

        if (!r)
                r = sink_put(sink, (struct bytes) { "party/", 6 });
        if (!r)
                r = sink_put(sink, name_bytes(&path->party));
        if (!r)
                r = sink_put(sink, (struct bytes) { "/", 1 });
        if (!r)
                r = sink_put(sink, name_bytes(&path->node));
        if (!r)
                r = sink_put(sink, (struct bytes) { "/", 1 });
        room = r ? NULL : sink_room(sink, plain.size + SEAL_OVERHEAD);
        if (!room)
                return r ? r : -ENOMEM;
        seal(&node->seal, plain, room);
        sink_grow(sink, plain.size + SEAL_OVERHEAD);
        effects_end(&hub->effects);
        return 0;
}

static bool may_hear(const struct directory_node *node)
{
        return !node->state.revoked && (node->state.rights & RIGHT_READ);
}

int hub_tell(struct hub *hub, uint32_t party_no, struct bytes frame)
{
        const struct directory_node *node = directory_of_party(hub->directory, party_no);
        int r = 0;

        for (; !r && node; node = node->next_of_party)
                if (may_hear(node))
                        r = seal_to(hub, node, frame);
        return r;
}

static int send_signal(struct hub *hub, uint32_t party_no, const struct signal_frame *frame)
{
        int r;

        sink_reset(&hub->body);
        r = wire_write_signal_frame(&hub->body, frame);
        return r ? r : hub_tell(hub, party_no, sink_bytes(&hub->body));
}

int hub_signal(struct hub *hub, const struct name *name, struct signal *signal)
{
        struct record record = { .kind = ENTRY_SIGNAL };
        struct signal_frame frame = { .kind = FRAME_ENTRY };
        struct party_state party;
        struct entry entry;
        uint64_t last;
        int r = state_party(hub->txn, name, &party);

        if (r || !party.party.present)          /* the absent are told nothing */
                return r == -ENOENT ? 0 : r;
        r = state_signal_last(hub->txn, party.party.no, &last);
        if (r)
                return r;
        signal->party = *name;
        signal->number = last + 1;
        record.signal = *signal;
        r = hub_say(hub, &record, &entry, &frame.entry.record);
        if (r)
                return r;
        frame.entry.index = entry.index;
        frame.entry.time = entry.time;
        return send_signal(hub, party.party.no, &frame);
}

static int heartbeat_to(struct hub *hub, const struct directory_node *node)
{
        struct signal_frame frame = {
                .kind = FRAME_HEARTBEAT,
                .heartbeat = { .hub_time = hub->now, .log_size = hub_size(hub) },
        };
        int r = state_signal_last(hub->txn, node->state.party_no, &frame.heartbeat.last_signal);

        sink_reset(&hub->body);
        if (!r)
                r = wire_write_signal_frame(&hub->body, &frame);
        return r ? r : seal_to(hub, node, sink_bytes(&hub->body));
}

int hub_heartbeat(struct hub *hub)
{
        const struct directory_node *node;
        int r = 0;

        for (uint32_t no = 1; !r && (node = directory_by_no(hub->directory, no)); no++)
                if (may_hear(node))
                        r = heartbeat_to(hub, node);
        return r;
}
