/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/check.h"
#include "daemon/bus.h"
#include "daemon/control.h"
#include "daemon/daemon.h"
#include "daemon/hub.h"
#include "daemon/publish.h"
#include "daemon/runner.h"
#include "daemon/scrub.h"
#include "daemon/snapshot.h"
#include "daemon/stat_json.h"
#include "daemon/teller.h"
#include "proof/hex.h"
#include "proto/wire.h"
#include "store/stat.h"

/* A batch as full as libhub makes one. */
#define BATCH_MOST (UINT64_C(8) << 20)

static_assert(STAT_CODES == FIGURES_CODES, "one list of refusal codes");

/*
 * What an answer is, by the field its oneof begins with: to decode a receipt with all its proof
 * only to count it would cost as much as to make it. A test holds this to the encoder.
 */
enum answer_tag {
        TAG_WELCOME = 0x0a,
        TAG_RECEIPT = 0x12,
        TAG_REFUSAL = 0x1a,
        TAG_BUSY = 0x22,
        TAG_ANSWER = 0x2a,
};

static void name_node(const struct daemon *daemon, const uint8_t key[32], char *ret_text,
                      size_t size)
{
        char hex[BUS_KEY_TEXT + 1];
        struct node_path node;

        hex_print((struct bytes) { key, 32 }, hex);
        if (hub_knows(daemon->hub, key, &node))
                snprintf(ret_text, size, "%s/%s", node.party.text, node.node.text);
        else
                snprintf(ret_text, size, "%s", hex);
}

static void refused(struct daemon *daemon, const struct bytes *answer, const uint8_t key[32])
{
        char node[2 * NAME_MAX_LENGTH + 8];
        struct log_about about = { .node = node };
        struct hub_frame frame;
        struct fault fault;
        uint32_t code = 0;

        arena_reset(&daemon->arena);
        if (wire_read_hub_frame(*answer, &daemon->arena, &frame, &fault) ||
            frame.kind != HUB_REFUSAL || frame.refusal.fault_count == 0)
                return;
        for (uint32_t i = 0; i < frame.refusal.fault_count; i++)
                if (code == 0 || frame.refusal.faults[i].code < code)
                        code = frame.refusal.faults[i].code;
        if (code < FIGURES_CODES)
                daemon->figures.refused_for[code]++;
        name_node(daemon, key, node, sizeof(node));
        about.refusal = refusal_name(code);
        about.has_index = frame.refusal.logged;
        about.index = frame.refusal.index;
        log_say(&daemon->log, MESSAGE_REFUSED, &about, "%s", "");
}

void report_answer(struct daemon *daemon, const struct bytes *answer, const unsigned char key[32])
{
        struct figures *figures = &daemon->figures;

        switch (answer->size > 0 ? *(const uint8_t *)answer->data : 0) {
        case TAG_WELCOME:
                figures->welcomes++;
                break;
        case TAG_RECEIPT:
                figures->receipts++;
                break;
        case TAG_REFUSAL:
                figures->refusals++;
                refused(daemon, answer, key);
                break;
        case TAG_BUSY:
                figures->busies++;
                break;
        case TAG_ANSWER:
                figures->answers++;
                break;
        default:
                break;
        }
}

static void of_answers(const struct figures *figures, int64_t steady, struct stat_process *ret)
{
        struct figures_minute minute = figures_minute(figures, steady);

        ret->welcomes = figures->welcomes;
        ret->receipts = figures->receipts;
        ret->refusals = figures->refusals;
        ret->busies = figures->busies;
        ret->answers = figures->answers;
        memcpy(ret->refused_for, figures->refused_for, sizeof(ret->refused_for));
        ret->commits = figures->commits;
        ret->minute.commits = minute.commits;
        ret->minute.taken = minute.taken;
        ret->minute.largest = minute.largest;
        ret->minute.p50 = minute.p50;
        ret->minute.p99 = minute.p99;
}

static void of_sockets(struct daemon *daemon, struct stat_process *ret)
{
        struct bus_figures bus = bus_figures(daemon->bus);
        struct publish_figures publish = publish_figures(daemon->publish);
        struct control_figures control = control_figures(daemon->control);
        const struct bus_monitor *intake = bus_monitor_of(daemon->bus);
        const struct bus_monitor *signals = publish_monitor_of(daemon->publish);

        ret->frames = bus.frames;
        ret->frames_dropped = bus.dropped_parts;
        ret->answers_gone = bus.dropped_gone;
        ret->answers_full = bus.dropped_full;
        ret->signals = publish.sent;
        ret->signals_failed = publish.failed;
        ret->topics_applied = publish.subscribed;
        ret->topics_refused = publish.refused;
        ret->upstream_dropped = publish.upstream;
        ret->control_requests = control.requests;
        ret->control_refused = control.refused;
        ret->keys_let_in = daemon->zap.let_in;
        ret->keys_refused = daemon->zap.refused;
        ret->handshakes_failed = intake->handshakes_failed + signals->handshakes_failed;
        ret->accepts_failed = intake->accepts_failed + signals->accepts_failed;
        ret->safety_finds = bus_finds(daemon->bus) + publish_finds(daemon->publish) +
                            daemon->zap.watch.finds + intake->watch.finds + signals->watch.finds;
}

