/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/turn.h"

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "core/check.h"
#include "daemon/bus.h"
#include "daemon/control.h"
#include "daemon/daemon.h"
#include "daemon/damage.h"
#include "daemon/failpoint.h"
#include "daemon/frames.h"
#include "daemon/guarded.h"
#include "daemon/hub.h"
#include "daemon/hub_tell.h"
#include "daemon/operator.h"
#include "daemon/publish.h"
#include "daemon/report.h"
#include "daemon/runner.h"
#include "daemon/teller.h"
#include "daemon/upkeep.h"
#include "proto/wire.h"

#define HEARTBEAT_US 10000000
#define BUSY_AGAIN_MS 1000

/* What one batch holds besides its frames. */
struct batch {
        size_t frames, statements, releases, acts, told;
        bool heartbeat;
};

static bool has_ask(const struct daemon *daemon)
{
        struct control_ask ask;

        return control_next(daemon->control, 0, &ask);
}

static bool needs_batch(struct daemon *daemon, const struct batch *batch)
{
        struct told_frame told;

        return frames_wait(daemon->frames) || batch->heartbeat || daemon->due || has_ask(daemon) ||
               runner_next(daemon->runner, 0) != NULL || runner_release(daemon->runner) != NULL ||
               teller_next(daemon->teller, 0, &told);
}

/*
 * Everything looks after itself again: whatever the turn did to the sockets, nothing may lie there
 * unseen.
 */
static void look_again(struct daemon *daemon)
{
        publish_settle(daemon->publish);
        bus_settle(daemon->bus);
        daemon->turns++;
}

static int take_frames(struct daemon *daemon, struct batch *batch)
{
        const struct hub_ahead *ahead;
        struct bus_frame frame;
        int r = 0;

        while (r == 0 && !hub_batch_full(daemon->hub) &&
               frames_take(daemon->frames, batch->frames, &frame, &ahead)) {
                r = hub_take_ahead(daemon->hub, frame.key, frame.bytes, frame.session, ahead);
                batch->frames++;
        }
        return r;
}

/* @hub: NULL when there is no batch. */
static int take_asks(struct daemon *daemon, struct hub *hub, const char *busy, struct batch *batch)
{
        struct control_ask ask = { .session = 0 };
        int r = 0;

        while (r == 0 && control_next(daemon->control, ask.session, &ask)) {
                assert(batch->acts < daemon->config.control_clients);
                r = operator_do(hub, &daemon->arena, &ask, busy, &daemon->acts[batch->acts++]);
        }
        return r;
}

static int take_statements(struct daemon *daemon, struct batch *batch)
{
        const struct statement *statement;
        int r = 0;

        while (r == 0 && !hub_batch_full(daemon->hub) &&
               (statement = runner_next(daemon->runner, batch->statements)) != NULL) {
                r = hub_post_statement(daemon->hub, statement);
                batch->statements++;
        }
        return r;
}

/* What was made anew since it last changed; it says the same whatever else is in the batch. */
static int take_told(struct daemon *daemon, struct batch *batch)
{
        struct told_frame told;
        int r = 0;

        while (r == 0 && !hub_batch_full(daemon->hub) &&
               teller_next(daemon->teller, batch->told, &told)) {
                r = hub_tell(daemon->hub, told.party_no, told.bytes);
                batch->told++;
        }
        return r;
}

static int take_release(struct daemon *daemon, struct batch *batch)
{
        const struct release_draft *draft = runner_release(daemon->runner);

        if (!draft || hub_batch_full(daemon->hub))
                return 0;
        batch->releases++;
        return hub_post_release(daemon->hub, draft);
}

/*
 * Time first: who is late is late, however long its message waited. Of a hub that found damage only
 * queries are answered, and nothing else happens.
 */
static int fill(struct daemon *daemon, struct batch *batch)
{
        int r;

        if (hub_condemned(daemon->hub)) {
                r = take_frames(daemon, batch);
                return r ? r : take_asks(daemon, NULL, DAMAGE_BUSY, batch);
        }
        r = hub_pass_time(daemon->hub);
        if (!r)
                r = take_frames(daemon, batch);
        if (!r)
                r = take_asks(daemon, daemon->hub, NULL, batch);
        if (!r)
                r = take_statements(daemon, batch);
        if (!r)
                r = take_release(daemon, batch);
        if (!r)
                r = take_told(daemon, batch);
        if (!r && batch->heartbeat)
                r = hub_heartbeat(daemon->hub);
        return r;
}

