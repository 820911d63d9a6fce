# SPDX-License-Identifier: Apache-2.0
# why: what was acknowledged is in memory only
# file: store/env.c
# tests: torture-power
s/unsigned int flags = MDB_NOTLS/unsigned int flags = MDB_NOSYNC | MDB_NOTLS/
