# SPDX-License-Identifier: Apache-2.0
# why: a figure is shown though one contributor is nearly all of it
# file: core/disclose.c
# tests: core-disclose disclosure-rules
s/^        if \(is_above\(sum_of_largest\(respondents, count, 1\), by->most_share, whole\)\)$/        if (false)/
