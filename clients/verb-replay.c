/* SPDX-License-Identifier: Apache-2.0 */
/* Published results, settled again: the check of the rules that anybody can make. */
#include "clients/csv_rows.h"
#include "clients/files.h"
#include "clients/replay.h"
#include "clients/verbs.h"
#include "core/own.h"

static const struct column columns[] = {
        COLUMN("case_id", "CASE"),
        COLUMN_RIGHT("computed_earned", "COMPUTED"),
        COLUMN("status", "STATUS"),
        COLUMNS_END
};

struct printing {
        struct out *out;
        bool dollars;           /* published so: CSV and tables show it, JSON has money as always */
};

static struct cell amount_cell(const struct printing *to, const struct replay_row *row)
{
        if (!row->has_amount)
                return cell_none();
        if (out_wants_json(to->out) || !to->dollars)
                return cell_money(row->computed);
        return cell_count(row->computed / 100);
}

static int on_row(const struct replay_row *row, void *data)
{
        struct printing *to = data;

        out_row(to->out, (struct cell[]) { cell_text(row->case_id), amount_cell(to, row),
                                       cell_text(replay_status_word(row->status)) });
        return 0;
}

static void sum_up(const struct replay_summary *summary, const char *path)
{
        fprintf(stderr, "accord: %s: %zu rows", path, summary->rows);
        for (int i = 0; i < REPLAY_STATUS_COUNT; i++)
                fprintf(stderr, ", %zu %s", summary->counts[i],
                        replay_status_word((enum replay_status)i));
        if (summary->rejected)
                fprintf(stderr, ", %zu not read", summary->rejected);
        fputc('\n', stderr);
}

static enum exit_code verdict(int r, const struct replay_summary *summary)
{
        if (r)
                return r > 0 ? EXIT_REFUSED : EXIT_FAILED;
        if (summary->counts[REPLAY_DIFFERENT])
                return EXIT_FAILED;
        return summary->rejected ? EXIT_PARTIAL : EXIT_DONE;
}

static enum exit_code replay_run(struct call *call, replay_fn *replay, bool dollars)
{
        struct printing printing = { call->out, dollars };
        own(file) struct file file = { 0 };
        struct complaints complaints = { 0 };
        struct replay_summary summary;
        enum exit_code code = file_read(call->words[0], CSV_SIZE_MAX, &file);
        int r;

        if (code)
                return code;
        out_begin(call->out, "replay", columns);
        r = replay(file_bytes(&file), on_row, &printing, &summary, &complaints);
        out_end(call->out);
        complaints_print(&complaints, call->words[0], stderr);
        sum_up(&summary, call->words[0]);
        return verdict(r, &summary);
}

static enum exit_code mssp_run(struct call *call)
{
        return replay_run(call, replay_mssp, true);
}

static enum exit_code reach_run(struct call *call)
{
        return replay_run(call, replay_reach, false);
}

static enum exit_code kcc_run(struct call *call)
{
        return replay_run(call, replay_kcc, false);
}

const struct verb verb_replay_mssp = {
        .noun = "replay",
        .name = "mssp",
        .usage = "FILE.csv",
        .says = "settle the published results of the Medicare Shared Savings Program again",
        .more = "Each row becomes terms, from the template of its track and year, and facts,\n"
                "and is settled by the same steps as any contract. The status says how the\n"
                "result compares with the amount published: exact, within-1 (a dollar),\n"
                "within-rounding (within what the published digits of the inputs allow),\n"
                "unverifiable (an input was not published), different. Ends with 0 only when\n"
                "no row is different.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .unsettled = true,
        .run = mssp_run,
};

const struct verb verb_replay_reach = {
        .noun = "replay",
        .name = "reach",
        .usage = "FILE.csv",
        .says = "settle the published results of ACO REACH again",
        .more = "From the final benchmark and the cost to the shared savings or losses, to the\n"
                "cent: corridors, sequestration of gains. How discount and quality made the\n"
                "final benchmark is not in the file. The status is as of accord replay mssp;\n"
                "within-1 is a cent. Ends with 0 only when no row is different.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .unsettled = true,
        .run = reach_run,
};

const struct verb verb_replay_kcc = {
        .noun = "replay",
        .name = "kcc",
        .usage = "FILE.csv",
        .says = "settle withhold and earn-back of Kidney Care Choices again",
        .more = "From the unadjusted benchmark, the quality withhold and what quality earns\n"
                "back, to the gross savings; what else goes into the net is not in the file.\n"
                "The status is as of accord replay mssp; within-1 is a dollar. Ends with 0\n"
                "only when no row is different.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .unsettled = true,
        .run = kcc_run,
};
