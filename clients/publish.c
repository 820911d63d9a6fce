/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clients/advice.h"
#include "clients/files.h"
#include "clients/take.h"

const struct column publish_columns[] = {
        COLUMN("state", "STATE"),
        COLUMN("contract", "CONTRACT"),
        COLUMN_RIGHT("sequence", "NUMBER"),
        COLUMN_RIGHT("events", "EVENTS"),
        COLUMN_RIGHT("refused", "REFUSED"),
        COLUMN_RIGHT("index", "ENTRY"),
        COLUMN("time", "TIME"),
        COLUMN_WIDE("stream", "STREAM"),
        COLUMN_WIDE("on_behalf_of", "FOR"),
        COLUMNS_END
};

static const char *state_word(enum accord_item_state state)
{
        switch (state) {
        case ACCORD_ITEM_SEALED:
                return "waiting";
        case ACCORD_ITEM_RECEIVED:
                return "received";
        case ACCORD_ITEM_REFUSED:
                return "refused";
        case ACCORD_ITEM_ABANDONED:
                return "abandoned";
        }
        return "unknown";
}

void publish_row(struct out *out, const struct accord_item *item)
{
        const struct accord_about *about = &item->about;
        bool received = item->state == ACCORD_ITEM_RECEIVED;
        uint64_t index = received ? item->receipt.index : item->refusal_index;
        char contract[CONTRACT_ID_MAX + 1];

        contract_id_print(&about->contract, contract);
        out_row(out, (struct cell[]) {
                cell_text(state_word(item->state)),
                contract_id_empty(&about->contract) ? cell_none() : cell_text(contract),
                cell_id(item->sequence), cell_count(item->event_count),
                cell_count(item->refused_count), index ? cell_id(index) : cell_none(),
                cell_time(received ? item->receipt.time : item->refusal_time),
                cell_hex(item->stream.octets, sizeof(item->stream.octets)),
                name_empty(&about->on_behalf_of) ? cell_none()
                                                 : cell_text(about->on_behalf_of.text) });
}

enum exit_code publish_about(const struct call *call, const struct contract_id *contract,
                             struct accord_about *ret)
{
        const char *party = cli_get(call->cli, SETTING_ON_BEHALF_OF);

        *ret = (struct accord_about) { 0 };
        if (contract)
                ret->contract = *contract;
        if (party && !name_parse((struct bytes) { party, strlen(party) }, &ret->on_behalf_of))
                return call_misused(call, "--on-behalf-of %s is no party", party);
        return EXIT_DONE;
}

enum exit_code publish_side(const struct call *call, const struct reach *reach,
                            const struct contract_id *contract, const char *wanted,
                            enum side *ret)
{
        struct accord_about about;
        const struct name *party;
        int side = 0;
        enum exit_code code = publish_about(call, contract, &about);

        if (!code)
                code = take_word_option(call, "side", side_words, &side);
        if (code)
                return code;
        party = reach_party(reach, &about);
        if (!side && name_equal(party, &contract->bearer))
                side = SIDE_BEARER;
        if (!side && name_equal(party, &contract->earner))
                side = SIDE_EARNER;
        if (side != SIDE_BEARER && side != SIDE_EARNER)
                return call_misused(call, "%s is neither side of the contract: %s", party->text,
                                    wanted);
        *ret = (enum side)side;
        return EXIT_DONE;
}

enum exit_code publish_nothing(struct call *call)
{
        out_begin(call->out, "submission", publish_columns);
        out_end(call->out);
        return EXIT_DONE;
}

/* ---- sending */

struct sending {
        struct out *out;
        const struct cli *cli;
        const struct publish_watch *watch;
        uint64_t last;
};

