/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the operator asks over the control socket, done: in a batch what makes an entry, after its
 * commit the answer.
 */
#ifndef ACCORD_DAEMON_OPERATOR_H
#define ACCORD_DAEMON_OPERATOR_H

#include <stdint.h>

#include "core/message.h"
#include "daemon/control.h"
#include "daemon/staff.h"
#include "proto/arena.h"

struct hub;
struct log;

struct operator_act {
        uint64_t session;
        uint32_t uid;
        enum control_kind kind;
        union {
                struct staff_reading reading;
                struct { uint64_t from; uint32_t most; } leaves;
        };
        struct control_answer answer;
        char about[2 * NAME_MAX_LENGTH + 2];    /* PARTY or PARTY/NODE, for the log */
};

/*
 * operator_do() - decode a request, and do in the batch what is to be done there
 * @hub: NULL when there can be no batch now: what needs one is answered BUSY, with @busy for a
 * reason
 *
 * A refusal is in the answer. Returns: 0 or -errno (the batch is spoilt).
 */
int operator_do(struct hub *hub, struct arena *arena, const struct control_ask *ask,
                const char *busy, struct operator_act *ret);

/*
 * operator_answer() - after the commit: write the answer
 * @stat: the statistics as JSON, for whom asked for them
 *
 * Returns: 0; -ENOBUFS when @sink is too small for it; -ENOMEM.
 */
int operator_answer(const struct hub *hub, struct operator_act *act, struct bytes stat,
                    struct sink *sink);

/* Admissions, revocations and orders, with who said so. */
void operator_log(struct log *log, const struct operator_act *act);

#endif
