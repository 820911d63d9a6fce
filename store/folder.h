/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_STORE_FOLDER_H
#define ACCORD_STORE_FOLDER_H

#include <unistd.h>

static inline void fd_cleanup(int *fd)
{
        if (*fd >= 0)
                close(*fd);
}

/*
 * folder_make() - make a directory of mode 0700 whose name is on the disk when this returns
 *
 * Returns: 0; -EEXIST; -errno.
 */
int folder_make(const char *path);

#endif
