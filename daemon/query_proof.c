/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Proofs of the tree, entries with their proofs, leaves. All against the newest tree that is
 * committed: what the batch itself has added is proved when its own checkpoint is out. A path that
 * does not lead to the root would be the hub's word against itself: it is damage and never sent.
 */
#include <errno.h>
#include <string.h>

#include "daemon/checkpoint.h"
#include "daemon/malice.h"
#include "daemon/members.h"
#include "daemon/query.h"
#include "daemon/released.h"
#include "store/tree.h"

#define ENTRIES_BYTES_MAX (1024u * 1024u)       /* of one answer, but one entry is always given */
#define LEAVES_MAX 8192u                        /* of one answer */

struct proving {
        struct asked *asked;
        struct merkle_nodes nodes;
        struct checkpoint tree;
        struct proof_answer *answer;
        struct path *include, *grow;
        struct arena *arena;            /* for one entry after the other */
        size_t bytes;                   /* of entries, so far */
        uint32_t looked_at;             /* rows read to know whose they are */
};

/* Nothing is signed where there are no keys. */
static struct checkpoint committed(const struct hub *hub)
{
        const struct hub_checkpoint *told = checkpoint_told(hub);
        const struct log_tip tip = log_tip(hub->log);

        return told->note_size ? told->tree : (struct checkpoint) { tip.size, tip.root };
}

static int no_such(struct asked *asked, const char *field)
{
        return refuse_query(asked, REFUSAL_NO_SUCH_THING, field,
                            refusal_says(REFUSAL_NO_SUCH_THING));
}

/* ---- paths */

static int keep(struct proving *p, const struct digest *digests, size_t count, struct path *ret)
{
        struct sha256 *proof = rows_new(p->asked, (uint32_t)count, sizeof(*proof));

        if (!proof)
                return -ENOMEM;
        for (size_t i = 0; i < count; i++)
                memcpy(proof[i].octets, digests[i].octets, DIGEST_SIZE);
        ret->proof = proof;
        ret->proof_count = (uint32_t)count;
        return 0;
}

static int include(struct proving *p, uint64_t index, struct path *ret)
{
        struct hub *hub = p->asked->hub;
        struct digest digests[MERKLE_PROOF_MAX], leaf;
        size_t count;
        int r = log_leaf(hub->txn, index, &leaf);

        if (!r)
                r = merkle_inclusion(&p->nodes, hub->hasher, index, p->tree.size, digests, &count);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        if (!merkle_includes(hub->hasher, &p->tree.root, p->tree.size, &leaf, index, digests,
                             count) && !malice(MALICE_TWO_CHECKPOINTS))
                return -EILSEQ;
        *ret = (struct path) { .at = index, .has_leaf = true };
        memcpy(ret->leaf.octets, leaf.octets, DIGEST_SIZE);
        return keep(p, digests, count, ret);
}

static int grow(struct proving *p, uint64_t size, struct path *ret)
{
        struct hub *hub = p->asked->hub;
        struct digest digests[MERKLE_PROOF_MAX], root;
        size_t count;
        int r = tree_root(hub->txn, hub->hasher, size, &root);

        if (!r)
                r = merkle_consistency(&p->nodes, hub->hasher, size, p->tree.size, digests, &count);
        if (r)
                return r;
        if (!merkle_continues(hub->hasher, &root, size, &p->tree.root, p->tree.size, digests,
                              count) && !malice(MALICE_TWO_CHECKPOINTS))
                return -EILSEQ;
        *ret = (struct path) { .at = size };
        return keep(p, digests, count, ret);
}

/* By the newest checkpoint, with room for the paths that were asked for. */
static int begin(struct proving *p, struct asked *asked)
{
        const struct query *query = asked->query;

        *p = (struct proving) {
                .asked = asked, .nodes = tree_source(asked->hub->txn),
                .tree = committed(asked->hub),
                .answer = rows_new(asked, 1, sizeof(*p->answer)),
                .include = rows_new(asked, query->include_count, sizeof(*p->include)),
                .grow = rows_new(asked, query->grow_count, sizeof(*p->grow)),
        };
        if (!p->answer || !p->include || !p->grow)
                return -ENOMEM;
        p->answer->size = p->tree.size;
        p->answer->checkpoint = checkpoint_note(checkpoint_told(asked->hub));
        p->answer->include = p->include;
        p->answer->grow = p->grow;
        asked->answer->as_of = p->tree.size;
        asked->answer->proof = p->answer;
        return 0;
}

