# SPDX-License-Identifier: Apache-2.0
# why: a vote cannot be changed: the first of a party counts
# file: core/ballot.c
# tests: core-ballot
/^static unsigned int choice_of/,/^}/s/for \(uint32_t i = ballot->vote_count; i > 0; i--\)/for (uint32_t i = 1; i <= ballot->vote_count; i++)/
