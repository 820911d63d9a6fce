/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A disk that can lose its power: ext4 in a file on a loop device, mounted where only this process
 * and its children see it, so that nothing of it is left when they have ended, however they do.
 *
 * A cut is EXT4_IOC_SHUTDOWN without flushing the journal: from that moment nothing more reaches
 * the file, and what was not synced until then is gone when it is mounted again.
 */
#ifndef ACCORD_TESTS_TORTURE_DISK_H
#define ACCORD_TESTS_TORTURE_DISK_H

#include <stdbool.h>
#include <stddef.h>

struct disk {
        char parent[160];               /* holds the file, and the directory to mount at */
        char image[192], top[192];
        bool mounted;
};

/* Makes, formats and mounts it. Says "skipped" and why, and ends with 77, where that cannot be. */
void disk_make(struct disk *disk, unsigned int megabytes);
/* Unmounts it, and removes what was made. */
void disk_remove(struct disk *disk);

/* All that was written so far is on it from now on. */
void disk_sync(const struct disk *disk);
/* The power goes. What is open on it can be closed and no more. */
void disk_cut(const struct disk *disk);
/* Unmounts it, when nobody has anything open there, and mounts it again. */
void disk_again(struct disk *disk);

#endif
