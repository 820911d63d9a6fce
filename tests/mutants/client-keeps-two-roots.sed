# SPDX-License-Identifier: Apache-2.0
# why: two roots for one size are no contradiction
# file: clients/lib/proofs-see.c
# tests: lib-proofs malice
s/\? 0 : two_roots\(proofs, \*ret, note, error\);/? 0 : (two_roots(proofs, *ret, note, error), 0);/