static void of_scrub(struct daemon *daemon, struct stat_process *ret)
{
        struct scrub_figures scrub = scrub_figures(daemon->scrub);

        ret->scrub.running = scrub.running;
        ret->scrub.at = scrub.at;
        ret->scrub.size = scrub.size;
        ret->scrub.passes = scrub.passes;
        ret->scrub.last_time = scrub.last_time;
        ret->scrub.last_size = scrub.last_size;
}

static void of_teller(struct daemon *daemon, struct stat_process *ret)
{
        struct teller_figures teller = teller_figures(daemon->teller);

        ret->incentives.made = teller.made;
        ret->incentives.told = teller.told;
        ret->incentives.pending = teller.pending;
        ret->incentives.behind = teller.behind;
        ret->incentives.failed = teller.failed;
}

/*
 * Four fifths of what quota, address space and disk leave it are used; or the rest is less than
 * libhub wants to see before it takes anything, which makes the same of a small quota.
 */
static bool space_is_short(const struct daemon *daemon, const struct hub_stat *ledger,
                           uint64_t *ret_room)
{
        uint64_t room = ledger->map_size, used = ledger->used_bytes;
        struct statvfs disk;

        if (ledger->quota > 0 && ledger->quota < room)
                room = ledger->quota;
        if (statvfs(daemon->config.ledger_directory, &disk) == 0 &&
            used + disk.f_bavail * disk.f_frsize < room)
                room = used + disk.f_bavail * disk.f_frsize;
        *ret_room = room;
        return used / 4 >= room / 5 || room - used < store_room_for(BATCH_MOST);
}

/* What the figures show and nobody else would notice. */
static void look_for_trouble(struct daemon *daemon, const struct hub_stat *ledger,
                             const struct stat_process *process,
                             const struct runner_figures *worker)
{
        struct log *log = &daemon->log;
        struct log_about about = { .has_index = true, .index = worker->failed_run };
        uint64_t room = 0;

        daemon->space_alarm = space_is_short(daemon, ledger, &room);
        if (daemon->space_alarm)
                log_say(log, MESSAGE_SPACE_SHORT, NULL, "%" PRIu64 " of %" PRIu64 " bytes",
                        ledger->used_bytes, room);
        if (process->safety_finds > daemon->finds_told)
                log_say(log, MESSAGE_EDGE_LOST, NULL, "%" PRIu64 " times", process->safety_finds);
        daemon->finds_told = process->safety_finds;
        if (worker->failed > daemon->runs_failed_told)
                log_say(log, MESSAGE_RUN_FAILED, &about, "%s",
                        strerrordesc_np(-worker->failed_status));
        daemon->runs_failed_told = worker->failed;
}

int report_write(struct daemon *daemon, struct sink *sink)
{
        int64_t steady = clock_steady(), wall = clock_wall();
        struct runner_figures worker = runner_figures(daemon->runner);
        struct stat_process process = {
                .pid = (uint32_t)getpid(),
                .uptime = (uint64_t)(steady - daemon->clock.steady_start),
                .rss = snapshot_rss(),
                .runs_computed = worker.computed,
                .runs_failed = worker.failed,
                .log_withheld = daemon->log.withheld,
                .clock_ahead = clock_ahead(&daemon->clock, wall, steady),
                .clock_alarm = daemon->clock_alarm,
                .damage = hub_condemned(daemon->hub),
        };
        struct stat_report report = {
                .hub_name = hub_name(daemon->hub), .hub = hub_id(daemon->hub), .now = wall,
                .process = &process,
        };
        int r;

        r = hub_read_stat(daemon->hub, &report.ledger);
        if (r)
                return r;
        of_answers(&daemon->figures, steady, &process);
        of_scrub(daemon, &process);
        of_teller(daemon, &process);
        of_sockets(daemon, &process);
        look_for_trouble(daemon, &report.ledger, &process, &worker);
        process.space_alarm = daemon->space_alarm;
        return stat_json(sink, &report);
}
