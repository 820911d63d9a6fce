/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What accordd logs: this table, and nothing else (accordd(8) lists it). To the journal as fields,
 * else as plain lines. Never terms, amounts or what a message says: the ledger is the record of
 * business. What a stranger or a node can cause is LIMITED: so many a minute for each of them, the
 * rest counted.
 */
#ifndef ACCORD_DAEMON_LOG_H
#define ACCORD_DAEMON_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <syslog.h>

/* name, priority, limited, MESSAGE_ID, sentence */
#define MESSAGES(X)                                                                                \
        X(SERVING,          NOTICE,  ALWAYS,  "2ddcb7e3090841c28bc7670da003bd40",                  \
          "serving")                                                                               \
        X(STOPPING,         NOTICE,  ALWAYS,  "ca4fe1e2df1f49d88c98bcf54e164e1f",                  \
          "stopping")                                                                              \
        X(STOPPED,          NOTICE,  ALWAYS,  "21eb08a435444487bbca424409d33837",                  \
          "stopped")                                                                               \
        X(NOT_STARTED,      ERR,     ALWAYS,  "18f41bf72ceb4e13bc935a231c5dc71b",                  \
          "cannot start")                                                                          \
        X(RELOADED,         NOTICE,  ALWAYS,  "e5204d59125f4530aaee5c2fea272360",                  \
          "configuration read again")                                                              \
        X(COMMIT_FAILED,    CRIT,    ALWAYS,  "982386ea789d460ba54249122013eb45",                  \
          "the ledger could not be written, the outcome is unknown, nothing was said; leaving")    \
        X(GUARD_DAMAGED,    WARNING, ALWAYS,  "009ede6e40c04cfcaccab3906874e20b",                  \
          "one half of the guard did not prove; the other counts, and the next commit mends it")   \
        X(BLOCKS_LOST,      WARNING, ALWAYS,  "5d0f2c7be84a4a52a6b0c3c0a5f1d9e7",                  \
          "member-level rows are not what their entries say; runs wait until they are sent again") \
        X(EPOCH_BEGUN,      WARNING, ALWAYS,  "91d2cfd444854c41a57f8ec45a891a63",                  \
          "a new epoch was begun")                                                                 \
        X(DAMAGE,           CRIT,    ALWAYS,  "717839033d0e4862b3070281ac3b2591",                  \
          "the ledger is damaged: nothing is taken or signed, queries are answered")               \
        X(BACKED_UP,        NOTICE,  ALWAYS,  "98ed9623833a4cf1b12f94089ad3f5ea",                  \
          "a copy of the ledger was made and proved")                                              \
        X(BACKUP_FAILED,    ERR,     ALWAYS,  "27023f312f214e529bac296d064c6fe0",                  \
          "no copy of the ledger could be made")                                                   \
        X(NO_SPACE,         ERR,     LIMITED, "e4dc57767b474ea8a99003cbd325ccd3",                  \
          "no room for the ledger to grow, the intake answers BUSY")                               \
        X(SPACE_SHORT,      WARNING, LIMITED, "d02dd2d6eb9a43d98ab397c8685aa408",                  \
          "the ledger has used most of the room it has")                                          \
        X(CLOCK_WRONG,      ERR,     LIMITED, "5e98b9c0f4594460b22ec76dfe822048",                  \
          "the clock jumped ahead, the intake answers BUSY until it is right or accordd restarts") \
        X(CLOCK_RIGHT,      NOTICE,  ALWAYS,  "1a2f079370474782ba1949645342549a",                  \
          "the clock is right again")                                                              \
        X(CLOCK_BEHIND,     WARNING, LIMITED, "362a7399b4b0404dae2759dd37061c17",                  \
          "the clock is behind the last entry, new entries are stamped right after it")            \
        X(ADMITTED,         NOTICE,  ALWAYS,  "ab15da34b2b2494f9385e3a5924da229",                  \
          "admitted")                                                                              \
        X(REVOKED,          NOTICE,  ALWAYS,  "51ac515676494c5db6ca46f5c86991d5",                  \
          "revoked")                                                                               \
        X(SUCCESSION,       NOTICE,  ALWAYS,  "52cef091c70e4d8a865251c040b5e484",                  \
          "an operator announced who is to follow a party")                                        \
        X(HUB_KEY,          NOTICE,  ALWAYS,  "55e922072a944bfd8a2a0c2aee20200e",                  \
          "the hub signs with another key file than it was told")                                  \
        X(RUN_ORDERED,      NOTICE,  ALWAYS,  "65007d139fa44f1182b5e75b67d679c1",                  \
          "an operator ordered a run")                                                             \
        X(BLOCKS_ERASED,    NOTICE,  ALWAYS,  "6b2c5524d023471c9e2755137c83f78f",                  \
          "an operator erased member-level rows")                                                  \
        X(CONTENT_READ,     NOTICE,  ALWAYS,  "f513945d2fd24dc8a1ab2c28d61269d7",                  \
          "an auditor read what parties said")                                                     \
        X(RUN_FAILED,       ERR,     LIMITED, "1334b264b5fe421386d364812589a8e1",                  \
          "a settlement run could not be computed and is tried again")                             \
        X(RELEASED,         NOTICE,  ALWAYS,  "2df9185abb7141afa244fa69f7eb7cf8",                  \
          "figures of the community were released")                                                \
        X(REFUSED,          INFO,    LIMITED, "3b671647953440fa8493cd2784cd3e0f",                  \
          "a submission was refused")                                                              \
        X(KEY_REFUSED,      INFO,    LIMITED, "469ec5d7bbcd4a7fb5f57272404f3ebd",                  \
          "a connection was refused by its key")                                                   \
        X(HANDSHAKE_FAILED, INFO,    LIMITED, "ed047bc64ee44b978c91e8cdce967361",                  \
          "a connection did not prove who it is")                                                  \
        X(ACCEPT_FAILED,    WARNING, LIMITED, "88abb4ca262143eb8287891c19711db0",                  \
          "a connection could not be accepted")                                                    \
        X(FRAME_DROPPED,    WARNING, LIMITED, "5638f167a53e440fb0361d1dba6d65b9",                  \
          "a message was not one frame from an unnamed connection, dropped")                       \
        X(TOPIC_REFUSED,    WARNING, LIMITED, "b7261abb84e04053800b04b0e6c66ac8",                  \
          "a subscription to what is not the node's own was dropped")                              \
        X(UPSTREAM_DROPPED, WARNING, LIMITED, "9a2bc38b131c4b6898757e28d5f0806d",                  \
          "a subscriber sent what is no subscription, dropped")                                    \
        X(CONTROL_REFUSED,  WARNING, LIMITED, "0b1ced5ee17f41659247e30047eacbc8",                  \
          "a user who may not was refused at the control socket")                                  \
        X(EDGE_LOST,        WARNING, LIMITED, "038a5b5e3853460b88db28ee540af1e5",                  \
          "messages waited without a sign, found by the safety timer")                             \
        X(SNAPSHOT_FAILED,  WARNING, LIMITED, "42190a2fd8c0444eaee3d6214c744a4e",                  \
          "the figures in the runtime directory could not be renewed")                             \
        X(FAILPOINT,        WARNING, ALWAYS,  "ae3751218ec24ea7963784ac28bcf18c",                  \
          "a failpoint is set: this is a test")

