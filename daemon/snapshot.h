/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the daemon leaves in its runtime directory for others to read: stat.json, each second, and
 * endpoints.
 */
#ifndef ACCORD_DAEMON_SNAPSHOT_H
#define ACCORD_DAEMON_SNAPSHOT_H

#include <stdint.h>

#include "core/bytes.h"

/*
 * snapshot_write() - put a file in place of the one of that name
 *
 * A reader sees the old one or the new one, whole. Not synced: it means nothing after a restart.
 * Returns: 0 or -errno.
 */
int snapshot_write(const char *directory, const char *name, struct bytes text);
void snapshot_remove(const char *directory, const char *name);

/* Bytes of memory the process has in use; 0 when the kernel does not say. */
uint64_t snapshot_rss(void);

#endif
