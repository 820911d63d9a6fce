/* SPDX-License-Identifier: Apache-2.0 */
/* A site's own extract, by a map, into member rows and figures. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/own.h"
#include "clients/block-replace.h"
#include "clients/figure.h"
#include "clients/import.h"
#include "clients/member-key-file.h"
#include "clients/perf-replace.h"
#include "clients/report_figure.h"
#include "clients/take.h"
#include "clients/terms-file.h"
#include "clients/verbs.h"

#define KINDS (1u << CSV_CLAIMS | 1u << CSV_ENROLMENT | 1u << CSV_MEASURES)

struct importing {
        struct call *call;
        struct reach reach;
        struct csv_map map;
        struct member_key key;
        struct rejects rejects;
        struct import import;
        struct cut cut;
        struct report report;
        struct replacing replacing;
        struct event *events;
};

static void importing_cleanup(struct importing *importing)
{
        import_cleanup(&importing->import);
        member_key_wipe(&importing->key);
        cut_cleanup(&importing->cut);
        report_free(&importing->report);
        replacing_cleanup(&importing->replacing);
        free(importing->events);
        reach_cleanup(&importing->reach);
        free(importing);
}

static void importing_pointer_cleanup(struct importing **importing)
{
        if (*importing)
                importing_cleanup(*importing);
}

/* ---- the call */

static enum exit_code take_call(struct importing *importing)
{
        struct call *call = importing->call;
        struct kept_blocks *kept = &importing->cut.kept;
        const char *contract = call_value(call, "contract"), *key = call_value(call, "key");
        enum exit_code code = EXIT_DONE;

        kept->paid_through = DATE_NONE;
        if (!contract_id_parse((struct bytes) { contract, strlen(contract) },
                               &importing->cut.contract))
                return call_misused(call, "--contract %s is no contract: BEARER/EARNER/LABEL",
                                    contract);
        kept->contract = importing->cut.contract;
        code = take_period_option(call, "period", &kept->period);
        if (!code)
                code = take_name_option(call, "segment", &kept->segment);
        if (!code)
                code = take_day_option(call, "paid-through", &kept->paid_through);
        if (!code)
                code = csv_map_read(call_value(call, "map"), KINDS, &importing->map);
        if (code)
                return code;
        if (block_month(kept->period.until - 1) - block_month(kept->period.from) >=
            IMPORT_MONTHS_MAX)
                return call_misused(call, "--period is longer than %d months", IMPORT_MONTHS_MAX);
        if (importing->map.kind != CSV_MEASURES && !key)
                return call_misused(call, "members become pseudonyms: give --key FILE");
        if (key)
                code = member_key_file(key, &importing->cut.contract, &importing->key);
        kept->generation = importing->key.generation;
        return code;
}

static unsigned int states_of(const struct csv_map *map)
{
        if (map->states || map->kind == CSV_MEASURES)
                return map->states;
        return map->kind == CSV_CLAIMS ? STATE_EXPENDITURE : STATE_MEMBER_MONTHS |
                                                             STATE_HEAD_COUNT;
}

static enum exit_code read_file(struct importing *importing)
{
        own(complaints) struct complaints *complaints = calloc(1, sizeof(*complaints));
        struct import *import = &importing->import;
        const char *path = importing->call->words[0];
        int fd = complaints ? open(path, O_RDONLY | O_CLOEXEC) : -1, r;

        if (!complaints)
                return say_failure(-ENOMEM, "%s", path);
        if (fd < 0 && errno == ENOENT) {
                say_error("there is no file %s", path);
                return EXIT_ABSENT;
        }
        if (fd < 0)
                return say_failure(-errno, "%s", path);
        *import = (struct import) { .map = &importing->map, .key = &importing->key,
                                    .period = importing->cut.kept.period,
                                    .rejects = &importing->rejects,
                                    .rows = states_of(&importing->map) & STATE_BLOCKS };
        r = import_read(import, fd, complaints);
        close(fd);
        complaints_print(complaints, path, stderr);
        return r < 0 ? say_failure(r, "%s", path) : r ? EXIT_REFUSED : EXIT_DONE;
}

/* ---- what is stated of it */

static int add_figure(struct importing *importing, enum fact_kind kind, const struct item *item,
                      int64_t value)
{
        const struct kept_blocks *kept = &importing->cut.kept;
        struct fact_event figure = {
                .key = { .scope = SCOPE_CONTRACT, .kind = kind, .segment = kept->segment,
                         .period = kept->period, .paid_through = kept->paid_through },
                .value = { fact_kind_info(kind)->unit, value, 1 },
        };

        if (item)
                figure.key.item = *item;
        return report_add(&importing->report, &figure, importing->report.count + 1);
}

