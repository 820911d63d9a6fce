/* SPDX-License-Identifier: Apache-2.0 */
/* The settings of a hub that does not run. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/own.h"
#include "store/folder.h"
#include "store/guard.h"
#include "tests/torture/client.h"
#include "tests/world/must.h"

#define CONFIG_MAX 8192

void client_set(const struct client *client, const char *section, const char *key,
                const char *value)
{
        char path[256], head[64], text[CONFIG_MAX], *line, *rest;
        bool here = false;
        size_t size;
        FILE *file;

        snprintf(path, sizeof(path), "%s/accordd.conf", client->accordd.directory);
        snprintf(head, sizeof(head), "[%s]", section);
        file = fopen(path, "r");
        must_be(file != NULL, path);
        size = fread(text, 1, sizeof(text) - 1, file);
        fclose(file);
        text[size] = '\0';
        file = fopen(path, "w");
        must_be(file != NULL, path);
        for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
                if (line[0] == '[')
                        here = strcmp(line, head) == 0;
                if (!here || strncmp(line, key, strlen(key)) != 0)
                        fprintf(file, "%s\n", line);
                if (here && line[0] == '[')
                        fprintf(file, "%s = %s\n", key, value);
        }
        must_be(fclose(file) == 0, path);
}

void client_move_guard(const struct client *client, const char *to)
{
        char from[256];
        uint8_t sectors[GUARD_SIZE];
        own(fd) int source = -1, target = -1;

        snprintf(from, sizeof(from), "%s/guard", client->accordd.directory);
        source = open(from, O_RDONLY | O_CLOEXEC);
        target = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        must_be(source >= 0 && read(source, sectors, sizeof(sectors)) == GUARD_SIZE, from);
        must_be(target >= 0 && write(target, sectors, sizeof(sectors)) == GUARD_SIZE, to);
        must_be(unlink(from) == 0, from);
        client_set(client, "guard", "file", to);
}
