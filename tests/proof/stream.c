/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Proofs for a second verifier (tests/proof/verify.py): random trees, proofs of them, good and
 * broken, one a line, each with what this verifier says of it.
 *
 *   tree SEED SIZE ROOT          leaf i is of the 16 octets seed, i (big-endian)
 *   include SAYS INDEX SIZE LEAF ROOT [HASH...]
 *   grow SAYS FIRST SECOND FIRST-ROOT SECOND-ROOT [HASH...]
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "proof/merkle.h"
#include "proof/setup.h"

#define SIZE_MAX_DRAWN 10000
#define PROOFS_EACH 12          /* of one tree */
#define BREAKS_EACH 6           /* of one proof */

struct claim {
        bool is_inclusion;
        uint64_t first, second;
        struct digest a, b;     /* leaf and root; both roots */
        struct digest path[MERKLE_PROOF_MAX + 2];
        size_t count;
};

static struct hasher *hasher;
static struct digest leaves[SIZE_MAX_DRAWN], nodes[MERKLE_LEVELS][SIZE_MAX_DRAWN / 2];
static uint64_t state;

static uint64_t below(uint64_t limit)
{
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        return (state >> 33) % limit;
}

static void print(const struct digest *digest)
{
        char text[DIGEST_TEXT_MAX + 1];

        digest_print(digest, text);
        printf(" %s", text);
}

static int node(void *of, unsigned int level, uint64_t at, struct digest *ret)
{
        (void)of;
        *ret = level ? nodes[level][at] : leaves[at];
        return 0;
}

static const struct merkle_nodes source = { node, NULL };

static struct digest root_of(uint64_t size)
{
        struct digest root;
        int r = merkle_range(&source, hasher, 0, size, &root);

        assert(r == 0);
        return root;
}

static void big_endian(uint64_t value, uint8_t ret[8])
{
        for (int i = 0; i < 8; i++)
                ret[i] = (uint8_t)(value >> (56 - 8 * i));
}

static void make_tree(uint64_t seed, uint64_t size)
{
        struct frontier frontier = { .size = 0 };
        struct digest made[MERKLE_LEVELS], root;
        uint8_t said[16];

        big_endian(seed, said);
        for (uint64_t i = 0; i < size; i++) {
                size_t count;

                big_endian(i, said + 8);
                leaf_hash(hasher, &BYTES_OF(said), 1, &leaves[i]);
                count = frontier_append_noting(&frontier, hasher, &leaves[i], made);
                for (size_t level = 1; level <= count; level++)
                        nodes[level][i >> level] = made[level - 1];
        }
        frontier_root(&frontier, hasher, &root);
        printf("tree %" PRIu64 " %" PRIu64, seed, size);
        print(&root);
        putchar('\n');
}

static bool holds(const struct claim *c)
{
        return c->is_inclusion ? merkle_includes(hasher, &c->b, c->second, &c->a, c->first,
                                                 c->path, c->count)
                               : merkle_continues(hasher, &c->a, c->first, &c->b, c->second,
                                                  c->path, c->count);
}

static bool say(const struct claim *claim)
{
        bool is = holds(claim);

        printf("%s %d %" PRIu64 " %" PRIu64, claim->is_inclusion ? "include" : "grow", is,
               claim->first, claim->second);
        print(&claim->a);
        print(&claim->b);
        for (size_t i = 0; i < claim->count; i++)
                print(&claim->path[i]);
        putchar('\n');
        return is;
}

static struct claim make_claim(uint64_t size)
{
        struct claim claim = { .is_inclusion = below(2), .second = 1 + below(size) };
        int r;

        if (claim.is_inclusion) {
                claim.first = below(claim.second);
                claim.a = leaves[claim.first];
                r = merkle_inclusion(&source, hasher, claim.first, claim.second, claim.path,
                                     &claim.count);
        } else {
                claim.first = 1 + below(claim.second);
                claim.a = root_of(claim.first);
                r = merkle_consistency(&source, hasher, claim.first, claim.second, claim.path,
                                       &claim.count);
        }
        assert(r == 0);
        claim.b = root_of(claim.second);
        return claim;
}

static void flip(struct digest *digest)
{
        digest->octets[below(DIGEST_SIZE)] ^= (uint8_t)(1 << below(8));
}

static void spoil(struct claim *claim)
{
        size_t at = claim->count ? below(claim->count) : 0;
        struct digest other;

        switch (below(9)) {
        case 0:
                flip(claim->count ? &claim->path[at] : &claim->b);
                break;
        case 1:
                flip(below(2) ? &claim->a : &claim->b);
                break;
        case 2:
                claim->count -= claim->count > 0;
                break;
        case 3:
                claim->path[claim->count++] = claim->b;
                break;
        case 4:
                claim->first += below(2) ? 1 : UINT64_MAX;
                break;
        case 5:
                claim->second += below(2) ? 1 : UINT64_MAX;
                break;
        case 6:
                other = claim->a;
                claim->a = claim->b;
                claim->b = other;
                break;
        case 7:
                claim->second = below(2) ? claim->second * 2 : claim->second / 2;
                break;
        case 8:
                memmove(&claim->path[1], claim->path, claim->count * sizeof(claim->path[0]));
                claim->path[0] = claim->a;
                claim->count++;
                break;
        }
}

int main(int argc, char **argv)
{
        uint64_t trees = argc > 1 ? strtoull(argv[1], NULL, 10) : 12;
        bool all_hold = true;

        state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
        if (proof_setup() || hasher_new(&hasher))
                return EXIT_FAILURE;
        for (uint64_t i = 0; i < trees; i++) {
                uint64_t size = i == 0 ? SIZE_MAX_DRAWN : 1 + below(i % 2 ? 40 : SIZE_MAX_DRAWN);

                make_tree(state, size);
                for (int j = 0; j < PROOFS_EACH; j++) {
                        struct claim claim = make_claim(size), spoilt;

                        all_hold = say(&claim) && all_hold;
                        for (int k = 0; k < BREAKS_EACH; k++) {
                                spoilt = claim;
                                spoil(&spoilt);
                                say(&spoilt);
                        }
                }
        }
        hasher_free(hasher);
        return all_hold ? EXIT_SUCCESS : EXIT_FAILURE;
}
