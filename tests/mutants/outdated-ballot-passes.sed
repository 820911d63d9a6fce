# SPDX-License-Identifier: Apache-2.0
# why: two charters are passed on one and the same before them
# file: core/ballot.c
# tests: core-ballot
s/if \(ballot->outdated\)/if (false)/
