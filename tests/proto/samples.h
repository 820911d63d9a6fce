/* SPDX-License-Identifier: Apache-2.0 */
/* One of each message and of each shape it can have, and what each must be on the wire. */
#ifndef ACCORD_TESTS_PROTO_SAMPLES_H
#define ACCORD_TESTS_PROTO_SAMPLES_H

#include "tests/proto/message.h"

struct sample {
        const char *says;
        enum message_kind kind;
        const void *message;    /* the kind's struct */
        const char *wire;       /* as dump() has it */
};

/* Ends with a row whose message is NULL. */
extern const struct sample samples_of_nodes[], samples_of_terms[], samples_of_records[],
        samples_of_hub[], samples_of_control[], samples_of_what_is_said[], samples_of_recon[],
        samples_of_trust[], samples_of_the_community[], samples_of_incentives[];

/* All of them, one after another; NULL behind the last. */
const struct sample *sample_at(size_t place);
size_t sample_count(void);

/* ---- to write them with */

#define O4(octet) octet, octet, octet, octet
#define O16(octet) O4(octet), O4(octet), O4(octet), O4(octet)
#define O32(octet) O16(octet), O16(octet)
#define SPAN_OF(text) { (text), sizeof(text) - 1 }
#define CONTRACT_OF(bearer, earner, label) { { bearer }, { earner }, { label } }

extern const uint8_t octets_of_terms[300];

#endif
