/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/notify.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <systemd/sd-daemon.h>

void notify_ready(const char *status)
{
        sd_notifyf(0, "READY=1\nSTATUS=%s", status);
}

void notify_status(const char *status)
{
        sd_notifyf(0, "STATUS=%s", status);
}

void notify_stopping(void)
{
        sd_notify(0, "STOPPING=1\nSTATUS=finishing what was begun");
}

void notify_watchdog(void)
{
        sd_notify(0, "WATCHDOG=1");
}

void notify_patience(uint64_t us)
{
        sd_notifyf(0, "EXTEND_TIMEOUT_USEC=%" PRIu64, us);
}

int notify_passed(const char *name)
{
        char **names = NULL;
        int found = 0, count = sd_listen_fds_with_names(0, &names);

        for (int i = 0; i < count; i++) {
                int fd = SD_LISTEN_FDS_START + i;

                if (!found && strcmp(names[i], name) == 0 &&
                    sd_is_socket(fd, AF_UNSPEC, SOCK_STREAM, 1) > 0)
                        found = fd;
                free(names[i]);
        }
        free(names);
        return found;
}

uint64_t notify_watchdog_interval(void)
{
        uint64_t us = 0;

        return sd_watchdog_enabled(0, &us) > 0 ? us : 0;
}
