/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/log.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <systemd/sd-journal.h>
#include <time.h>
#include <unistd.h>

#include "core/check.h"

#define TEXT_MAX 3072           /* half of it for particulars */
#define FIELDS_MAX 8

enum limited { LIMITED_ALWAYS, LIMITED_LIMITED };

static const struct log_message messages[] = {
#define X(name, priority, limited, id, says) \
        { #name, (id), (says), LOG_##priority, LIMITED_##limited == LIMITED_LIMITED },
        MESSAGES(X)
#undef X
};

bool log_message(size_t i, struct log_message *ret)
{
        if (i >= MESSAGE_COUNT)
                return false;
        *ret = messages[i];
        return true;
}

/* The manager says which file its journal is; standard error may have been sent elsewhere since. */
static bool stderr_is_journal(void)
{
        const char *stream = getenv("JOURNAL_STREAM");
        uintmax_t device = 0, inode = 0;
        struct stat status;

        return stream && sscanf(stream, "%ju:%ju", &device, &inode) == 2 &&
               fstat(STDERR_FILENO, &status) == 0 && (uintmax_t)status.st_dev == device &&
               (uintmax_t)status.st_ino == inode;
}

void log_open(struct log *ret, int level, enum log_target target)
{
        *ret = (struct log) { .level = level, .fd = STDERR_FILENO };
        ret->prefix = stderr_is_journal();
        ret->journal = target == LOG_TARGET_JOURNAL ||
                       (target == LOG_TARGET_AUTO && ret->prefix);
}

static int64_t now_us(void)
{
        struct timespec now;

        clock_gettime(CLOCK_MONOTONIC, &now);
        return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* FNV-1a. Who collide share a limit: that some line is missing does less harm than no limit. */
static uint64_t hash_of(enum message message, const char *whose)
{
        uint64_t hash = UINT64_C(14695981039346656037) ^ (uint64_t)message;

        for (const char *at = whose ? whose : ""; *at; at++)
                hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
        return (hash ^ hash >> 29) * UINT64_C(1099511628211);
}

bool log_allows(struct log *log, enum message message, const char *whose, int64_t now,
                uint32_t *ret_withheld)
{
        uint64_t hash = hash_of(message, whose);
        struct log_slot *slot = &log->slots[hash % LOG_SLOTS];

        *ret_withheld = 0;
        if (!messages[message].limited)
                return true;
        if (slot->said == 0 || now - slot->since >= LOG_WINDOW_US) {
                *ret_withheld = slot->withheld;
                *slot = (struct log_slot) { .since = now };
        }
        if (slot->said == LOG_BURST) {
                slot->withheld++;
                log->withheld++;
                return false;
        }
        slot->said++;
        return true;
}

/* Text from outside must not end the line it stands in. */
static void tame(char *text)
{
        for (; *text; text++)
                if ((unsigned char)*text < ' ' || *text == 0x7f)
                        *text = '?';
}

struct fields {
        int count;
        struct iovec list[FIELDS_MAX];
        char text[FIELDS_MAX][TEXT_MAX];
};

__attribute__((format(printf, 2, 3)))
static void field_add(struct fields *fields, const char *format, ...)
{
        char *text = fields->text[fields->count];
        va_list arguments;
        int length;

        assert(fields->count < FIELDS_MAX);
        va_start(arguments, format);
        length = vsnprintf(text, TEXT_MAX, format, arguments);
        va_end(arguments);
        if (length >= TEXT_MAX)
                length = TEXT_MAX - 1;
        fields->list[fields->count++] = (struct iovec) { text, length > 0 ? (size_t)length : 0 };
}

static void to_journal(const struct log_message *message, const struct log_about *about,
                       const char *text)
{
        struct fields fields = { .count = 0 };

        field_add(&fields, "MESSAGE=%s", text);
        field_add(&fields, "MESSAGE_ID=%s", message->id);
        field_add(&fields, "PRIORITY=%d", message->priority);
        if (about->node)
                field_add(&fields, "ACCORD_NODE=%s", about->node);
        if (about->refusal)
                field_add(&fields, "ACCORD_REFUSAL=%s", about->refusal);
        if (about->has_index)
                field_add(&fields, "ACCORD_INDEX=%" PRIu64, about->index);
        sd_journal_sendv(fields.list, fields.count);
}

static void to_stderr(const struct log *log, const struct log_message *message,
                      const struct log_about *about, const char *text)
{
        static const char *const urgency[] = {
                "emergency", "alert", "critical", "error", "warning", "notice", "info", "debug",
        };
        char line[TEXT_MAX * 2], head[32], index[40] = "";

        if (log->prefix)
                snprintf(head, sizeof(head), "<%d>", message->priority);
        else
                snprintf(head, sizeof(head), "accordd: %s: ", urgency[message->priority]);
        if (about->has_index)
                snprintf(index, sizeof(index), " index=%" PRIu64, about->index);
        snprintf(line, sizeof(line), "%s%s%s%s%s%s%s", head, text,
                 about->node ? " node=" : "", about->node ? about->node : "",
                 about->refusal ? " refusal=" : "", about->refusal ? about->refusal : "", index);
        dprintf(log->fd, "%s\n", line);
}

void log_say(struct log *log, enum message message, const struct log_about *about,
             const char *format, ...)
{
        static const struct log_about nobody = { 0 };
        const struct log_message *row = &messages[message];
        char text[TEXT_MAX], more[TEXT_MAX / 2] = "";
        uint32_t withheld = 0;
        va_list arguments;

        about = about ? about : &nobody;
        if (row->priority > log->level ||
            !log_allows(log, message, about->limit ? about->limit : about->node, now_us(),
                        &withheld))
                return;
        va_start(arguments, format);
        vsnprintf(more, sizeof(more), format, arguments);
        va_end(arguments);
        snprintf(text, sizeof(text), "%s%s%s", row->says, *more ? ": " : "", more);
        if (withheld > 0)
                snprintf(text + strlen(text), sizeof(text) - strlen(text),
                         " (%" PRIu32 " more were not logged)", withheld);
        tame(text);
        if (log->journal)
                to_journal(row, about, text);
        else
                to_stderr(log, row, about, text);
}
