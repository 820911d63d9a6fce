/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/malice/verify.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "proof/keyfile.h"
#include "tests/world/must.h"

#define VERIFY_MS 60000

/* The child's part: its settings come from the environment, its words go to a file. */
static void become(const char *program, const struct accordd *accordd, const struct node *node,
                   const char *out)
{
        char path[512], as[2 * NAME_MAX_LENGTH + 2];
        int fd = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600);

        dup2(fd, STDOUT_FILENO);
        dup2(fd, STDERR_FILENO);
        setenv("ACCORD_HUB", accordd->intake, 1);
        setenv("ACCORD_SIGNALS", accordd->signals, 1);
        snprintf(path, sizeof(path), "%s/hub.key.pub", accordd->directory);
        setenv("ACCORD_HUB_KEY", path, 1);
        snprintf(path, sizeof(path), "%s/node.key", node->directory);
        setenv("ACCORD_KEY_FILE", path, 1);
        setenv("ACCORD_STATE_DIR", node->directory, 1);
        snprintf(as, sizeof(as), "%s/%s", node->path.party.text, node->path.node.text);
        setenv("ACCORD_AS", as, 1);
        setenv("ACCORD_TIMEOUT", "20s", 1);
        execl(program, program, "verify", "--fetch", "--no-input", "-o", "csv", (char *)NULL);
        _exit(127);
}

/* A row that says NO, else the last line. */
static void read_verdict(const char *path, char *ret_says, size_t size)
{
        char line[1024];
        bool found = false;
        FILE *file = fopen(path, "r");

        must_be(file != NULL, path);
        ret_says[0] = 0;
        while (!found && fgets(line, sizeof(line), file)) {
                found = strstr(line, ",NO,") && strncmp(line, "verdict", 7) != 0;
                line[strcspn(line, "\n")] = 0;
                if (line[0])
                        snprintf(ret_says, size, "%s", line);
        }
        fclose(file);
}

int verify_fetch(const char *program, const struct accordd *accordd, const struct node *node,
                 char *ret_says, size_t size)
{
        char path[512], out[512];
        int status;
        pid_t pid;

        snprintf(path, sizeof(path), "%s/hub.key.pub", accordd->directory);
        if (access(path, F_OK) != 0)
                must(keyfile_write_public(path, &accordd->keys.public), path);
        snprintf(path, sizeof(path), "%s/node.key", node->directory);
        if (access(path, F_OK) != 0)
                must(keyfile_write(path, &node->keys), path);
        snprintf(out, sizeof(out), "%s/verify.out", accordd->directory);
        pid = child_fork();
        if (!pid)
                become(program, accordd, node, out);
        status = child_wait(pid, VERIFY_MS);
        read_verdict(out, ret_says, size);
        return status >= 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
