# SPDX-License-Identifier: Apache-2.0
# why: a receipt proves the entry beside its own
# file: daemon/receipts.c
# tests: torture-eio
s/receipt->index, checkpoint->tree\.size, path/receipt->index ^ 1, checkpoint->tree.size, path/
