# SPDX-License-Identifier: Apache-2.0
# why: a moment's entry folds only when the clock has passed it
# file: daemon/due.c
# tests: hub-life hub-kill
/^int fold_due/,/^}/s/^        if \(r\)$/        if (!r \&\& due.at > hub->now)\n                return 0;\n        if (r)/