/* What is committed but not guarded has an unknown outcome as well: a restore could undo it. */
static void move_guard(struct daemon *daemon, bool taken)
{
        char what[128];
        int r;

        if (taken)
                failpoint(FAILPOINT_GUARD_BEFORE);
        r = taken && failpoint_hits(FAILPOINT_GUARD_FAILS) ? -EIO : guarded_commit(daemon);
        if (r) {
                snprintf(what, sizeof(what), "the guard: %s", strerrordesc_np(-r));
                daemon_die(daemon, what, DAEMON_COMMIT_FAILED);
        }
        if (taken)
                failpoint(FAILPOINT_GUARD_AFTER);
}

/* False: the batch met damage, and nothing of it was decided. */
static bool commit(struct daemon *daemon, const struct batch *batch)
{
        uint64_t taken = batch->frames + batch->acts + batch->statements + batch->releases;
        int64_t before = clock_steady(), after;
        bool fails = false;
        int r;

        if (taken > 0) {
                failpoint(FAILPOINT_BEFORE_COMMIT);
                failpoint(FAILPOINT_SLOW_COMMIT);
                fails = failpoint_hits(FAILPOINT_COMMIT_FAILS);
        }
        r = fails ? -EIO : hub_commit(daemon->hub);
        if (r == -ECANCELED)
                return false;
        if (r)
                daemon_die(daemon, strerrordesc_np(-r), DAEMON_COMMIT_FAILED);
        move_guard(daemon, taken > 0);
        if (taken == 0)
                return true;    /* only time has passed: nothing of it is for the figures */
        failpoint(FAILPOINT_AFTER_COMMIT);
        after = clock_steady();
        figures_commit(&daemon->figures, after, (uint64_t)(after - before), taken);
        return true;
}

static struct operator_act *act_of(struct daemon *daemon, const struct batch *batch,
                                   uint64_t session)
{
        for (size_t i = 0; i < batch->acts; i++)
                if (daemon->acts[i].session == session)
                        return &daemon->acts[i];
        return NULL;
}

static void send_effects(struct daemon *daemon, const struct batch *batch)
{
        struct operator_act *act;
        struct effect effect;

        for (size_t i = 0; hub_effect(daemon->hub, i, &effect); i++) {
                failpoint(FAILPOINT_BEFORE_SEND);
                if (effect.kind == EFFECT_SIGNAL) {
                        publish_send(daemon->publish, effect.bytes);
                        daemon->figures.signals++;
                } else if (effect.session < CONTROL_SESSION) {
                        report_answer(daemon, &effect.bytes, bus_key(daemon->bus, effect.session));
                        bus_send(daemon->bus, effect.session, effect.bytes);
                        failpoint(FAILPOINT_RECEIPT_SEND);
                } else {
                        act = act_of(daemon, batch, effect.session);
                        if (act)
                                act->answer.reply = effect.bytes;
                }
        }
}

static void answer_one(struct daemon *daemon, struct operator_act *act)
{
        static const char no_room[] = "the answer would be larger than the socket takes";
        struct sink stat = { .data = NULL };
        int r = 0;

        operator_log(&daemon->log, act);
        if (upkeep_ask(daemon, act))
                return;
        sink_reset(&daemon->sink);
        if (act->kind == CONTROL_STAT)
                r = sink_new(&stat, 4096, WIRE_CONTROL_MAX / 2);
        if (!r && act->kind == CONTROL_STAT)
                r = report_write(daemon, &stat);
        if (!r)
                r = operator_answer(daemon->hub, act, sink_bytes(&stat), &daemon->sink);
        if (r) {
                const struct control_answer sorry = {
                        .code = REFUSAL_OVERSIZE, .says = { no_room, sizeof(no_room) - 1 },
                };

                sink_reset(&daemon->sink);
                r = wire_write_control_answer(&daemon->sink, &sorry);
                assert(r == 0);
        }
        sink_free(&stat);
        control_answer(daemon->control, act->session, sink_bytes(&daemon->sink));
}

static void answer_all(struct daemon *daemon, const struct batch *batch)
{
        for (size_t i = 0; i < batch->acts; i++)
                answer_one(daemon, &daemon->acts[i]);
}

/* BUSY decides nothing and leaves nothing in the log, so it may be said without a commit. */
static void send_busy(struct daemon *daemon, const struct bus_frame *frame, const char *says)
{
        struct hub_frame answer = {
                .kind = HUB_BUSY,
                .busy = { .says = { says, strlen(says) }, .again_after_ms = BUSY_AGAIN_MS },
        };
        struct client_frame asked;
        struct fault fault;
        struct bytes bytes;

        arena_reset(&daemon->arena);
        if (wire_read_client_frame(frame->bytes, &daemon->arena, &asked, &fault) == 0 &&
            asked.kind == CLIENT_SUBMISSION) {
                answer.busy.has_stream = true;
                answer.busy.stream = asked.submission.stream;
                answer.busy.sequence = asked.submission.sequence;
        }
        sink_reset(&daemon->sink);
        if (wire_write_hub_frame(&daemon->sink, &answer))
                return;
        bytes = sink_bytes(&daemon->sink);
        report_answer(daemon, &bytes, frame->key);
        bus_send(daemon->bus, frame->session, bytes);
}