static enum exit_code make_figures(struct importing *importing)
{
        const struct import *import = &importing->import;
        const struct import_totals *totals = &import->totals;
        unsigned int states = states_of(&importing->map);
        int r = 0;

        importing->report.contract = importing->cut.contract;
        if (states & STATE_MEMBER_MONTHS)
                r = add_figure(importing, FACT_MEMBER_MONTHS, NULL,
                               (int64_t)totals->member_months);
        if (!r && (states & STATE_HEAD_COUNT))
                r = add_figure(importing, FACT_HEAD_COUNT, NULL, (int64_t)totals->members);
        if (!r && (states & STATE_EXPENDITURE))
                r = add_figure(importing, FACT_EXPENDITURE, NULL, totals->cents);
        for (size_t i = 0; !r && i < import->measure_count; i++) {
                const struct import_measure *one = &import->measures[i];

                r = add_figure(importing, FACT_MEASURE_NUMERATOR, &one->key, one->numerator);
                if (!r)
                        r = add_figure(importing, FACT_MEASURE_DENOMINATOR, &one->key,
                                       one->denominator);
        }
        return r ? say_failure(r, "the figures") : EXIT_DONE;
}

static enum exit_code make_blocks(struct importing *importing)
{
        struct cut *cut = &importing->cut;
        const struct member_table *table = &importing->import.table;
        enum exit_code code;

        if (!(states_of(&importing->map) & STATE_BLOCKS) || !table->count)
                return EXIT_DONE;
        if (table->count > MEMBER_ROWS_MAX) {
                say_error("there are more rows of members than blocks can hold: %zu",
                          (size_t)MEMBER_ROWS_MAX);
                return EXIT_REFUSED;
        }
        code = cut_table(table, cut);
        if (!code)
                code = cut_folder(importing->call, &importing->reach, &cut->contract,
                                  &cut->kept.segment, cut->kept.period, &cut->kept.folder);
        return code;
}

/* ---- saying it */

static enum exit_code send_all(struct importing *importing)
{
        struct call *call = importing->call;
        struct replacing *blocks = &importing->replacing;
        const struct report *report = &importing->report;
        struct accord_about about;
        enum exit_code code = publish_about(call, &importing->cut.contract, &about);
        size_t count = 0;

        importing->events = calloc(report->count + blocks->count + 1, sizeof(struct event));
        if (!importing->events)
                return say_failure(-ENOMEM, "the figures");
        for (size_t i = 0; i < report->count; i++)
                importing->events[count++] = (struct event) { .kind = EVENT_FACT,
                                                              .fact = report->figures[i] };
        for (size_t i = 0; i < blocks->count; i++)
                importing->events[count++] = blocks->events[i];
        if (code)
                return code;
        return count ? publish(call, &importing->reach, &about, importing->events, count, NULL,
                               NULL, NULL)
                     : publish_nothing(call);
}

static enum exit_code keep_list(const struct importing *importing, enum exit_code said)
{
        bool is_said = said == EXIT_DONE || said == EXIT_UNREACHED || said == EXIT_IN_DOUBT;

        return is_said && importing->cut.kept.count ? cut_keep_list(&importing->cut) : EXIT_DONE;
}

static enum exit_code say(struct importing *importing)
{
        struct call *call = importing->call;
        struct cut *cut = &importing->cut;
        bool keeps = !call_has(call, "dry-run");
        enum exit_code code = EXIT_DONE, kept = EXIT_DONE;
        size_t same = 0;

        if (cut->kept.count)
                code = replacing_begin(cut, &importing->replacing);
        if (!code && call_has(call, "replace") && importing->report.count)
                code = perf_replace(call, &importing->reach, &importing->report,
                                    &(struct relayed) { .is = false }, &same);
        if (!code && call_has(call, "replace") && cut->kept.count)
                code = replace_blocks(call, &importing->reach, &importing->replacing);
        if (!code && keeps && cut->kept.count)
                code = cut_keep(cut);
        if (code)
                return code;
        if (same)
                say_note(call->cli, "%zu figure%s already as said and left out", same,
                         same == 1 ? " stands" : "s stand");
        code = send_all(importing);
        if (keeps)
                kept = keep_list(importing, code);
        return kept ? kept : code;
}

/* ---- what it came to */

