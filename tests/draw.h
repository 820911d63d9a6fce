/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers that look drawn and follow from a state alone: the same on every machine. The state of an
 * xorshift is never 0; that of splitmix may be anything.
 */
#ifndef ACCORD_TESTS_DRAW_H
#define ACCORD_TESTS_DRAW_H

#include <stdint.h>

/* Marsaglia's xorshift64 (2003). */
static inline uint64_t xorshift(uint64_t *state)
{
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        return *state;
}

/* A state for whatever seed, a few steps on: seeds that are near each other begin alike. */
static inline uint64_t xorshift_seeded(uint64_t seed)
{
        uint64_t state = seed * UINT64_C(0x9e3779b97f4a7c15) | 1;

        for (int i = 0; i < 4; i++)
                xorshift(&state);
        return state;
}

/* The high bits of a product, as the low ones of an xorshift are the weakest: 0 .. below - 1. */
static inline uint64_t xorshift_below(uint64_t *state, uint64_t below)
{
        return (xorshift(state) * UINT64_C(0x2545f4914f6cdd1d) >> 11) % below;
}

/* Vigna's xorshift64* (2016), 31 bits of it: 0 .. below - 1. */
static inline uint32_t xorshift_star_below(uint64_t *state, uint32_t below)
{
        *state ^= *state >> 12;
        *state ^= *state << 25;
        *state ^= *state >> 27;
        return (uint32_t)((*state * UINT64_C(0x2545f4914f6cdd1d)) >> 33) % below;
}

/* splitmix64 (Steele, Lea, Flood 2014), of one number. */
static inline uint64_t splitmix_of(uint64_t z)
{
        z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
        return z ^ (z >> 31);
}

static inline uint64_t splitmix(uint64_t *state)
{
        return splitmix_of(*state += UINT64_C(0x9e3779b97f4a7c15));
}

#endif
