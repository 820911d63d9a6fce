/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Saying what waits in the outbox. A hello goes before it, and again whenever something was lost:
 * answers come in order, so what was sent before a hello and is not answered when its welcome comes
 * never arrived, and the same bytes go out again.
 */
#include "clients/lib/session-inside.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clients/lib/clock.h"
#include "clients/lib/fail.h"
#include "clients/lib/outbox-inside.h"

#define GAP_WAIT_MS 50
#define GAP_WAIT_MOST_MS 2000
#define FLIGHT_BYTES (16u * 1024u * 1024u)      /* on their way at once */

static struct queued *head_of(const struct accord_outbox *outbox)
{
        return queue_at(&outbox->queue, queue_head(&outbox->queue));
}

static bool same_stream(const struct stream_id *a, const struct stream_id *b)
{
        return !memcmp(a->octets, b->octets, sizeof(a->octets));
}

/* Sends from the first that has no answer on, once the hub has said where it stands. */
static void start_over(struct accord_session *session)
{
        session->greeted = false;
}

/* ---- what the hub says */

static void tell(struct accord_session *session, const struct accord_watch *watch,
                 const struct accord_item *item, const struct accord_outbox *outbox)
{
        struct accord_progress *progress = &session->progress;

        if (item->state == ACCORD_ITEM_RECEIVED) {
                progress->received++;
                progress->events_received += item->event_count;
        } else {
                progress->refused++;
                progress->events_refused += item->refused_count;
        }
        progress->waiting = queue_tail(&outbox->queue) - queue_head(&outbox->queue);
        session->heard_ms = clock_ms();
        session->gap_wait = 0;
        if (watch && watch->answered)
                watch->answered(watch->with, item);
        if (watch && watch->progress)
                watch->progress(watch->with, progress);
}

int flush_receipt(struct accord_session *session, struct accord_outbox *outbox,
                  const struct accord_watch *watch, const struct receipt *receipt,
                  struct bytes frame, struct accord_error *error)
{
        struct accord_item item;
        bool new = false;
        int r;

        /* Nobody here to take it: it will be asked for again. */
        if (!outbox) {
                start_over(session);
                return 0;
        }
        r = outbox_take_receipt(outbox, receipt, frame, &item, &new, error);
        if (!r && new)
                tell(session, watch, &item, outbox);
        return r;
}

/* The first fault, in our own memory: it is what the flush ends with if all was refused. */
static void note_fault(struct accord_session *session, const struct wire_fault *fault)
{
        if (session->first_fault.code)
                return;
        session->first_fault.code = fault->code;
        snprintf(session->first_says, sizeof(session->first_says), "%.*s%s%.*s",
                 (int)(fault->field.size > 80 ? 80 : fault->field.size),
                 (const char *)fault->field.data, fault->field.size ? ": " : "",
                 (int)(fault->says.size > 160 ? 160 : fault->says.size),
                 (const char *)fault->says.data);
        session->first_fault.says = (struct bytes) { session->first_says,
                                                     strlen(session->first_says) };
}

/* A number before this one is missing at the hub: only news if we believe it was sent. */
static void take_gap(struct accord_session *session, const struct accord_outbox *outbox,
                     const struct refusal_answer *refusal)
{
        uint64_t place;

        if (!outbox || !session->greeted)
                return;
        if (!queue_find(&outbox->queue, &refusal->stream, refusal->sequence, &place) ||
            place >= session->next)
                return;
        start_over(session);
        session->hello_not_before = clock_ms() + session->gap_wait;
        session->gap_wait = session->gap_wait ? 2 * session->gap_wait : GAP_WAIT_MS;
        if (session->gap_wait > GAP_WAIT_MOST_MS)
                session->gap_wait = GAP_WAIT_MOST_MS;
}

