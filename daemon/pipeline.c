/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The way of a submission, on one page. Bytes have become a value before (proto/wire.c) and the
 * batch is committed after (hub_commit()); in between:
 *
 *      identify -> blocks -> sequence -> gather -> judge    it may be refused
 *      ------------------------------------------------------------------
 *      append -> keep blocks -> fold -> follow -> receipt   it has happened
 */
#include "daemon/pipeline.h"

#include <errno.h>

#include "core/admit.h"
#include "core/check.h"
#include "daemon/blocks.h"
#include "daemon/dispatch.h"
#include "daemon/state_admission.h"

struct passage {
        struct hub *hub;
        struct directory_node *node;
        const struct submission *submission;
        const struct hub_ahead *ahead;
        uint64_t session;
        struct stream_state stream;
        struct sha256 digest;
};

static int identify(struct passage *p);
static int sequence(struct passage *p, bool *ret_answered);
static void judge(struct hub *hub, const struct view *view, const struct submission *submission);
static int refuse(struct passage *p);

int pipeline_run(struct hub *hub, struct directory_node *node, const struct submission *submission,
                 const struct hub_ahead *ahead, uint64_t session)
{
        struct passage p = { hub, node, submission, ahead, session, { 0 }, { { 0 } } };
        struct view view;
        struct entry entry;
        bool answered;
        int r;

        if (hub->no_room)
                return answer_busy(hub, submission, "the ledger has no room for more", 5000,
                                   session);
        if (hub->no_block_room && submission->block_count)
                return answer_busy(hub, submission, "there is no room for more blocks", 5000,
                                   session);
        if (!node_has_room(hub, node))
                return answer_busy(hub, submission, "window or rate of the node is used up", 50,
                                   session);

        r = identify(&p);
        if (!r)
                r = blocks_check(hub, submission);
        if (r)
                return r < 0 ? r : answer_refusal(hub, submission, session);
        r = sequence(&p, &answered);
        if (r < 0 || answered)
                return r;
        if (r > 0)
                return answer_refusal(hub, submission, session);
        r = gather(hub, node, submission, &view);
        if (r)
                return r;
        judge(hub, &view, submission);
        if (hub->faults->first)
                return refuse(&p);

        /* ------------------------------------------------------------------------------------ */

        r = hub_append(hub, ENTRY_SUBMISSION, submission->frame, &entry);
        if (!r)
                r = blocks_keep(hub, &view, submission, &entry);
        if (!r)
                r = fold_submission(hub, &view, submission, &entry);
        if (!r)
                touch_submission(hub, &view, submission);
        if (!r)
                r = follow(hub, &view, submission, &entry);
        if (!r)
                r = answer_receipt(hub, submission, entry.index, entry.time, session);
        return r;
}

static int free_refusal(struct passage *p, enum refusal code, const char *field)
{
        faults_add(p->hub->faults, code, REFUSAL_WHOLE, field, NULL);
        return (int)code;
}

/* Checked before, over these very bytes, with the key that is the node's now? */
static bool known_ahead(const struct passage *p)
{
        const struct hub_ahead *ahead = p->ahead;
        const struct submission *s = p->submission;

        return ahead && ahead->checked && ahead->signature == s->signature.data &&
               ahead->body.data == s->body.data && ahead->body.size == s->body.size &&
               memcmp(ahead->signing_key, p->node->state.signing_key, 32) == 0;
}

static int check_signature(const struct passage *p)
{
        const struct submission *s = p->submission;
        struct signature signature;

        if (known_ahead(p))
                return p->ahead->good ? 0 : -EKEYREJECTED;
        assert(s->signature.size == sizeof(signature.octets));
        memcpy(signature.octets, s->signature.data, sizeof(signature.octets));
        return sign_verify(DOMAIN_SUBMISSION, &s->body, 1, p->node->state.signing_key, &signature,
                           p->hub->scratch);
}

static void digest(struct passage *p);

/*
 * What the node said before it had the keys it has now, said again: the log has these very bytes,
 * which were verified then, and the same bytes get the same answer for ever.
 */
static int check_kept(struct passage *p)
{
        const struct submission *s = p->submission;
        struct stream_state stream;
        struct log_entry kept;
        struct record record;
        struct fault fault;
        uint64_t index;
        int r = state_stream(p->hub->txn, p->node->state.no, &s->stream, &stream);

        if (!r)
                r = state_sequence(p->hub->txn, stream.no, s->sequence, &index);
        if (!r)
                r = log_read(p->hub->txn, index, &kept);
        if (r)
                return r == -ENOENT ? -EKEYREJECTED : r;
        if (kept.header.kind == ENTRY_SUBMISSION)
                return bytes_equal(kept.bytes, s->frame) ? 0 : -EKEYREJECTED;
        r = wire_read_record(kept.bytes, &p->hub->arena, &record, &fault);
        if (r)
                return r < 0 ? r : -EILSEQ;
        digest(p);
        return memcmp(&record.refusal.submission_sha256, &p->digest, sizeof(p->digest)) == 0
                       ? 0 : -EKEYREJECTED;
}

/*
 * Is it meant for this hub, by the node that sent it?
 * The transport's word and the signature must agree.
 */
static int identify(struct passage *p)
{
        const struct submission *s = p->submission;
        const struct node_state *node = &p->node->state;
        int r;

        faults_reset(p->hub->faults);
        if (memcmp(&s->hub, &p->hub->id, sizeof(s->hub)) != 0)
                return free_refusal(p, REFUSAL_WRONG_HUB, "hub_id");
        if (!name_equal(&s->sender.party, &node->path.party) ||
            !name_equal(&s->sender.node, &node->path.node))
                return free_refusal(p, REFUSAL_WRONG_SENDER, "sender");
        r = check_signature(p);
        if (r == -EKEYREJECTED)
                r = check_kept(p);
        if (r == -EKEYREJECTED)
                return free_refusal(p, REFUSAL_BAD_SIGNATURE, "signature");
        return r;
}