static void answered(void *with, const struct accord_item *item)
{
        struct sending *sending = with;
        const struct publish_watch *watch = sending->watch;

        publish_row(sending->out, item);
        if (item->state == ACCORD_ITEM_RECEIVED)
                sending->last = item->receipt.index;
        if (!watch || !watch->silent)
                advise(item->faults, item->fault_count, item->faults_more, item->tags);
        for (uint32_t i = 0; watch && i < item->fault_count; i++) {
                const struct wire_fault *fault = &item->faults[i];
                bool has_tag = item->tags && fault->event < item->event_count;

                watch->refused(watch->with, has_tag ? item->tags[fault->event] : 0, fault);
        }
}

/* What the hub lost of ours, and said so. */
static void lost(void *with, const struct accord_lost *lost)
{
        const struct sending *sending = with;

        if (!lost->void_answers) {
                say_note(sending->cli, "the hub lost entries %" PRIu64 " to %" PRIu64 " and said "
                         "so (its epoch %u): none of them was sent from here", lost->first,
                         lost->until - 1, lost->epoch);
                return;
        }
        say_note(sending->cli, "the hub lost entries %" PRIu64 " to %" PRIu64 " and said so (its "
                 "epoch %u): %" PRIu64 " receipts are void, %" PRIu64 " submissions are sent again",
                 lost->first, lost->until - 1, lost->epoch, lost->void_answers, lost->again);
        if (lost->gone)
                say_error("%" PRIu64 " submissions that the hub lost are no longer in the outbox: "
                          "state anew what `accord outbox list --all` shows with an index of %"
                          PRIu64 " or above", lost->gone, lost->first);
}

/* What the user can do now, when it is not all said. */
static enum exit_code explain(const struct accord_error *error,
                              const struct accord_progress *progress)
{
        enum exit_code code = (enum exit_code)error->code;

        if (code != EXIT_PARTIAL && code != EXIT_REFUSED)
                say_error("%s", error->text);
        if (code == EXIT_UNREACHED && progress->waiting)
                say_error("kept in the outbox: %" PRIu64 " submission%s will be sent by "
                          "`accord outbox flush` or the next publish", progress->waiting,
                          progress->waiting == 1 ? "" : "s");
        if (code == EXIT_IN_DOUBT && progress->waiting)
                say_error("in doubt: it was sent and no answer came. `accord outbox flush` sends "
                          "the same bytes again, and the hub takes them once");
        return code;
}

/* Is there something that the hub's tree could contradict? */
static bool anything_seen(struct accord_outbox *outbox)
{
        struct accord_proofs_stat stat;

        accord_proofs_stat(accord_outbox_proofs(outbox), &stat);
        return stat.checkpoints > 0;
}

static enum exit_code send_waiting(struct call *call, struct reach *reach, bool prove,
                                   const struct publish_watch *watch, uint64_t *ret_last)
{
        struct sending sending = { .out = call->out, .cli = call->cli, .watch = watch };
        const struct accord_watch hooks = { .answered = answered, .lost = lost,
                                            .with = &sending };
        struct accord_progress progress = { 0 };
        struct accord_error error = { 0 };
        enum exit_code code = reach_outbox(call->cli, reach);

        if (!code)
                code = reach_hub(call->cli, reach);
        if (code)
                return code;
        out_begin(call->out, "submission", publish_columns);
        if (prove && anything_seen(reach->outbox) ?
            accord_prove(reach->session, reach->outbox, call->cli->timeout_ms, &hooks, &progress,
                         &error) :
            accord_flush(reach->session, reach->outbox, call->cli->timeout_ms, &hooks, &progress,
                         &error))
                code = explain(&error, &progress);
        out_end(call->out);
        if (ret_last)
                *ret_last = sending.last;
        return code;
}

enum exit_code publish_waiting(struct call *call, struct reach *reach,
                               const struct publish_watch *watch, uint64_t *ret_last)
{
        return send_waiting(call, reach, false, watch, ret_last);
}

enum exit_code publish_and_prove(struct call *call, struct reach *reach)
{
        return send_waiting(call, reach, true, NULL, NULL);
}

