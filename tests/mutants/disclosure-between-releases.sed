# SPDX-License-Identifier: Apache-2.0
# why: what one contributor has changed follows from two releases
# file: core/disclose.c
# tests: core-disclose disclosure-release
s/^        return rule \? rule : test_all\(rules, what, test_change, room\);$/        (void)test_change;\n        return rule;/
