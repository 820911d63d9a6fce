# SPDX-License-Identifier: Apache-2.0
# why: the quorum of the last class counts for all
# file: core/ballot.c
# tests: core-ballot
s/all\.quorum &= class->quorum;/all.quorum = class->quorum;/
