/* SPDX-License-Identifier: Apache-2.0 */
/* A submission that came as a file: the same bytes, the same rights, the same receipt. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/own.h"
#include "proto/wire.h"
#include "clients/advice.h"
#include "clients/files.h"
#include "clients/lib/control.h"
#include "clients/reach.h"
#include "clients/verbs.h"

static const struct column columns[] = {
        COLUMN("state", "STATE"),
        COLUMN_RIGHT("sequence", "NUMBER"),
        COLUMN_RIGHT("index", "ENTRY"),
        COLUMN("time", "TIME"),
        COLUMN_WIDE("stream", "STREAM"),
        COLUMNS_END
};

static void print_row(struct out *out, const char *state, uint64_t sequence, uint64_t index,
                      instant time, const struct stream_id *stream)
{
        out_begin(out, "submission", columns);
        out_row(out, (struct cell[]) {
                cell_text(state), sequence ? cell_id(sequence) : cell_none(),
                index ? cell_id(index) : cell_none(), cell_time(time),
                stream ? cell_hex(stream->octets, sizeof(stream->octets)) : cell_none() });
        out_end(out);
}

static enum exit_code print_reply(struct call *call, const struct hub_frame *frame)
{
        const struct refusal_answer *refusal = &frame->refusal;
        const struct receipt *receipt = &frame->receipt;

        switch (frame->kind) {
        case HUB_RECEIPT:
                print_row(call->out, "received", receipt->sequence, receipt->index, receipt->time,
                          &receipt->stream);
                return EXIT_DONE;
        case HUB_REFUSAL:
                print_row(call->out, "refused", refusal->sequence, refusal->index, refusal->time,
                          refusal->has_stream ? &refusal->stream : NULL);
                advise(refusal->faults, refusal->fault_count, refusal->more, NULL);
                return refusal->fault_count
                               ? (enum exit_code)accord_code_of_refusal(refusal->faults[0].code)
                               : EXIT_REFUSED;
        case HUB_BUSY:
                say_error("the hub is busy: %.*s; try again in %" PRIu32 " ms",
                          (int)frame->busy.says.size, (const char *)frame->busy.says.data,
                          frame->busy.again_after_ms);
                return EXIT_UNREACHED;
        default:
                say_error("the hub gave an answer that is none to a submission");
                return EXIT_INTEGRITY;
        }
}

/* Says what is in the file, and whether it is a submission at all. */
static enum exit_code look_inside(const struct call *call, struct bytes bytes)
{
        own(arena) struct arena arena = { 0 };
        struct submission submission;
        struct fault fault;
        int r = arena_new(&arena, WIRE_ARENA_SIZE);

        if (!r)
                r = wire_read_submission(bytes, &arena, &submission, &fault);
        if (r < 0)
                return say_failure(r, "%s", call->words[0]);
        if (r) {
                say_error("%s: %s: %s: %s", call->words[0], refusal_name((unsigned int)r),
                          fault.field, fault.says);
                return EXIT_REFUSED;
        }
        say_note(call->cli, "from %s/%s, number %" PRIu64 ", %" PRIu32 " event%s",
                 submission.sender.party.text, submission.sender.node.text, submission.sequence,
                 submission.event_count, submission.event_count == 1 ? "" : "s");
        return EXIT_DONE;
}

static enum exit_code ingest_run(struct call *call)
{
        own(accord_control) struct accord_control *control = NULL;
        own(file) struct file file = { 0 };
        struct control_request request = { .kind = CONTROL_INGEST };
        const struct control_answer *answer;
        const struct hub_frame *frame;
        struct accord_error error = { 0 };
        enum exit_code code = file_read(call->words[0], WIRE_SUBMISSION_MAX, &file);

        if (!code)
                code = look_inside(call, file_bytes(&file));
        if (code)
                return code;
        if (call_has(call, "dry-run")) {
                print_row(call->out, "dry-run", 0, 0, 0, NULL);
                return EXIT_DONE;
        }
        request.ingest = file_bytes(&file);
        if (accord_control_open(&control, cli_get(call->cli, SETTING_CONTROL), &error) ||
            accord_control_ask(control, &request, call->cli->timeout_ms, &answer, &error) ||
            accord_control_reply(control, answer, &frame, &error))
                return reach_failed(&error);
        return print_reply(call, frame);
}

const struct verb verb_hub_ingest = {
        .noun = "hub",
        .name = "ingest",
        .usage = "FILE",
        .says = "take a submission that came as a file; for the hub's operator",
        .more = "FILE is what --to wrote at the sender. Who said it is whom its signature proves.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "dry-run", NULL, "look into the file, hand nothing in", 0 },
        },
        .run = ingest_run,
};