static int against(struct proving *p, uint64_t size)
{
        p->tree.size = p->answer->size = size;
        p->answer->checkpoint = (struct bytes) { NULL, 0 };
        return tree_root(p->asked->hub->txn, p->asked->hub->hasher, size, &p->tree.root);
}

static bool all_within(const struct place_at *places, uint32_t count, uint64_t from, uint64_t until)
{
        for (uint32_t i = 0; i < count; i++)
                if (places[i].at < from || places[i].at >= until)
                        return false;
        return true;
}

int ask_proof(struct asked *asked)
{
        const struct query *query = asked->query;
        struct proving p;
        int r = begin(&p, asked);

        if (!r && query->has_size && (query->size == 0 || query->size > p.tree.size))
                return no_such(asked, "size");
        if (!r && query->has_size)
                r = against(&p, query->size);
        if (!r && !all_within(query->include, query->include_count, 0, p.tree.size))
                return no_such(asked, "include.at");
        if (!r && !all_within(query->grow, query->grow_count, 1, p.tree.size + 1))
                return no_such(asked, "grow.at");

        for (uint32_t i = 0; !r && i < query->include_count; i++)
                r = include(&p, query->include[i].at, &p.include[p.answer->include_count++]);
        for (uint32_t i = 0; !r && i < query->grow_count; i++)
                r = grow(&p, query->grow[i].at, &p.grow[p.answer->grow_count++]);
        return r;
}

/* ---- entries */

/* The header and bytes where the party may read them; the leaf in any case. */
static int add_entry(struct proving *p, uint64_t index, struct entry_row *ret)
{
        struct path *path = &p->include[p->answer->include_count];
        struct log_entry entry;
        struct released released;
        int r = include(p, index, path);

        if (!r)
                r = log_read_proved(p->asked->hub->txn, p->asked->hub->hasher, index, &entry);
        if (!r)
                r = released_to(p->asked, &entry, p->arena, &released);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        *ret = (struct entry_row) { .index = index, .leaf = path->leaf };
        if (released.is) {
                ret->time = entry.header.time;
                ret->kind = entry.header.kind;
                ret->bytes = entry.bytes;
        }
        p->bytes += ret->bytes.size;
        p->looked_at += released.looked_at;
        p->answer->include_count++;
        p->asked->answer->entry_count++;
        return 0;
}

static bool is_full(const struct proving *p)
{
        return p->bytes >= ENTRIES_BYTES_MAX || p->looked_at >= QUERY_ROWS_MAX;
}

int ask_entries(struct asked *asked)
{
        own(arena) struct arena arena = { .data = NULL };
        const struct query *query = asked->query;
        struct entry_row *rows = rows_new(asked, query->include_count, sizeof(*rows));
        struct proving p;
        int r = begin(&p, asked);

        if (!r && !all_within(query->include, query->include_count, 0, p.tree.size))
                return no_such(asked, "entries.at");
        if (!r)
                r = rows ? arena_new(&arena, WIRE_ARENA_SIZE) : -ENOMEM;
        p.arena = &arena;
        asked->answer->entries = rows;
        for (uint32_t i = 0; !r && i < query->include_count && !is_full(&p); i++)
                r = add_entry(&p, query->include[i].at, &rows[i]);
        return r;
}

/* ---- leaves */

int ask_leaves(struct asked *asked)
{
        struct leaves *leaves = rows_new(asked, 1, sizeof(*leaves));
        uint64_t size = committed(asked->hub).size, from = asked->query->from;
        uint32_t most = rows_wanted(asked, LEAVES_MAX);
        struct digest *rows;
        int r = leaves ? 0 : -ENOMEM;

        if (!r && from > size)
                return no_such(asked, "from");
        if (!r && most > size - from)
                most = (uint32_t)(size - from);
        rows = r ? NULL : rows_new(asked, most, sizeof(*rows));
        if (!rows)
                return -ENOMEM;
        for (uint32_t i = 0; !r && i < most; i++)
                r = log_leaf(asked->hub->txn, from + i, &rows[i]);
        *leaves = (struct leaves) { from, { rows, most * sizeof(*rows) } };
        asked->answer->leaves = leaves;
        asked->answer->as_of = size;
        return r == -ENOENT ? -EILSEQ : r;
}
