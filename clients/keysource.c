/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/keysource.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clients/lib/clock.h"

#define WORDS_MAX 32
#define COMMAND_MAX 4096
#define PATIENCE_MS 60000       /* somebody may have to touch a token */

extern char **environ;

/* Blanks part words, and nothing else means anything. False: none, or too many. */
static bool split(char *text, char *words[WORDS_MAX + 1])
{
        size_t count = 0;
        char *rest = NULL;

        for (char *word = strtok_r(text, " \t", &rest); word; word = strtok_r(NULL, " \t", &rest)) {
                if (count == WORDS_MAX)
                        return false;
                words[count++] = word;
        }
        words[count] = NULL;
        return count > 0 && words[0][0] == '/';
}

/* Nothing of ours goes along but its standard output and our standard error. */
static int begin(char *const words[], int output, pid_t *ret)
{
        posix_spawn_file_actions_t actions;
        int r = posix_spawn_file_actions_init(&actions);

        if (r)
                return -r;
        r = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        if (!r)
                r = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
        if (!r)
                r = posix_spawn(ret, words[0], &actions, NULL, words, environ);
        posix_spawn_file_actions_destroy(&actions);
        return -r;
}

/* To its end, or to one octet more than there can be. 0; -ETIMEDOUT; -EMSGSIZE; -errno. */
static int read_text(int fd, int64_t until, char text[KEYS_TEXT_MAX], size_t *ret_size)
{
        size_t size = 0;

        for (;;) {
                struct pollfd waiting = { .fd = fd, .events = POLLIN };
                int64_t left = until - clock_ms();
                ssize_t n;

                if (left <= 0)
                        return -ETIMEDOUT;
                if (poll(&waiting, 1, (int)left) < 0 && errno != EINTR)
                        return -errno;
                if (!waiting.revents)
                        continue;
                n = read(fd, text + size, KEYS_TEXT_MAX - size);
                if (n < 0 && errno != EINTR)
                        return -errno;
                if (n == 0) {
                        *ret_size = size;
                        return 0;
                }
                size += n > 0 ? (size_t)n : 0;
                if (size == KEYS_TEXT_MAX)
                        return -EMSGSIZE;
        }
}

/* Its wait status, at once or by force. */
static int end(pid_t pid, bool kill_it)
{
        int status = 0;

        if (kill_it)
                kill(pid, SIGKILL);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
                ;
        return status;
}

static enum exit_code judge(const char *command, int r, int status, struct bytes text,
                            struct keys *ret)
{
        if (r == -ETIMEDOUT)
                say_error("key-command %s did not end", command);
        else if (r == -EMSGSIZE)
                say_error("key-command %s prints more than a key file", command);
        else if (r)
                return say_failure(r, "key-command %s", command);
        else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
                say_error("key-command %s failed", command);
        else if (keys_parse(text, ret))
                say_error("what key-command %s prints is no key file", command);
        else
                return EXIT_DONE;
        return EXIT_FAILED;
}

enum exit_code keysource_run(const char *command, int timeout_ms, struct keys *ret)
{
        char copy[COMMAND_MAX], text[KEYS_TEXT_MAX], *words[WORDS_MAX + 1];
        int ends[2], r, status = 0;
        enum exit_code code;
        size_t size = 0;
        pid_t pid;

        snprintf(copy, sizeof(copy), "%s", command);
        if (strlen(command) >= sizeof(copy) || !split(copy, words)) {
                say_error("key-command %s: a program's path from / on, and at most %d arguments",
                          command, WORDS_MAX - 1);
                return EXIT_USAGE;
        }
        if (pipe2(ends, O_CLOEXEC) < 0)
                return say_failure(-errno, "key-command %s", command);
        r = begin(words, ends[1], &pid);
        close(ends[1]);
        if (!r) {
                r = read_text(ends[0], clock_ms() + (timeout_ms > 0 ? timeout_ms : PATIENCE_MS),
                              text, &size);
                status = end(pid, r != 0);
        }
        close(ends[0]);
        code = judge(words[0], r, status, (struct bytes) { text, size }, ret);
        secret_wipe(text, sizeof(text));
        return code;
}

static enum exit_code take_credential(struct reach *reach)
{
        const char *directory = getenv("CREDENTIALS_DIRECTORY");

        if (!directory || *directory != '/')
                return EXIT_ABSENT;
        if (asprintf(&reach->key_file, "%s/node.key", directory) < 0) {
                reach->key_file = NULL;
                return say_failure(-ENOMEM, "%s", directory);
        }
        if (access(reach->key_file, F_OK) < 0)
                return EXIT_ABSENT;
        reach->profile.key_file = reach->key_file;
        return EXIT_DONE;
}

enum exit_code keysource_take(const struct cli *cli, struct reach *reach)
{
        const char *command = cli_get(cli, SETTING_KEY_COMMAND);
        enum exit_code code;

        reach->profile.key_file = cli_get(cli, SETTING_KEY_FILE);
        if (reach->profile.key_file)
                return EXIT_DONE;
        if (command) {
                code = keysource_run(command, PATIENCE_MS, &reach->keys);
                reach->profile.keys = code ? NULL : &reach->keys;
                return code;
        }
        code = take_credential(reach);
        if (code != EXIT_ABSENT)
                return code;
        cli_need(cli, SETTING_KEY_FILE);
        return EXIT_USAGE;
}
