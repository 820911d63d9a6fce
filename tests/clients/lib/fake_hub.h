/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A hub for tests: ROUTER with CURVE and ZAP, PUB for signals, in a thread of its own. Its rules
 * are those of the real one as far as a client sees them: sequences, same bytes same answer,
 * signed refusals, leaves. What goes wrong on the way is scripted.
 */
#ifndef ACCORD_TESTS_CLIENTS_LIB_FAKE_HUB_H
#define ACCORD_TESTS_CLIENTS_LIB_FAKE_HUB_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/clients/lib/stage.h"

/* What happens to a submission, or to its answer. */
enum mishap {
        HAP_NOTHING,
        HAP_LOST,               /* never arrives */
        HAP_UNANSWERED,         /* taken; the answer is lost */
        HAP_TWICE,              /* the answer comes twice */
        HAP_LATE,               /* the answer comes after the next one's */
        HAP_BUSY,
        HAP_GAP,                /* says that a number is missing */
        HAP_CUT,                /* the connection breaks, and what was on its way */
        HAP_WRONG_LEAF,
        HAP_WRONG_SIGNATURE,    /* of a refusal */
        HAP_COUNT,
};

struct fake_hub;

/*
 * @mishap: called in the hub's thread for the n-th submission frame, from 0; NULL: nothing goes
 * wrong.
 */
struct fake_hub *fake_hub_start(struct stage *stage,
                                enum mishap (*mishap)(void *with, uint64_t n), void *with);
/* Ends the thread; what it took can be looked at from then on. */
void fake_hub_stop(struct fake_hub *hub);
void fake_hub_free(struct fake_hub *hub);

/* Before the first frame. */
void fake_hub_window(struct fake_hub *hub, uint32_t window);
void fake_hub_knows_nobody(struct fake_hub *hub, bool nobody);
void fake_hub_shorten(struct fake_hub *hub);            /* the log loses its last entry */

/*
 * Receipts come with proofs in the tree of @history, and questions for proofs and keys are
 * answered; before the first frame. The history must outlive the hub.
 */
struct history;
void fake_hub_prove(struct fake_hub *hub, struct history *history);
void fake_hub_mute(struct fake_hub *hub, bool mute);    /* asked for a proof it says nothing */
void fake_hub_fork(struct fake_hub *hub);               /* entries from 1 on become others */
/* Loses all from entry @kept on, begins a new epoch that says so, and is started anew. */
void fake_hub_lose(struct fake_hub *hub, uint64_t kept);

/* After the stop: numbers of the facts taken, in order of the log. */
struct fake_taken {
        const uint64_t *numbers;
        uint64_t count, entries, refusals, frames, same_again, equivocations;
};
struct fake_taken fake_hub_taken(const struct fake_hub *hub);

/* Makes the party's next signal; @send: over PUB, else only by asking. */
void fake_hub_signal(struct fake_hub *hub, bool send);
void fake_hub_heartbeat(struct fake_hub *hub);
/* Rubbish under the node's topic, a record signed by somebody else. */
void fake_hub_rubbish(struct fake_hub *hub);
uint64_t fake_hub_asked(const struct fake_hub *hub);    /* queries for signals */

/* Answers what the party's contracts reward with this, which is copied; before the first frame. */
void fake_hub_reward(struct fake_hub *hub, const struct incentive_signal *signal);
/* Sends a frame over PUB as it is, sealed by the hub or, @forged, by somebody else. */
void fake_hub_send(struct fake_hub *hub, const struct signal_frame *frame, bool forged);
/* So many octets that are no frame, sealed by the hub. */
void fake_hub_send_long(struct fake_hub *hub, size_t size);

/* After the stop: all that clients sent, each frame once, as it was before the curve. */
struct bytes fake_hub_heard(const struct fake_hub *hub);

#endif