/* ---- into a file instead */

struct writing {
        struct call *call;
        const char *path;
        struct stream_id stream;
        uint64_t first;                 /* number of the first that is new */
        size_t written, older;
        enum exit_code code;
};

static int write_item(void *with, const struct accord_item *item)
{
        struct writing *writing = with;
        char path[4096];
        int length;

        if (item->state != ACCORD_ITEM_SEALED)
                return 0;
        if (memcmp(&item->stream, &writing->stream, sizeof(item->stream)) != 0 ||
            item->sequence < writing->first) {
                writing->older++;
                return 0;
        }
        length = writing->written ? snprintf(path, sizeof(path), "%s.%zu", writing->path,
                                             writing->written + 1)
                                  : snprintf(path, sizeof(path), "%s", writing->path);
        if (length < 0 || (size_t)length >= sizeof(path))
                return -ENAMETOOLONG;
        writing->code = file_write_new(path, item->submission);
        if (writing->code)
                return -EIO;
        writing->written++;
        publish_row(writing->call->out, item);
        return 0;
}

static enum exit_code write_out(struct call *call, struct reach *reach,
                                const struct accord_outbox_stat *before)
{
        struct writing writing = {
                .call = call,
                .path = call_value(call, "to"),
                .stream = before->stream,
                .first = before->next_sequence,
        };
        struct accord_error error = { 0 };
        int r;

        out_begin(call->out, "submission", publish_columns);
        r = accord_outbox_visit(reach->outbox, write_item, &writing, &error);
        out_end(call->out);
        if (writing.code)
                return writing.code;
        if (r < 0)
                return say_failure(r, "%s", writing.path);
        if (r)
                return reach_failed(&error);
        if (writing.written > 1)
                say_note(call->cli, "it takes %zu files, to be ingested in order: %s, %s.2 ...",
                         writing.written, writing.path, writing.path);
        if (writing.older)
                say_note(call->cli, "%zu earlier submissions have no answer yet and go first: the "
                         "hub takes numbers without gaps", writing.older);
        return EXIT_DONE;
}

/* ---- either */

static enum exit_code dry_run(struct call *call, const struct accord_about *about, size_t count)
{
        struct accord_item item = { .about = *about, .event_count = (uint32_t)count };
        char contract[CONTRACT_ID_MAX + 1];

        contract_id_print(&about->contract, contract);
        out_begin(call->out, "submission", publish_columns);
        out_row(call->out, (struct cell[]) {
                cell_text("dry-run"),
                contract_id_empty(&about->contract) ? cell_none() : cell_text(contract),
                cell_none(), cell_count(item.event_count), cell_none(), cell_none(), cell_none(),
                cell_none(), cell_none() });
        out_end(call->out);
        say_note(call->cli, "nothing was sent, and nothing is kept");
        return EXIT_DONE;
}

enum exit_code publish(struct call *call, struct reach *reach, const struct accord_about *about,
                       const struct event *events, size_t count, const uint64_t *tags,
                       const struct publish_watch *watch, uint64_t *ret_last)
{
        struct accord_outbox_stat before;
        struct accord_error error = { 0 };
        enum exit_code code;

        if (call_has(call, "dry-run"))
                return dry_run(call, about, count);
        if (call_has(call, "to") && access(call_value(call, "to"), F_OK) == 0) {
                say_error("%s is there already, and is left alone", call_value(call, "to"));
                return EXIT_CONFLICT;
        }
        code = reach_outbox(call->cli, reach);
        if (code)
                return code;
        accord_outbox_stat(reach->outbox, &before);
        if (accord_outbox_add(reach->outbox, about, events, count, tags, &error) ||
            accord_outbox_seal(reach->outbox, &error))
                return reach_failed(&error);
        if (call_has(call, "to"))
                return write_out(call, reach, &before);
        return publish_waiting(call, reach, watch, ret_last);
}
