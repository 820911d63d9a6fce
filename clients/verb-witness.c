/* SPDX-License-Identifier: Apache-2.0 */
/* A witness of the hub's log: a program that runs for months, and what the hub has of witnesses. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/look.h"
#include "clients/lib/witness.h"
#include "clients/profile.h"
#include "clients/reach.h"
#include "clients/service.h"
#include "clients/take.h"
#include "clients/verbs.h"

#define ALIVE_US INT64_C(900000000)     /* said again of the same tree: fifteen minutes */
#define EVERY_LEAST 1
#define EVERY_MOST 86400
#define EVERY_USUAL 60

struct watching {
        struct reach reach;
        struct accord_witness *witness;
        char *directory;                /* of its memory */
        bool once;
        uint64_t every, looked_at;
        instant told_at;                /* when it cosigned last */
        int last;                       /* how the last round ended, so that it is said once */
};

static void watching_cleanup(struct watching *watching)
{
        accord_witness_close(watching->witness);
        reach_cleanup(&watching->reach);
        free(watching->directory);
}

static enum exit_code take_options(const struct call *call, struct watching *watching)
{
        enum exit_code code;

        watching->every = EVERY_USUAL;
        watching->once = call_has(call, "once");
        code = take_number_option(call, "every", EVERY_MOST, &watching->every);
        if (!code && watching->every < EVERY_LEAST)
                return call_misused(call, "--every is 1 to %d seconds", EVERY_MOST);
        return code ? code : take_number_option(call, "despite", UINT32_MAX, &watching->looked_at);
}

static enum exit_code take_up(struct call *call, struct watching *watching)
{
        struct accord_error error = { 0 };
        struct accord_profile profile;
        enum exit_code code = reach_hub(call->cli, &watching->reach);
        int r;

        if (code)
                return code;
        if (asprintf(&watching->directory, "%s/witness", watching->reach.directory) < 0) {
                watching->directory = NULL;
                return say_failure(-ENOMEM, "the witness");
        }
        r = profile_make_directory(watching->directory);
        if (r)
                return say_failure(r, "the directory of the witness");
        profile = watching->reach.profile;
        profile.directory = watching->directory;
        r = accord_witness_open(&watching->witness, watching->reach.session, &profile,
                                watching->looked_at, &error);
        return r ? reach_failed(&error) : EXIT_DONE;
}

/* ---- what is said: a line a change */

static void say_round(const struct accord_round *round)
{
        if (round->new_epochs)
                service_say(SERVICE_WARNING, "the hub began epoch %" PRIu32 ": it lost the end of "
                            "its log and says so; accord verify tells what of it was yours",
                            round->epoch);
        if (!round->before)
                service_say(SERVICE_NOTICE, "the first tree seen has %" PRIu64 " entries: what "
                            "comes is held against it", round->size);
        else if (round->size != round->before)
                service_say(SERVICE_NOTICE, "the tree grew from %" PRIu64 " to %" PRIu64
                            " entries, consistently%s", round->before, round->size,
                            round->cosigned ? ": cosigned" : "");
        else if (round->cosigned)
                service_say(SERVICE_NOTICE, "the tree of %" PRIu64 " entries is as it was: "
                            "cosigned", round->size);
}

static void say_failed(const struct watching *watching, int r, const struct accord_error *error)
{
        if (r == ACCORD_INTEGRITY)
                service_say(SERVICE_CRIT, "nothing is cosigned: %s; the memory is %s, and accord "
                            "verify shows what contradicts itself", error->text,
                            watching->directory);
        else if (r != watching->last)
                service_say(SERVICE_WARNING, "not cosigned: %s; it is tried again", error->text);
}

static int go_round(struct watching *watching)
{
        struct accord_error error = { 0 };
        struct accord_round round;
        instant now = time_now();
        bool again = !watching->told_at || now - watching->told_at >= ALIVE_US ||
                     now < watching->told_at;
        int r = accord_witness_round(watching->witness, again, &round, &error);

        if (r)
                say_failed(watching, r, &error);
        else
                say_round(&round);
        if (!r && round.cosigned)
                watching->told_at = now;
        service_notify(r ? "STATUS=not cosigned: see its journal" : "STATUS=cosigning");
        watching->last = r;
        return r;
}

/* What cannot be mended by waiting ends it. */
static bool is_fatal(int r)
{
        return r == ACCORD_FAILED || r == ACCORD_USAGE || r == ACCORD_CONFLICT;
}