/* The digest that a refusal keeps of what it refused. */
static void digest(struct passage *p)
{
        struct digest digest;

        hash_spans(p->hub->hasher, &p->submission->frame, 1, &digest);
        memcpy(p->digest.octets, digest.octets, sizeof(p->digest.octets));
}

static int equivocation(struct passage *p, uint64_t first)
{
        const struct submission *s = p->submission;
        struct record record = {
                .kind = ENTRY_EQUIVOCATION,
                .equivocation = {
                        .node = s->sender, .stream = s->stream, .sequence = s->sequence,
                        .first_index = first, .second = s->frame,
                },
        };
        struct entry entry;
        uint64_t before;
        int r = state_evidence(p->hub->txn, p->stream.no, s->sequence, &before);

        /* One is proof enough; a thousand would be a way to fill the log. */
        if (r == -ENOENT)
                r = hub_say(p->hub, &record, &entry, NULL);
        return r ? r : free_refusal(p, REFUSAL_EQUIVOCATION, "sequence");
}

/* The number was used before: the same bytes get the same answer for ever, others are evidence. */
static int again(struct passage *p, bool *ret_answered)
{
        struct fault fault;
        struct record record;
        struct log_entry kept;
        struct entry entry;
        uint64_t index;
        int r = state_sequence(p->hub->txn, p->stream.no, p->submission->sequence, &index);

        if (!r)
                r = log_read_proved(p->hub->txn, NULL, index, &kept);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        if (kept.header.kind == ENTRY_SUBMISSION) {
                if (!bytes_equal(kept.bytes, p->submission->frame))
                        return equivocation(p, index);
                *ret_answered = true;
                r = blocks_keep_again(p->hub, p->submission, index);
                touch_again(p->hub, p->submission);
                return r ? r : answer_receipt(p->hub, p->submission, index, kept.header.time,
                                              p->session);
        }
        r = wire_read_record(kept.bytes, &p->hub->arena, &record, &fault);
        if (r)
                return r < 0 ? r : -EILSEQ;
        digest(p);
        if (memcmp(&record.refusal.submission_sha256, &p->digest, sizeof(p->digest)) != 0)
                return equivocation(p, index);
        *ret_answered = true;
        entry = (struct entry) { index, kept.header.time };
        return answer_logged_refusal(p->hub, &record.refusal, &entry, kept.bytes, p->session);
}

static int new_stream(struct passage *p)
{
        uint32_t open;
        int r;

        if (p->submission->sequence != 1)
                return free_refusal(p, REFUSAL_SEQUENCE_GAP, "sequence");
        r = state_stream_count(p->hub->txn, p->node->state.no, &open);
        if (r)
                return r;
        if (open >= STREAMS_PER_NODE_MAX)
                return free_refusal(p, REFUSAL_TOO_MANY_STREAMS, "stream");
        return 0;
}

static int sequence(struct passage *p, bool *ret_answered)
{
        const struct submission *s = p->submission;
        int r = state_stream(p->hub->txn, p->node->state.no, &s->stream, &p->stream);

        *ret_answered = false;
        if (r == -ENOENT)
                return new_stream(p);
        if (r)
                return r;
        if (s->sequence >= 1 && s->sequence <= p->stream.last)
                return again(p, ret_answered);
        if (p->stream.closed)
                return free_refusal(p, REFUSAL_STREAM_CLOSED, "stream");
        if (s->sequence != p->stream.last + 1)
                return free_refusal(p, REFUSAL_SEQUENCE_GAP, "sequence");
        return 0;
}

/* All that is wrong with all of it: the header, then each event by its row of the table. */
static void judge(struct hub *hub, const struct view *view, const struct submission *submission)
{
        const struct judgement judgement = { view, submission, hub->faults };
        bool in_contract = !contract_id_empty(&submission->contract);

        faults_reset(hub->faults);
        if (!admit_header(&judgement))
                return;
        for (uint32_t i = 0; i < submission->event_count; i++) {
                const struct handler *handler = handler_of(submission->events[i].kind);

                if (!(handler->about & (in_contract ? ABOUT_CONTRACT : ABOUT_NOTHING))) {
                        faults_add(hub->faults, REFUSAL_WRONG_SCOPE, i, "contract", NULL);
                } else if (admit_right(&judgement, i, handler->right)) {
                        admit_member(&judgement, i);
                        handler->admit(&judgement, i, &submission->events[i], &view->events[i]);
                }
        }
}

/* The number is used up by an entry that says why; the same bytes will get this answer for ever. */
static int refuse(struct passage *p)
{
        static struct wire_fault list[REFUSALS_PER_ANSWER_MAX];
        const struct submission *s = p->submission;
        struct record record = {
                .kind = ENTRY_REFUSAL,
                .refusal = {
                        .node = s->sender, .stream = s->stream, .sequence = s->sequence,
                        .faults = list, .more = (uint32_t)p->hub->faults->more,
                },
        };
        struct entry entry;
        struct bytes bytes;
        int r;

        digest(p);
        record.refusal.submission_sha256 = p->digest;
        record.refusal.fault_count = answer_faults(p->hub->faults, list);
        r = hub_say(p->hub, &record, &entry, &bytes);
        if (r)
                return r;
        return answer_logged_refusal(p->hub, &record.refusal, &entry, bytes, p->session);
}
