/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The frames between the bus and a batch: received, their signatures perhaps checked ahead, taken
 * in the order they came.
 *
 * A batch ends with the last frame that was checked in the meantime, once it holds some: those
 * behind it are checked while it is committed, and neither the processor waits for the disk
 * nor the disk for the processor. With few frames there is nothing to overlap, and all go in.
 */
#ifndef ACCORD_DAEMON_FRAMES_H
#define ACCORD_DAEMON_FRAMES_H

#include "daemon/bus.h"
#include "daemon/hub.h"

#define FRAMES_SOME 256         /* a batch that holds as many does not wait for a check */
#define FRAMES_BYTES_MAX (16u << 20)    /* held beyond the one in hand */

struct frames;

/* Both must outlive it. 0; -ENOMEM; -EAGAIN when there is no thread to be had. */
int frames_open(struct frames **ret, struct bus *bus, const struct hub *hub);
/* Before the bus is closed. NULL is fine. */
void frames_close(struct frames *frames);

/* Receives what is there, within bounds. Skips what is no frame. */
void frames_fetch(struct frames *frames);

/* True when one waits to be taken. */
bool frames_wait(const struct frames *frames);

/*
 * frames_take() - the next frame
 * @taken:     so many are in the batch already
 * @ret_ahead: what is known of its signature; NULL: nothing yet
 *
 * False when the batch has its last.
 */
bool frames_take(struct frames *frames, size_t taken, struct bus_frame *ret,
                 const struct hub_ahead **ret_ahead);

/* The @i-th of those taken and not done with; false past the last. */
bool frames_taken(struct frames *frames, size_t i, struct bus_frame *ret);

/* Those taken are answered: forgets them. */
void frames_done(struct frames *frames);

#endif
