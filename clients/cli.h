/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What holds for every verb: the settings and where each came from, how to print, how to speak
 * to the user. A setting comes from an option, else the environment, else the profile, else
 * /etc/accord/accord.conf, else what is built in.
 */
#ifndef ACCORD_CLIENTS_CLI_H
#define ACCORD_CLIENTS_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "clients/exit.h"

/*        code, name as an option and in a profile, variable, value, built in, what it is */
#define SETTINGS(X)                                                                         \
        X(HUB, "hub", "ACCORD_HUB", "ENDPOINT", NULL,                                       \
          "where the hub takes submissions: tcp://HOST:PORT")                               \
        X(SIGNALS, "signals", "ACCORD_SIGNALS", "ENDPOINT", NULL,                           \
          "where the hub sends signals; the port after the hub's unless set")               \
        X(HUB_KEY, "hub-key", "ACCORD_HUB_KEY", "FILE", NULL, "the hub's public keys")      \
        X(KEY_FILE, "key-file", "ACCORD_KEY_FILE", "FILE", NULL,                            \
          "this node's secret keys, readable by nobody else")                               \
        X(KEY_COMMAND, "key-command", "ACCORD_KEY_COMMAND", "COMMAND", NULL,                \
          "without a key-file: a program that prints it, and its arguments")                \
        X(SENDER, "as", "ACCORD_AS", "PARTY/NODE", NULL, "the node that signs")             \
        X(ON_BEHALF_OF, "on-behalf-of", "ACCORD_ON_BEHALF_OF", "PARTY", NULL,               \
          "the party spoken for, under a delegation")                                       \
        X(STATE_DIR, "state-dir", "ACCORD_STATE_DIR", "DIRECTORY", NULL,                    \
          "the outbox and how far signals were heard; unless set, the profile's own")       \
        X(OUTPUT, "output", "ACCORD_OUTPUT", "FORMAT", "table",                             \
          "table, wide, json, ndjson, csv or raw")                                          \
        X(TIMEOUT, "timeout", "ACCORD_TIMEOUT", "TIME", "5s",                               \
          "how long to wait for the hub: 5s, 500ms, 2m")                                    \
        X(COLOR, "color", "ACCORD_COLOR", "WHEN", "auto", "auto, always or never")          \
        X(PROGRESS, "progress", "ACCORD_PROGRESS", "WHEN", "auto", "auto, always or never") \
        X(CONTROL, "control", "ACCORD_CONTROL", "SOCKET", "/run/accord/control.sock",       \
          "the hub's control socket, on its own machine")                                   \
        X(RUNTIME_DIR, "runtime-dir", "ACCORD_RUNTIME_DIR", "DIRECTORY", "/run/accord",     \
          "where the running daemon leaves stat.json")                                      \
        X(LEDGER, "ledger", "ACCORD_LEDGER", "DIRECTORY", "/var/lib/accord/ledger",         \
          "the hub's ledger, for accord ledger")

enum setting {
#define X(code, name, variable, value, builtin, says) SETTING_##code,
        SETTINGS(X)
#undef X
        SETTING_COUNT
};

struct setting_row {
        const char *name, *variable, *value, *builtin, *says;
};
extern const struct setting_row settings[SETTING_COUNT];

enum origin { FROM_BUILTIN, FROM_SYSTEM, FROM_PROFILE, FROM_ENVIRONMENT, FROM_OPTION };
const char *origin_name(enum origin origin);

enum format {
        FORMAT_TABLE, FORMAT_WIDE, FORMAT_JSON, FORMAT_NDJSON, FORMAT_CSV, FORMAT_RAW,
        FORMAT_PROMETHEUS,      /* accord ledger stat only */
        FORMAT_SVG,             /* verbs with pictures only */
        FORMAT_COUNT
};
extern const char *const format_names[FORMAT_COUNT];

struct cli {
        struct { char *value; enum origin origin; } settings[SETTING_COUNT];    /* owned, or NULL */
        char *profile;          /* the name of the one in use, or NULL; owned */
        enum format format;
        int timeout_ms;
        bool quiet, verbose, no_input, color, progress;
};

void cli_cleanup(struct cli *cli);              /* for own(): struct cli by value */

/*
 * Takes a copy of @value unless the setting already came from somewhere that weighs more. 0 or
 * -ENOMEM.
 */
int cli_set(struct cli *cli, enum setting setting, const char *value, enum origin origin);
/* SETTING_COUNT when there is none of that name. */
enum setting setting_by_name(const char *name);

/*
 * cli_settle() - once the options are in: environment, profile, system file, built in; then make
 * sense of them @profile: -p, or NULL: ACCORD_PROFILE, else the one in use, else none
 */
enum exit_code cli_settle(struct cli *cli, const char *profile);

/* The value, or NULL. */
const char *cli_get(const struct cli *cli, enum setting setting);
/* The value, or NULL, having said how to set it. */
const char *cli_need(const struct cli *cli, enum setting setting);

/* To standard error. say_note() is silent under -q, say_detail() speaks only under -v. */
void say_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void say_note(const struct cli *cli, const char *format, ...)
        __attribute__((format(printf, 2, 3)));
void say_detail(const struct cli *cli, const char *format, ...)
        __attribute__((format(printf, 2, 3)));
/* "accord: WHAT: reason", the reason from -errno @r. Returns EXIT_FAILED. */
enum exit_code say_failure(int r, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Asks a yes-or-no question on the terminal; without one, or under --no-input, complains naming
 * @flag.
 */
bool confirm(const struct cli *cli, const char *flag, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/* "5s", "500ms", "2m" in milliseconds; -1 when it is none. */
int duration_parse(const char *text);

#endif
