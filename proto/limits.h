/* SPDX-License-Identifier: Apache-2.0 */
/* Every bound in bytes on the wire. They only ever grow. Counts are in core/limits.h. */
#ifndef ACCORD_PROTO_LIMITS_H
#define ACCORD_PROTO_LIMITS_H

#define WIRE_SUBMISSION_MAX (1024u * 1024u)                     /* a SignedSubmission */
#define WIRE_CLIENT_FRAME_MAX (WIRE_SUBMISSION_MAX + 64u)       /* a ClientFrame */
#define WIRE_TERMS_MAX (128u * 1024u)                           /* a Terms */
#define WIRE_HUB_FRAME_MAX (4u * 1024u * 1024u)                 /* a HubFrame */
#define WIRE_RECORD_MAX (WIRE_SUBMISSION_MAX + 4096u)           /* a SignedRecord: an equivocation holds a submission */
#define WIRE_CONTROL_MAX (4u * 1024u * 1024u)                   /* a control message */
#define WIRE_DEPTH_MAX 8u                                       /* messages within messages */

/* Enough for any message within the limits above. */
#define WIRE_ARENA_SIZE (8u * 1024u * 1024u)

#endif
