/* SPDX-License-Identifier: Apache-2.0 */
/* What each publisher keeps of what the hub signed, against the tree there is in the end. */
#include <stdio.h>
#include <string.h>

#include "clients/lib/proofs.h"
#include "core/own.h"
#include "tests/crash/crash.h"
#include "tests/world/must.h"

struct kept {
        struct hub *hub;
        uint64_t receipts, heads;       /* of all publishers */
        uint64_t now;                   /* receipts of this one */
};

static int take_head(void *with, const struct accord_seen *seen)
{
        struct kept *kept = with;
        struct digest root;

        must(hub_root_at(kept->hub, seen->size, &root), "a tree that the hub signed is not there");
        must_be(digest_equal(&root, &seen->root), "the hub signed a tree that is not this one's");
        kept->heads++;
        return 0;
}

/* That it leads to its tree was shown when it came; here, that this is a tree there was. */
static int take_receipt(void *with, const struct accord_kept_receipt *receipt)
{
        struct kept *kept = with;

        must_be(receipt->tree.size > receipt->receipt.index, "a receipt without a proof");
        must_be(!receipt->is_void, "a receipt is void");
        kept->now++;
        return 0;
}

static int take_contradiction(void *with, const struct accord_contradiction *found)
{
        (void)with;
        die("the hub contradicts itself: %.*s", (int)found->says.size,
            (const char *)found->says.data);
}

static void read_one(struct kept *kept, const struct accord_profile *profile)
{
        const struct accord_proofs_visitor visitor = {
                .seen = take_head, .receipt = take_receipt, .contradiction = take_contradiction,
                .with = kept,
        };
        own(accord_proofs) struct accord_proofs *proofs = NULL;
        struct accord_error error = { 0 };

        kept->now = 0;
        must_do(accord_proofs_read(&proofs, profile, &error), &error, "kept proofs");
        must_do(accord_proofs_visit(proofs, &visitor, &error), &error, "kept proofs");
        kept->receipts += kept->now;
}

void kept_check(const struct crash *crash, const struct outboxes *outboxes)
{
        struct kept kept = { .hub = accordd_ledger(&crash->accordd, true) };

        for (unsigned int i = 0; i < PUBLISHERS; i++) {
                const struct accord_profile profile = node_profile(&crash->publishers[i],
                                                                   &crash->accordd);
                uint64_t received = 0;

                for (size_t k = 0; k < outboxes->count; k++)
                        received += outboxes->list[k].publisher == i && !outboxes->list[k].refused;
                read_one(&kept, &profile);
                must_be(kept.now >= received, "a receipt that came was not kept");
        }
        hub_close(kept.hub);
        printf("%llu receipts and %llu signed trees, as the publishers keep them, are of the log "
               "there is\n", (unsigned long long)kept.receipts, (unsigned long long)kept.heads);
}
