/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The hub's control socket, on the hub's own machine: who may use it is decided by the socket's
 * owner and mode.
 */
#ifndef ACCORD_CLIENTS_LIB_CONTROL_H
#define ACCORD_CLIENTS_LIB_CONTROL_H

#include "clients/lib/error.h"
#include "core/message.h"

#define ACCORD_CONTROL_SOCKET "/run/accord/control.sock"

struct accord_control;

/* Returns: 0; UNREACHABLE when nobody listens there; NOT_PERMITTED. */
int accord_control_open(struct accord_control **ret, const char *path, struct accord_error *error);
void accord_control_close(struct accord_control *control);      /* NULL is fine */
void accord_control_cleanup(struct accord_control **control);

/*
 * accord_control_ask() - one request, one answer
 * @timeout_ms: < 0: for ever
 * @ret:        valid until the next call; set also when the answer is a refusal
 *
 * Returns: 0; IN_DOUBT when it was sent and not answered (admissions can be asked for again: same
 * content, same entry or a refusal that says so); what accord_code_of_refusal() makes of the
 * answer's code.
 */
int accord_control_ask(struct accord_control *control, const struct control_request *request,
                       int timeout_ms, const struct control_answer **ret,
                       struct accord_error *error);

/* The reply to an ingested file, decoded: a receipt or a refusal. Valid until the next call. */
struct hub_frame;                       /* proto/wire.h */
int accord_control_reply(struct accord_control *control, const struct control_answer *answer,
                         const struct hub_frame **ret, struct accord_error *error);

#endif