enum message {
#define X(name, priority, limited, id, says) MESSAGE_##name,
        MESSAGES(X)
#undef X
        MESSAGE_COUNT,
};

enum log_target { LOG_TARGET_AUTO, LOG_TARGET_JOURNAL, LOG_TARGET_PLAIN };

#define LOG_SLOTS 256
#define LOG_BURST 10            /* of one message about one node or peer ... */
#define LOG_WINDOW_US INT64_C(60000000) /* ... in so long */

struct log_slot {
        int64_t since;
        uint32_t said, withheld;
};

struct log {
        int level;              /* as syslog(3) numbers them */
        bool journal;
        bool prefix;            /* "<6>" before a plain line: somebody reads it */
        int fd;                 /* for plain lines */
        uint64_t withheld;
        struct log_slot slots[LOG_SLOTS];
};

/* Whom or what it is about; what is NULL is left out. */
struct log_about {
        const char *limit;      /* against whose limit it counts; NULL: the node's */
        const char *node;       /* PARTY/NODE, or a key in hex where there is no node */
        const char *refusal;
        bool has_index;
        uint64_t index;
};

void log_open(struct log *ret, int level, enum log_target target);

/* @about may be NULL; @format "" for nothing more than the message's own sentence. */
__attribute__((format(printf, 4, 5))) void log_say(struct log *log, enum message message,
                                                   const struct log_about *about,
                                                   const char *format, ...);

struct log_message {
        const char *name, *id, *says;
        int priority;
        bool limited;
};

/* The rows of the table; false past the last. */
bool log_message(size_t i, struct log_message *ret);

/* May it be said? Counts it. @ret_withheld: how many were not, since the last that was. */
bool log_allows(struct log *log, enum message message, const char *whose, int64_t now,
                uint32_t *ret_withheld);

#endif
