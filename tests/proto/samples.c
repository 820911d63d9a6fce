/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/proto/samples.h"

/* More than 127: its length takes two octets. */
const uint8_t octets_of_terms[300] = { 0 };

static const struct sample *const lists[] = {
        samples_of_nodes, samples_of_terms, samples_of_records, samples_of_hub, samples_of_control,
        samples_of_what_is_said, samples_of_recon, samples_of_trust,
        samples_of_the_community, samples_of_incentives,
};

const struct sample *sample_at(size_t place)
{
        for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
                for (const struct sample *sample = lists[i]; sample->message; sample++)
                        if (place-- == 0)
                                return sample;
        return NULL;
}

size_t sample_count(void)
{
        size_t count = 0;

        while (sample_at(count))
                count++;
        return count;
}
