/* SPDX-License-Identifier: Apache-2.0 */
/*
 * New keys for this node: made, said by the old ones, put in their place.
 *
 *      FILE.next is made              cut short here: it is used by the next run
 *      what waits is said             by the old keys
 *      the rotation is sealed, said   cut short here: the hub is asked who we are
 *      FILE.next becomes FILE         cut short before: the hub knows us by FILE.next, go on here
 *
 * So there is one question to begin with and after each step that the network has a part in: does
 * the hub know this node by FILE.next? What waits then and was signed by the old keys is signed
 * anew when it is said (outbox-move.c).
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/own.h"
#include "proof/keyfile.h"
#include "proof/possession.h"
#include "clients/lib/hubid.h"
#include "clients/publish.h"
#include "clients/take.h"
#include "clients/verbs.h"

struct rotation {
        struct call *call;
        const char *path;
        char next_path[PATH_MAX], kept[PATH_MAX];
        struct keys next;
        bool had_next;
        uint64_t index;                 /* of the entry that says it; 0: an earlier run did */
};

static void rotation_cleanup(struct rotation *rotation)
{
        keys_wipe(&rotation->next);
}

static enum exit_code load_next(struct rotation *rotation)
{
        int r;

        if (snprintf(rotation->next_path, PATH_MAX, "%s.next", rotation->path) >= PATH_MAX)
                return say_failure(-ENAMETOOLONG, "%s", rotation->path);
        r = keyfile_load(rotation->next_path, &rotation->next);
        rotation->had_next = r == 0;
        if (r == -ENOENT) {
                keys_generate(KEY_KIND_NODE, &rotation->next);
                r = call_has(rotation->call, "dry-run")
                            ? 0 : keyfile_write(rotation->next_path, &rotation->next);
        }
        return r ? say_failure(r, "%s", rotation->next_path) : EXIT_DONE;
}

/* Asks the hub, in a session of its own. */
static bool is_in_force(struct rotation *rotation)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };

        if (reach_profile(rotation->call->cli, &reach))
                return false;
        reach.profile.keys = &rotation->next;
        return accord_session_open(&reach.session, &reach.profile, &error) == 0 &&
               accord_hello(reach.session, rotation->call->cli->timeout_ms, NULL, &error) == 0;
}

static void answered(void *with, const struct accord_item *item)
{
        struct rotation *rotation = with;

        rotation->index = item->state == ACCORD_ITEM_RECEIVED ? item->receipt.index : 0;
}

static enum exit_code flush(struct rotation *rotation, struct reach *reach)
{
        const struct accord_watch watch = { .answered = answered, .with = rotation };
        struct accord_error error = { 0 };
        struct cli *cli = rotation->call->cli;
        enum exit_code code = reach_outbox(cli, reach);

        if (!code)
                code = reach_hub(cli, reach);
        if (!code && accord_flush(reach->session, reach->outbox, cli->timeout_ms, &watch, NULL,
                                  &error))
                code = reach_failed(&error);
        return code;
}

/* Durable in the outbox before it is sent. */
static enum exit_code say(struct rotation *rotation, struct reach *reach)
{
        static const struct accord_about about;         /* the node's own affairs */
        struct event event = { .kind = EVENT_KEY_ROTATION };
        own(hasher) struct hasher *hasher = NULL;
        struct accord_error error = { 0 };
        struct hub_id hub;
        int r = hasher_new(&hasher);

        if (r)
                return say_failure(r, "cannot make ready to sign");
        hub = hub_id_derive(hasher, reach->profile.hub_signing_key);
        possession_of_node(&hub, &reach->profile.node, &rotation->next, &event.key_rotation);
        rotation->index = 0;
        if (accord_outbox_add(reach->outbox, &about, &event, 1, NULL, &error) ||
            accord_outbox_seal(reach->outbox, &error))
                return reach_failed(&error);
        return flush(rotation, reach);
}

