/* SPDX-License-Identifier: Apache-2.0 */
/* The hub's figures: of the running daemon as it left them, else of the ledger itself. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/own.h"
#include "clients/files.h"
#include "clients/json.h"
#include "clients/ledger-open.h"
#include "clients/ledger-prometheus.h"
#include "clients/take.h"
#include "clients/verbs.h"
#include "daemon/stat_json.h"

#define FRESH 10        /* seconds; a running daemon renews it each second */

static struct json_object *parse(const char *text)
{
        struct json_object *object = json_tokener_parse(text);

        if (object && !json_object_is_type(object, json_type_object)) {
                json_object_put(object);
                return NULL;
        }
        return object;
}

/* What the daemon left; NULL when there is nothing or it is old. */
static struct json_object *from_snapshot(const struct cli *cli, bool *ret_stale)
{
        own(file) struct file file = { 0 };
        char path[4096];
        struct stat there;

        snprintf(path, sizeof(path), "%s/stat.json", cli_get(cli, SETTING_RUNTIME_DIR));
        if (stat(path, &there) < 0 || file_read(path, 1u << 20, &file))
                return NULL;
        *ret_stale = time_now() / 1000000 - there.st_mtime > FRESH;
        return parse(file.data);
}

static enum exit_code from_ledger(const struct cli *cli, struct json_object **ret)
{
        own(hub) struct hub *hub = NULL;
        own(sink) struct sink sink = { 0 };
        struct stat_report report = { 0 };
        enum exit_code code = ledger_open(cli, &hub);
        int r;

        if (code)
                return code;
        r = hub_read_stat(hub, &report.ledger);
        if (!r)
                r = sink_new(&sink, STAT_JSON_MAX, STAT_JSON_MAX);
        report.hub_name = hub_name(hub);
        report.hub = hub_id(hub);
        report.now = time_now();
        if (!r)
                r = stat_json(&sink, &report);
        if (!r)
                r = sink_put(&sink, (struct bytes) { "", 1 });
        if (r)
                return say_failure(r, "the figures");
        *ret = parse((const char *)sink.data);
        return *ret ? EXIT_DONE : say_failure(-ENOMEM, "the figures");
}

/* Every value of the document, its name made of the names it lies under. */
static void print_rows(struct out *out, struct json_object *object, const char *above)
{
        json_object_object_foreach(object, key, value) {
                char name[256];
                struct json_object *amount = NULL;

                snprintf(name, sizeof(name), "%s%s%s", above, *above ? "." : "", key);
                if (json_object_is_type(value, json_type_object) &&
                    !json_object_object_get_ex(value, "amount", &amount))
                        print_rows(out, value, name);
                else if (strcmp(name, "schema") != 0)
                        out_row(out, (struct cell[]) {
                                cell_text(name),
                                cell_text(json_object_get_string(amount ? amount : value)) });
        }
}

static void print(struct call *call, struct json_object *object)
{
        static const struct column columns[] = {
                COLUMN("name", "NAME"), COLUMN_RIGHT("value", "VALUE"), COLUMNS_END
        };

        if (call->cli->format == FORMAT_PROMETHEUS) {
                prometheus_print(out_stream(call->out), object);
        } else if (out_wants_json(call->out)) {
                out_document(call->out, "stat", json_object_get(object));
        } else {
                out_begin(call->out, "figure", columns);
                print_rows(call->out, object, "");
                out_end(call->out);
        }
}

static enum exit_code stat_run(struct call *call)
{
        own(json_object) struct json_object *object = NULL, *old = NULL;
        enum exit_code code = EXIT_DONE;
        bool stale = false;

        object = from_snapshot(call->cli, &stale);
        if (object && stale)
                old = give(object);
        if (!object)
                code = from_ledger(call->cli, &object);
        if (!object && old && code == EXIT_CONFLICT) {
                say_error("the hub runs, but has not renewed its figures for more than %d s: "
                          "these are old", FRESH);
                object = give(old);
                code = EXIT_FAILED;
        }
        if (object)
                print(call, object);
        return code;
}

const struct verb verb_ledger_stat = {
        .noun = "ledger",
        .name = "stat",
        .usage = "",
        .says = "show the hub's figures; -o prometheus for monitoring",
        .more = "While the hub runs, they are those of stat.json in --runtime-dir; else the ledger "
                "is opened to be read.",
        .prints = true,
        .prometheus = true,
        .unsettled = true,
        .run = stat_run,
};
