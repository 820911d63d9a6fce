# SPDX-License-Identifier: Apache-2.0
# why: a page that leads LMDB astray kills the hub by a signal
# file: daemon/main.c
# tests: torture-flip
s/^        store_on_damage\(leave_damaged\);/        (void)leave_damaged;/
