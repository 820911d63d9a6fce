/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles: which hub, as which node, with which keys. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/own.h"
#include "clients/profile.h"
#include "clients/verbs.h"

static enum exit_code bad_name(const char *name)
{
        say_error("%s is no name for a profile: a-z 0-9 - . _, the first a letter or digit", name);
        return EXIT_USAGE;
}

static enum exit_code no_profile(const char *name)
{
        say_error("there is no profile %s; accord profile list shows those there are", name);
        return EXIT_ABSENT;
}

/* A profile is read from anywhere, so paths in it begin at the root. */
static int make_absolute(struct cli *cli, enum setting setting)
{
        const char *value = cli->settings[setting].value, *kind = settings[setting].value;
        own(profile_text) char *here = NULL, *path = NULL;

        if (!value || cli->settings[setting].origin != FROM_OPTION || *value == '/')
                return 0;
        if (strcmp(kind, "FILE") != 0 && strcmp(kind, "DIRECTORY") != 0 &&
            strcmp(kind, "SOCKET") != 0)
                return 0;
        here = getcwd(NULL, 0);
        if (!here)
                return -errno;
        if (asprintf(&path, "%s/%s", here, value) < 0)
                return -ENOMEM;
        return cli_set(cli, setting, path, FROM_OPTION);
}

static enum exit_code check_settings(const struct call *call)
{
        const char *sender = cli_get(call->cli, SETTING_SENDER);
        const char *hub = cli_get(call->cli, SETTING_HUB);
        struct name party, node;

        if (hub && strncmp(hub, "tcp://", 6) != 0 && strncmp(hub, "ipc://", 6) != 0)
                return call_misused(call, "--hub %s is no endpoint: tcp://HOST:PORT", hub);
        if (sender && !node_path_parse((struct bytes) { sender, strlen(sender) }, &party, &node))
                return call_misused(call, "--as %s is no node: PARTY/NODE", sender);
        return EXIT_DONE;
}

static enum exit_code add_run(struct call *call)
{
        own(profile_text) char *current = NULL;
        const char *name = call->words[0];
        enum exit_code code = check_settings(call);
        int r = 0;

        if (code)
                return code;
        for (unsigned int i = 0; i < SETTING_COUNT && !r; i++)
                r = make_absolute(call->cli, (enum setting)i);
        if (!r)
                r = profile_write(call->cli, name);
        if (r == -EINVAL)
                return bad_name(name);
        if (r == -EEXIST) {
                say_error("there is a profile %s already: accord profile rm %s, or edit its file",
                          name, name);
                return EXIT_CONFLICT;
        }
        if (!r)
                r = profile_current(&current);
        if (!r && (!current || call_has(call, "use"))) {
                r = profile_use(name);
                say_note(call->cli, "%s is in use from now on", name);
        }
        return r ? say_failure(r, "profile %s", name) : EXIT_DONE;
}

const struct verb verb_profile_add = {
        .noun = "profile",
        .name = "add",
        .usage = "NAME [--hub ENDPOINT] [--hub-key FILE] [--as PARTY/NODE] [--key-file FILE]",
        .says = "keep settings under a name; the first one is used from then on",
        .more = "Any setting of `accord help environment` but -o may be given and is kept.",
        .words_least = 1,
        .words_most = 1,
        .unsettled = true,
        .options = {
                { "use", NULL, "use it from now on", 0 },
        },
        .run = add_run,
};

/* What the file of a profile says, and nothing else. */
static enum exit_code read_alone(const char *name, struct cli *ret)
{
        own(profile_text) char *path = NULL;
        int r = profile_path(name, &path);

        if (r == -EINVAL)
                return bad_name(name);
        if (!r)
                r = profile_read(ret, path, FROM_PROFILE);
        if (r == -ENOENT)
                return no_profile(name);
        if (r == -EBADMSG)
                return EXIT_FAILED;
        return r ? say_failure(r, "profile %s", name) : EXIT_DONE;
}