/* Refused before the number was taken: nothing is logged, and it is not about the events. */
static int take_free(struct accord_session *session, struct accord_outbox *outbox,
                     const struct refusal_answer *refusal, struct accord_error *error)
{
        struct wire_fault fault = { .code = REFUSAL_MALFORMED };
        bool moved = false;
        char what[96];
        int r;

        if (refusal->fault_count)
                fault = refusal->faults[0];
        if (fault.code == REFUSAL_BAD_SIGNATURE && outbox && refusal->has_stream) {
                r = outbox_move_from_old_key(outbox, &refusal->stream, refusal->sequence, &moved,
                                             error);
                start_over(session);
                if (r || moved)
                        return r;
        }
        if (fault.code == REFUSAL_SEQUENCE_GAP) {
                take_gap(session, outbox, refusal);
                return 0;
        }
        if (refusal->has_stream)
                snprintf(what, sizeof(what), "the hub does not take number %" PRIu64,
                         refusal->sequence);
        else
                snprintf(what, sizeof(what), "the hub does not take what we say");
        start_over(session);
        return fail_refused(error, &fault, what);
}

int flush_refusal(struct accord_session *session, struct accord_outbox *outbox,
                  const struct accord_watch *watch, const struct refusal_answer *refusal,
                  struct bytes frame, struct accord_error *error)
{
        struct accord_item item;
        bool new = false;
        int r;

        if (!refusal->logged)
                return take_free(session, outbox, refusal, error);
        if (!outbox) {
                start_over(session);
                return 0;
        }
        r = outbox_take_refusal(outbox, refusal, frame, &item, &new, error);
        if (r || !new)
                return r;
        if (item.fault_count)
                note_fault(session, &item.faults[0]);
        tell(session, watch, &item, outbox);
        return 0;
}

void flush_busy(struct accord_session *session, struct accord_outbox *outbox,
                const struct busy *busy)
{
        int64_t wait = busy->again_after_ms > BUSY_MOST_MS ? BUSY_MOST_MS : busy->again_after_ms;
        uint64_t place;

        if (!queue_find(&outbox->queue, &busy->stream, busy->sequence, &place))
                return;
        session->hold_ms = clock_ms() + (wait ? wait : 1);
        session->heard_ms = clock_ms();
        if (place < session->next)
                session->next = place;
}

/* ---- where the hub stands */

/* What it wants next it had before: entries that it acknowledged are gone. */
static int check_not_back(const struct accord_session *session, const struct accord_outbox *outbox,
                          const struct welcome *welcome, struct accord_error *error)
{
        if (welcome->log_size < outbox->log_size)
                return fail_with(error, ACCORD_INTEGRITY, "the hub's log has %" PRIu64 " entries, "
                                 "and it gave a receipt for number %" PRIu64, welcome->log_size,
                                 outbox->log_size - 1);
        if (welcome->has_next_sequence && welcome->next_sequence < session->hello_sequence)
                return fail_with(error, ACCORD_INTEGRITY, "the hub wants number %" PRIu64 " of the "
                                 "stream next, and answered all before %" PRIu64,
                                 welcome->next_sequence, session->hello_sequence);
        return 0;
}

/*
 * The first number of the stream that we know was never said. A hub that wants a later one has
 * heard it from a file that this one was put back over.
 */
static uint64_t first_unsaid(const struct accord_outbox *outbox)
{
        for (uint64_t at = queue_head(&outbox->queue); at < queue_tail(&outbox->queue); at++) {
                const struct queued *queued = queue_at(&outbox->queue, at);

                if (queued->fresh && !queued->sent &&
                    same_stream(&queued->stream, &outbox->stream))
                        return queued->sequence;
        }
        return outbox->next_sequence;
}

int flush_welcome(struct accord_session *session, struct accord_outbox *outbox,
                  const struct welcome *welcome, struct accord_error *error)
{
        int r = check_not_back(session, outbox, welcome, error);

        if (r)
                return r;
        if (welcome->submission_events && welcome->submission_events < outbox->events_most)
                outbox->events_most = welcome->submission_events;
        if (welcome->submission_bytes >= 65536 && welcome->submission_bytes < outbox->bytes_most)
                outbox->bytes_most = welcome->submission_bytes;

        if (welcome->has_next_sequence && same_stream(&session->stream, &outbox->stream) &&
            welcome->next_sequence > first_unsaid(outbox)) {
                r = outbox_move_on(outbox, false, error);
                if (r)
                        return r;
        }
        session->next = queue_head(&outbox->queue);
        session->hold_ms = 0;
        session->heard_ms = clock_ms();
        return 0;
}

