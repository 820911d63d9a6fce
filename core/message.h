/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every message after decoding, as plain values. Field by field the meaning and unit are those of
 * proto/accord.proto. A struct bytes here is a span into the frame the message was decoded from,
 * and arrays lie in the decoder's arena: both must outlive the message. Nothing here owns anything.
 */
#ifndef ACCORD_CORE_MESSAGE_H
#define ACCORD_CORE_MESSAGE_H

#include "core/answer.h"
#include "core/contract.h"
#include "core/control.h"
#include "core/moment.h"
#include "core/outcome.h"
#include "core/participant.h"
#include "core/query.h"
#include "core/record.h"
#include "core/signal_frame.h"
#include "core/submission.h"

/* The versions of the protocol that this build speaks. */
#define FORMAT_LEAST 1u
#define FORMAT_MOST 1u

#endif
