/* SPDX-License-Identifier: Apache-2.0 */
/* Answers to nodes. They go among the effects and leave when the batch is committed. */
#include <errno.h>

#include "daemon/hub_private.h"

int answer_frame(struct hub *hub, const struct hub_frame *frame, uint64_t session)
{
        int r = effects_begin(&hub->effects, EFFECT_REPLY, session);

        if (!r)
                r = wire_write_hub_frame(&hub->effects.bytes, frame);
        if (!r)
                effects_end(&hub->effects);
        return r;
}

int answer_hello(struct hub *hub, const struct directory_node *node, const struct hello *hello,
                 uint64_t session)
{
        struct hub_frame frame = {
                .kind = HUB_WELCOME,
                .welcome = {
                        .hub = hub->id, .format_least = FORMAT_LEAST, .format_most = FORMAT_MOST,
                        .hub_time = hub->now, .window = hub->options.window,
                        .submission_bytes = WIRE_SUBMISSION_MAX,
                        .submission_events = EVENTS_PER_SUBMISSION_MAX,
                        .log_size = hub_size(hub),
                        .hub_name = { hub->name.text, strlen(hub->name.text) },
                        .node = node->state.path,
                },
        };
        struct stream_state stream = { 0 };
        int r = state_signal_last(hub->txn, node->state.party_no, &frame.welcome.last_signal);

        if (!r && hello->has_stream) {
                r = state_stream(hub->txn, node->state.no, &hello->stream, &stream);
                frame.welcome.has_next_sequence = true;
                frame.welcome.next_sequence = stream.last + 1;
        }
        if (r && r != -ENOENT)
                return r;
        return answer_frame(hub, &frame, session);
}

/* The header can be made anew from these and the sender's own bytes; the proof comes at the end. */
int answer_receipt(struct hub *hub, const struct submission *submission, uint64_t index,
                   instant time, uint64_t session)
{
        struct receipt receipt = {
                .stream = submission->stream, .sequence = submission->sequence, .index = index,
                .time = time, .entry_format = ENTRY_FORMAT, .entry_kind = ENTRY_SUBMISSION,
        };
        struct digest leaf;
        int r = log_leaf(hub->txn, index, &leaf);

        if (r)
                return r;
        memcpy(receipt.leaf.octets, leaf.octets, sizeof(leaf.octets));
        return receipts_add(hub, &receipt, session);
}

static struct wire_fault fault_of(const struct fault *fault)
{
        return (struct wire_fault) {
                .code = fault->code, .event = fault->event,
                .field = { fault->field, strlen(fault->field) },
                .says = { fault->says, strlen(fault->says) },
        };
}

uint32_t answer_faults(const struct faults *faults, struct wire_fault *ret)
{
        for (size_t i = 0; i < faults->count; i++)
                ret[i] = fault_of(&faults->list[i]);
        return (uint32_t)faults->count;
}

int answer_refusal(struct hub *hub, const struct submission *submission, uint64_t session)
{
        static struct wire_fault list[REFUSALS_PER_ANSWER_MAX];
        const struct hub_frame frame = {
                .kind = HUB_REFUSAL,
                .refusal = {
                        .has_stream = true, .stream = submission->stream,
                        .sequence = submission->sequence, .faults = list,
                        .fault_count = answer_faults(hub->faults, list),
                        .more = (uint32_t)hub->faults->more,
                },
        };

        return answer_frame(hub, &frame, session);
}

int answer_logged_refusal(struct hub *hub, const struct refusal_record *said,
                          const struct entry *entry, struct bytes record, uint64_t session)
{
        const struct hub_frame frame = {
                .kind = HUB_REFUSAL,
                .refusal = {
                        .has_stream = true, .stream = said->stream, .sequence = said->sequence,
                        .submission_sha256 = said->submission_sha256,
                        .faults = said->faults, .fault_count = said->fault_count,
                        .more = said->more, .logged = true, .index = entry->index,
                        .time = entry->time, .record = record,
                },
        };

        return answer_frame(hub, &frame, session);
}

/* What did not parse far enough to be called a submission. */
int answer_fault(struct hub *hub, const struct fault *fault, uint64_t session)
{
        const struct wire_fault one = fault_of(fault);
        const struct hub_frame frame = {
                .kind = HUB_REFUSAL,
                .refusal = { .faults = &one, .fault_count = 1 },
        };

        return answer_frame(hub, &frame, session);
}

int answer_busy(struct hub *hub, const struct submission *submission, const char *says,
                uint32_t again_after_ms, uint64_t session)
{
        const struct hub_frame frame = {
                .kind = HUB_BUSY,
                .busy = {
                        .has_stream = true, .stream = submission->stream,
                        .sequence = submission->sequence, .says = { says, strlen(says) },
                        .again_after_ms = again_after_ms,
                },
        };

        return answer_frame(hub, &frame, session);
}

/* At most a window a batch, and at most the rate a second, saved up for no longer than a second. */
bool node_has_room(struct hub *hub, struct directory_node *node)
{
        int64_t most = (int64_t)hub->options.rate * 1000000;

        if (node->batch != hub->batch) {
                node->batch = hub->batch;
                node->taken = 0;
        }
        if (node->taken >= hub->options.window)
                return false;
        node->taken++;
        if (!hub->options.rate)
                return true;
        if (node->tokens_at == 0 || hub->now - node->tokens_at >= 1000000 ||
            hub->now < node->tokens_at)
                node->tokens = most;
        else
                node->tokens += (hub->now - node->tokens_at) * hub->options.rate;
        node->tokens_at = hub->now;
        if (node->tokens > most)
                node->tokens = most;
        if (node->tokens < 1000000)
                return false;
        node->tokens -= 1000000;
        return true;
}
