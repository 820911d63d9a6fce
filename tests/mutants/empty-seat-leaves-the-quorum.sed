# SPDX-License-Identifier: Apache-2.0
# why: a seat whose party has left is no seat any more, so fewer votes make a quorum
# file: core/ballot.c
# tests: core-ballot
s/^ *ret->vacant\+\+;/                ret->vacant++, ret->seats--;/
