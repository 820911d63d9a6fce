/* SPDX-License-Identifier: Apache-2.0 */
/* What the service manager is told. All of it does nothing when nobody listens. */
#ifndef ACCORD_DAEMON_NOTIFY_H
#define ACCORD_DAEMON_NOTIFY_H

#include <stdint.h>

/* Only when the ledger is proved and every socket is bound. */
void notify_ready(const char *status);
void notify_status(const char *status);
void notify_stopping(void);
void notify_watchdog(void);
/* Starting or stopping takes longer: have patience for so much from now on. */
void notify_patience(uint64_t us);

/*
 * A listening socket that the manager made for us, by the name its unit gives it; 0 when there is
 * none. So the service can run without a network of its own, and the port is open before we are.
 */
int notify_passed(const char *name);

/* How often the manager wants to hear from us, in us; 0 when it does not. */
uint64_t notify_watchdog_interval(void);

#endif