static enum exit_code watch(struct watching *watching)
{
        int r = go_round(watching);

        if (watching->once)
                return (enum exit_code)r;
        service_notify("READY=1");
        while (!service_ended() && !is_fatal(r)) {
                if (!service_sleep((int)watching->every * 1000))
                        break;
                r = go_round(watching);
        }
        service_notify("STOPPING=1");
        if (service_ended())
                service_say(SERVICE_NOTICE, "ended as it was asked to");
        return service_ended() ? EXIT_DONE : (enum exit_code)r;
}

static enum exit_code witness_run(struct call *call)
{
        own(watching) struct watching watching = { .once = false };
        enum exit_code code = take_options(call, &watching);

        service_begin();
        if (!code)
                code = take_up(call, &watching);
        return code ? code : watch(&watching);
}

const struct verb verb_witness = {
        .noun = "witness",
        .name = "",
        .usage = "",
        .says = "cosign the hub's checkpoints, as long as each continues all that were seen",
        .more = "It asks the hub how its log stands, holds that against its own memory in "
                "state-dir, remembers it, and then signs it; the hub shows it to the other side. "
                "The first tree that it sees begins its memory. A node of its own, with the right "
                "to read and nothing else, is enough, on a machine that is not the hub's.\n\n"
                "When the hub contradicts itself, both notes are kept, nothing more is cosigned, "
                "and it says CRIT: with --once it ends with 9, else it goes on refusing, also when "
                "it is started anew. --despite says how many contradictions somebody has looked "
                "at. It ends on SIGTERM, and tells systemd how it is (accord-witness.service).",
        .options = {
                { "once", NULL, "look and cosign one time", 0 },
                { "every", "SECONDS", "how often to look; every 60 unless given", 0 },
                { "despite", "COUNT", "contradictions that were looked at: go on all the same", 0 },
        },
        .run = witness_run,
};

/* ---- what the hub has */

static const struct column columns[] = {
        COLUMN("witness", "WITNESS"),
        COLUMN_RIGHT("size", "ENTRIES"),
        COLUMN_RIGHT("behind", "BEHIND"),
        COLUMN("time", "COSIGNED"),
        COLUMN_RIGHT("age_seconds", "AGE (S)"),
        COLUMN("is_own", "OWN"),
        COLUMN_WIDE("note", "NOTE"),
        COLUMNS_END
};

struct listing {
        struct out *out;
        const struct name *own;
        uint64_t newest;                /* entries of the hub's log */
};

static int print_witness(void *with, const struct cosignature *row)
{
        const struct listing *listing = with;
        char node[2 * NAME_MAX_LENGTH + 2], *note = strndup(row->note.data, row->note.size);
        instant now = time_now();

        snprintf(node, sizeof(node), "%s/%s", row->node.party.text, row->node.node.text);
        out_row(listing->out, (struct cell[]) {
                cell_text(node), cell_count((int64_t)row->size),
                cell_count(listing->newest > row->size ? (int64_t)(listing->newest - row->size)
                                                       : 0),
                cell_time(row->time),
                cell_count(now > row->time ? (now - row->time) / 1000000 : 0),
                cell_flag(name_equal(listing->own, &row->node.party)), cell_text(note) });
        free(note);
        return 0;
}

static enum exit_code show_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };
        struct listing listing = { .out = call->out };
        struct tip tip;
        enum exit_code code = reach_hub(call->cli, &reach);

        if (code)
                return code;
        if (accord_query_tip(reach.session, &tip, &error))
                return reach_failed(&error);
        listing.own = &reach.profile.node.party;
        listing.newest = tip.size;
        out_begin(call->out, "witness", columns);
        if (accord_query_witnesses(reach.session, print_witness, &listing, &error))
                code = reach_failed(&error);
        out_end(call->out);
        return code;
}

const struct verb verb_witness_show = {
        .noun = "witness",
        .name = "show",
        .usage = "",
        .says = "show the newest cosignatures that the hub has",
        .more = "Of the party's own witnesses, of those of whoever it has a contract with, and of "
                "who acts for one of these. BEHIND is how many entries the log has grown since; "
                "NOTE, in the wide format, is what the witness signed, for whoever wants to check "
                "it: a checkpoint as C2SP has it, with the hub's line and the witness's.",
        .prints = true,
        .run = show_run,
};
