/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/ledger-open.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "daemon/backup_file.h"
#include "daemon/prove.h"

enum exit_code ledger_refused(const char *directory, int r)
{
        switch (r) {
        case 0:
                return EXIT_DONE;
        case -EWOULDBLOCK:
                say_error("%s is open in a running hub: stop it, or look at a backup", directory);
                return EXIT_CONFLICT;
        case -ENOENT:
                say_error("there is no ledger in %s; --ledger says where it is", directory);
                return EXIT_ABSENT;
        case -EACCES:
        case -EPERM:
                say_error("%s may not be read by this user: run it as the hub's user or group",
                          directory);
                return EXIT_RIGHTS;
        case -EILSEQ:
                say_error("%s does not prove: what is on the disk is not what was written",
                          directory);
                return EXIT_INTEGRITY;
        case -ESTALE:
                say_error("%s was written by an older version of accord: start its daemon once, "
                          "which makes its tables anew", directory);
                return EXIT_FAILED;
        case -EPROTO:
                say_error("%s was written by a newer version of accord", directory);
                return EXIT_FAILED;
        default:
                return say_failure(r, "%s", directory);
        }
}

enum exit_code ledger_open(const struct cli *cli, struct hub **ret)
{
        const char *directory = cli_get(cli, SETTING_LEDGER);
        const struct hub_options options = { .directory = directory, .read_only = true };

        return ledger_refused(directory, hub_open(ret, &options));
}

bool checkpoint_look(struct bytes note, struct checkpoint *ret)
{
        const char *line = note.size ? memchr(note.data, '\n', note.size) : NULL;
        const char *stop = note.size ? memmem(note.data, note.size, "\n\n", 2) : NULL;
        char origin[NOTE_NAME_MAX + 1];
        size_t length = line ? (size_t)(line - (const char *)note.data) : 0;

        if (!stop || length > NOTE_NAME_MAX)
                return false;
        memcpy(origin, note.data, length);
        origin[length] = '\0';
        note.size = (size_t)(stop - (const char *)note.data) + 1;
        return checkpoint_parse(note, origin, ret) == 0;
}

static char left_behind[BACKUP_PATH_MAX];

/* In the middle of anything: what a signal handler may call, and little more. */
static void leave(const char *says)
{
        static const char before[] = "accord: the ledger's file is damaged: ";

        if (write(STDERR_FILENO, before, sizeof(before) - 1) < 0 ||
            write(STDERR_FILENO, says, strlen(says)) < 0 || write(STDERR_FILENO, "\n", 1) < 0)
                _exit(EXIT_INTEGRITY);
        if (*left_behind)
                backup_discard(left_behind);
        _exit(EXIT_INTEGRITY);
}

void ledger_expect_damage(void)
{
        prove_on_damage(leave);
}

void ledger_leaves_behind(const char *directory)
{
        snprintf(left_behind, sizeof(left_behind), "%s", directory);
}
