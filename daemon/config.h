/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What accordd can be told: one table, from which come the struct, the parser, the bounds,
 * --print-defaults, and (held to it by a test) accordd.conf(5).
 *
 * Files: the one named, then every *.conf in the directory of its name with ".d" added, in order of
 * name; a later file overrides. What is not in the table is an error, with its file and line.
 */
#ifndef ACCORD_DAEMON_CONFIG_H
#define ACCORD_DAEMON_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define CONFIG_FILE "/etc/accord/accordd.conf"
#define CONFIG_TEXT_MAX 180     /* libinih's line holds 197 characters, key and all */
#define CONFIG_IDS_MAX 16
#define CONFIG_FAULTS_MAX 32

struct config_ids {
        size_t count;
        uint32_t ids[CONFIG_IDS_MAX];
};

/*
 * section, key, type, least, most, default, what it says. Types: PATH (absolute; empty where least
 * is 0), ENDPOINT, COUNT, SIZE, DURATION, LEVEL, TARGET, USERS, GROUPS.
 */
#define SETTINGS(X)                                                                              \
        X(ledger, directory, PATH, 1, 0, "/var/lib/accord/ledger", "Where the ledger is.")       \
        X(ledger, quota, SIZE, 0, UINT64_C(1) << 50, "0",                                        \
          "Bytes the ledger may take on disk; 0: as much as there is.")                          \
        X(ledger, map_size, SIZE, UINT64_C(1) << 24, UINT64_C(1) << 46, "1T",                    \
          "Address space kept for the ledger; never grown while running.")                       \
        X(guard, file, PATH, 1, 0, "/var/lib/accord-guard/guard",                                \
          "Where the hub keeps how far the log has come; not within the ledger's directory.")    \
        X(blocks, directory, PATH, 0, 0, "",                                                     \
          "Where member-level rows are; empty: the ledger's directory with .blocks added.")      \
        X(blocks, quota, SIZE, 0, UINT64_C(1) << 50, "0",                                        \
          "Bytes they may take on disk; 0: as much as there is.")                                \
        X(backup, directory, PATH, 0, 0, "",                                                     \
          "Where copies are made; empty: the ledger's directory with .backup added.")            \
        X(scrub, rate, COUNT, 0, 1000000000, "2000",                                             \
          "Entries looked through a second; 0: only when somebody asks for it.")                 \
        X(scrub, every, DURATION, UINT64_C(60000000), UINT64_C(2592000000000), "24h",            \
          "How often all of it is looked through; a pass that would take longer goes faster.")   \
        X(keys, file, PATH, 0, 0, "",                                                            \
          "The hub's key file; empty: hub.key of the service's credentials, or of /etc/accord.") \
        X(keys, previous, PATH, 0, 0, "",                                                        \
          "The key file it signed with before: checkpoints bear its signature too; empty: none.") \
        X(bus, intake, ENDPOINT, 0, 0, "tcp://*:7410",                                           \
          "Where nodes send to. A port of * is chosen by the system; [::] is IPv4 and IPv6.")    \
        X(bus, signals, ENDPOINT, 0, 0, "tcp://*:7411",                                          \
          "Where nodes subscribe to signals. A port of * is chosen by the system.")              \
        X(bus, window, COUNT, 1, 65536, "256", "Submissions a node may have unanswered.")        \
        X(bus, rate, COUNT, 0, 1000000000, "0",                                                  \
          "Submissions a node may make in a second; 0: no limit.")                               \
        X(bus, receive_high_water, COUNT, 1, 65536, "128",                                       \
          "Messages of one connection that wait in memory to be read.")                          \
        X(bus, send_high_water, COUNT, 1, 65536, "1024",                                         \
          "Messages to one connection that wait in memory to be sent; more are dropped.")        \
        X(bus, backlog, COUNT, 1, 65535, "1024", "Connections the kernel keeps waiting for us.") \
        X(bus, handshake, DURATION, 100000, 300000000, "5s",                                     \
          "Time a connection has to prove who it is.")                                           \
        X(bus, heartbeat, DURATION, 100000, 300000000, "5s",                                     \
          "How often a silent connection is asked if it lives; thrice that without answer ends " \
          "it.")                                                                                 \
        X(control, operators, USERS, 0, 0, "",                                                   \
          "Users, by name or number, who may use the control socket besides root and our own.")  \
        X(control, groups, GROUPS, 0, 0, "", "Groups whose members may use it too.")             \
        X(control, auditors, USERS, 0, 0, "",                                                    \
          "Users who may read over it what parties said, each reading on the record, and nothing " \
          "else. Root and our own user may not unless they are named here.")                     \
        X(control, auditor_groups, GROUPS, 0, 0, "", "Groups whose members may read so too.")    \
        X(control, succession, DURATION, UINT64_C(86400000000), UINT64_C(31536000000000), "30d", \
          "How long a party has to object to who is to follow it.")                              \
        X(control, clients, COUNT, 1, 256, "16", "Connections to the control socket at a time.") \
        X(control, timeout, DURATION, 100000, 3600000000, "30s",                                 \
          "Time such a connection may be silent or slow.")                                       \
        X(runtime, directory, PATH, 0, 0, "",                                                    \
          "For the control socket, stat.json and endpoints; empty: the service's own or "        \
          "/run/accord.")                                                                        \
        X(worker, nice, COUNT, 0, 19, "10",                                                      \
          "How far the settlement thread stands back for the intake, as in nice(1).")            \
        X(log, level, LEVEL, 0, 0, "info",                                                       \
          "The least urgent that is logged: error, warning, notice, info or debug.")             \
        X(log, target, TARGET, 0, 0, "auto",                                                     \
          "Where to: journal, plain (standard error), or auto: the journal when it is there.")

