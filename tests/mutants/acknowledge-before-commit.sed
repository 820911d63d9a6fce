# SPDX-License-Identifier: Apache-2.0
# why: a batch is answered, and committed when the next one begins
# file: daemon/hub.c
# tests: torture-power
s/^void hub_close\(struct hub \*hub\)$/static struct store_txn *later;\n\n&/
s/^        hub_abort\(hub\);$/&\n        if (later)\n                store_commit(give(later));/
s/^        assert\(!hub->options\.read_only\);$/&\n        if (later \&\& store_commit(give(later)))\n                return -EIO;/
s/r = store_commit\(give\(hub->txn\)\);/later = give(hub->txn);/