static enum exit_code list_run(struct call *call)
{
        static const struct column columns[] = {
                COLUMN("name", "NAME"),
                COLUMN("in_use", "IN USE"),
                COLUMN("as", "NODE"),
                COLUMN("hub", "HUB"),
                COLUMN_WIDE("key_file", "KEY FILE"),
                COLUMNS_END
        };
        own(profile_names) char **names = NULL;
        own(profile_text) char *current = NULL;
        enum exit_code code = EXIT_DONE;
        int r = profile_names(&names);

        if (!r)
                r = profile_current(&current);
        if (r)
                return say_failure(r, "profiles");
        out_begin(call->out, "profile", columns);
        for (char **name = names; *name; name++) {
                own(cli) struct cli alone = { 0 };
                enum exit_code one = read_alone(*name, &alone);

                code = one ? one : code;
                out_row(call->out, (struct cell[]) {
                        cell_text(*name), cell_flag(current && strcmp(current, *name) == 0),
                        cell_text(cli_get(&alone, SETTING_SENDER)),
                        cell_text(cli_get(&alone, SETTING_HUB)),
                        cell_text(cli_get(&alone, SETTING_KEY_FILE)) });
        }
        out_end(call->out);
        return code;
}

const struct verb verb_profile_list = {
        .noun = "profile",
        .name = "list",
        .usage = "",
        .says = "list the profiles",
        .prints = true,
        .unsettled = true,
        .run = list_run,
};

static enum exit_code show_run(struct call *call)
{
        static const struct column columns[] = {
                COLUMN("setting", "SETTING"),
                COLUMN("value", "VALUE"),
                COLUMN("origin", "FROM"),
                COLUMN_WIDE("says", "WHAT IT IS"),
                COLUMNS_END
        };
        own(cli) struct cli alone = { 0 };
        const struct cli *shown = call->cli;
        enum exit_code code = EXIT_DONE;

        if (call->word_count) {
                code = read_alone(call->words[0], &alone);
                shown = &alone;
        }
        if (code)
                return code;
        out_begin(call->out, "setting", columns);
        for (unsigned int i = 0; i < SETTING_COUNT; i++) {
                const char *value = cli_get(shown, (enum setting)i);

                if (value)
                        out_row(call->out, (struct cell[]) {
                                cell_text(settings[i].name), cell_text(value),
                                cell_text(origin_name(shown->settings[i].origin)),
                                cell_text(settings[i].says) });
        }
        out_end(call->out);
        return EXIT_DONE;
}

const struct verb verb_profile_show = {
        .noun = "profile",
        .name = "show",
        .usage = "[NAME]",
        .says = "show what a profile sets; without a name, every setting and where it comes from",
        .words_most = 1,
        .prints = true,
        .unsettled = true,
        .run = show_run,
};

static enum exit_code use_run(struct call *call)
{
        own(cli) struct cli alone = { 0 };
        enum exit_code code = read_alone(call->words[0], &alone);
        int r;

        if (code)
                return code;
        r = profile_use(call->words[0]);
        return r ? say_failure(r, "profile %s", call->words[0]) : EXIT_DONE;
}

const struct verb verb_profile_use = {
        .noun = "profile",
        .name = "use",
        .usage = "NAME",
        .says = "use a profile from now on",
        .words_least = 1,
        .words_most = 1,
        .unsettled = true,
        .run = use_run,
};

static enum exit_code rm_run(struct call *call)
{
        const char *name = call->words[0];
        int r;

        if (!call_has(call, "yes") && !confirm(call->cli, "yes", "Remove the profile %s?", name))
                return EXIT_USAGE;
        r = profile_remove(name);
        if (r == -EINVAL)
                return bad_name(name);
        if (r == -ENOENT)
                return no_profile(name);
        return r ? say_failure(r, "profile %s", name) : EXIT_DONE;
}

const struct verb verb_profile_rm = {
        .noun = "profile",
        .name = "rm",
        .usage = "NAME",
        .says = "remove a profile; keys and the outbox stay where they are",
        .words_least = 1,
        .words_most = 1,
        .unsettled = true,
        .options = {
                { "yes", NULL, "do not ask", 0 },
        },
        .run = rm_run,
};