static const struct column columns[] = {
        COLUMN("file", "file"),
        COLUMN("rows", "rows"),
        COLUMN("rejected", "rejected"),
        COLUMN("outside", "of other days"),
        COLUMN("duplicates", "rows alike"),
        COLUMN("merged", "said more than once"),
        COLUMN("members", "members"),
        COLUMN("member_months", "member months"),
        COLUMN("amount", "amount"),
        COLUMN("rejected_amount", "amount rejected"),
        COLUMN("blocks", "blocks"),
        COLUMN("figures", "figures"),
        COLUMNS_END
};

static void show(const struct importing *importing)
{
        const struct import_totals *totals = &importing->import.totals;

        out_record(importing->call->out, "import", columns, (struct cell[]) {
                cell_text(importing->call->words[0]), cell_count((int64_t)totals->rows),
                cell_count((int64_t)totals->rejected), cell_count((int64_t)totals->outside),
                cell_count((int64_t)totals->duplicates), cell_count((int64_t)totals->merged),
                cell_count((int64_t)totals->members),
                cell_count((int64_t)totals->member_months), cell_money(totals->cents),
                cell_money(totals->rejected_cents), cell_count(importing->cut.kept.count),
                cell_count((int64_t)importing->report.count) });
}

static void note(const struct importing *importing)
{
        const struct import_totals *totals = &importing->import.totals;
        char amount[FIGURE_TEXT_MAX];

        say_note(importing->call->cli, "%llu rows, %llu rejected, %llu of other days, %llu "
                 "members, %llu member months, %s", (unsigned long long)totals->rows,
                 (unsigned long long)totals->rejected, (unsigned long long)totals->outside,
                 (unsigned long long)totals->members, (unsigned long long)totals->member_months,
                 money_print(totals->cents, amount));
}

static enum exit_code finish(struct importing *importing)
{
        const struct import_totals *totals = &importing->import.totals;
        const char *rejects = call_value(importing->call, "rejects");
        enum exit_code code = EXIT_DONE;

        if (!call_has(importing->call, "publish")) {
                show(importing);
                say_note(importing->call->cli, "nothing was stated: --publish states it");
        } else if (totals->rejected && !rejects) {
                say_error("nothing was published: correct the rows, or give --rejects FILE to "
                          "leave them out");
                return EXIT_REFUSED;
        } else {
                note(importing);
                code = say(importing);
        }
        if (!totals->rejected)
                return code;
        say_note(importing->call->cli, "%llu row%s refused%s%s",
                 (unsigned long long)totals->rejected, totals->rejected == 1 ? " was" : "s were",
                 rejects ? ", see " : "; --rejects FILE says why", rejects ? rejects : "");
        return code ? code : EXIT_PARTIAL;
}

static enum exit_code import_run(struct call *call)
{
        own(importing_pointer) struct importing *importing = calloc(1, sizeof(*importing));
        enum exit_code code = importing ? EXIT_DONE : say_failure(-ENOMEM, "the file"), closed;

        if (code)
                return code;
        importing->call = call;
        code = take_call(importing);
        if (!code)
                code = rejects_open(&importing->rejects, call_value(call, "rejects"),
                                    (struct bytes) { "", 0 });
        if (code)
                return code;
        code = read_file(importing);
        closed = rejects_close(&importing->rejects);
        if (!code)
                code = closed;
        if (!code)
                code = make_blocks(importing);
        if (!code)
                code = make_figures(importing);
        return code ? code : finish(importing);
}

const struct verb verb_import_csv = {
        .noun = "import",
        .name = "csv",
        .usage = "FILE",
        .says = "read an extract of our own by a map: enrolment, claims, measures",
        .more = "Members become pseudonyms here, by the contract's member key. What it came to is "
                "printed, to be held against the source; --publish states it as figures, and as "
                "blocks where the map says so. A row that cannot be read is refused with its "
                "reason, and it ends with 10. The map: accord help importing, accord-map(5).",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "map", "FILE", "which column is what, and how days and money are written",
                  OPTION_NEEDED },
                { "contract", "CONTRACT", "whose members they are", OPTION_NEEDED },
                { "period", "PERIOD", "the service period: 2025; other days are left out",
                  OPTION_NEEDED },
                { "key", "FILE", "the key of the pseudonyms: accord key member new", 0 },
                { "segment", "NAME", "the segment; the contract as a whole unless given", 0 },
                { "paid-through", "DAY", "the last day by which claims were paid", 0 },
                { "rejects", "FILE", "write the refused rows here, and take the others", 0 },
                { "publish", NULL, "state it; without this it is only read", 0 },
                { "replace", NULL, "replace what was stated before, where it differs", 0 },
                { "folder", "FOLDER", "keep our copies of blocks here; beside the outbox unless "
                  "given", 0 },
                PUBLISH_OPTIONS,
        },
        .run = import_run,
};
