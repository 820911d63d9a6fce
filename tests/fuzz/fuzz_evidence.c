/* SPDX-License-Identifier: Apache-2.0 */
/* The reader and the judge of evidence, fed with anything: they answer, and convict nobody. */
#include <stdlib.h>
#include <string.h>

#include "clients/evidence.h"
#include "core/check.h"
#include "core/own.h"
#include "tests/fuzz/fuzz.h"

#define ZEROS "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
#define HEAD "{\"schema\":\"accord.evidence.v1\",\"kind\":"
#define ENTRY "{\"index\":7,\"time\":1,\"kind\":1,\"leaf\":\"" ZEROS "\",\"bytes\":\"AAAA\"," \
              "\"checkpoint\":1,\"path\":[\"" ZEROS "\"]}"
#define BODY ",\"hub_key\":\"" ZEROS "\",\"run\":7,\"checkpoints\":[\"AAAA\",\"AAAA\"]," \
             "\"submissions\":[\"AAAA\",\"AAAA\"],\"path\":[\"" ZEROS "\"],\"entries\":[" ENTRY "]}"

static const char *const seeds[] = {
        HEAD "\"equivocation\"" BODY,    HEAD "\"forked-checkpoint\"" BODY,
        HEAD "\"forked-entry\"" BODY,    HEAD "\"not-continued\"" BODY,
        HEAD "\"bad-receipt\"" BODY,     HEAD "\"wrong-statement\"" BODY,
        HEAD "\"broken-epoch\"" BODY,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        own(evidence) struct evidence evidence = { .count = 0 };
        static struct complaints complaints;
        struct verdict verdict;
        int r;

        complaints = (struct complaints) { .count = 0 };
        r = evidence_read((struct bytes) { data, size }, &evidence, &complaints);
        assert(r >= 0 && (r == 0) == (complaints.count == 0));
        if (r)
                return 0;
        assert(evidence_judge(&evidence, evidence.key, &verdict) == 0);
        assert(!verdict.proved && *verdict.says);
        return 0;
}

void fuzz_seeds(fuzz_seed_fn *take, void *context)
{
        for (size_t i = 0; i < sizeof(seeds) / sizeof(seeds[0]); i++)
                take(context, (struct bytes) { seeds[i], strlen(seeds[i]) });
}