/* ---- sending */

/* The number that the hub must not be before, of the stream that is to be sent. */
static int greet(struct accord_session *session, struct accord_outbox *outbox,
                 struct accord_error *error)
{
        const struct queued *head = head_of(outbox);
        const struct stream_id *stream = head ? &head->stream : &outbox->stream;

        return session_greet(session, stream, head ? head->sequence : outbox->next_sequence, error);
}

static int send_one(struct accord_session *session, struct accord_outbox *outbox,
                    struct queued *queued, bool *ret_sent, struct accord_error *error)
{
        struct sealed_record sealed;
        int r;

        *ret_sent = false;
        r = outbox_bytes(outbox, queued, &sealed, error);
        if (r)
                return r;
        sink_reset(&session->out);
        r = wire_write_submission_frame(&session->out, sealed.submission);
        if (!r)
                r = link_send(session->link, sink_bytes(&session->out));
        if (r == -EAGAIN)
                return 0;
        if (r)
                return fail_errno(error, r, "cannot send to the hub");
        session->progress.resent += queued->sent;
        queued->sent = true;
        *ret_sent = true;
        return 0;
}

/* A window of large ones would fill the hub's memory before it has answered the first. */
static bool too_much(const struct accord_session *session, const struct accord_outbox *outbox,
                     const struct queued *next, uint64_t window)
{
        uint64_t size = next->size;

        if (size * window <= FLIGHT_BYTES)
                return false;
        for (uint64_t at = queue_head(&outbox->queue); at < session->next; at++) {
                const struct queued *queued = queue_at(&outbox->queue, at);

                if (!queued->answered)
                        size += queued->size;
        }
        return session->next > queue_head(&outbox->queue) && size > FLIGHT_BYTES;
}

static int send_window(struct accord_session *session, struct accord_outbox *outbox,
                       struct accord_error *error)
{
        uint64_t window = session->hub.welcome.window ? session->hub.welcome.window : 1;
        bool sent = true;
        int r = 0;

        if (session->next < queue_head(&outbox->queue))
                session->next = queue_head(&outbox->queue);
        if (session->next == queue_head(&outbox->queue))
                session->heard_ms = clock_ms();
        while (!r && sent && session->next - queue_head(&outbox->queue) < window) {
                struct queued *queued = queue_at(&outbox->queue, session->next);

                if (!queued || !same_stream(&queued->stream, &session->stream) ||
                    too_much(session, outbox, queued, window))
                        break;
                if (!queued->answered)
                        r = send_one(session, outbox, queued, &sent, error);
                session->next += sent;
        }
        return r;
}

int flush_send(struct accord_session *session, struct accord_outbox *outbox,
               struct accord_error *error)
{
        const struct queued *head = head_of(outbox);
        int64_t now = clock_ms();
        int r;

        /* What the hub refused may have brought a new submission: not sent before it is synced. */
        r = outbox_sync(outbox, error);
        if (r || (!head && !prove_is_due(session, outbox)))
                return r;
        if (session->flushing != outbox || !session->greeted_stream ||
            (head && !same_stream(&head->stream, &session->stream)) ||
            (session->idle && session->next != queue_head(&outbox->queue))) {
                session->flushing = outbox;
                start_over(session);
        }
        session->idle = false;
        /* Before its keys are told nothing is sent: what was silent then was another connection. */
        if (session->greeted && prove_is_ringed(session, outbox) &&
            session->next > queue_head(&outbox->queue) &&
            now - session->heard_ms > SILENCE_AGAIN_MS)
                start_over(session);
        if (!session->greeted)
                return greet(session, outbox, error);
        if (!prove_is_ringed(session, outbox))
                return prove_ask_keys(session, error);
        r = prove_ask_growth(session, outbox, error);
        if (r || !head)
                return r;

