/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/own.h"
#include "store/folder.h"

static void text_cleanup(char **text)
{
        free(*text);
}

int folder_make(const char *path)
{
        own(text) char *copy = strdup(path);
        own(fd) int above = -1;

        if (!copy)
                return -ENOMEM;
        if (mkdir(path, 0700) < 0)
                return -errno;

        above = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (above < 0 || fsync(above) < 0)
                return -errno;
        return 0;
}
