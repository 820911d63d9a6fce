/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/cli.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/own.h"
#include "clients/profile.h"

#define SYSTEM_FILE "/etc/accord/accord.conf"

const struct setting_row settings[SETTING_COUNT] = {
#define X(code, name, variable, value, builtin, says) { name, variable, value, builtin, says },
        SETTINGS(X)
#undef X
};

const char *const format_names[FORMAT_COUNT] = {
        [FORMAT_TABLE] = "table",   [FORMAT_WIDE] = "wide", [FORMAT_JSON] = "json",
        [FORMAT_NDJSON] = "ndjson", [FORMAT_CSV] = "csv",   [FORMAT_RAW] = "raw",
        [FORMAT_PROMETHEUS] = "prometheus", [FORMAT_SVG] = "svg",
};

const char *origin_name(enum origin origin)
{
        static const char *const names[] = {
                [FROM_BUILTIN] = "built in",
                [FROM_SYSTEM] = SYSTEM_FILE,
                [FROM_PROFILE] = "profile",
                [FROM_ENVIRONMENT] = "environment",
                [FROM_OPTION] = "option",
        };

        return names[origin];
}

void cli_cleanup(struct cli *cli)
{
        for (size_t i = 0; i < SETTING_COUNT; i++)
                free(cli->settings[i].value);
        free(cli->profile);
}

int cli_set(struct cli *cli, enum setting setting, const char *value, enum origin origin)
{
        char *copy;

        if (cli->settings[setting].value && cli->settings[setting].origin > origin)
                return 0;
        copy = strdup(value);
        if (!copy)
                return -ENOMEM;
        free(cli->settings[setting].value);
        cli->settings[setting].value = copy;
        cli->settings[setting].origin = origin;
        return 0;
}

enum setting setting_by_name(const char *name)
{
        for (unsigned int i = 0; i < SETTING_COUNT; i++)
                if (strcmp(settings[i].name, name) == 0)
                        return (enum setting)i;
        return SETTING_COUNT;
}

const char *cli_get(const struct cli *cli, enum setting setting)
{
        const char *value = cli->settings[setting].value;

        return value && *value ? value : NULL;
}

const char *cli_need(const struct cli *cli, enum setting setting)
{
        const char *value = cli_get(cli, setting);

        if (!value)
                say_error("%s is not set: give --%s, set %s, or write it into a profile with "
                         "`accord profile add`",
                         settings[setting].name, settings[setting].name,
                         settings[setting].variable);
        return value;
}

int duration_parse(const char *text)
{
        char *end;
        long number;

        if (*text < '0' || *text > '9')
                return -1;
        errno = 0;
        number = strtol(text, &end, 10);
        if (errno || number > INT_MAX / 60000)
                return -1;
        if (strcmp(end, "ms") == 0)
                return (int)number;
        if (strcmp(end, "s") == 0 || !*end)
                return (int)number * 1000;
        if (strcmp(end, "m") == 0)
                return (int)number * 60000;
        return -1;
}

/* Environment and built-in values; an empty variable is as good as none. */
static int take_environment(struct cli *cli)
{
        for (unsigned int i = 0; i < SETTING_COUNT; i++) {
                const char *value = getenv(settings[i].variable);
                int r = 0;

                if (value && *value)
                        r = cli_set(cli, (enum setting)i, value, FROM_ENVIRONMENT);
                if (!r && settings[i].builtin)
                        r = cli_set(cli, (enum setting)i, settings[i].builtin, FROM_BUILTIN);
                if (r)
                        return r;
        }
        return 0;
}

/* Finds out which profile is meant, and reads it. */
static enum exit_code take_profile(struct cli *cli, const char *profile)
{
        own(profile_text) char *path = NULL;
        const char *named = profile ? profile : getenv("ACCORD_PROFILE");
        int r;

        if (named && *named)
                r = (cli->profile = strdup(named)) ? 0 : -ENOMEM;
        else
                r = profile_current(&cli->profile);
        if (r)
                return say_failure(r, "the profile in use");
        if (!cli->profile)
                return EXIT_DONE;
        r = profile_path(cli->profile, &path);
        if (r == -EINVAL) {
                say_error("%s is no name for a profile: a-z 0-9 - . _", cli->profile);
                return EXIT_USAGE;
        }
        if (r)
                return say_failure(r, "the profile %s", cli->profile);
        r = profile_read(cli, path, FROM_PROFILE);
        if (r == -ENOENT) {
                say_error("there is no profile %s; `accord profile list` shows those there are",
                         cli->profile);
                return EXIT_ABSENT;
        }
        if (r == -EBADMSG)
                return EXIT_FAILED;
        return r ? say_failure(r, "%s", path) : EXIT_DONE;
}

/* "auto", "always" or "never"; @otherwise is what auto comes to. */
static bool when(const char *word, bool otherwise, bool *ret)
{
        *ret = strcmp(word, "auto") == 0 ? otherwise : strcmp(word, "always") == 0;
        return *ret || strcmp(word, "never") == 0 || strcmp(word, "auto") == 0;
}

static bool color_by_default(void)
{
        const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

        return isatty(STDOUT_FILENO) && !(no && *no) && !(term && strcmp(term, "dumb") == 0);
}

static enum exit_code bad_setting(const struct cli *cli, enum setting setting)
{
        say_error("%s %s (%s): it is one of %s", settings[setting].name, cli_get(cli, setting),
                 origin_name(cli->settings[setting].origin), settings[setting].says);
        return EXIT_USAGE;
}

static enum exit_code make_sense(struct cli *cli)
{
        const char *format = cli_get(cli, SETTING_OUTPUT);
        unsigned int i;

        for (i = 0; i < FORMAT_COUNT; i++)
                if (strcmp(format, format_names[i]) == 0)
                        break;
        if (i == FORMAT_COUNT)
                return bad_setting(cli, SETTING_OUTPUT);
        cli->format = (enum format)i;
        cli->timeout_ms = duration_parse(cli_get(cli, SETTING_TIMEOUT));
        if (cli->timeout_ms < 0)
                return bad_setting(cli, SETTING_TIMEOUT);
        if (!when(cli_get(cli, SETTING_COLOR), color_by_default(), &cli->color))
                return bad_setting(cli, SETTING_COLOR);
        if (!when(cli_get(cli, SETTING_PROGRESS), isatty(STDERR_FILENO) && !cli->quiet,
                  &cli->progress))
                return bad_setting(cli, SETTING_PROGRESS);
        return EXIT_DONE;
}

enum exit_code cli_settle(struct cli *cli, const char *profile)
{
        enum exit_code code, sense;
        int r;

        r = take_environment(cli);
        if (r)
                return say_failure(r, "the settings");
        r = profile_read(cli, SYSTEM_FILE, FROM_SYSTEM);
        if (r == -EBADMSG)
                return EXIT_FAILED;
        if (r && r != -ENOENT)
                return say_failure(r, "%s", SYSTEM_FILE);
        code = take_profile(cli, profile);
        sense = make_sense(cli);
        return sense ? sense : code;
}
