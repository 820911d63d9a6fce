# SPDX-License-Identifier: Apache-2.0
# why: every tree continues every other
# file: clients/lib/proofs-see.c
# tests: lib-proofs malice
s/!merkle_continues\(proofs->proof\.hasher,/false \&\& !merkle_continues(proofs->proof.hasher,/