/* No batch can be made: everybody who waits is told to come again. */
static void turn_away(struct daemon *daemon, struct batch *batch, const char *says)
{
        const struct hub_ahead *ahead;
        struct bus_frame frame;
        int r;

        while (frames_take(daemon->frames, 0, &frame, &ahead))
                send_busy(daemon, &frame, says);
        frames_done(daemon->frames);
        r = take_asks(daemon, NULL, says, batch);
        assert(r == 0);
        answer_all(daemon, batch);
        daemon->due = false;
        look_again(daemon);
}

/* Nothing of the batch was decided, and all of it may come again. */
static void give_up(struct daemon *daemon, struct batch *batch, const char *says)
{
        struct bus_frame frame;

        hub_abort(daemon->hub);
        for (size_t i = 0; frames_taken(daemon->frames, i, &frame); i++)
                send_busy(daemon, &frame, says);
        batch->acts = 0;
        turn_away(daemon, batch, says);
}

/*
 * False when nothing may be stamped with @wall. The ledger is asked only where the two clocks
 * disagree.
 */
static bool clock_serves(struct daemon *daemon, int64_t wall, int64_t steady)
{
        int64_t ahead = clock_ahead(&daemon->clock, wall, steady);
        struct hub_stat stat;
        bool serves = true;

        if (ahead > CLOCK_AHEAD_MAX_US)
                serves = hub_read_stat(daemon->hub, &stat) == 0 &&
                         clock_believed(&daemon->clock, wall, steady, stat.last_time);
        if (!serves)
                log_say(&daemon->log, MESSAGE_CLOCK_WRONG, NULL, "by %" PRId64 " s",
                        ahead / 1000000);
        else if (daemon->clock_alarm)
                log_say(&daemon->log, MESSAGE_CLOCK_RIGHT, NULL, "%s", "");
        daemon->clock_alarm = !serves;
        return serves;
}

static void wake_workers(struct daemon *daemon)
{
        struct hub_touched touched;

        runner_wake(daemon->runner);
        hub_touched(daemon->hub, &touched);
        teller_mark(daemon->teller, &touched);
        loop_await_statement(&daemon->loop);
}

static void finish(struct daemon *daemon, struct batch *batch, int64_t steady)
{
        bool condemned = hub_condemned(daemon->hub) != NULL;
        char says[RELEASE_SAYS_MAX];

        send_effects(daemon, batch);
        frames_done(daemon->frames);
        answer_all(daemon, batch);
        if (batch->frames + batch->acts + batch->statements + batch->releases > 0)
                failpoint(FAILPOINT_AFTER_SEND);
        daemon->due = false;
        if (batch->heartbeat)
                daemon->last_heartbeat = steady;
        runner_done(daemon->runner, batch->statements);
        if (batch->releases) {
                hub_release_says(runner_release(daemon->runner), says);
                log_say(&daemon->log, MESSAGE_RELEASED, NULL, "%s", says);
                runner_release_done(daemon->runner);
        }
        teller_done(daemon->teller, batch->told);
        if (!condemned)
                wake_workers(daemon);
        look_again(daemon);
}

void turn_run(struct daemon *daemon)
{
        int64_t wall = clock_wall(), steady = clock_steady();
        struct batch batch = { .heartbeat = steady - daemon->last_heartbeat >= HEARTBEAT_US };
        int r;

        damage_look(daemon);
        frames_fetch(daemon->frames);
        if (!needs_batch(daemon, &batch)) {
                look_again(daemon);
                return;
        }
        if (!clock_serves(daemon, wall, steady)) {
                turn_away(daemon, &batch, "the hub's clock is wrong; its operator is told");
                return;
        }
        r = hub_begin(daemon->hub, wall);
        if (!r)
                r = fill(daemon, &batch);
        if (r == -ENOSPC) {
                log_say(&daemon->log, MESSAGE_NO_SPACE, NULL, "%s", "");
                give_up(daemon, &batch, "the hub has no room; its operator is told");
                return;
        }
        if (r == -EILSEQ) {
                hub_condemn(daemon->hub, "what a message rests on does not prove");
                give_up(daemon, &batch, DAMAGE_BUSY);
                return;
        }
        if (r) {
                hub_abort(daemon->hub);
                daemon_die(daemon, strerrordesc_np(-r), DAEMON_COMMIT_FAILED);
        }
        if (!commit(daemon, &batch)) {
                give_up(daemon, &batch, DAMAGE_BUSY);
                return;
        }
        finish(daemon, &batch, steady);
}