struct config {
#define SETTING_PATH(name) char name[CONFIG_TEXT_MAX + 1];
#define SETTING_ENDPOINT(name) char name[CONFIG_TEXT_MAX + 1];
#define SETTING_COUNT(name) uint64_t name;
#define SETTING_SIZE(name) uint64_t name;
#define SETTING_DURATION(name) uint64_t name;   /* us */
#define SETTING_LEVEL(name) unsigned int name;  /* as syslog(3) numbers them */
#define SETTING_TARGET(name) unsigned int name; /* enum config_target */
#define SETTING_USERS(name) struct config_ids name;
#define SETTING_GROUPS(name) struct config_ids name;
#define X(section, key, type, least, most, value, says) SETTING_##type(section##_##key)
        SETTINGS(X)
#undef X
};

enum config_target { CONFIG_TARGET_AUTO, CONFIG_TARGET_JOURNAL, CONFIG_TARGET_PLAIN };

/* Everything that is wrong, one sentence each, with its file and line. */
struct config_faults {
        size_t count, more;
        char text[CONFIG_FAULTS_MAX][CONFIG_TEXT_MAX + 200];
};

void config_defaults(struct config *ret);

/*
 * config_load() - defaults, then @path, then what lies in @path.d/
 * Returns: 0; -EINVAL with @ret_faults; -ENOENT when there is no such file; -errno.
 */
int config_load(struct config *ret, const char *path, struct config_faults *ret_faults);

/* One setting. 0; -EINVAL with the reason in @ret_says. */
int config_set(struct config *config, const char *section, const char *key, const char *value,
               char *ret_says, size_t size);

/* A complete file, every setting at its default and explained. */
void config_print_defaults(FILE *out);

struct setting {
        const char *section, *key, *type, *value, *says;
};

/* The rows of the table, in order; false past the last. */
bool config_setting(size_t i, struct setting *ret);

/* Whether both say the same in row @i. */
bool config_same(const struct config *a, const struct config *b, size_t i);

#endif
