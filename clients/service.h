/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a program that runs for months needs beside its work: an end when it is asked to, a service
 * manager that knows how it is, and lines with a weight for its journal.
 */
#ifndef ACCORD_CLIENTS_SERVICE_H
#define ACCORD_CLIENTS_SERVICE_H

#include <stdbool.h>

/* SIGTERM and SIGINT end it from now on. */
void service_begin(void);
/* The signal that asked for the end; 0: none did. */
int service_ended(void);
/* Sleeps, but not past the end. False: it is over. */
bool service_sleep(int ms);

/* As sd_notify(3): "READY=1"; nothing where no service manager listens. */
void service_notify(const char *state);

/* Numbers are those of syslog(3). */
enum service_weight { SERVICE_CRIT = 2, SERVICE_WARNING = 4, SERVICE_NOTICE = 5 };

/* A line on standard error; with its weight in front where that is a journal. */
void service_say(enum service_weight weight, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

#endif