/*
 * Until the hub knows us by the new keys. What is left of an earlier run goes out with what waits;
 * an answer that got lost shows in that the hub knows us.
 */
static enum exit_code put_in_force(struct rotation *rotation)
{
        own(reach) struct reach reach = { 0 };
        enum exit_code code;

        if (rotation->had_next && is_in_force(rotation))
                return EXIT_DONE;
        code = flush(rotation, &reach);
        if (rotation->had_next && is_in_force(rotation))
                return EXIT_DONE;
        if (code)
                return code;
        code = say(rotation, &reach);
        return code && is_in_force(rotation) ? EXIT_DONE : code;
}

/* The public half beside it, for whoever is to be shown it; that of the old one is kept, too. */
static enum exit_code put_in_place(struct rotation *rotation)
{
        char path[PATH_MAX + 8], kept[PATH_MAX + 8];
        int r = keyfile_replace(rotation->path, time_now(), rotation->kept, PATH_MAX);

        if (r)
                return say_failure(r, "%s in the place of %s; run the same again",
                                   rotation->next_path, rotation->path);
        snprintf(path, sizeof(path), "%s.pub", rotation->path);
        snprintf(kept, sizeof(kept), "%s.pub", rotation->kept);
        if (rename(path, kept) && errno != ENOENT)
                return say_failure(-errno, "%s", path);
        r = keyfile_write_public(path, &rotation->next.public);
        return r ? say_failure(r, "%s", path) : EXIT_DONE;
}

static void print_row(struct rotation *rotation)
{
        static const struct column columns[] = {
                COLUMN("file", "file"),
                COLUMN("fingerprint", "fingerprint"),
                COLUMN("before", "before"),
                COLUMN("index", "entry"),
                COLUMNS_END
        };
        char fingerprint[FINGERPRINT_TEXT_MAX + 1];

        fingerprint_print(&rotation->next.public, fingerprint);
        out_record(rotation->call->out, "key-rotation", columns, (struct cell[]) {
                cell_text(rotation->path), cell_text(fingerprint),
                *rotation->kept ? cell_text(rotation->kept) : cell_none(),
                rotation->index ? cell_id(rotation->index) : cell_none() });
}

/* What was sealed meanwhile by the old keys. */
static enum exit_code say_the_rest(struct rotation *rotation)
{
        own(reach) struct reach reach = { 0 };
        uint64_t index = rotation->index;
        enum exit_code code = flush(rotation, &reach);

        rotation->index = index;
        return code;
}

static enum exit_code rotate_run(struct call *call)
{
        own(rotation) struct rotation rotation = { .call = call };
        enum exit_code code;

        rotation.path = cli_need(call->cli, SETTING_KEY_FILE);
        if (!rotation.path)
                return EXIT_USAGE;
        if (!call_agreed(call, "Replace the keys in %s? Whatever else runs with them must be "
                               "started again.", rotation.path))
                return EXIT_USAGE;
        code = load_next(&rotation);
        if (!code && !call_has(call, "dry-run")) {
                code = put_in_force(&rotation);
                if (!code)
                        code = put_in_place(&rotation);
        }
        if (code)
                return code;
        print_row(&rotation);
        return call_has(call, "dry-run") ? EXIT_DONE : say_the_rest(&rotation);
}

const struct verb verb_key_rotate = {
        .noun = "key",
        .name = "rotate",
        .usage = "",
        .says = "replace this node's keys by new ones: said to the hub, signed by both",
        .more = "What waits in the outbox is said first. The old file is kept as "
                "FILE.until-MOMENT. What is cut short goes on when it is run again. The hub takes "
                "nothing by the old keys from then on.",
        .prints = true,
        .writes = true,
        .options = {
                { "yes", NULL, "do not ask", 0 },
                { "dry-run", NULL, "make nothing, send nothing", 0 },
        },
        .run = rotate_run,
};
