/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/malice.h"

#ifdef ACCORD_MALICE

#include <string.h>

#include "daemon/hub_private.h"

static const char *const words[] = {
#define X(name, word) [MALICE_##name] = (word),
        MALICES(X)
#undef X
};

/* Of the process, like the environment it comes from. */
static const char *chosen;

void malice_begin(const char *word)
{
        chosen = word;
}

bool malice(enum malice which)
{
        return chosen && strcmp(chosen, words[which]) == 0;
}

/* As of the first answer, however far the log has come. */
static const struct hub_checkpoint *first(const struct hub *hub)
{
        static struct hub_checkpoint first;

        if (!first.note_size)
                first = hub->checkpoint;
        return &first;
}

/* Of the size that is true, well signed. */
static const struct hub_checkpoint *other(const struct hub *hub)
{
        static struct hub_checkpoint other;

        other.tree = hub->checkpoint.tree;
        other.tree.root.octets[0] ^= 1;
        other.note_size = checkpoint_sign(&other.tree, &hub->note_key,
                                          hub->options.keys->secret.signing, other.note);
        return &other;
}

const struct hub_checkpoint *malice_checkpoint(const struct hub *hub)
{
        if (malice(MALICE_REPLAY_CHECKPOINT))
                return first(hub);
        return malice(MALICE_TWO_CHECKPOINTS) ? other(hub) : NULL;
}

void malice_alter(struct statement *statement)
{
        if (malice(MALICE_ALTER_STATEMENT))
                statement->payable += 100;
}

bool malice_forgets(const struct hub *hub)
{
        static bool done;
        bool forgets = malice(MALICE_RECEIPT_WITHOUT_COMMIT) && hub->receipts.count && !done;

        done = done || forgets;
        return forgets;
}

#endif