        if (session->hold_ms && now < session->hold_ms)
                return 0;
        session->hold_ms = 0;
        return send_window(session, outbox, error);
}

/* ---- flush and step */

static bool any_sent(const struct accord_outbox *outbox)
{
        for (uint64_t at = queue_head(&outbox->queue); at < queue_tail(&outbox->queue); at++)
                if (queue_at(&outbox->queue, at)->sent)
                        return true;
        return false;
}

/* All that was said has its receipt; what the hub signed along with them is not shown to go on. */
static int not_shown(const struct accord_session *session, struct accord_error *error)
{
        struct accord_error why = { 0 };

        (void)session_timed_out(session, false, &why);
        if (session->prove_wanted)
                return fail_with(error, ACCORD_UNREACHABLE, "%s", why.text);
        return fail_with(error, ACCORD_IN_DOUBT, "%s; what was sent is received, and whether the "
                         "hub's log goes on from what it was is asked again at the next flush",
                         why.text);
}

static int drive(struct accord_session *session, struct accord_outbox *outbox, int timeout_ms,
                 const struct accord_watch *watch, struct accord_error *error)
{
        int64_t until = clock_until(timeout_ms);
        int r;

        while (head_of(outbox) || prove_is_due(session, outbox)) {
                r = session_turn(session, outbox, watch, error);
                if (r)
                        return r;
                if (!head_of(outbox) && !prove_is_due(session, outbox))
                        break;
                if (clock_left(until) == 0)
                        return head_of(outbox) ?
                               session_timed_out(session, any_sent(outbox), error) :
                               not_shown(session, error);
                session_wait(session, until);
        }
        r = accord_proofs_sync(outbox->proofs, error);
        return r ? r : outbox_compact(outbox, error);
}

static int verdict(const struct accord_session *session, struct accord_error *error)
{
        const struct accord_progress *progress = &session->progress;

        if (!progress->events_refused)
                return 0;
        if (!progress->events_received)
                return fail_refused(error, &session->first_fault, "refused");
        return fail_with(error, ACCORD_PARTIAL, "%" PRIu64 " of %" PRIu64 " events were refused",
                         progress->events_refused,
                         progress->events_refused + progress->events_received);
}

int accord_flush(struct accord_session *session, struct accord_outbox *outbox, int timeout_ms,
                 const struct accord_watch *watch, struct accord_progress *report,
                 struct accord_error *error)
{
        int r;

        session->progress = (struct accord_progress) { 0 };
        session->first_fault = (struct wire_fault) { 0 };
        r = accord_outbox_seal(outbox, error);
        if (!r)
                r = drive(session, outbox, timeout_ms, watch, error);
        session->progress.waiting = queue_tail(&outbox->queue) - queue_head(&outbox->queue);
        if (report)
                *report = session->progress;
        session->flushing = NULL;
        return r ? r : verdict(session, error);
}

int accord_prove(struct accord_session *session, struct accord_outbox *outbox, int timeout_ms,
                 const struct accord_watch *watch, struct accord_progress *report,
                 struct accord_error *error)
{
        int r;

        session->prove_wanted = true;
        r = accord_flush(session, outbox, timeout_ms, watch, report, error);
        session->prove_wanted = false;
        return r;
}

int accord_step(struct accord_session *session, struct accord_outbox *outbox,
                const struct accord_watch *watch, uint64_t *ret_waiting,
                struct accord_error *error)
{
        int r = accord_outbox_seal(outbox, error);

        if (!r)
                r = session_turn(session, outbox, watch, error);
        *ret_waiting = queue_tail(&outbox->queue) - queue_head(&outbox->queue);
        session->idle = !*ret_waiting;
        if (!r && session->idle)
                r = outbox_compact(outbox, error);
        return r;
}
