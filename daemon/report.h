/* SPDX-License-Identifier: Apache-2.0 */
/* The daemon's figures, gathered from all its parts, as one JSON document. */
#ifndef ACCORD_DAEMON_REPORT_H
#define ACCORD_DAEMON_REPORT_H

struct daemon;
struct sink;

/* Appends to @sink: 0 or -errno. Also looks after the alarms that figures can tell of. */
int report_write(struct daemon *daemon, struct sink *sink);

/* Counts an answer as it is sent, and logs it when it is a refusal. */
struct bytes;
void report_answer(struct daemon *daemon, const struct bytes *answer, const unsigned char key[32]);

#endif
