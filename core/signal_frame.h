/* SPDX-License-Identifier: Apache-2.0 */
/* What comes on a party's topic of the bus. */
#ifndef ACCORD_CORE_SIGNAL_FRAME_H
#define ACCORD_CORE_SIGNAL_FRAME_H

#include "core/incentive_signal.h"
#include "core/record.h"

/* ---- on the bus, after unsealing */

struct heartbeat {
        uint64_t last_signal;
        instant hub_time;
        uint64_t log_size;
};

enum signal_frame_kind { FRAME_ENTRY = 1, FRAME_HEARTBEAT = 2, FRAME_INCENTIVE = 3 };

struct signal_frame {
        enum signal_frame_kind kind;
        struct record_entry entry;
        struct heartbeat heartbeat;
        struct incentive_signal incentive;
};

#endif
